"""`reference` and `process`: the facts that the library ships, and the procedures of the Mechanism."""

from __future__ import annotations

import argparse

from untoc_network.app.queries import look_up_table
from untoc_network.cli.commands import Definition
from untoc_network.cli.options import add_options, get_languages
from untoc_network.cli.output import write_result
from untoc_network.cli.parser import Parser
from untoc_network.i18n.language_words import choose_interface_words
from untoc_network.model.convention import RegionalGroup
from untoc_network.process import PROCEDURES
from untoc_network.reference.packaged_tables import TABLES
from untoc_network.reports.fact_table import render_fact_table, render_fact_table_html
from untoc_network.reports.procedure_diagram import render_procedure_svg
from untoc_network.reports.procedure_text import procedure_to_dict, render_mermaid, render_procedure

__all__ = ["DEFINITIONS"]

_REFERENCE = """\
examples:
  untoc-network reference parties --instrument UNTOC --on 2022-10-31
  untoc-network reference parties --instrument TIP --group grulac --in-force
  untoc-network reference treaty_actions --country Brasil --format json
  untoc-network reference cluster_articles --instrument SOM

Each row says how sure it is, and each table of what day it is and what is
known to be missing; --format json and html give the source of each row too.
"""
_PROCESS = """\
examples:
  untoc-network process country-review
  untoc-network process accreditation --format svg -o rule-17.svg
  untoc-network process country-review --format svg --lang es -o examen.svg
"""
_PROCEDURES = {procedure.name: procedure for procedure in PROCEDURES}


def _add_reference_options(parser: Parser) -> None:
    tables = ("parties", *TABLES)
    parser.add_argument("table", choices=tables, metavar="TABLE", help=", ".join(tables))
    parser.add_argument("--instrument", metavar="CODE", help="UNTOC, TIP, SOM or FIREARMS")
    parser.add_argument("--group", choices=tuple(RegionalGroup), help="countries of this regional group only")
    add_options(parser, "on", help="parties on this day (all that are known)")
    parser.add_argument("--in-force", action="store_true", help="parties from entry into force, not from deposit")


def _run_reference(chosen: argparse.Namespace) -> int:
    wanted = {name: getattr(chosen, name) for name in ("instrument", "country", "group", "on", "in_force")}
    words = choose_interface_words(*get_languages(chosen))
    found = look_up_table(chosen.table, **wanted)
    write_result(
        chosen,
        text=lambda width: render_fact_table(found, width=width, words=words),
        json=lambda: found,
        html=lambda: render_fact_table_html(found, words=words),
    )
    return 0


def _add_process_options(parser: Parser) -> None:
    parser.add_argument("procedure", choices=tuple(_PROCEDURES), metavar="PROCEDURE", help=", ".join(_PROCEDURES))


def _run_process(chosen: argparse.Namespace) -> int:
    procedure, spoken = _PROCEDURES[chosen.procedure], get_languages(chosen)
    write_result(
        chosen,
        text=lambda width: render_procedure(procedure, width=width, languages=spoken),
        json=lambda: procedure_to_dict(procedure),
        mermaid=lambda: (render_mermaid(procedure, languages=spoken),),
        svg=lambda: (render_procedure_svg(procedure, languages=spoken),),
    )
    return 0


DEFINITIONS = {
    "reference": Definition(_run_reference, _REFERENCE, _add_reference_options),
    "process": Definition(_run_process, _PROCESS, _add_process_options),
}
