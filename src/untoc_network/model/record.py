"""What every record of the register carries besides its own content."""

from __future__ import annotations

import attrs

from untoc_network.values.fields import Sensitivity, about
from untoc_network.values.source import Blank, Citation, Claim
from untoc_network.values.text import Note

__all__ = ["Record"]


@attrs.frozen(kw_only=True)
class Record:
    """Where a record's content comes from, what sources claim of it, and why a field of it is blank."""

    sources: tuple[Citation, ...] = attrs.field(default=(), metadata=about("Sources", "Where the content was read."))
    claims: tuple[Claim, ...] = attrs.field(
        default=(), metadata=about("Claims", "What single sources say of single fields, where they differ.")
    )
    blanks: tuple[Blank, ...] = attrs.field(
        default=(), metadata=about("Blanks", "Fields that are openly left without a value, and why.")
    )
    notes: tuple[Note, ...] = attrs.field(
        default=(),
        repr=False,
        metadata=about("Notes", "Remarks for those who keep the register.", Sensitivity.INTERNAL),
    )
