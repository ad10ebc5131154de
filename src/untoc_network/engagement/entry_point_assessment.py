"""The one evaluator: every kind's opportunities, each with its conditions, for one stakeholder on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from untoc_network.diagnostics.errors import UnknownRecord
from untoc_network.engagement.applicant import Applicant
from untoc_network.engagement.assessed_entry_point import Access, AssessedEntryPoint, KnownDay
from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.engagement.entry_point_kinds import ENTRY_POINT_SPECS, EntryPointSpec
from untoc_network.engagement.membership_status import members
from untoc_network.engagement.opportunity import Opportunity
from untoc_network.engagement.translatable_message import Value, has_wording, list_template_fields, make_message
from untoc_network.model.organization_and_person import Affiliation, Organization, OrganizationKind, Person, Post
from untoc_network.model.register import Register
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate, require_whole_day
from untoc_network.values.ids_and_codes import CountryCode, OrganizationId
from untoc_network.values.multilingual_text import Text

__all__ = ["all_entry_points", "assess_any_body", "entry_points"]

_LAST = "~"
_ANYBODY = OrganizationId("any-body-of-the-country")
"""The id of the body of which no more is known than where it works."""


@check_arguments
def entry_points(
    register: Register,
    stakeholder_id: str,
    on: PartialDate | dt.date | str,
    reference: Reference | None = None,
) -> tuple[AssessedEntryPoint, ...]:
    """Everything that a stakeholder can still take part in on a day, what is open and closes first first.

    After what has a last day to come stands what is open with none, or is still taken after it; then what opens later,
    the first first. What is closed, or closed to this stakeholder, comes last.
    For a person, these are the entry points of the organizations it acts for on that day. What the register learned
    later than the day does not count.

    Raises `UnknownRecord` for no organization or person, `ImpossibleValue` where `on` is no whole day.
    """
    agenda = _make_agenda(register, on, reference)
    found = (
        point
        for organization in _list_acting_organizations(register, stakeholder_id, agenda.on)
        for point in _assess_all_kinds(organization, agenda)
    )
    return tuple(sorted(found, key=_make_entry_point_sort_key))


@check_arguments
def all_entry_points(
    register: Register,
    on: PartialDate | dt.date | str,
    *,
    network: str | None = None,
    reference: Reference | None = None,
) -> Mapping[str, tuple[AssessedEntryPoint, ...]]:
    """The entry points of each organization, by its id, as `entry_points` gives them for each alone.

    With `network`, of those that belong to it on the day, or may. What the day holds for everybody is made once, so
    that the work grows with the organizations and with the records of what takes place, and not with their product.

    Raises `UnknownRecord` for no network, `ImpossibleValue` where `on` is no whole day.
    """
    agenda = _make_agenda(register, on, reference)
    wanted = None if network is None else {one.organization_id for one in members(register, network, agenda.on)}
    return {
        organization.id: tuple(sorted(_assess_all_kinds(organization, agenda), key=_make_entry_point_sort_key))
        for organization in register.organizations
        if wanted is None or organization.id in wanted
    }


def assess_any_body(agenda: DayAgenda, *countries: CountryCode) -> tuple[AssessedEntryPoint, ...]:
    """What a non-governmental body can take part in of which no more is known than where it works, if that."""
    name = Text(en="a body that works in the country")
    body = Organization(id=_ANYBODY, name=name, kind=OrganizationKind.NGO, countries=countries)
    return tuple(sorted(_assess_all_kinds(body, agenda), key=_make_entry_point_sort_key))


def _make_agenda(register: Register, on: PartialDate | dt.date | str, reference: Reference | None) -> DayAgenda:
    day = require_whole_day(on, "entry points are judged on")
    return DayAgenda(on=day, register=register, facts=reference or packaged())


def _list_acting_organizations(register: Register, stakeholder_id: str, day: PartialDate) -> tuple[Organization, ...]:
    stakeholder = register[stakeholder_id]
    if isinstance(stakeholder, Organization):
        return (stakeholder,)
    if not isinstance(stakeholder, Person):
        raise UnknownRecord(f"{stakeholder_id!r} is neither an organization nor a person")
    roles: tuple[Post | Affiliation, ...] = (*stakeholder.posts, *stakeholder.affiliations)
    names = [role.organization_id for role in roles if not (role.period and role.period.surely_outside(day))]
    bodies = (register.by_id.get(register.resolved(name)) for name in names)
    return tuple(dict.fromkeys(body for body in bodies if isinstance(body, Organization)))


def _assess_all_kinds(organization: Organization, agenda: DayAgenda) -> Iterator[AssessedEntryPoint]:
    applicant = Applicant(
        organization=organization, on=agenda.on, register=agenda.register, facts=agenda.facts, agenda=agenda
    )
    for kind in ENTRY_POINT_SPECS:
        for opportunity in kind.opportunities(applicant):
            yield AssessedEntryPoint(
                uid=f"{kind.name}/{opportunity.subject_id}/{organization.id}",
                stakeholder_id=organization.id,
                reasons=tuple(condition.reason(applicant, opportunity) for condition in kind.conditions),
                **agenda.once(_describe_opportunity, kind, opportunity),
            )


def _describe_opportunity(agenda: DayAgenda, kind: EntryPointSpec, opportunity: Opportunity) -> Mapping[str, Any]:
    """What an entry point says of an opportunity to whoever has it."""
    return {
        "kind": kind.name,
        "part": kind.part,
        "subject_id": opportunity.subject_id,
        "on": agenda.on,
        "title": make_message(_choose_fillable_wording(kind, _TITLES, opportunity.values), opportunity.values),
        "where": make_message(_choose_fillable_wording(kind, _WHERE, opportunity.values), opportunity.values),
        "opens": opportunity.opens,
        "closes": opportunity.closes,
        "starts": opportunity.starts,
        "ends": opportunity.ends,
        "access": _assess_access(opportunity.opens, opportunity.closes, agenda.on, strict=kind.strict),
        "decides": kind.decides,
        "basis": opportunity.provision or kind.rests_on(agenda.facts) or opportunity.basis,
        "next_step": make_message(kind.choose_wording(opportunity.next_step), opportunity.values),
        "rights": make_message(rights) if has_wording(rights := f"{kind.name}.rights") else None,
        "follows": opportunity.follows,
        "send": None
        if opportunity.send is None
        else make_message(_choose_fillable_wording(kind, _SEND, opportunity.send), opportunity.send),
        "blocked_by": opportunity.blocked_by,
        "duties": opportunity.duties,
        "links": opportunity.links,
    }


_TITLES = ("title-instrument", "title-name", "title", "title-country", "title-any")
_WHERE = ("where-office", "where", "where-unknown")
_SEND = ("send", "send-any")
"""The wordings of a title, a place and of what to send, the most telling first."""


def _choose_fillable_wording(kind: EntryPointSpec, names: tuple[str, ...], values: Mapping[str, Value]) -> str:
    """The first wording that the values can fill."""
    keys = [key for name in names if has_wording(key := f"{kind.name}.{name}")]
    return next((key for key in keys if all(values.get(part) for part in list_template_fields(key))), "where.unknown")


def _assess_access(opens: KnownDay | None, closes: KnownDay | None, on: PartialDate, *, strict: bool) -> Access:
    if closes is not None and closes.latest.certainly_before(on):
        return Access.CLOSED if strict else Access.NOT_CLOSED
    if opens is not None and opens.earliest.certainly_after(on):
        return Access.AHEAD
    if closes is None:
        return Access.UNKNOWN
    surely = opens is not None and not opens.latest.certainly_after(on) and not closes.earliest.certainly_before(on)
    return Access.OPEN if surely else Access.NOT_CLOSED


def _make_entry_point_sort_key(point: AssessedEntryPoint) -> tuple[object, ...]:
    closes = None if point.closes is None or point.closes.latest.certainly_before(point.on) else point.closes
    last_day = _LAST if closes is None else closes.earliest
    opens = point.opens.earliest if point.opens is not None and point.is_ahead else ""
    return point.is_closed, point.is_ahead, opens, last_day, point.starts or _LAST, point.uid
