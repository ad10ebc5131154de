"""`validate`: point it at a register and read what it says."""

from __future__ import annotations

import argparse

import attrs

from untoc_network.app.check_files import check_files
from untoc_network.app.project_settings import NEVER, Configuration
from untoc_network.cli.commands import Definition
from untoc_network.cli.error_explanations import explain_error
from untoc_network.cli.language_choice import get_asked_languages
from untoc_network.cli.options import (
    add_options,
    get_day,
    get_languages,
    get_limits,
    get_settings,
    parse_codes,
    parse_count,
    parse_jobs,
)
from untoc_network.cli.options_in_hints import translate_with_options
from untoc_network.cli.output import (
    ProgressLine,
    is_coloured,
    list_given_words,
    refuse_to_replace,
    write_lines,
    write_out,
)
from untoc_network.cli.parser import Parser, print_note
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import UntocNetworkError
from untoc_network.diagnostics.findings import Severity
from untoc_network.i18n.language_words import choose_interface_words
from untoc_network.reports.report_text import Palette, render_report, render_text, summarize_counts
from untoc_network.rules.catalogue import PRESETS
from untoc_network.rules.engine import MOST_OF_A_RULE
from untoc_network.serializers import files

__all__ = ["DEFINITIONS"]

_EXAMPLES = """\
examples:
  untoc-network validate register.json
  untoc-network validate --example
  untoc-network validate --select EV,SR --fail-on warning register.json
  untoc-network validate --format json - < register.json
  untoc-network validate --lang es register.json
  untoc-network validate --format html -o report.html register.json
  untoc-network validate --format sarif -o findings.sarif registers/*.json
  untoc-network validate --jobs 2 members.ndjson

formats:
  text      for people at a terminal
  json      for programs
  markdown  for summaries and comments
  html      one page with a filter
  sarif     for code scanning and editors
  junit     for the test pages of CI systems
  github    annotations in GitHub Actions
"""


def _add_validate_options(parser: Parser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("paths", nargs="*", default=[], metavar="PATH", help="a register; - is standard input")
    what.add_argument("--example", action="store_true", help="check the register of the Panama launch of 2022")
    parser.add_argument("--rules", choices=tuple(PRESETS), help="the rule set")
    parser.add_argument("--select", type=parse_codes, default=(), metavar="CODES", help="run only these: EV,SR003")
    parser.add_argument("--ignore", type=parse_codes, default=(), metavar="CODES", help="do not run these")
    gravities = (*Severity, NEVER)
    parser.add_argument(
        "--fail-on",
        choices=gravities,
        metavar="SEVERITY",
        help="exit with 1 from this severity on (error): %(choices)s",
    )
    parser.add_argument("--baseline", metavar="FILE", help="tell only what is not among the findings known there")
    parser.add_argument("--write-baseline", metavar="FILE", help="write all findings there, as known from now on")
    add_options(parser, "config")
    parser.add_argument("--stream", action="store_true", help="never hold an NDJSON file whole (from 12 MB on)")
    parser.add_argument("--jobs", type=parse_jobs, default=1, metavar="N", help="check an NDJSON file on N cores")
    parser.add_argument(
        "--most-of-a-rule",
        type=parse_count,
        default=MOST_OF_A_RULE,
        metavar="N",
        help="tell so many findings of each rule in a streamed file (%(default)s), and count the others",
    )


def _run_validate(chosen: argparse.Namespace) -> int:
    settings, progress = _load_settings_with_options(chosen), ProgressLine("checking")
    refuse_to_replace(list_given_words(chosen), chosen.output)

    def explain(problem: UntocNetworkError, path: str) -> str:
        progress.clear()
        said = explain_error(problem, argparse.Namespace(path=path))
        print_note(said)
        return said

    checked = check_files(
        [files.EXAMPLE] if chosen.example else chosen.paths,
        on=get_day(chosen),
        settings=settings,
        limits=get_limits(chosen),
        stream=chosen.stream,
        jobs=chosen.jobs,
        most_of_a_rule=chosen.most_of_a_rule,
        baseline_to=chosen.write_baseline,
        progress=progress,
        explain=explain,
    )
    progress.clear()
    report, words = checked.report, choose_interface_words(*settings.lang)

    if chosen.format == "text" and chosen.output in (None, "-"):
        palette = Palette(coloured=is_coloured(refused=chosen.no_color))
        told = translate_with_options(report, *settings.lang)
        write_lines(lambda width: render_text(told, width=width, palette=palette, words=words, all=chosen.all), None)
        print(checked.summary.said(words))
        return checked.exit_code
    pieces = render_report(report, chosen.format, checked=checked.summary, languages=settings.lang, all=chosen.all)
    write_out(pieces, chosen.output)
    if chosen.output not in (None, "-"):
        print_note(f"{summarize_counts(report, words=words)}; written to {escape_unprintable(chosen.output)}")
    return checked.exit_code


def _load_settings_with_options(chosen: argparse.Namespace) -> Configuration:
    """The settings of the project, with what the command line says in their place."""
    found = get_settings(chosen)
    names = ("rules", "select", "fail_on", "baseline")
    given = {name: value for name in names if (value := getattr(chosen, name))}
    spoken = found.lang if chosen.config and not (chosen.lang or get_asked_languages()) else get_languages(chosen)
    return attrs.evolve(found, ignore=(*found.ignore, *chosen.ignore), lang=spoken, **given)


DEFINITIONS = {"validate": Definition(_run_validate, _EXAMPLES, _add_validate_options)}
