"""Persons replaced everywhere by records that stand for them: in references, in texts, in ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.model.event import Statement
from untoc_network.model.register import COLLECTIONS, Redirect, Register
from untoc_network.model.stakeholder import Person
from untoc_network.privacy.fresh_ids import fresh_ids
from untoc_network.privacy.rewriting import GONE, Path, is_reference, replaced_text, rewritten, with_contents
from untoc_network.values.consent import Contact
from untoc_network.values.fields import FieldShape
from untoc_network.values.ids import Key, RecordId, Url
from untoc_network.values.mentions import Mentions
from untoc_network.values.text import Text

__all__ = ["Place", "swept"]

Place = tuple[str, str]
"""The id of a record, and the field of it, with a dot before a field of what another holds."""


def swept(register: Register, stand_ins: Mapping[str, Person], names: Iterable[str]) -> tuple[Register, set[Place]]:
    """The register with the stand-ins in the place of the persons of these ids, and every other place that changed.

    The names are masked in every text; an address on the web or a contact that has one goes, and a record whose id
    has one gets another id. References follow. Redirects to the persons go, for an old id can be a name.
    """
    sweep = _Sweep(register, stand_ins, Mentions(names))
    return sweep.register(), sweep.places


class _Sweep:
    def __init__(self, before: Register, stand_ins: Mapping[str, Person], mentions: Mentions) -> None:
        self.before, self.stand_ins, self.mentions = before, stand_ins, mentions
        self.new_ids = {
            **fresh_ids(before, mentions, "erased", besides=stand_ins),
            **{old: person.id for old, person in stand_ins.items()},
        }
        self.kept_keys = {old: {role.key for role in person.roles} for old, person in stand_ins.items()}
        self.redirects = tuple(self._redirects())
        self.gone = {one.old_id for one in before.redirects} - {one.old_id for one in self.redirects}
        self.places: set[Place] = set()
        self.record_id = ""

    def _redirects(self) -> Iterator[Redirect]:
        for redirect in self.before.redirects:
            if self.before.resolved(redirect.old_id) not in self.stand_ins and redirect.old_id not in self.mentions:
                yield attrs.evolve(redirect, new_id=RecordId(self.new_ids.get(redirect.new_id, redirect.new_id)))

    def register(self) -> Register:
        """The register as it is afterwards."""
        records = {name: tuple(map(self._swept, getattr(self.before, name))) for name in COLLECTIONS}
        self.record_id = ""
        return with_contents(self.before, records, self.redirects, self._change)

    def _swept(self, record: Any) -> Any:
        self.record_id = self.new_ids.get(record.id, record.id)
        stand_in = self.stand_ins.get(record.id)
        return rewritten(stand_in or record, self._change)

    def _change(self, holder: Any, shape: FieldShape, value: Any, path: Path) -> Any:
        if shape.name == "id":
            new = self.new_ids.get(value, value)
        elif is_reference(shape):
            target = self.before.resolved(value)
            moved = value in self.gone or target in self.stand_ins
            new = self.new_ids.get(target, target) if moved else self.new_ids.get(value, value)
        elif shape.type is Key:
            new = GONE if self._is_lost(holder, shape, value) else value
        else:
            new = self._read(shape, value)
        if new is not value and new != value:
            self.places.add((self.record_id, ".".join(path)))
        return new

    def _is_lost(self, holder: Any, shape: FieldShape, key: str) -> bool:
        if shape.name != "speaking_as" or not isinstance(holder, Statement) or holder.speaker_id is None:
            return False
        kept = self.kept_keys.get(self.before.resolved(holder.speaker_id))
        return kept is not None and key not in kept

    def _read(self, shape: FieldShape, value: Any) -> Any:
        if isinstance(value, Contact):
            return GONE if value.value in self.mentions or (value.label or "") in self.mentions else value
        if shape.type not in (str, Text, Url):
            return value
        new = replaced_text(value, self._spans)
        return GONE if new is not value and shape.type is Url else new

    def _spans(self, wording: str) -> list[tuple[int, int]]:
        return list(self.mentions.spans(wording))
