"""A register as a bundle of CSV tables with a Data Package descriptor, in a folder or in one zip file.

One table for each collection that has records, `organizations.csv` and so on. `datapackage.json` describes them and
holds, under `untoc_network`, what is said of the whole.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.model.extension import declare
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.register import TABLES, Register
from untoc_network.serializers.codecs.csv_table import Column, Table, format_row, plan_columns
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.codecs.sound_table import SoundTable
from untoc_network.serializers.fast.fast_json import RecordReader
from untoc_network.serializers.folder import find_parts, report_unread_files
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import (
    DocumentPart,
    JoinedSourceMap,
    LimitCounter,
    Path,
    ScanResult,
    refuse_document,
)
from untoc_network.serializers.source.text_bytes import encode_utf8, escape_marks, to_bytes
from untoc_network.serializers.structure.build_register import build_register, is_outdated
from untoc_network.serializers.structure.positions_locator import LazyLocator
from untoc_network.serializers.structure.structuring import to_frame, to_plain

__all__ = ["DESCRIPTOR", "PARTS", "dumps", "read_files", "reads", "to_files"]

DESCRIPTOR = "datapackage.json"
_FRAME = "untoc_network"
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What reading a damaged zip file raises."""
_MOST_FILES = 1_000
_KEYS: Mapping[str, tuple[str, ...]] = {
    "redirects": ("old_id",),
    "distinct": ("one_id", "other_id"),
    "erasures": ("record_id",),
    "lists": ("name",),
    "list_rows": ("list_name", "key", "record_id"),
}
"""The columns by which the rows of a table that holds no records are known."""
PARTS = {DESCRIPTOR: DESCRIPTOR} | {f"{name}.csv": name for name in TABLES}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The day that every file in a zip is given, so that equal registers give the same bytes."""


def reads(data: bytes | str, *, file: str | None = None, limits: Limits = Limits()) -> tuple[Register | None, Report]:
    """Read a register from a zipped bundle. Never raises on content; the declared sizes are checked first."""
    content = to_bytes(data)
    if len(content) > limits.max_bytes:
        return build_register(scan_json(content, limits), file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            infos = zipped.infolist()
            if len(infos) > _MOST_FILES:
                return build_register(_refuse_bundle("many-files", limit=_MOST_FILES), file)
            if sum(info.file_size for info in infos) > limits.max_bytes:
                return build_register(refuse_document(shape.document_too_large, limit=limits.max_bytes), file)
            if len({info.filename for info in infos}) < len(infos):
                return build_register(_refuse_bundle("file-twice"), file)
            files = {info.filename: _inflate_file(zipped, info) for info in infos if not _is_beside(info)}
            return read_files(files, file=file, limits=limits)
    except _DAMAGED:
        return build_register(_refuse_bundle("no-zip"), file)


def read_files(
    given: Mapping[str, bytes | None], *, file: str | None = None, limits: Limits = Limits()
) -> tuple[Register | None, Report]:
    """Read a register from the files of a bundle, by their names. Never raises on content.

    Findings name the table after the path of the bundle, and the line and column of the cell in it.
    """
    files, beside = report_unread_files(given, PARTS, f"{file}/" if file else "")
    if sum(map(len, files.values())) > limits.max_bytes:
        return build_register(refuse_document(shape.document_too_large, limit=limits.max_bytes), file)
    if len(files) > _MOST_FILES:
        return build_register(_refuse_bundle("many-files", limit=_MOST_FILES), file)
    parts, strange = find_parts(files, PARTS, f"{file}/" if file else "")
    if DESCRIPTOR not in parts.values():
        return build_register(_refuse_bundle("no-descriptor", name=DESCRIPTOR), file)
    named = {part: (name, files[name]) for name, part in parts.items()}

    def build(*, explain_all: bool) -> tuple[Register | None, Report]:
        scanned, has_sound = _join_tables(named, f"{file}/" if file else "", limits, explain_all=explain_all)
        too_many = scanned.counter.limit_reached or scanned.counter.values > limits.max_values
        if has_sound and (too_many or is_outdated(scanned.document)):
            del scanned
            return build(explain_all=True)
        found = (*scanned.findings, *strange, *beside)
        register, report = build_register(attrs.evolve(scanned, findings=found), file)
        if not has_sound or report.origin is None:
            return register, report
        return register, Report(report, LazyLocator(lambda: build(explain_all=True)[1].origin))

    return build(explain_all=False)


def dumps(register: Register) -> bytes:
    """A register as one zip file. Raises `InvalidDocument` for what could not be read again."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        for name, data in to_files(register):
            zipped.writestr(zipfile.ZipInfo(name, _LONG_AGO), data)
    return content.getvalue()


def to_files(register: Register) -> Iterator[tuple[str, bytes]]:
    """The files of a bundle by their names, in their canonical form; the descriptor comes last."""
    ensure_sound(register)
    resources = []
    for name, cls in TABLES.items():
        records = [to_plain(record) for record in getattr(register, name)]
        if records:
            columns = plan_columns(cls, records, declare(register.extensions))
            lines = [format_row(column.name for column in columns)]
            lines.extend(format_row(column.format_cell(record) for column in columns) for record in records)
            yield f"{name}.csv", encode_utf8("".join(lines))
            resources.append(_describe_table(name, columns))
    text = json.dumps(_build_descriptor(register, resources), ensure_ascii=False, indent=2)
    yield DESCRIPTOR, escape_marks(encode_utf8(f"{text}\n"))


def _is_beside(info: zipfile.ZipInfo) -> bool:
    """Whether it is a folder, or hidden, as systems put their own files beside others: no part of anything."""
    return info.is_dir() or info.filename.rpartition("/")[2].startswith(".")


def _inflate_file(zipped: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A file of a zip; one that is larger than it declares is not inflated beyond that."""
    with zipped.open(info) as file:
        return file.read(info.file_size + 1)


def _join_tables(
    files: Mapping[str, tuple[str, bytes]], folder: str, limits: Limits, *, explain_all: bool
) -> tuple[ScanResult, bool]:
    """All files as one document, and whether it has sound rows, which are records without places.

    There are none where all is to be explained.
    """
    counter = LimitCounter(limits)
    whole_name, data = files[DESCRIPTOR]
    descriptor = scan_json(data, limits, counter)
    findings = [finding.with_location(file=f"{folder}{whole_name}") for finding in descriptor.findings]
    if not descriptor.readable:
        return ScanResult(places=JoinedSourceMap({}), findings=tuple(findings), readable=False), False
    frame = descriptor.document.get(_FRAME) if isinstance(descriptor.document, dict) else None
    document: dict[str, Any] = {k: v for k, v in frame.items() if k not in TABLES} if isinstance(frame, dict) else {}
    whole = DocumentPart(
        document=descriptor.document, places=descriptor.places, root=(_FRAME,), file=f"{folder}{whole_name}"
    )
    parts: dict[Path, DocumentPart] = {(): whole}
    found = [finding.with_location(path=finding.path[1:]) for finding in findings if finding.path[:1] == (_FRAME,)]
    found.extend(
        _make_misfit_finding("no-descriptor", name=name).with_location(file=f"{folder}{whole_name}")
        for name in _list_resources(descriptor.document)
        if name in PARTS and PARTS[name] not in files
    )
    if isinstance(frame, dict) and frame.keys() & TABLES.keys():
        found.append(_make_misfit_finding("records-not-in-tables").with_location(file=f"{folder}{whole_name}"))
    reader, has_sound = RecordReader(limits), False
    for collection in sorted(files.keys() & TABLES.keys()):
        if counter.limit_reached:
            break
        name, data = files[collection]
        own_types = _list_own_types(descriptor.document, name)
        sound = SoundTable(collection, limits, own_types, reader)
        records = None if explain_all else sound.read(data)
        if records is not None:
            has_sound = True
            counter.values += sound.values
            if None not in records:
                document[collection] = records
                continue
        table = Table(collection, f"{folder}{name}", limits, counter, own_types)
        table.read(data, records)
        document[collection] = table.records
        parts |= table.parts
        found.extend(table.findings)
    scanned = ScanResult(places=JoinedSourceMap(parts), document=document, findings=tuple(found), counter=counter)
    return scanned, has_sound


def _list_resources(descriptor: Any) -> list[str]:
    """The names of the tables that a descriptor says there are."""
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    paths = (one.get("path") for one in (resources if isinstance(resources, list) else ()) if isinstance(one, dict))
    return list(dict.fromkeys(path for path in paths if isinstance(path, str)))


def _list_own_types(descriptor: Any, path: str) -> dict[str, str]:
    """The types that a descriptor gives the columns of a table."""
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    held = (one for one in (resources if isinstance(resources, list) else ()) if isinstance(one, dict))
    schemas = (one.get("schema") for one in held if one.get("path") == path)
    listed = (one.get("fields") for one in schemas if isinstance(one, dict))
    fields = [field for some in listed if isinstance(some, list) for field in some if isinstance(field, dict)]
    return {
        field["name"]: field["type"]
        for field in fields
        if isinstance(field.get("name"), str) and isinstance(field.get("type"), str)
    }


def _build_descriptor(register: Register, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": "register", _FRAME: dict(sorted(to_frame(register).items())), "resources": resources}


def _describe_table(name: str, columns: list[Column]) -> dict[str, Any]:
    return {
        "name": name.replace("_", "-"),
        "type": "table",
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [column.to_descriptor() for column in columns],
            "primaryKey": list(_KEYS.get(name, ("id",))),
        },
    }


def _make_misfit_finding(problem: str, **params: str | int) -> Finding:
    return shape.invalid_file_bundle.finding((), {"problem": problem, **params}, line=1, column=1)


def _refuse_bundle(problem: str, **params: str | int) -> ScanResult:
    return refuse_document(shape.invalid_file_bundle, problem=problem, **params)
