"""A report as text for people, grouped by record and readable at 80 columns, or in another format by its name."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Protocol

import attrs

from untoc_network.diagnostics.code import escape_unprintable, to_message_text
from untoc_network.diagnostics.errors import UnsupportedFormat
from untoc_network.diagnostics.findings import Finding, Report, Severity, format_path
from untoc_network.diagnostics.object_to_dict import HasPlainForm
from untoc_network.i18n.language_words import Words, choose_interface_words, english, translated
from untoc_network.reports.text_wrapping import wrap
from untoc_network.values.argument_checks import check_arguments

__all__ = [
    "FORMATS",
    "Checked",
    "Palette",
    "Renderer",
    "format_pointer",
    "format_position",
    "locate_record",
    "render_plain_text",
    "render_report",
    "render_text",
    "summarize_counts",
]


class Renderer(Protocol):
    """What every format is: a function from a report to pieces of text, which in a row are the whole."""

    def __call__(self, report: Report, *, checked: Checked | None = None, words: Words | None = None) -> Iterator[str]:
        """The report in this format, with these words around the findings."""


FORMATS = MappingProxyType(
    {
        "text": ("report_text", "render_plain_text"),
        "json": ("report_json", "render_json"),
        "sarif": ("report_sarif", "render_sarif"),
        "junit": ("report_junit", "render_junit"),
        "github": ("report_github", "render_github"),
        "markdown": ("report_markdown", "render_markdown"),
        "html": ("report_html", "render_html"),
    }
)
"""Each format, as `--format` takes it, with the module and the name of its renderer, which is loaded when asked for."""


@check_arguments
def render_report(
    report: Report, form: str = "text", *, checked: Checked | None = None, languages: Sequence[str | Words] = ("en",)
) -> Iterator[str]:
    """The report in one of the formats: text, json, sarif, junit, github, markdown or html.

    Gives the text in pieces, so that a report of any length needs little memory: join them, or hand them to
    `file.writelines`. Files are to be written in UTF-8. `checked` says what was looked at, where that is known.
    What it says is in the first of the `languages` that has it: tags such as `es` or `pt-BR`, or words of your own.
    Raises `UnsupportedFormat` for another name of a format, `UnknownLanguage` for a language that is not spoken.
    """
    if form not in FORMATS:
        raise UnsupportedFormat(f"{form!r} is not one of the formats of a report: {', '.join(FORMATS)}")
    module, name = FORMATS[form]
    renderer: Renderer = getattr(importlib.import_module(f"{__package__}.{module}"), name)
    return renderer(translated(report, *languages), checked=checked, words=choose_interface_words(*languages))


@attrs.frozen(kw_only=True)
class Checked(HasPlainForm):
    """What a check looked at. A report without findings says little unless one knows what was looked at."""

    on: str
    records: int
    rules: int
    inputs: int = 1

    def __str__(self) -> str:
        return self.said(english())

    def said(self, words: Words) -> str:
        """The same in one line."""
        return words.ui("checked", records=words.ui("record", number=self.records), rules=self.rules, on=self.on)


_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33", Severity.INFO: "36"}
_NARROWEST = 40


class Palette:
    """Colours for a terminal that shows them; on any other, none."""

    def __init__(self, *, coloured: bool) -> None:
        self.coloured = coloured

    def paint(self, text: str, code: str) -> str:
        """The text in the colour of that code."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.coloured else text

    def severity(self, severity: Severity, label: str) -> str:
        """The label of a severity in its colour."""
        return self.paint(label, _COLOURS[severity])


def render_text(
    report: Report, *, width: int | None = 80, palette: Palette | None = None, words: Words | None = None
) -> Iterator[str]:
    """The report line by line. `width` None leaves lines as long as they are, as a pipe wants them."""
    painter, words = palette or Palette(coloured=False), words or english()
    for file, findings in itertools.groupby(report, key=lambda finding: finding.location.file):
        if file is not None:
            yield painter.paint(to_message_text(file), "1;4")
            yield ""
        for (record, subject), group in itertools.groupby(findings, key=locate_record):
            name = record or words.ui("document")
            yield painter.paint(" ".join(part for part in (name, to_message_text(subject or "")) if part), "1")
            for finding in group:
                yield from _format_finding_lines(finding, width, painter, words)
            yield ""
    yield summarize_counts(report, painter, words)


def render_plain_text(report: Report, *, checked: Checked | None = None, words: Words | None = None) -> Iterator[str]:
    """The report as a file or a pipe wants it: lines as long as they are, no colours."""
    words = words or english()
    for line in render_text(report, width=None, words=words):
        yield f"{line}\n"
    if checked is not None:
        yield f"{checked.said(words)}\n"


def summarize_counts(report: Report, palette: Palette | None = None, words: Words | None = None) -> str:
    """How many findings of each severity, in one line."""
    painter, words = palette or Palette(coloured=False), words or english()
    parts = [
        painter.paint(words.ui(severity.value, number=number), _COLOURS[severity] if number else "2")
        for severity, number in report.counts().items()
    ]
    return ", ".join(parts)


def format_pointer(path: Iterable[str | int]) -> str:
    """A path as people write it, fit for a terminal: `events[1].counts[0].unit`."""
    return format_path(token if isinstance(token, int) else to_message_text(token) for token in path)


def locate_record(finding: Finding) -> tuple[str, str | None]:
    """The record that a finding is in, and its id; nothing where it is in none, but in the document itself."""
    return format_pointer(finding.path[:2]) if len(finding.path) > 1 else "", finding.subject


def format_position(finding: Finding) -> str:
    """Line and column as `7:3`, the line alone where no column is known, nothing where no line is."""
    return ":".join(str(number) for number in (finding.line, finding.column) if number is not None)


def _format_finding_lines(finding: Finding, width: int | None, painter: Palette, words: Words) -> Iterator[str]:
    spot = f"{finding.line}:{finding.column} " if finding.line is not None else ""
    place = f"{format_pointer(finding.path)}: " if finding.path else ""
    severity = words.label(finding.severity)
    head = escape_unprintable(f"{spot}{place}{severity} {finding.code} {finding.message}")
    width = width and max(width, _NARROWEST)
    wrapped = wrap(head, width, "  ", "      ")
    wrapped[0] = wrapped[0].replace(
        f"{severity} {finding.code}", f"{painter.severity(finding.severity, severity)} {finding.code}", 1
    )
    yield from wrapped
    if finding.hint:
        yield from wrap(escape_unprintable(f"{words.ui('hint')}: {finding.hint}"), width, "      ", "            ")
    if finding.basis:
        yield from wrap(escape_unprintable(f"{words.ui('basis')}: {finding.basis}"), width, "      ", "             ")
