"""Drawing the reviewers of one State anew while all others keep theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.argument_checks import check_arguments
from untoc_network_lots.draw_inputs import Exclusion, Inputs, KeptReviewers, OwnLoad, Redraw, ReviewerSide
from untoc_network_lots.draw_procedure import draw
from untoc_network_lots.draw_record import DrawRecord, Review
from untoc_network_lots.randomness import Seed

__all__ = ["redraw"]


@check_arguments
def redraw(record: DrawRecord, state: str, *, seed: Seed | str, replacing: Collection[str] | None = None) -> DrawRecord:
    """A new draw in which one State gets other reviewers, by a new seed, and everything else stays.

    Those in `replacing`, by default all its reviewers, cannot be drawn for it again; the side on which they stood is
    drawn anew. Where one of them would thereby have fewer reviews than the least number, that number is lowered for
    it, and the inputs of the new draw say so. Raises `ImpossibleValue` where the State has no such reviewers or was
    redrawn as often as the terms allow, `InfeasibleDraw` where no other reviewers are possible.
    """
    review = next((review for review in record.reviews if review.state == state), None)
    names = [one.state for one in review.reviewers] if review else []
    replaced = tuple(name for name in names if replacing is None or name in replacing)
    if review is None or not replaced or set(replacing or ()) - set(names):
        raise ImpossibleValue(f"{state} has no such reviewers to replace; they are: {', '.join(names) or 'none'}")
    _check_number(record.inputs, state)
    sides = {one.side for one in review.reviewers if one.state in replaced}
    return draw(_make_redraw_inputs(record, review, replaced, sides), seed=seed)


def _check_number(inputs: Inputs, state: str) -> None:
    most = inputs.terms.max_redraws
    times = sum(redraw.state == state for redraw in inputs.redraws)
    if most is not None and times >= most.value:
        raise ImpossibleValue(f"the reviewers of {state} were drawn again {times} times, which is the most allowed")


def _make_redraw_inputs(
    record: DrawRecord, review: Review, replaced: tuple[str, ...], sides: set[ReviewerSide]
) -> Inputs:
    settled = {one.state: one.review_group for one in record.reviews}
    kept = tuple(_list_kept_reviewers(record, review.state, sides))
    return attrs.evolve(
        record.inputs,
        participants=tuple(
            attrs.evolve(party, review_group=settled.get(party.code)) for party in record.inputs.participants
        ),
        kept=kept,
        exclusions=(*record.inputs.exclusions, *(Exclusion(state=review.state, reviewer=one) for one in replaced)),
        own_loads=_lower_loads(record.inputs, kept, review, sides),
        redraws=(*record.inputs.redraws, Redraw(state=review.state, replaced=replaced, draw=record.digest)),
    )


def _list_kept_reviewers(record: DrawRecord, state: str, sides: set[ReviewerSide]) -> Iterator[KeptReviewers]:
    for review in record.reviews:
        for side in dict.fromkeys(one.side for one in review.reviewers):
            if review.state != state or side not in sides:
                names = tuple(one.state for one in review.reviewers if one.side is side)
                yield KeptReviewers(state=review.state, side=side, reviewers=names)


def _lower_loads(
    inputs: Inputs, kept: tuple[KeptReviewers, ...], review: Review, sides: set[ReviewerSide]
) -> tuple[OwnLoad, ...]:
    """The bounds of single States, lowered for those who lose a review by the redraw and have too few left."""
    parties = {party.code: party for party in inputs.participants}
    own = {load.state: load for load in inputs.own_loads}
    for one in review.reviewers:
        left = sum(one.state in unit.reviewers for unit in kept)
        least, most = inputs.load(parties[one.state])
        if one.side in sides and left < least:
            own[one.state] = OwnLoad(state=one.state, least=left, most=most)
    return tuple(own[state] for state in sorted(own))
