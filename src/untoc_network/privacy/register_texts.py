"""Every text of a register with its precise place, such as `notes[3].text` or `name.es`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from untoc_network.diagnostics.findings import format_path
from untoc_network.model.register import COLLECTIONS, FRAME_FIELDS, REFERENTS, SIDE_TABLES, Register
from untoc_network.model.remembered_lists_and_erasures import Erasure, RememberedList, RememberedRow
from untoc_network.model.traversal import Located, walk_values
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, nested_class
from untoc_network.values.ids_and_codes import Key, Url
from untoc_network.values.multilingual_text import Text

__all__ = ["RegisterText", "iterate_texts", "iterate_values"]

_DIGESTS: Mapping[type, frozenset[str]] = {
    Erasure: frozenset(("salt", "digests")),
    RememberedList: frozenset(("salt", "headers")),
    RememberedRow: frozenset(("key", "said")),
}
"""What holds digests and keys: letters that say nothing."""
_TEXTS = frozenset((str, Text, Url, Key, Extra, *REFERENTS))


class RegisterText(NamedTuple):
    """One text: the record that says it, empty for the register itself; where in it; the text; what holds it."""

    record_id: str
    path: str
    text: str
    holder: Any
    shape: FieldShape


def iterate_texts(register: Register) -> Iterator[RegisterText]:
    """Every text in a register, with the ids and keys: of its records, of itself, and of what it remembers."""
    for name in COLLECTIONS:
        for record in getattr(register, name):
            for found in walk_values(record, _is_text):
                yield from _spelled(record.id, found)
    for found in walk_values(register, _is_text, only=(*FRAME_FIELDS, *SIDE_TABLES)):
        yield from _spelled("", found)


def iterate_values(record: Any) -> Iterator[RegisterText]:
    """Every value of a record as text, also those that are no text."""
    for found in walk_values(record, _is_value):
        yield from _spelled(record.id, found, only_values=True)


def _is_text(cls: Any, shape: FieldShape) -> bool:
    return shape.type in _TEXTS and shape.name not in _DIGESTS.get(cls, ())


def _is_value(_cls: Any, shape: FieldShape) -> bool:
    return nested_class(shape) is None


def _spelled(record_id: str, found: Located, *, only_values: bool = False) -> Iterator[RegisterText]:
    path = format_path(found.path)
    if isinstance(found.value, Text):
        for language, wording in found.value.items():
            yield RegisterText(record_id, f"{path}.{language}", wording, found.holder, found.shape)
    elif isinstance(found.value, Extra):
        for within, text in found.value.leaves() if only_values else found.value.texts():
            yield RegisterText(record_id, format_path((*found.path, *within)), text, found.holder, found.shape)
    else:
        yield RegisterText(record_id, path, str(found.value), found.holder, found.shape)
