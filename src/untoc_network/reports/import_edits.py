"""What an import does to a register, field by field, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.code import to_message_text
from untoc_network.matching.reimport_log import ListEdit

__all__ = ["render_list_edits"]

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
        yield f"{place}: {_describe_edit(edit)} ({_REASONS[edit.reason]})"


def _describe_edit(edit: ListEdit) -> str:
    values = edit.texts
    if edit.what == "changed" and all(values):
        return f"'{to_message_text(values[0])}' becomes '{to_message_text(values[1])}'"
    told = next((f" '{to_message_text(value)}'" for value in values if value), "")
    return f"{edit.what}{told}"
