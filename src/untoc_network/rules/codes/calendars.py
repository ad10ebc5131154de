"""IC: what a calendar must be like to be read into a register. The reader holds these rules while it reads."""

from __future__ import annotations

from untoc_network.diagnostics.findings import Severity
from untoc_network.rules import citations as bases
from untoc_network.rules.rule import reader_rule


@reader_rule(
    "IC001",
    says="this is no calendar: it does not begin with BEGIN:VCALENDAR",
    hint="export it as iCalendar (.ics)",
    basis=bases.TOLD,
)
def calendar_is_one() -> None:
    """A calendar is iCalendar after RFC 5545.

    Why: of a file in another form no entry can be told from another.

    Passes:
        BEGIN:VCALENDAR
        END:VCALENDAR

    Fails:
        BEGIN:VCARD
        END:VCARD
    """


@reader_rule(
    "IC002",
    says="the calendar has more than {limit} lines; the rest is not read",
    hint="split the calendar, or raise the limit, un.Limits, if you trust the file",
    basis=bases.HARMLESS,
)
def calendar_is_within_limits() -> None:
    """A calendar keeps to the limits on lines, their length and their nesting.

    Why: a file without end is a way to bring programs down.

    Passes:
        BEGIN:VCALENDAR
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        … and 100,000 lines more
    """


@reader_rule(
    "IC003",
    says="this line cannot be read, and is left out",
    hint="a line is NAME:value; it holds no control character, and at most as many characters as a cell may",
    basis=bases.NOTHING_LOST,
)
def line_can_be_read() -> None:
    """Every line is a name, parameters and a value, without control characters and not too long.

    Why: what one program skips, another takes for something else.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20220328
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20220328
        a line without a colon
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC004",
    says="the entry has no title, and is not imported",
    hint="give it a title (SUMMARY)",
    basis=bases.NOTHING_LOST,
)
def entry_has_a_title() -> None:
    """Every entry has a title.

    Why: an event without a name cannot be told from others, and no name is ever invented.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC005",
    severity=Severity.WARNING,
    says="the entry has no identifier of its own; it gets one from its title and day",
    hint="give it a UID, so that it is known again when it is moved",
    basis=bases.NOTHING_LOST,
)
def entry_has_an_identifier() -> None:
    """Every entry has a UID, and each its own.

    Why: an entry that is read again after it was moved would otherwise be a second event.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        SUMMARY:Talk
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC006",
    severity=Severity.WARNING,
    says="{name} is not understood; it is kept in the notes",
    hint="write it as RFC 5545 does: 20220328, 20220506T100000Z, PT1H30M, https://example.org/",
    basis=bases.NOTHING_LOST,
)
def value_is_understood() -> None:
    """A value is what its property is for: a day, a moment, a length, a status, an address.

    Why: a value that is only kept in the notes is missing from every list and count.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20220328
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:28.03.2022
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC007",
    severity=Severity.WARNING,
    says="{name} names the time zone '{zone}', which is not known; only the day is read, the rest kept in the notes",
    hint="define it in the calendar (VTIMEZONE), or name a zone of the IANA database, such as America/Panama",
    basis=bases.NOTHING_LOST,
)
def time_zone_is_known() -> None:
    """A time zone is one of the IANA database, one that Windows names, or one that the calendar defines.

    Why: a name that nobody defines tells nobody when to come.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;TZID=America/Panama:20220328T090000
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;TZID=Customized Time Zone:20220328T090000
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC008",
    severity=Severity.WARNING,
    says="{name} is a time without a time zone; only the day is read, the rest kept in the notes",
    hint="name the time zone with TZID, or write the time in UTC with a Z",
    basis=bases.NOTHING_LOST,
)
def time_has_its_zone() -> None:
    """A time has its time zone.

    Why: a time without one is a different moment for every reader.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART:20220328T140000Z
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART:20220328T140000
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC009",
    severity=Severity.INFO,
    says="the time zone '{zone}' is taken for {meant}",
    hint="look whether it is right; name the zone as the IANA database does to settle it",
    basis=bases.NOTHING_LOST,
)
def time_zone_is_named_as_usual() -> None:
    """A time zone is named as the IANA database names it.

    Why: a name that Windows uses stands for several zones, whose clocks may differ in other years.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;TZID=Europe/Vienna:20220506T100000
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;TZID=W. Europe Standard Time:20220506T100000
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC010",
    severity=Severity.WARNING,
    says="{name} makes it recur without an end that is understood; only one occurrence is read, the rest kept in the notes",
    hint="give the series an end (COUNT or UNTIL), or write each meeting as an entry of its own",
    basis=bases.NOTHING_LOST,
)
def entry_takes_place_once() -> None:
    """An entry is one event, or a series that ends and that can be counted.

    Why: each meeting has its own participants and results; a rule for all of them has none.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20220328
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20220328
        RRULE:FREQ=WEEKLY
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC011",
    severity=Severity.WARNING,
    says="{name} stands a second time; it is kept in the notes",
    hint="keep one of them",
    basis=bases.NOTHING_LOST,
)
def property_stands_once() -> None:
    """What an event has one of stands once.

    Why: which of two is right only the keeper of the calendar knows.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        SUMMARY:Another talk
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC012",
    severity=Severity.INFO,
    says="{name} names people ({number}), who are not imported",
    hint="add those who agreed to the register, as persons with their consent",
    basis=bases.PEOPLE_FIRST,
)
def people_come_with_consent() -> None:
    """Nobody comes into a register merely since a calendar invited them.

    Why: an invitation is not made to be kept, and who was invited to what can endanger people.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        ATTENDEE;CN=A. Example:mailto:a@example.org
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC013",
    severity=Severity.WARNING,
    says="the entry is marked {mark}, and is not imported",
    hint="mark it PUBLIC in the calendar if the network may know of it",
    basis=bases.PEOPLE_FIRST,
)
def entry_is_public() -> None:
    """An entry is not marked as private or confidential.

    Why: events are public in a register; what somebody keeps to themselves has no place there.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        CLASS:PUBLIC
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        CLASS:PRIVATE
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC014",
    severity=Severity.WARNING,
    says="parts of the kind {name} are not imported ({number})",
    hint="only entries for events (VEVENT) are read",
    basis=bases.NOTHING_LOST,
)
def part_is_an_event() -> None:
    """A calendar is one of events: no tasks, journals, alarms or hours that somebody is free.

    Why: they are somebody's own, and say nothing of what takes place.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VTODO
        UID:task@example.org
        SUMMARY:Task
        END:VTODO
        END:VCALENDAR
    """


@reader_rule(
    "IC015",
    severity=Severity.WARNING,
    says="the calendar ends within a part of the kind {name}",
    hint="look whether the file was cut off; what was read so far is kept",
    basis=bases.TOLD,
)
def calendar_ends_as_it_began() -> None:
    """Every part of a calendar that begins ends.

    Why: a file that was cut off lacks entries that nobody misses.

    Passes:
        BEGIN:VCALENDAR
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
    """


@reader_rule(
    "IC016",
    severity=Severity.INFO,
    says="events whose kind is not said, read as 'other': {number}",
    hint="name the kind among the categories, such as workshop or side-event, or correct it in the register",
    basis=bases.NOTHING_LOST,
)
def event_says_its_kind() -> None:
    """An entry names among its categories what kind of event it is.

    Why: events of no known kind are missing from every list of consultations, trainings and so on.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        CATEGORIES:workshop
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC017",
    severity=Severity.WARNING,
    says="{problem:phrase}",
    phrases={
        "twice": "the clocks show {name} twice that night; it is read as {read}, not {other}",
        "never": "the clocks skip {name} that night; it is read as {read}",
    },
    hint="write the time in UTC with a Z, as the organizer means it",
    basis=bases.NOTHING_LOST,
)
def clocks_show_it_once() -> None:
    """A time is one that the clocks of its zone show once.

    Why: where clocks are set back an hour comes twice, and where they are put forward one is missing.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;TZID=Europe/Vienna:20241027T043000
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;TZID=Europe/Vienna:20241027T023000
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC018",
    severity=Severity.WARNING,
    says="{name} names the time zone '{zone}', which the calendar defines otherwise than it is known: read as {read}, not {other}",
    hint="ask the organizer which of the two holds; a program that is up to date writes the rules of today",
    basis=bases.NOTHING_LOST,
)
def definition_agrees_with_the_zone() -> None:
    """What a calendar says of a time zone agrees with what is known of it.

    Why: laws on time zones change, and a calendar that was written before puts people an hour off.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VTIMEZONE
        TZID:America/Panama
        BEGIN:STANDARD
        DTSTART:19700101T000000
        TZOFFSETFROM:-0500
        TZOFFSETTO:-0500
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;TZID=America/Panama:20220328T090000
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VTIMEZONE
        TZID:America/Panama
        BEGIN:STANDARD
        DTSTART:19700101T000000
        TZOFFSETFROM:-0600
        TZOFFSETTO:-0600
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;TZID=America/Panama:20220328T090000
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC019",
    severity=Severity.INFO,
    says="{name} names the time zone '{zone}', which the calendar itself defines; the moment is kept with its offset alone",
    hint="name a zone of the IANA database, such as America/Panama, to keep the zone too",
    basis=bases.NOTHING_LOST,
)
def time_zone_is_a_common_one() -> None:
    """A time zone is one that others know too.

    Why: what is known is the offset of that day; a meeting that is moved to another season is an hour off.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VTIMEZONE
        TZID:America/Panama
        BEGIN:STANDARD
        DTSTART:19700101T000000
        TZOFFSETFROM:-0500
        TZOFFSETTO:-0500
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;TZID=America/Panama:20220328T090000
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VTIMEZONE
        TZID:Customized Time Zone
        BEGIN:STANDARD
        DTSTART:19700101T000000
        TZOFFSETFROM:-0500
        TZOFFSETTO:-0500
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;TZID=Customized Time Zone:20220328T090000
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC020",
    severity=Severity.WARNING,
    says="DTSTART and {name} are a day and a time; only the day of both is compared, and what does not fit is kept in the notes",
    hint="write both as days or both as times",
    basis=bases.NOTHING_LOST,
)
def times_are_of_one_kind() -> None:
    """An entry begins and ends with days or with times, not with one of each.

    Why: RFC 5545 asks for one kind, and programs disagree on what the other means.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20240401
        DTEND;VALUE=DATE:20240402
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20240401
        DTEND:20240402T110000Z
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC021",
    severity=Severity.INFO,
    says="{name} makes it recur; its occurrences are read as events of their own ({number})",
    hint="look whether all of them take place",
    basis=bases.NOTHING_LOST,
)
def occurrence_is_an_entry() -> None:
    """Each meeting of a series is an entry of its own.

    Why: each has its own participants and results.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20220328
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20220328
        RRULE:FREQ=WEEKLY;COUNT=4
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC022",
    severity=Severity.WARNING,
    says="{name} names more occurrences than are read; those read are events of their own ({number}), the rule is kept in the notes",
    hint="end the series earlier, or write the later meetings as entries of their own",
    basis=bases.NOTHING_LOST,
)
def series_is_read_whole() -> None:
    """A series has at most a hundred occurrences, none of which changes those after it.

    Why: a register lists meetings that people attend, and a rule can name more days than it has room for.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20220328
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20220328
        RRULE:FREQ=DAILY;COUNT=400
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC023",
    severity=Severity.WARNING,
    says="this version of the entry (number {number}) is older than the one with number {known}, and is not followed",
    hint="look whether the newer version is right; the older one can be taken out of the calendar",
    basis=bases.TIME,
)
def version_is_the_newest() -> None:
    """Of the versions of an entry the newest holds.

    Why: an old invitation that arrives late would undo what was changed since.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        SEQUENCE:2
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        SEQUENCE:2
        END:VEVENT
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        SEQUENCE:1
        END:VEVENT
        END:VCALENDAR
    """


@reader_rule(
    "IC024",
    severity=Severity.WARNING,
    says="the calendar is an answer to an invitation ({method}), and the entry is not imported",
    hint="import what the organizer publishes",
    basis=bases.PEOPLE_FIRST,
)
def calendar_is_no_answer() -> None:
    """A calendar is what the organizer publishes, not what somebody answers.

    Why: a proposal of another day is not yet a change, and who answers what is nobody else's business.

    Passes:
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20220328
        END:VEVENT
        END:VCALENDAR

    Fails:
        BEGIN:VCALENDAR
        METHOD:COUNTER
        BEGIN:VEVENT
        UID:talk@example.org
        SUMMARY:Talk
        DTSTART;VALUE=DATE:20220328
        END:VEVENT
        END:VCALENDAR
    """
