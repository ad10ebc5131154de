"""CD: constructive dialogues, the applications to take part in them, what is said and summed up there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network import process
from untoc_network.diagnostics.findings import Severity
from untoc_network.model.dialogue import (
    ApplicationStep,
    ConstructiveDialogue,
    DialogueApplication,
    DialogueStep,
    InviteeKind,
)
from untoc_network.model.event import (
    Event,
    EventKind,
    EventLinkKind,
    EventRoleKind,
    OutputKind,
)
from untoc_network.model.organization_and_person import GOVERNMENTAL, Organization, OrganizationKind, Theme
from untoc_network.model.register import Register
from untoc_network.reference.provisions import APPROVAL, PARAGRAPH_53, SUMMARY
from untoc_network.rules import citations
from untoc_network.rules.areas.duplicates_cycles_overlaps import find_overlaps
from untoc_network.rules.areas.log_rule_makers import Log, make_log_out_of_order_rule, make_step_not_allowed_rule
from untoc_network.rules.looked_at_fields import DATES, Resolve, own_fields, referenced_fields, related_fields
from untoc_network.rules.rule import Context, Violation, rule, violation


def _list_logs(dialogue: ConstructiveDialogue) -> Iterator[Log]:
    yield (), dialogue, process.DIALOGUE
    yield from (
        (("applications", position), application, process.APPLICATION)
        for position, application in enumerate(dialogue.applications)
    )


def _list_applications(
    dialogues: Iterable[ConstructiveDialogue],
) -> Iterator[tuple[ConstructiveDialogue, int, DialogueApplication]]:
    for dialogue in dialogues:
        yield from ((dialogue, position, application) for position, application in enumerate(dialogue.applications))


@rule(
    "CD002",
    on=ConstructiveDialogue,
    severity=Severity.WARNING,
    message="the application was submitted on {on:day}, after the last day for applications ({due:day})",
    hint="check both dates; late applications may be turned down",
    basis=APPROVAL,
)
def late_application(dialogues: Iterable[ConstructiveDialogue], context: Context) -> Iterator[Violation]:
    """An application to take part in a dialogue is submitted by the last day of the call.

    Why: each call sets its own closing date; there is no general rule.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "apply_by": "2022-05-08", "applications": [{"key": "a", "organization_id": "xa-ngo", "log": [{"step": "submit", "on": "2022-05-08"}]}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "apply_by": "2022-05-08", "applications": [{"key": "a", "organization_id": "xa-ngo", "log": [{"step": "submit", "on": "2022-05-09"}]}]}]}
    """
    for dialogue, place, application in _list_applications(dialogues):
        due = dialogue.apply_by
        for position, entry in enumerate(application.log):
            late = due is not None and entry.on is not None and entry.on.certainly_after(due)
            if entry.step is ApplicationStep.SUBMIT and late:
                path = ("applications", place, "log", position, "on")
                yield violation(dialogue, *path, on=str(entry.on), due=str(due))


@rule(
    "CD003",
    on=ConstructiveDialogue,
    severity=Severity.ERROR,
    message="the application was approved despite a standing objection, and the decision gives no reason",
    hint="record the withdrawal of the objection, or in 'reason' the ground on which the application was approved",
    basis=APPROVAL,
)
def unexplained_approval(dialogues: Iterable[ConstructiveDialogue], context: Context) -> Iterator[Violation]:
    """An applicant is not approved over an objection without a decision that says why.

    Why: a single objection has kept an organization out; where one was overcome, the next applicant will ask how.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "applications": [{"key": "a", "organization_id": "xa-ngo", "log": [{"step": "submit"}, {"step": "object", "by": "XA"}, {"step": "withdraw-objections", "by": "XA"}, {"step": "approve"}]}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "applications": [{"key": "a", "organization_id": "xa-ngo", "log": [{"step": "submit"}, {"step": "object", "by": "XA"}, {"step": "approve"}]}]}]}
    """
    for dialogue, place, application in _list_applications(dialogues):
        objected = False
        for position, entry in enumerate(application.log):
            if entry.step is ApplicationStep.APPROVE and objected and entry.reason is None:
                yield violation(dialogue, "applications", place, "log", position)
            objected = entry.step is ApplicationStep.OBJECT or (
                objected and entry.step is not ApplicationStep.WITHDRAW_OBJECTIONS
            )


@rule(
    "CD004",
    on=ConstructiveDialogue,
    severity=Severity.WARNING,
    message="'{body}' is a panellist of the dialogue, but no approved application of that organization is recorded",
    hint="add the application and its approval, or correct the role",
    basis=APPROVAL,
    requires_complete=True,
    looks=(
        own_fields("applications"),
        referenced_fields("event_id", "roles").then(referenced_fields("roles.stakeholder_id", "kind")),
    ),
)
def panellist_without_approved_application(
    dialogues: Iterable[ConstructiveDialogue], context: Context
) -> Iterator[Violation]:
    """A non-governmental organization that is a panellist of a dialogue has an approved application.

    Why: every application is subject to approval. Where no applications are recorded at all, nothing can be said.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue", "roles": [{"kind": "panellist", "stakeholder_id": "xa-ngo"}]}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "applications": [{"key": "a", "organization_id": "xa-ngo", "log": [{"step": "submit"}, {"step": "approve"}]}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue", "roles": [{"kind": "panellist", "stakeholder_id": "xa-ngo"}]}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "applications": [{"key": "a", "organization_id": "xa-ngo", "log": [{"step": "submit"}]}]}]}
    """
    for dialogue in dialogues:
        event = context.get(dialogue.event_id)
        approved = {
            context.register.resolved(one.organization_id) for one in dialogue.applications if _is_approved(one)
        }
        for role in event.roles if isinstance(event, Event) and dialogue.applications else ():
            body = context.get(role.stakeholder_id)
            applies = isinstance(body, Organization) and body.kind not in GOVERNMENTAL | _OTHERS
            if role.kind is EventRoleKind.PANELLIST and applies and body.id not in approved:
                yield violation(dialogue, "applications", body=body.id)


_OTHERS = {OrganizationKind.INTERGOVERNMENTAL, OrganizationKind.PROGRAMME, OrganizationKind.UNIT}


def _is_approved(application: DialogueApplication) -> bool:
    return process.APPLICATION.state_of(application) is process.ApplicationState.APPROVED


@rule(
    "CD005",
    on=ConstructiveDialogue,
    severity=Severity.INFO,
    message=(
        "no summary of the dialogue is recorded, although '{session}', the next session on its topic, began on {on:day}"
    ),
    hint="ask the secretariat for the chair's summary",
    basis=SUMMARY,
    needs_day=True,
    requires_complete=True,
    looks=(
        own_fields("topics", "log", "summary", "summary_url"),
        referenced_fields("event_id", *DATES),
        related_fields(Event, "kind", *DATES, by=("themes",), of=("topics",)),
    ),
)
def missing_dialogue_summary(dialogues: Iterable[ConstructiveDialogue], context: Context) -> Iterator[Violation]:
    """The chair's summary of a dialogue is recorded when a working group meets on the same topic again.

    Why: the summary is shared with States at the next working group; a summary that is missing cannot be taken up.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue", "starts": "2022-05-06"}, {"id": "wg", "name": {"en": "Working group"}, "kind": "working-group-session", "themes": ["firearms"], "starts": "2023-05-03"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "topics": ["firearms"], "log": [{"step": "hold"}, {"step": "issue-summary"}]}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue", "starts": "2022-05-06"}, {"id": "wg", "name": {"en": "Working group"}, "kind": "working-group-session", "themes": ["firearms"], "starts": "2023-05-03"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "topics": ["firearms"], "log": [{"step": "hold"}]}]}
    """
    for dialogue in dialogues:
        event = context.get(dialogue.event_id)
        held = event.last_day or event.first_day if isinstance(event, Event) else None
        if held is None or _has_summary(dialogue):
            continue
        for session in _list_working_group_sessions(dialogue.topics, context):
            day = session.first_day
            if day is not None and day.certainly_after(held) and day.certainly_before(context.day):
                yield violation(dialogue, "summary", session=session.id, on=str(day))
                break


def _list_working_group_sessions(topics: Iterable[Theme], context: Context) -> list[Event]:
    """The sessions of working groups on any of some topics, in the order of their days."""
    events = {event.id: event for topic in topics for event in context.list_with_value(Event, "themes", topic)}
    sessions = [event for event in events.values() if event.kind is EventKind.WORKING_GROUP_SESSION]
    return sorted(sessions, key=lambda event: (event.first_day or "", event.id))


def _has_summary(dialogue: ConstructiveDialogue) -> bool:
    summed_up = {DialogueStep.ISSUE_SUMMARY, DialogueStep.SHARE_SUMMARY} & {entry.step for entry in dialogue.log}
    return bool(summed_up) or dialogue.summary is not None or dialogue.summary_url is not None


def _list_topics(dialogues: Iterable[ConstructiveDialogue], _: Resolve) -> Iterator[tuple[Any, Theme]]:
    return ((dialogue, topic) for dialogue in dialogues for topic in dialogue.topics)


@rule(
    "CD006",
    on=Register,
    severity=Severity.ERROR,
    message="the dialogue overlaps with '{other}', another dialogue on {topic:label}",
    hint="check the dates, or merge the two dialogues",
    basis=citations.DIALOGUE_AFTER_EACH_SESSION,
    looks=(
        related_fields(ConstructiveDialogue, by=("topics",), sharing=_list_topics).then(
            referenced_fields("event_id", *DATES)
        ),
    ),
)
def overlapping_dialogues(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """Two dialogues on one topic do not overlap.

    Why: one dialogue follows each session of the working group; two at once are probably one that was recorded
    twice.

    Passes:
        {"events": [{"id": "a", "name": {"en": "A"}, "kind": "constructive-dialogue", "starts": "2022-07-01"}, {"id": "b", "name": {"en": "B"}, "kind": "constructive-dialogue", "starts": "2022-07-01"}], "constructive_dialogues": [{"id": "cd-a", "event_id": "a", "topics": ["firearms"]}, {"id": "cd-b", "event_id": "b", "topics": ["smuggling-of-migrants"]}]}

    Fails:
        {"events": [{"id": "a", "name": {"en": "A"}, "kind": "constructive-dialogue", "starts": "2022-07-01"}, {"id": "b", "name": {"en": "B"}, "kind": "constructive-dialogue", "starts": "2022-07-01"}], "constructive_dialogues": [{"id": "cd-a", "event_id": "a", "topics": ["firearms"]}, {"id": "cd-b", "event_id": "b", "topics": ["firearms"]}]}
    """
    for register in registers:
        by_topic: dict[Theme, dict[str, ConstructiveDialogue]] = {}
        for dialogue in register.constructive_dialogues:
            for topic in dialogue.topics:
                by_topic.setdefault(topic, {})[register.resolved(dialogue.event_id)] = dialogue
        for topic, held in by_topic.items():
            events = [event for event_id in held if isinstance(event := context.get(event_id), Event)]
            for earlier, later in find_overlaps(events):
                yield violation(held[later.id], "event_id", other=held[earlier.id].id, topic=topic)


@make_step_not_allowed_rule("CD007", on=ConstructiveDialogue, basis=citations.STEPS_OF_A_DIALOGUE)
def dialogue_step_not_allowed(dialogue: ConstructiveDialogue) -> Iterator[Log]:
    """Every step in the log of a dialogue, and of the applications to it, is one that the procedure allows there.

    Why: the state of the dialogue, and whether an organization is admitted, follow from the logs alone.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "log": [{"step": "open-call"}, {"step": "close-call"}]}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "log": [{"step": "hold"}, {"step": "open-call"}]}]}
    """
    return _list_logs(dialogue)


@rule(
    "CD008",
    on=ConstructiveDialogue,
    severity=Severity.ERROR,
    message="'{event}' is a {kind:label}, not a constructive dialogue",
    hint="correct the event's kind, or name the dialogue's own event",
    basis=PARAGRAPH_53,
    looks=(referenced_fields("event_id", "kind"),),
)
def dialogue_event_of_wrong_kind(dialogues: Iterable[ConstructiveDialogue], context: Context) -> Iterator[Violation]:
    """The event of a dialogue is of the kind 'constructive dialogue'.

    Why: calendars and statistics go by the kind of the event.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk"}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk"}]}
    """
    for dialogue in dialogues:
        event = context.get(dialogue.event_id)
        if isinstance(event, Event) and event.kind is not EventKind.CONSTRUCTIVE_DIALOGUE:
            yield violation(dialogue, "event_id", event=event.id, kind=event.kind)


@make_log_out_of_order_rule("CD009", on=ConstructiveDialogue)
def dialogue_log_out_of_order(dialogue: ConstructiveDialogue) -> Iterator[Log]:
    """The steps in the log of a dialogue, and of the applications to it, are dated in the order they stand in.

    Why: one of the days is wrong, or the order is.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "log": [{"step": "open-call", "on": "2022-03-01"}, {"step": "close-call", "on": "2022-05-08"}]}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "log": [{"step": "open-call", "on": "2022-03-01"}, {"step": "close-call", "on": "2022-02-08"}]}]}
    """
    return _list_logs(dialogue)


@rule(
    "CD014",
    on=ConstructiveDialogue,
    severity=Severity.WARNING,
    message="the dialogue began on {on:day}, before the report of '{session}' was adopted on {adopted:day}",
    hint="check both dates, or the session that the event of the dialogue follows",
    basis=citations.DIALOGUE_AFTER_EACH_SESSION,
    looks=(
        referenced_fields("event_id", "links_to", "starts", "starts_at").then(
            referenced_fields("links_to.event_id", "outputs")
        ),
    ),
)
def dialogue_before_the_report(dialogues: Iterable[ConstructiveDialogue], context: Context) -> Iterator[Violation]:
    """A dialogue takes place after the working group that it follows has adopted its report.

    Why: stakeholders are briefed on what the group came to; before its report is adopted it has come to nothing.

    Passes:
        {"events": [{"id": "wg", "name": {"en": "Group"}, "kind": "working-group-session", "outputs": [{"key": "report", "kind": "report", "status": "adopted", "adopted": "2023-05-04"}]}, {"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue", "starts": "2023-05-05", "links_to": [{"kind": "follows", "event_id": "wg"}]}], "constructive_dialogues": [{"id": "cd", "event_id": "talk"}]}

    Fails:
        {"events": [{"id": "wg", "name": {"en": "Group"}, "kind": "working-group-session", "outputs": [{"key": "report", "kind": "report", "status": "adopted", "adopted": "2023-05-08"}]}, {"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue", "starts": "2023-05-05", "links_to": [{"kind": "follows", "event_id": "wg"}]}], "constructive_dialogues": [{"id": "cd", "event_id": "talk"}]}
    """
    for dialogue in dialogues:
        event = context.get(dialogue.event_id)
        began = event.first_day if isinstance(event, Event) else None
        for link in event.links_to if isinstance(event, Event) and began is not None else ():
            session = context.get(link.event_id) if link.kind is EventLinkKind.FOLLOWS else None
            for output in session.outputs if isinstance(session, Event) else ():
                adopted = output.adopted if output.kind is OutputKind.REPORT else None
                if adopted is not None and began is not None and adopted.certainly_after(began):
                    yield violation(
                        dialogue, "event_id", on=str(began), session=str(link.event_id), adopted=str(adopted)
                    )


_CHAIRS = frozenset({EventRoleKind.CHAIR, EventRoleKind.CO_CHAIR})


@rule(
    "CD012",
    on=ConstructiveDialogue,
    severity=Severity.WARNING,
    message="'{person}' is recorded as chair of the dialogue, but the event names other chairs",
    hint="correct the chairs of the dialogue, or the roles at its event",
    basis=citations.AGREEMENT,
    looks=(own_fields("chairs"), referenced_fields("event_id", "roles")),
)
def chair_unknown_to_the_event(dialogues: Iterable[ConstructiveDialogue], context: Context) -> Iterator[Violation]:
    """Who chairs a dialogue is among the chairs of its event, where that names some.

    Why: the chairs sum up what was said; one of the two records is wrong.

    Passes:
        {"persons": [{"id": "p1", "name": "A. Example"}, {"id": "p2", "name": "B. Example"}], "events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue", "roles": [{"kind": "co-chair", "stakeholder_id": "p1"}, {"kind": "co-chair", "stakeholder_id": "p2"}]}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "chairs": [{"person_id": "p1"}, {"country": "XA"}]}]}

    Fails:
        {"persons": [{"id": "p1", "name": "A. Example"}, {"id": "p2", "name": "B. Example"}], "events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue", "roles": [{"kind": "chair", "stakeholder_id": "p2"}]}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "chairs": [{"person_id": "p1"}]}]}
    """
    resolved = context.register.resolved
    for dialogue in dialogues:
        event = context.get(dialogue.event_id) if dialogue.chairs else None
        roles = event.roles if isinstance(event, Event) else ()
        there = {resolved(role.stakeholder_id) for role in roles if role.kind in _CHAIRS}
        for position, chair in enumerate(dialogue.chairs if there else ()):
            if chair.person_id is not None and resolved(chair.person_id) not in there:
                yield violation(dialogue, "chairs", position, "person_id", person=chair.person_id)


_ENTITIES = frozenset({OrganizationKind.INTERGOVERNMENTAL, OrganizationKind.PROGRAMME, OrganizationKind.UNIT})
_INVITEES = {
    kind: _ENTITIES if kind in (InviteeKind.ENTITIES, InviteeKind.INTERGOVERNMENTAL_ORGANIZATIONS) else GOVERNMENTAL
    for kind in InviteeKind
}
_OF_UNKNOWN_KIND = frozenset({OrganizationKind.OTHER, OrganizationKind.UNKNOWN})


@rule(
    "CD013",
    on=ConstructiveDialogue,
    severity=Severity.WARNING,
    message="'{body}' is invited among {invited:label}, but recorded as: {kind:label}",
    hint="correct the invitation, or the kind of the organization; other organizations apply to take part",
    basis=PARAGRAPH_53,
    looks=(own_fields("invited"), referenced_fields("invited.organization_id", "kind")),
)
def invitee_of_another_kind(dialogues: Iterable[ConstructiveDialogue], context: Context) -> Iterator[Violation]:
    """An organization that is invited is of the kind that it is invited as.

    Why: States, entities and intergovernmental organizations are invited; stakeholders apply, and the Bureau approves.

    Passes:
        {"organizations": [{"id": "xa-body", "name": {"en": "Body of XA"}, "kind": "intergovernmental"}], "events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "invited": [{"kind": "intergovernmental-organizations", "organization_id": "xa-body"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "invited": [{"kind": "intergovernmental-organizations", "organization_id": "xa-ngo"}]}]}
    """
    for dialogue in dialogues:
        for position, invitation in enumerate(dialogue.invited):
            body = context.get(invitation.organization_id)
            if not isinstance(body, Organization) or body.kind in _OF_UNKNOWN_KIND:
                continue
            if body.kind not in _INVITEES[invitation.kind]:
                told: dict[str, Any] = {"body": body.id, "invited": invitation.kind, "kind": body.kind}
                yield violation(dialogue, "invited", position, "organization_id", **told)
