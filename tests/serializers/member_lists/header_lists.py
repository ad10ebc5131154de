"""The header rows of real lists, and which field a person recognises in each column."""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HEADERS = Path(__file__).parent / "headers"
HALVES = ("tuned", "held_out")
KINDS = ("organizations", "persons", "contacts", "participants", "none")
"""What a list is of; `contacts` has several rows an organization, or persons beside it."""

NOTHING = "note"
WHOLE = {"complet", "completo", "display", "full", "original", "(original"}
GIVEN = {"additional", "first", "given", "middle", "prenom", "prénom", "nombre", "nombres", "nombre/s"}
FAMILY = {"last", "family", "apellido", "apellidos", "apellidos/s", "apellido(s)", "nom", "surname"}


@dataclass(frozen=True)
class RealColumn:
    """A header, the fields that are right for it with the best one first, and whether its cells are about a person."""

    header: str
    fields: tuple[str, ...]
    personal: bool = False
    part: str = ""
    """Of a person's name: `full`, `given` or `family`."""

    @property
    def recognisable(self):
        return NOTHING not in self.fields


@dataclass(frozen=True)
class RealList:
    """The header row of a list, and what the list is of."""

    name: str
    language: str
    of: str
    found: str
    certainty: str
    half: str
    columns: tuple[RealColumn, ...]


def half_of(name):
    """The half in which a list is: by the hash of its name, so that nobody chooses."""
    return HALVES[hashlib.sha256(name.encode()).digest()[0] % 2]


@cache
def real_lists(half):
    """The lists of a half, or the recalled ones."""
    return tuple(
        _list(path, raw, half)
        for path in sorted((HEADERS / half).glob("*.toml"))
        for raw in tomllib.loads(path.read_text(encoding="utf-8"))["lists"]
    )


def _list(path, raw, half):
    found = [(header, tuple(fields.split("|")), bool(mark)) for header, fields, *mark in raw["columns"]]
    parts = _parts_of_names([(header, fields[0]) for header, fields, _ in found])
    columns = tuple(RealColumn(*column, part) for column, part in zip(found, parts, strict=True))
    return RealList(raw["name"], raw["language"], path.stem, raw["found"], raw["certainty"], half, columns)


def words_of(header):
    """The words of a header, however they are joined: by blanks, signs or capital letters."""
    return [word for word in re.split(r"[^\w()'/]+|_|(?<=[a-zà-ÿ])(?=[A-Z])", header) if word]


def _parts_of_names(columns):
    """What each column holds of a person's name, which is told by the columns beside it."""
    words = [{word.casefold() for word in words_of(header)} for header, _ in columns]
    names = [their for their, (_, field) in zip(words, columns, strict=True) if field.startswith("person")]
    apart = any(their & GIVEN for their in names) and any(their & FAMILY for their in names)
    for their, (_, field) in zip(words, columns, strict=True):
        if not field.endswith(".name"):
            yield ""
        elif not apart or their & WHOLE or not their & (GIVEN | FAMILY):
            yield "full"
        else:
            yield "family" if their & FAMILY else "given"
