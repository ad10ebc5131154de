"""EV: events, their dates, places, roles, numbers and results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.event import (
    Event,
    EventRoleKind,
    EventStatus,
    Modality,
    OutputStatus,
)
from untoc_network.model.project_and_funding import Funding
from untoc_network.rules import citations
from untoc_network.rules.areas.duplicates_cycles_overlaps import find_duplicates
from untoc_network.rules.rule import Context, Violation, rule, violation
from untoc_network.values.dates import Instant
from untoc_network.values.stated_count import CountUnit


@rule(
    "EV001",
    on=Event,
    severity=Severity.ERROR,
    message="the event ends ({end:day}) before it starts ({start:day})",
    hint="check both dates against the source",
    basis=citations.TIME,
)
def event_ends_before_start(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """An event starts before it ends.

    Why: calendars drop such events or show them on every day.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03-28", "ends": "2022-03-29"}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03-28", "ends": "2022-03-27"}]}
    """
    for event in events:
        if event.starts is not None and event.ends is not None and event.ends.certainly_before(event.starts):
            yield violation(event, "ends", end=event.ends, start=event.starts)
        if event.starts_at is not None and event.ends_at is not None and event.ends_at.when < event.starts_at.when:
            yield violation(event, "ends_at", end=event.ends_at, start=event.starts_at)


@rule(
    "EV002",
    on=Event,
    severity=Severity.WARNING,
    message="the stated length of the event is {stated:day|days}, but its dates give {given:phrase}",
    phrases={"days": "{most:number}", "span": "{fewest:number} to {most:number}"},
    hint="check the dates and the stated length against the source",
    basis=citations.AGREEMENT,
)
def stated_length_mismatch(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """The stated length of an event agrees with its dates.

    Why: one of the two was misread.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03-28", "ends": "2022-03-29", "stated_days": 2}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03-28", "ends": "2022-03-29", "stated_days": 3}]}
    """
    for event in events:
        starts, ends = event.starts, event.ends
        if event.stated_days is None or starts is None or ends is None or ends.certainly_before(starts):
            continue
        fewest, most = starts.days_until(ends)
        if not fewest + 1 <= event.stated_days <= most + 1:
            given = "days" if fewest == most else "span"
            first, last = max(fewest, 0) + 1, most + 1
            yield violation(event, "stated_days", stated=event.stated_days, given=given, fewest=first, most=last)


@rule(
    "EV003",
    on=Event,
    severity=Severity.WARNING,
    message="the event can be attended online, but its times have no time zone",
    hint="write each time with its zone: 2022-05-06T10:00+02:00[Europe/Vienna]",
    basis=citations.MOMENTS,
)
def event_without_time_zone(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """The times of an online or hybrid event have a time zone.

    Why: an offset alone is wrong as soon as clocks change or the event moves to another day.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "modality": "online", "starts_at": "2022-05-06T10:00+02:00[Europe/Vienna]"}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "modality": "online", "starts_at": "2022-05-06T10:00+02:00"}]}
    """
    for event in events:
        without_zone = event.starts_at is not None and event.starts_at.zone is None
        if event.modality in (Modality.ONLINE, Modality.HYBRID) and without_zone:
            yield violation(event, "starts_at")


@rule(
    "EV004",
    on=Event,
    severity=Severity.WARNING,
    message="the event is attended in person, but no place is given",
    hint="give at least the country, in 'place'",
    basis=citations.USE,
)
def event_without_place(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """An event that is held in person or hybrid has a place.

    Why: nobody can travel to it, apply for a visa or count it by country.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "modality": "in-person", "place": {"country": "XA"}}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "modality": "in-person"}]}
    """
    for event in events:
        if event.modality in (Modality.IN_PERSON, Modality.HYBRID) and event.place is None:
            yield violation(event, "place")


@rule(
    "EV012",
    on=Event,
    severity=Severity.INFO,
    message="the {kind:label} is published, but no address is given",
    hint="ask the organizer for the address, and record it in 'url'",
    basis=citations.USE,
)
def published_output_without_address(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """An output that is published has an address.

    Why: an output that cannot be found cannot be used or checked.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "outputs": [{"key": "video", "kind": "video", "status": "published", "url": "https://example.org/video"}]}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "outputs": [{"key": "video", "kind": "video", "status": "published"}]}]}
    """
    for event in events:
        for position, output in enumerate(event.outputs):
            if output.status is OutputStatus.PUBLISHED and output.url is None:
                yield violation(event, "outputs", position, "url", kind=output.kind)


@rule(
    "EV013",
    on=Event,
    severity=Severity.WARNING,
    message="the count of {number:number} {unit:label} ({basis:label}) contradicts another count of the same",
    hint="keep both counts with their sources, and say in 'as_of' or 'of' how they differ",
    basis=citations.AGREEMENT,
)
def conflicting_counts(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """Two counts of the same unit, on the same basis, of the same people and day, can both be true.

    Why: press notes mix registered, admitted and attended; readers must see which number is which.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "counts": [{"value": 60, "qualifier": "exact", "unit": "organizations", "basis": "attended"}, {"value": 189, "qualifier": "exact", "unit": "organizations", "basis": "registered"}]}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "counts": [{"value": 196, "qualifier": "exact", "unit": "organizations", "basis": "attended"}, {"value": 500, "qualifier": "more-than", "unit": "organizations", "basis": "attended"}]}]}
    """
    for event in events:
        limits: dict[object, tuple[float, float]] = {}
        for position, count in enumerate(event.counts):
            what = (count.unit, count.basis, count.of, count.as_of)
            least, most = count.bounds
            known_least, known_most = limits.get(what, (least, most))
            limits[what] = (max(least, known_least), min(most, known_most))
            if limits[what][0] > limits[what][1]:
                yield violation(event, "counts", position, number=count.value, unit=count.unit, basis=count.basis)


@rule(
    "EV014",
    on=Event,
    severity=Severity.INFO,
    message="the count does not say whether people or organizations were counted",
    hint="ask the organizer; until then do not add the count to others",
    basis=citations.USE,
)
def count_without_unit(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """A count says whether it counts people or organizations.

    Why: "20 stakeholders" may be twenty bodies or twenty people from three.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "counts": [{"value": 20, "qualifier": "more-than", "unit": "organizations", "basis": "attended"}]}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "counts": [{"value": 20, "qualifier": "more-than", "unit": "stakeholders", "basis": "attended"}]}]}
    """
    for event in events:
        for position, count in enumerate(event.counts):
            if count.unit is CountUnit.STAKEHOLDERS:
                yield violation(event, "counts", position, "unit")


@rule(
    "EV017",
    on=Event,
    severity=Severity.INFO,
    message="the event names no organizer",
    hint="name the organizer in 'roles', or say in 'blanks' that it is not known",
    basis=citations.USE,
)
def event_without_organizer(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """An event names at least one organizer, or states that it is not known.

    Why: questions on admission, consent and documents go to the organizer.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "roles": [{"kind": "organizer", "stakeholder_id": "xa-ngo"}]}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop"}]}
    """
    for event in events:
        open_about_it = any(blank.field == "roles" for blank in event.blanks)
        if not open_about_it and all(role.kind is not EventRoleKind.ORGANIZER for role in event.roles):
            yield violation(event, "roles")


@rule(
    "EV019",
    on=Event,
    severity=Severity.WARNING,
    message="the event is recorded as {status:label}, although its last day ({day:day}) is past",
    hint="record whether the event was held, postponed or cancelled",
    needs_day=True,
    basis=citations.TIME,
)
def past_event_still_planned(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """An event whose last day is past is no longer planned or confirmed.

    Why: calendars and lists of upcoming events would show it.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2020-01", "status": "held"}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2020-01", "status": "planned"}]}
    """
    for event in events:
        last = event.ends or event.starts
        is_ahead = event.status in (EventStatus.PLANNED, EventStatus.CONFIRMED)
        if is_ahead and last is not None and last.certainly_before(context.day):
            yield violation(event, "status", status=str(event.status), day=last)


@rule(
    "EV020",
    on=Funding,
    severity=Severity.ERROR,
    message="the donor funds itself",
    hint="name exactly what is funded",
    basis=citations.NO_CIRCLES,
)
def self_funding(fundings: Iterable[Funding], context: Context) -> Iterator[Violation]:
    """A donor funds something other than itself.

    Why: a funding links two different records.

    Passes:
        {"organizations": [{"id": "xa-fund", "name": {"en": "Fund of XA"}, "kind": "foundation"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop"}], "fundings": [{"id": "f1", "donor_id": "xa-fund", "target_id": "talk"}]}

    Fails:
        {"organizations": [{"id": "xa-fund", "name": {"en": "Fund of XA"}, "kind": "foundation"}], "fundings": [{"id": "f1", "donor_id": "xa-fund", "target_id": "xa-fund"}]}
    """
    for funding in fundings:
        if str(funding.donor_id) == str(funding.target_id):
            yield violation(funding, "target_id")


@rule(
    "EV021",
    on=Event,
    severity=Severity.WARNING,
    message="'{stakeholder}' has the role {kind:label} twice",
    hint="leave out the second mention",
    basis=citations.IDENTITY,
)
def duplicate_role(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """A stakeholder has the same role at an event only once.

    Why: lists and counts of participants would show it twice.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "roles": [{"kind": "organizer", "stakeholder_id": "xa-ngo"}, {"kind": "speaker", "stakeholder_id": "xa-ngo"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "roles": [{"kind": "organizer", "stakeholder_id": "xa-ngo"}, {"kind": "organizer", "stakeholder_id": "xa-ngo"}]}]}
    """
    for event in events:
        placed = enumerate(event.roles)
        for (position, role), _ in find_duplicates(placed, lambda one: (one[1].kind, one[1].stakeholder_id)):
            yield violation(event, "roles", position, stakeholder=role.stakeholder_id, kind=role.kind)


@rule(
    "EV022",
    on=Event,
    severity=Severity.WARNING,
    message=(
        "the offset of {written} is not that of {zone} on that day: the offset gives {by_offset}, the local "
        "time gives {by_clocks}"
    ),
    hint="ask the organizer which of the two is right, and write that one; until then the offset counts",
    basis=citations.MOMENTS,
)
def offset_contradicts_time_zone(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """The offset of a moment is the one that its time zone has on that day.

    Why: where a country changes its clocks, the local time and the offset as written are two different moments.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts_at": "2026-07-06T10:00-06:00[America/Mexico_City]"}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts_at": "2026-07-06T10:00-05:00[America/Mexico_City]"}]}
    """
    for event in events:
        for path, moment in _list_moments(event):
            if moment is not None and (other := moment.by_clocks) is not None:
                written, clocks = _to_utc_text(moment.when), _to_utc_text(other)
                yield violation(
                    event, *path, written=moment, zone=moment.zone or "", by_offset=written, by_clocks=clocks
                )


def _list_moments(event: Event) -> Iterator[tuple[tuple[str | int, ...], Instant | None]]:
    yield ("starts_at",), event.starts_at
    yield ("ends_at",), event.ends_at
    for position, segment in enumerate(event.segments):
        yield ("segments", position, "starts_at"), segment.starts_at
        yield ("segments", position, "ends_at"), segment.ends_at


def _to_utc_text(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat()}Z"
