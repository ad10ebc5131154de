"""`schema`: the form of a register as JSON Schema, for editors and other programs."""

from __future__ import annotations

import argparse

from untoc_network.cli import terminal
from untoc_network.serializers.schema import schema_text
from untoc_network.serializers.source.atomic_write import write_atomically

__all__ = ["add_to"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "schema",
        description="Print the form of a register as JSON Schema 2020-12, with labels, descriptions and choices.",
        epilog="examples:\n  untoc-network schema -o register.schema.json\n",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write it to a file; - is standard output")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    if chosen.output in (None, "-"):
        terminal.print_utf8([schema_text()])
    else:
        write_atomically(chosen.output, (schema_text().encode(),))
    return 0
