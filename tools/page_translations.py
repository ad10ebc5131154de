"""The pages of the documentation that are translated, and their gettext `.po` files, one for each page and language.

    python -m tools.page_translations

brings every `docs/locale/*/LC_MESSAGES/*.po` up to its page: what is new is empty, what was changed keeps its old
translation as fuzzy, what is gone is gone. Sphinx translates with them (`sphinx-build -D language=es`), paragraph by
paragraph; commands and what they print are put in place by `docs/translation.py`. Markup, links and code stay.

What is generated is not here: rule pages are made of the words of the library in each language, and the glossary's
words stand in its own table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

import attrs
from markdown_it import MarkdownIt

__all__ = [
    "DOCS",
    "LANGUAGES",
    "RULES_TITLES",
    "Entry",
    "catalogue_file",
    "list_messages",
    "list_pages",
    "page_source",
    "put_in_commands",
    "read_catalogue",
    "swap_words",
    "write_catalogue",
]

DOCS = Path(__file__).parent.parent / "docs"

LANGUAGES = ("es", "pt")
"""The languages of pages, besides English."""

COLUMNS = {"es": ("español", "palabra"), "pt": ("português", "palavra")}
"""The column of a language in the tables of words of the glossary, and how it is called when it comes first."""

RULES_INDEX = "rules/index"

RULES_TITLES = (
    "Rules",
    "Each rule has a page: what must hold and why, with an example that passes and one that fails.",
    "By provision",
)
"""What the list of rules says that is not of the catalogue, and is translated as other pages are."""


@attrs.frozen
class Entry:
    """A translation: fuzzy where the page says something else since."""

    text: str = ""
    fuzzy: bool = False


def list_pages() -> list[str]:
    """The names of the pages that are translated."""
    tutorials = sorted(f"tutorial/{path.stem}" for path in DOCS.glob("tutorial/*.md"))
    return ["index", *tutorials, "reference/glossary", RULES_INDEX]


def page_source(page: str) -> str:
    """The English of a page, as Sphinx reads it; of the list of rules what is not made of the catalogue."""
    if page == RULES_INDEX:
        return "\n\n".join(f"# {title}" for title in RULES_TITLES)
    return (DOCS / f"{page}.md").read_text(encoding="utf-8")


def catalogue_file(language: str, page: str) -> Path:
    """The `.po` of a page in a language."""
    return DOCS / "locale" / language / "LC_MESSAGES" / f"{page}.po"


# -- what is translated ----------------------------------------------------------------------------------------------


def list_messages(source: str, pages: Iterable[str] = ()) -> list[str]:
    """What is to be translated: paragraphs, titles, cells, commands, captions of lists that have one of the pages."""
    return list(dict.fromkeys(_walk(source, frozenset(pages))))


def _walk(source: str, pages: frozenset[str]) -> Iterator[str]:
    lines = source.splitlines()
    skipped: set[int] = set()
    column = 0
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        if token.type == "table_open" and token.map:
            skipped = _words_of_languages(lines[token.map[0]])
        elif token.type == "tr_open":
            column = 0
        elif token.type in {"th_open", "td_open"}:
            column += 1
        elif token.type == "table_close":
            skipped = set()
        elif token.type == "inline" and token.content and column not in skipped:
            yield " ".join(token.content.split("\n"))
        elif token.type == "fence":
            yield from _read_fence(token.info, token.content, pages)


def _words_of_languages(header: str) -> set[int]:
    """The columns of a table of words that are not translated: all but the meaning."""
    return {1, 3, 4, 5} if f"| {COLUMNS['es'][0]} |" in header else set()


def _read_fence(info: str, content: str, pages: frozenset[str]) -> Iterator[str]:
    options = dict(re.findall(r"^:(\w+): (.+)$", content, re.MULTILINE))
    if info in {"console", "sh"}:
        yield content
    elif info.startswith("{image}"):
        yield options["alt"]
    elif info == "{toctree}" and "caption" in options and pages & {*content.splitlines()}:
        yield options["caption"]


# -- what is translated otherwise ------------------------------------------------------------------------------------


def put_in_commands(source: str, known: Mapping[str, Entry]) -> str:
    """A page with its commands, and what they print, in the language of the catalogue."""
    for message, entry in known.items():
        if message.endswith("\n") and entry.text and not entry.fuzzy:
            source = source.replace(f"\n{message}", f"\n{entry.text}")
    return source


def swap_words(source: str, language: str) -> str:
    """The tables of words with the word of the language first, and the English in its place."""
    name, word = COLUMNS[language]
    column = 0
    lines = source.split("\n")
    for number, line in enumerate(lines):
        cells = line.split("|")
        if f" {name} " in cells:
            column = cells.index(f" {name} ")
            cells[1], cells[column] = f" {word} ", " English "
        elif column and len(cells) > column:
            if not cells[1].startswith("---"):
                cells[1], cells[column] = cells[column], cells[1]
        else:
            column = 0
        lines[number] = "|".join(cells)
    return "\n".join(lines)


# -- catalogues ------------------------------------------------------------------------------------------------------


def read_catalogue(text: str) -> dict[str, Entry]:
    """The entries of a `.po`."""
    entries: dict[str, Entry] = {}
    for block in text.split("\n\n"):
        parts: dict[str, str] = {}
        part = ""
        for line in block.splitlines():
            if line.startswith(("msgid ", "msgstr ")):
                part = line.partition(" ")[0]
            said = line.removeprefix(f"{part} ")
            if part and said.startswith('"'):
                parts[part] = parts.get(part, "") + json.loads(said)
        if parts.get("msgid"):
            fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in block.splitlines())
            entries[parts["msgid"]] = Entry(parts["msgstr"], fuzzy)
    return entries


def write_catalogue(language: str, messages: Iterable[str], known: Mapping[str, Entry]) -> str:
    """The `.po` of messages, with what is known of them or of what was like them."""
    wanted = list(messages)
    gone = [one for one in known if one not in wanted and known[one].text]
    blocks = ['msgid ""\nmsgstr ' + _quote(f"Language: {language}\nContent-Type: text/plain; charset=UTF-8\n")]
    for message in wanted:
        entry = known.get(message, Entry())
        if message not in known and (like := get_close_matches(message, gone, 1)):
            entry = Entry(known[like[0]].text, fuzzy=True)
        mark = "#, fuzzy\n" if entry.fuzzy else ""
        blocks.append(f"{mark}msgid {_quote(message)}\nmsgstr {_quote(entry.text)}")
    return "\n\n".join(blocks) + "\n"


def _quote(text: str) -> str:
    lines = [json.dumps(line, ensure_ascii=False) for line in text.splitlines(keepends=True)] or ['""']
    return lines[0] if len(lines) == 1 else "\n".join(('""', *lines))


def main() -> None:
    """Bring all catalogues up to their pages."""
    pages = list_pages()
    for language in LANGUAGES:
        for page in pages:
            file = catalogue_file(language, page)
            known = read_catalogue(file.read_text(encoding="utf-8")) if file.exists() else {}
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(write_catalogue(language, list_messages(page_source(page), pages), known), encoding="utf-8")


if __name__ == "__main__":
    main()
