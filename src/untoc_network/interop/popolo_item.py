"""One item of a Popolo document: its members are taken one by one, and what nobody took goes to the notes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, Protocol, TypeVar

import attrs

from untoc_network.diagnostics.code import mask_key
from untoc_network.diagnostics.codes import popolo
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.interop.export_import_options import ImportOptions
from untoc_network.text.slugs import FreeIdAllocator
from untoc_network.values.dates import Instant, PartialDate, Period
from untoc_network.values.multilingual_text import Note
from untoc_network.values.sources_and_claims import Citation

__all__ = ["DocumentContext", "PopoloItem"]

Word = TypeVar("Word", bound=StrEnum)
_MARKS = frozenset({"id", "created_at", "updated_at", "@type", "@context"})
"""What is about the item in its document."""
_INNER = frozenset({"memberships", "posts", "person", "organization", "post", "on_behalf_of", "parent", "area"})
"""Whole items within an item: they are read by themselves, or repeat what an id names."""


class DocumentContext(Protocol):
    """The document that an item is read in."""

    ids: FreeIdAllocator
    options: ImportOptions
    areas: dict[str, str]
    named: dict[str, Any]
    cited: tuple[Citation, ...]


@attrs.define(kw_only=True)
class PopoloItem:
    """An item, the path to it, and its members, of which each is taken once."""

    path: tuple[str | int, ...]
    members: dict[str, Any]
    report: Callable[..., None]
    kept: list[Note] = attrs.field(factory=list)

    @property
    def id(self) -> str | None:
        """The id that it has in the document."""
        own = self.members.get("id")
        return str(own) if isinstance(own, (str, int)) and not isinstance(own, bool) and own != "" else None

    def text(self, name: str) -> str | None:
        """A member that is text and says something; another is kept in the notes."""
        value = self.members.pop(name, None)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, str):
            return value.strip()
        self.refused(name, value)
        return None

    def refused(self, name: str, value: Any) -> None:
        """Keep a value that is not understood in the notes, and say so."""
        self.kept.append(_make_note(name, value))
        self.report(popolo.popolo_value_not_understood, (*self.path, name), name=mask_key(name))

    def word(self, name: str, words: type[Word]) -> Word | None:
        """A member that is one of the model's words."""
        text = self.text(name)
        if text is None:
            return None
        try:
            return words(text)
        except ValueError:
            self.refused(name, text)
            return None

    def is_among(self, name: str, words: frozenset[str]) -> bool:
        """Whether a member is one of some words."""
        value = self.members.get(name)
        return isinstance(value, str) and value in words

    def date(self, name: str) -> PartialDate | None:
        """A member that is a date."""
        text = self.text(name)
        try:
            return None if text is None else PartialDate(text)
        except ImpossibleValue:
            self.refused(name, text)
            return None

    def time(self, name: str) -> PartialDate | Instant | None:
        """A member that is a date or a moment."""
        text = self.members.get(name)
        if isinstance(text, str) and "T" in text:
            self.members.pop(name)
            try:
                return Instant(text)
            except ImpossibleValue:
                self.refused(name, text)
                return None
        return self.date(name)

    def period(self) -> Period | None:
        """From its start to its end; None where neither is known."""
        start, end = self.date("start_date"), self.date("end_date")
        if start is None and end is None:
            return None
        try:
            return Period(start=start, end=end)
        except ImpossibleValue:
            self.refused("end_date", str(end))
            return Period(start=start)

    def objects(self, name: str) -> Iterator[dict[str, Any]]:
        """The objects of a member that is a list of them."""
        values = self.members.pop(name, None) or []
        if not isinstance(values, list):
            self.refused(name, values)
            return
        for value in values:
            if isinstance(value, dict):
                yield value
            elif value is not None:
                self.refused(name, value)

    def left(self) -> tuple[Note, ...]:
        """Notes of all that was not taken or not understood."""
        rest = ((name, value) for name, value in self.members.items() if name not in _MARKS | _INNER)
        return (*self.kept, *(_make_note(name, value) for name, value in rest if value not in (None, "", [], {})))


def _make_note(name: str, value: Any) -> Note:
    return Note(heading=name, text=value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
