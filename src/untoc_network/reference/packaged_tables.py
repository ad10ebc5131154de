"""The packaged tables, read when first asked for and frozen. A row without source, day or certainty does not load."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Certainty
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import map_field_types

if TYPE_CHECKING:
    from untoc_network.reference import row_types

__all__ = ["LANGUAGES", "TABLES", "load_missing", "load_table", "require_provenance"]

TABLES: Mapping[str, str] = {
    "treaties": "Treaty",
    "countries": "Country",
    "country_points": "CountryPoint",
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
    "working_groups": "WorkingGroupMandate",
    "working_group_sessions": "WorkingGroupSession",
    "dialogues": "DialogueHeld",
    "events": "PublicEvent",
    "resolutions": "Resolution",
    "observer_rules": "ObserverRule",
    "questionnaire_topics": "QuestionnaireTopic",
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

    packed = _read_packed(name)
    made = _make_row_maker(getattr(row_types, TABLES[name]), packed["columns"], packed["sources"])
    return tuple(map(made, packed["rows"]))


@functools.cache
def load_missing(name: str) -> tuple[str, ...]:
    """What a packaged table is known to lack, a sentence each."""
    return tuple(_read_packed(name)["missing"])


def require_provenance(rows: Iterable[row_types.Row]) -> None:
    """Raise `ImpossibleValue` where a row lacks its source, its day or its certainty."""
    for row in rows:
        if not row.source or not row.as_of or not row.certainty:
            raise ImpossibleValue(f"a row of {type(row).__name__} lacks its source, its day or its certainty")


def _read_packed(name: str) -> Any:
    import json

    return json.loads((_FOLDER / f"{name}.json").read_bytes())


def _make_row_maker(cls: type[row_types.Row], columns: list[str], sources: list[str]) -> Any:
    kinds = map_field_types(cls)
    typed = {name: kinds[name] for name in columns if issubclass(kinds[name], PartialDate | StrEnum)}

    def made(values: list[Any]) -> row_types.Row:
        cells = dict(zip(columns, values, strict=True))
        if not sources[cells["source"]] or not cells["as_of"] or not cells["certainty"]:
            raise ImpossibleValue(f"a row of {cls.__name__} lacks its source, its day or its certainty")
        cells["source"] = sources[cells["source"]]
        for name, kind in typed.items():
            if cells[name] is not None:
                cells[name] = kind(cells[name])
        if "certainties" in cells:
            cells["certainties"] = _read_field_certainties(cells["certainties"] or {})
        return cls(**cells)

    return made


def _read_field_certainties(told: Mapping[str, str]) -> tuple[row_types.FieldCertainty, ...]:
    from untoc_network.reference.row_types import FieldCertainty

    return tuple(FieldCertainty(field=field, certainty=Certainty(name)) for field, name in told.items())
