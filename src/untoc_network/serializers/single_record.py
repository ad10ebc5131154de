"""One record by itself: read from JSON or plain values, changed by a patch, known by a digest.

What is found in it is what a register with that one record would give, with pointers that begin at the record: it is
read as the only record of a register, by the same code.
"""

from __future__ import annotations

import codecs
import functools
import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import attrs
from cattrs import BaseValidationError

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.errors import ImpossibleValue, InvalidDocument
from untoc_network.diagnostics.findings import Finding, FindingLocator, Report
from untoc_network.model.extension import Extension
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.record import Record
from untoc_network.model.register import COLLECTION_OF, SCHEMA_VERSION, ensure_record_class
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.fast.fast_json import convert_plain, decode_json, encode_json
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.plain_value_scanner import scan_plain_values
from untoc_network.serializers.source.scan_result import (
    DocumentPart,
    JoinedSourceMap,
    Path,
    ScanResult,
)
from untoc_network.serializers.source.text_bytes import encode_utf8, to_bytes
from untoc_network.serializers.structure.build_register import build_register
from untoc_network.serializers.structure.own_fields import type_own_fields_of_record
from untoc_network.serializers.structure.positions_locator import LazyLocator
from untoc_network.serializers.structure.structuring import (
    MeantNames,
    StructureError,
    TooManyErrors,
    iter_problems,
    structure_value,
    to_plain,
)
from untoc_network.values.argument_checks import check_argument
from untoc_network.values.self_checked_classes import describe_type

__all__ = ["digest", "from_dict", "patched", "read_record", "read_value"]

R = TypeVar("R", bound=Record)

_TEXT = str | bytes | bytearray | memoryview
_PLAIN = (Mapping, list, tuple, int, float, type(None))


def read_record(
    data: bytes | str | Mapping[str, Any],
    cls: type[R],
    *,
    limits: Limits = Limits(),
    extensions: Iterable[Extension] = (),
) -> tuple[R | None, Report]:
    """Read one record of a class from JSON text, or from the plain values that another program made of it.

    Never raises on content. The record is None where the report has an error. Pointers begin at the record; where text
    was given, findings have line and column, and merging a report on the record into this one gives its findings
    theirs. Plain values are taken as the JSON that `json.dumps` writes of them. `extensions` declare own fields, which
    are then read by type. Raises `ImpossibleValue` for a class
    that is none of records, and for data of another kind.
    """
    return type_own_fields_of_record(_read_record(data, cls, limits), extensions)


def _read_record(data: Any, cls: type[R], limits: Limits) -> tuple[R | None, Report]:
    ensure_record_class(cls)
    check_argument("limits", limits, Limits)
    if not isinstance(data, _TEXT):
        return _read_plain_values(data, cls, limits)
    content = to_bytes(data)
    body = content.removeprefix(codecs.BOM_UTF8)
    record = decode_json(body, cls, limits) if len(content) <= limits.max_bytes else None
    if record is not None:
        return record, Report((), LazyLocator(lambda: _build_text(body, cls, limits)[1].origin))
    return _build_text(content, cls, limits)


def read_value(
    value: Any, kind: Any, *, limits: Limits = Limits(), extensions: Iterable[Extension] = ()
) -> tuple[Any, Report]:
    """Read plain values as a record, as what records are made of, or as a value of a field; `kind` is its type.

    Never raises on content. None where the report has an error. Pointers begin at the value.
    """
    if kind in COLLECTION_OF and isinstance(value, Mapping):
        return read_record(value, kind, limits=limits, extensions=extensions)
    scanned = scan_plain_values(value, limits)
    report = Report(one.with_location(line=None, column=None) for one in scanned.findings)
    if not report.ok:
        return None, report
    try:
        return structure_value(scanned.document, kind, patience=limits.max_findings), report
    except TooManyErrors:
        found = [shape.too_many_errors.finding((), {"limit": limits.max_findings})]
    except (BaseValidationError, StructureError, ImpossibleValue) as error:
        problems = iter_problems(error, scanned.document, (), MeantNames())
        found = [problem.rule.finding(problem.path, problem.params) for problem in problems]
    return None, report.merge(Report(found))


def from_dict(
    data: Mapping[str, Any], cls: type[R], *, limits: Limits = Limits(), extensions: Iterable[Extension] = ()
) -> R:
    """The record of a class that plain values are, as `un.to_dict` gives them.

    Raises `InvalidDocument`, whose `.report` holds everything, on any error in them.
    """
    record, report = read_record(data, cls, limits=limits, extensions=extensions)
    if record is None:
        raise InvalidDocument(report)
    return record


def patched(
    record: R,
    patch: bytes | str | Mapping[str, Any],
    *,
    seen: R | None = None,
    limits: Limits = Limits(),
    extensions: Iterable[Extension] = (),
) -> tuple[R | None, Report]:
    """The record as a JSON Merge Patch (RFC 7396) changes it: null leaves a field out, a list replaces the whole list.

    Never raises on content. None where the report has an error, as for a field that the record needs, and for an id
    other than its own. Findings stand at what the patched record has there, with their line in the patch where it is
    text.

    `seen` is the record as whoever made the patch saw it, in a view that may show less than the record has. What the
    patch says as it was seen then changes nothing, ids that the view put in the place of others included; what it says
    otherwise of a value or list that was shown in part or not at all is an error, since it would undo what it does not
    know. That error tells that there is more: hand it on to those alone who may know that.

    Raises `ImpossibleValue` for what is no record, for a `seen` of another class, and for a patch of another kind,
    `InvalidDocument` for a record that no constructor would have made.
    """
    cls: Any = type(record)
    if cls not in COLLECTION_OF:
        raise ImpossibleValue(f"record: expected a record, got {describe_type(record)}")
    check_argument("seen", seen, cls, type(None))
    check_argument("limits", limits, Limits)
    for held in (record, *([] if seen is None else [seen])):
        ensure_sound(held)
    given = _scan_patch(patch, limits)
    scanned = _scan_patched(record, given, seen, limits) if given.readable else given
    read = _read_scanned(scanned, cls, given, has_lines=isinstance(patch, _TEXT))
    changed, report = type_own_fields_of_record(read, extensions)
    return changed, Report((attrs.evolve(finding, subject=record.id) for finding in report), report.origin)


def digest(record: Record) -> str:
    """The SHA-256 of a record, as 64 hexadecimal digits: equal for equal records, everywhere and always.

    It is that of the record's JSON in the canonical form of RFC 8785 (keys sorted, no blanks, UTF-8), so that any
    other program can work it out. Raises `InvalidDocument` for a record that could not be written.
    """
    import hashlib

    if type(record) not in COLLECTION_OF:
        raise ImpossibleValue(f"record: expected a record, got {describe_type(record)}")
    ensure_sound(record)
    written = encode_json(record)
    if written is None:
        text = json.dumps(to_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        written = encode_utf8(text)
    return hashlib.sha256(written).hexdigest()


# -- one record, read as the only one of a register --------------------------------------------------------------------


def _read_plain_values(data: Any, cls: type[R], limits: Limits) -> tuple[R | None, Report]:
    _require_plain_values("data", data)
    scanned = scan_plain_values(data, limits)
    return _read_scanned(scanned, cls, scanned, has_lines=False)


def _require_plain_values(name: str, data: Any) -> None:
    if not isinstance(data, _PLAIN):
        raise ImpossibleValue(f"{name}: expected bytes, text or a mapping, got {describe_type(data)}")


def _build_text(content: bytes, cls: type[R], limits: Limits) -> tuple[R | None, Report]:
    scanned = scan_json(content, limits)
    return _build_record(scanned, cls, scanned, has_lines=True)


def _read_scanned(scanned: ScanResult, cls: type[R], text: ScanResult, *, has_lines: bool) -> tuple[R | None, Report]:
    """The same as `_build_record`, by the compiled way where nothing is wrong."""
    record = None if scanned.findings else convert_plain(scanned.document, cls)
    if record is None:
        return _build_record(scanned, cls, text, has_lines=has_lines)
    find = functools.partial(_build_record, scanned, cls, text, has_lines=True)
    return record, Report((), LazyLocator(lambda: find()[1].origin) if has_lines else None)


def _build_record(scanned: ScanResult, cls: type[R], text: ScanResult, *, has_lines: bool) -> tuple[R | None, Report]:
    """The record that a scan holds, None where anything is wrong with it, and the report, with pointers into it.

    `text` has the places of its parts: the scan itself, unless what it holds was changed by a patch.
    """
    place: Path = (COLLECTION_OF[cls], 0)
    if scanned.readable:
        scanned = attrs.evolve(
            scanned,
            places=JoinedSourceMap({place: DocumentPart(document=text.document, places=text.places)}),
            document={"schema_version": SCHEMA_VERSION, place[0]: [scanned.document]},
            findings=tuple(one.with_location(path=(*place, *one.path)) for one in scanned.findings),
        )
    register, report = build_register(scanned, None)
    record = getattr(register, str(place[0]))[0] if report.ok else None
    findings = (_move_to_record(finding, place) for finding in report)
    if not has_lines:
        return record, Report(one.with_location(line=None, column=None) for one in findings)
    return record, Report(findings, _RecordLocator(report.origin, place) if report.origin else None)


def _move_to_record(finding: Finding, place: Path) -> Finding:
    inside = finding.path[: len(place)] == place
    return finding.with_location(path=finding.path[len(place) :]) if inside else finding


@attrs.frozen(eq=False)
class _RecordLocator:
    """Gives findings on one record their place in its text."""

    whole: FindingLocator
    """The locator of the register whose only record it is."""
    place: Path

    def locate(self, finding: Finding) -> Finding | None:
        found = self.whole.locate(finding.with_location(path=(*self.place, *finding.path)))
        return found and _move_to_record(found, self.place)

    def without_text(self) -> _RecordLocator:
        return _RecordLocator(self.whole.without_text(), self.place)


# -- patches -----------------------------------------------------------------------------------------------------------


def _scan_patch(patch: Any, limits: Limits) -> ScanResult:
    if isinstance(patch, _TEXT):
        return scan_json(to_bytes(patch), limits, is_patch=True)
    _require_plain_values("patch", patch)
    return scan_plain_values(patch, limits, is_patch=True)


def _scan_patched(record: Any, given: ScanResult, seen: Any, limits: Limits) -> ScanResult:
    """The record's plain form with a patch merged into it, and what is wrong with both, at the places of the patch."""
    held, patch, refused = to_plain(record), given.document, list[Path]()
    if seen is not None and isinstance(patch, dict):
        patch = _leave_out_unseen(patch, to_plain(seen), held, (), refused)
    merged = scan_plain_values(_merge_patch(held, patch), limits)
    found = (
        *given.findings,
        *(_report_in_patch(shape.unseen_in_patch, path, {"field": str(path[0])}, given) for path in refused),
        *_refuse_other_id(record, patch, given),
        *_place_in_patch(merged.findings, given),
    )
    return attrs.evolve(merged, findings=found, counter=given.counter)


def _leave_out_unseen(patch: Any, seen: Any, held: Any, path: Path, refused: list[Path]) -> dict[str, Any]:
    """A patch without what its maker saw otherwise than it is; of that, what the patch changes goes to `refused`."""
    kept = {}
    for name, value in patch.items():
        shown, there = seen.get(name), held.get(name)
        if shown == there:
            kept[name] = value
        elif all(isinstance(one, dict) for one in (value, shown, there)):
            kept[name] = _leave_out_unseen(value, shown, there, (*path, name), refused)
        elif value != shown:
            refused.append((*path, name))
    return kept


def _merge_patch(target: Any, patch: Any) -> Any:
    """The function `MergePatch` of RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _merge_patch(merged.get(name), value)
    return merged


def _refuse_other_id(record: Any, patch: Any, given: ScanResult) -> list[Finding]:
    wanted = patch.get("id") if isinstance(patch, dict) else None
    if not isinstance(wanted, str) or wanted == record.id:
        return []
    return [_report_in_patch(shape.other_id_in_patch, ("id",), {"id": record.id}, given)]


def _report_in_patch(rule: Code, path: Path, params: dict[str, str | int], given: ScanResult) -> Finding:
    line, column = given.places.find_position(given.document, path)
    return rule.finding(path, params, line=line, column=column)


def _place_in_patch(findings: tuple[Finding, ...], given: ScanResult) -> list[Finding]:
    """What was found in the merged values, at the lines of the patch that it came from."""
    spots = (given.places.find_position(given.document, finding.path) for finding in findings)
    return [
        finding.with_location(line=line, column=column) for finding, (line, column) in zip(findings, spots, strict=True)
    ]
