"""CR: which State is reviewed, in which group and phase, for which instruments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.convention import Party
from untoc_network.model.country_review import CountryReview, CountryReviewStep as Step
from untoc_network.model.register import Register
from untoc_network.rules import citations
from untoc_network.rules.areas.duplicates_cycles_overlaps import find_duplicates
from untoc_network.rules.areas.party_status import list_instruments
from untoc_network.rules.looked_at_fields import Resolve, own_fields, related_fields
from untoc_network.rules.rule import Context, Violation, rule, violation

_BEFORE_THE_LAUNCH = frozenset(
    {
        Step.JOIN_AFTER_DRAWING,
        Step.ASSIGN_TO_GROUP,
        Step.DRAW_REVIEWERS,
        Step.REDRAW_REVIEWERS,
        Step.DEFER_REVIEWING,
        Step.REPLACE_REVIEWER,
        Step.ISSUE_STATUS_PAPER,
    }
)
"""What may happen before a group is launched."""


@rule(
    "CR015",
    on=CountryReview,
    severity=Severity.WARNING,
    message="the first step of the review ({on:day}) precedes the launch of its group ({launched:day})",
    hint="check the group and the date",
    basis=citations.PHASES,
)
def review_before_group_launch(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """A review of a group begins when the group is launched, or later.

    Why: groups start in three consecutive years; an earlier day belongs to another group.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "group": 3, "log": [{"step": "start", "on": "2022-11-01"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "group": 3, "log": [{"step": "start", "on": "2021-11-01"}]}]}
    """
    for review in reviews:
        launch = None if review.group is None else context.reference.review_group(review.group)
        dated = (position for position, entry in enumerate(review.log) if entry.on is not None)
        first = next((position for position in dated if review.log[position].step not in _BEFORE_THE_LAUNCH), None)
        on = None if first is None else review.log[first].on
        if launch is not None and on is not None and on.certainly_before(launch.launched):
            basis = launch.basis("review groups", f"group {review.group}")
            yield violation(review, "log", first or 0, "on", rests_on=basis, on=on, launched=launch.launched)


@rule(
    "CR021",
    on=CountryReview,
    severity=Severity.ERROR,
    message="the review of {country:country} is recorded in group {given}, but {country:country} was drawn into group {drawn}",
    hint="correct the group; if your source says otherwise, add it to the table 'group_assignments'",
    basis=citations.PHASES,
)
def wrong_review_group(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """A review is filed under the group that its State was drawn into, where that is public.

    Why: all deadlines follow from the group.

    Passes:
        {"country_reviews": [{"id": "mx-1", "country": "MX", "group": 2}]}

    Fails:
        {"country_reviews": [{"id": "mx-1", "country": "MX", "group": 1}]}
    """
    for review in reviews:
        row = context.reference.group_assignment(review.country)
        if row is not None and review.group is not None and row.group != review.group:
            basis = row.basis("review groups", "as far as public")
            yield violation(
                review, "group", rests_on=basis, country=review.country, given=review.group, drawn=row.group
            )


@rule(
    "CR022",
    on=CountryReview,
    severity=Severity.WARNING,
    message="the review leaves out {instrument:definite}, to which {country:country} is a party",
    hint="add the instrument to 'instruments'",
    basis=citations.TWO_REVIEWERS,
    requires_complete=True,
    looks=(own_fields("instruments"), related_fields(Party, "acts", by=("country",), of=("country",))),
)
def instrument_left_out_of_review(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """A review covers every instrument to which the State under review is a party.

    Why: each State is reviewed for every instrument to which it is a party. A review that names no instruments is
    not judged.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "instruments": ["UNTOC"]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}, {"instrument": "TIP", "kind": "accession", "on": "2004"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "instruments": ["UNTOC"]}]}
    """
    for review in reviews:
        for instrument in list_instruments(context, review.country) if review.instruments else ():
            if instrument not in review.instruments:
                yield violation(review, "instruments", country=review.country, instrument=instrument)


@rule(
    "CR025",
    on=CountryReview,
    phrases={
        "group": "group",
        "phase": "phase",
        "cluster": "cluster",
    },
    severity=Severity.ERROR,
    message="there is no {what:phrase} {number}; the numbers run from 1 to {most}",
    hint="correct the number, or leave it out where it is not known",
    basis=citations.PHASES,
)
def unknown_group_phase_or_cluster(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """The group, the phase and the cluster of a review exist.

    Why: there are three groups, four phases and four clusters.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "group": 3, "phase": 4, "cluster": 4}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "group": 4}]}
    """
    for review in reviews:
        for name, most in (("group", 3), ("phase", 4), ("cluster", 4)):
            number = getattr(review, name)
            if number is not None and not 1 <= number <= most:
                yield violation(review, name, what=name, number=number, most=most)


def _list_phases(reviews: Iterable[CountryReview], _: Resolve) -> Iterator[tuple[Any, tuple[str, int]]]:
    return ((review, (review.country, review.phase)) for review in reviews if review.phase is not None)


@rule(
    "CR026",
    on=Register,
    severity=Severity.ERROR,
    message="'{other}' is another review of {country:country} in the same phase",
    hint="merge the two reviews, or correct the phase",
    basis=citations.ONE_REVIEW_A_PHASE,
    looks=(related_fields(CountryReview, by=("country", "phase"), sharing=_list_phases),),
)
def duplicate_review(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """A State is reviewed once in a phase, over all its instruments.

    Why: its steps would be counted twice.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "phase": 1}, {"id": "xa-2", "country": "XA", "phase": 2}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "phase": 1}, {"id": "xa-one", "country": "XA", "phase": 1}]}
    """
    for register in registers:
        phased = (review for review in register.country_reviews if review.phase is not None)
        for review, first in find_duplicates(phased, lambda one: (one.country, one.phase)):
            if first.id != review.id:
                yield violation(review, "phase", other=first.id, country=review.country)
