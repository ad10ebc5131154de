"""Which column is which field: what the headers and the cells say together.

First it is told whom the rows are about. Then each column goes to a field of that subject, or of the owner that its
header names. What the cells hold confirms a header, speaks for a column whose header says nothing, or contradicts. In
doubt the column stays in the notes, and a column of persons never becomes one of bodies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from untoc_network.serializers.member_lists.cell_content import CellSort, read_content
from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS
from untoc_network.serializers.member_lists.column_draft import (
    ColumnDraft,
    fits_field,
    tells_field,
)
from untoc_network.serializers.member_lists.column_mapping import ColumnTarget, fold_header, is_own_field
from untoc_network.serializers.member_lists.header_words import (
    UNKNOWN,
    HeaderMeaning,
    Owner,
    find_shared_prefix,
    find_shared_tag,
    is_general,
    is_hint,
    names_body_or_person,
    names_either,
    names_mobile,
    read_header,
)
from untoc_network.serializers.member_lists.list_kind import BODY_NAMES, PERSON_NAMES, ListKind
from untoc_network.serializers.member_lists.name_columns import (
    choose_name,
    find_affiliation,
    find_any_name,
    is_bare_title,
)
from untoc_network.serializers.member_lists.person_columns import (
    ANYBODY,
    FIELDS_OF_PERSONS,
    drop_papers_of_persons,
    drop_reach_of_others,
    move_to_persons,
    number_persons,
)
from untoc_network.serializers.member_lists.row_subject import (
    choose_kind_of_rows,
    is_general_contact,
    settle_names,
    tell_whether_persons,
)

__all__ = ["ColumnReading", "ListReading", "recognise_columns"]


@attrs.frozen(kw_only=True)
class ColumnReading:
    """What a column is taken for, and why.

    `target` is None where it stays in the notes. `reason` is a key of the phrases of IM017; `doubt` of those of IM019:
    why it is not read as `likely`, though its header or its cells would say so.
    """

    target: ColumnTarget | None = None
    reason: str = "header"
    doubt: str | None = None
    likely: str | None = None


@attrs.frozen(kw_only=True)
class ListReading:
    """What the columns of a list are, by their numbers, and what the list is of; `reason` is a key of IM020."""

    of: ListKind
    reason: str
    columns: Mapping[int, ColumnReading]


def recognise_columns(
    headers: Mapping[int, str],
    cells: Mapping[int, Mapping[int, str]],
    *,
    groups: Mapping[int, str] | None = None,
    of: ListKind | None = None,
    known: Mapping[int, ColumnTarget] | None = None,
) -> ListReading:
    """What each column is, by its header, the header of a group above it, and its cells by their rows.

    `known` are the columns whose headers somebody said the field of.
    """
    own = {
        number: ColumnReading(target=ColumnTarget(header)) for number, header in headers.items() if is_own_field(header)
    }
    others = {number: header for number, header in headers.items() if number not in own}
    drafts = _make_drafts(others, cells, groups or {})
    for draft in drafts:
        if said := (known or {}).get(draft.number):
            draft.meaning = HeaderMeaning(field=_SAID.get(said.field, said.field), number=said.person)
    settle_names(drafts, cells)
    are_persons, reason = tell_whether_persons(drafts) if of is None else (of in _OF_PERSONS_LISTS, "said")
    for draft in drafts:
        _give_field(draft, drafts, are_persons=are_persons)
    if are_persons and not any(draft.field in PERSON_NAMES for draft in drafts):
        _name_either(drafts)
    if are_persons:
        drop_reach_of_others(drafts)
    number_persons(drafts, are_persons=are_persons)
    drop_papers_of_persons(drafts)
    choose_name(drafts)
    for draft in drafts:
        _settle_status(draft, [*cells.get(draft.number, {}).values()], are_persons=are_persons)
        _confirm(draft, drafts, [*cells.get(draft.number, {}).values()])
    for draft in drafts:
        _read_cells(draft, drafts, are_persons=are_persons)
    move_to_persons(drafts, cells)
    are_persons |= find_any_name(drafts, are_persons=are_persons)
    find_affiliation(drafts, are_persons=are_persons)
    kind, reason = choose_kind_of_rows(drafts, reason, are_persons=are_persons) if of is None else (of, reason)
    return ListReading(of=kind, reason=reason, columns={**{draft.number: _finish(draft) for draft in drafts}, **own})


_SAID = {"name": "body.name"}
"""What a field is called among the meanings of headers."""
_OF_PERSONS_LISTS = (ListKind.PERSONS, ListKind.PARTICIPANTS)


def _make_drafts(
    headers: Mapping[int, str], cells: Mapping[int, Mapping[int, str]], groups: Mapping[int, str]
) -> list[ColumnDraft]:
    tag = find_shared_tag(headers.values())
    bare = {number: header.removesuffix(tag) for number, header in headers.items()}
    prefix = find_shared_prefix(bare.values())
    named = {groups[number] for number, header in bare.items() if number in groups and _says_name(header, prefix)}
    return [
        ColumnDraft(
            number=number,
            header=header,
            meaning=_with_group(read_header(header, prefix), groups.get(number), named),
            content=read_content([*cells.get(number, {}).values()]),
        )
        for number, header in bare.items()
    ]


def _says_name(header: str, prefix: str) -> bool:
    field = read_header(header, prefix).field
    return field in (*BODY_NAMES, *PERSON_NAMES)


def _with_group(meaning: HeaderMeaning, group: str | None, named: set[str]) -> HeaderMeaning:
    """A header below the header of a group is of the group's owner, unless it names its own.

    A group of contacts in which nobody is named is how to reach the body.
    """
    above = read_header(group) if group else UNKNOWN
    if not above.is_whole or above.owner in ANYBODY or meaning.owner not in ANYBODY:
        return meaning
    if above.owner is Owner.PERSON and group not in named:
        return meaning
    return attrs.evolve(meaning, owner=above.owner, role=above.role, number=meaning.number or above.number)


# -- what headers say ------------------------------------------------------------------------------------------------


def _give_field(draft: ColumnDraft, drafts: Sequence[ColumnDraft], *, are_persons: bool) -> None:
    """The field that the header says, of the subject of the rows or of the owner that is named."""
    meaning = draft.meaning
    if not meaning.is_whole or meaning.field is None:
        return
    draft.likely = meaning.field
    named = any(one.is_person_name for one in drafts)
    if meaning.field in ("person.post", "person.gender") and not are_persons and not named:
        return  # of nobody
    if meaning.field == "person.post" and _is_form_of_address(draft, drafts):
        return
    if meaning.field == "kind" and meaning.number:
        return  # `Organization 1 - Type`: of the entry in an address book
    if not named and not are_persons and meaning.owner is Owner.PERSON and meaning.field in _WHEREABOUTS:
        draft.field = meaning.field
        return
    owner = meaning.owner
    is_behind = any(one.is_person_name and one.number < draft.number for one in drafts)
    if is_behind and owner in ANYBODY and meaning.field in ("phone", "messaging") and names_mobile(draft.header):
        owner = Owner.PERSON
    draft.field = _resolve_field(meaning.field, owner, are_persons=are_persons)


def _name_either(drafts: Sequence[ColumnDraft]) -> None:
    """In a list of persons, the name of a person or of a body is a person's, where no other column names one."""
    either = [draft for draft in drafts if draft.field == "name" and names_either(draft.header)]
    for draft in either[:1]:
        draft.field = "person.name"


_WHEREABOUTS = ("address", "city", "country", "website", "social", "post")
"""What is the body's, though it is called the contact's, where nobody is named."""


def _is_form_of_address(draft: ColumnDraft, drafts: Sequence[ColumnDraft]) -> bool:
    """Whether a bare `title` is how a person is addressed: there is a `job title` too, or a name right behind it."""
    posts = [one for one in drafts if one.meaning.is_whole and one.meaning.field == "person.post"]
    others = [one for one in posts if one.meaning.number == draft.meaning.number]
    behind = next((one for one in drafts if one.number > draft.number), None)
    is_first = not any(one.is_person_name for one in drafts if one.number < draft.number)
    is_before_name = is_first and behind is not None and behind.is_person_name
    return is_bare_title(draft.header) and (len(others) > 1 or is_before_name or draft.is_mostly(CellSort.TITLE))


_PREFIXES = ("body.", "legal.")


def _resolve_field(field: str, owner: Owner | None, *, are_persons: bool) -> str | None:
    """The field of a mapping, for one that a header says; None where a person has no such field."""
    plain = field.partition(".")[2] if field.startswith(_PREFIXES) else field
    if field.startswith("person.") or (plain != field and not (are_persons and plain in _OF_PERSONS_IN_OFFICE)):
        return plain
    if owner in (Owner.HOME, Owner.WORK):
        return (
            FIELDS_OF_PERSONS[plain]
            if plain in _OF_PERSONS_IN_OFFICE
            else None
            if owner is Owner.HOME or are_persons
            else plain
        )
    if owner in (Owner.PERSON, Owner.PARTICIPANT) or (are_persons and owner is not Owner.BODY):
        if plain.startswith("consent."):
            return f"person.{plain}"
        return plain if plain.startswith("member.") and plain != "member.role" else FIELDS_OF_PERSONS.get(plain)
    return plain


_OF_PERSONS_IN_OFFICE = ("email", "phone")
"""What is a person's own in a list of persons, though it is called that of an office."""


# -- what cells say --------------------------------------------------------------------------------------------------


def _settle_status(draft: ColumnDraft, texts: Sequence[str], *, are_persons: bool) -> None:
    """What a column of a state or of attendance is, where its cells say so: `activa`, `baja 2024`; `yes`."""
    is_state = draft.meaning.nothing == "status" or fold_header(draft.header) == "estado"
    field = "attended" if draft.meaning.nothing == "attendance" else "member.status" if is_state else None
    if field and are_persons == (field == "attended") and _share_understood(texts, field) >= _FROM_CELLS:
        draft.field, draft.reason = field, "both"


_FROM_A_TABLE = {
    *("kind", "flags", "tools", "themes", "languages", "country", "countries", "regions", "member.class"),
    "member.role",
}
"""Fields whose values are of a table: where none of some cells is in it, the column is another one."""
_SOME_CELLS = 3


def _confirm(draft: ColumnDraft, drafts: Sequence[ColumnDraft], texts: Sequence[str]) -> None:
    """Whether the cells of a column can be what its header says."""
    if draft.field is None:
        return
    if not draft.content.number:
        if not any(one.content.number for one in drafts):
            _doubt_header(draft, drafts)
        return
    if draft.field == "country" and draft.meaning.role and not draft.is_mostly(CellSort.COUNTRY, share=0.2):
        draft.field, draft.reason = "city", "both"  # a seat may be a country or a town
    fits = fits_field(draft, draft.field)
    if draft.field == "identifier" and draft.is_mostly(CellSort.PAPERS, share=0.5):
        draft.put_in_doubt("whose-number")
    elif isinstance(fits, CellSort):
        draft.put_in_doubt(f"cells-{fits}")
    elif draft.field in _FROM_A_TABLE and len(texts) >= _SOME_CELLS and not _share_understood(texts, draft.field):
        draft.put_in_doubt("cells-none")
    elif fits and draft.reason == "header":
        draft.reason = "both"


def _doubt_header(draft: ColumnDraft, drafts: Sequence[ColumnDraft]) -> None:
    """Doubt a header that may mean something else, in a list that has no row yet.

    That is a word of several meanings, a seat of no sort of place, a contact where nobody else can be reached, and a
    general word beside a column that says the same in a word of its own.
    """
    field, meaning = str(draft.field), draft.meaning
    others = [one for one in drafts if one is not draft]
    is_seat = field == "country" and meaning.owner is Owner.BODY and not meaning.says_field
    is_contact = is_general_contact(draft) and not any(one.field in _REACHED for one in others)
    if is_seat or is_contact or is_hint(draft.header, field) or names_body_or_person(draft.header):
        draft.put_in_doubt("header-alone")
    elif is_general(draft.header, field) and any(
        one.field == field and not is_general(one.header, field) for one in others
    ):
        draft.put_in_doubt("another-column")


_REACHED = ("email", "phone", "messaging", "person.email", "person.phone")


def _share_understood(texts: Sequence[str], field: str) -> float:
    some = texts[:_LOOKED_AT]
    parse = FIELD_PARSERS[field].parse
    return sum(bool(parse(text[:_LONGEST_CELL], None).values) for text in some) / len(some) if some else 0.0


_LOOKED_AT, _LONGEST_CELL = 100, 300


_BY_CELLS = (
    (CellSort.EMAIL, "email"),
    (CellSort.LINK, "website"),
    (CellSort.REGISTERED, "identifier"),
    (CellSort.PHONE, "phone"),
    (CellSort.COUNTRY, "country"),
    (CellSort.KIND, "kind"),
    (CellSort.THEME, "themes"),
)
"""What cells of a sort are, where the header says nothing."""
_FROM_CELLS = 0.8
"""The share of cells of one sort from which they say alone what the column is."""


def _read_cells(draft: ColumnDraft, drafts: Sequence[ColumnDraft], *, are_persons: bool) -> None:
    """What the cells alone say: of a header that is known to be of no field nothing is concluded."""
    is_known = draft.meaning.is_whole and not draft.meaning.says_other
    if draft.field or draft.doubt or is_known or draft.content.number < 2:
        return
    taken = {one.field for one in drafts}
    field = draft.meaning.field
    if field is None or not tells_field(draft, field):
        by_cells = (field for sort, field in _BY_CELLS if draft.is_mostly(sort, share=_FROM_CELLS))
        field = next((one for one in by_cells if one not in taken), None)
    is_any_number = field == "phone" and draft.is_mostly(CellSort.NUMBER, CellSort.PAPERS, CellSort.REGISTERED)
    if field is None or is_any_number:
        return
    draft.field = _resolve_field(field, draft.meaning.owner, are_persons=are_persons)
    draft.reason = "cells"
    if draft.field == "email" and not draft.is_mostly(CellSort.MAILBOX, share=0.3):
        draft.put_in_doubt("whose")


def _finish(draft: ColumnDraft) -> ColumnReading:
    person = draft.person if (draft.field or "").startswith("person.") else 1
    target = ColumnTarget(draft.field, person) if draft.field else None
    return ColumnReading(target=target, reason=draft.reason, doubt=draft.doubt, likely=draft.likely)
