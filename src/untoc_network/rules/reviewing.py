"""CR: who reviews whom, in which group, under which instruments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from untoc_network.findings import Basis, Severity
from untoc_network.model.country_review import CountryReview
from untoc_network.model.register import Register
from untoc_network.rules.rule import Found, found, rule
from untoc_network.rules.standing import instruments_of, is_party, regional_group, status_basis

if TYPE_CHECKING:
    from untoc_network.rules.engine import Context

_DRAW = "http://www.filosofia.unimi.it/logic/category/senza-categoria/"
_OVERVIEW = "https://www.unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc/overview.html"
_PROCEDURES = "resolution 9/1, annex: Procedures and rules"
DRAWING_OF_LOTS = Basis(document=_PROCEDURES, provision="drawing of lots", source=_DRAW)
TWO_REVIEWERS = Basis(document=_PROCEDURES, provision="drawing of lots", source=_OVERVIEW)
MOST_REVIEWERS = 4


@rule(
    "CR001",
    on=CountryReview,
    severity=Severity.ERROR,
    says="{country} is both the State under review and its reviewer",
    hint="name the State that was drawn",
    basis=TWO_REVIEWERS,
)
def state_does_not_review_itself(reviews: Iterable[CountryReview], context: Context) -> Iterator[Found]:
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
                yield found(review, "reviewers", position, "country", country=review.country)


@rule(
    "CR002",
    on=Register,
    severity=Severity.ERROR,
    says="{reviewer} reviews {country}, and '{other}' has {country} review {reviewer}",
    hint="check both draws",
    basis=DRAWING_OF_LOTS,
)
def reviews_are_not_mutual(registers: Iterable[Register], context: Context) -> Iterator[Found]:
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
                    yield found(
                        review,
                        "reviewers",
                        position,
                        "country",
                        reviewer=reviewer.country,
                        country=review.country,
                        other=other,
                    )
                drawn.setdefault((review.country, reviewer.country), review.id)


@rule(
    "CR003",
    on=CountryReview,
    severity=Severity.ERROR,
    says="{reviewer} reviews {instrument}, to which it is not a party",
    hint="name the instruments that it was drawn for; another State reviews the others",
)
def reviewer_is_party_to_the_instrument(reviews: Iterable[CountryReview], context: Context) -> Iterator[Found]:
    """A State reviews the implementation of those instruments only to which it is itself a party.

    Why: so the rules for drawing lots say: for each instrument, only parties to it may review.

    Passes:
        {"parties": [{"id": "xb", "country": "XB", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB", "instruments": ["UNTOC"]}]}]}

    Fails:
        {"parties": [{"id": "xb", "country": "XB", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB", "instruments": ["TIP"]}]}]}
    """
    for review in reviews:
        for position, reviewer in enumerate(review.reviewers):
            for place, instrument in enumerate(reviewer.instruments):
                if is_party(context, reviewer.country, instrument) is False:
                    yield found(
                        review,
                        "reviewers",
                        position,
                        "instruments",
                        place,
                        rests_on=status_basis(context, instrument),
                        reviewer=reviewer.country,
                        instrument=instrument,
                    )


@rule(
    "CR004",
    on=CountryReview,
    severity=Severity.WARNING,
    says="none of its reviewers is of its own regional group ({group})",
    hint="check the draw; add the reviewing State that is missing",
    basis=TWO_REVIEWERS,
    by_absence=True,
)
def a_reviewer_is_of_the_same_regional_group(reviews: Iterable[CountryReview], context: Context) -> Iterator[Found]:
    """Of the reviewing States one is of the regional group of the State under review.

    Why: one reviewer knows the region. Reviews with fewer than two known reviewers are left alone: the rest is unknown.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}, {"id": "xb", "country": "XB", "regional_groups": [{"group": "grulac"}]}, {"id": "xc", "country": "XC", "regional_groups": [{"group": "weog"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}, {"country": "XC"}]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}, {"id": "xb", "country": "XB", "regional_groups": [{"group": "african"}]}, {"id": "xc", "country": "XC", "regional_groups": [{"group": "weog"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}, {"country": "XC"}]}]}
    """
    for review, own, others in _groups(reviews, context):
        if own not in others:
            yield found(review, "reviewers", group=own)


@rule(
    "CR005",
    on=CountryReview,
    severity=Severity.WARNING,
    says="all of its reviewers are of its own regional group ({group})",
    hint="check the draw; add the reviewing State that is missing",
    basis=TWO_REVIEWERS,
    by_absence=True,
)
def a_reviewer_is_of_another_regional_group(reviews: Iterable[CountryReview], context: Context) -> Iterator[Found]:
    """Of the reviewing States one is of another regional group than the State under review.

    Why: one reviewer looks at it from outside the region.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}, {"id": "xb", "country": "XB", "regional_groups": [{"group": "grulac"}]}, {"id": "xc", "country": "XC", "regional_groups": [{"group": "weog"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}, {"country": "XC"}]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "regional_groups": [{"group": "grulac"}]}, {"id": "xb", "country": "XB", "regional_groups": [{"group": "grulac"}]}, {"id": "xc", "country": "XC", "regional_groups": [{"group": "grulac"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}, {"country": "XC"}]}]}
    """
    for review, own, others in _groups(reviews, context):
        if set(others) == {own}:
            yield found(review, "reviewers", group=own)


def _groups(reviews: Iterable[CountryReview], context: Context) -> Iterator[tuple[CountryReview, str, list[str]]]:
    """The reviews of which the groups of the State under review and of two or more reviewers are known."""
    for review in reviews:
        own = regional_group(context, review.country) if len(review.reviewers) > 1 else None
        others = [regional_group(context, reviewer.country) for reviewer in review.reviewers]
        if own is not None and None not in others:
            yield review, own, [group for group in others if group is not None]


@rule(
    "CR006",
    on=CountryReview,
    severity=Severity.ERROR,
    says="it has {number} reviewing States, and no more than four are allowed",
    hint="if the State under review decided to have more, say so in 'more_reviewers'",
    basis=DRAWING_OF_LOTS,
)
def reviewers_are_four_at_most(reviews: Iterable[CountryReview], context: Context) -> Iterator[Found]:
    """No more than four States review over all instruments, unless the State under review decides otherwise.

    Why: each more means another round of feedback and agreement.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "more_reviewers": true, "reviewers": [{"country": "XB"}, {"country": "XC"}, {"country": "XD"}, {"country": "XE"}, {"country": "XF"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "reviewers": [{"country": "XB"}, {"country": "XC"}, {"country": "XD"}, {"country": "XE"}, {"country": "XF"}]}]}
    """
    for review in reviews:
        number = len({reviewer.country for reviewer in review.reviewers})
        if number > MOST_REVIEWERS and not review.more_reviewers:
            yield found(review, "reviewers", number=number)


@rule(
    "CR015",
    on=CountryReview,
    severity=Severity.WARNING,
    says="its first step ({on}) comes before its group was launched ({launched})",
    hint="check the group and the day",
)
def review_opens_after_its_group_was_launched(reviews: Iterable[CountryReview], context: Context) -> Iterator[Found]:
    """A review of a group begins when the group is launched, or later.

    Why: groups start in three consecutive years; an earlier day belongs to another group.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "group": 3, "log": [{"step": "start", "on": "2022-11-01"}]}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "group": 3, "log": [{"step": "start", "on": "2021-11-01"}]}]}
    """
    for review in reviews:
        launch = None if review.group is None else context.reference.review_group(review.group)
        first = next((position for position, entry in enumerate(review.log) if entry.on is not None), None)
        on = None if first is None else review.log[first].on
        if launch is not None and on is not None and on.certainly_before(launch.launched):
            basis = launch.basis("review groups", f"group {review.group}")
            yield found(review, "log", first or 0, "on", rests_on=basis, on=on, launched=launch.launched)


@rule(
    "CR021",
    on=CountryReview,
    severity=Severity.ERROR,
    says="{country} is filed under group {given}, and was drawn into group {drawn}",
    hint="correct the group, or overlay the table 'group_assignments' with your source",
)
def state_is_in_the_group_it_was_drawn_into(reviews: Iterable[CountryReview], context: Context) -> Iterator[Found]:
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
            yield found(review, "group", rests_on=basis, country=review.country, given=review.group, drawn=row.group)


@rule(
    "CR022",
    on=CountryReview,
    severity=Severity.WARNING,
    says="{country} is party to {instrument}, which the review leaves out",
    hint="add it to 'instruments'",
    basis=TWO_REVIEWERS,
    by_absence=True,
)
def review_covers_every_instrument_of_the_state(reviews: Iterable[CountryReview], context: Context) -> Iterator[Found]:
    """A review covers every instrument that the State under review is party to.

    Why: each State is reviewed for every instrument that it is party to. A review that names none is left alone.

    Passes:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "instruments": ["UNTOC"]}]}

    Fails:
        {"parties": [{"id": "xa", "country": "XA", "acts": [{"instrument": "UNTOC", "kind": "accession", "on": "2003"}, {"instrument": "TIP", "kind": "accession", "on": "2004"}]}], "country_reviews": [{"id": "xa-1", "country": "XA", "instruments": ["UNTOC"]}]}
    """
    for review in reviews:
        for instrument in instruments_of(context, review.country) if review.instruments else ():
            if instrument not in review.instruments:
                yield found(review, "instruments", country=review.country, instrument=instrument)


@rule(
    "CR025",
    on=CountryReview,
    severity=Severity.ERROR,
    says="there is no {what} {number}; they are numbered from 1 to {most}",
    hint="correct the number, or leave it out where it is not known",
)
def group_phase_and_cluster_exist(reviews: Iterable[CountryReview], context: Context) -> Iterator[Found]:
    """The group, the phase and the cluster of a review are among those that there are.

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
                yield found(review, name, what=name, number=number, most=most)


@rule(
    "CR026",
    on=Register,
    severity=Severity.ERROR,
    says="'{other}' is a review of {country} in the same phase",
    hint="merge the two, or correct the phase",
)
def state_is_reviewed_once_a_phase(registers: Iterable[Register], context: Context) -> Iterator[Found]:
    """A State is reviewed once in a phase, over all its instruments.

    Why: its steps would be counted twice.

    Passes:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "phase": 1}, {"id": "xa-2", "country": "XA", "phase": 2}]}

    Fails:
        {"country_reviews": [{"id": "xa-1", "country": "XA", "phase": 1}, {"id": "xa-one", "country": "XA", "phase": 1}]}
    """
    for register in registers:
        first: dict[tuple[str, int], str] = {}
        for review in register.country_reviews:
            if review.phase is None:
                continue
            other = first.setdefault((review.country, review.phase), review.id)
            if other != review.id:
                yield found(review, "phase", other=other, country=review.country)
