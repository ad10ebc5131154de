"""What is kept of the records of a file while they stream by, so that they can be compared in the end."""

from __future__ import annotations

import itertools
from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from untoc_network.bulk.comparing import NAME, names_of, thinned
from untoc_network.bulk.naming import Naming, Settled, twice
from untoc_network.bulk.streaming import Chunk, Spots, chunks, records_at
from untoc_network.documents.limits import Limits
from untoc_network.model.register import COLLECTIONS, Redirect, Register, references_of
from untoc_network.model.stakeholder import Organization, Person
from untoc_network.rules.near import Nearest
from untoc_network.values.source import Source

__all__ = ["Kept"]


class Kept:
    """The records of a file as comparing needs them.

    Persons with a role are kept only where something names them, and references only where they lead astray: both are
    known in the end, and what is needed then is read again. With rules that are not the library's, whole records are
    kept.
    """

    def __init__(self, path: str, limits: Limits, *, whole: bool) -> None:
        self._path, self._limits, self._whole = path, limits, whole
        self.records: dict[str, list[Any]] = defaultdict(list)
        self.spots: dict[str, Spots] = defaultdict(Spots)
        self._naming = Naming()
        self._persons = Spots()
        self._names = array("q")
        self._by_id: dict[str, Any] = {}

    def take(self, chunk: Chunk) -> None:
        """Take in what streams by."""
        if self._whole:
            self._keep(chunk, lambda record: record)
            return
        self._names.extend(map(hash, names_of(chunk.records.get("organizations", ()))))
        self._persons.extend(chunk.spots.get("persons", Spots()))
        self._keep(chunk, self._kept_at_once)
        self._naming.add(chunk.records, self._by_id)

    def _keep(self, chunk: Chunk, choose: Callable[[Any], Any]) -> None:
        for name, records in chunk.records.items():
            held, spots, here = self.records[name], self.spots[name], chunk.spots[name]
            for number, record in enumerate(records):
                kept = choose(record)
                if kept is not None:
                    held.append(kept)
                    spots.add(here, number)
                    if name in COLLECTIONS:
                        self._by_id.setdefault(kept.id, kept)

    def _kept_at_once(self, record: Any) -> Any:
        if type(record) is Person and not _is_needed_unnamed(record):
            return None
        if type(record) in {Person, Source}:
            self._naming.ask(record.id)
        return thinned(record, known=self._by_id)

    def compared(self, frame: Register) -> Register:
        """The register on which the rules that compare records find what they find on the whole one."""
        if self._whole:
            return self._register(frame)
        settled = self._naming.settled(self.records)
        shared = frozenset(twice(self._names))
        self._naming, self._names = Naming(), array("q")
        astray: Mapping[str, list[Any]] = {}
        if settled.troubled or shared or self.records["redirects"]:
            astray = self._read_again(settled, shared)
        else:
            self._add_persons([number for number, is_named in enumerate(settled.named_persons) if is_named])
        self._persons = Spots()
        register = self._register(frame)
        named = Register(**{name: tuple(some) for name, some in astray.items()}).named  # type: ignore[arg-type]
        alone: tuple[Person | Source, ...] = (
            *register.sources,
            *(person for person in register.persons if not person.roles),
        )
        others = frozenset(record.id for record in alone if hash(record.id) not in settled.unnamed)
        anything = tuple(COLLECTIONS)
        named = {**named, anything: others | named.get(anything, frozenset())}
        object.__setattr__(register, "named", named)  # in the place of what would be gathered of what is kept
        return register

    def _register(self, frame: Register) -> Register:
        lists: dict[str, Any] = {**self.records, "redirects": tuple(self.records["redirects"])}
        register = attrs.evolve(frame, **lists)
        by_id, self._by_id = self._by_id, {}
        if len(by_id) == len(register):
            object.__setattr__(register, "by_id", by_id)  # which is the very same where no id stands twice
        return register

    def _read_again(self, settled: Settled, shared: frozenset[int]) -> dict[str, list[Any]]:
        """Keep whole the records with a reference that leads astray, which are given, and what it may have meant.

        Organizations get back the names that several may have; of the others nobody needs to know.
        """
        redirects: list[Redirect] = self.records["redirects"]
        doubtful = settled.troubled.union(hash(redirect.old_id) for redirect in redirects)
        self.records.clear()
        self.spots.clear()
        self._by_id.clear()
        astray: dict[str, list[Any]] = defaultdict(list)
        named = iter(settled.named_persons)

        def kept(record: Any) -> Any:
            is_needed = type(record) is not Person or next(named) or _is_needed_unnamed(record)
            if type(record) is not Redirect and any(hash(one.target) in doubtful for one in references_of(record)):
                astray[_COLLECTIONS[type(record)]].append(record)
                return record
            if not is_needed and hash(record.id) not in doubtful:
                return None
            shares = type(record) is Organization and any(hash(name) in shared for name in names_of([record]))
            return thinned(record, NAME if shares else (), self._by_id)

        persons: list[str] = []
        for chunk in chunks(self._path, 0, None, limits=self._limits):
            self._keep(chunk, kept)
            if redirects or "persons" in settled.looked_for_in:
                persons.extend(person.id for person in chunk.records.get("persons", ()))
        self._add_near_persons(persons, astray)
        return astray

    def _add_near_persons(self, persons: list[str], astray: Mapping[str, list[Any]]) -> None:
        """Keep those of all persons, too, whom a redirect leads to, or whom what leads to nothing may have meant."""
        references = itertools.chain.from_iterable(map(references_of, itertools.chain.from_iterable(astray.values())))
        wanted = {reference.target for reference in references if "persons" in reference.collections}
        wanted.update(redirect.new_id for redirect in self.records["redirects"])
        nearest = Nearest(persons)
        near = frozenset(itertools.chain.from_iterable(map(nearest.around, wanted - self._by_id.keys())))
        self._add_persons([number for number, person in enumerate(persons) if person in near])

    def _add_persons(self, numbers: list[int]) -> None:
        """Keep these persons, too, where they are not kept yet."""
        offsets = (self._persons[number].offset for number in numbers)
        for number, person in zip(numbers, records_at(self._path, offsets, limits=self._limits), strict=True):
            if person.id not in self._by_id:
                kept = thinned(person, known=self._by_id)
                self._by_id[kept.id] = kept
                self.records["persons"].append(kept)
                self.spots["persons"].add(self._persons, number)


_COLLECTIONS = {cls: name for name, cls in COLLECTIONS.items()}


def _is_needed_unnamed(person: Person) -> bool:
    """Whether rules look at a person that nothing names."""
    return not person.roles or bool(person.accepted)
