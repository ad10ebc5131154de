"""Which record a document is that was given for a register: told as that, and not as a register that lacks all."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.values.fields import FieldShape, fields_of

__all__ = ["recognize_records"]


def recognize_records(document: Any) -> str | None:
    """What a document is called that is one record, or a list of records, in the phrases of IO038; None else.

    The class of a record is the one that takes its keys best; where several do alike, it is just a record.
    """
    if isinstance(document, list) and document and all(map(_is_record, document)):
        return "records"
    if not _is_record(document):
        return None
    scores = {cls.__name__: _score_class(cls, document) for cls in COLLECTIONS.values()}
    best = [name for name, score in scores.items() if score == max(scores.values())]
    return best[0] if len(best) == 1 else "record"


def _is_record(document: Any) -> bool:
    """Whether an object has an id, and nothing that a register has and no record, as lists of records are."""
    return isinstance(document, dict) and "id" in document and not document.keys() & _list_register_fields()


@functools.cache
def _list_register_fields() -> frozenset[str]:
    of_records = {shape.name for cls in COLLECTIONS.values() for shape in fields_of(cls)}
    return frozenset(shape.name for shape in fields_of(Register) if shape.name not in of_records)


def _score_class(cls: Any, document: Mapping[str, Any]) -> int:
    """How many keys of an object a class of records takes, less those that it does not, or needs and lacks."""
    shapes = {shape.name: shape for shape in fields_of(cls)}
    fitting = sum(1 if name in shapes and _may_hold(shapes[name], value) else -1 for name, value in document.items())
    return fitting - sum(shape.required and shape.name not in document for shape in shapes.values())


def _may_hold(shape: FieldShape, value: Any) -> bool:
    """Whether a value may be one of a field, as far as enumerations tell."""
    is_choice = isinstance(shape.type, type) and issubclass(shape.type, StrEnum)
    return not is_choice or shape.many or value in [*shape.type]
