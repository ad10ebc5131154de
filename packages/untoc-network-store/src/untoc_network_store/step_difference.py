"""What a step changes: with which of it somebody else's changes conflict, how it is attempted again, and its rows."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, Self

import attrs
from sqlalchemy import Connection

import untoc_network as un
from untoc_network.model.register import SIDE_TABLES, Register
from untoc_network.model.traversal import locate_values
from untoc_network.rules.live import Live, Step
from untoc_network.values.consent_and_contact import Consent
from untoc_network.values.consent_evaluation import apply_first_withdrawal, was_consent_withdrawn
from untoc_network_store import change_log, register_rows as rows
from untoc_network_store.register_rows import FRAME, FRAME_OF_FILE, PARTS
from untoc_network_store.store_errors import Conflict

__all__ = ["StepDifference", "attempt_records", "find_later_changes"]


@attrs.frozen
class StepDifference:
    """The records that a step changes, by their ids, each as it was and as it is, and the other parts that differ."""

    before: Register
    after: Register
    changes: Mapping[str, tuple[Any, Any]]
    parts: tuple[str, ...]

    @classmethod
    def of(cls, step: Step) -> Self:
        """The difference that a step makes; what equals what was there before is none.

        Raises `UnusableStore` where two records have one id afterwards.
        """
        before, after = step.before.register, step.live.register
        rows.refuse_repeated_ids(after)
        changes = {record_id: (old, new) for record_id, (old, new) in step.changes.items() if old != new}
        parts = tuple(part for part in PARTS if _get_part(before, part) != _get_part(after, part))
        return cls(before, after, changes, parts)

    @functools.cached_property
    def _digests(self) -> Mapping[str, str]:
        """The digests of the records as they are. Raises `InvalidDocument` for one that could not be read again."""
        return {record_id: un.digest(new) for record_id, (_, new) in self.changes.items() if new is not None}

    def __bool__(self) -> bool:
        return bool(self.changes or self.parts)

    def find_unexpected(self, newest: Register, expected: Mapping[str, str | None]) -> Iterator[Conflict]:
        """The records that have other digests than they are expected to have."""
        for record_id, digest in expected.items():
            stored = newest.by_id.get(record_id)
            if (None if stored is None else un.digest(stored)) != digest:
                before, wanted = self.changes.get(record_id, (None, None))
                yield Conflict(id=record_id, before=before, wanted=wanted, stored=stored)

    def find_conflicts(self, newest: Register) -> Iterator[Conflict]:
        """What the step changes, and the newest register has otherwise than the one that it was attempted on."""
        for record_id, (before, wanted) in self.changes.items():
            stored = newest.by_id.get(record_id)
            if stored is not before and stored != before:
                yield Conflict(id=record_id, before=before, wanted=wanted, stored=stored)
        for part in self.parts:
            known, mine, now = (_get_part(one, part) for one in (self.before, self.after, newest))
            if known != now:
                yield Conflict(id=part, before=known, wanted=mine, stored=now)

    def attempt(self, live: Live) -> Step:
        """Attempt the same on another `Live`."""
        fields = {name: value for part in self.parts for name, value in _get_part(self.after, part).items()}
        return attempt_records(live, {one: new for one, (_, new) in self.changes.items()}, fields)

    def write(self, connection: Connection, revision: int) -> None:
        """Write what differs under a revision, the log aside."""
        rows.write_records(connection, self.changes, revision, self._digests)
        for part in self.parts:
            before, after = (rows.list_part_bodies(one, part) for one in (self.before, self.after))
            rows.write_part(connection, part, before, after)

    def make_log_rows(self) -> Iterator[dict[str, Any]]:
        """A row for the log of each record, and of each other part, that differs."""
        for record_id, (old, new) in sorted(self.changes.items()):
            yield change_log.make_log_row(record_id, old, new, self._digests.get(record_id))
        yield from map(change_log.make_part_row, self.parts)


def attempt_records(live: Live, records: Mapping[str, Any], fields: Mapping[str, Any]) -> Step:
    """Attempt records as they shall be, None for those that go, and fields of the register, on what a `Live` has."""
    held = live.register.by_id
    pairs = {record_id: (held.get(record_id), new) for record_id, new in records.items()}
    differing = [pair for pair in pairs.values() if pair[0] != pair[1]]
    given: dict[str, Any] = {
        "replaced": [new for old, new in differing if type(old) is type(new)],
        "added": [new for old, new in differing if new is not None and type(old) is not type(new)],
        "removed": [old.id for old, new in differing if old is not None and type(old) is not type(new)],
    }
    if not fields:
        return live.attempt(**given)
    tables = {name: value for name, value in fields.items() if name in SIDE_TABLES}
    register, _ = live.register.with_changes(**given, **tables)
    frame = {name: value for name, value in fields.items() if name not in SIDE_TABLES}
    return live.attempt_register(attrs.evolve(register, **frame) if frame else register)


def find_later_changes(connection: Connection, revision: int, stored: Register, wanted: Register) -> Iterator[Conflict]:
    """What changed after a revision, as it is and as it is to be."""
    for record_id in dict.fromkeys(entry.id for entry in change_log.read_log(connection, since=revision)):
        now, new = stored.by_id.get(record_id), wanted.by_id.get(record_id)
        yield Conflict(id=record_id, before=None, wanted=new, stored=now)


def find_revived_consents(stored: Register, wanted: Register) -> Iterator[Conflict]:
    """The records in which a register forgets a withdrawal of a consent, and has one in force that it ended."""
    for record_id, now in stored.by_id.items():
        new = wanted.by_id.get(record_id)
        if new is None or new is now:
            continue
        held = _list_consents(new)
        ends = [one for one in _list_consents(now) if was_consent_withdrawn(one) and one not in held]
        if any(apply_first_withdrawal(one, ends) is not one for one in held):
            yield Conflict(id=record_id, before=None, wanted=new, stored=now)


def _list_consents(record: Any) -> list[Consent]:
    return [consent for _, consent in locate_values(record, Consent)]


def _get_part(register: Register, part: str) -> dict[str, Any]:
    return {name: getattr(register, name) for name in (FRAME_OF_FILE if part == FRAME else (part,))}
