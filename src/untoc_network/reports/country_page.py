"""What the page of a country is made of: lines with the numbers of their sources, tables, sections; and its writer."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from untoc_network.diagnostics.code import flow
from untoc_network.engagement.country_overview import FactSource
from untoc_network.engagement.translatable_message import MessageFormatter, Value, has_wording, make_message
from untoc_network.i18n.told_texts import join_provision
from untoc_network.model.convention import TreatyCode
from untoc_network.reports.statistics_text import translate_key
from untoc_network.values.dates import PartialDate
from untoc_network.values.multilingual_text import Text

__all__ = ["CountryPage", "PageLine", "PageSection", "PageTable", "PageWriter", "list_codes"]


@attrs.frozen(kw_only=True)
class PageLine:
    """A sentence, the numbers of its sources, where it links to, and the record that it is of."""

    text: str
    sources: tuple[int, ...] = ()
    link: str | None = None
    record_id: str | None = None


@attrs.frozen(kw_only=True)
class PageTable:
    """Rows of cells, with the sources of each row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[tuple[int, ...], ...]


@attrs.frozen(kw_only=True)
class PageSection:
    """A heading of a level, what stands under it as paragraphs, as a list and as a table."""

    title: str
    level: int = 2
    paragraphs: tuple[PageLine, ...] = ()
    items: tuple[PageLine, ...] = ()
    table: PageTable | None = None
    is_letter: bool = False


@attrs.frozen(kw_only=True)
class CountryPage:
    """The page: its title, its day, its sections, and its sources from 1 on."""

    title: str
    language: str
    about: tuple[str, ...]
    sections: tuple[PageSection, ...]
    contents_title: str
    sources_title: str
    sources: tuple[tuple[str, str | None], ...]
    """Each source in words, and where it was read."""


class PageWriter:
    """Puts what a page says into words, and numbers its sources in the order in which they are first named."""

    def __init__(self, teller: MessageFormatter) -> None:
        self.teller = teller
        self.numbers: dict[FactSource, int] = {}

    def say(self, key: str, **values: Value) -> str:
        """A wording, filled, on one line."""
        return flow(self.teller.of(make_message(key, values)))

    def line(self, key: str, sources: Sequence[FactSource] = (), /, **values: Value) -> PageLine:
        """A wording as a line, with its sources."""
        return PageLine(text=self.say(key, **values), sources=self.number(sources))

    def number(self, sources: Sequence[FactSource]) -> tuple[int, ...]:
        """The numbers of sources, in the order in which the page first names them."""
        return tuple(self.numbers.setdefault(one, len(self.numbers) + 1) for one in sources)

    def describe_source(self, source: FactSource) -> str:
        """A source in words, with its day and how sure what it says is."""
        name = "register" if source.document is None else source.document
        own = "" if isinstance(name, Text) else f"country.source-{name.replace(' ', '-')}"
        told = self.teller.name(name) if isinstance(name, Text) else self.teller.text(name)
        document = self.say(own) if has_wording(own) else told
        document = join_provision(document, source.provision, self.teller.words)
        values: dict[str, Value] = {"document": document, "certainty": source.certainty or "seen"}
        if source.day is None:
            return self.say("country.source-undated", **values)
        return self.say("country.source", day=source.day, **values)

    def name_languages(self, tags: Sequence[str]) -> tuple[str, ...]:
        """Languages by their names."""
        return tuple(translate_key(f"language-{tag}", self.teller.words) for tag in tags)

    def format_span(self, earliest: PartialDate, latest: PartialDate) -> str:
        """From one day to another, or the one day."""
        return str(earliest) if earliest == latest else self.say("country.due-span", due=earliest, latest=latest)


def list_codes(instruments: Sequence[TreatyCode]) -> tuple[str, ...]:
    """The codes of treaties as text."""
    return tuple(code.value for code in instruments)
