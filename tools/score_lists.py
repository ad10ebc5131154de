"""Score the import of member lists: real headers in two halves, and thousands of invented lists.

    python -m tools.score_lists [--invented NUMBER] [--seed NUMBER] [--half tuned|held_out] [--faults [KIND]]

For each half the header rows of real lists, once with invented cells that fit and once alone, and invented lists made
of the headers of that half. The table tells: lists that were refused, and those of which another row was taken for the
headers; of the columns that a person recognises those that were recognised; columns that were taken for what they are
not, and those about persons that were taken for something of a body, which may be public (`exposed`); persons that
became organizations, organizations that are in no row, and those of a row that are missing; cells that were read as
other letters (`misread`), and cells that are nowhere (`lost`). `--faults` shows columns one by one, of the tuned half
alone: the other one is only counted, as the README in `tests/serializers/member_lists/headers/` says.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from tests.serializers.member_lists.header_lists import HALVES, KINDS, NOTHING, RealColumn, real_lists
from tests.serializers.member_lists.invented_lists import InventedList, fitting_list, invented_lists

import untoc_network as un
from untoc_network.app.import_list import Imported
from untoc_network.serializers.member_lists import CellPlace, SheetMapping

_NETWORK = SheetMapping(network="invented-network")
"""With a network, so that columns on the membership have somewhere to go."""
_INTERNAL = ("note", "ignore", "key", "id")
"""Where the cells of a column are not shown to anybody outside."""
_SAME = {"person.given_name": "person.name", "person.family_name": "person.name"}
"""Finer fields that say the same as the one that the lists name."""


@attrs.frozen(kw_only=True)
class Fault:
    """A column that came out otherwise: its list, header, what was right, what it was taken for."""

    kind: str
    name: str
    of: str
    header: str
    right: str
    taken: str | None


@attrs.define(kw_only=True)
class Score:
    """What came of lists, counted."""

    lists: int = 0
    refused: int = 0
    other_row: int = 0
    columns: int = 0
    recognisable: int = 0
    recognised: int = 0
    wrong: int = 0
    personal: int = 0
    exposed: int = 0
    persons: int = 0
    persons_as_bodies: int = 0
    bodies: int = 0
    bodies_of_no_row: int = 0
    bodies_missing: int = 0
    cells: int = 0
    misread: int = 0
    lost: int = 0

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        for field in attrs.fields(Score):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


def score(invented: InventedList) -> tuple[Score, list[Fault]]:
    """Import a list and compare what came out with what is right."""
    came = un.import_bytes(invented.data, file=invented.file, mapping=_NETWORK)
    counts = Score(lists=1, refused=int(came.register is None), columns=len(invented.columns))
    row = next(row.number for row in invented.rows if row.what == "header")
    headers = [fate for fate in came.cells if fate.place is CellPlace.HEADER]
    counts.other_row = int(any(fate.row != row for fate in headers))
    taken = {fate.column: fate.what for fate in headers}
    faults = [
        fault
        for at, column in enumerate(invented.columns, start=1)
        for fault in _score_column(counts, invented, column, taken.get(at))
    ]
    counts.persons = len(invented.persons)
    if came.register is not None:
        _score_bodies(counts, invented, came.register)
        _score_cells(counts, invented, came, came.register)
    return counts, faults


def _score_column(counts: Score, invented: InventedList, column: RealColumn, taken: str | None) -> Iterator[Fault]:
    taken = _SAME.get(taken, taken) if taken else None
    is_field = taken is not None and taken not in _INTERNAL
    wrong = is_field and taken not in column.fields
    exposed = wrong and column.personal and not str(taken).startswith("person")
    missed = column.recognisable and (taken is None or taken == NOTHING)
    counts.recognisable += column.recognisable
    counts.recognised += column.recognisable and taken in column.fields and not counts.other_row
    counts.personal += column.personal
    counts.wrong += wrong
    counts.exposed += exposed
    kinds = {"exposed": exposed, "wrong": wrong and not exposed, "missed": missed}
    for kind in (kind for kind, is_so in kinds.items() if is_so):
        right = "|".join(column.fields)
        yield Fault(kind=kind, name=invented.name, of=invented.of, header=column.header, right=right, taken=taken)


def _score_bodies(counts: Score, invented: InventedList, register: un.Register) -> None:
    """Which organizations were made: of a row that names one, of a person, of neither."""
    names = {name for body in register.organizations for name in body.name.values()}
    of_persons = {part for given, family in invented.persons for part in (given, family, f"{given} {family}")}
    counts.persons_as_bodies = len(names & of_persons)
    counts.bodies = len(invented.bodies)
    counts.bodies_of_no_row = len(names - of_persons - invented.bodies)
    counts.bodies_missing = len(invented.bodies - names)


def _score_cells(counts: Score, invented: InventedList, came: Imported, register: un.Register) -> None:
    """Whether each cell is told of, in a record that is there, and in the notes in its own words."""
    fates = {(fate.row, fate.column): fate for fate in came.cells}
    held = {record.id for record in register}
    notes = "\n".join(
        " ".join(note.text.split()) for one in (*register.organizations, *register.persons) for note in one.notes
    )
    counts.cells = len(invented.cells)
    for position, text in invented.cells.items():
        fate = fates.get(position)
        if fate is None or (fate.record_id is not None and fate.record_id not in held):
            counts.lost += 1
        elif fate.place is CellPlace.NOTE and " ".join(text.split()) not in notes:
            counts.misread += not text.isascii()
            counts.lost += text.isascii()


def score_all(lists: Iterable[InventedList]) -> tuple[dict[str, Score], list[Fault]]:
    """The scores of many lists by what they are of, and their faults."""
    by_kind: dict[str, Score] = {}
    faults: list[Fault] = []
    for invented in lists:
        counts, found = score(invented)
        by_kind.setdefault(invented.of, Score()).add(counts)
        by_kind.setdefault("all", Score()).add(counts)
        faults += found
    return by_kind, faults


def lists_of_half(half: str, number: int, seed: int) -> dict[str, Iterable[InventedList]]:
    """The ways in which a half is measured: the real headers with cells and alone, and invented lists."""
    return {
        "with cells": [fitting_list(real) for real in real_lists(half)],
        "alone": [fitting_list(real, rows=0) for real in real_lists(half)],
        "invented": invented_lists(seed, number, half),
    }


_HEAD = (
    *("", "lists", "refused", "other row", "recognised", "wrong", "exposed", "persons as bodies"),
    *("bodies of no row", "missing bodies", "misread", "lost"),
)


def write_row(kind: str, counts: Score) -> tuple[str, ...]:
    """A line of the table: shares with what they are of."""
    return (
        kind,
        str(counts.lists),
        str(counts.refused),
        str(counts.other_row),
        _share(counts.recognised, counts.recognisable),
        _share(counts.wrong, counts.columns),
        _share(counts.exposed, counts.personal),
        _share(counts.persons_as_bodies, counts.persons),
        str(counts.bodies_of_no_row),
        _share(counts.bodies_missing, counts.bodies),
        _share(counts.misread, counts.cells),
        _share(counts.lost, counts.cells),
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} % of {whole}" if whole else "-"


def _print_table(rows: Iterable[tuple[str, ...]]) -> None:
    rows = [_HEAD, *rows]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def _print_faults(faults: Iterable[Fault], kind: str) -> None:
    told: Counter[Any] = Counter(
        (one.kind, one.of, one.right, one.taken or "-", one.header) for one in faults if kind in ("all", one.kind)
    )
    for (what, of, right, taken, header), times in told.most_common(300):
        print(f"{times:5}  {what:8} {of:14} {header!r}: {right}, taken for {taken}")


def main(arguments: list[str] | None = None) -> None:
    """Print the table of each half, and the faults of the tuned one where they are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--invented", type=int, default=1000, metavar="NUMBER")
    parser.add_argument("--seed", type=int, default=18, metavar="NUMBER")
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--faults", nargs="?", const="all", choices=("all", "exposed", "wrong", "missed"))
    asked = parser.parse_args(arguments)
    for half in [asked.half] if asked.half else HALVES:
        for way, lists in lists_of_half(half, asked.invented, asked.seed).items():
            begun = time.perf_counter()
            by_kind, faults = score_all(lists)
            print(f"\n{half}, {way} ({time.perf_counter() - begun:.1f} s)")
            _print_table(write_row(kind, by_kind[kind]) for kind in (*KINDS, "all") if kind in by_kind)
            if asked.faults and half == "tuned" and way == "with cells":
                _print_faults(faults, asked.faults)


if __name__ == "__main__":
    main()
