"""`next`: what a stakeholder can still take part in."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from untoc_network.cli import terminal
from untoc_network.cli.arguments import a_day, add_language, add_large, languages_of, load, today
from untoc_network.cli.output import tell
from untoc_network.engagement import EntryPoint, entry_points
from untoc_network.interop.entry_points_ics import entry_points_calendar
from untoc_network.interop.exported import wishes
from untoc_network.reports.entry_points import (
    entry_points_to_dict,
    render_entry_points,
    render_entry_points_markdown,
)
from untoc_network.values.dates import PartialDate

__all__ = ["add_to"]

_EXAMPLES = """\
examples:
  untoc-network next register.json --stakeholder xa-ngo
  untoc-network next register.json --stakeholder xa-ngo --on 2023-02-01
  untoc-network next register.json --member xa-ngo --open --format json
  untoc-network next register.json --stakeholder xa-ngo --lang es
  untoc-network next register.json --stakeholder xa-ngo --format calendar > deadlines.ics
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "next",
        description="What a stakeholder can still take part in on a day: what, where, until when, on what conditions.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    parser.add_argument(
        "--stakeholder", "--member", required=True, metavar="ID", help="the organization, or a person who acts for some"
    )
    parser.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day to judge on (today, UTC)")
    parser.add_argument("--open", action="store_true", help="leave out what is closed, or closed to it")
    parser.add_argument(
        "--format",
        choices=("text", "json", "markdown", "calendar"),
        default="text",
        help="form of the output (%(default)s)",
    )
    add_large(parser)
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    register, languages = load(chosen, chosen.register), languages_of(chosen)
    points = entry_points(register, chosen.stakeholder, chosen.on or today())
    shown = tuple(point for point in points if not (chosen.open and point.is_shut))
    if chosen.format == "json":
        terminal.print_json(entry_points_to_dict(shown, languages=languages))
    elif chosen.format == "calendar":
        _print_calendar(shown, chosen.on or today(), languages)
    elif chosen.format == "markdown":
        terminal.print_utf8(render_entry_points_markdown(shown, languages=languages))
    else:
        print("\n".join(render_entry_points(shown, width=terminal.width(), languages=languages)).rstrip("\n"))
    return 0


def _print_calendar(points: Iterable[EntryPoint], on: PartialDate, languages: tuple[str, ...]) -> None:
    """The calendar on standard output; what could not stand in it is told on standard error."""
    made = entry_points_calendar(points, wishes(on, {"language": next(iter(languages), "en")}))
    tell(made.report, languages)
    terminal.print_bytes([made.data])
