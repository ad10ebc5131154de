"""A cell for each State and step: exactly one standing each, which follows from the log and the deadlines alone."""

import re
from collections import Counter

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.i18n.language_words import LANGUAGES
from untoc_network.process import COUNTRY_REVIEW, TRACKED_STEPS, StepStanding, track
from untoc_network.reports.review_tracker import render_tracker

ON = "2024-12-31"


@st.composite
def registers(draw):
    """Reviews with logs as the procedure allows them, cut short anywhere, with days or without."""
    reviews = []
    for code in draw(st.lists(st.sampled_from(["PA", "BA", "GB", "XA"]), max_size=4, unique=True)):
        group = draw(st.sampled_from([None, 1, 2, 3]))
        review = un.CountryReview(
            id=f"{code.lower()}-1", country=code, group=group, phase=1, reviewers=[{"country": "PE"}, {"country": "IT"}]
        )
        taken = [*TRACKED_STEPS[: draw(st.integers(0, 11))]]
        skipped = draw(st.sets(st.sampled_from(TRACKED_STEPS)))
        months = draw(st.lists(st.integers(1, 12), min_size=11, max_size=11))
        log = []
        for place, step in enumerate(taken):
            if step not in skipped:
                by = draw(st.sampled_from([(), (code,), ("PE",)]))
                on = draw(st.sampled_from([None, f"{2021 + place // 4}-{months[place]:02}-10"]))
                log.append(un.ReviewEntry(step=step, on=on, by=by))
        reviews.append(attrs.evolve(review, log=log))
    return un.Register(country_reviews=reviews)


@given(registers())
@tries(60)
def test_every_state_has_each_step_once_as_its_log_has_it(register):
    tracker = track(register, ON)
    for standing in tracker.standings:
        entered, implied = {entry.step for entry in standing.review.log}, COUNTRY_REVIEW.find_implied(standing.review)
        assert [cell.step for cell in standing.steps] == list(TRACKED_STEPS)
        for cell in standing.steps:
            assert cell.standing.is_entered == (cell.step in entered)
            own = [one for one in standing.deadlines if one.step == cell.step and one.is_open]
            if not cell.standing.is_entered and cell.step != "start":
                assert cell.standing.is_missed == any(one.is_due(standing.on) for one in own)
                assert (cell.standing is StepStanding.IMPLIED) == (cell.step in implied)
    for counted in tracker.count_steps().values():
        assert sum(counted.values()) == len(tracker.standings)


@given(registers(), st.sampled_from(LANGUAGES))
@tries(40)
def test_text_and_table_count_alike_and_stand_in_eighty_columns(register, language):
    tracker = track(register, ON)
    lines = list(render_tracker(tracker, width=80, languages=(language,)))
    assert all(len(line) <= 80 for line in lines if "//" not in line)
    drawn = [found[1].split() for line in lines if (found := re.search(r" ((?:[A-Z?.-] +){10}[A-Z?.-])(?: |$)", line))]
    if all(len(one.review.log) > 1 for one in tracker.standings):
        for place, counted in enumerate(tracker.count_steps().values()):
            assert sorted(Counter(row[place] for row in drawn).values()) == sorted(counted.values())


def review(*log, **more):
    return un.CountryReview(id="xa-1", country="XA", log=log, **more)


def standings(one, on=ON):
    return [cell.standing.value for cell in track(un.Register(country_reviews=[one]), on).standings[0].steps]


def test_taking_a_step_changes_that_step_to_recorded_and_unrecords_none():
    one = review({"step": "start", "on": "2021-12-10"}, group=2, phase=1)
    assert standings(one) == ["recorded", *["no-record"] * 4, *["ahead"] * 5, "no-record"]
    one = COUNTRY_REVIEW.advance(one, "nominate-focal-point", "2022-01-10", by="XA")
    assert standings(one) == ["recorded", "recorded", "late", "late", "no-record", *["ahead"] * 5, "no-record"]
    one = COUNTRY_REVIEW.advance(one, "hold-initial-consultation", "2022-02-01")
    assert standings(one)[:5] == ["recorded", "recorded", "implied", "recorded", "late"]


def test_a_review_that_was_to_start_and_of_which_nothing_is_recorded_is_due():
    assert standings(review(group=1, phase=1))[:2] == ["no-record", "no-record"]
    assert standings(review(group=1, phase=1), "2020-01-01") == ["ahead"] * 11
    assert standings(review()) == ["ahead"] * 11


@pytest.mark.parametrize(
    "more",
    [{"log": [{"step": "join-after-drawing"}]}, {"blanks": [{"field": "log", "reason": "not-applicable"}]}],
)
def test_a_state_that_was_in_no_drawing_has_no_steps_yet(more):
    one = attrs.evolve(un.CountryReview(id="xa-1", country="XA"), **more)
    assert standings(one) == ["not-applicable"] * 11


def test_what_sources_dispute_and_what_some_have_done_is_told_with_its_sources():
    doubt = {"source_id": "a", "certainty": "disputed"}
    one = review(
        {"step": "start", "on": "2021-12", "sources": [doubt]},
        {"step": "nominate-experts", "by": "XB"},
        reviewers=[{"country": "XB"}],
        sources=[{"source_id": "whole"}],
    )
    start, _, experts, *_ = track(un.Register(country_reviews=[one]), ON).standings[0].steps
    assert (start.standing.value, start.on, [cited.source_id for cited in start.sources]) == (
        "disputed",
        "2021-12",
        ["a"],
    )
    assert (experts.standing.value, experts.on, [cited.source_id for cited in experts.sources]) == (
        "in-part",
        None,
        ["whole"],
    )
    assert experts.to_dict()["standing"] == "in-part"
