"""The records of several registers side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from untoc_network.model.register import Register

__all__ = ["align_records"]


def align_records(collection: str, *registers: Register) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every id of a collection in order, with the record that each register has of it, or None.

    Where a register has two records of one id, the second stands beside the second of the others.
    """
    sides = []
    for register in registers:
        records: dict[tuple[str, int], Any] = {}
        numbers: Counter[str] = Counter()
        for record in getattr(register, collection):
            records[record.id, numbers[record.id]] = record
            numbers[record.id] += 1
        sides.append(records)
    keys: set[tuple[str, int]] = set().union(*sides)
    for key in sorted(keys):
        yield key[0], tuple(records.get(key) for records in sides)
