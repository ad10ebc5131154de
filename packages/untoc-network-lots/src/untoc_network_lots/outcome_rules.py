"""Whether reviews keep the rules of the drawing of lots, however they were drawn.

This looks at the outcome alone and shares nothing with the code that draws: it serves a draw made elsewhere as well.
Of the rules L1 to L10 (table `lot_rules`) L7 leaves nothing to check in an outcome: it says that the draw was made by a
program. L8 to L10 are analogies with another mechanism, and hold only where the terms or inputs of a draw ask for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from untoc_network.diagnostics.templates import with_count
from untoc_network_lots.draw_inputs import Inputs, Participant, ReviewerSide
from untoc_network_lots.draw_record import Review, Reviewer
from untoc_network_lots.record_reader import Path

__all__ = ["DrawViolation", "violations"]


@attrs.frozen(kw_only=True)
class DrawViolation:
    """A rule that is broken, `L1` to `L10`, `exclusion` or `kept`; where, and what is wrong.

    `place` is a path into a record: `("reviews", 3, "reviewers", 0)` is the first reviewer in the fourth review.
    """

    rule: str
    place: Path
    state: str
    words: str


def violations(inputs: Inputs, reviews: Sequence[Review]) -> Iterator[DrawViolation]:
    """Every rule that the reviews break, given the parties and the terms.

    A reviewer's `side` and the instruments it serves are taken as stated and checked against the parties; the
    reviewers on one side stand in the order in which they were drawn.
    """
    known = {party.code: party for party in inputs.participants}
    strangers = list(_find_unknown_states(known, reviews))
    yield from strangers
    if strangers:
        return
    yield from _check_each_state_once(inputs, reviews)
    for at, review in enumerate(reviews):
        yield from _check_review(inputs, known, ("reviews", at), review)
    yield from _check_mutual_reviews(reviews)
    yield from _check_loads(inputs, reviews)
    yield from _check_balance_of_groups(inputs, known, reviews)
    yield from _check_redraws(inputs)


def _find_unknown_states(known: dict[str, Participant], reviews: Sequence[Review]) -> Iterator[DrawViolation]:
    for at, review in enumerate(reviews):
        named = [((), review.state), *((("reviewers", nth), one.state) for nth, one in enumerate(review.reviewers))]
        for place, state in named:
            if state not in known:
                words = f"{state} is not among the parties that take part"
                yield DrawViolation(rule="L1", place=("reviews", at, *place), state=state, words=words)


# -- each review by itself -------------------------------------------------------------------------------------------


def _check_review(
    inputs: Inputs, known: dict[str, Participant], place: Path, review: Review
) -> Iterator[DrawViolation]:
    party = known[review.state]
    if len(review.reviewers) > inputs.max_reviewers(review.state):
        words = (
            f"{len(review.reviewers)} States review {review.state}; at most {inputs.max_reviewers(review.state)} may"
        )
        yield DrawViolation(rule="L5", place=(*place, "reviewers"), state=review.state, words=words)
    for side in inputs.sides(party):
        yield from _check_side(known, place, review, side)
    yield from _check_served_instruments(known, place, review)
    for nth, reviewer in enumerate(review.reviewers):
        yield from _check_reviewer(inputs, known, (*place, "reviewers", nth), review, reviewer)
    yield from _check_kept_reviewers(inputs, place, review)


def _check_side(
    known: dict[str, Participant], place: Path, review: Review, side: ReviewerSide
) -> Iterator[DrawViolation]:
    """One reviewer on each side for each instrument, no more and no less."""
    serving = Counter(name for one in review.reviewers if one.side is side for name in one.instruments)
    for name in known[review.state].instruments:
        if serving[name] != 1:
            words = f"expected one State {side.words} to review {review.state} for {name}, got {serving[name]}"
            yield DrawViolation(rule="L1", place=(*place, "reviewers"), state=review.state, words=words)


def _check_reviewer(
    inputs: Inputs, known: dict[str, Participant], place: Path, review: Review, reviewer: Reviewer
) -> Iterator[DrawViolation]:
    state, one = known[review.state], known[reviewer.state]
    wrong = [
        ("L1", one is state, f"{one.code} reviews itself"),
        ("L1", not inputs.may_review(one), f"{one.code} does not review, by the policy for parties without a group"),
        (
            "L1",
            not _stands_on_its_side(inputs, state, one, reviewer.side),
            _describe_wrong_side(state, one, reviewer.side),
        ),
        (
            "L9",
            _has_deferred(inputs, one.code, review.review_group),
            f"{one.code} has deferred reviewing in this group",
        ),
        (
            "exclusion",
            _is_excluded(inputs, state.code, one.code),
            f"{one.code} is excluded from reviewing {state.code}",
        ),
    ]
    wrong += (
        ("L3", name not in one.instruments, f"{one.code} reviews {state.code} for {name} and is not a party to it")
        for name in reviewer.instruments
    )
    for rule, holds, words in wrong:
        if holds:
            yield DrawViolation(rule=rule, place=place, state=reviewer.state, words=words)


def _stands_on_its_side(inputs: Inputs, state: Participant, one: Participant, side: ReviewerSide) -> bool:
    if side not in inputs.sides(state):
        return False
    same = one.regional_group == state.regional_group
    return state.regional_group is None or same == (side is ReviewerSide.SAME_GROUP)


def _describe_wrong_side(state: Participant, one: Participant, side: ReviewerSide) -> str:
    own, other = state.regional_group or "no group", one.regional_group or "no group"
    return f"{one.code} does not review {state.code} as a State {side.words}: their groups are {own} and {other}"


def _has_deferred(inputs: Inputs, reviewer: str, group: int) -> bool:
    return any(one.reviewer == reviewer and one.review_group == group for one in inputs.deferrals)


def _is_excluded(inputs: Inputs, state: str, reviewer: str) -> bool:
    return any(one.state == state and one.reviewer == reviewer for one in inputs.exclusions)


def _check_served_instruments(known: dict[str, Participant], place: Path, review: Review) -> Iterator[DrawViolation]:
    """A reviewer serves all instruments it is party to; those drawn after it only what those before them lack."""
    served: dict[ReviewerSide, set[str]] = {}
    for nth, one in enumerate(review.reviewers):
        before = served.setdefault(one.side, set())
        due = set(known[review.state].instruments) & set(known[one.state].instruments) - before
        if not due or set(one.instruments) != due or len(one.instruments) != len(due):
            words = (
                f"expected {one.state} to review {review.state} for "
                f"{_join_names(due)}, got {_join_names(one.instruments)}"
            )
            yield DrawViolation(rule="L4", place=(*place, "reviewers", nth), state=one.state, words=words)
        before |= due


def _join_names(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none of them"


def _check_kept_reviewers(inputs: Inputs, place: Path, review: Review) -> Iterator[DrawViolation]:
    for kept in inputs.kept:
        if kept.state == review.state:
            here = tuple(one.state for one in review.reviewers if one.side is kept.side)
            if here[: len(kept.reviewers)] != kept.reviewers:
                words = f"{review.state} was to keep as reviewers {kept.side.words}: {_join_names(kept.reviewers)}"
                yield DrawViolation(rule="kept", place=(*place, "reviewers"), state=review.state, words=words)


# -- all reviews together --------------------------------------------------------------------------------------------


def _check_each_state_once(inputs: Inputs, reviews: Sequence[Review]) -> Iterator[DrawViolation]:
    times = Counter(review.state for review in reviews)
    for party in inputs.participants:
        due = int(inputs.takes_part(party))
        if times[party.code] != due:
            words = f"expected {with_count(due, 'review|reviews')} of {party.code}, got {times[party.code]}"
            yield DrawViolation(rule="L1", place=("reviews",), state=party.code, words=words)


def _check_mutual_reviews(reviews: Sequence[Review]) -> Iterator[DrawViolation]:
    """No two States review each other, in whatever review groups and for whatever instruments."""
    pairs = {(review.state, one.state) for review in reviews for one in review.reviewers}
    for at, review in enumerate(reviews):
        for nth, one in enumerate(review.reviewers):
            if review.state < one.state and (one.state, review.state) in pairs:
                words = f"{review.state} and {one.state} review each other"
                yield DrawViolation(rule="L2", place=("reviews", at, "reviewers", nth), state=review.state, words=words)


def _check_loads(inputs: Inputs, reviews: Sequence[Review]) -> Iterator[DrawViolation]:
    loads = Counter(one.state for review in reviews for one in review.reviewers)
    for party in inputs.participants:
        least, most = inputs.load(party)
        if not least <= loads[party.code] <= most:
            words = f"expected {party.code} to review {least} to {most} States, got {loads[party.code]}"
            yield DrawViolation(rule="L10", place=("reviews",), state=party.code, words=words)


def _check_balance_of_groups(
    inputs: Inputs, known: dict[str, Participant], reviews: Sequence[Review]
) -> Iterator[DrawViolation]:
    """Each State in its settled group; where none was settled, each regional group spread evenly."""
    numbers = range(1, inputs.terms.review_groups.value + 1)
    for at, review in enumerate(reviews):
        settled = known[review.state].review_group
        if review.review_group not in numbers or settled not in (None, review.review_group):
            words = f"{review.state} is in review group {review.review_group}, not in {settled or 'one that there is'}"
            yield DrawViolation(rule="L6", place=("reviews", at, "review_group"), state=review.state, words=words)
    if not any(party.review_group for party in inputs.participants):
        spread = Counter((known[review.state].regional_group, review.review_group) for review in reviews)
        for group in sorted({name or "" for name, _ in spread}):
            sizes = [spread[group or None, number] for number in numbers]
            if max(sizes) - min(sizes) > 1:
                words = f"the review groups have {sizes} States of the regional group {group or 'none'}"
                yield DrawViolation(rule="L6", place=("reviews",), state="", words=words)


def _check_redraws(inputs: Inputs) -> Iterator[DrawViolation]:
    most = inputs.terms.max_redraws
    for state, times in sorted(Counter(redraw.state for redraw in inputs.redraws).items()):
        if most is not None and times > most.value:
            words = f"the reviewers of {state} were drawn again {times} times; at most {most.value} are allowed"
            yield DrawViolation(rule="L8", place=("inputs", "redraws"), state=state, words=words)
