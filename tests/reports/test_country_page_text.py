"""The page of a country in words: every line leads to a source, in four languages, at 80 columns."""

import re

import attrs
import pytest
from tests.engagement.country_registers import DAY, entry, register, review

import untoc_network as un
from untoc_network.i18n.language_words import LANGUAGES, choose_interface_words
from untoc_network.reports.country_page_sections import lay_out_country_page
from untoc_network.reports.country_page_text import country_overview_to_dict, render_country_text


def lines(of=None, language="en", width=80, **more):
    return list(
        render_country_text(
            un.describe_country(of or register(), "PA", DAY, **more), width=width, languages=(language,)
        )
    )


def test_it_begins_with_the_state_and_its_review():
    told = lines()
    assert told[:5] == [
        "Panama in the Review Mechanism",
        "As of 2024-10-20. What may be shown: public. The register holds for 2024-09-30.",
        "",
        "In short",
        "========",
    ]
    start = told.index("Country review, phase 1, cluster 1")
    assert told[start + 2 : start + 11] == [
        "- Stage as far as recorded: questionnaire submitted [6]",
        "- Instruments under review: UNTOC and TIP [6]",
        "- Languages of the review: Spanish [6]",
        "- Reviewing State: Peru, on UNTOC [8]",
        "- Reviewing State: Italy [6]",
        "- Focal point: Invented Ministry [9]",
        "- Public since 2024-06: summary (UNTOC) https://example.org/s [6]",
        "- Public: list of observations https://example.org/l [9]",
        "",
    ]
    wide = [re.sub(" {2,}", " | ", line) for line in lines(width=None)]
    table = wide.index("step | by | what is known | due | source")
    assert wide[table + 1 : table + 6] == [
        "start | secretariat | taken: 2021-12-10 | [6]",
        "nominate focal point | Panama | taken: 2022-01-20, 27 days late | [6][10]",
        "nominate experts | Peru | taken; the day is not recorded | [6]",
        "hold initial consultation | State under review and reviewing States | taken: 2022-03-01, 53 days late | [11][12]",
        "submit questionnaire | Panama | taken: 2023-01-30, 234 days late | [9][13]",
    ]


def test_what_is_told_of_members_contributions_and_needs():
    told = "\n".join(lines(width=None))
    assert "- Open House (NGO), seat in the country [6][9]" in told
    assert (
        "- University of the Isthmus (academia), works in the country; not certain that it is a member on this day [6]"
        in told
    )
    assert (
        "- Title of shared (research, draft), on TIP 5, 9, by Open House and Alguien Conocida; "
        "taken up: answers on article 9 [9]" in told
    )
    assert "- Unsigned (research, draft) [" in told
    assert "No need is in what may be shown." in told
    internal = "\n".join(lines(width=None, audience="internal"))
    assert "- TIP, article 9: Hidden need [6]" in internal
    assert "- TIP: a need of which the words are not recorded [6]" in internal


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kind_that_is_not_known_is_not_told(language):
    held = register()
    bodies = [attrs.evolve(body, kind=un.OrganizationKind.UNKNOWN) for body in held.organizations]
    told = "\n".join(lines(held.with_replaced(*bodies)[0], language=language, width=None))
    assert f"({choose_interface_words(language).label('unknown')})" not in told
    assert "- Open House, seat in the country [" in told or language != "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_the_width_and_names_each_source_once(language):
    told = lines(language=language)
    for line in told:
        assert len(line) <= 80 or "://" in line, line
    text = "\n".join(told)
    numbers = [int(number) for number in re.findall(r"^\[(\d+)\] ", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = {int(number) for number in re.findall(r"(?<!^)\[(\d+)\]", text)}
    assert cited == set(numbers)
    assert "{" not in text


def test_a_source_says_its_day_and_how_sure_it_is():
    told = "\n".join(lines(width=None))
    assert "An invented note (read in part); as of 2023-02-01\n    https://example.org/note" in told
    assert "Page of an invented ministry; as of 2024-05-01" in told
    assert "steps of the country review, step 6.1 (recalled, not read in a source); as of 2026" in told
    assert "Una nota inventada; fecha: 1 de febrero de 2023" in "\n".join(lines(language="es", width=None))
    bare = un.Register(country_reviews=(review(sources=(), reviewers=()),))
    assert "the register, which states no source; the day is not recorded" in "\n".join(lines(bare, width=None))


def test_a_page_of_which_nothing_is_known_says_so():
    told = "\n".join(lines(un.Register(), width=None))
    assert "The register holds for" not in told
    assert "Review group not known: only a part of the groups was read in public sources" in told
    assert "The register has no record of this review" in told
    assert "- Reviewing States: not recorded\n- Focal point: not recorded\n- Public: nothing is recorded" in told
    assert "no record; no time limit is known" in told
    assert "There is no contribution that may be shown." in told


def test_a_state_that_is_no_party_has_neither_review_nor_letter():
    parties = {party.code for party in un.reference.parties("UNTOC")}
    code = next(row.code for row in un.reference.table("countries") if row.un_member and row.code not in parties)
    told = "\n".join(render_country_text(un.describe_country(un.Register(), code, DAY), width=None))
    assert "No review of it is known: only parties to the Convention are reviewed" in told
    assert "There is no letter, for no review is known." in told
    assert "Not known to be a party on this day: UNTOC" in told


FOCAL = [
    ({"person_id": "named"}, "Focal point: Alguien Conocida; the office is not recorded"),
    ({"person_id": "named", "office": un.Text(en="Ministry")}, "Focal point: Ministry; Alguien Conocida"),
    ({}, "Focal point: appointed; the office is not recorded"),
]


@pytest.mark.parametrize(("known", "said"), FOCAL)
def test_a_focal_point_is_an_office_and_a_person_by_consent(known, said):
    nominated = un.Nomination(role="focal-point", country="PA", **known)
    one = register(country_reviews=(review(nominations=(nominated,), phase=None, cluster=None),))
    told = "\n".join(lines(one, width=None))
    assert f"- {said} [" in told
    assert "\nCountry review\n==============\n" in told


def test_a_last_day_is_told_as_known_and_as_past():
    one = register(country_reviews=(review(log=(entry("start", "2021-12-10"),)),))
    told = "\n".join(lines(one, width=None))
    assert "2022-06-10 (past)" in told
    assert "2026-10-01 to 2026-10-31 (opens later)" in told


def test_what_is_missing_from_the_facts_is_told():
    without = {one.code for one in un.reference.parties("UNTOC")} - {one.code for one in un.reference.parties("SOM")}
    told = "\n".join(render_country_text(un.describe_country(un.Register(), min(without), DAY), width=None))
    assert "- Known to be missing from the facts: SOM: one party is missing" in told


def test_nothing_to_take_part_in_is_told():
    page = lay_out_country_page(attrs.evolve(un.describe_country(un.Register(), "PA", DAY), entry_points=()))
    assert any(line.text.startswith("Nothing is recorded") for section in page.sections for line in section.paragraphs)


def test_json_has_the_words_of_what_is_said():
    told = country_overview_to_dict(un.describe_country(register(), "PA", DAY), languages=("es",))
    assert told["letter"]["subject"]["text"].startswith("Examen de Panamá, grupo temático 1")
    first = told["letter"]["requests"][0]
    assert first["text"] == "¿Podríamos leer las respuestas al cuestionario de autoevaluación?"
    plenary = next(one for one in told["entry_points"] if one["kind"] == "plenary")
    assert plenary["title"]["text"] == "Período de sesiones 13 de la Conferencia"
    assert list(told["reviews"][0])[-1] == "sources"
    duties = [duty for one in told["entry_points"] for duty in one["duties"]]
    assert all(duty["said"]["text"] for duty in duties)
    without = attrs.evolve(un.describe_country(un.Register(), "PA", DAY), letter=None)
    assert country_overview_to_dict(without)["letter"] is None


@pytest.mark.parametrize(("name", "said"), [("Peru", "Panama, on UNTOC"), ("Italy", "Panama")])
def test_a_state_that_reviews_others_is_told_as_that(name, said):
    told = "\n".join(render_country_text(un.describe_country(register(), name, DAY), width=None))
    assert f"\n- Reviewing State in the review of {said} [" in told


def test_what_is_not_known_of_the_state_is_left_out():
    found = un.describe_country(un.Register(), "EU", DAY)
    assert found.regional_group is None
    assert "Regional group" not in "\n".join(render_country_text(found))
    party = attrs.evolve(found.treaties[0], in_force=None)
    told = "\n".join(render_country_text(attrs.evolve(found, treaties=(party,)), width=None))
    assert "- Party to UNTOC since 2004-05-21 (approval) [" in told


def test_what_happens_to_a_review_on_the_way_is_told():
    log = (
        entry("start", "2021-12-10"),
        un.ReviewEntry(step="replace-reviewer", joins=("CR",), leaves=("IT",)),
        entry("submit-questionnaire", "2023-01-30", ("PA",)),
        un.ReviewEntry(step="submit-feedback", by=("PE",), instruments=("UNTOC",)),
        un.ReviewEntry(step="extend-phase", until=un.PartialDate("2026-12")),
        un.ReviewEntry(step="publish-summary", on=un.PartialDate("2024-06"), languages=("es", "en")),
    )
    one = review(log=log, artefacts=(), reviewers=(un.ReviewingState(country="PE"), un.ReviewingState(country="IT")))
    told = "\n".join(lines(register(country_reviews=(one,)), width=None))
    assert "\nreplace reviewer (joins: Costa Rica; leaves: Italy) " in told
    assert "\nsubmit feedback (UNTOC) " in told
    assert "\nextend phase (until 2026-12) " in told
    assert "- Public since 2024-06: summary, in Spanish and English [" in told
    assert "- submit feedback: 1 of 2 reviewing States; missing: Costa Rica" in told or "missing: Peru (TIP)" in told
