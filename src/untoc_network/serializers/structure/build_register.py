"""From plain values with their places to a register and its report: what all readers have in common.

Records are read one by one. Where one has problems, its refused parts are pruned and the rest is kept, so that one pass
finds every problem and keeps as much as can be.
"""

from __future__ import annotations

import copy
import functools
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs
from cattrs import BaseValidationError

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.codes.reading import (
    deprecated_field,
    duplicate_key,
    empty_value,
    too_many_errors,
    warnings_not_shown,
)
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Finding, Report, Severity
from untoc_network.model import field_codes
from untoc_network.model.form_check import make_wrong_type_params
from untoc_network.model.register import COLLECTIONS, SCHEMA_VERSION, TABLES, Register
from untoc_network.serializers.fast.fast_json import RecordReader, convert_plain
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import (
    LimitCounter,
    ParseAborted,
    Path,
    ScanResult,
)
from untoc_network.serializers.structure import migrations
from untoc_network.serializers.structure.record_recognition import recognize_records
from untoc_network.serializers.structure.structuring import (
    MeantNames,
    StructureError,
    StructureProblem,
    TooManyErrors,
    iter_problems,
    kind_name,
    leave_out_unknown,
    list_needed_fields,
    structure_value,
)
from untoc_network.serializers.structure.text_locator import StructureResult, TextLocator, sort_by_id

__all__ = ["build_register", "is_outdated", "structure_document"]

_KEPT_BESIDE_OTHERS = {duplicate_key.code, too_many_errors.code, deprecated_field.code}
"""Findings that are kept beside others on the same value, since they do not follow from each other."""


def build_register(scanned: ScanResult, file: str | None) -> tuple[Register | None, Report]:
    """The register that a scanned text holds, and the report on it, whatever its format.

    Never raises on content. Findings get their places; of those that follow from each other the first is kept.
    """
    if not scanned.readable:
        return None, Report(_add_file((*scanned.findings, *_report_suppressed(scanned)), file))
    if is_outdated(scanned.document):
        scanned = migrations.migrate(scanned, migrations.CHAIN)
    reading = structure_document(scanned.document, scanned.counter)
    origin = TextLocator(scanned=scanned, reading=reading, file=file)
    hollow = {finding.path[:-1] for finding in scanned.findings if finding.severity is Severity.ERROR}
    shaped = (
        finding
        for finding in map(origin.to_finding, reading.problems)
        if finding.path not in hollow or finding.code in _KEPT_BESIDE_OTHERS
    )
    found = (*_keep_gravest((*map(origin.add_subject, scanned.findings), *shaped)), *_report_suppressed(scanned))
    origin = attrs.evolve(
        origin, unreadable=frozenset(finding.path for finding in found if finding.code != empty_value.code)
    )
    return reading.register, Report(_add_file(found, file), origin)


def is_outdated(document: Any) -> bool:
    """Whether a document is of an earlier version of the schema, and must be migrated."""
    version = document.get("schema_version") if isinstance(document, dict) else None
    return type(version) is int and version < SCHEMA_VERSION


def _keep_gravest(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Of several findings on one value the gravest, and of equals the first: the others follow from it.

    That a key stands twice says nothing of the value that was read, and what is wrong with two lines or tables of
    one document are two things.
    """
    chosen: dict[object, Finding] = {}
    for finding in findings:
        place = finding.location
        apart = finding.code in _KEPT_BESIDE_OTHERS or not place.path
        value: object = place if apart else place.path
        held = chosen.get(value)
        if held is None or finding.severity.rank < held.severity.rank:
            chosen[value] = finding
    return tuple(chosen.values())


def _report_suppressed(scanned: ScanResult) -> Iterator[Finding]:
    """How many findings are not told, where there are such."""
    if scanned.counter.suppressed_count:
        yield warnings_not_shown.finding((), {"number": scanned.counter.suppressed_count})


def _add_file(findings: tuple[Finding, ...], file: str | None) -> tuple[Finding, ...]:
    return tuple(
        finding if file is None or finding.location.file else finding.with_location(file=file) for finding in findings
    )


# -- as much of a document as can be read ------------------------------------------------------------------------------


def structure_document(document: Any, counter: LimitCounter) -> StructureResult:
    """Read a register from plain values, record by record.

    All problems are found in one pass, unless `counter` counts too many; then the other records are not read. Where a
    record has some, its refused parts are pruned and the rest is kept; a record that cannot do without them is lost.
    An object of the model stands for a record that was read the short way already.
    `register` is None where the document is no object of a known version.
    """
    problem = _find_document_problem(document)
    if problem is not None:
        return StructureResult(register=None, problems=(problem,), kept={}, unread_ids=frozenset())
    return _RecordReader(document, counter).read()


def _find_document_problem(document: Any) -> StructureProblem | None:
    held = recognize_records(document)
    if held is not None:
        return StructureProblem(shape.record_for_register, (), (), {"held": held})
    if type(document) is not dict:
        params = make_wrong_type_params("object", kind_name(document))
        return StructureProblem(shape.wrong_type, (), (), params)
    version = document.get("schema_version")
    if "schema_version" not in document:
        params = {"name": "schema_version", "description": "version", "version": SCHEMA_VERSION}
        return StructureProblem(field_codes.missing_field, ("schema_version",), (), params)
    if type(version) is not int:
        params = make_wrong_type_params("whole-number", kind_name(version))
        return StructureProblem(shape.wrong_type, ("schema_version",), (), params)
    if version != SCHEMA_VERSION:
        remedy = "newer" if version > SCHEMA_VERSION else "never"
        params = {"version": version, "known": SCHEMA_VERSION, "remedy": remedy}
        return StructureProblem(shape.unknown_schema_version, ("schema_version",), (), params)
    return None


EDITORS_SCHEMA = "$schema"
"""A key at the top that tells editors of a schema; it says nothing of the register, so it is taken and not kept."""


class _RecordReader:
    """Reads the collections of a document one record at a time."""

    def __init__(self, document: dict[str, Any], counter: LimitCounter) -> None:
        self.document, self.counter = document, counter
        self.stopped, self.stop_is_told = False, counter.limit_reached
        self.problems: list[StructureProblem] = []
        self.kept: dict[Path, list[int]] = {}
        self.unread_ids: set[str] = set()
        self.names = MeantNames()
        self._sound = RecordReader(Limits())
        """Makes the records of what is left when what is wrong with it is left out."""

    def read(self) -> StructureResult:
        lists = {name: self._read_list(name, cls) for name, cls in TABLES.items() if name in self.document}
        rest = {name: value for name, value in self.document.items() if name not in lists}
        if isinstance(rest.get(EDITORS_SCHEMA), str):
            del rest[EDITORS_SCHEMA]
        frame = self._salvage_object(Register, rest, ()) or Register()
        register = attrs.evolve(frame, **lists)
        kept = {place: tuple(positions) for place, positions in self.kept.items()}
        return StructureResult(
            register=register, problems=tuple(self.problems), kept=kept, unread_ids=frozenset(self.unread_ids)
        )

    def _read_list(self, name: str, cls: type) -> tuple[Any, ...]:
        raw = self.document[name]
        if type(raw) is not list:
            params = make_wrong_type_params("list", kind_name(raw))
            self._add_problems([StructureProblem(shape.wrong_type, (name,), (name,), params)])
            return ()
        records: list[Any] = [
            item if type(item) is cls and not self.stopped else self._salvage_object(cls, item, (name, position))
            for position, item in enumerate(raw)
        ]
        if name in COLLECTIONS:
            positions = sort_by_id(records)
        else:
            positions = [position for position, record in enumerate(records) if record is not None]
        if positions != list(range(len(raw))):
            self.kept[(name,)] = positions
        return tuple([records[position] for position in positions])

    def _salvage_object(self, cls: type, raw: Any, path: Path) -> Any:
        """The object read from raw values, without the parts that are refused; None where it cannot do without them."""
        convert: Callable[[Any], Any]
        convert = (
            functools.partial(self._sound.convert, str(path[0])) if path else functools.partial(convert_plain, cls=cls)
        )
        found = None if self.stopped else leave_out_unknown(raw, cls, path, self.names, convert)
        record, problems = found or self._try_structuring(cls, raw, path)
        self._add_problems(problem for problem in problems if not problem.follows)
        pruned = raw
        while record is None and not self.stopped and _can_do_without(cls, problems, path):
            pruned = self._prune_refused_parts(pruned, problems, path)
            record, left = self._try_structuring(cls, pruned, path)
            self._add_problems(self._keep_new_problems(left, problems, path))
            problems = left
        if record is None or (found and self.stopped):
            self._remember_unread_ids(raw)
            return None
        return record

    def _try_structuring(self, cls: type, raw: Any, path: Path) -> tuple[Any, list[StructureProblem]]:
        """The object, or what is wrong with the raw values: one problem more than may be told at the most."""
        most = self.counter.most_findings
        try:
            return None if self.stopped else structure_value(raw, cls, patience=3 * most), []
        except (BaseValidationError, StructureError, ImpossibleValue) as error:
            return None, [*itertools.islice(iter_problems(error, raw, path, self.names), most + 1)]
        except TooManyErrors:
            self._stop_at_limit(path)
            return None, []

    def _add_problems(self, problems: Iterable[StructureProblem]) -> None:
        """Keep problems, until there are too many."""
        for problem in problems:
            try:
                self.counter.count_finding(problem.rule, 0)
            except ParseAborted:
                self._stop_at_limit(problem.path)
                return
            self.problems.append(problem)

    def _stop_at_limit(self, path: Path) -> None:
        """Read no further, and tell it, unless the scanner told it already."""
        self.stopped = True
        if not self.stop_is_told:
            limit: dict[str, str | int] = {"limit": self.counter.most_findings}
            self.problems.append(StructureProblem(shape.too_many_errors, path, path, limit))

    def _keep_new_problems(
        self, left: list[StructureProblem], before: list[StructureProblem], path: Path
    ) -> Iterator[StructureProblem]:
        """The problems that show only now and do not follow from something that was taken out of the same value."""
        emptied = {problem.path[:-1] for problem in before if not problem.at_key} | {problem.path for problem in before}
        for problem in left:
            original = self._find_original_path(problem.path, len(path))
            if problem.path not in emptied and original not in emptied:
                yield attrs.evolve(problem, path=original)

    def _prune_refused_parts(self, raw: Any, problems: list[StructureProblem], path: Path) -> Any:
        """The raw values without the refused parts.

        The last items of lists go first, and the original positions of the others are noted.
        """
        drops = sorted({problem.drop for problem in problems}, key=_path_sort_key, reverse=True)
        pruned = _copy_along_paths(raw, [drop[len(path) :] for drop in drops])
        for drop in drops:
            *way, last = drop[len(path) :]
            holder = functools.reduce(lambda here, token: here[token], way, pruned)
            if isinstance(last, int):
                self._remember_dropped_part(drop, path, len(holder))
            del holder[last]
        return pruned

    def _remember_dropped_part(self, drop: Path, path: Path, length: int) -> None:
        where = self._find_original_path(drop[:-1], len(path))
        position = drop[-1]
        assert isinstance(position, int)
        del self.kept.setdefault(where, list(range(length)))[position]

    def _find_original_path(self, path: Path, certain: int) -> Path:
        """A path in the pruned values as a path in the document."""
        original: Path = path[:certain]
        for token in path[certain:]:
            positions = self.kept.get(original)
            original = (*original, positions[token] if positions is not None and isinstance(token, int) else token)
        return original

    def _remember_unread_ids(self, raw: Any) -> None:
        lost = raw.get("id") if isinstance(raw, dict) else getattr(raw, "id", None)
        if isinstance(lost, str):
            self.unread_ids.add(lost)


def _can_do_without(cls: type, problems: list[StructureProblem], path: Path) -> bool:
    """Whether an object may be read without its refused parts.

    Without one field that it needs it cannot, and nothing else would be found; where there are more problems, it is
    tried, since others may show.
    """
    if len(problems) == 1:
        *way, last = problems[0].drop[len(path) :] or ("",)
        if not way and last in list_needed_fields(cls) and problems[0].path[: len(path) + 1] == problems[0].drop:
            return False
    return all(len(problem.drop) > len(path) for problem in problems)


def _copy_along_paths(value: Any, ways: Iterable[Path]) -> Any:
    """A copy of a container and of those on the ways into it; what lies beside them is shared."""
    further = defaultdict[str | int, list[Path]](list)
    for token, *rest in ways:
        if rest:
            further[token].append(tuple(rest))
    copied = copy.copy(value)
    for token, within in further.items():
        copied[token] = _copy_along_paths(value[token], within)
    return copied


def _path_sort_key(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((token, "") if isinstance(token, int) else (0, token) for token in path)
