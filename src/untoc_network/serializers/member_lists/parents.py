"""The body that an organization is a part of: a list gives its name, and a record its id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import attrs

from untoc_network.model.register import Register
from untoc_network.serializers.member_lists.cells import Cell
from untoc_network.serializers.member_lists.member import Member
from untoc_network.text.folding import fold

__all__ = ["find_parents"]


def find_parents(members: Iterable[Member], existing: Register) -> tuple[tuple[Member, Cell, str], ...]:
    """Put an id in the place of each name of a parent; a name that is not that of one organization goes to the notes.

    Names are those of the list, or else of the register, and acronyms too. What is found is to be told as a guess: the
    members, with the cell that names their parent and its id.
    """
    members = tuple(members)
    naming = [member for member in members if member.values_of("parent")]
    if not naming:
        return ()
    listed, held = _index_members(members), _index_register(existing)
    guesses = []
    for member in naming:
        (given,) = member.values_of("parent")
        name = fold(given.value)
        found = listed.get(name) or held.get(name, set())
        if len(found) == 1 and found != {member.id}:
            (parent,) = found
            member.values["parent"] = [attrs.evolve(given, value=parent)]
            guesses.append((member, given.cell, parent))
        else:
            member.move_to_notes(given, "one-organization", "write-name-of-row")
    return tuple(guesses)


def _index_members(members: Iterable[Member]) -> Mapping[str, set[str]]:
    known = defaultdict[str, set[str]](set)
    for member in members:
        names = (*(name for _, name in member.names_by_language()), *member.all_values("acronym"))
        for name in names:
            known[fold(name)].add(member.id)
    return known


def _index_register(existing: Register) -> Mapping[str, set[str]]:
    known = defaultdict[str, set[str]](set)
    for organization in existing.organizations:
        names = (*organization.name.values(), *(alias.name for alias in organization.aliases))
        for name in names:
            known[fold(name)].add(organization.id)
    return known
