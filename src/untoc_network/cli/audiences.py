"""`view` and `publish`: what an audience may see of a register, as a register and in a folder."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

import attrs

from untoc_network.app.missing_members import explain_missing_members
from untoc_network.app.publishing import PUBLICATION_FORMS, publish
from untoc_network.app.queries import show_to_audience
from untoc_network.cli.commands import Definition
from untoc_network.cli.options import add_options, get_day, get_languages, load, parse_names, tell_undeclared_own_fields
from untoc_network.cli.options_in_hints import translate_with_options
from untoc_network.cli.output import (
    list_given_words,
    measure_width,
    refuse_to_replace,
    write_json,
    write_narrower,
)
from untoc_network.cli.parser import Parser, print_note
from untoc_network.diagnostics.findings import Report
from untoc_network.i18n.language_words import Words, choose_interface_words
from untoc_network.privacy.redactions import View
from untoc_network.reports.report_text import Palette, render_text
from untoc_network.rules.catalogue import PRESETS
from untoc_network.rules.engine import RuleSet
from untoc_network.values.consent_and_contact import Audience

__all__ = ["DEFINITIONS"]

_VIEW = """\
examples:
  untoc-network view register.json --audience public --on 2026-11-24
  untoc-network view register.json --audience members -o members.yaml
  untoc-network view register.json --audience public -o public.json \\
      --redactions left-out.json

What was left out is for those who keep the register, not for the audience.
"""
_PUBLISH = """\
examples:
  untoc-network publish register.json public/ --audience public
  untoc-network publish register.json members/ --audience members \\
      --on 2026-11-24 --forms json,yaml --redactions left-out.json

The audience's view is checked by the strict rules first; where they find an
error nothing is written and the exit code is 1. A folder that is there is
replaced if it is empty or a publication.
"""


def _add_view_options(parser: Parser) -> None:
    add_options(parser, "audience", required=True)


def _run_view(chosen: argparse.Namespace) -> int:
    refuse_to_replace(list_given_words(chosen), chosen.output)
    register = load(chosen, chosen.register)
    tell_undeclared_own_fields(chosen, register)
    seen = show_to_audience(register, chosen.audience, get_day(chosen))
    write_narrower(seen.register, chosen)
    _write_redactions(seen, chosen.redactions)
    words = choose_interface_words(*get_languages(chosen))
    shown = words.ui("shown-records", number=len(seen.register))
    print_note(f"{shown}; {_summarize_redactions(seen, words)}")
    return 0


def _add_publish_options(parser: Parser) -> None:
    parser.add_argument("folder", metavar="FOLDER", help="the folder to write; replaced as a whole")
    _add_view_options(parser)
    parser.add_argument(
        "--forms",
        type=parse_names,
        default=("json", "csv-folder"),
        metavar="FORMS",
        help=f"which of {', '.join(PUBLICATION_FORMS)}, apart by commas (json,csv-folder)",
    )
    parser.add_argument("--rules", choices=tuple(PRESETS), default="strict", help="the rule set (%(default)s)")


def _run_publish(chosen: argparse.Namespace) -> int:
    register, spoken = load(chosen, chosen.register), get_languages(chosen)
    tell_undeclared_own_fields(chosen, register)
    publication = publish(
        register,
        chosen.folder,
        audience=Audience(chosen.audience),
        on=get_day(chosen),
        forms=chosen.forms,
        rules=RuleSet.named(chosen.rules),
    )
    left_out = View(register=register, redactions=publication.redactions, to_check=publication.to_check)
    _write_redactions(left_out, chosen.redactions)
    withheld = {one.id for one in publication.redactions if not one.field}
    missing = explain_missing_members(register, get_day(chosen), withheld=withheld) if publication.ok else None
    told = _drop_what_is_only_hidden(publication.report, missing)
    report, words = translate_with_options(told, *spoken), choose_interface_words(*spoken)
    plain = Palette(coloured=False)
    for line in render_text(report, width=measure_width(sys.stderr), palette=plain, words=words, all=chosen.all):
        print(line, file=sys.stderr)
    number = len(publication.files)
    done = words.ui("files-written", number=number) if publication.ok else words.ui("nothing-written")
    print_note(f"{done}; {_summarize_redactions(left_out, words)}")
    if missing is not None:
        print_note(words.ui(missing))
    return int(not publication.ok)


def _write_redactions(seen: View, output: str | None) -> None:
    """Write what was left out to a file, where one is named."""
    if output is not None:
        write_json(seen.to_dict(), output)


def _summarize_redactions(seen: View, words: Words) -> str:
    """How much was left out for which reasons, and how many places are to be looked at, in a line."""
    counts = Counter(one.reason.value for one in seen.redactions)
    told = ", ".join(words.ui(f"left-{reason}", number=number) for reason, number in sorted(counts.items()))
    check = f"; {words.ui('left-to-check', number=len(seen.to_check))}" if seen.to_check else ""
    return (words.ui("left-out", told=told) if told else words.ui("nothing-left-out")) + check


_NO_MEMBERS = "NW013"


def _drop_what_is_only_hidden(report: Report, missing: str | None) -> Report:
    """The report without the finding that a network has no members, where they are only not shown: that is told."""
    if missing != "nobody-shown":
        return report
    return attrs.evolve(report, findings=tuple(one for one in report if one.code != _NO_MEMBERS))


DEFINITIONS = {
    "view": Definition(_run_view, _VIEW, _add_view_options),
    "publish": Definition(_run_publish, _PUBLISH, _add_publish_options),
}
