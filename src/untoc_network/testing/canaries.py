"""Canaries: values planted in every field that could expose somebody, to look for where they must not be."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import attrs

from untoc_network.model.extension import OwnFields, declare
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.values.consent_and_contact import Contact, ContactKind
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of, nested_class
from untoc_network.values.ids_and_codes import LanguageTag, Url
from untoc_network.values.multilingual_text import Alias, AliasKind, Text
from untoc_network.values.place_and_link import Link, LinkKind, Place

__all__ = ["plant_canaries"]

_EXPOSING = (Sensitivity.PERSONAL, Sensitivity.AT_RISK)


def plant_canaries(register: Register) -> tuple[Register, dict[str, frozenset[str]]]:
    """The register with a canary in every field that is personal or at risk, and the canaries of each record.

    So have own fields that are declared to be one of these and hold text. Every organization is then at risk, and has
    canaries too in what names it and in what leads to its door. Consents stay as they are.
    """
    planting = _CanaryPlanter(declare(register.extensions))
    records: dict[str, Any] = {name: tuple(map(planting.record, getattr(register, name))) for name in COLLECTIONS}
    return attrs.evolve(register, **records), {key: frozenset(found) for key, found in planting.canaries.items()}


class _CanaryPlanter:
    def __init__(self, declared: OwnFields) -> None:
        self._declared = declared
        self.canaries: dict[str, set[str]] = {}
        self._made: Iterator[str] = (f"canary{number}q" for number in itertools.count(1))
        self._tags: Iterator[str] = (f"qq-Zqzx-{number:03}" for number in itertools.cycle(range(1000)))
        self._record_id = ""

    def record(self, record: Any) -> Any:
        self._record_id = record.id
        self.canaries.setdefault(record.id, set())
        held = self._plant_in_own_fields(self._plant_in_object(record))
        return self._mark_at_risk(held) if isinstance(held, Organization) else held

    def _make_canary(self) -> str:
        return self._remember_canary(next(self._made))

    def _remember_canary(self, made: str) -> str:
        self.canaries[self._record_id].add(made)
        return made

    def _plant_in_object(self, held: Any) -> Any:
        changes = {
            shape.name: self._plant_in_field(shape, getattr(held, shape.name)) for shape in fields_of(held.__class__)
        }
        return attrs.evolve(held, **changes)

    def _plant_in_own_fields(self, record: Any) -> Any:
        fields = [
            field
            for field in self._declared.list_of(type(record))
            if field.sensitivity in _EXPOSING and field.kind == "text"
        ]
        made = [
            Extra({field.namespace: {field.name: (text,) if field.many else text}})
            for field, text in ((field, self._make_canary()) for field in fields)
        ]
        held = () if record.extra is None else (record.extra,)
        return attrs.evolve(record, extra=Extra.joined((*held, *made))) if made else record

    def _plant_in_field(self, shape: FieldShape, value: Any) -> Any:
        if shape.sensitivity in _EXPOSING and nested_class(shape) is None:
            leaf = self._make_leaf(shape.type)
            return (leaf,) if shape.many else leaf
        if shape.type is Contact:
            value = value or (Contact(kind=ContactKind.EMAIL, value=""),)
        if shape.type is Place:
            value = value or Place()
        if nested_class(shape) is None or value is None:
            return value
        return tuple(map(self._plant_in_object, value)) if shape.many else self._plant_in_object(value)

    def _make_leaf(self, hint: Any) -> Any:
        if hint is bool:
            return True
        if hint is LanguageTag:
            return LanguageTag(self._remember_canary(next(self._tags)))
        return self._make_canary()

    def _mark_at_risk(self, organization: Organization) -> Organization:
        return attrs.evolve(
            organization,
            name=Text(en=f"House {self._make_canary()}"),
            aliases=(Alias(name=self._make_canary(), kind=AliasKind.OTHER),),
            seat=attrs.evolve(organization.seat or Place(), city=self._make_canary(), venue=self._make_canary()),
            links=(Link(kind=LinkKind.WEBSITE, url=Url(f"https://example.org/{self._make_canary()}")),),
        )
