"""`reference` and `process`: the facts that the library ships, and the procedures of the Mechanism."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import attrs

from untoc_network.app.queries import look_up_facts
from untoc_network.cli.commands import Definition
from untoc_network.cli.options import add_options
from untoc_network.cli.output import write_result
from untoc_network.cli.parser import Parser
from untoc_network.diagnostics.code import with_count
from untoc_network.model.convention import RegionalGroup
from untoc_network.process import PROCEDURES
from untoc_network.reference.packaged_tables import TABLES
from untoc_network.reference.row_types import Row
from untoc_network.reports.procedure_diagram import render_procedure_svg
from untoc_network.reports.procedure_text import procedure_to_dict, render_mermaid, render_procedure
from untoc_network.reports.text_table import render_table

__all__ = ["DEFINITIONS"]

_REFERENCE = """\
examples:
  untoc-network reference parties --instrument UNTOC --on 2022-10-31
  untoc-network reference parties --instrument TIP --group grulac --in-force
  untoc-network reference treaty_actions --country Brasil --format json
  untoc-network reference cluster_articles --instrument SOM

Each row says how sure it is; --format json gives its source too.
"""
_PROCESS = """\
examples:
  untoc-network process country-review
  untoc-network process accreditation --format svg -o rule-17.svg
"""
_PROCEDURES = {procedure.name: procedure for procedure in PROCEDURES}
_PROVENANCE = {field.name for field in attrs.fields(Row)}


def _add_reference_options(parser: Parser) -> None:
    tables = ("parties", *TABLES)
    parser.add_argument("table", choices=tables, metavar="TABLE", help=", ".join(tables))
    parser.add_argument("--instrument", metavar="CODE", help="UNTOC, TIP, SOM or FIREARMS")
    parser.add_argument("--group", choices=tuple(RegionalGroup), help="countries of this regional group only")
    add_options(parser, "on", help="parties on this day (all that are known)")
    parser.add_argument("--in-force", action="store_true", help="parties from entry into force, not from deposit")


def _run_reference(chosen: argparse.Namespace) -> int:
    wanted = {name: getattr(chosen, name) for name in ("instrument", "country", "group", "on", "in_force")}
    rows = look_up_facts(chosen.table, **wanted)
    fields = [name for name in (attrs.asdict(rows[0]) if rows else ()) if name not in _PROVENANCE] + ["certainty"]
    head = [name for name in fields if len(rows) == 1 or len({getattr(row, name) for row in rows}) > 1]

    def lines(width: int | None) -> Iterator[str]:
        yield from render_table(head, [[getattr(row, name) for name in head] for row in rows], width=width)
        shared = [f"{name} {getattr(rows[0], name)}" for name in fields if rows and name not in head]
        told = f", all with {', '.join(shared)}" if shared else ""
        yield f"{with_count(len(rows), 'row|rows')}{told}; --format json gives the source of each"

    write_result(chosen, text=lines, json=lambda: rows)
    return 0


def _add_process_options(parser: Parser) -> None:
    parser.add_argument("procedure", choices=tuple(_PROCEDURES), metavar="PROCEDURE", help=", ".join(_PROCEDURES))


def _run_process(chosen: argparse.Namespace) -> int:
    procedure = _PROCEDURES[chosen.procedure]
    write_result(
        chosen,
        text=lambda width: render_procedure(procedure, width=width),
        json=lambda: procedure_to_dict(procedure),
        mermaid=lambda: (render_mermaid(procedure),),
        svg=lambda: (render_procedure_svg(procedure),),
    )
    return 0


DEFINITIONS = {
    "reference": Definition(_run_reference, _REFERENCE, _add_reference_options),
    "process": Definition(_run_process, _PROCESS, _add_process_options),
}
