"""What there is on one State, gathered for an audience: from what it may see of the register, and from the facts.

All is read from the audience's view, which is looked at once more as every export is: what is withheld can reach no
part of it. Only who agreed to be named for a contribution is asked of the register itself, and of those it names the
ones that the view has. Those who may not be named are not counted either.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

import attrs

from untoc_network.diagnostics.findings import Basis
from untoc_network.engagement.consolidated_submission import is_contribution_on_country
from untoc_network.engagement.consultations_and_follow_ups import list_known_reviews
from untoc_network.engagement.country_overview import (
    AssistanceNeed,
    CalendarPhase,
    ContributionOverview,
    CountryOverview,
    EntryPointOverview,
    FactSource,
    FocalPointOverview,
    GroupStatement,
    MemberOverview,
    PublishedArtefact,
    RegionalGroupStatement,
    ReviewerOverview,
    ReviewOfAnotherState,
    ReviewOverview,
    StepOverview,
    StepStanding,
    TreatyStanding,
)
from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.engagement.entry_point_assessment import country_entry_points
from untoc_network.engagement.focal_point_letter import make_letter
from untoc_network.engagement.membership_status import MembershipStatus, assess_membership
from untoc_network.engagement.nameable_authors import find_named_authors
from untoc_network.model.convention import TreatyCode
from untoc_network.model.country_review import CountryReview, ObservationKind
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.record import SourcedRecord
from untoc_network.model.register import Register
from untoc_network.model.source import Source
from untoc_network.privacy.export_guard import refuse_exposed
from untoc_network.privacy.redactions import View
from untoc_network.privacy.view import view
from untoc_network.process import COUNTRY_REVIEW
from untoc_network.process.next_steps import Deadline
from untoc_network.process.review_tracker import ReviewStanding, track
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference
from untoc_network.reference.row_types import Row
from untoc_network.reference.table_rows import select_missing
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, audience_from_name
from untoc_network.values.dates import PartialDate, require_whole_day
from untoc_network.values.sources_and_claims import Citation

__all__ = ["describe_country"]

_ACTORS = {transition.step: transition.actor for transition in COUNTRY_REVIEW.transitions}
"""Whose step each is by the procedure, where the log does not say in which role it was taken."""

_DATED = (
    "conference_sessions",
    "dialogues",
    "events",
    "observer_rules",
    "review_groups",
    "review_steps",
    "snapshots",
    "working_group_sessions",
)
"""The tables whose sources entry points and time limits rest on."""


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
    seen_by, day, facts = audience_from_name(audience), require_whole_day(on), reference or packaged()
    seen = view(register, seen_by, day)
    refuse_exposed(register, seen.register, seen_by, day, seen.origins)
    return _Description(register, seen, facts.country_code(country), seen_by, facts, day).make()


class _Description:
    """One gathering."""

    def __init__(  # noqa: PLR0913, PLR0917
        self, register: Register, seen: View, country: str, audience: Audience, facts: Reference, on: PartialDate
    ) -> None:
        self.whole, self.seen, self.origins = register, seen.register, seen.origins
        self.country, self.audience, self.facts, self.on = country, audience, facts, on
        self.agenda = DayAgenda(on=on, register=seen.register, facts=facts)

    def make(self) -> CountryOverview:
        reviews = self.describe_reviews()
        points = country_entry_points(self.seen, self.country, self.on, reference=self.facts)
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
            reviews_of_others=tuple(self.list_reviews_of_others()),
            members=tuple(sorted(self.list_members(), key=lambda one: (one.name.best().casefold(), one.id))),
            contributions=tuple(self.list_contributions()),
            assistance_needs=tuple(self.list_needs()),
            entry_points=tuple(
                EntryPointOverview(
                    point=point,
                    is_on_the_state=point.subject_id.partition("/")[0] in ids,
                    sources=self.cite_bases(
                        (point.basis, *(day.basis for day in (point.opens, point.closes) if day is not None))
                    ),
                )
                for point in points
                if not point.is_closed
            ),
            letter=make_letter(self.country, reviews, points, self.on),
            missing=self.list_missing(parties),
        )

    # -- where facts were read -----------------------------------------------------------------------------------------

    def cite(self, *holders: SourcedRecord | None, only: Iterable[Citation] = ()) -> tuple[FactSource, ...]:
        """The sources `only` names, or else those of the records; the register itself where there are none."""
        citations = (*only,) or tuple(one for holder in holders if holder is not None for one in holder.sources)
        found = [self.describe_citation(one) for one in citations]
        return tuple(dict.fromkeys(found)) or (FactSource(document=None, day=self.seen.as_of),)

    def describe_citation(self, citation: Citation) -> FactSource:
        source = self.seen.by_id.get(self.seen.resolved(citation.source_id))
        if not isinstance(source, Source):
            return FactSource(document=None, day=self.seen.as_of, certainty=citation.certainty)
        return FactSource(
            document=source.title,
            provision=citation.paragraph,
            url=source.url,
            day=source.published or source.retrieved or self.seen.as_of,
            certainty=citation.certainty,
        )

    def cite_bases(self, bases: Iterable[Basis | None]) -> tuple[FactSource, ...]:
        """What time limits and entry points rest on; the register itself where it alone has them."""
        found = dict.fromkeys(self.describe_basis(basis) for basis in bases if basis is not None)
        return tuple(found) or (FactSource(document=None, day=self.seen.as_of),)

    def describe_basis(self, basis: Basis) -> FactSource:
        day = self.agenda.once(_map_days_by_source).get(basis.source or "")
        return FactSource(
            document=basis.document,
            provision=basis.provision,
            url=basis.source,
            day=day,
            certainty=basis.certainty,
        )

    # -- the facts -----------------------------------------------------------------------------------------------------

    def find_regional_group(self) -> RegionalGroupStatement | None:
        rows = (row for row in self.facts.table("regional_groups") if row.country == self.country)
        return next(
            (RegionalGroupStatement(group=row.group, sources=(_cite_row(row, "regional groups"),)) for row in rows),
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
                        sources=(_cite_row(party, "treaty actions", code),),
                    )

    def list_groups(self) -> Iterator[GroupStatement]:
        row = self.facts.group_assignment(self.country)
        if row is not None:
            yield GroupStatement(group=row.group, sources=(_cite_row(row, "review groups"),))
        stated = {review.group: review for review in self.seen.reviews_of(self.country) if review.group is not None}
        for group, review in sorted(stated.items()):
            if row is None or row.group != group:
                yield GroupStatement(group=group, sources=self.cite(review))

    def list_phases(self, reviews: Iterable[ReviewOverview]) -> Iterator[CalendarPhase]:
        group = next((review.group for review in reviews if review.group is not None), None)
        for row in self.facts.table("nominal_phases"):
            if row.group == group:
                source = _cite_row(row, "nominal calendar")
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

    # -- reviews -------------------------------------------------------------------------------------------------------

    def describe_reviews(self) -> tuple[ReviewOverview, ...]:
        reviews = list_known_reviews(self.agenda, self.country)
        tracker = track(attrs.evolve(self.seen, country_reviews=reviews), self.on, reference=self.facts)
        return tuple(self.describe_review(standing) for standing in tracker.standings)

    def describe_review(self, standing: ReviewStanding) -> ReviewOverview:
        review = standing.review
        recorded = review.id in self.seen.by_id
        row = self.facts.group_assignment(self.country)
        point = standing.focal_point
        return ReviewOverview(
            id=review.id,
            is_recorded=recorded,
            group=review.group or (row.group if row else None),
            phase=review.phase,
            cluster=review.cluster,
            instruments=review.instruments,
            languages=review.languages,
            state=standing.state,
            steps=tuple(self.list_steps(standing)),
            reviewers=tuple(
                ReviewerOverview(
                    country=one.country, instruments=one.instruments, sources=self.cite(review, only=one.sources)
                )
                for one in review.reviewers
            ),
            focal_point=None
            if point is None
            else FocalPointOverview(
                office=point.office,
                person=self.find_person_name(point.person_id),
                period=point.period,
                sources=self.cite(review, only=point.sources),
            ),
            published=tuple(
                PublishedArtefact(
                    kind=one.kind,
                    instrument=one.instrument,
                    published=one.published,
                    url=one.url,
                    sources=self.cite(review, only=one.sources),
                )
                for one in standing.published
            ),
            sources=self.cite(review),
        )

    def list_reviews_of_others(self) -> Iterator[ReviewOfAnotherState]:
        for review in self.seen.country_reviews:
            for one in review.reviewers:
                if one.country == self.country:
                    yield ReviewOfAnotherState(
                        review_id=review.id,
                        country=review.country,
                        phase=review.phase,
                        instruments=one.instruments,
                        sources=self.cite(review, only=one.sources),
                    )

    def find_person_name(self, person_id: str | None) -> str | None:
        person = None if person_id is None else self.seen.by_id.get(self.seen.resolved(person_id))
        return person.name if isinstance(person, Person) else None

    def list_steps(self, standing: ReviewStanding) -> Iterator[StepOverview]:
        """What is recorded, in its order; then what is due or to come, by day; then what has no time limit."""
        for entry in standing.review.log:
            limits = [one for one in standing.deadlines if one.step == entry.step and one.taken == entry.on is not None]
            late = min((one.days_late(self.on)[0] for one in limits), default=0)
            limiting = self.cite_bases(one.basis for one in limits) if late else ()
            yield StepOverview(
                step=entry.step,
                actor=entry.actor or _ACTORS.get(entry.step),
                by=entry.by,
                standing=StepStanding.RECORDED,
                on=entry.on,
                days_late=late,
                sources=(*self.cite(standing.review, only=entry.sources), *limiting),
            )
        alike: defaultdict[tuple[StepStanding, Deadline], list[str]] = defaultdict(list)
        for deadline in sorted(standing.deadlines, key=lambda one: one.latest):
            found = _judge(deadline, standing.review, self.on)
            if found is not None:
                alike[found, attrs.evolve(deadline, by=None)] += filter(None, (deadline.by,))
        for (found, deadline), states in alike.items():
            yield StepOverview(
                step=deadline.step,
                actor=deadline.actor,
                by=tuple(states),
                standing=found,
                due=deadline.earliest,
                due_latest=deadline.latest,
                days_late=deadline.days_late(self.on)[0],
                sources=self.cite_bases((deadline.basis,)),
            )
        for step in standing.next_steps:
            if step.deadline is None and step.required:
                yield StepOverview(
                    step=step.step,
                    actor=step.actor,
                    by=() if step.by is None else (step.by,),
                    standing=StepStanding.OPEN,
                    sources=self.cite_bases((step.basis,)),
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
                    sources=self.cite(*(one for one, _ in held), body),
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
                sources=self.cite(one),
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
                        sources=self.cite(review),
                    )


def _map_days_by_source(agenda: DayAgenda) -> dict[str, PartialDate]:
    """The day that what was read at an address is of, as the tables of facts have it."""
    found: dict[str, PartialDate] = {}
    for source in agenda.register.sources:
        day = source.published or source.retrieved or agenda.register.as_of
        if source.url is not None and day is not None:
            found[source.url] = day
    for row in (row for name in _DATED for row in agenda.facts.table(name)):
        for address in dict.fromkeys((row.source, *row.source.split(" ; "))):
            found[address] = max(found.get(address, row.as_of), row.as_of)
    return found


def _cite_row(row: Row, document: str, provision: str | None = None) -> FactSource:
    return FactSource(document=document, provision=provision, url=row.source, day=row.as_of, certainty=row.certainty)


def _judge(deadline: Deadline, review: CountryReview, on: PartialDate) -> StepStanding | None:
    """What is known of a step that has a time limit; None of one that is recorded, which its entry tells."""
    if deadline.passed:
        entries = [entry for entry in review.log if entry.step == deadline.step]
        is_recorded = any(deadline.by is None or entry.may_be_by(deadline.by) for entry in entries)
        return None if is_recorded else StepStanding.IMPLIED
    if deadline.days_late(on)[0]:
        return StepStanding.LATE
    return StepStanding.NO_RECORD if deadline.is_due(on) else StepStanding.AHEAD
