"""The general review in the plenary of the Conference."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.model.log_entry import Entry
from untoc_network.model.record import SourcedRecord
from untoc_network.values.fields import about
from untoc_network.values.ids_and_codes import EventId, GeneralReviewId, Key, Url
from untoc_network.values.json_forms import FromMappings, FromText, FromWordings
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import SelfChecked

__all__ = ["GeneralReview", "GeneralReviewEntry", "GeneralReviewStep", "Recommendation"]


class GeneralReviewStep(StrEnum):
    """The steps of a general review."""

    CONSIDER_IN_WORKING_GROUP = "consider-in-working-group"
    PREPARE_REPORT = "prepare-report"
    OPEN_SESSION = "open-session"
    REVIEW_IN_PLENARY = "review-in-plenary"
    ACT_ON_RECOMMENDATIONS = "act-on-recommendations"
    CLOSE_SESSION = "close-session"


@attrs.frozen(kw_only=True)
class GeneralReviewEntry(Entry):
    """A step of a general review that was taken."""

    step: GeneralReviewStep = attrs.field(
        converter=FromText[GeneralReviewStep], metadata=about("Step", "What was done.")
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class Recommendation(SelfChecked):
    """What a body recommends to the Conference. Only parties and signatories may make recommendations."""

    key: Key = attrs.field(metadata=about("Key", "Name of the recommendation within the review."))
    text: Text = attrs.field(converter=FromWordings[Text], metadata=about("Text", "What is recommended."))
    body: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Body", "Who recommends it.")
    )
    event_id: EventId | None = attrs.field(default=None, metadata=about("Event", "The session it was made at."))


@attrs.frozen(kw_only=True)
class GeneralReview(SourcedRecord):
    """The review of implementation by the Conference at one of its sessions: trends, not countries."""

    id: GeneralReviewId = attrs.field(metadata=about("Id", "Stable slug of the general review."))
    session: int = attrs.field(metadata=about("Session", "The number of the session of the Conference."))
    event_id: EventId | None = attrs.field(default=None, metadata=about("Event", "The session of the Conference."))
    report: Url | None = attrs.field(default=None, metadata=about("Report", "The general report before it."))
    recommendations: tuple[Recommendation, ...] = attrs.field(
        default=(),
        converter=FromMappings[Recommendation],
        metadata=about("Recommendations", "What working groups and others recommend to it."),
    )
    log: tuple[GeneralReviewEntry, ...] = attrs.field(
        default=(), converter=FromMappings[GeneralReviewEntry], metadata=about("Log", "The steps taken, in order.")
    )
