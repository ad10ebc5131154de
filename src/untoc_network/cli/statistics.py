"""`stats` and `report`: numbers about a register, as tables and as a web page."""

from __future__ import annotations

import argparse

from untoc_network.cli import terminal
from untoc_network.cli.arguments import a_day, add_language, add_large, languages_of, load, today
from untoc_network.cli.output import write_out
from untoc_network.i18n.language import interface_in
from untoc_network.reports.statistics import render_statistics_csv, render_statistics_text
from untoc_network.reports.statistics_html import render_statistics_html
from untoc_network.statistics import Statistics, stats
from untoc_network.values.consent import Audience

__all__ = ["add_to"]

_STATS = """\
examples:
  untoc-network stats register.json --on 2024-12-31
  untoc-network stats register.json --audience internal --lang es
  untoc-network stats register.json --format csv > numbers.csv
"""
_REPORT = """\
examples:
  untoc-network report register.json -o numbers.html
  untoc-network report register.json --on 2024-12-31 --lang es -o cifras.html

The page holds everything that it needs: it loads nothing, runs no script, and
can be printed. Counted is what the audience may see; small counts are hidden.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands to the command line."""
    parser = _added(
        commands,
        "stats",
        "members, events, reviews and contributions in numbers",
        "Numbers about a register on a day, as an audience may know them; what is not known is told.",
        _STATS,
    )
    parser.add_argument(
        "--format", choices=("text", "json", "csv"), default="text", help="form of the output (%(default)s)"
    )
    parser.set_defaults(run=_stats)
    parser = _added(
        commands,
        "report",
        "the same numbers as a web page with charts, to hand on or print",
        "Numbers about a register on a day as one web page, with charts and tables.",
        _REPORT,
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file (standard output)")
    parser.set_defaults(run=_report)


def _added(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, says: str, description: str, examples: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=says,
        description=description,
        epilog=examples,
    )
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    parser.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day to judge on (today, UTC)")
    parser.add_argument(
        "--audience",
        choices=tuple(Audience),
        default=Audience.PUBLIC,
        metavar="CIRCLE",
        help=f"who will see it: {', '.join(Audience)} (public)",
    )
    parser.add_argument(
        "--minimum", type=int, default=None, metavar="N", help="the smallest count to tell (5; internal: all)"
    )
    add_language(parser)
    add_large(parser)
    return parser


def _made(chosen: argparse.Namespace) -> Statistics:
    register = load(chosen, chosen.register)
    return stats(register, on=chosen.on or today(), audience=Audience(chosen.audience), minimum=chosen.minimum)


def _stats(chosen: argparse.Namespace) -> int:
    made = _made(chosen)
    if chosen.format == "json":
        terminal.print_json(made.to_dict())
    elif chosen.format == "csv":
        terminal.print_utf8(render_statistics_csv(made))
    else:
        words = interface_in(*languages_of(chosen))
        print("\n".join(render_statistics_text(made, words=words, width=terminal.width())))
    return 0


def _report(chosen: argparse.Namespace) -> int:
    write_out(render_statistics_html(_made(chosen), words=interface_in(*languages_of(chosen))), chosen.output)
    return 0
