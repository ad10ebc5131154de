"""What differs between two registers, in words: as text and as Markdown."""

from __future__ import annotations

import functools
import itertools
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from untoc_network.diagnostics.code import escape_unprintable, to_message_text
from untoc_network.matching import Edit, EditKind
from untoc_network.reports.report_markdown import escape_markdown, to_code_span
from untoc_network.reports.text_wrapping import wrap

__all__ = ["describe_edit", "render_difference", "render_difference_markdown"]

_SENTENCES: Mapping[EditKind, Sequence[str]] = {
    EditKind.RECORD_ADDED: ("added: {name}", "added"),
    EditKind.RECORD_REMOVED: ("taken out: {name}", "taken out"),
    EditKind.RECORD_MERGED: ("{old} was merged into {new}",),
    EditKind.MERGE_UNDONE: ("{old} leads to {new} no longer",),
    EditKind.MEMBER_JOINED: ("{organization} joined {network}",),
    EditKind.MEMBER_LEFT: ("{organization} left {network} ({end})", "{organization} left {network}"),
    EditKind.MEMBERSHIP_REMOVED: ("the membership of {organization} in {network} was taken out",),
    EditKind.EVENT_MOVED: ("moved from {before} to {after}",),
    EditKind.STEP_RECORDED: (
        "step recorded: {step} by {by} on {on}",
        "step recorded: {step} on {on}",
        "step recorded: {step} by {by}",
        "step recorded: {step}",
        "step recorded",
    ),
    EditKind.STEP_REMOVED: ("step taken out: {step} on {on}", "step taken out: {step}", "step taken out"),
    EditKind.CONTACT_ADDED: ("contact added",),
    EditKind.CONTACT_REMOVED: ("contact taken out",),
    EditKind.ITEM_ADDED: ("{field}: added {item}", "{field}: one added"),
    EditKind.ITEM_REMOVED: ("{field}: taken out {item}", "{field}: one taken out"),
    EditKind.FIELD_SET: ("{field} is now {after}", "{field} was filled in"),
    EditKind.FIELD_CHANGED: ("{field} changed from {before} to {after}", "{field} changed"),
    EditKind.FIELD_CLEARED: ("{field} is no longer {before}", "{field} was emptied"),
    EditKind.ORDER_CHANGED: ("{field} stands in another order",),
}
"""The ways to say each kind of edit; the first that has all its parameters is taken."""


_LISTS = "what lists said last time is remembered anew"


def describe_edit(edit: Edit) -> str:
    """An edit in a few words."""
    parts = {"field": edit.field, **{name: to_message_text(value) for name, value in edit.params}}
    return next(
        way.format_map(parts) for way in _SENTENCES[edit.kind] if _list_template_parameters(way) <= parts.keys()
    )


@functools.cache
def _list_template_parameters(way: str) -> frozenset[str]:
    """The parameters of a way to say something."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(way) if name)


def render_difference(edits: Iterable[Edit], *, width: int | None = 80) -> Iterator[str]:
    """The edits by record, then how many there are of each kind."""
    counts: Counter[EditKind | None] = Counter()
    for record, group in itertools.groupby(edits, key=_get_record_key):
        yield escape_unprintable(" ".join(filter(None, record)))
        for sentence in _describe_edits_of_record(group, counts):
            yield from wrap(escape_unprintable(sentence), width, "  ", "    ")
        yield ""
    yield _summarize_edit_counts(counts)


def render_difference_markdown(edits: Iterable[Edit]) -> Iterator[str]:
    """The same as Markdown: a heading with the numbers, then lists by record."""
    counts: Counter[EditKind | None] = Counter()
    groups = [
        (record, [*_describe_edits_of_record(group, counts)])
        for record, group in itertools.groupby(edits, key=_get_record_key)
    ]
    yield f"## {escape_markdown(_summarize_edit_counts(counts))}\n"
    for (collection, record_id), sentences in groups:
        yield (
            f"\n**{escape_markdown(collection)}** {to_code_span(record_id)}\n\n"
            if record_id
            else f"\n**{escape_markdown(collection)}**\n\n"
        )
        yield from (f"- {escape_markdown(sentence)}\n" for sentence in sentences)


def _describe_edits_of_record(edits: Iterable[Edit], counts: Counter[EditKind | None]) -> Iterator[str]:
    """What was done to one record, counted by its kind; whatever lists said anew in one sentence."""
    for edit in edits:
        kind = None if edit.is_of_lists else edit.kind
        if kind is not None or not counts[kind]:
            yield _LISTS if kind is None else describe_edit(edit)
        counts[kind] += 1


def _get_record_key(edit: Edit) -> tuple[str, str]:
    return (edit.collection, edit.id) if edit.collection else ("the register", "")


def _summarize_edit_counts(counts: Counter[EditKind | None]) -> str:
    told = sorted((kind, number) for kind, number in counts.items() if kind is not None)
    if not told:
        return "no other difference" if counts else "no difference"
    return ", ".join(f"{number} {kind.replace('-', ' ')}" for kind, number in told)
