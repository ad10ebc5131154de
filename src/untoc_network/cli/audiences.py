"""`view` and `publish`: what an audience may see of a register, as a register and in a folder."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

import attrs

import untoc_network
from untoc_network.app.missing_members import explain_missing_members
from untoc_network.app.publishing import PUBLICATION_FORMS, Publication, publish
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
from untoc_network.diagnostics.errors import UnusableConfiguration
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
  untoc-network publish register.json public/ --audience public --site \
      --languages es,en --base-url https://example.org/ --accent '#0b57a4'

The audience's view is checked by the strict rules first; where they find an
error nothing is written and the exit code is 1. A folder that is there is
replaced if it is empty or a publication. With --site it becomes the website
of the network, in which the files stand as downloads: what changed is written,
what is no longer shown goes, and other files in the folder stay.

Where the website is refused and the earlier one shows what may not be shown
any more, each of its pages goes that would not be the same today.
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
    print_note(words.chain((shown, _summarize_redactions(seen, words))))
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
    site = parser.add_argument_group("the website")
    site.add_argument("--site", action="store_true", help="build the website of the network in the folder")
    for name, (metavar, about) in _SITE_OPTIONS.items():
        site.add_argument(f"--{name.replace('_', '-')}", metavar=metavar, help=about)


_SITE_OPTIONS = {
    "languages": ("LANGS", "its languages, apart by commas, the first one first (es,en)"),
    "base_url": ("URL", "the address that it will have"),
    "title": ("TEXT", "what it is called (as the register is)"),
    "accent": ("COLOUR", "the colour of its links, such as #0b57a4"),
    "logo": ("FILE", "a picture to stand beside its title"),
    "contact": ("ADDRESS", "where errors are reported to: of mail or of the web"),
    "texts": ("FOLDER", "your own texts in Markdown, such as home.es.md"),
    "templates": ("FOLDER", "your own templates, in the place of those of their name"),
}
"""The options of the website, as `build` of its companion has them."""


def _run_publish(chosen: argparse.Namespace) -> int:
    given = {name: getattr(chosen, name) for name in _SITE_OPTIONS if getattr(chosen, name) is not None}
    if given and not chosen.site:
        raise UnusableConfiguration(f"--{next(iter(given)).replace('_', '-')} goes with --site")
    register, spoken = load(chosen, chosen.register), get_languages(chosen)
    tell_undeclared_own_fields(chosen, register)
    audience, on, rules = Audience(chosen.audience), get_day(chosen), RuleSet.named(chosen.rules)
    words = choose_interface_words(*spoken)
    made: Publication | untoc_network.site.Site
    refused = [words.ui("nothing-written")]
    if not chosen.site:
        made = publish(
            register,
            chosen.folder,
            audience=audience,
            on=on,
            forms=chosen.forms,
            rules=rules,
            language=words.language,
        )
        done = words.ui("files-written", number=len(made.files))
    else:
        if "languages" in given:
            given["languages"] = parse_names(given["languages"])
        made = untoc_network.site.build(
            register, chosen.folder, audience=audience, on=on, forms=chosen.forms, rules=rules, **given
        )
        same = len(made.files) - len(made.written)
        done = words.ui("site-written", number=len(made.written), same=same, removed=len(made.removed))
        refused += [words.ui("site-taken-down", number=len(made.removed))] if made.removed else []
        refused += [words.ui("site-stuck", number=len(made.stuck))] if made.stuck else []
    left_out = View(register=register, redactions=made.redactions, to_check=made.to_check)
    _write_redactions(left_out, chosen.redactions)
    withheld = {one.id for one in made.redactions if not one.field}
    missing = explain_missing_members(register, on, withheld=withheld) if made.ok else None
    report = translate_with_options(_drop_what_is_only_hidden(made.report, missing), *spoken)
    plain = Palette(coloured=False)
    for line in render_text(report, width=measure_width(sys.stderr), palette=plain, words=words, all=chosen.all):
        print(line, file=sys.stderr)
    print_note(words.chain((*([done] if made.ok else refused), _summarize_redactions(left_out, words))))
    if missing is not None:
        print_note(words.ui(missing))
    return int(not made.ok)


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
