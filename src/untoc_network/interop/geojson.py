"""GeoJSON after RFC 7946, a feature for each country.

The facts of this library hold no coordinates, so every feature has the geometry `null`, which GeoJSON allows; a map
joins its own outlines by the codes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from untoc_network.diagnostics.findings import Report
from untoc_network.interop.export_import_options import Exported, ExportOptions
from untoc_network.interop.web_json import encode_json
from untoc_network.interop.wording_choice import translate_country
from untoc_network.model.register import Register
from untoc_network.reference import packaged

__all__ = ["to_geojson"]


def to_geojson(register: Register, chosen: ExportOptions) -> Exported:
    """How many organizations have their seat in each country, work there, and what takes place there."""
    held: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for organization in register.organizations:
        if organization.seat is not None and organization.seat.country is not None:
            held[organization.seat.country]["organizations"].append(organization.id)
        for country in dict.fromkeys(organization.countries):
            held[country]["working_here"].append(organization.id)
    for event in register.events:
        if event.place is not None and event.place.country is not None:
            held[event.place.country]["events"].append(event.id)
    features = [_make_country_feature(code, held[code], chosen) for code in sorted(held)]
    return Exported(data=encode_json({"type": "FeatureCollection", "features": features}), report=Report())


def _make_country_feature(code: str, held: defaultdict[str, list[str]], chosen: ExportOptions) -> dict[str, Any]:
    row = packaged().country(code)
    known = row is not None and row.code == code
    properties: dict[str, Any] = {
        "name": translate_country(code, chosen.language),
        "iso_a2": code,
        "iso_a3": row.iso3 if row and known else None,
        "m49": row.m49 if row and known else None,
    }
    for name in ("organizations", "working_here", "events"):
        properties |= {name: len(held[name]), f"{name}_ids": held[name]}
    return {"type": "Feature", "id": code, "geometry": None, "properties": properties}
