"""What stands between records or items, as rules of several areas look for it: doubles, cycles, overlaps."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from untoc_network.model.event import Event

__all__ = ["find_cycles", "find_duplicates", "find_overlaps"]

Item = TypeVar("Item")


def find_duplicates(items: Iterable[Item], key: Callable[[Item], Hashable]) -> Iterator[tuple[Item, Item]]:
    """Every item whose key one before it has, as (item, the first with that key)."""
    first: dict[Hashable, Item] = {}
    for item in items:
        other = first.setdefault(key(item), item)
        if other is not item:
            yield item, other


def find_cycles(names: Iterable[str], list_parents: Callable[[str], Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Every step from a name to one above it that closes a circle, as (name, name above); each step is taken once."""
    settled: set[str] = set()
    for start in names:
        climbing = {} if start in settled else {start: iter(list_parents(start))}
        while climbing:
            here, steps = next(reversed(climbing.items()))
            after = next(steps, None)
            if after is None:
                settled.add(here)
                del climbing[here]
            elif after in climbing:
                yield here, after
            elif after not in settled:
                climbing[after] = iter(list_parents(after))


def find_overlaps(events: Iterable[Event]) -> Iterator[tuple[Event, Event]]:
    """Events that certainly share a day with one that began before them, as (earlier, later).

    Events whose days are known only in part are left alone.
    """
    dated = [event for event in events if event.first_day is not None and event.first_day.is_exact]
    dated.sort(key=lambda event: (event.first_day or "", event.id))
    longest = None
    for event in dated:
        if longest is not None and _get_last_exact_day(longest) >= (event.first_day or ""):
            yield longest, event
        if longest is None or _get_last_exact_day(event) > _get_last_exact_day(longest):
            longest = event


def _get_last_exact_day(event: Event) -> str:
    day = event.last_day
    return day if day is not None and day.is_exact else event.first_day or ""
