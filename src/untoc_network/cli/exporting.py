"""`export`, and its short forms `calendar` and `graph`: the public part of a register in the form of other tools."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from untoc_network.cli import terminal
from untoc_network.cli.arguments import a_day, add_language, add_large, languages_of, limits_of, today
from untoc_network.cli.output import write_out
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.codes.reading import UNREADABLE
from untoc_network.diagnostics.errors import UnreadableInput, UnsupportedFormat
from untoc_network.diagnostics.findings import Report
from untoc_network.i18n.language import interface_in, translated
from untoc_network.interop.exported import View
from untoc_network.interop.registry import FORMS, export, form_of
from untoc_network.reports.text import Palette, render_text, summary_of
from untoc_network.serializers import files

__all__ = ["add_to"]

_EXAMPLES = """\
examples:
  untoc-network export register.json -o network.ics --language es
  untoc-network export register.json -o network.ics --previous network.ics
  untoc-network export register.json --to jsonld --base https://example.org/id/
  untoc-network export register.json -o network.svg --view organization-event

Only what is public leaves: no field that is not, no person without a consent
for publication, nothing at risk, no link into a meeting. What was left out is
told on standard error.

exit codes: 0 written, 1 errors in the register (nothing is written) or in what
was to leave, 2 usage, or a register that cannot be read
"""
_SHOWN = 20
_DRAWN = ("svg", "graphml", "dot", "mermaid")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    parser = commands.add_parser(
        "export",
        description="Write the public part of a register in the form that another tool reads.",
        epilog=_EXAMPLES,
    )
    _arguments(parser, tuple(FORMS))
    _of_calendars(parser)
    _of_graphs(parser)
    parser.add_argument("--base", metavar="IRI", help="how the addresses of records begin in JSON-LD")
    calendar = commands.add_parser(
        "calendar",
        description="Write the public part of a register as a calendar (.ics).",
        epilog="examples:\n  untoc-network calendar register.json -o network.ics\n"
        "  untoc-network calendar register.json --language es -o red.ics\n",
    )
    _arguments(calendar, ("calendar",), "calendar")
    _of_calendars(calendar)
    graph = commands.add_parser(
        "graph",
        description="Write the public part of a network as a graph, in the form of the suffix.",
        epilog="examples:\n  untoc-network graph register.json -o network.svg\n"
        "  untoc-network graph register.json -o network.graphml\n",
    )
    _arguments(graph, _DRAWN)
    _of_graphs(graph)


def _arguments(parser: argparse.ArgumentParser, forms: tuple[str, ...], form: str | None = None) -> None:
    parser.add_argument("register", metavar="REGISTER", help="a register; - is standard input")
    parser.add_argument("-o", "--output", metavar="OUT", help="the file to write; else standard output")
    parser.add_argument("--to", dest="form", choices=forms, default=form, help="the form (by the suffix of OUT)")
    parser.add_argument("--on", type=a_day, metavar="DATE", help="the day for consents and deadlines (today)")
    parser.add_argument("--language", metavar="TAG", help="the language of names, such as es (en)")
    add_language(parser)
    add_large(parser)
    parser.set_defaults(run=_run, forms=forms)


def _of_calendars(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--previous", metavar="FILE", help="the calendar that was published before")
    parser.add_argument("--domain", metavar="NAME", help="how the identifiers of calendar entries end")


def _of_graphs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--view", type=View, choices=tuple(View), help="whose ties are shown (%(choices)s)")
    parser.add_argument("--most", type=int, metavar="N", help="so many of each kind in a picture at most (40)")


def _run(chosen: argparse.Namespace) -> int:
    form = _form(chosen)
    register, report = files.read(chosen.register, limits=limits_of(chosen))
    if register is None or not report.ok:
        _tell(report, chosen)
        print("untoc-network: nothing was written", file=sys.stderr)
        return 2 if any(finding.code in UNREADABLE for finding in report) else 1
    names = ("language", "base", "domain", "view", "most")
    given = {name: value for name in names if (value := getattr(chosen, name, None)) is not None}
    previous = getattr(chosen, "previous", None)
    if previous is not None:
        given["previous"] = _earlier(previous)
    made = export(register, form, on=chosen.on or today(), **given)
    write_out((made.data,), chosen.output)
    told = report.merge(made.report)
    _tell(told, chosen)
    return int(not told.ok)


def _form(chosen: argparse.Namespace) -> str:
    if chosen.form is None and chosen.output in (None, "-"):
        raise UnsupportedFormat(f"name the form: --to {'|'.join(chosen.forms)}")
    form = form_of(chosen.output or "", chosen.form).name
    if form not in chosen.forms:
        raise UnsupportedFormat(f"{escape_unprintable(chosen.output)}: the form is none of {', '.join(chosen.forms)}")
    return form


def _earlier(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        problem = (getattr(error, "strerror", None) or "cannot be read").lower()
        raise UnreadableInput(f"{escape_unprintable(path)}: {problem}") from None


def _tell(report: Report, chosen: argparse.Namespace) -> None:
    """The gravest findings and the summary, on standard error: standard output may hold the export."""
    if not len(report):
        return
    grave = sorted(report, key=lambda finding: finding.severity.rank)[:_SHOWN]
    words, told = interface_in(*languages_of(chosen)), translated(Report(tuple(grave)), *languages_of(chosen))
    *lines, _ = render_text(told, width=terminal.width(), palette=Palette(coloured=False), words=words)
    rest = f"; {words.ui('shown', shown=_SHOWN, all=len(report))}" if len(report) > _SHOWN else ""
    print("\n".join([*lines, f"untoc-network: {summary_of(report, words=words)}{rest}"]), file=sys.stderr)
