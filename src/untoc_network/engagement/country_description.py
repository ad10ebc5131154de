"""What there is on one State, gathered for an audience: from what it may see of the register, and from the facts.

All is read from the audience's view, which is looked at once more as every export is: what is withheld can reach no
part of it. Only who agreed to be named for a contribution is asked of the register itself, and of those it names the
ones that the view has. Those who may not be named are not counted either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from untoc_network.engagement.consolidated_submission import is_contribution_on_country
from untoc_network.engagement.country_overview import (
    AssistanceNeed,
    CalendarPhase,
    ContributionOverview,
    CountryOverview,
    EntryPointOverview,
    GroupStatement,
    MemberOverview,
    RegionalGroupStatement,
    ReviewOverview,
    TreatyStanding,
)
from untoc_network.engagement.country_review_description import ReviewDescription
from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.engagement.entry_point_assessment import assess_any_body
from untoc_network.engagement.fact_citations import FactCitations, cite_row
from untoc_network.engagement.focal_point_letter import make_letter
from untoc_network.engagement.membership_status import MembershipStatus, assess_membership
from untoc_network.engagement.nameable_authors import find_named_authors
from untoc_network.model.convention import TreatyCode
from untoc_network.model.country_review import ObservationKind
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.register import Register
from untoc_network.privacy.export_guard import refuse_exposed
from untoc_network.privacy.redactions import View
from untoc_network.privacy.view import view
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference
from untoc_network.reference.table_rows import select_missing
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, audience_from_name
from untoc_network.values.dates import PartialDate, require_whole_day
from untoc_network.values.ids_and_codes import CountryCode

__all__ = ["describe_countries", "describe_country"]


@check_arguments
def describe_country(
    register: Register,
    country: str,
    on: PartialDate | dt.date | str,
    *,
    audience: Audience | str = Audience.PUBLIC,
    reference: Reference | None = None,
) -> CountryOverview:
    """What about one State, by any of its names or codes, on a day: what an audience may see, and nothing of the rest.

    Raises `UnknownRecord` where no country, or more than one, has that name; `ImpossibleValue` where `on` is no whole
    day or there is no such audience; `WouldExpose` where the view would show what the audience may not see.
    """
    return next(describe_countries(register, (country,), on, audience=audience, reference=reference))


@check_arguments
def describe_countries(  # noqa: PLR0913
    register: Register,
    countries: Iterable[str],
    on: PartialDate | dt.date | str,
    *,
    audience: Audience | str = Audience.PUBLIC,
    reference: Reference | None = None,
    seen: View | None = None,
) -> Iterator[CountryOverview]:
    """What `describe_country` says of each of some States, one after the other; what is the same for all is made once.

    `seen` is the view of that audience on that day, where there is one already; it is looked at like any other.
    Raises what `describe_country` raises, when the first is asked for.
    """
    seen_by, day, facts = audience_from_name(audience), require_whole_day(on), reference or packaged()
    seen = view(register, seen_by, day) if seen is None else seen
    refuse_exposed(register, seen.register, seen_by, day, seen.origins)
    agenda = DayAgenda(on=day, register=seen.register, facts=facts)
    for country in countries:
        yield _Description(register, seen, CountryCode(facts.country_code(country)), seen_by, agenda).make()


class _Description:
    """One gathering."""

    def __init__(
        self, register: Register, seen: View, country: CountryCode, audience: Audience, agenda: DayAgenda
    ) -> None:
        self.whole, self.seen, self.origins = register, seen.register, seen.origins
        self.country, self.audience, self.facts, self.on = country, audience, agenda.facts, agenda.on
        self.agenda, self.citations = agenda, FactCitations(agenda=agenda)

    def make(self) -> CountryOverview:
        described = ReviewDescription(country=self.country, agenda=self.agenda, citations=self.citations)
        reviews = described.describe_all()
        points = assess_any_body(self.agenda, self.country)
        ids = {review.id for review in reviews}
        parties = tuple(self.list_treaties())
        return CountryOverview(
            country=self.country,
            name=self.facts.name_of(self.country),
            on=self.on,
            as_of=self.seen.as_of,
            audience=self.audience,
            regional_group=self.find_regional_group(),
            treaties=parties,
            groups=tuple(self.list_groups()),
            calendar=tuple(self.list_phases(reviews)),
            reviews=reviews,
            reviews_of_others=tuple(described.list_reviews_of_others()),
            members=tuple(sorted(self.list_members(), key=lambda one: (one.name.best().casefold(), one.id))),
            contributions=tuple(self.list_contributions()),
            assistance_needs=tuple(self.list_needs()),
            entry_points=tuple(
                EntryPointOverview(
                    point=point,
                    is_on_the_state=point.subject_id.partition("/")[0] in ids,
                    sources=self.citations.cite_bases(
                        (point.basis, *(day.basis for day in (point.opens, point.closes) if day is not None))
                    ),
                )
                for point in points
                if not point.is_closed
            ),
            letter=make_letter(self.country, reviews, points, self.on),
            missing=self.list_missing(parties),
        )

    # -- the facts -----------------------------------------------------------------------------------------------------

    def find_regional_group(self) -> RegionalGroupStatement | None:
        rows = (row for row in self.facts.table("regional_groups") if row.country == self.country)
        return next(
            (RegionalGroupStatement(group=row.group, sources=(cite_row(row, "regional groups"),)) for row in rows),
            None,
        )

    def list_treaties(self) -> Iterator[TreatyStanding]:
        for code in TreatyCode:
            for party in self.facts.parties(code, on=self.on):
                if party.code == self.country:
                    yield TreatyStanding(
                        instrument=code,
                        kind=party.kind,
                        deposited=party.deposited,
                        in_force=party.in_force,
                        sources=(cite_row(party, "treaty actions", code),),
                    )

    def list_groups(self) -> Iterator[GroupStatement]:
        row = self.facts.group_assignment(self.country)
        if row is not None:
            yield GroupStatement(group=row.group, sources=(cite_row(row, "review groups"),))
        stated = {review.group: review for review in self.seen.reviews_of(self.country) if review.group is not None}
        for group, review in sorted(stated.items()):
            if row is None or row.group != group:
                yield GroupStatement(group=group, sources=self.citations.cite(review))

    def list_phases(self, reviews: Iterable[ReviewOverview]) -> Iterator[CalendarPhase]:
        group = next((review.group for review in reviews if review.group is not None), None)
        for row in self.facts.table("nominal_phases"):
            if row.group == group:
                source = cite_row(row, "nominal calendar")
                yield CalendarPhase(phase=row.phase, starts=row.starts, ends=row.ends, sources=(source,))

    def list_missing(self, parties: Iterable[TreatyStanding]) -> tuple[str, ...]:
        """What the tables lack that may be of this State."""
        held = {one.instrument for one in parties}
        lacking = self.facts.list_missing("treaty_actions")
        return tuple(
            dict.fromkeys(
                said
                for code in TreatyCode
                if code not in held
                for said in select_missing(lacking, code)
                if said.startswith(code)
            )
        )

    # -- who works on it -----------------------------------------------------------------------------------------------

    def list_members(self) -> Iterator[MemberOverview]:
        for body in self.seen.organizations:
            seat = body.seat.country if body.seat is not None else None
            if self.country not in (seat, *body.countries):
                continue
            memberships = self.seen.memberships_by_organization.get(body.id, ())
            judged = [(one, assess_membership(self.seen, one, self.on)) for one in memberships]
            held = [(one, status) for one, status in judged if status is not MembershipStatus.NO]
            if held:
                yield MemberOverview(
                    id=body.id,
                    name=body.name,
                    kind=body.kind,
                    is_certain=any(status is MembershipStatus.CERTAIN for _, status in held),
                    has_seat_there=seat == self.country,
                    sources=self.citations.cite(*(one for one, _ in held), body),
                )

    def list_contributions(self) -> Iterator[ContributionOverview]:
        new_ids = {old: new for new, old in self.origins.items()}
        for one in self.seen.contributions:
            if not is_contribution_on_country(one, self.country, self.seen):
                continue
            own = self.whole[self.origins.get(one.id, one.id)]
            named = find_named_authors(self.whole, own, self.audience, self.on).named
            authors = (self.seen.by_id.get(new_ids.get(name, name)) for name in named)
            yield ContributionOverview(
                id=one.id,
                title=one.title,
                kind=one.kind,
                status=one.status,
                instrument=one.instrument,
                articles=one.articles,
                names=tuple(author.name for author in authors if isinstance(author, Organization | Person)),
                submitted=one.submitted,
                reflected_in=one.reflected_in,
                sources=self.citations.cite(one),
            )

    def list_needs(self) -> Iterator[AssistanceNeed]:
        for review in self.seen.reviews_of(self.country):
            for one in review.observations:
                if one.kind is ObservationKind.TECHNICAL_ASSISTANCE_NEED:
                    yield AssistanceNeed(
                        review_id=review.id,
                        instrument=one.instrument,
                        article=one.article,
                        text=one.text,
                        sources=self.citations.cite(review),
                    )
