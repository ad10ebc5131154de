"""The page of a country as HTML: what it holds, and what it does not let in."""

import re

import attrs
import pytest
from tests.engagement.country_registers import DAY, register, review

import untoc_network as un
from untoc_network.i18n.language_words import LANGUAGES
from untoc_network.reports.country_page_html import render_country_html


def page(of=None, language="en", **more):
    return "".join(render_country_html(un.describe_country(of or register(), "PA", DAY, **more), languages=(language,)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_page_in_the_language_that_loads_nothing(language):
    made = page(language=language)
    assert f'<html lang="{language}">' in made
    assert "default-src 'none'" in made
    assert "<script" not in made
    assert "Panam" in re.search(r"<title>(.*)</title>", made)[1]
    assert made.count("<section") == made.count("</section>")
    assert made.count("<div") == made.count("</div>")
    assert {*re.findall(r'href="#([^"]+)"', made)} <= {*re.findall(r' id="([^"]+)"', made)}


def test_only_addresses_of_the_web_are_links():
    artefacts = (
        un.Artefact(kind="summary", url="javascript:alert(1)"),
        un.Artefact(kind="list-of-observations", url="https://example.org/list?a=1&b=2"),
    )
    made = page(register(country_reviews=(review(artefacts=artefacts),)))
    assert "javascript:alert(1)" in made
    assert 'href="javascript' not in made
    assert '<a href="https://example.org/list?a=1&amp;b=2">' in made


def test_only_the_page_for_the_public_is_for_search_engines():
    assert "noindex" not in page()
    assert "noindex" in page(audience="members")


def test_a_link_of_an_entry_point_stands_as_one():
    overview = un.describe_country(register(), "PA", DAY)
    one = overview.entry_points[0]
    linked = attrs.evolve(one, point=attrs.evolve(one.point, links=("https://example.org/apply",)))
    made = "".join(render_country_html(attrs.evolve(overview, entry_points=(linked,))))
    assert '<li><a href="https://example.org/apply">https://example.org/apply</a></li>' in made


def test_without_a_review_there_is_no_letter():
    made = "".join(
        render_country_html(attrs.evolve(un.describe_country(un.Register(), "PA", DAY), letter=None, reviews=()))
    )
    assert 'class="letter"' not in made
    assert "There is no letter, for no review is known." in made
