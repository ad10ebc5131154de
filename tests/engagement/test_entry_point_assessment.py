"""One evaluator over one table: every kind, every verdict, and what holds of any register."""

import json

import attrs
import pytest
from hypothesis import Phase, given, strategies as st

import untoc_network as un
from tests.profiles import tries
from untoc_network.diagnostics.errors import UnknownRecord
from untoc_network.engagement import (
    Access,
    Verdict,
    all_entry_points,
    entry_points,
    format_message,
    log_as_of,
    network_opportunities,
)
from untoc_network.reports.entry_points import (
    entry_points_to_dict,
    render_entry_points,
    render_entry_points_markdown,
)
from untoc_network.testing.model_strategies import registers

from .registers import (
    accreditation,
    application,
    bare_facts,
    consent,
    day,
    dialogue,
    event,
    organization,
    questionnaire,
    review,
    text,
    with_records,
)

FACTS = bare_facts()
TALK = event("talk", "constructive-dialogue", "2030-05-10", "2030-05-10", themes=(un.Theme.FIREARMS,))
SESSION = event("session", "conference-session", "2030-10-15", "2030-10-19", place=un.Place(city="Vienna", venue="VIC"))
ON = "2030-03-01"


def points(*records, on=ON, who="ngo", facts=FACTS, **frame):
    body = () if any(record.id == "ngo" for record in records) else (organization(),)
    return entry_points(with_records(*body, *records, **frame), who, on, facts)


def only(kind, *records, **more):
    found = [point for point in points(*records, **more) if point.kind == kind]
    assert len(found) == 1, found
    return found[0]


def told(point, condition):
    reason = next(reason for reason in point.reasons if reason.condition == condition)
    return reason.verdict.value, format_message(reason.said)


# -- the call ---------------------------------------------------------------------------------------------------------


def test_what_is_no_whole_day_and_who_is_no_stakeholder_is_a_bad_call():
    register = with_records(organization(), TALK)
    with pytest.raises(un.ImpossibleValue, match=r"^entry points are judged on a whole day, such as 2022-03-28$"):
        entry_points(register, "ngo", "2030-03")
    with pytest.raises(un.UnknownRecord, match=r"^'talk' is neither an organization nor a person$"):
        entry_points(register, "talk", ON)
    with pytest.raises(un.UnknownRecord, match=r"^no record has the id 'nobody'$"):
        entry_points(register, "nobody", ON)


def test_a_person_acts_for_whom_it_acts_on_that_day():
    person = un.Person(
        id="p1",
        name="A. Example",
        posts=(
            un.Post(key="old", title=text("Officer"), organization_id="old", period=un.Period(end=day("2029"))),
            un.Post(key="now", title=text("Officer"), organization_id="ngo", period=un.Period(start=day("2030"))),
        ),
        affiliations=(un.Affiliation(key="gone", organization_id="gone"),),
    )
    found = points(person, organization("old"), TALK, dialogue(), who="p1")
    assert {point.stakeholder_id for point in found} == {"ngo"}


def test_a_redirected_id_leads_to_the_organization():
    register = with_records(organization(), TALK, dialogue(), redirects=(un.Redirect(old_id="was", new_id="ngo"),))
    assert {point.stakeholder_id for point in entry_points(register, "was", ON, FACTS)} == {"ngo"}


def test_what_is_open_comes_first_what_opens_later_after_it_what_is_shut_last():
    found = points(
        TALK,
        dialogue(apply_by="2030-04-01", topics=(un.Theme.FIREARMS,)),
        SESSION,
        event("wg", "working-group-session", "2030-03-05", "2030-03-06"),
        event("training", "training", "2030-03-10"),
    )
    assert [(point.kind, point.access.value) for point in found] == [
        ("dialogue", "not-closed"),
        ("observer-17-1", "unknown"),
        ("observer-17-2", "unknown"),
        ("side-event", "unknown"),
        ("meeting", "ahead"),
        ("plenary", "ahead"),
        ("working-group", "ahead"),
    ]


def test_what_is_open_stands_before_what_opens_later_and_that_before_what_is_closed():
    calls = {
        "later": ("2030-12-01", "open-call 2030-02-01"),
        "soon": ("2030-03-31", "open-call 2030-02-01"),
        "ahead": ("2030-03-20", "open-call 2030-03-15"),
        "further": ("2030-03-18", "open-call 2030-03-17"),
        "gone": ("2030-02-20", "open-call 2030-02-01"),
        "undated": (None, "open-call 2030-02-01"),
    }
    talks = [event(f"talk-{name}", "constructive-dialogue", "2030-12-10") for name in calls]
    made = [
        attrs.evolve(dialogue(name, apply_by=last, log=(opened,)), event_id=f"talk-{name}")
        for name, (last, opened) in calls.items()
    ]
    found = points(*talks, *made)
    shown = [point for point in found if point.kind == "dialogue"]
    assert [point.subject_id for point in shown] == ["soon", "later", "undated", "ahead", "further", "gone"]
    assert [point.is_ahead for point in shown] == [False, False, False, True, True, False]
    assert [point.is_closed for point in shown] == [False] * 5 + [True]
    headings = [line for line in "".join(render_entry_points_markdown(shown)).splitlines() if line.startswith("## ")]
    assert headings == ["## Still to take part in", "## Opens later", "## Closed, or closed to it"]
    shut = [" (closed): " in line for line in render_entry_points(shown, width=None) if line and line[0] != " "]
    assert shut == [False] * 5 + [True]


# -- the dialogue -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("log", "apply_by", "access", "opened"),
    [
        (("open-call 2030-02-01",), "2030-03-31", "open", ("met", "applications are taken since 2030-02-01")),
        (("open-call 2030-03-15",), "2030-03-31", "ahead", ("not-met", "applications are taken from 2030-03-15")),
        (("open-call 2030-03",), "2030-03-31", "open-or-not", ("unknown", "")),
        (("open-call 2030-02-01", "close-call 2030-02-20"), None, "closed", ("met", "")),
        (("open-call 2030-02-01",), None, "unknown", ("met", "")),
        ((), "2030-03", "not-closed", ("unknown", "since when applications are taken is not recorded")),
    ],
)
def test_a_call_is_open_between_its_days(log, apply_by, access, opened):
    point = only("dialogue", TALK, dialogue(apply_by=apply_by, log=log))
    assert point.access == {"open-or-not": "not-closed"}.get(access, access)
    verdict, words = told(point, "has-opened")
    assert verdict == opened[0]
    assert not opened[1] or words == opened[1]


@pytest.mark.parametrize(
    ("log", "verdict", "step", "waits"),
    [
        ((), "unknown", "in-preparation", ()),
        (("submit 2030-02-01",), "unknown", "submitted", (("approve", None),)),
        (
            ("submit 2030-02-01", "object 2030-02-10 XB"),
            "unknown",
            "objected",
            (("withdraw-objections", "XB"), ("approve", None)),
        ),
        (("submit 2030-02-01", "approve 2030-02-20"), "met", "approved", ()),
        (("submit 2030-02-01", "decline 2030-02-20"), "not-met", "declined", ()),
        (("submit 2030-02-01", "withdraw 2030-02-20"), "not-met", "withdrawn", ()),
        (("submit 2030-02-01", "approve 2030-03-20"), "unknown", "submitted", (("approve", None),)),
        (("submit 2030-02-01", "approve 2030-03"), "unknown", "unclear", (("approve", None),)),
    ],
)
def test_an_application_leads_on_as_its_log_says_by_that_day(log, verdict, step, waits):
    point = only("dialogue", TALK, dialogue(apply_by="2030-03-31", applications=(application(*log),)))
    assert told(point, "application")[0] == verdict
    assert point.next_step.key == f"dialogue.next-{step}"
    assert tuple((blocker.step, blocker.by) for blocker in point.blocked_by) == waits


def test_an_approved_application_opens_the_dialogue_itself():
    approved = application("submit 2030-02-01", "approve 2030-02-20")
    point = only("dialogue", TALK, dialogue(apply_by="2030-02-10", applications=(approved,)))
    assert (point.access, point.opens.latest, point.closes.latest) == ("ahead", "2030-05-10", "2030-05-10")
    undated = event("talk", "constructive-dialogue", status=un.EventStatus.PLANNED)
    point = only("dialogue", undated, dialogue(apply_by="2030-02-10", applications=(approved,)))
    assert (point.access, point.opens, point.closes) == ("unknown", None, None)


def test_the_application_of_another_is_not_its_own():
    other = application("submit 2030-02-01", "decline 2030-02-20", organization="other")
    point = only("dialogue", TALK, organization("other"), dialogue(applications=(other,)))
    assert told(point, "application")[0] == "unknown"


def test_a_call_that_is_not_recorded_waits_for_the_secretariat():
    point = only("dialogue", TALK, dialogue())
    assert [(b.procedure, b.step, b.actor) for b in point.blocked_by] == [("dialogue", "open-call", "secretariat")]


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ({"themes": (un.Theme.FIREARMS, un.Theme.YOUTH)}, "met"),
        ({"themes": (un.Theme.YOUTH,)}, "not-met"),
        ({}, "unknown"),
        ({"blanks": (un.Blank(field="themes", reason=un.BlankReason.NONE),)}, "not-met"),
        ({"blanks": (un.Blank(field="themes", reason=un.BlankReason.UNKNOWN),)}, "unknown"),
    ],
)
def test_expertise_gives_priority_and_bars_nobody(more, verdict):
    point = only("dialogue", organization(**more), TALK, dialogue())
    assert told(point, "themes")[0] == verdict
    assert point.eligible is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("more", "condition", "said"),
    [
        (
            {"kind": un.OrganizationKind.GOVERNMENT_BODY},
            "non-governmental",
            "not a non-governmental stakeholder (government body)",
        ),
        ({"kind": un.OrganizationKind.UNIT}, "non-governmental", "not a non-governmental stakeholder (unit)"),
        ({"dissolved": day("2030-02-27")}, "exists", "dissolved on 2030-02-27"),
    ],
)
def test_who_cannot_take_part_is_told_why(more, condition, said):
    point = only("dialogue", organization(**more), TALK, dialogue())
    assert told(point, condition) == ("not-met", said)
    assert (point.eligible, point.is_closed) == (Verdict.NOT_MET, True)


def test_of_an_unknown_kind_it_is_not_known():
    point = only("dialogue", organization(kind=un.OrganizationKind.UNKNOWN), TALK, dialogue())
    assert told(point, "non-governmental") == ("unknown", "what kind of body it is, is not recorded")


def test_a_cancelled_dialogue_and_one_without_event_are_not_there():
    cancelled = event("talk", "constructive-dialogue", "2030-05-10", status=un.EventStatus.CANCELLED)
    assert points(cancelled, dialogue()) == points()
    assert points(dialogue()) == points()


def test_a_dialogue_of_the_register_stands_for_the_row_on_its_topic_and_day():
    held = event("talk", "constructive-dialogue", "2025-04-30", themes=(un.Theme.FIREARMS,))
    found = points(held, dialogue(), on="2025-04-01", facts=un.reference.packaged())
    assert [
        p.subject_id
        for p in found
        if (p.kind == "dialogue" and "firearms" in format_message(p.title)) or p.subject_id == "cd"
    ] == ["cd"]


# -- the Conference ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "first", "second"),
    [
        ((), "unknown", "unknown"),
        ((accreditation("a", "ecosoc", ecosoc_status=un.EcosocStatus.SPECIAL),), "met", "not-met"),
        ((accreditation("a", "rule-17-1", "apply 2030-02-01"),), "met", "not-met"),
        ((accreditation("a", "rule-17-2", "apply 2030-02-01"),), "not-met", "met"),
        ((accreditation("a", "ecosoc", period=un.Period(end=day("2029"))),), "unknown", "unknown"),
    ],
)
def test_which_path_is_its_own(records, first, second):
    found = {point.kind: point for point in points(SESSION, *records)}
    assert told(found["observer-17-1"], "consultative")[0] == first
    assert told(found["observer-17-2"], "second-path")[0] == second


@pytest.mark.parametrize(
    ("log", "step", "waits", "observer"),
    [
        (("apply 2030-02-01",), "applied", ("circulate", "decide-in-favour"), "unknown"),
        (("apply 2030-02-01", "circulate 2030-02-20"), "circulated", ("grant",), "unknown"),
        (
            ("apply 2030-02-01", "circulate 2030-02-20", "object 2030-02-25 XB"),
            "objected",
            ("withdraw-objections", "decide-in-favour"),
            "unknown",
        ),
        (
            ("apply 2030-02-01", "circulate 2030-02-20", "object 2030-02-25 XB", "decide-against 2030-02-28"),
            "refused",
            (),
            "not-met",
        ),
        (("apply 2030-02-01", "withdraw 2030-02-20"), "withdrawn", (), "unknown"),
        (("apply 2030-02-01", "circulate 2030-03"), "unclear", ("circulate", "decide-in-favour"), "unknown"),
    ],
)
def test_an_application_under_rule_17_leads_on(log, step, waits, observer):
    records = (SESSION, accreditation("a", "rule-17-2", *log, event_id="session"))
    point = only("observer-17-2", *records)
    assert point.next_step.key == f"observer-17-2.next-{step}"
    assert bool(point.duties) is (step in ("applied", "withdrawn", "unclear")), "once circulated, no duty is left"
    assert tuple(blocker.step for blocker in point.blocked_by) == waits
    assert [blocker.by for blocker in point.blocked_by if blocker.step == "withdraw-objections"] == ["XB"] * (
        step == "objected"
    )
    assert told(only("plenary", *records), "observer")[0] == observer
    assert told(point, "not-refused")[0] == ("not-met" if step == "refused" else "unknown")


def test_who_has_the_status_need_not_apply_and_may_attend():
    granted = accreditation("a", "rule-17", "apply 2030-01-01", "circulate 2030-02-01", "grant 2030-02-20")
    found = {point.kind: point for point in points(SESSION, granted)}
    assert not {"observer-17-1", "observer-17-2"} & found.keys()
    assert (found["plenary"].eligible, found["plenary"].access) == (Verdict.MET, Access.AHEAD)
    assert told(found["plenary"], "observer") == ("met", "observer status is granted")


def test_the_better_of_two_applications_counts_and_those_of_others_and_other_sessions_do_not():
    records = (
        SESSION,
        organization("other"),
        event("last", "conference-session", "2028-10-15", "2028-10-19"),
        accreditation("a", "rule-17-2", "apply 2030-01-01", event_id="session"),
        accreditation("b", "rule-17-1", "apply 2030-01-01", "grant 2030-02-20", event_id="session"),
        accreditation("c", "rule-17-1", "grant 2028-02-20", event_id="last"),
        accreditation("d", "rule-17-1", "grant 2028-02-20", organization="other"),
    )
    assert only("plenary", *records).eligible is Verdict.MET
    assert only("plenary", *records, who="other", on="2030-03-01").eligible is Verdict.MET
    assert only("plenary", *records[:3], records[5]).eligible is Verdict.UNKNOWN


def test_the_time_limit_of_the_secretariat_is_its_duty_and_no_last_day_of_the_applicant():
    for held, key in (("2030-10-15", "observer-17-2.duty"), ("2030-10", "observer-17-2.duty-span")):
        point = only("observer-17-2", event("session", "conference-session", held, held))
        (duty,) = point.duties
        assert (point.closes, duty.step, duty.actor, duty.said.key) == (None, "circulate", "secretariat", key)
        assert duty.until.basis.provision == "rule 17(2)"
        text = "\n".join(render_entry_points((point,), width=None))
        assert text.startswith("no last day is recorded: ")
        assert f"  duty        {format_message(duty.said)} ({duty.until.basis}" in text
        (plain,) = entry_points_to_dict((point,))
        assert plain["closes"] is None
        assert plain["duties"][0]["said"]["text"] == format_message(duty.said)
        assert plain["duties"][0]["until"]["latest"] == duty.until.latest


def test_a_session_whose_days_lead_out_of_the_calendar_has_no_last_day():
    early = event("session", "conference-session", "0001-01-02", "0001-01-05")
    assert only("observer-17-2", early, on="0001-01-01").duties == ()
    undated = event("session", "conference-session")
    point = only("observer-17-2", undated)
    assert (point.closes, point.duties, point.starts) == (None, (), None)


def test_a_session_of_the_register_stands_for_the_one_of_the_tables():
    held = event("cop", "conference-session", "2024-10-14", "2024-10-18")
    found = points(held, on="2024-10-01", facts=un.reference.packaged())
    assert {p.subject_id for p in found if p.kind == "plenary"} == {"cop"}


def test_side_events_in_the_margins_of_the_session():
    link = un.EventLink(kind=un.EventLinkKind.IN_MARGINS_OF, event_id="session")
    elsewhere = un.EventLink(kind=un.EventLinkKind.FOLLOWS, event_id="session")
    found = points(
        SESSION,
        event("beside", "side-event", "2030-10-16", links_to=(link,), page="https://example.org/beside"),
        event("after", "side-event", "2030-10-16", links_to=(elsewhere,)),
        event("off", "side-event", "2030-10-16", links_to=(link,), status=un.EventStatus.CANCELLED),
        event("over", "side-event", "2029-10-16", links_to=(link,)),
    )
    sides = [point for point in found if point.kind == "side-event"]
    assert [(p.subject_id, p.next_step.key, p.links) for p in sides] == [
        ("session", "side-event.next", ()),
        ("beside", "side-event.next-recorded", ("https://example.org/beside",)),
    ]
    assert sides[1].decides is None
    assert [line for line in render_entry_points(sides) if "example.org" in line] == [
        "  link        https://example.org/beside"
    ]


# -- country reviews --------------------------------------------------------------------------------------------------

HOME = organization(seat=un.Place(country="XA"), countries=("XB",))


@pytest.mark.parametrize(
    ("log", "questionnaires", "found"),
    [
        (("start 2030-01-10",), (), ["unknown"]),
        (("start 2030-01-10", "submit-questionnaire 2030-02-20"), (), []),
        (("start 2030-01-10", "submit-questionnaire 2030-03"), (), ["unknown"]),
        (("start 2030-01-10",), (questionnaire("begin 2030-02-01"),), ["met"]),
        (("start 2030-01-10",), (questionnaire(),), ["unknown"]),
        (("start 2030-01-10",), (questionnaire("submit 2030-02-01"), questionnaire(instrument="TIP")), ["unknown"]),
        (("start 2030-01-10",), (questionnaire("begin 2030-01-20", "submit 2030-03"),), ["unknown"]),
    ],
)
def test_a_questionnaire_is_open_until_it_is_submitted(log, questionnaires, found):
    given = [p for p in points(HOME, review(*log, questionnaires=questionnaires)) if p.kind == "national-consultation"]
    assert [told(point, "before-submission")[0] for point in given] == found


@pytest.mark.parametrize(
    ("log", "verdict"),
    [
        (("begin 2030-02-01", "announce-consultation 2030-02-10"), "met"),
        (("begin 2030-02-01", "hold-consultation 2030-02-10"), "not-met"),
        (("begin 2030-02-01", "announce-consultation 2030-03"), "unknown"),
        (("begin 2030-02-01",), "unknown"),
    ],
)
def test_a_consultation_is_announced_held_or_not_recorded(log, verdict):
    point = only("national-consultation", HOME, review("start 2030-01-10", questionnaires=(questionnaire(*log),)))
    assert told(point, "announced")[0] == verdict
    assert point.subject_id == "xa-1/untoc"
    assert (point.closes.latest, point.closes.basis.certainty) == ("2030-07-10", "seen")


def test_the_office_of_the_focal_point_is_named_and_never_a_person():
    named = un.Nomination(role=un.NominationRole.FOCAL_POINT, country="XA", person_id="p1", office=text("Ministry"))
    past = un.Nomination(
        role=un.NominationRole.FOCAL_POINT, country="XA", office=text("Old office"), period=un.Period(end=day("2029"))
    )
    person = un.Person(id="p1", name="Canary Name", consents=(consent(),))
    records = (HOME, person, review("start 2030-01-10", nominations=(named, past)))
    point = only("national-consultation", *records)
    assert format_message(point.where) == "XA, Ministry"
    assert format_message(point.next_step) == "ask Ministry when stakeholders are consulted, and offer input"
    assert "nominate-focal-point" not in [blocker.step for blocker in point.blocked_by]
    shown = json.dumps(entry_points_to_dict(points(*records))) + "".join(render_entry_points(points(*records)))
    assert "Canary" not in shown


def test_the_initial_consultation_is_waited_for():
    log = ("start 2030-01-10", "nominate-focal-point 2030-01-20 XA")
    point = only("national-consultation", HOME, review(*log))
    assert [blocker.step for blocker in point.blocked_by] == ["hold-initial-consultation"]


def test_where_it_works_counts_and_its_seat_is_told():
    found = [
        p for p in points(HOME, review("start 2030-01-10"), review(country="XB")) if p.kind == "national-consultation"
    ]
    assert {point.subject_id: told(point, "at-home")[0] for point in found} == {"xa-1": "met", "xb-1": "not-met"}
    abroad = only(
        "national-consultation", organization(countries=("XB",)), review(country="XB", group=None, cluster=None)
    )
    assert told(abroad, "at-home")[0] == "unknown"
    assert format_message(abroad.title) == "Self-assessment questionnaire of XB"
    assert format_message(abroad.send) == "answers to a mirror questionnaire, research, practices on what is reviewed"
    assert (abroad.opens, abroad.closes) == (None, None)


def test_a_country_that_is_no_party_has_no_review():
    assert not [p for p in points(HOME) if p.kind == "national-consultation"]


@pytest.mark.parametrize(
    ("artefacts", "verdict", "waits", "links"),
    [
        ((), "unknown", 1, ()),
        (
            (
                un.Artefact(
                    kind=un.ArtefactKind.LIST_OF_OBSERVATIONS, published=day("2030-02"), url="https://example.org/l"
                ),
            ),
            "met",
            0,
            ("https://example.org/l",),
        ),
        ((un.Artefact(kind=un.ArtefactKind.LIST_OF_OBSERVATIONS, published=day("2031")),), "unknown", 0, ()),
        ((un.Artefact(kind=un.ArtefactKind.LIST_OF_OBSERVATIONS, visibility=un.Visibility.PUBLIC),), "unknown", 0, ()),
        ((un.Artefact(kind=un.ArtefactKind.SUMMARY, published=day("2030-02")),), "unknown", 1, ()),
    ],
)
def test_follow_up_begins_with_the_list_of_observations(artefacts, verdict, waits, links):
    agreed = review("start 2028", "agree-on-observations 2030-02-01", artefacts=artefacts)
    point = only("follow-up", HOME, agreed)
    assert told(point, "public")[0] == verdict
    assert (len(point.blocked_by), point.links) == (waits, links)
    assert point.basis.certainty == "recalled"


def test_nothing_is_to_be_followed_up_before_observations_are_agreed():
    assert not [p for p in points(HOME, review("start 2030-01-10")) if p.kind == "follow-up"]


# -- the network ------------------------------------------------------------------------------------------------------

NETWORK = un.Network(id="net", name=text("Net"), kind=un.NetworkKind.REGIONAL)


def membership(**period):
    return un.Membership(id="m1", network_id="net", organization_id="ngo", period=un.Period(**period))


def plan(*actions, **more):
    return un.ActionPlan(
        id="plan", network_id="net", name=text("Plan"), **{"status": un.PlanStatus.ADOPTED, **more}, actions=actions
    )


def action(due=None, **more):
    return un.Action(objective=text("Study"), due=due and day(due), **more)


def test_the_actions_of_its_networks():
    running = membership(start=day("2029"), ending=un.Ending.RUNNING)
    actions = (
        action("2030-05-01", owner_ids=("ngo",)),
        action(None, owner_ids=("other",)),
        action("2030-02-01"),
        action("2030-04-01", status=un.ActionStatus.DONE),
    )
    found = points(NETWORK, running, organization("other"), plan(*actions, decided=day("2030-01-10")))
    chosen = [point for point in found if point.kind == "action"]
    assert [(p.subject_id, p.access.value, told(p, "owner")[0]) for p in chosen] == [
        ("plan/1", "open", "met"),
        ("plan/2", "unknown", "not-met"),
        ("plan/3", "not-closed", "unknown"),
    ]
    assert format_message(chosen[0].title) == "Net: Study"
    assert {told(p, "member") for p in chosen} == {("met", "a member of Net")}
    assert [line.split()[0] for line in render_entry_points(chosen[:1]) if line][:5] == [
        "until",
        "where",
        "access",
        "decides",
        "next",
    ]
    assert not any(line.startswith(("  basis", "  due")) for line in render_entry_points(chosen)), "nothing is cited"


def test_a_network_that_it_may_have_left_is_not_certain():
    point = only("action", NETWORK, membership(start=day("2029")), plan(action()))
    assert told(point, "member") == ("unknown", "whether it is a member of Net on the day is not certain")


@pytest.mark.parametrize(
    "records",
    [
        (NETWORK, plan(action())),
        (NETWORK, membership(start=day("2029"), end=day("2029-12")), plan(action())),
        (NETWORK, membership(start=day("2029")), plan(action(), status=un.PlanStatus.COMPLETED)),
        (NETWORK, membership(start=day("2029")), plan(action(), decided=day("2031"))),
        (membership(start=day("2029")), plan(action())),
    ],
)
def test_actions_of_others_and_of_plans_that_are_over_or_to_come_are_not_its_own(records):
    assert not [point for point in points(*records) if point.kind == "action"]


def test_meetings_that_lie_ahead_with_its_role():
    role = un.EventRole(kind=un.EventRoleKind.SPEAKER, stakeholder_id="ngo")
    found = points(
        event("training", "training", "2030-03-10", roles=(role,), place=un.Place(country="XA")),
        event("planned", "workshop", status=un.EventStatus.PLANNED),
        event("undated", "workshop", status=un.EventStatus.HELD),
        event("over", "workshop", "2030-02-10"),
        event("off", "workshop", "2030-03-10", status=un.EventStatus.CANCELLED),
    )
    meetings = [point for point in found if point.kind == "meeting"]
    assert [(p.subject_id, p.access.value, p.eligible.value) for p in meetings] == [
        ("planned", "unknown", "unknown"),
        ("training", "ahead", "met"),
    ]
    assert told(meetings[1], "role") == ("met", "it takes part as speaker")


def test_what_is_cited_is_as_sure_as_its_least_sure_citation():
    source = un.Source(id="s1", title=text("Minutes"), kind=un.SourceKind.DOCUMENT, url="https://example.org/m")
    cited = (
        un.Citation(source_id="s1", paragraph="3"),
        un.Citation(source_id="s1", certainty=un.Certainty.RECALLED),
        un.Citation(source_id="nowhere", certainty=un.Certainty.DISPUTED),
    )
    point = only("meeting", source, event("training", "training", "2030-03-10", sources=cited))
    assert point.basis == un.Basis(
        document="Minutes", provision="3", source="https://example.org/m", certainty=un.Certainty.RECALLED
    )


@tries(6, phases=(Phase.explicit, Phase.generate))
@given(registers(), st.dates())
def test_of_any_register_all_is_told_in_order_and_in_words(register, on):
    assert all_entry_points(register, on) == {
        one.id: entry_points(register, one.id, on) for one in register.organizations
    }
    for who in (*register.organizations, *register.persons):
        found = entry_points(register, who.id, on)
        assert found == entry_points(register, who.id, on)
        assert [point.is_closed for point in found] == sorted(point.is_closed for point in found)
        assert len({point.uid for point in found}) == len(found)
        for point in found:
            if point.access is Access.OPEN:
                assert point.opens.latest.first <= un.PartialDate.of(on).first <= point.closes.latest.last
        assert json.dumps(entry_points_to_dict(found))
        for width in (40, None):
            wide = [line for line in render_entry_points(found, width=width) if len(line) > (width or 10_000)]
            assert [line for line in wide if len(line.split()) > 2] == [], "no address is cut, and stands alone"
        assert "".join(render_entry_points_markdown(found))


def test_of_all_members_what_the_day_holds_is_made_once(monkeypatch):
    """However many they are, and whatever else: what takes place, the reviews of a country, what a network means to do."""
    register, made = un.example(), []
    make, list_states = network_opportunities.make_session_of_event, log_as_of.states_as_of
    monkeypatch.setattr(
        network_opportunities, "make_session_of_event", lambda day, event: made.append(event.id) or make(day, event)
    )
    monkeypatch.setattr(log_as_of, "states_as_of", lambda *asked: made.append(asked[1].id) or list_states(*asked))
    found = all_entry_points(register, "2022-03-20")
    assert made
    assert len(made) == len(set(made))
    assert len(found) == len(register.organizations) > len(set(made))


def test_of_a_network_those_who_belong_to_it_are_asked_for_all():
    register = un.example()
    members = {one.organization_id for one in un.engagement.members(register, "americas-network", "2022-06-01")}
    assert {*all_entry_points(register, "2022-06-01", network="americas-network")} == members
    with pytest.raises(UnknownRecord):
        all_entry_points(register, "2022-06-01", network="asj-honduras")
