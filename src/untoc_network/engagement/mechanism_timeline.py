"""What takes place over the years: sessions of the Conference and its groups, dialogues, phases of the reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

import attrs

from untoc_network.diagnostics.findings import Basis
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.engagement.known_sessions import (
    Session,
    list_conference_sessions,
    list_dialogues,
    list_working_group_sessions,
)
from untoc_network.model.organization_and_person import Theme
from untoc_network.model.register import Register
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate
from untoc_network.values.multilingual_text import Text

__all__ = ["TimelineEntry", "TimelineLane", "list_timeline_entries"]

_SINCE = PartialDate("2018")
"""The year of the session that set up the Mechanism, by resolution 9/1."""


class TimelineLane(StrEnum):
    """What an entry of the timeline is one of."""

    CONFERENCE = "conference"
    WORKING_GROUPS = "working-groups"
    DIALOGUES = "dialogues"
    PHASES = "phases"


@attrs.frozen(kw_only=True)
class TimelineEntry(HasPlainForm):
    """One session, dialogue or phase with its days, as far as known, and what that rests on.

    `number` is that of the session of the Conference, `group` and `phase` are those of the reviews.
    """

    lane: TimelineLane
    first: PartialDate
    last: PartialDate
    name: Text | None = None
    number: int | None = None
    topics: tuple[Theme, ...] = ()
    group: int | None = None
    phase: int | None = None
    basis: Basis | None = None

    plain_form = PlainForm("lane first last name number topics group phase basis")


@check_arguments
def list_timeline_entries(
    register: Register, *, since: PartialDate = _SINCE, reference: Reference | None = None
) -> tuple[TimelineEntry, ...]:
    """What the register and the facts know of, from a year on, by lane and day; also what lies ahead.

    Phases are those of the calendar that the Mechanism set out with: their years are no days that anything was done.
    """
    facts = reference or packaged()
    entries = [*_list_sessions(register, facts), *_list_phases(facts)]
    lanes = tuple(TimelineLane)
    shown = (entry for entry in entries if not entry.last.certainly_before(since))
    return tuple(sorted(shown, key=lambda one: (lanes.index(one.lane), one.group or 0, one.first.first, one.last.last)))


def _list_sessions(register: Register, facts: Reference) -> Iterator[TimelineEntry]:
    for lane, find in _SESSIONS.items():
        for session in find(register, facts):
            first = session.first or session.last
            if first is not None:
                yield TimelineEntry(
                    lane=lane,
                    first=first,
                    last=session.last or first,
                    name=session.name,
                    number=session.number,
                    topics=session.topics,
                    basis=session.basis,
                )


_SESSIONS: dict[TimelineLane, Callable[[Register, Reference], Iterable[Session]]] = {
    TimelineLane.CONFERENCE: list_conference_sessions,
    TimelineLane.WORKING_GROUPS: list_working_group_sessions,
    TimelineLane.DIALOGUES: list_dialogues,
}


def _list_phases(facts: Reference) -> Iterator[TimelineEntry]:
    for row in facts.table("nominal_phases"):
        yield TimelineEntry(
            lane=TimelineLane.PHASES,
            first=row.starts,
            last=row.ends,
            group=row.group,
            phase=row.phase,
            basis=row.basis("nominal calendar", f"group {row.group}, phase {row.phase}"),
        )
