"""GR: the general review in the Conference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.accreditation import Accreditation, Forum
from untoc_network.model.event import Event, EventKind, Statement
from untoc_network.model.general_review import GeneralReview
from untoc_network.model.organization_and_person import GOVERNMENTAL, Organization, OrganizationKind, Person
from untoc_network.model.register import Register
from untoc_network.process import ACCREDITATION, GENERAL_REVIEW, AccreditationState
from untoc_network.process.general_review_procedure import SESSIONS
from untoc_network.rules import citations
from untoc_network.rules.areas.duplicates_cycles_overlaps import find_overlaps
from untoc_network.rules.areas.log_rule_makers import Log, make_log_out_of_order_rule, make_step_not_allowed_rule
from untoc_network.rules.looked_at_fields import (
    DATES,
    ROLES,
    Resolve,
    naming_fields,
    own_fields,
    referenced_fields,
    related_fields,
)
from untoc_network.rules.rule import Context, Violation, rule, violation

_NOT_OBSERVERS = GOVERNMENTAL | {
    OrganizationKind.INTERGOVERNMENTAL,
    OrganizationKind.PROGRAMME,
    OrganizationKind.UNIT,
    OrganizationKind.UNKNOWN,
}
"""Kinds of bodies that speak in the Conference on another ground than rule 17, or of which that is not known."""


def _list_sessions(events: Iterable[Event], _: Resolve) -> Iterator[tuple[Any, EventKind]]:
    return ((event, event.kind) for event in events if event.kind is EventKind.CONFERENCE_SESSION)


@rule(
    "GR001",
    on=Register,
    severity=Severity.ERROR,
    message="the session overlaps with '{other}', another session of the Conference",
    hint="check the dates of both sessions",
    basis=SESSIONS,
    looks=(related_fields(Event, *DATES, by=("kind",), sharing=_list_sessions),),
)
def overlapping_sessions(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """Two sessions of the Conference do not overlap.

    Why: the Conference meets every two years; one of the days is wrong, or one session is recorded twice.

    Passes:
        {"events": [{"id": "cop-a", "name": {"en": "A"}, "kind": "conference-session", "starts": "2022-10-17", "ends": "2022-10-21"}, {"id": "cop-b", "name": {"en": "B"}, "kind": "conference-session", "starts": "2024-10-14", "ends": "2024-10-18"}]}

    Fails:
        {"events": [{"id": "cop-a", "name": {"en": "A"}, "kind": "conference-session", "starts": "2022-10-17", "ends": "2022-10-21"}, {"id": "cop-b", "name": {"en": "B"}, "kind": "conference-session", "starts": "2022-10-20", "ends": "2022-10-24"}]}
    """
    for register in registers:
        sessions = [event for event in register.events if event.kind is EventKind.CONFERENCE_SESSION]
        for earlier, later in find_overlaps(sessions):
            yield violation(later, "starts", other=earlier.id)


@rule(
    "GR002",
    on=GeneralReview,
    severity=Severity.WARNING,
    message="the recommendation does not name the body that makes it",
    hint="name the working group or other body in 'body'",
    basis=citations.RECOMMENDATIONS,
)
def recommendation_without_body(reviews: Iterable[GeneralReview], context: Context) -> Iterator[Violation]:
    """A recommendation names the body that makes it.

    Why: only parties and signatories make recommendations; a stakeholder's wish must not pass for one.

    Passes:
        {"general_reviews": [{"id": "gr", "session": 11, "recommendations": [{"key": "r1", "text": {"en": "Share data"}, "body": {"en": "Working Group on Firearms"}}]}]}

    Fails:
        {"general_reviews": [{"id": "gr", "session": 11, "recommendations": [{"key": "r1", "text": {"en": "Share data"}}]}]}
    """
    for review in reviews:
        for position, recommendation in enumerate(review.recommendations):
            if recommendation.body is None:
                yield violation(review, "recommendations", position)


@rule(
    "GR003",
    on=Statement,
    severity=Severity.WARNING,
    message="the statement was made on behalf of '{body}', for which no observer status at this session is recorded",
    hint="record the accreditation under rule 17, or the other capacity in which the statement was made",
    basis=citations.RULE_17_3,
    requires_complete=True,
    looks=(
        own_fields("speaking_as"),
        referenced_fields("event_id", "kind"),
        referenced_fields("speaker_id", *ROLES).then(
            referenced_fields("affiliations.organization_id", "kind").then(
                naming_fields(Accreditation, "organization_id", "event_id", "forum", "log")
            )
        ),
    ),
)
def speaker_without_observer_status(statements: Iterable[Statement], context: Context) -> Iterator[Violation]:
    """A non-governmental organization for which someone speaks at a session of the Conference is an observer there.

    Why: observers may speak on invitation, through a limited number of representatives; others may not.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "persons": [{"id": "p1", "name": "A. Example", "affiliations": [{"key": "for", "organization_id": "xa-ngo"}]}], "events": [{"id": "cop", "name": {"en": "Session"}, "kind": "conference-session"}], "accreditations": [{"id": "a1", "organization_id": "xa-ngo", "forum": "conference", "path": "rule-17-1", "event_id": "cop", "log": [{"step": "apply"}, {"step": "grant"}]}], "statements": [{"id": "s1", "event_id": "cop", "speaker_id": "p1", "speaking_as": ["for"], "summary": {"en": "Cooperation matters"}}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "persons": [{"id": "p1", "name": "A. Example", "affiliations": [{"key": "for", "organization_id": "xa-ngo"}]}], "events": [{"id": "cop", "name": {"en": "Session"}, "kind": "conference-session"}], "statements": [{"id": "s1", "event_id": "cop", "speaker_id": "p1", "speaking_as": ["for"], "summary": {"en": "Cooperation matters"}}]}
    """
    for statement, event, body in _list_statements_for_bodies(statements, context):
        accreditations = context.list_naming(Accreditation, "organization_id", body.id)
        if not any(_is_granted(one) and _holds_at(one, event, context) for one in accreditations):
            yield violation(statement, "speaking_as", body=body.id)


def _holds_at(accreditation: Accreditation, event: Event, context: Context) -> bool:
    named = accreditation.event_id
    return not named or context.register.resolved(named) == event.id


def _is_granted(accreditation: Accreditation) -> bool:
    granted = ACCREDITATION.state_of(accreditation) is AccreditationState.GRANTED
    return granted and accreditation.forum is Forum.CONFERENCE


def _list_statements_for_bodies(
    statements: Iterable[Statement], context: Context
) -> Iterator[tuple[Statement, Event, Organization]]:
    """Every statement at a session of the Conference with each non-governmental body that it was made for."""
    for statement in statements:
        event, speaker = context.get(statement.event_id), context.get(statement.speaker_id)
        if not isinstance(event, Event) or event.kind is not EventKind.CONFERENCE_SESSION:
            continue
        for affiliation in speaker.affiliations if isinstance(speaker, Person) else ():
            body = context.get(affiliation.organization_id)
            named = affiliation.key in statement.speaking_as
            if named and isinstance(body, Organization) and body.kind not in _NOT_OBSERVERS:
                yield statement, event, body


@make_step_not_allowed_rule("GR004", on=GeneralReview, basis=SESSIONS)
def general_review_step_not_allowed(review: GeneralReview) -> Iterator[Log]:
    """Every step in the log of a general review is one that the procedure allows there.

    Why: the state of the review follows from the log alone.

    Passes:
        {"general_reviews": [{"id": "gr", "session": 11, "log": [{"step": "open-session"}, {"step": "review-in-plenary"}]}]}

    Fails:
        {"general_reviews": [{"id": "gr", "session": 11, "log": [{"step": "open-session"}, {"step": "prepare-report"}]}]}
    """
    yield (), review, GENERAL_REVIEW


@make_log_out_of_order_rule("GR005", on=GeneralReview)
def general_review_log_out_of_order(review: GeneralReview) -> Iterator[Log]:
    """The steps in the log of a general review are dated in the order they stand in.

    Why: one of the days is wrong, or the order is.

    Passes:
        {"general_reviews": [{"id": "gr", "session": 11, "log": [{"step": "open-session", "on": "2022-10-17"}, {"step": "close-session", "on": "2022-10-21"}]}]}

    Fails:
        {"general_reviews": [{"id": "gr", "session": 11, "log": [{"step": "open-session", "on": "2022-10-17"}, {"step": "close-session", "on": "2022-10-12"}]}]}
    """
    yield (), review, GENERAL_REVIEW
