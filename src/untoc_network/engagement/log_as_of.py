"""What a log said on a day: the steps that were certainly taken by then, and those that may have been."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.model.country_review import CountryReview, Questionnaire
from untoc_network.model.log_entry import Entry
from untoc_network.model.register import Register
from untoc_network.process import COUNTRY_REVIEW, QUESTIONNAIRE
from untoc_network.process.procedure import Procedure
from untoc_network.values.dates import PartialDate

__all__ = ["list_questionnaire_states", "list_review_states", "states_as_of", "truncate_log"]


def truncate_log(thing: Any, register: Register, on: PartialDate) -> Any:
    """A thing with only those steps in its log that were certainly taken by a day."""
    return attrs.evolve(thing, log=thing.log[: _count_entries_taken(thing.log, register.as_of, on)[0]])


def states_as_of(procedure: Procedure, thing: Any, register: Register, on: PartialDate) -> tuple[StrEnum, ...]:
    """The states that a thing can have been in on a day, the earliest first; one where the log leaves no doubt.

    A log stands in the order of its steps. A step without a day was taken by the day that the register holds for.
    """
    least, most = _count_entries_taken(thing.log, register.as_of, on)
    logs = (thing.log[:number] for number in range(least, most + 1))
    return tuple(dict.fromkeys(procedure.state_of(attrs.evolve(thing, log=log)) for log in logs))


def list_review_states(agenda: DayAgenda, review: CountryReview) -> tuple[StrEnum, ...]:
    """The states that a country review can have been in on the day."""
    return agenda.once(_list_states, COUNTRY_REVIEW, review)


def list_questionnaire_states(agenda: DayAgenda, questionnaire: Questionnaire) -> tuple[StrEnum, ...]:
    """The states that a questionnaire can have been in on the day."""
    return agenda.once(_list_states, QUESTIONNAIRE, questionnaire)


def _list_states(agenda: DayAgenda, procedure: Procedure, thing: Any) -> tuple[StrEnum, ...]:
    return states_as_of(procedure, thing, agenda.register, agenda.on)


def _count_entries_taken(log: tuple[Entry, ...], as_of: PartialDate | None, on: PartialDate) -> tuple[int, int]:
    """How many of the first entries were certainly taken by the day, and how many may have been."""
    later = (number for number, entry in enumerate(log) if entry.on is not None and entry.on.certainly_after(on))
    most = next(later, len(log))
    taken = [number for number in range(most) if _is_taken(log[number], as_of, on)]
    return (taken[-1] + 1 if taken else 0), most


def _is_taken(entry: Entry, as_of: PartialDate | None, on: PartialDate) -> bool:
    by = entry.on or as_of
    return by is None or by.last <= on.first
