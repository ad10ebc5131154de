"""Who fits a task: organizations by theme, country, language, sector and tool, and how balanced the choice is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum

import attrs

from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.engagement.assessed_entry_point import Verdict
from untoc_network.engagement.membership_status import MembershipStatus, members
from untoc_network.engagement.participation_conditions import is_non_governmental
from untoc_network.model.organization_and_person import (
    Affiliation,
    Organization,
    OrganizationFlag,
    OrganizationKind,
    Person,
    Post,
)
from untoc_network.model.register import Register
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, Purpose
from untoc_network.values.consent_evaluation import may
from untoc_network.values.dates import PartialDate
from untoc_network.values.sources_and_claims import BlankReason

__all__ = ["SECTORS", "Balance", "FittingOrganization", "SearchResult", "Sector", "find_organizations"]

UNKNOWN = "unknown"


class Sector(StrEnum):
    """The sectors that stakeholders are counted by."""

    CIVIL_SOCIETY = "civil-society"
    ACADEMIA = "academia"
    PRIVATE_SECTOR = "private-sector"
    OTHER = "other"
    UNKNOWN = "unknown"


_NAMED = {
    OrganizationKind.ACADEMIA: Sector.ACADEMIA,
    OrganizationKind.THINK_TANK: Sector.ACADEMIA,
    OrganizationKind.PRIVATE_SECTOR: Sector.PRIVATE_SECTOR,
    OrganizationKind.PRIVATE_SECTOR_ASSOCIATION: Sector.PRIVATE_SECTOR,
    OrganizationKind.MEDIA: Sector.OTHER,
    OrganizationKind.OTHER: Sector.OTHER,
    OrganizationKind.UNKNOWN: Sector.UNKNOWN,
    OrganizationKind.INTERGOVERNMENTAL: Sector.OTHER,
    OrganizationKind.GOVERNMENT: Sector.OTHER,
    OrganizationKind.GOVERNMENT_BODY: Sector.OTHER,
    OrganizationKind.DIPLOMATIC_MISSION: Sector.OTHER,
    OrganizationKind.PROGRAMME: Sector.OTHER,
    OrganizationKind.UNIT: Sector.OTHER,
}
SECTORS: Mapping[OrganizationKind, Sector] = {kind: _NAMED.get(kind, Sector.CIVIL_SOCIETY) for kind in OrganizationKind}
"""The sector of each kind of organization; civil society is what none of the others is."""


@attrs.frozen(kw_only=True)
class FittingOrganization(HasPlainForm):
    """An organization that fits, with what is known of each thing that was asked for."""

    organization: Organization
    sector: Sector
    verdicts: tuple[tuple[str, Verdict], ...]
    belonging: MembershipStatus | None = None
    """Whether it belongs to the network that was asked for, on the day."""

    @property
    def met(self) -> int:
        """How many of the things asked for it certainly has."""
        return sum(1 for _, verdict in self.verdicts if verdict is Verdict.MET)

    plain_form = PlainForm(
        "organization=organization.id name=organization.name kind=organization.kind sector "
        "country=organization.seat.country belonging verdicts",
        verdicts=lambda fit: dict(fit.verdicts),
    )


@attrs.frozen(kw_only=True)
class Balance(HasPlainForm):
    """How those who fit are spread; what is not recorded counts as unknown.

    Genders are those of representatives, in their own words, where they agreed to statistics. That an organization is
    not flagged as led by youth does not say that it is not.
    """

    sectors: Mapping[str, int]
    regions: Mapping[str, int]
    genders: Mapping[str, int]
    youth: Mapping[str, int]


@attrs.frozen(kw_only=True)
class SearchResult(HasPlainForm):
    """Those who fit, the best first, and their balance."""

    on: PartialDate
    fits: tuple[FittingOrganization, ...]
    balance: Balance


@check_arguments
def find_organizations(  # noqa: PLR0913
    register: Register,
    on: PartialDate | dt.date | str,
    *,
    themes: Collection[str] = (),
    countries: Collection[str] = (),
    languages: Collection[str] = (),
    sectors: Collection[str] = (),
    tools: Collection[str] = (),
    network: str | None = None,
    reference: Reference | None = None,
) -> SearchResult:
    """The non-governmental organizations that fit a task on a day, those first of which most is known to fit.

    Of each thing several may be asked for, and one is enough. An organization of which something asked for is not
    recorded is kept and said to be unknown there, unless nothing at all is known to fit. `sectors` takes kinds of
    organization too; `network` keeps those who belong to it or may. Raises `UnknownRecord` for no network.
    """
    day, facts = PartialDate.of(on), reference or packaged()
    wishes = {"theme": themes, "country": countries, "language": languages, "sector": sectors, "tool": tools}
    asked = {name: frozenset(map(str, wanted)) for name, wanted in wishes.items() if wanted}
    belonging: dict[str, MembershipStatus] | None = None
    if network is not None:
        belonging = {one.organization_id: one.belonging for one in members(register, network, day)}
    fits = []
    for body in register.organizations:
        if not _is_existing_non_governmental(body, day) or (belonging is not None and body.id not in belonging):
            continue
        verdicts = tuple((name, _judge_criterion(body, name, wanted)) for name, wanted in asked.items())
        fit = FittingOrganization(
            organization=body,
            sector=SECTORS[body.kind],
            verdicts=verdicts,
            belonging=None if belonging is None else belonging[body.id],
        )
        if Verdict.NOT_MET not in {verdict for _, verdict in verdicts} and (fit.met or not asked):
            fits.append(fit)
    fits.sort(key=lambda fit: (-fit.met, fit.organization.name.best().casefold(), fit.organization.id))
    return SearchResult(
        on=day, fits=tuple(fits), balance=_compute_balance(register, [fit.organization for fit in fits], day, facts)
    )


def _is_existing_non_governmental(body: Organization, day: PartialDate) -> bool:
    gone = body.dissolved is not None and body.dissolved.certainly_before(day)
    return not gone and is_non_governmental(body) is not Verdict.NOT_MET


def _judge_criterion(body: Organization, name: str, wanted: frozenset[str]) -> Verdict:
    if name == "language":
        wanted = frozenset(tag.partition("-")[0] for tag in wanted)
    has, field = _HAS[name](body)
    if wanted & has:
        return Verdict.MET
    none = any(blank.field == field and blank.reason is BlankReason.NONE for blank in body.blanks)
    return Verdict.NOT_MET if has or none else Verdict.UNKNOWN


def _get_sectors(body: Organization) -> tuple[frozenset[str], str]:
    known = body.kind is not OrganizationKind.UNKNOWN
    return (frozenset({body.kind.value, SECTORS[body.kind].value}) if known else frozenset()), "kind"


def _get_themes(body: Organization) -> tuple[frozenset[str], str]:
    return frozenset(theme.value for theme in body.themes), "themes"


def _get_languages(body: Organization) -> tuple[frozenset[str], str]:
    return frozenset(tag.partition("-")[0] for tag in body.languages), "languages"


def _get_engagement_tools(body: Organization) -> tuple[frozenset[str], str]:
    return frozenset(tool.value for tool in body.engagement_tools), "engagement_tools"


def _get_countries(body: Organization) -> tuple[frozenset[str], str]:
    seat = (body.seat.country,) if body.seat and body.seat.country else ()
    return frozenset({*seat, *body.countries}), "countries"


_HAS = {
    "theme": _get_themes,
    "country": _get_countries,
    "language": _get_languages,
    "sector": _get_sectors,
    "tool": _get_engagement_tools,
}
"""What an organization is known to have of each thing that is asked for, and the field that says so."""


def _compute_balance(register: Register, bodies: Iterable[Organization], day: PartialDate, facts: Reference) -> Balance:
    bodies = tuple(bodies)
    regions = (facts.regional_group(body.seat.country) if body.seat and body.seat.country else None for body in bodies)
    youth = (OrganizationFlag.YOUTH_LED in body.flags for body in bodies)
    people = _list_representatives(register, {body.id for body in bodies}, day)
    return Balance(
        sectors=_count_by_frequency(SECTORS[body.kind] for body in bodies),
        regions=_count_by_frequency(region.value if region else UNKNOWN for region in regions),
        genders=_count_by_frequency(_get_countable_gender(person, day) for person in people),
        youth=_count_by_frequency(OrganizationFlag.YOUTH_LED if led else UNKNOWN for led in youth),
    )


def _list_representatives(register: Register, bodies: Collection[str], day: PartialDate) -> Iterator[Person]:
    """The persons who act for any of the bodies on the day, each once."""
    for person in register.persons:
        roles: tuple[Post | Affiliation, ...] = (*person.posts, *person.affiliations)
        current = (role for role in roles if not (role.period and role.period.surely_outside(day)))
        if any(register.resolved(role.organization_id) in bodies for role in current):
            yield person


def _get_countable_gender(person: Person, day: PartialDate) -> str:
    """In the person's own words, where there is a consent to count it; else unknown."""
    may_be_counted = may(person, Purpose.STATISTICS, Audience.INTERNAL, day)
    return person.gender.casefold() if person.gender and may_be_counted else UNKNOWN


def _count_by_frequency(values: Iterable[str]) -> Mapping[str, int]:
    """How often each occurs, the most frequent first; unknown last."""
    counts = Counter(str(value) for value in values)
    order = sorted(counts, key=lambda value: (value == UNKNOWN, -counts[value], value))
    return {value: counts[value] for value in order}
