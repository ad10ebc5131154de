"""What lies ahead: the steps that may be taken next, the deadlines, and how late they are."""

from __future__ import annotations

import attrs

from untoc_network.diagnostics.findings import Basis
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm, to_dict
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.convention import TreatyCode
from untoc_network.model.log_entry import Actor
from untoc_network.process.transition import StatePart
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids_and_codes import CountryCode

__all__ = ["Deadline", "NextStep", "StepShare"]


@attrs.frozen(kw_only=True)
class Deadline(SharedMethods):
    """Until when a step is due, and what became of it.

    `earliest` and `latest` are the same day, unless the day that it is counted from is known only in part. `taken` is
    the day the step was taken, as far as the log tells; `passed` is true where it was taken or lies behind.
    Of an open step that is not `known` nothing tells whether it is late.
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
    known: bool = True
    """Whether an open step is known to be the next one: the step before is recorded, and something of who takes it."""
    put_off: bool = False
    """Whether the last day is one that was decided in the place of the limit."""

    def days_late(self, on: PartialDate) -> tuple[int, int]:
        """The fewest and the most days that it is or was late; (0, 0) also where that cannot be told.

        A step that was taken counts to the day it was taken, an open one to the day asked for.
        """
        until = self.taken or (on if self.is_open and self.known else None)
        if until is None:
            return 0, 0
        return max(until.first - self.latest.last, 0), max(until.last - self.earliest.first, 0)

    def is_due(self, on: PartialDate) -> bool:
        """Whether the step is certainly due on a day and not recorded, which is not to say that it is late."""
        return self.is_open and self.latest.certainly_before(on)

    @property
    def is_open(self) -> bool:
        """Whether the step is still to be taken."""
        return not self.passed

    plain_form = PlainForm(
        "step actor by due limit=said taken open=is_open known put_off days_late basis",
        due=lambda deadline: {"earliest": deadline.earliest, "latest": deadline.latest},
        days_late=lambda _: None,
    )

    def to_dict(self, on: PartialDate) -> dict[str, object]:
        """The deadline as plain JSON types, judged on a day."""
        fewest, most = self.days_late(on)
        return to_dict(self) | {"days_late": {"fewest": fewest, "most": most}}


@attrs.frozen(kw_only=True)
class NextStep(SharedMethods):
    """A step that may be taken next: who is to take it, until when, under which provision, and what it waits for.

    `instruments` are those that are left where `by` has taken it for others; `together` all who take it in one act.
    """

    step: str
    actor: Actor
    by: str | None
    required: bool
    basis: Basis
    deadline: Deadline | None = None
    waits_for: str | None = None
    instruments: tuple[TreatyCode, ...] = ()
    together: tuple[CountryCode, ...] = ()

    plain_form = PlainForm("step actor by instruments together required waits_for deadline basis")

    def to_dict(self, on: PartialDate) -> dict[str, object]:
        """The step as plain JSON types, judged on a day."""
        return to_dict(self) | {"deadline": self.deadline and self.deadline.to_dict(on)}


@attrs.frozen(kw_only=True)
class StepShare(SharedMethods, HasPlainForm):
    """How far a step has come that several States take, each for itself, as far as they are known."""

    step: str
    done: tuple[CountryCode, ...]
    missing: tuple[StatePart, ...]
    total: int | None
    """How many States are to take it, as far as they are known; None where none is."""
    passed: bool
    """Whether the thing has gone beyond the step."""

    @property
    def is_partial(self) -> bool:
        """Whether some have taken it and others not."""
        return bool(self.done and self.missing) or any(part.instruments for part in self.missing)

    plain_form = PlainForm(
        "step done missing total passed",
        missing=lambda share: [{"country": one.country, "instruments": one.instruments} for one in share.missing],
    )
