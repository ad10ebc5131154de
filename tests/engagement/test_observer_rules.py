"""Rules 14 to 17 as entry points: each for those whom it is for, as the table of facts has it, with no one else's limit."""

import json
from pathlib import Path

import attrs
import pytest

import untoc_network as un
from tests.profiles import some
from untoc_network import reference
from untoc_network.diagnostics.inflection import format_day
from untoc_network.engagement import ENTRY_POINT_SPECS, all_entry_points, format_message, rights
from untoc_network.i18n.language_words import LANGUAGES
from untoc_network.process.accreditation_procedure import THIRTY_DAYS
from untoc_network.reports.entry_points import (
    entry_points_to_dict,
    render_entry_points,
    render_entry_points_markdown,
)

from .registers import accreditation, bare_facts, event, organization, with_records

ROOT = Path(__file__).parents[2]
KINDS = {kind.observer_rule: kind for kind in ENTRY_POINT_SPECS if kind.observer_rule}
SESSION = event("session", "conference-session", "2030-10-15", "2030-10-19")
ON = "2030-03-01"
DECIDED_BY = {
    "nobody": "nobody",
    "Conference (if it decides otherwise)": "conference-otherwise",
    "Conference": "conference",
}
ACTS = {
    "attend": ("attend",),
    "speak": ("statements",),
    "receive-documents": ("receive documents",),
    "submit": ("submit views in writing",),
    "deliberate": ("deliberative",),
    "decide": ("no part in decisions",),
}


def body(kind, country=None):
    seat = None if country is None else un.Place(country=country)
    return organization(kind=un.OrganizationKind(kind), seat=seat)


def observers(*records, facts=None):
    """The entry points to observer status that are open to the organization `ngo`, by their rule."""
    register = with_records(SESSION, *records)
    found = all_entry_points(register, ON, reference=facts or bare_facts())["ngo"]
    return {point.kind.removeprefix("observer-"): point for point in found if point.kind.startswith("observer-")}


def test_every_rule_of_the_table_is_an_entry_point_that_says_what_the_table_says():
    rows = {row.rule: row for row in reference.table("observer_rules")}
    assert KINDS.keys() == rows.keys()
    for rule, row in rows.items():
        kind = KINDS[rule]
        basis = kind.rests_on(reference.packaged())
        assert kind.decides == DECIDED_BY[row.decided_by]
        assert (basis.source, basis.certainty, basis.provision) == (row.source, row.certainty, f"rule {rule}")
        assert (kind.basis.provision, kind.basis.certainty) == (basis.provision, basis.certainty)
        assert kind.basis.source.partition(" ")[0] in row.source
        assert kind.rests_on(reference.packaged().replacing(observer_rules=())) == kind.basis
    limited = {row.rule: (row.limit, row.unit) for row in rows.values() if row.limit}
    assert limited == {"17(2)": (THIRTY_DAYS.number, THIRTY_DAYS.unit)}


@pytest.mark.parametrize(
    ("kind", "country", "found"),
    [
        ("ngo", None, {"17-1", "17-2"}),
        ("unknown", None, {"17-1", "17-2"}),
        ("intergovernmental", None, {"16-1", "16-2", "17-1", "17-2"}),
        ("programme", None, {"16-1", "16-2", "17-1", "17-2"}),
        ("government-body", "CG", {"14", "17-1", "17-2"}),
        ("diplomatic-mission", "PG", {"15", "17-1", "17-2"}),
        ("government", "PA", {"17-1", "17-2"}),
        ("government", "XA", {"14", "15", "17-1", "17-2"}),
        ("government", None, {"14", "15", "17-1", "17-2"}),
    ],
)
def test_each_rule_is_for_its_own(kind, country, found):
    points = observers(body(kind, country))
    assert points.keys() == found
    governmental = kind not in ("ngo", "unknown")
    assert all(points[rule].is_closed is governmental for rule in ("17-1", "17-2"))
    for rule in points.keys() - {"17-1", "17-2"}:
        alone = len(found) == 3
        assert points[rule].reasons[1].verdict == ("met" if alone else "unknown")
        assert points[rule].duties == ()
        assert points[rule].closes is None
        assert format_message(points[rule].rights)


def test_a_recorded_application_tells_which_of_two_rules_is_its_own():
    applied = accreditation("a", "rule-16-2", "apply 2030-02-01", event_id="session")
    points = observers(body("intergovernmental"), applied)
    assert points.keys() == {"16-2", "17-1", "17-2"}
    assert points["16-2"].next_step.key == "observer-17-1.next-applied"
    assert points["16-2"].reasons[1].verdict == "met"
    refused = accreditation("a", "rule-16-2", "apply 2030-02-01", "decide-against 2030-02-10", event_id="session")
    assert observers(body("intergovernmental"), refused)["16-2"].is_closed
    asked = accreditation("a", "rule-16-1", "apply 2030-02-01", event_id="session")
    assert observers(body("intergovernmental"), asked)["16-1"].next_step.key == "observer-16-1.next"


def test_notice_gives_the_status_and_nobody_decides():
    told = accreditation("a", "rule-16-1", "notify 2030-02-01", event_id="session")
    register = with_records(SESSION, body("intergovernmental"), told)
    assert un.process.ACCREDITATION.state_of(told) == "granted"
    points = {point.kind: point for point in all_entry_points(register, ON, reference=bare_facts())["ngo"]}
    assert not [kind for kind in points if kind.startswith("observer-16")]
    plenary = points["plenary"]
    assert (plenary.eligible, plenary.next_step.key, plenary.basis.provision) == ("met", "plenary.next-16", "rule 16")
    assert plenary.reasons[1].basis.provision == "rule 16"


@pytest.mark.parametrize(
    ("path", "step", "problem"),
    [
        ("rule-16-1", "apply", "written notice: under rules 14 and 16(1) nobody applies"),
        ("rule-17-1", "notify", "an application: notice is enough under rules 14 and 16(1) alone"),
        ("rule-15", "notify", "an application: notice is enough under rules 14 and 16(1) alone"),
    ],
)
def test_a_step_of_another_path_is_not_taken(path, step, problem):
    with pytest.raises(un.IllegalTransition, match=rf"^the step '{step}' cannot be taken: "):
        un.process.ACCREDITATION.advance(accreditation("a", path), step, "2030-02-01")
    waits = {one.step: one.waits_for for one in un.process.ACCREDITATION.what_next(accreditation("a", path), ON)}
    assert waits[step] == problem


@pytest.mark.parametrize(
    ("path", "provision"),
    [
        ("rule-14", "rule 14"),
        ("rule-15", "rule 15"),
        ("rule-16-1", "rule 16(1)"),
        ("rule-16-2", "rule 16(2)"),
        ("rule-17-2", "rule 17"),
    ],
)
def test_a_next_step_rests_on_the_rule_that_it_goes_by(path, provision):
    steps = un.process.ACCREDITATION.what_next(accreditation("a", path), ON)
    assert {one.basis.provision for one in steps if one.step == "apply"} == {provision}


@pytest.mark.parametrize(
    ("kind", "country", "path", "rules", "step"),
    [
        ("ngo", None, "rule-17-1", ("17(1)",), "next"),
        ("intergovernmental", None, "rule-16-1", ("16(1)",), "next-16"),
        ("government-body", "CG", "rule-14", ("14",), "next-14"),
        ("government-body", "PG", "rule-15", ("15",), "next-15"),
        ("government", None, None, ("14", "15"), "next"),
        ("government-body", "PA", None, (), "next"),
    ],
)
def test_rights_at_the_conference_are_those_of_the_rule(kind, country, path, rules, step):
    granted = () if path is None else (accreditation("a", path, "grant 2030-02-20", event_id="session"),)
    register = with_records(SESSION, body(kind, country), *granted)
    found = {right.act.value: right for right in rights(register, "ngo", "session", ON)}
    said = " ".join(row.rights for row in reference.table("observer_rules") if row.rule in rules)
    listed = {act for act, words in ACTS.items() if any(word in said for word in words)}
    never = {"submit", "decide"} if kind == "ngo" else {"decide"} & listed
    assert found.keys() == (listed | never)
    for act, right in found.items():
        assert right.verdict == ("not-met" if act in never else "met" if granted else "unknown")
        assert format_message(right.said)
        assert all(rule.partition("(")[0] in right.basis.provision for rule in rules[:1] if len(rules) == 1)
    (plenary,) = (point for point in all_entry_points(register, ON)["ngo"] if point.kind == "plenary")
    assert plenary.next_step.key == f"plenary.{step}"


def test_a_status_that_was_refused_gives_no_rights():
    refused = accreditation("a", "rule-14", "apply 2030-01", "decide-against 2030-02", event_id="session")
    register = with_records(SESSION, body("government", "CG"), refused)
    found = rights(register, "ngo", "session", ON)
    assert {right.verdict for right in found} == {"not-met"}
    assert format_message(found[-1].said) == "it may not take part in the deliberations: observer status is refused"


def test_the_time_limit_of_the_secretariat_is_that_of_the_table():
    row = next(row for row in reference.table("observer_rules") if row.rule == "17(2)")
    facts = bare_facts()
    assert observers(organization(), facts=facts.replacing(observer_rules=()))["17-2"].duties == ()
    for changed in ({"limit": None}, {"unit": None}):
        other = facts.replacing(observer_rules=[attrs.evolve(row, **changed)])
        assert observers(organization(), facts=other)["17-2"].duties == ()
    other = facts.replacing(observer_rules=[attrs.evolve(row, limit=45)])
    (duty,) = observers(organization(), facts=other)["17-2"].duties
    assert (duty.until.latest, "at least 45 days before" in format_message(duty.said)) == ("2030-08-31", True)


# -- nobody's last day ------------------------------------------------------------------------------------------------

DAYS = ("2020-09-01", "2022-04-20", "2022-09-01", "2024-09-01", "2025-04-01", "2026-02-01")
EVERY_KIND = [
    un.Organization(id=f"of-kind-{kind}", name=un.Text(en=kind), kind=kind, seat=un.Place(country=country))
    for kind in un.OrganizationKind
    for country in ("PA",)
]


def registers():
    yield with_records(*EVERY_KIND)
    yield un.example()
    for path in sorted((ROOT / "examples").glob("*.json")):
        yield un.load(path)


@pytest.mark.unmeasured
@pytest.mark.parametrize("on", some(DAYS))
def test_no_time_limit_of_the_secretariat_is_ever_told_as_the_last_day_of_an_applicant(on):
    duties = 0
    for register in registers():
        for points in all_entry_points(register, on).values():
            for point in points:
                assert point.closes is None or point.closes.basis is None or "rule 17" not in str(point.closes.basis)
                for duty in point.duties:
                    duties += 1
                    assert duty.actor == "secretariat"
                    assert point.closes is None
                    assert_told_as_a_duty_alone(point, duty)
    assert duties


def assert_told_as_a_duty_alone(point, duty):
    """In every language and form its day stands in the lines of the duty, and nowhere else."""
    for language in LANGUAGES:
        last = format_day(str(duty.until.latest), language)
        told = format_message(duty.said, languages=[language])
        assert last in told
        text = list(render_entry_points((point,), width=None, languages=[language]))
        marked = list(render_entry_points_markdown((point,), languages=[language]))
        for lines in (text, marked):
            assert sum(last in line for line in lines) == 1
            assert last not in lines[0] + lines[1]
        data = json.loads(json.dumps(entry_points_to_dict((point,), languages=[language])[0]))
        assert data["closes"] is None
        del data["duties"]
        assert not any(one in json.dumps(data, ensure_ascii=False) for one in (last, str(duty.until.latest)))


def test_a_day_of_the_facts_is_known_to_the_day_or_is_no_last_day():
    found = all_entry_points(with_records(organization()), "2024-10-01")["ngo"]
    beside = {point.subject_id: point for point in found if point.kind in ("side-event", "briefing")}
    assert {"conference-session-12", "event-e45", "event-e46", "event-n04"} <= beside.keys()
    briefing, undated = beside["event-e45"], beside["event-e46"]
    assert (briefing.kind, briefing.closes.latest, briefing.basis.certainty) == ("briefing", "2024-10-14", "seen")
    assert (undated.closes, undated.starts, undated.access) == (None, "2024-10", "unknown")
    assert all(point.subject_id != "event-n01" for point in found), "a side event of another conference"


def test_a_briefing_of_the_register_stands_for_that_of_the_facts():
    own = event("own", "briefing", "2024-10-14", themes=(un.Theme.FIREARMS,))
    found = all_entry_points(with_records(organization(), own), "2024-10-01")["ngo"]
    assert [point.subject_id for point in found if point.kind == "briefing"] == ["own"]
    days = [event("prep", "preparation-day", "2025-04-29", place=un.Place(country="AT"))]
    found = all_entry_points(with_records(organization(), *days), "2025-04-01")["ngo"]
    assert [point.subject_id for point in found if point.kind == "preparation-day"] == ["prep"]
    undated = with_records(organization(), event("session", "conference-session"))
    found = all_entry_points(undated, "2024-05-01", reference=bare_facts())["ngo"]
    assert [point.subject_id for point in found if point.kind == "side-event"] == ["session"]


# -- invitations to a dialogue ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "country", "invited", "verdict"),
    [
        ("intergovernmental", None, (), "unknown"),
        ("intergovernmental", None, ("entities",), "unknown"),
        ("intergovernmental", None, ("entities", "intergovernmental-organizations"), "met"),
        ("government", "PA", ("states-parties",), "met"),
        ("government", "PA", ("signatories",), "unknown"),
        ("government", "CG", ("signatories",), "met"),
        ("government", "PG", ("non-signatories",), "met"),
        ("government", None, ("signatories", "non-signatories"), "met"),
        ("government", "PA", ({"kind": "states-parties", "country": "PA"},), "met"),
        ("government", "PA", ({"kind": "states-parties", "country": "MX"},), "unknown"),
        ("intergovernmental", "PA", ({"kind": "states-parties", "country": "PA"},), "unknown"),
        ("intergovernmental", None, ({"kind": "entities", "organization_id": "ngo"},), "met"),
        ("intergovernmental", None, ({"kind": "entities", "organization_id": "other"},), "unknown"),
    ],
)
def test_who_is_invited_to_a_dialogue_need_not_apply(kind, country, invited, verdict):
    talk = event("talk", "constructive-dialogue", "2030-05-10")
    invitations = tuple({"kind": one} if isinstance(one, str) else one for one in invited)
    held = un.ConstructiveDialogue(id="cd", event_id="talk", invited=invitations)
    register = with_records(talk, held, body(kind, country))
    found = all_entry_points(register, ON, reference=bare_facts())["ngo"]
    (point,) = (one for one in found if one.kind == "dialogue-invited")
    assert point.reasons[1].verdict == verdict
    assert format_message(point.reasons[1].said)
    assert (point.decides, point.closes) == (None, None)


def test_stakeholders_apply_and_are_not_told_of_invitations():
    talk = event("talk", "constructive-dialogue", "2030-05-10")
    register = with_records(talk, un.ConstructiveDialogue(id="cd", event_id="talk"), organization())
    assert "dialogue-invited" not in {one.kind for one in all_entry_points(register, ON)["ngo"]}


@pytest.mark.parametrize(
    ("session", "said"),
    [
        ({"starts": "2030-05-08", "ends": "2030-05-09"}, "Group (2030-05-08 to 2030-05-09)"),
        ({"starts": "2030-05"}, "Group (2030-05 to 2030-05)"),
        ({}, "Group"),
        (
            {"starts": "2030-05-08", "ends": "2030-05-09", "adopted": "2030-05-09"},
            "Group (2030-05-08 to 2030-05-09), whose report was adopted on 2030-05-09",
        ),
        (None, None),
    ],
)
@pytest.mark.parametrize("kind", ["ngo", "intergovernmental"])
def test_a_dialogue_says_which_session_it_follows_and_when_that_adopted_its_report(kind, session, said):
    link = un.EventLink(kind=un.EventLinkKind.FOLLOWS, event_id="wg")
    beside = un.EventLink(kind=un.EventLinkKind.BACK_TO_BACK, event_id="talk")
    talk = event("talk", "constructive-dialogue", "2030-05-10", links_to=(beside, link))
    days = {name: on for name, on in (session or {}).items() if name != "adopted"}
    adopted = {name: on for name, on in (session or {}).items() if name == "adopted"}
    outputs = (
        {"key": "m", "kind": "minutes", "status": "draft", "adopted": "2030-01"},
        {"key": "r", "kind": "report", "status": "adopted", **adopted},
    )
    group = un.Event(id="wg", name={"en": "Group"}, kind="working-group-session", outputs=outputs, **days)
    held = () if session is None else (group,)
    records = (talk, *held, un.ConstructiveDialogue(id="cd", event_id="talk"), body(kind))
    found = all_entry_points(with_records(*records), ON, reference=bare_facts())["ngo"]
    for point in [one for one in found if one.kind.startswith("dialogue")]:
        assert (point.follows and format_message(point.follows)) == said
        (plain,) = entry_points_to_dict((point,))
        assert (plain["follows"] and plain["follows"]["text"]) == said
        lines = [line for line in render_entry_points((point,), width=None) if line.startswith("  follows")]
        assert [line.split(maxsplit=1)[1] for line in lines] == ([] if said is None else [said])
