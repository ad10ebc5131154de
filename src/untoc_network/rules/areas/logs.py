"""What the rules on all logs share: steps that cannot follow, steps that are missing, days that run backwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network.process.procedure import Procedure
from untoc_network.rules.rule import Violation, violation

__all__ = ["Part", "backwards", "unexpected", "unrecorded"]

Part = tuple[Any, tuple[str | int, ...], Any]
"""A record, the path to the part of it that has a log, and that part."""


def unexpected(parts: Iterable[Part], procedure: Procedure) -> Iterator[Violation]:
    """Every step that cannot come after what stands before it in its log."""
    for record, path, thing in parts:
        for position, state in procedure.course(thing).unexpected.items() if thing.log else ():
            allowed = dict.fromkeys(transition.step.value for transition in procedure.allowed(state))
            yield violation(
                record,
                *path,
                "log",
                position,
                "step",
                step=thing.log[position].step,
                state=state.value,
                allowed=", ".join(allowed) or "none",
            )


def unrecorded(parts: Iterable[Part], procedure: Procedure) -> Iterator[Violation]:
    """Every step that must have come before another and is not in the log."""
    for record, path, thing in parts:
        for position, steps in procedure.course(thing).skipped.items() if thing.log else ():
            step = thing.log[position].step
            yield violation(record, *path, "log", position, "step", step=step, missing=", ".join(steps))


def backwards(parts: Iterable[Part]) -> Iterator[Violation]:
    """Every step that is dated before the one that stands before it in its log."""
    for record, path, thing in parts:
        latest = None
        for position, entry in enumerate(thing.log):
            if entry.on is None:
                continue
            if latest is not None and entry.on.certainly_before(latest.on):
                yield violation(
                    record,
                    *path,
                    "log",
                    position,
                    "on",
                    step=entry.step,
                    on=entry.on,
                    before=latest.step,
                    before_on=latest.on,
                )
            else:
                latest = entry
