"""Two draws side by side: where their records differ, and which States have other reviewers."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import attrs

from untoc_network_lots.draw_record import DrawRecord, Review
from untoc_network_lots.record_reader import Path

__all__ = ["ReviewChange", "diff_draws", "difference"]

_LONGEST = 80


@attrs.frozen(kw_only=True)
class ReviewChange:
    """What is different for one State under review; `before` or `after` is None where it is in one draw only."""

    state: str
    before: Review | None
    after: Review | None

    @property
    def gone(self) -> tuple[str, ...]:
        """Its reviewing States that are no longer among them."""
        return _list_those_not_in_other(self.before, self.after)

    @property
    def come(self) -> tuple[str, ...]:
        """Its reviewing States that were not among them."""
        return _list_those_not_in_other(self.after, self.before)


def diff_draws(before: DrawRecord, after: DrawRecord) -> tuple[ReviewChange, ...]:
    """The States whose review group or reviewers differ between two draws, in the order of their codes."""
    old = {review.state: review for review in before.reviews}
    new = {review.state: review for review in after.reviews}
    return tuple(
        ReviewChange(state=state, before=old.get(state), after=new.get(state))
        for state in sorted(old.keys() | new.keys())
        if old.get(state) != new.get(state)
    )


def _list_those_not_in_other(one: Review | None, other: Review | None) -> tuple[str, ...]:
    there = {reviewer.state for reviewer in other.reviewers} if other else set()
    return tuple(reviewer.state for reviewer in one.reviewers if reviewer.state not in there) if one else ()


def difference(stated: Any, given: Any, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Where two plain documents differ: the innermost places, with what stands in each, in the order of the second.

    Both have the form of a record already, so that equal values have equal types.
    """
    if stated == given:
        return
    if isinstance(stated, dict) and isinstance(given, dict):
        for name in (*given, *(name for name in stated if name not in given)):
            yield from difference(stated.get(name, _NOTHING), given.get(name, _NOTHING), (*path, name))
    elif isinstance(stated, list) and isinstance(given, list):
        for at, (one, other) in enumerate(itertools.zip_longest(stated, given, fillvalue=_NOTHING)):
            yield from difference(one, other, (*path, at))
    else:
        yield path, _format_value(stated), _format_value(given)


_NOTHING = object()


def _format_value(value: Any) -> str:
    if value is _NOTHING:
        return "nothing"
    text = json.dumps(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
