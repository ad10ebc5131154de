"""Which rules judge each record by itself, and what the others need of each record."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.code import Explained
from untoc_network.diagnostics.templates import NONE
from untoc_network.model.accreditation import Accreditation
from untoc_network.model.contribution import Contribution, ContributionStage
from untoc_network.model.dialogue import ConstructiveDialogue
from untoc_network.model.event import Event, EventKind, Statement
from untoc_network.model.network import Membership
from untoc_network.model.register import Register
from untoc_network.model.stakeholder import Organization, Person
from untoc_network.reference.names import all_folded
from untoc_network.rules.catalogue import catalogue
from untoc_network.values.text import Text

__all__ = ["NAME", "compares", "is_needed_unnamed", "names_of", "thin_class", "thinned", "thinned_of"]

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
def _alone() -> frozenset[Explained]:
    return frozenset(rule for rule in catalogue() if rule.on is not Register and rule.code not in _COMPARING)


def compares(rule: Explained) -> bool:
    """Whether a rule may look at more than one record; of rules that are not ours it is not known."""
    return rule not in _alone()


_COMPARED: Mapping[type[Any], tuple[str, ...]] = {
    Organization: ("parent_id", "identifiers", "kind", "founded", "dissolved"),
    Person: ("posts", "capacities", "affiliations"),
    Membership: ("network_id", "organization_id", "period"),
    Event: ("kind", "starts", "ends", "starts_at", "ends_at", "links_to", "roles", "segments", "themes"),
    Statement: ("event_id", "speaker_id", "speaking_as", "segment"),
    Contribution: ("stage", "target_id", "submitted"),
    Accreditation: ("organization_id", "event_id", "forum", "log"),
}
"""The fields that rules need in order to compare records, beside ids and acceptances; of other classes all are kept.

What only shows where references lead is not among them: `Naming` tells which records need it.
"""

_TEXTS: Mapping[type[Any], tuple[str, tuple[str, ...]]] = {
    Statement: ("event_id", ("summary", "wording")),
    Contribution: ("target_id", ("title", "text")),
}
"""The field that tells what a record belongs to, and its texts, which matter where that is a dialogue."""

NAME: tuple[str, ...] = ("name", "seat")
"""The fields of an organization that matter where another has the same name."""


def thinned(record: Any, more: tuple[str, ...] = (), known: Mapping[str, Any] = NONE) -> Any:
    """A record with what comparing needs, and with `more`; the rest is looked at where the records stream by.

    It stands for the record in every way that a rule can tell, but takes memory only for what it holds: an id that it
    names is the very text that the record of that id has, where that is `known`.
    """
    cls: Any = type(record)
    wanted = _COMPARED.get(cls)
    if wanted is None:
        return record
    defaults = _defaults(cls)
    held = {
        field: value
        for field in ("id", "accepted", *wanted, *more, *_texts_in_a_dialogue(record, known))
        if (value := getattr(record, field)) != defaults.get(field, _NOTHING)
    }
    thin = thin_class(cls, (*held,))()
    for field, value in held.items():
        setattr(thin, field, known[value].id if field in _NAMING and value in known else value)
    return thin


def _texts_in_a_dialogue(record: Any, known: Mapping[str, Any]) -> tuple[str, ...]:
    """The texts of a record that may belong to a dialogue: where it is not `known` what it belongs to, it may."""
    leading, texts = _TEXTS.get(type(record), ("id", ()))
    whole = known.get(getattr(record, leading))
    kinds = {getattr(record, "stage", None), getattr(whole, "kind", None)}
    may_be = whole is None or isinstance(whole, ConstructiveDialogue) or not _DIALOGUES.isdisjoint(kinds)
    return texts if may_be else ()


_DIALOGUES = frozenset((ContributionStage.CONSTRUCTIVE_DIALOGUE, EventKind.CONSTRUCTIVE_DIALOGUE))
_NAMING = {"network_id", "organization_id", "event_id", "speaker_id", "target_id", "parent_id"}
_NOTHING = object()


@functools.cache
def _defaults(cls: Any) -> Mapping[str, Any]:
    return {field.name: field.default for field in attrs.fields(cls) if field.default is not attrs.NOTHING}


@functools.cache
def thin_class(cls: Any, held: tuple[str, ...]) -> Any:
    """A class with slots for these fields alone; of the others all objects have the default, or an empty text."""
    same: dict[str, Any] = {
        name: value
        for base in reversed(cls.__mro__)
        for name, value in vars(base).items()
        if isinstance(value, property) or (callable(value) and not name.startswith("_"))
    }
    empty = Text(en="")
    same |= {"name": "" if cls is Person else empty, "title": empty, "summary": empty, **_defaults(cls)}
    own = {name: value for name, value in same.items() if name not in held}
    own |= {"__slots__": held, "__class__": cls, "__module__": cls.__module__}
    return type(cls.__name__, (_Thin,), own)


class _Thin:
    """What stands for a record."""

    __slots__ = ()


def thinned_of(cls: type[Any]) -> tuple[str, ...] | None:
    """The fields that objects of a class made by `thin_class` hold; None for any other class."""
    return tuple(cls.__slots__) if issubclass(cls, _Thin) else None


def names_of(organizations: Iterable[Organization]) -> Iterator[tuple[Organization, str]]:
    """What an organization has in common with one that it may be: its country of seat with each of its names."""
    named = [
        (one, one.seat.country, name)
        for one in organizations
        if one.seat and one.seat.country
        for name in one.name.values()
    ]
    folded = all_folded([name for _, _, name in named], letters_alone=True)
    return ((one, f"{country} {name}") for (one, country, _), name in zip(named, folded, strict=True))


def is_needed_unnamed(person: Person) -> bool:
    """Whether rules look at a person that nothing names."""
    return not person.roles or bool(person.accepted)
