"""`find`: who fits a task, and how balanced the choice is."""

from __future__ import annotations

import argparse

from untoc_network import reference
from untoc_network.cli import terminal
from untoc_network.cli.arguments import a_day, add_language, add_large, languages_of, load, today
from untoc_network.engagement import Sector, find
from untoc_network.model.stakeholder import EngagementTool, OrganizationKind, Theme
from untoc_network.reports.member_search import render_found, render_found_markdown

__all__ = ["add_to"]

_EXAMPLES = """\
examples:
  untoc-network find register.json --theme firearms --country Panamá
  untoc-network find register.json --theme youth --language es --language pt
  untoc-network find register.json --network americas --on 2022-12-31
  untoc-network find register.json --theme firearms --lang es
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "find",
        description=(
            "Who fits a task, and how balanced the choice is. An option may be repeated; of one option one value is"
            " enough, and of each option one has to fit."
        ),
        epilog=_EXAMPLES,
    )
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    parser.add_argument("--theme", action="append", choices=tuple(Theme), metavar="THEME", help="such as firearms")
    parser.add_argument("--country", action="append", metavar="NAME", help="a country by any name or code")
    parser.add_argument("--language", action="append", metavar="TAG", help="such as es")
    sectors = tuple(dict.fromkeys((*map(str, Sector), *map(str, OrganizationKind))))
    parser.add_argument(
        "--sector", action="append", choices=sectors, metavar="SECTOR", help="such as academia, or a kind such as media"
    )
    parser.add_argument("--tool", action="append", choices=tuple(EngagementTool), metavar="TOOL", help="as advocacy")
    parser.add_argument("--network", metavar="ID", help="only those who belong to it on the day, or may")
    parser.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day to judge on (today, UTC)")
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="form of the output (%(default)s)"
    )
    add_large(parser)
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    spoken = languages_of(chosen)
    found = find(
        load(chosen, chosen.register),
        chosen.on or today(),
        themes=chosen.theme or (),
        countries=[reference.country_code(name) for name in chosen.country or ()],
        languages=chosen.language or (),
        sectors=chosen.sector or (),
        tools=chosen.tool or (),
        network=chosen.network,
    )
    if chosen.format == "json":
        terminal.print_json(found.to_dict())
    elif chosen.format == "markdown":
        terminal.print_utf8(render_found_markdown(found, languages=spoken))
    else:
        print("\n".join(render_found(found, width=terminal.width(), languages=spoken)))
    return 0
