"""The record of a draw: seed, inputs, every ticket, the outcome, and the digests that hold them together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.object_to_dict import to_dict
from untoc_network_lots.draw_inputs import Inputs, ReviewerSide
from untoc_network_lots.draw_log import Ticket, chain_digest
from untoc_network_lots.randomness import Seed
from untoc_network_lots.record_reader import PartOfRecord

__all__ = ["FORMAT", "DrawRecord", "Review", "Reviewer", "mark_input_parts", "opening_digest", "to_json"]

FORMAT = "untoc-network/draw/1"


@attrs.frozen(kw_only=True)
class Reviewer(PartOfRecord):
    """A reviewing State, on which ground it was drawn, and the instruments it reviews for."""

    state: str
    side: ReviewerSide
    instruments: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Review(PartOfRecord):
    """A State under review with its review group and its reviewing States, in the order in which they were drawn."""

    state: str
    review_group: int
    reviewers: tuple[Reviewer, ...]


@attrs.frozen(kw_only=True)
class DrawRecord(PartOfRecord):
    """A draw that anyone can verify. `digest` names it: publish it, and nothing in the record can be changed unseen.

    `marks` are digests of each part of the inputs, by which a part that was changed is found. They prove nothing by
    themselves; the chain of the tickets starts from the whole of seed and inputs.
    """

    format: str
    seed: Seed
    inputs: Inputs
    marks: tuple[str, ...]
    tickets: tuple[Ticket, ...]
    reviews: tuple[Review, ...]
    digest: str

    def to_json(self) -> bytes:
        """The record as canonical JSON: equal records give the same bytes."""
        return to_json(to_dict(self))


def to_json(document: Mapping[str, Any]) -> bytes:
    """Plain values as canonical JSON: ASCII, keys sorted, one member of each list on a line, a line feed at the end."""
    parts = (f"{json.dumps(name)}: {_format_canonical_json(document[name])}" for name in sorted(document))
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _format_canonical_json(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(json.dumps(item, sort_keys=True) for item in value) + "\n]"
    if isinstance(value, dict):
        return (
            "{\n"
            + ",\n".join(f"{json.dumps(name)}: {_format_canonical_json(value[name])}" for name in sorted(value))
            + "\n}"
        )
    return json.dumps(value, sort_keys=True)


def opening_digest(seed: Any, inputs: Any) -> str:
    """The digest that the first ticket is chained to, from seed and inputs as plain values."""
    return chain_digest(FORMAT, {"seed": seed, "inputs": inputs})


def list_input_parts(inputs: Any) -> list[tuple[tuple[str | int, ...], Any]]:
    """Each part of the inputs that has a mark: every item of a list, every term, with its path."""
    found: list[tuple[tuple[str | int, ...], Any]] = []
    for name in sorted(inputs):
        section = inputs[name]
        keys = range(len(section)) if isinstance(section, list) else sorted(section)
        found += (((name, key), section[key]) for key in keys)
    return found


def mark_input_parts(inputs: Any) -> tuple[str, ...]:
    """A short digest of each part of the inputs, in order."""
    return tuple(chain_digest("", [*path, part])[:16] for path, part in list_input_parts(inputs))
