"""What somebody decided about two records that look alike: that they are not one."""

from __future__ import annotations

import datetime as dt

from untoc_network.diagnostics.errors import ImpossibleValue, UnknownRecord
from untoc_network.model.register import AnyRecord, Register
from untoc_network.model.remembered_lists_and_erasures import DistinctPair
from untoc_network.values import ids_and_codes as ids
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate

__all__ = ["not_duplicates"]


@check_arguments
def not_duplicates(
    register: Register,
    one: str,
    other: str,
    *,
    on: PartialDate | dt.date | str | None = None,
    by: str | None = None,
) -> Register:
    """The register with the decision that two records, alike as they may be, are not one: `duplicates` skips the pair.

    `on` is the day of the decision, `by` the id of the person or body that decided. The first decision on a pair
    stands. Raises `UnknownRecord` where one of the records, or who decided, is not there, and `ImpossibleValue` where
    the two are one record, or of two kinds.
    """
    pair: list[AnyRecord] = [register[record_id] for record_id in (one, other)]
    if pair[0] is pair[1] or type(pair[0]) is not type(pair[1]):
        raise ImpossibleValue(f"{one!r} and {other!r} cannot be kept apart: they are one record, or of two kinds")
    if by is not None and by not in register:
        raise UnknownRecord(f"no record has the id {by!r}")
    first, second = sorted(str(record.id) for record in pair)
    if any((first, second) == (held.one_id, held.other_id) for held in register.distinct):
        return register
    decision = DistinctPair(
        one_id=ids.RecordId(first),
        other_id=ids.RecordId(second),
        on=None if on is None else PartialDate.of(on),
        by_id=None if by is None else ids.StakeholderId(by),
    )
    return register.with_changes(distinct=(*register.distinct, decision))[0]
