"""The general review in the plenary of the Conference."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.model.convention import WorkingGroup
from untoc_network.model.log_entry import Actor, Entry
from untoc_network.model.record import SourcedRecord
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import about
from untoc_network.values.ids_and_codes import EventId, GeneralReviewId, Key, Url
from untoc_network.values.json_forms import FromDate, FromMappings, FromText, FromTexts, FromWordings
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import SelfChecked
from untoc_network.values.sources_and_claims import Citation

__all__ = [
    "ConferenceResolution",
    "FollowUp",
    "GeneralReview",
    "GeneralReviewEntry",
    "GeneralReviewStep",
    "Recommendation",
]


class GeneralReviewStep(StrEnum):
    """The steps of a general review."""

    CONSIDER_IN_WORKING_GROUP = "consider-in-working-group"
    MAKE_RECOMMENDATIONS = "make-recommendations"
    PREPARE_REPORT = "prepare-report"
    OPEN_SESSION = "open-session"
    REVIEW_IN_PLENARY = "review-in-plenary"
    ACT_ON_RECOMMENDATIONS = "act-on-recommendations"
    ADOPT_RESOLUTION = "adopt-resolution"
    CLOSE_SESSION = "close-session"
    FOLLOW_UP_ON_RESOLUTION = "follow-up-on-resolution"


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
    working_group: WorkingGroup | None = attrs.field(
        default=None,
        converter=FromText[WorkingGroup | None],
        metadata=about("Working group", "The group of the Conference that recommends it, if one does."),
    )
    event_id: EventId | None = attrs.field(default=None, metadata=about("Event", "The session it was made at."))
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class ConferenceResolution(SelfChecked):
    """A resolution or decision that the Conference adopted at the session, and which recommendations it takes up."""

    key: Key = attrs.field(metadata=about("Key", "Name of the resolution within the review."))
    symbol: str | None = attrs.field(
        default=None, metadata=about("Symbol", "Session and number, as printed: 12/4, decision 4/1.")
    )
    title: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Title", "What it is on.")
    )
    adopted: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Adopted", "The day it was adopted.")
    )
    recommendation_keys: tuple[Key, ...] = attrs.field(
        default=(),
        converter=FromTexts[Key],
        metadata=about("Recommendations", "Keys of the recommendations that it takes up."),
    )
    url: Url | None = attrs.field(default=None, metadata=about("URL", "Where it is published."))
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class FollowUp(SelfChecked):
    """What was done on a resolution, or is to be done: the end of the chain that begins with a recommendation."""

    key: Key = attrs.field(metadata=about("Key", "Name of the follow-up within the review."))
    text: Text = attrs.field(converter=FromWordings[Text], metadata=about("Text", "What was done, or is to be done."))
    resolution_key: Key | None = attrs.field(
        default=None, metadata=about("Resolution", "Key of the resolution that it follows.")
    )
    actor: Actor | None = attrs.field(
        default=None, converter=FromText[Actor | None], metadata=about("Actor", "Who does it.")
    )
    event_id: EventId | None = attrs.field(
        default=None, metadata=about("Event", "The session at which it was done or reported on.")
    )
    on: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("On", "The day, as far as known.")
    )
    url: Url | None = attrs.field(default=None, metadata=about("URL", "Where it is published."))
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


@attrs.frozen(kw_only=True)
class GeneralReview(SourcedRecord):
    """The review of implementation by the Conference at one of its sessions: trends, not countries.

    Its chain is told by keys: a resolution names the recommendations that it takes up, a follow-up its resolution.
    """

    id: GeneralReviewId = attrs.field(metadata=about("Id", "Stable slug of the general review."))
    session: int = attrs.field(metadata=about("Session", "The number of the session of the Conference."))
    event_id: EventId | None = attrs.field(default=None, metadata=about("Event", "The session of the Conference."))
    report: Url | None = attrs.field(default=None, metadata=about("Report", "The general report before it."))
    recommendations: tuple[Recommendation, ...] = attrs.field(
        default=(),
        converter=FromMappings[Recommendation],
        metadata=about("Recommendations", "What working groups and others recommend to it."),
    )
    resolutions: tuple[ConferenceResolution, ...] = attrs.field(
        default=(),
        converter=FromMappings[ConferenceResolution],
        metadata=about("Resolutions", "What the Conference adopted at the session."),
    )
    follow_ups: tuple[FollowUp, ...] = attrs.field(
        default=(),
        converter=FromMappings[FollowUp],
        metadata=about("Follow-ups", "What was done on its resolutions."),
    )
    log: tuple[GeneralReviewEntry, ...] = attrs.field(
        default=(), converter=FromMappings[GeneralReviewEntry], metadata=about("Log", "The steps taken, in order.")
    )
