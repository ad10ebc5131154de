"""Set the quotation marks, apostrophes and spaces of the catalogues as each language has them.

    python tools/typeset_words.py fr

A translator writes 'so' and : so; this writes what the language prints. French has a no-break space, U+00A0, inside its
quotation marks and before : ; ! ? — never the narrow one, U+202F, which many terminals and old code pages lack. What
stands between straight double quotes is code, to be typed as it is, and stays.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
NO_BREAK = "\u00a0"
QUOTES = {
    "fr": (f"«{NO_BREAK}", f"{NO_BREAK}»"),
    "es": ("«", "»"),
    "pt": ("“", "”"),
}
"""How each language that is set opens and closes a quotation."""
PERCENT = {"fr": f"{NO_BREAK}%", "es": f"{NO_BREAK}%", "pt": "%"}
"""What stands behind a number that is a percentage."""
_CODE = re.compile(r'\{\{.*\}\}|"[^"]*"(?:: (?:"[^"]*"|true|false))?')
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_]|\{|«)")
_OPENING = re.compile(r"(?<![\w}»])'(?=\S)")
_BEFORE_A_SIGN = re.compile(rf"[ {NO_BREAK}]*(?<=[\w)\]»}}.…%/{NO_BREAK} ])([:;!?])(?=\s|$)")
_PERCENT = re.compile(rf"(?<=\d)[ {NO_BREAK}]?%")
_BEFORE_THE_END = re.compile(rf"[ {NO_BREAK}]*»")
_AFTER_THE_BEGIN = re.compile(rf"«[ {NO_BREAK}]*")


def typeset(text: str, language: str) -> str:
    """The text with the quotation marks, apostrophes and spaces of the language; code in it stays."""
    pieces, end = [], 0
    for code in _CODE.finditer(text):
        pieces += [_typeset_words(text[end : code.start()], language), code[0]]
        end = code.end()
    return "".join((*pieces, _typeset_words(text[end:], language)))


def _typeset_words(text: str, language: str) -> str:
    opens, closes = QUOTES[language]
    text = _APOSTROPHE.sub("\u2019", text)
    text = _OPENING.sub(opens, text).replace("'", closes)
    text = _PERCENT.sub(PERCENT[language], text)
    if language != "fr":
        return text
    text = _AFTER_THE_BEGIN.sub(opens, _BEFORE_THE_END.sub(closes, text))
    return _BEFORE_A_SIGN.sub(rf"{NO_BREAK}\1", text)


def texts_of(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """All texts of a catalogue, each with its place."""
    for key, value in table.items():
        if isinstance(value, str):
            yield ".".join((*path, key)), value
        else:
            yield from texts_of(value, (*path, key))


def catalogues(language: str) -> Iterator[Path]:
    """The catalogues of the language: the library's own, and those of its companions."""
    yield ROOT / "src" / "untoc_network" / "i18n" / f"{language}.toml"
    yield from sorted(ROOT.glob(f"packages/*/src/*/words/{language}.toml"))


_LINE = re.compile(r'(?P<key>[\w-]+|"(?:[^"\\]|\\.)*") = (?P<text>"(?:[^"\\]|\\.)*")')


def typeset_catalogue(toml: str, language: str) -> str:
    """A catalogue, whose every text is a line of its own, with its texts set."""

    def put(line: re.Match[str]) -> str:
        text = tomllib.loads(f"text = {line['text']}")["text"]
        return f"{line['key']} = {json.dumps(typeset(text, language), ensure_ascii=False)}"

    lines = toml.splitlines(keepends=True)
    return "".join(_LINE.sub(put, line) if _LINE.fullmatch(line.rstrip("\n")) else line for line in lines)


def main() -> None:
    """Set the catalogues of a language."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("language", choices=QUOTES)
    language = parser.parse_args().language
    for path in catalogues(language):
        path.write_text(typeset_catalogue(path.read_text(encoding="utf-8"), language), encoding="utf-8")


if __name__ == "__main__":
    main()
