"""What differs between two registers, in the words of the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Params, sort_params
from untoc_network.diagnostics.object_to_dict import BLANK, HasPlainForm, PlainForm
from untoc_network.matching.version_alignment import align_items, align_records, is_public_field, to_public_text
from untoc_network.model.event import Event
from untoc_network.model.extension import OwnFields, declare
from untoc_network.model.network import Membership
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of, nested_class
from untoc_network.values.multilingual_text import Text

__all__ = ["Edit", "EditKind", "diff"]


class EditKind(StrEnum):
    """What was done to a register, or to a record of it."""

    RECORD_ADDED = "record-added"
    RECORD_REMOVED = "record-removed"
    RECORD_MERGED = "record-merged"
    MERGE_UNDONE = "merge-undone"
    MEMBER_JOINED = "member-joined"
    MEMBER_LEFT = "member-left"
    MEMBERSHIP_REMOVED = "membership-removed"
    EVENT_MOVED = "event-moved"
    STEP_RECORDED = "step-recorded"
    STEP_REMOVED = "step-removed"
    CONTACT_ADDED = "contact-added"
    CONTACT_REMOVED = "contact-removed"
    ITEM_ADDED = "item-added"
    ITEM_REMOVED = "item-removed"
    FIELD_SET = "field-set"
    FIELD_CHANGED = "field-changed"
    FIELD_CLEARED = "field-cleared"
    ORDER_CHANGED = "order-changed"


NEEDING_VALUES = frozenset(
    {
        EditKind.RECORD_MERGED,
        EditKind.MERGE_UNDONE,
        EditKind.MEMBER_JOINED,
        EditKind.MEMBER_LEFT,
        EditKind.MEMBERSHIP_REMOVED,
        EditKind.EVENT_MOVED,
    }
)
"""What cannot be told without its values, which are ids and days."""

_OF_LISTS = frozenset({"lists", "list_rows"})


@attrs.frozen(kw_only=True)
class Edit(HasPlainForm):
    """One difference: what was done, to which record and field, and the values that anyone may see.

    `collection` and `id` are empty for what is said of the register itself. `params` hold public values only: of a
    field that is not public it is told that it changed, and no more.
    """

    kind: EditKind
    collection: str = ""
    id: str = ""
    field: str = ""
    params: Params = ()

    @property
    def is_of_lists(self) -> bool:
        """Whether it is of what the register remembers of lists: an import changes that, and nobody decided it."""
        return not self.collection and self.field in _OF_LISTS

    plain_form = PlainForm("kind collection id field params", left_out=BLANK, params=lambda edit: dict(edit.params))


@check_arguments
def diff(before: Register, after: Register) -> tuple[Edit, ...]:
    """What was done to get from one register to the other, in the order of the collections and ids.

    Empty only where the two are equal, so what lists said last time counts too (`Edit.is_of_lists`); in words all of it
    is one line. Pure, and linear in the size of the registers.
    """
    return tuple(_iterate_edits(before, after))


def _iterate_edits(before: Register, after: Register) -> Iterator[Edit]:
    for shape in fields_of(Register):
        if shape.name not in COLLECTIONS:
            yield from _compare_fields(
                shape, getattr(before, shape.name), getattr(after, shape.name), "", _make_edit_factory("", "")
            )
    declared = declare((*after.extensions, *before.extensions))
    for name in COLLECTIONS:
        for key, (old, new) in align_records(name, before, after):
            if old != new:
                yield from _compare_records(old, new, _make_edit_factory(name, key))
                yield from _compare_own_fields(old, new, declared, _make_edit_factory(name, key))


Editing = Callable[..., Edit]
"""Makes an edit of one record: of a kind, in a field, with parameters."""


def _make_edit_factory(collection: str, record_id: str) -> Editing:
    def edit(kind: EditKind, field: str = "", params: Params = ()) -> Edit:
        return Edit(kind=kind, collection=collection, id=record_id, field=field, params=params)

    return edit


def _compare_records(old: Any, new: Any, edit: Editing) -> Iterator[Edit]:
    if old is None or new is None:
        yield _make_added_or_removed_edit(new if old is None else old, edit, added=old is None)
        return
    told: frozenset[str] = frozenset()
    if isinstance(new, Membership) and _is_membership_over(new) and not _is_membership_over(old):
        told = frozenset({"period", "end_reason"})
        yield edit(
            EditKind.MEMBER_LEFT,
            "period",
            _make_params(**_make_membership_params(new), end=_format_membership_end(new)),
        )
        if new.period is not None and new.period.start != (old.period.start if old.period else None):
            told = frozenset({"end_reason"})
    if (
        isinstance(new, Event)
        and _format_event_days(old) != _format_event_days(new)
        and "" not in (_format_event_days(old), _format_event_days(new))
    ):
        told = frozenset(_WHEN)
        yield edit(
            EditKind.EVENT_MOVED, "starts", _make_params(before=_format_event_days(old), after=_format_event_days(new))
        )
    for shape in fields_of(new.__class__):
        if shape.name not in told and shape.type is not Extra:
            yield from _compare_fields(shape, getattr(old, shape.name), getattr(new, shape.name), "", edit)


_WHEN = ("starts", "ends", "starts_at", "ends_at")


def _format_event_days(event: Event) -> str:
    """All that an event says of when it is, as ISO 8601 writes a span."""
    starts, ends = event.starts_at or event.starts or "", event.ends_at or event.ends or ""
    return f"{starts}/{ends}" if ends else str(starts)


def _is_membership_over(membership: Membership) -> bool:
    period = membership.period
    ended = period is not None and (
        period.end is not None or (period.ending is not None and period.ending != "running")
    )
    return ended or membership.end_reason is not None


def _format_membership_end(membership: Membership) -> str:
    period = membership.period
    return str(period.end) if period is not None and period.end is not None else str(membership.end_reason or "")


def _make_membership_params(membership: Membership) -> dict[str, str]:
    return {"organization": membership.organization_id, "network": membership.network_id}


def _make_added_or_removed_edit(record: Any, edit: Editing, *, added: bool) -> Edit:
    """A record that came or went."""
    if isinstance(record, Membership):
        kind = EditKind.MEMBER_JOINED if added else EditKind.MEMBERSHIP_REMOVED
        return edit(kind, "", sort_params(_make_membership_params(record)))
    kind = EditKind.RECORD_ADDED if added else EditKind.RECORD_REMOVED
    return edit(kind, "", _make_params(name=_get_public_name(record)))


def _get_public_name(record: Any) -> str:
    """The name of a record, where anyone may see it."""
    return next(
        (
            to_public_text(getattr(record, shape.name))
            for shape in fields_of(record.__class__)
            if is_public_field(shape) and shape.name in ("name", "title")
        ),
        "",
    )


def _make_params(**parts: str) -> Params:
    return sort_params({name: value for name, value in parts.items() if value})


# -- fields ------------------------------------------------------------------------------------------------------------


def _compare_fields(shape: FieldShape, old: Any, new: Any, within: str, edit: Editing) -> Iterator[Edit]:
    if old == new:
        return
    place = f"{within}{shape.name}"
    if shape.many:
        yield from _compare_lists(shape, old, new, place, edit)
    elif not is_public_field(shape):
        yield edit(_choose_edit_kind(old, new), place)
    elif isinstance(old, Text) and isinstance(new, Text):
        for language in sorted({*old, *new}):
            yield from _compare_values(old.get(language), new.get(language), f"{place}.{language}", edit)
    elif nested_class(shape) and old is not None and new is not None:
        for part in fields_of(nested_class(shape)):
            yield from _compare_fields(part, getattr(old, part.name), getattr(new, part.name), f"{place}.", edit)
    else:
        yield from _compare_values(old, new, place, edit)


def _compare_own_fields(old: Any, new: Any, declared: OwnFields, edit: Editing) -> Iterator[Edit]:
    """What differs in the own fields of a record that both registers have."""
    if None in (old, new) or old.extra == new.extra:
        return
    before, after = ({} if one.extra is None else one.extra.one_by_one() for one in (old, new))
    for namespace, name in sorted({*before, *after}):
        one, other = before.get((namespace, name)), after.get((namespace, name))
        if one != other:
            is_public = declared.get_sensitivity(type(new), namespace, name) is Sensitivity.PUBLIC
            texts = {"before": _to_own_text(one), "after": _to_own_text(other)} if is_public else {}
            yield edit(_choose_edit_kind(one, other), f"extra.{namespace}.{name}", _make_params(**texts))


def _to_own_text(field: Extra | None) -> str:
    return "" if field is None else ", ".join(text for _, text in field.leaves())


def _compare_values(old: Any, new: Any, place: str, edit: Editing) -> Iterator[Edit]:
    if old != new:
        yield edit(
            _choose_edit_kind(old, new), place, _make_params(before=to_public_text(old), after=to_public_text(new))
        )


def _choose_edit_kind(old: Any, new: Any) -> EditKind:
    return EditKind.FIELD_SET if old is None else EditKind.FIELD_CLEARED if new is None else EditKind.FIELD_CHANGED


def _compare_lists(shape: FieldShape, old: Any, new: Any, place: str, edit: Editing) -> Iterator[Edit]:
    before, after = align_items(old, new)
    added, removed = _ADDED_TO.get(shape.name, (EditKind.ITEM_ADDED, EditKind.ITEM_REMOVED))
    for key, item in before.items():
        if key not in after:
            yield edit(removed, place, _make_public_item_params(shape, item))
    for key, item in after.items():
        if key not in before:
            yield edit(added, place, _make_public_item_params(shape, item))
        elif item != before[key]:
            yield from _compare_items(shape, before[key], item, place, edit)
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield edit(EditKind.ORDER_CHANGED, place)


def _compare_items(shape: FieldShape, old: Any, new: Any, place: str, edit: Editing) -> Iterator[Edit]:
    if not is_public_field(shape):
        yield edit(EditKind.FIELD_CHANGED, place)
        return
    known_by = to_public_text(tuple(getattr(new, part.name) for part in fields_of(new.__class__) if part.required))
    for part in fields_of(new.__class__):
        label = getattr(new, "key", None) or known_by
        yield from _compare_fields(part, getattr(old, part.name), getattr(new, part.name), f"{place}[{label}].", edit)


_ADDED_TO = {
    "contacts": (EditKind.CONTACT_ADDED, EditKind.CONTACT_REMOVED),
    "log": (EditKind.STEP_RECORDED, EditKind.STEP_REMOVED),
    "redirects": (EditKind.RECORD_MERGED, EditKind.MERGE_UNDONE),
}
"""The lists of which it has a word of its own that something came or went."""


def _make_public_item_params(shape: FieldShape, item: Any) -> Params:
    """What anyone may see of an item."""
    if not is_public_field(shape):
        return ()
    if shape.name == "redirects":
        return sort_params({"old": item.old_id, "new": item.new_id})
    if shape.name == "log":
        return _make_params(step=to_public_text(item.step), on=to_public_text(item.on), by=to_public_text(item.by))
    return _make_params(item=to_public_text(item))
