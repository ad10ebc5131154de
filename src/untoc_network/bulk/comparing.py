"""Which rules judge each record by itself, and what the others need of each record."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.model.event import Event, Statement
from untoc_network.model.network import Network
from untoc_network.model.register import Register
from untoc_network.model.stakeholder import Organization, Person
from untoc_network.reference.names import all_folded
from untoc_network.rules.catalogue import catalogue
from untoc_network.rules.rule import Rule
from untoc_network.values.text import Text

__all__ = ["compares", "names_of", "thinned"]

_COMPARING = {
    "AC002",
    "AC004",
    "AC009",
    "CD004",
    "CD005",
    "CD008",
    "CD010",
    "CD011",
    "CR003",
    "CR004",
    "CR005",
    "CR009",
    "CR010",
    "CR011",
    "CR012",
    "CR017",
    "CR022",
    "CR029",
    "CR030",
    "CR031",
    "CT001",
    "CT005",
    "CT006",
    "EV005",
    "EV007",
    "EV008",
    "EV009",
    "EV011",
    "EV015",
    "EV016",
    "EV018",
    "NW001",
    "NW004",
    "NW005",
    "NW006",
    "NW007",
    "NW013",
    "PT003",
}
"""The rules on a class of record that look at other records too; a test holds that no other rule does."""


@functools.cache
def _alone() -> frozenset[Rule]:
    return frozenset(rule for rule in catalogue() if rule.on is not Register and rule.code not in _COMPARING)


def compares(rule: Rule) -> bool:
    """Whether a rule may look at more than one record; of rules that are not ours it is not known."""
    return rule not in _alone()


_UNCOMPARED: Mapping[type[Any], tuple[str, ...]] = {
    Organization: ("contacts", "consents", "links", "expertise", "notes", "blanks"),
    Person: ("contacts", "consents", "notes", "blanks", "other_names", "languages", "gender"),
    Network: ("notes", "blanks"),
    Event: ("notes", "blanks"),
    Statement: ("notes", "blanks"),
}
"""The fields that no rule needs in order to compare records."""

_EMPTY = {
    cls: {field: getattr(attrs.fields(cls), field).default for field in fields} for cls, fields in _UNCOMPARED.items()
}


def thinned(record: Any, *, with_name: bool = False) -> Any:
    """A record with what comparing needs; the others look at the rest where they stream by.

    Names take most of the memory, and matter only where two organizations have the same.
    """
    empty = _EMPTY.get(type(record), {})
    heavy = {field: value for field, value in empty.items() if getattr(record, field) != value}
    if type(record) is Person:
        heavy["name"] = ""
    elif type(record) is Organization and not with_name:
        heavy |= {"name": _NAMELESS, "seat": None}
    return attrs.evolve(record, **heavy) if heavy else record


_NAMELESS = Text(en="")
"""Stands in the place of names that are not kept; blank names are never compared."""


def names_of(organizations: Iterable[Organization]) -> Iterator[tuple[str, str]]:
    """What two organizations have in common where they may be one and the same: each country of seat with each name."""
    named = [
        (one.seat.country, name) for one in organizations if one.seat and one.seat.country for name in one.name.values()
    ]
    folded = all_folded([name for _, name in named])
    return ((country, name.replace(" ", "")) for (country, _), name in zip(named, folded, strict=True))
