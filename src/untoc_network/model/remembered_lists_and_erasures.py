"""What a register remembers besides its records: what was decided of them, and what lists said of them last time.

None of it is a record, and none of it is ever in a view, an export or a copy under pseudonyms. Of what a list said only
keyed digests are kept: whether it says the same again is all that an import has to know, and no second copy of personal
data arises.
"""

from __future__ import annotations

import attrs

from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import Sensitivity, about
from untoc_network.values.ids_and_codes import RecordId, StakeholderId
from untoc_network.values.json_forms import FromDate, FromTexts
from untoc_network.values.self_checked_classes import SelfChecked

__all__ = ["DistinctPair", "Erasure", "RememberedList", "RememberedRow"]


@attrs.frozen(kw_only=True, weakref_slot=False)
class DistinctPair(SelfChecked):
    """That somebody decided that two records, alike as they may be, are not one."""

    one_id: RecordId = attrs.field(metadata=about("One", "The record whose id sorts first.", Sensitivity.INTERNAL))
    other_id: RecordId = attrs.field(metadata=about("Other", "The record whose id sorts last.", Sensitivity.INTERNAL))
    on: PartialDate | None = attrs.field(
        default=None,
        converter=FromDate,
        metadata=about("On", "When it was decided.", Sensitivity.INTERNAL),
    )
    by_id: StakeholderId | None = attrs.field(
        default=None, metadata=about("By", "Who decided it.", Sensitivity.INTERNAL)
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class Erasure(SelfChecked):
    """That a person was erased, with keyed digests by which a list that names them again is recognised.

    Each digest says of what it is (`email:…`, `phone:…`, `name+body:…`); there is none of the name alone. Of a body
    there is a part of one (`body:3f`), which many bodies have.
    """

    record_id: RecordId = attrs.field(metadata=about("Record", "The tombstone that is left.", Sensitivity.INTERNAL))
    salt: str = attrs.field(repr=False, metadata=about("Salt", "The key of the digests.", Sensitivity.INTERNAL))
    on: PartialDate | None = attrs.field(
        default=None,
        converter=FromDate,
        metadata=about("On", "When the person was erased.", Sensitivity.INTERNAL),
    )
    digests: tuple[str, ...] = attrs.field(
        default=(),
        converter=FromTexts[str],
        repr=False,
        metadata=about("Digests", "Of what the person is recognised by.", Sensitivity.INTERNAL),
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class RememberedList(SelfChecked):
    """A list that was imported: its name, the key of its digests, and its headers as digests."""

    name: str = attrs.field(metadata=about("Name", "What the list is called.", Sensitivity.INTERNAL))
    salt: str = attrs.field(repr=False, metadata=about("Salt", "The key of the digests.", Sensitivity.INTERNAL))
    headers: tuple[str, ...] = attrs.field(
        default=(),
        converter=FromTexts[str],
        repr=False,
        metadata=about("Headers", "Digests of its headers.", Sensitivity.INTERNAL),
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class RememberedRow(SelfChecked):
    """What one row of a list said of one record when it was last imported.

    `said` has one text for each field and item, such as `founded:3f…` and `contacts:9a…`. Where nothing is in it, the
    row is known and what it said is not: then the list only adds.
    """

    list_name: str = attrs.field(metadata=about("List", "Which list it is a row of.", Sensitivity.INTERNAL))
    key: str = attrs.field(
        repr=False, metadata=about("Key", "Digest of what the row is known by.", Sensitivity.INTERNAL)
    )
    record_id: RecordId = attrs.field(metadata=about("Record", "The record that it is about.", Sensitivity.INTERNAL))
    said: tuple[str, ...] = attrs.field(
        default=(),
        converter=FromTexts[str],
        repr=False,
        metadata=about("Said", "Each field and item with a digest.", Sensitivity.INTERNAL),
    )
    sequence: int | None = attrs.field(
        default=None, metadata=about("Sequence", "The version that a calendar gave the entry.", Sensitivity.INTERNAL)
    )
