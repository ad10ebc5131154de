"""What was really open on chosen days of the past: only what the example register and the tables hold."""

from pathlib import Path

import attrs
import pytest

import untoc_network as un
from untoc_network.engagement import Access, Verdict, entry_points, format_message

EXAMPLES = Path(__file__).parents[2] / "examples"
FACTS = un.reference.packaged()


@pytest.fixture(scope="module")
def mechanism():
    register = un.load(EXAMPLES / "mechanism-2024.json")
    member = un.Organization(
        id="member",
        name=un.Text(en="Example"),
        kind=un.OrganizationKind.NGO,
        seat=un.Place(country="MX"),
        themes=(un.Theme.FIREARMS,),
    )
    return register.with_added(member)[0]


def dialogues_on(register, day, who="member"):
    """Of each dialogue its access, its last day for applications and its own day."""
    return {
        point.subject_id: (point.access.value, point.closes and str(point.closes.latest), str(point.starts))
        for point in entry_points(register, who, day)
        if point.kind == "dialogue"
    }


def one(register, day, kind, who="member"):
    (found,) = (point for point in entry_points(register, who, day) if point.kind == kind)
    return found


def verdicts(point):
    return {reason.condition: reason.verdict.value for reason in point.reasons}


def test_on_1_may_2022_two_dialogues_take_applications_until_8_may(mechanism):
    found = dialogues_on(mechanism, "2022-05-01")
    assert found == {
        "cd-2022-som": ("not-closed", "2022-05-08", "2022-07-01"),
        "cd-2022-tip": ("not-closed", "2022-05-08", "2022-07-01"),
        "cd-2022-fa": ("unknown", None, "2022-05-06"),
        "cd-2022-icta": ("unknown", None, "2022-05-27"),
    }


@pytest.mark.parametrize(("day", "access"), [("2022-05-08", "not-closed"), ("2022-05-09", "closed")])
def test_the_last_day_of_a_call_still_counts(mechanism, day, access):
    assert dialogues_on(mechanism, day)["cd-2022-tip"][0] == access


def test_what_was_held_is_no_longer_there(mechanism):
    assert "cd-2022-fa" in dialogues_on(mechanism, "2022-05-06")
    assert "cd-2022-fa" not in dialogues_on(mechanism, "2022-05-07")


def test_on_1_february_2023_the_calls_of_firearms_and_technical_assistance_run_until_12_february(mechanism):
    found = dialogues_on(mechanism, "2023-02-01")
    assert found == {
        "cd-2023-fa": ("not-closed", "2023-02-12", "2023-05-05"),
        "cd-2023-ta": ("not-closed", "2023-02-12", "2023-05-31"),
        "cd-2023-ic": ("unknown", None, "2023-09-13"),
        "cd-2023-tip": ("unknown", None, "2023-10-04"),
        "cd-2023-som": ("unknown", None, "2023-10-09"),
    }


def test_the_reasons_of_a_body_that_works_on_firearms(mechanism):
    firearms = next(p for p in entry_points(mechanism, "member", "2023-02-01") if p.subject_id == "cd-2023-fa")
    assert verdicts(firearms) == {
        "exists": "met",
        "non-governmental": "met",
        "has-opened": "unknown",
        "application": "unknown",
        "themes": "met",
    }
    assert firearms.decides == "extended-bureau"
    assert str(firearms.basis) == "resolution 9/1, annex: Procedures and rules, paragraph 53"
    assert firearms.closes.basis.certainty == "seen"
    assert firearms.links == ()
    assistance = next(p for p in entry_points(mechanism, "member", "2023-02-01") if p.subject_id == "cd-2023-ta")
    assert verdicts(assistance)["themes"] == "not-met"
    assert assistance.eligible is Verdict.UNKNOWN, "what gives priority only bars nobody"


def test_after_the_call_of_2023_the_dialogue_is_closed_to_new_applications_until_it_is_held(mechanism):
    assert dialogues_on(mechanism, "2023-02-13")["cd-2023-fa"] == ("closed", "2023-02-12", "2023-05-05")
    assert dialogues_on(mechanism, "2023-05-06")["cd-2024-fa"] == ("unknown", None, "2024-04-05")


def test_a_day_that_was_derived_says_so(mechanism):
    point = next(p for p in entry_points(mechanism, "member", "2024-07-01") if p.subject_id == "cd-2024-tip")
    assert (point.starts, point.basis.provision) == ("2024-07-10", "paragraph 53")
    row = next(
        p
        for p in entry_points(un.Register(organizations=mechanism.organizations), "member", "2024-07-01")
        if p.subject_id == "cd-2024-tip"
    )
    assert row.starts == "2024-07-10"


def test_two_dialogues_of_2024_have_no_day_and_are_ahead_all_year(mechanism):
    assert dialogues_on(mechanism, "2024-12-30")["cd-2024-ta"] == ("unknown", None, "2024")
    assert "cd-2024-ta" not in dialogues_on(mechanism, "2025-01-01")


def test_the_dialogues_of_2025_come_from_the_tables(mechanism):
    assert dialogues_on(mechanism, "2025-04-01") == {
        "cd-2025-fa": ("unknown", None, "2025-04-30"),
        "cd-2025-ic": ("unknown", None, "2025"),
        "cd-2025-ta": ("unknown", None, "2025"),
        "cd-2025-som": ("unknown", None, "2025-10"),
        "cd-2025-tip": ("unknown", None, "2025-10-08"),
    }
    assert dialogues_on(mechanism, "2026-01-01") == {}, "no dialogue of 2026 is known"


def test_every_dialogue_of_the_tables_is_there_on_its_own_day_and_gone_on_the_next(mechanism):
    rows = [row for row in FACTS.table("dialogues") if row.date is not None]
    assert len(rows) == 15
    for row in (row for row in rows if row.date.is_exact):
        name = row.dialogue.lower()
        assert name in dialogues_on(mechanism, row.date)
        assert name not in dialogues_on(mechanism, row.date.latest.add(days=1))


@pytest.mark.parametrize(
    ("day", "session", "circulated"),
    [
        ("2022-05-01", "conference-session-11", "2022-09-17"),
        ("2022-10-21", "conference-session-11", "2022-09-17"),
        ("2022-10-22", "conference-session-12", "2024-09-14"),
        ("2024-10-18", "conference-session-12", "2024-09-14"),
    ],
)
def test_observer_status_at_the_next_session_by_both_paths(mechanism, day, session, circulated):
    first, second = one(mechanism, day, "observer-17-1"), one(mechanism, day, "observer-17-2")
    assert {first.subject_id, second.subject_id} == {session}
    assert (first.closes, second.closes) == (None, None), "no last day of an applicant is in the tables"
    (duty,) = second.duties
    assert (first.duties, str(duty.until.earliest), str(duty.until.latest)) == ((), circulated, circulated)
    assert (duty.actor, duty.until.basis.provision, duty.until.basis.certainty) == ("secretariat", "rule 17(2)", "seen")
    assert {str(first.basis), str(second.basis)} == {
        "rules of procedure of the Conference of the Parties, rule 17(1)",
        "rules of procedure of the Conference of the Parties, rule 17(2)",
    }


def test_of_the_session_of_2026_only_the_month_is_known(mechanism):
    point = one(mechanism, "2025-06-01", "observer-17-2")
    assert (point.subject_id, point.starts) == ("conference-session-13", "2026-10")
    (duty,) = point.duties
    assert (point.closes, duty.until.earliest, duty.until.latest) == (None, "2026-09-01", "2026-10-01")
    assert format_message(point.where) == "the place is not recorded"
    assert [p.kind for p in entry_points(mechanism, "member", "2026-11-01")] == [
        "national-consultation",
        "working-group",
    ], "no session after it is known"


def test_the_questionnaire_of_mexico_was_due_six_months_after_the_launch_of_its_group(mechanism):
    point = one(mechanism, "2022-03-01", "national-consultation")
    assert (point.subject_id, point.opens.earliest, point.opens.latest) == ("review-mx-1", "2021-01-01", "2021-12-31")
    assert (point.closes.earliest, point.closes.latest) == ("2021-07-01", "2022-06-30")
    assert (point.access, point.decides) == (Access.NOT_CLOSED, "state-under-review")
    assert verdicts(point)["before-submission"] == "unknown"
    assert [(b.step, b.by) for b in point.blocked_by] == [("nominate-focal-point", "MX")]
    assert format_message(point.where) == "Mexico; the office of its focal point is not recorded"
    assert format_message(point.send) == (
        "answers to a mirror questionnaire, research, practices on UNTOC 2, 5, 6, 8, 9, 10, 15, 23; TIP 3, 5; "
        "SOM 3, 5, 6; FIREARMS 3, 5 (recalled, not read in a source)"
    )
    later = one(mechanism, "2024-06-01", "national-consultation")
    assert later.access is Access.NOT_CLOSED, "lateness bars nothing, and no submission is recorded"


def test_working_groups_are_listed_as_closed(mechanism):
    found = [p for p in entry_points(mechanism, "member", "2023-05-01") if p.kind == "working-group"]
    assert [(p.subject_id, p.eligible.value) for p in found][:2] == [
        ("working-group-firearms-2023-05-03", "not-met"),
        ("working-group-technical-assistance-2023-05-29", "not-met"),
    ]
    assert format_message(found[0].reasons[0].said) == "working groups are closed to non-governmental stakeholders"
    assert all(p.is_closed for p in found)


def test_an_observer_was_kept_out_of_the_first_dialogue_on_a_day_that_is_not_recorded(mechanism):
    before = next(p for p in entry_points(mechanism, "gi-toc", "2022-05-01") if p.subject_id == "cd-2022-fa")
    reason = next(reason for reason in before.reasons if reason.condition == "application")
    assert (reason.verdict, format_message(reason.said)) == (
        "unknown",
        "that it is declined is recorded without a day, perhaps a later one",
    )
    undated = attrs.evolve(mechanism, as_of=None)
    known = next(p for p in entry_points(undated, "gi-toc", "2022-05-01") if p.subject_id == "cd-2022-fa")
    reason = next(reason for reason in known.reasons if reason.condition == "application")
    assert (reason.verdict, format_message(reason.said)) == ("not-met", "the application is declined")
    assert known.is_closed


def test_the_consultation_of_panama_lay_ahead_of_its_members():
    register = un.load(EXAMPLES / "americas-2022.json")
    point = one(register, "2022-03-20", "meeting", who="asj-honduras")
    assert (point.access, point.opens.latest, point.closes.latest) == ("ahead", "2022-03-28", "2022-03-29")
    assert format_message(point.where) == "Panama City"
    assert not [p for p in entry_points(register, "asj-honduras", "2022-03-30") if p.kind == "meeting"]
    honduras = one(register, "2022-03-20", "national-consultation", who="asj-honduras")
    assert (honduras.opens, honduras.closes) == (None, None), "the group of Honduras is not public"
    assert [(b.step, b.actor) for b in honduras.blocked_by] == [("start", "secretariat")]


def test_the_example_gives_a_person_the_entry_points_of_its_organizations():
    register = un.load(EXAMPLES / "americas-2022.json")
    found = entry_points(register, "colombia-representative", "2022-03-20")
    assert {p.stakeholder_id for p in found} == {"corporacion-espacios-de-mujer", "gaatw"}
    assert entry_points(register, "mexico-focal-point", "2022-03-20")[0].eligible is not Verdict.MET
