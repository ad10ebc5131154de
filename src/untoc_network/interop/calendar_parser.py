"""The lines of a calendar, unfolded, in their parts, one entry at a time: nothing is built that the file does not hold.

What a line says is left to the package `icalendar`; where it stands is kept here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.code import Code, mask_key
from untoc_network.diagnostics.codes import calendars, reading as shape
from untoc_network.diagnostics.findings import Finding
from untoc_network.interop.icalendar_package import import_icalendar
from untoc_network.serializers.source.limits import Limits

__all__ = ["CalendarComponent", "CalendarHeader", "CalendarParser", "CalendarProperty", "get_parameter"]

_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_BOM = b"\xef\xbb\xbf"
_KNOWN = ("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT")
"""Parts that are read, or that say nothing of what takes place."""
_IN_A_CALENDAR = ["VCALENDAR"]
_IN_AN_EVENT = ["VCALENDAR", "VEVENT"]
_IN_A_ZONE = ["VCALENDAR", "VTIMEZONE"]
_OF_A_ZONE = (b"TZID", b"DTSTART", b"RRULE", b"RDATE", b"TZOFFSETFROM", b"TZOFFSETTO")
_OF_A_CALENDAR = (b"METHOD", b"NAME", b"X-WR-CALNAME")


@attrs.frozen(kw_only=True)
class CalendarProperty:
    """One line of an entry: its name, its parameters, its value as written and unescaped."""

    name: str
    parameters: Any
    raw: str
    text: str
    line: int


def get_parameter(found: CalendarProperty, name: str) -> str | None:
    """A parameter of a property, where it is given once and is not empty."""
    value = found.parameters.get(name)
    return value if isinstance(value, str) and value else None


@attrs.define
class CalendarHeader:
    """One of the calendars of a file: its own properties by name, the last one of each holds."""

    properties: dict[str, CalendarProperty] = attrs.field(factory=dict)

    def text(self, name: str) -> str:
        """What a property says; empty where it is not there."""
        return self.properties[name].text.strip() if name in self.properties else ""


@attrs.frozen(kw_only=True)
class CalendarComponent:
    """One entry: the line on which it begins, its own properties, and the calendar that it stands in."""

    line: int
    properties: tuple[CalendarProperty, ...]
    calendar: CalendarHeader


Observances = list[dict[str, list[str]]]
"""The parts that a zone is defined by, each as its properties with their values."""


class CalendarParser:
    """Goes through the bytes of a calendar once; `findings` grow on the way."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        package = import_icalendar()
        self._parsed: Callable[[str], Any] = package.parser.Contentline
        self.data, self.limits = data.removeprefix(_BOM), limits
        self.findings: list[Finding] = []
        self._open: list[str] = []
        self._skipped: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self.readable = True
        """Whether it is a calendar at all."""
        self._end = 0
        self.calendars: list[CalendarHeader] = []
        self.zones: dict[str, Observances] = {}
        """The zones that the file defines, by their names in small letters."""
        self._zone: tuple[list[str], Observances] = ([], [])

    def report(self, rule: Code, line: int, **params: str | int) -> None:
        """Keep a finding on a line."""
        self.findings.append(rule.finding((), params, line=line, column=1))

    def components(self) -> Iterator[CalendarComponent]:
        """The entries for events, in their order."""
        begun, held = 0, list[CalendarProperty]()
        for number, content in self._unfold_lines():
            name, _, value = content[:200].partition(b":")
            if not self._open_or_pass_over(name, value, number):
                return
            if name.upper() == b"BEGIN":
                begun, held = (number, []) if self._open == _IN_AN_EVENT else (begun, held)
                self._enter_component()
            elif name.upper() == b"END":
                if self._open == _IN_AN_EVENT:
                    yield CalendarComponent(line=begun, properties=tuple(held), calendar=self.calendars[-1])
                self._leave_component()
            elif self._open == _IN_AN_EVENT:
                held += self._parse_property_line(content, number)
            else:
                self._keep_header(name.partition(b";")[0].upper(), content, number)
        if self._open == _IN_AN_EVENT:
            yield CalendarComponent(line=begun, properties=tuple(held), calendar=self.calendars[-1])
        self._report_at_end_of_file()

    def _enter_component(self) -> None:
        if self._open == _IN_A_CALENDAR:
            self.calendars.append(CalendarHeader())
        elif self._open == _IN_A_ZONE:
            self._zone = ([], [])
        elif self._open[:2] == _IN_A_ZONE:
            self._zone[1].append({})

    def _leave_component(self) -> None:
        names, observances = self._zone
        if self._open == _IN_A_ZONE and names:
            self.zones.setdefault(names[0].casefold(), observances)
        del self._open[-1:]

    def _keep_header(self, name: bytes, content: bytes, number: int) -> None:
        """Keep what a calendar says of itself, and how it defines a zone."""
        if self._open == _IN_A_CALENDAR and name in _OF_A_CALENDAR:
            self.calendars[-1].properties.update({one.name: one for one in self._parse_property_line(content, number)})
        elif self._open[:2] == _IN_A_ZONE and name in _OF_A_ZONE:
            for found in self._parse_property_line(content, number):
                names, observances = self._zone
                if len(self._open) == len(_IN_A_ZONE):
                    names += [found.text.strip()] if found.name == "TZID" else []
                else:
                    observances[-1].setdefault(found.name, []).append(found.raw)

    def _open_or_pass_over(self, name: bytes, value: bytes, number: int) -> bool:
        """Open a part that begins; False where the rest cannot be read."""
        begins, first, self._end = name.upper() == b"BEGIN", self._end == 0, number
        if first and not (begins and _decode_component_name(value) == "VCALENDAR"):
            self.readable = False
            self.report(calendars.not_a_calendar, number)
            return False
        return not begins or self._open_component(_decode_component_name(value), number)

    def _open_component(self, name: str, number: int) -> bool:
        """Open a part; False where the calendar is nested beyond the limit."""
        if len(self._open) >= self.limits.max_depth:
            self.report(shape.document_too_deep, number, limit=self.limits.max_depth)
            return False
        self._open.append(name)
        if name not in _KNOWN:
            self._skipped[name] += 1
            self._first.setdefault(name, number)
        return True

    def _report_at_end_of_file(self) -> None:
        if not self._end:
            self.readable = False
            self.report(calendars.not_a_calendar, 1)
        for name, number in self._skipped.items():
            line = self._first[name]
            self.report(
                calendars.unsupported_calendar_component, line, name=mask_key(name, capitals=True), number=number
            )
        if self._open:
            self.report(calendars.truncated_calendar, self._end, name=mask_key(self._open[-1], capitals=True))

    # -- lines -------------------------------------------------------------------------------------------------------

    def _unfold_lines(self) -> Iterator[tuple[int, bytes]]:
        """The lines, unfolded, with the number of the line on which each begins; those too long are cut."""
        parts, begun, size = list[bytes](), 0, 0
        longest = 4 * self.limits.max_cell_characters
        for number, line in self._read_raw_lines(longest):
            if line[:1] in (b" ", b"\t") and parts:
                if size <= longest:
                    parts.append(line[1:])
                    size += len(line) - 1
                continue
            if parts:
                yield begun, b"".join(parts)
            parts, begun, size = [line], number, len(line)
        if parts:
            yield begun, b"".join(parts)

    def _read_raw_lines(self, longest: int) -> Iterator[tuple[int, bytes]]:
        at, number = 0, 0
        while at < len(self.data):
            number += 1
            if number > self.limits.max_calendar_lines:
                self.report(calendars.calendar_too_large, number, limit=self.limits.max_calendar_lines)
                return
            end = self.data.find(b"\n", at)
            end = len(self.data) if end < 0 else end
            line = self.data[at : min(end, at + longest + 2)].rstrip(b"\r")
            if line:
                yield number, line
            at = end + 1

    # -- properties --------------------------------------------------------------------------------------------------

    def _parse_property_line(self, content: bytes, number: int) -> list[CalendarProperty]:
        parts = self._split_property_line(content)
        if parts is None:
            self.report(calendars.unreadable_calendar_line, number)
            return []
        name, parameters, raw, text = parts
        return [CalendarProperty(name=name.upper(), parameters=parameters, raw=raw, text=text, line=number)]

    def _split_property_line(self, content: bytes) -> tuple[str, Any, str, str] | None:
        try:
            line = content.decode()
            if len(line) > self.limits.max_cell_characters or _CONTROL.search(line):
                return None
            parsed = self._parsed(line)
            name, parameters, raw = parsed.raw_parts()
            return name, parameters, raw, parsed.parts()[2] if "\\" in raw else raw
        except ValueError:
            return None


def _decode_component_name(value: bytes) -> str:
    return value.decode("ascii", "replace").strip().upper()
