"""What of a review is public: by the log, by what is said of its outputs, since when, in which languages."""

import json

import untoc_network as un
from untoc_network.process.published_outputs import list_published_outputs
from untoc_network.process.review_tracker import track
from untoc_network.reports.review_tracker import render_tracker

CITED = un.Citation(source_id="s")
REVIEW = un.CountryReview(
    id="r",
    country="PA",
    instruments=["UNTOC", "TIP"],
    reviewers=[{"country": "PE", "instruments": ["UNTOC", "TIP"]}, {"country": "IT", "instruments": ["UNTOC"]}],
    log=[
        {"step": "submit-questionnaire", "on": "2022-01-10"},
        {"step": "submit-feedback", "by": "IT", "on": "2022-05-01"},
        {"step": "submit-feedback", "by": "PE", "instruments": ["UNTOC"], "on": "2022-05-02"},
    ],
)
PUBLIC = un.CountryReview(
    id="r",
    country="PA",
    artefacts=[
        {"kind": "list-of-observations", "instrument": "TIP", "published": "2023-06", "languages": ["es"]},
        {"kind": "questionnaire-answers", "url": "https://example.org/a"},
        {"kind": "written-feedback"},
    ],
    log=[
        {"step": "agree-on-observations"},
        {
            "step": "publish-observations",
            "on": "2023-05-02",
            "instruments": ["UNTOC", "TIP"],
            "languages": ["en"],
            "url": "https://example.org/l",
            "sources": [CITED],
        },
        {"step": "publish-summary", "languages": ["en", "de"]},
    ],
)


def test_each_instrument_is_told_once_with_its_earlier_day_and_all_languages():
    told = {(one.kind.value, one.instrument): one for one in list_published_outputs(PUBLIC)}
    assert list(told) == [
        ("list-of-observations", "TIP"),
        ("questionnaire-answers", None),
        ("list-of-observations", "UNTOC"),
        ("summary", None),
    ]
    tip = told["list-of-observations", "TIP"]
    assert (tip.published, tip.languages, tip.url) == ("2023-05-02", ("es", "en"), "https://example.org/l")
    assert tip.sources == (CITED,)
    assert told["summary", None].published is None


def test_what_became_public_later_does_not_count():
    assert [one.kind for one in list_published_outputs(PUBLIC, un.PartialDate("2023-01-01"))] == [
        "questionnaire-answers",
        "summary",
    ]


def test_the_tracker_says_in_four_languages_whose_part_is_missing():
    register = un.Register(country_reviews=[REVIEW])
    (share, *_) = track(register, "2022-06-01").standings[0].shares
    assert (share.step, share.done, share.total, share.is_partial) == ("submit-feedback", ("IT",), 2, True)
    assert json.loads(json.dumps(track(register, "2022-06-01").to_dict()))["reviews"][0]["shares"] == [
        {
            "step": "submit-feedback",
            "done": ["IT"],
            "missing": [{"country": "PE", "instruments": ["TIP"]}],
            "total": 2,
            "passed": False,
        }
    ]
    said = {
        language: next(
            line
            for line in render_tracker(track(register, "2022-06-01"), width=None, languages=(language,))
            if "TIP" in line
        )
        for language in ("en", "es", "pt", "fr")
    }
    assert said == {
        "en": "Panama: submit feedback: 1 of 2; missing: Peru (TIP)",
        "es": "Panamá: presentar los comentarios por escrito: 1 de 2; pendiente: Perú (TIP)",
        "pt": "Panamá: entregar os comentários por escrito: 1 de 2; não consta de: Peru (TIP)",
        "fr": "Panama\u00a0: soumettre le retour d’information écrit\u00a0: 1 sur 2\u00a0; manquent\u00a0: Pérou (TIP)",
    }


def test_the_tracker_says_what_is_public_or_that_nothing_is_recorded():
    lines = list(render_tracker(track(un.Register(country_reviews=[PUBLIC]), "2023-12-31"), width=None))
    assert [line for line in lines if "public:" in line] == [
        "Panama: public: list of observations (TIP), since 2023-05-02, in Spanish and English: https://example.org/l",
        "Panama: public: questionnaire answers: https://example.org/a",
        "Panama: public: list of observations (UNTOC), since 2023-05-02, in English: https://example.org/l",
        "Panama: public: summary, in English and de",
    ]
    agreed = un.CountryReview(id="r", country="PA", log=[{"step": "agree-on-observations"}])
    lines = list(render_tracker(track(un.Register(country_reviews=[agreed]), "2023-12-31"), width=None))
    assert "Panama: public: nothing is recorded, neither the list of observations nor the summary" in lines


def test_of_reviewing_states_that_are_not_known_no_total_is_told():
    one = un.CountryReview(id="r", country="PA", log=[{"step": "submit-feedback", "by": "IT"}])
    (share, *_) = un.process.COUNTRY_REVIEW.shares(one)
    assert (share.done, share.missing, share.total, share.is_partial) == (("IT",), (), None, False)
    all_at_once = un.CountryReview(
        id="r", country="PA", reviewers=[{"country": "PE"}], log=[{"step": "submit-feedback"}]
    )
    (share, *_) = un.process.COUNTRY_REVIEW.shares(all_at_once)
    assert (share.done, share.total) == (("PE",), 1)


def test_an_extended_phase_moves_the_last_day():
    log = [{"step": "start", "on": "2020-12-01"}, {"step": "extend-phase", "on": "2022-10-17", "until": "2026-10-01"}]
    review = un.CountryReview(id="r", country="PA", log=log)
    due = {one.step: (one.latest, one.put_off) for one in un.process.COUNTRY_REVIEW.deadlines(review)}
    assert due["share-with-working-groups"] == ("2026-10-01", True)
    assert due["submit-questionnaire"] == ("2021-06-01", False)


def test_a_state_registers_within_ten_days_of_its_own_link():
    log = [{"step": "start"}, {"step": "open-registration", "by": "PE", "on": "2021-01-05"}]
    review = un.CountryReview(id="r", country="PA", reviewers=[{"country": "PE"}], log=log)
    assert [(one.step, one.by, one.latest) for one in un.process.COUNTRY_REVIEW.deadlines(review)] == [
        ("register-in-platform", "PE", "2021-01-15")
    ]


def test_who_reviews_follows_draws_deferrals_and_replacements():
    log = [
        {"step": "redraw-reviewers", "leaves": ["IT"], "joins": ["FR"]},
        {"step": "defer-reviewing", "by": "PE"},
        {"step": "replace-reviewer", "leaves": ["FR"], "joins": ["DE"]},
    ]
    today = un.CountryReview(id="r", country="PA", reviewers=[{"country": "DE"}], log=log)
    first = un.CountryReview(id="r", country="PA", reviewers=[{"country": "PE"}, {"country": "IT"}], log=log)
    for review in (today, first):
        assert [set(review.reviewing_states(number)) for number in range(4)] == [
            {"PE", "IT"},
            {"PE", "FR"},
            {"FR"},
            {"DE"},
        ]
    assert today.states == ("PA", "DE")


def test_a_joint_act_is_taken_by_all_of_them_and_a_step_taken_by_all_is_over():
    procedure, feedback = un.process.COUNTRY_REVIEW, {"step": "submit-feedback"}
    (step,) = [one for one in procedure.what_next(REVIEW, "2022-06-01") if one.step == "submit-feedback"]
    assert (step.by, step.instruments) == ("PE", ("TIP",))
    review = procedure.advance(REVIEW, "submit-feedback", "2022-06-01", by="PE", instruments=["TIP"])
    try:
        procedure.advance(REVIEW, "hold-dialogue", "2022-06-01")
    except un.IllegalTransition as refused:
        assert "in the state 'feedback-in-part', in which 'submit-feedback' is missing by PE (TIP)" in str(refused)
    try:
        procedure.advance(review, **feedback, on="2022-06-01", by="PE")
    except un.IllegalTransition as refused:
        assert "it was taken by all whom it concerns" in str(refused)
    (step,) = [one for one in procedure.what_next(review, "2022-06-01") if one.step == "hold-dialogue"]
    assert step.together == ("PA", "PE", "IT")
    held = procedure.advance(review, "hold-dialogue", "2022-06-02", "reviewing-state", by=["PA", "PE", "IT"])
    assert held.log[-1].by == ("PA", "PE", "IT")
    assert held.log[-1].actor == "states-in-review"


def test_the_tracker_says_what_changed_the_course_of_a_review():
    joined = un.CountryReview(id="r", country="PA", log=[{"step": "join-after-drawing"}, {"step": "extend-phase"}])
    longer = un.CountryReview(id="q", country="PE", log=[{"step": "extend-phase", "until": "2026-10"}])
    lines = list(render_tracker(track(un.Register(country_reviews=[joined, longer]), "2023-12-31"), width=None))
    assert "Panama: became a party after the drawing of lots, and has no group yet" in lines
    assert "Peru: the Conference keeps the phase until 2026-10" in lines
    assert len([line for line in lines if "keeps the phase" in line]) == 1
