"""Numbers as sources give them: how exact, of what, on which basis."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import about
from untoc_network.values.json_forms import FromDate, FromMappings, FromText, FromWordings
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import SelfChecked
from untoc_network.values.sources_and_claims import Citation

__all__ = ["Count", "CountBasis", "CountUnit", "Qualifier"]


class Qualifier(StrEnum):
    """How the number relates to the true one."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more-than"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


class CountUnit(StrEnum):
    """What one of the counted is."""

    PEOPLE = "people"
    ORGANIZATIONS = "organizations"
    STATES = "states"
    STAKEHOLDERS = "stakeholders"
    """The source says stakeholders and leaves open whether it counts people or organizations."""


class CountBasis(StrEnum):
    """On which occasion they were counted."""

    REGISTERED = "registered"
    ADMITTED = "admitted"
    ATTENDED = "attended"
    MEMBERS = "members"
    STATED = "stated"
    """The source gives the number without saying how it was arrived at."""


@attrs.frozen(kw_only=True, weakref_slot=False)
class Count(SelfChecked):
    """A number that a source gives. Raises `ImpossibleValue` where it is negative."""

    value: int = attrs.field(metadata=about("Value", "The number as printed."))
    qualifier: Qualifier = attrs.field(
        converter=FromText[Qualifier], metadata=about("Qualifier", "Exact, about, more than, at least, at most.")
    )
    unit: CountUnit = attrs.field(
        converter=FromText[CountUnit],
        metadata=about("Unit", "People, organizations, States, or stakeholders unspecified."),
    )
    basis: CountBasis = attrs.field(
        converter=FromText[CountBasis],
        metadata=about("Basis", "Registered, admitted, attended, members, or just stated."),
    )
    of: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Of", "Who was counted, in words.")
    )
    as_of: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("As of", "The day the number holds for.")
    )
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where the number was read.")
    )

    def _refuse_impossible(self) -> None:
        if self.value < 0:
            raise ImpossibleValue("count-negative")

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest true number that this statement allows; an `about` allows any."""
        return {
            Qualifier.EXACT: (self.value, self.value),
            Qualifier.ABOUT: (0, float("inf")),
            Qualifier.MORE_THAN: (self.value + 1, float("inf")),
            Qualifier.AT_LEAST: (self.value, float("inf")),
            Qualifier.AT_MOST: (0, self.value),
        }[self.qualifier]
