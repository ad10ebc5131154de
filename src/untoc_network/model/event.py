"""What took place: events with their roles, links, segments, numbers and results, and what was said there."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import attrs

from untoc_network.model.convention import EntryPointKind, WorkingGroup
from untoc_network.model.organization_and_person import Theme
from untoc_network.model.record import SourcedRecord
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.fields import Sensitivity, about
from untoc_network.values.ids_and_codes import (
    EventId,
    InstrumentId,
    Key,
    LanguageTag,
    PersonId,
    ProjectId,
    StakeholderId,
    StatementId,
    Url,
)
from untoc_network.values.json_forms import FromDate, FromMapping, FromMappings, FromText, FromTexts, FromWordings
from untoc_network.values.multilingual_text import Alias, Text
from untoc_network.values.place_and_link import Place, Region
from untoc_network.values.self_checked_classes import SelfChecked
from untoc_network.values.sources_and_claims import Citation
from untoc_network.values.stated_count import Count

__all__ = [
    "Activity",
    "Attribution",
    "Event",
    "EventKind",
    "EventLink",
    "EventLinkKind",
    "EventRole",
    "EventRoleKind",
    "EventStatus",
    "Modality",
    "Order",
    "Output",
    "OutputKind",
    "OutputStatus",
    "Segment",
    "SegmentKind",
    "Statement",
]


class EventKind(StrEnum):
    """What an event is."""

    REGIONAL_CONSULTATION = "regional-consultation"
    CONSULTATION = "consultation"
    MULTISTAKEHOLDER_MEETING = "multistakeholder-meeting"
    TRAINING = "training"
    WORKSHOP = "workshop"
    NEEDS_ASSESSMENT = "needs-assessment"
    CONSTRUCTIVE_DIALOGUE = "constructive-dialogue"
    PREPARATION_DAY = "preparation-day"
    CONFERENCE_SESSION = "conference-session"
    WORKING_GROUP_SESSION = "working-group-session"
    SIDE_EVENT = "side-event"
    BRIEFING = "briefing"
    LAUNCH = "launch"
    PILOT_INITIATIVE_MEETING = "pilot-initiative-meeting"
    EXPERT_GROUP_MEETING = "expert-group-meeting"
    NETWORK_MEETING = "network-meeting"
    ROUNDTABLE = "roundtable"
    CONFERENCE = "conference"
    E_LEARNING_COHORT = "e-learning-cohort"
    OTHER = "other"


class EventStatus(StrEnum):
    """Whether it will take or has taken place."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Modality(StrEnum):
    """In which way people come together."""

    IN_PERSON = "in-person"
    ONLINE = "online"
    HYBRID = "hybrid"


class EventRoleKind(StrEnum):
    """What a stakeholder does at or for an event."""

    ORGANIZER = "organizer"
    CO_ORGANIZER = "co-organizer"
    PARTNER = "partner"
    CHAIR = "chair"
    CO_CHAIR = "co-chair"
    MODERATOR = "moderator"
    PANELLIST = "panellist"
    SPEAKER = "speaker"
    PARTICIPANT = "participant"
    OBSERVER = "observer"
    RAPPORTEUR = "rapporteur"


@attrs.frozen(kw_only=True, weakref_slot=False)
class EventRole(SelfChecked):
    """What one stakeholder does at or for an event. Who pays for it is a `Funding`."""

    kind: EventRoleKind = attrs.field(
        converter=FromText[EventRoleKind], metadata=about("Kind", "Organizer, co-organizer, chair, speaker and so on.")
    )
    stakeholder_id: StakeholderId = attrs.field(metadata=about("Who", "The organization or person."))
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


class EventLinkKind(StrEnum):
    """How one event relates to another."""

    BACK_TO_BACK = "back-to-back"
    PREPARATION_OF = "preparation-of"
    IN_MARGINS_OF = "in-margins-of"
    FOLLOWS = "follows"
    PART_OF = "part-of"


class Order(StrEnum):
    """Which of two linked events came first."""

    BEFORE = "before"
    AFTER = "after"


@attrs.frozen(kw_only=True, weakref_slot=False)
class EventLink(SelfChecked):
    """The tie from an event to another."""

    kind: EventLinkKind = attrs.field(
        converter=FromText[EventLinkKind],
        metadata=about("Kind", "Back to back, preparation of, in the margins of, follows."),
    )
    event_id: EventId = attrs.field(metadata=about("Event", "The other event."))
    order: Order | None = attrs.field(
        default=None,
        converter=FromText[Order | None],
        metadata=about("Order", "Whether this event came before or after the other, if known."),
    )


class SegmentKind(StrEnum):
    """Which part of an event."""

    OPENING = "opening"
    BRIEFING = "briefing"
    PANEL = "panel"
    INPUTS = "inputs"
    WORKING_SESSION = "working-session"
    CLOSING = "closing"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Segment(SelfChecked):
    """A part of an event that things are said in."""

    key: Key = attrs.field(metadata=about("Key", "Name of the segment within the event."))
    kind: SegmentKind = attrs.field(
        converter=FromText[SegmentKind], metadata=about("Kind", "Opening, panel, closing and so on.")
    )
    name: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Name", "What it is called.")
    )
    starts_at: Instant | None = attrs.field(
        default=None, converter=FromText[Instant | None], metadata=about("Starts at", "The moment it starts.")
    )
    ends_at: Instant | None = attrs.field(
        default=None, converter=FromText[Instant | None], metadata=about("Ends at", "The moment it ends.")
    )


class OutputKind(StrEnum):
    """What came out of an event."""

    CHAIRS_SUMMARY = "chairs-summary"
    RECOMMENDATIONS = "recommendations"
    STATEMENT = "statement"
    DECLARATION = "declaration"
    ACTION_PLAN = "action-plan"
    ROADMAP = "roadmap"
    PARAMETERS = "parameters"
    POSITION_PAPER = "position-paper"
    PRESS_NOTE = "press-note"
    REPORT = "report"
    MINUTES = "minutes"
    VIDEO = "video"
    TOOLKIT = "toolkit"
    NETWORK = "network"


class OutputStatus(StrEnum):
    """How far an output has come."""

    EXPECTED = "expected"
    DISCUSSED = "discussed"
    DRAFT = "draft"
    ADOPTED = "adopted"
    PUBLISHED = "published"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Output(SelfChecked):
    """Something that came, or was expected to come, out of an event."""

    key: Key = attrs.field(metadata=about("Key", "Name of the output within the event."))
    kind: OutputKind = attrs.field(
        converter=FromText[OutputKind], metadata=about("Kind", "Summary, action plan, video and so on.")
    )
    status: OutputStatus = attrs.field(
        converter=FromText[OutputStatus], metadata=about("Status", "Expected, discussed, draft, adopted, published.")
    )
    name: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Name", "What it is called.")
    )
    url: Url | None = attrs.field(default=None, metadata=about("URL", "Where it is published."))
    language: LanguageTag | None = attrs.field(default=None, metadata=about("Language", "The language it is in."))
    adopted: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Adopted", "When it was adopted, as a report is.")
    )
    published: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Published", "When it was published.")
    )
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


class Activity(StrEnum):
    """What people did at an event."""

    EXCHANGE_OF_EXPERIENCE = "exchange-of-experience"
    EDUCATION = "education"
    RESEARCH = "research"
    SHARING_STRATEGIES = "sharing-strategies"
    ANALYSIS = "analysis"
    PLANNING = "planning"
    NETWORK_FORMATION = "network-formation"


@attrs.frozen(kw_only=True)
class Event(SourcedRecord):
    """Something that takes place: all-day dates as far as known, exact moments where there are any."""

    id: EventId = attrs.field(metadata=about("Id", "Stable slug of the event."))
    name: Text = attrs.field(converter=FromWordings[Text], metadata=about("Name", "What it is called, per language."))
    kind: EventKind = attrs.field(
        converter=FromText[EventKind],
        metadata=about("Kind", "Consultation, constructive dialogue, side event and so on."),
    )
    aliases: tuple[Alias, ...] = attrs.field(
        default=(), converter=FromMappings[Alias], metadata=about("Aliases", "What else it is called.")
    )
    status: EventStatus | None = attrs.field(
        default=None,
        converter=FromText[EventStatus | None],
        metadata=about("Status", "Planned, held, cancelled and so on."),
    )
    starts: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Starts", "First day, as far as known.")
    )
    ends: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Ends", "Last day, as far as known.")
    )
    starts_at: Instant | None = attrs.field(
        default=None, converter=FromText[Instant | None], metadata=about("Starts at", "The moment it starts.")
    )
    ends_at: Instant | None = attrs.field(
        default=None, converter=FromText[Instant | None], metadata=about("Ends at", "The moment it ends.")
    )
    stated_days: int | None = attrs.field(
        default=None, metadata=about("Stated length", "Its length in days, as stated.")
    )
    modality: Modality | None = attrs.field(
        default=None, converter=FromText[Modality | None], metadata=about("Modality", "In person, online, hybrid.")
    )
    place: Place | None = attrs.field(
        default=None, converter=FromMapping[Place | None], metadata=about("Place", "Where it takes place.")
    )
    regions: tuple[Region, ...] = attrs.field(
        default=(), converter=FromTexts[Region], metadata=about("Regions", "The regions it is for.")
    )
    languages: tuple[LanguageTag, ...] = attrs.field(
        default=(), converter=FromTexts[LanguageTag], metadata=about("Languages", "Its working languages.")
    )
    project_id: ProjectId | None = attrs.field(default=None, metadata=about("Project", "The project it belongs to."))
    instrument_ids: tuple[InstrumentId, ...] = attrs.field(
        default=(),
        converter=FromTexts[InstrumentId],
        metadata=about("Instruments", "The Convention or Mechanism it is about."),
    )
    themes: tuple[Theme, ...] = attrs.field(
        default=(), converter=FromTexts[Theme], metadata=about("Themes", "What it is about.")
    )
    working_group: WorkingGroup | None = attrs.field(
        default=None,
        converter=FromText[WorkingGroup | None],
        metadata=about("Working group", "The group of the Conference whose session it is, if it is one."),
    )
    activities: tuple[Activity, ...] = attrs.field(
        default=(), converter=FromTexts[Activity], metadata=about("Activities", "What people did there.")
    )
    roles: tuple[EventRole, ...] = attrs.field(
        default=(), converter=FromMappings[EventRole], metadata=about("Roles", "Who did what at or for it.")
    )
    links_to: tuple[EventLink, ...] = attrs.field(
        default=(), converter=FromMappings[EventLink], metadata=about("Linked events", "Its ties to other events.")
    )
    segments: tuple[Segment, ...] = attrs.field(
        default=(), converter=FromMappings[Segment], metadata=about("Segments", "Its parts.")
    )
    counts: tuple[Count, ...] = attrs.field(
        default=(), converter=FromMappings[Count], metadata=about("Counts", "How many took part.")
    )
    outputs: tuple[Output, ...] = attrs.field(
        default=(), converter=FromMappings[Output], metadata=about("Outputs", "What came out of it.")
    )
    page: Url | None = attrs.field(default=None, metadata=about("Page", "Its public page."))
    join_url: Url | None = attrs.field(
        default=None,
        repr=False,
        metadata=about("Join link", "Where those who are admitted join online. Never public.", Sensitivity.INTERNAL),
    )

    @property
    def first_day(self) -> PartialDate | None:
        """The day it starts, from its dates or else from its moments."""
        return self.starts or (self.starts_at.day if self.starts_at else None)

    @property
    def last_day(self) -> PartialDate | None:
        """The day it ends, as far as that is said; what ends at midnight ends with the day before."""
        if self.ends is not None or self.ends_at is None:
            return self.ends
        day, first = self.ends_at.day, self.first_day
        ends_before_it = self.ends_at.is_midnight and first is not None and first.certainly_before(day)
        return PartialDate.of(dt.date.fromordinal(day.first - 1)) if ends_before_it else day


class Attribution(StrEnum):
    """How the source ties a statement to its speaker."""

    EXPLICIT = "explicit"
    IMPLIED = "implied"


@attrs.frozen(kw_only=True)
class Statement(SourcedRecord):
    """What someone said at an event, in which capacity, in which part of it.

    `summary` gives the content in the register's own words; `wording` the words themselves, where they may be kept.
    """

    id: StatementId = attrs.field(metadata=about("Id", "Stable slug of the statement."))
    event_id: EventId = attrs.field(metadata=about("Event", "Where it was made."))
    speaker_id: PersonId | None = attrs.field(default=None, metadata=about("Speaker", "Who made it."))
    speaking_as: tuple[Key, ...] = attrs.field(
        default=(),
        converter=FromTexts[Key],
        metadata=about("Speaking as", "Keys of the speaker's posts, capacities and affiliations."),
    )
    segment: Key | None = attrs.field(default=None, metadata=about("Segment", "Key of the part of the event."))
    attribution: Attribution = attrs.field(
        default=Attribution.EXPLICIT,
        converter=FromText[Attribution],
        metadata=about("Attribution", "Named with these words, or only to be inferred."),
    )
    summary: Text = attrs.field(
        converter=FromWordings[Text], metadata=about("Summary", "The content in the register's own words.")
    )
    wording: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Wording", "The words themselves.")
    )
    language: LanguageTag | None = attrs.field(default=None, metadata=about("Language", "The language it was made in."))
    entry_points: tuple[EntryPointKind, ...] = attrs.field(
        default=(),
        converter=FromTexts[EntryPointKind],
        metadata=about("Entry points", "The places of the Mechanism that it speaks of."),
    )
    themes: tuple[Theme, ...] = attrs.field(
        default=(), converter=FromTexts[Theme], metadata=about("Themes", "What it is about.")
    )
