"""What a member list is of: whom each of its rows is about."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

__all__ = ["BODY_NAMES", "LISTS_OF_PERSONS", "PERSON_NAMES", "ListKind", "choose_list_kind"]

BODY_NAMES = ("name", "name.en", "name.es", "name.pt", "name.fr")
"""The fields that name the organization: its name, and its name in one language."""
PERSON_NAMES = ("person.name", "person.given_name", "person.family_name")
"""The fields that name a person: as a whole, or in parts."""


class ListKind(StrEnum):
    """Whom the rows of a list are about. In every list `name` is that of the organization, `person.*` the person's."""

    ORGANIZATIONS = "organizations"
    """A row is an organization, perhaps with its contact persons."""
    CONTACTS = "contacts"
    """A row is a contact person of an organization, which may have several rows."""
    PERSONS = "persons"
    """A row is a person; the organization, where one is named, is the one that the person belongs to."""
    PARTICIPANTS = "participants"
    """A row is a person who registered for an event or attended it."""


LISTS_OF_PERSONS = (ListKind.PERSONS, ListKind.PARTICIPANTS)
"""The lists that name organizations only as those that persons belong to."""


def choose_list_kind(fields: Iterable[str]) -> ListKind:
    """What a list is of whose columns a mapping names: of organizations, unless none of them names one."""
    return ListKind.ORGANIZATIONS if not {*BODY_NAMES}.isdisjoint(fields) else ListKind.PERSONS
