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
from untoc_network.i18n.told_texts import format_basis
from untoc_network.reports.finding_groups import MOST_PLACES, FindingGroup, list_first_steps, split_groups
from untoc_network.reports.text_wrapping import wrap
from untoc_network.values.argument_checks import check_arguments

__all__ = [
    "FORMATS",
    "Checked",
    "Palette",
    "Renderer",
    "format_place",
    "format_pointer",
    "format_position",
    "locate_record",
    "name_position",
    "render_findings",
    "render_first_steps",
    "render_plain_text",
    "render_report",
    "render_text",
    "summarize_counts",
]


class Renderer(Protocol):
    """What every format is: a function from a report to pieces of text, which in a row are the whole."""

    def __call__(
        self, report: Report, *, checked: Checked | None = None, words: Words | None = None, **chosen: bool
    ) -> Iterator[str]:
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
_FOR_PEOPLE = frozenset(("text", "markdown", "html"))
"""Formats that tell findings of one kind together; the others are read by programs and always have each."""


@check_arguments
def render_report(
    report: Report,
    form: str = "text",
    *,
    checked: Checked | None = None,
    languages: Sequence[str | Words] = ("en",),
    all: bool = False,  # noqa: A002 - what users call it
) -> Iterator[str]:
    """The report in one of the formats: text, json, sarif, junit, github, markdown or html.

    Gives the text in pieces, so that a report of any length needs little memory: join them, or hand them to
    `file.writelines`. Files are to be written in UTF-8. `checked` says what was looked at, where that is known.
    What it says is in the first of the `languages` that has it: tags such as `es` or `pt-BR`, or words of your own.
    For people, text and Markdown tell the first five of many findings of one kind and count the others, a page folds
    them up; with `all`, each is told. What programs read always has each.
    Raises `UnsupportedFormat` for another name of a format, `UnknownLanguage` for a language that is not spoken.
    """
    if form not in FORMATS:
        raise UnsupportedFormat(f"{form!r} is not one of the formats of a report: {', '.join(FORMATS)}")
    module, name = FORMATS[form]
    renderer: Renderer = getattr(importlib.import_module(f"{__package__}.{module}"), name)
    chosen = {"all": all} if form in _FOR_PEOPLE else {}
    words = choose_interface_words(*languages)
    return renderer(translated(report, *languages, country_name=name_country), checked=checked, words=words, **chosen)


def name_country(code: str, *languages: str) -> str:
    """The name of a country by its code, in the first of these languages that names are in."""
    from untoc_network.reference import packaged  # which a report without a country need not load

    return packaged().name_of(code, *languages)


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
    report: Report,
    *,
    width: int | None = 80,
    palette: Palette | None = None,
    words: Words | None = None,
    all: bool = False,  # noqa: A002 - as in `render_report`
) -> Iterator[str]:
    """The report line by line. `width` None leaves lines as long as they are, as a pipe wants them."""
    painter, words = palette or Palette(coloured=False), words or english()
    yield from render_findings(report, width=width, palette=painter, words=words, all=all)
    if not all:
        yield from render_first_steps(report, width=width, palette=painter, words=words)
    yield summarize_counts(report, painter, words)


def render_findings(
    report: Report,
    *,
    width: int | None,
    palette: Palette,
    words: Words,
    all: bool,  # noqa: A002 - as in `render_report`
) -> Iterator[str]:
    """The findings by file, kind and record, line by line."""
    painter, width = palette, width and max(width, _NARROWEST)
    for file, findings in itertools.groupby(report, key=lambda finding: finding.location.file):
        if file is not None:
            yield painter.paint(to_message_text(file), "1;4")
            yield ""
        groups, others = split_groups(findings, all=all)
        for kind in groups:
            yield painter.paint(words.ui("places", number=len(kind.findings)), "1")
            yield from _format_group_lines(kind, width, painter, words)
            yield ""
        for (record, subject), group in itertools.groupby(others, key=locate_record):
            name = record or words.ui("document")
            yield painter.paint(" ".join(part for part in (name, to_message_text(subject or "")) if part), "1")
            for finding in group:
                yield from _format_finding_lines(finding, format_place(finding, words), width, painter, words)
            yield ""


def render_first_steps(report: Report, *, width: int | None, palette: Palette, words: Words) -> Iterator[str]:
    """What to do first, line by line, with an empty one at its end; nothing where there is little to do."""
    steps = [*list_first_steps(report, words)]
    if steps:
        yield palette.paint(words.ui("first-steps"), "1")
        for number, step in enumerate(steps, start=1):
            yield from wrap(escape_unprintable(f"{number}. {step}"), width, "  ", "     ")
        yield ""


def render_plain_text(
    report: Report,
    *,
    checked: Checked | None = None,
    words: Words | None = None,
    all: bool = False,  # noqa: A002 - as in `render_report`
) -> Iterator[str]:
    """The report as a file or a pipe wants it: lines as long as they are, no colours."""
    words = words or english()
    for line in render_text(report, width=None, words=words, all=all):
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


def name_position(finding: Finding, words: Words) -> str:
    """Line and column in words, `line 7, column 3`, as far as they are known."""
    numbers = {"line": finding.line, "column": finding.column}
    return ", ".join(words.ui(name, number=number) for name, number in numbers.items() if number is not None)


def format_place(finding: Finding, words: Words, *, named: bool = False) -> str:
    """Position and path of a finding, and where it is to be `named` without its record beside it, the record's id.

    Where compilers write `7:3`, in English, it is that; the other languages say it in words.
    """
    plain = words.language == "en"
    position = format_position(finding) if plain else name_position(finding, words)
    name = f" ({to_message_text(finding.subject)})" if named and finding.subject else ""
    told = (" " if plain else ", ").join(filter(None, (position, format_pointer(finding.path))))
    return f"{told}{name}".strip()


def _format_group_lines(kind: FindingGroup, width: int | None, painter: Palette, words: Words) -> Iterator[str]:
    """Findings of one kind: the first and the places of some others, or some of them where each says something else."""
    examples = [(finding, format_place(finding, words, named=True)) for finding in kind.pick_examples()]
    more = words.ui("more-places", number=len(kind.findings) - MOST_PLACES)
    if kind.is_alike:
        (first, place), *others = examples
        yield from _format_finding_lines(first, place, width, painter, words)
        places = ", ".join(dict.fromkeys(place or words.ui("document") for _, place in others))
        more = f"{words.ui('also-at', places=places)} {more}"
    else:
        before = None
        for finding, place in examples:
            said = (finding.hint, finding.basis)
            shown = attrs.evolve(finding, hint=None, basis=None) if said == before else finding
            yield from _format_finding_lines(shown, place, width, painter, words)
            before = said
    yield from wrap(escape_unprintable(more), width, "      ", "            ")


def _format_finding_lines(
    finding: Finding, place: str, width: int | None, painter: Palette, words: Words
) -> Iterator[str]:
    severity = words.label(finding.severity)
    opening = place and f"{place}{' ' if place == format_position(finding) else ': '}"
    head = escape_unprintable(f"{opening}{severity} {finding.code} {finding.message}")
    wrapped = wrap(head, width, "  ", "      ")
    wrapped[0] = wrapped[0].replace(
        f"{severity} {finding.code}", f"{painter.severity(finding.severity, severity)} {finding.code}", 1
    )
    yield from wrapped
    if finding.hint:
        yield from wrap(
            escape_unprintable(f"{words.ui('hint')}{words.colon} {finding.hint}"), width, "      ", "            "
        )
    if finding.basis:
        yield from wrap(
            escape_unprintable(f"{words.ui('basis')}{words.colon} {format_basis(finding.basis, words)}"),
            width,
            "      ",
            "             ",
        )
