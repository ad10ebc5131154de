"""A calendar after RFC 5545, by the package `icalendar`: folding, escaping and the rules of time zones are its work."""

from __future__ import annotations

import calendar as calendar_days
import datetime as dt
import re
import zoneinfo
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.errors import UnreadableInput
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.interop.calendar_entries import CalendarEntry, Title, When, find_title, list_entries
from untoc_network.interop.calendar_of_sessions import list_session_entries
from untoc_network.interop.export_import_options import Exported, ExportOptions
from untoc_network.interop.icalendar_package import import_icalendar
from untoc_network.interop.wording_choice import choose_wording, escape_controls
from untoc_network.model.register import Register
from untoc_network.values.multilingual_text import Text

__all__ = ["build_zone", "encode_entries", "to_calendar"]

_PRODUCT = "-//untoc_network//Register//EN"
_MARKS = ("DTSTAMP", "SEQUENCE")
"""What says of an entry that it was changed, and is not part of what was changed."""
_CANCELLED = "CANCELLED"
_REFRESHED = dt.timedelta(days=1)
"""How often programs ask for it anew; as X-PUBLISHED-TTL for those that do not know RFC 7986."""
_ID = re.compile("[^.@]+")
_SPARE = dt.timedelta(days=366)
_FIRST, _LAST = dt.date(1970, 1, 1), dt.date(2100, 1, 1)


def to_calendar(register: Register, chosen: ExportOptions, uids: Mapping[str, str] | None = None) -> Exported:
    """The public calendar of a register, entries in the order of their days.

    `uids` has what stands for the ids of records in the identifiers of entries, where these are not to name anybody;
    then an entry that is gone says nothing but its identifier, unless its record may still be read.
    Raises `MissingExtra` where icalendar is not installed, `UnreadableInput` where the previous calendar is none.
    """
    names = uids or {}
    ids = {name: record_id for record_id, name in names.items()}
    made = [*list_entries(register, chosen), *(list_session_entries(register, chosen) if chosen.sessions else ())]
    there = [attrs.evolve(one, uid=_rename(one.uid, names)) for one in made if isinstance(one, CalendarEntry)]
    data = encode_entries(
        there,
        register.title,
        chosen,
        titles=lambda uid: find_title(_rename(uid, ids), register, chosen),
        says_when=uids is None,
    )
    return Exported(data=data, report=Report(tuple(one for one in made if isinstance(one, Finding))))


def _rename(uid: str, names: Mapping[str, str]) -> str:
    """An identifier with another name in the place of the id that it begins with, where that has one."""
    begins = _ID.match(uid)
    return uid if begins is None else f"{names.get(begins[0], begins[0])}{uid[begins.end() :]}"


def encode_entries(
    there: Iterable[CalendarEntry],
    title: Text | None,
    chosen: ExportOptions,
    *,
    titles: Callable[[str], Title | None] = lambda _: None,
    says_when: bool = True,
) -> bytes:
    """A calendar of these entries. Raises what `to_calendar` raises.

    `titles` tells what an entry that is gone is called, by its identifier, where that may still be read; `says_when`,
    whether one that has no title any more says when it was.
    """
    package = import_icalendar()
    earlier = _read_published(package, chosen) if chosen.previous is not None else {}
    a_year_ago = _subtract_a_year(dt.date.fromordinal(chosen.on.first))
    there = sorted(there, key=lambda one: (str(one.starts), one.uid))
    held = {one.uid for one in there}
    fresh = [_make_event_component(package, entry) for entry in there]
    gone = [
        _cancel_entry(package, old, titles(uid), is_bare=not says_when)
        for uid, old in sorted(earlier.items())
        if uid not in held and (_is_not_cancelled(old) or _find_day_of_last_change(old) > a_year_ago)
    ]
    made = _make_calendar_frame(package, title, chosen)
    for component in (*fresh, *gone):
        _set_change_marks(component, earlier.get(str(component["UID"])), chosen)
        made.add_component(component)
    _add_time_zones(package, made, there)
    data: bytes = made.to_ical()
    return data


def _make_calendar_frame(package: Any, title: Text | None, chosen: ExportOptions) -> Any:
    whole = package.Calendar()
    whole.add("prodid", _PRODUCT)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    if title is not None:
        language, wording = choose_wording(title, chosen.language)
        for name in ("name", "x-wr-calname"):
            whole.add(name, escape_controls(wording), parameters=_make_language_parameter(language))
    whole.add("refresh-interval", _REFRESHED, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", "P1D")
    return whole


def _make_language_parameter(language: str | None) -> dict[str, str]:
    return {"LANGUAGE": language} if language else {}


def _make_event_component(package: Any, entry: CalendarEntry) -> Any:
    made = package.Event()
    made.add("uid", entry.uid)
    made.add(
        "summary",
        escape_controls(entry.title) or entry.uid.partition("@")[0],
        parameters=_make_language_parameter(entry.language),
    )
    made.add("dtstart", entry.starts)
    if entry.ends is not None:
        made.add("dtend", entry.ends)
    made.add("categories", list(entry.categories))
    texts = {"status": entry.status, "location": entry.place, "description": entry.remark}
    for name, text in texts.items():
        if text is not None:
            made.add(name, escape_controls(text))
    if entry.page is not None:
        made.add("url", escape_controls(entry.page))
    made.add("class", entry.audience)
    made.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    return made


# -- what was published before ---------------------------------------------------------------------------------------


def _read_published(package: Any, chosen: ExportOptions) -> Mapping[str, Any]:
    """The entries of an earlier calendar by their identifiers, as far as this library gave them."""
    try:
        events = package.Calendar.from_ical(chosen.previous).walk("VEVENT")
        ours = (event for event in events if str(event.get("UID", "")).endswith(f"@{chosen.domain}"))
        return {str(event["UID"]): event for event in ours if hasattr(event.get("DTSTART"), "dt")}
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        raise UnreadableInput("the calendar that was published before cannot be read") from None


def _cancel_entry(package: Any, old: Any, title: Title | None, *, is_bare: bool) -> Any:
    """The call to take an entry away: when it was, and no more of what it was than may still be read today.

    One that is bare does not even say when, where it has no title: its day is that of nobody, since programs that read
    calendars ask for one.
    """
    made = package.Event()
    if title is not None:
        language, wording = title
        made.add("summary", escape_controls(wording), parameters=_make_language_parameter(language))
    for name in ("UID",) if is_bare and title is None else ("UID", "DTSTART", "DTEND"):
        if name in old:
            made[name] = old[name]
    if "DTSTART" not in made:
        made.add("dtstart", _FIRST)
    made.add("status", _CANCELLED)
    return made


def _is_not_cancelled(old: Any) -> bool:
    """Whether an entry that was published before was not called off there."""
    return old is not None and str(old.get("STATUS", "")).upper() != _CANCELLED


def _find_day_of_last_change(old: Any) -> dt.date:
    """The day on which an entry was changed last; one that does not say it counts as of today."""
    moment = getattr(old.get("DTSTAMP"), "dt", None)
    return moment.date() if isinstance(moment, dt.datetime) else dt.date.max


def _subtract_a_year(day: dt.date) -> dt.date:
    """The same day of the year before, or the last one of February."""
    year = max(day.year - 1, dt.MINYEAR)
    return day.replace(year=year, day=min(day.day, calendar_days.monthrange(year, day.month)[1]))


def _set_change_marks(component: Any, old: Any, chosen: ExportOptions) -> None:
    """Give an entry its sequence number and day: the earlier ones where nothing changed, else the next."""
    if (
        old is not None
        and all(name in old for name in _MARKS)
        and _list_content_lines(old) == _list_content_lines(component)
    ):
        component.update({name: old[name] for name in _MARKS})
        return
    component.add("sequence", 0 if old is None else _read_sequence_number(old) + 1)
    midnight = dt.datetime.combine(dt.date.fromordinal(chosen.on.first), dt.time(), dt.UTC)
    component.add("dtstamp", midnight)


def _list_content_lines(component: Any) -> list[bytes]:
    lines = component.to_ical().splitlines()
    return [line for line in lines if not line.startswith(tuple(name.encode() for name in _MARKS))]


def _read_sequence_number(old: Any) -> int:
    number = old.get("SEQUENCE", 0)
    return int(number) if isinstance(number, int) else 0


# -- time zones ------------------------------------------------------------------------------------------------------


def _add_time_zones(package: Any, whole: Any, there: Iterable[CalendarEntry]) -> None:
    """The rules of each time zone, for the years that the calendar is about, before the entries that name it."""
    moments = [moment for entry in there for moment in _list_moments_of_entry(entry)]
    first = min((moment.date() for moment in moments), default=_FIRST)
    last = max((moment.date() for moment in moments), default=_LAST)
    spared = (max(first, _FIRST + _SPARE) - _SPARE, min(max(last, _FIRST), _LAST - _SPARE) + _SPARE)
    whole.subcomponents[:0] = [build_zone(package, name, *spared) for name in sorted(whole.get_missing_tzids())]


def _list_moments_of_entry(entry: CalendarEntry) -> Iterator[dt.datetime]:
    times: tuple[When | None, ...] = (entry.starts, entry.ends)
    return (time for time in times if isinstance(time, dt.datetime))


_DAY, _SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


def build_zone(package: Any, name: str, first: dt.date, last: dt.date) -> Any:
    """The rules of a zone from one day to another; one that nobody knows has the rules of UTC."""
    try:
        rules = zoneinfo.ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        rules = zoneinfo.ZoneInfo("Etc/UTC")
    begins = dt.datetime.combine(first, dt.time(), dt.UTC)
    onsets: dict[tuple[Any, ...], list[dt.datetime]] = defaultdict(list)
    before = begins.astimezone(rules).utcoffset()
    for moment in (begins, *_find_clock_changes(rules, begins, dt.datetime.combine(last, dt.time(), dt.UTC))):
        there = moment.astimezone(rules)
        observed = (before, there.utcoffset(), there.tzname(), bool(there.dst()))
        onsets[observed].append(moment.astimezone(dt.timezone(before or dt.timedelta())).replace(tzinfo=None))
        before = there.utcoffset()
    made = package.Timezone()
    made.add("tzid", name)
    for (offset_from, offset_to, called, is_daylight), times in onsets.items():
        part = package.TimezoneDaylight() if is_daylight else package.TimezoneStandard()
        part.TZOFFSETFROM, part.TZOFFSETTO, part.DTSTART = offset_from, offset_to, times[0]
        part.add("tzname", called)
        if times[1:]:
            part.add("rdate", times[1:])
        made.add_component(part)
    return made


def _find_clock_changes(rules: dt.tzinfo, begins: dt.datetime, ends: dt.datetime) -> Iterator[dt.datetime]:
    """The moments at which the clocks of a zone are set, in UTC to the second: found by days, and then by halves."""
    day, shown = begins, _read_clock_state(rules, begins)
    while day < ends:
        early, late = day, day + _DAY
        before, shown = shown, _read_clock_state(rules, late)
        if shown != before:
            while late - early > _SECOND:
                middle = early + (late - early) // _SECOND // 2 * _SECOND
                early, late = (middle, late) if _read_clock_state(rules, middle) == before else (early, middle)
            yield late
        day += _DAY


def _read_clock_state(rules: dt.tzinfo, moment: dt.datetime) -> tuple[Any, ...]:
    there = moment.astimezone(rules)
    return there.utcoffset(), there.tzname()
