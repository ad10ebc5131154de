"""What is kept longer than anything allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

import attrs

from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.register import Register
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_evaluation import find_last_consent_end
from untoc_network.values.dates import PartialDate, require_whole_day
from untoc_network.values.time_limit import TimeLimit

__all__ = ["Overdue", "OverdueReason", "retention"]


class OverdueReason(StrEnum):
    """Why something should not be kept any longer."""

    CONSENTS_OVER = "consents-over"
    """Every consent that it rests on is withdrawn or has expired."""
    ROLES_ENDED = "roles-ended"
    """Every post, capacity and affiliation ended longer ago than the caller keeps persons."""


@attrs.frozen(kw_only=True, order=True)
class Overdue:
    """A record, or a field of it, that is past its retention, and since when."""

    id: str
    field: str = ""
    reason: OverdueReason
    since: PartialDate


@check_arguments
def retention(register: Register, on: dt.date | str, *, keep: TimeLimit | None = None) -> tuple[Overdue, ...]:
    """What is past its retention on a day, in the order of the ids.

    Contacts and persons are kept on consents, and are overdue when the last of these is over. How long a person is
    kept after the last role ended is no fact that a library could know: `keep` says it. What has no consent at all
    is no matter of time, and found by the rule PR007. Raises `ImpossibleValue` where `on` is no whole day.
    """
    day = require_whole_day(on)
    holders: tuple[Person | Organization, ...] = (*register.persons, *register.organizations)
    found = {overdue for holder in holders for overdue in _contacts(holder, day)}
    for person in register.persons:
        found.update(_person(person, day, keep))
    return tuple(sorted(found))


def _contacts(holder: Person | Organization, day: PartialDate) -> Iterator[Overdue]:
    for contact in holder.contacts:
        since = find_last_consent_end(contact, day)
        if since is not None:
            yield Overdue(id=holder.id, field="contacts", reason=OverdueReason.CONSENTS_OVER, since=since)


def _person(person: Person, day: PartialDate, keep: TimeLimit | None) -> Iterator[Overdue]:
    since = find_last_consent_end(person, day)
    if since is not None:
        yield Overdue(id=person.id, reason=OverdueReason.CONSENTS_OVER, since=since)
    ends = [role.period.end for role in person.roles if role.period is not None and role.period.end is not None]
    if keep is not None and ends and len(ends) == len(person.roles):
        last = max(ends, key=_last)
        if keep.after(last)[1].certainly_before(day):
            yield Overdue(id=person.id, reason=OverdueReason.ROLES_ENDED, since=keep.after(last)[1])


def _last(date: PartialDate) -> int:
    return date.last
