"""`view` and `publish`: what an audience may see of a register, as a register and in a folder."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

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
from untoc_network.diagnostics.code import with_count
from untoc_network.i18n.language_words import choose_interface_words
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
    print_note(f"{with_count(len(seen.register), 'record|records')}; {_summarize_redactions(seen)}")
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
    report, words = translate_with_options(publication.report, *spoken), choose_interface_words(*spoken)
    plain = Palette(coloured=False)
    for line in render_text(report, width=measure_width(sys.stderr), palette=plain, words=words, all=chosen.all):
        print(line, file=sys.stderr)
    done = with_count(len(publication.files), "file written|files written") if publication.ok else "nothing was written"
    print_note(f"{done}; {_summarize_redactions(left_out)}")
    withheld = {one.id for one in publication.redactions if not one.field}
    missing = explain_missing_members(register, get_day(chosen), withheld=withheld) if publication.ok else None
    if missing is not None:
        print_note(words.ui(missing))
    return int(not publication.ok)


def _write_redactions(seen: View, output: str | None) -> None:
    """Write what was left out to a file, where one is named."""
    if output is not None:
        write_json(seen.to_dict(), output)


def _summarize_redactions(seen: View) -> str:
    """How much was left out for which reasons, and how many places are to be looked at, in a line."""
    counts = Counter(one.reason.value for one in seen.redactions)
    told = ", ".join(f"{number} {reason}" for reason, number in sorted(counts.items()))
    check = f"; {with_count(len(seen.to_check), 'place|places')} to check" if seen.to_check else ""
    return (f"left out: {told}" if told else "nothing was left out") + check


DEFINITIONS = {
    "view": Definition(_run_view, _VIEW, _add_view_options),
    "publish": Definition(_run_publish, _PUBLISH, _add_publish_options),
}
