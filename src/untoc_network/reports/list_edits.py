"""What an import does to a register, field by field, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from untoc_network.diagnostics.code import to_message_text
from untoc_network.matching.list_alignment import public_text
from untoc_network.matching.reimport import ListEdit

__all__ = ["list_edit_to_dict", "render_list_edits"]

_REASONS = {
    "new-in-list": "new in the list",
    "changed-in-list": "changed in the list",
    "gone-from-list": "no longer in the list",
    "accepted": "accepted by hand",
    "protected": "the list gives it no longer",
}


def render_list_edits(edits: Iterable[ListEdit]) -> Iterator[str]:
    """One line for each edit; of what is not public only that it changes."""
    for edit in edits:
        place = " ".join(filter(None, (edit.collection, edit.id, edit.field)))
        yield f"{place}: {_words(edit)} ({_REASONS[edit.reason]})"


def list_edit_to_dict(edit: ListEdit) -> dict[str, str]:
    """An edit as plain JSON types, with the values that anyone may see."""
    parts = {name: getattr(edit, name) for name in ("collection", "id", "field", "what", "reason")}
    values = {"before": _text(edit.before), "after": _text(edit.after)} if edit.public else {}
    return {name: value for name, value in {**parts, **values}.items() if value}


def _words(edit: ListEdit) -> str:
    values = [_text(edit.before), _text(edit.after)] if edit.public else []
    if edit.what == "changed" and all(values) and values:
        return f"'{to_message_text(values[0])}' becomes '{to_message_text(values[1])}'"
    told = next((f" '{to_message_text(value)}'" for value in values if value), "")
    return f"{edit.what}{told}"


def _text(value: Any) -> str:
    if isinstance(value, Mapping) and not hasattr(value, "best"):
        return ", ".join(f"{name} {public_text(one)}" for name, one in value.items())
    return public_text(value)
