"""What is known of each step of a country review on a day: one cell for each step that every review goes through."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.diagnostics.findings import Certainty
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.country_review import CountryReview, CountryReviewStep, ReviewEntry
from untoc_network.process.country_review_procedure import COUNTRY_REVIEW
from untoc_network.process.next_steps import Deadline
from untoc_network.process.transition import Case, Transition
from untoc_network.values.dates import PartialDate
from untoc_network.values.sources_and_claims import BlankReason, Citation

__all__ = ["TRACKED_STEPS", "StepCell", "StepStanding", "judge_deadline", "list_step_cells"]


class StepStanding(StrEnum):
    """What is known of a step on the day."""

    RECORDED = "recorded"
    IN_PART = "in-part"
    """Recorded of some of the States, or instruments, that take it; of others nothing is."""
    DISPUTED = "disputed"
    """Recorded from a source that others contradict."""
    IMPLIED = "implied"
    """Not recorded; a later step, which is, implies that it was taken."""
    LATE = "late"
    """Recorded as not taken: the step before is known, and something of who takes this one."""
    NO_RECORD = "no-record"
    """Due, and nothing tells whether it was taken."""
    AHEAD = "ahead"
    """Not due yet."""
    OPEN = "open"
    """Comes next by the procedure and is not recorded; no time limit is known."""
    NOT_APPLICABLE = "not-applicable"
    """The review has no such step, or none yet: the State was in no drawing of lots."""

    @property
    def is_entered(self) -> bool:
        """Whether the log has the step."""
        return self in (StepStanding.RECORDED, StepStanding.IN_PART, StepStanding.DISPUTED)

    @property
    def is_missed(self) -> bool:
        """Whether it is due and nothing of it is recorded."""
        return self in (StepStanding.LATE, StepStanding.NO_RECORD)


@attrs.frozen(kw_only=True)
class StepCell(SharedMethods, HasPlainForm):
    """A step of one review, as a whole: in one standing, whoever takes it.

    `on` is the last day on which something of it was done, `days_late` the most days that a part of it certainly is or
    was late. `sources` are those of its entries, or of the review where these name none.
    """

    step: CountryReviewStep
    standing: StepStanding
    on: PartialDate | None = None
    days_late: int = 0
    sources: tuple[Citation, ...] = ()

    plain_form = PlainForm("step standing on days_late sources")


_TRACKED = tuple(transition for transition in COUNTRY_REVIEW.transitions if transition.required)
TRACKED_STEPS = tuple(CountryReviewStep(transition.step) for transition in _TRACKED)
"""The steps that no review leaves out, in their order."""


def judge_deadline(deadline: Deadline, on: PartialDate) -> StepStanding:
    """What is known on a day of a step that has a time limit and is not in the log."""
    if deadline.passed:
        return StepStanding.IMPLIED
    if deadline.days_late(on)[0]:
        return StepStanding.LATE
    return StepStanding.NO_RECORD if deadline.is_due(on) else StepStanding.AHEAD


def list_step_cells(review: CountryReview, deadlines: tuple[Deadline, ...], on: PartialDate) -> tuple[StepCell, ...]:
    """A cell for each of the tracked steps, from a log without steps of a later day and the deadlines of the review.

    No time limit tells that a review was to start: it was, once a step is due whose limit is counted from the start.
    """
    unrecorded = _judge_unrecorded_steps(review, deadlines, on)
    cells = []
    for transition in _TRACKED:
        entries = [entry for entry in review.log if entry.step == transition.step]
        days = [entry.on for entry in entries if entry.on is not None]
        cell = StepCell(
            step=CountryReviewStep(transition.step),
            standing=_judge_entries(transition, review, entries) if entries else unrecorded[transition.step],
            on=max(days, key=lambda day: day.last, default=None),
            days_late=max((one.days_late(on)[0] for one in deadlines if one.step == transition.step), default=0),
            sources=tuple(dict.fromkeys(cited for entry in entries for cited in entry.sources or review.sources)),
        )
        cells.append(cell)
    return tuple(cells)


def _judge_unrecorded_steps(
    review: CountryReview, deadlines: tuple[Deadline, ...], on: PartialDate
) -> dict[str, StepStanding]:
    """What is known of each tracked step if the log does not have it."""
    if _applies_not(review):
        return dict.fromkeys(TRACKED_STEPS, StepStanding.NOT_APPLICABLE)
    found: dict[str, StepStanding] = dict.fromkeys(TRACKED_STEPS, StepStanding.AHEAD)
    for deadline in deadlines:
        standing = judge_deadline(deadline, on)
        if standing.is_missed:
            found[CountryReviewStep.START] = StepStanding.NO_RECORD
            if found.get(deadline.step) is not StepStanding.LATE:
                found[deadline.step] = standing
    return found | dict.fromkeys(COUNTRY_REVIEW.find_implied(review), StepStanding.IMPLIED)


def _judge_entries(transition: Transition, review: CountryReview, entries: list[ReviewEntry]) -> StepStanding:
    if any(citation.certainty is Certainty.DISPUTED for entry in entries for citation in entry.sources):
        return StepStanding.DISPUTED
    missing = transition.list_missing(Case(thing=review), review.log)
    return StepStanding.IN_PART if missing else StepStanding.RECORDED


def _applies_not(review: CountryReview) -> bool:
    """Whether the review is one without steps: it says so of its log, or its State awaits a group."""
    if any(blank.field == "log" and blank.reason is BlankReason.NOT_APPLICABLE for blank in review.blanks):
        return True
    return review.group is None and any(entry.step is CountryReviewStep.JOIN_AFTER_DRAWING for entry in review.log)
