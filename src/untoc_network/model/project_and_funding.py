"""Projects, and who pays for what."""

from __future__ import annotations

import attrs

from untoc_network.model.record import SourcedRecord
from untoc_network.values.dates import Period
from untoc_network.values.fields import about
from untoc_network.values.ids_and_codes import FundingId, InstrumentId, OrganizationId, ProjectId, RecordId
from untoc_network.values.json_forms import FromMapping, FromMappings, FromTexts, FromWordings
from untoc_network.values.multilingual_text import Alias, Text

__all__ = ["Funding", "Project"]


@attrs.frozen(kw_only=True)
class Project(SourcedRecord):
    """A piece of work with a name, a team and a time, such as SE4U."""

    id: ProjectId = attrs.field(metadata=about("Id", "Stable slug of the project."))
    name: Text = attrs.field(converter=FromWordings[Text], metadata=about("Name", "Its name, per language."))
    aliases: tuple[Alias, ...] = attrs.field(
        default=(), converter=FromMappings[Alias], metadata=about("Aliases", "Acronyms and short forms.")
    )
    period: Period | None = attrs.field(
        default=None, converter=FromMapping[Period | None], metadata=about("Period", "From when until when it runs.")
    )
    implementer_ids: tuple[OrganizationId, ...] = attrs.field(
        default=(),
        converter=FromTexts[OrganizationId],
        metadata=about("Implemented by", "The bodies that carry it out."),
    )
    partner_ids: tuple[OrganizationId, ...] = attrs.field(
        default=(), converter=FromTexts[OrganizationId], metadata=about("Partners", "Who works along.")
    )
    instrument_ids: tuple[InstrumentId, ...] = attrs.field(
        default=(), converter=FromTexts[InstrumentId], metadata=about("Instruments", "What it helps to implement.")
    )
    goals: tuple[str, ...] = attrs.field(
        default=(),
        converter=FromTexts[str],
        metadata=about("Goals", "Sustainable Development Goals or targets it serves: `16` or `16.4`."),
    )


@attrs.frozen(kw_only=True)
class Funding(SourcedRecord):
    """That a donor pays for one thing: the very event or project, since linked ones may have different donors."""

    id: FundingId = attrs.field(metadata=about("Id", "Stable slug of the funding."))
    donor_id: OrganizationId = attrs.field(metadata=about("Donor", "Who pays."))
    target_id: RecordId = attrs.field(metadata=about("Funded", "The very thing that is paid for."))
    period: Period | None = attrs.field(
        default=None, converter=FromMapping[Period | None], metadata=about("Period", "From when until when.")
    )
