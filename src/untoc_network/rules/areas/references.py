"""RF: ids and what they name."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.organization_and_person import Person
from untoc_network.model.register import COLLECTIONS, Redirect, Reference, Register, find_references
from untoc_network.model.source import Source
from untoc_network.rules import citations
from untoc_network.rules.areas.duplicates_cycles_overlaps import find_cycles
from untoc_network.rules.looked_at_fields import NAMING, REDIRECTS, REFERENCES, ROLES, related_fields
from untoc_network.rules.rule import Context, Violation, rule, violation

_ALL = tuple(related_fields(cls, by=("id",)) for cls in COLLECTIONS.values())


@rule(
    "RF001",
    on=Register,
    severity=Severity.ERROR,
    message="the id '{id}' is used twice; the other record is in {other:label}",
    hint="give one of the two another id, or merge them",
    basis=citations.IDENTITY,
    looks=_ALL,
)
def duplicate_id(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """An id names one record in the whole register.

    Why: a reference to it could mean either record.

    Passes:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}, {"id": "page", "title": {"en": "Page"}, "kind": "web-page"}]}

    Fails:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}, {"id": "note", "title": {"en": "Page"}, "kind": "web-page"}]}
    """
    for register in registers:
        for record in register if len(register.by_id) < len(register) else ():
            first = register.by_id[record.id]
            if first is not record:
                yield violation(record, "id", id=record.id, other=context.locate(first)[0])


@rule(
    "RF002",
    on=Register,
    severity=Severity.ERROR,
    message="no record has the id '{target}'",
    hint="{remedy:phrase}",
    phrases={"near": "did you mean '{near}'?", "add": "add the record, or correct the id"},
    basis=citations.IDENTITY,
    looks=(*_ALL, REFERENCES, REDIRECTS),
)
def dangling_reference(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """Every reference names a record that exists, or an id that was redirected to one.

    Why: a reference to nothing cannot be followed, counted or shown.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-unit", "name": {"en": "Unit"}, "kind": "unit", "parent_id": "xa-ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-unit", "name": {"en": "Unit"}, "kind": "unit", "parent_id": "xa-ngoo"}]}
    """
    for register in registers:
        known, redirected = register.by_id, register.redirected
        unknown = {
            name for names in register.named.values() for name in names if name not in known and name not in redirected
        }
        remedies: dict[tuple[tuple[str, ...], str], dict[str, Any]] = {}
        for reference in _list_references_to(unknown, register):
            meant = reference.collections, reference.target
            if meant not in remedies:
                remedies[meant] = _make_remedy_params(context.nearest(reference.collections).to(reference.target))
            yield violation(reference.record, *reference.path, target=reference.target, **remedies[meant])
        olds = {redirect.old_id for redirect in register.redirects}
        for redirect in register.redirects:
            if redirect.new_id not in register.by_id and redirect.new_id not in olds:
                near = context.nearest(tuple(COLLECTIONS)).to(redirect.new_id)
                yield violation(redirect, "new_id", target=redirect.new_id, **_make_remedy_params(near))


def _make_remedy_params(near: str | None) -> dict[str, Any]:
    return {"remedy": "near", "near": near} if near else {"remedy": "add"}


def _make_wanted_params(collections: tuple[str, ...]) -> dict[str, Any]:
    first, *others = collections
    return {"wanted": "either", "first": first, "second": others[0]} if others else {"wanted": "one", "first": first}


@rule(
    "RF003",
    on=Register,
    severity=Severity.ERROR,
    message="expected a record from {wanted:phrase}, got '{target}' from {actual:label}",
    phrases={"one": "{first:label}", "either": "{first:label} or {second:label}"},
    hint="name a record of the right kind, or move the relation to the field for this kind",
    basis=citations.IDENTITY,
    looks=(*_ALL, REFERENCES),
)
def reference_to_wrong_kind(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """Every reference names a record of a kind that its field allows.

    Why: a person in the place of an organization makes every count and export wrong.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note", "publisher_id": "xa-ngo"}]}

    Fails:
        {"sources": [{"id": "page", "title": {"en": "Page"}, "kind": "web-page"}, {"id": "note", "title": {"en": "Note"}, "kind": "press-note", "publisher_id": "page"}]}
    """
    for register in registers:
        for reference in _list_references_to(_find_ids_of_wrong_kind(register, context), register):
            named = context.get(reference.target)
            if not isinstance(named, tuple(COLLECTIONS[name] for name in reference.collections)):
                actual = next(name for name, cls in COLLECTIONS.items() if isinstance(named, cls))
                yield violation(
                    reference.record,
                    *reference.path,
                    target=reference.target,
                    actual=actual,
                    **_make_wanted_params(reference.collections),
                )


def _list_references_to(wanted: set[str], register: Register) -> Iterator[Reference]:
    for name, cls in COLLECTIONS.items() if wanted else ():
        yield from find_references(getattr(register, name), cls, wanted.__contains__)


def _find_ids_of_wrong_kind(register: Register, context: Context) -> set[str]:
    """The ids that are named where a record of another kind is due, and elsewhere too, maybe."""
    return {
        target
        for collections, names in register.named.items()
        for classes in (tuple(COLLECTIONS[name] for name in collections),)
        for target in names
        if (record := context.get(target)) is not None and not isinstance(record, classes)
    }


@rule(
    "RF004",
    on=Register,
    severity=Severity.ERROR,
    message="'{old}' is redirected to '{new}', which leads back to it",
    hint="redirect the id to the record that took its place",
    basis=citations.NO_CIRCLES,
    looks=(REDIRECTS,),
)
def redirect_cycle(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """Redirects do not lead in a circle.

    Why: whoever follows them never arrives at a record.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "old", "new_id": "older"}, {"old_id": "older", "new_id": "xa-ngo"}]}

    Fails:
        {"redirects": [{"old_id": "old", "new_id": "older"}, {"old_id": "older", "new_id": "old"}]}
    """
    for register in registers:
        steps: dict[str, Redirect] = {redirect.old_id: redirect for redirect in register.redirects}
        list_parents: dict[str, tuple[str, ...]] = {old: (redirect.new_id,) for old, redirect in steps.items()}
        for old, new in find_cycles(steps, functools.partial(_get_redirect_targets, list_parents)):
            yield violation(steps[old], "new_id", old=old, new=new)


def _get_redirect_targets(list_parents: dict[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    return list_parents.get(name, ())


@rule(
    "RF005",
    on=Register,
    severity=Severity.INFO,
    message="nothing in the register refers to '{id}'",
    hint="cite the record where it is used, or leave it out",
    requires_complete=True,
    basis=citations.IDENTITY,
    looks=(related_fields(Source, by=("id",)), related_fields(Person, *ROLES, by=("id",)), NAMING),
)
def orphan_record(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """Some record refers to every source, and to every person without a post, capacity or affiliation.

    Why: a record without references is often left over from something that was deleted, or has a misspelt id.

    Passes:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "sources": [{"source_id": "note"}]}]}

    Fails:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}]}
    """
    for register in registers:
        alone: tuple[Person | Source, ...] = (
            *register.sources,
            *(person for person in register.persons if not person.roles),
        )
        for record in alone:
            if not context.is_named(record.id):
                yield violation(record, id=record.id)


@rule(
    "RF006",
    on=Register,
    severity=Severity.ERROR,
    message="'{old}' is redirected although a record still has that id",
    hint="delete the redirect, or the record if it was merged",
    basis=citations.IDENTITY,
    looks=(*_ALL, REDIRECTS),
)
def redirected_id_in_use(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """An id that is redirected no longer belongs to a record.

    Why: a reference to it could mean the record that has it or the one it leads to.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "xa-old", "new_id": "xa-ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-old", "name": {"en": "Old NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "xa-old", "new_id": "xa-ngo"}]}
    """
    for register in registers:
        for redirect in register.redirects:
            if redirect.old_id in register.by_id:
                yield violation(redirect, "old_id", old=redirect.old_id)


@rule(
    "RF007",
    on=Register,
    severity=Severity.ERROR,
    message="'{old}' is redirected twice, to different records",
    hint="keep the redirect to the record that took its place",
    basis=citations.IDENTITY,
    looks=(REDIRECTS,),
)
def conflicting_redirects(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """An id is redirected to one record only.

    Why: of two redirects one would silently win.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "old", "new_id": "xa-ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xb-ngo", "name": {"en": "NGO of XB"}, "kind": "ngo"}], "redirects": [{"old_id": "old", "new_id": "xa-ngo"}, {"old_id": "old", "new_id": "xb-ngo"}]}
    """
    for register in registers:
        first: dict[str, str] = {}
        for redirect in register.redirects:
            if first.setdefault(redirect.old_id, redirect.new_id) != redirect.new_id:
                yield violation(redirect, "old_id", old=redirect.old_id)
