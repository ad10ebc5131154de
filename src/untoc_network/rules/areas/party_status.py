"""What the register and the tables of facts say of a party: treaty status, regional group, cluster. Unknown is unknown."""

from __future__ import annotations

from untoc_network.diagnostics.findings import Basis, Certainty
from untoc_network.model.convention import Party, RegionalGroup, TreatyActionKind, TreatyCode
from untoc_network.rules.rule import Context

__all__ = ["DEPOSITS", "get_regional_group", "get_status_basis", "is_party", "list_instruments"]

DEPOSITS = frozenset(TreatyActionKind) - {TreatyActionKind.SIGNATURE, TreatyActionKind.ENTRY_INTO_FORCE}
"""The acts by which a State becomes a party."""


def is_party(context: Context, country: str, instrument: TreatyCode) -> bool | None:
    """Whether a country is party to an instrument, after the register or the facts; None where neither knows it."""
    own = _get_party(context, country)
    if own is not None and any(act.instrument is instrument and act.kind in DEPOSITS for act in own.acts):
        return True
    if context.reference.is_party(country, instrument):
        return True
    known = (own is not None and own.acts) or context.reference.is_known(country)
    return False if known else None


def list_instruments(context: Context, country: str) -> tuple[TreatyCode, ...]:
    """The instruments that a country is party to, as far as is known."""
    return tuple(code for code in TreatyCode if is_party(context, country, code))


def get_regional_group(context: Context, country: str) -> RegionalGroup | None:
    """The regional group of a country, after the register or the facts; None where it has none or none is known."""
    own = _get_party(context, country)
    if own is not None and own.regional_groups:
        return own.regional_groups[-1].group
    return context.reference.regional_group(country)


def get_status_basis(context: Context, instrument: TreatyCode) -> Basis:
    """What a statement rests on that a country is not party to an instrument.

    The record of a treaty that is known to lack a party was read in part: an absence from it is no proof.
    """
    day = max(row.as_of for row in context.reference.table("treaty_actions") if row.treaty is instrument)
    lacking = any(said.startswith(f"{instrument}: ") for said in context.reference.list_missing("treaty_actions"))
    if lacking:
        return Basis(
            document=f"record of the parties to {instrument}, as of {day}, which lacks one party",
            certainty=Certainty.PARTIAL,
        )
    return Basis(document=f"record of the parties to {instrument}, as of {day}")


def _get_party(context: Context, country: str) -> Party | None:
    return next(iter(context.list_with_value(Party, "country", country)), None)
