"""Dates as they are really known: to the day, the month or the year; spans of them; instants with their time zone.

The only file that touches a parser of dates.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Self

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.fields import about
from untoc_network.values.json_forms import FromDate, FromText
from untoc_network.values.self_checked_classes import SelfChecked, describe_type

if TYPE_CHECKING:
    import pendulum

__all__ = ["Ending", "Instant", "PartialDate", "Period", "require_whole_day", "to_pendulum_date"]

_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(Z|[+-][0-9]{2}:[0-9]{2})?(?:\[([A-Za-z0-9_+/-]+)\])?"
)


class PartialDate(str):
    """A date known to the day, the month or the year, written as ISO 8601 writes it.

    >>> PartialDate("2022-03").certainly_before(PartialDate("2022-04-07"))
    True
    >>> PartialDate("2022").certainly_before(PartialDate("2022-04-07"))
    False

    It is its own text: it hashes, pickles and compares as such, and sorts by its first possible day, the less exact
    first. Whether one date comes *before* another is asked with `certainly_before` and `maybe_before`, since of two
    partial dates that overlap neither can be said. Raises `ImpossibleValue` for any other form and for days that
    no calendar has.
    """

    __slots__ = ("first", "last")
    first: int
    """Ordinal (days since 1 January of year 1) of the first day that it can mean."""
    last: int
    """Ordinal of the last day that it can mean."""

    def __new__(cls, text: str) -> Self:
        """The date that the text writes."""
        shape = _SHAPE.fullmatch(text) if isinstance(text, str) else None
        if shape is None:
            raise ImpossibleValue("date-form")
        year, month, day = shape.groups()
        try:
            first = dt.date(int(year), int(month or 1), int(day or 1))
            if day:
                last = first
            elif month in (None, "12"):
                last = dt.date(first.year, 12, 31)
            else:
                last = dt.date(first.year, first.month + 1, 1) - dt.timedelta(days=1)
        except ValueError:
            raise ImpossibleValue("no-such-day") from None
        self = super().__new__(cls, text)
        object.__setattr__(self, "first", first.toordinal())
        object.__setattr__(self, "last", last.toordinal())
        return self

    def __setattr__(self, name: str, value: object) -> None:
        raise attrs.exceptions.FrozenInstanceError

    @classmethod
    def of(cls, when: PartialDate | dt.date | str) -> PartialDate:
        """A date from a date of any library, or from text. Raises `ImpossibleValue`."""
        if isinstance(when, PartialDate):
            return when
        if isinstance(when, dt.date):
            when = dt.date(when.year, when.month, when.day).isoformat()
        return cls(when)

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (str(self),)

    def __repr__(self) -> str:
        return f"PartialDate({str(self)!r})"

    def __str__(self) -> str:
        return str.__str__(self)

    @property
    def earliest(self) -> pendulum.Date:
        """The first day that it can mean."""
        return to_pendulum_date(dt.date.fromordinal(self.first))

    @property
    def latest(self) -> pendulum.Date:
        """The last day that it can mean."""
        return to_pendulum_date(dt.date.fromordinal(self.last))

    @property
    def is_exact(self) -> bool:
        """Whether it is known to the day."""
        return self.first == self.last

    def certainly_before(self, other: PartialDate | dt.date) -> bool:
        """Whether every day that it can mean lies before every day that the other can mean."""
        return self.last < (other if isinstance(other, PartialDate) else PartialDate.of(other)).first

    def certainly_after(self, other: PartialDate | dt.date) -> bool:
        """Whether every day that it can mean lies after every day that the other can mean."""
        return self.first > (other if isinstance(other, PartialDate) else PartialDate.of(other)).last

    def may_be(self, other: PartialDate | dt.date) -> bool:
        """Whether both can mean one same day."""
        return not self.certainly_before(other) and not self.certainly_after(other)

    def days_until(self, other: PartialDate) -> tuple[int, int]:
        """The fewest and the most days from this date to the other; negative where the other is earlier."""
        there = PartialDate.of(other)
        return there.first - self.last, there.last - self.first


def to_pendulum_date(day: dt.date) -> pendulum.Date:
    """A day of any date library as a `pendulum.Date`."""
    import pendulum

    return pendulum.Date(day.year, day.month, day.day)


def require_whole_day(on: PartialDate | dt.date | str, needed: str = "a register is judged on") -> PartialDate:
    """The day, where it is known to the day. Raises `ImpossibleValue`, which says what a whole day is `needed` for."""
    day = PartialDate.of(on)
    if not day.is_exact:
        raise ImpossibleValue(f"{needed} a whole day, such as 2022-03-28")
    return day


class Ending(StrEnum):
    """Why a period has no end date: it still runs, or it ended on a day that is not known."""

    RUNNING = "running"
    ENDED = "ended"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Period(SelfChecked):
    """A span of time whose ends may be known, unknown or not come yet.

    A missing `start` is not known. A missing `end` is explained by `ending`; where that is missing too, it is not known
    whether the period has ended. Raises `ImpossibleValue` where it ends before it starts, or has an end date and a
    reason for having none.
    """

    start: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Start", "The first day, as far as known.")
    )
    end: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("End", "The last day, as far as known.")
    )
    ending: Ending | None = attrs.field(
        default=None,
        converter=FromText[Ending | None],
        metadata=about("Ending", "Why there is no end date: still running, or ended on an unknown day."),
    )

    def _refuse_impossible(self) -> None:
        if self.start is not None and self.end is not None and self.end.certainly_before(self.start):
            raise ImpossibleValue("period-backwards")
        if self.end is not None and self.ending is not None:
            raise ImpossibleValue("period-end-and-reason")

    def surely_outside(self, when: PartialDate | dt.date) -> bool:
        """Whether the period certainly does not cover any day that `when` can mean."""
        return (self.start is not None and self.start.certainly_after(when)) or (
            self.end is not None and self.end.certainly_before(when)
        )

    def overlaps(self, other: Period) -> bool:
        """Whether the two certainly share a day, however partial dates are read; an unknown end may be the start."""
        if not isinstance(other, Period):
            raise ImpossibleValue(f"other: expected a Period, got {describe_type(other)}")
        if self.start is None or other.start is None:
            return False
        (mine_starts, mine_ends), (other_starts, other_ends) = (
            _find_shortest_bounds(self.start, self),
            _find_shortest_bounds(other.start, other),
        )
        return mine_starts <= other_ends and other_starts <= mine_ends


def _find_shortest_bounds(start: PartialDate, period: Period) -> tuple[int, float]:
    """Ordinals of the latest day that a period can have started on, and of the earliest that it can have ended on."""
    if period.end is not None:
        return min(start.last, period.end.last), max(start.first, period.end.first)
    return start.last, math.inf if period.ending is Ending.RUNNING else start.first


class Instant(str):
    """A moment with its offset and, where known, its IANA time zone, as RFC 9557 writes it.

    >>> Instant("2022-05-06T10:00+02:00[Europe/Vienna]").when.timezone_name
    'Europe/Vienna'
    >>> Instant("2022-05-06T08:00Z[Europe/Vienna]").when.hour
    10

    The offset says which moment it is. A `Z` (or `-00:00`) before a zone says that the time is UTC and leaves the local
    offset to the zone. Where the zone has another offset then than the one that is written, as after its rules were
    changed, `by_clocks` is the other reading. Raises `ImpossibleValue` where the offset is missing or the zone does not
    exist.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """The moment that the text writes."""
        shape = _INSTANT.fullmatch(text) if isinstance(text, str) else None
        if shape is None:
            raise ImpossibleValue("moment-form")
        local, offset, zone = shape.groups()
        if offset is None:
            raise ImpossibleValue("moment-no-offset")
        try:
            moment = dt.datetime.fromisoformat(local + offset)
            there = moment.astimezone(_load_time_zone(zone) if zone else dt.UTC)
            if zone is not None and there.utcoffset() != moment.utcoffset():
                moment.replace(tzinfo=there.tzinfo).astimezone(dt.UTC)  # the other reading must be a moment too
        except (ValueError, OverflowError) as error:
            raise _to_impossible_moment_error(error) from None
        return super().__new__(cls, text)

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (str(self),)

    def __repr__(self) -> str:
        return f"Instant({str(self)!r})"

    @property
    def zone(self) -> str | None:
        """The IANA time zone, where it is given."""
        return self.partition("[")[2].rstrip("]") or None

    @property
    def when(self) -> pendulum.DateTime:
        """The moment in its time zone, else at its offset."""
        import pendulum

        moment = pendulum.instance(dt.datetime.fromisoformat(self.partition("[")[0]))
        return moment.in_timezone(self.zone) if self.zone else moment

    @property
    def day(self) -> PartialDate:
        """The day that it falls on where it takes place: the one that is written, and after a `Z` that of the zone."""
        return PartialDate.of(self._local().date())

    @property
    def is_midnight(self) -> bool:
        """Whether a day begins with it where it takes place."""
        return self._local().time() == dt.time()

    def _local(self) -> dt.datetime:
        written = dt.datetime.fromisoformat(self.partition("[")[0])
        return (
            written.astimezone(_load_time_zone(self.zone)) if self.zone and self._leaves_it_to_the_zone() else written
        )

    def _leaves_it_to_the_zone(self) -> bool:
        return self.partition("[")[0].endswith(_OF_THE_ZONE)

    @property
    def by_clocks(self) -> dt.datetime | None:
        """The moment that its clock means by the rules of its zone, where these contradict its offset; else None."""
        if self.zone is None or self._leaves_it_to_the_zone():
            return None
        zone, written = _load_time_zone(self.zone), dt.datetime.fromisoformat(self.partition("[")[0])
        if written.astimezone(zone).utcoffset() == written.utcoffset():
            return None
        return written.replace(tzinfo=zone)


_OF_THE_ZONE = ("Z", "-00:00")
"""Offsets that leave the local one to the zone (RFC 9557, section 2)."""


def _to_impossible_moment_error(error: Exception) -> ImpossibleValue:
    return error if isinstance(error, ImpossibleValue) else ImpossibleValue("no-such-moment")


def _load_time_zone(name: str) -> dt.tzinfo:
    import zoneinfo  # which only a moment in a zone needs

    try:
        return zoneinfo.ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ImpossibleValue("no-such-zone") from None
