"""Where facts of a page were read: the sources that a register cites, rows of tables and provisions, with their day."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from untoc_network.diagnostics.findings import Basis
from untoc_network.engagement.country_overview import FactSource
from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.model.record import SourcedRecord
from untoc_network.model.source import Source
from untoc_network.reference.row_types import Row
from untoc_network.values.dates import PartialDate
from untoc_network.values.sources_and_claims import Citation

__all__ = ["FactCitations", "cite_row"]

_DATED = (
    "conference_sessions",
    "dialogues",
    "events",
    "observer_rules",
    "review_groups",
    "review_steps",
    "snapshots",
    "working_group_sessions",
)
"""The tables whose sources entry points and time limits rest on."""


@attrs.frozen(kw_only=True)
class FactCitations:
    """The sources of facts, as a register that is shown has them."""

    agenda: DayAgenda

    def cite(self, *holders: SourcedRecord | None, only: Iterable[Citation] = ()) -> tuple[FactSource, ...]:
        """The sources `only` names, or else those of the records; the register itself where there are none."""
        citations = (*only,) or tuple(one for holder in holders if holder is not None for one in holder.sources)
        found = [self._describe_citation(one) for one in citations]
        return tuple(dict.fromkeys(found)) or (FactSource(document=None, day=self.agenda.register.as_of),)

    def _describe_citation(self, citation: Citation) -> FactSource:
        source = self.agenda.register.by_id.get(self.agenda.register.resolved(citation.source_id))
        if not isinstance(source, Source):
            return FactSource(document=None, day=self.agenda.register.as_of, certainty=citation.certainty)
        return FactSource(
            document=source.title,
            provision=citation.paragraph,
            url=source.url,
            day=source.published or source.retrieved or self.agenda.register.as_of,
            certainty=citation.certainty,
        )

    def cite_bases(self, bases: Iterable[Basis | None]) -> tuple[FactSource, ...]:
        """What time limits and entry points rest on; the register itself where it alone has them."""
        found = dict.fromkeys(self._describe_basis(basis) for basis in bases if basis is not None)
        return tuple(found) or (FactSource(document=None, day=self.agenda.register.as_of),)

    def _describe_basis(self, basis: Basis) -> FactSource:
        day = self.agenda.once(_map_days_by_source).get(basis.source or "")
        return FactSource(
            document=basis.document,
            provision=basis.provision,
            url=basis.source,
            day=day,
            certainty=basis.certainty,
        )


def _map_days_by_source(agenda: DayAgenda) -> dict[str, PartialDate]:
    """The day that what was read at an address is of, as the tables of facts have it."""
    found: dict[str, PartialDate] = {}
    for source in agenda.register.sources:
        day = source.published or source.retrieved or agenda.register.as_of
        if source.url is not None and day is not None:
            found[source.url] = day
    for row in (row for name in _DATED for row in agenda.facts.table(name)):
        for address in dict.fromkeys((row.source, *row.source.split(" ; "))):
            found[address] = max(found.get(address, row.as_of), row.as_of)
    return found


def cite_row(row: Row, document: str, provision: str | None = None) -> FactSource:
    """A row of a table of facts as the source of what it says."""
    return FactSource(document=document, provision=provision, url=row.source, day=row.as_of, certainty=row.certainty)
