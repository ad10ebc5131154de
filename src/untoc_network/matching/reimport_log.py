"""What an import of a list does and finds: edits, findings at their places in the list, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import member_list_reimport as reimporting
from untoc_network.diagnostics.findings import Finding
from untoc_network.diagnostics.object_to_dict import BLANK, HasPlainForm, PlainForm
from untoc_network.matching.record_merge_context import FindingReporter
from untoc_network.matching.version_alignment import to_public_text
from untoc_network.model.listed_record import ListedRecord, ListPlace
from untoc_network.model.register import Change, Register
from untoc_network.values.multilingual_text import Text

__all__ = ["LeftOutPlace", "ListEdit", "Reimport", "ReimportLog"]


@attrs.frozen(kw_only=True)
class ListEdit(HasPlainForm):
    """One thing that an import does to a record: in which field, what, and why.

    `field` is empty where a whole record is added. `before` and `after` may be personal, and are not in `repr`;
    `public` tells whether anyone may see them.
    """

    collection: str
    id: str
    field: str
    what: str
    """`added`, `changed` or `removed`."""
    reason: str
    """`new-in-list`, `changed-in-list`, `gone-from-list`, `accepted` or `protected`."""
    before: Any = attrs.field(default=None, repr=False)
    after: Any = attrs.field(default=None, repr=False)
    public: bool = True

    @property
    def texts(self) -> tuple[str, str]:
        """What anyone may see of the values before and after; empty where it is not public, and where there is none."""
        return (_convert_to_public_text(self.before), _convert_to_public_text(self.after)) if self.public else ("", "")

    plain_form = PlainForm(
        "collection id field what reason before after",
        left_out=BLANK,
        before=lambda edit: edit.texts[0],
        after=lambda edit: edit.texts[1],
    )


def _convert_to_public_text(value: Any) -> str:
    if isinstance(value, Mapping) and not isinstance(value, Text):
        return ", ".join(f"{name} {to_public_text(one)}" for name, one in value.items())
    return to_public_text(value)


@attrs.frozen(kw_only=True)
class LeftOutPlace:
    """A place in the list of which the content is not in the register, and the code of the finding that says why."""

    place: ListPlace
    code: str


@attrs.frozen(kw_only=True)
class Reimport:
    """What came of bringing a list into a register.

    `missing_from_list` are the organizations, persons and events that this list had last time and has not any more;
    their records stay. `ids` has for every listed record, by the id that it came with, the one that it has in the
    register; None where it stays out.
    """

    register: Register
    changes: tuple[Change, ...] = attrs.field(default=(), repr=False)
    edits: tuple[ListEdit, ...] = attrs.field(default=(), repr=False)
    findings: tuple[Finding, ...] = attrs.field(default=(), repr=False)
    missing_from_list: tuple[str, ...] = ()
    left_out: tuple[LeftOutPlace, ...] = attrs.field(default=(), repr=False)
    ids: dict[str, str | None] = attrs.field(factory=dict, repr=False)


@attrs.define(kw_only=True)
class ReimportLog:
    """Gathers edits, findings, and what of the list is left out."""

    list_name: str
    findings: list[Finding] = attrs.field(factory=list)
    edits: list[ListEdit] = attrs.field(factory=list)
    left_out: list[LeftOutPlace] = attrs.field(factory=list)

    def reporter(self, listed: ListedRecord, record_id: str) -> FindingReporter:
        """What reports findings on one record, at the first place in the list of what each is about."""

        def report(rule: Code, path: str, item: Any, **params: str | int) -> None:
            places = self._places(listed, path, item)
            self.findings.append(_locate_finding_in_list(rule, places[0], record_id, **params))
            if rule in _NOT_TAKEN:
                self.left_out.extend(LeftOutPlace(place=place, code=rule.code) for place in places)

        return report

    def editor(self, collection: str, record_id: str) -> Callable[..., None]:
        """What notes edits of one record."""

        def add_edit(field: str, what: str, reason: str, before: Any, after: Any, *, public: bool) -> None:  # noqa: PLR0913
            self.edits.append(
                ListEdit(
                    collection=collection,
                    id=record_id,
                    field=field,
                    what=what,
                    reason=reason,
                    before=before,
                    after=after,
                    public=public,
                )
            )

        return add_edit

    def leave_out(
        self, listed: ListedRecord, record_id: str, field: str, rule: Code, item: Any = None, **params: str | int
    ) -> None:
        """Something is not imported: told at each of its places, never by what it says."""
        for place in self._places(listed, field, item):
            self.findings.append(_locate_finding_in_list(rule, place, record_id, field=field, **params))
            self.left_out.append(LeftOutPlace(place=place, code=rule.code))

    def _places(self, listed: ListedRecord, field: str, item: Any) -> tuple[ListPlace, ...]:
        return tuple(listed.where(field, item)) or (ListPlace(name=self.list_name),)


_NOT_TAKEN = frozenset(
    {
        reimporting.kept_register_value,
        reimporting.list_register_conflict,
        reimporting.unconfirmed_consent,
    }
)
"""Rules whose findings tell that something of the list is not in the register."""


def _locate_finding_in_list(rule: Code, place: ListPlace, record_id: str, **params: str | int) -> Finding:
    finding = rule.finding((), {"place": place.name, "id": record_id, **params}, subject=record_id)
    return attrs.evolve(finding, location=place.location)
