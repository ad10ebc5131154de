"""Procedures and trackers as text and pictures."""

import re
from xml.etree import ElementTree as ET

import attrs
import pytest

import untoc_network as un
from untoc_network.process import ACCREDITATION, APPLICATION, COUNTRY_REVIEW, PROCEDURES
from untoc_network.process.review_tracker import track
from untoc_network.reports.procedure_diagram import lay_out_procedure, render_procedure_svg
from untoc_network.reports.procedure_text import (
    describe_time_limit,
    procedure_to_dict,
    render_mermaid,
    render_procedure,
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


@every_procedure
def test_the_picture_is_sound_svg_with_every_state_and_every_step(procedure):
    root = ET.fromstring(render_procedure_svg(procedure))
    words = [node.text for node in root.iter(f"{SVG}text")]
    assert [root.find(f"{SVG}title").text, *words].count(procedure.title) == 1
    assert {state.replace("-", " ") for state in procedure.states} <= set(words)
    ways = [node for node in root.iter(f"{SVG}path") if "way" in node.get("class", "")]
    leading_on = [move for move in moves(procedure) if move[0] is not move[1]]
    assert len(ways) == len(leading_on)
    assert sum("free" in node.get("class") for node in ways) == sum(not one.required for *_, one in leading_on)


@every_procedure
def test_no_two_arcs_that_pass_each_other_share_a_lane_and_boxes_do_not_touch(procedure):
    layout = lay_out_procedure(procedure)
    spans = [(arc.lane, *sorted((arc.leaves, arc.arrives))) for arc in layout.arcs]
    for number, (lane, low, high) in enumerate(spans):
        assert all(other != lane or b < low or a > high for other, a, b in spans[number + 1 :])
    assert all(lower.top > upper.bottom for upper, lower in zip(layout.rows, layout.rows[1:], strict=False))
    for arc in layout.arcs:
        assert sum(row.top < arc.leaves < row.bottom for row in layout.rows) == 1


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
            log=(un.ReviewEntry(step=step.SHARE_WITH_WORKING_GROUPS),),
            artefacts=(un.Artefact(kind=un.ArtefactKind.SUMMARY, published=un.PartialDate("2022")),),
            nominations=(un.Nomination(role=un.NominationRole.FOCAL_POINT, country="XA"),),
        ),
    )
    lines = list(render_tracker(track(un.Register(country_reviews=reviews), "2022-05-01"), width=120))
    assert lines == [
        "State  group  phase  cluster  stage      late       not recorded          reviewers  focal point  published",
        "Peru   2      1               launched   no record  nominate focal point             Ministry",
        "XA                   1        completed                                   XB XC      named        summary",
        "",
        "XA: public: summary, since 2022",
        "",
        "2 country reviews on 2022-05-01: 1 not started, 0 consultation held, 0 in progress, 1 completed",
    ]


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
    assert lines[1].endswith("  [1][2]")
    assert lines[-2:] == ["[1] A note; as of 2021-12-11", "[2] A letter; the day is not recorded"]
    assert [source["id"] for source in tracker.to_dict()["sources"]] == ["dated", "undated"]


def test_a_tracker_without_reviews_is_one_line():
    assert list(render_tracker(track(un.Register(), "2022-05-01"), width=None)) == [
        "0 country reviews on 2022-05-01: 0 not started, 0 consultation held, 0 in progress, 0 completed"
    ]
