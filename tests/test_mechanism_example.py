"""`examples/mechanism-2024.json`: what public sources say of the Mechanism until the end of 2024, and no more."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

import untoc_network as un
from untoc_network.process import ACCREDITATION, APPLICATION, COUNTRY_REVIEW, DIALOGUE

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "mechanism-2024.json"
FACTS = un.reference.packaged()


@pytest.fixture(scope="module")
def mechanism():
    return un.load(EXAMPLE)


def test_the_script_writes_the_very_example(mechanism):
    spec = importlib.util.spec_from_file_location("build_mechanism_example", ROOT / "tools/build_mechanism_example.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert un.dumps(script.build()) == EXAMPLE.read_bytes() == un.dumps(mechanism)


def test_every_party_whose_group_is_public_has_a_review_that_was_launched_and_nothing_more(mechanism):
    public = {row.party: row.group for row in FACTS.table("group_assignments")}
    assert {review.country: review.group for review in mechanism.country_reviews} == public
    assert len(public) == 37
    assert {COUNTRY_REVIEW.state_of(review) for review in mechanism.country_reviews} == {"launched"}


def test_reviewing_states_are_not_public_and_openly_left_blank(mechanism):
    for review in mechanism.country_reviews:
        assert review.reviewers == ()
        assert [(blank.field, blank.reason) for blank in review.blanks] == [("reviewers", "unknown")]


def test_the_dialogues_are_those_of_the_tables(mechanism):
    held = [row for row in FACTS.table("dialogues") if row.dialogue < "CD-2025"]
    days = {dialogue.id: mechanism[dialogue.event_id].starts for dialogue in mechanism.constructive_dialogues}
    assert days == {f"cd-{row.dialogue[3:].lower()}": row.date or row.dialogue[3:7] for row in held}
    states = Counter(DIALOGUE.state_of(dialogue) for dialogue in mechanism.constructive_dialogues)
    assert states == {"held": 12, "planned": 2}


def test_a_dialogue_follows_the_working_day_after_its_session_wherever_both_are_known(mechanism):
    pairs = [
        (mechanism[link.event_id].ends, event.starts)
        for event in mechanism.events
        for link in event.links_to
        if link.kind == "follows" and mechanism[link.event_id].ends.is_exact
    ]
    assert {f"{ends} {starts}" for ends, starts in pairs} == {
        "2022-05-27 2022-05-27",
        "2023-05-04 2023-05-05",
        "2023-05-30 2023-05-31",
        "2023-10-03 2023-10-04",
        "2023-10-06 2023-10-09",
        "2024-07-09 2024-07-10",
    }


def test_an_observer_of_the_conference_was_kept_out_of_the_first_dialogue(mechanism):
    (application,) = mechanism["cd-2022-fa"].applications
    assert APPLICATION.state_of(application) == "declined"
    assert [(entry.step, entry.by) for entry in application.log] == [
        ("submit", ()),
        ("object", ("TR",)),
        ("decline", ()),
    ]
    assert ACCREDITATION.state_of(mechanism["gi-toc-conference"]) == "granted"


def test_objections_of_2022_were_voted_down_or_withdrawn(mechanism):
    cases = [one for one in mechanism.accreditations if one.event_id == "conference-session-11"]
    assert Counter(ACCREDITATION.state_of(one) for one in cases) == {"granted": 3, "circulated": 3}
    votes = [entry.vote for one in cases for entry in one.log if entry.vote]
    assert {(vote.in_favour, vote.against) for vote in votes} == {(57, 7)}


def test_it_is_valid_with_honest_warnings():
    register, report = un.read(EXAMPLE)
    report = report.merge(un.validate(register, on="2026-11-24"))
    assert report.ok
    assert {finding.code for finding in report} == {
        "AC003",  # who granted the status, and when, is not public
        "AC005",  # which State objected, and why, is not in the source
        "CD005",  # no summary of a dialogue is recorded
        "CR029",  # steps are due and not recorded
        "EV014",  # stakeholders: people or organizations
        "EV019",  # planned, and never heard of again
        "SR009",  # derived or recalled
    }


def test_every_record_cites_where_it_was_read(mechanism):
    assert all(record.sources for record in mechanism if not isinstance(record, un.Source))
