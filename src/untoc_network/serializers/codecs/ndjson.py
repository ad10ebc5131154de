"""A register as NDJSON, one JSON object a line: the frame first, then each record with its collection.

    {"schema_version":1,"title":{"en":"Two Shores"}}
    {"collection":"organizations","record":{"id":"xa-refuge","kind":"ngo","name":{"en":"Refuge of XA"}}}

The only form that can be read and written record by record, in memory that does not grow with the register. Each line
is scanned by itself; put together, they are one document with its places.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

import attrs

from untoc_network.diagnostics.code import mask_key
from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.register import SCHEMA_VERSION, TABLES, AnyRecord, Redirect, Register
from untoc_network.serializers.codecs.json import scan_json
from untoc_network.serializers.fast.fast_json import encode_json, make_line_reader
from untoc_network.serializers.source.file_access import open_input
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import (
    DocumentPart,
    JoinedSourceMap,
    LimitCounter,
    ParseAborted,
    Path,
    ScanResult,
    TextSourceMap,
    encode_utf8,
    escape_marks,
    to_bytes,
)
from untoc_network.serializers.structure.build_register import build_register
from untoc_network.serializers.structure.structuring import to_frame, to_plain
from untoc_network.values.argument_checks import check_arguments

__all__ = [
    "Line",
    "RecordLine",
    "dumps",
    "format_record_line",
    "iter_lines",
    "iter_records",
    "make_compiled_line_reader",
    "make_frame_line",
    "parse_line",
    "read_record_line",
    "reads",
]

# -- a register as lines -----------------------------------------------------------------------------------------------


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
    return build_register(join_scanned_lines(lines), file)


@check_arguments
def iter_records(path: str | os.PathLike[str], *, limits: Limits = Limits()) -> Iterator[RecordLine]:
    """Read an NDJSON file line by line, without keeping any; `limits` hold for each line.

    Each line comes with the findings on it. What only the register as a whole can tell, such as an id that stands
    twice, is not looked for. Raises `UnreadableInput` where the file cannot be opened.
    """
    name = os.fspath(path)
    file = "<stdin>" if name == "-" else name
    seen: Counter[str] = Counter()
    frame = make_frame_line(SCHEMA_VERSION)
    with open_input(name) as stream:
        for line in scan_lines(stream, limits):
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


def make_compiled_line_reader(version: object, limits: Limits) -> Callable[[bytes], tuple[str, Any] | None]:
    """What reads a line of a document of that version as a collection and a record, or as None where it does not.

    A line that it does not read goes the thorough way: `read_record_line` explains what is wrong
    with it, if anything is.
    """
    is_newest = type(version) is int and version == SCHEMA_VERSION
    return make_line_reader(limits) if is_newest else lambda _: None


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


# -- lines to plain values ---------------------------------------------------------------------------------------------


_BLANKS = b" \t\r"
_ID = re.compile(rb'"id"\s*:\s*"([a-z0-9-]{1,100})"')


@attrs.frozen(kw_only=True)
class Line:
    """One line: the frame, a record of a collection, or neither of them, with what was wrong with its text.

    The findings have the line of the file, but paths into the document of the line.
    """

    number: int
    scan: ScanResult
    findings: tuple[Finding, ...] = ()
    frame: Mapping[str, Any] | None = None
    collection: str | None = None
    record: Any = None


def make_frame_line(version: Any) -> Line:
    """A frame of a schema version, for lines that are read without their own."""
    frame = {"schema_version": version}
    return Line(number=1, scan=ScanResult(places=TextSourceMap(""), document=frame), frame=frame)


def scan_lines(stream: BinaryIO, limits: Limits, counter: LimitCounter | None = None) -> Iterator[Line]:
    """Each line of a stream by itself, of blank lines in a row the first; never more than one is kept.

    Where the lines are one document's, `counter` counts for all of them, and ends the reading at the limits.
    """
    blank = False
    for number, content in enumerate(_read_lines(stream, limits.max_bytes), start=1):
        blank_before, blank = blank, not content.strip(_BLANKS)
        if not (blank and blank_before):
            yield parse_line(number, content, limits, counter or LimitCounter(limits))
            if counter is not None and counter.limit_reached:
                return


def join_scanned_lines(lines: Iterable[Line]) -> ScanResult:
    """The lines as one document. Where already the first line cannot be read, nothing is."""
    document: dict[str, Any] = {}
    parts: dict[Path, DocumentPart] = {}
    findings: list[Finding] = []
    lost: set[str] = set()
    counter = LimitCounter(Limits())
    for line in lines:
        if line.number == 1 and not line.scan.readable:
            return ScanResult(
                places=JoinedSourceMap({}), findings=line.findings, readable=False, counter=line.scan.counter
            )
        counter = line.scan.counter
        lost |= line.scan.unread_ids
        path: Path | None = None
        if line.collection is not None:
            records = document.setdefault(line.collection, [])
            path = line.collection, len(records)
            records.append(line.record)
            parts[path] = _make_record_part(line)
        elif line.frame is not None:
            document |= line.frame
            parts[()] = DocumentPart(document=line.scan.document, places=line.scan.places, line=line.number)
        findings.extend(line.findings if line.frame is not None else _move_findings(line.findings, path))
    return ScanResult(
        places=JoinedSourceMap(parts),
        document=document,
        findings=tuple(findings),
        unread_ids=frozenset(lost),
        counter=counter,
    )


def _read_lines(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """The lines without their ends; of one that is too long, just too much of it."""
    while line := stream.readline(longest + 2):
        yield line.removesuffix(b"\n")
        while line and not line.endswith(b"\n"):
            line = stream.readline(longest + 2)


def parse_line(number: int, content: bytes, limits: Limits, counter: LimitCounter) -> Line:
    """A line by itself."""
    if not content.strip(_BLANKS):
        blank = Line(number=number, scan=ScanResult(places=TextSourceMap("")))
        return _add_misfits(blank, [("blank", None)], counter)
    scanned = scan_json(content, limits, counter)
    if not scanned.readable:
        scanned = attrs.evolve(scanned, unread_ids=frozenset(found.decode() for found in _ID.findall(content)))
    findings = tuple(finding.with_location(line=number) for finding in scanned.findings)
    line = Line(number=number, scan=scanned, findings=findings)
    if not scanned.readable:
        return line
    return _add_misfits(*_classify_line(line), counter)


_Misfit = tuple[str, str | None]
"""What is wrong with a line as a whole, as the rule's phrases name it, and the key of the line that is to blame."""


def _classify_line(line: Line) -> tuple[Line, list[_Misfit]]:
    """The line as frame or record, by its keys and its number, and what does not fit."""
    document = line.scan.document
    if type(document) is not dict:
        return line, [("no-object", None)]
    if line.number == 1 and not document.keys() & {"collection", "record"}:
        held = (name for name in TABLES if name in document)
        frame = {name: value for name, value in document.items() if name not in TABLES}
        return attrs.evolve(line, frame=frame), [("records-in-first", name) for name in held]
    collection = document.get("collection")
    if not isinstance(collection, str):
        return line, [("no-collection", None)]
    if collection not in TABLES:
        return line, [("strange-collection", "collection")]
    if "record" not in document and all(finding.path != ("record",) for finding in line.findings):
        return line, [("no-record", None)]
    others = (key for key in document if key not in ("collection", "record"))
    return attrs.evolve(line, collection=collection, record=document.get("record")), [
        ("another-key", key) for key in others
    ]


def _add_misfits(line: Line, misfits: list[_Misfit], counter: LimitCounter) -> Line:
    """The line with a finding on the whole for each misfit, at the key that is to blame."""
    rule, found = shape.invalid_line, list(line.findings)
    for problem, key in misfits:
        _, column = line.scan.places.find_position(line.scan.document, () if key is None else (key,), key=True)
        try:
            counter.count_finding(rule, 0)
        except ParseAborted as too_many:
            found.append(too_many.rule.finding((), too_many.params, line=line.number, column=column))
            break
        params = _make_misfit_params(problem, key, line.scan.document)
        found.append(rule.finding((), params, line=line.number, column=column))
    return attrs.evolve(line, findings=tuple(found))


def _make_misfit_params(problem: str, key: str | None, document: Any) -> dict[str, str | int]:
    """The parameters of a misfit; some name a collection."""
    names = {"strange-collection": lambda: mask_key(document["collection"]), "records-in-first": lambda: str(key)}
    params: dict[str, str | int] = {"problem": problem}
    return params | {"name": names[problem]()} if problem in names else params


def _make_record_part(line: Line) -> DocumentPart:
    """The part that a record is; what stands around it in its line is forgotten."""
    places = line.scan.places
    assert isinstance(places, TextSourceMap), "a line is scanned as one text"
    places.narrow_root(line.scan.document, "record")
    return DocumentPart(document=line.record, places=places, line=line.number)


def _move_findings(findings: Iterable[Finding], path: Path | None) -> Iterator[Finding]:
    """The findings with their paths in the whole document instead of the line's own."""
    for finding in findings:
        inside = path is not None and finding.path[:1] == ("record",)
        yield finding.with_location(path=(*path, *finding.path[1:]) if inside and path is not None else ())
