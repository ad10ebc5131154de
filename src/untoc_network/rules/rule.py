"""What a rule that runs is: one pure function that says what must hold, and everything that explains it."""

from __future__ import annotations

import bisect
import functools
import itertools
import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.code import CatalogueEntry, Explanation, read_docstring
from untoc_network.diagnostics.findings import Basis, Severity
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.diagnostics.templates import NO_PHRASES
from untoc_network.model.network import Membership
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import COLLECTION_OF, COLLECTIONS, AnyRecord, Register, has_surely_left_network
from untoc_network.model.traversal import collect_values
from untoc_network.reference.facts import Reference, packaged
from untoc_network.rules.looked_at_fields import Look, list_values_at
from untoc_network.text.nearest_names import NearestNames
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import fields_of
from untoc_network.values.multilingual_text import Alias, Text

__all__ = ["Check", "Context", "Rule", "Violation", "rule", "violation"]


@attrs.frozen
class Violation(SharedMethods):
    """What a rule yields: the record, the path within it, and the parameters of the message.

    Parameters may come from public fields only.
    """

    record: Any
    path: tuple[str | int, ...]
    params: dict[str, str | int] = attrs.field(hash=False)
    basis: Basis | None = None


def violation(record: Any, *path: str | int, rests_on: Basis | None = None, **params: str | int) -> Violation:
    """A place in a record where the rule does not hold; `params` fill the rule's message and hint.

    `rests_on` is the fact behind this one finding, where that is more than the rule's own basis; a finding that rests
    on what is only recalled is a warning at most.
    """
    return Violation(record, path, params, rests_on)


Check = Callable[..., "Iterator[Violation] | None"]
"""Called with the records of the rule's class and the `Context`."""


@attrs.frozen(kw_only=True)
class Rule(CatalogueEntry):
    """A rule that runs, explained by the docstring of its function.

    `on` is the class of record that it looks at, or `Register` for the whole. `message` and `hint` are templates that
    the parameters of a finding fill; in `{problem:phrase}` the parameter is a key of `phrases`, in `{kind:label}` a
    value of an enumeration. A rule with `needs_day` runs only where the day is given; what one that
    `requires_complete` records finds is void where a part of the register is not readable.
    """

    check: Check = attrs.field(repr=False, eq=False)
    on: type[Any] | None
    needs_day: bool = False
    fields: tuple[str, ...] = ()
    """The fields that it is about: it is not called with records that hold nothing in any of them."""
    looks: tuple[Look, ...] | None = attrs.field(default=None, repr=False, eq=False)
    """What it looks at beside its own record: nothing where this is empty. See `rules.looked_at_fields`; None: it is not said."""

    def __hash__(self) -> int:
        return hash(self.code)

    @property
    def home(self) -> tuple[str, str]:
        """The module and the name of its function, in whose place it stands."""
        return self.check.__module__, self.check.__name__

    @functools.cached_property
    def explanation(self) -> Explanation:
        """The docstring in its four parts; a part that it lacks is empty."""
        import textwrap  # which a program that explains nothing need not load

        statement, *parts = re.split(r"^(Why|Passes|Fails):", read_docstring(self.check), flags=re.MULTILINE)
        named = dict(zip(parts[::2], parts[1::2], strict=True))
        why, passes, fails = (textwrap.dedent(named.get(name, "")).strip() for name in ("Why", "Passes", "Fails"))
        return Explanation(statement=statement.strip(), why=why, passes=passes, fails=fails)


def rule(  # noqa: PLR0913
    code: str,
    *,
    on: type[Any] | None,
    severity: Severity,
    message: str,
    hint: str | None = None,
    basis: Basis | None = None,
    phrases: Mapping[str, str] = NO_PHRASES,
    needs_day: bool = False,
    requires_complete: bool = False,
    fields: tuple[str, ...] = (),
    looks: tuple[Look, ...] | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a function `(records, context)` that yields `violation(...)` for each place where it does not hold.

    It is called once with all records of the class `on`, and not at all where there are none; a rule on `Register` is
    always called.

    The function's name is the fault that it finds; its docstring has four parts: statement, Why, Passes, Fails. A
    rule on `object` that is about a few fields names them in `fields`, and is called only with records that hold
    something there. `looks=()` says that it looks at no record beside the one it judges, which lets streams and
    processes run it on a few records at a time; of a rule that does not say so they keep all records whole.
    """
    return lambda check: Rule(
        code=code,
        check=check,
        on=on,
        severity=severity,
        message=message,
        hint=hint,
        basis=basis,
        phrases=phrases,
        needs_day=needs_day,
        requires_complete=requires_complete,
        fields=fields,
        looks=looks,
    )


@attrs.frozen(kw_only=True)
class Context(SharedMethods):
    """What a rule may know besides the records it looks at: the register with its indexes, the facts, the day if given."""

    register: Register
    on: PartialDate | None = None
    reference: Reference = attrs.field(factory=packaged)
    codes: frozenset[str] = frozenset()
    """The codes of all rules of the set, those that do not run too."""
    tallies: dict[tuple[str, PartialDate | None], int] = attrs.field(factory=dict, repr=False, eq=False)
    """How many members networks have on a day, as far as that was counted."""
    _nearest: dict[tuple[str, ...], NearestNames] = attrs.field(factory=dict, init=False, repr=False, eq=False)
    _holding: dict[tuple[str, ...], tuple[AnyRecord, ...]] = attrs.field(factory=dict, init=False, repr=False, eq=False)
    _doubles: dict[tuple[str, str], dict[int, tuple[str, int]]] = attrs.field(
        factory=dict, init=False, repr=False, eq=False
    )
    _values: dict[Any, list[Any]] = attrs.field(factory=dict, init=False, repr=False, eq=False)
    _found: dict[tuple[Any, str], Mapping[Any, Any]] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    @property
    def day(self) -> PartialDate:
        """The day that the register is judged on; only for rules that need one."""
        assert self.on is not None, "only rules marked needs_day may ask for the day"
        return self.on

    def get(self, record_id: str | None) -> Any:
        """The record of that id, redirects followed, or None."""
        if not record_id:
            return None
        register = self.register
        return register.by_id.get(register.redirected.get(record_id, record_id))

    @functools.cached_property
    def records(self) -> tuple[AnyRecord, ...]:
        """Every record of the register."""
        return tuple(self.register)

    def records_with(self, fields: tuple[str, ...]) -> tuple[AnyRecord, ...]:
        """Every record that holds something in one of these fields; looked for once."""
        if fields not in self._holding:
            self._holding[fields] = tuple(self._list_holders(fields))
        return self._holding[fields]

    def _list_holders(self, fields: tuple[str, ...]) -> Iterator[AnyRecord]:
        for name, cls in COLLECTIONS.items():
            own = [shape.name for shape in fields_of(cls) if shape.name in fields]
            if own:
                something = operator.attrgetter(*own)
                several = len(own) > 1
                for record in getattr(self.register, name):
                    held = something(record)
                    if any(held) if several else held:
                        yield record

    def values(self, wanted: Any) -> list[Any]:
        """Every value of a type in the register, wherever it stands; gathered once."""
        if wanted not in self._values:
            self._values[wanted] = [
                value
                for name, cls in COLLECTIONS.items()
                for value in collect_values(getattr(self.register, name), cls, wanted)
            ]
        return self._values[wanted]

    @functools.cached_property
    def wordings(self) -> tuple[str, ...]:
        """Every name and wording in the register, in whatever language, once each; in the order in which they stand.

        They lie in memory in about this order too, and are gone through several times as fast as in that of a set.
        """
        persons = self.register.persons
        every = itertools.chain(
            itertools.chain.from_iterable(text.values() for text in self.values(Text)),
            (alias.name for alias in self.values(Alias)),
            (person.name for person in persons),
            (name for person in persons if person.other_names for name in person.other_names),
        )
        return tuple(dict.fromkeys(every))

    def nearest(self, collections: tuple[str, ...]) -> NearestNames:
        """The ids in these collections, to find the one that a misspelt id was meant to be; built once each."""
        if collections not in self._nearest:
            self._nearest[collections] = NearestNames(
                record.id for name in collections for record in getattr(self.register, name)
            )
        return self._nearest[collections]

    def list_naming(self, cls: Any, path: str, record_id: str) -> Iterable[Any]:
        """The records of a class that name a record by the reference at a path, whatever id leads to it."""
        if (cls, path) not in self._found:
            ready = _READY_INDEXES.get((cls, path))
            self._found[cls, path] = (
                getattr(self.register, ready) if ready else self._group_by_value(cls, path, self.register.resolved)
            )
        found: Iterable[Any] = self._found[cls, path].get(record_id, ())
        return found

    def list_with_value(self, cls: Any, path: str, value: Any) -> Iterable[Any]:
        """The records of a class that hold a value at a path, in the order of their ids."""
        if (cls, path) not in self._found:
            self._found[cls, path] = self._group_by_value(cls, path, lambda one: one)
        found: Iterable[Any] = self._found[cls, path].get(value, ())
        return found

    def _group_by_value(self, cls: Any, path: str, turn: Callable[[Any], Any]) -> Mapping[Any, list[Any]]:
        groups: defaultdict[Any, list[Any]] = defaultdict(list)
        for record in getattr(self.register, COLLECTION_OF[cls]):
            for key in dict.fromkeys(map(turn, list_values_at(record, path))):
                groups[key].append(record)
        return groups

    def is_named(self, record_id: str) -> bool:
        """Whether any record names that very id."""
        return any(record_id in names for names in self.register.named.values())

    def count_members(self, network_id: str, on: PartialDate | None) -> int:
        """How many organizations belong to a network; with `on`, without those that certainly did not on that day."""
        if (network_id, on) not in self.tallies:
            memberships = self.list_naming(Membership, "network_id", network_id)
            pairs = ((one, self.get(one.organization_id)) for one in memberships)
            members = {
                member.id
                for membership, member in pairs
                if isinstance(member, Organization) and not (on and has_surely_left_network(membership, member, on))
            }
            self.tallies[network_id, on] = len(members)
        return self.tallies[network_id, on]

    def locate(self, record: Any) -> tuple[str | int, ...]:
        """The collection and position of a record of the register, found by its id; of anything else none."""
        name = COLLECTION_OF.get(record.__class__)
        if name is None:
            return self._redirects.get(id(record), ())
        records = getattr(self.register, name)
        first = bisect.bisect_left(records, record.id, key=_ID)
        if first < len(records) and records[first] is record:
            return name, first
        if (name, record.id) not in self._doubles:
            places = itertools.takewhile(lambda place: records[place].id == record.id, range(first, len(records)))
            self._doubles[name, record.id] = {id(records[place]): (name, place) for place in places}
        return self._doubles[name, record.id].get(id(record), ())

    @functools.cached_property
    def _redirects(self) -> Mapping[int, tuple[str, int]]:
        return {id(redirect): ("redirects", position) for position, redirect in enumerate(self.register.redirects)}


_ID = operator.attrgetter("id")

_READY_INDEXES = {
    (Membership, "network_id"): "memberships_by_network",
    (Membership, "organization_id"): "memberships_by_organization",
}
"""What registers keep by a reference anyway."""
