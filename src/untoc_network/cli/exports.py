"""`export`, and its short forms `calendar` and `graph`: the public part of a register in the form of other tools."""

from __future__ import annotations

import argparse

from untoc_network.app.check_files import choose_exit_code
from untoc_network.cli.commands import Definition
from untoc_network.cli.conversion import read_sound_register
from untoc_network.cli.options import get_day, get_languages, tell_undeclared_own_fields
from untoc_network.cli.output import print_gravest, refuse_to_replace, write_out
from untoc_network.cli.parser import Parser, print_note
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import UnsupportedFormat
from untoc_network.i18n.language_words import choose_interface_words
from untoc_network.interop.export_import_options import GraphGrouping, GraphView
from untoc_network.interop.registry import FORMS, export, find_form
from untoc_network.serializers.source.file_access import read_limited
from untoc_network.serializers.source.limits import Limits

__all__ = ["DEFINITIONS"]

_EXPORT = """\
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
_CALENDAR = """\
examples:
  untoc-network calendar register.json -o network.ics
  untoc-network calendar register.json --language es -o red.ics
  untoc-network calendar register.json --sessions -o network.ics
"""
_GRAPH = """\
examples:
  untoc-network graph register.json -o network.svg
  untoc-network graph register.json -o network.graphml
"""
_DRAWN = ("svg", "graphml", "dot", "mermaid")


def _add_export_options(parser: Parser) -> None:
    _add_form_option(parser, tuple(FORMS))
    _add_previous_option(parser)
    _add_picture_options(parser)
    parser.add_argument("--base", metavar="IRI", help="how the addresses of records begin in JSON-LD")


def _add_calendar_options(parser: Parser) -> None:
    _add_form_option(parser, ("calendar",), "calendar")
    _add_previous_option(parser)
    known = "the Mechanism's own sessions and dialogues too, as far as they are known"
    parser.add_argument("--sessions", action="store_true", default=None, help=known)


def _add_graph_options(parser: Parser) -> None:
    _add_form_option(parser, _DRAWN)
    _add_picture_options(parser)


def _add_form_option(parser: Parser, forms: tuple[str, ...], form: str | None = None) -> None:
    parser.add_argument("--to", dest="form", choices=forms, default=form, help="the form (by the suffix of FILE)")
    parser.add_argument("--language", metavar="TAG", help="the language of names, such as es (that of the call)")
    parser.set_defaults(forms=forms)


def _add_previous_option(parser: Parser) -> None:
    parser.add_argument("--previous", metavar="FILE", help="the calendar that was published before")
    parser.add_argument("--domain", metavar="NAME", help="how the identifiers of calendar entries end")


def _add_picture_options(parser: Parser) -> None:
    parser.add_argument("--view", type=GraphView, choices=tuple(GraphView), help="whose ties are shown")
    parser.add_argument("--most", type=int, metavar="N", help="so many of each kind in a picture at most (40)")
    grouping = "by what organizations stand together in a picture that are more than that (country)"
    parser.add_argument("--group-by", type=GraphGrouping, choices=tuple(GraphGrouping), help=grouping)


def _run_export(chosen: argparse.Namespace) -> int:
    form = _choose_export_form(chosen)
    refuse_to_replace([chosen.register], chosen.output)
    register, report = read_sound_register(chosen)
    if register is None:
        return choose_exit_code(report)
    tell_undeclared_own_fields(chosen, register)
    names = ("language", "base", "domain", "view", "most", "group_by", "sessions")
    given = {name: value for name in names if (value := getattr(chosen, name, None)) is not None}
    given.setdefault("language", next(iter(get_languages(chosen)), "en"))
    previous = getattr(chosen, "previous", None)
    if previous is not None:
        given["previous"] = read_limited(previous, Limits())
    made = export(register, form, on=get_day(chosen), **given)
    write_out((made.data,), chosen.output)
    words = choose_interface_words(*get_languages(chosen))
    if form == "calendar" and b"BEGIN:VEVENT" not in made.data:
        print_note(words.ui("calendar-empty"))
    told = report.merge(made.report)
    if len(told):
        summary, shown = print_gravest(told, get_languages(chosen), all=chosen.all)
        rest = f"; {words.ui('shown', shown=shown, all=len(told))}" if shown < len(told) else ""
        print_note(f"{summary}{rest}")
    return choose_exit_code(told)


def _choose_export_form(chosen: argparse.Namespace) -> str:
    if chosen.form is None and chosen.output in (None, "-"):
        raise UnsupportedFormat(f"name the form: --to {'|'.join(chosen.forms)}")
    form = find_form(chosen.output or "", chosen.form).name
    if form not in chosen.forms:
        raise UnsupportedFormat(
            f"{escape_unprintable(chosen.output)}: the form is not one of {', '.join(chosen.forms)}"
        )
    return form


DEFINITIONS = {
    "export": Definition(_run_export, _EXPORT, _add_export_options),
    "calendar": Definition(_run_export, _CALENDAR, _add_calendar_options),
    "graph": Definition(_run_export, _GRAPH, _add_graph_options),
}
