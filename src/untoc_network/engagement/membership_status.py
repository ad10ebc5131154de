"""Who belonged to a network on a day, with partial dates read honestly."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import attrs

from untoc_network.diagnostics.errors import UnknownRecord
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.model.network import Membership, Network
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import Register
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import Ending, PartialDate, Period

__all__ = ["Member", "MembershipStatus", "assess_membership", "members"]


class MembershipStatus(StrEnum):
    """Whether an organization belonged to a network on a day, the surest first."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    """On some readings of the days that are known in part."""
    UNKNOWN = "unknown"
    """A day that would decide it is not recorded."""
    NO = "no"


@attrs.frozen(kw_only=True)
class Member(HasPlainForm):
    """An organization that belonged to a network on a day, or may have; `membership_id` is what says so best."""

    organization_id: str
    membership_id: str
    belonging: MembershipStatus

    plain_form = PlainForm("organization=organization_id membership=membership_id belonging")


@check_arguments
def members(register: Register, network_id: str, on: PartialDate | dt.date | str) -> tuple[Member, ...]:
    """Who belonged to a network on a day, the surest first; those that certainly did not are left out.

    A membership lies within the life of network and organization. An end that is not recorded is not known, unless the
    period says that it still runs. Raises `UnknownRecord` for a network that is not there.
    """
    network, day = register[network_id], PartialDate.of(on)
    if not isinstance(network, Network):
        raise UnknownRecord(f"{network_id!r} is not a network")
    best: dict[str, Member] = {}
    for membership in register.memberships_by_network.get(network.id, ()):
        organization_id = register.resolved(membership.organization_id)
        member = Member(
            organization_id=organization_id,
            membership_id=membership.id,
            belonging=assess_membership(register, membership, day),
        )
        if member.belonging is not MembershipStatus.NO:
            best[organization_id] = min(best.get(organization_id, member), member, key=_make_member_sort_key)
    return tuple(sorted(best.values(), key=_make_member_sort_key))


def assess_membership(register: Register, membership: Membership, on: PartialDate) -> MembershipStatus:
    """Whether a membership held on a day."""
    period = membership.period or Period()
    verdicts = [
        _assess_begun(period.start, on),
        _CERTAIN if period.ending is Ending.RUNNING else _assess_not_ended(period.end, on),
    ]
    for name in (membership.network_id, membership.organization_id):
        side = register.by_id.get(register.resolved(name))
        if isinstance(side, Network | Organization):
            verdicts += [_assess_begun(side.founded, on)] if side.founded else []
            verdicts += [_assess_not_ended(side.dissolved, on)] if side.dissolved else []
    return max(verdicts, key=_ORDER.index)


def _assess_begun(start: PartialDate | None, on: PartialDate) -> MembershipStatus:
    if start is None:
        return MembershipStatus.UNKNOWN
    if start.certainly_after(on):
        return MembershipStatus.NO
    return _CERTAIN if start.last <= on.first else MembershipStatus.POSSIBLE


def _assess_not_ended(end: PartialDate | None, on: PartialDate) -> MembershipStatus:
    if end is None:
        return MembershipStatus.UNKNOWN
    if end.certainly_before(on):
        return MembershipStatus.NO
    return _CERTAIN if end.first >= on.last else MembershipStatus.POSSIBLE


_CERTAIN = MembershipStatus.CERTAIN
_ORDER = tuple(MembershipStatus)


def _make_member_sort_key(member: Member) -> tuple[int, str]:
    return _ORDER.index(member.belonging), member.organization_id
