"""Paths into records as people call them: `affiliations[0].role` of a person is *Afiliaciones 1, Función*."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from untoc_network.i18n.language_words import Words
from untoc_network.values.fields import fields_of, nested_class

__all__ = ["name_path", "name_value"]

_STEP = re.compile(r"(\w+)(?:\[(\w{1,40})\])?")


def name_path(path: str, cls: type[Any], words: Words) -> str:
    """A path within a record of the class, by the labels of its fields; what has none, and English, stays as it is."""
    steps, holder = [], cls
    for step in path.split(".") if words.fields else ():
        found = _STEP.fullmatch(step)
        name, which = found.groups() if found else (step, None)
        label = words.fields.get(f"{holder.__name__}.{name}") if holder else None
        said = label or words.interface.get(f"report-language-{name}") or name
        steps.append(f"{said} {int(which) + 1 if which.isdecimal() else which}" if which else said)
        holder = _find_nested_class(holder, name)
    return ", ".join(steps) or path


def name_value(value: str, path: str, cls: type[Any], words: Words) -> str:
    """A value at a path by its label where it is one of a list; anything else, and English, as it is."""
    holder: Any = cls
    *ways, last = (step.partition("[")[0] for step in path.split("."))
    for name in ways:
        holder = _find_nested_class(holder, name)
    kinds = (shape.type for shape in fields_of(holder) if shape.name == last) if holder and words.fields else ()
    return next(
        (
            words.label(kind(value))
            for kind in kinds
            if isinstance(kind, type) and issubclass(kind, StrEnum) and value in {*kind}
        ),
        value,
    )


def _find_nested_class(holder: Any, name: str) -> Any:
    shapes = fields_of(holder) if holder else ()
    return next((nested_class(shape) for shape in shapes if shape.name == name), None)
