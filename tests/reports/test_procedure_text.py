"""Procedures and trackers as text and pictures."""

import itertools
import re
from xml.etree import ElementTree as ET

import attrs
import pytest

import untoc_network as un
from untoc_network.engagement.translatable_message import MessageFormatter
from untoc_network.i18n.language_words import words_in
from untoc_network.process import ACCREDITATION, APPLICATION, COUNTRY_REVIEW, PROCEDURES
from untoc_network.process.review_tracker import track
from untoc_network.reports.procedure_diagram import lay_out_procedure, render_procedure_svg
from untoc_network.reports.procedure_text import (
    describe_time_limit,
    procedure_to_dict,
    render_mermaid,
    render_procedure,
    tell_time_limit,
)
from untoc_network.reports.review_tracker import render_tracker

every_procedure = pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda procedure: procedure.name)
SVG = "{http://www.w3.org/2000/svg}"


def moves(procedure):
    return [
        (
            source,
            transition.partial if transition.partial not in (None, source) else transition.target or source,
            transition,
        )
        for transition in procedure.transitions
        for source in transition.sources
    ]


@every_procedure
def test_mermaid_names_every_state_and_draws_every_step_once(procedure):
    text = render_mermaid(procedure)
    arrows = re.findall(r"^    (\w+) --> (\w+): ", text, re.MULTILINE)
    assert sorted(arrows) == sorted(
        (source.replace("-", "_"), target.replace("-", "_")) for source, target, _ in moves(procedure)
    )
    assert all(f'state "{state.replace("-", " ")}"' in text for state in procedure.states)


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
@every_procedure
def test_the_picture_has_every_state_and_every_step_with_a_legend_in_each_language(procedure, language):
    (words,) = words_in(language)
    root = ET.fromstring(render_procedure_svg(procedure, languages=(language,)))
    assert root.get("lang") == language
    title = root.find(f"{SVG}title").text
    written = " ".join(node.text for node in root.iter(f"{SVG}text")).replace("\u00a0", " ")
    assert written.startswith(title)
    assert title != procedure.title or language == "en"
    legend = written[written.index(words.engagement["procedure.legend"]) :]
    for transition in procedure.transitions:
        assert words.label(transition.step) in written
        assert words.label(transition.actor) in legend
    assert all(words.label(state) in written for state in procedure.states)


@every_procedure
def test_the_picture_draws_an_arrow_from_each_card_and_is_as_wide_as_a_telephone(procedure):
    text = render_procedure_svg(procedure)
    assert text == render_procedure_svg(procedure)
    assert "prefers-color-scheme: dark" in text
    root = ET.fromstring(text)
    assert root.get("width") == "360"
    assert "#" not in re.sub(r"url\(#[a-z-]+\)|--[a-z0-9-]+: #[0-9a-f]+", "", text), "every colour is a variable"
    layout = lay_out_procedure(procedure)
    ways = [node for node in root.iter(f"{SVG}path") if node.get("class", "").startswith("way")]
    onward = [
        (upper, lower)
        for upper, lower in itertools.pairwise(layout.cards)
        if any(row.target is lower.state for row in upper.rows)
    ]
    assert len(ways) == len(layout.arcs) + len(onward)
    rows = [(card.state, row.target, row.transition) for card in layout.cards for row in card.rows]
    shown = [one for one in moves(procedure) if one[-1].target or one[0] is one[-1].sources[0]]
    assert sorted(map(repr, rows)) == sorted(map(repr, shown))


@every_procedure
def test_arcs_share_a_lane_only_on_the_way_to_one_card_and_cards_do_not_touch(procedure):
    layout = lay_out_procedure(procedure)
    assert {arc.lane for arc in layout.arcs} == set(range(layout.lanes))
    assert len({(arc.lane, arc.arrives) for arc in layout.arcs}) == layout.lanes
    assert all(lower.top > upper.bottom for upper, lower in itertools.pairwise(layout.cards))
    for arc in layout.arcs:
        assert sum(card.top < arc.leaves < card.bottom for card in layout.cards) == 1
    for card in layout.cards:
        bounds = [card.top + 30, *(place for row in card.rows for place in (row.top, row.bottom)), card.bottom]
        assert bounds == sorted(bounds)


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_limits_are_told_in_each_language(language):
    told = {
        (procedure.name, one.step.value): tell_time_limit(one, un.reference.packaged(), MessageFormatter((language,)))
        for procedure in PROCEDURES
        for one in procedure.transitions
    }
    chosen = [
        told["country-review", "hold-initial-consultation"],
        told["accreditation", "circulate"],
        told["application", "submit"],
        told["country-review", "hold-dialogue"],
    ]
    assert (
        chosen
        == {
            "en": [
                "within 4 weeks of 'start' (recalled)",
                "at least 30 days before the opening of the session",
                "by the deadline of the call",
                None,
            ],
            "es": [
                "plazo: 4 semanas desde «iniciar» (citado de memoria)",
                "al menos 30 días antes (la apertura del período de sesiones)",
                "a más tardar: el cierre de la convocatoria",
                None,
            ],
            "pt": [
                "prazo: 4 semanas a partir do passo “iniciar” (citado de memória)",
                "pelo menos 30 dias antes da abertura da sessão",
                "até a data do encerramento da chamada",
                None,
            ],
            "fr": [
                "délai\u00a0: 4 semaines après «\u00a0lancer l’examen\u00a0» (cité de mémoire)",
                "au moins 30 jours avant l’ouverture de la session",
                "au plus tard\u00a0: la clôture de l’appel",
                None,
            ],
        }[language]
    )


def test_a_procedure_without_a_wording_has_its_own_title():
    own = attrs.evolve(COUNTRY_REVIEW, name="own", title="A procedure of my own")
    assert "A procedure of my own" in render_procedure_svg(own, languages=("fr",))


@every_procedure
def test_text_and_data_tell_every_step_with_its_basis(procedure):
    lines = list(render_procedure(procedure, width=80))
    assert lines[0] == procedure.title
    assert max(map(len, lines)) <= 80
    shown = [one for one in moves(procedure) if one[-1].target or one[0] is one[-1].sources[0]]
    assert sum(line.startswith("    basis: ") for line in lines) == len(shown)
    told = procedure_to_dict(procedure)
    assert len(told["steps"]) == len(procedure.transitions)
    assert all(step["basis"]["source"] for step in told["steps"])
    of_tables = any(transition.row for transition in procedure.transitions)
    assert any(line.startswith("data of 2026") for line in lines) is ("missing" in told) is of_tables


def test_a_procedure_ends_with_what_is_known_to_be_missing_of_its_steps():
    lines = list(render_procedure(COUNTRY_REVIEW, width=None))
    assert lines[-2] == "data of 2026; of 18 rows 2 only recalled, not read in a source"
    assert lines[-1].startswith("known to be missing: the guidelines annexed to resolution 10/1 were not read")
    assert procedure_to_dict(COUNTRY_REVIEW)["certainties"] == {"seen": 16, "recalled": 2}


def limits(procedure):
    return {
        transition.step.value: describe_time_limit(transition)
        for transition in procedure.transitions
        if transition.limit
    }


def test_limits_are_said_in_words_and_say_how_sure_they_are():
    assert limits(COUNTRY_REVIEW) == {
        "nominate-focal-point": "within 2 weeks of 'start'",
        "nominate-experts": "within 4 weeks of 'start'",
        "register-in-platform": "within 10 days of 'open registration'",
        "hold-initial-consultation": "within 4 weeks of 'start' (recalled)",
        "submit-questionnaire": "within 6 months of 'start'",
        "submit-feedback": "within 6 months of 'submit questionnaire'",
        "share-with-working-groups": "within 2 years of 'start'",
    }
    assert limits(ACCREDITATION) == {"circulate": "at least 30 days before opening of the session"}
    assert limits(APPLICATION) == {"submit": "by the deadline of the call"}


def test_a_limit_that_the_tables_do_not_state_is_none():
    facts = un.reference.packaged()
    rows = [attrs.evolve(row, limit=None) for row in facts.table("review_steps")]
    (submission,) = [one for one in COUNTRY_REVIEW.transitions if one.step == "submit-questionnaire"]
    assert describe_time_limit(submission, facts.replacing(review_steps=rows)) is None


def test_the_tracker_shows_what_is_longest_due_and_counts_all():
    step = un.CountryReviewStep
    reviews = (
        un.CountryReview(
            id="pe-1",
            country="PE",
            group=2,
            phase=1,
            log=(un.ReviewEntry(step=step.START, on=un.PartialDate("2021-12-10")),),
            nominations=(
                un.Nomination(role=un.NominationRole.FOCAL_POINT, country="PE", office=un.Text(en="Ministry")),
            ),
        ),
        un.CountryReview(
            id="xa-1",
            country="XA",
            cluster=1,
            reviewers=(un.ReviewingState(country="XB"), un.ReviewingState(country="XC")),
            log=(un.ReviewEntry(step=step.SUBMIT_FEEDBACK), un.ReviewEntry(step=step.SHARE_WITH_WORKING_GROUPS)),
            artefacts=(un.Artefact(kind=un.ArtefactKind.SUMMARY, published=un.PartialDate("2022")),),
            nominations=(un.Nomination(role=un.NominationRole.FOCAL_POINT, country="XA"),),
        ),
    )
    lines = list(render_tracker(track(un.Register(country_reviews=reviews), "2022-05-01"), width=120))
    assert lines == [
        "2 country reviews on 2022-05-01: 1 not started, 0 consultation held, 0 in progress, 1 completed",
        "in 1 review a step is due and nothing tells whether it was taken",
        "",
        "State  group  1  2  3  4  5  6  7  8  9  10  11  late",
        "Peru   2/1    R  D  D  D  .  .  .  .  .  .   .   no record",
        "XA            I  I  I  I  I  R  I  I  I  I   R",
        "",
        " 1 start                       7 hold dialogue",
        " 2 nominate focal point        8 draft observations",
        " 3 nominate experts            9 agree on observations",
        " 4 hold initial consultation  10 prepare summary",
        " 5 submit questionnaire       11 share with working groups",
        " 6 submit feedback",
        "R=recorded; I=implied by a later step; D=due, nothing recorded; .=not due",
        "2/1: group 2, phase 1",
        "",
        "Peru: group 2, phase 1; launched; nominate focal point: due, no record",
        "Peru: focal point: Ministry",
        "",
        "XA: cluster 1; completed",
        "XA: reviewed by XB and XC",
        "XA: focal point: named",
        "XA: public: summary, since 2022",
    ]


def test_where_columns_have_no_room_the_marks_stand_together_and_the_latest_first():
    days = {"start": "2021-01-10", "hold-initial-consultation": "2021-02-01"}
    log = tuple(un.ReviewEntry(step=step, on=un.PartialDate(on)) for step, on in days.items())
    office = un.Nomination(role="focal-point", country="PE", office=un.Text(en="Ministry of Invented Affairs"))
    reviewers = (un.ReviewingState(country="CO"), un.ReviewingState(country="IT"))
    reviews = (
        un.CountryReview(
            id="pe-1", country="PE", group=2, phase=1, log=log, nominations=(office,), reviewers=reviewers
        ),
        un.CountryReview(id="gb-1", country="GB", group=2, phase=1, log=log, reviewers=reviewers),
        un.CountryReview(id="cl-1", country="CL", log=log),
    )
    lines = list(render_tracker(track(un.Register(country_reviews=reviews), "2022-05-01"), width=36))
    head = next(line for line in lines if line.startswith("State"))
    assert head.split() == ["State", "group", "1–11", "late"]
    assert [line.split()[-1] for line in lines if line.startswith(("Chile", "Peru ", "United"))][:2] == ["d", "d"]
    assert "Peru: reviewed by Colombia and Italy" in lines
    assert "Peru: focal point: Ministry of Invented Affairs" in " ".join(" ".join(lines).split())
    assert all(len(line) <= 36 for line in lines)


def test_what_a_tracker_tells_ends_with_its_sources_and_their_days():
    sources = (
        un.Source(id="dated", title=un.Text(en="A note"), kind="web-page", published=un.PartialDate("2021-12-11")),
        un.Source(id="undated", title=un.Text(en="A letter"), kind="correspondence"),
    )
    cited = tuple(un.Citation(source_id=name) for name in ("dated", "undated", "gone"))
    log = (un.ReviewEntry(step="start", sources=cited[:1]), un.ReviewEntry(step="nominate-experts", sources=cited))
    one = un.CountryReview(id="xa-1", country="XA", log=log)
    tracker = track(un.Register(country_reviews=(one,), sources=sources), "2022-05-01")
    lines = list(render_tracker(tracker, width=None))
    assert lines[3].endswith("  [1][2]")
    assert lines[-2:] == ["[1] A note; as of 2021-12-11", "[2] A letter; the day is not recorded"]
    assert [source["id"] for source in tracker.to_dict()["sources"]] == ["dated", "undated"]


def test_a_tracker_without_reviews_is_one_line():
    assert list(render_tracker(track(un.Register(), "2022-05-01"), width=None)) == [
        "0 country reviews on 2022-05-01: 0 not started, 0 consultation held, 0 in progress, 0 completed"
    ]
