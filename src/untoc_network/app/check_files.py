"""Registers in files, checked together: one report of all, what of it is new, and how the run ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import attrs

from untoc_network.app.project_settings import NEVER, Configuration
from untoc_network.diagnostics.codes.checks import findings_left_out
from untoc_network.diagnostics.codes.reading import UNREADABLE, unreadable_input
from untoc_network.diagnostics.errors import MissingExtra, UnreadableInput, UnsupportedFormat, UntocNetworkError
from untoc_network.diagnostics.findings import Finding, Report, Severity
from untoc_network.model.extension import Extension
from untoc_network.reports.report_text import Checked
from untoc_network.rules.engine import MOST_OF_A_RULE, Progress, RuleSet, validate
from untoc_network.serializers import files
from untoc_network.serializers.codecs import json
from untoc_network.serializers.registry import REGISTER_FORMATS
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate

__all__ = ["FilesChecked", "check_files", "choose_exit_code"]

_USUAL = Configuration()

STREAMED_FROM = Limits().max_bytes
"""Bytes of an NDJSON file from which on it is checked as a stream without being asked to."""


@attrs.frozen(kw_only=True)
class FilesChecked:
    """What was found in the files, without what the baseline knows, and with how much was looked at."""

    report: Report
    summary: Checked
    exit_code: int
    """0 where nothing is as grave as asked, 1 where something is, 2 where a file could not be read or parsed."""


@check_arguments
def check_files(  # noqa: PLR0913
    paths: Iterable[str | os.PathLike[str]],
    *,
    on: PartialDate,
    settings: Configuration = _USUAL,
    limits: Limits = Limits(),
    stream: bool = False,
    jobs: int = 1,
    most_of_a_rule: int | None = MOST_OF_A_RULE,
    baseline_to: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    explain: Callable[[UntocNetworkError, str], str] = lambda problem, _: str(problem),
) -> FilesChecked:
    """Read registers and check them by the rules of the settings; never raises on content.

    Of the paths, `-` is standard input, and files that are parts of a register in a folder stand for the folder, which
    is checked once; `on` is the day to judge on. The settings say which rules run, what gravity
    fails, where the baseline is and what own fields there are, as a project settles them. An NDJSON file that is large,
    is checked by more than one of the `jobs`, or is to be a `stream`, is never held whole, unless own fields are
    declared; of such a file `most_of_a_rule` findings of each rule are told and the others counted, all of them where
    there is a baseline, which has to know every one.
    `baseline_to` is the file to which everything found is written, as known from now on. `progress` is called with how
    much of a file is done, and how much there is; `explain` says what is told of a file that cannot be opened, given
    the problem and the path.

    A file that cannot be opened is an error in the report (IO035), which no baseline takes in. Errors of reading are
    told whatever rules were chosen, since what they keep out was not checked.
    Raises `UnknownRule` for the settings, `UnreadableInput` for the baseline, `UnwritableOutput` for `baseline_to`.
    """
    rules, found, unread, records = settings.ruleset(), list[Finding](), list[Finding](), 0
    sources = list(dict.fromkeys(files.find_register_folder(path) or os.fspath(path) for path in paths))
    most = None if baseline_to or settings.baseline else most_of_a_rule
    for source in sources:
        try:
            report, number = _check_file(
                source,
                on,
                rules,
                limits,
                progress,
                extensions=settings.extensions,
                stream=stream,
                jobs=jobs,
                most=most,
            )
        except (UnreadableInput, UnsupportedFormat, MissingExtra) as problem:
            unread.append(_report_unreadable_file(source, explain(problem, source)))
            continue
        records += number
        found += _keep_findings_of_rules(report, rules)
    new = found
    if baseline_to or settings.baseline:
        from untoc_network.app import baseline  # which few projects have

        if baseline_to:
            baseline.write_baseline(Report(tuple(found)), baseline_to)
        if settings.baseline:
            new = [*baseline.load_baseline(settings.baseline).new_in(Report(tuple(found)))]
    told = Report((*new, *unread))
    ran = sum(rule.on is not None for rule in rules.active)
    summary = Checked(on=str(on), records=records, rules=ran, inputs=len(sources))
    return FilesChecked(report=told, summary=summary, exit_code=choose_exit_code(told, settings.fail_on))


def choose_exit_code(report: Report, fail_on: str = Severity.ERROR.value) -> int:
    """0 where nothing is as grave as `fail_on`, 1 where something is, 2 where something could not be read at all."""
    if any(finding.code in UNREADABLE for finding in report):
        return 2
    return int(fail_on != NEVER and report.reaches(Severity(fail_on)))


def _check_file(  # noqa: PLR0913
    source: str,
    on: PartialDate,
    rules: RuleSet,
    limits: Limits,
    progress: Progress | None,
    *,
    extensions: tuple[Extension, ...],
    stream: bool,
    jobs: int,
    most: int | None,
) -> tuple[Report, int]:
    """What was found in a file, and how many records it has."""
    path = Path(source)
    can_stream = not extensions and path.suffix.lower() in REGISTER_FORMATS["ndjson"].suffixes and path.is_file()
    if can_stream and (stream or jobs > 1 or path.stat().st_size > STREAMED_FROM):
        from untoc_network.bulk.runner import StreamCheck  # which loads all that streams need

        checking = StreamCheck(source, on, rules, limits, progress)
        return checking.report(jobs, most_of_a_rule=most), checking.records
    if path == files.EXAMPLE:  # by its name alone, wherever the package is installed
        register, report = json.reads(path.read_bytes(), file=path.name)
    else:
        register, report = files.read(source, limits=limits, extensions=extensions)
    if register is None:
        return report, 0
    return report.merge(validate(register, on=on, rules=rules, progress=progress)), len(register)


def _keep_findings_of_rules(report: Iterable[Finding], rules: RuleSet) -> Iterator[Finding]:
    """The findings of the chosen rules; what keeps a register from being read, or told, whole is never hidden."""
    return (
        finding
        for finding in report
        if finding.severity is Severity.ERROR or finding.code == findings_left_out.code or rules.runs(finding.code)
    )


def _report_unreadable_file(source: str, problem: str) -> Finding:
    """That a file could not be read, so that every form of the report says so."""
    found = unreadable_input.finding((), {"problem": problem.removeprefix(f"{source}: ")})
    return found.with_location(file=source)
