"""The letter to the focal point of a State: what to ask for and to offer, by how far its review has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from untoc_network.engagement.assessed_entry_point import AssessedEntryPoint
from untoc_network.engagement.country_overview import FocalPointLetter, ReviewOverview
from untoc_network.engagement.translatable_message import Message, Value, make_message
from untoc_network.model.country_review import ArtefactKind
from untoc_network.process import ReviewState
from untoc_network.process.step_standings import StepStanding
from untoc_network.values.dates import PartialDate

__all__ = ["make_letter"]

_FINDINGS = frozenset({ArtefactKind.LIST_OF_OBSERVATIONS, ArtefactKind.SUMMARY})
_STAGES = tuple(ReviewState)


def make_letter(
    country: str, reviews: Sequence[ReviewOverview], points: Sequence[AssessedEntryPoint], on: PartialDate
) -> FocalPointLetter | None:
    """The letter on the last review of a State; None where no review of it is known.

    It names nobody but the office, and has places to fill in who writes.
    """
    if not reviews:
        return None
    review = reviews[-1]
    values: dict[str, Value] = {"country": country, "on": on, "state": review.state}
    if review.cluster is not None:
        values["cluster"] = review.cluster
    office = review.focal_point.office if review.focal_point is not None else None
    if office is not None:
        values["office"] = office
    return FocalPointLetter(
        review_id=review.id,
        subject=make_message("letter.subject" if review.cluster is None else "letter.subject-cluster", values),
        address=make_message("letter.address" if office is None else "letter.address-office", values),
        paragraphs=(
            make_message("letter.opening", values),
            make_message(f"letter.{_choose_stage_wording(review)}", values),
            _make_offer(review, points, values),
        ),
        requests=tuple(make_message(f"letter.ask-{name}", values) for name in _list_requests(review)),
        closing=make_message("letter.closing", values),
    )


def _has_reached(review: ReviewOverview, milestone: ReviewState) -> bool:
    return _STAGES.index(review.state) >= _STAGES.index(milestone)


def _choose_stage_wording(review: ReviewOverview) -> str:
    """Whether any step but the start is recorded: what is not, the letter asks for and does not reproach."""
    taken = [one for one in review.steps if one.standing is StepStanding.RECORDED]
    return "stage" if taken and _has_reached(review, ReviewState.CONSULTATION_HELD) else "stage-unknown"


def _make_offer(review: ReviewOverview, points: Sequence[AssessedEntryPoint], values: dict[str, Value]) -> Message:
    if _has_reached(review, ReviewState.OBSERVATIONS_AGREED):
        return make_message("letter.offer-follow-up", values)
    if _has_reached(review, ReviewState.QUESTIONNAIRE_SUBMITTED):
        return make_message("letter.offer-review", values)
    sent = (dict(point.send.values) for point in points if point.send is not None and point.subject_id == review.id)
    articles = next((one for one in sent if "articles" in one), None)
    if articles is None:
        return make_message("letter.offer-answers", values)
    return make_message("letter.offer-answers-articles", {**values, **articles})


def _list_requests(review: ReviewOverview) -> Iterator[str]:
    """What is asked: only what the register does not tell."""
    if not _has_reached(review, ReviewState.QUESTIONNAIRE_SUBMITTED):
        yield "consultation"
    else:
        yield "answers"
    if not review.reviewers:
        yield "reviewers"
    if not {one.kind for one in review.published} & _FINDINGS:
        yield "publication"
    yield "assistance"
