"""A register as NDJSON, one JSON object a line: the frame first, then each record with its collection.

    {"schema_version":1,"title":{"en":"Two Shores"}}
    {"collection":"organizations","record":{"id":"xa-refuge","kind":"ngo","name":{"en":"Refuge of XA"}}}

The only form that can be read and written record by record, in memory that does not grow with the register. Sound lines
go the short way, the others are explained, each by itself.
"""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.register import SCHEMA_VERSION, TABLES, AnyRecord, Redirect, Register
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.codecs.ndjson_lines import (
    Line,
    join_scanned_lines,
    make_frame_line,
    scan_lines,
)
from untoc_network.serializers.fast.fast_json import encode_json, may_hold_more_values_than
from untoc_network.serializers.source.file_access import open_input
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import LimitCounter
from untoc_network.serializers.source.text_bytes import encode_utf8, escape_marks, to_bytes
from untoc_network.serializers.structure.build_register import build_register
from untoc_network.serializers.structure.positions_locator import LazyLocator
from untoc_network.serializers.structure.structuring import to_frame, to_plain
from untoc_network.values.argument_checks import check_arguments

__all__ = ["RecordLine", "dumps", "format_record_line", "iter_lines", "iter_records", "read_record_line", "reads"]


@attrs.frozen(kw_only=True)
class RecordLine:
    """What one line of an NDJSON file holds.

    `record` is None where it could not be read; the frame, in the first line, is a `Register` without records.
    """

    number: int
    """The number of the line, from 1."""
    collection: str | None
    """The collection that the line names; None for the frame, and where it names none."""
    record: AnyRecord | Redirect | Register | None
    report: Report


def reads(data: bytes | str, *, file: str | None = None, limits: Limits = Limits()) -> tuple[Register | None, Report]:
    """Read a register from NDJSON. Never raises on content.

    A line that cannot be read is a finding, and the others are read; only a first line that is no JSON ends the
    reading. Else as `untoc_network.reads`.
    """
    content = to_bytes(data)
    if len(content) > limits.max_bytes:
        return build_register(scan_json(content, limits), file)

    def explain_all() -> tuple[Register | None, Report]:
        return _build(content, file, limits, explain_all=True)

    if may_hold_more_values_than(limits.max_values - content.count(b"\n") - 1, content):
        return explain_all()
    register, report = _build(content, file, limits)
    if report.origin is None:
        return register, report
    return register, Report(report, LazyLocator(lambda: explain_all()[1].origin, report.origin))


def _build(
    content: bytes, file: str | None, limits: Limits, *, explain_all: bool = False
) -> tuple[Register | None, Report]:
    lines = scan_lines(io.BytesIO(content), limits, LimitCounter(limits), explain_all=explain_all)
    return build_register(join_scanned_lines(lines, limits), file)


@check_arguments
def iter_records(path: str | os.PathLike[str], *, limits: Limits = Limits()) -> Iterator[RecordLine]:
    """Read an NDJSON file line by line, without keeping any; `limits` hold for each line.

    Each line comes with the findings on it. What only the register as a whole can tell, such as an id that stands
    twice, is not looked for. Raises `UnreadableInput` where the file cannot be opened.
    """
    name = os.fspath(path)
    file = "<stdin>" if name == "-" else name
    seen: Counter[str] = Counter()
    frame, nothing = make_frame_line(SCHEMA_VERSION), Report(())
    with open_input(name) as stream:
        for line in scan_lines(stream, limits):
            if isinstance(line, tuple):
                number, _, collection, record = line
                seen[collection] += 1
                yield RecordLine(number=number, collection=collection, record=record, report=nothing)
                continue
            if line.frame is not None:
                frame = make_frame_line(line.frame.get("schema_version", SCHEMA_VERSION))
            yield read_record_line(line, frame, seen, file)


def dumps(register: Register) -> bytes:
    """A register as canonical NDJSON: UTF-8, keys sorted, no blanks, records in the order of collections and ids.

    Raises `InvalidDocument`, which names record and field, for what could not be read again.
    """
    return b"".join(iter_lines(register))


def iter_lines(register: Register) -> Iterator[bytes]:
    """The lines of a register in its canonical form, one by one."""
    ensure_sound(register)
    yield _format_line(to_frame(register))
    for name in TABLES:
        for record in getattr(register, name):
            yield format_record_line(name, record)


def format_record_line(collection: str, record: AnyRecord | Redirect) -> bytes:
    """The line of a record."""
    written = encode_json(record)
    if written is None:
        return _format_line({"collection": collection, "record": to_plain(record)})
    return b'{"collection":"%s","record":%s}\n' % (collection.encode(), escape_marks(written))


def _format_line(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return escape_marks(encode_utf8(f"{text}\n"))


def read_record_line(line: Line, frame: Line, seen: dict[str, int], file: str) -> RecordLine:
    """A line as a record, read as the only one of a register and then counted among those of its collection."""
    register, report = build_register(join_scanned_lines((line,) if line.frame is not None else (frame, line)), file)
    if line.collection is None:
        record: Any = register if line.frame is not None else None
        return RecordLine(number=line.number, collection=None, record=record, report=Report(report))
    records = getattr(register, line.collection, ())
    own = (finding for finding in report if finding.path != ("schema_version",))
    moved = [_relocate_to_record(finding, seen[line.collection]) for finding in own]
    seen[line.collection] += 1
    return RecordLine(
        number=line.number, collection=line.collection, record=records[0] if records else None, report=Report(moved)
    )


def _relocate_to_record(finding: Finding, position: int) -> Finding:
    """A finding on a record that was read alone, with the position that the record has in its collection."""
    collection, *inner = finding.path or ("",)
    return finding.with_location(path=(collection, position, *inner[1:])) if inner else finding
