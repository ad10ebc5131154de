import untoc_network as un
from untoc_network.engagement.mechanism_timeline import TimelineLane, list_timeline_entries


def test_the_timeline_has_sessions_dialogues_and_phases_by_day_with_what_they_rest_on():
    entries = list_timeline_entries(un.Register())
    lanes = [entry.lane for entry in entries]
    assert lanes == sorted(lanes, key=list(TimelineLane).index)
    assert set(lanes) == set(TimelineLane)
    conference = [(entry.number, str(entry.first)) for entry in entries if entry.lane is TimelineLane.CONFERENCE]
    assert conference[0] == (9, "2018-10-15")
    assert next((one.group, one.phase, str(one.first)) for one in entries if one.group == 2) == (2, 1, "2021")
    assert all(entry.basis is not None and entry.basis.source for entry in entries)
    assert entries[0].to_dict()["lane"] == "conference"


def test_what_the_register_knows_stands_in_the_place_of_the_fact_and_what_has_no_day_is_left_out():
    own = un.Event(id="cop12", name={"en": "Twelfth"}, kind="conference-session", starts="2024-10-14")
    undated = un.Event(id="wg", name={"en": "WG"}, kind="working-group-session")
    entries = list_timeline_entries(un.Register(events=(own, undated)), since=un.PartialDate("2024"))
    (held, *_) = [entry for entry in entries if entry.lane is TimelineLane.CONFERENCE]
    assert (held.name, held.number, held.basis) == (own.name, 12, None)
    assert all(entry.name != undated.name for entry in entries)
    assert all(entry.last.last >= un.PartialDate("2024-01-01").first for entry in entries)
