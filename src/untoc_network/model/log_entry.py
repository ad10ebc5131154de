"""What a log of a procedure is written in: who took a step, when, and why. The state follows from the log alone."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import about
from untoc_network.values.ids_and_codes import CountryCode
from untoc_network.values.json_forms import FromDate, FromMappings, FromText, FromTextOrTexts, FromWordings
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import SelfChecked
from untoc_network.values.sources_and_claims import Citation

__all__ = ["Actor", "Entry"]


class Actor(StrEnum):
    """Who takes a step of the Mechanism."""

    STATE_UNDER_REVIEW = "state-under-review"
    REVIEWING_STATE = "reviewing-state"
    STATE = "state"
    """Any State that the step concerns: under review, reviewing, or represented in the Conference."""
    STATES_IN_REVIEW = "states-in-review"
    """The State under review and the reviewing States in one act."""
    FOCAL_POINT = "focal-point"
    DRAWING_OF_LOTS = "drawing-of-lots"
    SECRETARIAT = "secretariat"
    CONFERENCE = "conference"
    BUREAU = "bureau"
    EXTENDED_BUREAU = "extended-bureau"
    WORKING_GROUP = "working-group"
    CHAIR = "chair"
    APPLICANT = "applicant"


@attrs.frozen(kw_only=True)
class Entry(SelfChecked):
    """One line of a log; each procedure adds the `step` that was taken. Lines stand in the order of the steps."""

    on: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("On", "The day, as far as known.")
    )
    actor: Actor | None = attrs.field(
        default=None, converter=FromText[Actor | None], metadata=about("Actor", "In which role it was taken.")
    )
    by: tuple[CountryCode, ...] = attrs.field(
        default=(),
        converter=FromTextOrTexts[CountryCode],
        metadata=about("By", "The State or States that took it, as far as known.", bare_one=True),
    )
    reason: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Reason", "Why, as far as it was given.")
    )
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )

    def may_be_by(self, country: CountryCode | str) -> bool:
        """Whether a State took it, as far as known: it is named, or nobody is."""
        return not self.by or country in self.by
