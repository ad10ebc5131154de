"""CR: the course of a country review: focal points, time limits, the order of its steps."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator

from untoc_network import process
from untoc_network.diagnostics.findings import Basis, Severity
from untoc_network.model.country_review import (
    CountryReview,
    CountryReviewStep as Step,
    Nomination,
    NominationRole,
    ReviewEntry,
)
from untoc_network.rules import citations
from untoc_network.rules.areas.log_rule_makers import (
    Log,
    find_late_steps,
    make_log_out_of_order_rule,
    make_step_not_allowed_rule,
)
from untoc_network.rules.rule import Context, Rule, Violation, rule, violation
from untoc_network.values.dates import Period


@rule(
    "CR007",
    on=CountryReview,
    severity=Severity.ERROR,
    message="{country:country} has two focal points at the same time",
    hint="end the period of the first where the second begins",
    basis=citations.FOCAL_POINTS,
)
def concurrent_focal_points(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """A State has exactly one focal point for a review at a time; another one replaces the first.

    Why: the focal point clears every final submission, and stakeholders must know whom to ask.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "nominations": [{"role": "focal-point", "country": "XA", "period": {"start": "2021-01", "end": "2022-06"}}, {"role": "focal-point", "country": "XA", "period": {"start": "2022-07"}}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "nominations": [{"role": "focal-point", "country": "XA", "period": {"start": "2021-01", "end": "2022-06"}}, {"role": "focal-point", "country": "XA", "period": {"start": "2022-03"}}]}]}
    """
    for review in reviews:
        for (_, one), (position, other) in _pair_successive_focal_points(review):
            if one.period and other.period and one.period.overlaps(other.period):
                yield violation(review, "nominations", position, country=other.country)


@rule(
    "CR008",
    on=CountryReview,
    severity=Severity.WARNING,
    message="{country:country} has no focal point from {left:day} to {came:day}",
    hint="add whoever was the focal point in between, or correct the dates",
    basis=citations.FOCAL_POINTS,
)
def gap_between_focal_points(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """Where a State replaces its focal point, the next one follows without a gap.

    Why: without a focal point nobody can clear a submission.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "nominations": [{"role": "focal-point", "country": "XA", "period": {"start": "2021-01-10", "end": "2022-06-30"}}, {"role": "focal-point", "country": "XA", "period": {"start": "2022-07-01"}}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "nominations": [{"role": "focal-point", "country": "XA", "period": {"start": "2021-01-10", "end": "2022-06-30"}}, {"role": "focal-point", "country": "XA", "period": {"start": "2022-09-01"}}]}]}
    """
    for review in reviews:
        for (_, one), (position, other) in _pair_successive_focal_points(review):
            left, came = (one.period and one.period.end), (other.period and other.period.start)
            if left and came and left.days_until(came)[0] > 1:
                yield violation(review, "nominations", position, country=other.country, left=left, came=came)


def _pair_successive_focal_points(
    review: CountryReview,
) -> Iterator[tuple[tuple[int, Nomination], tuple[int, Nomination]]]:
    """Pairs of focal points of one State, one after the other by their start, with their positions."""
    placed = [pair for pair in enumerate(review.nominations) if pair[1].role is NominationRole.FOCAL_POINT]
    placed.sort(key=lambda pair: (pair[1].country, (pair[1].period or Period()).start or ""))
    yield from (pair for pair in itertools.pairwise(placed) if pair[0][1].country == pair[1][1].country)


def _make_deadline_missed_rule(
    code: str, *, message: str, basis: Basis
) -> Callable[[Callable[[process.Deadline], bool]], Rule]:
    """A rule that finds every step taken after its time limit, made of a function that tells its deadlines from others."""

    def decorate(is_its_own: Callable[[process.Deadline], bool]) -> Rule:
        @rule(
            code,
            on=CountryReview,
            severity=Severity.WARNING,
            message=message,
            hint="check the date; a delay is reported but is never a ground for refusal",
            basis=basis,
        )
        @functools.wraps(is_its_own)
        def check(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
            for review in reviews:
                deadlines = filter(is_its_own, _list_deadlines(review, context))
                for position, deadline, days in find_late_steps(review.log, deadlines):
                    yield violation(
                        review,
                        *("log", position, "on"),
                        rests_on=deadline.basis,
                        who=_name_whose_step(review, deadline),
                        due=deadline.latest,
                        taken=str(deadline.taken),
                        days=days,
                    )

        return check

    return decorate


def _name_whose_step(review: CountryReview, deadline: process.Deadline) -> str:
    """The State whose step it is; of feedback to a State, that State, and from whom as far as it is known."""
    if deadline.step != Step.SUBMIT_FEEDBACK or deadline.by is None:
        return deadline.by or review.country
    return f"{review.country} ({deadline.by})"


def _list_deadlines(review: CountryReview, context: Context) -> tuple[process.Deadline, ...]:
    return process.COUNTRY_REVIEW.deadlines(review, reference=context.reference)


@_make_deadline_missed_rule(
    "CR009",
    message="the focal point of {who:country} was to be notified by {due:day} and was notified on {taken:day}, {days:day|days} late",
    basis=citations.FOCAL_POINT_IN_TIME,
)
def focal_point_deadline_missed(deadline: process.Deadline) -> bool:
    """Every State in a review notifies its focal point within two weeks of the start.

    Why: nothing else can begin without it, and stakeholders have nobody to turn to.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2020-12-01"}, {"step": "nominate-focal-point", "by": "XA", "on": "2020-12-15"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2020-12-01"}, {"step": "nominate-focal-point", "by": "XA", "on": "2020-12-16"}]}]}
    """
    return deadline.step == Step.NOMINATE_FOCAL_POINT


@_make_deadline_missed_rule(
    "CR010",
    message="the experts of {who:country} were to be nominated by {due:day} and were nominated on {taken:day}, {days:day|days} late",
    basis=citations.EXPERTS_IN_TIME,
)
def experts_deadline_missed(deadline: process.Deadline) -> bool:
    """Every State in a review nominates its governmental experts within four weeks of the start.

    Why: they answer the questionnaire and write the feedback.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2020-12-01"}, {"step": "nominate-experts", "by": "XA", "on": "2020-12-29"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2020-12-01"}, {"step": "nominate-experts", "by": "XA", "on": "2020-12-30"}]}]}
    """
    return deadline.step == Step.NOMINATE_EXPERTS


@_make_deadline_missed_rule(
    "CR011",
    message=(
        "the questionnaire of {who:country} was to be submitted by {due:day} and was submitted on {taken:day}, {days:day|days} late"
    ),
    basis=citations.QUESTIONNAIRE_IN_TIME,
)
def questionnaire_deadline_missed(deadline: process.Deadline) -> bool:
    """The State under review submits the questionnaire within six months of the beginning of its review.

    Why: until then stakeholders can still be consulted; after it the reviewers' time runs.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2021-08-31"}, {"step": "hold-initial-consultation", "on": "2021-10"}, {"step": "submit-questionnaire", "on": "2022-02-28"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2021-08-31"}, {"step": "hold-initial-consultation", "on": "2021-10"}, {"step": "submit-questionnaire", "on": "2022-03-01"}]}]}
    """
    return deadline.step == Step.SUBMIT_QUESTIONNAIRE


@_make_deadline_missed_rule(
    "CR012",
    message="the written feedback to {who:country} was to be given by {due:day} and was given on {taken:day}, {days:day|days} late",
    basis=citations.FEEDBACK_IN_TIME,
)
def feedback_deadline_missed(deadline: process.Deadline) -> bool:
    """The reviewing States give their written feedback within six months of receiving the questionnaire.

    Why: the list of observations waits for it.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2021-08-31"}, {"step": "hold-initial-consultation"}, {"step": "submit-questionnaire", "on": "2022-02-28"}, {"step": "submit-feedback", "on": "2022-08-28"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2021-08-31"}, {"step": "hold-initial-consultation"}, {"step": "submit-questionnaire", "on": "2022-02-28"}, {"step": "submit-feedback", "on": "2022-08-29"}]}]}
    """
    return deadline.step == Step.SUBMIT_FEEDBACK


def _list_logs(review: CountryReview) -> Iterator[Log]:
    yield (), review, process.COUNTRY_REVIEW
    yield from (
        (("questionnaires", position), questionnaire, process.QUESTIONNAIRE)
        for position, questionnaire in enumerate(review.questionnaires)
    )


@make_log_out_of_order_rule("CR013", on=CountryReview)
def review_log_out_of_order(review: CountryReview) -> Iterator[Log]:
    """The steps in the log of a review, and in those of its questionnaires, are dated in the order they stand in.

    Why: a step needs the one before it; all deadlines are counted from these days.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2021-08-31"}, {"step": "hold-initial-consultation", "on": "2021-10-01"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2021-08-31"}, {"step": "hold-initial-consultation", "on": "2021-10-01"}, {"step": "submit-questionnaire", "on": "2021-09-01"}]}]}
    """
    return _list_logs(review)


@rule(
    "CR014",
    on=CountryReview,
    severity=Severity.ERROR,
    message="the step '{step:label}' ({on:day}) precedes the start of the review ({start:day})",
    hint="check both dates",
    basis=citations.STEPS_OF_A_REVIEW,
)
def answers_before_review(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """No step in answering the questionnaire precedes the start of the review.

    Why: either the answers belong to another phase, or the date is wrong.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2021-08-31"}], "questionnaires": [{"instrument": "UNTOC", "log": [{"step": "begin", "on": "2021-09-01"}]}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2021-08-31"}], "questionnaires": [{"instrument": "UNTOC", "log": [{"step": "begin", "on": "2021-08-01"}]}]}]}
    """
    for review in reviews:
        start = next((entry.on for entry in review.log if entry.step is Step.START), None)
        for place, questionnaire in enumerate(review.questionnaires if start is not None else ()):
            for position, entry in enumerate(questionnaire.log):
                if start is not None and entry.on is not None and entry.on.certainly_before(start):
                    path = ("questionnaires", place, "log", position, "on")
                    yield violation(review, *path, step=entry.step, on=entry.on, start=start)


@make_step_not_allowed_rule("CR023", on=CountryReview, basis=citations.STEPS_OF_A_REVIEW)
def review_step_not_allowed(review: CountryReview) -> Iterator[Log]:
    """Every step in the log of a review, and of its questionnaires, is one that the procedure allows there.

    Why: the state of the review follows from the log alone.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2021-08-31"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2021-08-31"}, {"step": "start", "on": "2021-08-31"}]}]}
    """
    return _list_logs(review)


@rule(
    "CR024",
    on=CountryReview,
    severity=Severity.INFO,
    message="the log lacks steps that must come before '{step:label}': {missing:label}",
    hint="add the steps, without a date where the date is not known",
    basis=citations.STEPS_OF_A_REVIEW,
)
def incomplete_review_log(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """The log of a review has every step that its later steps presuppose.

    Why: what is not recorded is not known; readers should see that something is missing.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start"}, {"step": "hold-initial-consultation"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start"}, {"step": "submit-questionnaire"}]}]}
    """
    for review in reviews:
        for path, part, procedure in _list_logs(review):
            course = procedure.course(part) if part.log else None
            for position, steps in course.skipped.items() if course else ():
                who = course.missing.get(position, {}) if course else {}
                missing = ", ".join(_name_step_and_states(step, who.get(step, ())) for step in steps)
                step = part.log[position].step
                yield violation(review, *path, "log", position, "step", step=step, missing=missing)


def _name_step_and_states(step: str, parts: Iterable[process.StatePart]) -> str:
    """A step, and by which States it is missing, where several take it: `submit-feedback (XB, XC on TIP)`."""
    names = ", ".join(str(part) for part in parts if part.country is not None)
    return f"{step} ({names})" if names else step


@rule(
    "CR034",
    on=CountryReview,
    severity=Severity.ERROR,
    message="the step '{step:label}' was taken before the step '{needed:label}' of: {missing:country}",
    hint="check the dates and the order of the steps; every reviewing State acts for itself",
    basis=citations.STEPS_OF_A_REVIEW,
)
def step_before_every_state_acted(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """The dialogue follows the feedback of every reviewing State, and the agreement the list of each.

    Why: a dialogue without the feedback of one of the States, or an agreement without its list, leaves out an instrument
    or a view of it. Feedback that is not recorded is not known: CR024 names whose it is.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}, {"country": "XC"}], "log": [{"step": "start"}, {"step": "hold-initial-consultation"}, {"step": "submit-questionnaire"}, {"step": "submit-feedback", "by": "XB", "on": "2022-05-01"}, {"step": "submit-feedback", "by": "XC", "on": "2022-06-01"}, {"step": "hold-dialogue", "by": ["XA", "XB", "XC"], "on": "2022-07-01"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}, {"country": "XC"}], "log": [{"step": "start"}, {"step": "hold-initial-consultation"}, {"step": "submit-questionnaire"}, {"step": "submit-feedback", "by": "XB", "on": "2022-05-01"}, {"step": "hold-dialogue", "by": ["XA", "XB", "XC"], "on": "2022-05-20"}, {"step": "submit-feedback", "by": "XC", "on": "2022-06-01"}]}]}
    """
    for review in reviews:
        for position, entry in enumerate(review.log):
            needed = _EACH_BEFORE.get(entry.step)
            if needed is None:
                continue
            late = [
                state
                for place, one in enumerate(review.log)
                if one.step is needed and (place > position or _is_certainly_before(entry, one))
                for state in one.by
            ]
            if position in process.COUNTRY_REVIEW.course(review).unexpected:
                own = next(one for one in process.COUNTRY_REVIEW.transitions if one.step is needed)
                parts = own.list_missing(process.Case(thing=review, number=position), review.log[:position])
                late += [part.country for part in parts if part.country is not None]
            if late:
                missing = ", ".join(dict.fromkeys(late))
                yield violation(review, "log", position, "step", step=entry.step, needed=needed, missing=missing)


_EACH_BEFORE = {Step.HOLD_DIALOGUE: Step.SUBMIT_FEEDBACK, Step.AGREE_ON_OBSERVATIONS: Step.DRAFT_OBSERVATIONS}
"""The steps that need one that every reviewing State takes for itself."""


def _is_certainly_before(one: ReviewEntry, other: ReviewEntry) -> bool:
    return one.on is not None and other.on is not None and one.on.certainly_before(other.on)


@rule(
    "CR029",
    on=CountryReview,
    severity=Severity.INFO,
    message="steps that were due by {day:day} are not recorded: {steps:label}",
    hint="add the steps if they were taken; a step that is not recorded is not known to be late",
    needs_day=True,
    basis=citations.STEPS_OF_A_REVIEW,
)
def due_step_not_recorded(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """The steps of a review that are due by the day of the check are in its log.

    Why: a step that is not recorded may be late or merely unknown here; either is worth asking the focal point.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2026-11-20"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "log": [{"step": "start", "on": "2020-12-01"}]}]}
    """
    for review in reviews:
        open_ones = [one for one in _list_deadlines(review, context) if one.is_due(context.day)]
        if review.log and open_ones:
            steps = dict.fromkeys(deadline.step for deadline in open_ones)
            yield violation(review, "log", day=max(deadline.latest for deadline in open_ones), steps=", ".join(steps))
