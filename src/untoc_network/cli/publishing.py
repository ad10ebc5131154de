"""`publish`: what an audience may see, checked, in a folder with an index and checksums."""

from __future__ import annotations

import argparse
import sys

from untoc_network.app.publishing import OUTPUTS, publish
from untoc_network.cli import terminal
from untoc_network.cli.arguments import a_day, add_large, load, today
from untoc_network.cli.output import told_in_a_line
from untoc_network.cli.privacy import summary_of, write_redactions
from untoc_network.privacy.redactions import View
from untoc_network.reports.text import Palette, render_text
from untoc_network.rules.catalogue import PRESETS
from untoc_network.rules.engine import RuleSet
from untoc_network.values.consent import Audience

__all__ = ["add_to"]

_EXAMPLES = """\
examples:
  untoc-network publish register.json public/ --audience public
  untoc-network publish register.json members/ --audience members \\
      --on 2026-11-24 --forms json,yaml --redactions left-out.json

The audience's view is checked by the strict rules first; where they find an
error nothing is written and the exit code is 1. A folder that is there is
replaced if it is empty or a publication.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "publish",
        description="Write what an audience may see of a register into a folder, with an index and checksums.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    parser.add_argument("folder", metavar="FOLDER", help="the folder to write; replaced as a whole")
    parser.add_argument("--audience", required=True, choices=tuple(Audience), help="who is to see it")
    parser.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day to judge on (today, UTC)")
    parser.add_argument(
        "--forms",
        type=_names,
        default=("json", "csv-folder"),
        metavar="FORMS",
        help=f"which of {', '.join(OUTPUTS)}, apart by commas (json,csv-folder)",
    )
    parser.add_argument("--rules", choices=tuple(PRESETS), default="strict", help="the rule set (%(default)s)")
    parser.add_argument("--redactions", metavar="FILE", help="write as JSON what was left out and why, without values")
    add_large(parser)
    parser.set_defaults(run=_run)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _run(chosen: argparse.Namespace) -> int:
    register = load(chosen, chosen.register)
    with told_in_a_line(chosen.folder):
        publication = publish(
            register,
            chosen.folder,
            audience=Audience(chosen.audience),
            on=chosen.on or today(),
            forms=chosen.forms,
            rules=RuleSet.named(chosen.rules),
        )
    write_redactions(View(register=register, redactions=publication.redactions).to_dict(), chosen.redactions)
    for line in render_text(publication.report, width=terminal.width(), palette=Palette(coloured=False)):
        print(line, file=sys.stderr)
    done = f"{len(publication.files)} files written" if publication.ok else "nothing was written"
    print(f"untoc-network: {done}; {summary_of(publication.redactions)}", file=sys.stderr)
    return int(not publication.ok)
