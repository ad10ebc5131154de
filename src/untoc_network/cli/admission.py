"""`accreditations`: applications for status and admission, and what may be done at a session."""

from __future__ import annotations

import argparse

from untoc_network.cli import terminal
from untoc_network.cli.arguments import a_day, add_language, add_large, languages_of, load, today
from untoc_network.diagnostics.plain_form import to_dict
from untoc_network.engagement import applications, rights
from untoc_network.reports.admission import render_applications, render_rights

__all__ = ["add_to"]

_EXAMPLES = """\
examples:
  untoc-network accreditations register.json --on 2022-10-18
  untoc-network accreditations register.json --organization xa-ngo
  untoc-network accreditations register.json --organization xa-ngo --at session-12
  untoc-network accreditations register.json --lang es
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "accreditations",
        description="Applications for status and admission with objections and decisions; and who may do what where.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    parser.add_argument("--organization", metavar="ID", help="the applications of this organization only")
    parser.add_argument("--at", metavar="EVENT", help="what the organization may do at this session")
    parser.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day to judge on (today, UTC)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form of the output (%(default)s)")
    add_large(parser)
    add_language(parser)
    parser.set_defaults(run=lambda chosen: _run(chosen, parser))


def _run(chosen: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if chosen.at and not chosen.organization:
        parser.error("--at needs --organization")
    register, day = load(chosen, chosen.register), chosen.on or today()
    languages = languages_of(chosen)
    tracked = applications(register, day, organization_id=chosen.organization)
    allowed = rights(register, chosen.organization, chosen.at, day) if chosen.at else ()
    if chosen.format == "json":
        told: dict[str, object] = {"on": day, "applications": to_dict(tracked)}
        if chosen.at:
            told |= {"at": chosen.at, "rights": to_dict(allowed)}
        terminal.print_json(told)
    else:
        print("\n".join(render_applications(tracked, width=terminal.width(), languages=languages)))
        for line in render_rights(allowed, width=terminal.width(), languages=languages):
            print(line)
    return 0
