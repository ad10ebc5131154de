"""IC: what a calendar must be like to be read into a register. The reader holds these rules while it reads."""

from __future__ import annotations

import functools

from untoc_network.diagnostics import citations
from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.findings import Severity

_code = functools.partial(Code, module=__name__)


def _make_example_calendar(*lines: str) -> str:
    return "\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR"))


def _make_example_entry(*lines: str) -> str:
    return _make_example_calendar("BEGIN:VEVENT", *lines, "END:VEVENT")


def _make_example_talk(*lines: str) -> str:
    return _make_example_entry("UID:talk@example.org", "SUMMARY:Talk", *lines)


not_a_calendar = _code(
    code="IC001",
    slug="not-a-calendar",
    severity=Severity.ERROR,
    message="the file is not a calendar: it does not begin with BEGIN:VCALENDAR",
    hint="export the calendar as iCalendar (.ics)",
    basis=citations.TOLD,
    statement="The file is a calendar in the iCalendar format (RFC 5545).",
    why="in a file of another format no entry can be recognized.",
    passes=("BEGIN:VCALENDAR\nEND:VCALENDAR"),
    fails=("BEGIN:VCARD\nEND:VCARD"),
)

calendar_too_large = _code(
    code="IC002",
    slug="calendar-too-large",
    severity=Severity.ERROR,
    message="the calendar has more than {limit:number} lines; the rest is not read",
    hint="split the calendar; if you trust the file, raise the limit",
    basis=citations.HARMLESS,
    statement="A calendar keeps to the limits on lines, their length and their nesting.",
    why="a file without end can bring programs down.",
    passes=("BEGIN:VCALENDAR\nEND:VCALENDAR"),
    fails=("BEGIN:VCALENDAR\n… and 100,000 lines more"),
)

unreadable_calendar_line = _code(
    code="IC003",
    slug="unreadable-calendar-line",
    severity=Severity.ERROR,
    message="the line cannot be read and is left out",
    hint="write the line as NAME:value, without control characters and not longer than a cell may be",
    basis=citations.NOTHING_LOST,
    statement="Every line is a name, parameters and a value, without control characters and not too long.",
    why="programs read a broken line in different ways.",
    passes=(_make_example_talk("DTSTART;VALUE=DATE:20220328")),
    fails=(_make_example_talk("DTSTART;VALUE=DATE:20220328", "a line without a colon")),
)

entry_without_title = _code(
    code="IC004",
    slug="entry-without-title",
    severity=Severity.ERROR,
    message="the entry has no title and is not imported",
    hint="give the entry a title (SUMMARY)",
    basis=citations.NOTHING_LOST,
    statement="Every entry has a title.",
    why="an event without a name cannot be told from others, and names are never invented.",
    passes=(_make_example_talk()),
    fails=(_make_example_entry("UID:talk@example.org")),
)

entry_without_identifier = _code(
    code="IC005",
    slug="entry-without-identifier",
    severity=Severity.WARNING,
    message="the entry has no identifier of its own; one is made from its title and day",
    hint="give the entry a UID, so that it is recognized when it is moved",
    basis=citations.NOTHING_LOST,
    statement="Every entry has a UID of its own.",
    why="otherwise an entry that is read again after it was moved would become a second event.",
    passes=(_make_example_talk()),
    fails=(_make_example_entry("SUMMARY:Talk")),
)

calendar_value_not_understood = _code(
    code="IC006",
    slug="calendar-value-not-understood",
    severity=Severity.WARNING,
    message="the value of {name} is not understood and is kept in the notes",
    hint="write the value as RFC 5545 does: 20220328, 20220506T100000Z, PT1H30M, https://example.org/",
    basis=citations.NOTHING_LOST,
    statement="A value fits its property: a day, a time, a length, a status, an address.",
    why="a value that is only kept in the notes is missing from every list and count.",
    passes=(_make_example_talk("DTSTART;VALUE=DATE:20220328")),
    fails=(_make_example_talk("DTSTART;VALUE=DATE:28.03.2022")),
)

unknown_time_zone = _code(
    code="IC007",
    slug="unknown-time-zone",
    severity=Severity.WARNING,
    message="{name} names the unknown time zone '{zone}'; only the day is read, and the rest is kept in the notes",
    hint="define the zone in the calendar (VTIMEZONE), or name a zone of the IANA database, such as America/Panama",
    basis=citations.NOTHING_LOST,
    statement="A time zone is one of the IANA database, one that Windows names, or one that the calendar defines.",
    why="a zone that nobody defines tells nobody when to come.",
    passes=(_make_example_talk("DTSTART;TZID=America/Panama:20220328T090000")),
    fails=(_make_example_talk("DTSTART;TZID=Customized Time Zone:20220328T090000")),
)

time_without_zone = _code(
    code="IC008",
    slug="time-without-zone",
    severity=Severity.WARNING,
    message="{name} is a time without a time zone; only the day is read, and the rest is kept in the notes",
    hint="name the time zone with TZID, or write the time in UTC with a Z",
    basis=citations.NOTHING_LOST,
    statement="A time has its time zone.",
    why="a time without a zone is a different moment for every reader.",
    passes=(_make_example_talk("DTSTART:20220328T140000Z")),
    fails=(_make_example_talk("DTSTART:20220328T140000")),
)

nonstandard_time_zone_name = _code(
    code="IC009",
    slug="nonstandard-time-zone-name",
    severity=Severity.INFO,
    message="the time zone '{zone}' is read as {meant}",
    hint="check whether that is right; a name from the IANA database settles the question",
    basis=citations.NOTHING_LOST,
    statement="A time zone is named as the IANA database names it.",
    why="a Windows name stands for several zones, whose clocks may differ in other years.",
    passes=(_make_example_talk("DTSTART;TZID=Europe/Vienna:20220506T100000")),
    fails=(_make_example_talk("DTSTART;TZID=W. Europe Standard Time:20220506T100000")),
)

endless_recurrence = _code(
    code="IC010",
    slug="endless-recurrence",
    severity=Severity.WARNING,
    message=(
        "the entry recurs ({name}) without an end that is understood; only one occurrence is read, and the "
        "rest is kept in the notes"
    ),
    hint="give the series an end (COUNT or UNTIL), or write each meeting as a separate entry",
    basis=citations.NOTHING_LOST,
    statement="An entry is a single event, or a series with an end.",
    why="each meeting has its own participants and results; a rule for all of them has none.",
    passes=(_make_example_talk("DTSTART;VALUE=DATE:20220328")),
    fails=(_make_example_talk("DTSTART;VALUE=DATE:20220328", "RRULE:FREQ=WEEKLY")),
)

duplicate_property = _code(
    code="IC011",
    slug="duplicate-property",
    severity=Severity.WARNING,
    message="{name} appears a second time; the second value is kept in the notes",
    hint="keep one of the two values",
    basis=citations.NOTHING_LOST,
    statement="A property that an event can have only once appears once.",
    why="only the keeper of the calendar knows which of two values is right.",
    passes=(_make_example_talk()),
    fails=(_make_example_talk("SUMMARY:Another talk")),
)

attendees_not_imported = _code(
    code="IC012",
    slug="attendees-not-imported",
    severity=Severity.INFO,
    message="{name} names {number:person, who is|people, who are} not imported",
    hint="add to the register those who agreed, as persons with their consent",
    basis=citations.PEOPLE_FIRST,
    statement="Nobody enters a register merely because a calendar invited them.",
    why="invitations are not made to be kept, and knowing who was invited to what can endanger people.",
    passes=(_make_example_talk()),
    fails=(_make_example_talk("ATTENDEE;CN=A. Example:mailto:a@example.org")),
)

private_entry = _code(
    code="IC013",
    slug="private-entry",
    severity=Severity.WARNING,
    message="the entry is marked {mark} and is not imported",
    hint="mark the entry PUBLIC in the calendar if the network may know of it",
    basis=citations.PEOPLE_FIRST,
    statement="An entry is not marked as private or confidential.",
    why="events in a register are public; what somebody keeps private does not belong there.",
    passes=(_make_example_talk("CLASS:PUBLIC")),
    fails=(_make_example_talk("CLASS:PRIVATE")),
)

unsupported_calendar_component = _code(
    code="IC014",
    slug="unsupported-calendar-component",
    severity=Severity.WARNING,
    message="components of the kind {name} are not imported ({number:number})",
    hint="only entries for events (VEVENT) are read",
    basis=citations.NOTHING_LOST,
    statement="A calendar holds events: no tasks, journals, alarms or free times.",
    why="those are personal, and say nothing of what takes place.",
    passes=(_make_example_talk()),
    fails=(_make_example_calendar("BEGIN:VTODO", "UID:task@example.org", "SUMMARY:Task", "END:VTODO")),
)

truncated_calendar = _code(
    code="IC015",
    slug="truncated-calendar",
    severity=Severity.WARNING,
    message="the calendar ends within a component of the kind {name}",
    hint="check whether the file was cut off; what was read so far is kept",
    basis=citations.TOLD,
    statement="Every component of a calendar that begins also ends.",
    why="a file that was cut off lacks entries without anyone noticing.",
    passes=("BEGIN:VCALENDAR\nEND:VCALENDAR"),
    fails=("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:talk@example.org\nSUMMARY:Talk"),
)

event_without_kind = _code(
    code="IC016",
    slug="event-without-kind",
    severity=Severity.INFO,
    message="{number:event states no kind and is|events state no kind and are} read as 'other'",
    hint="name the kind among the categories, such as workshop or side-event, or correct the kind in the register",
    basis=citations.NOTHING_LOST,
    statement="An entry names among its categories what kind of event it is.",
    why="events of no known kind are missing from every list of consultations, trainings and so on.",
    passes=(_make_example_talk("CATEGORIES:workshop")),
    fails=(_make_example_talk()),
)

ambiguous_or_skipped_time = _code(
    code="IC017",
    slug="ambiguous-or-skipped-time",
    severity=Severity.WARNING,
    message="{problem:phrase}",
    hint="write the time in UTC with a Z, as the organizer means it",
    phrases={
        "twice": "the local time of {name} occurs twice that night; it is read as {read}, not {other}",
        "never": "the local time of {name} does not exist that night; it is read as {read}",
    },
    basis=citations.NOTHING_LOST,
    statement="A time exists exactly once on the clocks of its zone.",
    why="when clocks are set back an hour comes twice, and when they are put forward one is missing.",
    passes=(_make_example_talk("DTSTART;TZID=Europe/Vienna:20241027T043000")),
    fails=(_make_example_talk("DTSTART;TZID=Europe/Vienna:20241027T023000")),
)

time_zone_definition_mismatch = _code(
    code="IC018",
    slug="time-zone-definition-mismatch",
    severity=Severity.WARNING,
    message=(
        "the calendar's definition of the time zone '{zone}' ({name}) differs from the known one; the time "
        "is read as {read}, not {other}"
    ),
    hint="ask the organizer which of the two is right; an up-to-date calendar program writes the current rules",
    basis=citations.NOTHING_LOST,
    statement="What a calendar says of a time zone agrees with what is known of it.",
    why="laws on time zones change, and a calendar that was written earlier puts people an hour off.",
    passes=(
        _make_example_calendar(
            "BEGIN:VTIMEZONE",
            "TZID:America/Panama",
            "BEGIN:STANDARD",
            "DTSTART:19700101T000000",
            "TZOFFSETFROM:-0500",
            "TZOFFSETTO:-0500",
            "END:STANDARD",
            "END:VTIMEZONE",
            "BEGIN:VEVENT",
            "UID:talk@example.org",
            "SUMMARY:Talk",
            "DTSTART;TZID=America/Panama:20220328T090000",
            "END:VEVENT",
        )
    ),
    fails=(
        _make_example_calendar(
            "BEGIN:VTIMEZONE",
            "TZID:America/Panama",
            "BEGIN:STANDARD",
            "DTSTART:19700101T000000",
            "TZOFFSETFROM:-0600",
            "TZOFFSETTO:-0600",
            "END:STANDARD",
            "END:VTIMEZONE",
            "BEGIN:VEVENT",
            "UID:talk@example.org",
            "SUMMARY:Talk",
            "DTSTART;TZID=America/Panama:20220328T090000",
            "END:VEVENT",
        )
    ),
)

custom_time_zone = _code(
    code="IC019",
    slug="custom-time-zone",
    severity=Severity.INFO,
    message=(
        "{name} names the time zone '{zone}', which only the calendar defines; the time is kept with its offset alone"
    ),
    hint="name a zone of the IANA database, such as America/Panama, to keep the zone as well",
    basis=citations.NOTHING_LOST,
    statement="A time zone is one that other programs know too.",
    why="only the offset of that day is known; a meeting that is moved to another season would be an hour off.",
    passes=(
        _make_example_calendar(
            "BEGIN:VTIMEZONE",
            "TZID:America/Panama",
            "BEGIN:STANDARD",
            "DTSTART:19700101T000000",
            "TZOFFSETFROM:-0500",
            "TZOFFSETTO:-0500",
            "END:STANDARD",
            "END:VTIMEZONE",
            "BEGIN:VEVENT",
            "UID:talk@example.org",
            "SUMMARY:Talk",
            "DTSTART;TZID=America/Panama:20220328T090000",
            "END:VEVENT",
        )
    ),
    fails=(
        _make_example_calendar(
            "BEGIN:VTIMEZONE",
            "TZID:Customized Time Zone",
            "BEGIN:STANDARD",
            "DTSTART:19700101T000000",
            "TZOFFSETFROM:-0500",
            "TZOFFSETTO:-0500",
            "END:STANDARD",
            "END:VTIMEZONE",
            "BEGIN:VEVENT",
            "UID:talk@example.org",
            "SUMMARY:Talk",
            "DTSTART;TZID=Customized Time Zone:20220328T090000",
            "END:VEVENT",
        )
    ),
)

mixed_days_and_times = _code(
    code="IC020",
    slug="mixed-days-and-times",
    severity=Severity.WARNING,
    message=(
        "DTSTART and {name} mix a day and a time; only their days are compared, and what does not fit is "
        "kept in the notes"
    ),
    hint="write both as days or both as times",
    basis=citations.NOTHING_LOST,
    statement="An entry begins and ends with days or with times, not with one of each.",
    why="RFC 5545 asks for one kind, and programs disagree on what the other means.",
    passes=(_make_example_talk("DTSTART;VALUE=DATE:20240401", "DTEND;VALUE=DATE:20240402")),
    fails=(_make_example_talk("DTSTART;VALUE=DATE:20240401", "DTEND:20240402T110000Z")),
)

recurring_entry_expanded = _code(
    code="IC021",
    slug="recurring-entry-expanded",
    severity=Severity.INFO,
    message="the entry recurs ({name}); its occurrences are read as separate events ({number:number})",
    hint="check whether all of them take place",
    basis=citations.NOTHING_LOST,
    statement="Each meeting of a series is an entry of its own.",
    why="each has its own participants and results.",
    passes=(_make_example_talk("DTSTART;VALUE=DATE:20220328")),
    fails=(_make_example_talk("DTSTART;VALUE=DATE:20220328", "RRULE:FREQ=WEEKLY;COUNT=4")),
)

truncated_series = _code(
    code="IC022",
    slug="truncated-series",
    severity=Severity.WARNING,
    message=(
        "{name} gives more occurrences than are read; those read are separate events ({number:number}), and the "
        "rule is kept in the notes"
    ),
    hint="end the series earlier, or write the later meetings as separate entries",
    basis=citations.NOTHING_LOST,
    statement="A series has at most a hundred occurrences, none of which changes those after it.",
    why="a register lists meetings that people attend, and a rule can name more days than there is room for.",
    passes=(_make_example_talk("DTSTART;VALUE=DATE:20220328")),
    fails=(_make_example_talk("DTSTART;VALUE=DATE:20220328", "RRULE:FREQ=DAILY;COUNT=400")),
)

outdated_version = _code(
    code="IC023",
    slug="outdated-version",
    severity=Severity.WARNING,
    message="version {number} of the entry is older than version {known} and is not used",
    hint="check whether the newer version is right; the older one can be removed from the calendar",
    basis=citations.TIME,
    statement="Of several versions of an entry, the newest counts.",
    why="an old invitation that arrives late would undo what was changed since.",
    passes=(_make_example_talk("SEQUENCE:2")),
    fails=(
        _make_example_calendar(
            "BEGIN:VEVENT",
            "UID:talk@example.org",
            "SUMMARY:Talk",
            "SEQUENCE:2",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "UID:talk@example.org",
            "SUMMARY:Talk",
            "SEQUENCE:1",
            "END:VEVENT",
        )
    ),
)

calendar_reply = _code(
    code="IC024",
    slug="calendar-reply",
    severity=Severity.WARNING,
    message="the calendar is an answer to an invitation ({method}), and the entry is not imported",
    hint="import what the organizer publishes",
    basis=citations.PEOPLE_FIRST,
    statement="A calendar is what the organizer publishes, not somebody's reply.",
    why="a proposal of another day is not yet a change, and replies are nobody else's business.",
    passes=(_make_example_talk("DTSTART;VALUE=DATE:20220328")),
    fails=(
        _make_example_calendar(
            "METHOD:COUNTER",
            "BEGIN:VEVENT",
            "UID:talk@example.org",
            "SUMMARY:Talk",
            "DTSTART;VALUE=DATE:20220328",
            "END:VEVENT",
        )
    ),
)
