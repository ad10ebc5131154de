"""What a rule may know besides the records it looks at."""

from __future__ import annotations

import bisect
import functools
import itertools
import operator
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from untoc_network.model.register import COLLECTIONS, AnyRecord, Register
from untoc_network.model.traversal import gather
from untoc_network.reference import packaged
from untoc_network.reference.tables import Reference
from untoc_network.text.spelling import Nearest
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import fields_of
from untoc_network.values.text import Alias, Text

__all__ = ["Context"]


@attrs.frozen(kw_only=True)
class Context:
    """What a rule may know besides the records it looks at: the register with its indexes, the facts, the day if given."""

    register: Register
    on: PartialDate | None = None
    reference: Reference = attrs.field(factory=packaged)
    codes: frozenset[str] = frozenset()
    """The codes of all rules of the set, those that do not run too."""
    _nearest: dict[tuple[str, ...], Nearest] = attrs.field(factory=dict, init=False, repr=False, eq=False)
    _holding: dict[tuple[str, ...], tuple[AnyRecord, ...]] = attrs.field(factory=dict, init=False, repr=False, eq=False)
    _doubles: dict[tuple[str, str], dict[int, tuple[str, int]]] = attrs.field(
        factory=dict, init=False, repr=False, eq=False
    )
    _values: dict[Any, list[Any]] = attrs.field(factory=dict, init=False, repr=False, eq=False)

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
            self._holding[fields] = tuple(self._holders(fields))
        return self._holding[fields]

    def _holders(self, fields: tuple[str, ...]) -> Iterator[AnyRecord]:
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
                for value in gather(getattr(self.register, name), cls, wanted)
            ]
        return self._values[wanted]

    @functools.cached_property
    def wordings(self) -> frozenset[str]:
        """Every name and wording in the register, in whatever language, once each."""
        persons = self.register.persons
        return frozenset(
            (
                *itertools.chain.from_iterable(text.values() for text in self.values(Text)),
                *(alias.name for alias in self.values(Alias)),
                *(person.name for person in persons),
                *(name for person in persons if person.other_names for name in person.other_names),
            )
        )

    def nearest(self, collections: tuple[str, ...]) -> Nearest:
        """The ids in these collections, to find the one that a misspelt id was meant to be; built once each."""
        if collections not in self._nearest:
            self._nearest[collections] = Nearest(
                record.id for name in collections for record in getattr(self.register, name)
            )
        return self._nearest[collections]

    def place_of(self, record: Any) -> tuple[str | int, ...]:
        """The collection and position of a record of the register, found by its id; of anything else none."""
        name = _COLLECTION_OF.get(record.__class__)
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
_COLLECTION_OF = {cls: name for name, cls in COLLECTIONS.items()}
