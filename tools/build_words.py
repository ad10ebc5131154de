"""Write all that the library says as TOML, in English or in one of its other languages: what a translator starts from.

    python -m tools.build_words en > english.toml
    python -m tools.build_words es --missing > missing.toml

With `--missing` only those English texts are written that the language does not have yet, or has with other parameters.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from tools.gather_told import told_texts

import untoc_network
from untoc_network.diagnostics.templates import list_parameters
from untoc_network.i18n.language_words import Words, english, words_in
from untoc_network.model.field_codes import list_model_classes
from untoc_network.rules.catalogue import AREAS, catalogue
from untoc_network.values.fields import fields_of


def choices() -> Iterator[str]:
    """All values of enumerations that stand in registers or reports, as `Enumeration.value`."""
    for room in ("text", "values", "model", "reference", "process", "engagement"):
        package = importlib.import_module(f"untoc_network.{room}")
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            for value in vars(module).values():
                if isinstance(value, type) and issubclass(value, StrEnum) and value.__module__ == module.__name__:
                    yield from (f"{value.__name__}.{choice.value}" for choice in value)
    for enumeration in (untoc_network.Severity, untoc_network.Certainty):
        yield from (f"{enumeration.__name__}.{choice.value}" for choice in enumeration)


def english_words() -> dict[str, Any]:
    """All English texts in the form of a language's table."""
    return {
        "language": "en",
        "interface": dict(english().interface),
        "engagement": dict(english().engagement),
        "commands": dict(english().commands),
        "topics": dict(english().topics),
        "told": dict(told_texts()),
        "areas": {code: title for code, (_, title) in AREAS.items()},
        "labels": {value: english().label(value) for value in sorted({one.partition(".")[2] for one in choices()})},
        "fields": {
            f"{cls.__name__}.{shape.name}": shape.label for cls in list_model_classes() for shape in fields_of(cls)
        },
        "descriptions": {
            shape.description: shape.description for cls in list_model_classes() for shape in fields_of(cls)
        },
        "rules": {
            rule.code: {
                "statement": " ".join(rule.explanation.statement.split()),
                "why": " ".join(rule.explanation.why.split()),
                "message": rule.message,
                **({"hint": rule.hint} if rule.hint else {}),
                **({"phrases": dict(rule.phrases)} if rule.phrases else {}),
            }
            for rule in catalogue()
        },
    }


def table_of(words: Words) -> dict[str, Any]:
    """The texts of a language in the same form."""
    rules = {
        code: {
            name: value for name in ("statement", "why", "message", "hint", "phrases") if (value := getattr(said, name))
        }
        for code, said in words.rules.items()
    }
    return {
        "language": words.language,
        "interface": dict(words.interface),
        "engagement": dict(words.engagement),
        "commands": dict(words.commands),
        "topics": dict(words.topics),
        "told": dict(words.told),
        "areas": dict(words.areas),
        "labels": dict(words.labels),
        "fields": dict(words.fields),
        "descriptions": dict(words.descriptions),
        "rules": rules,
    }


def missing_in(there: Any, wanted: Any) -> Any:
    """What of the wanted texts is not there, or is there with other parameters; None where nothing is missing."""
    if isinstance(wanted, str):
        same = isinstance(there, str) and there and list_parameters(there) == list_parameters(wanted)
        return None if same else wanted
    held = there if isinstance(there, Mapping) else {}
    lacking = {key: missing_in(held.get(key), value) for key, value in wanted.items() if key != "language"}
    return {key: value for key, value in lacking.items() if value is not None} or None


def written(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    """A table as TOML: its own texts first, then the tables within it."""
    texts = {key: value for key, value in table.items() if isinstance(value, str)}
    if path and texts:
        yield f"\n[{'.'.join(path)}]"
    for key, value in texts.items():
        bare = re.fullmatch("[A-Za-z0-9_-]+", key)
        yield f"{key if bare else json.dumps(key, ensure_ascii=False)} = {json.dumps(value, ensure_ascii=False)}"
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from written(value, (*path, key))


def main() -> None:
    """Write the table of one language."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("language")
    parser.add_argument("--missing", action="store_true")
    chosen = parser.parse_args()
    words = english_words()
    if chosen.language != "en":
        there = table_of(next(words_in(chosen.language)))
        words = (missing_in(there, words) or {}) if chosen.missing else there
    sys.stdout.write("\n".join(written(words)).strip() + "\n")


if __name__ == "__main__":
    main()
