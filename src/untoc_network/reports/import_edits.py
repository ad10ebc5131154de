"""What an import does to a register, field by field, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.code import to_message_text
from untoc_network.i18n.language_words import Words, english
from untoc_network.matching.reimport_log import ListEdit
from untoc_network.model.register import COLLECTIONS
from untoc_network.reports.field_paths import name_path

__all__ = ["render_list_edits"]

_REASONS = {
    "new-in-list": "new in the list",
    "changed-in-list": "changed in the list",
    "gone-from-list": "no longer in the list",
    "accepted": "accepted by hand",
    "protected": "the list gives it no longer",
}

_WITH_VALUE = {"added": "added '{value}'", "changed": "changed '{value}'", "removed": "removed '{value}'"}


def render_list_edits(edits: Iterable[ListEdit], *, words: Words | None = None) -> Iterator[str]:
    """One line for each edit; of what is not public only that it changes."""
    said = words or english()
    for edit in edits:
        collection = said.labels_and_collections.get(edit.collection, edit.collection)
        field = name_path(edit.field, COLLECTIONS[edit.collection], said)
        place = " ".join(filter(None, (collection, edit.id, field)))
        yield f"{place}{said.colon} {_describe_edit(edit, said)} ({said.tell(_REASONS[edit.reason])})"


def _describe_edit(edit: ListEdit, words: Words) -> str:
    values = edit.texts
    if edit.what == "changed" and all(values):
        before, after = map(to_message_text, values)
        return words.tell("'{before}' becomes '{after}'", before=before, after=after)
    value = next((to_message_text(value) for value in values if value), "")
    return words.tell(_WITH_VALUE[edit.what], value=value) if value else words.tell(edit.what)
