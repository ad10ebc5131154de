"""What a stakeholder can still take part in, as text for a terminal, as Markdown, and as plain JSON types."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from untoc_network.engagement.point import EntryPoint, Reason
from untoc_network.engagement.said import Said, said
from untoc_network.engagement.wording import words_of
from untoc_network.findings import Basis, Certainty
from untoc_network.render.markdown import escaped
from untoc_network.rules.rule import printable

__all__ = ["entry_points_to_dict", "render_entry_points", "render_entry_points_markdown"]

_MARKS = {"met": "+", "not-met": "-", "unknown": "?"}
Part = tuple[str, str]
"""A label and what stands after it."""


def render_entry_points(points: tuple[EntryPoint, ...], *, width: int | None = 80) -> Iterator[str]:
    """The entry points one after the other, what closes first first; `+`, `-` and `?` mark what is met or not known."""
    if not points:
        yield from _wrapped(words_of("none"), width, "", "")
    for point in points:
        mark = "x " if point.is_shut else ""
        yield from _wrapped(f"{mark}{_due(point)}: {_words(point.title)}", width, "", "    ")
        for label, told in _parts(point):
            yield from _wrapped(told, width, f"  {label:<10}  ", " " * 14)
        for reason in point.reasons:
            yield from _wrapped(_reason(reason), width, f"  {_MARKS[reason.verdict]} ", "    ")
        yield ""


def render_entry_points_markdown(points: tuple[EntryPoint, ...]) -> Iterator[str]:
    """The same as Markdown: two sections, a heading and a list for each entry point."""
    if not points:
        yield f"{escaped(words_of('none'))}\n"
    shown = None
    for point in points:
        section = words_of("heading.shut" if point.is_shut else "heading.open")
        if section != shown:
            yield f"## {escaped(section)}\n\n"
            shown = section
        yield f"### {escaped(_words(point.title))}\n\n"
        yield f"- **{escaped(_due(point))}**\n"
        for label, told in _parts(point):
            yield f"- *{label}:* {escaped(told)}\n"
        for reason in point.reasons:
            yield f"- *{words_of(f'verdict.{reason.verdict}')}:* {escaped(_reason(reason))}\n"
        yield "\n"


def entry_points_to_dict(points: Iterable[EntryPoint]) -> list[dict[str, object]]:
    """The entry points as plain JSON types, each text as its key, its values and the words they make."""
    return [
        point.to_dict()
        | {
            "title": _told(point.title),
            "where": _told(point.where),
            "next_step": _told(point.next_step),
            "send": None if point.send is None else _told(point.send),
            "reasons": [reason.to_dict() | {"said": _told(reason.said)} for reason in point.reasons],
        }
        for point in points
    ]


def _told(what: Said) -> dict[str, object]:
    return what.to_dict() | {"text": words_of(what)}


def _parts(point: EntryPoint) -> Iterator[Part]:
    yield "where", _words(point.where)
    if point.starts is not None:
        ends = point.ends or point.starts
        yield "on", _words(said("held.day" if ends == point.starts else "held.span", starts=point.starts, ends=ends))
    yield "access", words_of(f"access.{point.access}")
    yield "decides", words_of(f"decides.{point.decides or 'unknown'}")
    yield "next", _words(point.next_step)
    if point.send is not None:
        yield "send", _words(point.send)
    for blocker in point.blocked_by:
        key = "waits" if blocker.by is None else "waits.by"
        yield "waits for", _words(said(key, step=blocker.step, actor=blocker.actor, by=blocker.by or ""))
    if point.basis is not None:
        yield "basis", _basis(point.basis)
    if point.closes is not None and point.closes.basis is not None:
        yield "due", _basis(point.closes.basis)
    for link in point.links:
        yield "link", link


def _due(point: EntryPoint) -> str:
    closes = point.closes
    if closes is None:
        return words_of("due.unknown")
    key = "due.day" if closes.earliest == closes.latest else "due.span"
    if closes.latest.certainly_before(point.on):
        key = "due.past"
    return _words(said(key, earliest=closes.earliest, latest=closes.latest))


def _reason(reason: Reason) -> str:
    parts = (_words(reason.said), "" if reason.required else words_of("priority"))
    return " ".join(filter(None, parts))


def _basis(basis: Basis) -> str:
    place = f"{basis.document}, {basis.provision}" if basis.provision else basis.document
    return place if basis.certainty is Certainty.SEEN else f"{place} ({words_of(f'certainty.{basis.certainty}')})"


def _words(what: Said) -> str:
    return printable(" ".join(words_of(what).split()))


def _wrapped(text: str, width: int | None, first: str, rest: str) -> list[str]:
    return textwrap.wrap(printable(text), width or 10_000, initial_indent=first, subsequent_indent=rest)
