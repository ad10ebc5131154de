"""Lines of JSON to plain values, each line by itself, and put together to one document with its places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

import attrs

from untoc_network.documents.json_text import scan
from untoc_network.documents.limits import Limits
from untoc_network.documents.places import Part, Path, PlacesOfParts, TextPlaces
from untoc_network.documents.scan import Scan
from untoc_network.findings import Finding
from untoc_network.formats.structure import LISTS
from untoc_network.model.register import SCHEMA_VERSION
from untoc_network.rules import shape
from untoc_network.rules.rule import shown_key

__all__ = ["FRAMING", "Line", "line_of", "put_together", "scan_lines"]

_BLANKS = b" \t\r"
_ID = re.compile(rb'"id"\s*:\s*"([a-z0-9-]{1,100})"')


@attrs.frozen(kw_only=True)
class Line:
    """One line: the frame, a record of a collection, or neither of them, with what was wrong with its text.

    The findings have the line of the file, but pointers into the document of the line.
    """

    number: int
    scan: Scan
    findings: tuple[Finding, ...] = ()
    frame: Mapping[str, Any] | None = None
    collection: str | None = None
    record: Any = None


FRAMING = Line(
    number=1,
    scan=Scan(places=TextPlaces(""), document={"schema_version": SCHEMA_VERSION}),
    frame={"schema_version": SCHEMA_VERSION},
)
"""A frame for lines that are read without their own."""


def scan_lines(stream: BinaryIO, limits: Limits) -> Iterator[Line]:
    """Each line of a stream by itself, of blank lines in a row the first; never more than one is kept."""
    blank = False
    for number, content in enumerate(_contents(stream, limits.max_bytes), start=1):
        blank_before, blank = blank, not content.strip(_BLANKS)
        if not (blank and blank_before):
            yield line_of(number, content, limits)


def put_together(lines: Iterable[Line]) -> Scan:
    """The lines as one document. Where already the first line cannot be read, nothing is."""
    document: dict[str, Any] = {}
    parts: dict[Path, Part] = {}
    findings: list[Finding] = []
    lost: set[str] = set()
    for line in lines:
        if line.number == 1 and not line.scan.readable:
            return Scan(places=PlacesOfParts({}), findings=line.findings, readable=False)
        lost |= line.scan.lost_ids
        path: Path | None = None
        if line.collection is not None:
            records = document.setdefault(line.collection, [])
            path = line.collection, len(records)
            records.append(line.record)
            parts[path] = _part(line, "record")
        elif line.frame is not None:
            document |= line.frame
            parts[()] = _part(line)
        findings.extend(line.findings if line.frame is not None else _moved(line.findings, path))
    return Scan(places=PlacesOfParts(parts), document=document, findings=tuple(findings), lost_ids=frozenset(lost))


def _contents(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """The lines without their ends; of one that is too long, just too much of it."""
    while line := stream.readline(longest + 2):
        yield line.removesuffix(b"\n")
        while line and not line.endswith(b"\n"):
            line = stream.readline(longest + 2)


def line_of(number: int, content: bytes, limits: Limits) -> Line:
    """A line by itself."""
    if not content.strip(_BLANKS):
        return _misfit(Line(number=number, scan=Scan(places=TextPlaces(""))), "blank")
    scanned = scan(content, limits)
    if not scanned.readable:
        scanned = attrs.evolve(scanned, lost_ids=frozenset(found.decode() for found in _ID.findall(content)))
    findings = tuple(_on_line(finding, number) for finding in scanned.findings)
    line = Line(number=number, scan=scanned, findings=findings)
    return _told_apart(line) if scanned.readable else line


def _told_apart(line: Line) -> Line:
    """The line as frame or record, by its keys and its number."""
    document = line.scan.document
    if type(document) is not dict:
        return _misfit(line, "no-object")
    if line.number == 1 and not document.keys() & {"collection", "record"}:
        return _framed(line)
    collection = document.get("collection")
    if not isinstance(collection, str):
        return _misfit(line, "no-collection")
    if collection not in LISTS:
        return _misfit(line, "strange-collection", "collection", name=shown_key(collection))
    if "record" not in document and all(finding.pointer != "/record" for finding in line.findings):
        return _misfit(line, "no-record")
    for key in document.keys() - {"collection", "record"}:
        line = _misfit(line, "another-key", key)
    return attrs.evolve(line, collection=collection, record=document.get("record"))


def _framed(line: Line) -> Line:
    document = line.scan.document
    for name in document.keys() & LISTS.keys():
        line = _misfit(line, "records-in-first", name, name=name)
    return attrs.evolve(line, frame={name: value for name, value in document.items() if name not in LISTS})


def _misfit(line: Line, problem: str, key: str | None = None, **params: str) -> Line:
    """The line with a finding on the whole, at one of its keys where that is to blame."""
    path = () if key is None else (key,)
    _, column = line.scan.places.of(line.scan.document, path, key=True)
    finding = shape.line_is_a_record.finding((), {"problem": problem, **params}, line=line.number, column=column)
    return attrs.evolve(line, findings=(*line.findings, finding))


def _on_line(finding: Finding, number: int) -> Finding:
    return attrs.evolve(finding, location=attrs.evolve(finding.location, line=number))


def _part(line: Line, *root: str) -> Part:
    return Part(document=line.scan.document, places=line.scan.places, root=root, line=line.number)


def _moved(findings: Iterable[Finding], path: Path | None) -> Iterator[Finding]:
    """The findings with their pointers into the whole document instead of the line's own."""
    for finding in findings:
        within = finding.pointer.removeprefix("/record")
        inside = path is not None and within != finding.pointer and (not within or within.startswith("/"))
        pointer = f"/{path[0]}/{path[1]}{within}" if inside and path is not None else ""
        yield attrs.evolve(finding, location=attrs.evolve(finding.location, pointer=pointer))
