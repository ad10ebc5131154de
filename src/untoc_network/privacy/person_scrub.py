"""Persons replaced everywhere by records that stand for them: in references, in texts, in ids."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import attrs

from untoc_network.model.event import Statement
from untoc_network.model.extension import declare
from untoc_network.model.organization_and_person import Person
from untoc_network.model.register import COLLECTIONS, FRAME_FIELDS, SIDE_TABLES, Redirect, Register, is_reference_field
from untoc_network.model.remembered_lists_and_erasures import DistinctPair
from untoc_network.model.traversal import GONE, Change, Path, Rewriter
from untoc_network.privacy.id_replacement import IdReplacement
from untoc_network.privacy.identifying_traces import Traces, is_name_of_person, mask_own_fields, mask_text
from untoc_network.values.consent_and_contact import Contact
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape
from untoc_network.values.ids_and_codes import Key, RecordId, StakeholderId, Url
from untoc_network.values.multilingual_text import Text

__all__ = ["Place", "Scrubbed", "scrub"]

Place = tuple[str, str]
"""The id of a record, and the field of it, with a dot before a field of what another holds."""


class Scrubbed(NamedTuple):
    """A register without some persons, the places that changed, and the ids that records have in place of others."""

    register: Register
    places: set[Place]
    new_ids: Mapping[str, str]


def scrub(
    register: Register,
    replacements: Mapping[str, Person],
    traces: Traces,
    *,
    key: bytes = b"",
    with_memory: bool = False,
) -> Scrubbed:
    """The register with the replacements in the place of the persons of these ids, and every other place that changed.

    What leads to them is masked in every text; an address on the web or a contact that has it goes, and a record whose
    id has it gets another id, as a key does. References follow. Redirects to the persons go, for an old id can be a
    name. The name of another person stays, whoever is called so. New ids are digests under `key`. With `with_memory`,
    what the register remembers goes along, but for what it remembers of the persons.
    """
    scrubbing = _Scrubbing(register, replacements, traces, key)
    after = scrubbing.register()
    if with_memory:
        after = attrs.evolve(after, **scrubbing.memory())
    return Scrubbed(after, scrubbing.places, scrubbing.new_ids)


class _Scrubbing:
    def __init__(self, before: Register, replacements: Mapping[str, Person], traces: Traces, key: bytes) -> None:
        self.before, self.replacements, self.traces = before, replacements, traces
        replacement = IdReplacement(before, "erased", key)
        self.new_ids = {
            **replacement.replace_ids(traces, besides=replacements),
            **{old: person.id for old, person in replacements.items()},
        }
        self.keys = replacement.replace_keys(traces)
        self.kept_keys = {old: {role.key for role in person.roles} for old, person in replacements.items()}
        self.redirects = tuple(self._redirects())
        self.gone = {one.old_id for one in before.redirects} - {one.old_id for one in self.redirects}
        self.declared = declare(before.extensions)
        self.rewriter = Rewriter(self._choose)
        self.places: set[Place] = set()
        self.record_id = ""

    def _redirects(self) -> Iterator[Redirect]:
        for redirect in self.before.redirects:
            if self.before.resolved(redirect.old_id) not in self.replacements and redirect.old_id not in self.traces:
                yield attrs.evolve(redirect, new_id=RecordId(self.new_ids.get(redirect.new_id, redirect.new_id)))

    def register(self) -> Register:
        """The register as it is afterwards."""
        tables: dict[str, Any] = dict.fromkeys(SIDE_TABLES, ()) | {"redirects": self.redirects}
        tables |= {name: tuple(map(self._scrubbed, getattr(self.before, name))) for name in COLLECTIONS}
        self.record_id = ""
        frame: Register = self.rewriter.rewrite(self.before, only=FRAME_FIELDS)
        return attrs.evolve(frame, **tables)

    def memory(self) -> dict[str, Any]:
        """What the register remembers afterwards: under the new ids, and nothing of the persons but that they went."""
        before, kept = self.before, self._is_kept
        return {
            "distinct": tuple(self._pair(one) for one in before.distinct if kept(one.one_id) and kept(one.other_id)),
            "erasures": tuple(attrs.evolve(one, record_id=self._id(one.record_id)) for one in before.erasures),
            "lists": tuple(attrs.evolve(one, name=mask_text(one.name, self._spans)) for one in before.lists),
            "list_rows": tuple(
                attrs.evolve(row, record_id=self._id(row.record_id), list_name=mask_text(row.list_name, self._spans))
                for row in before.list_rows
                if kept(row.record_id)
            ),
        }

    def _is_kept(self, record_id: str) -> bool:
        return self.before.resolved(record_id) not in self.replacements

    def _id(self, record_id: str) -> RecordId:
        return RecordId(self.new_ids.get(record_id, record_id))

    def _pair(self, pair: DistinctPair) -> DistinctPair:
        one_id, other_id = sorted((self._id(pair.one_id), self._id(pair.other_id)))
        by_id = pair.by_id and StakeholderId(self._id(pair.by_id))
        return attrs.evolve(pair, one_id=one_id, other_id=other_id, by_id=by_id)

    def _scrubbed(self, record: Any) -> Any:
        self.record_id = self.new_ids.get(record.id, record.id)
        return self.rewriter.rewrite(self.replacements.get(record.id) or record)

    def _choose(self, cls: Any, shape: FieldShape, path: Path) -> Change | None:
        change = self._change_for(cls, shape)
        return change and functools.partial(self._changed, change, ".".join(path))

    def _changed(self, change: Change, field: str, holder: Any, value: Any) -> Any:
        new = change(holder, value)
        if new is not value and new != value:
            self.places.add((self.record_id, field))
        return new

    def _change_for(self, cls: Any, shape: FieldShape) -> Change | None:
        if shape.name == "id":
            return lambda _, value: self.new_ids.get(value, value)
        if is_reference_field(shape):
            return self._reference
        if shape.type in (Key, Contact):
            of_key = self._capacity if cls is Statement and shape.name == "speaking_as" else self._key
            return of_key if shape.type is Key else lambda _, one: GONE if self.traces.leads(one) else one
        if shape.type not in (str, Text, Url, Extra) or is_name_of_person(cls, shape.name):
            return None
        if shape.type is Url:
            return self._url
        return self._own_fields if shape.type is Extra else lambda _, value: mask_text(value, self._spans)

    def _reference(self, _: Any, value: str) -> str:
        target = self.before.resolved(value)
        moved = value in self.gone or target in self.replacements
        return self.new_ids.get(target, target) if moved else self.new_ids.get(value, value)

    def _key(self, _: Any, key: Key) -> Key:
        return self.keys.get(key, key)

    def _capacity(self, statement: Statement, key: Key) -> Any:
        """The key of a capacity of the speaker; it goes where the speaker has it no more."""
        kept = self.kept_keys.get(self.before.resolved(statement.speaker_id or ""))
        return GONE if kept is not None and key not in kept else self._key(statement, key)

    def _own_fields(self, holder: Any, extra: Extra) -> Any:
        return mask_own_fields(type(holder), extra, self._spans, self.declared)

    def _url(self, _: Any, url: Url) -> Any:
        return url if mask_text(url, self._spans) is url else GONE

    def _spans(self, wording: str) -> list[tuple[int, int]]:
        return list(self.traces.spans(wording))
