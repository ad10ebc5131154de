"""A calendar that comes again: what people decided stays, what is gone or older is told, nobody changes identity."""

import attrs
import pytest

import untoc_network as un
from untoc_network.interop.registry import import_data

from .test_calendar_reader import entry_of, ics


def brought(into, *entries, head=(), **given):
    data = ics(*head, *(line for entry in entries for line in entry), around=False)
    done = import_data(data, "calendar", existing=into, **{"file": "feed.ics", **given})
    assert done.register is not None
    return done.register, [(one.code, one.subject) for one in done.report if one.code != "IC016"]


def meeting(uid, day, *more):
    return entry_of(uid, f"DTSTART:{day}T100000Z", *more)


THIRD = meeting("m@example.org", 20260510, "SEQUENCE:3", "LOCATION:Hall")


def test_the_same_calendar_again_changes_nothing():
    entries = (
        THIRD,
        entry_of("w@example.org", "DTSTART:20260105T100000Z", "RRULE:FREQ=WEEKLY;COUNT=3", "X-N:y", "X-N:y"),
        entry_of("own@untoc-network", "DTSTART;VALUE=DATE:20260105"),
    )
    first, _ = brought(None, *entries)
    again, found = brought(first, *reversed(entries))
    assert un.dumps(again) == un.dumps(first)
    assert found == [("IC021", None)]
    assert {"m-example-org", "own"} <= {event.id for event in first.events}


def test_what_is_called_off_is_called_off_and_says_no_less_than_before():
    first, _ = brought(None, THIRD)
    bare = ["BEGIN:VEVENT", "UID:m@example.org", "SEQUENCE:5", "END:VEVENT"]
    off, _ = brought(first, bare, head=["METHOD:CANCEL"])
    (event,) = off.events
    assert event == attrs.evolve(first.events[0], status=un.EventStatus.CANCELLED)
    late, found = brought(off, THIRD)
    assert (late.events, found) == (off.events, [("IM042", "m-example-org")])


def test_an_older_version_is_told_and_not_followed():
    first, _ = brought(None, THIRD)
    for older in (meeting("m@example.org", 20260501, "SEQUENCE:1"), meeting("m@example.org", 20260501)):
        after, found = brought(first, older)
        assert (after.events, found) == (first.events, [("IM042", "m-example-org")])


def test_a_newer_version_moves_the_meeting_and_leaves_what_people_did():
    first, _ = brought(None, THIRD)
    by_hand, _ = first.with_replaced(
        attrs.evolve(first.events[0], kind=un.EventKind.SIDE_EVENT, page="https://example.org/")
    )
    after, _ = brought(by_hand, meeting("m@example.org", 20260511, "SEQUENCE:4"))
    assert (after.events[0].starts_at, after.events[0].kind, after.events[0].place, after.events[0].page) == (
        *("2026-05-11T10:00Z", "side-event", None, "https://example.org/"),
    )


def test_what_is_gone_is_told_and_stays():
    first, _ = brought(None, THIRD)
    after, found = brought(first, meeting("other@example.org", 20260511))
    assert [event.id for event in after.events] == ["m-example-org", "other-example-org"]
    assert found == [("IM030", "m-example-org")]


def test_another_meeting_of_the_same_name_is_another_event():
    first, _ = brought(None, THIRD)
    after, _ = brought(
        first,
        meeting("n@example.org", 20270510),
        meeting("u@example.org", 20270511)[:2] + ["SUMMARY:Talk", "END:VEVENT"],
    )
    assert after.by_id["m-example-org"] == first.by_id["m-example-org"]
    assert len(after.events) == 3


def test_a_meeting_that_was_kept_by_hand_is_the_one_of_its_name_on_its_day():
    kept = un.Event(
        id="by-hand", name=un.Text(und="Talk"), kind=un.EventKind.WORKSHOP, starts_at=un.Instant("2026-05-10T10:00Z")
    )
    after, _ = brought(un.Register(events=(kept,)), THIRD)
    assert [event.id for event in after.events] == ["by-hand"]
    undated, _ = brought(un.Register(events=(attrs.evolve(kept, starts_at=None),)), THIRD)
    assert [event.id for event in undated.events] == ["by-hand", "m-example-org"]


@pytest.mark.parametrize("swapped", [False, True])
def test_identifiers_that_make_one_id_keep_their_events_whatever_comes_first(swapped):
    one, other = meeting("a@b.example", 20260510), meeting("a-b.example", 20260610)
    first, _ = brought(None, one)
    after, _ = brought(first, *((other, one) if swapped else (one, other)))
    assert after.by_id["a-b-example"].starts_at == "2026-05-10T10:00Z"
    again, _ = brought(after, *((one, other) if swapped else (other, one)))
    assert un.dumps(again) == un.dumps(after)


def test_a_register_of_before_there_was_a_memory_knows_its_events():
    read, _ = un.exchange.read_data(ics(*THIRD, around=False), "calendar")
    moved, _ = brought(read, meeting("m@example.org", 20260510, "SEQUENCE:4", "STATUS:CONFIRMED"))
    assert [(event.id, event.status) for event in moved.events] == [("m-example-org", "confirmed")]


def test_an_event_that_was_taken_out_by_hand_stays_out():
    first, _ = brought(None, THIRD, meeting("own@untoc-network", 20260511))
    without, _ = first.without("m-example-org", "own")
    after, found = brought(without, THIRD, meeting("own@untoc-network", 20260511))
    assert after.events == ()
    assert {subject for _, subject in found} == {"m-example-org", "own"}


def test_what_a_feed_says_anew_of_an_erased_person_is_masked():
    person = un.Person(
        id="p",
        name="Søren Łukasik",
        contacts=(un.Contact(kind=un.ContactKind.EMAIL, value="soren@example.org"),),
    )
    erased = un.privacy.erase(un.Register(persons=(person,)), "p", on="2026-01-01").register
    talk = meeting("m@example.org", 20260510, "DESCRIPTION:Con Soren Lukasik (soren@example.org)")
    after, found = brought(erased, talk)
    stored = un.dumps(after).decode()
    assert "ukasik" not in stored
    assert "soren" not in stored
    assert "Con […] ([…])" in stored
    assert [code for code, _ in found if code == "IM038"] == ["IM038"]
    assert un.dumps(brought(after, talk)[0]) == un.dumps(after)


def test_a_calendar_is_remembered_by_what_it_calls_itself():
    named, _ = brought(None, THIRD, head=["X-WR-CALNAME;LANGUAGE=en:Meetings of XA 2026"], file="basic.ics")
    assert [one.name for one in named.lists] == ["calendar-meetings-of-xa"]
    assert [one.id for one in named.sources] == ["calendar-meetings-of-xa"]
    plain, _ = brought(None, THIRD, head=["X-WR-CALNAME: "], file="2026-05 feed.ics")
    assert [one.name for one in plain.lists] == ["calendar-feed"]
    assert [one.name for one in brought(None, THIRD, list="ours")[0].lists] == ["ours"]


def test_what_is_no_calendar_leaves_the_register():
    assert import_data(b"{}", "calendar").register is None


def test_findings_name_the_line_of_the_entry():
    first, _ = brought(None, THIRD)
    done = import_data(
        ics(*meeting("m@example.org", 20260501), around=False), "calendar", existing=first, file="feed.ics"
    )
    (finding,) = (one for one in done.report if one.code == "IM042")
    assert (finding.line, finding.location.file) == (2, "feed.ics")


def test_entries_that_share_an_identifier_stay_what_they_are():
    twins = (
        entry_of("b@untoc-network", "DTSTART:20260510T100000Z"),
        entry_of("b@untoc-network"),
        entry_of("b@untoc-network", "STATUS:CANCELLED"),
    )
    first, _ = brought(None, *twins)
    again, _ = brought(first, *twins)
    assert un.dumps(again) == un.dumps(first)
    assert len(first.events) == 3
