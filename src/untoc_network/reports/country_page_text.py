"""The page of a country for people at a terminal, and for programs: as text, and as plain JSON types with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.engagement.country_overview import CountryOverview
from untoc_network.engagement.translatable_message import Message, MessageFormatter
from untoc_network.i18n.language_words import Words
from untoc_network.reference.facts import Reference
from untoc_network.reports.country_page import PageLine, PageSection
from untoc_network.reports.country_page_sections import lay_out_country_page
from untoc_network.reports.text_table import render_table
from untoc_network.reports.text_wrapping import wrap

__all__ = ["country_overview_to_dict", "render_country_text"]

_RULES = {2: "=", 3: "-"}
_TEXTS = ("title", "where", "next_step", "send")


def render_country_text(
    overview: CountryOverview,
    *,
    width: int | None = 80,
    languages: Sequence[str | Words] = ("en",),
    reference: Reference | None = None,
) -> Iterator[str]:
    """The page line by line; a number in brackets is that of a source at its end, with its day."""
    page = lay_out_country_page(overview, languages=languages, reference=reference)
    yield from wrap(escape_unprintable(page.title), width)
    yield from wrap(" ".join(page.about), width)
    for section in page.sections:
        yield ""
        yield from _render_section(section, width)
    yield ""
    yield from _render_heading(page.sources_title, 2, width)
    for number, (said, url) in enumerate(page.sources, start=1):
        yield from wrap(escape_unprintable(said), width, f"[{number}] ", "    ")
        for part in filter(None, (url or "").split(" ; ")):
            yield from wrap(escape_unprintable(part), width, "    ", "    ")


def country_overview_to_dict(
    overview: CountryOverview, *, languages: Sequence[str | Words] = ("en",), reference: Reference | None = None
) -> dict[str, Any]:
    """The page as plain JSON types, each text of it as its key, its values and the words they make."""
    teller, told = MessageFormatter(languages, reference), overview.to_dict()
    for one, row in zip(overview.entry_points, told["entry_points"], strict=True):
        for name in _TEXTS:
            message: Message | None = getattr(one.point, name)
            if message is not None:
                row[name]["text"] = teller.of(message)
        for duty, plain in zip(one.point.duties, row["duties"], strict=True):
            plain["said"]["text"] = teller.of(duty.said)
    if overview.letter is not None:
        for name, said in told["letter"].items():
            messages = getattr(overview.letter, name)
            for message, plain in zip(messages, said, strict=True) if isinstance(messages, tuple) else ():
                plain["text"] = teller.of(message)
            if isinstance(messages, Message):
                said["text"] = teller.of(messages)
    return told


def _render_heading(title: str, level: int, width: int | None) -> Iterator[str]:
    lines = wrap(escape_unprintable(title), width)
    yield from lines
    if level in _RULES:
        yield _RULES[level] * max(map(len, lines))


def _render_section(section: PageSection, width: int | None) -> Iterator[str]:
    yield from _render_heading(section.title, section.level, width)
    for line in section.items:
        yield from wrap(_format_line(line), width, "- ", "  ")
    if section.table is not None and section.table.rows:
        yield ""
        told = zip(section.table.rows, section.table.sources, strict=True)
        yield from render_table(
            section.table.head, [(*row, _format_sources(sources)) for row, sources in told], width=width
        )
    if section.table is not None and section.paragraphs:
        yield ""
    for number, line in enumerate(section.paragraphs):
        if number and section.is_letter:
            yield ""
        yield from wrap(_format_line(line), width)


def _format_line(line: PageLine) -> str:
    link = f" {line.link}" if line.link is not None and line.link != line.text else ""
    sources = f" {_format_sources(line.sources)}" if line.sources else ""
    return escape_unprintable(f"{line.text}{link}{sources}")


def _format_sources(sources: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in sources)
