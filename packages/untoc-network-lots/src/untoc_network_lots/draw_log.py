"""The tickets of a draw: each lot with its candidates and what was drawn, chained by digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.object_to_dict import to_dict
from untoc_network_lots.draw_inputs import ReviewerSide
from untoc_network_lots.look_ahead import Answer
from untoc_network_lots.randomness import draw_order, lot
from untoc_network_lots.record_reader import PartOfRecord

__all__ = ["DrawLog", "LotPurpose", "Ticket", "chain_digest"]


class LotPurpose(StrEnum):
    """What a lot decides."""

    ORDER_OF_GROUPS = "order-of-groups"
    REVIEW_GROUP = "review-group"
    TURN = "turn"
    REVIEWER = "reviewer"


@attrs.frozen(kw_only=True)
class Ticket(PartOfRecord):
    """One lot.

    `candidates` fit each rule by itself. `preferred` are those of them whom a preference puts first. `passed_over`
    came before the one that was drawn, but with them the whole could not have been completed; for those of them that
    are `undecided` too, this was not proven within the steps allowed. `drawn` is one, or the whole order where an order
    was drawn; `lot` belongs to the first of them. `is_usable` are the instruments that the drawn State reviews for.
    """

    number: int
    purpose: LotPurpose
    review_group: int | None = None
    state: str | None = None
    side: ReviewerSide | None = None
    missing: tuple[str, ...] = ()
    candidates: tuple[str, ...]
    preferred: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    drawn: tuple[str, ...]
    lot: str
    serves: tuple[str, ...] = ()
    digest: str = ""


def chain_digest(before: str, content: Any) -> str:
    """SHA-256 over the digest before and the content as JSON: ASCII, keys sorted, no blanks."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


class DrawLog:
    """Draws lots and keeps a ticket of each."""

    def __init__(self, seed: str, digest: str) -> None:
        self.seed = seed
        self.digest = digest
        self.tickets: list[Ticket] = []

    @property
    def next_number(self) -> int:
        """The number of the next lot; the first is 1."""
        return len(self.tickets) + 1

    def draw_in_order(self, purpose: LotPurpose, candidates: Iterable[str], **facts: Any) -> list[str]:
        """Candidates in an order that is drawn."""
        known = sorted(candidates)
        order = draw_order(self.seed, self.next_number, known)
        self._keep_ticket(purpose=purpose, candidates=tuple(known), drawn=tuple(order), **facts)
        return order

    def draw_one(self, purpose: LotPurpose, candidates: list[str], **facts: Any) -> str:
        """One of the candidates, each as likely as the other."""
        first = draw_order(self.seed, self.next_number, candidates)[0]
        self._keep_ticket(purpose=purpose, candidates=tuple(candidates), drawn=(first,), **facts)
        return first

    def draw_possible(
        self,
        candidates: list[str],
        preferred: set[str],
        possible: Callable[[str], Answer],
        serves: Callable[[str], tuple[str, ...]],
        **facts: Any,
    ) -> str:
        """The first in the order of the lots, those preferred before the others, with whom the whole is possible."""
        order = draw_order(self.seed, self.next_number, candidates)
        if preferred:
            order.sort(key=lambda one: one not in preferred)
        refused: dict[str, Answer] = {}

        def leaves_the_rest_possible(one: str) -> bool:
            answer = possible(one)
            if answer is not Answer.YES:
                refused[one] = answer
            return answer is Answer.YES

        one = next(filter(leaves_the_rest_possible, order))
        self._keep_ticket(
            purpose=LotPurpose.REVIEWER,
            candidates=tuple(candidates),
            preferred=tuple(sorted(preferred)),
            passed_over=tuple(refused),
            undecided=tuple(one for one, answer in refused.items() if answer is Answer.UNDECIDED),
            drawn=(one,),
            serves=serves(one),
            **facts,
        )
        return one

    def _keep_ticket(self, *, drawn: tuple[str, ...], **facts: Any) -> None:
        own = lot(self.seed, self.next_number, drawn[0])
        ticket = Ticket(number=self.next_number, drawn=drawn, lot=own, **facts)
        self.digest = chain_digest(self.digest, to_dict(ticket))
        self.tickets.append(attrs.evolve(ticket, digest=self.digest))
