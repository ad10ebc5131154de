"""Where content comes from: citations of sources, and claims that may contradict each other."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.diagnostics.findings import Certainty
from untoc_network.values.fields import about
from untoc_network.values.ids_and_codes import SourceId
from untoc_network.values.json_forms import FromMapping, FromText
from untoc_network.values.self_checked_classes import SelfChecked

__all__ = ["Blank", "BlankReason", "Citation", "Claim"]


@attrs.frozen(kw_only=True, weakref_slot=False)
class Citation(SelfChecked):
    """One place in a source that supports a record, and how sure that support is."""

    source_id: SourceId = attrs.field(metadata=about("Source", "The source that is cited."))
    paragraph: str | None = attrs.field(default=None, metadata=about("Paragraph", "Where in the source."))
    certainty: Certainty = attrs.field(
        default=Certainty.SEEN,
        converter=FromText[Certainty],
        metadata=about("Certainty", "Seen in the source, derived from it, seen in part, recalled, disputed."),
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class Claim(SelfChecked):
    """What one source says a field of the record is, so that contradicting sources stand side by side.

    `field` names a field of the record, with a dot before a field of what it holds (`links.order`). `value` is what
    the source says in one comparable form, for all languages alike; two claims on one field contradict each other
    where their values differ. `chosen` marks the one that the record follows.
    """

    field: str = attrs.field(metadata=about("Field", "The field that the claim is about."))
    value: str = attrs.field(metadata=about("Value", "What the source says, in one comparable form."))
    source: Citation = attrs.field(
        converter=FromMapping[Citation], metadata=about("Source", "The source that says so.")
    )
    chosen: bool = attrs.field(default=False, metadata=about("Chosen", "Whether the record follows this claim."))


class BlankReason(StrEnum):
    """Why a field has no value: what is unknown, not applicable, none and withheld are four different things."""

    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"
    NONE = "none"
    WITHHELD = "withheld"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Blank(SelfChecked):
    """A field that is openly left without a value. A field that is merely absent says nothing at all."""

    field: str = attrs.field(metadata=about("Field", "The field that has no value."))
    reason: BlankReason = attrs.field(
        converter=FromText[BlankReason],
        metadata=about("Reason", "Unknown, not applicable, known to be none, withheld."),
    )
