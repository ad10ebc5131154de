"""Whom the rows of a list are about: bodies or persons, as far as headers and cells tell it.

A person is never to be taken for a body, so where nothing tells, a list of names with addresses is one of persons.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

import attrs

from untoc_network.serializers.member_lists.cell_content import CellSort, ColumnContent, share_named_in
from untoc_network.serializers.member_lists.column_draft import NAME_PARTS, ColumnDraft
from untoc_network.serializers.member_lists.column_mapping import fold_header
from untoc_network.serializers.member_lists.header_words import (
    HeaderMeaning,
    Owner,
    is_interest,
    names_crowd,
    names_state,
    read_header,
)
from untoc_network.serializers.member_lists.list_kind import BODY_NAMES, PERSON_NAMES, ListKind
from untoc_network.serializers.member_lists.name_columns import is_bare_title, may_hold_names

__all__ = ["choose_kind_of_rows", "is_general_contact", "settle_names", "tell_whether_persons"]

_OF_BODIES = {
    *("acronym", "former_name", "kind", "flags", "founded", "dissolved", "parent", "at_risk", "tools"),
    *("body.identifier", "body.email", "body.phone", "countries", "regions"),
    "legal.name",
}
"""Fields that tell, where nothing else does, that the rows are about bodies."""
_SURELY_OF_BODIES = {"acronym", "former_name", "dissolved", "body.identifier", "body.email", "body.phone", "legal.name"}
_RATHER_OF_BODIES = {"website", "themes"}
_PLACES = {"address", "city", "post", "social"}
"""Of bodies, where neither a sign nor a cell tells; without them, beside columns of no field, names are of persons."""
_BODIES = (False, "cells-bodies")
_ONE_WORD = 0.5
"""The share of names that are one word, and no given name, from which they are those of bodies."""
_PRIVATE = {"private", "of_served", "of_both_private"}
_SURELY_OF_EVENTS = {"event", "attendance"}
_OF_EVENTS = {*_SURELY_OF_EVENTS, "of_both_event"}
_REACHED = {"email", "phone", "messaging"}
_OF_BODIES_ALONE = (Owner.BODY, Owner.OFFICE)


def settle_names(drafts: Sequence[ColumnDraft], cells: Mapping[int, Mapping[int, str]]) -> None:
    """See which columns that are called names hold names of persons, of bodies, in parts, or something else."""
    _settle_parts_by_cells(drafts, cells)
    _settle_crowds(drafts)
    _settle_states(drafts)
    for draft in drafts:
        _settle_contacts(draft)
        if (
            draft.meaning.field == "person.name"
            and draft.meaning.owner is None
            and draft.is_mostly(CellSort.BODY, share=0.5)
        ):
            draft.meaning = attrs.evolve(draft.meaning, field="name")
    _settle_whole_names(drafts)
    _settle_title(drafts)
    _join_parts_of_names(drafts)
    _settle_persons_beside_bodies(drafts)


def _settle_persons_beside_bodies(drafts: Sequence[ColumnDraft]) -> None:
    """Names of persons under an unknown header, beside those of bodies, where no other column names a person."""
    if any(draft.is_person_name for draft in drafts) or not any(draft.is_body_name for draft in drafts):
        return
    for draft in drafts:
        if not draft.says_anything and draft.is_mostly(CellSort.PERSON, share=_HALF):
            draft.meaning, draft.reason = HeaderMeaning(field="name", owner=Owner.PERSON), "cells"
            return


def _settle_title(drafts: Sequence[ColumnDraft]) -> None:
    """Where nothing is called a name, the bare title of an entry is one, unless it can only be a post."""
    if any(draft.meaning.field in _ANY_NAMES for draft in drafts):
        return
    for draft in drafts:
        if is_bare_title(draft.header) and may_hold_names(draft) and not draft.is_mostly(CellSort.TITLE):
            draft.meaning, draft.reason = attrs.evolve(draft.meaning, field="name"), "half-known"


_OWN_NAMES = ("body.name", "legal.name")


def _settle_whole_names(drafts: Sequence[ColumnDraft]) -> None:
    """A full name where nobody else is named, beside an acronym or the number of a body, is that body's."""
    named = [draft for draft in drafts if draft.meaning.is_whole and draft.meaning.field in _ANY_NAMES]
    said = {draft.meaning.field for draft in drafts if draft.meaning.is_whole}
    is_of_person = any(map(_is_of_persons_alone, drafts)) or any(map(_is_surely_of_event, drafts))
    for draft in named if len(named) == 1 and _SURELY_OF_BODIES & said and not is_of_person else ():
        is_plain = draft.meaning.field == "person.name" and draft.meaning.owner is None
        if is_plain and not draft.is_mostly(CellSort.PERSON, CellSort.GIVEN_NAME, share=_SOME):
            draft.meaning = attrs.evolve(draft.meaning, field="name")


def _settle_parts_by_cells(drafts: Sequence[ColumnDraft], cells: Mapping[int, Mapping[int, str]]) -> None:
    """Under unknown headers, given names and what beside them stands in the addresses too are parts of names."""
    addresses = [cells.get(draft.number, {}) for draft in drafts if draft.is_mostly(CellSort.EMAIL)]
    if not addresses or any(draft.meaning.field in _ANY_NAMES for draft in drafts):
        return
    for pair in itertools.pairwise(drafts):
        for given, family in (pair, pair[::-1]):
            are_unknown = not given.says_anything and not family.says_anything
            if not are_unknown or not given.is_mostly(CellSort.GIVEN_NAME) or family.is_mostly(CellSort.GIVEN_NAME):
                continue
            names = {row: [text] for row, text in cells.get(family.number, {}).items()}
            if share_named_in(addresses[0], names) >= _IN_ADDRESSES:
                for draft, field in ((given, "person.given_name"), (family, "person.family_name")):
                    draft.meaning, draft.reason = HeaderMeaning(field=field), "cells"
                return


_IN_ADDRESSES = 0.5
"""The share of rows in whose address the family name stands, from which it is seen to be one."""


def _settle_crowds(drafts: Sequence[ColumnDraft]) -> None:
    """Members and volunteers, beside the name of somebody else, are how many there are, or which ones."""
    crowds = [draft for draft in drafts if not draft.meaning.says_field and names_crowd(draft.header)]
    others = [draft for draft in drafts if draft.meaning.field in _ANY_NAMES and draft not in crowds]
    for draft in crowds if any(draft.meaning.is_whole for draft in others) else ():
        draft.meaning = HeaderMeaning(nothing="general")


def _settle_states(drafts: Sequence[ColumnDraft]) -> None:
    """Beside a town and another name, the word for a body that is one for a federal state too is that."""
    states = [draft for draft in drafts if names_state(draft.header)]
    has_town = any(draft.meaning.is_whole and draft.meaning.field == "city" for draft in drafts)
    has_name = any(draft.meaning.field in _ANY_NAMES and draft not in states for draft in drafts)
    for draft in states if has_town and has_name else ():
        draft.meaning = HeaderMeaning(field="address")


_ANY_NAMES = (*BODY_NAMES, *PERSON_NAMES, *_OWN_NAMES)


_GENERAL_CONTACTS = ("contact", "contacto", "contato", "contactos")


def is_general_contact(draft: ColumnDraft) -> bool:
    """Whether a column is only called contact: the name of somebody, or a way to reach somebody."""
    meaning = draft.meaning
    return meaning.role in _GENERAL_CONTACTS and not meaning.says_field and draft.field == "person.name"


def _settle_contacts(draft: ColumnDraft) -> None:
    """A column that is only called contact holds names, or addresses and numbers."""
    meaning = draft.meaning
    if meaning.field == "name" and meaning.owner is Owner.PERSON and meaning.is_whole:
        sorts = ((CellSort.EMAIL, "email"), (CellSort.LINK, "website"), (CellSort.PHONE, "phone"))
        found = next((field for sort, field in sorts if draft.is_mostly(sort)), None)
        if found is not None:
            owner = None if meaning.role in _GENERAL_CONTACTS else meaning.owner
            draft.meaning, draft.reason = attrs.evolve(meaning, field=found, owner=owner), "both"


_PARTS = {"first": "person.given_name", "last": "person.family_name"}


def _settle_first_and_last(drafts: Sequence[ColumnDraft]) -> None:
    """Columns called first and last, of the same owner, are parts of names; each alone may be anything."""
    pairs: dict[str, dict[str, ColumnDraft]] = {}
    for draft in drafts:
        whose, _, part = f" {fold_header(draft.header)}".rpartition(" ")
        if part in _PARTS:
            pairs.setdefault(whose, {})[part] = draft
    for whose, pair in pairs.items():
        for part, draft in pair.items() if len(pair) == len(_PARTS) else ():
            draft.meaning = attrs.evolve(read_header(whose), field=_PARTS[part], nothing=None, is_whole=True)


def _join_parts_of_names(drafts: Sequence[ColumnDraft]) -> None:
    """A name beside a family name is a given name, and one beside a given name is a family name."""
    _settle_first_and_last(drafts)
    in_parts = [draft for draft in drafts if draft.meaning.is_whole and draft.meaning.field in NAME_PARTS]
    for owner in {draft.meaning.owner for draft in in_parts}:
        parts = {draft.meaning.field for draft in in_parts if draft.meaning.owner == owner}
        owners = (None, Owner.ANYBODY, Owner.PARTICIPANT) if owner is None else (owner,)
        plain = [
            one for one in drafts if one.meaning.is_whole and one.meaning.field == "name" and one.has_owner(*owners)
        ]
        if len(parts) == 1 and plain:
            (other,) = {*NAME_PARTS} - parts
            plain[0].meaning, plain[0].reason = attrs.evolve(plain[0].meaning, field=other), "parts-of-names"


def tell_whether_persons(drafts: Sequence[ColumnDraft]) -> tuple[bool, str]:
    """Whether the rows are about persons, and why: a key of the phrases of IM020."""
    plain = [one for one in drafts if one.is_plain_name]
    bodies = [one for one in drafts if one.is_body_name and one.meaning.field != "legal.name"]
    contacts = [one for one in drafts if one.is_person_name and one.has_owner(Owner.PERSON)]
    own = [one for one in drafts if one.is_person_name and not one.has_owner(Owner.PERSON)]
    in_parts = [one for one in own if one.meaning.field in NAME_PARTS or one.has_owner(Owner.PARTICIPANT)]
    if in_parts or (own and (plain or not contacts or not bodies)):
        return True, "person-names"
    named = [one for one in drafts if one.is_body_name]
    if not plain and named:
        is_first = bool(contacts) and contacts[0].meaning.number is None and contacts[0].number < named[0].number
        of_event = any(map(_is_surely_of_event, drafts)) and any(map(_reaches_anybody, drafts))
        signs: Iterable[tuple[object, tuple[bool, str]]] = (
            (_tell_of_bodies(drafts), (False, "bodies")),
            (of_event, (True, "event")),
            (not contacts and any(map(_is_of_persons_alone, drafts)), (True, "private")),
            (
                not contacts and any(map(_is_described, drafts)) and any(map(_reaches_anybody, drafts)),
                (True, "private"),
            ),
            (is_first, (True, "person-names")),
        )
        return next((told for sign, told in signs if sign), (False, "bodies"))
    likely = plain or _find_likely_names(drafts)
    if contacts and not likely:
        return True, "person-names"
    return _tell_by_signs(drafts, likely, bodies, contacts)


def _is_of_persons_alone(draft: ColumnDraft) -> bool:
    """Whether a column holds what only a person has: a post, a gender, a birthday."""
    meaning = draft.meaning
    is_post = meaning.field in ("person.post", "person.gender") and not is_bare_title(draft.header)
    is_private = meaning.nothing == "private" and not draft.has_owner(Owner.PERSON)
    return meaning.is_whole and (is_post or is_private)


def _is_described(draft: ColumnDraft) -> bool:
    """Whether a column holds what a person has, or those whom a body serves."""
    meaning = draft.meaning
    return meaning.is_whole and meaning.nothing in _PRIVATE and not draft.has_owner(Owner.PERSON)


def _is_surely_of_event(draft: ColumnDraft) -> bool:
    return draft.meaning.is_whole and draft.meaning.nothing in _SURELY_OF_EVENTS


def _reaches_anybody(draft: ColumnDraft) -> bool:
    """Whether it is an address or a number, and not said to be that of a body."""
    return draft.meaning.is_whole and draft.meaning.field in _REACHED and not draft.has_owner(*_OF_BODIES_ALONE)


def _tell_of_bodies(drafts: Sequence[ColumnDraft]) -> bool:
    """Whether some column is one that only a list of bodies has."""
    return any(one.meaning.is_whole and one.meaning.field in _OF_BODIES for one in drafts)


def _find_likely_names(drafts: Sequence[ColumnDraft]) -> list[ColumnDraft]:
    """Where no header is that of a name: those with a name and a word more, else those whose cells are names."""
    half = [one for one in drafts if not one.meaning.is_whole and one.meaning.field in BODY_NAMES]
    unknown = [one for one in drafts if one.meaning.field is None and one.meaning.nothing is None]
    persons = [one for one in unknown if one.is_mostly(CellSort.PERSON, CellSort.GIVEN_NAME, share=_SOME)]
    return half or persons or [one for one in unknown if one.is_mostly(CellSort.BODY, share=_HALF)]


def _tell_by_signs(
    drafts: Sequence[ColumnDraft],
    plain: Sequence[ColumnDraft],
    bodies: Sequence[ColumnDraft],
    contacts: Sequence[ColumnDraft],
) -> tuple[bool, str]:
    """Whether a column that is only called name is of persons: the first sign that there is tells."""
    known = [one for one in drafts if one.meaning.is_whole]
    said = {one.meaning.nothing for one in known if not one.has_owner(Owner.PERSON)}
    fields = {one.meaning.field for one in known}
    rather = [one for one in known if one.meaning.field in _RATHER_OF_BODIES and not is_interest(one.header)]
    emails = [one for one in known if one.meaning.field == "email"]
    signs: Iterable[tuple[object, tuple[bool, str]]] = (
        (any(_holds_persons(one.content) for one in plain), (True, "cells-persons")),
        (any(one.is_mostly(CellSort.BODY, share=0.5) for one in plain), _BODIES),
        (any(itertools.starmap(_is_numbered_name, itertools.pairwise(drafts))), (False, "bodies")),
        (bodies, (True, "affiliation")),
        (any(one.is_mostly(CellSort.BODY, share=0.3) or one.content.one_word > _ONE_WORD for one in plain), _BODIES),
        (contacts, (False, "contacts-beside")),
        (_OF_EVENTS & said, (True, "event")),
        ("private" in said or "person.gender" in fields or any(map(_holds_papers, drafts)), (True, "private")),
        (_SURELY_OF_BODIES & fields, (False, "bodies")),
        ("of_served" in said, (True, "private")),
        (_tell_of_bodies(drafts) or any(map(_is_of_body, known)), (False, "bodies")),
        ({"person.post", "member.role"} & fields, (True, "posts")),
        ("of_both_private" in said, (True, "private")),
        (any(one.is_mostly(CellSort.MAILBOX, share=0.5) for one in emails), (False, "mailboxes")),
        (rather or "of_bodies" in said, (False, "bodies")),
        (_REACHED & fields, (True, "unsure")),
    )
    is_more_said = any(one.meaning.field is None for one in drafts) and not any(one.content.number for one in drafts)
    is_open = is_more_said and not _PLACES & fields
    return next((told for sign, told in signs if sign), (is_open, "no-sign"))


def _is_numbered_name(one: ColumnDraft, other: ColumnDraft) -> bool:
    """Whether of two columns beside each other one is a plain name, the other the number of a body."""
    return any(
        name.is_plain_name and number.meaning.is_whole and number.meaning.field == "body.identifier"
        for name, number in ((one, other), (other, one))
    )


def _is_of_body(draft: ColumnDraft) -> bool:
    return draft.has_owner(Owner.BODY) and not draft.meaning.says_other


def _holds_papers(draft: ColumnDraft) -> bool:
    return draft.is_mostly(CellSort.PAPERS, CellSort.TITLE)


def _holds_persons(content: ColumnContent) -> bool:
    """Whether names are those of persons: half of them surely, or some and hardly any of bodies."""
    persons = content.share(CellSort.PERSON, CellSort.GIVEN_NAME)
    bodies = max(content.share(CellSort.BODY), content.one_word)
    return persons >= _HALF or (persons >= _SOME and persons > 2 * bodies)


_HALF, _SOME = 0.5, 0.2


def choose_kind_of_rows(drafts: Sequence[ColumnDraft], reason: str, *, are_persons: bool) -> tuple[ListKind, str]:
    """What the list is of, and why: a key of the phrases of IM020.

    Whether organizations have several rows is seen in the rows: two of one name may be two bodies.
    """
    if not are_persons:
        return ListKind.ORGANIZATIONS, reason
    named = [draft for draft in drafts if draft.field == "name"]
    if any(draft.meaning.nothing in _OF_EVENTS and draft.meaning.number is None for draft in drafts):
        return ListKind.PARTICIPANTS, "event"
    own = [draft for draft in drafts if draft.field in _OF_ROWS_OF_BODIES]
    return (ListKind.CONTACTS, "body-columns") if named and own else (ListKind.PERSONS, reason)


_OF_ROWS_OF_BODIES = ("email", "phone", "address", "identifier", "city", "founded", "acronym")
