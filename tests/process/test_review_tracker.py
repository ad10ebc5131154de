import datetime as dt
import json

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.process import COUNTRY_REVIEW
from untoc_network.process.review_tracker import ReviewProgress, track

DAY = "2022-05-01"


def day(text):
    return un.PartialDate(text)


def entry(step, on=None, by=None):
    return un.ReviewEntry(step=un.CountryReviewStep(step), on=None if on is None else day(on), by=by)


def review(country, *log, **more):
    return un.CountryReview(id=f"{country.lower()}-1", country=country, log=log, **more)


def nomination(start, end=None, **more):
    return un.Nomination(
        role=un.NominationRole.FOCAL_POINT,
        country="XA",
        period=un.Period(start=day(start), end=None if end is None else day(end)),
        **more,
    )


def standing(one, on=DAY):
    (found,) = track(un.Register(country_reviews=(one,)), on).standings
    return found


def test_reviews_are_counted_as_the_secretariat_does():
    held = (entry("start"), entry("hold-initial-consultation"))
    register = un.Register(
        country_reviews=(
            review("XA"),
            review("XB", entry("start")),
            review("XC", *held),
            review("XD", *held, entry("submit-questionnaire")),
            review("XE", entry("share-with-working-groups")),
        )
    )
    assert track(register, DAY).totals == {
        ReviewProgress.NOT_STARTED: 2,
        ReviewProgress.CONSULTATION_HELD: 1,
        ReviewProgress.IN_PROGRESS: 1,
        ReviewProgress.COMPLETED: 1,
    }


def test_reviews_stand_by_group_phase_and_name():
    register = un.Register(
        country_reviews=(review("PE", group=2), review("AR", group=2, phase=1), review("CO"), review("BR", group=1))
    )
    assert [one.review.country for one in track(register, DAY).standings] == ["BR", "AR", "PE", "CO"]


def test_the_focal_point_is_the_one_of_the_day():
    nominations = (
        nomination("2021-01", "2021-12", office=un.Text(en="Ministry")),
        nomination("2022-01", person_id="p1"),
        attrs.evolve(nomination("2021-01"), role=un.NominationRole.OBSERVER, person_id="p2"),
    )
    one = review("XA", nominations=nominations)
    assert standing(one).focal_point.person_id == "p1"
    assert standing(one, "2021-06-01").focal_point.office["en"] == "Ministry"
    assert standing(one, "2020-06-01").focal_point is None


def test_what_is_late_is_told_step_by_step():
    found = standing(review("XA", entry("start", "2021-12-10"), entry("nominate-focal-point", "2022-01-10", "XA")))
    assert [(one.step, one.days_late(found.on)) for one in found.late] == [
        ("nominate-focal-point", (17, 17)),
        ("nominate-experts", (114, 114)),
        ("hold-initial-consultation", (114, 114)),
    ]
    assert found.most_late == 114
    assert standing(review("XA")).most_late == 0


STEPS = tuple(un.CountryReviewStep)
BY_EACH = {transition.step for transition in COUNTRY_REVIEW.transitions if transition.partial is not None}
LEADING = {transition.step for transition in COUNTRY_REVIEW.transitions if transition.target is not None}


@given(
    st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from((None, "XA", "XB"))), max_size=5),
    st.dates(dt.date(2020, 1, 1), dt.date(2025, 12, 31)),
    st.dates(dt.date(2020, 1, 1), dt.date(2025, 12, 31)),
)
@tries(60)
def test_nobody_is_late_of_whom_nothing_is_known(steps, begun, on):
    log = (entry("start", begun.isoformat()), *(entry(step, None, by) for step, by in steps))
    one = review("XA", *log, reviewers=(un.ReviewingState(country="XB"),))
    found = standing(one, on.isoformat())
    heard = {by for step, by in steps if step is not un.CountryReviewStep.START}
    order = [STEPS.index(step) for step, _ in steps if step in LEADING]
    for deadline in found.late:
        assert heard, "only the start is recorded"
        assert deadline.by is None or heard & {deadline.by, None}
        of_others = deadline.by is not None and deadline.step in BY_EACH
        assert deadline.passed or max(order, default=0) < STEPS.index(deadline.step) + of_others, (
            "a later step implies it"
        )
    if not heard:
        assert found.most_late == 0
    for deadline in found.due:
        assert deadline.is_open


def test_a_step_that_a_later_one_implies_is_neither_late_nor_due():
    one = review("XA", entry("start", "2021-01-10"), entry("submit-questionnaire", "2021-03-01"))
    found = standing(one)
    assert [deadline.step for deadline in found.late] == []
    assert [deadline.step for deadline in found.due] == ["submit-feedback"], "nothing is known of who reviews"


def test_only_what_is_published_by_the_day_counts():
    kind, url = un.ArtefactKind, "https://example.org/summary"
    artefacts = (
        un.Artefact(kind=kind.SUMMARY, published=day("2022-04")),
        un.Artefact(kind=kind.LIST_OF_OBSERVATIONS, published=day("2022-06")),
        un.Artefact(kind=kind.QUESTIONNAIRE_ANSWERS, url=url),
        un.Artefact(kind=kind.WRITTEN_FEEDBACK),
    )
    assert [one.kind for one in standing(review("XA", artefacts=artefacts)).published] == [
        "summary",
        "questionnaire-answers",
    ]


def test_the_tracker_is_plain_json_without_names_of_persons():
    one = review("XA", entry("start", "2021-12-10"), nominations=(nomination("2022-01", person_id="p1"),))
    told = json.loads(json.dumps(track(un.Register(country_reviews=(one,)), DAY).to_dict()))
    assert told["totals"] == {"not-started": 1, "consultation-held": 0, "in-progress": 0, "completed": 0}
    (first,) = told["reviews"]
    assert first["focal_point"] == {"person": "p1", "office": None}
    assert first["next"][0]["deadline"]["days_late"] == {"fewest": 0, "most": 0}


def test_records_are_flat_and_name_no_person():
    log = (entry("start", "2021-12-10"),)
    first = review("XA", *log, nominations=(nomination("2022-01", person_id="p1"),), group=1)
    second = review(
        "XB", reviewers=[un.ReviewingState(country="XA"), un.ReviewingState(country="XC")], instruments=["TIP", "SOM"]
    )
    told = track(un.Register(country_reviews=(first, second)), DAY).records()
    assert [one["review"] for one in told] == ["xa-1", "xb-1"]
    assert all(value is None or type(value) in (str, int) for one in told for value in one.values())
    assert "p1" not in str(told)
    assert told[0] == {
        "review": "xa-1",
        "country": "XA",
        "name": "XA",
        "group": 1,
        "phase": None,
        "cluster": None,
        "instruments": "",
        "reviewers": "",
        "state": "launched",
        "progress": "not-started",
        "late": 0,
        "most_late": None,
        "next_due": "2021-12-24",
        "published": 0,
    }
    assert (told[1]["reviewers"], told[1]["instruments"], told[1]["next_due"]) == ("XA XC", "TIP SOM", None)


def test_reviews_are_tracked_on_a_whole_day():
    with pytest.raises(un.ImpossibleValue, match="on a whole day, such as 2022-03-28"):
        track(un.Register(), "2022-03")


def test_who_joined_later_did_not_review_then():
    change = un.ReviewEntry(step="replace-reviewer", on="2022-03-01", leaves=["XC"], joins=["XD"])
    one = review("XA", entry("start", "2021-12-10"), change, reviewers=[{"country": "XB"}, {"country": "XD"}])
    assert set(standing(one, "2022-01-01").review.reviewing_states()) == {"XB", "XC"}
    assert standing(one, "2022-04-01").review.reviewing_states() == ("XB", "XD")
    assert {one.by for one in standing(one, "2022-01-01").deadlines if one.by} == {"XA", "XB", "XC"}
