"""`process`: the procedures of the Mechanism, as text, data and pictures."""

from __future__ import annotations

import argparse

from untoc_network.cli import terminal
from untoc_network.process import PROCEDURES
from untoc_network.process.procedure import Procedure
from untoc_network.reports.diagram import render_svg
from untoc_network.reports.procedure import procedure_to_dict, render_mermaid, render_procedure

__all__ = ["add_to"]

_PROCEDURES = {procedure.name: procedure for procedure in PROCEDURES}
_EXAMPLES = """\
examples:
  untoc-network process country-review
  untoc-network process accreditation --format svg > rule-17.svg
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "process",
        description="Show a procedure of the Mechanism: its states and steps, by whom, until when, on what basis.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("procedure", choices=tuple(_PROCEDURES), metavar="PROCEDURE", help=", ".join(_PROCEDURES))
    parser.add_argument(
        "--format", choices=("text", "json", "mermaid", "svg"), default="text", help="form of the output (%(default)s)"
    )
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    procedure = _PROCEDURES[chosen.procedure]
    if chosen.format == "json":
        terminal.print_json(procedure_to_dict(procedure))
    else:
        print(_drawn(procedure, chosen.format))
    return 0


def _drawn(procedure: Procedure, form: str) -> str:
    if form == "text":
        return "\n".join(render_procedure(procedure, width=terminal.width()))
    return (render_svg if form == "svg" else render_mermaid)(procedure).rstrip("\n")
