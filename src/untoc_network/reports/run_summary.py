"""What a report is about: how much was checked, by how many rules, on which day."""

from __future__ import annotations

import attrs

from untoc_network.diagnostics.plain_form import HasPlainForm
from untoc_network.i18n.language import Words, english

__all__ = ["Checked"]


@attrs.frozen(kw_only=True)
class Checked(HasPlainForm):
    """What a check looked at. A report without findings says little unless one knows what was looked at."""

    on: str
    records: int
    rules: int
    inputs: int = 1

    def __str__(self) -> str:
        return self.said(english())

    def said(self, words: Words) -> str:
        """The same in one line."""
        return words.ui("checked", records=words.counted("record", self.records), rules=self.rules, on=self.on)
