"""What goes into a draw: the parties with their instruments and groups, the terms, and what States have asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum

import attrs

from untoc_network import reference
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.convention import TreatyCode
from untoc_network.values.dates import PartialDate
from untoc_network_lots.draw_terms import Terms, UngroupedPolicy
from untoc_network_lots.record_reader import PartOfRecord

__all__ = [
    "Deferral",
    "Exclusion",
    "Inputs",
    "KeptReviewers",
    "OwnLimit",
    "OwnLoad",
    "Participant",
    "Preference",
    "Redraw",
    "ReviewerSide",
    "Trait",
    "packaged_inputs",
]


_MOST_REVIEW_GROUPS = 99
_MOST_INSTRUMENTS = 12
"""The look-ahead keeps a table of all sets of instruments."""


class ReviewerSide(StrEnum):
    """On which ground a reviewing State is drawn; both sides review for every instrument."""

    SAME_GROUP = "same-group"
    OTHER_GROUP = "other-group"
    FIRST_OF_ANY_GROUP = "first-of-any-group"
    SECOND_OF_ANY_GROUP = "second-of-any-group"

    @property
    def words(self) -> str:
        """The side as it stands in a sentence after `a State`."""
        return _WORDS[self]


_WORDS = {
    ReviewerSide.SAME_GROUP: "of its own regional group",
    ReviewerSide.OTHER_GROUP: "of another regional group",
    ReviewerSide.FIRST_OF_ANY_GROUP: "of any regional group",
    ReviewerSide.SECOND_OF_ANY_GROUP: "of any regional group, besides the first",
}


@attrs.frozen(kw_only=True)
class Participant(PartOfRecord):
    """A party that is reviewed and reviews. Where `review_group` is given, it is settled and not drawn."""

    code: str
    instruments: tuple[str, ...]
    regional_group: str | None = None
    review_group: int | None = None


@attrs.frozen(kw_only=True)
class OwnLimit(PartOfRecord):
    """A State under review decided otherwise on how many States may review it at the most (L5)."""

    state: str
    max_reviewers: int


@attrs.frozen(kw_only=True)
class OwnLoad(PartOfRecord):
    """Bounds on the reviews of one State that differ from those of all (L10)."""

    state: str
    least: int
    most: int


@attrs.frozen(kw_only=True)
class Exclusion(PartOfRecord):
    """A State that must not be drawn as reviewer of another."""

    state: str
    reviewer: str


@attrs.frozen(kw_only=True)
class Deferral(PartOfRecord):
    """A State that does not review States of one review group (L9)."""

    reviewer: str
    review_group: int


@attrs.frozen(kw_only=True)
class Trait(PartOfRecord):
    """What a State has of a preference: its languages, or its legal systems."""

    state: str
    values: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Preference(PartOfRecord):
    """A wish, never a rule (L12): a reviewer that shares a value with the State is drawn first where there is one."""

    name: str
    traits: tuple[Trait, ...]


@attrs.frozen(kw_only=True)
class KeptReviewers(PartOfRecord):
    """Reviewers on one side of a State that stay from an earlier draw; others are drawn only for what they lack."""

    state: str
    side: ReviewerSide
    reviewers: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Redraw(PartOfRecord):
    """That reviewers of one State are drawn anew (L8): which ones, and the digest of the draw that they were in."""

    state: str
    replaced: tuple[str, ...]
    draw: str


@attrs.frozen(kw_only=True)
class Inputs(PartOfRecord):
    """Everything that a draw depends on besides the seed.

    Raises `ImpossibleValue` where two participants have one code, or something speaks of a State that takes no part.
    """

    participants: tuple[Participant, ...]
    terms: Terms
    own_limits: tuple[OwnLimit, ...] = ()
    own_loads: tuple[OwnLoad, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    deferrals: tuple[Deferral, ...] = ()
    preferences: tuple[Preference, ...] = ()
    kept: tuple[KeptReviewers, ...] = ()
    redraws: tuple[Redraw, ...] = ()

    def __attrs_post_init__(self) -> None:
        codes = [party.code for party in self.participants]
        if len(set(codes)) < len(codes):
            raise ImpossibleValue("two participants have the same code")
        unknown = sorted(set(self._list_mentioned_states()) - set(codes))
        if unknown:
            raise ImpossibleValue(f"{', '.join(unknown[:5])}: not among the participants")
        self._check_participants()

    def _check_participants(self) -> None:
        number = self.terms.review_groups.value
        if not 1 <= number <= _MOST_REVIEW_GROUPS or len(self.instruments) > _MOST_INSTRUMENTS:
            raise ImpossibleValue(
                f"a draw has 1 to {_MOST_REVIEW_GROUPS} review groups and at most {_MOST_INSTRUMENTS} instruments"
            )
        for party in self.participants:
            if not party.instruments or len(set(party.instruments)) < len(party.instruments):
                raise ImpossibleValue("a participant is party to at least one instrument, and each is listed once")
            if party.review_group is not None and not 1 <= party.review_group <= number:
                raise ImpossibleValue(f"review groups are numbered from 1 to {number}")

    def _list_mentioned_states(self) -> Iterable[str]:
        """The codes of all States that anything but the participants speaks of."""
        yield from (one.state for some in (self.own_limits, self.own_loads, self.exclusions) for one in some)
        yield from (one.reviewer for some in (self.exclusions, self.deferrals) for one in some)
        yield from (trait.state for preference in self.preferences for trait in preference.traits)
        for kept in self.kept:
            yield from (kept.state, *kept.reviewers)
        for redraw in self.redraws:
            yield from (redraw.state, *redraw.replaced)

    @property
    def instruments(self) -> tuple[str, ...]:
        """All instruments, in the order of their names."""
        return tuple(sorted({name for party in self.participants for name in party.instruments}))

    def takes_part(self, party: Participant) -> bool:
        """Whether the party is reviewed: all are, except where those without a regional group are left out."""
        return party.regional_group is not None or self.terms.ungrouped.value is not UngroupedPolicy.LEFT_OUT

    def may_review(self, party: Participant) -> bool:
        """Whether the party reviews others: those without a regional group do by the policy for them."""
        return party.regional_group is not None or self.terms.ungrouped.value is UngroupedPolicy.TWO_OF_ANY_GROUP

    def sides(self, party: Participant) -> tuple[ReviewerSide, ReviewerSide]:
        """On which grounds the reviewers of a party are drawn."""
        if party.regional_group is None:
            return ReviewerSide.FIRST_OF_ANY_GROUP, ReviewerSide.SECOND_OF_ANY_GROUP
        return ReviewerSide.SAME_GROUP, ReviewerSide.OTHER_GROUP

    def max_reviewers(self, state: str) -> int:
        """How many States may review this one at the most."""
        own = {limit.state: limit.max_reviewers for limit in self.own_limits}
        return own.get(state, self.terms.max_reviewers.value)

    def load(self, party: Participant) -> tuple[int, int]:
        """How many States the party reviews at the least and at the most: all where there is no limit.

        None where it does not review.
        """
        own = {load.state: (load.least, load.most) for load in self.own_loads}
        least, most = self.terms.least_reviews, self.terms.most_reviews
        usual = (least.value if least else 0, most.value if most else len(self.participants))
        return own.get(party.code, usual) if self.may_review(party) else (0, 0)


def packaged_inputs(
    *,
    on: PartialDate | dt.date | str | None = None,
    terms: Terms | None = None,
    facts: reference.Reference | None = None,
    counted_in: Mapping[str, str] | None = None,
    settled_groups: bool = False,
) -> Inputs:
    """The parties to the Convention and its Protocols, from the tables of facts, ready to be drawn.

    `counted_in` gives parties without a regional group one to be counted in. With `settled_groups`, the review groups
    that the facts know are kept, and only the other parties are drawn into theirs.
    """
    known = facts or reference.packaged()
    held: dict[str, list[str]] = {}
    for treaty in TreatyCode:
        for party in known.parties(treaty, on=on):
            held.setdefault(party.code, []).append(treaty.value)
    groups = {row.party: row.group for row in known.table("group_assignments")} if settled_groups else {}
    participants = (
        Participant(
            code=code,
            instruments=tuple(held[code]),
            regional_group=(counted_in or {}).get(code) or known.regional_group(code),
            review_group=groups.get(code),
        )
        for code in sorted(held)
    )
    return Inputs(participants=tuple(participants), terms=terms or Terms.usual())
