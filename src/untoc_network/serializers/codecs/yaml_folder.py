"""A register as a folder of YAML files: `register.yaml` for what is said of the whole, and one for each collection.

    register.yaml        schema_version: 1
    organizations.yaml   - id: xa-refuge
                           kind: ngo

Small files, so that a change in one collection is a change of one file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.register import TABLES, Register
from untoc_network.serializers.codecs.yaml import format_document
from untoc_network.serializers.codecs.yaml_scanner import read_sound_yaml, scan_yaml
from untoc_network.serializers.fast.fast_json import convert_plain
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
from untoc_network.serializers.structure.build_register import build_register
from untoc_network.serializers.structure.positions_locator import LazyLocator
from untoc_network.serializers.structure.structuring import to_frame, to_plain

__all__ = ["PARTS", "read_files", "to_files"]

_FRAME = "register.yaml"
_SUFFIX = ".yaml"
PARTS = {f"{part}{suffix}": part for part in ("register", *TABLES) for suffix in (_SUFFIX, ".yml")}


def read_files(
    given: Mapping[str, bytes | None], *, file: str | None = None, limits: Limits = Limits()
) -> tuple[Register | None, Report]:
    """Read a register from YAML files, by their names. Never raises on content.

    A file that cannot be read, or is no part of a register (its content may be None), is a finding, and the others are
    read; only without `register.yaml` there is no register.
    Raises `MissingExtra` where ruamel.yaml is not installed.
    """
    folder = f"{file}/" if file else ""
    files, beside = report_unread_files(given, PARTS, folder)
    if sum(map(len, files.values())) > limits.max_bytes:
        return build_register(refuse_document(shape.document_too_large, limit=limits.max_bytes), file)
    parts, strange = find_parts(files, PARTS, folder)

    def explain() -> tuple[Register | None, Report]:
        scanned = _join_files(files, parts, folder, limits)
        return build_register(attrs.evolve(scanned, findings=(*scanned.findings, *strange, *beside)), file)

    register = None if strange or beside else _read_sound_files(files, parts, limits)
    if register is None:
        return explain()
    return register, Report((), LazyLocator(lambda: explain()[1].origin))


def to_files(register: Register) -> Iterator[tuple[str, bytes]]:
    """The files of the folder by their names, in their canonical form; collections without records have none."""
    ensure_sound(register)
    yield _FRAME, format_document(to_frame(register))
    for name in TABLES:
        if records := getattr(register, name):
            yield f"{name}{_SUFFIX}", format_document([to_plain(record) for record in records])


def _read_sound_files(files: Mapping[str, bytes], parts: Mapping[str, str], limits: Limits) -> Register | None:
    """The register that the files are; None where something is to be said of them."""
    document: dict[str, Any] = {}
    counter = LimitCounter(limits)
    for name, part in parts.items():
        held, _ = read_sound_yaml(files[name], limits, counter)
        if held is None or (part not in TABLES and (not isinstance(held, dict) or held.keys() & TABLES.keys())):
            return None
        document |= {part: held} if part in TABLES else held
    register: Register | None = convert_plain(document, Register)
    return register


def _join_files(files: Mapping[str, bytes], parts: Mapping[str, str], folder: str, limits: Limits) -> ScanResult:
    document: dict[str, Any] = {}
    read: dict[Path, DocumentPart] = {}
    findings: list[Finding] = []
    counter = LimitCounter(limits)
    for name, part in parts.items():
        if counter.limit_reached:
            break
        scanned = scan_yaml(files[name], limits, counter)
        path: Path = (part,) if part in TABLES else ()
        file = f"{folder}{name}"
        findings.extend(one.with_location(path=(*path, *one.path), file=file) for one in scanned.findings)
        problem = None if path else _find_problem_of_file(scanned)
        if problem:
            misfit = shape.invalid_file_bundle.finding((), {"problem": problem}, line=1, column=1)
            findings.append(misfit.with_location(file=file))
        elif scanned.readable:
            read[path] = DocumentPart(document=scanned.document, places=scanned.places, file=file)
            document |= {part: scanned.document} if path else scanned.document
    return ScanResult(places=JoinedSourceMap(read), document=document, findings=tuple(findings), counter=counter)


def _find_problem_of_file(scanned: ScanResult) -> str | None:
    """What is wrong with the file of the register as a whole."""
    if scanned.readable and not isinstance(scanned.document, dict):
        return "whole-no-object"
    held = scanned.document.keys() & TABLES.keys() if scanned.readable else ()
    return "records-in-whole" if held else None
