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
from untoc_network.reference import row_types
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import map_field_types

__all__ = ["TABLES", "load_table"]

TABLES: Mapping[str, type[row_types.Row]] = {
    "treaties": row_types.Treaty,
    "countries": row_types.Country,
    "former_names": row_types.FormerName,
    "demonyms": row_types.Demonym,
    "treaty_actions": row_types.TreatyAction,
    "regional_groups": row_types.RegionalGroupMember,
    "articles": row_types.Article,
    "cluster_names": row_types.ClusterName,
    "cluster_articles": row_types.ClusterArticle,
    "review_groups": row_types.ReviewGroup,
    "group_assignments": row_types.GroupAssignment,
    "nominal_phases": row_types.NominalPhase,
    "review_steps": row_types.ReviewStep,
    "lot_rules": row_types.LotRule,
    "conference_sessions": row_types.ConferenceSession,
    "working_group_sessions": row_types.WorkingGroupSession,
    "dialogues": row_types.DialogueHeld,
    "resolutions": row_types.Resolution,
    "snapshots": row_types.Snapshot,
}
"""The tables and the class of their rows."""

_FOLDER = Path(__file__).parent / "tables"


@functools.cache
def load_table(name: str) -> tuple[Any, ...]:
    """The rows of one packaged table."""
    packed = json.loads((_FOLDER / f"{name}.json").read_bytes())
    made = _make_row_maker(TABLES[name], packed["columns"], packed["sources"])
    return tuple(map(made, packed["rows"]))


def _make_row_maker(cls: type[row_types.Row], columns: list[str], sources: list[str]) -> Any:
    kinds = map_field_types(cls)
    typed = {name: kinds[name] for name in columns if kinds[name] in _TYPED}

    def made(values: list[Any]) -> row_types.Row:
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
