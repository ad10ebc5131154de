"""What is withheld of a register from whom: found for all of it before a record is shown, and kept through changes."""

from __future__ import annotations

import copy
import functools
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from untoc_network.model.persistent_collections import ShardedDict
from untoc_network.model.register import (
    COLLECTION_OF,
    COLLECTIONS,
    Register,
)
from untoc_network.model.traversal import collect_values
from untoc_network.privacy.audience_policy import (
    TREATMENTS,
    Treatment,
)
from untoc_network.privacy.coarsened_fields import CoarsenedFields, Coarsening
from untoc_network.privacy.id_replacement import IdReplacement
from untoc_network.privacy.withheld_records import find_withheld
from untoc_network.privacy.withheld_traces import RegisterTraces, WithheldTraces
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import Sensitivity
from untoc_network.values.ids_and_codes import Key
from untoc_network.values.sources_and_claims import Claim

__all__ = ["WithheldOfRegister"]


class WithheldOfRegister:
    """What is withheld of a register from whom, before any record of it is looked at."""

    def __init__(self, register: Register, audience: Audience, on: PartialDate, key: bytes) -> None:
        self.register, self.audience, self.on, self.key = register, audience, on, key
        self.records: Mapping[Audience, Mapping[str, str]]
        self.records = find_withheld(register, Audience, on)
        """For each audience the ids of the records that it is not to know of, with the reason."""
        self.traces = RegisterTraces(register, self.records, on)
        self.guards_doors = TREATMENTS[audience][Sensitivity.AT_RISK] is not Treatment.SHOW
        self.coarsened_fields = CoarsenedFields(
            register, self._list_narrower(self.records), guards_doors=self.guards_doors, on=on
        )
        self.coarsened: Mapping[str, Mapping[str, Coarsening]] = self.coarsened_fields.find_all()
        self.replacement = IdReplacement(register, "withheld", key)

    def _list_narrower(self, records: Mapping[Audience, Mapping[str, str]]) -> Mapping[Audience, Mapping[str, str]]:
        """What is withheld from the audience, first, and from every narrower one."""
        return {one: records[one] for one in Audience if self.audience.reaches(one)}

    @functools.cached_property
    def circles(self) -> Mapping[Audience, WithheldTraces]:
        """What the wider circles are not to know."""
        return {
            one: traces
            for one, traces in self.traces.circles.items()
            if traces and one.reaches(self.audience) and one is not self.audience
        }

    @functools.cached_property
    def claimed(self) -> frozenset[str]:
        """What claims say, which may be the ids of records."""
        held = (collect_values(getattr(self.register, name), cls, Claim) for name, cls in COLLECTIONS.items())
        return frozenset(claim.value for claims in held for claim in claims)

    def replace_names(self, own: WithheldTraces) -> tuple[Mapping[str, str], Mapping[str, Key]]:
        """New ids and keys for those that name somebody who is withheld from one of the circles.

        So a record has one address for all, and whoever is shown a person cannot tell by an id from whom they are
        withheld.
        """
        ids: dict[str, str] = {}
        keys: dict[str, Key] = {}
        for audience, traces in (self.traces.circles | {self.audience: own}).items():
            found = [one for one in self._telling if one.id in traces and one.id not in self.records[audience]]
            ids |= self.replacement.replace({one.id: COLLECTION_OF[type(one)] for one in found})
            keys |= self.replacement.replace_keys(traces)
        return ids, keys

    @functools.cached_property
    def _telling(self) -> list[Any]:
        """The records of which the id may name somebody."""
        unclean = self.traces.clean.unclean
        return [one for one in self.register if one.id in unclean] if unclean else []

    def keep(self) -> WithheldOfRegister:
        """The same in mappings of which a new version costs what it changes."""
        new = copy.copy(self)
        new.records = {one: ShardedDict(withheld) for one, withheld in self.records.items()}
        new.traces = self.traces.with_changes(new.records, ShardedDict(self.traces.near))
        new.coarsened = ShardedDict(self.coarsened)
        new.__dict__.pop("circles", None)
        return new

    def with_changes(
        self,
        register: Register,
        records: Mapping[Audience, Mapping[str, str]],
        near: Mapping[str, frozenset[str]],
        changes: Collection[tuple[Any, Any]],
    ) -> WithheldOfRegister:
        """The same of a register in which some records are others, but not what is looked for in texts."""
        new = copy.copy(self)
        new.register, new.records = register, records
        new.traces = self.traces.with_changes(records, near)
        new.coarsened_fields = self.coarsened_fields.with_changes(register, self._list_narrower(records), changes)
        new.__dict__.pop("circles", None)
        there = [now for _, now in changes if now is not None]
        claims = {claim.value for one in there for claim in collect_values((one,), type(one), Claim)}
        new.claimed = self.claimed if claims <= self.claimed else self.claimed | claims
        return new

    def coarsen_anew(self, ids: Iterable[str]) -> None:
        """Ask again of what the fields of some records are coarsened; of a new version that nobody has seen yet."""
        records = [(one, self.register.by_id.get(one)) for one in ids]
        found = {one: self.coarsened_fields.find(record) for one, record in records if record is not None}
        left: Any = self.coarsened
        gone = [one for one, _ in records if one in left]
        kept = {one: fields for one, fields in found.items() if fields}
        self.coarsened = left.with_changes(kept, removed_keys=gone) if kept or gone else left
