import json

import pytest

import untoc_network as un
from untoc_network.engagement import applications, rights
from untoc_network.reports.status_applications import render_applications, render_rights

from .registers import accreditation, application, day, dialogue, event, organization, review, with_records

ON = "2030-03-01"
SESSION = event("session", "conference-session", "2030-10-15", "2030-10-19")
TALK = event("talk", "constructive-dialogue", "2030-05-10")
GROUP = event("wg", "working-group-session", "2030-05-08")


def allowed(at, *records, on=ON):
    register = with_records(organization(), SESSION, TALK, GROUP, *records)
    return {right.act.value: right.verdict.value for right in rights(register, "ngo", at, on)}


def test_objections_and_decisions_are_told_as_of_the_day():
    vote = un.AccreditationEntry(
        step=un.AccreditationStep.DECIDE_IN_FAVOUR,
        on=day("2030-10-15"),
        actor=un.Actor.CONFERENCE,
        vote=un.Vote(in_favour=57, against=7),
    )
    one = accreditation(
        "a", "rule-17-2", "apply 2030-01-01", "circulate 2030-09-01", "object 2030-09-10 XB", event_id="session"
    )
    register = with_records(
        organization(),
        SESSION,
        TALK,
        un.Accreditation(
            **{f: getattr(one, f) for f in ("id", "organization_id", "forum", "path", "event_id")}, log=(*one.log, vote)
        ),
        accreditation("b", "ecosoc", organization=None),
        dialogue(applications=(application("submit 2030-01-01", "object ? XC", "decline ?"),)),
        as_of=day("2030-12-31"),
    )
    before, after = applications(register, "2030-09-30"), applications(register, "2030-12-31")
    assert [(one.id, [str(s) for s in one.states]) for one in before] == [
        ("a", ["objected"]),
        ("b", ["in-preparation"]),
        ("cd/ngo", ["submitted", "objected", "declined"]),
    ]
    assert [(o.by, o.on, o.stands) for o in before[0].objections] == [("XB", "2030-09-10", True)]
    assert [(o.by, o.on, o.stands) for o in after[0].objections] == [("XB", "2030-09-10", False)]
    assert [(d.step, d.vote.in_favour) for d in after[0].decisions] == [("decide-in-favour", 57)]
    assert [d.step for d in after[2].decisions] == ["decline"]
    assert [one.id for one in applications(register, ON, organization_id="ngo")] == ["a", "cd/ngo"]
    assert json.dumps([one.to_dict() for one in after])
    lines = list(render_applications(after, width=None))
    assert lines[1].split("  ")[0] == "a"
    assert "57:7" in lines[1]
    assert "XB 2030-09-10 over" in lines[1]
    assert "declined?" in list(render_applications(before, width=None))[3]
    assert lines[-1] == "3 applications"
    assert list(render_applications(after[:1], width=None))[-1] == "1 application"


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        ((), "unknown"),
        ((accreditation("a", "rule-17", "grant 2030-01-01"),), "met"),
        ((accreditation("a", "rule-17-2", "apply 2029", "decide-against 2030-01-01"),), "not-met"),
        ((accreditation("a", "rule-17", "grant 2030-03"),), "unknown"),
    ],
)
def test_observers_attend_and_speak_and_submit_nothing(records, verdict):
    assert allowed("session", *records) == {
        "attend": verdict,
        "speak": verdict,
        "receive-documents": verdict,
        "submit": "not-met",
        "decide": "not-met",
    }


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        ((), "unknown"),
        ((dialogue(),), "unknown"),
        ((dialogue(applications=(application("submit 2030-01", "approve 2030-02"),)),), "met"),
        ((dialogue(applications=(application("submit 2030-01", "decline 2030-02"),)),), "not-met"),
        ((un.ConstructiveDialogue(id="other", event_id="wg"),), "unknown"),
    ],
)
def test_in_a_dialogue_approval_is_what_counts(records, verdict):
    assert allowed("talk", *records) == dict.fromkeys(("attend", "speak", "submit"), verdict)


def test_working_groups_are_closed_and_of_other_events_nothing_is_known():
    assert allowed("wg") == {"attend": "not-met"}
    assert allowed("training", event("training", "training")) == {}


def test_rights_come_with_their_provision_and_how_sure_it_is():
    register = with_records(organization(), SESSION)
    found = {right.act.value: right for right in rights(register, "ngo", "session", ON)}
    assert found["speak"].basis.provision == "rule 17(3)"
    assert found["submit"].basis.certainty == "derived"
    assert found["submit"].to_dict()["said"] == {
        "key": "right.conference-session.submit.not-met",
        "values": {"state": "in-preparation"},
    }
    assert list(render_rights(found.values(), width=None))[-2:] == [
        "- submit: no right to submit written views is listed for it "
        "[rules of procedure of the Conference of the Parties, rule 17(3) (derived)]",
        "- decide: it takes no part in decisions [rules of procedure of the Conference of the Parties, rule 17(3)]",
    ]
    working = list(render_rights(rights(with_records(organization(), GROUP), "ngo", "wg", ON), width=80))
    assert all(len(line) <= 80 for line in working)


def test_rights_are_of_an_organization_at_an_event():
    register = with_records(organization(), SESSION, review())
    with pytest.raises(un.UnknownRecord, match=r"^'session' is not an organization$"):
        rights(register, "session", "session", ON)
    with pytest.raises(un.UnknownRecord, match=r"^'ngo' is not an event$"):
        rights(register, "ngo", "ngo", ON)
