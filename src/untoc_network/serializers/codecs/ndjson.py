"""A register as NDJSON, one JSON object a line: the frame first, then each record with its collection.

    {"schema_version":1,"title":{"en":"Two Shores"}}
    {"collection":"organizations","record":{"id":"xa-refuge","kind":"ngo","name":{"en":"Refuge of XA"}}}

The only form that can be read and written record by record, in memory that does not grow with the register.
"""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.register import SCHEMA_VERSION, TABLES, AnyRecord, Redirect, Register
from untoc_network.serializers.codecs.ndjson_scanner import Line, frame_line, join_lines, scan_lines
from untoc_network.serializers.fast.fast_json import encode_json, line_reader
from untoc_network.serializers.source.atomic_write import open_input
from untoc_network.serializers.source.encoding import encode_utf8, to_bytes
from untoc_network.serializers.source.json_scanner import scan_json
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import LimitCounter
from untoc_network.serializers.structure.build_register import build_register
from untoc_network.serializers.structure.converter import to_plain

__all__ = [
    "RecordLine",
    "compiled_line_reader",
    "dumps",
    "format_record_line",
    "iter_lines",
    "iter_records",
    "read_record_line",
    "reads",
]


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
    lines = scan_lines(io.BytesIO(content), limits, LimitCounter(limits))
    return build_register(join_lines(lines), file)


def iter_records(path: str | os.PathLike[str], *, limits: Limits = Limits()) -> Iterator[RecordLine]:
    """Read an NDJSON file line by line, without keeping any; `limits` hold for each line.

    Each line comes with the findings on it. What only the register as a whole can tell, such as an id that stands
    twice, is not looked for. Raises `UnreadableInput` where the file cannot be opened.
    """
    name = os.fspath(path)
    file = "<stdin>" if name == "-" else name
    seen: Counter[str] = Counter()
    frame = frame_line(SCHEMA_VERSION)
    with open_input(name) as stream:
        for line in scan_lines(stream, limits):
            if line.frame is not None:
                frame = frame_line(line.frame.get("schema_version", SCHEMA_VERSION))
            yield read_record_line(line, frame, seen, file)


def dumps(register: Register) -> bytes:
    """A register as canonical NDJSON: UTF-8, keys sorted, no blanks, records in the order of collections and ids.

    Raises `InvalidDocument`, which names record and field, for what could not be read again.
    """
    return b"".join(iter_lines(register))


def iter_lines(register: Register) -> Iterator[bytes]:
    """The lines of a register in its canonical form, one by one."""
    ensure_sound(register)
    bare: dict[str, Any] = dict.fromkeys(TABLES, ())
    yield _line(to_plain(attrs.evolve(register, **bare)) | {"schema_version": register.schema_version})
    for name in TABLES:
        for record in getattr(register, name):
            yield format_record_line(name, record)


def format_record_line(collection: str, record: AnyRecord | Redirect) -> bytes:
    """The line of a record."""
    written = encode_json(record)
    if written is None:
        return _line({"collection": collection, "record": to_plain(record)})
    return b'{"collection":"%s","record":%s}\n' % (collection.encode(), written)


def _line(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return encode_utf8(f"{text}\n")


def compiled_line_reader(version: object, limits: Limits) -> Callable[[bytes], tuple[str, Any] | None]:
    """What reads a line of a document of that version as a collection and a record, or as None where it does not.

    A line that it does not read goes the thorough way: `read_record_line` explains what is wrong
    with it, if anything is.
    """
    is_newest = type(version) is int and version == SCHEMA_VERSION
    return line_reader(limits) if is_newest else _read_nothing


def _read_nothing(_line: bytes) -> None:
    """For documents of another version than this release's."""


def read_record_line(line: Line, frame: Line, seen: dict[str, int], file: str) -> RecordLine:
    """A line as a record, read as the only one of a register and then counted among those of its collection."""
    register, report = build_register(join_lines((line,) if line.frame is not None else (frame, line)), file)
    if line.collection is None:
        record: Any = register if line.frame is not None else None
        return RecordLine(number=line.number, collection=None, record=record, report=Report(report))
    records = getattr(register, line.collection, ())
    own = (finding for finding in report if finding.path != ("schema_version",))
    moved = [_move_to_position(finding, seen[line.collection]) for finding in own]
    seen[line.collection] += 1
    return RecordLine(
        number=line.number, collection=line.collection, record=records[0] if records else None, report=Report(moved)
    )


def _move_to_position(finding: Finding, position: int) -> Finding:
    """A finding on a record that was read alone, with the position that the record has in its collection."""
    collection, *inner = finding.path or ("",)
    return finding.with_location(path=(collection, position, *inner[1:])) if inner else finding
