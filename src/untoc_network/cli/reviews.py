"""`reviews`: where each country review of a register stands, and what is late."""

from __future__ import annotations

import argparse

import attrs

from untoc_network import reference
from untoc_network.cli import terminal
from untoc_network.cli.arguments import a_day, add_large, load, today
from untoc_network.process.review_tracker import Tracker, track
from untoc_network.reports.tracker import render_tracker

__all__ = ["add_to"]

_EXAMPLES = """\
examples:
  untoc-network reviews register.json
  untoc-network reviews register.json --country Panamá
  untoc-network reviews register.json --on 2024-04-05 --format json
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "reviews",
        description="Where each country review of a register stands on a day: stage, lateness, focal point, outputs.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    parser.add_argument("--country", metavar="NAME", help="a State under review, by any name or code")
    parser.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day to judge on (today, UTC)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form of the output (%(default)s)")
    add_large(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    tracker = track(load(chosen, chosen.register), chosen.on or today())
    if chosen.country:
        tracker = _only(tracker, reference.country_code(chosen.country))
    if chosen.format == "json":
        terminal.print_json(tracker.to_dict())
    else:
        print("\n".join(render_tracker(tracker, width=terminal.width())))
    return 0


def _only(tracker: Tracker, code: str) -> Tracker:
    kept = tuple(standing for standing in tracker.standings if standing.review.country == code)
    return attrs.evolve(tracker, standings=kept)
