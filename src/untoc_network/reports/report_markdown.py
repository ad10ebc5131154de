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

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.findings import Finding, Report, Severity
from untoc_network.i18n.language import Words, english
from untoc_network.reports.report import Checked, place_of, record_of, spot_of, summary_of
from untoc_network.reports.rule_pages import opened

__all__ = ["as_code", "escaped", "render_markdown"]

_MARKS = MappingProxyType(
    {ord(mark): f"\\{mark}" for mark in "\\`*_[]<>~$"}
    | {ord("&"): "&amp;", ord("|"): "&#124;"}  # a table may be cut at a pipe even where a backslash stands before it
)
_OPENING = re.compile(r"^([0-9]{0,9})([-+=.)])")
_LIVE = re.compile(r"@|#|://|www\.|mailto:", re.IGNORECASE)


def render_markdown(report: Report, *, checked: Checked | None = None, words: Words | None = None) -> Iterator[str]:
    """A heading that sums up, a table of the rules, then the findings by file and record."""
    words = words or english()
    yield f"## {escaped(summary_of(report, words=words))}\n"
    if checked is not None:
        yield f"\n{escaped(checked.said(words))}\n"
    if len(report):
        yield from _table(report, words)
    for file, findings in itertools.groupby(report, key=lambda finding: finding.location.file):
        if file is not None:
            yield f"\n### {as_code(file)}\n"
        for (record, subject), group in itertools.groupby(findings, key=record_of):
            yield f"\n**{escaped(record or words.ui('document'))}**{f' {as_code(subject)}' if subject else ''}\n\n"
            for finding in group:
                yield _item(finding, words)


def _table(report: Report, words: Words) -> Iterator[str]:
    counts = Counter((finding.severity, finding.code, finding.slug) for finding in report)
    head = " | ".join(opened(words.ui(key)) for key in ("severity", "rule", "findings"))
    yield f"\n| {head} |\n|---|---|---:|\n"
    for (severity, code, slug), number in sorted(counts.items(), key=lambda item: (item[0][0].rank, item[0][1:])):
        rule = escaped(" ".join((code, slug.replace("-", " "))))
        yield f"| {_named(severity, words)} | {rule} | {number} |\n"


def _item(finding: Finding, words: Words) -> str:
    where = " ".join(part for part in (spot_of(finding), as_code(place_of(finding.path))) if part)
    at = f" {words.ui('at', place=where)}" if where else ""
    lines = [f"- {_named(finding.severity, words)} {escaped(finding.code)}{at}"]
    lines.append(escaped(finding.message))
    if finding.hint:
        lines.append(f"*{opened(words.ui('hint'))}:* {escaped(finding.hint)}")
    if finding.basis:
        lines.append(f"*{opened(words.ui('basis'))}:* {escaped(str(finding.basis))}")
    return "\\\n  ".join(lines) + "\n"


def _named(severity: Severity, words: Words) -> str:
    label = words.label(severity)
    return f"**{label}**" if severity is Severity.ERROR else label


def escaped(text: str) -> str:
    """A text that reads in Markdown as it stands, also where it opens a line."""
    flowing = " ".join(escape_unprintable(text).split())
    words = re.split("([ |])", flowing) if _LIVE.search(flowing) else (flowing,)
    marked = "".join(as_code(word) if _LIVE.search(word) else word.translate(_MARKS) for word in words)
    return _OPENING.sub(r"\1\\\2", marked)


def as_code(text: str) -> str:
    """A text as code, between more backticks than it holds in a row."""
    flowing = " ".join(escape_unprintable(text).split())
    if not flowing:
        return ""
    fence = "`" * (max(map(len, re.findall("`+", flowing)), default=0) + 1)
    margin = " " if "`" in (flowing[0], flowing[-1]) else ""
    return f"{fence}{margin}{flowing}{margin}{fence}"
