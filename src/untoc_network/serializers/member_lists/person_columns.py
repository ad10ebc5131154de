"""Which columns are of which contact person, and which ways to reach somebody are theirs, by where they stand.

In doubt a column is a person's: what is taken for a body's may be shown.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from untoc_network.serializers.member_lists.cell_content import CellSort, share_named_in
from untoc_network.serializers.member_lists.column_draft import NAME_PARTS, ColumnDraft
from untoc_network.serializers.member_lists.header_words import Owner
from untoc_network.serializers.member_lists.list_kind import BODY_NAMES, PERSON_NAMES
from untoc_network.serializers.member_lists.name_columns import drop_other_persons

__all__ = [
    "ANYBODY",
    "FIELDS_OF_PERSONS",
    "drop_papers_of_persons",
    "drop_reach_of_others",
    "move_to_persons",
    "number_persons",
]

ANYBODY = (None, Owner.ANYBODY)
FIELDS_OF_PERSONS = {
    **dict.fromkeys(BODY_NAMES, "person.name"),
    "email": "person.email",
    "phone": "person.phone",
    "messaging": "person.phone",
    "member.role": "person.post",
}
"""The fields of a person, for those that a header says without an owner."""


def number_persons(drafts: Sequence[ColumnDraft], *, are_persons: bool) -> None:
    """Which contact person a column is of: by its number, or by the role that its header names."""
    named = [draft for draft in drafts if draft.field in PERSON_NAMES]
    roles = sorted(dict.fromkeys(map(_role_of, named)), key=lambda role: role[1])
    if are_persons:
        drop_other_persons(named)
    if are_persons or len(roles) < 2:
        return
    numbers = {number for _, number in roles}
    for draft in drafts:
        role, number = _role_of(draft)
        if not draft.field or not (draft.field.startswith("person.") or (number > 1 and number in numbers)):
            continue
        draft.person = min(_find_role(roles, role, number) + 1, 9)
        if draft.person > 1:
            draft.field = FIELDS_OF_PERSONS.get(draft.field, draft.field)


def _role_of(draft: ColumnDraft) -> tuple[frozenset[str], int]:
    return frozenset(draft.meaning.role.split()), draft.meaning.number or 1


def _find_role(roles: Sequence[tuple[frozenset[str], int]], role: frozenset[str], number: int) -> int:
    """Which of the persons: of the same role and number, of that number, of a role with its words; else the first."""
    if (role, number) in roles:
        return roles.index((role, number))
    same = [at for at, (_, other) in enumerate(roles) if other == number]
    alike = [at for at, (words, _) in enumerate(roles) if role & words]
    return same[0] if number > 1 and same else alike[0] if len(alike) == 1 else 0


def drop_papers_of_persons(drafts: Sequence[ColumnDraft]) -> None:
    """A number of identification right behind a person, where the body has another one, is in that person's papers."""
    of_bodies = [draft for draft in drafts if draft.field == "identifier"]
    for before, draft in itertools.pairwise(drafts):
        is_behind = (before.field or "").startswith("person.") and draft.meaning.field == "identifier"
        if is_behind and draft.field and draft is not of_bodies[0]:
            draft.put_in_doubt("whose-number")


def drop_reach_of_others(drafts: Sequence[ColumnDraft]) -> None:
    """In a list of persons, the address of a manager or a representative is that of somebody else."""
    if not any(draft.field in PERSON_NAMES and not draft.has_owner(Owner.PERSON) for draft in drafts):
        return
    for draft in drafts:
        is_others = draft.has_owner(Owner.PERSON) and not _OF_CONTACTS.search(draft.meaning.role)
        if is_others and draft.field in ("person.email", "person.phone"):
            draft.put_in_doubt("whose")


_OF_CONTACTS = re.compile(r"conta(?:c?to?)|poc\b|focal")


# -- ways to reach somebody --------------------------------------------------------------------------------------------

_REACHED = ("email", "phone", "messaging")
_LINKS = ("website", "social")
_PRIVATE = ("private", "of_served", "of_both_private")
_NAMED_IN = 0.3
"""The share of rows in which an address has the person's name in it, from which a column is of persons."""


def move_to_persons(drafts: Sequence[ColumnDraft], cells: Mapping[int, Mapping[int, str]]) -> None:
    """Addresses with names of persons of their rows in them are those of the persons.

    So are addresses and telephones right behind a person, unless they are of an office, and whose the pages in social
    media are there is not known: in doubt they are not shown.
    """
    names: dict[int, list[str]] = {}
    for draft in drafts:
        if draft.field in ("person.name", *NAME_PARTS):
            for row, text in cells.get(draft.number, {}).items():
                names.setdefault(row, []).append(text)
    for draft in drafts:
        if draft.field == "email" and share_named_in(cells.get(draft.number, {}), names) > _NAMED_IN:
            draft.field, draft.reason = "person.email", "names-in-addresses"
    for before, draft in itertools.pairwise(drafts):
        if before.field in (*PERSON_NAMES, "person.post") and draft.field == "social" and draft.has_owner(*ANYBODY):
            draft.put_in_doubt("whose")
    for draft in _list_columns_behind_persons(drafts):
        if draft.field in FIELDS_OF_PERSONS:
            draft.field, draft.reason = FIELDS_OF_PERSONS[draft.field], "behind-person"


def _list_columns_behind_persons(drafts: Sequence[ColumnDraft]) -> Iterator[ColumnDraft]:
    """The columns of persons, and those with ways to reach somebody right behind them that are of no office."""
    behind = False
    for draft in drafts:
        if draft.field is None and (draft.doubt or draft.meaning.nothing in _PRIVATE or not draft.says_anything):
            continue  # what nobody knows says nothing of the columns behind it
        if draft.field is None and draft.has_owner(Owner.PERSON):
            continue
        if behind and draft.field in _LINKS:
            continue  # the number behind the website may still be theirs: in doubt it is not shown
        is_theirs = (draft.field or "").startswith("person.")
        is_reached = draft.meaning.field in _REACHED and draft.has_owner(*ANYBODY)
        may_be_theirs = draft.field in _REACHED and not _is_of_office(draft)
        behind = (is_theirs and (behind or not is_reached)) or (behind and may_be_theirs)
        if behind:
            yield draft


def _is_of_office(draft: ColumnDraft) -> bool:
    """Whether a way to reach somebody is that of the body: its header says so, or its addresses are mailboxes."""
    says_body = draft.has_owner(Owner.BODY, Owner.OFFICE) or str(draft.meaning.field).startswith("body.")
    return says_body or draft.is_mostly(CellSort.MAILBOX, share=0.3)
