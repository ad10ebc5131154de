"""An opportunity: one thing that one organization may take part in, before any condition is asked; and its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Basis
from untoc_network.engagement.assessed_entry_point import Blocker, Duty, KnownDay
from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.engagement.known_sessions import (
    Session,
    describe_place,
    make_basis_of_record,
)
from untoc_network.engagement.translatable_message import Message, Value
from untoc_network.model.accreditation import AccreditationStep
from untoc_network.model.country_review import (
    CountryReviewStep,
)
from untoc_network.model.dialogue import ApplicationStep, DialogueStep
from untoc_network.model.organization_and_person import Theme
from untoc_network.process.procedure import Procedure
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids_and_codes import CountryCode

__all__ = [
    "Opportunity",
    "get_first_and_last_day",
    "list_awaited_steps",
    "make_session_of_event",
    "make_session_opportunity",
]


@attrs.frozen(kw_only=True, eq=False)
class Opportunity:
    """What it is about, its days, and what the wordings of its kind are filled with.

    `thing` is what its conditions look at; `next_step` the name of the wording of what to do next; `basis` what it
    rests on, where that is more than the provision of its kind; `provision` what lets in, where that of its kind is for
    others. `follows` says after which session it takes place.
    """

    subject_id: str
    thing: Any = None
    values: Mapping[str, Value] = attrs.field(factory=dict)
    opens: KnownDay | None = None
    closes: KnownDay | None = None
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    country: str | None = None
    topics: tuple[Theme, ...] = ()
    published: KnownDay | None = None
    basis: Basis | None = None
    provision: Basis | None = None
    next_step: str = "next"
    send: Mapping[str, Value] | None = None
    blocked_by: tuple[Blocker, ...] = ()
    duties: tuple[Duty, ...] = ()
    follows: Message | None = None
    links: tuple[str, ...] = ()


def make_session_of_event(agenda: DayAgenda, event: Any) -> Session:
    """An event of the register as what takes place."""
    return Session(
        id=event.id,
        record=event,
        name=event.name,
        first=event.first_day,
        last=event.last_day or event.first_day,
        place=describe_place(event),
        topics=event.themes,
        basis=make_basis_of_record(agenda.register, event),
        page=event.page,
    )


def make_session_opportunity(session: Session) -> Opportunity:
    """What all opportunities at a session or meeting have."""
    known: dict[str, Value | None] = {
        "topics": session.topics,
        "name": session.name,
        "session": session.number,
        "place": session.place,
    }
    return Opportunity(
        subject_id=session.id,
        thing=session.record,
        values={name: value for name, value in known.items() if value},
        starts=session.first,
        ends=session.last,
        topics=session.topics,
        basis=session.basis,
        links=() if session.page is None else (session.page,),
    )


def get_first_and_last_day(session: Session) -> tuple[KnownDay | None, KnownDay | None]:
    """From the first day to the last."""
    if session.first is None or (session.from_page and not session.first.is_exact):
        return None, None
    return KnownDay.of(session.first, session.basis), KnownDay.of(session.last or session.first, session.basis)


_WAITED_FOR = frozenset(
    {
        CountryReviewStep.START,
        CountryReviewStep.NOMINATE_FOCAL_POINT,
        CountryReviewStep.HOLD_INITIAL_CONSULTATION,
        DialogueStep.OPEN_CALL,
        ApplicationStep.APPROVE,
        ApplicationStep.WITHDRAW_OBJECTIONS,
        AccreditationStep.CIRCULATE,
        AccreditationStep.GRANT,
        AccreditationStep.DECIDE_IN_FAVOUR,
    }
)
"""The steps of others that let stakeholders in."""


def list_awaited_steps(
    procedure: Procedure,
    thing: Any,
    agenda: DayAgenda,
    *,
    by: CountryCode | None = None,
    objectors: tuple[CountryCode, ...] = (),
) -> Iterator[Blocker]:
    """The steps of others that the procedure allows next and that let stakeholders in; with `by`, of that State."""
    known: dict[str, Any] = {"register": agenda.register, "reference": agenda.facts}
    for step in procedure.what_next(thing, agenda.on, **known):
        if step.step in _WAITED_FOR and step.waits_for is None and (by is None or step.by in (None, by)):
            withdrawing = step.step == ApplicationStep.WITHDRAW_OBJECTIONS
            for who in objectors or (None,) if withdrawing else (step.by,):
                yield Blocker(procedure=procedure.name, step=step.step, actor=step.actor, by=who)
