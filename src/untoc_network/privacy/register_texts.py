"""Every text of a register with its precise place, such as `notes[3].text` or `name.es`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from untoc_network.model.register import COLLECTIONS, REFERENTS, Register
from untoc_network.model.register_memory import Erasure, RememberedList, RememberedRow
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.ids import Key, Url
from untoc_network.values.text import Text

__all__ = ["RegisterText", "iterate_texts"]

_IDS = frozenset(REFERENTS)
_RECORDS = frozenset(COLLECTIONS)
_DIGESTS: Mapping[type, frozenset[str]] = {
    Erasure: frozenset(("salt", "digests")),
    RememberedList: frozenset(("salt", "headers")),
    RememberedRow: frozenset(("key", "said")),
}
"""What holds digests and keys: letters that say nothing."""
_TEXTS = frozenset((str, Text, Url, Key)) | _IDS


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
            yield from _held(record, record.id, "")
    yield from _held(register, "", "", skipped=_RECORDS)


def _held(holder: Any, record_id: str, path: str, *, skipped: frozenset[str] = frozenset()) -> Iterator[RegisterText]:
    skipped = _DIGESTS.get(holder.__class__, skipped)
    for shape in fields_of(holder.__class__):
        value = getattr(holder, shape.name)
        if value is None or shape.name in skipped:
            continue
        here = f"{path}.{shape.name}" if path else shape.name
        items = ((f"{here}[{at}]", item) for at, item in enumerate(value)) if shape.many else ((here, value),)
        for place, item in items:
            if nested_class(shape):
                yield from _held(item, record_id, place)
            elif isinstance(item, Text):
                yield from (
                    RegisterText(record_id, f"{place}.{language}", text, holder, shape)
                    for language, text in item.items()
                )
            elif shape.type in _TEXTS:
                yield RegisterText(record_id, place, item, holder, shape)
