"""What a stakeholder can still take part in, as text for a terminal, as Markdown, and as plain JSON types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from untoc_network.diagnostics.code import escape_unprintable, flow
from untoc_network.engagement.assessed_entry_point import AssessedEntryPoint, Reason
from untoc_network.engagement.translatable_message import Message, MessageFormatter, make_message
from untoc_network.i18n.language_words import Words
from untoc_network.reports.report_markdown import escape_markdown
from untoc_network.reports.text_wrapping import wrap

__all__ = [
    "describe_entry_point",
    "entry_points_to_dict",
    "format_last_day",
    "render_entry_points",
    "render_entry_points_markdown",
]

_MARKS = {"met": "+", "not-met": "-", "unknown": "?"}
_NARROW = 10
_PARTS = (
    "where",
    "held",
    "follows",
    "access",
    "decides",
    "rights",
    "next",
    "send",
    "waits",
    "duty",
    "basis",
    "due",
    "link",
)
Languages = Sequence[str | Words]
Part = tuple[str, str]
"""The key of a label, and what stands after it."""


def render_entry_points(
    points: tuple[AssessedEntryPoint, ...], *, width: int | None = 80, languages: Languages = ("en",)
) -> Iterator[str]:
    """The entry points one after the other, as they are given; `+`, `-` and `?` mark what is met or not known."""
    teller = MessageFormatter(languages)
    labels = {key: teller.of(f"head.{key}") for key in _PARTS}
    wide = max(_NARROW, *map(len, labels.values()))
    if not points:
        yield from wrap(teller.of("none"), width)
    for point in points:
        due = format_last_day(point, teller)
        until = teller.of(make_message("due.shut", due=due)) if point.is_closed else due
        title = _format_message_on_one_line(point.title, teller)
        yield from wrap(escape_unprintable(f"{until}{teller.words.colon} {title}"), width, rest="    ")
        for key, told in describe_entry_point(point, teller):
            yield from wrap(escape_unprintable(told), width, f"  {labels[key]:<{wide}}  ", " " * (wide + 4))
        for reason in point.reasons:
            yield from wrap(
                escape_unprintable(_format_reason(reason, teller)), width, f"  {_MARKS[reason.verdict]} ", "    "
            )
        yield ""


def render_entry_points_markdown(
    points: tuple[AssessedEntryPoint, ...], *, languages: Languages = ("en",)
) -> Iterator[str]:
    """The same as Markdown: what is open, what opens later, what is closed; a heading and a list for each."""
    teller = MessageFormatter(languages)
    if not points:
        yield f"{escape_markdown(teller.of('none'))}\n"
    shown = None
    for point in points:
        section = teller.of(
            "heading.shut" if point.is_closed else "heading.ahead" if point.is_ahead else "heading.open"
        )
        if section != shown:
            yield f"## {escape_markdown(section)}\n\n"
            shown = section
        yield f"### {escape_markdown(_format_message_on_one_line(point.title, teller))}\n\n"
        yield f"- **{escape_markdown(format_last_day(point, teller))}**\n"
        for key, told in describe_entry_point(point, teller):
            yield f"- *{escape_markdown(teller.of(f'head.{key}'))}{teller.words.colon}* {escape_markdown(told)}\n"
        for reason in point.reasons:
            yield (
                f"- *{escape_markdown(teller.label(reason.verdict))}{teller.words.colon}* "
                f"{escape_markdown(_format_reason(reason, teller))}\n"
            )
        yield "\n"


def entry_points_to_dict(
    points: Iterable[AssessedEntryPoint], *, languages: Languages = ("en",)
) -> list[dict[str, object]]:
    """The entry points as plain JSON types, each text as its key, its values and the words they make."""
    teller = MessageFormatter(languages)
    return [
        point.to_dict()
        | {
            "title": _message_with_text(point.title, teller),
            "where": _message_with_text(point.where, teller),
            "next_step": _message_with_text(point.next_step, teller),
            "follows": None if point.follows is None else _message_with_text(point.follows, teller),
            "rights": None if point.rights is None else _message_with_text(point.rights, teller),
            "send": None if point.send is None else _message_with_text(point.send, teller),
            "duties": [duty.to_dict() | {"said": _message_with_text(duty.said, teller)} for duty in point.duties],
            "reasons": [
                reason.to_dict() | {"said": _message_with_text(reason.said, teller)} for reason in point.reasons
            ],
        }
        for point in points
    ]


def _message_with_text(what: Message, teller: MessageFormatter) -> dict[str, object]:
    return what.to_dict() | {"text": teller.of(what)}


def describe_entry_point(point: AssessedEntryPoint, teller: MessageFormatter) -> Iterator[Part]:
    """What there is to say of an entry point beside its title, its last day and its conditions."""
    yield "where", _format_message_on_one_line(point.where, teller)
    if point.starts is not None:
        ends = point.ends or point.starts
        held = make_message("held.day" if ends == point.starts else "held.span", starts=point.starts, ends=ends)
        yield "held", _format_message_on_one_line(held, teller)
    if point.follows is not None:
        yield "follows", _format_message_on_one_line(point.follows, teller)
    yield "access", teller.of(f"access.{point.access}")
    yield "decides", teller.of(f"decides.{point.decides or 'unknown'}")
    if point.rights is not None:
        yield "rights", _format_message_on_one_line(point.rights, teller)
    yield "next", _format_message_on_one_line(point.next_step, teller)
    if point.send is not None:
        yield "send", _format_message_on_one_line(point.send, teller)
    for blocker in point.blocked_by:
        key = "waits" if blocker.by is None else "waits.by"
        yield (
            "waits",
            _format_message_on_one_line(
                make_message(key, step=blocker.step, actor=blocker.actor, by=blocker.by or ""), teller
            ),
        )
    for duty in point.duties:
        basis = "" if duty.until.basis is None else f" ({teller.basis(duty.until.basis)})"
        yield "duty", f"{_format_message_on_one_line(duty.said, teller)}{basis}"
    if point.basis is not None:
        yield "basis", teller.basis(point.basis)
    if point.closes is not None and point.closes.basis is not None:
        yield "due", teller.basis(point.closes.basis)
    for link in point.links:
        yield "link", link


def format_last_day(point: AssessedEntryPoint, teller: MessageFormatter) -> str:
    """Until when one can act, as far as known."""
    closes = point.closes
    if closes is None:
        return teller.of("due.unknown")
    key = "due.day" if closes.earliest == closes.latest else "due.span"
    if closes.latest.certainly_before(point.on):
        key = "due.past"
    return _format_message_on_one_line(make_message(key, earliest=closes.earliest, latest=closes.latest), teller)


def _format_reason(reason: Reason, teller: MessageFormatter) -> str:
    parts = (_format_message_on_one_line(reason.said, teller), "" if reason.required else teller.of("priority"))
    return " ".join(filter(None, parts))


def _format_message_on_one_line(what: Message, teller: MessageFormatter) -> str:
    return escape_unprintable(flow(teller.of(what)))
