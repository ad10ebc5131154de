"""Calendars of others: every property goes to a field, to the notes or to a finding; nothing brings it down."""

import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.interop.calendar_reader import read_with_origins


def ics(*lines, around=True):
    body = ["BEGIN:VEVENT", "UID:talk@example.org", "SUMMARY:Talk", *lines, "END:VEVENT"] if around else lines
    return "".join(f"{line}\r\n" for line in ("BEGIN:VCALENDAR", *body, "END:VCALENDAR")).encode()


def read(data, **options):
    register, report = un.exchange.read_data(data, "calendar", **options)
    return register, [(one.code, one.line, one.message) for one in report]


def one(*lines, **options):
    register, found = read(ics("CATEGORIES:workshop", *lines), **options)
    (event,) = register.events
    notes = {note.heading: note.text for note in event.notes if note.heading != "UID"}
    return event, notes, [code for code, _, _ in found]


def test_an_entry_becomes_an_event_that_cites_its_calendar():
    data = ics(
        *("SUMMARY;LANGUAGE=es:Reunión\\, anual", "DTSTART;TZID=Europe/Vienna:20220506T100000"),
        *(
            "DTEND;TZID=Europe/Vienna:20220506T113015",
            "STATUS:confirmed",
            "LOCATION:Hall 1\\; east",
            "CATEGORIES:workshop,firearms,,Blue",
            "X-EMPTY: ",
        ),
        *(
            "URL:https://example.org/x",
            "DESCRIPTION:Two\\nlines",
            " folded",
            "DTSTAMP:20220101T000000Z",
            "X-FOO;X-BAR=1:odd",
        ),
    ).replace(b"SUMMARY:Talk\r\n", b"")
    register, report = un.exchange.read_data(data, "calendar", file="folder/meetings.ics")
    assert list(report) == []
    (event,), (source,) = register.events, register.sources
    assert event == un.Event(
        id="talk-example-org",
        name=un.Text(es="Reunión, anual"),
        kind=un.EventKind.WORKSHOP,
        status=un.EventStatus.CONFIRMED,
        starts_at=un.Instant("2022-05-06T10:00+02:00[Europe/Vienna]"),
        ends_at=un.Instant("2022-05-06T11:30:15+02:00[Europe/Vienna]"),
        place=un.Place(venue="Hall 1; east"),
        themes=(un.Theme.FIREARMS,),
        page="https://example.org/x",
        sources=(un.Citation(source_id="calendar-meetings"),),
        notes=(
            un.Note(heading="CATEGORIES", text="Blue"),
            un.Note(heading="DESCRIPTION", text="Two\nlinesfolded"),
            un.Note(heading="X-FOO", text="odd"),
            un.Note(heading="UID", text="talk@example.org"),
        ),
    )
    assert source.title == un.Text(und="meetings.ics")


@pytest.mark.parametrize(
    ("lines", "starts", "ends", "noted", "codes"),
    [
        (["DTSTART;VALUE=DATE:20220328", "DTEND;VALUE=DATE:20220330"], "2022-03-28", "2022-03-29", {}, []),
        (["DTSTART;VALUE=DATE:20220328", "DTEND;VALUE=DATE:20220328"], "2022-03-28", "2022-03-28", {}, []),
        (["DTSTART;VALUE=DATE:20220328", "DTEND;VALUE=DATE:20220327"], "2022-03-28", None, {"DTEND"}, ["IC006"]),
        (["DTSTART;VALUE=DATE:20220328", "DURATION:P2D"], "2022-03-28", "2022-03-29", {}, []),
        (["DTSTART;VALUE=DATE:99991231", "DURATION:P9D"], "9999-12-31", None, {"DURATION"}, ["IC006"]),
        (["DTSTART:20220328T100000Z", "DURATION:PT90M"], "2022-03-28T10:00Z", "2022-03-28T11:30Z", {}, []),
        (["DTSTART:20220328T100000Z", "DURATION:-PT90M"], "2022-03-28T10:00Z", None, {"DURATION"}, ["IC006"]),
        (["DTSTART:20220328T100000Z", "DURATION:soon"], "2022-03-28T10:00Z", None, {"DURATION"}, ["IC006"]),
        (["DTSTART:99991231T235959Z", "DURATION:P2D"], "9999-12-31T23:59:59Z", None, {"DURATION"}, ["IC006"]),
        (["DTSTART:20220328T100000Z", "DTEND:20220328T090000Z"], "2022-03-28T10:00Z", None, {"DTEND"}, ["IC006"]),
        (["DTSTART:20220328T100000Z", "DTEND;VALUE=DATE:20220330"], "2022-03-28T10:00Z", "2022-03-29", {}, ["IC020"]),
        (
            ["DTSTART:20220328T100000", "DTEND:20220329T100000"],
            "2022-03-28",
            "2022-03-29",
            {"DTSTART", "DTEND"},
            ["IC008", "IC008"],
        ),
        (["DTSTART;TZID=Mars/Sea:20220328T100000"], "2022-03-28", None, {"DTSTART"}, ["IC007"]),
        (
            ["DTSTART;TZID=/x.org/1/Europe/Vienna:20220506T100000"],
            "2022-05-06T10:00+02:00[Europe/Vienna]",
            None,
            {},
            ["IC009"],
        ),
        (
            ["DTSTART;TZID=Romance Standard Time:20220506T100000"],
            "2022-05-06T10:00+02:00[Europe/Paris]",
            None,
            {},
            ["IC009"],
        ),
        (["DTSTART;TZID=Europe/Vienna:00010101T000000"], "0001-01-01", None, {"DTSTART"}, ["IC006"]),
        (["DTSTART;VALUE=DATE:20220230", "DTEND;VALUE=DATE:20220301"], None, None, {"DTSTART", "DTEND"}, ["IC006"]),
        (["DTSTART:28.03.2022", "DURATION:P1D"], None, None, {"DTSTART", "DURATION"}, ["IC006"]),
        (["DTSTART;VALUE=DATE:20220328", "DTEND:never"], "2022-03-28", None, {"DTEND"}, ["IC006"]),
        (["DTSTART:20161231T235960Z"], "2016-12-31T23:59:59Z", None, {}, []),
        (["DTEND;VALUE=DATE:20220328"], None, None, {"DTEND"}, []),
        (
            ["DTSTART:20240426T000000", "DTEND:20240427T000000"],
            *("2024-04-26",) * 2,
            {"DTSTART", "DTEND"},
            ["IC008"] * 2,
        ),
        (
            ["DTSTART;TZID=Mars/Sea:20240426T200000", "DTEND;TZID=Mars/Sea:20240427T000000"],
            *("2024-04-26", "2024-04-26", {"DTSTART", "DTEND"}, ["IC007", "IC007"]),
        ),
        (["DTSTART:20240426T180000", "DURATION:PT6H"], *("2024-04-26",) * 2, {"DTSTART", "DURATION"}, ["IC008"]),
        (
            ["DTSTART:20240426T180000", "DURATION:PT6H1S"],
            "2024-04-26",
            "2024-04-27",
            {"DTSTART", "DURATION"},
            ["IC008"],
        ),
        (["DTSTART;VALUE=DATE:20240401", "DTEND:20240402T110000Z"], "2024-04-01", "2024-04-02", {"DTEND"}, ["IC020"]),
        (["DTSTART;VALUE=DATE:20240401", "DTEND:20240402T000000Z"], "2024-04-01", "2024-04-01", {"DTEND"}, ["IC020"]),
        (["DTSTART;VALUE=DATE:20240401", "DURATION:PT36H"], "2024-04-01", "2024-04-02", {"DURATION"}, ["IC020"]),
        (["DTSTART;VALUE=DATE:20240401", "DURATION:P1W"], "2024-04-01", "2024-04-07", {}, []),
        (["DTSTART;VALUE=DATE:20240401", "DURATION:P0D"], "2024-04-01", "2024-04-01", {}, []),
        (["DTSTART;VALUE=DATE:20240401", "DURATION:P"], "2024-04-01", None, {"DURATION"}, ["IC006"]),
        (["DTSTART;VALUE=DATE:20240401", "DURATION:P999999999W"], "2024-04-01", None, {"DURATION"}, ["IC006"]),
        (
            ["DTSTART:20240401T080000Z", "DTEND:20240401T090000"],
            "2024-04-01T08:00Z",
            "2024-04-01",
            {"DTEND"},
            ["IC008"],
        ),
        (
            ["DTSTART;TZID=Asia/Tokyo:20240401T080000", "DTEND;TZID=Asia/Tokyo:00010101T000000"],
            *("2024-04-01T08:00+09:00[Asia/Tokyo]", None, {"DTEND"}, ["IC006"]),
        ),
    ],
)
def test_days_and_moments(lines, starts, ends, noted, codes):
    event, notes, found = one(*lines)
    assert (event.starts_at or event.starts, event.ends_at or event.ends) == (starts, ends)
    assert (set(notes), found) == (set(noted), codes)


def test_the_note_of_a_time_in_an_unknown_zone_tells_the_zone():
    _, notes, _ = one("DTSTART;TZID=Mars/Sea:20220328T100000")
    assert notes == {"DTSTART": "20220328T100000 (Mars/Sea)"}


def test_links_into_meetings_go_where_they_are_never_published():
    event, notes, found = one(
        "LOCATION:https://zoom.us/j/1", "URL:https://zoom.us/j/2", "CONFERENCE:tel:+1", "URL:ftp://x"
    )
    assert (event.join_url, event.page, event.place) == ("https://zoom.us/j/1", None, None)
    assert set(notes) == {"URL", "CONFERENCE"}
    assert found == ["IC006"]
    assert one("CONFERENCE:https://example.org/room")[0].join_url == "https://example.org/room"
    assert one("LOCATION: ")[0].place is None


def test_people_are_not_imported_and_not_named():
    _, found = read(
        ics(
            "ATTENDEE;CN=A. Example:mailto:a@example.org",
            "ATTENDEE:mailto:b@example.org",
            "ORGANIZER:mailto:c@example.org",
        )
    )
    assert found[1:] == [
        ("IC012", 2, "ATTENDEE names 2 people, who are not imported"),
        ("IC012", 2, "ORGANIZER names 1 person, who is not imported"),
    ]


def test_what_is_private_stays_where_it_is():
    register, found = read(ics("CLASS:private"))
    assert (register.events, register.sources) == ((), ())
    assert found == [("IC013", 5, "the entry is marked PRIVATE and is not imported")]


def test_ids_are_stable_and_each_its_own():
    entry = ["BEGIN:VEVENT", "UID:a@example.org", "SUMMARY:Talk", "CATEGORIES:workshop", "END:VEVENT"]
    moved = [*entry[:2], "RECURRENCE-ID:20220401", *entry[2:]]
    alike = ["BEGIN:VEVENT", "UID:a/example.org", *entry[2:]]
    bare = ["BEGIN:VEVENT", "SUMMARY:Talk", "DTSTART;VALUE=DATE:20220328", "CATEGORIES:workshop", "END:VEVENT"]
    ours = ["BEGIN:VEVENT", "UID:known@untoc-network", *entry[2:]]
    register, found = read(ics(*entry, *entry, *moved, *alike, *bare, *ours, around=False))
    assert [event.id for event in register.events] == [
        *("a-example-org-2", "a-example-org-20220401", "a-example-org-3620f12d", "a-example-org-e16bfe08"),
        *("known", "talk-20220328"),
    ]
    assert [code for code, _, _ in found] == ["IC011", "IC005"]
    other_way_round = ics(*ours, *bare, *alike, *moved, *entry, *entry, around=False)
    assert read(other_way_round)[0] == register
    assert read(other_way_round, events=register.events)[0] == register


def entry_of(uid, *more):
    return ["BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Talk", *more, "END:VEVENT"]


def test_an_identifier_that_makes_the_id_of_another_takes_it_from_nobody():
    first, _ = read(ics(*entry_of("a@b.example"), around=False))
    both = ics(*entry_of("a-b.example", "STATUS:CONFIRMED"), *entry_of("a@b.example"), around=False)
    known, _ = read(both, events=first.events)
    assert known.by_id["a-b-example"] == first.events[0]
    (other,) = (event for event in known.events if event.id != "a-b-example")
    assert (other.id, other.status) == ("a-b-example-119c49fe", "confirmed")
    alone, _ = read(ics(*entry_of("a-b.example"), around=False), events=first.events)
    assert [event.id for event in alone.events] == ["a-b-example-119c49fe"]
    assert {event.id for event in read(both)[0].events} == {"a-b-example-119c49fe", "a-b-example-ebb18a03"}


def test_entries_that_share_an_identifier_are_told_apart_by_their_time():
    morning, evening = (entry_of("a@example.org", f"DTSTART:20220328T{hour}0000Z") for hour in ("08", "18"))
    register, found = read(ics(*morning, *evening, around=False))
    assert [(event.id, event.starts_at) for event in register.events] == [
        ("a-example-org-2022-03-28t08-00z", "2022-03-28T08:00Z"),
        ("a-example-org-2022-03-28t18-00z", "2022-03-28T18:00Z"),
    ]
    assert [code for code, _, _ in found] == ["IC016", "IC011"]
    assert read(ics(*evening, *morning, around=False), events=register.events)[0] == register


def test_of_two_versions_the_newer_holds():
    older, newer = entry_of("a@example.org", "SEQUENCE:2"), entry_of("a@example.org", "SEQUENCE:10", "STATUS:CONFIRMED")
    for data in (ics(*older, *newer, around=False), ics(*newer, *older, around=False)):
        register, found = read(data)
        assert [event.status for event in register.events] == ["confirmed"]
        assert [message for code, _, message in found if code == "IC023"] == [
            "version 2 of the entry is older than version 10 and is not used"
        ]
    assert len(read(ics(*entry_of("a@x", "SEQUENCE:x"), *entry_of("a@x", "SEQUENCE:0"), around=False))[0].events) == 2


@pytest.mark.parametrize("mark", ["CLASS:", "CLASS: ", "CLASS:PUBLIC", "CLASS:public"])
def test_what_is_not_marked_is_public(mark):
    register, found = read(ics(mark))
    assert len(register.events) == 1
    assert "IC013" not in [code for code, _, _ in found]


@pytest.mark.parametrize(("mark", "number"), [("", 0), ("CLASS:", 0), ("CLASS:PUBLIC", 1), ("CLASS:PRIVATE", 0)])
def test_an_occurrence_that_does_not_say_whom_it_is_for_is_for_those_of_its_series(mark, number):
    series = entry_of("a@example.org", "CLASS:CONFIDENTIAL", "DTSTART:20220328T080000Z", "RRULE:FREQ=DAILY;COUNT=3")
    changed = entry_of("a@example.org", "RECURRENCE-ID:20220329T080000Z", "DTSTART:20220329T090000Z", mark or "X:y")
    for data in (ics(*series, *changed, around=False), ics(*changed, *series, around=False)):
        assert len(read(data)[0].events) == number


def test_a_calendar_that_calls_off_calls_its_entries_off():
    data = ics("METHOD:CANCEL", *entry_of("a@example.org", "STATUS:CONFIRMED"), around=False)
    assert [event.status for event in read(data)[0].events] == ["cancelled"]
    two = ics("METHOD:cancel", *entry_of("a@example.org"), around=False) + ics(*entry_of("b@example.org"), around=False)
    assert [event.status for event in read(two)[0].events] == ["cancelled", None]


@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "declinecounter", "REFRESH"])
def test_an_answer_is_not_what_the_organizer_says(method):
    register, found = read(ics(f"METHOD:{method}", *entry_of("a@example.org"), around=False))
    message = f"the calendar is an answer to an invitation ({method.upper()}), and the entry is not imported"
    assert (register.events, found) == ((), [("IC024", 3, message)])


def test_what_is_called_off_without_a_title_keeps_the_one_that_it_had():
    first, _ = read(
        ics(*entry_of("a@example.org", "DTSTART:20220328T080000Z"), *entry_of("own@untoc-network"), around=False)
    )
    untitled = [line for line in entry_of("a@example.org", "STATUS:CANCELLED") if "SUMMARY" not in line]
    ours = [line for line in entry_of("own@untoc-network", "STATUS:CANCELLED") if "SUMMARY" not in line]
    register, _ = read(ics(*untitled, *ours, around=False), events=first.events)
    assert [(event.id, str(event.name), event.status) for event in register.events] == [
        ("a-example-org", "Talk", "cancelled"),
        ("own", "Talk", "cancelled"),
    ]
    assert [code for code, _, _ in read(ics(*untitled, *ours, around=False))[1]] == ["IC004", "IC004"]
    without = [line for line in entry_of("a@example.org") if "SUMMARY" not in line]
    assert [code for code, _, _ in read(ics(*without, around=False), events=first.events)[1]] == ["IC004"]


def test_a_series_that_is_called_off_as_a_whole_is_called_off_in_all_its_occurrences():
    rule = ("DTSTART:20220328T080000Z", "DTEND:20220328T090000Z", "RRULE:FREQ=DAILY;COUNT=3")
    first, _ = read(ics(*entry_of("a@example.org", *rule), around=False))
    untitled = ["BEGIN:VEVENT", "UID:a@example.org", "DTSTART:20220328T080000Z", "END:VEVENT"]
    register, _ = read(ics("METHOD:CANCEL", *untitled, around=False), events=first.events)
    assert [(event.id, event.starts_at, event.ends_at, event.status) for event in register.events] == [
        (event.id, event.starts_at, event.ends_at, "cancelled") for event in first.events
    ]


def test_the_same_note_stands_once():
    event, notes, _ = one(
        "X-GOOGLE-CONFERENCE:https://meet.example.org/a", "X-GOOGLE-CONFERENCE:https://meet.example.org/a"
    )
    assert [note.heading for note in event.notes] == ["X-GOOGLE-CONFERENCE", "UID"]
    assert notes == {"X-GOOGLE-CONFERENCE": "https://meet.example.org/a"}


def test_what_a_calendar_calls_itself_is_told_with_what_each_event_was_read_from():
    options = un.exchange.ImportOptions(file="folder/feed.ics")
    data = ics("X-WR-CALNAME:Meetings\\, all", *entry_of("a@example.org", "SEQUENCE:3"), around=False)
    made = read_with_origins(data, options)
    assert (made.name, [(row.key, row.record_id, row.sequence) for row in made.rows]) == (
        "Meetings, all",
        [("a@example.org", "a-example-org", 3)],
    )
    assert read_with_origins(ics("NAME: ", around=False), options).name is None


def test_ids_that_other_records_hold_are_not_taken():
    register, _ = read(ics(), held={"talk-example-org": un.Organization, "calendar-calendar": un.Person})
    assert register.events[0].id.startswith("talk-example-org-")
    assert register.sources[0].id == "calendar-calendar-2"


def test_a_second_value_and_an_odd_status_are_kept():
    event, notes, found = one(
        "SUMMARY:Other", "STATUS:maybe", "STATUS:CONFIRMED", "CATEGORIES:training,workshop, firearms,firearms"
    )
    assert (str(event.name), event.status, event.kind) == ("Talk", None, "workshop")
    assert notes == {"SUMMARY": "Other", "STATUS": "maybe", "CATEGORIES": "training, workshop"}
    assert [note.text for note in event.notes if note.heading == "STATUS"] == ["CONFIRMED", "maybe"]
    assert sorted(found) == ["IC006", "IC011", "IC011"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [("IC001", 1)]),
        (b"\r\n\r\n", [("IC001", 1)]),
        (b"BEGIN:VCARD\r\nEND:VCARD", [("IC001", 1)]),
        (b"{}", [("IC001", 1)]),
    ],
)
def test_what_is_no_calendar_is_none(data, expected):
    register, found = read(data)
    assert register is None
    assert [(code, line) for code, line, _ in found] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["no colon"], ("IC003", 5)),
        (["X:\x00"], ("IC003", 5)),
        (["X:\x1b[2J"], ("IC003", 5)),
        ([f"X:{'a' * 100_001}"], ("IC003", 5)),
        (["X:", *[f" {'a' * 50_000}"] * 10], ("IC003", 5)),
        (["X:a", *[f" {'a' * 399_990}"] * 3], ("IC003", 5)),
    ],
)
def test_lines_that_cannot_be_read_are_left_out(lines, expected):
    register, found = read(ics(*lines))
    assert register.events[0].notes[:-1] == ()
    assert [(code, line) for code, line, _ in found if code != "IC016"] == [expected]


def test_bytes_that_are_not_utf8_are_left_out_and_folds_within_a_letter_mended():
    register, found = read(ics().replace(b"SUMMARY:Talk", b"SUMMARY:Talk\r\nX:\xff\r\nY:\xc3\r\n \xa9"))
    assert [note.text for note in register.events[0].notes if note.heading == "Y"] == ["é"]
    assert ("IC003", 5) in [(code, line) for code, line, _ in found]


def test_other_parts_are_counted_and_nested_ones_passed_over():
    inner = ["BEGIN:VALARM", "SUMMARY:Alarm", "END:VALARM", "BEGIN:VEVENT", "SUMMARY:Inner", "END:VEVENT"]
    register, found = read(ics(*inner) + ics("BEGIN:VTODO", "END:VTODO", "X:1", around=False))
    assert [str(event.name) for event in register.events] == ["Talk"]
    assert [(code, message) for code, _, message in found] == [
        ("IC016", "1 event states no kind and is read as 'other'"),
        ("IC014", "components of the kind VALARM are not imported (1)"),
        ("IC014", "components of the kind VTODO are not imported (1)"),
    ]


def test_a_calendar_that_was_cut_off_is_told():
    register, found = read(ics().removesuffix(b"END:VEVENT\r\nEND:VCALENDAR\r\n"))
    assert [str(event.name) for event in register.events] == ["Talk"]
    assert ("IC015", 4, "the calendar ends within a component of the kind VEVENT") in found


def test_limits_are_kept():
    assert read(b"x" * 20, limits=un.Limits(max_bytes=10)) == (
        None,
        [("IO010", None, "the document has more than 10 bytes")],
    )
    register, found = read(b"BEGIN:VCALENDAR\r\n" * 100)
    assert (len(register), found) == (0, [("IO009", 65, "the document is nested more than 64 levels deep")])
    _, found = read(ics(*["X:1"] * 30), limits=un.Limits(max_calendar_lines=10))
    assert ("IC002", 11, "the calendar has more than 10 lines; the rest is not read") in found
    _, found = read(b"BEGIN:VCALENDAR\r\n" + b"\n" * 10_000_000)
    assert found[-1][0] == "IC002"


PIECES = st.sampled_from(
    [
        *(
            "BEGIN:VEVENT",
            "END:VEVENT",
            "UID:a",
            "SUMMARY:Talk",
            "SUMMARY;LANGUAGE=xx-x:T",
            "DTSTART:",
            "DTSTART:20220101",
        ),
        *("DTEND;TZID=Europe/Vienna:20220327T023000", "DTSTART;TZID=Pacific/Apia:20111230T120000", "DURATION:P1W"),
        *(
            "DTSTART;TZID=America/Panama:99991231T235959",
            "DTEND:00010101T000000Z",
            "RRULE:FREQ=YEARLY",
            "URL:x",
            "CLASS:",
        ),
        *(
            "CATEGORIES:workshop,,",
            "STATUS:",
            "LOCATION:",
            " ",
            "\t=",
            'A;B="',
            "A;B=c,d:e",
            "DTSTART;TZID=a,b:20220101T000000",
        ),
    ]
)


@tries(60)
@given(st.lists(PIECES | st.text(max_size=20), max_size=25), st.binary(max_size=10))
def test_nothing_brings_it_down_and_what_was_read_can_be_written(lines, rest):
    register, report = un.exchange.read_data(ics(*lines, around=False) + rest, "calendar")
    assert report.findings == tuple(report)
    if register is None:
        assert [one.code for one in report] == ["IC001"]
        return
    again, told = un.reads(un.dumps(register))
    assert told.ok
    assert again == register
