"""Who may be named for a contribution, and before whom: by consent, and never a body at risk."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.model.contribution import Contribution
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.register import Register
from untoc_network.values.consent_and_contact import Audience, Purpose
from untoc_network.values.consent_evaluation import may
from untoc_network.values.dates import PartialDate

__all__ = ["NamedAuthors", "find_named_authors", "sort_stakeholder_names"]


@attrs.frozen(kw_only=True)
class NamedAuthors(HasPlainForm):
    """The ids of those who may be named, and of those who may not; say of these only how many they are."""

    named: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = attrs.field(default=(), repr=False)

    @property
    def unnamed_count(self) -> int:
        """How many may not be named."""
        return len(self.unnamed)

    plain_form = PlainForm("named unnamed=unnamed_count")


def find_named_authors(
    register: Register, contribution: Contribution, audience: Audience, on: PartialDate
) -> NamedAuthors:
    """Who may be named before an audience on a day; before the network's own staff, everybody."""
    authors = tuple(dict.fromkeys(register.resolved(name) for name in contribution.author_ids))
    if audience is Audience.INTERNAL:
        return NamedAuthors(named=authors)
    for_all = may(contribution, Purpose.ATTRIBUTION, audience, on)
    named = tuple(name for name in authors if _may_be_named(register.by_id.get(name), audience, on, for_all))
    return NamedAuthors(named=named, unnamed=tuple(name for name in authors if name not in named))


def _may_be_named(author: object, audience: Audience, on: PartialDate, for_all: bool) -> bool:
    if not isinstance(author, Organization | Person) or (isinstance(author, Organization) and author.at_risk):
        return False
    return for_all or may(author, Purpose.ATTRIBUTION, audience, on)


def sort_stakeholder_names(register: Register, ids: Iterable[str], *languages: str) -> tuple[str, ...]:
    """The names of organizations and persons, in the order of the alphabet."""
    found = (register.by_id.get(register.resolved(name)) for name in ids)
    named = (one.name for one in found if isinstance(one, Organization | Person))
    return tuple(sorted(name if isinstance(name, str) else name.best(*languages) for name in named))
