"""A register in a database: read by many, changed by one at a time, each change judged on the newest revision.

What a process holds is a value (`Live`); when it is asked for, it catches up with what others committed, by revision:
only records that changed since are read. A change is a `Step`. In the transaction that writes it, it is attempted again
on the newest revision, so that of two changes which are sound alone and not together the second is refused.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Mapping
from typing import Any, Self

import attrs
from sqlalchemy import Connection, select, update

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Report, Severity
from untoc_network.model.extension import Extension
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.privacy.erasure import erase
from untoc_network.rules.engine import validate
from untoc_network.rules.live import Live, Step
from untoc_network.values.dates import require_whole_day
from untoc_network_store import change_log, register_rows as rows
from untoc_network_store.change_log import LogEntry
from untoc_network_store.database import Database
from untoc_network_store.log_author import LogAuthor
from untoc_network_store.search_terms import find_ids
from untoc_network_store.step_difference import (
    StepDifference,
    attempt_records,
    find_later_changes,
    find_revived_consents,
)
from untoc_network_store.store_errors import ChangedSince, ForgetsErasures, IntroducesErrors, UnusableStore
from untoc_network_store.store_results import Committed, ErasedInStore, StoreChecked
from untoc_network_store.store_tables import CHANGES, STORE

__all__ = ["Store"]


@attrs.frozen
class _Known:
    """A revision, and the register of it."""

    revision: int
    live: Live


class Store:
    """A register in a database. `open` and `create` make one; threads share it, and processes have one each.

    It is a context manager, which closes the connections in the end. Open it after a process was forked, not before.
    """

    def __init__(self, database: Database, live_arguments: Mapping[str, Any], extensions: Iterable[Extension]) -> None:
        """Take a database that holds a store; `live_arguments` are those of `un.Live`."""
        self._database, self._arguments, self._extensions = database, dict(live_arguments), tuple(extensions)
        self._known: _Known | None = None
        self._loading, self._writing, self._publishing = threading.Lock(), threading.Lock(), threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store: {self._database.place}>"

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    # -- reading -------------------------------------------------------------------------------------------------------

    @property
    def revision(self) -> int:
        """The newest revision; the first is 1."""
        with self._database.read_transaction() as connection:
            return int(connection.execute(select(STORE.c.revision)).scalar_one())

    @property
    def live(self) -> Live:
        """The newest register, kept checked. When first asked for, it is read and checked as a whole.

        No reader waits for a writer. What is handed out stays what it is; ask again for what was committed since.
        """
        if self._known is None:
            with self._loading:
                return self._catch_up()
        return self._catch_up()

    @property
    def register(self) -> Register:
        """The newest register; it is not checked for it."""
        if self._known is not None:
            return self.live.register
        with self._database.read_transaction() as connection:
            return self._read_whole(connection)

    def _catch_up(self) -> Live:
        with self._database.read_transaction() as connection:
            return self._publish(self._read_newest(connection))

    def _publish(self, known: _Known) -> Live:
        """Keep a newer revision than is known, on the day that is set."""
        with self._publishing:
            day = self._arguments["on"]
            if self._known is None or known.revision >= self._known.revision:
                self._known = known if known.live.on == day else attrs.evolve(known, live=known.live.at(day))
            return self._known.live

    def _read_newest(self, connection: Connection) -> _Known:
        stored = connection.execute(select(STORE)).one()
        known = self._known
        if known is not None and known.revision >= stored.revision:
            return known
        if known is None or known.revision < stored.erased_at_revision:
            live = Live(self._read_whole(connection), **self._arguments)
        else:
            live = self._follow(connection, known)
        return _Known(stored.revision, live)

    def _read_whole(self, connection: Connection) -> Register:
        register, report = rows.read_register(connection, self._extensions, self._get_schema_version(connection))
        if register is None or not report.ok:
            raise UnusableStore(f"{self._database.place}: what is stored cannot be read: {report.errors[0].code}")
        return register

    def _get_schema_version(self, connection: Connection) -> int:
        return int(connection.execute(select(STORE.c.schema_version)).scalar_one())

    def _follow(self, connection: Connection, known: _Known) -> Live:
        """The `Live` of the newest revision, from that of an earlier one and the rows that changed since."""
        columns = select(CHANGES.c.collection, CHANGES.c.id).where(CHANGES.c.revision > known.revision)
        changed = {(collection, record_id) for collection, record_id in connection.execute(columns)}
        version = self._get_schema_version(connection)
        parts = {record_id for collection, record_id in changed if not collection}
        ids = sorted({record_id for collection, record_id in changed if collection})
        found = rows.read_records(connection, ids, self._extensions, version)
        records = {record_id: found.get(record_id) for record_id in ids}
        fields = rows.read_parts(connection, sorted(parts), self._extensions, version) if parts else {}
        return attempt_records(known.live, records, fields).accept()

    def log(self, *, since: int = 0, id: str | None = None) -> tuple[LogEntry, ...]:  # noqa: A002 - as in a record
        """The changes after a revision, in their order; of the record of an id, or of all."""
        with self._database.read_transaction() as connection:
            return tuple(change_log.read_log(connection, since=since, record_id=id))

    def find(  # noqa: PLR0913 - each filter by its name
        self,
        collection: str = "organizations",
        *,
        country: str | None = None,
        theme: str | None = None,
        kind: str | None = None,
        language: str | None = None,
        network: str | None = None,
        name: str | None = None,
        after: str = "",
        limit: int | None = None,
    ) -> tuple[str, ...]:
        """The ids of the records of a collection that have all that is asked for, in order, behind the id `after`.

        Of `name` each word begins a word of the name, whatever its accents. Of an organization `network` is one that a
        membership names with it, whenever that is. Persons are not found by anything. What is found tells what is in
        the register, not what an audience may see of it.
        """
        if collection not in COLLECTIONS:
            raise ImpossibleValue("collection: expected the name of a collection, such as organizations")
        given = {"country": country, "theme": theme, "kind": kind, "language": language, "network": network}
        filters = {field: str(value) for field, value in given.items() if value is not None}
        with self._database.read_transaction() as connection:
            return find_ids(connection, collection, filters, name or "", (after, limit))

    def check(self) -> StoreChecked:
        """Read everything anew: whether what is stored can be read, is what its digests say, and what rules find.

        It takes nothing from what this process knows already.
        """
        with self._database.read_transaction() as connection:
            register, report = rows.read_register(connection, self._extensions, self._get_schema_version(connection))
            damaged = tuple(rows.find_damaged(connection, register))
            revision = connection.execute(select(STORE.c.revision)).scalar_one()
        report = Report(one.with_location(line=None, column=None) for one in report)  # which would be of no file
        if register is not None:
            report = report.merge(validate(register, **self._arguments))
        return StoreChecked(revision=int(revision), report=report, damaged=damaged)

    def judge_on(self, day: dt.date | str | None) -> Live:
        """Judge the register on another day from now on; rules that read the day run again."""
        on = None if day is None else require_whole_day(day)
        with self._publishing:
            self._arguments["on"] = on
            if self._known is not None and self._known.live.on != on:
                self._known = attrs.evolve(self._known, live=self._known.live.at(on))
        return self.live

    # -- writing -------------------------------------------------------------------------------------------------------

    def commit(
        self,
        step: Step,
        *,
        expected: Mapping[str, str | None] | None = None,
        by: str | None = None,
        at: dt.datetime | str | None = None,
    ) -> Committed:
        """Write a change, judged anew on the newest revision. When this returns, it survives whatever is killed.

        `expected` has digests (`un.digest`) that records must have now, None for an id that no record may have. `by` is
        the id of who made the change, `at` the moment; both stand in the log, and neither is made up.

        Raises `ChangedSince` where a record of the step, or one that is expected, is another now, `IntroducesErrors`
        where the step brings errors to the newest revision (a register that has errors can be edited), and what
        `Live.attempt` raises.
        """
        author = LogAuthor.of(by, at)
        with self._writing, self._database.write_transaction() as connection:
            known = self._read_newest(connection)
            difference = StepDifference.of(step)
            unexpected = difference.find_unexpected(known.live.register, expected or {})
            conflicts = (*unexpected, *difference.find_conflicts(known.live.register))
            if conflicts:
                raise ChangedSince(tuple({one.id: one for one in conflicts}.values()))
            if step.before is not known.live:
                step = difference.attempt(known.live)
            _refuse_errors(step)
            known = self._write(connection, known, step, difference, author)
        self._publish(known)
        return Committed(revision=known.revision, step=step)

    def load(
        self,
        register: Register,
        *,
        revision: int | None = None,
        by: str | None = None,
        at: dt.datetime | str | None = None,
    ) -> Committed:
        """Put another register in the place of the whole content, such as one that was kept in a file meanwhile.

        It is one change, and refused where it brings errors; a store without records takes a register as it is.
        `revision` is the one that the register was made from: where there is a newer one, `ChangedSince` names what
        others have changed, and nothing is written. Without it `ChangedSince` names the records of whom a consent would
        be in force again that was withdrawn. Raises `ForgetsErasures` where the register was made before
        somebody was erased: an older copy brings nobody back.
        """
        author = LogAuthor.of(by, at)
        with self._writing, self._database.write_transaction() as connection:
            known = self._read_newest(connection)
            _refuse_forgotten_erasures(known.live.register, register)
            step = known.live.attempt_register(register)
            if revision is not None and revision != known.revision:
                raise ChangedSince(tuple(find_later_changes(connection, revision, known.live.register, register)))
            revived = () if revision is not None else tuple(find_revived_consents(known.live.register, register))
            if revived:
                raise ChangedSince(revived)
            if len(known.live.register):
                _refuse_errors(step)
            known = self._write(connection, known, step, StepDifference.of(step), author)
        self._publish(known)
        return Committed(revision=known.revision, step=step)

    def _write(
        self, connection: Connection, known: _Known, step: Step, difference: StepDifference, author: LogAuthor
    ) -> _Known:
        """Write what differs under the next revision, if anything does; gives what is known then."""
        if not difference:
            return known
        written = _Known(known.revision + 1, step.live)
        difference.write(connection, written.revision)
        self._log(connection, difference.make_log_rows(), written.revision, author)
        return written

    def _log(self, connection: Connection, entries: Iterable[dict[str, Any]], revision: int, author: LogAuthor) -> None:
        change_log.write_log(connection, entries, revision=revision, at=author.at, by=author.by)
        connection.execute(update(STORE).values(revision=revision))

    def erase(
        self,
        person_id: str,
        *,
        by: str | None = None,
        at: dt.datetime | str | None = None,
        on: dt.date | str | None = None,
    ) -> ErasedInStore:
        """Erase a person from the register, from the log, and from the bytes of the database.

        The register is what `un.privacy.erase` makes of it; findings refuse nothing here. The log forgets values and
        digests of all that changed by it, has other ids where those named the person, and an entry that somebody was
        erased. In SQLite the bytes of the files hold nothing of the person afterwards. Copies that were made before,
        such as backups and replicas, and what PostgreSQL keeps in its files, are not reached. Raises `UnknownRecord`
        where no person has the id.
        """
        author = LogAuthor.of(by, at)
        live = self.live
        erased = erase(live.register, person_id, on=on)  # before others have to wait, since it goes through all texts
        with self._writing, self._database.write_transaction() as connection:
            known = self._read_newest(connection)
            before = known.live.register
            if known.live is not live:
                erased = erase(before, person_id, on=on)
            step = known.live.attempt_register(erased.register)
            difference = StepDifference.of(step)
            if difference:  # else it was done before
                known = _Known(known.revision + 1, step.live)
                difference.write(connection, known.revision)
                loose = change_log.find_ids_to_replace(connection, before, before[person_id], erased)
                change_log.replace_ids(connection, {**erased.new_ids, **loose}, difference.changes)
                entry = change_log.make_erasure_row(erased.tombstone_id)
                self._log(connection, [entry], known.revision, author)
                connection.execute(update(STORE).values(erased_at_revision=known.revision, bytes_due=1))
        self._publish(known)
        return ErasedInStore(
            revision=known.revision,
            tombstone_id=erased.tombstone_id,
            to_check=erased.to_check,
            bytes_cleared=self.clear_bytes(),
        )

    def clear_bytes(self) -> bool:
        """Overwrite the bytes of what was erased, where that is due, and whether nothing is due any more."""
        with self._database.read_transaction() as connection:
            if not connection.execute(select(STORE.c.bytes_due)).scalar_one():
                return True
        with self._writing:
            if not self._database.clear_bytes():
                return False
            with self._database.write_transaction() as connection:
                connection.execute(update(STORE).values(bytes_due=0))
        return True


def _refuse_forgotten_erasures(before: Register, after: Register) -> None:
    kept = {erasure.record_id for erasure in after.erasures}
    if forgotten := tuple(one.record_id for one in before.erasures if one.record_id not in kept):
        raise ForgetsErasures(forgotten)


def _refuse_errors(step: Step) -> None:
    errors = [finding for finding in step.introduced if finding.severity is Severity.ERROR]
    if errors:
        raise IntroducesErrors(Report(errors))
