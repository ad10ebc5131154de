"""One record beside what a list said of it last time and says now: what its merge looks at, and where it reports."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.code import Code
from untoc_network.matching.list_memory import ListMemory, read_said_digests
from untoc_network.model.listed_record import ListedRecord
from untoc_network.model.remembered_lists_and_erasures import RememberedRow
from untoc_network.values.consent_and_contact import Consent, Purpose

__all__ = ["FindingReporter", "RecordComparison", "RegisterQueries", "replace_fields"]

FindingReporter = Callable[..., None]
"""Called with a rule, the path of a field, an item of it or None, and the parameters of the message."""


@attrs.frozen(kw_only=True)
class RegisterQueries:
    """What the merge of one record has to ask of the rest of the register."""

    is_said_elsewhere: Callable[[str, Any], bool]
    """Whether another row or list says this of the record: a path, and the value or what the item is known by."""
    was_ever_agreed: Callable[[Purpose], bool]
    """Whether another row or list ever gave a consent to this purpose for the record."""
    accept_consents: bool = False
    keys_in_use: Container[str] = ()
    """Keys of its items by which other records speak of them."""


class RecordComparison:
    """What is known of one record and of the entry that is about it; what is done and told is gathered here."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        memory: ListMemory,
        listed: ListedRecord,
        row: RememberedRow | None,
        queries: RegisterQueries,
        report: FindingReporter,
        add_edit: Callable[..., None],
    ) -> None:
        self.memory, self.listed, self.queries = memory, listed, queries
        self.report, self.add_edit = report, add_edit
        self.base = read_said_digests(row)
        self.is_known = row is not None and bool(row.said)
        last = row.sequence if row is not None else None
        self.is_newer = listed.sequence is not None and last is not None and listed.sequence > last
        self.said: list[str] = []
        """What the row says now, as it is to be remembered."""

    def speaks_of(self, path: str, item: Any = None) -> bool:
        """Whether the list speaks of a field, of a part of it, or of items of that kind."""
        gives = self.listed.gives
        kind = getattr(item, "kind", None) or getattr(item, "heading", None)
        return gives is None or not gives.isdisjoint((path, path.partition(".")[0], f"{path}.{kind}"))

    def has_given(self, consent: Consent) -> bool:
        """Whether the list said exactly this consent last time."""
        said = self.base.get("consents", {}).values()
        return self.memory.digest("consents", consent) in {one.content for one in said}

    def keep_register_value(self, path: str, rule: Code, item: Any = None, **params: str) -> None:
        """The register's value stands against what the list says."""
        self.report(rule, path, item, field=path, **params)

    def carry_over(self, path: str) -> None:
        """What the list said of a field that it does not speak of this time counts as said."""
        self.said += [one.written(path) for one in self.base.get(path, {}).values()]


def replace_fields(record: Any, fields: Mapping[str, Any]) -> Any:
    """The record with these fields; itself where it has them, as most records of a list that comes again do."""
    changed = {name: value for name, value in fields.items() if getattr(record, name) != value}
    return attrs.evolve(record, **changed) if changed else record
