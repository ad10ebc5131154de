"""Which column is which field, and whom the rows are about: what the headers and the cells say together.

First the columns that name somebody are looked at: they decide whether a row is about a body or a person. Then each
column goes to a field of that subject, or of the owner that its header names. What the cells hold confirms a header,
speaks for a column whose header says nothing, or contradicts. In doubt the column stays in the notes, and a column of
persons never becomes one of bodies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from untoc_network.serializers.member_lists.cell_content import CellSort, ColumnContent, read_content, share_named_in
from untoc_network.serializers.member_lists.column_mapping import ColumnTarget, is_own_field
from untoc_network.serializers.member_lists.header_words import HeaderMeaning, Owner, find_shared_prefix, read_header
from untoc_network.serializers.member_lists.list_kind import BODY_NAMES, ListKind

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
) -> ListReading:
    """What each column is, by its header, the header of a group above it, and its cells by their rows."""
    own = {
        number: ColumnReading(target=ColumnTarget(header)) for number, header in headers.items() if is_own_field(header)
    }
    others = {number: header for number, header in headers.items() if number not in own}
    reading = _Recognition(others, cells, groups or {}, of).read()
    return attrs.evolve(reading, columns={**reading.columns, **own}) if own else reading


_SURE = 0.6
"""The share of cells of one sort from which they say something of their column."""


@attrs.define
class _Draft:
    """A column while it is looked at."""

    number: int
    header: str
    meaning: HeaderMeaning
    content: ColumnContent
    field: str | None = None
    person: int = 1
    reason: str = "header"
    doubt: str | None = None
    likely: str | None = None
    is_personal: bool = False
    """Whether it is of a person, and so never of a body."""

    @property
    def names(self) -> bool:
        """Whether its header is that of a name: of a body, or of whoever the row is about."""
        return self.meaning.is_whole and self.meaning.field in (*BODY_NAMES, "body.name", "person.name")

    def has_owner(self, *owners: Owner | None) -> bool:
        return self.meaning.owner in owners

    def is_mostly(self, *sorts: CellSort, share: float = _SURE) -> bool:
        return self.content.share(*sorts) >= share


_PARTS = ("person.given_name", "person.family_name")
_OF_BODIES = {
    *("acronym", "former_name", "kind", "flags", "founded", "dissolved", "parent", "at_risk", "tools"),
    *("body.identifier", "body.email", "body.phone", "countries", "regions", "member.class", "member.since"),
}
"""Fields that tell, where nothing else does, that the rows are about bodies."""
_RATHER_OF_BODIES = {"website", "social", "country", "city", "themes", "identifier", "languages"}


class _Recognition:
    """One list: its columns as drafts, and what they say together."""

    def __init__(
        self,
        headers: Mapping[int, str],
        cells: Mapping[int, Mapping[int, str]],
        groups: Mapping[int, str],
        of: ListKind | None,
    ) -> None:
        prefix = find_shared_prefix(headers.values())
        self.cells, self.wanted = cells, of
        self.drafts = [
            _Draft(
                number=number,
                header=header,
                meaning=_with_group(read_header(header, prefix), groups.get(number)),
                content=read_content([*cells.get(number, {}).values()]),
            )
            for number, header in headers.items()
        ]

    def read(self) -> ListReading:
        self._redirect_contacts()
        self._join_parts_of_names()
        self.are_persons, reason = self._tell_persons()
        for draft in self.drafts:
            self._give_field(draft)
        self._number_persons()
        self._choose_name()
        for draft in self.drafts:
            self._confirm(draft)
        for draft in self.drafts:
            if draft.field is None and draft.doubt is None:
                self._read_cells(draft)
        self._move_to_persons()
        self._find_any_name()
        of, reason = self._choose_kind(reason)
        return ListReading(of=of, reason=reason, columns={draft.number: _finish(draft) for draft in self.drafts})

    # -- whom the rows are about -------------------------------------------------------------------------------------

    def _redirect_contacts(self) -> None:
        """A column that is only called contact holds names, or addresses and numbers."""
        for draft in self.drafts:
            meaning = draft.meaning
            if meaning.field == "name" and meaning.owner is Owner.PERSON and meaning.is_whole:
                found = _find_reachable(draft.content)
                if found is not None:
                    owner = None if meaning.role in _GENERAL_CONTACTS else meaning.owner
                    draft.meaning = attrs.evolve(meaning, field=found, owner=owner)
                    draft.reason = "both"

    def _join_parts_of_names(self) -> None:
        """A name beside a family name is a given name, and one beside a given name is a family name."""
        for owner in {draft.meaning.owner for draft in self._drafts_of(*_PARTS)}:
            parts = {part for part in _PARTS if any(one.meaning.owner == owner for one in self._drafts_of(part))}
            plain = [one for one in self.drafts if one.meaning.field == "name" and one.names]
            same = [one for one in plain if one.meaning.owner == owner] or (
                [one for one in plain if one.meaning.owner is Owner.PARTICIPANT] if owner is None else []
            )
            if len(parts) == 1 and same:
                (other,) = {*_PARTS} - parts
                same[0].meaning = attrs.evolve(same[0].meaning, field=other)
                same[0].reason = "parts-of-names"

    def _tell_persons(self) -> tuple[bool, str]:
        """Whether the rows are about persons, and why: a key of IM020."""
        if self.wanted is not None:
            return self.wanted in (ListKind.PERSONS, ListKind.PARTICIPANTS), "said"
        plain = [one for one in self.drafts if one.names and self._is_plain(one)]
        bodies = [one for one in self.drafts if one.names and self._is_of_body(one)]
        contacts = [one for one in self.drafts if one.has_owner(Owner.PERSON) and self._names_person(one)]
        own = [one for one in self.drafts if not one.has_owner(Owner.PERSON) and self._names_person(one)]
        in_parts = [one for one in own if one.meaning.field in _PARTS or one.has_owner(Owner.PARTICIPANT)]
        if in_parts or (own and (plain or not contacts or not bodies)):
            return True, "person-names"
        if not plain:
            return (False, "bodies") if bodies or not contacts else (True, "person-names")
        return self._tell_by_name(plain, bodies, contacts)

    def _tell_by_name(
        self, plain: Sequence[_Draft], bodies: Sequence[_Draft], contacts: Sequence[_Draft]
    ) -> tuple[bool, str]:
        """Whether a column that is only called name is of persons."""
        said = {one.meaning.nothing for one in self.drafts if one.meaning.is_whole}
        fields = {one.meaning.field for one in self.drafts if one.meaning.is_whole}
        emails = [one for one in self.drafts if one.meaning.field == "email"]
        reached = {"email", "phone", "messaging"} & {*fields}
        signs: Iterable[tuple[bool, tuple[bool, str]]] = (
            (
                any(one.is_mostly(CellSort.PERSON, CellSort.GIVEN_NAME, share=0.5) for one in plain),
                (True, "cells-persons"),
            ),
            (bool(bodies), (True, "affiliation")),
            (any(one.is_mostly(CellSort.BODY, share=0.3) for one in plain), (False, "cells-bodies")),
            (bool(contacts), (False, "contacts-beside")),
            ("event" in said, (True, "event")),
            ("private" in said or bool({"person.gender"} & fields), (True, "private")),
            (bool(_OF_BODIES & fields) or any(one.has_owner(Owner.BODY) for one in self.drafts), (False, "bodies")),
            (bool({"person.post", "member.role"} & fields), (True, "posts")),
            (any(one.is_mostly(CellSort.MAILBOX, share=0.5) for one in emails), (False, "mailboxes")),
            (
                bool({"website", "social", "country", "city", "themes", "identifier", "languages"} & fields),
                (False, "bodies"),
            ),
            (bool(reached), (True, "unsure")),
        )
        return next((told for is_so, told in signs if is_so), (False, "bodies"))

    def _drafts_of(self, *fields: str) -> list[_Draft]:
        return [draft for draft in self.drafts if draft.meaning.is_whole and draft.meaning.field in fields]

    @staticmethod
    def _is_plain(draft: _Draft) -> bool:
        return draft.meaning.field in BODY_NAMES and draft.has_owner(*_ANYBODY)

    @staticmethod
    def _is_of_body(draft: _Draft) -> bool:
        return draft.meaning.field == "body.name" or draft.has_owner(Owner.BODY)

    @staticmethod
    def _names_person(draft: _Draft) -> bool:
        meaning = draft.meaning
        named = meaning.field in BODY_NAMES and meaning.owner in (Owner.PERSON, Owner.PARTICIPANT)
        return meaning.is_whole and (named or meaning.field in (*_PARTS, "person.name"))

    # -- each column -------------------------------------------------------------------------------------------------

    def _give_field(self, draft: _Draft) -> None:
        """The field that the header says, of the subject of the rows or of the owner that is named."""
        meaning = draft.meaning
        if meaning.nothing == "private" or meaning.owner in (Owner.PERSON, Owner.PARTICIPANT, Owner.HOME):
            draft.is_personal = True
        if not meaning.is_whole or meaning.field is None:
            return
        if meaning.field == "person.post" and not meaning.role and self._has_better_post(draft):
            return
        draft.field = _resolve_field(meaning.field, meaning.owner, are_persons=self.are_persons)
        draft.likely = meaning.field
        draft.is_personal |= (draft.field or "").startswith("person.") or (
            self.are_persons and meaning.owner is not Owner.BODY
        )

    def _has_better_post(self, draft: _Draft) -> bool:
        """Whether a bare `title` stands beside a `job title`: then it is how the person is addressed."""
        others = [one for one in self._drafts_of("person.post") if one.meaning.number == draft.meaning.number]
        return draft.header.casefold() in _BARE_TITLES and len(others) > 1

    def _number_persons(self) -> None:
        """Which contact person a column is of: by its number, or by the role that its header names."""
        names = [
            draft for draft in self.drafts if (draft.field or "").startswith("person.") and self._names_person(draft)
        ]
        numbered = {draft.meaning.number for draft in names if draft.meaning.number}
        roles: list[set[str]] = []
        for draft in names:
            role = {draft.meaning.role, str(draft.meaning.number or "")}
            if role not in roles and not self.are_persons:
                roles.append(role)
        for draft in self.drafts:
            number = draft.meaning.number
            if not draft.field or not (draft.field.startswith("person.") or number in numbered):
                continue
            own = {draft.meaning.role, str(number or "")}
            if own in roles:
                draft.person = min(roles.index(own) + 1, 9)
            elif number is not None and number in numbered and not self.are_persons:
                first = next(at for at, role in enumerate(roles) if str(number) in role)
                draft.person = first + 1
            if draft.person > 1 and f"person.{draft.field}" in ("person.email", "person.phone"):
                draft.field, draft.is_personal = f"person.{draft.field}", True

    def _choose_name(self) -> None:
        """One column names the body: that which says so in most words, then the one with the most different cells."""
        found = [draft for draft in self.drafts if draft.field == "name"]
        if len(found) < 2:
            return
        best = max(found, key=_rank_name)
        for draft in found:
            if (
                draft is not best and draft.meaning.role != best.meaning.role
            ) or draft.meaning.field != best.meaning.field:
                self._doubt(draft, "another-column")

    def _confirm(self, draft: _Draft) -> None:
        """Whether the cells of a column can be what its header says."""
        if draft.field is None or not draft.content.number:
            return
        if draft.field == "country":
            self._settle_seat(draft)
        fits = _FITTING.get(draft.field.rpartition(".")[2], _WORDS)
        sort = _find_strong_sort(draft.content)
        if sort is not None and sort not in fits:
            self._doubt(draft, f"cells-{sort}")
        elif any(draft.is_mostly(one) for one in fits):
            draft.reason = "both" if draft.reason == "header" else draft.reason

    @staticmethod
    def _settle_seat(draft: _Draft) -> None:
        """A column that is only called seat may hold countries, towns or addresses."""
        if draft.has_owner(Owner.BODY) and draft.meaning.role and not draft.is_mostly(CellSort.COUNTRY, share=0.2):
            draft.field, draft.reason = "city", "both"

    def _doubt(self, draft: _Draft, why: str) -> None:
        draft.likely, draft.field, draft.doubt = draft.field, None, why

    def _read_cells(self, draft: _Draft) -> None:
        """What the cells alone say: of a header that is known to be of no field nothing is concluded."""
        if draft.meaning.is_whole or draft.content.number < 2:
            return
        taken = {one.field for one in self.drafts}
        field = self._read_half_known(draft) or next(
            (field for sort, field in _BY_CELLS if draft.is_mostly(sort, share=0.8) and field not in taken), None
        )
        if field is None:
            return
        owner = draft.meaning.owner
        draft.field = _resolve_field(field, owner, are_persons=self.are_persons)
        draft.reason = "cells"
        if draft.field == "email" and not draft.is_mostly(CellSort.MAILBOX, share=0.3):
            self._doubt(draft, "whose")

    @staticmethod
    def _read_half_known(draft: _Draft) -> str | None:
        """The field of a header with an unknown word, where the cells are of its sort."""
        field = draft.meaning.field
        fits = _FITTING.get((field or "").rpartition(".")[2], frozenset())
        return field if field and any(draft.is_mostly(sort) for sort in fits & _TELLING) else None

    def _move_to_persons(self) -> None:
        """Addresses with the names of the rows' persons in them are those of the persons."""
        names: dict[int, list[str]] = {}
        for draft in self.drafts:
            if draft.field in ("person.name", *_PARTS):
                for row, text in self.cells.get(draft.number, {}).items():
                    names.setdefault(row, []).append(text)
        for draft in self.drafts:
            if draft.field == "email" and names and share_named_in(self.cells.get(draft.number, {}), names) > _NAMED_IN:
                draft.field, draft.reason = "person.email", "names-in-addresses"

    def _find_any_name(self) -> None:
        """Where no column is called a name: one with a name and a word more, or one whose cells are names."""
        if any(draft.field in (*BODY_NAMES, "person.name", *_PARTS) for draft in self.drafts):
            return
        free = [draft for draft in self.drafts if draft.field is None and draft.meaning.nothing != "private"]
        half = [draft for draft in free if draft.meaning.field in (*BODY_NAMES, "body.name")]
        names = (CellSort.BODY, CellSort.PERSON)
        held = [draft for draft in free if draft.content.number > 1 and draft.is_mostly(*names, share=0.4)]
        for draft in [*half, *held][:1]:
            is_person = draft.is_mostly(CellSort.PERSON, share=0.5) or self.are_persons
            draft.field, draft.doubt = "person.name" if is_person else "name", None
            draft.reason = "half-known" if half else "cells"
            self.are_persons |= is_person

    # -- what the list is of -----------------------------------------------------------------------------------------

    def _choose_kind(self, reason: str) -> tuple[ListKind, str]:
        if self.wanted is not None:
            return self.wanted, reason
        named = [draft for draft in self.drafts if draft.field == "name"]
        persons = [draft for draft in self.drafts if draft.field in ("person.name", *_PARTS)]
        if not self.are_persons:
            repeated = any(draft.content.number > 3 and draft.content.distinct < 0.8 for draft in named)
            return (ListKind.CONTACTS, "repeated") if persons and repeated else (ListKind.ORGANIZATIONS, reason)
        if any(draft.meaning.nothing == "event" for draft in self.drafts):
            return ListKind.PARTICIPANTS, "event"
        own = any(draft.field and not draft.is_personal and draft not in named for draft in self.drafts)
        return (ListKind.CONTACTS, "body-columns") if named and own else (ListKind.PERSONS, reason)


_ANYBODY = (None, Owner.ANYBODY)
_NAMED_IN = 0.3
"""The share of rows in which an address has the person's name in it, from which a column is of persons."""
_BARE_TITLES = ("title", "titulo", "título", "titre")
_GENERAL_CONTACTS = ("contact", "contacto", "contato", "contactos")


def _with_group(meaning: HeaderMeaning, group: str | None) -> HeaderMeaning:
    """A header below the header of a group is of the group's owner, unless it names its own."""
    above = read_header(group) if group else None
    if above is None or above.owner in _ANYBODY or meaning.owner not in _ANYBODY:
        return meaning
    return attrs.evolve(meaning, owner=above.owner, role=above.role, number=meaning.number or above.number)


def _find_reachable(content: ColumnContent) -> str | None:
    """What a column of contacts holds, where it holds no names."""
    for sort, field in ((CellSort.EMAIL, "email"), (CellSort.LINK, "website"), (CellSort.PHONE, "phone")):
        if content.share(sort) >= _SURE:
            return field
    return None


_OF_PERSONS = {
    **dict.fromkeys(("name", "name.en", "name.es", "name.pt", "name.fr"), "person.name"),
    "email": "person.email",
    "phone": "person.phone",
    "messaging": "person.phone",
    "member.role": "person.post",
}
"""The fields of a person, for those that a header says without an owner."""


def _resolve_field(field: str, owner: Owner | None, *, are_persons: bool) -> str | None:
    """The field of a mapping, for one that a header says; None where a person has no such field."""
    if field.startswith(("person.", "body.")):
        return field.removeprefix("body.")
    if owner is Owner.HOME:
        return _OF_PERSONS.get(field) if field in ("email", "phone") else None
    if owner is Owner.WORK and field in ("email", "phone"):
        return _OF_PERSONS[field]
    if owner in (Owner.PERSON, Owner.PARTICIPANT) or (are_persons and owner is not Owner.BODY):
        if field.startswith("consent."):
            return f"person.{field}"
        return field if field.startswith("member.") and field != "member.role" else _OF_PERSONS.get(field)
    return field


def _rank_name(draft: _Draft) -> tuple[bool, bool, float, float, int]:
    """The better name of a body: a header that says name, of a body, names of bodies, different ones, the first."""
    says_name = draft.meaning.field == "body.name" or draft.meaning.role not in ("", None)
    return (
        draft.meaning.field == "body.name",
        says_name,
        draft.content.share(CellSort.BODY),
        draft.content.distinct,
        -draft.number,
    )


_WORDS = frozenset[CellSort](
    [
        CellSort.COUNTRY,
        CellSort.KIND,
        CellSort.THEME,
        CellSort.PERSON,
        CellSort.GIVEN_NAME,
        CellSort.BODY,
        CellSort.YES_OR_NO,
    ]
)
_NUMBERS = frozenset([CellSort.NUMBER, CellSort.PHONE, CellSort.YEAR])
_DAYS = frozenset([CellSort.DATE, CellSort.YEAR])
_FITTING: Mapping[str, frozenset[CellSort]] = {
    "email": frozenset([CellSort.EMAIL, CellSort.MAILBOX]),
    "phone": _NUMBERS,
    "messaging": _NUMBERS | {CellSort.LINK},
    "website": frozenset([CellSort.LINK]),
    "social": frozenset([CellSort.LINK]),
    "identifier": _NUMBERS | {CellSort.LINK},
    "address": _WORDS | {CellSort.NUMBER, CellSort.LONG},
    "post": _WORDS | {CellSort.NUMBER, CellSort.LONG},
    "expertise": _WORDS | {CellSort.LONG},
    "themes": _WORDS | {CellSort.LONG},
    **dict.fromkeys(("founded", "dissolved", "since", "until", "given", "expires"), _DAYS),
    **dict.fromkeys(("active", "at_risk", "publication", "contact", "statistics", "attribution"), _WORDS | _NUMBERS),
}
"""The sorts that fit a field; else words."""
_TELLING = frozenset([CellSort.EMAIL, CellSort.LINK, CellSort.PHONE, CellSort.DATE, CellSort.YEAR])
_STRONG = (CellSort.EMAIL, CellSort.LINK, CellSort.DATE, CellSort.YEAR, CellSort.PHONE, CellSort.NUMBER, CellSort.LONG)
_BY_CELLS = (
    (CellSort.EMAIL, "email"),
    (CellSort.LINK, "website"),
    (CellSort.PHONE, "phone"),
    (CellSort.COUNTRY, "country"),
    (CellSort.KIND, "kind"),
    (CellSort.THEME, "themes"),
)
"""What cells of a sort are, where the header says nothing."""


def _find_strong_sort(content: ColumnContent) -> CellSort | None:
    """The sort that most cells are of, so that they can hardly be another one."""
    return next((sort for sort in _STRONG if content.share(sort) >= _SURE), None)


def _finish(draft: _Draft) -> ColumnReading:
    target = (
        ColumnTarget(draft.field, draft.person if draft.field.startswith("person.") else 1) if draft.field else None
    )
    return ColumnReading(target=target, reason=draft.reason, doubt=draft.doubt, likely=draft.likely)
