"""Applications for status and admission, and what may be done at a session, as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from untoc_network.engagement.admission import Decision, Objection, Right, TrackedApplication
from untoc_network.engagement.wording import label_of, words_of
from untoc_network.findings import Basis, Certainty
from untoc_network.render.table import render_table

__all__ = ["render_applications", "render_rights"]

_HEAD = ("application", "forum", "organization", "path", "state", "objections", "decisions")
_MARKS = {"met": "+", "not-met": "-", "unknown": "?"}


def render_applications(applications: Iterable[TrackedApplication], *, width: int | None = 80) -> Iterator[str]:
    """A line for each application; `?` where its log leaves open whether it had come so far by then."""
    rows = [
        (
            one.id,
            one.forum,
            one.organization_id or "?",
            one.path or "",
            f"{label_of(one.states[-1])}{'?' if len(one.states) > 1 else ''}",
            ", ".join(map(_objection, one.objections)),
            ", ".join(map(_decision, one.decisions)),
        )
        for one in applications
    ]
    yield from render_table(_HEAD, rows, width=width)
    yield f"{len(rows)} {'application' if len(rows) == 1 else 'applications'}"


def render_rights(rights: Iterable[Right], *, width: int | None = 80) -> Iterator[str]:
    """A line for each act: `+` it may, `-` it may not, `?` not known; with the provision."""
    for right in rights:
        text = f"{_MARKS[right.verdict]} {label_of(right.act)}: {words_of(right.said)} [{_basis(right.basis)}]"
        yield from textwrap.wrap(text, width or 10_000, subsequent_indent="    ")


def _objection(objection: Objection) -> str:
    parts = (objection.by or "?", objection.on, None if objection.stands else "over")
    return " ".join(part for part in parts if part)


def _decision(decision: Decision) -> str:
    vote = f"{decision.vote.in_favour}:{decision.vote.against}" if decision.vote else None
    return " ".join(part for part in (label_of(decision.step), decision.on, vote) if part)


def _basis(basis: Basis) -> str:
    place = f"{basis.document}, {basis.provision}" if basis.provision else basis.document
    return place if basis.certainty is Certainty.SEEN else f"{place} ({words_of(f'certainty.{basis.certainty}')})"
