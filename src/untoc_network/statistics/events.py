"""What took place, and how many sources say took part: people, organizations, States and stakeholders kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from untoc_network.model.event import Event, EventStatus
from untoc_network.model.register import Register
from untoc_network.statistics.table import UNKNOWN, Cell, Chart, Row, RowSubject, StatedNumber, Table, TableNote
from untoc_network.values.dates import PartialDate
from untoc_network.values.multilingual_text import Text
from untoc_network.values.stated_count import Count, CountBasis, CountUnit

__all__ = ["make_event_tables"]


def make_event_tables(register: Register, on: PartialDate) -> Iterator[Table]:
    """Events by kind, and a table of attendance for each unit; numbers of different units or occasions never meet."""
    yield _make_table_by_kind(register)
    for unit in CountUnit:
        if table := _make_attendance_table(register, unit, on):
            yield table


def _make_table_by_kind(register: Register) -> Table:
    counted = Counter((event.kind.value, _get_status(event)) for event in register.events)
    columns = [status for status in (*EventStatus, UNKNOWN) if any(held == status for _, held in counted)]
    kinds = Counter(event.kind.value for event in register.events)
    rows = tuple(
        Row(key=kind, cells=(*(counted[kind, status] for status in columns), kinds[kind]))
        for kind in sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    )
    statuses = Counter(map(_get_status, register.events))
    return Table(
        key="events-by-kind",
        rows_are=RowSubject.KINDS,
        columns=(*map(str, columns), "together"),
        rows=rows,
        total=(*(statuses[status] for status in columns), len(register.events)),
        chart=Chart.STACKED,
    )


def _get_status(event: Event) -> str:
    return event.status.value if event.status else UNKNOWN


def _make_attendance_table(register: Register, unit: CountUnit, on: PartialDate) -> Table | None:
    events = [
        event
        for event in register.events
        if event.status not in {EventStatus.CANCELLED, EventStatus.POSTPONED}
        and not (event.first_day and event.first_day.certainly_after(on))
    ]
    told = [(event, [count for count in event.counts if count.unit is unit]) for event in events]
    having = sorted(((event, counts) for event, counts in told if counts), key=lambda one: _make_event_sort_key(one[0]))
    if not having:
        return None
    bases = [basis for basis in CountBasis if any(count.basis is basis for _, counts in having for count in counts)]
    return Table(
        key=f"attendance-{unit.value}",
        rows_are=RowSubject.EVENTS,
        columns=tuple(basis.value for basis in bases),
        rows=tuple(
            Row(
                key=event.id,
                cells=tuple(_list_stated_numbers(count for count in counts if count.basis is basis) for basis in bases),
                label=event.name,
                day=event.first_day,
            )
            for event, counts in having
        ),
        chart=Chart.BARS,
        notes=(
            TableNote(key="not-added"),
            TableNote(key="no-number", params={"number": len(events) - len(having), "events": len(events)}),
        ),
        sources=tuple(_list_source_titles(register, (count for _, counts in having for count in counts))),
    )


def _make_event_sort_key(event: Event) -> tuple[str, str]:
    return event.first_day or "9999", event.id


def _list_stated_numbers(counts: Iterable[Count]) -> Cell:
    stated = (StatedNumber(value=count.value, qualifier=count.qualifier, of=count.of) for count in counts)
    return tuple(dict.fromkeys(stated)) or None


def _list_source_titles(register: Register, counts: Iterable[Count]) -> Iterator[Text]:
    titles: dict[str, Text] = {source.id: source.title for source in register.sources}
    cited = dict.fromkeys(register.resolved(one.source_id) for count in counts for one in count.sources)
    yield from dict.fromkeys(titles[name] for name in cited if name in titles)
