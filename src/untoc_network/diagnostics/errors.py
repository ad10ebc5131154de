"""One family of exceptions, for bad calls and unreadable input. Bad *data* is a finding, never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from untoc_network.diagnostics.findings import Finding, Report, format_path

__all__ = [
    "IMPOSSIBLE",
    "IllegalTransition",
    "ImpossibleValue",
    "InfeasibleDraw",
    "InvalidDocument",
    "MissingExtra",
    "UnknownLanguage",
    "UnknownRecord",
    "UnknownRule",
    "UnreadableInput",
    "UnsupportedFormat",
    "UntocNetworkError",
    "UnusableConfiguration",
    "UnwritableOutput",
    "WouldExpose",
]


class UntocNetworkError(Exception):
    """What all exceptions of this library have in common."""


class InvalidDocument(UntocNetworkError):
    """A document that could not be loaded whole, or what could not be read again if it were written.

    `report` holds every finding.
    """

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        first, *rest = self.report.errors
        more = f" (and {len(rest):,} more)" if rest else ""
        place = f"line {first.line}" if first.line else _format_place(first)
        return f"{place}{': ' if place else ''}{first.code} {first.message}{more}"


def _format_place(finding: Finding) -> str:
    """Field and record of a finding on what was built, where there is no line to name."""
    place = format_path(finding.path)
    return f"{place} of '{finding.subject}'" if place and finding.subject else place


class MissingExtra(UntocNetworkError):
    """A format or companion that needs a package which is not installed; the message tells how to install it."""


class UnreadableInput(UntocNetworkError):
    """A file that cannot be opened or read."""


class UnwritableOutput(UntocNetworkError):
    """A folder that is not there or takes no file."""


class WouldExpose(UntocNetworkError):
    """What was about to be handed out holds what its audience may not see, so that it was not; `places` says where.

    That is a fault of this library, or of what was put in the place of a part of it. No value is in it.
    """

    def __init__(self, places: tuple[str, ...]) -> None:
        super().__init__(places)
        self.places = places

    def __str__(self) -> str:
        places = _join_first_texts(self.places)
        return f"nothing was handed out, because it holds what its audience may not see: {places}"


def _join_first_texts(texts: tuple[str, ...]) -> str:
    """The first texts of many, and how many more there are."""
    more = len(texts) - _MOST_SHOWN
    return "; ".join(texts[:_MOST_SHOWN]) + (f"; and {more} more" if more > 0 else "")


class UnusableConfiguration(UntocNetworkError):
    """A project's configuration that is no TOML, has an unknown key or a value of the wrong kind."""


class UnsupportedFormat(UntocNetworkError):
    """A file whose suffix names no format that this library reads or writes."""


class UnknownRecord(UntocNetworkError, KeyError):
    """An id that no record of the register has."""

    def __str__(self) -> str:
        return str(self.args[0])


class UnknownLanguage(UntocNetworkError):
    """A language that the library does not speak."""


class UnknownRule(UntocNetworkError):
    """A rule code or area that the catalogue does not have."""


class IllegalTransition(UntocNetworkError):
    """A step that the procedure does not allow now; `allowed` lists the steps that it does, in its own order."""

    def __init__(self, message: str, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(message, allowed)
        self.message, self.allowed = message, allowed

    def __str__(self) -> str:
        steps = ", ".join(self.allowed) or "none"
        return f"{self.message}; allowed now: {steps}"


class ImpossibleValue(UntocNetworkError, ValueError):
    """A value that could never be true of one object alone, such as 30 February.

    It is raised with a key of `IMPOSSIBLE` or with a text of its own, which says what is wrong without repeating
    personal values.
    """

    def __str__(self) -> str:
        return IMPOSSIBLE.get(self.key, self.key)

    @property
    def key(self) -> str:
        """The key that it was raised with, by which translations know it."""
        return str(self.args[0])


IMPOSSIBLE: Mapping[str, str] = MappingProxyType(
    {
        "count-negative": "a count cannot be negative",
        "text-empty": "a text needs a wording in at least one language",
        "text-no-wordings": "a text takes a mapping from language tags to wordings",
        "text-surrogate": "the text holds half of a surrogate pair, which no file can carry",
        "text-no-text": "the wording in each language must be text",
        "text-no-language": "each key must be a language tag such as es or pt-BR",
        "date-form": "a date is written 2022, 2022-03 or 2022-03-28",
        "no-such-day": "there is no such day in the calendar",
        "period-backwards": "a period cannot end before it starts",
        "period-end-and-reason": "a period with an end date needs no reason for having none",
        "moment-form": "a moment is written 2022-05-06T10:00+02:00 or 2022-05-06T10:00+02:00[Europe/Vienna]",
        "moment-no-offset": "a moment needs its offset from UTC, such as +02:00 or Z",
        "no-such-moment": "there is no such moment in the calendar",
        "no-such-zone": "there is no such time zone",
        "extra-no-fields": "fields of one's own are an object of namespaces, and each namespace an object of fields",
        "extra-empty": "an empty object or list says nothing; leave it out",
        "extra-name": "a namespace or field is called by 1 to 100 letters a-z and A-Z, digits, hyphens and underscores",
        "extra-deep": "a field of one's own holds at most 8 lists and objects within each other",
        "extra-value": "a field of one's own holds text, whole numbers, true or false, decimals, dates or choices",
        "extra-number": "a number must be such that every program keeps it exactly: whole, of at most 15 digits",
        "limit-negative": "a time limit cannot be negative",
        "limit-out-of-calendar": "the time limit leads out of the calendar",
        "schema-version": "a register has schema version 1 in this release",
        "votes-negative": "a number of votes cannot be negative",
    }
)
"""What could never be true of one object alone, by key."""


class InfeasibleDraw(UntocNetworkError):
    """A draw that nothing can complete; `conflict` is a smallest set of constraints that conflict, in words.

    It is empty where neither a draw was found nor proven impossible within the steps that the search may take.
    """

    def __init__(self, conflict: tuple[str, ...]) -> None:
        super().__init__(conflict)
        self.conflict = conflict

    def __str__(self) -> str:
        if not self.conflict:
            return "no draw was found, and none was proven impossible, within the steps that the search may take"
        return f"no draw can keep all of these at once: {_join_first_texts(self.conflict)}"


_MOST_SHOWN = 12
