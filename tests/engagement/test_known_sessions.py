"""What takes place by the facts alone is as sure as their rows."""

import attrs

import untoc_network as un
from untoc_network import reference
from untoc_network.engagement.known_sessions import list_dialogues, list_working_group_sessions

NOTHING, FACTS = un.Register(), reference.packaged()


def test_a_dialogue_without_a_day_is_never_surer_than_its_row():
    found = {session.id: session for session in list_dialogues(NOTHING, FACTS)}
    assert (found["cd-2024-ta"].first, found["cd-2024-ta"].basis.certainty) == ("2024", "partial")
    assert found["cd-2024-tip"].basis.certainty == "derived"
    assert found["cd-2024-fa"].basis.certainty == "seen"


def test_a_dialogue_that_was_seen_without_a_day_has_a_derived_one():
    row = next(row for row in FACTS.table("dialogues") if row.dialogue == "CD-2022-FA")
    undated = FACTS.replacing(dialogues=[attrs.evolve(row, date=None)])
    (session,) = list_dialogues(NOTHING, undated)
    assert (session.first, session.basis.certainty) == ("2022", "derived")


def test_a_session_of_which_one_day_is_known_is_on_that_day():
    found = {session.id: session for session in list_working_group_sessions(NOTHING, FACTS)}
    session = found["working-group-smuggling-of-migrants-2024-07-12"]
    assert (session.first, session.last, session.basis.certainty) == ("2024-07-12", "2024-07-12", "partial")
