"""A document of plain values to a register: every problem in one pass, and as much kept as can be."""

from __future__ import annotations

import copy
import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
from cattrs import BaseValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.errors import ClassValidationError

from untoc_network.diagnostics.code import Code, mask_key
from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model import field_codes
from untoc_network.model.form_check import params_of_missing, params_of_type
from untoc_network.model.register import COLLECTIONS, SCHEMA_VERSION, TABLES, Register
from untoc_network.serializers.source.scan_result import LimitCounter, ParseAborted, Path
from untoc_network.serializers.structure.converter import StructureError, TooManyErrors, kind_name, structure_value
from untoc_network.text.spelling import NearestNames
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of

__all__ = ["StructureProblem", "StructureResult", "iter_problems", "structure_document"]

_MOST_LOOKED_UP = 100
"""So many unknown fields of one object are compared with those that it has."""


@attrs.frozen
class StructureProblem:
    """Something in the plain values that no record can hold: which rule, where, with which parameters.

    `drop` is the path of what has to go so that the rest can be read; `at_key` tells that the key is to blame, not
    its value; `follows` that it merely follows from another one, as a missing field does from its misspelt name.
    """

    rule: Code
    path: Path
    drop: Path
    params: dict[str, str | int]
    at_key: bool = False
    follows: bool = False


@attrs.frozen(kw_only=True)
class StructureResult:
    """What became of a document.

    `kept` tells, for each list that lost or reordered items, the original position of each item that is left.
    `lost_ids` are the ids of records that could not be read.
    """

    register: Register | None
    problems: tuple[StructureProblem, ...]
    kept: Mapping[Path, tuple[int, ...]]
    unread_ids: frozenset[str]


def structure_document(document: Any, counter: LimitCounter) -> StructureResult:
    """Read a register from plain values, record by record.

    All problems are found in one pass, unless `tally` counts too many; then the other records are not read. Where a
    record has some, its refused parts are pruned and the rest is kept; a record that cannot do without them is lost.
    `register` is None where the document is no object of a known version.
    """
    problem = _find_document_problem(document)
    if problem is not None:
        return StructureResult(register=None, problems=(problem,), kept={}, unread_ids=frozenset())
    return _Reader(document, counter).read()


def _find_document_problem(document: Any) -> StructureProblem | None:
    if type(document) is not dict:
        params = params_of_type("object", kind_name(document))
        return StructureProblem(shape.wrong_type, (), (), params)
    version = document.get("schema_version")
    if "schema_version" not in document:
        params = {"name": "schema_version", "description": "version", "version": SCHEMA_VERSION}
        return StructureProblem(field_codes.missing_field, ("schema_version",), (), params)
    if type(version) is not int:
        params = params_of_type("whole-number", kind_name(version))
        return StructureProblem(shape.wrong_type, ("schema_version",), (), params)
    if version != SCHEMA_VERSION:
        remedy = "newer" if version > SCHEMA_VERSION else "never"
        params = {"version": version, "known": SCHEMA_VERSION, "remedy": remedy}
        return StructureProblem(shape.unknown_schema_version, ("schema_version",), (), params)
    return None


EDITORS_SCHEMA = "$schema"
"""A key at the top that tells editors of a schema; it says nothing of the register, so it is taken and not kept."""


class _Reader:
    """Reads the collections of a document one record at a time."""

    def __init__(self, document: dict[str, Any], counter: LimitCounter) -> None:
        self.document, self.counter = document, counter
        self.stopped, self.stop_is_told = False, counter.limit_reached
        self.problems: list[StructureProblem] = []
        self.kept: dict[Path, list[int]] = {}
        self.unread_ids: set[str] = set()

    def read(self) -> StructureResult:
        lists = {name: self._list(name, cls) for name, cls in TABLES.items() if name in self.document}
        rest = {name: value for name, value in self.document.items() if name not in lists}
        if isinstance(rest.get(EDITORS_SCHEMA), str):
            del rest[EDITORS_SCHEMA]
        frame = self._salvaged(Register, rest, ()) or Register()
        register = attrs.evolve(frame, **lists)
        kept = {place: tuple(positions) for place, positions in self.kept.items()}
        return StructureResult(
            register=register, problems=tuple(self.problems), kept=kept, unread_ids=frozenset(self.unread_ids)
        )

    def _list(self, name: str, cls: type) -> tuple[Any, ...]:
        raw = self.document[name]
        if type(raw) is not list:
            params = params_of_type("list", kind_name(raw))
            self._tell([StructureProblem(shape.wrong_type, (name,), (name,), params)])
            return ()
        read = [(position, self._salvaged(cls, item, (name, position))) for position, item in enumerate(raw)]
        there = [(position, record) for position, record in read if record is not None]
        if name in COLLECTIONS:
            there.sort(key=lambda pair: pair[1].id)
        positions = [position for position, _ in there]
        if positions != list(range(len(raw))):
            self.kept[(name,)] = positions
        return tuple(record for _, record in there)

    def _salvaged(self, cls: type, raw: Any, path: Path) -> Any:
        """The object read from raw values, without the parts that are refused; None where it cannot do without them."""
        record, problems = self._attempt(cls, raw, path)
        self._tell(problem for problem in problems if not problem.follows)
        pruned = raw
        while record is None and not self.stopped and all(len(problem.drop) > len(path) for problem in problems):
            pruned = self._pruned(pruned, problems, path)
            record, left = self._attempt(cls, pruned, path)
            self._tell(self._new(left, problems, path))
            problems = left
        if record is None:
            self._lose(raw)
        return record

    def _attempt(self, cls: type, raw: Any, path: Path) -> tuple[Any, list[StructureProblem]]:
        """The object, or what is wrong with the raw values: one problem more than may be told at the most."""
        most = self.counter.most_findings
        try:
            return None if self.stopped else structure_value(raw, cls, patience=3 * most), []
        except (BaseValidationError, StructureError, ImpossibleValue) as error:
            return None, [*itertools.islice(iter_problems(error, raw, path), most + 1)]
        except TooManyErrors:
            self._stop(path)
            return None, []

    def _tell(self, problems: Iterable[StructureProblem]) -> None:
        """Keep problems, until there are too many."""
        for problem in problems:
            try:
                self.counter.count_finding(problem.rule, 0)
            except ParseAborted:
                self._stop(problem.path)
                return
            self.problems.append(problem)

    def _stop(self, path: Path) -> None:
        """Read no further, and tell it, unless the scanner told it already."""
        self.stopped = True
        if not self.stop_is_told:
            limit: dict[str, str | int] = {"limit": self.counter.most_findings}
            self.problems.append(StructureProblem(shape.too_many_errors, path, path, limit))

    def _new(
        self, left: list[StructureProblem], before: list[StructureProblem], path: Path
    ) -> Iterator[StructureProblem]:
        """The problems that show only now and do not follow from something that was taken out of the same value."""
        emptied = {problem.path[:-1] for problem in before if not problem.at_key} | {problem.path for problem in before}
        for problem in left:
            original = self._original(problem.path, len(path))
            if problem.path not in emptied and original not in emptied:
                yield attrs.evolve(problem, path=original)

    def _pruned(self, raw: Any, problems: list[StructureProblem], path: Path) -> Any:
        """The raw values without the refused parts.

        The last items of lists go first, and the original positions of the others are noted.
        """
        drops = sorted({problem.drop for problem in problems}, key=_path_sort_key, reverse=True)
        pruned = _copy_along(raw, [drop[len(path) :] for drop in drops])
        for drop in drops:
            *way, last = drop[len(path) :]
            holder = functools.reduce(lambda here, token: here[token], way, pruned)
            if isinstance(last, int):
                self._note_dropped(drop, path, len(holder))
            del holder[last]
        return pruned

    def _note_dropped(self, drop: Path, path: Path, length: int) -> None:
        where = self._original(drop[:-1], len(path))
        position = drop[-1]
        assert isinstance(position, int)
        del self.kept.setdefault(where, list(range(length)))[position]

    def _original(self, path: Path, certain: int) -> Path:
        """A path in the pruned values as a path in the document."""
        original: Path = path[:certain]
        for token in path[certain:]:
            positions = self.kept.get(original)
            original = (*original, positions[token] if positions is not None and isinstance(token, int) else token)
        return original

    def _lose(self, raw: Any) -> None:
        lost = raw.get("id") if isinstance(raw, dict) else None
        if isinstance(lost, str):
            self.unread_ids.add(lost)


def _copy_along(value: Any, ways: Iterable[Path]) -> Any:
    """A copy of a container and of those on the ways into it; what lies beside them is shared."""
    further = defaultdict[str | int, list[Path]](list)
    for token, *rest in ways:
        if rest:
            further[token].append(tuple(rest))
    copied = copy.copy(value)
    for token, within in further.items():
        copied[token] = _copy_along(value[token], within)
    return copied


def _path_sort_key(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((token, "") if isinstance(token, int) else (0, token) for token in path)


# -- what cattrs refuses, as problems ----------------------------------------------------------------------------------


def iter_problems(error: Exception, value: Any, path: Path) -> Iterator[StructureProblem]:
    """Every problem in an exception of cattrs, with the path of each."""
    if isinstance(error, IterableValidationError):
        for inner, note in error.group_exceptions()[0]:
            yield from iter_problems(inner, value[note.index], (*path, note.index))
    elif isinstance(error, ClassValidationError):
        yield from _problems_of_class(error, value, path)
    elif isinstance(error, StructureError):
        yield StructureProblem(error.rule, (*path, *error.at), path, error.params)
    elif isinstance(error, ImpossibleValue):
        yield StructureProblem(shape.impossible_value, path, path, {"problem": error.key})
    else:
        raise error


def _problems_of_class(error: ClassValidationError, value: Any, path: Path) -> Iterator[StructureProblem]:
    noted, bare = error.group_exceptions()
    unknown = {name for inner in bare if isinstance(inner, ForbiddenExtraKeysError) for name in inner.extra_fields}
    missing = [note.name for inner, note in noted if isinstance(inner, KeyError)]
    shapes = {field.name: field for field in fields_of(error.cl)}
    free = NearestNames(name for name in shapes if name not in value)
    looked_up = sorted(unknown)[:_MOST_LOOKED_UP]
    meant = {name: near for name in looked_up if (near := free.to(name.strip().lower().replace(" ", "_")))}
    for name in sorted(unknown):
        yield _unknown_field(error.cl, name, meant.get(name), path)
    for name in missing:
        params: dict[str, str | int] = {"name": name, **params_of_missing(error.cl, name, shapes[name].type)}
        yield StructureProblem(field_codes.missing_field, (*path, name), path, params, follows=name in meant.values())
    for inner, note in noted:
        if not isinstance(inner, KeyError):
            for problem in iter_problems(inner, value[note.name], (*path, note.name)):
                yield _mask_value(problem, shapes[note.name])
    for inner in bare:
        if not isinstance(inner, ForbiddenExtraKeysError):
            yield from iter_problems(inner, value, path)


def _unknown_field(cls: type, name: str, near: str | None, path: Path) -> StructureProblem:
    names = ", ".join(field.name for field in fields_of(cls))
    remedy = {"remedy": "near", "near": near} if near else {"remedy": "fields", "fields": names}
    params: dict[str, str | int] = {"object": cls.__name__, "name": mask_key(name), **remedy}
    return StructureProblem(field_codes.unknown_field, (*path, name), (*path, name), params, at_key=True)


def _mask_value(problem: StructureProblem, field: FieldShape) -> StructureProblem:
    """The problem without the value where the field is not public."""
    if field.sensitivity is Sensitivity.PUBLIC or "value" not in problem.params:
        return problem
    return attrs.evolve(problem, params={**problem.params, "value": "…"})
