"""Tables of facts in another language: what is worded anew, what stays as its source has it, and how a page marks that."""

import re

import pytest

from untoc_network.app.queries import look_up_table
from untoc_network.i18n.language_words import words_in
from untoc_network.reports.fact_table import AS_PRINTED, render_fact_table, render_fact_table_html


def render(table, language):
    return "\n".join(render_fact_table(look_up_table(table), words=next(words_in(language))))


@pytest.mark.parametrize(("language", "place"), {"en": "Vienna", "es": "Viena", "pt": "Viena", "fr": "Vienne"}.items())
def test_places_have_the_name_that_the_language_has(language, place):
    assert {*re.findall(r"Vien\w+", render("conference_sessions", language))} == {place}


def test_a_number_is_kept_whatever_the_language():
    numbers = {language: re.findall(r"\d{4}-\d\d-\d\d", render("dialogues", language)) for language in ("en", "fr")}
    assert numbers["en"] == numbers["fr"] != []


def test_what_stays_in_english_is_told_and_only_that():
    assert "tal como está en las fuentes, en inglés: nombre, organizadores, socios, donantes" in render("events", "es")
    assert "en inglés: contados\n" in render("dialogues", "es")
    assert "en inglés:" not in render("review_steps", "es")
    assert "in English" not in render("events", "en")


def test_a_page_marks_the_language_of_a_column_that_has_another():
    page = "".join(render_fact_table_html(look_up_table("events"), words=next(words_in("es"))))
    titles = {row.name for row in look_up_table("events").rows}
    marked = {*re.findall('<td lang="en">([^<]+)</td>', page)}
    assert {title for title in titles if "&" not in title and "'" not in title and '"' not in title} <= marked
    assert "evento paralelo" not in marked
    assert page.count("<td lang=") == len(AS_PRINTED["events"]) * len(look_up_table("events").rows)
    names = "".join(render_fact_table_html(look_up_table("countries", country="MX"), words=next(words_in("es"))))
    assert '<td lang="fr">Mexique</td>' in names
    assert "<td>México</td>" in names
