"""Applications for status and admission, and what may be done at a session, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from untoc_network.engagement.applications_and_rights import Decision, Objection, Right, TrackedApplication
from untoc_network.engagement.translatable_message import MessageFormatter, make_message
from untoc_network.i18n.language_words import Words
from untoc_network.reports.text_table import render_table
from untoc_network.reports.text_wrapping import wrap

__all__ = ["render_applications", "render_rights"]

_HEAD = ("application", "forum", "organization", "path", "state", "objections", "decisions")
_MARKS = {"met": "+", "not-met": "-", "unknown": "?"}


def render_applications(
    applications: Iterable[TrackedApplication], *, width: int | None = 80, languages: Sequence[str | Words] = ("en",)
) -> Iterator[str]:
    """A line for each application; `?` where its log leaves open whether it had come so far by then."""
    teller = MessageFormatter(languages)
    rows = [
        (
            one.id,
            teller.label("constructive-dialogue" if one.forum == "dialogue" else one.forum),
            one.organization_id or "?",
            teller.label(one.path or ""),
            f"{teller.state(one.states[-1])}{'?' if len(one.states) > 1 else ''}",
            ", ".join(_format_objection(objection, teller) for objection in one.objections),
            ", ".join(_format_decision(decision, teller) for decision in one.decisions),
        )
        for one in applications
    ]
    yield from render_table([teller.of(f"head.{name}") for name in _HEAD], rows, width=width, colon=teller.words.colon)
    yield teller.of(make_message("application", number=len(rows)))


def render_rights(
    rights: Iterable[Right], *, width: int | None = 80, languages: Sequence[str | Words] = ("en",)
) -> Iterator[str]:
    """A line for each act: `+` it may, `-` it may not, `?` not known; with the provision."""
    teller = MessageFormatter(languages)
    for right in rights:
        act = f"{_MARKS[right.verdict]} {teller.label(right.act)}{teller.words.colon}"
        text = f"{act} {teller.of(right.said)} [{teller.basis(right.basis)}]"
        yield from wrap(text, width, rest="    ")


def _format_objection(objection: Objection, teller: MessageFormatter) -> str:
    parts = (
        teller.country(objection.by or "?"),
        teller.plain(objection.on or ""),
        None if objection.stands else teller.of("objection.over"),
    )
    return " ".join(part for part in parts if part)


def _format_decision(decision: Decision, teller: MessageFormatter) -> str:
    vote = f"{decision.vote.in_favour}:{decision.vote.against}" if decision.vote else None
    return " ".join(part for part in (teller.label(decision.step), teller.plain(decision.on or ""), vote) if part)
