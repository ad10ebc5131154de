"""One row of each table of facts. Every row says where it was read, what day it holds for and how sure it is."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.diagnostics.findings import Basis, Certainty
from untoc_network.model.convention import RegionalGroup, TreatyActionKind, TreatyCode, WorkingGroup
from untoc_network.values.dates import PartialDate

__all__ = [
    "Article",
    "ClusterArticle",
    "ClusterName",
    "ConferenceSession",
    "Country",
    "CountryPoint",
    "Demonym",
    "DialogueHeld",
    "FieldCertainty",
    "FormerName",
    "GroupAssignment",
    "LotRule",
    "LotRuleStanding",
    "NominalPhase",
    "ObserverRule",
    "PartyStatus",
    "PublicEvent",
    "QuestionnaireTopic",
    "RegionalGroupMember",
    "Resolution",
    "ReviewGroup",
    "ReviewStep",
    "Row",
    "Snapshot",
    "Treaty",
    "TreatyAction",
    "WorkingGroupMandate",
    "WorkingGroupSession",
]


@attrs.frozen(kw_only=True)
class FieldCertainty:
    """How sure one field of a row is, where that differs from the row."""

    field: str
    certainty: Certainty


@attrs.frozen(kw_only=True)
class Row:
    """What every row carries: its source, the day it holds for, how sure it is, and what there is to remark.

    Where fields are surer or less sure than the row, `certainties` has them.
    """

    source: str
    as_of: PartialDate
    certainty: Certainty
    certainties: tuple[FieldCertainty, ...] = ()
    note: str | None = None

    def find_certainty(self, field: str) -> Certainty:
        """How sure a field is: as the row, unless the row says otherwise of it."""
        return next((one.certainty for one in self.certainties if one.field == field), self.certainty)

    def basis(self, document: str, provision: str | None = None) -> Basis:
        """What a finding or a deadline rests on that follows from this row: as sure as the row, with its source."""
        return Basis(document=document, provision=provision, source=self.source, certainty=self.certainty)


@attrs.frozen(kw_only=True)
class Treaty(Row):
    """The Convention or a Protocol, with what its own entry into force asks for."""

    code: TreatyCode
    name: str
    adopted: PartialDate
    entry_into_force: PartialDate
    deposits_needed: int
    days_after: int
    days_after_for_later_parties: int


@attrs.frozen(kw_only=True)
class Country(Row):
    """A country, or the European Union, with its names in four languages. Portuguese names are usage, not UN names."""

    code: str
    iso3: str | None
    m49: str | None
    en: str
    en_formal: str | None
    es: str
    es_formal: str | None
    fr: str
    fr_formal: str | None
    pt: str
    un_member: bool
    region: str | None
    in_americas: bool


@attrs.frozen(kw_only=True)
class CountryPoint(Row):
    """A point within a country for maps, in degrees; of its largest part. It is no statement on boundaries."""

    code: str
    longitude: float
    latitude: float


@attrs.frozen(kw_only=True)
class FormerName(Row):
    """A name that a country bore, or is often called by, besides the names in the table of countries."""

    code: str
    name: str


@attrs.frozen(kw_only=True)
class Demonym(Row):
    """A word, in one of its forms, for the people of a country or for what is theirs: `Mexicans`, `mexicaine`."""

    code: str
    language: str
    word: str


@attrs.frozen(kw_only=True)
class TreatyAction(Row):
    """One dated act of a party towards one treaty."""

    party: str
    treaty: TreatyCode
    kind: TreatyActionKind
    date: PartialDate


@attrs.frozen(kw_only=True)
class RegionalGroupMember(Row):
    """That a country belongs to a regional group, or is counted in it."""

    country: str
    group: RegionalGroup
    role: str


@attrs.frozen(kw_only=True)
class Article(Row):
    """An article of a treaty. Its number is text: a cluster may name a paragraph, `10(2)`."""

    treaty: TreatyCode
    number: str
    title: str
    kind: str


@attrs.frozen(kw_only=True)
class ClusterName(Row):
    """A thematic cluster of the country review."""

    cluster: int
    name: str


@attrs.frozen(kw_only=True)
class ClusterArticle(Row):
    """That an article is reviewed in a cluster."""

    treaty: TreatyCode
    cluster: int
    article: str


@attrs.frozen(kw_only=True)
class ReviewGroup(Row):
    """One of the three groups of States whose reviews start in three consecutive years."""

    group: int
    launched: PartialDate
    reviews: int
    countries_participating: int


@attrs.frozen(kw_only=True)
class GroupAssignment(Row):
    """That a party was drawn into a review group."""

    party: str
    group: int


@attrs.frozen(kw_only=True)
class NominalPhase(Row):
    """When a group's phase runs by the calendar that the Mechanism set out with."""

    group: int
    phase: int
    starts: PartialDate
    ends: PartialDate


@attrs.frozen(kw_only=True)
class ReviewStep(Row):
    """A step of the country review with its actor and its time limit, where one is known."""

    order: str
    name: str
    actor: str
    limit: int | None
    unit: str | None
    counted_from: str | None


class LotRuleStanding(StrEnum):
    """What a rule for the draw is: a rule of the Mechanism, or one of another mechanism that may hold here too."""

    RULE = "rule"
    ANALOGY = "analogy"
    """A rule of reviews under the Convention against Corruption. That the Mechanism has it was not read."""


@attrs.frozen(kw_only=True)
class LotRule(Row):
    """A rule for drawing the reviewing States. What is but an analogy binds nobody, and is checked only when asked."""

    rule: str
    says: str
    standing: LotRuleStanding


@attrs.frozen(kw_only=True)
class ConferenceSession(Row):
    """A session of the Conference of the Parties."""

    session: int
    starts: PartialDate
    ends: PartialDate | None
    venue: str | None


@attrs.frozen(kw_only=True)
class WorkingGroupSession(Row):
    """A session of a working group of the Conference; of some only a day in session is known, which is then `ends`."""

    body: str
    symbol: str | None
    session: str | None
    starts: PartialDate | None
    ends: PartialDate
    place: str | None


@attrs.frozen(kw_only=True)
class WorkingGroupMandate(Row):
    """What set up a group of the Conference or carried it on, by the symbol of the document, where that was found."""

    group: WorkingGroup
    body: str
    symbol: str | None
    mandate: str | None
    does: str | None


@attrs.frozen(kw_only=True)
class DialogueHeld(Row):
    """A constructive dialogue with what is known of its session, its call and its numbers, as printed."""

    dialogue: str
    date: PartialDate | None
    topic: str
    edition: str | None
    after_session: str | None
    session_dates: str | None
    place: str | None
    format: str | None
    counted: str | None
    apply_by: PartialDate | None


@attrs.frozen(kw_only=True)
class Resolution(Row):
    """A resolution of the Conference, by its symbol without footnote marks, or a decision: `9/1`, `decision 4/1`."""

    symbol: str
    subject: str
    adopted: PartialDate | None


@attrs.frozen(kw_only=True)
class ObserverRule(Row):
    """A rule of procedure on observers: who, how, who decides, and with what rights. A limit binds whom it names."""

    rule: str
    who: str
    how: str
    decided_by: str
    limit: int | None
    unit: str | None
    counted_from: str | None
    rights: str


@attrs.frozen(kw_only=True)
class PublicEvent(Row):
    """An event on the Mechanism of which there is a public page; who took part is counted as printed, nobody named."""

    event: str
    name: str
    kind: str
    starts: PartialDate
    ends: PartialDate
    place: str | None
    country: str | None
    modality: str | None
    organizers: str | None
    partners: str | None
    donors: str | None
    counted: str | None


@attrs.frozen(kw_only=True)
class QuestionnaireTopic(Row):
    """What a part of the self-assessment questionnaire asks, in words of our own; without treaty or cluster: of all."""

    topic: str
    treaty: TreatyCode | None
    cluster: int | None
    article: str | None
    paragraphs: str | None
    asks_for: str | None
    says: str


@attrs.frozen(kw_only=True)
class Snapshot(Row):
    """A number that was published on the state of the reviews."""

    metric: str
    value: int


@attrs.frozen(kw_only=True)
class PartyStatus(Row):
    """Where one party stands towards one treaty: how and when it deposited, and since when the treaty binds it.

    Source, day and certainty are those of the deposit; `certainties` has those of the signature and of the entry into
    force, where they differ.
    """

    code: str
    name: str
    treaty: TreatyCode
    kind: TreatyActionKind
    deposited: PartialDate
    signed: PartialDate | None
    in_force: PartialDate | None
