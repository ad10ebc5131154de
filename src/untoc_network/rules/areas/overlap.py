"""Events that share a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from untoc_network.model.event import Event

__all__ = ["overlapping"]


def overlapping(events: Iterable[Event]) -> Iterator[tuple[Event, Event]]:
    """Events that certainly share a day with one that began before them, as (earlier, later).

    Events whose days are known only in part are left alone.
    """
    dated = [event for event in events if event.first_day is not None and event.first_day.is_exact]
    dated.sort(key=lambda event: (event.first_day or "", event.id))
    longest = None
    for event in dated:
        if longest is not None and _last(longest) >= (event.first_day or ""):
            yield longest, event
        if longest is None or _last(event) > _last(longest):
            longest = event


def _last(event: Event) -> str:
    day = event.last_day
    return day if day is not None and day.is_exact else event.first_day or ""
