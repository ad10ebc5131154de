"""`validate`: point it at a register and read what it says."""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterable
from pathlib import Path

import attrs

from untoc_network.app.baseline import load_baseline, write_baseline
from untoc_network.app.settings import NEVER, Configuration, find_configuration, load_configuration
from untoc_network.bulk.runner import StreamCheck
from untoc_network.cli import terminal
from untoc_network.cli.arguments import a_day, a_number, add_language, add_large, codes, limits_of, today
from untoc_network.cli.output import write_out
from untoc_network.cli.progress import ProgressLine
from untoc_network.cli.remedies import said
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.codes.reading import UNREADABLE, unreadable_input
from untoc_network.diagnostics.errors import MissingExtra, UnreadableInput, UnsupportedFormat, UnwritableOutput
from untoc_network.diagnostics.findings import Finding, Report, Severity
from untoc_network.i18n.language import interface_in, translated
from untoc_network.model.register import Register
from untoc_network.reports.report import FORMATS, render_report
from untoc_network.reports.run_summary import Checked
from untoc_network.reports.text import Palette, render_text, summary_of
from untoc_network.rules.catalogue import PRESETS
from untoc_network.rules.engine import RuleSet, validate
from untoc_network.serializers import files
from untoc_network.serializers.codecs import json
from untoc_network.serializers.registry import REGISTER_FORMATS as FILE_FORMS
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.dates import PartialDate

__all__ = ["add_to"]

STREAMED_FROM = Limits().max_bytes
"""Bytes of an NDJSON file from which on it is checked as a stream without being asked to."""

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
  text      for people at a terminal       json    for programs
  markdown  for summaries and comments     sarif   for code scanning and editors
  html      one page with a filter         junit   for the test pages of CI systems
  github    annotations in GitHub Actions
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "validate",
        description="Check registers against the rules and report what is wrong, with line and column.",
        epilog=_EXAMPLES,
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("paths", nargs="*", default=[], metavar="PATH", help="a register; - is standard input")
    what.add_argument("--example", action="store_true", help="check the register of the Panama launch of 2022")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="form of the report (%(default)s)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the report to a file; - is standard output")
    parser.add_argument("--rules", choices=tuple(PRESETS), help="the rule set")
    parser.add_argument("--select", type=codes, default=(), metavar="CODES", help="run only these: EV,SR003")
    parser.add_argument("--ignore", type=codes, default=(), metavar="CODES", help="do not run these")
    parser.add_argument(
        "--fail-on",
        choices=(*Severity, NEVER),
        metavar="SEVERITY",
        help=f"exit with 1 from this severity on (error): {', '.join((*Severity, NEVER))}",
    )
    parser.add_argument("--on", type=a_day, default=None, metavar="DATE", help="the day to judge on (today, UTC)")
    parser.add_argument("--baseline", metavar="FILE", help="tell only what is not among the findings known there")
    parser.add_argument("--write-baseline", metavar="FILE", help="write all findings there, as known from now on")
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="settings; else untoc-network.toml or [tool.untoc-network] of pyproject.toml in this folder",
    )
    parser.add_argument("--stream", action="store_true", help="never hold an NDJSON file whole (from 12 MB on)")
    parser.add_argument("--jobs", type=a_number, default=1, metavar="N", help="check an NDJSON file on N cores")
    add_language(parser)
    parser.add_argument("--no-color", action="store_true", help="no colours, as with NO_COLOR set")
    add_large(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    settings = _settings(chosen)
    rules = settings.ruleset()
    on = chosen.on or today()
    sources = [None] if chosen.example else chosen.paths
    _refuse_to_replace(sources, chosen.output)
    reports, records = [], 0
    unreadable: list[Finding] = []
    for source in sources:
        try:
            report, number = _checked(source, on, rules, chosen)
        except (UnreadableInput, UnsupportedFormat, MissingExtra) as problem:
            told = said(problem, argparse.Namespace(path=source))
            print(f"untoc-network: {told}", file=sys.stderr)
            unreadable.append(_not_read(str(source), told))
            continue
        records += number
        reports.append(Report(tuple(_wanted(report, rules))))
    report = Report(tuple(itertools.chain.from_iterable(reports)))
    if chosen.write_baseline:
        write_baseline(report, chosen.write_baseline)
    if settings.baseline:
        report = load_baseline(settings.baseline).new_in(report)
    ran = sum(rule.on is not None for rule in rules.active)
    report = Report((*report, *unreadable))
    _show(chosen, settings.lang, report, Checked(on=str(on), records=records, rules=ran, inputs=len(sources)))
    if any(finding.code in UNREADABLE for finding in report):
        return 2
    return int(settings.fail_on != NEVER and report.reaches(Severity(settings.fail_on)))


def _not_read(source: str, problem: str) -> Finding:
    """That an input could not be read, so that every form of the report says so."""
    found = unreadable_input.finding((), {"problem": problem.removeprefix(f"{source}: ")})
    return attrs.evolve(found, location=attrs.evolve(found.location, file=source))


def _checked(source: str | None, on: PartialDate, rules: RuleSet, chosen: argparse.Namespace) -> tuple[Report, int]:
    """What was found in an input, and how many records it has; large NDJSON files are never in memory as a whole."""
    if source is not None and _streams(source, chosen):
        progress = ProgressLine(f"checking {escape_unprintable(source)}")
        checking = StreamCheck(source, on, rules, limits_of(chosen), progress)
        report = checking.report(chosen.jobs)
        progress.clear()
        return report, checking.records
    register, report = _read(source, limits_of(chosen))
    if register is None:
        return report, 0
    progress = ProgressLine(f"checking {len(register)} records")
    report = report.merge(validate(register, on=on, rules=rules, progress=progress))
    progress.clear()
    return report, len(register)


def _streams(source: str, chosen: argparse.Namespace) -> bool:
    path = Path(source)
    if path.suffix.lower() not in FILE_FORMS["ndjson"].suffixes or not path.is_file():
        return False
    return chosen.stream or chosen.jobs > 1 or path.stat().st_size > STREAMED_FROM


def _settings(chosen: argparse.Namespace) -> Configuration:
    """The settings of the project, with what the command line says in their place."""
    found = load_configuration(chosen.config) if chosen.config else find_configuration(".")
    given = {
        name: getattr(chosen, name)
        for name in ("rules", "select", "fail_on", "baseline", "lang")
        if getattr(chosen, name)
    }
    return attrs.evolve(found, ignore=(*found.ignore, *chosen.ignore), **given)


def _read(source: str | None, limits: Limits) -> tuple[Register | None, Report]:
    if source is None:
        return json.reads(files.EXAMPLE.read_bytes(), file=files.EXAMPLE.name)
    return files.read(source, limits=limits)


def _wanted(report: Iterable[Finding], rules: RuleSet) -> Iterable[Finding]:
    """The findings of the chosen rules; what keeps a register from being read whole is never hidden."""
    return (finding for finding in report if finding.severity is Severity.ERROR or rules.runs(finding.code))


def _refuse_to_replace(sources: Iterable[str | None], output: str | None) -> None:
    """A report must never take the place of the register that it is about."""
    if output not in (None, "-") and any(source and _is_same_file(source, output) for source in sources):
        raise UnwritableOutput(f"{output}: the report would replace the register")


def _is_same_file(first: str, second: str) -> bool:
    try:
        return Path(first).samefile(second)
    except OSError:
        return False


def _show(chosen: argparse.Namespace, languages: tuple[str, ...], report: Report, checked: Checked) -> None:
    words = interface_in(*languages)
    if chosen.output not in (None, "-"):
        write_out(render_report(report, chosen.format, checked=checked, languages=languages), chosen.output)
        print(
            f"untoc-network: {summary_of(report, words=words)}; written to {escape_unprintable(chosen.output)}",
            file=sys.stderr,
        )
    elif chosen.format != "text":
        terminal.print_utf8(render_report(report, chosen.format, checked=checked, languages=languages))
    else:
        palette = Palette(coloured=terminal.is_coloured(refused=chosen.no_color))
        for line in render_text(translated(report, *languages), width=terminal.width(), palette=palette, words=words):
            print(line)
        print(checked.said(words))
