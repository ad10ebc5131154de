"""Which columns name the bodies and the persons of a list: of several the best one, and one where none is called so.

A list is not refused for what its headers are called: where there is a column that can be names, it is taken for them,
and in doubt for those of persons.
"""

from __future__ import annotations

from collections.abc import Sequence

from untoc_network.serializers.member_lists.cell_content import CellSort
from untoc_network.serializers.member_lists.column_draft import NAME_PARTS, ColumnDraft, fits_field
from untoc_network.serializers.member_lists.column_mapping import fold_header
from untoc_network.serializers.member_lists.header_words import Owner
from untoc_network.serializers.member_lists.list_kind import BODY_NAMES, PERSON_NAMES

__all__ = ["choose_name", "drop_other_persons", "find_affiliation", "find_any_name", "is_bare_title", "may_hold_names"]


def drop_other_persons(named: Sequence[ColumnDraft]) -> None:
    """In a list of persons, one who stands for them is another person, whose name is no part of theirs."""
    own = {draft.field for draft in named if not draft.has_owner(Owner.PERSON)}
    is_whole = "person.name" in own or own.issuperset(NAME_PARTS)
    for draft in named:
        if draft.has_owner(Owner.PERSON) and (is_whole or draft.field in own):
            draft.put_in_doubt("another-column")


def choose_name(drafts: Sequence[ColumnDraft]) -> None:
    """One column names the body: that which says so in most words, then the one with the most different cells."""
    found = [draft for draft in drafts if draft.field == "name"]
    used = [draft for draft in found if draft.meaning.field != "legal.name"]
    half = [one for one in drafts if not one.meaning.is_whole and one.meaning.field == "name" and one.content.number]
    if found and not used and half and half[0].is_mostly(CellSort.BODY, share=0.3):
        half[0].field, half[0].reason = "name", "half-known"
        used = half[:1]
    best = max(used or found, key=_rank_name, default=None)
    for draft in found:
        if best is None or fold_header(draft.header) == fold_header(best.header):
            continue
        if used and draft.meaning.field == "legal.name":
            draft.field = "alias"
        else:
            draft.put_in_doubt("another-column")


def _rank_name(draft: ColumnDraft) -> tuple[bool, bool, bool, float, float, int]:
    """The better name of a body: a header that says name, and whose; names of bodies, different ones, the first."""
    meaning, content = draft.meaning, draft.content
    is_named = meaning.field == "body.name" or (meaning.says_field and meaning.owner is Owner.BODY)
    is_other = meaning.owner is not Owner.ANYBODY or meaning.says_field
    are_different = content.distinct >= _DIFFERENT
    return is_named, is_other, are_different, content.share(CellSort.BODY), content.distinct, -draft.number


# -- where no column is called a name ----------------------------------------------------------------------------------


def find_any_name(drafts: Sequence[ColumnDraft], *, are_persons: bool) -> bool:
    """Take the likeliest column for the name, where none is called so; whether it is the name of a person.

    That is one with a name and a word more, one whose cells are names, one with an unknown header, and at last one of
    what is nobody else's business, where its cells are names of persons.
    """
    persons = any(draft.field in PERSON_NAMES for draft in drafts)
    if any(draft.field in BODY_NAMES for draft in drafts) or (persons and are_persons):
        return False
    free = [draft for draft in drafts if draft.field is None and draft.meaning.nothing not in _PRIVATE]
    half = [draft for draft in free if draft.meaning.field in BODY_NAMES]
    sorts = (CellSort.BODY,) if persons else (CellSort.BODY, *_PERSONS)
    held = [draft for draft in free if draft.content.number > 1 and draft.is_mostly(*sorts, share=0.4)]
    is_list = any(draft.field is not None for draft in drafts)
    unknown = [draft for draft in free if is_list and not draft.says_anything and may_hold_names(draft)]
    unknown = [draft for draft in unknown if not draft.meaning.says_other]
    unknown.sort(key=lambda draft: not draft.has_owner(Owner.BODY))
    private = [draft for draft in drafts if draft.field is None and not persons and draft.is_mostly(*_PERSONS)]
    for draft in [*half, *held, *unknown, *private][:1]:
        is_person = not persons and (are_persons or draft.is_mostly(*_PERSONS, share=0.5))
        draft.field, draft.doubt = "person.name" if is_person else "name", None
        draft.reason = "cells" if draft in (*held, *private) else "half-known"
        return is_person
    return False


_PERSONS = (CellSort.PERSON, CellSort.GIVEN_NAME)
_PRIVATE = ("private", "of_served", "of_both_private")


def find_affiliation(drafts: Sequence[ColumnDraft], *, are_persons: bool) -> None:
    """In a list of persons, the organization is named by a column that is called so with a word more, and is one."""
    if not are_persons or any(draft.field in BODY_NAMES for draft in drafts):
        return
    for draft in drafts:
        is_half_known = draft.field is None and not draft.says_anything and draft.has_owner(Owner.BODY)
        if is_half_known and draft.is_mostly(CellSort.BODY, share=0.3):
            draft.field, draft.reason = "name", "half-known"
            return


_DIFFERENT = 0.8
"""How many different cells there are, among one, in a column of names."""


def may_hold_names(draft: ColumnDraft) -> bool:
    """Whether the cells are different words, and nothing that is no name; a column without cells may hold anything."""
    content = draft.content
    return not content.number or (content.distinct >= _DIFFERENT and isinstance(fits_field(draft, "name"), bool))


_BARE_TITLES = ("title", "titulo", "titre")


def is_bare_title(header: str) -> bool:
    """Whether a header says title and nothing more: a post, how a person is addressed, or what an entry is called."""
    return fold_header(header) in _BARE_TITLES
