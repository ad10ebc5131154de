"""CR: who reviews whom: what must hold of the reviewers, by whoever they were drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.convention import Party, RegionalGroup, TreatyCode
from untoc_network.model.country_review import CountryReview, ReviewingState
from untoc_network.model.register import Register
from untoc_network.rules import citations
from untoc_network.rules.areas.party_status import get_regional_group, get_status_basis, is_party
from untoc_network.rules.looked_at_fields import Resolve, own_fields, related_fields
from untoc_network.rules.rule import Context, Violation, rule, violation

MOST_REVIEWERS = 4
MOST_REVIEWS = 3
"""How many States one State reviews at the most under another mechanism: an analogy, L10 of the table `lot_rules`."""


@rule(
    "CR001",
    on=CountryReview,
    severity=Severity.ERROR,
    message="{country:country} is both the State under review and its reviewer",
    hint="name the State that was drawn by lot",
    basis=citations.TWO_REVIEWERS,
)
def self_review(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """A State does not review itself.

    Why: the review is one by peers.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XA"}]}]}
    """
    for review in reviews:
        for position, reviewer in enumerate(review.reviewers):
            if reviewer.country == review.country:
                yield violation(review, "reviewers", position, "country", country=review.country)


def _list_pairs(reviews: Iterable[CountryReview], _: Resolve) -> Iterator[tuple[Any, frozenset[str]]]:
    """Each review with each pair of the State under review and a State that reviews it."""
    return ((review, frozenset((review.country, one.country))) for review in reviews for one in review.reviewers)


@rule(
    "CR002",
    on=Register,
    severity=Severity.ERROR,
    message="{reviewer:country} reviews {country:country}, and {country:country} reviews {reviewer:country} in '{other}'",
    hint="check both draws",
    basis=citations.DRAWING_OF_LOTS,
    looks=(related_fields(CountryReview, by=("country", "reviewers"), sharing=_list_pairs),),
)
def mutual_review(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """Two States do not review each other.

    Why: mutual reviews are excluded, so that no one is tempted to return a kindness.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}]}, {"id": "xb-1", "country": "XB", "reviewers": [{"country": "XC"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}]}, {"id": "xb-1", "country": "XB", "reviewers": [{"country": "XA"}]}]}
    """
    for register in registers:
        drawn: dict[tuple[str, str], str] = {}
        for review in register.country_reviews:
            for position, reviewer in enumerate(review.reviewers):
                other = drawn.get((reviewer.country, review.country))
                if other is not None and reviewer.country != review.country:
                    path = ("reviewers", position, "country")
                    yield violation(review, *path, reviewer=reviewer.country, country=review.country, other=other)
                drawn.setdefault((review.country, reviewer.country), review.id)


@rule(
    "CR003",
    on=CountryReview,
    severity=Severity.ERROR,
    message="{reviewer:country} reviews the implementation of {instrument:definite} but is not a party to it",
    hint="name the instruments for which the State was drawn; another State takes the others",
    basis=citations.DRAWING_OF_LOTS,
    looks=(related_fields(Party, "acts", by=("country",), of=("reviewers.country",)),),
)
def reviewer_not_party_to_instrument(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """A State reviews the implementation only of instruments to which it is itself a party.

    Why: the rules for drawing lots say so: for each instrument, only parties to it may review.

    Passes:
        {"parties": [{"id": "xb", "country": "XB", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB", "instruments": ["UNTOC"]}]}]}

    Fails:
        {"parties": [{"id": "xb", "country": "XB", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB", "instruments": ["TIP"]}]}]}
    """
    for review in reviews:
        for position, reviewer in enumerate(review.reviewers):
            for place, instrument in enumerate(reviewer.instruments):
                if is_party(context, reviewer.country, instrument) is False:
                    path = ("reviewers", position, "instruments", place)
                    basis = get_status_basis(context, instrument)
                    yield violation(review, *path, rests_on=basis, reviewer=reviewer.country, instrument=instrument)


@rule(
    "CR004",
    on=CountryReview,
    severity=Severity.WARNING,
    message="no reviewing State belongs to the regional group of the State under review ({group:label})",
    hint="check the draw; add the reviewing State that is missing",
    basis=citations.TWO_REVIEWERS,
    requires_complete=True,
    looks=(related_fields(Party, "regional_groups", by=("country",), of=("country", "reviewers.country")),),
)
def no_reviewer_of_same_group(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """One of the reviewing States belongs to the regional group of the State under review.

    Why: one reviewer knows the region. Reviews with fewer than two known reviewers are not judged, because the rest
    is unknown.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}, {"id": "xb", "country": "XB", "regional_groups": [{"group": "grulac"}]}, {"id": "xc", "country": "XC", "regional_groups": [{"group": "weog"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}, {"country": "XC"}]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}, {"id": "xb", "country": "XB", "regional_groups": [{"group": "african"}]}, {"id": "xc", "country": "XC", "regional_groups": [{"group": "weog"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}, {"country": "XC"}]}]}
    """
    for review, own, others in _compare_regional_groups(reviews, context):
        if own not in others:
            yield violation(review, "reviewers", group=own)


@rule(
    "CR005",
    on=CountryReview,
    severity=Severity.WARNING,
    message="all reviewing States belong to the regional group of the State under review ({group:label})",
    hint="check the draw; add the reviewing State that is missing",
    basis=citations.TWO_REVIEWERS,
    requires_complete=True,
    looks=(related_fields(Party, "regional_groups", by=("country",), of=("country", "reviewers.country")),),
)
def no_reviewer_of_another_group(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """One of the reviewing States belongs to another regional group than the State under review.

    Why: one reviewer brings a view from outside the region.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}, {"id": "xb", "country": "XB", "regional_groups": [{"group": "grulac"}]}, {"id": "xc", "country": "XC", "regional_groups": [{"group": "weog"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}, {"country": "XC"}]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}, {"id": "xb", "country": "XB", "regional_groups": [{"group": "grulac"}]}, {"id": "xc", "country": "XC", "regional_groups": [{"group": "grulac"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}, {"country": "XC"}]}]}
    """
    for review, own, others in _compare_regional_groups(reviews, context):
        if set(others) == {own}:
            yield violation(review, "reviewers", group=own)


def _compare_regional_groups(
    reviews: Iterable[CountryReview], context: Context
) -> Iterator[tuple[CountryReview, str, list[str]]]:
    """The reviews of which the groups of the State under review and of two or more reviewers are known."""
    for review in reviews:
        own = get_regional_group(context, review.country) if len(review.reviewers) > 1 else None
        others = [get_regional_group(context, reviewer.country) for reviewer in review.reviewers]
        if own is not None and None not in others:
            yield review, own, [group for group in others if group is not None]


@rule(
    "CR006",
    on=CountryReview,
    severity=Severity.ERROR,
    message="the review has {number:number} reviewing States; at most four are allowed",
    hint="if the State under review decided to have more, say so in 'more_reviewers'",
    basis=citations.DRAWING_OF_LOTS,
)
def too_many_reviewers(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """At most four States review a State over all instruments, unless it decides otherwise.

    Why: each additional State means another round of feedback and agreement.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "more_reviewers": true, "reviewers": [{"country": "XB"}, {"country": "XC"}, {"country": "XD"}, {"country": "XE"}, {"country": "XF"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}, {"country": "XC"}, {"country": "XD"}, {"country": "XE"}, {"country": "XF"}]}]}
    """
    for review in reviews:
        number = len({reviewer.country for reviewer in review.reviewers})
        if number > MOST_REVIEWERS and not review.more_reviewers:
            yield violation(review, "reviewers", number=number)


@rule(
    "CR030",
    on=CountryReview,
    phrases={
        "same": "the same",
        "other": "another",
    },
    severity=Severity.WARNING,
    message="expected one reviewing State of {side:phrase} regional group for {instrument:definite}, got {number:number}",
    hint=(
        "check the draw: an additional reviewing State is drawn only for instruments to which the first is not a party"
    ),
    basis=citations.TWO_REVIEWERS,
    requires_complete=True,
    looks=(
        own_fields("instruments"),
        related_fields(Party, "regional_groups", by=("country",), of=("country", "reviewers.country")),
    ),
)
def wrong_number_of_reviewers(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """Each instrument is reviewed by one State of the same regional group and by one of another.

    Why: for every instrument to which it is a party, each State is reviewed by two others. Only reviews are judged
    that have reviewers on both sides, and of which the instruments, the instruments of every reviewer and all
    regional groups are known; CR004 and CR005 report those that lack a side.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}, {"id": "xb", "country": "XB", "regional_groups": [{"group": "grulac"}]}, {"id": "xc", "country": "XC", "regional_groups": [{"group": "weog"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "instruments": ["UNTOC"], "reviewers": [{"country": "XB", "instruments": ["UNTOC"]}, {"country": "XC", "instruments": ["UNTOC"]}]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}, {"id": "xb", "country": "XB", "regional_groups": [{"group": "grulac"}]}, {"id": "xc", "country": "XC", "regional_groups": [{"group": "weog"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "instruments": ["UNTOC", "TIP"], "reviewers": [{"country": "XB", "instruments": ["UNTOC", "TIP"]}, {"country": "XC", "instruments": ["UNTOC"]}]}]}
    """
    for review in reviews:
        sides = _split_by_regional_group(review, context) if review.instruments else None
        for instrument in review.instruments if sides else ():
            for side, serving in (sides or {}).items():
                number = sum(instrument in reviewer.instruments for reviewer in serving)
                if number != 1:
                    yield violation(review, "reviewers", number=number, side=side, instrument=instrument)


def _split_by_regional_group(review: CountryReview, context: Context) -> dict[str, list[ReviewingState]] | None:
    """The reviewers of the State's own regional group and those of another; None where that is not known of all."""
    own = get_regional_group(context, review.country)
    groups: list[RegionalGroup | None] = [get_regional_group(context, one.country) for one in review.reviewers]
    if own is None or None in groups or not all(one.instruments for one in review.reviewers):
        return None
    placed = list(zip(review.reviewers, groups, strict=True))
    same = [one for one, group in placed if group is own]
    other = [one for one, group in placed if group is not own]
    return {"same": same, "other": other} if same and other else None


@rule(
    "CR031",
    on=CountryReview,
    severity=Severity.WARNING,
    message="{country:country} was drawn for {drawn:definite} only, but is also a party to {instrument:definite}, for which another State was drawn",
    hint="check the draw: a State that was drawn takes every instrument to which both States are parties",
    basis=citations.DRAWING_OF_LOTS,
    looks=(related_fields(Party, "acts", "regional_groups", by=("country",), of=("country", "reviewers.country")),),
)
def unneeded_additional_reviewer(reviews: Iterable[CountryReview], context: Context) -> Iterator[Violation]:
    """A second reviewer of one side is drawn only for instruments to which the first is not a party.

    Why: an additional reviewer is drawn only for the instruments that a drawn one lacks; otherwise more States
    would review than the rules foresee.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}, {"id": "xb", "country": "XB", "regional_groups": [{"group": "grulac"}], "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}]}, {"id": "xc", "country": "XC", "regional_groups": [{"group": "grulac"}], "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}, {"instrument": "TIP", "kind": "accession", "on": "2003"}]}, {"id": "xd", "country": "XD", "regional_groups": [{"group": "weog"}], "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}, {"instrument": "TIP", "kind": "accession", "on": "2003"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "instruments": ["UNTOC", "TIP"], "reviewers": [{"country": "XB", "instruments": ["UNTOC"]}, {"country": "XC", "instruments": ["TIP"]}, {"country": "XD", "instruments": ["UNTOC", "TIP"]}]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}, {"id": "xb", "country": "XB", "regional_groups": [{"group": "grulac"}], "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}, {"instrument": "TIP", "kind": "accession", "on": "2003"}]}, {"id": "xc", "country": "XC", "regional_groups": [{"group": "grulac"}], "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}, {"instrument": "TIP", "kind": "accession", "on": "2003"}]}, {"id": "xd", "country": "XD", "regional_groups": [{"group": "weog"}], "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}, {"instrument": "TIP", "kind": "accession", "on": "2003"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "instruments": ["UNTOC", "TIP"], "reviewers": [{"country": "XB", "instruments": ["UNTOC"]}, {"country": "XC", "instruments": ["TIP"]}, {"country": "XD", "instruments": ["UNTOC", "TIP"]}]}]}
    """
    for review in reviews:
        for serving in (_split_by_regional_group(review, context) or {}).values():
            first, *more = serving
            for instrument in _list_served_instruments(more):
                if is_party(context, first.country, instrument) and instrument not in first.instruments:
                    position = review.reviewers.index(first)
                    drawn = ", ".join(first.instruments)
                    path = ("reviewers", position, "instruments")
                    yield violation(review, *path, country=first.country, drawn=drawn, instrument=instrument)


def _list_served_instruments(reviewers: Iterable[ReviewingState]) -> Iterator[TreatyCode]:
    """The instruments that these reviewers serve, each once."""
    return iter(dict.fromkeys(code for one in reviewers for code in one.instruments))


def _list_reviewers(reviews: Iterable[CountryReview], _: Resolve) -> Iterator[tuple[Any, str]]:
    return ((review, reviewer.country) for review in reviews for reviewer in review.reviewers)


@rule(
    "CR032",
    on=Register,
    severity=Severity.WARNING,
    message="{country:country} reviews {number:number} States; at most three are allowed",
    hint="check the draws; this limit is one of another mechanism, and only recalled for this one",
    basis=citations.MOST_REVIEWS,
    looks=(related_fields(CountryReview, "country", by=("reviewers",), sharing=_list_reviewers),),
)
def too_many_reviews_for_reviewer(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """A State reviews no more than three others.

    Why: the work is to be shared. This is a limit of reviews under the Convention against Corruption; that the Mechanism
    has it too was not read, so the rule runs only where it is selected by its code.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XZ"}]}, {"id": "xb-1", "country": "XB", "reviewers": [{"country": "XZ"}]}, {"id": "xc-1", "country": "XC", "reviewers": [{"country": "XZ"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XZ"}]}, {"id": "xb-1", "country": "XB", "reviewers": [{"country": "XZ"}]}, {"id": "xc-1", "country": "XC", "reviewers": [{"country": "XZ"}]}, {"id": "xd-1", "country": "XD", "reviewers": [{"country": "XZ"}]}]}
    """
    for register in registers:
        reviewed: dict[str, set[str]] = {}
        for review in register.country_reviews:
            for position, reviewer in enumerate(review.reviewers):
                states = reviewed.setdefault(reviewer.country, set())
                new = review.country not in states
                states.add(review.country)
                if new and len(states) == MOST_REVIEWS + 1:
                    rows = (row for row in context.reference.table("lot_rules") if row.rule == "L10")
                    path = ("reviewers", position, "country")
                    basis = next((row.basis("drawing of lots", row.rule) for row in rows), None)
                    yield violation(review, *path, rests_on=basis, country=reviewer.country, number=len(states))
