"""The register: everything that a network knows, as one immutable value with its indexes.

A register as read or built holds its collections as tuples and builds an index when it is first asked for. The first
edit puts what it touches into blocks and shards (`persistent_collections`); from then on a changed register takes over
collections and indexes from the one before at the cost of the change, and makes a tuple only where somebody asks.

The module is long since a fifth of it is the declared fields, and the indexes, the changes and what references mean
follow from these: to change one is to read the others.
"""

from __future__ import annotations

import copy
import datetime as dt
import functools
import itertools
import operator
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, overload

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue, UnknownRecord
from untoc_network.diagnostics.object_to_dict import PlainForm
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.accreditation import Accreditation
from untoc_network.model.contribution import Contribution
from untoc_network.model.convention import Instrument, Party
from untoc_network.model.country_review import CountryReview
from untoc_network.model.dialogue import ConstructiveDialogue
from untoc_network.model.event import Event, Statement
from untoc_network.model.extension import Extension
from untoc_network.model.general_review import GeneralReview
from untoc_network.model.network import ActionPlan, Membership, Network
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.persistent_collections import ShardedDict, SortedBlocks, SortedGroups
from untoc_network.model.project_and_funding import Funding, Project
from untoc_network.model.remembered_lists_and_erasures import DistinctPair, Erasure, RememberedList, RememberedRow
from untoc_network.model.source import Source
from untoc_network.model.traversal import collect_by_type, collect_wanted, walk_values
from untoc_network.values import ids_and_codes as ids
from untoc_network.values.argument_checks import check_argument, check_arguments
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import FieldShape, Sensitivity, about, fields_of
from untoc_network.values.json_forms import FromDate, FromRecords, FromWordings
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import SelfChecked, describe_type

__all__ = [
    "COLLECTIONS",
    "COLLECTION_OF",
    "FRAME_FIELDS",
    "REFERENTS",
    "SCHEMA_VERSION",
    "SIDE_TABLES",
    "TABLES",
    "AnyRecord",
    "Change",
    "ChangeKind",
    "Redirect",
    "Reference",
    "Register",
    "collect_references",
    "ensure_record_class",
    "find_references",
    "has_surely_left_network",
    "is_reference",
    "is_reference_field",
    "list_references",
]

SCHEMA_VERSION = 1
"""The version of the register's form that this release writes."""

AnyRecord = (
    Organization
    | Person
    | Network
    | Membership
    | Project
    | Funding
    | Event
    | Statement
    | ActionPlan
    | Instrument
    | Party
    | CountryReview
    | GeneralReview
    | ConstructiveDialogue
    | Accreditation
    | Contribution
    | Source
)
"""A record of whatever class; every one of them is a `Record`."""

T = TypeVar("T")
R = TypeVar("R")
_Id = operator.attrgetter("id")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Redirect(SelfChecked):
    """That a record was merged into another and its old id still leads there."""

    old_id: ids.RecordId = attrs.field(metadata=about("Old id", "The id that no record has any more."))
    new_id: ids.RecordId = attrs.field(metadata=about("New id", "The record that took its place."))
    since: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Since", "When they were merged.")
    )


class Reference(NamedTuple):
    """One place where a record names another: from which record, by which path, which id, meaning which collections."""

    record: AnyRecord
    path: tuple[str | int, ...]
    target: str
    collections: tuple[str, ...]


class ChangeKind(StrEnum):
    """What happened to a record between two registers."""

    ADDED = "added"
    REPLACED = "replaced"
    REMOVED = "removed"


@attrs.frozen
class Change(SharedMethods):
    """One difference between two registers."""

    kind: ChangeKind
    collection: str
    id: str


def _format_count(records: tuple[Any, ...]) -> str:
    return str(len(records))


_INDEX_DOCS: dict[str, str | None] = {}


def _keep_docs_of_indexes(cls: type[T]) -> type[T]:
    """Note what the cached properties say of themselves, before attrs makes slots of them, which say nothing."""
    indexes = {name: one for name, one in vars(cls).items() if isinstance(one, functools.cached_property)}
    _INDEX_DOCS.update((name, one.func.__doc__) for name, one in indexes.items())
    return cls


@attrs.frozen(kw_only=True)
@_keep_docs_of_indexes
class Register(SelfChecked):
    """All collections of a network's knowledge, each kept in the order of its ids.

    Equality is by value, whatever order the records were given in. Changing methods return a new register and the
    changes, at the cost of the change: they take over collections and indexes. An index is built when it is first
    asked for, once; after a change it is a mapping that is no `dict`, with the same content in the same order.
    """

    plain_form = PlainForm(defaults_left_out=True, kept=("schema_version",))
    schema_version: int = attrs.field(
        default=SCHEMA_VERSION, metadata=about("Schema version", "The version of this form.")
    )
    title: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Title", "What the register is of.")
    )
    as_of: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("As of", "The day it holds for.")
    )
    language: ids.LanguageTag | None = attrs.field(default=None, metadata=about("Language", "Its main language."))
    organizations: tuple[Organization, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Organization],
        metadata=about("Organizations", "Bodies that act."),
    )
    persons: tuple[Person, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Person],
        metadata=about("Persons", "People with their posts, capacities and affiliations."),
    )
    networks: tuple[Network, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Network],
        metadata=about("Networks", "Networks of stakeholders."),
    )
    memberships: tuple[Membership, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Membership],
        metadata=about("Memberships", "Who belongs to which network."),
    )
    projects: tuple[Project, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Project],
        metadata=about("Projects", "Projects that networks and events stand under."),
    )
    fundings: tuple[Funding, ...] = attrs.field(
        default=(), repr=_format_count, converter=FromRecords[Funding], metadata=about("Fundings", "Who pays for what.")
    )
    events: tuple[Event, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Event],
        metadata=about("Events", "What took or takes place."),
    )
    statements: tuple[Statement, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Statement],
        metadata=about("Statements", "What was said at events."),
    )
    action_plans: tuple[ActionPlan, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[ActionPlan],
        metadata=about("Action plans", "What networks mean to do."),
    )
    instruments: tuple[Instrument, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Instrument],
        metadata=about("Instruments", "The Convention, its Protocols, its Mechanism."),
    )
    parties: tuple[Party, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Party],
        metadata=about("Parties", "States and the European Union, with their treaty acts."),
    )
    country_reviews: tuple[CountryReview, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[CountryReview],
        metadata=about("Country reviews", "Who is reviewed, and how far it is."),
    )
    general_reviews: tuple[GeneralReview, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[GeneralReview],
        metadata=about("General reviews", "By the Conference at its sessions."),
    )
    constructive_dialogues: tuple[ConstructiveDialogue, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[ConstructiveDialogue],
        metadata=about("Constructive dialogues", "After working groups, with the applications to take part."),
    )
    accreditations: tuple[Accreditation, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Accreditation],
        metadata=about("Accreditations", "Applications for status in a forum, step by step."),
    )
    contributions: tuple[Contribution, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Contribution],
        metadata=about("Contributions", "What stakeholders bring to a stage of the review."),
    )
    sources: tuple[Source, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Source],
        metadata=about("Sources", "Where content was read."),
    )
    redirects: tuple[Redirect, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Redirect],
        metadata=about("Redirects", "Old ids of merged records."),
    )
    distinct: tuple[DistinctPair, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[DistinctPair],
        metadata=about("Not duplicates", "Pairs of records that somebody found not to be one.", Sensitivity.INTERNAL),
    )
    erasures: tuple[Erasure, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[Erasure],
        metadata=about("Erasures", "Persons who were erased, so that no list brings them back.", Sensitivity.INTERNAL),
    )
    lists: tuple[RememberedList, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[RememberedList],
        metadata=about("Lists", "The lists that were imported.", Sensitivity.INTERNAL),
    )
    list_rows: tuple[RememberedRow, ...] = attrs.field(
        default=(),
        repr=_format_count,
        converter=FromRecords[RememberedRow],
        metadata=about("Rows of lists", "What each row of a list said last time, as digests.", Sensitivity.INTERNAL),
    )
    extensions: tuple[Extension, ...] = attrs.field(default=(), eq=False, repr=False)
    """Declarations of own fields: they go with the value, stand in no file and make no difference between registers."""

    def __attrs_post_init__(self) -> None:
        """Take any iterable of records, check them and put each collection in its order. Raises `ImpossibleValue`."""
        for name in TABLES:
            records = getattr(self, name)
            if type(records) is not tuple and isinstance(records, Iterable):
                object.__setattr__(self, name, tuple(records))
        SelfChecked.__attrs_post_init__(self)
        for name in (name for name in COLLECTIONS if getattr(self, name)):
            try:
                records = _sort_distinct(getattr(self, name))
            except (TypeError, AttributeError):  # of records that no constructor made
                raise ImpossibleValue(f"Register.{name}: the id of a record is not text") from None
            object.__setattr__(self, name, records)

    def _refuse_impossible(self) -> None:
        if self.schema_version != SCHEMA_VERSION:
            raise ImpossibleValue("schema-version")

    def __iter__(self) -> Iterator[AnyRecord]:
        """Every record, collection by collection."""
        return itertools.chain.from_iterable(self._collections())

    def __len__(self) -> int:
        return sum(map(len, self._collections()))

    def __bool__(self) -> bool:
        """True, also where it is empty: an empty register is not the absence of one."""
        return True

    def __contains__(self, record_id: object) -> bool:
        return isinstance(record_id, str) and (record_id in self.by_id or record_id in self.redirected)

    @overload
    def __getitem__(self, wanted: str) -> Any: ...
    @overload
    def __getitem__(self, wanted: tuple[type[R], str]) -> R: ...
    def __getitem__(self, wanted: Any) -> Any:
        """The record of that id, or of the id it was redirected to. Raises `UnknownRecord`.

        `register["xa-ngo"]` gives any record, `register[un.Organization, "xa-ngo"]` an organization or no record. Only
        the second tells type checkers which.
        """
        cls, record_id = wanted if _is_class_and_id(wanted) else (object, wanted)
        record = self.get(cls, record_id)
        if record is None:
            asked = repr(record_id) if isinstance(record_id, str) else f"that is {describe_type(record_id)}"
            raise UnknownRecord(f"no {'record' if cls is object else cls.__name__} has the id {asked}")
        return record

    def get(self, cls: type[R], record_id: str) -> R | None:
        """The record of a class by its id, or by an id that leads to it; None where there is none of that class."""
        check_argument("cls", cls, type)
        record = self.by_id.get(self.resolved(record_id)) if isinstance(record_id, str) else None
        return record if isinstance(record, cls) else None

    def resolved(self, record_id: str) -> str:
        """The id that an id leads to: itself, unless it is redirected."""
        return self.redirected.get(record_id, record_id) if isinstance(record_id, str) else record_id

    if not TYPE_CHECKING:  # pragma: no branch - or every misspelt attribute would be one for type checkers

        def __getattr__(self, name: str) -> Any:
            """A collection that is held in blocks only, when it is first asked for as a tuple."""
            if name not in COLLECTIONS or name not in self._blocks:
                problem = f"{type(self).__name__!r} object has no attribute {name!r}"
                raise AttributeError(problem, name=name, obj=self)
            object.__setattr__(self, name, records := self._blocks[name].to_tuple())
            return records

    @functools.cached_property
    def _blocks(self) -> dict[str, SortedBlocks[Any]]:
        """The collections in blocks, as far as edits have asked for them; all that are not held as tuples."""
        return {}

    @functools.cached_property
    def _persistent_indexes(self) -> dict[str, Any]:
        """Indexes that are held as dicts, in a form with cheap new versions, as far as edits have asked for them."""
        return {}

    def _collections(self) -> Iterator[Collection[Any]]:
        return (self._blocks[name] if name in self._blocks else getattr(self, name) for name in COLLECTIONS)

    @functools.cached_property
    def by_id(self) -> Mapping[str, AnyRecord]:
        """Every record by its id; of two with one id, the first."""
        index: dict[str, AnyRecord] = {}
        for record in self:
            index.setdefault(record.id, record)
        return index

    @functools.cached_property
    def redirected(self) -> Mapping[str, str]:
        """Every old id with the id at the end of its chain of redirects; ids that lead in a circle are left out."""
        steps: dict[str, str] = {redirect.old_id: redirect.new_id for redirect in self.redirects}
        ends: dict[str, str | None] = {}
        for start in steps:
            chain: dict[str, None] = {}
            here = start
            while here in steps and here not in ends and here not in chain:
                chain[here] = None
                here = steps[here]
            ends.update(dict.fromkeys(chain, None if here in chain else ends.get(here, here)))
        return {old: end for old, end in ends.items() if end is not None}

    @functools.cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every place where one record names another, in the order of the records."""
        return tuple(reference for record in self for reference in list_references(record))

    @functools.cached_property
    def named(self) -> Mapping[tuple[str, ...], AbstractSet[str]]:
        """For the collections that references may mean, all ids that they name; cheaper than `references`."""
        named: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for name, cls in COLLECTIONS.items():
            records = getattr(self, name)
            for collections, some in collect_references(records, cls) if records else ():
                named[collections].update(some)
        return dict(named)

    @functools.cached_property
    def referrers(self) -> Mapping[str, tuple[Reference, ...]]:
        """The references to each id, redirects not followed."""
        return _Referrers(self.referring_records)

    @functools.cached_property
    def referring_records(self) -> Mapping[str, tuple[AnyRecord, ...]]:
        """The records that name each id, redirects not followed; cheaper than `referrers`."""
        groups: defaultdict[str, list[AnyRecord]] = defaultdict(list)
        for record in self:
            for target in dict.fromkeys(_list_named_ids(record)):
                groups[target].append(record)
        return SortedGroups({target: tuple(group) for target, group in groups.items()}, _list_named_ids, _get_place)

    @functools.cached_property
    def memberships_by_network(self) -> Mapping[str, tuple[Membership, ...]]:
        """The memberships of each network."""
        return self._group_records("memberships_by_network")

    @functools.cached_property
    def memberships_by_organization(self) -> Mapping[str, tuple[Membership, ...]]:
        """The memberships of each organization."""
        return self._group_records("memberships_by_organization")

    @functools.cached_property
    def statements_by_event(self) -> Mapping[str, tuple[Statement, ...]]:
        """The statements made at each event."""
        return self._group_records("statements_by_event")

    @functools.cached_property
    def parties_by_country(self) -> Mapping[str, Party]:
        """The register's own record of each party by its code; of two for one country, the first."""
        return {party.country: party for party in reversed(self.parties)}

    @functools.cached_property
    def reviews_by_country(self) -> Mapping[str, tuple[CountryReview, ...]]:
        """The country reviews of each State under review."""
        return self._group_records("reviews_by_country")

    def _group_records(self, index: str) -> Mapping[str, tuple[Any, ...]]:
        collection, field = _GROUPED_BY[index]
        get_keys = _make_key_getter(field, self.redirected)
        groups: defaultdict[str, list[Any]] = defaultdict(list)
        for record in getattr(self, collection):
            groups[get_keys(record)[0]].append(record)
        return {key: tuple(group) for key, group in groups.items()}

    @check_arguments
    def reviews_of(self, country: str) -> tuple[CountryReview, ...]:
        """The reviews of a party, by its code, in the order of their phases; those of unknown phase last."""
        found = self.reviews_by_country.get(country, ())
        return tuple(sorted(found, key=lambda review: (review.phase is None, review.phase or 0, review.id)))

    @check_arguments
    def members(self, network_id: str, *, on: PartialDate | dt.date | str | None = None) -> tuple[Organization, ...]:
        """The organizations that belong to a network; with `on`, without those that certainly did not on that day.

        A membership ends with its organization. Raises `UnknownRecord` for a network that is not there.
        """
        network = self[network_id]
        if not isinstance(network, Network) and all(one.id != network.id for one in self.networks):
            raise UnknownRecord(f"{network_id!r} is not a network")
        day = None if on is None else PartialDate.of(on)
        found: dict[str, Organization] = {}
        for membership in self.memberships_by_network.get(network.id, ()):
            organization = self.by_id.get(self.resolved(membership.organization_id))
            if isinstance(organization, Organization) and not (
                day and has_surely_left_network(membership, organization, day)
            ):
                found.setdefault(organization.id, organization)
        return tuple(found.values())

    def events_between(
        self, first: PartialDate | dt.date | str, last: PartialDate | dt.date | str
    ) -> tuple[Event, ...]:
        """The events that may touch the days from `first` to `last`, in the order of their start; undated ones not."""
        opening, closing = PartialDate.of(first), PartialDate.of(last)
        touching = [
            event
            for event in self.events
            if event.first_day is not None
            and not (event.last_day or event.first_day).certainly_before(opening)
            and not event.first_day.certainly_after(closing)
        ]
        return tuple(sorted(touching, key=lambda event: (event.first_day or "", event.id)))

    def with_added(self, *records: AnyRecord) -> tuple[Register, tuple[Change, ...]]:
        """A register with these records too. Raises `ImpossibleValue` where an id is taken, doubled or redirected."""
        return self._change(added=records)

    def with_replaced(self, *records: AnyRecord) -> tuple[Register, tuple[Change, ...]]:
        """A register with these records in place of those of the same id and kind.

        Raises `UnknownRecord` where there is none (a redirected id is no record's), `ImpossibleValue` where two of the
        records have one id.
        """
        return self._change(replaced=records)

    def without(self, *record_ids: str) -> tuple[Register, tuple[Change, ...]]:
        """A register without these records. Raises `UnknownRecord`; a redirected id is no record's."""
        return self._change(removed=record_ids)

    @check_arguments
    def merged(self, other: Register) -> tuple[Register, tuple[Change, ...]]:
        """This register with the other's records: new ids are added, known ids replaced where they differ.

        Title, day and language stay this one's; redirects, what is remembered and declarations of own fields are put
        together. Raises `UnknownRecord` where one id names different kinds of record in the two.
        """
        tables: dict[str, Any] = {
            name: tuple(dict.fromkeys((*getattr(self, name), *theirs)))
            for name in (*SIDE_TABLES, "extensions")
            if (theirs := getattr(other, name))
        }
        return self._change(
            added=[record for record in other if record.id not in self.by_id],
            replaced=[record for record in other if (held := self.by_id.get(record.id)) is not None and held != record],
            tables=tables,
        )

    @check_arguments
    def with_changes(  # noqa: PLR0913 - each table by its name, so that type checkers know what it holds
        self,
        *,
        added: Iterable[AnyRecord] = (),
        replaced: Iterable[AnyRecord] = (),
        removed: Iterable[str] = (),
        redirects: Iterable[Redirect] | None = None,
        distinct: Iterable[DistinctPair] | None = None,
        erasures: Iterable[Erasure] | None = None,
        lists: Iterable[RememberedList] | None = None,
        list_rows: Iterable[RememberedRow] | None = None,
    ) -> tuple[Register, tuple[Change, ...]]:
        """A register with records added, replaced and removed in one step, and other side tables where they are given.

        It costs what it touches: collections and indexes are taken over from this register. An id that is removed may
        be added again, as another kind of record too. Raises what `with_added`, `with_replaced` and `without` raise,
        and `ImpossibleValue` where a record is to be replaced and removed.
        """
        given = {"redirects": redirects, "distinct": distinct, "erasures": erasures, "lists": lists}
        tables: dict[str, Any] = {
            name: tuple(items) for name, items in (given | {"list_rows": list_rows}).items() if items is not None
        }
        if tables:
            checked = Register(**tables)  # which refuses what is none, and takes JSON forms
            tables = {name: getattr(checked, name) for name in tables}
        return self._change(added, replaced, removed, tables)

    def _change(
        self,
        added: Iterable[AnyRecord] = (),
        replaced: Iterable[AnyRecord] = (),
        removed: Iterable[str] = (),
        tables: Mapping[str, tuple[Any, ...]] = MappingProxyType({}),
    ) -> tuple[Register, tuple[Change, ...]]:
        tables = {name: items for name, items in tables.items() if items != getattr(self, name)}
        added, replaced, removed = tuple(added), tuple(replaced), tuple(dict.fromkeys(map(_refuse_non_id, removed)))
        _refuse_non_records(added)
        _refuse_non_records(replaced)
        self._refuse_taken_ids(added, frozenset(removed), tables.get("redirects", self.redirects))
        self._refuse_unknown_records(replaced)
        going = self._find_records_by_id(removed)
        if both := {record.id for record in replaced}.intersection(removed):
            raise ImpossibleValue(f"the record {min(both)!r} is to be replaced and removed")
        changes = tuple(
            Change(kind, COLLECTION_OF[type(record)], record.id)
            for kind, records in (
                (ChangeKind.ADDED, added),
                (ChangeKind.REPLACED, replaced),
                (ChangeKind.REMOVED, going),
            )
            for record in records
        )
        return (self._derive((*replaced, *going), (*added, *replaced), tables) if changes or tables else self), changes

    def _refuse_taken_ids(
        self, added: Iterable[AnyRecord], removed: AbstractSet[str], redirects: Iterable[Redirect]
    ) -> None:
        old_ids = self._redirected_ids
        if redirects is not self.redirects:
            old_ids = old_ids.intersection(redirect.old_id for redirect in redirects)
        new: set[str] = set()
        for record in added:
            stays = record.id in self.by_id and (record.id not in removed or record.id in self._repeated_ids)
            if stays or record.id in new or record.id in old_ids:
                raise ImpossibleValue(f"the id {record.id!r} is taken; choose another, or replace the record")
            new.add(record.id)

    def _refuse_unknown_records(self, replaced: Collection[AnyRecord]) -> None:
        for record in replaced:
            if type(self.by_id.get(record.id)) is not type(record):
                raise UnknownRecord(f"no {type(record).__name__} has the id {record.id!r}")
        if len({record.id for record in replaced}) < len(replaced):
            raise ImpossibleValue("two of the records have the same id")

    def _find_records_by_id(self, record_ids: Iterable[str]) -> tuple[AnyRecord, ...]:
        found = {record_id: self.by_id.get(record_id) for record_id in record_ids}
        for record_id, record in found.items():
            if record is None:
                raise UnknownRecord(f"no record has the id {record_id!r}")
        return tuple(record for record in found.values() if record is not None)

    # -- a changed register, at the cost of the change -------------------------------------------------------------

    def _derive(
        self, leaving: Sequence[AnyRecord], arriving: Sequence[AnyRecord], tables: Mapping[str, tuple[Any, ...]]
    ) -> Register:
        """A register without all records of the class and id of those that leave, with those that arrive, and tables.

        Nobody else has the ids of those that arrive. Indexes that are built are taken over, with the change in them.
        """
        changes: defaultdict[str, tuple[dict[str, None], list[AnyRecord]]] = defaultdict(lambda: ({}, []))
        for record in leaving:
            changes[COLLECTION_OF[type(record)]][0][record.id] = None
        for record in arriving:
            changes[COLLECTION_OF[type(record)]][1].append(record)
        gone = {
            name: tuple(itertools.chain.from_iterable(map(self._get_blocks(name).find, record_ids)))
            for name, (record_ids, _) in changes.items()
        }
        blocks = self._blocks | {
            name: self._get_blocks(name).with_changes(removed_keys=record_ids, added=records)
            for name, (record_ids, records) in changes.items()
        }
        slots: dict[str, Any] = {name: getattr(self, name) for name in _FIELDS if name not in blocks}
        slots |= {"_blocks": blocks, **tables}
        for name, collections in _TAKEN_OVER.items():
            if collections.isdisjoint(changes) and collections.isdisjoint(tables):
                slots[name] = self._get_if_built(name)
        for name, (collection, _) in _GROUPED_BY.items():
            if name not in slots and "redirects" not in tables and (groups := self._get_groups(name)) is not None:
                slots[name] = groups.with_changes(removed=gone[collection], added=changes[collection][1])
        if (groups := self._get_groups("referring_records")) is not None:
            everybody = itertools.chain.from_iterable(gone.values())
            slots["referring_records"] = groups.with_changes(removed=everybody, added=arriving)
        slots |= self._derive_ids(blocks, {record.id for record in leaving}, arriving)
        new = Register.__new__(Register)
        for name, value in slots.items():
            if value is not None or name in _FIELDS:
                object.__setattr__(new, name, value)
        return new

    def _derive_ids(
        self, changed: Mapping[str, SortedBlocks[Any]], left: AbstractSet[str], arrived: Iterable[AnyRecord]
    ) -> Mapping[str, Any]:
        """The index of all ids with a change in it, for a register that has these collections."""
        index = self._get_id_index()
        values: dict[str, AnyRecord] = {record.id: record for record in arrived}
        repeated = self._repeated_ids
        for record_id in repeated & left:
            blocks = (changed[name] if name in changed else self._get_blocks(name) for name in COLLECTIONS)
            same = list(itertools.chain.from_iterable(one.find(record_id) for one in blocks))
            values |= {record.id: record for record in same[:1]}
            if len(same) < 2:
                repeated -= {record_id}
        index = index.with_changes(values, removed_keys=left - values.keys())
        collections = tuple(changed[name] if name in changed else getattr(self, name) for name in COLLECTIONS)
        return {"by_id": _RecordsById(index, collections), "_repeated_ids": repeated}

    def _get_blocks(self, name: str) -> SortedBlocks[Any]:
        if name not in self._blocks:
            self._blocks[name] = SortedBlocks.from_sorted(getattr(self, name), _Id)
        return self._blocks[name]

    def _get_id_index(self) -> ShardedDict[str, AnyRecord]:
        index = self.by_id
        if isinstance(index, ShardedDict):
            return index
        if "by_id" not in self._persistent_indexes:
            self._persistent_indexes["by_id"] = ShardedDict(index)
        return self._persistent_indexes["by_id"]  # type: ignore[no-any-return]

    def _get_if_built(self, index: str) -> Any:
        try:
            return getattr(Register, index).__get__(self)  # of the slot, which builds nothing
        except AttributeError:
            return None

    def _get_groups(self, index: str) -> SortedGroups[str, Any] | None:
        """An index of groups of records with cheap new versions, where it is built."""
        built = self._get_if_built(index)
        if built is None or isinstance(built, SortedGroups):
            return built
        if index not in self._persistent_indexes:
            get_keys = _make_key_getter(_GROUPED_BY[index][1], self.redirected)
            self._persistent_indexes[index] = SortedGroups(built, get_keys, _Id)
        return self._persistent_indexes[index]  # type: ignore[no-any-return]

    @functools.cached_property
    def _repeated_ids(self) -> frozenset[str]:
        """The ids that several records have, which only a constructor gives."""
        if len(self.by_id) == len(self):
            return frozenset()
        return frozenset(record_id for record_id, times in Counter(map(_Id, self)).items() if times > 1)

    @functools.cached_property
    def _redirected_ids(self) -> frozenset[str]:
        return frozenset(redirect.old_id for redirect in self.redirects)


# Where `help`, editors and autodoc look for what a slot says.
_SLOT_DOCS = _INDEX_DOCS | {shape.name: shape.description for shape in fields_of(Register)}
_SLOT_DOCS["extensions"] = "Declarations of own fields, which stand in no file."
Register.__slots__ = _SLOT_DOCS  # type: ignore[assignment]

TABLES: Mapping[str, Any] = {shape.name: shape.type for shape in fields_of(Register) if shape.many}
"""All lists of a register and the class of their items, in the order of the fields."""

COLLECTIONS: Mapping[str, Any] = {name: cls for name, cls in TABLES.items() if "id" in attrs.fields_dict(cls)}
"""The register's collections and the class of their records."""

COLLECTION_OF: Mapping[Any, str] = {cls: name for name, cls in COLLECTIONS.items()}
"""The collection in which records of a class are."""

_FIELDS = frozenset(attrs.fields_dict(Register))

_GROUPED_BY: Mapping[str, tuple[str, str]] = {
    "memberships_by_network": ("memberships", "network_id"),
    "memberships_by_organization": ("memberships", "organization_id"),
    "statements_by_event": ("statements", "event_id"),
    "reviews_by_country": ("country_reviews", "country"),
}
"""The indexes that group the records of a collection, and by which field."""

_TAKEN_OVER: Mapping[str, frozenset[str]] = {
    **{name: frozenset((collection, "redirects")) for name, (collection, _) in _GROUPED_BY.items()},
    "redirected": frozenset(("redirects",)),
    "_redirected_ids": frozenset(("redirects",)),
    "parties_by_country": frozenset(("parties",)),
}
"""The indexes that a changed register takes over as they are, unless one of these tables differs."""

SIDE_TABLES: Mapping[str, Any] = {name: cls for name, cls in TABLES.items() if name not in COLLECTIONS}
"""What a register holds besides records: redirects, decisions, and what is remembered of lists."""

FRAME_FIELDS = tuple(shape.name for shape in fields_of(Register) if not shape.many)
"""The fields of a register that are no lists: what is said of the whole."""

REFERENTS: Mapping[Any, tuple[str, ...]] = {
    **{
        next(shape.type for shape in fields_of(cls) if shape.name == "id"): (name,) for name, cls in COLLECTIONS.items()
    },
    ids.StakeholderId: ("organizations", "persons"),
    ids.RecordId: tuple(COLLECTIONS),
}
"""For each type of id, the collections that it may name."""


def _is_class_and_id(wanted: object) -> bool:
    return isinstance(wanted, tuple) and len(wanted) == 2 and isinstance(wanted[0], type)


class _RecordsById(ShardedDict[str, AnyRecord]):
    """All records by their ids, in the order of the register."""

    __slots__ = ("_collections",)

    def __init__(self, index: ShardedDict[str, AnyRecord], collections: Sequence[Collection[AnyRecord]]) -> None:
        self._rows, self._collections = index._rows, collections  # noqa: SLF001 - of the same class

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(map(_Id, itertools.chain.from_iterable(self._collections))))


class _Referrers(Mapping[str, tuple[Reference, ...]]):
    """The references to each id, made of the records that name it when they are asked for."""

    __slots__ = ("_referring",)

    def __init__(self, referring: Mapping[str, tuple[AnyRecord, ...]]) -> None:
        self._referring = referring

    def __len__(self) -> int:
        return len(self._referring)

    def __iter__(self) -> Iterator[str]:
        return iter(self._referring)

    def __contains__(self, target: object) -> bool:
        return target in self._referring

    def __getitem__(self, target: str) -> tuple[Reference, ...]:
        return tuple(
            reference
            for record in self._referring[target]
            for reference in list_references(record)
            if reference.target == target
        )


_PLACES = {cls: place for place, cls in enumerate(COLLECTION_OF)}


def _get_place(record: AnyRecord) -> tuple[int, str]:
    """By what the records of a register are in order."""
    return _PLACES[type(record)], record.id


def _list_named_ids(record: AnyRecord) -> list[str]:
    """The ids that a record names, in the order of its fields."""
    return collect_wanted(record, is_reference)


def _make_key_getter(field: str, redirected: Mapping[str, str]) -> Callable[[Any], tuple[str]]:
    get_value = operator.attrgetter(field)

    def get_keys(record: Any) -> tuple[str]:
        value = get_value(record)
        return (redirected.get(value, value),)

    return get_keys


def _sort_distinct(records: tuple[T, ...]) -> tuple[T, ...]:
    """Records by their ids, of which no two are one object: findings tell records of one id from each other by that."""
    ids = [*map(_Id, records)]
    if all(map(operator.lt, ids, itertools.islice(ids, 1, None))):  # as most files have them
        return records
    distinct: dict[int, T] = {}
    for record in sorted(records, key=_Id):
        one = copy.copy(record) if id(record) in distinct else record
        distinct[id(one)] = one
    return tuple(distinct.values())


def ensure_record_class(cls: Any) -> None:
    """Raise `ImpossibleValue` for what is no class of records."""
    if not isinstance(cls, type) or cls not in COLLECTION_OF:
        given = cls.__name__ if isinstance(cls, type) else describe_type(cls)
        raise ImpossibleValue(f"cls: expected a class of records, such as Organization, got {given}")


def _refuse_non_records(records: Iterable[Any]) -> None:
    for place, record in enumerate(records):
        if type(record) not in COLLECTION_OF:
            raise ImpossibleValue(f"records[{place}]: expected a record, got {describe_type(record)}")
        if not isinstance(getattr(record, "id", None), str):  # of a record that no constructor made
            raise ImpossibleValue(f"records[{place}]: the id of a record is not text")


def _refuse_non_id(record_id: object) -> str:
    if not isinstance(record_id, str):
        raise UnknownRecord(f"no record has the id that is {describe_type(record_id)}")
    return record_id


def has_surely_left_network(membership: Membership, organization: Organization, on: PartialDate) -> bool:
    """Whether a member had certainly left a network on a day; a membership ends with its organization."""
    ended = organization.dissolved is not None and organization.dissolved.certainly_before(on)
    return ended or (membership.period is not None and membership.period.surely_outside(on))


def is_reference_field(shape: FieldShape) -> bool:
    """Whether a field names other records."""
    return shape.type in REFERENTS and shape.name != "id"


def is_reference(_cls: Any, shape: FieldShape) -> bool:
    """The same, as walks through records ask it."""
    return is_reference_field(shape)


def list_references(record: AnyRecord) -> Iterator[Reference]:
    """Every place where a record names another."""
    return (
        Reference(record, found.path, found.value, REFERENTS[found.shape.type])
        for found in walk_values(record, is_reference)
    )


def list_named_ids(record: AnyRecord) -> list[str]:
    """The ids that a record names, without their places: as `list_references`, and much quicker."""
    return collect_wanted(record, is_reference)


def find_references(
    records: Sequence[AnyRecord], cls: type[Any], is_wanted: Callable[[str], bool]
) -> Iterator[Reference]:
    """Every place where records of a class name a wanted id; of many at a time it is asked first whether any does."""
    for start in range(0, len(records), _AT_ONCE):
        some = records[start : start + _AT_ONCE]
        if any(is_wanted(one) for _, named in collect_references(some, cls) for one in named):
            for reference in itertools.chain.from_iterable(map(list_references, some)):
                if is_wanted(reference.target):
                    yield reference


_AT_ONCE = 64


def collect_references(records: Sequence[AnyRecord], cls: type[Any]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """For the collections that references may mean, the ids that records of a class name."""
    return zip(REFERENTS.values(), collect_by_type(records, cls, tuple(REFERENTS)), strict=True)
