"""Which record, or item of a list, of one version is which of another, and what of a value may be shown."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.model.register import Register
from untoc_network.text.contact_finder import normalize_email, to_international_phone
from untoc_network.values.consent_and_contact import Contact
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of
from untoc_network.values.multilingual_text import Text

__all__ = [
    "align_items",
    "align_records",
    "is_public_field",
    "make_addition_sort_key",
    "make_contact_key",
    "to_claim_text",
    "to_public_text",
]


def align_records(collection: str, *registers: Register) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every id of a collection in order, with the record that each register has of it, or None.

    Where a register has two records of one id, the second stands beside the second of the others.
    """
    sides = []
    for register in registers:
        records: dict[tuple[str, int], Any] = {}
        numbers: Counter[str] = Counter()
        for record in getattr(register, collection):
            records[record.id, numbers[record.id]] = record
            numbers[record.id] += 1
        sides.append(records)
    keys: set[tuple[str, int]] = set().union(*sides)
    for key in sorted(keys):
        yield key[0], tuple(records.get(key) for records in sides)


def align_items(*versions: Sequence[Any]) -> list[dict[Hashable, Any]]:
    """The items of several versions of one list by a key: items with one key are the same item in each version.

    An item is the same where its `key` is, or else the fields that it cannot do without, and no version has two of
    them; otherwise only where all of it is equal. So two nominations of one State are never taken for each other. An
    address or a telephone is the same however it is written: what was withdrawn from it stays withdrawn.
    """
    repeated = {
        essence
        for items in versions
        for essence, number in Counter(map(_get_identifying_values, items)).items()
        if number > 1
    }
    return [dict(_key_each_item(items, repeated)) for items in versions]


def _key_each_item(items: Sequence[Any], repeated: set[Hashable]) -> Iterator[tuple[Hashable, Any]]:
    seen: Counter[Any] = Counter()
    for item in items:
        essence = _get_identifying_values(item)
        if essence in repeated:
            yield (item, seen[item]), item
            seen[item] += 1
        else:
            yield essence, item


def _get_identifying_values(item: Any) -> Hashable:
    if isinstance(item, Contact):
        return make_contact_key(item)
    return tuple(getattr(item, name) for name in _list_identifying_fields(item.__class__)) or item


def make_contact_key(contact: Contact) -> Hashable:
    """The address or telephone that a contact is, however it is written."""
    return contact.kind, normalize_email(contact.value) or to_international_phone(contact.value) or contact.value


@functools.cache
def _list_identifying_fields(cls: Any) -> tuple[str, ...]:
    """The fields by which an item of a list is known; none where it is known by all that it is."""
    shapes = fields_of(cls) if attrs.has(cls) else ()
    required = tuple(shape.name for shape in shapes if shape.required)
    return ("key",) if "key" in required else required


def is_public_field(shape: FieldShape) -> bool:
    """Whether anyone may see what stands in the field."""
    return shape.sensitivity is Sensitivity.PUBLIC


def to_claim_text(value: Any) -> str:
    """A single value as the text that a claim would give."""
    return str(value.value) if isinstance(value, StrEnum) else str(value)


def to_public_text(value: Any) -> str:
    """What anyone may see of a value, on one line: of an object its public fields, without its sources."""
    if value is None:
        return ""
    if isinstance(value, Text):
        return value.best()
    if isinstance(value, tuple):
        return ", ".join(map(to_public_text, value))
    if attrs.has(value.__class__):
        shapes = (shape for shape in fields_of(value.__class__) if is_public_field(shape) and shape.name != "sources")
        parts = ((shape.name, getattr(value, shape.name)) for shape in shapes)
        texts = ((name if part else "") if isinstance(part, bool) else to_public_text(part) for name, part in parts)
        return " ".join(filter(None, texts))
    return to_claim_text(value)


def make_addition_sort_key(item: Any) -> tuple[str, str]:
    """Where an item stands among others that were added in the same place: by its day, then by all that it says."""
    return str(getattr(item, "on", None) or ""), _join_all_values(item)


def _join_all_values(value: Any) -> str:
    if isinstance(value, Mapping):
        return "\0".join(f"{key}\0{wording}" for key, wording in value.items())
    if isinstance(value, tuple):
        return "\1".join(map(_join_all_values, value))
    if attrs.has(value.__class__):
        return "\2".join(_join_all_values(getattr(value, field.name)) for field in attrs.fields(value.__class__))
    return str(value)
