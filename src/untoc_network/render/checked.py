"""What a report is about: how much was checked, by how many rules, on which day."""

from __future__ import annotations

import attrs

__all__ = ["Checked"]


@attrs.frozen(kw_only=True)
class Checked:
    """What a check looked at. A report without findings says little unless one knows what was looked at."""

    on: str
    records: int
    rules: int
    inputs: int = 1

    def __str__(self) -> str:
        records = "1 record" if self.records == 1 else f"{self.records} records"
        return f"{records} checked by {self.rules} rules on {self.on}"

    def to_dict(self) -> dict[str, str | int]:
        """The same as plain JSON types."""
        return attrs.asdict(self)
