"""A calendar entry by entry, to be brought into a register that may know its events already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Location, Report
from untoc_network.interop.calendar_reader import EventOrigin, read_with_origins
from untoc_network.interop.export_import_options import ImportOptions
from untoc_network.model.event import Event
from untoc_network.model.listed_record import ListedRecord, ListPlace

__all__ = ["list_calendar", "read_calendar_name"]

_NAME = re.compile(rb"^(?:X-WR-CALNAME|NAME)(?:;[^:\r\n]*)?:([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
_HEAD = 10_000


def read_calendar_name(data: bytes) -> str | None:
    """What a calendar calls itself, before its first entry."""
    head = re.split(rb"^BEGIN:V(?:EVENT|TIMEZONE)", data[:_HEAD], maxsplit=1, flags=re.IGNORECASE | re.MULTILINE)[0]
    found = _NAME.search(head)
    return None if found is None else found[1].decode(errors="replace").strip() or None


def list_calendar(data: bytes, options: ImportOptions) -> tuple[tuple[ListedRecord, ...] | None, Report]:
    """The events of a calendar, each with what it is known by there. Raises what `read_calendar` raises."""
    made = read_with_origins(data, attrs.evolve(options, held={}))
    if made.register is None:
        return None, made.report
    rows = {row.record_id: row for row in made.rows}
    events = [_make_listed_record(event, rows[event.id]) for event in made.register.events]
    sources = [ListedRecord(record=one, keys=(one.id,), stated_id=one.id) for one in made.register.sources]
    return (*sources, *events), made.report


def _make_listed_record(event: Event, row: EventOrigin) -> ListedRecord:
    place = ListPlace(name=f"line {row.line}", location=Location(line=row.line, column=1))

    def where(_field: str, _item: Any) -> Iterable[ListPlace]:
        return (place,)

    return ListedRecord(
        record=event,
        keys=(row.key,),
        stated_id=row.record_id if row.is_given else None,
        gives=frozenset({"status"}) if row.is_cancelled else None,  # who calls something off need not say it all again
        sequence=row.sequence,
        wanted=event.id,
        where=where,
    )
