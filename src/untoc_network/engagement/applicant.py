"""What all entry points of one organization on one day are judged on."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from enum import StrEnum

import attrs

from untoc_network.engagement.day_agenda import DayAgenda, group_accreditations
from untoc_network.engagement.log_as_of import states_as_of
from untoc_network.engagement.membership_status import MembershipStatus, assess_membership
from untoc_network.model.accreditation import Accreditation, AccreditationPath, Forum
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import Register
from untoc_network.process import ACCREDITATION
from untoc_network.reference.facts import Reference
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids_and_codes import CountryCode

__all__ = ["Applicant"]


@attrs.frozen(kw_only=True, eq=False)
class Applicant:
    """An organization, the day, the register and the facts."""

    organization: Organization
    on: PartialDate
    register: Register = attrs.field(repr=False)
    facts: Reference = attrs.field(repr=False)
    agenda: DayAgenda = attrs.field(repr=False)
    """What the day holds for others too."""

    @agenda.default
    def _make_agenda(self) -> DayAgenda:
        return DayAgenda(on=self.on, register=self.register, facts=self.facts)

    @property
    def countries(self) -> tuple[CountryCode, ...]:
        """The country of its seat, and those where it works."""
        seat = self.organization.seat
        own = (seat.country,) if seat is not None and seat.country is not None else ()
        return tuple(dict.fromkeys((*own, *self.organization.countries)))

    @functools.cached_property
    def networks(self) -> Mapping[str, MembershipStatus]:
        """The networks that it belongs to on the day, or may."""
        found: dict[str, MembershipStatus] = {}
        order = tuple(MembershipStatus)
        for membership in self.register.memberships_by_organization.get(self.organization.id, ()):
            name = self.register.resolved(membership.network_id)
            verdict = assess_membership(self.register, membership, self.on)
            found[name] = min(found.get(name, MembershipStatus.NO), verdict, key=order.index)
        return {name: verdict for name, verdict in found.items() if verdict is not MembershipStatus.NO}

    @functools.cached_property
    def accreditations(self) -> tuple[Accreditation, ...]:
        """Its own applications for status."""
        return tuple(self.agenda.once(group_accreditations).get(self.organization.id, ()))

    def of_the_conference(self, event_id: str) -> tuple[Accreditation, ...]:
        """Its applications for status with the Conference, at a session or at any."""
        return tuple(
            one
            for one in self.accreditations
            if one.forum is Forum.CONFERENCE
            and (one.event_id is None or self.register.resolved(one.event_id) == event_id)
            and not (one.period is not None and one.period.surely_outside(self.on))
        )

    def states_of(self, accreditation: Accreditation) -> tuple[StrEnum, ...]:
        """The states that an application can have been in on the day."""
        return states_as_of(ACCREDITATION, accreditation, self.register, self.on)

    @property
    def consultative(self) -> tuple[Accreditation, ...]:
        """What is recorded of consultative status with ECOSOC, and of the path that is for those who have it."""
        paths = {AccreditationPath.RULE_17_1, AccreditationPath.ECOSOC}
        return tuple(
            one
            for one in self.accreditations
            if (one.path in paths or one.ecosoc_status is not None)
            and not (one.period is not None and one.period.surely_outside(self.on))
        )
