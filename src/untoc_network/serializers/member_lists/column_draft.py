"""A column while it is recognised, and whether what its cells hold fits what its header says."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from untoc_network.serializers.member_lists.cell_content import CellSort, ColumnContent
from untoc_network.serializers.member_lists.header_words import HeaderMeaning, Owner
from untoc_network.serializers.member_lists.list_kind import BODY_NAMES, PERSON_NAMES

__all__ = ["NAME_PARTS", "SURE", "ColumnDraft", "fits_field"]

SURE = 0.6
"""The share of cells of one sort from which they say something of their column."""
NAME_PARTS = ("person.given_name", "person.family_name")
_OWN_NAMES = ("body.name", "legal.name")


@attrs.define
class ColumnDraft:
    """A column while it is looked at: what its header says, what its cells hold, and what comes of both.

    `field` is that of a mapping, where it was found; `reason` and `doubt` are keys of the phrases of IM017 and IM019.
    """

    number: int
    header: str
    meaning: HeaderMeaning
    content: ColumnContent
    field: str | None = None
    person: int = 1
    reason: str = "header"
    doubt: str | None = None
    likely: str | None = None

    def has_owner(self, *owners: Owner | None) -> bool:
        """Whether its header names one of these owners, or none where None is among them."""
        return self.meaning.owner in owners

    def is_mostly(self, *sorts: CellSort, share: float = SURE) -> bool:
        """Whether so many cells are of one of these sorts."""
        return self.content.share(*sorts) >= share

    def put_in_doubt(self, why: str) -> None:
        """Leave it in the notes, and have that told."""
        self.likely, self.field, self.doubt = self.field, None, why

    @property
    def says_anything(self) -> bool:
        """Whether the header is known, or the cells contradict it."""
        return self.meaning.is_whole or self.meaning.nothing is not None or self.doubt is not None

    # -- names, as the header says it ------------------------------------------------------------------------------

    @property
    def is_plain_name(self) -> bool:
        """Whether it names whoever the row is about: `Name`, `Member`."""
        return self.meaning.is_whole and self.meaning.field in BODY_NAMES and self.has_owner(None, Owner.ANYBODY)

    @property
    def is_body_name(self) -> bool:
        """Whether it names a body: `Organization`, `Razón social`."""
        named = self.meaning.field in _OWN_NAMES or (self.meaning.field in BODY_NAMES and self.has_owner(Owner.BODY))
        return self.meaning.is_whole and named and find_contradiction(self, _WORDS) is None

    @property
    def is_person_name(self) -> bool:
        """Whether it names a person: `Full name`, `Apellidos`, `President`."""
        named = self.meaning.field in BODY_NAMES and self.has_owner(Owner.PERSON, Owner.PARTICIPANT)
        return self.meaning.is_whole and (named or self.meaning.field in PERSON_NAMES)


# -- what cells say of a header --------------------------------------------------------------------------------------

_NAMES = frozenset([CellSort.PERSON, CellSort.GIVEN_NAME, CellSort.BODY])
_WORDS = frozenset([CellSort.COUNTRY, CellSort.KIND, CellSort.THEME]) | _NAMES
_NUMBERS = frozenset([CellSort.NUMBER, CellSort.PHONE, CellSort.YEAR])
_DAYS = frozenset([CellSort.DATE, CellSort.YEAR])
_PLACES = _WORDS | {CellSort.NUMBER, CellSort.LONG}
_ANSWERS = _WORDS | _NUMBERS | {CellSort.YES_OR_NO}
_FITTING: Mapping[str, frozenset[CellSort]] = {
    "email": frozenset([CellSort.EMAIL, CellSort.MAILBOX]),
    "phone": _NUMBERS,
    "messaging": _NUMBERS | {CellSort.LINK},
    "identifier": _NUMBERS | {CellSort.LINK, CellSort.REGISTERED},
    **dict.fromkeys(("website", "social"), frozenset([CellSort.LINK])),
    **dict.fromkeys(("address", "post"), _PLACES),
    **dict.fromkeys(("expertise", "themes"), _WORDS | {CellSort.LONG}),
    **dict.fromkeys(("founded", "dissolved", "since", "until", "given", "expires"), _DAYS),
    **dict.fromkeys(
        ("active", "status", "attended", "at_risk", "publication", "contact", "statistics", "attribution"), _ANSWERS
    ),
}
"""The sorts that fit a field; else words."""
_TELLING = frozenset([CellSort.EMAIL, CellSort.LINK, CellSort.PHONE, CellSort.REGISTERED, *_DAYS])
_STRONG = (
    *(CellSort.EMAIL, CellSort.LINK, CellSort.TIME, CellSort.DATE, CellSort.YEAR, CellSort.PHONE),
    *(CellSort.NUMBER, CellSort.LONG, CellSort.YES_OR_NO),
)


def find_contradiction(draft: ColumnDraft, fits: frozenset[CellSort]) -> CellSort | None:
    """The sort that most cells are of, where it is none of those that fit."""
    sort = next((one for one in _STRONG if draft.is_mostly(one)), None)
    return None if sort in fits else sort


def fits_field(draft: ColumnDraft, field: str) -> bool | CellSort:
    """Whether the cells are what the field wants: yes, that cannot be told, or the sort that they are instead."""
    fits = _FITTING.get(field.rpartition(".")[2], _WORDS)
    contradiction = find_contradiction(draft, fits)
    return contradiction if contradiction is not None else any(draft.is_mostly(sort) for sort in fits)


def tells_field(draft: ColumnDraft, field: str) -> bool:
    """Whether the cells are of a sort that hardly any other field has."""
    return any(draft.is_mostly(sort) for sort in _FITTING.get(field.rpartition(".")[2], frozenset()) & _TELLING)
