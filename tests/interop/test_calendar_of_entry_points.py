"""The last days of entry points as a calendar: what is certain stands in it, what is not is told."""

import icalendar

import untoc_network as un
from untoc_network.cli.main import main

ON = un.PartialDate("2023-02-01")
EXAMPLE = "examples/mechanism-2024.json"


def calendar_of(points, **given):
    made = un.exchange.entry_points_calendar(points, un.exchange.ExportOptions(on=ON, **given))
    return icalendar.Calendar.from_ical(made.data).walk("VEVENT"), list(made.report)


def test_it_has_the_last_days_that_are_certain_and_no_others():
    points = un.engagement.entry_points(un.load(EXAMPLE), "gi-toc", ON)
    certain = [one for one in points if one.closes and one.closes.earliest == one.closes.latest and not one.is_closed]
    events, findings = calendar_of(points)
    duties = [duty for one in points if not one.is_closed for duty in one.duties]
    assert sorted(event["DTSTART"].dt.isoformat() for event in events) == sorted(
        [str(one.closes.latest) for one in certain] + [str(duty.until.latest) for duty in duties]
    )
    assert {event["CLASS"] for event in events} == {"PRIVATE"}
    by_uid = {str(event["UID"]): event for event in events}
    dialogue = by_uid["dialogue.cd-2023-fa.gi-toc.closes@untoc-network"]
    assert (dialogue["STATUS"], dialogue["SUMMARY"]) == ("CONFIRMED", "Constructive dialogue on firearms, 2023")
    assert "observer-17-2.conference-session-12.gi-toc.closes@untoc-network" not in by_uid
    circulation = by_uid["observer-17-2.conference-session-12.gi-toc.duty@untoc-network"]
    assert circulation["SUMMARY"].startswith("the secretariat circulates the list of applicants by 2024-09-14")
    assert circulation["CATEGORIES"].to_ical() == b"duty,observer-17-2", "no deadline of the applicant"
    assert "rule 17(2)" in circulation["DESCRIPTION"]
    assert findings == []


def test_a_day_that_is_known_in_part_is_told_and_not_shown():
    register = un.load(EXAMPLE)
    points = un.engagement.entry_points(register, "gi-toc", "2025-06-01")
    days = [(one, day) for one in points for day in (one.closes, *(duty.until for duty in one.duties)) if day]
    vague = [one for one, day in days if day.earliest != day.latest and not one.is_closed]
    events, findings = calendar_of(points)
    assert len(vague) == len(findings) > 0
    assert {finding.code for finding in findings} == {"EX004"}
    assert {finding.subject for finding in findings} == {one.subject_id for one in vague}
    assert not {one.uid.replace("/", ".") for one in vague} & {
        str(event["UID"]).split(".closes")[0] for event in events
    }


def test_the_command_writes_it_in_the_language_that_is_asked_for(capfdbinary):
    arguments = ["next", EXAMPLE, "--stakeholder", "gi-toc", "--on", str(ON), "--format", "calendar", "--lang", "es"]
    assert main(arguments) == 0
    out, err = capfdbinary.readouterr()
    events, _ = calendar_of(un.engagement.entry_points(un.load(EXAMPLE), "gi-toc", ON), language="es")
    assert icalendar.Calendar.from_ical(out).walk("VEVENT") == events
    assert err == b""
