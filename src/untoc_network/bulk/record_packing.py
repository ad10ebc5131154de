"""Records as columns, with what rules compare alone: between processes they travel in a fraction of the time."""

from __future__ import annotations

import operator
from collections import deque
from typing import Any

from untoc_network.bulk.comparison_needs import list_projected_fields, make_projection_class

__all__ = ["Columns", "pack", "unpack"]

Columns = tuple[list[int], list[Any]]
"""For each record the number of its group, and the groups: class, fields held and their columns; or whole records."""


def pack(records: list[Any]) -> Columns:
    """Records with the fields of each group of alike ones as columns."""
    groups: dict[type[Any], list[Any]] = {}
    for record in records:
        groups.setdefault(type(record), []).append(record)
    numbers = {cls: number for number, cls in enumerate(groups)}
    return [numbers[type(record)] for record in records], [_pack_columns(cls, alike) for cls, alike in groups.items()]


def _pack_columns(cls: type[Any], records: list[Any]) -> Any:
    held = list_projected_fields(cls)
    if held is None:
        return records
    return records[0].__class__, held, [[*map(operator.attrgetter(field), records)] for field in held]


def unpack(state: Columns) -> list[Any]:
    """The records, in their order."""
    numbers, groups = state
    records = [iter(group if isinstance(group, list) else _unpack_records(*group)) for group in groups]
    return [next(records[number]) for number in numbers]


def _unpack_records(cls: Any, held: tuple[str, ...], columns: list[list[Any]]) -> list[Any]:
    thin = make_projection_class(cls, held)
    records = [thin() for _ in columns[0]]
    for field, column in zip(held, columns, strict=True):
        deque(map(getattr(thin, field).__set__, records, column), maxlen=0)
    return records
