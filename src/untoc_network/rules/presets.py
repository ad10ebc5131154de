"""Rule sets for purposes, as a table: which rules run for what, and how grave each is there."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from untoc_network.diagnostics.code import Explained
from untoc_network.diagnostics.findings import Severity

__all__ = ["PRESETS", "Preset"]


@attrs.frozen(kw_only=True)
class Preset:
    """What a rule set is for: the codes that run, those that do not, and rules that are graver or milder there.

    `lowered` rules are warnings at most; `raised` ones are errors. Codes may be given by their beginning.
    """

    about: str
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()

    def severity_of(self, rule: Explained) -> Severity | None:
        """The severity that a rule has for this purpose, where it is not its own."""
        if rule.code.startswith(self.raised) and rule.severity is not Severity.ERROR:
            return Severity.ERROR
        if rule.code.startswith(self.lowered) and rule.severity is Severity.ERROR:
            return Severity.WARNING
        return None


PRESETS: Mapping[str, Preset] = {
    "default": Preset(about="every rule with its own severity"),
    "strict": Preset(
        about="before publishing: what could expose people, or lacks a source, is an error",
        raised=("PR", "SR001", "SR003", "SR004", "SH001", "EV012", "XX003"),
    ),
    "lenient": Preset(
        about="on the first import: what people mend over time is a warning",
        lowered=("SH", "NW", "EV", "PT", "CR", "GR", "CD", "AC", "CT", "SR"),
    ),
    "privacy": Preset(about="only what could expose people", select=("PR", "CT003", "CR020")),
    "mechanism": Preset(
        about="only the Review Mechanism: parties, reviews, dialogues, accreditation, contributions",
        select=("PT", "CR", "GR", "CD", "AC", "CT"),
    ),
}
"""The rule sets that come with the library."""
