"""In force or not: the one reading of consents. Nothing else in this library reads the days of a consent.

A record holds the consents that were given for it, and they are read together:

- begins: on the last day that `given` can mean, that day included; without `given` it counts as begun
- ends by itself: after the first day that `expires` can mean, that day included
- is withdrawn: from the first day that `withdrawn` can mean, that day included, whatever else it says
- reaches: the audience that it names and every narrower one
- a withdrawal: ends every consent of its record to that purpose, before its own audience and every wider one
- opens again: only a consent that was surely given after the last day that the withdrawal can mean

So a withdrawal before the members ends what the public saw as well; one before the public leaves the members what they
have a consent for; one of publication leaves contact alone; one on a later day does nothing yet; and a consent that was
given on the day of the withdrawal, or on a day that is not known, opens nothing again. Where a partial day leaves a
doubt, the reading that shows less holds, and `find_uncertain_consent_days` names the day to ask for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.consent_and_contact import Audience, Consent, Purpose, audience_from_name
from untoc_network.values.dates import PartialDate, require_whole_day

__all__ = [
    "apply_first_withdrawal",
    "find_last_consent_end",
    "find_reversed_consent_days",
    "find_uncertain_consent_days",
    "intersect_consents",
    "is_covered",
    "join_consents_with_withdrawals",
    "list_covered_audiences",
    "list_visible_consents",
    "may",
    "was_consent_ever_recorded",
    "was_consent_withdrawn",
]


def may(
    record: Any,
    purpose: Purpose | str | Iterable[Purpose | str],
    audience: Audience | str,
    on: PartialDate | dt.date | str,
) -> bool:
    """Whether what a record holds may be used on a day for a purpose, or one of several, before an audience.

    The record is whatever has `consents`: an organization, a person, a contact, a contribution. How they are read, the
    list in `untoc_network.values.consent_evaluation` says. What needs no consent is a matter of who asks.

    Raises `ImpossibleValue` where `on` is no whole day, there is no such purpose or audience, or what is asked about
    has no `consents`.
    """
    purposes, seen_by, day = _to_purposes(purpose), audience_from_name(audience), require_whole_day(on)
    return is_covered(_get_consents(record), purposes, seen_by, day)


def is_covered(held: tuple[Consent, ...], purposes: Collection[Purpose], audience: Audience, on: PartialDate) -> bool:
    """The same of consents, asked with values that are known to be what they must be."""
    return bool(held and list_covered_audiences(held, purposes, (audience,), on))


def list_covered_audiences(
    held: tuple[Consent, ...], purposes: Collection[Purpose], audiences: Iterable[Audience], on: PartialDate
) -> tuple[Audience, ...]:
    """The same for several audiences: those before whom one of the consents is in force."""
    asked = [one for one in held if one.purpose in purposes]
    if not asked:
        return ()
    in_force = _ConsentsOnDay(held, on.first).in_force
    return tuple([audience for audience in audiences if any(in_force(one, audience) for one in asked)])


def was_consent_ever_recorded(record: Any, purpose: Purpose | str | Iterable[Purpose | str]) -> bool:
    """Whether a consent to a purpose, or to one of several, was ever recorded, in force or not.

    Raises `ImpossibleValue` where there is no such purpose, or what is asked about has no `consents`.
    """
    purposes = _to_purposes(purpose)
    return any(one.purpose in purposes for one in _get_consents(record))


def list_visible_consents(record: Any, audience: Audience, on: PartialDate) -> tuple[Consent, ...]:
    """The consents that go with what an audience sees of a record, so that whoever has it knows how far it goes.

    They are those in force before the audience. Where a withdrawal keeps them from the wider audience that they name,
    and no other says how far the purpose reaches, the withdrawal goes with them.
    """
    held = _get_consents(record)
    reading = _ConsentsOnDay(held, on.first)
    reaching = [one for one in held if reading.in_force(one, audience)]
    if not reading.ends:
        return tuple(reaching)
    whole = [one for one in reaching if reading.in_force(one, one.audience)]
    cut = {one.purpose: one.audience for one in reaching} if len(whole) < len(reaching) else {}
    for one in whole:
        cut.pop(one.purpose, None)
    kept = {id(one) for one in (*whole, *(one for one in reaching if one.purpose in cut))}
    for end in held:
        if end.purpose in cut and reading.is_withdrawn(end) and not audience.reaches(end.audience):
            kept.add(id(end))
    return tuple(one for one in held if id(one) in kept)


def find_last_consent_end(record: Any, on: PartialDate) -> PartialDate | None:
    """The day on which the last consent of a record came to its end; None where it has none, or one is not surely over.

    A consent is over where it was withdrawn, where a withdrawal before those internal ended it, or where its last day
    has surely passed.
    """
    held = _get_consents(record)
    reading = _ConsentsOnDay(held, on.first)
    ends = [reading.end_of(one) for one in held]
    known = [end for end in ends if end is not None]
    return max(known, key=_get_last_day) if known and len(known) == len(ends) else None


def find_uncertain_consent_days(record: Any, on: PartialDate) -> Iterator[tuple[int, str]]:
    """The days of a record's consents on which the answer of `may` hangs: the place of the consent, and the field.

    Each is known to the month or year alone, and what is not allowed might be with the whole day. Nothing is told where
    the answer is the same however the days are read.
    """
    held = _get_consents(record)
    if not any(map(_has_inexact_dates, held)):
        return
    reading = _ConsentsOnDay(held, on.first)
    granted = {(one.purpose, audience) for one in held for audience in Audience if reading.in_force(one, audience)}
    told: set[tuple[int, str]] = set()
    for position, one in enumerate(held):
        for audience in Audience:
            if one.audience.reaches(audience) and (one.purpose, audience) not in granted:
                told.update(reading.doubts_of(position, audience))
    yield from sorted(told)


def intersect_consents(one: Consent, other: Consent) -> Consent:
    """Of two versions of one consent what both allow: the narrower audience, the later beginning, the earlier ends.

    Neither allows less than what comes of it, on any day. Of the basis, the first one's stands. Raises
    `ImpossibleValue` where they are for two purposes.
    """
    if one.purpose is not other.purpose:
        raise ImpossibleValue("two versions of one consent must be for the same purpose")
    return attrs.evolve(
        one,
        audience=one.audience if other.audience.reaches(one.audience) else other.audience,
        given=_choose_known_date(max, (one.given, other.given), _get_last_day),
        withdrawn=_choose_known_date(min, (one.withdrawn, other.withdrawn), _get_first_day),
        expires=_choose_known_date(min, (one.expires, other.expires), _get_first_day),
    )


def was_consent_withdrawn(consent: Consent) -> bool:
    """Whether a consent itself was ever withdrawn, on whatever day."""
    return consent.withdrawn is not None


def join_consents_with_withdrawals(consents: Iterable[Consent]) -> tuple[Consent, ...]:
    """The consents of records that became one, each once: what a withdrawal among them ends says so itself."""
    held = tuple(dict.fromkeys(consents))
    ends = [one for one in held if one.withdrawn is not None]
    return tuple(dict.fromkeys(one if one in ends else apply_first_withdrawal(one, ends) for one in held))


def apply_first_withdrawal(one: Consent, others: Iterable[Consent]) -> Consent:
    """The consent, withdrawn on the first day on which one of the others ends it; itself where none does so earlier."""
    days = [day for end in others if (day := _find_withdrawal_day(end, one)) is not None]
    first = min(days, key=_get_first_day, default=None)
    if first is None or (one.withdrawn is not None and one.withdrawn.first <= first.first):
        return one
    return attrs.evolve(one, withdrawn=first)


def _find_withdrawal_day(end: Consent, one: Consent) -> PartialDate | None:
    """The day from which a withdrawal keeps another consent from the audience that it names."""
    day = end.withdrawn
    later = one.given is not None and day is not None and one.given.certainly_after(day)
    return day if end.purpose is one.purpose and one.audience.reaches(end.audience) and not later else None


def find_reversed_consent_days(consent: Consent) -> tuple[PartialDate, PartialDate] | None:
    """The days on which a consent was withdrawn and given, where the first surely lies before the second."""
    given, withdrawn = consent.given, consent.withdrawn
    return (withdrawn, given) if given and withdrawn and withdrawn.certainly_before(given) else None


class _ConsentsOnDay:
    """The consents of one record, read for a day."""

    def __init__(self, held: tuple[Consent, ...], day: int) -> None:
        self.held, self.day = held, day
        self.ends: dict[tuple[Purpose, Audience], tuple[int, int]] = {}
        """Of what is withdrawn for a purpose before an audience: the last day that it can mean, and its place."""
        self.opening: dict[tuple[Purpose, Audience], int] = {}
        """The day that a consent must be later than, even in the reading that shows most."""
        for position, end in enumerate(held):
            if end.withdrawn is not None and end.withdrawn.first <= day:
                self._withdraw(position, end.withdrawn, end)

    def _withdraw(self, position: int, withdrawn: PartialDate, end: Consent) -> None:
        for audience in Audience:
            if audience.reaches(end.audience):
                key = end.purpose, audience
                self.ends[key] = max((withdrawn.last, position), self.ends.get(key, (0, 0)))
                if withdrawn.last <= self.day:
                    self.opening[key] = max(withdrawn.first, self.opening.get(key, 0))

    def is_withdrawn(self, one: Consent) -> bool:
        """Whether a consent was itself withdrawn."""
        return one.withdrawn is not None and one.withdrawn.first <= self.day

    def in_force(self, one: Consent, audience: Audience) -> bool:
        """Whether a consent is in force before an audience, however its days are read."""
        return (
            one.audience.reaches(audience)
            and (one.given is None or one.given.last <= self.day)
            and (one.expires is None or self.day <= one.expires.first)
            and not self.is_withdrawn(one)
            and not self._is_ended(one, audience)
        )

    def _is_ended(self, one: Consent, audience: Audience) -> bool:
        """Whether a withdrawal ended it that it was not surely given after."""
        last, _ = self.ends.get((one.purpose, audience), (0, 0))
        return last > 0 and (one.given is None or one.given.first <= last)

    def end_of(self, one: Consent) -> PartialDate | None:
        """The day on which a consent came to its end before everybody; None where it is not surely over."""
        ends = [one.withdrawn] if one.withdrawn is not None and self.is_withdrawn(one) else []
        if self._is_ended(one, Audience.INTERNAL):
            _, position = self.ends[one.purpose, Audience.INTERNAL]
            ends += filter(None, (self.held[position].withdrawn,))
        if one.expires is not None and (ends or one.expires.last < self.day):
            ends.append(one.expires)
        return min(ends, key=_get_last_day, default=None)

    def doubts_of(self, position: int, audience: Audience) -> Iterator[tuple[int, str]]:
        """The days that keep a consent from being in force before an audience; none where no reading has it so."""
        one, (_, end) = self.held[position], self.ends.get((self.held[position].purpose, audience), (0, 0))
        if self._is_hopeless(one, audience):
            return
        if one.given is not None and one.given.last > self.day:
            yield position, "given"
        if one.expires is not None and one.expires.first < self.day:
            yield position, "expires"
        if self.is_withdrawn(one):
            yield position, "withdrawn"
        withdrawn = self.held[end].withdrawn
        if end != position and withdrawn is not None and self._is_ended(one, audience):
            if one.given is not None and not one.given.is_exact and one.given.last > withdrawn.first:
                yield position, "given"
            if not withdrawn.is_exact:
                yield end, "withdrawn"

    def _is_hopeless(self, one: Consent, audience: Audience) -> bool:
        """Whether no reading of the days has it in force."""
        given, withdrawn = one.given, one.withdrawn
        latest = 0 if given is None else min(given.last, self.day)
        opening = self.opening.get((one.purpose, audience))
        return (
            (given is not None and given.first > self.day)
            or (one.expires is not None and one.expires.last < self.day)
            or (withdrawn is not None and withdrawn.last <= self.day)
            or (opening is not None and latest <= opening)
        )


def _has_inexact_dates(one: Consent) -> bool:
    dates = (one.given, one.withdrawn, one.expires)
    return any(date is not None and not date.is_exact for date in dates)


def _get_consents(record: Any) -> tuple[Consent, ...]:
    try:
        consents: tuple[Consent, ...] = record.consents
    except AttributeError:
        raise ImpossibleValue("expected a person or a contact, which have consents") from None
    return consents


_PURPOSES = frozenset(Purpose)


def _to_purposes(purpose: Purpose | str | Iterable[Purpose | str]) -> Collection[Purpose]:
    if type(purpose) is frozenset and purpose <= _PURPOSES:
        return purpose
    try:
        return frozenset(map(Purpose, (purpose,) if isinstance(purpose, str) else purpose))
    except (ValueError, TypeError, AttributeError):
        raise ImpossibleValue(f"a purpose must be one of {', '.join(Purpose)}") from None


def _choose_known_date(choose: Any, dates: Iterable[PartialDate | None], key: Any) -> PartialDate | None:
    known: list[PartialDate] = [date for date in dates if date is not None]
    return choose(known, key=key) if known else None


def _get_first_day(date: PartialDate) -> int:
    return date.first


def _get_last_day(date: PartialDate) -> int:
    return date.last
