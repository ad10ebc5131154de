"""The body that an organization is a part of: a list gives its name, and a record its id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import attrs

from untoc_network.formats.sheets.member import Member
from untoc_network.model.register import Register
from untoc_network.reference.names import folded

__all__ = ["find_parents"]


def find_parents(members: Iterable[Member], existing: Register) -> None:
    """Put an id in the place of each name of a parent; a name that is not that of one organization goes to the notes.

    Names are those of the list and of the register, and acronyms too; what is found is told as a guess.
    """
    members = tuple(members)
    naming = [member for member in members if member.given("parent")]
    if not naming:
        return
    known = _ids_by_name(members, existing)
    for member in naming:
        (given,) = member.given("parent")
        found = known.get(folded(given.value), set())
        if len(found) == 1 and found != {member.id}:
            (parent,) = found
            member.values["parent"] = [attrs.evolve(given, value=parent)]
            member.guess(given.cell, "organization", id=parent)
        else:
            member.refuse(given, "one-organization", "write-name-of-row")


def _ids_by_name(members: Iterable[Member], existing: Register) -> Mapping[str, set[str]]:
    known = defaultdict[str, set[str]](set)
    for member in members:
        names = (*(name for _, name in member.wordings()), *member.all("acronym"))
        for name in names:
            known[folded(name)].add(member.id)
    for organization in existing.organizations:
        names = (*organization.name.values(), *(alias.name for alias in organization.aliases))
        for name in names:
            known[folded(name)].add(organization.id)
    return known
