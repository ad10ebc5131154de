"""What holds for every procedure: its table is whole, its state follows from the log, nothing illegal gets in."""

from collections import deque

import attrs
import pytest
from hypothesis import given, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from tests.measuring import count_example
from tests.profiles import tries

import untoc_network as un
from untoc_network.process import ACCREDITATION, APPLICATION, COUNTRY_REVIEW, DIALOGUE, PROCEDURES, QUESTIONNAIRE
from untoc_network.testing import objects
from untoc_network.values.fields import fields_of

every_procedure = pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda procedure: procedure.name)
DAY = "2022-05-01"

BLANK = {
    "country-review": un.CountryReview(id="r", country="XA", reviewers=(un.ReviewingState(country="XB"),)),
    "questionnaire": un.Questionnaire(instrument=un.TreatyCode.UNTOC),
    "general-review": un.GeneralReview(id="g", session=11),
    "dialogue": un.ConstructiveDialogue(id="d", event_id="e"),
    "application": un.DialogueApplication(key="a", organization_id="xa-ngo"),
    "accreditation": un.Accreditation(
        id="a", organization_id="xa-ngo", forum=un.Forum.CONFERENCE, path=un.AccreditationPath.RULE_17_2
    ),
}


def steps_of(procedure):
    return next(shape.type for shape in fields_of(procedure.entry) if shape.name == "step")


REVIEWED_BY_TWO = un.CountryReview(
    id="r",
    country="XA",
    instruments=["UNTOC", "TIP"],
    reviewers=(
        un.ReviewingState(country="XB", instruments=["UNTOC", "TIP"]),
        un.ReviewingState(country="XC", instruments=["UNTOC"]),
    ),
)


days_of_a_month = st.none() | st.integers(1, 28).map("2022-03-{:02}".format)


def steps_taken(procedure, thing):
    """Every step that the state allows, taken by every State that it concerns."""
    for transition in procedure.allowed(procedure.state_of(thing)):
        for by in ("XA", "XB", "XC") if transition.each else (None,):
            yield transition.step, by


def reachable(procedure, thing):
    """Every state, with a thing that is in it, found by taking allowed steps only."""
    found = {procedure.state_of(thing): thing}
    waiting = deque([thing])
    while waiting:
        here = waiting.popleft()
        for step, by in steps_taken(procedure, here):
            try:
                after = procedure.advance(here, step, DAY, by=by)
            except un.IllegalTransition:
                continue
            if procedure.state_of(after) not in found or (step == "nominate-focal-point" and len(after.log) < 5):
                found.setdefault(procedure.state_of(after), after)
                waiting.append(after)
    return found


@every_procedure
def test_every_state_can_be_reached_and_has_a_way_to_it(procedure):
    thing = REVIEWED_BY_TWO if procedure is COUNTRY_REVIEW else BLANK[procedure.name]
    found = reachable(procedure, thing)
    assert set(found) == set(procedure.states)
    for state, reached in found.items():
        again = thing
        for entry in reached.log:
            again = procedure.advance(again, entry.step, entry.on, entry.actor, by=entry.by)
        assert (again, procedure.state_of(again)) == (reached, state)


@every_procedure
def test_every_step_stands_in_the_table_once_for_a_state(procedure):
    assert {transition.step for transition in procedure.transitions} == set(steps_of(procedure))
    pairs = [(transition.step, source) for transition in procedure.transitions for source in transition.sources]
    assert len(pairs) == len(set(pairs))


@every_procedure
def test_every_step_and_limit_rests_on_something_with_a_source(procedure):
    facts = un.reference.packaged()
    for transition in procedure.transitions:
        basis = transition.rests_on(facts)
        assert basis.document
        assert basis.source
        if transition.limit:
            _, told = transition.limit.terms(facts)
            assert told.source


@every_procedure
def test_steps_of_others_and_steps_out_of_turn_are_refused(procedure):
    blank = BLANK[procedure.name]
    allowed = procedure.allowed(procedure.initial)
    names = tuple(transition.step.value for transition in allowed if transition.expected)
    wrong = next(step for step in steps_of(procedure) if step not in [transition.step for transition in allowed])
    with pytest.raises(un.IllegalTransition) as refused:
        procedure.advance(blank, wrong, DAY)
    assert refused.value.allowed == names
    assert str(refused.value) == (
        f"the step {wrong.value!r} is not allowed in the state {procedure.initial.value!r}; "
        f"allowed now: {', '.join(names)}"
    )
    with pytest.raises(un.IllegalTransition, match="not of the nobody"):
        procedure.advance(blank, names[0], DAY, actor="nobody")
    with pytest.raises(ValueError, match="nowhere"):
        procedure.allowed("nowhere")


@every_procedure
def test_the_state_machine_never_goes_wrong(procedure):
    blank = REVIEWED_BY_TWO if procedure is COUNTRY_REVIEW else BLANK[procedure.name]

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.thing = blank
            self.taken = []

        @rule(
            step=st.sampled_from(steps_of(procedure)),
            by=st.sampled_from([None, "XA", "XB", "XC", ("XA", "XB"), ("XB", "XC")]),
            days=st.integers(0, 9),
        )
        def take(self, step, by, days):
            state = procedure.state_of(self.thing)
            allowed = procedure.allowed(state)
            on = f"2022-01-{min(len(self.taken) + 1 + days, 31):02}"
            try:
                after = procedure.advance(self.thing, step, on, by=by)
            except un.IllegalTransition as refused:
                expected = [transition.step.value for transition in allowed if transition.expected]
                assert refused.allowed == tuple(dict.fromkeys(expected))
                return
            taken = next(transition for transition in allowed if transition.step is step)
            assert procedure.state_of(after) in ((taken.target or state), taken.partial)
            assert after.log[:-1] == self.thing.log
            self.thing = after
            self.taken.append((step, on, by))

        @precondition(lambda self: self.taken)
        @rule()
        def go_back_in_time(self):
            for transition in procedure.allowed(procedure.state_of(self.thing)):
                with pytest.raises(un.IllegalTransition):
                    procedure.advance(self.thing, transition.step, "2021-12-31")

        @invariant()
        def replaying_the_log_gives_the_same_thing(self):
            again = blank
            for entry in self.thing.log:
                again = procedure.advance(again, entry.step, entry.on, entry.actor, by=entry.by)
            assert again == self.thing

        @invariant()
        def the_log_is_whole(self):
            course = procedure.course(self.thing)
            assert not course.skipped
            assert not course.unexpected

        @invariant()
        def what_is_next_is_allowed(self):
            allowed = {transition.step for transition in procedure.allowed(procedure.state_of(self.thing))}
            following = procedure.what_next(self.thing, DAY)
            assert {step.step for step in following} <= allowed
            due = [step.deadline.latest for step in following if step.deadline]
            assert due == sorted(due)
            assert [bool(step.deadline) for step in following] == sorted(
                (bool(step.deadline) for step in following), reverse=True
            )

    run_state_machine_as_test(Machine, settings=tries(30, stateful_step_count=20))


@every_procedure
@given(data=st.data())
@tries(40)
def test_any_log_whatever_has_a_state_and_an_outlook(procedure, data):
    thing = data.draw(objects(procedure.thing))
    thing = attrs.evolve(thing, log=tuple(data.draw(st.lists(objects(procedure.entry), max_size=5))))
    course = procedure.course(thing)
    assert course.state in procedure.states
    assert set(course.skipped) | set(course.unexpected) <= set(range(len(thing.log)))
    on = un.PartialDate(DAY)
    for deadline in procedure.deadlines(thing):
        fewest, most = deadline.days_late(on)
        assert 0 <= fewest <= most
        assert deadline.to_dict(on)["step"] == deadline.step
    for step in procedure.what_next(thing, DAY):
        assert step.to_dict(on)["step"] == step.step


def whose_feedback_is_missing(review, place):
    """Whose feedback does not precede an entry of the log, by its place and by its day."""
    held = review.log[place].on
    before = [
        one
        for one in review.log[:place]
        if one.step == "submit-feedback" and not (one.on and held and held.certainly_before(one.on))
    ]
    given = {(state, code) for one in before for state in one.by for code in one.instruments or ("UNTOC", "TIP")}
    reviewed = {one.country: one.instruments for one in review.reviewers}
    return {
        state
        for state in review.reviewing_states(place)
        if not {(state, code) for code in ("UNTOC", "TIP")} & given
        or not {(state, code) for code in reviewed.get(state, ())} <= given
    }


def test_no_way_leads_to_the_dialogue_without_a_finding_that_names_who_is_missing():
    """Any log whatever with a dialogue: by the log or by its days, nobody's feedback is left out unnoticed."""

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            count_example(60)
            self.log = ()

        @rule(
            step=st.sampled_from(
                ["start", "hold-initial-consultation", "submit-questionnaire", "draft-observations", "extend-phase"]
            ),
            on=days_of_a_month,
        )
        def take(self, step, on):
            self.log += (un.ReviewEntry(step=step, on=on),)

        @rule(
            by=st.sampled_from(["XA", "XB", "XC", "XD", ("XB", "XC")]),
            instruments=st.sampled_from([(), ("UNTOC",), ("TIP",)]),
            on=days_of_a_month,
        )
        def give_feedback(self, by, instruments, on):
            self.log += (un.ReviewEntry(step="submit-feedback", by=by, instruments=instruments, on=on),)

        @rule(state=st.sampled_from(["XB", "XC"]), on=days_of_a_month)
        def replace(self, state, on):
            self.log += (un.ReviewEntry(step="replace-reviewer", leaves=[state], joins=["XD"], on=on),)

        @rule(by=st.sampled_from([None, ("XA", "XB", "XC")]), on=days_of_a_month)
        def hold_the_dialogue(self, by, on):
            self.log += (un.ReviewEntry(step="hold-dialogue", by=by, on=on),)

        @invariant()
        def whose_feedback_is_missing_is_named(self):
            place = next((place for place, one in enumerate(self.log) if one.step == "hold-dialogue"), None)
            if place is None:
                return
            review = attrs.evolve(REVIEWED_BY_TWO, log=self.log)
            missing = whose_feedback_is_missing(review, place)
            told = [
                finding.message
                for finding in un.validate(un.Register(country_reviews=(review,)))
                if finding.code in ("CR024", "CR034") and finding.location.path[3] <= place
            ]
            for state in missing:
                assert any(state in message for message in told), f"{state} is not named"

    run_state_machine_as_test(Machine, settings=tries(60, stateful_step_count=12))


def test_steps_that_are_not_recorded_are_taken_as_taken_and_told():
    review = un.CountryReview(
        id="r",
        country="XA",
        log=(un.ReviewEntry(step=un.CountryReviewStep.SUBMIT_QUESTIONNAIRE, on=un.PartialDate("2022")),),
    )
    course = COUNTRY_REVIEW.course(review)
    assert course.state == "questionnaire-submitted"
    assert course.skipped == {0: ("start", "hold-initial-consultation")}
    assert course.unexpected == {}
    assert course.missing == {}


def test_a_step_that_cannot_follow_is_told_and_changes_nothing():
    step = un.CountryReviewStep
    review = un.CountryReview(
        id="r", country="XA", log=tuple(un.ReviewEntry(step=one) for one in (step.SUBMIT_FEEDBACK, step.START))
    )
    course = COUNTRY_REVIEW.course(review)
    assert (course.state, dict(course.unexpected)) == ("feedback-submitted", {1: "feedback-submitted"})


def test_the_first_consultation_waits_for_every_focal_point():
    review = COUNTRY_REVIEW.advance(BLANK["country-review"], "start", "2021-12-01")
    (consultation,) = [
        step for step in COUNTRY_REVIEW.what_next(review, DAY) if step.step == "hold-initial-consultation"
    ]
    assert consultation.waits_for == "the focal point of XA, XB"
    with pytest.raises(un.IllegalTransition, match="cannot be taken: the focal point of XA, XB; allowed now"):
        COUNTRY_REVIEW.advance(review, "hold-initial-consultation", DAY)
    with pytest.raises(un.IllegalTransition, match="XC is none of the States that it concerns"):
        COUNTRY_REVIEW.advance(review, "nominate-focal-point", DAY, by="XC")
    for state in ("XA", "XB"):
        review = COUNTRY_REVIEW.advance(review, "nominate-focal-point", DAY, "state", by=state)
    assert COUNTRY_REVIEW.state_of(COUNTRY_REVIEW.advance(review, "hold-initial-consultation", DAY)) == (
        "consultation-held"
    )


def test_a_nomination_without_its_day_serves_as_well():
    named = un.Nomination(role=un.NominationRole.FOCAL_POINT, country="XA")
    alone = un.CountryReview(id="r", country="XA", nominations=(named,))
    started = COUNTRY_REVIEW.advance(alone, "start", "2021-12-01")
    assert COUNTRY_REVIEW.state_of(COUNTRY_REVIEW.advance(started, "hold-initial-consultation", DAY)) == (
        "consultation-held"
    )


def test_who_must_do_what_by_when_and_how_late():
    review = COUNTRY_REVIEW.advance(BLANK["country-review"], "start", "2021-12-10")
    review = COUNTRY_REVIEW.advance(review, "nominate-focal-point", "2022-01-02", by="XA")
    on = un.PartialDate("2022-05-01")
    following = [
        (step.step, step.by, step.deadline.latest, step.deadline.days_late(on))
        for step in COUNTRY_REVIEW.what_next(review, on)
    ]
    assert following == [
        ("nominate-focal-point", "XB", "2021-12-24", (0, 0)),
        ("nominate-experts", "XA", "2022-01-07", (114, 114)),
        ("nominate-experts", "XB", "2022-01-07", (0, 0)),
        ("hold-initial-consultation", None, "2022-01-07", (114, 114)),
    ]
    late = {
        (deadline.step, deadline.by): (deadline.said, deadline.days_late(on))
        for deadline in COUNTRY_REVIEW.deadlines(review)
    }
    assert late["nominate-focal-point", "XA"] == ("2 weeks after start", (9, 9))
    assert late["submit-questionnaire", None] == ("6 months after start", (0, 0))
    assert late["share-with-working-groups", None] == ("2 years after start", (0, 0))


def test_a_deadline_counted_from_a_recalled_limit_says_so():
    review = COUNTRY_REVIEW.advance(BLANK["country-review"], "start", "2021-12-10")
    told = {deadline.step: deadline.basis.certainty for deadline in COUNTRY_REVIEW.deadlines(review)}
    assert told["nominate-focal-point"] == "seen"
    assert told["hold-initial-consultation"] == "recalled"


def test_a_review_without_a_start_counts_from_the_launch_of_its_group():
    facts = un.reference.packaged()
    second = attrs.evolve(BLANK["country-review"], group=2, phase=1)
    (questionnaire,) = [one for one in COUNTRY_REVIEW.deadlines(second) if one.step == "submit-questionnaire"]
    assert (questionnaire.earliest, questionnaire.latest) == ("2021-07-01", "2022-06-30")
    assert questionnaire.days_late(un.PartialDate("2022-01-10")) == (0, 0), "nothing is recorded"
    later = attrs.evolve(second, phase=2)
    (questionnaire,) = [one for one in COUNTRY_REVIEW.deadlines(later) if one.step == "submit-questionnaire"]
    assert (questionnaire.earliest, questionnaire.basis.certainty) == ("2023-07-01", "derived")
    assert COUNTRY_REVIEW.deadlines(attrs.evolve(second, group=7)) == ()
    assert COUNTRY_REVIEW.deadlines(attrs.evolve(second, group=7, phase=2)) == ()
    assert COUNTRY_REVIEW.deadlines(second, reference=facts.replacing(review_groups=[])) == ()


def test_limits_come_from_the_table_that_the_caller_gives():
    facts = un.reference.packaged()
    rows = [attrs.evolve(row, limit=9) if row.order == "8" else row for row in facts.table("review_steps")]
    review = COUNTRY_REVIEW.advance(BLANK["country-review"], "start", "2021-12-10")
    due = {
        one.step: one.latest for one in COUNTRY_REVIEW.deadlines(review, reference=facts.replacing(review_steps=rows))
    }
    assert due["submit-questionnaire"] == "2022-09-10"
    unlimited = [attrs.evolve(row, limit=None) for row in facts.table("review_steps")]
    assert COUNTRY_REVIEW.deadlines(review, reference=facts.replacing(review_steps=unlimited)) == ()
    with pytest.raises(un.UnknownRecord, match="the country review has no step '3'"):
        COUNTRY_REVIEW.what_next(BLANK["country-review"], DAY, reference=facts.replacing(review_steps=[]))


def test_a_questionnaire_is_due_six_months_after_its_review_began():
    review = COUNTRY_REVIEW.advance(BLANK["country-review"], "start", "2021-08-31")
    blank = BLANK["questionnaire"]
    (due,) = QUESTIONNAIRE.deadlines(blank, whole=review)
    assert (due.latest, due.said) == ("2022-02-28", "6 months after start of the review")
    assert QUESTIONNAIRE.deadlines(blank) == ()
    grouped = attrs.evolve(BLANK["country-review"], group=3)
    (due,) = QUESTIONNAIRE.deadlines(blank, whole=grouped)
    assert due.latest == "2023-05-01"


def test_a_national_consultation_is_encouraged_and_may_be_left_out():
    begun = QUESTIONNAIRE.advance(BLANK["questionnaire"], "begin", "2022-01-01")
    following = {step.step: step.required for step in QUESTIONNAIRE.what_next(begun, DAY)}
    assert following == {"announce-consultation": False, "hold-consultation": False, "submit": True}


@pytest.fixture
def conference():
    session = un.Event(
        id="e", name=un.Text(en="E"), kind=un.EventKind.CONFERENCE_SESSION, starts=un.PartialDate("2022-10-17")
    )
    return un.Register(events=(session,))


def test_the_list_of_applicants_is_circulated_thirty_days_before_the_session(conference):
    applied = ACCREDITATION.advance(attrs.evolve(BLANK["accreditation"], event_id="e"), "apply", "2022-08-01")
    (due,) = ACCREDITATION.deadlines(applied, register=conference)
    assert (due.latest, due.said) == ("2022-09-17", "at least 30 days before opening of the session")
    assert ACCREDITATION.deadlines(applied) == ()
    assert ACCREDITATION.deadlines(attrs.evolve(applied, event_id="nowhere"), register=conference) == ()
    waiting = {step.step: step.waits_for for step in ACCREDITATION.what_next(applied, DAY)}
    assert waiting["grant"] == "the circulation of the list of applicants"


def test_an_applicant_with_ecosoc_status_needs_no_circulation():
    blank = attrs.evolve(BLANK["accreditation"], path=un.AccreditationPath.RULE_17_1)
    applied = ACCREDITATION.advance(blank, "apply", "2022-08-01")
    with pytest.raises(un.IllegalTransition, match=r"an application under rule 17\(2\)"):
        ACCREDITATION.advance(applied, "circulate", "2022-08-02")
    assert ACCREDITATION.state_of(ACCREDITATION.advance(applied, "grant", "2022-08-02")) == "granted"


def test_an_objection_is_decided_by_a_vote_of_the_conference():
    accreditation = BLANK["accreditation"]
    for step, by in (("apply", None), ("circulate", None), ("object", "XA"), ("object", "XB")):
        accreditation = ACCREDITATION.advance(accreditation, step, "2022-09-01", by=by)
    vote = un.Vote(in_favour=57, against=7)
    decided = ACCREDITATION.advance(accreditation, "decide-in-favour", "2022-10-17", "conference", vote=vote)
    assert ACCREDITATION.state_of(decided) == "granted"
    assert decided.log[-1].vote == vote


def test_an_application_is_due_by_the_deadline_of_its_call(conference):
    dialogue = attrs.evolve(BLANK["dialogue"], apply_by=un.PartialDate("2022-05-08"))
    (due,) = APPLICATION.deadlines(BLANK["application"], whole=dialogue)
    assert due.latest == "2022-05-08"
    assert APPLICATION.deadlines(BLANK["application"]) == ()
    days = {one.step: one.latest for one in DIALOGUE.deadlines(dialogue, register=conference)}
    assert days == {"close-call": "2022-05-08", "hold-preparation-day": "2022-10-16", "hold": "2022-10-17"}


def test_the_next_general_review_is_due_two_years_after_the_last_session():
    blank = BLANK["general-review"]
    (due,) = un.process.GENERAL_REVIEW.deadlines(blank)
    assert due.latest == "2022-10-12"
    assert un.process.GENERAL_REVIEW.deadlines(attrs.evolve(blank, session=1)) == ()


def test_a_step_that_lies_behind_without_a_day_is_not_late():
    log = (un.ReviewEntry(step=un.CountryReviewStep.START, on=un.PartialDate("2020-12-01")),)
    log += (un.ReviewEntry(step=un.CountryReviewStep.SUBMIT_FEEDBACK),)
    review = attrs.evolve(BLANK["country-review"], log=log)
    late = {one.step: (one.passed, one.days_late(un.PartialDate(DAY))) for one in COUNTRY_REVIEW.deadlines(review)}
    assert late["submit-questionnaire"] == (True, (0, 0))
    assert late["share-with-working-groups"][0] is False


def test_a_step_that_may_be_taken_in_several_states_lies_behind_none_of_them():
    for taken in ("begin", "announce-consultation", "hold-consultation"):
        log = tuple(un.QuestionnaireEntry(step=step) for step in dict.fromkeys(("begin", taken)))
        review = un.CountryReview(
            id="r", country="XA", log=(un.ReviewEntry(step="start", on=un.PartialDate("2020-12-01")),)
        )
        questionnaire = attrs.evolve(BLANK["questionnaire"], log=log)
        (due,) = un.process.QUESTIONNAIRE.deadlines(questionnaire, whole=review)
        assert (due.is_open, due.is_due(un.PartialDate(DAY))) == (True, True)
        assert due.known is (taken != "begin")


def test_a_day_at_the_end_of_the_calendar_has_no_deadline():
    log = (un.ReviewEntry(step=un.CountryReviewStep.START, on=un.PartialDate("9999-12-31")),)
    assert COUNTRY_REVIEW.deadlines(attrs.evolve(BLANK["country-review"], log=log)) == ()


def test_a_procedure_shows_its_title_alone():
    assert repr(COUNTRY_REVIEW) == "<Procedure: The country review>"
