"""Over all examples and the days of six years: what is recorded of each review, and what is said of it.

The table beside this file has a row for each review. `python -m tests.process.test_what_is_said_of_lateness` writes it
anew; read the difference.
"""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from tests.profiles import portion, tries

import untoc_network as un
from untoc_network.process import COUNTRY_REVIEW
from untoc_network.process.review_tracker import track
from untoc_network.reports.review_tracker import render_tracker

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2025, 12, 31)
EXAMPLES = Path(__file__).parents[2] / "examples"
TABLE = Path(__file__).with_name("what_is_said_of_lateness.txt")


def _entry(step, on=None, by=None):
    return un.ReviewEntry(step=un.CountryReviewStep(step), on=None if on is None else un.PartialDate(on), by=by)


_LOGS = {
    "nothing": (),
    "start": (_entry("start", "2021-12-10"),),
    "start-without-a-day": (_entry("start"),),
    "one-focal-point-late": (_entry("start", "2021-12-10"), _entry("nominate-focal-point", "2022-01-10", "XA")),
    "focal-point-of-the-other": (_entry("start", "2021-12-10"), _entry("nominate-focal-point", "2021-12-12", "XB")),
    "consultation": (_entry("start", "2021-12-10"), _entry("hold-initial-consultation", "2022-02-01")),
    "only-answers": (_entry("submit-questionnaire", "2022-03-01"),),
    "answers-after-all-steps": (
        _entry("start", "2021-12-10"),
        _entry("nominate-focal-point", "2021-12-12", "XA"),
        _entry("nominate-focal-point", "2021-12-12", "XB"),
        _entry("hold-initial-consultation", "2022-01-03"),
        _entry("submit-questionnaire", "2022-09-01"),
    ),
    "end-alone": (_entry("share-with-working-groups", "2024-10-01"),),
}


def invented():
    """Reviews of an invented State that XB reviews too, one for each kind of log."""
    reviewers = (un.ReviewingState(country="XB"),)
    reviews = (
        un.CountryReview(id=f"xa-{name}", country="XA", group=2, phase=1, reviewers=reviewers, log=log)
        for name, log in _LOGS.items()
    )
    return un.Register(country_reviews=tuple(reviews))


def registers():
    return {
        **{path.stem: un.load(path) for path in sorted(EXAMPLES.glob("*.json"))},
        "invented": invented(),
    }


REGISTERS = registers()
LEADING = {transition.step for transition in COUNTRY_REVIEW.transitions if transition.target is not None}
"""The steps after which a review is further than before."""
BY_EACH = {transition.step for transition in COUNTRY_REVIEW.transitions if transition.partial is not None}
"""Those that each reviewing State takes: that of one does not imply that of another."""


def days(number):
    """So many days at even distances, the last of the six years among them."""
    whole = (LAST - FIRST).days
    return [(LAST - dt.timedelta(days=whole * place // number)).isoformat() for place in range(number)][::-1]


def look_at(standing, register):
    """What must hold of a review on a day, whatever is recorded."""
    review, on = standing.review, standing.on
    taken = [entry for entry in review.log if entry.step is not un.CountryReviewStep.START]
    heard = {state for entry in taken for state in entry.by or (None,)}
    course = [list(un.CountryReviewStep).index(one.step) for one in taken if one.step in LEADING]
    assert not any(entry.on and entry.on.certainly_after(on) for entry in review.log), "what came later does not count"
    for deadline in standing.late:
        assert taken, f"{review.id}: late is said of a review of which no step is recorded"
        assert deadline.by is None or heard & {deadline.by, None}, f"{review.id}: nothing is known of {deadline.by}"
        place = list(un.CountryReviewStep).index(un.CountryReviewStep(deadline.step))
        of_others = deadline.by is not None and deadline.step in BY_EACH
        assert deadline.taken or place + of_others > max(course, default=0), (
            f"{review.id}: a later step implies {deadline.step}"
        )
        assert deadline.latest.certainly_before(deadline.taken or on)
    for deadline in standing.due:
        assert deadline.is_open
        assert deadline.latest.certainly_before(on)
    for deadline in standing.deadlines:
        assert deadline.basis.source, f"{deadline.step}: no source"
        assert deadline.basis.certainty
    for entry in review.log:
        assert entry.on or register.as_of or review.id.startswith("xa-"), (
            "without a day of its own it has the register's"
        )
        assert entry.sources or review.sources or review.id.startswith("xa-")


@given(st.dates(FIRST, LAST))
@tries(40)
def test_nobody_is_late_of_whom_nothing_is_known_and_facts_lead_to_their_source_and_day(day):
    for register in REGISTERS.values():
        tracker = track(register, day)
        for standing in tracker.standings:
            look_at(standing, register)
        for row in tracker.aggregates:
            assert row.source
            assert row.as_of.last <= un.PartialDate.of(day).first
        text = "\n".join(render_tracker(tracker, width=80))
        told = " ".join(text.split())
        addresses = [source.url for source in tracker.sources.values() if source.url]
        for source in (*addresses, *(row.source for row in tracker.aggregates)):
            assert all(part in told for part in source.split(" ; "))
        if not any(standing.late for standing in tracker.standings):
            assert " d " not in text


@pytest.mark.unmeasured
def test_on_all_days_of_six_years():
    for register in REGISTERS.values():
        for day in days(portion(200)):
            for standing in track(register, day).standings:
                look_at(standing, register)


def make_rows():
    """A row for each review: what is recorded; in which quarter something is first due without record, and late."""
    quarters = [f"{year}-{month:02}-01" for year in range(2020, 2026) for month in (1, 4, 7, 10)]
    yield "register | review | recorded | due and not recorded since | late since | most days late at the end"
    for name, register in REGISTERS.items():
        reviews = {}
        for day in [*quarters, LAST.isoformat()]:
            for standing in track(register, day).standings:
                due, late = reviews.setdefault(standing.review.id, ({}, {}, standing.review))[:2]
                for found, told in ((due, standing.due), (late, standing.late)):
                    for one in told:
                        found.setdefault(f"{one.step}{f' {one.by}' if one.by else ''}", day[:7])
                reviews[standing.review.id] = (due, late, standing.review, standing.most_late)
        for review_id, (due, late, review, most) in sorted(reviews.items()):
            recorded = ", ".join(
                f"{one.step} {' '.join(one.by)} {one.on or 'undated'}".replace("  ", " ") for one in review.log
            )
            told = [", ".join(f"{step} {since}" for step, since in found.items()) or "-" for found in (due, late)]
            yield " | ".join((name, review_id, recorded or "nothing", *told, str(most)))


@pytest.mark.unmeasured
def test_the_table_has_what_is_recorded_and_what_is_said():
    assert TABLE.read_text(encoding="utf-8").splitlines() == list(make_rows())


def test_of_reviews_with_nothing_but_a_start_nothing_is_said_to_be_late():
    rows = [row.split(" | ") for row in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    bare = [row for row in rows if row[2] == "nothing" or (row[2].startswith("start ") and "," not in row[2])]
    assert len(bare) == 40
    assert {(row[4], row[5]) for row in bare} == {("-", "0")}


if __name__ == "__main__":
    TABLE.write_text("\n".join(make_rows()) + "\n", encoding="utf-8")
