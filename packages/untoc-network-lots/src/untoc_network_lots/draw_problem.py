"""The draw as bare numbers: who may review whom, for what, how often. Sets of States are the bits of one integer."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

import attrs

from untoc_network_lots.draw_inputs import ReviewerSide

__all__ = ["Problem", "Unit", "iterate_bits"]


def iterate_bits(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, lowest first.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


@attrs.frozen(kw_only=True)
class Unit:
    """One side of one State's review: who, of its own or of another regional group, reviews it for which instruments.

    `needs` has a bit for each instrument, `eligible` one for each State that the rules let review it.
    """

    state: int
    side: ReviewerSide
    needs: int
    eligible: int


@attrs.frozen(kw_only=True)
class Problem:
    """Everything that bounds a draw. States are numbered in the order of their codes, instruments in theirs."""

    codes: tuple[str, ...]
    instruments: tuple[int, ...]
    """The instruments of each State, as bits."""
    units: tuple[Unit, ...]
    most_reviewers: tuple[int, ...]
    """How many States may review each State at the most, over both sides and all instruments."""
    least: tuple[int, ...]
    most: tuple[int, ...]
    """How many States each State reviews at the least and at the most."""
    mutual: bool
    """Whether two States may review each other."""

    def lacking(self, missing: int, row: Iterable[int]) -> int:
        """What of these instruments none of these States serves."""
        for one in row:
            missing &= ~self.instruments[one]
        return missing

    @functools.cached_property
    def units_of(self) -> tuple[tuple[int, ...], ...]:
        """The units of each State under review."""
        found: list[list[int]] = [[] for _ in self.codes]
        for number, unit in enumerate(self.units):
            found[unit.state].append(number)
        return tuple(map(tuple, found))

    @functools.cached_property
    def having_any(self) -> tuple[int, ...]:
        """For each set of instruments the States that are party to at least one of them."""
        return tuple(
            _make_bit_mask(held & some for held in self.instruments) for some in self._range_of_instrument_sets
        )

    @functools.cached_property
    def having_all(self) -> tuple[int, ...]:
        """For each set of instruments the States that are party to all of them."""
        return tuple(
            _make_bit_mask(held & some == some for held in self.instruments) for some in self._range_of_instrument_sets
        )

    @property
    def _range_of_instrument_sets(self) -> range:
        return range(1 << max((held.bit_length() for held in self.instruments), default=0))


def _make_bit_mask(holds: Iterable[int]) -> int:
    return sum(1 << state for state, held in enumerate(holds) if held)
