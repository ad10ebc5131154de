"""`reference`: the facts that the library ships, each with its source and how sure it is."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from untoc_network import reference
from untoc_network.cli import terminal
from untoc_network.cli.arguments import a_day
from untoc_network.diagnostics.plain_form import to_dict
from untoc_network.model.convention import RegionalGroup
from untoc_network.reference.loading import TABLES
from untoc_network.reference.rows import Row
from untoc_network.reference.tables import treaty_code
from untoc_network.reports.table import render_table

__all__ = ["add_to"]

_EXAMPLES = """\
examples:
  untoc-network reference parties --instrument UNTOC --on 2022-10-31
  untoc-network reference parties --instrument TIP --group grulac --in-force
  untoc-network reference treaty_actions --country Brasil --format json
  untoc-network reference cluster_articles --instrument SOM
"""
_TOLD = tuple(field.name for field in attrs.fields(Row))
_NAMING = ("party", "country", "code")
"""The fields by which a row speaks of a country."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "reference",
        description="Look up the facts that the library ships, each with its source and how sure it is.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("table", choices=("parties", *TABLES), metavar="TABLE", help=", ".join(("parties", *TABLES)))
    parser.add_argument("--instrument", metavar="CODE", help="UNTOC, TIP, SOM or FIREARMS")
    parser.add_argument("--group", choices=tuple(RegionalGroup), help="countries of this regional group only")
    parser.add_argument("--country", metavar="NAME", help="a country by any name or code")
    parser.add_argument("--on", type=a_day, metavar="DATE", help="parties on this day")
    parser.add_argument("--in-force", action="store_true", help="parties from entry into force, not from deposit")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form of the output (%(default)s)")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    rows = [row for row in _rows(chosen) if _is_wanted(row, chosen)]
    if chosen.format == "json":
        terminal.print_json(to_dict(rows))
    else:
        for line in _lines(rows, terminal.width()):
            print(line)
    return 0


def _rows(chosen: argparse.Namespace) -> Iterable[Any]:
    if chosen.table != "parties":
        return reference.table(chosen.table)
    return reference.parties(chosen.instrument or "UNTOC", on=chosen.on, in_force=chosen.in_force)


def _is_wanted(row: Any, chosen: argparse.Namespace) -> bool:
    codes = {getattr(row, name) for name in _NAMING if hasattr(row, name)}
    if chosen.instrument and treaty_code(chosen.instrument) not in (getattr(row, "treaty", None), *codes):
        return False
    if chosen.country and reference.country_code(chosen.country) not in codes:
        return False
    return chosen.group is None or chosen.group in {reference.regional_group(code) for code in codes}


def _lines(rows: list[Any], width: int | None) -> Iterator[str]:
    """The rows as a table: their own fields, and how sure each is; the sources are in the JSON."""
    names = [name for name in attrs.asdict(rows[0]) if name not in _TOLD] if rows else []
    head = (*names, "certainty")
    yield from render_table(head, [[getattr(row, name) for name in head] for row in rows], width=width)
    yield f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}; --format json gives the source of each"
