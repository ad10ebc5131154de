"""A report as workflow commands, which GitHub shows as annotations on the lines of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Iterator

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.findings import Finding, Report, Severity
from untoc_network.i18n.language_words import Words, english
from untoc_network.i18n.told_texts import format_basis
from untoc_network.reports.finding_groups import list_first_steps
from untoc_network.reports.report_text import Checked, format_pointer, summarize_counts

__all__ = ["render_github"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SHOWN = 10
"""So many annotations of one kind does GitHub show for one step; the log holds them all."""


def render_github(report: Report, *, checked: Checked | None = None, words: Words | None = None) -> Iterator[str]:
    """One command a finding, then a summary. Where GitHub will not show all, the first annotation says so."""
    words = words or english()
    summary = summarize_counts(report, words=words)
    if max(report.counts().values()) > _SHOWN:
        more = "\n".join(map(escape_unprintable, _list_notice_lines(report, summary, words)))
        yield _format_workflow_command("notice", {"title": "untoc-network"}, more)
    for finding in report:
        yield _format_annotation(finding, words)
    yield f"{summary}\n"
    if checked is not None:
        yield f"{escape_unprintable(checked.said(words))}\n"


def _list_notice_lines(report: Report, summary: str, words: Words) -> Iterator[str]:
    """That not all will be shown, and what to do first."""
    yield words.ui("github-more", summary=summary, number=_SHOWN)
    for number, step in enumerate(list_first_steps(report, words), start=1):
        if number == 1:
            yield f"{words.ui('first-steps')}{words.colon}"
        yield f"{number}. {step}"


def _format_annotation(finding: Finding, words: Words) -> str:
    place = {"file": finding.location.file, "line": finding.line, "col": finding.column}
    known = {name: str(value) for name, value in place.items() if value is not None}
    where = format_pointer(finding.path)
    lines = [f"{where}: {finding.message}" if where else finding.message]
    if finding.hint:
        lines.append(f"{words.ui('hint')}{words.colon} {finding.hint}")
    if finding.basis:
        lines.append(f"{words.ui('basis')}{words.colon} {format_basis(finding.basis, words)}")
    title = f"{finding.code} {finding.slug}"
    return _format_workflow_command(
        _COMMANDS[finding.severity], known | {"title": title}, "\n".join(map(escape_unprintable, lines))
    )


def _format_workflow_command(name: str, properties: dict[str, str], message: str) -> str:
    settings = ",".join(f"{key}={_escape_property(escape_unprintable(value))}" for key, value in properties.items())
    return f"::{name} {settings}::{_escape_message(message)}\n"


def _escape_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_message(text).replace(":", "%3A").replace(",", "%2C")
