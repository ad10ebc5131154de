"""The lines of NDJSON: what each holds, and all of them put together as one document with its places.

Each line is scanned by itself. A sound record goes the short way and becomes an object of the model at once; its line
is scanned when somebody asks for a place in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

import attrs

from untoc_network.diagnostics.code import mask_key
from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.findings import Finding
from untoc_network.model.register import SCHEMA_VERSION, TABLES, AnyRecord, Redirect
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.fast.fast_json import make_line_reader
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import (
    DocumentPart,
    JoinedSourceMap,
    LimitCounter,
    ParseAborted,
    Path,
    ScanResult,
    TextSourceMap,
)

__all__ = [
    "Line",
    "SoundLine",
    "join_scanned_lines",
    "make_compiled_line_reader",
    "make_frame_line",
    "parse_line",
    "scan_lines",
]


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


SoundLine = tuple[int, bytes, str, AnyRecord | Redirect]
"""The number of a line that was read the short way, its text, the collection that it names, and the record."""


def make_compiled_line_reader(version: object, limits: Limits) -> Callable[[bytes], tuple[str, Any] | None]:
    """What reads a line of a document of that version as a collection and a record, or as None where it does not.

    A line that it does not read goes the thorough way, which explains what is wrong with it, if anything is.
    """
    is_newest = type(version) is int and version == SCHEMA_VERSION
    return make_line_reader(limits) if is_newest else lambda _: None


def scan_lines(
    stream: BinaryIO, limits: Limits, counter: LimitCounter | None = None, *, explain_all: bool = False
) -> Iterator[Line | SoundLine]:
    """Each line of a stream by itself, of blank lines in a row the first; never more than one is kept.

    Where the lines are one document's, `counter` counts for all that are scanned, and ends the reading at the limits.
    With `explain_all` each line is scanned, the sound ones too.
    """
    read = make_compiled_line_reader(None if explain_all else SCHEMA_VERSION, limits)
    blank = False
    for number, content in enumerate(_read_lines(stream, limits.max_bytes), start=1):
        taken = read(content) if number > 1 else None
        if taken is not None:
            blank = False
            yield (number, content, *taken)
            continue
        blank_before, blank = blank, not content.strip(_BLANKS)
        if blank and blank_before:
            continue
        line = parse_line(number, content, limits, counter or LimitCounter(limits))
        if line.frame is not None and not explain_all:
            read = make_compiled_line_reader(line.frame.get("schema_version", SCHEMA_VERSION), limits)
        yield line
        if counter is not None and counter.limit_reached:
            return


def join_scanned_lines(lines: Iterable[Line | SoundLine], limits: Limits = Limits()) -> ScanResult:
    """The lines as one document. Where already the first line cannot be read, nothing is."""
    document: dict[str, Any] = {}
    parts: dict[Path, DocumentPart] = {}
    sound: dict[Path, tuple[int, bytes]] = {}
    findings: list[Finding] = []
    lost: set[str] = set()
    counter = LimitCounter(limits)
    for line in lines:
        if isinstance(line, tuple):
            number, content, collection, record = line
            records = document.setdefault(collection, [])
            sound[collection, len(records)] = number, content
            records.append(record)
            continue
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
        places=_LineSourceMap(JoinedSourceMap(parts), sound, limits),
        document=document,
        findings=tuple(findings),
        unread_ids=frozenset(lost),
        counter=counter,
    )


@attrs.frozen(eq=False)
class _LineSourceMap:
    """The places of lines that were put together; a sound one is scanned when its places are asked for."""

    scanned: JoinedSourceMap
    sound: Mapping[Path, tuple[int, bytes]]
    limits: Limits

    def find_position(self, document: Any, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at a path, or of its key."""
        line = self.sound.get(path[:2])
        if line is None:
            return self.scanned.find_position(document, path, key=key)
        part = _make_record_part(parse_line(*line, self.limits, LimitCounter(self.limits)))
        return JoinedSourceMap({path[:2]: part}).find_position(document, path, key=key)

    def find_file(self, path: Path) -> str | None:  # noqa: ARG002
        """None: it is one file."""
        return None


def _read_lines(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """The lines without their ends; of one that is too long, just too much of it."""
    while line := stream.readline(longest + 2):
        if line.endswith(b"\n"):
            yield line[:-1]
            continue
        yield line
        while line and not line.endswith(b"\n"):
            line = stream.readline(longest + 2)


def parse_line(number: int, content: bytes, limits: Limits, counter: LimitCounter) -> Line:
    """A line by itself."""
    if not content.strip(_BLANKS):
        blank = Line(number=number, scan=ScanResult(places=TextSourceMap(""), counter=counter))
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
