"""What differs between two registers, in words: as text and as Markdown."""

from __future__ import annotations

import functools
import itertools
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from untoc_network.diagnostics.code import escape_unprintable, to_message_text
from untoc_network.i18n.language_words import Words, english
from untoc_network.matching import Edit, EditKind
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.reports.field_paths import name_path, name_value
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


_COUNTED: Mapping[EditKind, str] = {
    EditKind.RECORD_ADDED: "{number:record added|records added}",
    EditKind.RECORD_REMOVED: "{number:record removed|records removed}",
    EditKind.RECORD_MERGED: "{number:record merged|records merged}",
    EditKind.MERGE_UNDONE: "{number:merge undone|merges undone}",
    EditKind.MEMBER_JOINED: "{number:member joined|members joined}",
    EditKind.MEMBER_LEFT: "{number:member left|members left}",
    EditKind.MEMBERSHIP_REMOVED: "{number:membership removed|memberships removed}",
    EditKind.EVENT_MOVED: "{number:event moved|events moved}",
    EditKind.STEP_RECORDED: "{number:step recorded|steps recorded}",
    EditKind.STEP_REMOVED: "{number:step removed|steps removed}",
    EditKind.CONTACT_ADDED: "{number:contact added|contacts added}",
    EditKind.CONTACT_REMOVED: "{number:contact removed|contacts removed}",
    EditKind.ITEM_ADDED: "{number:item added|items added}",
    EditKind.ITEM_REMOVED: "{number:item removed|items removed}",
    EditKind.FIELD_SET: "{number:field set|fields set}",
    EditKind.FIELD_CHANGED: "{number:field changed|fields changed}",
    EditKind.FIELD_CLEARED: "{number:field cleared|fields cleared}",
    EditKind.ORDER_CHANGED: "{number:order changed|orders changed}",
}
"""How many edits of a kind there are."""
_LISTS = "what lists said last time is remembered anew"


def describe_edit(edit: Edit, words: Words | None = None) -> str:
    """An edit in a few words. In English fields, values and steps are called by their codes, as in the file."""
    words = words or english()
    parts = {"field": edit.field, **{name: to_message_text(value) for name, value in edit.params}}
    if words.told:
        parts |= {name: words.label(parts[name]) for name in ("step", "end") if name in parts}
        cls = COLLECTIONS.get(edit.collection, Register)
        parts["field"] = name_path(edit.field, cls, words)
        values = (name for name in ("before", "after", "item") if name in parts)
        parts |= {name: name_value(parts[name], edit.field, cls, words) for name in values}
    way = next(way for way in _SENTENCES[edit.kind] if _list_template_parameters(way) <= parts.keys())
    return words.tell(way, **parts)


@functools.cache
def _list_template_parameters(way: str) -> frozenset[str]:
    """The parameters of a way to say something."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(way) if name)


def render_difference(edits: Iterable[Edit], *, width: int | None = 80, words: Words | None = None) -> Iterator[str]:
    """The edits by record, then how many there are of each kind."""
    words = words or english()
    counts: Counter[EditKind | None] = Counter()
    for (collection, record_id), group in itertools.groupby(edits, key=_get_record_key):
        yield escape_unprintable(" ".join(filter(None, (_name_collection(collection, words), record_id))))
        for sentence in _describe_edits_of_record(group, counts, words):
            yield from wrap(escape_unprintable(sentence), width, "  ", "    ")
        yield ""
    yield _summarize_edit_counts(counts, words)


def render_difference_markdown(edits: Iterable[Edit], *, words: Words | None = None) -> Iterator[str]:
    """The same as Markdown: a heading with the numbers, then lists by record."""
    words = words or english()
    counts: Counter[EditKind | None] = Counter()
    groups = [
        (record, [*_describe_edits_of_record(group, counts, words)])
        for record, group in itertools.groupby(edits, key=_get_record_key)
    ]
    yield f"## {escape_markdown(_summarize_edit_counts(counts, words))}\n"
    for (plural, record_id), sentences in groups:
        collection = _name_collection(plural, words)
        yield (
            f"\n**{escape_markdown(collection)}** {to_code_span(record_id)}\n\n"
            if record_id
            else f"\n**{escape_markdown(collection)}**\n\n"
        )
        yield from (f"- {escape_markdown(sentence)}\n" for sentence in sentences)


def _describe_edits_of_record(edits: Iterable[Edit], counts: Counter[EditKind | None], words: Words) -> Iterator[str]:
    """What was done to one record, counted by its kind; whatever lists said anew in one sentence."""
    for edit in edits:
        kind = None if edit.is_of_lists else edit.kind
        if kind is not None or not counts[kind]:
            yield words.tell(_LISTS) if kind is None else describe_edit(edit, words)
        counts[kind] += 1


def _get_record_key(edit: Edit) -> tuple[str, str]:
    return (edit.collection, edit.id) if edit.collection else ("", "")


def _name_collection(collection: str, words: Words) -> str:
    """What a collection is called; the register itself where there is none."""
    return words.labels_and_collections.get(collection, collection) if collection else words.tell("the register")


def _summarize_edit_counts(counts: Counter[EditKind | None], words: Words) -> str:
    told = sorted((kind, number) for kind, number in counts.items() if kind is not None)
    if not told:
        return words.tell("no other difference" if counts else "no difference")
    return ", ".join(words.tell(_COUNTED[kind], number=number) for kind, number in told)
