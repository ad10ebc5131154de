"""What other rows and lists say of a record: the merge of one row asks it before it takes something out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from untoc_network.matching.list_memory import ListMemory, read_said_digests
from untoc_network.matching.record_merge_context import RegisterQueries
from untoc_network.matching.row_matching import ListEntry
from untoc_network.model.register import Register
from untoc_network.model.remembered_lists_and_erasures import RememberedRow

__all__ = ["OtherRows"]


class OtherRows:
    """The rows of all lists, as the register remembers them and as the list at hand has them now.

    `repeated` are the entries that are about one record with others, each with that record as if it were new.
    """

    def __init__(self, existing: Register, memory: ListMemory, repeated: Iterable[tuple[ListEntry, Any]]) -> None:
        self.existing, self.memory = existing, memory
        self.memories = {memory.name: memory}
        self.remembered: defaultdict[str, list[RememberedRow]] = defaultdict(list)
        for row in existing.list_rows:
            self.remembered[existing.resolved(row.record_id)].append(row)
        self.roles: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        """Of each person, the roles in which statements were made."""
        for statement in existing.statements:
            if statement.speaker_id is not None:
                self.roles[existing.resolved(statement.speaker_id)] |= {*statement.speaking_as}
        self.now: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        """Which entries of the list say what of which record."""
        for entry, record in repeated:
            for text in memory.said_by(record):
                path, _, rest = text.rpartition(":")
                self.now[record.id, path, rest.partition(".")[0]].add(entry.key)

    def queries(self, entry: ListEntry, record_id: str, *, accept_consents: bool) -> RegisterQueries:
        """What the merge of an entry into its record may ask."""
        own = entry.row.key if entry.row is not None else entry.key
        others = [row for row in self.remembered[record_id] if (row.list_name, row.key) != (self.memory.name, own)]

        def is_remembered(path: str, thing: Any) -> bool:
            return any(self._memory(row).digest(path, thing) in read_said_digests(row).get(path, {}) for row in others)

        def is_said_elsewhere(path: str, thing: Any) -> bool:
            said_by = self.now.get((record_id, path, self.memory.digest(path, thing)), set())
            return bool(said_by - {entry.key}) or is_remembered(path, thing)

        return RegisterQueries(
            is_said_elsewhere=is_said_elsewhere,
            was_ever_agreed=lambda purpose: is_remembered("consents", purpose),
            accept_consents=accept_consents,
            keys_in_use=self.roles.get(record_id, frozenset()),
        )

    def _memory(self, row: RememberedRow) -> ListMemory:
        if row.list_name not in self.memories:
            self.memories[row.list_name] = ListMemory(self.existing, row.list_name)
        return self.memories[row.list_name]
