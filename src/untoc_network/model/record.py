"""What a record is, and what those carry whose content comes from sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from untoc_network.values.dates import PartialDate
from untoc_network.values.extra import EXTRA_ABOUT, Extra
from untoc_network.values.fields import Sensitivity, about
from untoc_network.values.ids_and_codes import StakeholderId
from untoc_network.values.json_forms import FromDate, FromMapping, FromMappings
from untoc_network.values.multilingual_text import Note
from untoc_network.values.self_checked_classes import SelfChecked
from untoc_network.values.sources_and_claims import Blank, Citation, Claim

__all__ = ["Acceptance", "Record", "SourcedRecord"]


@attrs.frozen(kw_only=True, weakref_slot=False)
class Acceptance(SelfChecked):
    """That a finding on a record is known and accepted: which rule, why, by whom, from when until when.

    The finding is then not told again until the acceptance expires. Acceptances are checked themselves: one that names
    no rule, has expired or accepts nothing is a finding.
    """

    rule: str = attrs.field(metadata=about("Rule", "The code of the rule, such as EV012."))
    reason: str = attrs.field(metadata=about("Reason", "Why the finding is accepted.", Sensitivity.INTERNAL))
    by_id: StakeholderId | None = attrs.field(
        default=None, metadata=about("By", "Who accepted it.", Sensitivity.INTERNAL)
    )
    on: PartialDate | None = attrs.field(
        default=None,
        converter=FromDate,
        metadata=about("On", "When it was accepted.", Sensitivity.INTERNAL),
    )
    until: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Until", "The last day that it holds.")
    )

    def holds(self, on: PartialDate | None) -> bool:
        """Whether it has not certainly expired on a day; where no day is given, it holds."""
        return on is None or self.until is None or not self.until.certainly_before(on)


@attrs.frozen(kw_only=True)
class Record(SelfChecked):
    """What a register keeps under an id: all that it is asked for by id, and all that it goes through, is of this."""

    if TYPE_CHECKING:

        @property
        def id(self) -> str:
            """The id, of the kind that the class has."""

    extra: Extra | None = attrs.field(
        default=None, converter=FromMapping[Extra | None], repr=False, metadata=EXTRA_ABOUT
    )


@attrs.frozen(kw_only=True)
class SourcedRecord(Record):
    """Where a record's content comes from, what sources claim of it, and why a field of it is blank."""

    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where the content was read.")
    )
    claims: tuple[Claim, ...] = attrs.field(
        default=(),
        converter=FromMappings[Claim],
        metadata=about("Claims", "What single sources say of single fields, where they differ."),
    )
    blanks: tuple[Blank, ...] = attrs.field(
        default=(),
        converter=FromMappings[Blank],
        metadata=about("Blanks", "Fields that are openly left without a value, and why."),
    )
    notes: tuple[Note, ...] = attrs.field(
        default=(),
        converter=FromMappings[Note],
        repr=False,
        metadata=about("Notes", "Remarks for those who keep the register.", Sensitivity.INTERNAL),
    )
    accepted: tuple[Acceptance, ...] = attrs.field(
        default=(),
        converter=FromMappings[Acceptance],
        metadata=about("Accepted findings", "Findings that are known and accepted."),
    )
