"""What is kept of the records of a file while they stream by, so that they can be compared in the end."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import attrs

from untoc_network.bulk.comparing import NAME, names_of, thinned
from untoc_network.bulk.naming import Naming, Settled, twice
from untoc_network.bulk.streaming import Chunk, Spots, chunks, records_at
from untoc_network.documents.limits import Limits
from untoc_network.model.register import COLLECTIONS, Redirect, Register, references_of
from untoc_network.model.stakeholder import Organization, Person
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
        self._naming.add(chunk.records)
        self._names.extend(map(hash, names_of(chunk.records.get("organizations", ()))))
        self._persons.extend(chunk.spots.get("persons", Spots()))
        self._keep(chunk, self._kept_at_once)

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
        settled = self._naming.settled()
        self._naming = Naming()
        if settled.troubled or self.records["redirects"]:
            astray = self._read_again(settled)
        else:
            astray = {}
            self._add_persons(settled)
        self._give_names_back()
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
        if len(self._by_id) == len(register):
            object.__setattr__(register, "by_id", self._by_id)  # which is the very same where no id stands twice
        return register

    def _read_again(self, settled: Settled) -> dict[str, list[Any]]:
        """Keep whole the records with a reference that leads astray, which are given, and what it may have meant."""
        some_persons = not self.records["redirects"] and "persons" not in settled.looked_for_in
        self.records.clear()
        self.spots.clear()
        self._by_id.clear()
        astray: dict[str, list[Any]] = defaultdict(list)
        named = iter(settled.named_persons)

        def kept(record: Any) -> Any:
            is_named = type(record) is not Person or next(named)
            if type(record) is not Redirect and any(
                hash(reference.target) in settled.troubled for reference in references_of(record)
            ):
                astray[_COLLECTIONS[type(record)]].append(record)
                return record
            if (
                some_persons
                and not is_named
                and not _is_needed_unnamed(record)
                and hash(record.id) not in settled.troubled
            ):
                return None
            return thinned(record, known=self._by_id)

        for chunk in chunks(self._path, 0, None, limits=self._limits):
            self._keep(chunk, kept)
        return astray

    def _add_persons(self, settled: Settled) -> None:
        """Keep the persons that are named, too."""
        numbers = [number for number, is_named in enumerate(settled.named_persons) if is_named]
        offsets = (self._persons[number].offset for number in numbers)
        persons = zip(numbers, records_at(self._path, offsets, limits=self._limits), strict=True)
        for number, person in persons:
            if not _is_needed_unnamed(person):
                kept = thinned(person, known=self._by_id)
                self._by_id[kept.id] = kept
                self.records["persons"].append(kept)
                self.spots["persons"].add(self._persons, number)

    def _give_names_back(self) -> None:
        """Give organizations back the names that several may have; of the others nobody needs to know."""
        shared = frozenset(twice(self._names))
        self._names = array("q")
        if not shared:
            return
        start = 0
        for chunk in chunks(self._path, 0, None, limits=self._limits):
            for number, record in enumerate(chunk.records.get("organizations", ()), start=start):
                kept = self.records["organizations"][number]
                if type(kept) is not Organization and any(hash(name) in shared for name in names_of([record])):
                    self.records["organizations"][number] = thinned(record, NAME, self._by_id)
                    self._by_id.clear()
            start += len(chunk.records.get("organizations", ()))


_COLLECTIONS = {cls: name for name, cls in COLLECTIONS.items()}


def _is_needed_unnamed(person: Person) -> bool:
    """Whether rules look at a person that nothing names."""
    return not person.roles or bool(person.accepted)
