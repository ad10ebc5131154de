"""Exchange the words of a language with translators, as gettext `.po` files, which Weblate and Poedit open.

    python -m tools.exchange_words write es > es.po
    python -m tools.exchange_words read es.po > es.toml

Each entry has the English as `msgid`, where it stands in the table as `msgctxt`, its parameters and where it is used as
comments. What is read becomes the table of the language, as `tools/build_words.py` writes it; an entry that is empty,
fuzzy or has other parameters than the English is left out and named on standard error.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from tools.build_words import english_words, table_of, written
from tools.gather_told import gather_told

from untoc_network.diagnostics.templates import list_parameters
from untoc_network.i18n.language_words import LANGUAGES, words_in

__all__ = ["read_catalogue", "write_catalogue"]

_STEP = "\x1f"
"""Between the keys of a table in `msgctxt`, since the keys hold points themselves."""


def write_catalogue(language: str, table: Mapping[str, Any], english: Mapping[str, Any] | None = None) -> str:
    """The `.po` of a language, from its table and the English one; what it does not have is left empty."""
    places = gather_told() if english is None else {}
    catalogue = Catalog(locale=language, project="untoc-network", charset="utf-8", fuzzy=False)
    for path, text in _list_texts(english_words() if english is None else english):
        parameters = sorted(f"{{{name}{':' if how else ''}{how}}}" for name, how in list_parameters(text))
        catalogue.add(
            text,
            _look_up(table, path) or "",
            context=_STEP.join(path),
            auto_comments=[f"parameters: {', '.join(parameters)}"] if parameters else [],
            locations=[(place, 0) for place in places.get(path[-1], ())] or [(path[0], 0)],
        )
    made = io.BytesIO()
    write_po(made, catalogue, width=0, omit_header=False)
    return made.getvalue().decode()


def read_catalogue(po: str) -> tuple[dict[str, Any], list[str]]:
    """The table that a `.po` gives, and what is left out of it: what is not translated, or has other parameters."""
    catalogue = read_po(io.BytesIO(po.encode()))
    table: dict[str, Any] = {"language": str(catalogue.locale)}
    left: list[str] = []
    for message in catalogue:
        if not message.id:
            continue
        path, said = str(message.context).split(_STEP), str(message.string)
        if not said or message.fuzzy or _read_parameters(said) != list_parameters(str(message.id)):
            left.append(".".join(path))
            continue
        held = table
        for key in path[:-1]:
            held = held.setdefault(key, {})
        held[path[-1]] = said
    return table, left


def _read_parameters(said: str) -> frozenset[tuple[str, str]] | None:
    """The parameters of a translation; None where its braces are none."""
    try:
        return list_parameters(said)
    except ValueError:
        return None


def _list_texts(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _list_texts(value, (*path, key))
        elif path:
            yield (*path, key), value


def _look_up(table: Mapping[str, Any], path: tuple[str, ...]) -> str | None:
    held: Any = table
    for key in path:
        held = held.get(key) if isinstance(held, Mapping) else None
    return held


def main() -> None:
    """Write or read the `.po` of a language."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("way", choices=("write", "read"))
    parser.add_argument("what", help="the tag of a language to write, or the .po to read")
    chosen = parser.parse_args()
    if chosen.way == "write":
        known = table_of(next(words_in(chosen.what))) if chosen.what in LANGUAGES else {}
        sys.stdout.write(write_catalogue(chosen.what, known))
        return
    table, left = read_catalogue(Path(chosen.what).read_text(encoding="utf-8"))
    sys.stdout.write("\n".join(written(table)).strip() + "\n")
    sys.stderr.writelines(f"left out: {name}\n" for name in left)


if __name__ == "__main__":
    main()
