"""`untoc-network`, also `python -m untoc_network`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from untoc_network import __version__
from untoc_network.cli import (
    admission,
    catalogue,
    contributions,
    convert,
    entry_points,
    exporting,
    finding,
    importing,
    matching,
    migrate,
    privacy,
    process,
    publishing,
    reference,
    reviews,
    schema,
    statistics,
    validate,
)
from untoc_network.cli.companions import add_companions
from untoc_network.diagnostics.errors import UntocNetworkError
from untoc_network.values.collector import gc_held_back

__all__ = ["main", "script"]

_EPILOG = """\
examples:
  untoc-network validate register.json
  untoc-network import members.csv -o register.json
  untoc-network export register.json -o network.ics
  untoc-network duplicates register.json
  untoc-network explain EV014
  untoc-network reviews register.json --on 2024-12-31
  untoc-network next register.json --stakeholder xa-ngo --on 2023-02-01
  untoc-network reference parties --instrument TIP --on 2022-10-31
  untoc-network lots draw --seed rehearsal -o draw.json

exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or unreadable
input, 130 interrupted
"""
_COMMANDS = (
    validate,
    importing,
    convert,
    migrate,
    exporting,
    matching,
    catalogue,
    reviews,
    statistics,
    entry_points,
    contributions,
    finding,
    admission,
    process,
    reference,
    privacy,
    publishing,
    schema,
)


def script() -> int:
    """The program itself, as the shell calls it: the process is its own, and the collector would find little in it."""
    with gc_held_back(True):
        return main()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is 0 clean, 1 findings, 2 usage or unreadable input, 130 on Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        chosen = _parser(given[0] if given else "").parse_args(given)
        code: int = chosen.run(chosen)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except UntocNetworkError as error:
        print(f"untoc-network: {error}", file=sys.stderr)
        return 2
    return code


def _parser(called: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="untoc-network",
        description="Registers of networks of non-governmental stakeholders in the UNTOC Review Mechanism.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"untoc-network {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add_to(commands)
    if called not in (*commands.choices, "--version"):
        add_companions(commands, called)
    return parser
