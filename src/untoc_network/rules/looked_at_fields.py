"""What a rule looks at: fields of its own record, of records that references lead to, of records found by a key.

A rule that looks at its own record alone declares nothing. Streams keep what is declared here and no more, and a
`Live` runs a rule again only where a change touches what is declared: a rule must not read anything else; a test that
watches every read holds that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.register import COLLECTIONS, REFERENTS
from untoc_network.values.fields import fields_of

__all__ = [
    "DATES",
    "NAMING",
    "REDIRECTS",
    "REFERENCES",
    "ROLES",
    "Given",
    "Look",
    "NamingFields",
    "OwnFields",
    "ReferencedFields",
    "References",
    "RelatedFields",
    "Resolve",
    "list_values_at",
    "naming_fields",
    "own_fields",
    "referenced_fields",
    "related_fields",
]

DATES = ("starts", "ends", "starts_at", "ends_at")
"""The fields of an event that tell its first and last day."""

ROLES = ("posts", "capacities", "affiliations")
"""The fields of a person that hold the roles."""

Read = tuple[Any, str]
"""A class of record, and a field of it."""

Given = Callable[[Any, Callable[[str], Any]], bool]
"""Called with a record and with what gives the record of an id, or None where it is not known (yet): may it matter?"""

Keys = Callable[[Iterable[Any]], Iterator[tuple[Any, str]]]
"""Gives each of some records with each of its keys."""

Resolve = Callable[[str], str]
"""Gives the id that an id leads to."""

SharedKeys = Callable[[Iterable[Any], Resolve], Iterable[tuple[Any, Hashable]]]
"""Gives each of some records with each key by which the rule compares it with others."""


class Look(SharedMethods):
    """One thing that a rule looks at."""

    def list_own_reads(self, classes: Iterable[Any]) -> Iterator[Read]:  # noqa: ARG002
        """The fields that are read of the rule's own record, or of what this look sets out from, of these classes."""
        return iter(())

    def list_other_reads(self, classes: Iterable[Any]) -> Iterator[Read]:  # noqa: ARG002
        """The fields that are read of other records."""
        return iter(())


@attrs.frozen
class OwnFields(Look):
    """Fields of the rule's own record; with `given`, only of the records for which that holds."""

    fields: tuple[str, ...]
    on: tuple[Any, ...] = ()
    given: Given | None = None

    def list_own_reads(self, classes: Iterable[Any]) -> Iterator[Read]:
        """The fields, of the classes that it names itself where it does."""
        return _iterate_known_fields(self.on or classes, self.fields)


@attrs.frozen
class ReferencedFields(Look):
    """Fields of the records that a reference leads to; `onward`: what is looked at from there."""

    path: str
    fields: tuple[str, ...]
    onward: tuple[ReferencedFields | NamingFields, ...] = ()

    def then(self, *onward: ReferencedFields | NamingFields) -> ReferencedFields:
        """This look, and from where it leads on along other references."""
        return attrs.evolve(self, onward=onward)

    def list_own_reads(self, classes: Iterable[Any]) -> Iterator[Read]:
        """The field that holds the reference."""
        return _iterate_known_fields(classes, _list_first_fields((self.path,)))

    def list_other_reads(self, classes: Iterable[Any]) -> Iterator[Read]:
        """What is read where it leads, and from there on."""
        targets = dict.fromkeys(
            to for cls, _ in self.list_own_reads(classes) for to in _find_target_classes(cls, self.path)
        )
        yield from _iterate_known_fields(targets, self.fields)
        yield from _iterate_onward_reads(self.onward, targets)


@attrs.frozen
class NamingFields(Look):
    """Fields of the records of a class that name the record by a reference; `onward`: what is looked at from there."""

    cls: Any
    path: str
    fields: tuple[str, ...]
    onward: tuple[ReferencedFields | NamingFields, ...] = ()

    def then(self, *onward: ReferencedFields | NamingFields) -> NamingFields:
        """This look, and from these records on along other references."""
        return attrs.evolve(self, onward=onward)

    def list_other_reads(self, classes: Iterable[Any]) -> Iterator[Read]:  # noqa: ARG002
        """The reference, the fields, and what is read from there on."""
        yield from _iterate_known_fields((self.cls,), (*_list_first_fields((self.path,)), *self.fields))
        yield from _iterate_onward_reads(self.onward, (self.cls,))


@attrs.frozen
class RelatedFields(Look):
    """Fields of the records of a class: of those that share a key with the rule's own, or with each other.

    `by` are the fields that hold the key there, and `of` those that hold it in the rule's own record. Without `by` any
    of them may matter to any other. `keys` gives the keys of many records where they are made of several fields: only
    where two records have one, their fields are read. Of a rule on the whole register, `sharing` gives the keys by
    which it compares records: what it finds on one follows from those that share one with it. Where it looks for
    circles, `climbing` is the one field that leads upwards: what it finds follows from the circle alone.
    """

    cls: Any
    fields: tuple[str, ...]
    by: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    keys: Keys | None = attrs.field(default=None, repr=False)
    onward: tuple[ReferencedFields | NamingFields, ...] = ()
    sharing: SharedKeys | None = attrs.field(default=None, repr=False)
    climbing: str | None = None

    def then(self, *onward: ReferencedFields | NamingFields) -> RelatedFields:
        """This look, and from these records on along references."""
        return attrs.evolve(self, onward=onward)

    def list_own_reads(self, classes: Iterable[Any]) -> Iterator[Read]:
        """The fields that hold the key."""
        return _iterate_known_fields(classes, _list_first_fields(self.of))

    def list_other_reads(self, classes: Iterable[Any]) -> Iterator[Read]:  # noqa: ARG002
        """The key and the fields, and what is read from there on."""
        yield from _iterate_known_fields((self.cls,), (*self.by, *self.fields))
        yield from _iterate_onward_reads(self.onward, (self.cls,))


class References(Look):
    """References wherever they stand: who keeps less than whole records sees to them in its own way."""

    __eq__, __hash__, __repr__ = (
        object.__eq__,
        object.__hash__,
        object.__repr__,
    )  # each of the three is like itself alone


REFERENCES = References()
"""Every id that a record names, and whether it leads to a record."""

NAMING = References()
"""Whether any record names this one."""

REDIRECTS = References()
"""The redirects of the register."""


def own_fields(*fields: str, on: tuple[Any, ...] = (), given: Given | None = None) -> OwnFields:
    """Fields of the rule's own record; for a rule on several classes, of those `on`."""
    return OwnFields(fields, on, given)


def referenced_fields(path: str, *fields: str) -> ReferencedFields:
    """The fields of the record that a reference (such as `event_id` or `links_to.event_id`) leads to."""
    return ReferencedFields(path, fields)


def naming_fields(cls: Any, path: str, *fields: str) -> NamingFields:
    """The fields of the records of a class that name the record by the reference at a path."""
    return NamingFields(cls, path, fields)


def related_fields(  # noqa: PLR0913
    cls: Any,
    *fields: str,
    by: tuple[str, ...] = (),
    of: tuple[str, ...] = (),
    keys: Keys | None = None,
    sharing: SharedKeys | None = None,
    climbing: str | None = None,
) -> RelatedFields:
    """The fields of the records of a class that are found by a key."""
    return RelatedFields(cls, fields, by, of, keys, sharing=sharing, climbing=climbing)


def list_values_at(held: Any, path: str) -> Iterator[Any]:
    """Every value at a path such as `event_id` or `links_to.event_id` within an object."""
    name, _, rest = path.partition(".")
    value = getattr(held, name)
    for one in value if type(value) is tuple else () if value is None else (value,):
        if rest:
            yield from list_values_at(one, rest)
        else:
            yield one


def _iterate_known_fields(classes: Iterable[Any], fields: Iterable[str]) -> Iterator[Read]:
    wanted = tuple(fields)
    for cls in classes:
        known = attrs.fields_dict(cls)
        yield from ((cls, field) for field in wanted if field in known)


def _list_first_fields(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(path.partition(".")[0] for path in paths)


def _iterate_onward_reads(looks: Iterable[Look], classes: Iterable[Any]) -> Iterator[Read]:
    for look in looks:
        yield from look.list_own_reads(classes)
        yield from look.list_other_reads(classes)


def _find_target_classes(cls: Any, path: str) -> tuple[Any, ...]:
    """The classes of records that the ids at the end of a path within a class may name."""
    kind = cls
    for name in path.split("."):
        kind = next(shape.type for shape in fields_of(kind) if shape.name == name)
    return tuple(COLLECTIONS[name] for name in REFERENTS[kind])
