"""The packaged tables, read when first asked for and frozen. A row without source, day or certainty does not load."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Certainty
from untoc_network.model.convention import RegionalGroup, TreatyActionKind, TreatyCode
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import map_field_types

if TYPE_CHECKING:
    from untoc_network.reference import row_types

__all__ = ["LANGUAGES", "TABLES", "load_table"]

TABLES: Mapping[str, str] = {
    "treaties": "Treaty",
    "countries": "Country",
    "former_names": "FormerName",
    "demonyms": "Demonym",
    "treaty_actions": "TreatyAction",
    "regional_groups": "RegionalGroupMember",
    "articles": "Article",
    "cluster_names": "ClusterName",
    "cluster_articles": "ClusterArticle",
    "review_groups": "ReviewGroup",
    "group_assignments": "GroupAssignment",
    "nominal_phases": "NominalPhase",
    "review_steps": "ReviewStep",
    "lot_rules": "LotRule",
    "conference_sessions": "ConferenceSession",
    "working_group_sessions": "WorkingGroupSession",
    "dialogues": "DialogueHeld",
    "resolutions": "Resolution",
    "snapshots": "Snapshot",
}
"""The tables and the name of the class of their rows, which is loaded with the first table."""

LANGUAGES = ("en", "es", "fr", "pt")
"""The languages in which the tables have the names of countries."""

_FOLDER = Path(__file__).parent / "tables"


@functools.cache
def load_table(name: str) -> tuple[Any, ...]:
    """The rows of one packaged table."""
    from untoc_network.reference import row_types

    packed = json.loads((_FOLDER / f"{name}.json").read_bytes())
    made = _make_row_maker(getattr(row_types, TABLES[name]), packed["columns"], packed["sources"])
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
