"""What lies ahead: the steps that may be taken next, the deadlines, and how late they are."""

from __future__ import annotations

import attrs

from untoc_network.diagnostics.findings import Basis
from untoc_network.model.log_entry import Actor
from untoc_network.values.dates import PartialDate

__all__ = ["Deadline", "NextStep"]


@attrs.frozen(kw_only=True)
class Deadline:
    """Until when a step is due, and what became of it.

    `earliest` and `latest` are the same day, unless the day that it is counted from is known only in part. `taken` is
    the day the step was taken, as far as the log tells; `passed` is true where it was taken or lies behind.
    """

    step: str
    actor: Actor
    by: str | None
    earliest: PartialDate
    latest: PartialDate
    said: str
    """The limit in words: `6 months after start`."""
    basis: Basis
    """The provision of the limit, as sure as the weaker of the limit and the day it is counted from."""
    taken: PartialDate | None = None
    passed: bool = False

    def days_late(self, on: PartialDate) -> tuple[int, int]:
        """The fewest and the most days that it is or was late; (0, 0) also where that cannot be told.

        A step that was taken counts to the day it was taken, an open one to the day asked for.
        """
        until = self.taken or (None if self.passed else on)
        if until is None:
            return 0, 0
        return max(until.first - self.latest.last, 0), max(until.last - self.earliest.first, 0)

    def to_dict(self, on: PartialDate) -> dict[str, object]:
        """The deadline as plain JSON types, judged on a day."""
        fewest, most = self.days_late(on)
        return {
            "step": self.step,
            "actor": self.actor.value,
            "by": self.by,
            "due": {"earliest": str(self.earliest), "latest": str(self.latest)},
            "limit": self.said,
            "taken": None if self.taken is None else str(self.taken),
            "open": not self.passed,
            "days_late": {"fewest": fewest, "most": most},
            "basis": basis_to_dict(self.basis),
        }


@attrs.frozen(kw_only=True)
class NextStep:
    """A step that may be taken next: who is to take it, until when, under which provision, and what it waits for."""

    step: str
    actor: Actor
    by: str | None
    required: bool
    basis: Basis
    deadline: Deadline | None = None
    waits_for: str | None = None

    def to_dict(self, on: PartialDate) -> dict[str, object]:
        """The step as plain JSON types, judged on a day."""
        return {
            "step": self.step,
            "actor": self.actor.value,
            "by": self.by,
            "required": self.required,
            "waits_for": self.waits_for,
            "deadline": None if self.deadline is None else self.deadline.to_dict(on),
            "basis": basis_to_dict(self.basis),
        }


def basis_to_dict(basis: Basis) -> dict[str, str | None]:
    """What something rests on, as plain JSON types."""
    return {
        "document": basis.document,
        "provision": basis.provision,
        "source": basis.source,
        "certainty": basis.certainty.value,
    }
