"""What a view left out, and why: places and reasons, and never a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sized
from enum import StrEnum
from typing import TypeVar

import attrs

from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.model.persistent_collections import SortedBlocks
from untoc_network.model.register import Register
from untoc_network.values.fields import Sensitivity

__all__ = ["REASONS", "Redaction", "RedactionReason", "View"]


T = TypeVar("T")


class RedactionReason(StrEnum):
    """Why something is not in a view."""

    INTERNAL = "internal"
    """It is for those who keep the register."""
    NO_CONSENT = "no-consent"
    """No consent covers it: none was given, or it was for another purpose, a narrower audience, or is over.

    So it is of a body that lists of persons alone name.
    """
    AT_RISK = "at-risk"
    """It could lead someone to a body at risk."""
    NARROWER_AUDIENCE = "narrower-audience"
    """It says itself that it is for fewer people."""
    NAMES_WITHHELD = "names-withheld"
    """It names a record that is withheld, cannot be without it, repeats it, or tells how many of them there are."""
    LOOKS_PERSONAL = "looks-personal"
    """A passage of a text looks like an address, a number or a place, or mentions somebody who is withheld."""


REASONS: Mapping[Sensitivity, RedactionReason] = {
    Sensitivity.INTERNAL: RedactionReason.INTERNAL,
    Sensitivity.PERSONAL: RedactionReason.NO_CONSENT,
    Sensitivity.AT_RISK: RedactionReason.AT_RISK,
}
"""Why a field of a class is withheld."""


@attrs.frozen(kw_only=True, order=True)
class Redaction:
    """That a record, or a field of it, was withheld, coarsened or masked. It holds no value of it.

    `field` names fields, with a dot before a field of what another holds; it is empty for the whole record.
    """

    id: str
    field: str = ""
    reason: RedactionReason


def _count(held: Sized) -> str:
    return str(len(held))


def _to_tuple(held: Collection[T]) -> tuple[T, ...]:
    return held.to_tuple() if isinstance(held, SortedBlocks) else tuple(held)


@attrs.frozen(kw_only=True)
class View(HasPlainForm):
    """A register as an audience may see it, and what was done to make it that; the latter is not for that audience.

    `origins` has, for each record whose id would have told of somebody, its id in the whole register. `to_check` are
    places, as ids of records and names of fields, where something still stands that may lead to who is withheld and may
    be somebody else's: a part of a name, the name of a namesake who is shown, a town where others sit. `exposed` are
    places where something surely does that could not be masked: none of it may be handed on.
    """

    register: Register
    held_redactions: Collection[Redaction] = attrs.field(alias="redactions", repr=_count, eq=tuple)
    origins: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    held_places: Collection[tuple[str, str]] = attrs.field(alias="to_check", default=(), repr=_count, eq=tuple)
    exposed: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=len)  # type: ignore[arg-type]

    @property
    def redactions(self) -> tuple[Redaction, ...]:
        """What was withheld, coarsened or masked, in order."""
        return _to_tuple(self.held_redactions)

    @property
    def to_check(self) -> tuple[tuple[str, str], ...]:
        """The places where something still stands that only a person can judge, in order."""
        return _to_tuple(self.held_places)

    def counts(self) -> dict[RedactionReason, int]:
        """How many redactions there are for each reason, zeros included."""
        found = Counter(redaction.reason for redaction in self.redactions)
        return {reason: found[reason] for reason in RedactionReason}

    plain_form = PlainForm("counts redactions to_check exposed", counts=counts)
