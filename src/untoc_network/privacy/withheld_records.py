"""Which records an audience is not to know of: those that are not for it, and what cannot be without them."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any

from untoc_network.model.accreditation import Accreditation
from untoc_network.model.contribution import Contribution
from untoc_network.model.event import Statement
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import COLLECTIONS, Register, is_reference_field
from untoc_network.model.source import Source, SourceKind
from untoc_network.privacy.audience_policy import iter_why_withheld, why_withheld
from untoc_network.privacy.redactions import RedactionReason
from untoc_network.values.consent_and_contact import Audience, Purpose
from untoc_network.values.consent_evaluation import may
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import fields_of

__all__ = ["explain_withheld", "find_withheld", "is_listed_with_persons", "list_essential_fields"]

_CONSISTING_OF: Mapping[type, tuple[str, ...]] = {Accreditation: ("organization_id",), Statement: ("speaker_id",)}
"""References that a record may lack, and which are nevertheless what it is about: words are those of who said them."""


def find_withheld(register: Register, audiences: Iterable[Audience], on: PartialDate) -> dict[Audience, dict[str, str]]:
    """For each audience the id of every record that it is not to know of, with the value of a `RedactionReason`."""
    listed = frozenset[str]()
    if any(source.kind is SourceKind.LIST_OF_PERSONS for source in register.sources):
        listed = frozenset(body.id for body in register.organizations if is_listed_with_persons(register, body))
    find_dependent = functools.partial(_find_dependent, functools.cache(functools.partial(_index_dependent, register)))
    gated: tuple[Any, ...] = (*register.persons, *register.organizations, *register.contributions)
    audiences = tuple(audiences)
    alone: dict[Audience, dict[str, str]] = {audience: {} for audience in audiences}
    for record in gated:
        for audience, reason in iter_why_withheld(record, audiences, on, is_listed_with_persons=record.id in listed):
            alone[audience][record.id] = reason
    found = {}
    for audience, reasons in alone.items():
        named = RedactionReason.NAMES_WITHHELD.value
        gone = reasons | {
            one.id: named
            for one in register.contributions
            if one.author_ids
            and all(register.resolved(author) in reasons for author in one.author_ids)
            and not may(one, Purpose.PUBLICATION, audience, on)
        }
        found[audience] = dict.fromkeys(find_dependent(gone) if gone else (), named) | gone | reasons
    return found


def explain_withheld(
    register: Register, record: Any, audience: Audience, on: PartialDate, withheld: Container[str]
) -> str | None:
    """The same of one record, where it is known what else is withheld."""
    reason = _explain_alone(register, record, audience, on)
    if reason is None and isinstance(record, Contribution) and record.author_ids:
        authors = (register.by_id.get(register.resolved(author)) for author in record.author_ids)
        hidden = all(author is not None and _explain_alone(register, author, audience, on) for author in authors)
        is_gone = hidden and not may(record, Purpose.PUBLICATION, audience, on)
        reason = RedactionReason.NAMES_WITHHELD.value if is_gone else None
    if reason is None:
        cls: Any = type(record)
        targets = (getattr(record, field) for field in list_essential_fields(cls))
        is_resting = any(target is not None and register.resolved(target) in withheld for target in targets)
        reason = RedactionReason.NAMES_WITHHELD.value if is_resting else None
    return reason


def _explain_alone(register: Register, record: Any, audience: Audience, on: PartialDate) -> str | None:
    return why_withheld(record, audience, on, is_listed_with_persons=is_listed_with_persons(register, record))


def is_listed_with_persons(register: Register, record: Any) -> bool:
    """Whether a record is a body of which all sources that the register has are lists of persons."""
    if not isinstance(record, Organization):
        return False
    sources = (register.get(Source, one.source_id) for one in record.sources)
    return {one.kind for one in sources if one is not None} == {SourceKind.LIST_OF_PERSONS}


def _index_dependent(register: Register) -> Mapping[str, list[str]]:
    """By the id of a record those that cannot be without it."""
    resting: defaultdict[str, list[str]] = defaultdict(list)
    for name, cls in COLLECTIONS.items():
        for field in list_essential_fields(cls):
            for record in getattr(register, name):
                if (target := getattr(record, field)) is not None:
                    resting[register.resolved(target)].append(record.id)
    return resting


def _find_dependent(get_index: Callable[[], Mapping[str, list[str]]], withheld: Iterable[str]) -> set[str]:
    """Every record that cannot be without one of these, and so on."""
    resting, found, waiting = get_index(), set[str](), list(withheld)
    while waiting:
        new = set(resting.get(waiting.pop(), ())) - found
        found |= new
        waiting.extend(new)
    return found


@functools.cache
def list_essential_fields(cls: Any) -> tuple[str, ...]:
    """The fields of the references that a record of a class consists of."""
    required = (shape.name for shape in fields_of(cls) if shape.required and is_reference_field(shape))
    return (*dict.fromkeys((*required, *_CONSISTING_OF.get(cls, ()))),)
