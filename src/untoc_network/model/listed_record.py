"""What a list says, record by record, as readers of lists hand it to `reimport`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Location
from untoc_network.values.multilingual_text import Note

__all__ = ["ListPlace", "ListedRecord", "Where"]


@attrs.frozen(kw_only=True)
class ListPlace:
    """Where in a list something stands: what a message calls it, such as `B7` or `line 12`, and its location."""

    name: str
    location: Location = attrs.field(factory=Location)


Where = Callable[[str, Any], Iterable[ListPlace]]
"""Gives the places in the list for a field of the record, by its name or path, and an item of it or None."""


def _find_no_places(_field: str, _item: Any) -> Iterable[ListPlace]:
    return ()


@attrs.frozen(kw_only=True)
class ListedRecord:
    """What one entry of a list says of one record.

    `record` bears an id of the reader's choice that no record of the register has, by which the other listed records
    name it; `reimport` finds the record that it is, or gives a new id. Exceptions: a record with `stated_id` (the list
    names records of this register by their ids) is that record, or new under that id; a `Source` keeps its id.

    `keys` are what the entry is known by among those of its class in the list, the best first and each one is tried:
    the list's own key (an identifier of its table, a UID with its recurrence id), or else name and country. Only a
    digest is kept. Entries of one class with one key are told apart by what else they say.

    `likely_id` is an id that the list uses and that may be of this register: where there is such a record, and neither
    its name nor its country contradicts, it is that one.

    `gives` are the fields that the list speaks of, by name or path: `founded`, `seat.city`, `name.es`, `contacts` or
    `contacts.email` for those of a kind, `notes.Header`, `consents.publication`. Of these, what it does not say any
    more is taken out. None stands for all. What has its default, and a kind `unknown` or `other`, counts as not said.

    `sequence` is the version of the entry: one that is older than the last one is left out and told.

    A new record gets the id `wanted`, or one made of it; where `owner` names another listed record, the id is that
    record's, once it is settled, with `wanted` behind it; `numbered` adds a number always.
    """

    record: Any = attrs.field(repr=False)
    keys: tuple[str, ...] = attrs.field(repr=False)
    stated_id: str | None = None
    likely_id: str | None = None
    gives: frozenset[str] | None = None
    sequence: int | None = None
    wanted: str = ""
    owner: str | None = None
    numbered: bool = False
    exposing: frozenset[Note] = frozenset()
    """Notes that lead to the door of a body: of one at risk, they stay out."""
    where: Where = attrs.field(default=_find_no_places, repr=False)
    """The places in the list of a field, by its name or path, and of an item of it."""
