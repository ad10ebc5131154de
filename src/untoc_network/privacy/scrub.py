"""Persons replaced everywhere by records that stand for them: in references, in texts, in ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from untoc_network.model.event import Statement
from untoc_network.model.register import COLLECTIONS, Redirect, Register
from untoc_network.model.register_memory import DistinctPair
from untoc_network.model.stakeholder import Person
from untoc_network.privacy.id_replacement import replacement_ids, replacement_keys
from untoc_network.privacy.identifying_traces import Traces, is_name_of_person
from untoc_network.privacy.transform import GONE, Path, is_reference, mask_spans, rebuild_register, rewritten
from untoc_network.values.consent import Contact
from untoc_network.values.fields import FieldShape
from untoc_network.values.ids import Key, RecordId, StakeholderId, Url
from untoc_network.values.text import Text

__all__ = ["Place", "scrub"]

Place = tuple[str, str]
"""The id of a record, and the field of it, with a dot before a field of what another holds."""


def scrub(
    register: Register, stand_ins: Mapping[str, Person], traces: Traces, *, remembering: bool = False
) -> tuple[Register, set[Place]]:
    """The register with the stand-ins in the place of the persons of these ids, and every other place that changed.

    What leads to them is masked in every text; an address on the web or a contact that has it goes, and a record whose
    id has it gets another id, as a key does. References follow. Redirects to the persons go, for an old id can be a
    name. The name of another person stays, whoever is called so. With `remembering`, what the register remembers goes
    along, but for what it remembers of the persons.
    """
    sweep = _Scrubbing(register, stand_ins, traces)
    after = sweep.register()
    return attrs.evolve(after, **sweep.memory()) if remembering else after, sweep.places


class _Scrubbing:
    def __init__(self, before: Register, stand_ins: Mapping[str, Person], traces: Traces) -> None:
        self.before, self.stand_ins, self.traces = before, stand_ins, traces
        self.new_ids = {
            **replacement_ids(before, traces, "erased", besides=stand_ins),
            **{old: person.id for old, person in stand_ins.items()},
        }
        self.keys = replacement_keys(before, traces, "erased")
        self.kept_keys = {old: {role.key for role in person.roles} for old, person in stand_ins.items()}
        self.redirects = tuple(self._redirects())
        self.gone = {one.old_id for one in before.redirects} - {one.old_id for one in self.redirects}
        self.places: set[Place] = set()
        self.record_id = ""

    def _redirects(self) -> Iterator[Redirect]:
        for redirect in self.before.redirects:
            if self.before.resolved(redirect.old_id) not in self.stand_ins and redirect.old_id not in self.traces:
                yield attrs.evolve(redirect, new_id=RecordId(self.new_ids.get(redirect.new_id, redirect.new_id)))

    def register(self) -> Register:
        """The register as it is afterwards."""
        records = {name: tuple(map(self._swept, getattr(self.before, name))) for name in COLLECTIONS}
        self.record_id = ""
        return rebuild_register(self.before, records, self.redirects, self._change)

    def memory(self) -> dict[str, Any]:
        """What the register remembers afterwards: under the new ids, and nothing of the persons but that they went."""
        before, kept = self.before, self._is_kept
        return {
            "distinct": tuple(self._pair(one) for one in before.distinct if kept(one.one_id) and kept(one.other_id)),
            "erasures": tuple(attrs.evolve(one, record_id=self._id(one.record_id)) for one in before.erasures),
            "lists": tuple(attrs.evolve(one, name=mask_spans(one.name, self._spans)) for one in before.lists),
            "list_rows": tuple(
                attrs.evolve(row, record_id=self._id(row.record_id), list_name=mask_spans(row.list_name, self._spans))
                for row in before.list_rows
                if kept(row.record_id)
            ),
        }

    def _is_kept(self, record_id: str) -> bool:
        return self.before.resolved(record_id) not in self.stand_ins

    def _id(self, record_id: str) -> RecordId:
        return RecordId(self.new_ids.get(record_id, record_id))

    def _pair(self, pair: DistinctPair) -> DistinctPair:
        one_id, other_id = sorted((self._id(pair.one_id), self._id(pair.other_id)))
        by_id = pair.by_id and StakeholderId(self._id(pair.by_id))
        return attrs.evolve(pair, one_id=one_id, other_id=other_id, by_id=by_id)

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
            new = GONE if self._is_lost(holder, shape, value) else self.keys.get(value, value)
        else:
            new = self._read(holder, shape, value)
        if new is not value and new != value:
            self.places.add((self.record_id, ".".join(path)))
        return new

    def _is_lost(self, holder: Any, shape: FieldShape, key: str) -> bool:
        if shape.name != "speaking_as" or not isinstance(holder, Statement) or holder.speaker_id is None:
            return False
        kept = self.kept_keys.get(self.before.resolved(holder.speaker_id))
        return kept is not None and key not in kept

    def _read(self, holder: Any, shape: FieldShape, value: Any) -> Any:
        if isinstance(value, Contact):
            return GONE if self.traces.leads(value) else value
        if shape.type not in (str, Text, Url) or is_name_of_person(holder, shape.name):
            return value
        new = mask_spans(value, self._spans)
        return GONE if new is not value and shape.type is Url else new

    def _spans(self, wording: str) -> list[tuple[int, int]]:
        return list(self.traces.spans(wording))
