"""What an export is made with, and what comes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Report
from untoc_network.model.event import Event
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.dates import PartialDate, require_whole_day
from untoc_network.values.ids_and_codes import LanguageTag
from untoc_network.values.self_checked_classes import TEXT_FORMS

__all__ = ["ExportOptions", "Exported", "GraphGrouping", "GraphView", "ImportOptions", "make_export_options"]


class GraphView(StrEnum):
    """Whose ties a picture or graph of the network shows."""

    ORGANIZATION_NETWORK = "organization-network"
    ORGANIZATION_EVENT = "organization-event"
    NETWORK_NETWORK = "network-network"


class GraphGrouping(StrEnum):
    """By what organizations stand together in a picture that has no room for each."""

    COUNTRY = "country"
    THEME = "theme"


@attrs.frozen(kw_only=True)
class ExportOptions:
    """How an export is to be made; each form looks at those that concern it.

    `on` is the day for which consents, memberships and deadlines are looked at. `language` is the one that names are
    wanted in. `base` opens the addresses of records in JSON-LD, `domain` ends the identifiers of calendar entries.
    `previous` is the calendar that was published before: entries that changed since get a higher sequence number, and
    those that are gone are cancelled. `most` bounds what a picture shows of each kind; organizations that are more
    stand in groups, `group_by` country or theme. With `sessions`, the Mechanism's
    own sessions and dialogues stand in the calendar too, as far as the packaged facts know their days.
    """

    on: PartialDate
    language: str = "en"
    base: str = "urn:untoc-network:"
    domain: str = "untoc-network"
    previous: bytes | None = None
    view: GraphView = GraphView.ORGANIZATION_NETWORK
    most: int = 40
    group_by: GraphGrouping = GraphGrouping.COUNTRY
    sessions: bool = False


@attrs.frozen(kw_only=True)
class ImportOptions:
    """How something is to be read: what findings call the file, its limits, the language of names that state none.

    `domain` is the one that a calendar was exported with, so that its entries are the records again. `held` are the ids
    of the register that it is read into, each with the class of its record: records of that class alone get such an id.
    `list_name` is what the register calls it; its source is named by it.
    `events` are the events of that register: an entry of a calendar that is one of them already stays the same.
    """

    file: str | None = None
    limits: Limits = Limits()
    language: str = "und"
    domain: str = "untoc-network"
    held: Mapping[str, type[Any]] = attrs.field(factory=dict, repr=False)
    list_name: str | None = None
    events: tuple[Event, ...] = attrs.field(default=(), repr=False)


@attrs.frozen(kw_only=True)
class Exported:
    """The bytes of an export, and what was left out or changed on the way."""

    data: bytes = attrs.field(repr=False)
    report: Report


def make_export_options(  # noqa: PLR0913
    on: PartialDate | dt.date | str,
    *,
    language: str = "en",
    base: str = "urn:untoc-network:",
    domain: str = "untoc-network",
    previous: bytes | None = None,
    view: GraphView | str = GraphView.ORGANIZATION_NETWORK,
    most: int = 40,
    group_by: GraphGrouping | str = GraphGrouping.COUNTRY,
    sessions: bool = False,
) -> ExportOptions:
    """The options of a call. Raises `ImpossibleValue` for a day or language that is none, or a number below one."""
    if not TEXT_FORMS[LanguageTag].fits(language):
        raise ImpossibleValue("a language is named by its tag, such as es or pt-BR")
    if most < 1:
        raise ImpossibleValue("a picture shows at least one of each kind")
    return ExportOptions(
        on=require_whole_day(on, "an export is made for"),
        language=language,
        base=base,
        domain=domain,
        previous=previous,
        view=GraphView(view),
        most=most,
        group_by=GraphGrouping(group_by),
        sessions=sessions,
    )
