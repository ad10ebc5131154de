"""What cattrs refuses, as problems: which rule, where in the plain values, and what has to go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from cattrs import ForbiddenExtraKeysError, IterableValidationError
from cattrs.errors import ClassValidationError

from untoc_network.diagnostics.code import Code, shown_key
from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model import wording
from untoc_network.model.checked import wanted
from untoc_network.serializers.source.source_map import Path
from untoc_network.serializers.structure.converter import Refusal
from untoc_network.text.spelling import Nearest
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of

__all__ = ["Path", "Problem", "problems_in"]


_MOST_LOOKED_UP = 100
"""So many unknown fields of one object are compared with those that it has."""


@attrs.frozen
class Problem:
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


def problems_in(error: Exception, value: Any, path: Path) -> Iterator[Problem]:
    """Every problem in an exception of cattrs, with the path of each."""
    if isinstance(error, IterableValidationError):
        for inner, note in error.group_exceptions()[0]:
            yield from problems_in(inner, value[note.index], (*path, note.index))
    elif isinstance(error, ClassValidationError):
        yield from _problems_of_class(error, value, path)
    elif isinstance(error, Refusal):
        yield Problem(error.rule, (*path, *error.at), path, error.params)
    elif isinstance(error, ImpossibleValue):
        yield Problem(shape.value_is_possible, path, path, {"problem": error.key})
    else:
        raise error


def _problems_of_class(error: ClassValidationError, value: Any, path: Path) -> Iterator[Problem]:
    noted, bare = error.group_exceptions()
    unknown = {name for inner in bare if isinstance(inner, ForbiddenExtraKeysError) for name in inner.extra_fields}
    missing = [note.name for inner, note in noted if isinstance(inner, KeyError)]
    shapes = {field.name: field for field in fields_of(error.cl)}
    free = Nearest(name for name in shapes if name not in value)
    looked_up = sorted(unknown)[:_MOST_LOOKED_UP]
    meant = {name: near for name in looked_up if (near := free.to(name.strip().lower().replace(" ", "_")))}
    for name in sorted(unknown):
        yield _unknown_field(error.cl, name, meant.get(name), path)
    for name in missing:
        params: dict[str, str | int] = {"name": name, **wanted(error.cl, name, shapes[name].type)}
        yield Problem(wording.required_field_is_there, (*path, name), path, params, follows=name in meant.values())
    for inner, note in noted:
        if not isinstance(inner, KeyError):
            for problem in problems_in(inner, value[note.name], (*path, note.name)):
                yield _discreet(problem, shapes[note.name])
    for inner in bare:
        if not isinstance(inner, ForbiddenExtraKeysError):
            yield from problems_in(inner, value, path)


def _unknown_field(cls: type, name: str, near: str | None, path: Path) -> Problem:
    names = ", ".join(field.name for field in fields_of(cls))
    remedy = {"remedy": "near", "near": near} if near else {"remedy": "fields", "fields": names}
    params: dict[str, str | int] = {"object": cls.__name__, "name": shown_key(name), **remedy}
    return Problem(wording.field_is_known, (*path, name), (*path, name), params, at_key=True)


def _discreet(problem: Problem, field: FieldShape) -> Problem:
    """The problem without the value where the field is not public."""
    if field.sensitivity is Sensitivity.PUBLIC or "value" not in problem.params:
        return problem
    return attrs.evolve(problem, params={**problem.params, "value": "…"})
