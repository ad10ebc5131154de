"""Where content comes from: sources, citations of them, and claims that may contradict each other."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.diagnostics.findings import Certainty
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import about
from untoc_network.values.ids_and_codes import LanguageTag, OrganizationId, SourceId, Url
from untoc_network.values.multilingual_text import Text
from untoc_network.values.place_and_link import Place
from untoc_network.values.self_checked_classes import SelfChecked

__all__ = ["Blank", "BlankReason", "Citation", "Claim", "Source", "SourceKind"]


class SourceKind(StrEnum):
    """What a source is."""

    PRESS_NOTE = "press-note"
    WEB_PAGE = "web-page"
    RESOLUTION = "resolution"
    TREATY = "treaty"
    REPORT = "report"
    DOCUMENT = "document"
    CORRESPONDENCE = "correspondence"
    REGISTER = "register"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Source(SelfChecked):
    """A text or table that content was taken from."""

    id: SourceId = attrs.field(metadata=about("Id", "Stable slug of the source."))
    title: Text = attrs.field(metadata=about("Title", "The title as printed, per language."))
    kind: SourceKind = attrs.field(metadata=about("Kind", "Press note, web page, resolution, treaty and so on."))
    publisher_id: OrganizationId | None = attrs.field(
        default=None, metadata=about("Publisher", "The body that published it.")
    )
    url: Url | None = attrs.field(default=None, metadata=about("URL", "Where it was read."))
    place: Place | None = attrs.field(default=None, metadata=about("Place", "The place in its dateline."))
    symbol: str | None = attrs.field(
        default=None, metadata=about("Document symbol", "The symbol of a United Nations document or resolution.")
    )
    language: LanguageTag | None = attrs.field(default=None, metadata=about("Language", "The language it was read in."))
    published: PartialDate | None = attrs.field(
        default=None, metadata=about("Published", "The date that the text itself bears.")
    )
    retrieved: PartialDate | None = attrs.field(
        default=None, metadata=about("Retrieved", "When it was read; one address may serve other text later.")
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class Citation(SelfChecked):
    """One place in a source that supports a record, and how sure that support is."""

    source_id: SourceId = attrs.field(metadata=about("Source", "The source that is cited."))
    paragraph: str | None = attrs.field(default=None, metadata=about("Paragraph", "Where in the source."))
    certainty: Certainty = attrs.field(
        default=Certainty.SEEN, metadata=about("Certainty", "Seen in the source, derived from it, recalled, disputed.")
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
    source: Citation = attrs.field(metadata=about("Source", "The source that says so."))
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
    reason: BlankReason = attrs.field(metadata=about("Reason", "Unknown, not applicable, known to be none, withheld."))
