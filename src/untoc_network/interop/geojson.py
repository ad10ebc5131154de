"""GeoJSON after RFC 7946, a feature for each country.

A feature stands at the point that the table `country_points` has of the country, to put a mark on; it is no outline.
Where there is none the geometry is `null`, which GeoJSON allows. What the points are is told in `points`, beside the
features.
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
from untoc_network.reference.table_rows import TableRows

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
    document = {"type": "FeatureCollection", "features": features, "points": _describe_points()}
    return Exported(data=encode_json(document), report=Report())


def _describe_points() -> dict[str, Any]:
    """Where the points are from, of what day, how sure they are and what is missing."""
    rows = packaged().table("country_points")
    found = TableRows(table="country_points", rows=rows, missing=packaged().list_missing("country_points"))
    told = found.to_dict()
    return {"sources": sorted({row.source for row in rows}), **{name: told[name] for name in told if name != "rows"}}


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
    point = packaged().country_point(code)
    place = point and {"type": "Point", "coordinates": [point.longitude, point.latitude]}
    return {"type": "Feature", "id": code, "geometry": place, "properties": properties}
