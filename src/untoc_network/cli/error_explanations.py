"""What is said of a call that could not be answered: what was wrong, and the nearest that would have been right."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path

from untoc_network.cli.language_choice import find_spoken_words
from untoc_network.cli.output import list_given_words
from untoc_network.cli.parser import did_you_mean
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import (
    InvalidDocument,
    UnknownRecord,
    UnknownRule,
    UnreadableInput,
    UnsupportedFormat,
    UntocNetworkError,
)
from untoc_network.i18n.language_words import translated

__all__ = ["explain_error"]

_QUOTED = re.compile(r"'([^']*)'")
_LISTS = (".csv", ".tsv", ".xlsx", ".ics")
"""Suffixes of what `import` reads and no other command."""
_MOST_NAMED = 4


def explain_error(error: UntocNetworkError, chosen: argparse.Namespace | None = None) -> str:
    """The error in a line, with what to do where that is known and can be looked for."""
    try:
        return _explain(error, _tell(error), chosen)
    except (OSError, ValueError):  # a name that no file can have, a folder that nobody may list
        return str(error)


def _tell(error: UntocNetworkError) -> str:
    """What the error says, where that is a finding in the language of the call."""
    if isinstance(error, InvalidDocument) and (words := find_spoken_words()):
        return str(InvalidDocument(translated(error.report, words)))
    return str(error)


def _explain(error: UntocNetworkError, text: str, chosen: argparse.Namespace | None) -> str:
    if isinstance(error, UnreadableInput):
        if text.endswith("is not a baseline"):
            return f"{text}; write one with --write-baseline"
        path = next(
            (path for path in _list_given_words(chosen) if text.startswith(f"{escape_unprintable(path)}: ")), None
        )
        return text + (_suggest_file(path) if path is not None else "")
    if isinstance(error, UnsupportedFormat):
        path = next((path for path in _list_given_words(chosen) if text.startswith(f"{Path(path).name}: ")), "-")
        return _explain_other_kind_of_input(text, chosen) or text + _suggest_file(path)
    if isinstance(error, UnknownRecord):
        return text + _suggest_record(text, chosen)
    if isinstance(error, UnknownRule) and text.startswith("there is no rule ") and "did you mean" not in text:
        return f"{text}; list them with: untoc-network rules"
    return text


def _list_given_words(chosen: argparse.Namespace | None) -> Iterable[str]:
    return list_given_words(chosen) if chosen is not None else ()


def _suggest_file(path: str) -> str:
    """The file of the same folder that was probably meant; a register in a folder where a folder was given."""
    wanted = Path(path)
    return "" if wanted.exists() else did_you_mean(wanted.name, (found.name for found in wanted.parent.iterdir()))


def _explain_other_kind_of_input(text: str, chosen: argparse.Namespace | None) -> str | None:
    """What to do with a folder that is no register, and with a list that is to be imported first."""
    for path in _list_given_words(chosen):
        file = Path(path)
        if text.endswith("is a register already, and no list"):
            return f"{text}; check it with: untoc-network validate {text.partition(': ')[0]}"
        if not text.startswith(f"{file.name}: "):
            continue
        if path != "-" and file.is_dir() and not file.suffix:
            return f"{escape_unprintable(path)}: the path is a folder; name a register in it{_suggest_registers(file)}"
        if file.suffix.lower() in _LISTS and file.is_file():
            name, made = escape_unprintable(path), escape_unprintable(file.with_suffix(".json").name)
            return f"{name}: the file is a list, not a register; make one of it: untoc-network import {name} -o {made}"
    return None


def _suggest_registers(folder: Path) -> str:
    from untoc_network.serializers.registry import REGISTER_FORMATS

    known = {suffix for form in REGISTER_FORMATS.values() for suffix in form.suffixes}
    names = sorted(escape_unprintable(found.name) for found in folder.iterdir() if found.suffix.lower() in known)
    more = ", …" if len(names) > _MOST_NAMED else ""
    return f", such as {', '.join(names[:_MOST_NAMED])}{more}" if names else ""


def _suggest_record(text: str, chosen: argparse.Namespace | None) -> str:
    """The record of the registers that were loaded, or the country, whose id or name is the nearest."""
    quoted = _QUOTED.search(text)
    wanted = quoted[1] if quoted else getattr(chosen, "person", "")
    if text.startswith("no country"):
        return _suggest_country(wanted)
    persons = text.startswith("no person")
    known = [
        record.id
        for register in getattr(chosen, "registers", ())
        for record in (register.persons if persons else register.by_id.values())
    ]
    return "" if wanted in known else did_you_mean(wanted, known)


def _suggest_country(wanted: str) -> str:
    from untoc_network import reference
    from untoc_network.text.folding import fold

    names = {fold(name): name for row in reference.table("countries") for name in (row.en, row.es, row.fr, row.pt)}
    near = _QUOTED.search("" if fold(wanted) in names else did_you_mean(fold(wanted), names))
    return f"; did you mean {names[near[1]]!r}?" if near else ""
