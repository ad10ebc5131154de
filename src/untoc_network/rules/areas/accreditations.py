"""AC: applications for status, step by step, each for one forum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from untoc_network import process
from untoc_network.diagnostics.findings import Severity
from untoc_network.model.accreditation import (
    ON_NOTICE,
    Accreditation,
    AccreditationPath,
    AccreditationStep as Step,
    Forum,
)
from untoc_network.model.event import Event, EventKind
from untoc_network.model.organization_and_person import GOVERNMENTAL, Organization, OrganizationKind
from untoc_network.reference.provisions import RULE_17, RULE_17_2, RULES_14_AND_16_1, RULES_14_TO_17
from untoc_network.rules import citations
from untoc_network.rules.areas.log_rule_makers import (
    Log,
    find_late_steps,
    make_log_out_of_order_rule,
    make_step_not_allowed_rule,
)
from untoc_network.rules.looked_at_fields import own_fields, referenced_fields
from untoc_network.rules.rule import Context, Violation, rule, violation

_DECISIONS = frozenset({Step.GRANT, Step.DECIDE_IN_FAVOUR, Step.DECIDE_AGAINST})
_FORUM_OF = {path: Forum.ECOSOC if path is AccreditationPath.ECOSOC else Forum.CONFERENCE for path in AccreditationPath}
_STATES, _ORGANIZATIONS, _OTHERS = "states", "intergovernmental", "non-governmental"
_RULES_FOR = {
    AccreditationPath.RULE_14: _STATES,
    AccreditationPath.RULE_15: _STATES,
    AccreditationPath.RULE_16_1: _ORGANIZATIONS,
    AccreditationPath.RULE_16_2: _ORGANIZATIONS,
    AccreditationPath.RULE_17: _OTHERS,
    AccreditationPath.RULE_17_1: _OTHERS,
    AccreditationPath.RULE_17_2: _OTHERS,
}
_INTERGOVERNMENTAL = frozenset({OrganizationKind.INTERGOVERNMENTAL, OrganizationKind.PROGRAMME})
_NOT_TOLD = frozenset({OrganizationKind.UNIT, OrganizationKind.OTHER, OrganizationKind.UNKNOWN})
"""The kinds that do not tell which rules a body goes by."""


def _find_rules_for(kind: OrganizationKind) -> str:
    if kind in GOVERNMENTAL:
        return _STATES
    return _ORGANIZATIONS if kind in _INTERGOVERNMENTAL else _OTHERS


@make_step_not_allowed_rule("AC001", on=Accreditation, basis=RULE_17)
def accreditation_step_not_allowed(accreditation: Accreditation) -> Iterator[Log]:
    """Every step of an accreditation is one that the procedure allows there.

    Why: whether an organization has the status follows from the log alone.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "accreditations": [{"id": "a1", "organization_id": "xa-ngo", "forum": "conference", "path": "rule-17-2", "log": [{"step": "apply"}, {"step": "circulate"}, {"step": "grant", "actor": "bureau", "on": "2022-10"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "accreditations": [{"id": "a1", "organization_id": "xa-ngo", "forum": "conference", "path": "rule-17-2", "log": [{"step": "apply"}, {"step": "withdraw"}, {"step": "grant", "actor": "bureau", "on": "2022-10"}]}]}
    """
    yield (), accreditation, process.ACCREDITATION


@rule(
    "AC002",
    on=Accreditation,
    severity=Severity.WARNING,
    message="the list of applicants was circulated on {on:day}, later than thirty days before the session ({due:day})",
    hint="check both dates; a State may object that it had less time than the rule gives",
    basis=RULE_17_2,
    looks=(own_fields("log"), referenced_fields("event_id", "starts", "starts_at")),
)
def late_list_of_applicants(accreditations: Iterable[Accreditation], context: Context) -> Iterator[Violation]:
    """The list of applicants is circulated at least thirty days before the session.

    Why: States have that time to object.

    Passes:
        {"events": [{"id": "cop", "name": {"en": "Session"}, "kind": "conference-session", "starts": "2022-10-17"}], "accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-2", "event_id": "cop", "log": [{"step": "apply"}, {"step": "circulate", "on": "2022-09-17"}]}]}

    Fails:
        {"events": [{"id": "cop", "name": {"en": "Session"}, "kind": "conference-session", "starts": "2022-10-17"}], "accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-2", "event_id": "cop", "log": [{"step": "apply"}, {"step": "circulate", "on": "2022-09-18"}]}]}
    """
    for accreditation in accreditations:
        deadlines = process.ACCREDITATION.deadlines(accreditation, register=context.register)
        for position, deadline, _ in find_late_steps(accreditation.log, deadlines):
            yield violation(accreditation, "log", position, "on", on=str(deadline.taken), due=deadline.latest)


@rule(
    "AC003",
    on=Accreditation,
    severity=Severity.WARNING,
    message="the decision '{step:label}' does not state: {missing:phrase}",
    phrases={"actor": "who took it", "on": "the day", "actor, on": "who took it, and the day"},
    hint="record the bureau or the Conference as 'actor', and the day in 'on'",
    basis=citations.USE,
)
def decision_without_actor_or_day(accreditations: Iterable[Accreditation], context: Context) -> Iterator[Violation]:
    """A decision on an accreditation says who took it and when.

    Why: someone decides on a certain day who may be in the room; anything else is hearsay.

    Passes:
        {"accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-1", "log": [{"step": "apply"}, {"step": "grant", "actor": "bureau", "on": "2022-10"}]}]}

    Fails:
        {"accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-1", "log": [{"step": "apply"}, {"step": "grant", "actor": "bureau"}]}]}
    """
    for accreditation in accreditations:
        for position, entry in enumerate(accreditation.log):
            missing = [name for name, value in (("actor", entry.actor), ("on", entry.on)) if not value]
            if entry.step in _DECISIONS and missing:
                yield violation(accreditation, "log", position, step=entry.step, missing=", ".join(missing))


@rule(
    "AC004",
    on=Accreditation,
    severity=Severity.ERROR,
    message="the status is one with the {forum:label}, but '{event}' is a {kind:label}",
    hint="record the admission to that event where it belongs; a status in one forum does not extend to another",
    basis=RULE_17,
    looks=(own_fields("forum"), referenced_fields("event_id", "kind")),
)
def status_used_in_another_forum(accreditations: Iterable[Accreditation], context: Context) -> Iterator[Violation]:
    """Status with the Conference applies to a session of the Conference, and to nothing else.

    Why: an observer at the Conference has been kept out of a dialogue; access is granted separately in each forum.

    Passes:
        {"events": [{"id": "cop", "name": {"en": "Session"}, "kind": "conference-session"}], "accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-1", "event_id": "cop"}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-1", "event_id": "talk"}]}
    """
    for accreditation in accreditations:
        event = context.get(accreditation.event_id)
        if isinstance(event, Event) and event.kind is not EventKind.CONFERENCE_SESSION:
            yield violation(accreditation, "event_id", forum=accreditation.forum, event=event.id, kind=event.kind)


@rule(
    "AC005",
    on=Accreditation,
    severity=Severity.WARNING,
    message="the objection does not state: {missing:phrase}",
    phrases={"by": "the State", "reason": "the reason", "by, reason": "the State, and the reason"},
    hint="record the State in 'by' and its reason in 'reason', as far as they are public",
    basis=citations.USE,
)
def objection_without_state_or_reason(accreditations: Iterable[Accreditation], context: Context) -> Iterator[Violation]:
    """An objection names the State that made it, and its reason.

    Why: an objection keeps an organization out; those who answer it must know whose it is and why.

    Passes:
        {"accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-2", "log": [{"step": "apply"}, {"step": "circulate"}, {"step": "object", "by": "XA", "reason": {"en": "Not stated in public"}}]}]}

    Fails:
        {"accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-2", "log": [{"step": "apply"}, {"step": "circulate"}, {"step": "object", "by": "XA"}]}]}
    """
    for accreditation in accreditations:
        for position, entry in enumerate(accreditation.log):
            missing = [name for name, value in (("by", entry.by), ("reason", entry.reason)) if not value]
            if entry.step is Step.OBJECT and missing:
                yield violation(accreditation, "log", position, missing=", ".join(missing))


@rule(
    "AC006",
    on=Accreditation,
    severity=Severity.ERROR,
    message="the votes add up to {counted:number}, but the stated number of voting States is {stated:number}",
    hint="check the numbers; States that abstain count as voting",
    basis=citations.AGREEMENT,
)
def vote_count_mismatch(accreditations: Iterable[Accreditation], context: Context) -> Iterator[Violation]:
    """The votes of a decision add up to the stated number of voting States.

    Why: the majority depends on them. Where the abstentions are not known, the other votes must not exceed the
    total.

    Passes:
        {"accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-2", "log": [{"step": "apply"}, {"step": "circulate"}, {"step": "object", "by": "XA", "reason": {"en": "None given"}}, {"step": "decide-in-favour", "actor": "conference", "on": "2022-10-17", "vote": {"in_favour": 5, "against": 2, "abstaining": 1, "voting": 8}}]}]}

    Fails:
        {"accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-2", "log": [{"step": "apply"}, {"step": "circulate"}, {"step": "object", "by": "XA", "reason": {"en": "None given"}}, {"step": "decide-in-favour", "actor": "conference", "on": "2022-10-17", "vote": {"in_favour": 5, "against": 2, "abstaining": 1, "voting": 9}}]}]}
    """
    for accreditation in accreditations:
        for position, entry in enumerate(accreditation.log):
            vote = entry.vote
            if vote is None or vote.voting is None:
                continue
            counted = vote.in_favour + vote.against + (vote.abstaining or 0)
            if counted > vote.voting or (vote.abstaining is not None and counted != vote.voting):
                yield violation(accreditation, "log", position, "vote", counted=counted, stated=vote.voting)


@rule(
    "AC007",
    on=Accreditation,
    severity=Severity.ERROR,
    message="the path {path:label} leads to a status with the {forum_due:label}, not with the {forum:label}",
    hint="correct the path or the forum",
    basis=citations.ECOSOC,
)
def path_to_another_forum(accreditations: Iterable[Accreditation], context: Context) -> Iterator[Violation]:
    """The path of an accreditation leads to the forum for which it is meant.

    Why: rule 17 belongs to the Conference, consultative status to ECOSOC; each applies in its own forum.

    Passes:
        {"accreditations": [{"id": "a1", "forum": "ecosoc", "path": "ecosoc", "ecosoc_status": "special"}]}

    Fails:
        {"accreditations": [{"id": "a1", "forum": "ecosoc", "path": "rule-17-1"}]}
    """
    for accreditation in accreditations:
        due = _FORUM_OF[accreditation.path]
        if accreditation.forum is not due:
            yield violation(accreditation, "path", path=accreditation.path, forum_due=due, forum=accreditation.forum)


@make_log_out_of_order_rule("AC008", on=Accreditation)
def accreditation_log_out_of_order(accreditation: Accreditation) -> Iterator[Log]:
    """The steps in the log of an accreditation are dated in the order they stand in.

    Why: one of the days is wrong, or the order is.

    Passes:
        {"accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-2", "log": [{"step": "apply", "on": "2022-08-01"}, {"step": "circulate", "on": "2022-09-01"}]}]}

    Fails:
        {"accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-2", "log": [{"step": "apply", "on": "2022-08-01"}, {"step": "circulate", "on": "2022-07-01"}]}]}
    """
    yield (), accreditation, process.ACCREDITATION


@rule(
    "AC009",
    on=Accreditation,
    severity=Severity.WARNING,
    message="no decision on the objection is recorded, although '{event}' began on {on:day}",
    hint="record the decision of the Conference, or that the objection was withdrawn",
    basis=RULE_17_2,
    needs_day=True,
    requires_complete=True,
    looks=(own_fields("log"), referenced_fields("event_id", "starts", "starts_at")),
)
def unsettled_objection(accreditations: Iterable[Accreditation], context: Context) -> Iterator[Violation]:
    """An objection to an application is withdrawn or decided on by the time the session has begun.

    Why: without a decision nobody knows whether the organization was let in, and what the next applicant can expect.

    Passes:
        {"events": [{"id": "cop", "name": {"en": "Session"}, "kind": "conference-session", "starts": "2022-10-17"}], "accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-2", "event_id": "cop", "log": [{"step": "apply"}, {"step": "circulate"}, {"step": "object", "by": "XA", "reason": {"en": "None given"}}, {"step": "decide-in-favour", "actor": "conference", "on": "2022-10-17"}]}]}

    Fails:
        {"events": [{"id": "cop", "name": {"en": "Session"}, "kind": "conference-session", "starts": "2022-10-17"}], "accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-2", "event_id": "cop", "log": [{"step": "apply"}, {"step": "circulate"}, {"step": "object", "by": "XA", "reason": {"en": "None given"}}]}]}
    """
    for accreditation in accreditations:
        event = context.get(accreditation.event_id)
        began = event.first_day if isinstance(event, Event) else None
        if began is None or not began.certainly_before(context.day):
            continue
        if process.ACCREDITATION.state_of(accreditation) is process.AccreditationState.OBJECTED:
            yield violation(accreditation, "log", event=str(accreditation.event_id), on=str(began))


@rule(
    "AC010",
    on=Accreditation,
    severity=Severity.WARNING,
    message="the path {path:label} is for {due:phrase}, but '{body}' is recorded as: {kind:label}",
    hint="correct the path, or the kind of the organization",
    basis=RULES_14_TO_17,
    phrases={
        _STATES: "States",
        _ORGANIZATIONS: "intergovernmental organizations",
        _OTHERS: "non-governmental organizations",
    },
    looks=(own_fields("path"), referenced_fields("organization_id", "kind")),
)
def path_of_other_bodies(accreditations: Iterable[Accreditation], context: Context) -> Iterator[Violation]:
    """The rule of procedure by which an organization seeks observer status is one for its kind.

    Why: rules 14 and 15 are for States, rule 16 is for intergovernmental organizations and rule 17 for non-governmental
    ones; each gives other rights.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "accreditations": [{"id": "a1", "organization_id": "xa-ngo", "forum": "conference", "path": "rule-17-1"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "accreditations": [{"id": "a1", "organization_id": "xa-ngo", "forum": "conference", "path": "rule-16-1"}]}
    """
    for accreditation in accreditations:
        body, due = context.get(accreditation.organization_id), _RULES_FOR.get(accreditation.path)
        if not isinstance(body, Organization) or due is None or body.kind in _NOT_TOLD:
            continue
        if _find_rules_for(body.kind) != due:
            yield violation(accreditation, "path", path=accreditation.path, due=due, body=body.id, kind=body.kind)


@rule(
    "AC011",
    on=Accreditation,
    severity=Severity.ERROR,
    message="the step '{step:label}' does not belong to the path {path:label}",
    hint="correct the step or the path: under rules 14 and 16(1) notice is given, under the others one applies",
    basis=RULES_14_AND_16_1,
)
def notice_where_one_applies(accreditations: Iterable[Accreditation], context: Context) -> Iterator[Violation]:
    """Notice is given under rules 14 and 16(1) alone, and nobody applies there.

    Why: a status that notice gives cannot be refused, and one that is applied for does not follow from notice.

    Passes:
        {"accreditations": [{"id": "a1", "forum": "conference", "path": "rule-16-1", "log": [{"step": "notify"}]}]}

    Fails:
        {"accreditations": [{"id": "a1", "forum": "conference", "path": "rule-17-1", "log": [{"step": "notify"}]}]}
    """
    for accreditation in accreditations:
        wrong = Step.APPLY if accreditation.path in ON_NOTICE else Step.NOTIFY
        for position, entry in enumerate(accreditation.log):
            if entry.step is wrong:
                yield violation(accreditation, "log", position, "step", step=entry.step, path=accreditation.path)
