"""A report as JUnit XML, for the test pages of CI systems.

Each input is a suite and each finding a test: an error has failed, a warning or an info was skipped and says why, an
input that could not be read is an error. So the pages count as failed what fails the command by default, and still show
the rest.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.codes.reading import unreadable_input
from untoc_network.diagnostics.findings import Finding, Report, Severity
from untoc_network.i18n.language_words import Words, english
from untoc_network.i18n.told_texts import format_basis
from untoc_network.reports.report_text import Checked, format_pointer, format_position

__all__ = ["render_junit"]

_NO_FILE = "register"


def render_junit(report: Report, *, checked: Checked | None = None, words: Words | None = None) -> Iterator[str]:
    """The report as suites. Where nothing was found, one passed test says so: some readers refuse an empty file."""
    words = words or english()
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites'
        f"{_format_suite_attributes('untoc-network', _count_outcomes(report))}>\n"
    )
    # Two readings side by side: a suite opens with its counts, before its findings.
    for (file, counted), (_, findings) in zip(
        _group_findings_by_file(report), _group_findings_by_file(report), strict=True
    ):
        yield f"  <testsuite{_format_suite_attributes(file, _count_outcomes(counted))}>\n{_render_properties(checked)}"
        for finding in findings:
            yield _render_test_case(finding, file, words)
        yield "  </testsuite>\n"
    if not len(report):
        passed = _format_xml_attributes(classname=_NO_FILE, name=words.ui("no-findings"))
        yield (
            f"  <testsuite{_format_suite_attributes(_NO_FILE, _count_outcomes(report))}>\n{_render_properties(checked)}"
        )
        yield f"    <testcase{passed}/>\n  </testsuite>\n"
    yield "</testsuites>\n"


def _group_findings_by_file(report: Report) -> Iterator[tuple[str, Iterator[Finding]]]:
    return itertools.groupby(report, key=lambda finding: finding.location.file or _NO_FILE)


def _count_outcomes(findings: Iterable[Finding]) -> dict[str, int]:
    counted = Counter(_choose_test_outcome(finding) for finding in findings)
    tests = counted.total() or 1
    return {"tests": tests, "failures": counted["failure"], "errors": counted["error"], "skipped": counted["skipped"]}


def _choose_test_outcome(finding: Finding) -> str:
    if finding.code == unreadable_input.code:
        return "error"
    return "failure" if finding.severity is Severity.ERROR else "skipped"


def _format_suite_attributes(name: str, counts: dict[str, int]) -> str:
    return _format_xml_attributes(name=name, **counts)


def _render_properties(checked: Checked | None) -> str:
    if checked is None:
        return ""
    lines = [
        f"      <property{_format_xml_attributes(name=name, value=value)}/>\n"
        for name, value in checked.to_dict().items()
    ]
    return f"    <properties>\n{''.join(lines)}    </properties>\n"


def _render_test_case(finding: Finding, file: str, words: Words) -> str:
    """The name holds no line, so that a test keeps its name, and its history, when lines move."""
    name = " ".join(part for part in (finding.code, finding.subject, format_pointer(finding.path)) if part)
    place = {"file": finding.location.file, "line": finding.line}
    known = {key: value for key, value in place.items() if value is not None}
    details = escape(_format_finding_details(finding, words), quote=False)
    outcome = _choose_test_outcome(finding)
    message = f"{words.label(finding.severity)}: {finding.message}"
    return (
        f"    <testcase{_format_xml_attributes(classname=file, name=name, **known)}>\n"
        f"      <{outcome}{_format_xml_attributes(type=finding.code, message=message)}>{details}</{outcome}>\n"
        f"    </testcase>\n"
    )


def _format_finding_details(finding: Finding, words: Words) -> str:
    spot = format_position(finding)
    place = ":".join(part for part in (finding.location.file or "", spot) if part)
    parts = {
        words.ui("rule"): finding.slug,
        words.ui("hint"): finding.hint,
        words.ui("basis"): format_basis(finding.basis, words) if finding.basis else None,
    }
    at = words.ui("at", place=f"{place} {format_pointer(finding.path)}".strip())
    lines = [finding.message, at, *(f"{name}: {value}" for name, value in parts.items() if value)]
    return "\n".join(escape_unprintable(line) for line in lines)


def _format_xml_attributes(**values: str | int) -> str:
    return "".join(f' {name}="{escape(escape_unprintable(str(value)))}"' for name, value in values.items())
