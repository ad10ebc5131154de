"""GR: the general review in the Conference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network import process
from untoc_network.diagnostics.findings import Severity
from untoc_network.model.accreditation import Accreditation, Forum
from untoc_network.model.event import Event, EventKind, Statement
from untoc_network.model.general_review import GeneralReview, Recommendation
from untoc_network.model.organization_and_person import GOVERNMENTAL, Organization, OrganizationKind, Person
from untoc_network.model.register import Register
from untoc_network.reference.provisions import RECOMMENDATIONS, SESSIONS
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
    granted = process.ACCREDITATION.state_of(accreditation) is process.AccreditationState.GRANTED
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
    yield (), review, process.GENERAL_REVIEW


@make_log_out_of_order_rule("GR005", on=GeneralReview)
def general_review_log_out_of_order(review: GeneralReview) -> Iterator[Log]:
    """The steps in the log of a general review are dated in the order they stand in.

    Why: one of the days is wrong, or the order is.

    Passes:
        {"general_reviews": [{"id": "gr", "session": 11, "log": [{"step": "open-session", "on": "2022-10-17"}, {"step": "close-session", "on": "2022-10-21"}]}]}

    Fails:
        {"general_reviews": [{"id": "gr", "session": 11, "log": [{"step": "open-session", "on": "2022-10-17"}, {"step": "close-session", "on": "2022-10-12"}]}]}
    """
    yield (), review, process.GENERAL_REVIEW


# -- the chain: recommendation, resolution, follow-up ----------------------------------------------------------------


@rule(
    "GR006",
    on=GeneralReview,
    severity=Severity.ERROR,
    message="the review has no {what:phrase} with the key '{key}'",
    hint="add it to the review, or correct the key",
    basis=citations.IDENTITY,
    phrases={"recommendation": "recommendation", "resolution": "resolution"},
)
def dangling_key_in_chain(reviews: Iterable[GeneralReview], context: Context) -> Iterator[Violation]:
    """What a resolution takes up is a recommendation of its review, and what is followed up one of its resolutions.

    Why: the chain from a recommendation to what was done on it breaks where a key leads nowhere.

    Passes:
        {"general_reviews": [{"id": "gr", "session": 11, "recommendations": [{"key": "r1", "text": {"en": "Share data"}, "body": {"en": "Working Group on Firearms"}}], "resolutions": [{"key": "a", "recommendation_keys": ["r1"]}], "follow_ups": [{"key": "f", "text": {"en": "A meeting"}, "resolution_key": "a"}]}]}

    Fails:
        {"general_reviews": [{"id": "gr", "session": 11, "recommendations": [{"key": "r1", "text": {"en": "Share data"}, "body": {"en": "Working Group on Firearms"}}], "resolutions": [{"key": "a", "recommendation_keys": ["r2"]}]}]}
    """
    for review in reviews:
        made, adopted = ({one.key for one in listed} for listed in (review.recommendations, review.resolutions))
        for place, resolution in enumerate(review.resolutions):
            for position, key in enumerate(resolution.recommendation_keys):
                if key not in made:
                    taken = ("resolutions", place, "recommendation_keys", position)
                    yield violation(review, *taken, what="recommendation", key=key)
        for place, follow_up in enumerate(review.follow_ups):
            if follow_up.resolution_key is not None and follow_up.resolution_key not in adopted:
                followed = ("follow_ups", place, "resolution_key")
                yield violation(review, *followed, what="resolution", key=follow_up.resolution_key)


@rule(
    "GR007",
    on=GeneralReview,
    severity=Severity.ERROR,
    message=(
        "the resolution was adopted on {on:day}, before '{event}' began on {began:day}, where the recommendation '{key}' was made"
    ),
    hint="check both dates, or take the recommendation out of the resolution",
    basis=citations.TIME,
    looks=(own_fields("resolutions", "recommendations"), referenced_fields("recommendations.event_id", *DATES)),
)
def resolution_before_its_recommendation(reviews: Iterable[GeneralReview], context: Context) -> Iterator[Violation]:
    """A resolution takes up what was recommended before it.

    Why: one of the days is wrong, or the recommendation came of another session.

    Passes:
        {"events": [{"id": "wg", "name": {"en": "Group"}, "kind": "working-group-session", "starts": "2024-04-03", "ends": "2024-04-04"}], "general_reviews": [{"id": "gr", "session": 12, "recommendations": [{"key": "r1", "text": {"en": "Share data"}, "body": {"en": "Working Group on Firearms"}, "event_id": "wg"}], "resolutions": [{"key": "a", "adopted": "2024-10-18", "recommendation_keys": ["r1"]}]}]}

    Fails:
        {"events": [{"id": "wg", "name": {"en": "Group"}, "kind": "working-group-session", "starts": "2025-04-28", "ends": "2025-04-29"}], "general_reviews": [{"id": "gr", "session": 12, "recommendations": [{"key": "r1", "text": {"en": "Share data"}, "body": {"en": "Working Group on Firearms"}, "event_id": "wg"}], "resolutions": [{"key": "a", "adopted": "2024-10-18", "recommendation_keys": ["r1"]}]}]}
    """
    for review in reviews:
        made = {one.key: one for one in review.recommendations}
        for place, resolution in enumerate(review.resolutions):
            for key in resolution.recommendation_keys:
                event = _get_session_of(made.get(key), context)
                began = None if event is None else event.first_day
                if event is None or began is None or resolution.adopted is None:
                    continue
                if resolution.adopted.certainly_before(began):
                    told: dict[str, Any] = {
                        "on": str(resolution.adopted),
                        "event": event.id,
                        "began": str(began),
                        "key": key,
                    }
                    yield violation(review, "resolutions", place, "adopted", **told)


def _get_session_of(recommendation: Recommendation | None, context: Context) -> Event | None:
    event = None if recommendation is None else context.get(recommendation.event_id)
    return event if isinstance(event, Event) else None


@rule(
    "GR008",
    on=GeneralReview,
    severity=Severity.ERROR,
    message="the follow-up is dated {on:day}, before its resolution was adopted on {adopted:day}",
    hint="check both dates, or name the resolution that it follows",
    basis=citations.TIME,
)
def follow_up_before_its_resolution(reviews: Iterable[GeneralReview], context: Context) -> Iterator[Violation]:
    """What is followed up was resolved before.

    Why: one of the days is wrong, or the follow-up belongs to another resolution.

    Passes:
        {"general_reviews": [{"id": "gr", "session": 12, "resolutions": [{"key": "a", "adopted": "2024-10-18"}], "follow_ups": [{"key": "f", "text": {"en": "A meeting"}, "resolution_key": "a", "on": "2025-06"}]}]}

    Fails:
        {"general_reviews": [{"id": "gr", "session": 12, "resolutions": [{"key": "a", "adopted": "2024-10-18"}], "follow_ups": [{"key": "f", "text": {"en": "A meeting"}, "resolution_key": "a", "on": "2024-06"}]}]}
    """
    for review in reviews:
        adopted = {one.key: one.adopted for one in review.resolutions}
        for place, follow_up in enumerate(review.follow_ups):
            before = adopted.get(follow_up.resolution_key) if follow_up.resolution_key is not None else None
            if before is not None and follow_up.on is not None and follow_up.on.certainly_before(before):
                yield violation(review, "follow_ups", place, "on", on=str(follow_up.on), adopted=str(before))


_MEETINGS_OF_GROUPS = frozenset({EventKind.WORKING_GROUP_SESSION, EventKind.EXPERT_GROUP_MEETING})


@rule(
    "GR009",
    on=GeneralReview,
    severity=Severity.WARNING,
    message="the recommendation is of a working group, but '{event}', where it was made, is a {kind:label}",
    hint="name the session of the working group, or the other body that recommends",
    basis=RECOMMENDATIONS,
    looks=(own_fields("recommendations"), referenced_fields("recommendations.event_id", "kind")),
)
def recommendation_at_another_event(reviews: Iterable[GeneralReview], context: Context) -> Iterator[Violation]:
    """A working group makes its recommendations at a session of its own.

    Why: what was said in a dialogue or at a side event is no recommendation to the Conference.

    Passes:
        {"events": [{"id": "wg", "name": {"en": "Group"}, "kind": "working-group-session"}], "general_reviews": [{"id": "gr", "session": 12, "recommendations": [{"key": "r1", "text": {"en": "Share data"}, "body": {"en": "Working Group on Firearms"}, "working_group": "firearms", "event_id": "wg"}]}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "general_reviews": [{"id": "gr", "session": 12, "recommendations": [{"key": "r1", "text": {"en": "Share data"}, "body": {"en": "Working Group on Firearms"}, "working_group": "firearms", "event_id": "talk"}]}]}
    """
    for review in reviews:
        for place, recommendation in enumerate(review.recommendations):
            event = None if recommendation.working_group is None else _get_session_of(recommendation, context)
            if event is not None and event.kind not in _MEETINGS_OF_GROUPS:
                yield violation(review, "recommendations", place, "event_id", event=event.id, kind=event.kind)


_SYMBOL = re.compile(r"(?:decision )?([0-9]+)/[0-9]+")


@rule(
    "GR010",
    on=GeneralReview,
    severity=Severity.ERROR,
    message="the symbol '{symbol}' is of session {other} of the Conference, but the review is of session {session}",
    hint="correct the symbol, or move the resolution to the general review of its session",
    basis=citations.NUMBERING,
)
def symbol_of_another_session(reviews: Iterable[GeneralReview], context: Context) -> Iterator[Violation]:
    """The symbol of a resolution begins with the number of the session that adopted it.

    Why: resolutions are cited by their symbols; one under a wrong session is not found.

    Passes:
        {"general_reviews": [{"id": "gr", "session": 12, "resolutions": [{"key": "a", "symbol": "12/4"}]}]}

    Fails:
        {"general_reviews": [{"id": "gr", "session": 12, "resolutions": [{"key": "a", "symbol": "11/4"}]}]}
    """
    for review in reviews:
        for place, resolution in enumerate(review.resolutions):
            read = _SYMBOL.fullmatch(resolution.symbol or "")
            if read is not None and int(read[1]) != review.session:
                told: dict[str, Any] = {"symbol": read[0], "other": int(read[1]), "session": review.session}
                yield violation(review, "resolutions", place, "symbol", **told)


@rule(
    "GR011",
    on=GeneralReview,
    severity=Severity.ERROR,
    message="the resolution was adopted on {on:day}, outside of the days of '{event}' ({starts:day} to {ends:day})",
    hint="check the day of the resolution, and the days of the session",
    basis=citations.TIME,
    looks=(own_fields("resolutions"), referenced_fields("event_id", *DATES)),
)
def resolution_outside_of_the_session(reviews: Iterable[GeneralReview], context: Context) -> Iterator[Violation]:
    """The Conference adopts a resolution on a day of its session.

    Why: one of the days is wrong, or the resolution is of another session.

    Passes:
        {"events": [{"id": "cop", "name": {"en": "Session"}, "kind": "conference-session", "starts": "2022-10-17", "ends": "2022-10-21"}], "general_reviews": [{"id": "gr", "session": 11, "event_id": "cop", "resolutions": [{"key": "a", "adopted": "2022-10-21"}]}]}

    Fails:
        {"events": [{"id": "cop", "name": {"en": "Session"}, "kind": "conference-session", "starts": "2022-10-17", "ends": "2022-10-21"}], "general_reviews": [{"id": "gr", "session": 11, "event_id": "cop", "resolutions": [{"key": "a", "adopted": "2022-10-25"}]}]}
    """
    for review in reviews:
        event = context.get(review.event_id)
        starts = event.first_day if isinstance(event, Event) else None
        if starts is None:
            continue
        ends = event.last_day or starts
        for place, resolution in enumerate(review.resolutions):
            on = resolution.adopted
            if on is not None and (on.certainly_before(starts) or on.certainly_after(ends)):
                told: dict[str, Any] = {"on": str(on), "event": event.id, "starts": str(starts), "ends": str(ends)}
                yield violation(review, "resolutions", place, "adopted", **told)


@rule(
    "GR012",
    on=GeneralReview,
    severity=Severity.ERROR,
    message="the recommendation was made at '{event}', which began on {began:day}, after '{session}' ended on {ended:day}",
    hint="check the dates, or move the recommendation to the general review of the next session",
    basis=citations.TIME,
    looks=(
        own_fields("recommendations"),
        referenced_fields("event_id", *DATES),
        referenced_fields("recommendations.event_id", *DATES),
    ),
)
def recommendation_after_the_session(reviews: Iterable[GeneralReview], context: Context) -> Iterator[Violation]:
    """What is recommended to a session of the Conference is recommended before it ends.

    Why: the Conference considers at its next session what comes later.

    Passes:
        {"events": [{"id": "cop", "name": {"en": "Session"}, "kind": "conference-session", "starts": "2022-10-17", "ends": "2022-10-21"}, {"id": "wg", "name": {"en": "Group"}, "kind": "working-group-session", "starts": "2022-05-04"}], "general_reviews": [{"id": "gr", "session": 11, "event_id": "cop", "recommendations": [{"key": "r1", "text": {"en": "Share data"}, "body": {"en": "Working Group on Firearms"}, "event_id": "wg"}]}]}

    Fails:
        {"events": [{"id": "cop", "name": {"en": "Session"}, "kind": "conference-session", "starts": "2022-10-17", "ends": "2022-10-21"}, {"id": "wg", "name": {"en": "Group"}, "kind": "working-group-session", "starts": "2023-05-03"}], "general_reviews": [{"id": "gr", "session": 11, "event_id": "cop", "recommendations": [{"key": "r1", "text": {"en": "Share data"}, "body": {"en": "Working Group on Firearms"}, "event_id": "wg"}]}]}
    """
    for review in reviews:
        session = context.get(review.event_id)
        ended = session.last_day or session.first_day if isinstance(session, Event) else None
        for place, recommendation in enumerate(review.recommendations if ended is not None else ()):
            event = _get_session_of(recommendation, context)
            began = None if event is None else event.first_day
            if event is not None and ended is not None and began is not None and began.certainly_after(ended):
                told: dict[str, Any] = {
                    "event": event.id,
                    "began": str(began),
                    "session": session.id,
                    "ended": str(ended),
                }
                yield violation(review, "recommendations", place, "event_id", **told)


@rule(
    "GR013",
    on=GeneralReview,
    severity=Severity.WARNING,
    message="the recommendation is of the group on {group:label}, but '{event}' is a session of the group on {other:label}",
    hint="correct the working group of the recommendation, or the event at which it was made",
    basis=RECOMMENDATIONS,
    looks=(own_fields("recommendations"), referenced_fields("recommendations.event_id", "working_group")),
)
def recommendation_of_another_group(reviews: Iterable[GeneralReview], context: Context) -> Iterator[Violation]:
    """A recommendation is of the working group at whose session it was made.

    Why: each group recommends within its own field; who follows one up goes to that group.

    Passes:
        {"events": [{"id": "wg", "name": {"en": "Group"}, "kind": "working-group-session", "working_group": "firearms"}], "general_reviews": [{"id": "gr", "session": 12, "recommendations": [{"key": "r1", "text": {"en": "Share data"}, "body": {"en": "Working Group on Firearms"}, "working_group": "firearms", "event_id": "wg"}]}]}

    Fails:
        {"events": [{"id": "wg", "name": {"en": "Group"}, "kind": "working-group-session", "working_group": "technical-assistance"}], "general_reviews": [{"id": "gr", "session": 12, "recommendations": [{"key": "r1", "text": {"en": "Share data"}, "body": {"en": "Working Group on Firearms"}, "working_group": "firearms", "event_id": "wg"}]}]}
    """
    for review in reviews:
        for place, recommendation in enumerate(review.recommendations):
            event, group = _get_session_of(recommendation, context), recommendation.working_group
            other = None if event is None else event.working_group
            if event is not None and group is not None and other is not None and other is not group:
                told: dict[str, Any] = {"group": group, "event": event.id, "other": other}
                yield violation(review, "recommendations", place, "working_group", **told)
