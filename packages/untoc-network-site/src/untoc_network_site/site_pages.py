"""A site in one language: addresses, words, and what every page has around what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from jinja2 import Environment
from markupsafe import Markup, escape

from untoc_network import __version__
from untoc_network.diagnostics.code import escape_unprintable, flow
from untoc_network.diagnostics.inflection import format_day
from untoc_network.engagement.country_overview import FactSource
from untoc_network.engagement.translatable_message import Message, MessageFormatter
from untoc_network.i18n.language_words import Words, words_in
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.record import SourcedRecord
from untoc_network.reports.country_page import PageWriter
from untoc_network.reports.entry_points import format_last_day
from untoc_network.reports.rule_pages import capitalize_first
from untoc_network.reports.statistics_text import choose_text
from untoc_network.values.dates import PartialDate
from untoc_network.values.multilingual_text import Text
from untoc_network.values.sources_and_claims import Citation
from untoc_network_site.page_templates import render, render_markdown
from untoc_network_site.schema_org import to_schema_org, write_script
from untoc_network_site.site_content import SiteContent
from untoc_network_site.site_options import OWN_TEXTS
from untoc_network_site.site_words import say

__all__ = ["ROWS_OF_A_PAGE", "Files", "LanguageSite", "Page", "paginate"]

Files = Iterator[tuple[str, bytes]]
T = TypeVar("T")
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b")
ROWS_OF_A_PAGE = 100
"""How many rows a page has: with a source each, more than that weigh too much where the net is slow."""


def paginate(path: str, rows: Sequence[T]) -> Iterator[tuple[str, tuple[T, ...], tuple[tuple[int, str], ...]]]:
    """Rows as pages: the path of each, its rows, and the numbers and paths of all. There is always a first."""
    parts = [tuple(rows[begin : begin + ROWS_OF_A_PAGE]) for begin in range(0, len(rows), ROWS_OF_A_PAGE)] or [()]
    stem = path.removesuffix(".html")
    paths = tuple((number, path if number == 1 else f"{stem}-{number}.html") for number in range(1, len(parts) + 1))
    for part, (_, own) in zip(parts, paths, strict=True):
        yield own, part, paths if len(paths) > 1 else ()


class LanguageSite:
    """What the pages of one language are written with."""

    def __init__(self, content: SiteContent, environment: Environment, language: str) -> None:
        self.content, self.environment, self.language = content, environment, language
        self.options, self.shown = content.options, content.shown
        self.words: Words = next(words_in(language))
        self.teller = MessageFormatter((language,), content.agenda.facts)
        self.said: dict[str, str] = {}
        self.menus: dict[tuple[str, str, bool], Markup] = {}
        self.language_names: Mapping[str, str] = {
            tag: say("language-name", next(words_in(tag))) for tag in self.options.languages
        }
        name = self.options.title or self.find_title()
        self.title = name if isinstance(name, str) else self.text(name)
        self.headline = self.named(name)

    # -- words ---------------------------------------------------------------------------------------------------------

    def find_title(self) -> Text | str:
        """What the register is called, else its one network."""
        title = self.shown.title
        if title is None and len(self.shown.networks) == 1:
            title = self.shown.networks[0].name
        return self.say("home-title") if title is None else title

    def say(self, key: str, /, **values: str | int) -> str:
        """A text of the pages, filled."""
        if values:
            return say(key, self.words, **values)
        if key not in self.said:
            self.said[key] = say(key, self.words)
        return self.said[key]

    def number(self, value: float) -> str:
        """A number as the language writes it."""
        return self.words.number(value)

    def label(self, value: str) -> str:
        """A value of a list in words."""
        return self.teller.label(value)

    def tell(self, what: Message | str) -> str:
        """What is said of taking part and of reviews, in words."""
        return flow(self.teller.of(what))

    def country(self, code: str) -> str:
        """The name of a country."""
        return self.teller.country(code)

    def name_language(self, tag: str) -> str:
        """The name of a language."""
        return self.words.interface.get(f"report-language-{tag}", tag)

    def text(self, text: Text) -> str:
        """The wording of a text in the best language, plain."""
        return choose_text(text, self.words)[0]

    def named(self, text: Text | str) -> Markup:
        """The wording of a text in the best language, marked with that language and kept apart from what is around."""
        wording, tag = (text, "") if isinstance(text, str) else choose_text(text, self.words)
        shown = escape(escape_unprintable(" ".join(wording.split())))
        told = f' lang="{escape(tag)}"' if tag not in ("", "und", self.language) else ""
        return Markup(f"<bdi{told}>{shown}</bdi>")  # noqa: S704 - both parts are escaped

    def mark_days(self, text: str) -> Markup:
        """A text with its days as such, so that none is broken at its hyphens."""
        shown = str(escape(escape_unprintable(flow(text))))
        return Markup(_DAY.sub(r"<time>\g<0></time>", shown))  # noqa: S704 - it is escaped

    def listed(self, items: Iterable[str]) -> str:
        """Several one after the other."""
        return self.words.listed(list(items))

    def capitalized(self, text: str) -> str:
        """A text that begins with a capital."""
        return capitalize_first(text)

    def last_day(self, point: Any) -> str:
        """Until when one can act at an entry point."""
        return format_last_day(point, self.teller)

    # -- pages ---------------------------------------------------------------------------------------------------------

    def page(self, path: str, template: str, section: str, title: str, **values: Any) -> tuple[str, bytes]:
        """A page with its path; `path` is that within the language, `section` the entry of the menu it belongs to."""
        page = Page(self, path, section, title)
        own = self.options.texts.get((section, self.language)) if path == self.get_section_path(section) else None
        told = {"site": self, "page": page, "own": None if own is None else render_markdown(own), **values}
        return f"{self.language}/{path}", render(self.environment, f"{template}.html", told)

    def get_section_path(self, section: str) -> str:
        """The path of an entry of the menu."""
        return "index.html" if section == "home" else f"{section}/index.html"

    @property
    def sections(self) -> tuple[str, ...]:
        """The entries of the menu."""
        return OWN_TEXTS

    @property
    def colon(self) -> Markup:
        """A colon, with the blank that some languages put before it."""
        return escape(self.words.colon)

    @property
    def version(self) -> str:
        """That of the library."""
        return __version__


class Page:
    """One page: where it is, and the sources that it has named so far."""

    def __init__(self, site: LanguageSite, path: str, section: str, title: str) -> None:
        self.site, self.path, self.section, self.title = site, path, section, title
        self.way_up = "../" * path.count("/")
        self.writer = PageWriter(site.teller)

    def to(self, path: str) -> str:
        """The address, from this page, of one in the same language."""
        return f"{self.way_up}{path}"

    def to_root(self, path: str) -> str:
        """The address, from this page, of what is the same for all languages."""
        return f"{self.way_up}../{path}"

    @property
    def is_home(self) -> bool:
        """Whether it is the first page."""
        return self.path == "index.html"

    @property
    def menu(self) -> Markup:
        """The menu, which is the same on many pages."""
        key = (self.way_up, self.section, self.path == self.site.get_section_path(self.section))
        menus = self.site.menus
        if key not in menus:
            menu = render(self.site.environment, "menu.html", {"site": self.site, "page": self})
            menus[key] = Markup(menu.decode())  # noqa: S704 - it was rendered
        return menus[key]

    @property
    def address(self) -> str | None:
        """Where it will be on the web, as far as that is known."""
        return self.address_in(self.site.language)

    def address_in(self, language: str) -> str | None:
        """Where it will be in a language."""
        base = self.site.options.base_url
        return None if base is None else f"{base}{language}/{self.path}"

    @property
    def card(self) -> str | None:
        """Where the picture for links to it will be."""
        base = self.site.options.base_url
        return None if base is None else f"{base}{self.site.language}/card.svg"

    def cite(self, *records: SourcedRecord) -> Markup:
        """The numbers of the sources of records, each leading to its source at the foot of the page."""
        return self.refer(self.site.content.citations.cite(*records))

    def cite_part(self, record: SourcedRecord, citations: tuple[Citation, ...]) -> Markup:
        """The numbers of the sources of a part of a record, which are those of the record where it names none."""
        return self.refer(self.site.content.citations.cite(record, only=citations))

    def refer(self, sources: Sequence[FactSource]) -> Markup:
        """The numbers of sources, each leading to its source at the foot of the page."""
        links = "".join(f'<a href="#s{number}">[{number}]</a>' for number in self.writer.number(sources))
        return Markup(f'<span class="refs">{links}</span>')  # noqa: S704 - of numbers

    def link_name(self, text: str, body: Organization) -> Markup:
        """A text whose name of an organization leads to its page; all of it does where the name is worded otherwise."""
        told = self.site.mark_days(text)
        before, name, after = told.partition(self.site.mark_days(self.site.text(body.name)))
        link = Markup('<a href="{}">{}</a>').format(
            self.to(f"organization/{body.id}.html"), self.site.named(body.name) if name else told
        )
        return before + link + after if name else link

    @property
    def sources(self) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
        """The sources that were named: their numbers, what they are, and where they were read."""
        told = enumerate(self.writer.numbers, start=1)
        return tuple(
            (number, self.writer.describe_source(one), tuple(filter(None, (one.url or "").split(" ; "))))
            for number, one in told
        )

    def node(self, record_id: str) -> Markup:
        """A record as search engines read it, in JSON-LD; nothing where there is none."""
        node = self.site.content.nodes.get(record_id)
        if node is None:
            return Markup("")
        told = to_schema_org(node, self.site.content.terms, self.site.language)
        here = {} if self.address is None else {"mainEntityOfPage": self.address}
        script = write_script({"@context": "https://schema.org", **told, **here})
        return Markup(f'<script type="application/ld+json">{script}</script>\n')  # noqa: S704 - no letter ends it

    def format_span(self, first: PartialDate | None, last: PartialDate | None) -> Markup:
        """From one day to another, or the one day, or nothing; in words, two days of a month name it once."""
        days = list(dict.fromkeys(str(day) for day in (first, last) if day is not None))
        said = [format_day(day, self.site.language) for day in days]
        dash = "\u2013" if said == days else "\u00a0\u2013 "  # days in words stand apart
        if said != days and all(map(_WHOLE_DAY.fullmatch, days)) and len({day[:-3] for day in days}) < len(days):
            said[0], dash = said[0].partition(" ")[0], "\u2013"
        marked = (f'<time datetime="{day}">{text}</time>' for day, text in zip(days, said, strict=True))
        return Markup(dash.join(marked))  # noqa: S704 - of days
