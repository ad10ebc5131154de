"""What there is on one State: a value apart from how it is drawn, in which each fact leads to its source and day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Certainty
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.engagement.assessed_entry_point import AssessedEntryPoint
from untoc_network.engagement.translatable_message import Message
from untoc_network.model.contribution import ContributionKind, ContributionStatus
from untoc_network.model.convention import RegionalGroup, TreatyActionKind, TreatyCode
from untoc_network.model.country_review import ArtefactKind
from untoc_network.model.organization_and_person import OrganizationKind
from untoc_network.process import ReviewState
from untoc_network.process.next_steps import StepShare
from untoc_network.process.step_standings import StepStanding
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.dates import PartialDate, Period
from untoc_network.values.multilingual_text import Text

__all__ = [
    "AssistanceNeed",
    "CalendarPhase",
    "ContributionOverview",
    "CountryOverview",
    "EntryPointOverview",
    "FactSource",
    "FocalPointLetter",
    "FocalPointOverview",
    "GroupStatement",
    "MemberOverview",
    "PublishedArtefact",
    "RegionalGroupStatement",
    "ReviewOfAnotherState",
    "ReviewOverview",
    "ReviewerOverview",
    "StepOverview",
    "TreatyStanding",
]


@attrs.frozen(kw_only=True)
class FactSource(HasPlainForm):
    """Where a fact was read, the day that it is of, and how sure it is.

    Without a document the register states the fact and no source of it; `day` is then that of the register.
    """

    document: Text | str | None
    provision: str | None = None
    url: str | None = None
    day: PartialDate | None = None
    certainty: Certainty | None = None

    @property
    def is_stated(self) -> bool:
        """Whether there is a source beside the register itself."""
        return self.document is not None


def _put_sources_last(fact: Any) -> Mapping[str, object]:
    told = {field.name: getattr(fact, field.name) for field in attrs.fields(type(fact)) if field.name != "sources"}
    return {**told, "sources": fact.sources}


@attrs.frozen(kw_only=True)
class _Fact(HasPlainForm):
    """What is told on the page, with where it was read."""

    sources: tuple[FactSource, ...]

    plain_form = PlainForm(whole=_put_sources_last)


@attrs.frozen(kw_only=True)
class RegionalGroupStatement(_Fact):
    """The regional group that a State belongs to or is counted in."""

    group: RegionalGroup


@attrs.frozen(kw_only=True)
class TreatyStanding(_Fact):
    """That a State is party to the Convention or a Protocol on the day."""

    instrument: TreatyCode
    kind: TreatyActionKind
    deposited: PartialDate
    in_force: PartialDate | None


@attrs.frozen(kw_only=True)
class GroupStatement(_Fact):
    """The review group that a State was drawn into, as one source or one review has it."""

    group: int


@attrs.frozen(kw_only=True)
class CalendarPhase(_Fact):
    """When a phase of the State's group runs by the calendar that the Mechanism set out with."""

    phase: int
    starts: PartialDate
    ends: PartialDate


@attrs.frozen(kw_only=True)
class StepOverview(_Fact):
    """A step of a review: who takes it, what is known of it, and until when it is due under which provision.

    `by` names the States, as far as known; `joins` and `leaves` those that review from it on, and no longer; `until` is
    the day to which the Conference extended the phase by it. `due` and `due_latest` are the same day unless that from
    which the limit is counted is known only in part. `days_late` is the fewest days that it certainly is or was late.
    """

    step: str
    actor: str | None
    by: tuple[str, ...]
    standing: StepStanding
    on: PartialDate | None = None
    due: PartialDate | None = None
    due_latest: PartialDate | None = None
    days_late: int = 0
    instruments: tuple[TreatyCode, ...] = ()
    joins: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    until: PartialDate | None = None


@attrs.frozen(kw_only=True)
class ReviewerOverview(_Fact):
    """A State that reviews, and for which instruments, as far as known."""

    country: str
    instruments: tuple[TreatyCode, ...]


@attrs.frozen(kw_only=True)
class ReviewOfAnotherState(_Fact):
    """A review in which the State is a reviewing one."""

    review_id: str
    country: str
    phase: int | None
    instruments: tuple[TreatyCode, ...]


@attrs.frozen(kw_only=True)
class FocalPointOverview(_Fact):
    """The focal point: an office, and a person by name only where its consents let the audience see it."""

    office: Text | None
    person: str | None = attrs.field(default=None, repr=False)
    period: Period | None = None


@attrs.frozen(kw_only=True)
class PublishedArtefact(_Fact):
    """What is public of a review: since when, on which instrument (None: all), in which languages, where."""

    kind: ArtefactKind
    instrument: TreatyCode | None
    published: PartialDate | None
    languages: tuple[str, ...]
    url: str | None


@attrs.frozen(kw_only=True)
class ReviewOverview(_Fact):
    """One review of the State. Of one that is not `is_recorded`, the facts alone tell until when steps are due."""

    id: str
    is_recorded: bool
    group: int | None
    phase: int | None
    cluster: int | None
    instruments: tuple[TreatyCode, ...]
    languages: tuple[str, ...]
    state: ReviewState
    steps: tuple[StepOverview, ...]
    reviewers: tuple[ReviewerOverview, ...]
    focal_point: FocalPointOverview | None
    shares: tuple[StepShare, ...]
    """How far the steps have come that each reviewing State takes for itself, and whose are missing."""
    published: tuple[PublishedArtefact, ...]


@attrs.frozen(kw_only=True)
class MemberOverview(_Fact):
    """A member of a network that has its seat in the country or works there; `is_certain` on the day."""

    id: str
    name: Text
    kind: OrganizationKind
    is_certain: bool
    has_seat_there: bool


@attrs.frozen(kw_only=True)
class ContributionOverview(_Fact):
    """A contribution to a review of the State; `names` are the authors who agreed to be named."""

    id: str
    title: Text
    kind: ContributionKind
    status: ContributionStatus
    instrument: TreatyCode | None
    articles: tuple[str, ...]
    names: tuple[Text | str, ...] = attrs.field(repr=False)
    submitted: PartialDate | None = None
    reflected_in: Text | None = None


@attrs.frozen(kw_only=True)
class AssistanceNeed(_Fact):
    """A need of technical assistance that a list of observations has."""

    review_id: str
    instrument: TreatyCode
    article: str | None
    text: Text | None


@attrs.frozen(kw_only=True)
class EntryPointOverview(_Fact):
    """What any body that works in the country can still take part in; `is_on_the_state` where it is its own review."""

    point: AssessedEntryPoint
    is_on_the_state: bool

    plain_form = PlainForm(
        "kind=point.kind title=point.title where=point.where opens=point.opens closes=point.closes starts=point.starts "
        "ends=point.ends access=point.access decides=point.decides next_step=point.next_step send=point.send "
        "duties=point.duties links=point.links is_on_the_state sources"
    )


@attrs.frozen(kw_only=True)
class FocalPointLetter(HasPlainForm):
    """A letter to the focal point, to be filled in: its subject, its paragraphs and what it asks for."""

    review_id: str
    subject: Message
    address: Message
    paragraphs: tuple[Message, ...]
    requests: tuple[Message, ...]
    closing: Message


@attrs.frozen(kw_only=True)
class CountryOverview(HasPlainForm):
    """What about one State: its group, its reviews, who works on it, what can still be done, and the letter."""

    country: str
    name: str
    on: PartialDate
    as_of: PartialDate | None
    """The day that the register holds for."""
    audience: Audience
    regional_group: RegionalGroupStatement | None
    treaties: tuple[TreatyStanding, ...]
    groups: tuple[GroupStatement, ...]
    calendar: tuple[CalendarPhase, ...]
    reviews: tuple[ReviewOverview, ...]
    reviews_of_others: tuple[ReviewOfAnotherState, ...]
    members: tuple[MemberOverview, ...]
    contributions: tuple[ContributionOverview, ...]
    assistance_needs: tuple[AssistanceNeed, ...]
    entry_points: tuple[EntryPointOverview, ...]
    letter: FocalPointLetter | None
    missing: tuple[str, ...] = ()
    """What the tables of facts are known to lack."""

    @property
    def is_private(self) -> bool:
        """Whether it is for a narrower circle than the public."""
        return self.audience is not Audience.PUBLIC
