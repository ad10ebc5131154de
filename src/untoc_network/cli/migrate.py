"""`migrate`: a register of an earlier schema version, in the form of this release."""

from __future__ import annotations

import argparse
import sys

from untoc_network.cli.arguments import add_language, add_large, languages_of, limits_of
from untoc_network.cli.output import deliver, exit_code, tell
from untoc_network.diagnostics.codes.reading import older_schema_version
from untoc_network.model.register import SCHEMA_VERSION
from untoc_network.serializers import files
from untoc_network.serializers.registry import REGISTER_FORMATS, find_format

__all__ = ["add_to"]

_EXAMPLES = """\
examples:
  untoc-network migrate register.json -o register.json
  untoc-network migrate --check register.json

Every command reads registers of all earlier versions; this one writes them
anew and tells what is called otherwise now. A register of the newest version
is written as it is.

exit codes: 0 done, or with --check: it is of the newest version; 1 it has
errors, such as a version newer than this release, and nothing is written, or
with --check: it is of an earlier version; 2 usage, or no register at all
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "migrate",
        description="Write a register of an earlier schema version in the form of this release, telling every change.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("input", metavar="FILE", help="a register; - is standard input")
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("-o", "--output", metavar="OUT", help="the file to write; - is standard output")
    target.add_argument("--check", action="store_true", help="write nothing, only tell whether it is of the newest")
    parser.add_argument(
        "--from", dest="from_form", choices=tuple(REGISTER_FORMATS), help="the format of FILE (by its suffix)"
    )
    parser.add_argument(
        "--to", dest="to_form", choices=tuple(REGISTER_FORMATS), help="the format of OUT (by its suffix)"
    )
    add_language(parser)
    add_large(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    if chosen.output is not None:
        find_format(chosen.output, chosen.to_form)
    register, report = files.read(chosen.input, form=chosen.from_form, limits=limits_of(chosen))
    tell(report, languages_of(chosen))
    if register is None or not report.ok:
        print("untoc-network: nothing was written", file=sys.stderr)
        return exit_code(report)
    older = any(finding.code == older_schema_version.code for finding in report)
    if chosen.check:
        print(f"{'not yet ' if older else ''}schema version {SCHEMA_VERSION}, the newest that this release knows")
        return int(older)
    deliver(register, chosen.output, chosen.to_form)
    return 0
