"""The register in which the rules that compare records find what they find in the whole file."""

from __future__ import annotations

import functools
import itertools
import operator
import os
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from untoc_network.bulk.comparison_needs import is_needed_unreferenced, list_shared_keys, project_record
from untoc_network.bulk.id_index import IdIndex, IdSummary, TextHash, find_repeated
from untoc_network.bulk.part_check import CheckedPart, MapFunction, Span, with_preceding_counts
from untoc_network.bulk.record_stream import RecordPositions, read_chunks, read_records_at
from untoc_network.bulk.retained_records import RetainedPart, RetainedRecords
from untoc_network.model.organization_and_person import Person
from untoc_network.model.register import COLLECTIONS, Redirect, Register, find_references, list_references
from untoc_network.model.source import Source
from untoc_network.serializers.source.limits import Limits
from untoc_network.text.nearest_names import NearestNames
from untoc_network.values.fields import fields_of

__all__ = ["CrossRecordCheck"]


@attrs.frozen(kw_only=True)
class RereadRequest:
    """What is looked for where a file is read again."""

    doubtful: frozenset[int]
    """Marks of ids that may be dangling, or to which several records answer."""
    shared: frozenset[int]
    """Marks of keys that several records may have."""
    ids_of_persons: bool
    hash_text: TextHash


@attrs.frozen(kw_only=True)
class RereadResult:
    """What was kept of a part when it was read again."""

    gathered: RetainedRecords
    dangling: dict[str, list[Any]]
    """The records with a dangling reference, whole."""
    persons: list[str]


def reread_part(
    path: str | os.PathLike[str], wanted: RereadRequest, limits: Limits, part: tuple[Span, bytes]
) -> RereadResult:
    """Keep whole the records with a reference that may be dangling, and what is compared of those that share a key.

    A part is its span, with 1 for each person in it that something names and else 0.
    """
    (start, end), named = part
    is_named = iter(named)

    def is_doubtful(record_id: str) -> bool:
        return wanted.hash_text(record_id) in wanted.doubtful

    again = RereadResult(gathered=RetainedRecords(), dangling=defaultdict(list), persons=[])
    for chunk in read_chunks(path, start, end, limits=limits):
        sharing = {id(one) for one, key in list_shared_keys(chunk.records) if wanted.hash_text(key) in wanted.shared}
        dangling: set[int] = set()
        for name in chunk.records.keys() & COLLECTIONS.keys():
            references = find_references(chunk.records[name], COLLECTIONS[name], is_doubtful)
            leading = {id(reference.record): reference.record for reference in references}
            again.dangling[name].extend(leading.values())
            dangling.update(leading)

        def kept(record: Any, dangling: set[int] = dangling, sharing: set[int] = sharing) -> Any:
            is_needed = type(record) is not Person or next(is_named) or is_needed_unreferenced(record)
            if id(record) in dangling:
                return record
            if not is_needed and not is_doubtful(record.id):
                return None
            return project_record(record, sharing=id(record) in sharing, known=again.gathered.by_id)

        again.gathered.add(chunk, kept)
        if wanted.ids_of_persons:
            again.persons.extend(person.id for person in chunk.records.get("persons", ()))
    return again


class CrossRecordCheck:
    """What was kept of the parts of a file, joined, and what has to be read again for it."""

    def __init__(self, path: str, limits: Limits, run: MapFunction, spans: Sequence[Span]) -> None:
        self.gathered = RetainedRecords()
        self.parts: list[CheckedPart] = []
        self.run, self.spans = run, spans
        self._path, self._limits = path, limits
        self._persons_of_parts: list[int] = []
        self._kept: RetainedPart | None = None

    def join(self, parts: Iterator[CheckedPart]) -> None:
        """Take in all parts in their order."""
        for part, lines, counts in with_preceding_counts(parts):
            assert part.kept is not None, "what was kept of a part is taken in once"
            self._persons_of_parts.append(len(part.kept.persons))
            self._kept = self._kept or RetainedPart(whole=part.kept.whole, hash_text=part.kept.hash_text)
            self._kept.join(part.kept, lines, counts)
            self.parts.append(attrs.evolve(part, kept=None))

    def register(self, frame: Register) -> Register:
        """The register to compare records in; `gathered` tells where they stand. What was kept is used up."""
        kept, self._kept = self._kept, None
        assert kept is not None, "a file has a part at least"
        self.gathered = kept.gathered
        if kept.whole:
            return self._make_register(frame)
        hash_text, persons = kept.hash_text, kept.persons
        id_summary = kept.naming.summarize(kept.gathered.records)
        shared = frozenset(find_repeated(kept.keys))
        kept.naming, kept.keys, kept.gathered = IdIndex(hash_text), array("q"), RetainedRecords()
        dangling: Mapping[str, list[Any]] = {}
        if id_summary.questionable or shared or self.gathered.records["redirects"]:
            dangling = self._reread_parts(id_summary, shared, hash_text, persons)
        else:
            self._add_persons([number for number, is_named in enumerate(id_summary.named_persons) if is_named], persons)
        register = self._make_register(frame)
        named = _to_projected_register(Register(), {name: tuple(some) for name, some in dangling.items()}).named
        alone: tuple[Person | Source, ...] = (
            *register.sources,
            *(person for person in register.persons if not person.roles),
        )
        others = frozenset(record.id for record in alone if hash_text(record.id) not in id_summary.unnamed)
        anything = tuple(COLLECTIONS)
        named = {**named, anything: others | named.get(anything, frozenset())}
        object.__setattr__(register, "named", named)  # in the place of what would be gathered of what is kept
        return register

    def _make_register(self, frame: Register) -> Register:
        lists: dict[str, Any] = {**self.gathered.records, "redirects": tuple(self.gathered.records["redirects"])}
        register = _to_projected_register(frame, lists)
        by_id, self.gathered.by_id = self.gathered.by_id, {}
        if len(by_id) == len(register):
            object.__setattr__(register, "by_id", by_id)  # which is the very same where no id stands twice
        return register

    def _reread_parts(
        self, id_summary: IdSummary, shared: frozenset[int], hash_text: TextHash, persons: RecordPositions
    ) -> dict[str, list[Any]]:
        """Gather anew, with what is dangling, which is given, and with what it may have meant."""
        redirects: list[Redirect] = self.gathered.records["redirects"]
        wanted = RereadRequest(
            doubtful=id_summary.questionable.union(hash_text(redirect.old_id) for redirect in redirects),
            shared=shared,
            ids_of_persons=bool(redirects) or "persons" in id_summary.looked_for_in,
            hash_text=hash_text,
        )
        self.gathered = RetainedRecords()
        ends = itertools.accumulate(self._persons_of_parts)
        named = [
            id_summary.named_persons[end - many : end] for end, many in zip(ends, self._persons_of_parts, strict=True)
        ]
        work = functools.partial(reread_part, Path(self._path).absolute(), wanted, self._limits)
        results = self.run(work, [*zip(self.spans, named, strict=True)])
        dangling: dict[str, list[Any]] = defaultdict(list)
        ids: list[str] = []
        for (_, lines, counts), again in zip(with_preceding_counts(self.parts), results, strict=True):
            self.gathered.join(again.gathered, lines, counts)
            ids.extend(again.persons)
            for name, records in again.dangling.items():
                dangling[name].extend(records)
        self._add_near_persons(ids, dangling, persons)
        return dangling

    def _add_near_persons(self, ids: list[str], dangling: Mapping[str, list[Any]], persons: RecordPositions) -> None:
        """Keep those of all persons, too, whom a redirect leads to, or whom what leads to nothing may have meant."""
        references = itertools.chain.from_iterable(
            map(list_references, itertools.chain.from_iterable(dangling.values()))
        )
        wanted = {reference.target for reference in references if "persons" in reference.collections}
        wanted.update(redirect.new_id for redirect in self.gathered.records["redirects"])
        nearest = NearestNames(ids)
        near = frozenset(itertools.chain.from_iterable(map(nearest.around, wanted - self.gathered.by_id.keys())))
        self._add_persons([number for number, person in enumerate(ids) if person in near], persons)

    def _add_persons(self, numbers: list[int], persons: RecordPositions) -> None:
        """Keep these persons, too, where they are not kept yet."""
        gathered = self.gathered
        offsets = (persons[number].offset for number in numbers)
        for number, person in zip(numbers, read_records_at(self._path, offsets, limits=self._limits), strict=True):
            if person.id not in gathered.by_id:
                kept = project_record(person, known=gathered.by_id)
                gathered.by_id[kept.id] = kept
                gathered.records["persons"].append(kept)
                gathered.spots["persons"].add(persons, number)


def _to_projected_register(frame: Register, lists: Mapping[str, tuple[Any, ...]]) -> Register:
    """A register of what was kept of records, which its constructor would not take for records."""
    register = object.__new__(Register)
    for shape in fields_of(Register):
        value = lists.get(shape.name, getattr(frame, shape.name))
        in_order = tuple(sorted(value, key=_ID)) if shape.name in COLLECTIONS else value
        object.__setattr__(register, shape.name, in_order)
    return register


_ID = operator.attrgetter("id")
