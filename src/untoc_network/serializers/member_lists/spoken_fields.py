"""Which fields of records a list speaks of: those that it has columns for, and where each field of a list goes."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping

from untoc_network.serializers.member_lists.column_mapping import FIELDS_OF_PARTICIPANTS, is_own_field
from untoc_network.values.consent_and_contact import ContactKind, Purpose
from untoc_network.values.multilingual_text import AliasKind
from untoc_network.values.place_and_link import LinkKind

__all__ = ["BODY_PATHS", "MEMBERSHIP_PATHS", "PERSON_PATHS", "SpokenFields"]


def _map_to_same_paths(*names: str) -> dict[str, str]:
    return {name: name for name in names}


BODY_PATHS: Mapping[str, str] = {
    **_map_to_same_paths(
        "kind", "flags", "countries", "regions", "themes", "languages", "expertise", "founded", "dissolved"
    ),
    **_map_to_same_paths("at_risk"),
    "acronym": f"aliases.{AliasKind.ACRONYM}",
    "alias": f"aliases.{AliasKind.OTHER}",
    "former_name": f"aliases.{AliasKind.FORMER}",
    "parent": "parent_id",
    **{part: f"seat.{part}" for part in ("country", "city", "address")},
    "tools": "engagement_tools",
    "identifier": "identifiers",
    "website": f"links.{LinkKind.WEBSITE}",
    "social": f"links.{LinkKind.SOCIAL}",
    **{kind.value: f"contacts.{kind}" for kind in ContactKind},
    **{f"consent.{purpose}": f"consents.{purpose}" for purpose in Purpose},
}
"""For each field of a list, the field of an organization that it gives; behind the dot the kind of an item."""
PERSON_PATHS: Mapping[str, str] = {
    **_map_to_same_paths("name", "gender"),
    **dict.fromkeys(("given_name", "family_name"), "name"),
    "post": "posts",
    "email": f"contacts.{ContactKind.EMAIL}",
    "phone": f"contacts.{ContactKind.PHONE}",
    **{f"consent.{purpose}": f"consents.{purpose}" for purpose in Purpose},
}
MEMBERSHIP_PATHS: Mapping[str, str] = {
    "member.class": "membership_class",
    "member.role": "role",
    "member.since": "period.start",
    "member.until": "period.end",
    **dict.fromkeys(("member.active", "member.status"), "period.end"),
}
_STANDINGS = ("member.active", "member.status")
"""Fields that may tell the first day and the reason of the end as well."""


class SpokenFields:
    """The fields that a list has columns for, whether or not cells are full, and the headers that it keeps notes under.

    All rows of a list speak of the same fields of records.
    """

    def __init__(self, fields: Iterable[str] = (), headings: Iterable[str] = ()) -> None:
        self.fields = frozenset(fields)
        self.names = tuple(sorted(field for field in self.fields if field.startswith("name.")))
        self.own_fields = tuple(sorted(filter(is_own_field, self.fields)))
        self.has_consents = any("consent." in field for field in self.fields)
        self.has_participants = not self.fields.isdisjoint(FIELDS_OF_PARTICIPANTS)
        self._notes = frozenset(f"notes.{heading}" for heading in headings)
        self._of_persons: dict[tuple[str, bool], frozenset[str]] = {}

    @functools.cached_property
    def of_body(self) -> frozenset[str]:
        """The fields of an organization."""
        left = {
            f"contacts.{kind}" for kind in (ContactKind.EMAIL, ContactKind.PHONE) if f"person.{kind}" in self.fields
        }
        paths = _list_paths_of_fields(BODY_PATHS, self.fields)
        return frozenset({*self.names, *self._notes, *left, *self.own_fields, *paths})

    @functools.cached_property
    def of_membership(self) -> frozenset[str]:
        """The fields of a membership."""
        more = () if self.fields.isdisjoint(_STANDINGS) else ("period.start", "end_reason")
        return frozenset({*_list_paths_of_fields(MEMBERSHIP_PATHS, self.fields), *more})

    def of_person(self, prefix: str, *, with_notes: bool) -> frozenset[str]:
        """The fields of a person, and the notes where persons have their own."""
        whose = f"{prefix.partition('#')[0]}."
        if (whose, with_notes) not in self._of_persons:
            own = {field.removeprefix(whose) for field in self.fields if field.startswith(whose)}
            notes = self._notes if with_notes else ()
            said = frozenset({"affiliations", *notes, *_list_paths_of_fields(PERSON_PATHS, own)})
            self._of_persons[whose, with_notes] = said
        return self._of_persons[whose, with_notes]


def _list_paths_of_fields(table: Mapping[str, str], spoken: Iterable[str]) -> Iterator[str]:
    return (table[field] for field in spoken if field in table)
