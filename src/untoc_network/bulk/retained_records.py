"""What is kept of the records of a file, or of a part of one, so that they can be compared in the end."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from untoc_network.bulk.comparison_needs import is_needed_unreferenced, list_shared_keys, project_record
from untoc_network.bulk.id_index import IdIndex, TextHash
from untoc_network.bulk.record_packing import Columns, pack, unpack
from untoc_network.bulk.record_stream import Chunk, RecordPositions
from untoc_network.model.organization_and_person import Person
from untoc_network.model.register import COLLECTIONS
from untoc_network.model.source import Source

__all__ = ["RetainedPart", "RetainedRecords"]


class RetainedRecords:
    """Records of some lines in a row, as they are compared, with where each stands."""

    def __init__(self) -> None:
        self.records: dict[str, list[Any]] = defaultdict(list)
        self.spots: dict[str, RecordPositions] = defaultdict(RecordPositions)
        self.by_id: dict[str, Any] = {}

    def add(self, chunk: Chunk, choose: Callable[[Any], Any]) -> None:
        """Take in what is chosen of each record, if anything is."""
        for name, records in chunk.records.items():
            held, spots, here = self.records[name], self.spots[name], chunk.spots[name]
            for number, record in enumerate(records):
                kept = choose(record)
                if kept is not None:
                    held.append(kept)
                    spots.add(here, number)
                    if name in COLLECTIONS:
                        self.by_id.setdefault(kept.id, kept)

    def join(self, following: RetainedRecords, lines: int, counts: Mapping[str, int]) -> None:
        """Take in the lines that follow, before which there were so many lines and records of each collection."""
        if not lines and following.by_id:  # the first of all, which has not travelled
            self.records, self.spots, self.by_id = following.records, following.spots, following.by_id
            return
        for name, records in following.records.items():
            self.records[name].extend(records)
            self.spots[name].extend(following.spots[name], counts[name], lines)
            if name in COLLECTIONS:
                for record in records:
                    self.by_id.setdefault(record.id, record)

    def __getstate__(self) -> tuple[dict[str, Columns], dict[str, RecordPositions]]:
        """All but the index, which is made where this is joined to others."""
        return {name: pack(records) for name, records in self.records.items()}, self.spots

    def __setstate__(self, state: tuple[dict[str, Columns], dict[str, RecordPositions]]) -> None:
        lists, self.spots = state
        self.records = {name: unpack(columns) for name, columns in lists.items()}
        self.by_id = {}


class RetainedPart:
    """What comparing needs of the records of some lines in a row.

    Persons with a role are kept only where something names them, and references only where they are dangling: both are
    known in the end, and what is needed then is read again. With rules that are not the library's and compare, whole
    records are kept. What is made elsewhere can be joined here where both have the same `mark`.
    """

    def __init__(self, *, whole: bool, hash_text: TextHash = hash) -> None:
        self.whole, self.hash_text = whole, hash_text
        self.gathered = RetainedRecords()
        self.naming = IdIndex(hash_text)
        self.keys = array("q")
        self.persons = RecordPositions()

    def take(self, chunk: Chunk) -> None:
        """Take in what streams by."""
        if self.whole:
            self.gathered.add(chunk, lambda record: record)
            return
        self.keys.extend(self.hash_text(key) for _, key in list_shared_keys(chunk.records))
        self.persons.extend(chunk.spots.get("persons", RecordPositions()))
        self.gathered.add(chunk, self._project_if_needed)
        self.naming.add(chunk.records, self.gathered.by_id)

    def _project_if_needed(self, record: Any) -> Any:
        if type(record) is Person and not is_needed_unreferenced(record):
            return None
        if type(record) in {Person, Source}:
            self.naming.ask(record.id)
        return project_record(record, known=self.gathered.by_id)

    def join(self, following: RetainedPart, lines: int, counts: Mapping[str, int]) -> None:
        """Take in the lines that follow, before which there were so many lines and records of each collection."""
        self.gathered.join(following.gathered, lines, counts)
        self.naming.join(following.naming)
        self.keys.extend(following.keys)
        self.persons.extend(following.persons, counts["persons"], lines)
