"""What of a register stands in a calendar: events, deadlines of country reviews, ends of applications."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterator

import attrs

from untoc_network.diagnostics.codes.exports import event_without_day, event_without_last_day, uncertain_deadline
from untoc_network.diagnostics.findings import Certainty, Finding
from untoc_network.i18n.told_texts import format_basis
from untoc_network.interop.export_import_options import ExportOptions
from untoc_network.interop.wording_choice import (
    choose_text,
    choose_wording,
    escape_controls,
    find_words,
    translate_country,
)
from untoc_network.model.country_review import CountryReview
from untoc_network.model.dialogue import ConstructiveDialogue
from untoc_network.model.event import Event, EventStatus
from untoc_network.model.register import Register
from untoc_network.process.country_review_procedure import COUNTRY_REVIEW
from untoc_network.process.next_steps import Deadline
from untoc_network.process.review_tracker import track
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.place_and_link import Place

__all__ = ["CalendarEntry", "Title", "find_title", "list_entries"]

When = dt.date | dt.datetime
"""A whole day, or a moment with its time zone."""

Title = tuple[str | None, str]
"""The language of a title, and the title."""

_STATUS = {
    EventStatus.PLANNED: "TENTATIVE",
    EventStatus.POSTPONED: "TENTATIVE",
    EventStatus.CONFIRMED: "CONFIRMED",
    EventStatus.HELD: "CONFIRMED",
    EventStatus.CANCELLED: "CANCELLED",
}
_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class CalendarEntry:
    """One entry of a calendar. `ends` is the first day or moment after it, as calendars count."""

    uid: str
    title: str
    language: str | None
    starts: When
    ends: When | None = None
    status: str | None = None
    place: str | None = None
    page: str | None = None
    categories: tuple[str, ...]
    remark: str | None = None
    busy: bool = True
    audience: str = "PUBLIC"
    """What calendars call the class of an entry: PUBLIC or PRIVATE."""


def list_entries(register: Register, chosen: ExportOptions) -> Iterator[CalendarEntry | Finding]:
    """All entries, and a finding for each that is left out or shown in part."""
    for position, event in enumerate(register.events):
        yield from _list_event_entries(event, position, chosen)
    for position, dialogue in enumerate(register.constructive_dialogues):
        yield from _list_application_deadline_entries(dialogue, position, register, chosen)
    places = {review.id: position for position, review in enumerate(register.country_reviews)}
    for standing in track(register, chosen.on).standings:
        review = register.country_reviews[places[standing.review.id]]  # with what is planned for later, too
        deadlines = COUNTRY_REVIEW.deadlines(review, register=register)
        yield from _list_review_entries(review, deadlines, places[review.id], chosen)


# -- events ----------------------------------------------------------------------------------------------------------


def _list_event_entries(event: Event, position: int, chosen: ExportOptions) -> Iterator[CalendarEntry | Finding]:
    span = _find_event_span(event)
    if span is None:
        where = "starts" if event.starts else None
        yield event_without_day.finding(_make_path("events", position, where), {}, subject=event.id)
        return
    starts, ends = span
    if ends is None and event.ends is not None:
        yield event_without_last_day.finding(_make_path("events", position, "ends"), {}, subject=event.id)
    language, title = choose_wording(event.name, chosen.language)
    yield CalendarEntry(
        uid=f"{event.id}@{chosen.domain}",
        title=title,
        language=language,
        starts=starts,
        ends=ends,
        status=_STATUS.get(event.status) if event.status else None,
        place=_format_place(event.place, chosen.language) if event.place else None,
        page=event.page,
        categories=(event.kind.value, *(theme.value for theme in event.themes)),
    )


def _make_path(collection: str, position: int, field: str | None) -> tuple[str | int, ...]:
    return (collection, position) if field is None else (collection, position, field)


def _find_event_span(event: Event) -> tuple[When, When | None] | None:
    """From when to when: moments where they are known, else days; None where not even the first day is known."""
    if event.starts_at is not None:
        starts = _to_calendar_moment(event.starts_at)
        ends = _to_calendar_moment(event.ends_at) if event.ends_at else None
        return starts, (ends if ends is None or ends >= starts else None)
    if event.starts is None or not event.starts.is_exact:
        return None
    first = dt.date.fromordinal(event.starts.first)
    return first, _find_day_after_event(event, first)


def _find_day_after_event(event: Event, first: dt.date) -> dt.date | None:
    """The day after the last one; from the stated length where no end is given."""
    last = event.last_day
    if last is not None:
        known = last.is_exact and event.first_day is not None and not last.certainly_before(event.first_day)
        return _add_days(dt.date.fromordinal(last.first)) if known else None
    return _add_days(first, event.stated_days) if event.stated_days else None


def _add_days(day: dt.date, days: int = 1) -> dt.date | None:
    try:
        return day + days * _ONE_DAY if days > 0 else None
    except OverflowError:
        return None


def _to_calendar_moment(instant: Instant) -> dt.datetime:
    """In its own time zone, where that is named and its clocks show the time once; else in UTC.

    An offset alone is no time zone that a calendar knows, and no calendar says which of two equal hours it means.
    """
    moment = dt.datetime.fromisoformat(instant.partition("[")[0])
    there = moment.astimezone(zoneinfo.ZoneInfo(instant.zone) if instant.zone else dt.UTC)
    comes_once = there.replace(fold=0).utcoffset() == there.replace(fold=1).utcoffset()
    return there if comes_once else moment.astimezone(dt.UTC)


def _format_place(place: Place, language: str) -> str | None:
    parts = (place.venue, place.city, translate_country(place.country, language) if place.country else None)
    return ", ".join(part for part in parts if part) or None


# -- deadlines -------------------------------------------------------------------------------------------------------


def _list_application_deadline_entries(
    dialogue: ConstructiveDialogue, position: int, register: Register, chosen: ExportOptions
) -> Iterator[CalendarEntry | Finding]:
    last = dialogue.apply_by
    if last is None:
        return
    if not last.is_exact:
        yield _report_uncertain_deadlines([(last, last)], ("constructive_dialogues", position, "apply_by"), dialogue.id)
        return
    event = register.by_id[dialogue.event_id]
    assert isinstance(event, Event), "what leads nowhere was left out before"
    language, title = _make_closing_title(event, chosen)
    yield _make_all_day_entry(
        f"{dialogue.id}.apply@{chosen.domain}",
        title,
        language,
        last,
        page=event.page,
        status="CANCELLED" if event.status is EventStatus.CANCELLED else None,
        categories=("deadline",),
    )


def _list_review_entries(
    review: CountryReview, deadlines: tuple[Deadline, ...], position: int, chosen: ExportOptions
) -> Iterator[CalendarEntry | Finding]:
    """The deadlines that are still open; those of what was done are over."""
    ahead = [deadline for deadline in deadlines if not deadline.passed]
    vague = [(one.earliest, one.latest) for one in ahead if one.earliest != one.latest]
    if vague:
        yield _report_uncertain_deadlines(vague, ("country_reviews", position), review.id)
    yield from (_make_deadline_entry(one, review, chosen) for one in ahead if one.earliest == one.latest)


def _report_uncertain_deadlines(
    spans: list[tuple[PartialDate, PartialDate]], path: tuple[str | int, ...], subject: str
) -> Finding:
    params: dict[str, str | int] = {
        "number": len(spans),
        "earliest": str(min(dt.date.fromordinal(earliest.first) for earliest, _ in spans)),
        "latest": str(max(dt.date.fromordinal(latest.last) for _, latest in spans)),
    }
    return uncertain_deadline.finding(path, params, subject=subject)


def _make_deadline_entry(deadline: Deadline, review: CountryReview, chosen: ExportOptions) -> CalendarEntry:
    """What rests on something that is only recalled is tentative, and says so."""
    by = f".{deadline.by.lower()}" if deadline.by else ""
    language, title = _make_deadline_title(review, deadline.step, deadline.by, chosen)
    return _make_all_day_entry(
        f"{review.id}.{deadline.step}{by}@{chosen.domain}",
        title,
        language,
        deadline.latest,
        status="CONFIRMED" if deadline.basis.certainty is Certainty.SEEN else "TENTATIVE",
        categories=("deadline",),
        remark=format_basis(deadline.basis, find_words(chosen.language)),
    )


def _make_closing_title(event: Event, chosen: ExportOptions) -> Title:
    words = find_words(chosen.language)
    return words.language, words.ui(
        "applications-close", name=escape_controls(choose_text(event.name, chosen.language))
    )


def _make_deadline_title(review: CountryReview, step: str, by: str | None, chosen: ExportOptions) -> Title:
    words = find_words(chosen.language)
    state = translate_country(review.country, chosen.language)
    actor = f", {translate_country(by, chosen.language)}" if by not in (None, review.country) else ""
    return words.language, f"{state}: {words.ui(f'deadline-{step}')}{actor}"


def find_title(uid: str, register: Register, chosen: ExportOptions) -> Title | None:
    """What the entry of an identifier is called, as far as its record is in the register; else None."""
    record_id, _, rest = uid.removesuffix(f"@{chosen.domain}").partition(".")
    record = register.by_id.get(record_id)
    if isinstance(record, Event) and not rest:
        return choose_wording(record.name, chosen.language)
    if isinstance(record, ConstructiveDialogue) and rest == "apply":
        event = register.by_id[record.event_id]
        assert isinstance(event, Event), "what leads nowhere was left out before"
        return _make_closing_title(event, chosen)
    step, _, by = rest.partition(".")
    if isinstance(record, CountryReview) and f"deadline-{step}" in find_words(chosen.language).interface:
        return _make_deadline_title(record, step, by.upper() or None, chosen)
    return None


def _make_all_day_entry(  # noqa: PLR0913
    uid: str,
    title: str,
    language: str | None,
    day: PartialDate,
    *,
    page: str | None = None,
    status: str | None = None,
    categories: tuple[str, ...],
    remark: str | None = None,
) -> CalendarEntry:
    first = dt.date.fromordinal(day.first)
    return CalendarEntry(
        uid=uid,
        title=title,
        language=language,
        starts=first,
        ends=_add_days(first),
        status=status,
        page=page,
        categories=categories,
        remark=remark,
        busy=False,
    )
