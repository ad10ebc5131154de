"""`convert`: one register, in another format, without loss."""

from __future__ import annotations

import argparse
import sys

from untoc_network.cli.arguments import add_language, add_large, languages_of, limits_of
from untoc_network.cli.output import deliver, exit_code, tell
from untoc_network.serializers import files
from untoc_network.serializers.registry import REGISTER_FORMATS, find_format

__all__ = ["add_to"]

_EXAMPLES = """\
examples:
  untoc-network convert register.json register.yaml
  untoc-network convert register.yaml register.ndjson
  untoc-network convert register.ndjson register.datapackage/
  untoc-network convert --from yaml --to json - - < register.yaml

The suffix names the format: .json, .yaml or .yml, .ndjson or .jsonl, and for
CSV tables .datapackage for a folder or .zip for one file. Where the input has
an error nothing is written and the exit code is 1, or 2 where it cannot be read
at all; warnings are told, and the register is written.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "convert",
        description="Write a register in another format. Nothing is lost: converted back, the bytes are the same.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("input", metavar="IN", help="a register; - is standard input")
    parser.add_argument("output", metavar="OUT", help="the file to write; - is standard output")
    parser.add_argument(
        "--from", dest="from_form", choices=tuple(REGISTER_FORMATS), help="the format of IN (by its suffix)"
    )
    parser.add_argument(
        "--to", dest="to_form", choices=tuple(REGISTER_FORMATS), help="the format of OUT (by its suffix)"
    )
    add_language(parser)
    add_large(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    find_format(chosen.output, chosen.to_form)
    register, report = files.read(chosen.input, form=chosen.from_form, limits=limits_of(chosen))
    tell(report, languages_of(chosen))
    if register is None or not report.ok:
        print("untoc-network: nothing was written", file=sys.stderr)
        return exit_code(report)
    deliver(register, chosen.output, chosen.to_form)
    return 0
