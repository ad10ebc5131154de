"""`find`, `next`, `accreditations`: who can take part in what, until when, and where applications stand."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterable, Iterator, Mapping

from untoc_network import reference
from untoc_network.app.missing_members import explain_missing_members
from untoc_network.app.queries import show_register
from untoc_network.cli.commands import Definition
from untoc_network.cli.options import add_options, get_day, get_languages, load
from untoc_network.cli.output import print_findings, write_result
from untoc_network.cli.parser import Parser, print_note
from untoc_network.diagnostics.errors import UnusableConfiguration
from untoc_network.engagement import (
    AssessedEntryPoint,
    Sector,
    all_entry_points,
    applications,
    entry_points,
    find_organizations,
    rights,
)
from untoc_network.i18n.language_words import choose_interface_words
from untoc_network.interop.calendar_of_entry_points import entry_points_calendar
from untoc_network.interop.export_import_options import make_export_options
from untoc_network.model.organization_and_person import EngagementTool, OrganizationKind, Theme
from untoc_network.model.register import Register
from untoc_network.reports.entry_points import (
    entry_points_to_dict,
    render_entry_points,
    render_entry_points_markdown,
)
from untoc_network.reports.member_search import render_member_search, render_member_search_markdown
from untoc_network.reports.report_markdown import escape_markdown
from untoc_network.reports.status_applications import render_applications, render_rights
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.dates import PartialDate

__all__ = ["DEFINITIONS"]

_FIND = """\
examples:
  untoc-network find register.json --theme firearms --country Panamá
  untoc-network find register.json --theme youth --language es --language pt
  untoc-network find register.json --network americas --on 2022-12-31
  untoc-network find register.json --theme firearms --lang es

It tells how balanced the choice is, too. An option may be repeated; of one
option one value is enough, and of each option one has to fit.
"""
_NEXT = """\
examples:
  untoc-network next register.json --stakeholder xa-ngo
  untoc-network next register.json --stakeholder xa-ngo --on 2023-02-01
  untoc-network next register.json --member xa-ngo --open --format json
  untoc-network next register.json --network americas --open
  untoc-network next register.json --stakeholder xa-ngo --lang es
  untoc-network next register.json --stakeholder xa-ngo --format calendar -o deadlines.ics
"""
_ACCREDITATIONS = """\
examples:
  untoc-network accreditations register.json --on 2022-10-18
  untoc-network accreditations register.json --organization xa-ngo
  untoc-network accreditations register.json --organization xa-ngo --at session-12
  untoc-network accreditations register.json --lang es
"""

# -- find --------------------------------------------------------------------------------------------------------------


def _add_find_options(parser: Parser) -> None:
    sectors = tuple(dict.fromkeys((*map(str, Sector), *map(str, OrganizationKind))))
    add_options(parser, "country", action="append")
    for option, choices, about in (
        ("theme", tuple(Theme), "such as firearms"),
        ("language", None, "such as es"),
        ("sector", sectors, "such as academia, or a kind such as media"),
        ("tool", tuple(EngagementTool), "such as advocacy"),
    ):
        metavar = "TAG" if option == "language" else option.upper()
        parser.add_argument(f"--{option}", action="append", choices=choices, metavar=metavar, help=about)
    parser.add_argument("--network", metavar="ID", help="only those who belong to it on the day, or may")
    add_options(parser, "audience", default=Audience.PUBLIC)


def _run_find(chosen: argparse.Namespace) -> int:
    spoken, day = get_languages(chosen), get_day(chosen)
    register = load(chosen, chosen.register)
    shown = show_register(register, chosen.audience, day)
    found = find_organizations(
        shown,
        day,
        themes=chosen.theme or (),
        countries=[reference.country_code(name) for name in chosen.country or ()],
        languages=chosen.language or (),
        sectors=chosen.sector or (),
        tools=chosen.tool or (),
        network=chosen.network,
    )
    write_result(
        chosen,
        text=lambda width: render_member_search(found, width=width, languages=spoken),
        json=found.to_dict,
        markdown=lambda: render_member_search_markdown(found, languages=spoken),
    )
    if not found.fits:
        _tell_missing_members(chosen, register, shown, day)
    return 0


def _tell_missing_members(chosen: argparse.Namespace, register: Register, shown: Register, day: PartialDate) -> None:
    """Why nobody is found, where that is for what the register, or the part that is shown, does not have."""
    withheld = {body.id for body in register.organizations if body.id not in shown.by_id}
    missing = explain_missing_members(register, day, withheld=withheld, network_id=chosen.network)
    if missing is not None:
        print_note(choose_interface_words(*get_languages(chosen)).ui(missing))


# -- next --------------------------------------------------------------------------------------------------------------


def _add_next_options(parser: Parser) -> None:
    who = "the organization, or a person who acts for some; without it, each organization"
    parser.add_argument("--stakeholder", "--member", metavar="ID", help=who)
    parser.add_argument("--network", metavar="ID", help="of all, only those who belong to it on the day, or may")
    parser.add_argument("--open", action="store_true", help="leave out what is closed, or closed to it")


def _run_next(chosen: argparse.Namespace) -> int:
    if chosen.stakeholder and chosen.network:
        raise UnusableConfiguration("--network does not go with --stakeholder")
    register, spoken, day = load(chosen, chosen.register), get_languages(chosen), get_day(chosen)
    found: Mapping[str, tuple[AssessedEntryPoint, ...]]
    if chosen.stakeholder:
        found = {"": entry_points(register, chosen.stakeholder, day)}
    else:
        found = all_entry_points(register, day, network=chosen.network)
    shown = {
        who: tuple(point for point in points if not (chosen.open and point.is_closed)) for who, points in found.items()
    }
    together = tuple(itertools.chain.from_iterable(shown.values()))

    def write_text(width: int | None) -> Iterator[str]:
        for who, points in shown.items():
            yield from (who,) if who else ()
            yield from render_entry_points(points, width=width, languages=spoken)

    def write_markdown() -> Iterator[str]:
        for who, points in shown.items():
            yield f"# {escape_markdown(who)}\n\n" if who else ""
            yield from render_entry_points_markdown(points, languages=spoken)

    write_result(
        chosen,
        text=write_text,
        json=lambda: entry_points_to_dict(together, languages=spoken),
        markdown=write_markdown,
        calendar=lambda: _make_entry_points_calendar(together, day, spoken),
    )
    if not together or (chosen.format == "calendar" and not any(point.closes or point.duties for point in together)):
        print_note(choose_interface_words(*spoken).ui("nothing-ahead"))
    return 0


def _make_entry_points_calendar(
    points: Iterable[AssessedEntryPoint], on: PartialDate, languages: tuple[str, ...]
) -> tuple[bytes]:
    """The calendar; what could not stand in it is told on standard error."""
    made = entry_points_calendar(points, make_export_options(on, language=next(iter(languages), "en")))
    print_findings(made.report, languages, all=True)
    return (made.data,)


# -- accreditations ----------------------------------------------------------------------------------------------------


def _add_accreditations_options(parser: Parser) -> None:
    parser.add_argument("--organization", metavar="ID", help="the applications of this organization only")
    parser.add_argument("--at", metavar="EVENT", help="what the organization may do at this session")
    add_options(parser, "audience", default=Audience.PUBLIC)


def _run_accreditations(chosen: argparse.Namespace) -> int:
    if chosen.at and not chosen.organization:
        raise UnusableConfiguration("--at needs --organization")
    day, spoken = get_day(chosen), get_languages(chosen)
    register = show_register(load(chosen, chosen.register), chosen.audience, day)
    tracked = applications(register, day, organization_id=chosen.organization)
    allowed = rights(register, chosen.organization, chosen.at, day) if chosen.at else ()

    def lines(width: int | None) -> Iterator[str]:
        yield from render_applications(tracked, width=width, languages=spoken)
        yield from render_rights(allowed, width=width, languages=spoken)

    told: dict[str, object] = {"on": day, "applications": tracked}
    if chosen.at:
        told |= {"at": chosen.at, "rights": allowed}
    write_result(chosen, text=lines, json=lambda: told)
    return 0


DEFINITIONS = {
    "find": Definition(_run_find, _FIND, _add_find_options),
    "next": Definition(_run_next, _NEXT, _add_next_options),
    "accreditations": Definition(_run_accreditations, _ACCREDITATIONS, _add_accreditations_options),
}
