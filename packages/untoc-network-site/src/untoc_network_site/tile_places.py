"""Where the tile of each State is drawn: near its place, in rows and columns. It is a layout, and no statement."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import attrs

from untoc_network.reference import packaged

__all__ = ["REGIONS", "TilePlace", "load_tile_places"]

REGIONS = ("Africa", "Americas", "Asia", "Europe", "Oceania")
"""The parts of the world that are drawn by themselves, as the standard codes of areas divide it."""
_DRAWN_IN = {"EU": "Europe"}
"""Where what lies in no single part is drawn."""
_EMPTY = ".."


@attrs.frozen(kw_only=True)
class TilePlace:
    """Column and row of a tile, and the part of the world that it is drawn in."""

    column: int
    row: int
    region: str


@functools.cache
def load_tile_places() -> Mapping[str, TilePlace]:
    """The place of each State by its code."""
    text = (Path(__file__).parent / "tile_places.txt").read_text("utf-8")
    regions = {row.code: _DRAWN_IN.get(row.code) or row.region or "" for row in packaged().table("countries")}
    return {
        code: TilePlace(column=column, row=row, region=regions[code])
        for row, line in enumerate(text.splitlines())
        for column, code in enumerate(line.split())
        if code != _EMPTY
    }
