"""The packaged tables, read when first asked for and frozen. A row without source, day or certainty does not load."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Certainty
from untoc_network.model.convention import RegionalGroup, TreatyActionKind, TreatyCode
from untoc_network.reference import rows
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import types_of_fields

__all__ = ["TABLES", "load_table"]

TABLES: Mapping[str, type[rows.Row]] = {
    "treaties": rows.Treaty,
    "countries": rows.Country,
    "former_names": rows.FormerName,
    "demonyms": rows.Demonym,
    "treaty_actions": rows.TreatyAction,
    "regional_groups": rows.RegionalGroupMember,
    "articles": rows.Article,
    "cluster_names": rows.ClusterName,
    "cluster_articles": rows.ClusterArticle,
    "review_groups": rows.ReviewGroup,
    "group_assignments": rows.GroupAssignment,
    "nominal_phases": rows.NominalPhase,
    "review_steps": rows.ReviewStep,
    "lot_rules": rows.LotRule,
    "conference_sessions": rows.ConferenceSession,
    "working_group_sessions": rows.WorkingGroupSession,
    "dialogues": rows.DialogueHeld,
    "resolutions": rows.Resolution,
    "snapshots": rows.Snapshot,
}
"""The tables and the class of their rows."""

_FOLDER = Path(__file__).parent / "tables"


@functools.cache
def load_table(name: str) -> tuple[Any, ...]:
    """The rows of one packaged table."""
    packed = json.loads((_FOLDER / f"{name}.json").read_bytes())
    made = _maker(TABLES[name], packed["columns"], packed["sources"])
    return tuple(map(made, packed["rows"]))


def _maker(cls: type[rows.Row], columns: list[str], sources: list[str]) -> Any:
    kinds = types_of_fields(cls)
    typed = {name: kinds[name] for name in columns if kinds[name] in _TYPED}

    def made(values: list[Any]) -> rows.Row:
        cells = dict(zip(columns, values, strict=True))
        if not sources[cells["source"]] or not cells["as_of"] or not cells["certainty"]:
            raise ImpossibleValue(f"a row of {cls.__name__} lacks its source, its day or its certainty")
        cells["source"] = sources[cells["source"]]
        for name, kind in typed.items():
            if cells[name] is not None:
                cells[name] = kind(cells[name])
        return cls(**cells)

    return made


_TYPED = frozenset({PartialDate, Certainty, TreatyCode, TreatyActionKind, RegionalGroup})
