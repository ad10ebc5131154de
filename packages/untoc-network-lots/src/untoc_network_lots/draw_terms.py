"""The limits of a draw. Each says which rule it comes from, where that was read and how sure it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from untoc_network import reference
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Certainty
from untoc_network_lots.record_reader import PartOfRecord

__all__ = ["Number", "Terms", "Ungrouped", "UngroupedPolicy"]

_OWN_CHOICE = "a choice of this library: no rule on it was seen"


class UngroupedPolicy(StrEnum):
    """How a party that belongs to no regional group, such as the European Union, takes part."""

    TWO_OF_ANY_GROUP = "two-of-any-group"
    """It is reviewed by two States of whatever groups, and reviews as a State of another group."""
    REVIEWED_ONLY = "reviewed-only"
    """It is reviewed by two States of whatever groups, and does not review."""
    LEFT_OUT = "left-out"
    """It is neither reviewed nor reviewing."""


@attrs.frozen(kw_only=True)
class Number(PartOfRecord):
    """A limit that is a number, the rule (L1 to L12 of the table `lot_rules`) that it belongs to, and its source."""

    value: int
    rule: str
    source: str
    certainty: Certainty


@attrs.frozen(kw_only=True)
class Ungrouped(PartOfRecord):
    """The policy for parties without a regional group, and its source."""

    value: UngroupedPolicy
    source: str
    certainty: Certainty


@attrs.frozen(kw_only=True)
class Terms(PartOfRecord):
    """The limits that a draw keeps. `Terms.usual()` has what is known; `with_number` changes one, with its source."""

    review_groups: Number
    """How many review groups the States are divided into (L6)."""
    max_reviewers: Number
    """How many States review one State at the most, unless it decides otherwise (L5)."""
    least_reviews: Number | None = None
    """How many States each State reviews at the least, over all review groups and instruments (L10); None: no limit."""
    most_reviews: Number | None = None
    """How many States each State reviews at the most, over all review groups and instruments (L10); None: no limit."""
    max_redraws: Number | None = None
    """How often the reviewers of one State are drawn anew at the most (L8); None: no limit."""
    ungrouped: Ungrouped

    @classmethod
    def usual(cls, *, with_analogies: bool = False) -> Terms:
        """The limits that are rules in the packaged table `lot_rules`, each seen in a source.

        With `with_analogies` also those that hold for reviews under the Convention against Corruption, of which it was
        not read that the Mechanism has them: they bind nobody.
        """
        usual = {"review_groups": 3, "max_reviewers": 4} | (_ANALOGIES if with_analogies else {})
        numbers: dict[str, Any] = {name: _load_packaged_number(name, value) for name, value in usual.items()}
        policy = UngroupedPolicy.TWO_OF_ANY_GROUP
        return cls(**numbers, ungrouped=Ungrouped(value=policy, source=_OWN_CHOICE, certainty=Certainty.RECALLED))

    def with_number(self, name: str, value: int, *, source: str, certainty: Certainty = Certainty.SEEN) -> Terms:
        """The same terms with another number, and the source that says so. Raises `ImpossibleValue`."""
        if name not in _RULES or value < 0:
            raise ImpossibleValue(f"{name!r} with {value} is not a limit; limits are {', '.join(_RULES)}, from 0 on")
        number = Number(value=value, rule=_RULES[name], source=source, certainty=certainty)
        changed: dict[str, Any] = {name: number}
        return attrs.evolve(self, **changed)

    def with_ungrouped(self, policy: UngroupedPolicy, *, source: str, certainty: Certainty = Certainty.SEEN) -> Terms:
        """The same terms with another policy for parties without a regional group."""
        return attrs.evolve(self, ungrouped=Ungrouped(value=policy, source=source, certainty=certainty))


_ANALOGIES = {"least_reviews": 1, "most_reviews": 3, "max_redraws": 2}
_RULES = {
    "review_groups": "L6",
    "max_reviewers": "L5",
    "least_reviews": "L10",
    "most_reviews": "L10",
    "max_redraws": "L8",
}


def _load_packaged_number(name: str, value: int) -> Number:
    row = next(row for row in reference.table("lot_rules") if row.rule == _RULES[name])
    return Number(value=value, rule=row.rule, source=row.source, certainty=row.certainty)
