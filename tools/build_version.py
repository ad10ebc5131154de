"""Write the register with every field and choice of this schema version: `tests/serializers/versions/N.json`.

Run it with `python -m tools.build_version` while a version has not been released yet; after that its file stays as it
is for ever, and tests read it in every later release.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs

import untoc_network as un
from untoc_network.model.register import COLLECTIONS, REFERENTS, SCHEMA_VERSION, Redirect
from untoc_network.values import ids_and_codes as ids
from untoc_network.values.fields import FieldShape, fields_of

VERSIONS = Path(__file__).parent.parent / "tests" / "serializers" / "versions"
RECORDS = 20
"""So many records of each collection; the first has every field."""

_FORMS = {
    ids.CountryCode: "XA",
    ids.LanguageTag: "es",
    ids.Url: "https://example.org/",
    ids.Key: "key",
}
_PLAIN: dict[Any, Any] = {
    str: "text",
    int: 1,
    bool: True,
    un.PartialDate: un.PartialDate("2022-03"),
    un.Instant: un.Instant("2022-05-06T10:00+02:00[Europe/Vienna]"),
    un.Text: un.Text({"en": "words", "es": "palabras"}),
    un.Extra: un.Extra({"coalition": {"fee": 100, "tags": ["founder"]}}),
}
_WHOLE = {
    un.Period: un.Period(start=un.PartialDate("2021"), end=un.PartialDate("2022-03-28")),
    un.Identifier: un.Identifier(scheme=un.IdentifierScheme.WIKIDATA, value="Q1"),
}
"""Classes whose fields depend on each other."""


class Filled:
    """Makes records in which each field has a value; the choices of a list are gone through one after the other."""

    def __init__(self) -> None:
        self.choices: dict[type[StrEnum], Iterator[StrEnum]] = {}

    def record(self, cls: Any, number: int, *, full: bool) -> Any:
        """A record; one that is not full has only what must be there, and what is chosen from a list."""
        return self._made(cls, full=full, id=_id(_NAMES[cls], number))

    def redirect(self) -> Redirect:
        """An old id that leads to another."""
        return self._made(Redirect, full=True, old_id="old-id", new_id=_id("organizations", 1))

    def _made(self, cls: Any, *, full: bool, **given: Any) -> Any:
        wanted = (
            shape
            for shape in fields_of(cls)
            if shape.name not in given and (full or shape.required or _is_choice(shape.type))
        )
        return _WHOLE.get(cls) or cls(**{shape.name: self._field(shape, full=full) for shape in wanted}, **given)

    def _field(self, shape: FieldShape, *, full: bool) -> Any:
        if not shape.many:
            return self._value(shape.type, full=full)
        number = _choices_of(shape.type) if full else 1
        return tuple(self._value(shape.type, full=full and position == 0) for position in range(number))

    def _value(self, hint: Any, *, full: bool) -> Any:
        if hint in REFERENTS:
            return _id(REFERENTS[hint][0], 1)
        if hint in _FORMS or hint in _PLAIN:
            return _FORMS.get(hint) or _PLAIN[hint]
        if _is_choice(hint):
            return next(self.choices.setdefault(hint, itertools.cycle(hint)))
        return self._made(hint, full=full)


_NAMES = {cls: name for name, cls in COLLECTIONS.items()}


def _is_choice(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, StrEnum)


def _choices_of(hint: Any) -> int:
    """How many values it takes to show every choice of a type, or of the fields of a class."""
    if _is_choice(hint):
        return len(hint)
    held = fields_of(hint) if attrs.has(hint) and hint not in _WHOLE else ()
    return max((len(shape.type) for shape in held if _is_choice(shape.type)), default=1)


def _id(collection: str, number: int) -> str:
    return f"{collection.replace('_', '-')}-{number}"


@functools.cache
def full_register() -> un.Register:
    """The register itself."""
    filled = Filled()
    collections: dict[str, Any] = {
        name: tuple(filled.record(cls, number, full=number == 1) for number in range(1, RECORDS + 1))
        for name, cls in COLLECTIONS.items()
    }
    return un.Register(
        title=_PLAIN[un.Text],
        as_of=un.PartialDate("2022-03-28"),
        language=ids.LanguageTag("es"),
        redirects=(filled.redirect(),),
        **collections,
    )


if __name__ == "__main__":
    VERSIONS.mkdir(exist_ok=True)
    un.dump(full_register(), VERSIONS / f"{SCHEMA_VERSION}.json")
