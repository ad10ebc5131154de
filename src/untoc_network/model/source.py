"""Sources: the texts and tables that content was taken from."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.model.record import Record
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import about
from untoc_network.values.ids_and_codes import LanguageTag, OrganizationId, SourceId, Url
from untoc_network.values.json_forms import FromDate, FromMapping, FromText, FromWordings
from untoc_network.values.multilingual_text import Text
from untoc_network.values.place_and_link import Place

__all__ = ["Source", "SourceKind"]


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
    LIST_OF_PERSONS = "list-of-persons"
    """Such as of who took part: an organization that no other source names is shown to nobody outside."""


@attrs.frozen(kw_only=True)
class Source(Record):
    """A text or table that content was taken from."""

    id: SourceId = attrs.field(metadata=about("Id", "Stable slug of the source."))
    title: Text = attrs.field(
        converter=FromWordings[Text], metadata=about("Title", "The title as printed, per language.")
    )
    kind: SourceKind = attrs.field(
        converter=FromText[SourceKind], metadata=about("Kind", "Press note, web page, resolution, treaty and so on.")
    )
    publisher_id: OrganizationId | None = attrs.field(
        default=None, metadata=about("Publisher", "The body that published it.")
    )
    url: Url | None = attrs.field(default=None, metadata=about("URL", "Where it was read."))
    place: Place | None = attrs.field(
        default=None, converter=FromMapping[Place | None], metadata=about("Place", "The place in its dateline.")
    )
    symbol: str | None = attrs.field(
        default=None, metadata=about("Document symbol", "The symbol of a United Nations document or resolution.")
    )
    language: LanguageTag | None = attrs.field(default=None, metadata=about("Language", "The language it was read in."))
    published: PartialDate | None = attrs.field(
        default=None,
        converter=FromDate,
        metadata=about("Published", "The date that the text itself bears."),
    )
    retrieved: PartialDate | None = attrs.field(
        default=None,
        converter=FromDate,
        metadata=about("Retrieved", "When it was read; one address may serve other text later."),
    )
