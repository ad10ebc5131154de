"""The chain of a general review: recommendation, Conference, resolution, follow-up, in every form and through the log."""

import pytest

import untoc_network as un
from untoc_network.process import GENERAL_REVIEW

STEPS = (
    ("make-recommendations", "2024-04-04", "working-group"),
    ("prepare-report", "2024-08-01", "secretariat"),
    ("open-session", "2024-10-14", "conference"),
    ("review-in-plenary", "2024-10-15", "conference"),
    ("act-on-recommendations", "2024-10-16", "conference"),
    ("adopt-resolution", "2024-10-17", "conference"),
    ("adopt-resolution", "2024-10-18", "conference"),
    ("close-session", "2024-10-18", "conference"),
    ("follow-up-on-resolution", "2025-06", "state"),
    ("follow-up-on-resolution", "2026-02", "state"),
)
CHAIN = un.GeneralReview(
    id="gr",
    session=12,
    recommendations=(
        {"key": "r1", "text": {"en": "Share data"}, "working_group": "firearms", "event_id": "wg"},
        {"key": "r2", "text": {"en": "Meet again"}, "body": {"en": "A party"}},
    ),
    resolutions=({"key": "a", "symbol": "12/3", "adopted": "2024-10-18", "recommendation_keys": ["r1", "r2"]},),
    follow_ups=(
        {"key": "f", "text": {"en": "A meeting"}, "resolution_key": "a", "actor": "secretariat", "on": "2025-06"},
    ),
)


def test_the_log_leads_from_a_recommendation_to_what_follows_a_resolution():
    review = CHAIN
    for step, on, actor in STEPS:
        review = GENERAL_REVIEW.advance(review, step, on, actor)
    assert GENERAL_REVIEW.state_of(review) == "followed-up"
    assert [entry.step for entry in review.log] == [step for step, _, _ in STEPS]
    assert GENERAL_REVIEW.course(review).unexpected == {}


@pytest.mark.parametrize(
    ("before", "step"),
    [
        (("open-session", "review-in-plenary", "adopt-resolution"), "make-recommendations"),
        (("open-session",), "adopt-resolution"),
        (("open-session", "review-in-plenary", "adopt-resolution"), "follow-up-on-resolution"),
        (("open-session", "review-in-plenary", "close-session"), "adopt-resolution"),
    ],
)
def test_a_step_of_the_chain_out_of_turn_is_refused(before, step):
    log = tuple(un.GeneralReviewEntry(step=un.GeneralReviewStep(one)) for one in before)
    review = un.GeneralReview(id="gr", session=12, log=log)
    with pytest.raises(un.IllegalTransition):
        GENERAL_REVIEW.advance(review, step, "2025-01-01")


def test_a_resolution_that_is_recorded_alone_implies_the_review_in_plenary():
    log = (un.GeneralReviewEntry(step=un.GeneralReviewStep.ADOPT_RESOLUTION),)
    found = GENERAL_REVIEW.course(un.GeneralReview(id="gr", session=12, log=log))
    assert (found.state, found.skipped) == ("resolution-adopted", {0: ("open-session", "review-in-plenary")})


@pytest.mark.parametrize("suffix", ["json", "yaml", "ndjson", "zip", "d"])
def test_every_form_keeps_the_chain_the_chairs_and_the_invitations(tmp_path, suffix):
    dialogue = un.ConstructiveDialogue(
        id="cd",
        event_id="talk",
        chairs=({"person_id": "p1", "country": "XA"}, {"country": "XB", "office": {"en": "Mission"}}),
        invited=({"kind": "entities"}, {"kind": "states-parties", "country": "XA"}),
    )
    report = {"key": "report", "kind": "report", "status": "adopted", "adopted": "2024-04-04"}
    group = un.Event(id="wg", name={"en": "Group"}, kind="working-group-session", outputs=(report,))
    talk = un.Event(id="talk", name={"en": "Dialogue"}, kind="constructive-dialogue")
    person = un.Person(id="p1", name="A. Example")
    register = un.Register(
        persons=(person,), events=(group, talk), constructive_dialogues=(dialogue,), general_reviews=(CHAIN,)
    )
    un.dump(register, tmp_path / f"register.{suffix}")
    assert un.load(tmp_path / f"register.{suffix}") == register


def test_a_document_from_before_the_chain_reads_as_ever():
    data = b'{"schema_version": 1, "general_reviews": [{"id": "gr", "session": 11}], "constructive_dialogues": []}'
    register = un.loads(data)
    review = register.general_reviews[0]
    assert (review.resolutions, review.follow_ups) == ((), ())
    assert b"resolutions" not in un.dumps(register)
