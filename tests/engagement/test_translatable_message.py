"""Taking part in every language: each wording is there, is used, is filled whole, and English is the last."""

import re
from pathlib import Path

import attrs
import pytest

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.engagement import (
    ENTRY_POINT_SPECS,
    RIGHTS,
    Access,
    Message,
    Verdict,
    coverage,
    dialogue_submission,
    entry_points,
    find_organizations,
    format_message,
    rights,
    submission,
)
from untoc_network.engagement.consolidated_submission import HoldBackReason
from untoc_network.engagement.organization_search import Balance
from untoc_network.engagement.translatable_message import MessageFormatter, list_template_fields
from untoc_network.i18n.language_words import LANGUAGES, Words, english, words_in
from untoc_network.reports.article_coverage import render_coverage, render_coverage_markdown
from untoc_network.reports.entry_points import (
    entry_points_to_dict,
    render_entry_points,
    render_entry_points_markdown,
)
from untoc_network.reports.member_search import render_member_search, render_member_search_markdown
from untoc_network.reports.status_applications import render_applications, render_rights
from untoc_network.reports.submission import render_held_back, render_submission_markdown
from untoc_network_site.submission_page import render_submission_html

from .registers import consent, dialogue, event, organization, with_records

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "untoc_network"
ENGLISH = english().engagement
OTHERS = [language for language in LANGUAGES if language != "en"]
PAST_DAYS = ("2022-05-01", "2023-02-01", "2024-07-01", "2025-04-01")
PLURAL = {"articles", "topics", "themes", "names", "countries"}
FRENCH = {
    "submission.article",
    *(f"country.{name}" for name in ("contributions", "head-source", "of-phase", "sources")),
    "tracker.aggregate-source",
    "tracker.phase",
}
"""Words that French shares with English."""
COUNTED = {"number", "unnamed", "days"}


def of(language):
    return next(words_in(language)).engagement


def filled(key, language, value="x"):
    values = {name: (value, value) if name in PLURAL else value for name in list_template_fields(key)}
    values |= {"certainty": "recalled"} if "certainty" in values else {}
    values |= {name: int(value) if value.isdigit() else 2 for name in COUNTED & {*values}}
    return format_message(Message(key=key, values=tuple(sorted(values.items()))), languages=[language])


# -- the table --------------------------------------------------------------------------------------------------------


def test_every_kind_condition_and_right_has_its_wordings():
    asked = {condition.name for kind in ENTRY_POINT_SPECS for condition in kind.conditions}
    assert {f"{kind.name}.{part}" for kind in ENTRY_POINT_SPECS for part in ("about", "where")} <= ENGLISH.keys()
    assert {f"decides.{kind.decides or 'unknown'}" for kind in ENTRY_POINT_SPECS} <= ENGLISH.keys()
    assert {f"condition.{name}" for name in asked} <= ENGLISH.keys()
    assert {f"needs.{row.needs}" for row in RIGHTS} <= ENGLISH.keys()
    assert {f"access.{access}" for access in Access} <= ENGLISH.keys()
    assert {f"held-back.{reason}" for reason in HoldBackReason} <= ENGLISH.keys()
    assert len({kind.name for kind in ENTRY_POINT_SPECS}) == len(ENTRY_POINT_SPECS)


def test_no_wording_is_left_that_nothing_says():
    source = "\n".join(
        path.read_text(encoding="utf-8") for room in ("engagement", "reports") for path in (SOURCES / room).glob("*.py")
    )
    asked = {condition.name for kind in ENTRY_POINT_SPECS for condition in kind.conditions}
    families = {
        f"{kind.name}.{part}" for kind in ENTRY_POINT_SPECS for part in ("about", "next", "send", "title", "where")
    }
    families |= {f"condition.{name}" for name in asked} | {f"needs.{row.needs}" for row in RIGHTS}
    families |= {row.choose_wording(verdict) for row in RIGHTS for verdict in Verdict}
    families |= {f"{kind.name}.rights" for kind in ENTRY_POINT_SPECS if kind.observer_rule}
    families |= {f"decides.{kind.decides or 'unknown'}" for kind in ENTRY_POINT_SPECS} | {
        f"access.{access}" for access in Access
    }
    families |= {f"certainty.{certainty}" for certainty in un.Certainty} | {
        f"held-back.{why}" for why in HoldBackReason
    }
    families |= {"submission.title", "state.in-preparation", "and"}
    families |= {
        f"country.{name}" for name in ("contributions", "focal", "head", "known", "members", "needs", "source")
    }
    families |= {f"procedure.{name}" for name in ("from", "legend", "title", *un.TimeUnit)}
    families |= {f"letter.{name}" for name in ("ask", "offer", "stage")}
    families |= {f"head.{one.name}" for one in attrs.fields(Balance)}
    families |= {f"tracker.{name}" for name in ("mark", "means")}

    def is_said(key):
        stem = re.sub(r"-(one|more)$", "", key)
        in_source = any(
            f'"{name}"' in source or f"'{name}'" in source for name in (key, stem, key.removeprefix("head."))
        )
        return in_source or any(key == family or key.startswith((f"{family}.", f"{family}-")) for family in families)

    assert [key for key in ENGLISH if not is_said(key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_is_filled_whole(language):
    for key in ENGLISH:
        told = filled(key, language)
        assert told
        assert not set("{}") & set(told), key
        assert told == told.strip()


@pytest.mark.parametrize("language", OTHERS)
def test_what_stands_as_in_english_is_no_more_than_values_and_words_that_both_have(language):
    same = {key for key, template in of(language).items() if template == ENGLISH[key]}
    worded = {key for key in same if re.sub(r"\{.*?\}", "", ENGLISH[key]).strip(" ,:()")}
    worded -= {key for key in worded if key.startswith("tracker.mark-")}  # one letter or sign each
    alike = {"id", "sector", "decides", "link", "article", "contributions", "objections"}
    assert worded <= {f"head.{name}" for name in alike} | (FRENCH if language == "fr" else set())


# -- what is told -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mechanism():
    register = un.load(ROOT / "examples" / "mechanism-2024.json")
    member = organization("member", seat=un.Place(country="MX"), themes=(un.Theme.FIREARMS,))
    return register.with_added(member)[0]


def saids(point):
    return [point.title, point.where, point.next_step, *(reason.said for reason in point.reasons)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_entry_points_of_past_days_are_told_in_the_language(mechanism, language):
    table = of(language)
    for on in PAST_DAYS:
        found = entry_points(mechanism, "member", on)
        for point in found:
            for said in saids(point):
                told = format_message(said, languages=[language])
                assert not set("{}") & set(told)
                assert told != format_message(said) or table[said.key] == ENGLISH[said.key]
        text = "\n".join(render_entry_points(found, width=None, languages=[language]))
        markdown = "".join(render_entry_points_markdown(found, languages=[language]))
        assert not set("{}") & set(text + markdown)
        assert f"\n  {table['head.decides']} " in text
        assert f"## {table['heading.open']}" in markdown
        words = next(words_in(language))
        assert f"- *{words.label('met')}{words.colon}*" in markdown
        assert entry_points_to_dict(found, languages=[language])[0]["title"]["text"] in text
    assert list(render_entry_points((), width=None, languages=[language])) == [table["none"]]


@pytest.mark.parametrize(("language", "wide"), [("en", 10), ("es", 14), ("pt", 11), ("fr", 12)])
def test_labels_have_the_room_that_the_longest_needs(mechanism, language, wide):
    points = entry_points(mechanism, "member", PAST_DAYS[0])
    lines = [line for line in render_entry_points(points, width=None, languages=[language]) if line[:2] == "  "]
    assert {line[wide + 2 : wide + 4] for line in lines if line[2] not in "+-?"} == {"  "}


def test_countries_are_named_in_the_language():
    told = Message(key="follow-up.where", values=(("country", "DE"),))
    assert [format_message(told, languages=[tag]) for tag in LANGUAGES] == [
        "Germany",
        "Alemania",
        "Alemanha",
        "Allemagne",
    ]
    assert format_message(told, languages=["pt-BR"]) == "Alemanha"
    assert format_message(Message(key="follow-up.where", values=(("country", "XA"),)), languages=["es"]) == "XA"


def test_names_of_things_are_in_the_first_language_that_they_have_one_in():
    named = Message(key="dialogue.title-name", values=(("name", un.Text(en="Talk", es="Diálogo")),))
    assert [format_message(named, languages=tags) for tags in (["es"], ["fr", "es"], ["fr"], [])] == [
        "Diálogo",
        "Diálogo",
        "Talk",
        "Talk",
    ]
    assert named.to_dict() == {"key": "dialogue.title-name", "values": {"name": {"en": "Talk", "es": "Diálogo"}}}


def test_words_of_your_own_say_what_they_have_and_english_the_rest():
    own = Words.of({"language": "qu", "engagement": {**ENGLISH, "access.open": "kichasqa"}})
    assert format_message("access.open", languages=[own, "es"]) == "kichasqa"
    labels = Words.of({"language": "qu", "labels": {"ngo": "x"}})
    assert format_message("access.open", languages=[labels, "es"]) == "abierto"
    assert format_message("access.open", languages=[labels]) == "open"
    with pytest.raises(un.UnknownLanguage):
        format_message("access.open", languages=["tlh"])


def test_several_are_listed_as_the_language_does():
    spanish, french = next(words_in("es")), next(words_in("fr"))
    assert [english().listed(names) for names in ((), ("A",), ("A", "B"), ("A", "B", "C"))] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]
    assert [
        spanish.listed(("A", name)) for name in ("Irán", "Italia", "hijos", "hielo", "Iowa", "Índice", "Brasil")
    ] == [
        "A e Irán",
        "A e Italia",
        "A e hijos",
        "A y hielo",
        "A y Iowa",
        "A e Índice",
        "A y Brasil",
    ]
    assert french.listed(("A", "Italie")) == "A et Italie"


def test_a_state_of_which_nothing_is_recorded_is_told_so():
    assert [MessageFormatter([tag]).state("in-preparation") for tag in ("en", "es")] == [
        "nothing recorded",
        "sin datos",
    ]
    assert [MessageFormatter([tag]).state("granted") for tag in ("en", "es")] == ["granted", "concedida"]


# -- reviews, submissions, who fits, applications ---------------------------------------------------------------------

REVIEW = un.CountryReview(id="mx-1", country="MX", cluster=1, instruments=(un.TreatyCode.UNTOC,))

AGREED = (consent("publication"),)


def piece(name="study", consents=AGREED):
    return un.Contribution(
        id=name,
        title=un.Text(en="Study", es="Estudio"),
        kind=un.ContributionKind.RESEARCH,
        country="MX",
        instrument=un.TreatyCode.UNTOC,
        articles=("5",),
        author_ids=("ngo",),
        audience=un.Audience.PUBLIC,
        consents=consents,
    )


REGISTER = with_records(organization(themes=(un.Theme.FIREARMS,)), REVIEW, piece(), piece("kept", consents=()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_coverage_and_submission_are_in_the_language(language):
    table, spoken = of(language), {"languages": [language]}
    found = coverage(REGISTER, "mx-1", "2025-01-01")
    country = MessageFormatter([language]).country("MX")
    lines = list(render_coverage([found], width=None, **spoken))
    assert country in lines[0]
    assert lines[1].split()[0] == table["head.article"]
    assert next(words_in(language)).label("research") in "\n".join(lines)
    assert f"| {table['head.article']} | {table['head.title']} |" in "".join(
        render_coverage_markdown([found], **spoken)
    )
    made = submission(REGISTER, "MX", "2025-01-01")
    page = "".join(render_submission_html(made, **spoken))
    assert f'<html lang="{language}">' in page
    assert country in page
    assert (">Estudio<" in page) is (language == "es")
    assert f"\n# {format_message(made.title, **spoken)}\n".strip() in "".join(
        render_submission_markdown(made, **spoken)
    )
    assert list(render_held_back(made.held_back, **spoken)) == [filled("held-back.consent", language, "kept")]
    talk = dialogue_submission(with_records(dialogue(topics=(un.Theme.FIREARMS,))), "cd", "2025-01-01")
    assert table["submission.empty"] in "".join(render_submission_markdown(talk, **spoken))


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_fits_and_who_may_is_in_the_language(language):
    table, spoken, words = of(language), {"languages": [language]}, next(words_in(language))
    found = find_organizations(REGISTER, "2025-01-01", themes=["firearms"])
    told = "\n".join(render_member_search(found, **spoken))
    assert table["head.theme"] in told.splitlines()[0]
    assert f"{table['head.sectors']}{words.colon} 1 {words.label('civil-society')}" in told
    assert f"- *{table['head.youth']}{words.colon}* 1 {words.label('unknown')}" in "".join(
        render_member_search_markdown(found, **spoken)
    )
    session = event("session", "conference-session", "2025-10-10")
    (first, *_) = render_rights(rights(with_records(organization(), session), "ngo", "session", "2025-01-01"), **spoken)
    assert first.startswith(f"? {words.label('attend')}{words.colon} ")
    assert list(render_applications((), **spoken))[-1] == filled("application", language, "0")


# -- at the command line ----------------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    un.dump(REGISTER, "r.json")
    return "r.json"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["next", "--stakeholder", "ngo"], "la Mesa ampliada de la Conferencia"),
        (["next", "--stakeholder", "ngo", "--format", "json"], "existe en esa fecha"),
        (["next", "--stakeholder", "ngo", "--format", "markdown"], "## Abierto a la participación"),
        (["coverage"], "Examen de México, grupo temático 1"),
        (["coverage", "--format", "markdown"], "| artículo | título | contribuciones | autoría |"),
        (["submission", "--country", "MX"], "# Contribución conjunta al examen de México"),
        (["submission", "--country", "MX", "--format", "html"], '<html lang="es">'),
        (["find"], "sectores: 1 sociedad civil"),
        (["find", "--format", "markdown"], "| id | nombre | sector | país |"),
        (["accreditations"], "0 solicitudes"),
    ],
)
def test_the_commands_speak(path, command, told, capsys):
    name, *more = command
    assert main([name, path, *more, "--on", "2025-03-01", "--lang", "es"]) == (1 if name == "submission" else 0)
    out = capsys.readouterr()
    assert told in out.out
    assert name != "submission" or "kept se omite" in out.err


def test_the_project_settles_the_language_of_the_commands(path, capsys):
    Path("untoc-network.toml").write_text('lang = ["pt", "es"]\n')
    assert main(["find", path, "--on", "2025-01-01"]) == 0
    assert "resultados: 1" in capsys.readouterr().out
    assert main(["find", path, "--on", "2025-01-01", "--lang", "fr,es"]) == 0
    assert "résultats\u00a0: 1" in capsys.readouterr().out
