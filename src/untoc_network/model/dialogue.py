"""The constructive dialogues after the working groups, and the applications to take part in them."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.model.log_entry import Entry
from untoc_network.model.organization_and_person import Theme
from untoc_network.model.record import SourcedRecord
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import Sensitivity, about
from untoc_network.values.ids_and_codes import CountryCode, DialogueId, EventId, Key, OrganizationId, PersonId, Url
from untoc_network.values.json_forms import FromDate, FromMappings, FromText, FromTexts, FromWordings
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import SelfChecked
from untoc_network.values.sources_and_claims import Citation

__all__ = [
    "ApplicationEntry",
    "ApplicationStep",
    "ConstructiveDialogue",
    "DialogueApplication",
    "DialogueChair",
    "DialogueEntry",
    "DialogueStep",
    "Invitation",
    "InviteeKind",
]


class DialogueStep(StrEnum):
    """The steps of a constructive dialogue."""

    OPEN_CALL = "open-call"
    CLOSE_CALL = "close-call"
    APPROVE_PARTICIPANTS = "approve-participants"
    HOLD_PREPARATION_DAY = "hold-preparation-day"
    HOLD = "hold"
    ISSUE_SUMMARY = "issue-summary"
    SHARE_SUMMARY = "share-summary"


@attrs.frozen(kw_only=True)
class DialogueEntry(Entry):
    """A step of a dialogue that was taken."""

    step: DialogueStep = attrs.field(converter=FromText[DialogueStep], metadata=about("Step", "What was done."))


class ApplicationStep(StrEnum):
    """The steps of an application to take part in a dialogue."""

    SUBMIT = "submit"
    OBJECT = "object"
    WITHDRAW_OBJECTIONS = "withdraw-objections"
    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


@attrs.frozen(kw_only=True)
class ApplicationEntry(Entry):
    """A step of an application that was taken."""

    step: ApplicationStep = attrs.field(converter=FromText[ApplicationStep], metadata=about("Step", "What was done."))


@attrs.frozen(kw_only=True, weakref_slot=False)
class DialogueChair(SelfChecked):
    """One who chairs a dialogue: for a State, by name or by office, as far as known and as far as it may be kept."""

    person_id: PersonId | None = attrs.field(default=None, metadata=about("Person", "Who chairs, if known."))
    country: CountryCode | None = attrs.field(default=None, metadata=about("Country", "The State that provides it."))
    office: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Office", "The office that it comes from.")
    )
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


class InviteeKind(StrEnum):
    """Who is invited to a dialogue besides those who apply."""

    STATES_PARTIES = "states-parties"
    SIGNATORIES = "signatories"
    NON_SIGNATORIES = "non-signatories"
    ENTITIES = "entities"
    """Bodies of the United Nations, and those with a standing invitation of the General Assembly."""
    INTERGOVERNMENTAL_ORGANIZATIONS = "intergovernmental-organizations"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Invitation(SelfChecked):
    """That all of a kind are invited to a dialogue, or one State or organization of that kind."""

    kind: InviteeKind = attrs.field(
        converter=FromText[InviteeKind], metadata=about("Kind", "States parties, signatories, entities and so on.")
    )
    country: CountryCode | None = attrs.field(
        default=None, metadata=about("Country", "The State that is invited; none named means all of the kind.")
    )
    organization_id: OrganizationId | None = attrs.field(
        default=None, metadata=about("Organization", "The one that is invited; none named means all of the kind.")
    )
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class DialogueApplication(SelfChecked):
    """An organization's application to take part in one dialogue. Its state follows from its log."""

    key: Key = attrs.field(metadata=about("Key", "Name of the application within the dialogue."))
    organization_id: OrganizationId = attrs.field(metadata=about("Applicant", "The organization that applies."))
    expertise: Text | None = attrs.field(
        default=None,
        converter=FromWordings[Text | None],
        metadata=about("Expertise", "What it knows of the topic; proven expertise has priority."),
    )
    travel_support: bool | None = attrs.field(
        default=None, metadata=about("Travel support", "Whether it asked for support to travel.", Sensitivity.INTERNAL)
    )
    log: tuple[ApplicationEntry, ...] = attrs.field(
        default=(), converter=FromMappings[ApplicationEntry], metadata=about("Log", "The steps taken, in order.")
    )


@attrs.frozen(kw_only=True)
class ConstructiveDialogue(SourcedRecord):
    """A dialogue of governments and stakeholders after a working group. No specific country may be named in it.

    Day, place and ties to other sessions stand in its event, which names the session of the working group that it
    `follows`; the adoption of that session's report is an output of the session. What stakeholders bring to it are
    contributions.
    """

    id: DialogueId = attrs.field(metadata=about("Id", "Stable slug of the dialogue."))
    event_id: EventId = attrs.field(metadata=about("Event", "The meeting itself."))
    topics: tuple[Theme, ...] = attrs.field(
        default=(), converter=FromTexts[Theme], metadata=about("Topics", "The working group's field.")
    )
    apply_by: PartialDate | None = attrs.field(
        default=None,
        converter=FromDate,
        metadata=about("Apply by", "The last day for applications, in Vienna."),
    )
    chairs: tuple[DialogueChair, ...] = attrs.field(
        default=(),
        converter=FromMappings[DialogueChair],
        metadata=about("Chairs", "Who chairs it; of several, the co-chairs."),
    )
    invited: tuple[Invitation, ...] = attrs.field(
        default=(),
        converter=FromMappings[Invitation],
        metadata=about("Invited", "The States, entities and organizations that are invited to it."),
    )
    agenda: tuple[Text, ...] = attrs.field(
        default=(), converter=FromMappings[Text], metadata=about("Agenda", "Its items, in order.")
    )
    applications: tuple[DialogueApplication, ...] = attrs.field(
        default=(),
        converter=FromMappings[DialogueApplication],
        metadata=about("Applications", "Who applied, and what became of it."),
    )
    summary: Text | None = attrs.field(
        default=None,
        converter=FromWordings[Text | None],
        metadata=about("Chair's summary", "What the chair summed up."),
    )
    summary_url: Url | None = attrs.field(default=None, metadata=about("Summary URL", "Where it is published."))
    shared_at_id: EventId | None = attrs.field(
        default=None, metadata=about("Shared at", "The working-group session that the summary went to.")
    )
    log: tuple[DialogueEntry, ...] = attrs.field(
        default=(), converter=FromMappings[DialogueEntry], metadata=about("Log", "The steps taken, in order.")
    )
