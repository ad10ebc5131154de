"""A report as Markdown, for job summaries, issues and comments on pull requests.

Findings stand in lists, since what a list holds cannot break it as a pipe breaks a table. All that comes from a
register is escaped; words that GitHub would turn into links, mentions or references stand as code.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType

from untoc_network.diagnostics.code import escape_unprintable, flow
from untoc_network.diagnostics.findings import Finding, Report, Severity
from untoc_network.i18n.language_words import Words, english
from untoc_network.i18n.told_texts import format_basis
from untoc_network.reports.finding_groups import MOST_PLACES, list_first_steps, split_groups
from untoc_network.reports.report_text import (
    Checked,
    format_pointer,
    locate_record,
    name_position,
    summarize_counts,
)
from untoc_network.reports.rule_pages import capitalize_first

__all__ = ["escape_markdown", "render_markdown", "to_code_span"]

_MARKS = MappingProxyType(
    {ord(mark): f"\\{mark}" for mark in "\\`*_[]<>~$"}
    | {ord("&"): "&amp;", ord("|"): "&#124;"}  # a table may be cut at a pipe even where a backslash stands before it
)
_OPENING = re.compile(r"^([0-9]{0,9})([-+=.)])")
_LIVE = re.compile(r"@|#|://|www\.|mailto:", re.IGNORECASE)


def render_markdown(
    report: Report,
    *,
    checked: Checked | None = None,
    words: Words | None = None,
    all: bool = False,  # noqa: A002 - as in `render_report`
) -> Iterator[str]:
    """A heading that sums up, a table of the rules, what to do first, then the findings by file, kind and record."""
    words = words or english()
    yield f"## {escape_markdown(summarize_counts(report, words=words))}\n"
    if checked is not None:
        yield f"\n{escape_markdown(checked.said(words))}\n"
    if len(report):
        yield from _render_counts_by_rule(report, words)
    for number, step in enumerate(() if all else list_first_steps(report, words), start=1):
        yield f"\n### {capitalize_first(words.ui('first-steps'))}\n\n" if number == 1 else ""
        yield f"{number}. {escape_markdown(step)}\n"
    for file, findings in itertools.groupby(report, key=lambda finding: finding.location.file):
        if file is not None:
            yield f"\n### {to_code_span(file)}\n"
        groups, others = split_groups(findings, all=all)
        for kind in groups:
            yield f"\n**{words.ui('places', number=len(kind.findings))}**\n\n"
            for finding in kind.pick_examples():
                yield _render_finding(finding, words, named=True)
            yield f"- {words.ui('more-places', number=len(kind.findings) - MOST_PLACES)}\n"
        for (record, subject), group in itertools.groupby(others, key=locate_record):
            name = escape_markdown(record or words.ui("document"))
            yield f"\n**{name}**{f' {to_code_span(subject)}' if subject else ''}\n\n"
            for finding in group:
                yield _render_finding(finding, words)


def _render_counts_by_rule(report: Report, words: Words) -> Iterator[str]:
    counts = Counter((finding.severity, finding.code, finding.slug) for finding in report)
    head = " | ".join(capitalize_first(words.ui(key)) for key in ("severity", "rule", "findings"))
    yield f"\n| {head} |\n|---|---|---:|\n"
    for (severity, code, slug), number in sorted(counts.items(), key=lambda item: (item[0][0].rank, item[0][1:])):
        said = words.rules[code].statement if code in words.rules else slug.replace("-", " ")
        rule = escape_markdown(f"{code} {said}")
        yield f"| {_format_severity(severity, words)} | {rule} | {words.number(number)} |\n"


def _render_finding(finding: Finding, words: Words, *, named: bool = False) -> str:
    name = to_code_span(finding.subject) if named and finding.subject else ""
    places = (name_position(finding, words), to_code_span(format_pointer(finding.path)), name)
    where = ", ".join(part for part in places if part)
    at = f" ({where})" if where else ""
    lines = [f"- {_format_severity(finding.severity, words)} {escape_markdown(finding.code)}{at}"]
    lines.append(escape_markdown(finding.message))
    if finding.hint:
        lines.append(f"*{capitalize_first(words.ui('hint'))}{words.colon}* {escape_markdown(finding.hint)}")
    if finding.basis:
        label = f"{capitalize_first(words.ui('basis'))}{words.colon}"
        lines.append(f"*{label}* {escape_markdown(format_basis(finding.basis, words))}")
    return "\\\n  ".join(lines) + "\n"


def _format_severity(severity: Severity, words: Words) -> str:
    label = words.label(severity)
    return f"**{label}**" if severity is Severity.ERROR else label


def escape_markdown(text: str) -> str:
    """A text that reads in Markdown as it stands, also where it opens a line."""
    flowing = flow(escape_unprintable(text))
    words = re.split("([ |])", flowing) if _LIVE.search(flowing) else (flowing,)
    marked = "".join(to_code_span(word) if _LIVE.search(word) else word.translate(_MARKS) for word in words)
    return _OPENING.sub(r"\1\\\2", marked)


def to_code_span(text: str) -> str:
    """A text as code, between more backticks than it holds in a row."""
    flowing = flow(escape_unprintable(text))
    if not flowing:
        return ""
    fence = "`" * (max(map(len, re.findall("`+", flowing)), default=0) + 1)
    margin = " " if "`" in (flowing[0], flowing[-1]) else ""
    return f"{fence}{margin}{flowing}{margin}{fence}"
