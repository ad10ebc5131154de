"""Cases at the edge of the rules on the Mechanism, beyond their own two examples."""

import json

import attrs
import pytest

import untoc_network as un
from untoc_network.rules.areas.party_status import get_status_basis
from untoc_network.rules.rule import Context

ON = "2026-11-24"
NGO = {"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}
SESSION = {"id": "cop", "name": {"en": "Session"}, "kind": "conference-session", "starts": "2022-10-17"}
TALK = {"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}


def found(code, reference=None, rules=None, **collections):
    register, report = un.reads(json.dumps({"schema_version": 1} | collections))
    assert report.ok, list(report)
    hits = un.validate(register, on=ON, reference=reference, rules=rules)
    assert [hit.message for hit in hits if hit.code == "XX001"] == []
    return [(hit.pointer, hit.message, hit.severity.value) for hit in hits if hit.code == code]


def party(country, *acts, **more):
    keys = ("instrument", "kind", "on")
    return {
        "id": country.lower(),
        "country": country,
        "acts": [{key: value for key, value in zip(keys, act, strict=False) if value} for act in acts],
    } | more


def review(country="XA", **more):
    return {"id": f"{country.lower()}-1", "country": country} | more


def log(*steps):
    keys = ("step", "on", "by")
    return [{key: value for key, value in zip(keys, step, strict=False) if value} for step in steps]


# -- parties -----------------------------------------------------------------------------------------------------------


def test_the_day_of_adoption_is_as_sure_as_its_row():
    register, _ = un.reads(json.dumps({"schema_version": 1, "parties": [party("XA", ("UNTOC", "signature", "1999"))]}))
    (finding,) = [one for one in un.validate(register) if one.code == "PT001"]
    assert str(finding.basis) == "treaties, adoption"
    assert finding.severity == "warning"
    bare = un.reference.packaged().replacing(treaties=[])
    undated = party("XA", ("UNTOC", "signature", None))
    assert found("PT001", parties=[undated]) == []
    assert found("PT001", reference=bare, parties=[party("XA", ("UNTOC", "signature", "1999"))]) == []


@pytest.mark.parametrize(
    "deposit",
    [("UNTOC", "succession", "2010-03-01"), ("UNTOC", "accession", "2010-03"), ("UNTOC", "accession", None)],
)
def test_entry_into_force_is_judged_only_where_it_follows_from_the_deposit(deposit):
    acts = (deposit, ("UNTOC", "entry-into-force", "2010-01-01"))
    assert found("PT004", parties=[party("XA", *acts)]) == []


def test_entry_into_force_is_never_before_that_of_the_instrument_itself():
    early = party("XA", ("UNTOC", "ratification", "2002-01-01"), ("UNTOC", "entry-into-force", "2002-01-31"))
    (hit,) = found("PT004", parties=[early])
    assert hit[1].endswith("but follows from the deposit of 2002-01-01 as 2003-09-29")
    far = party("XA", ("UNTOC", "ratification", "9999-12-20"), ("UNTOC", "entry-into-force", "2002-01-31"))
    assert found("PT004", parties=[far]) == []
    own = un.reference.packaged().replacing(treaty_actions=[])
    assert found("PT004", reference=own, parties=[early]) == []


def test_a_party_may_change_its_regional_group():
    groups = [
        {"group": "eastern-european", "period": {"start": "2000", "end": "2010"}},
        {"group": "weog", "period": {"start": "2011"}},
    ]
    assert found("PT005", parties=[party("XA", regional_groups=groups)]) == []
    groups[1]["period"]["start"] = "2009"
    assert found("PT005", parties=[party("XA", regional_groups=groups)]) == [
        (
            "/parties/0/regional_groups/1",
            "the party is in two regional groups at the same time: eastern european and weog",
            "error",
        )
    ]


# -- who reviews whom --------------------------------------------------------------------------------------------------


def test_of_an_unknown_party_nothing_is_said():
    reviewers = [{"country": "XB", "instruments": ["TIP"]}, {"country": "XC"}]
    for code in ("CR003", "CR004", "CR005", "CR017", "CR022"):
        assert found(code, country_reviews=[review(reviewers=reviewers, instruments=["UNTOC"])]) == []


def test_a_state_of_the_world_is_judged_by_the_depositarys_record():
    reviewers = [{"country": "CO", "instruments": ["UNTOC"]}, {"country": "KR", "instruments": ["FIREARMS"]}]
    assert un.reference.is_party("KR", "FIREARMS") is True
    assert found("CR003", country_reviews=[review("PA", reviewers=reviewers)]) == []
    reviewers[1]["country"] = "US"
    (hit,) = found("CR003", country_reviews=[review("PA", reviewers=reviewers)])
    assert hit == (
        "/country_reviews/0/reviewers/1/instruments/0",
        "US reviews the implementation of FIREARMS but is not a party to it",
        "error",
    )


def test_an_absence_from_a_record_that_lacks_a_party_is_a_warning():
    reviewers = [{"country": "CO", "instruments": ["SOM"]}]
    (hit,) = found("CR003", country_reviews=[review("PA", reviewers=reviewers)])
    assert hit[2] == "warning"


def test_a_state_that_reviews_itself_is_not_mutual_too():
    assert found("CR002", country_reviews=[review(reviewers=[{"country": "XA"}])]) == []


def test_a_review_may_open_before_a_launch_that_is_not_known():
    opened = review(group=3, log=log(("start", None)))
    assert found("CR015", country_reviews=[opened, review("XB", log=log(("start", "2000")))]) == []
    (hit,) = found(
        "CR015", country_reviews=[review(group=3, log=log(("start", None), ("nominate-experts", "2021-01-01")))]
    )
    assert hit[0] == "/country_reviews/0/log/1/on"


def test_two_reviews_of_unknown_phase_are_not_the_same():
    assert found("CR026", country_reviews=[review(), review() | {"id": "xa-2"}]) == []


def test_a_review_whose_id_is_doubled_is_left_to_the_rule_on_ids():
    first, second = (un.CountryReview(id="xa-1", country="XA", phase=1, cluster=cluster) for cluster in (1, 2))
    codes = {one.code for one in un.validate(un.Register(country_reviews=(first, second)))}
    assert "RF001" in codes
    assert "CR026" not in codes


# -- the course of a review --------------------------------------------------------------------------------------------


def test_focal_points_of_other_states_and_without_periods_are_left_alone():
    nominations = [
        {"role": "focal-point", "country": "XA", "period": {"start": "2021", "end": "2022"}},
        {"role": "focal-point", "country": "XB", "period": {"start": "2021"}},
        {"role": "focal-point", "country": "XA"},
        {"role": "observer", "country": "XA", "period": {"start": "2021"}},
    ]
    for code in ("CR007", "CR008"):
        assert found(code, country_reviews=[review(nominations=nominations)]) == []


def test_lateness_is_told_only_of_steps_with_a_day():
    started = review(log=log(("start", "2020-12-01"), ("nominate-focal-point", None, "XA")))
    assert found("CR009", country_reviews=[started, review("XB")]) == []
    assert found("CR029", country_reviews=[review("XB", group=1)]) == []


def test_a_late_step_is_judged_by_the_weaker_of_limit_and_anchor():
    late = review(group=1, log=log(("start", "2020"), ("nominate-focal-point", "2022-01-01", "XA")))
    (hit,) = found("CR009", country_reviews=[late])
    assert (
        hit[1] == "the focal point of XA was to be notified by 2021-01-14 and was notified on 2022-01-01, 352 days late"
    )


def test_undated_steps_stand_anywhere():
    steps = log(("start", "2021-08-31"), ("hold-initial-consultation", None), ("submit-questionnaire", "2022-02-28"))
    assert found("CR013", country_reviews=[review(log=steps)]) == []


def test_logs_of_questionnaires_are_judged_too():
    asked = review(
        log=log(("hold-initial-consultation", None)),
        questionnaires=[
            {"instrument": "UNTOC", "log": log(("submit", "2022-02"), ("begin", "2022-01"))},
            {"instrument": "TIP"},
        ],
    )
    places = {code: [hit[0] for hit in found(code, country_reviews=[asked])] for code in ("CR013", "CR014", "CR023")}
    assert places == {
        "CR013": ["/country_reviews/0/questionnaires/0/log/1/on"],
        "CR014": [],
        "CR023": ["/country_reviews/0/questionnaires/0/log/1/step"],
    }
    missing = [hit[1] for hit in found("CR024", country_reviews=[asked])]
    assert missing == [
        "the log lacks steps that must come before 'hold initial consultation': start",
        "the log lacks steps that must come before 'submit': begin",
    ]


def test_undated_answers_are_not_before_the_review():
    asked = review(
        log=log(("start", "2021-08-31")), questionnaires=[{"instrument": "UNTOC", "log": log(("begin", None))}]
    )
    assert found("CR014", country_reviews=[asked]) == []


def test_a_step_at_the_end_allows_none():
    done = review(log=log(("share-with-working-groups", None), ("start", None)))
    (hit,) = found("CR023", country_reviews=[done])
    assert hit[1] == (
        "the step 'start' is not allowed in the state 'completed'; allowed steps: "
        "publish observations, clear summary, translate summary, publish summary"
    )
    application = {
        "key": "a",
        "organization_id": "xa-ngo",
        "log": log(("submit", None), ("decline", None), ("submit", None)),
    }
    dialogue = {"id": "cd", "event_id": "talk", "applications": [application]}
    (hit,) = found("CD007", organizations=[NGO], events=[TALK], constructive_dialogues=[dialogue])
    assert hit[1] == "the step 'submit' is not allowed in the state 'declined'; allowed steps: none"


# -- several States ----------------------------------------------------------------------------------------------------

TWO = [{"country": "XB", "instruments": ["UNTOC", "TIP"]}, {"country": "XC", "instruments": ["UNTOC"]}]
BEFORE = [{"step": "start"}, {"step": "hold-initial-consultation"}, {"step": "submit-questionnaire"}]


def feedback(*states, **more):
    return {"step": "submit-feedback"} | ({"by": [*states]} if states else {}) | more


@pytest.mark.parametrize(
    ("steps", "missing"),
    [
        ([feedback("XB")], "submit feedback (XC)"),
        ([], "submit feedback (XB, XC)"),
        ([feedback("XB", instruments=["TIP"]), feedback("XC")], "submit feedback (XB (UNTOC))"),
        ([feedback(instruments=["TIP"])], "submit feedback (XB (UNTOC), XC (UNTOC))"),
        ([feedback("XZ")], "submit feedback (XB, XC)"),
    ],
)
def test_a_dialogue_without_the_feedback_of_each_state_names_who_is_missing(steps, missing):
    told = review(reviewers=TWO, log=[*BEFORE, *steps, {"step": "hold-dialogue", "by": ["XA", "XB", "XC"]}])
    (hit,) = found("CR024", country_reviews=[told])
    assert hit[1] == f"the log lacks steps that must come before 'hold dialogue': {missing}"


@pytest.mark.parametrize(
    "steps",
    [
        [feedback()],
        [feedback("XB", "XC")],
        [feedback("XC"), feedback("XB")],
        [feedback("XB", instruments=["TIP"]), feedback("XC"), feedback("XB", instruments=["UNTOC"])],
        [feedback("XB"), {"step": "defer-reviewing", "by": "XC"}],
        [feedback("XB"), {"step": "replace-reviewer", "leaves": ["XC"], "joins": ["XD"]}, feedback("XD")],
    ],
)
def test_a_dialogue_after_the_feedback_of_each_state_is_sound(steps):
    told = review(reviewers=TWO, log=[*BEFORE, *steps, {"step": "hold-dialogue"}])
    assert [hit for code in ("CR023", "CR024", "CR034") for hit in found(code, country_reviews=[told])] == []


def test_who_replaced_a_state_is_missing_in_its_place():
    change = {"step": "replace-reviewer", "leaves": ["XC"], "joins": ["XD"]}
    told = review(reviewers=TWO, log=[*BEFORE, feedback("XB"), change, {"step": "hold-dialogue"}])
    (hit,) = found("CR024", country_reviews=[told])
    assert hit[1].endswith("submit feedback (XD)")


@pytest.mark.parametrize("reviewers", [[], TWO[:1]])
def test_feedback_of_states_that_are_not_known_as_reviewers_is_nothing_wrong(reviewers):
    told = review(reviewers=reviewers, log=[*BEFORE, feedback("XB"), feedback("XC"), {"step": "hold-dialogue"}])
    assert [hit for code in ("CR023", "CR024", "CR034") for hit in found(code, country_reviews=[told])] == []
    twice = review(reviewers=reviewers, log=[*BEFORE, feedback("XB"), feedback("XB")])
    assert len(found("CR023", country_reviews=[twice])) == 1


def test_feedback_after_the_dialogue_is_told_by_the_day_and_by_the_order():
    late = review(
        reviewers=TWO,
        log=[
            *BEFORE,
            feedback("XB", on="2022-05"),
            feedback("XC", on="2022-07"),
            {"step": "hold-dialogue", "on": "2022-06"},
        ],
    )
    (hit,) = found("CR034", country_reviews=[late])
    assert hit == (
        "/country_reviews/0/log/5/step",
        "the step 'hold dialogue' was taken before the step 'submit feedback' of: XC",
        "error",
    )
    last = review(
        reviewers=TWO, log=[*BEFORE, feedback("XB"), {"step": "hold-dialogue"}, feedback("XC"), feedback("XC")]
    )
    assert [hit[1][-2:] for hit in found("CR034", country_reviews=[last])] == ["XC"]
    assert [hit[0] for hit in found("CR023", country_reviews=[last])] == ["/country_reviews/0/log/6/step"]


def test_an_agreement_follows_the_list_of_each_state():
    lists = [{"step": "draft-observations", "by": "XB"}, {"step": "agree-on-observations"}]
    told = review(reviewers=TWO, log=[*BEFORE, feedback("XB", "XC"), {"step": "hold-dialogue"}, *lists])
    (hit,) = found("CR024", country_reviews=[told])
    assert hit[1].endswith("before 'agree on observations': draft observations (XC)")


def test_late_feedback_is_that_of_one_state():
    dated = [{"step": "start", "on": "2021-01-10"}, BEFORE[1], {"step": "submit-questionnaire", "on": "2021-03-10"}]
    told = review(reviewers=TWO, log=[*dated, feedback("XB", on="2021-09-10"), feedback("XC", on="2021-09-12")])
    (hit,) = found("CR012", country_reviews=[told])
    assert hit[:2] == (
        "/country_reviews/0/log/4/on",
        "the written feedback to XA (XC) was to be given by 2021-09-10 and was given on 2021-09-12, 2 days late",
    )


def test_what_comes_before_the_launch_of_a_group_is_no_step_of_the_review():
    early = [{"step": "draw-reviewers", "on": "2020-10-16"}, {"step": "start", "on": "2022-11-01"}]
    assert found("CR015", country_reviews=[review(group=3, log=early)]) == []


# -- what a review brings forth ----------------------------------------------------------------------------------------


def test_articles_in_answers_and_feedback_are_checked_as_well():
    told = review(
        feedback=[
            {"country": "XB", "instrument": "TIP", "kind": "challenge", "article": "99"},
            {"country": "XB", "instrument": "TIP", "kind": "challenge"},
        ],
        questionnaires=[{"instrument": "UNTOC", "answers": [{"question": "1", "article": "10(2)"}, {"question": "2"}]}],
        observations=[{"key": "o", "instrument": "UNTOC", "kind": "suggestion"}],
    )
    assert [hit[0] for hit in found("CR028", country_reviews=[told])] == ["/country_reviews/0/feedback/0/article"]


def test_a_recalled_cluster_says_so():
    observation = {"key": "o", "instrument": "TIP", "article": "9", "kind": "suggestion"}
    document = {"schema_version": 1, "country_reviews": [review(cluster=1, observations=[observation])]}
    register, _ = un.reads(json.dumps(document))
    (finding,) = [one for one in un.validate(register) if one.code == "CR016"]
    assert str(finding.basis) == "clusters of articles, cluster 2 (recalled)"
    bare = [observation, {"key": "p", "instrument": "TIP", "kind": "suggestion"}]
    assert len(found("CR016", country_reviews=[review(cluster=1, observations=bare)])) == 1
    assert found("CR016", country_reviews=[review(observations=bare)]) == []


def test_an_output_of_unknown_visibility_may_be_published_and_an_address_counts_as_publication():
    artefacts = [
        {"kind": "summary", "published": "2023"},
        {"kind": "summary", "visibility": "states-parties", "url": "https://example.org/x"},
        {"kind": "summary", "visibility": "states-parties"},
        {"kind": "list-of-observations", "instrument": "TIP", "visibility": "conference"},
    ]
    assert [hit[0] for hit in found("CR020", country_reviews=[review(artefacts=artefacts)])] == [
        "/country_reviews/0/artefacts/1"
    ]
    for instruments, places in (([], [1, 3]), (["TIP"], [1, 3]), (["UNTOC"], [1])):
        step = {"step": "publish-observations"} | ({"instruments": instruments} if instruments else {})
        told = found("CR020", country_reviews=[review(artefacts=artefacts, log=[step])])
        assert [hit[0] for hit in told] == [f"/country_reviews/0/artefacts/{place}" for place in places]


# -- the general review ------------------------------------------------------------------------------------------------


def test_a_long_session_overlaps_with_every_one_within_it():
    days = {"a": ("2022-10-01", "2022-10-30"), "b": ("2022-10-05", "2022-10-06"), "c": ("2022-10-10", "2022-10-12")}
    sessions = [SESSION | {"id": name, "starts": first, "ends": last} for name, (first, last) in days.items()]
    vague = [SESSION | {"id": "d", "starts": "2022-10"}, {key: SESSION[key] for key in ("id", "name", "kind")}]
    assert [hit[0] for hit in found("GR001", events=[*sessions, *vague])] == ["/events/1/starts", "/events/2/starts"]


def speech(kind, **more):
    return {
        "organizations": [NGO | {"kind": kind}],
        "persons": [{"id": "p1", "name": "A. Example", "affiliations": [{"key": "for", "organization_id": "xa-ngo"}]}],
        "events": [SESSION, TALK],
        "statements": [
            {"id": f"s{number}", "event_id": event, "speaker_id": "p1", "summary": {"en": "So"}} | said
            for number, (event, said) in enumerate(
                [("cop", {"speaking_as": ["for"]}), ("talk", {"speaking_as": ["for"]}), ("cop", {})]
            )
        ]
        + [{"id": "s9", "event_id": "cop", "summary": {"en": "So"}}],
    } | more


def test_only_non_governmental_bodies_need_observer_status():
    assert [hit[0] for hit in found("GR003", **speech("ngo"))] == ["/statements/0/speaking_as"]
    for kind in ("government-body", "intergovernmental", "unknown"):
        assert found("GR003", **speech(kind)) == []


def accreditation(**more):
    return {"id": "a1", "organization_id": "xa-ngo", "forum": "conference", "path": "rule-17-1"} | more


@pytest.mark.parametrize(
    ("more", "enough"),
    [
        ({"log": log(("apply", None), ("grant", None))}, True),
        ({"log": log(("apply", None))}, False),
        ({"log": log(("apply", None), ("grant", None)), "event_id": "talk"}, False),
    ],
)
def test_a_status_counts_for_its_own_session_or_for_any(more, enough):
    said = speech("ngo", accreditations=[accreditation(**more)])
    assert bool(found("GR003", **said)) is not enough
    nobody = accreditation(**more)
    del nobody["organization_id"]
    assert found("GR003", **speech("ngo", accreditations=[nobody]))


def test_a_late_list_is_told_whoever_is_said_to_have_circulated_it():
    late = accreditation(path="rule-17-2", event_id="cop", log=log(("apply", None), ("circulate", "2022-09-18", "XA")))
    assert [hit[0] for hit in found("AC002", events=[SESSION], accreditations=[late])] == ["/accreditations/0/log/1/on"]


# -- dialogues ---------------------------------------------------------------------------------------------------------


def dialogue(*applications, **more):
    return {
        "id": "cd",
        "event_id": "talk",
        "applications": [
            {"key": f"a{number}", "organization_id": "xa-ngo", "log": steps}
            for number, steps in enumerate(applications)
        ],
    } | more


def test_a_reason_explains_an_approval_despite_an_objection():
    steps = log(("submit", None), ("object", None, "XA"), ("approve", None))
    steps[-1]["reason"] = {"en": "The Bureau decided so"}
    assert found("CD003", organizations=[NGO], events=[TALK], constructive_dialogues=[dialogue(steps)]) == []


def test_panellists_of_governments_and_of_dialogues_without_known_applications_are_left_alone():
    ministry = NGO | {"id": "xa-ministry", "kind": "government-body"}
    talk = TALK | {
        "roles": [
            {"kind": "panellist", "stakeholder_id": "xa-ministry"},
            {"kind": "speaker", "stakeholder_id": "xa-ngo"},
            {"kind": "panellist", "stakeholder_id": "p1"},
        ]
    }
    there = {
        "organizations": [NGO, ministry],
        "persons": [{"id": "p1", "name": "A. Example"}],
        "events": [talk],
    }
    assert found("CD004", **there, constructive_dialogues=[dialogue(log(("submit", None)))]) == []
    talk["roles"].append({"kind": "panellist", "stakeholder_id": "xa-ngo"})
    assert found("CD004", **there, constructive_dialogues=[dialogue()]) == []
    assert len(found("CD004", **there, constructive_dialogues=[dialogue(log(("submit", None)))])) == 1


def test_only_the_first_session_after_an_undocumented_dialogue_is_named():
    sessions = [
        {"id": name, "name": {"en": name}, "kind": "working-group-session", "themes": [theme], "starts": day}
        for name, theme, day in [
            ("before", "firearms", "2022-05-03"),
            ("other", "corruption", "2023-01-01"),
            ("next", "firearms", "2023-05-03"),
            ("later", "firearms", "2024-05-03"),
        ]
    ]
    held = TALK | {"starts": "2022-05-06"}
    asked = dialogue(topics=["firearms"])
    (hit,) = found("CD005", events=[held, *sessions], constructive_dialogues=[asked])
    assert "'next', the next session on its topic, began on 2023-05-03" in hit[1]
    assert found("CD005", events=[held, *sessions[:2]], constructive_dialogues=[asked]) == []
    assert found("CD005", events=[TALK, *sessions], constructive_dialogues=[asked]) == []
    assert found("CD005", events=[held, *sessions], constructive_dialogues=[asked | {"summary": {"en": "S"}}]) == []


def test_a_dialogue_whose_event_is_not_there_is_left_to_the_rule_on_references():
    asked = dialogue(event_id="nowhere", topics=["firearms"])
    for code in ("CD004", "CD005", "CD006", "CD008"):
        assert found(code, constructive_dialogues=[asked]) == []
    assert len(found("RF002", constructive_dialogues=[asked])) == 1


# -- no country is named -----------------------------------------------------------------------------------------------


def summed_up(**wordings):
    return {"events": [TALK], "constructive_dialogues": [dialogue(summary=wordings)]}


def test_a_name_is_told_with_its_exact_words_and_place_in_every_language():
    said = summed_up(
        en="Costa Rica's police and, in Haiti, courts", es="la policía de Haití", fr="l’Équateur", pt="no Brasil"
    )
    assert found("CD001", **said) == [
        ("/constructive_dialogues/0/summary/en", "'Costa Rica' (characters 1 to 10) names CR", "error"),
        ("/constructive_dialogues/0/summary/en", "'Haiti' (characters 29 to 33) names HT", "error"),
        ("/constructive_dialogues/0/summary/es", "'Haití' (characters 15 to 19) names HT", "error"),
        ("/constructive_dialogues/0/summary/fr", "'Équateur' (characters 3 to 10) names EC", "error"),
        ("/constructive_dialogues/0/summary/pt", "'Brasil' (characters 4 to 9) names BR", "error"),
    ]


def test_a_demonym_is_common_usage_and_a_warning():
    register, _ = un.reads(json.dumps({"schema_version": 1} | summed_up(es="los fiscales hondureños")))
    (finding,) = [one for one in un.validate(register) if one.code == "CD001"]
    assert (finding.severity, str(finding.basis)) == ("warning", "common usage of the language (recalled)")


def test_the_agenda_is_read_too_and_words_in_an_unknown_language_in_all_four():
    agenda = {"events": [TALK], "constructive_dialogues": [dialogue(agenda=[{"en": "Opening"}, {"und": "au Pérou"}])]}
    assert [hit[0] for hit in found("CD001", **agenda)] == ["/constructive_dialogues/0/agenda/1/und"]


def statement(**more):
    return {"id": "s1", "event_id": "talk", "speaker_id": "p1", "summary": {"en": "Peru and Haiti"}} | more


@pytest.mark.parametrize(
    ("speaking_as", "named"),
    [(["expert"], ["Haiti"]), (["post"], ["Haiti"]), ([], ["Peru", "Haiti"]), (["elsewhere"], ["Peru", "Haiti"])],
)
def test_a_state_may_speak_of_itself_alone(speaking_as, named):
    ministry = NGO | {"id": "pe-ministry", "kind": "government-body", "represents": "PE"}
    speaker = {
        "id": "p1",
        "name": "A. Example",
        "capacities": [{"key": "expert", "kind": "governmental-expert", "country": "PE"}],
        "posts": [{"key": "post", "title": {"en": "Head"}, "organization_id": "pe-ministry"}],
        "affiliations": [{"key": "elsewhere", "organization_id": "xa-ngo"}],
    }
    hits = found(
        "CD011",
        organizations=[NGO, ministry],
        persons=[speaker],
        events=[TALK],
        statements=[statement(speaking_as=speaking_as, wording={"en": "…"})],
    )
    assert sorted(hit[1].split("'")[1] for hit in hits) == sorted(named)


def test_a_post_in_a_body_that_is_not_there_stands_for_no_state():
    speaker = {
        "id": "p1",
        "name": "A. Example",
        "posts": [{"key": "post", "title": {"en": "Head"}, "organization_id": "nowhere"}],
    }
    hits = found("CD011", persons=[speaker], events=[TALK], statements=[statement(speaking_as=["post"])])
    assert len(hits) == 2


def test_statements_elsewhere_may_name_countries():
    assert found("CD011", events=[SESSION], statements=[statement(event_id="cop")]) == []


def test_what_goes_to_a_dialogue_counts_whatever_stage_it_names():
    one = contribution(target_id="cd", title={"en": "On Peru"}, text={"en": "Mr. Jordan"})
    there = {"events": [TALK], "constructive_dialogues": [dialogue()]}
    assert [hit[0] for hit in found("CT001", contributions=[one], **there)] == ["/contributions/0/title/en"]
    assert [hit[1] for hit in found("CD010", contributions=[one], **there)] == [
        "'Jordan' (characters 5 to 10) may name JO, or something else"
    ]


def test_korea_may_be_either():
    (hit,) = found("CD001", **summed_up(en="the navy of Korea"))
    assert hit[1] == "'Korea' (characters 13 to 17) names KP / KR"


# -- accreditation -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vote", "said"),
    [
        ({"in_favour": 57, "against": 7}, None),
        ({"in_favour": 57, "against": 7, "voting": 80}, None),
        (
            {"in_favour": 57, "against": 7, "voting": 60},
            "the votes add up to 64, but the stated number of voting States is 60",
        ),
        ({"in_favour": 57, "against": 7, "abstaining": 0, "voting": 64}, None),
    ],
)
def test_votes_are_added_up_as_far_as_they_are_known(vote, said):
    steps = [{"step": "decide-in-favour", "vote": vote}]
    hits = found("AC006", accreditations=[accreditation(path="rule-17-2", log=steps)], organizations=[NGO])
    assert [hit[1] for hit in hits] == ([said] if said else [])


def test_a_decision_without_anything_names_both_that_are_missing():
    steps = [{"step": "apply"}, {"step": "grant"}]
    (hit,) = found("AC003", accreditations=[accreditation(log=steps)], organizations=[NGO])
    assert hit[1] == "the decision 'grant' does not state: who took it, and the day"


@pytest.mark.parametrize(
    ("kind", "fitting"),
    [
        ("government", {"rule-14", "rule-15"}),
        ("diplomatic-mission", {"rule-14", "rule-15"}),
        ("intergovernmental", {"rule-16-1", "rule-16-2"}),
        ("programme", {"rule-16-1", "rule-16-2"}),
        ("ngo", {"rule-17", "rule-17-1", "rule-17-2"}),
        ("academia", {"rule-17", "rule-17-1", "rule-17-2"}),
        ("unit", set(un.AccreditationPath)),
        ("other", set(un.AccreditationPath)),
        ("unknown", set(un.AccreditationPath)),
    ],
)
def test_each_rule_on_observers_is_for_bodies_of_its_kind(kind, fitting):
    body = {"id": "xa-ngo", "name": {"en": "Body"}, "kind": kind}
    for path in un.AccreditationPath:
        hits = found("AC010", accreditations=[accreditation(path=path)], organizations=[body])
        assert [hit[0] for hit in hits] == ([] if path in fitting | {"ecosoc"} else ["/accreditations/0/path"])
    assert found("AC010", accreditations=[{"id": "a1", "forum": "conference", "path": "rule-14"}]) == []


def test_notice_and_application_belong_to_different_rules():
    for path in un.AccreditationPath:
        steps = log(("notify", None), ("apply", None))
        (hit,) = found("AC011", accreditations=[accreditation(path=path, log=steps)], organizations=[NGO])
        wrong = 1 if path in ("rule-14", "rule-16-1") else 0
        assert hit[0] == f"/accreditations/0/log/{wrong}/step"


# -- the chain of a general review -------------------------------------------------------------------------------------

GROUP = {"id": "wg", "name": {"en": "Group"}, "kind": "working-group-session"}
MEETING = {"id": "cop", "name": {"en": "Session"}, "kind": "conference-session"}


def chain(*, group=None, session=None, recommendation=None, resolution=None, follow_up=None):
    """A register with a whole chain, as far as the parts are given."""
    made = {"key": "r1", "text": {"en": "Share data"}, "body": {"en": "Group"}, "event_id": "wg"}
    review = {
        "id": "gr",
        "session": 12,
        "event_id": "cop",
        "recommendations": [made | (recommendation or {})],
        "resolutions": [{"key": "a", "recommendation_keys": ["r1"]} | (resolution or {})],
        "follow_ups": [{"key": "f", "text": {"en": "A meeting"}, "resolution_key": "a"} | (follow_up or {})],
    }
    return {"events": [GROUP | (group or {}), MEETING | (session or {})], "general_reviews": [review]}


def test_a_key_that_leads_nowhere_is_told_where_it_stands():
    assert found("GR006", **chain()) == []
    assert found("GR006", **chain(follow_up={"resolution_key": None})) == []
    hits = found("GR006", **chain(resolution={"key": "b", "recommendation_keys": ["r1", "r2"]}))
    assert sorted(hit[:2] for hit in hits) == [
        ("/general_reviews/0/follow_ups/0/resolution_key", "the review has no resolution with the key 'a'"),
        (
            "/general_reviews/0/resolutions/0/recommendation_keys/1",
            "the review has no recommendation with the key 'r2'",
        ),
    ]


@pytest.mark.parametrize(
    ("code", "parts", "place"),
    [
        ("GR007", {"resolution": {"adopted": "2024-10-18"}, "group": {"starts": "2025-04"}}, "resolutions/0/adopted"),
        ("GR007", {"resolution": {"adopted": "2024-10-18"}, "group": {"starts": "2024"}}, None),
        ("GR007", {"resolution": {"adopted": "2024-10-18"}, "group": {}}, None),
        ("GR007", {"resolution": {}, "group": {"starts": "2025-04"}}, None),
        (
            "GR007",
            {"resolution": {"adopted": "2024", "recommendation_keys": ["r9"]}, "group": {"starts": "2025-04"}},
            None,
        ),
        ("GR007", {"resolution": {"adopted": "2024"}, "recommendation": {"event_id": "gone"}}, None),
        ("GR008", {"resolution": {"adopted": "2024-10-18"}, "follow_up": {"on": "2024-09"}}, "follow_ups/0/on"),
        ("GR008", {"resolution": {"adopted": "2024-10-18"}, "follow_up": {"on": "2024"}}, None),
        ("GR008", {"resolution": {"adopted": "2024-10-18"}, "follow_up": {}}, None),
        ("GR008", {"resolution": {}, "follow_up": {"on": "2024-09"}}, None),
        ("GR008", {"resolution": {"adopted": "2024"}, "follow_up": {"on": "2023", "resolution_key": None}}, None),
        (
            "GR009",
            {"recommendation": {"working_group": "firearms"}, "group": {"kind": "side-event"}},
            "recommendations/0/event_id",
        ),
        ("GR009", {"recommendation": {"working_group": "firearms"}, "group": {"kind": "expert-group-meeting"}}, None),
        ("GR009", {"recommendation": {"working_group": "firearms", "event_id": None}}, None),
        ("GR009", {"group": {"kind": "side-event"}}, None),
        ("GR010", {"resolution": {"symbol": "11/4"}}, "resolutions/0/symbol"),
        ("GR010", {"resolution": {"symbol": "decision 4/1"}}, "resolutions/0/symbol"),
        ("GR010", {"resolution": {"symbol": "12/4"}}, None),
        ("GR010", {"resolution": {"symbol": "A/RES/78/229"}}, None),
        (
            "GR011",
            {"resolution": {"adopted": "2024-10-21"}, "session": {"starts": "2024-10-18"}},
            "resolutions/0/adopted",
        ),
        (
            "GR011",
            {"resolution": {"adopted": "2024-10-11"}, "session": {"starts": "2024-10-14", "ends": "2024-10-18"}},
            "resolutions/0/adopted",
        ),
        ("GR011", {"resolution": {"adopted": "2024-10"}, "session": {"starts": "2024-10-14"}}, None),
        ("GR011", {"resolution": {"adopted": "2024-10-21"}, "session": {}}, None),
        ("GR011", {"resolution": {}, "session": {"starts": "2024-10-14"}}, None),
        (
            "GR012",
            {"group": {"starts": "2025-04"}, "session": {"starts": "2024-10-14", "ends": "2024-10-18"}},
            "recommendations/0/event_id",
        ),
        ("GR012", {"group": {"starts": "2024-11"}, "session": {"starts": "2024-10-14"}}, "recommendations/0/event_id"),
        ("GR012", {"group": {"starts": "2024"}, "session": {"starts": "2024-10-14"}}, None),
        ("GR012", {"group": {}, "session": {"starts": "2024-10-14"}}, None),
        ("GR012", {"group": {"starts": "2025-04"}, "session": {}}, None),
        ("GR012", {"recommendation": {"event_id": None}, "session": {"starts": "2024-10-14"}}, None),
    ],
)
def test_the_chain_is_in_order_as_far_as_its_days_are_known(code, parts, place):
    hits = found(code, **chain(**parts))
    assert [hit[0] for hit in hits] == ([] if place is None else [f"/general_reviews/0/{place}"])


@pytest.mark.parametrize(
    ("own", "of_the_session", "told"),
    [("firearms", "technical-assistance", True), ("firearms", "firearms", False), ("firearms", None, False)]
    + [(None, "firearms", False)],
)
def test_a_recommendation_is_of_the_group_at_whose_session_it_was_made(own, of_the_session, told):
    parts = chain(recommendation={"working_group": own}, group={"working_group": of_the_session})
    place = "/general_reviews/0/recommendations/0/working_group"
    assert [hit[0] for hit in found("GR013", **parts)] == ([place] if told else [])
    assert found("GR013", **chain(recommendation={"working_group": own, "event_id": "gone"})) == []


def talk(*, group=None, event=None, **dialogue):
    held = {"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue", "starts": "2023-05-05"}
    linked = {"links_to": [{"kind": "follows", "event_id": "wg"}]}
    return {
        "persons": [{"id": "p1", "name": "A. Example"}, {"id": "p2", "name": "B. Example"}],
        "events": [GROUP | (group or {}), held | linked | (event or {})],
        "constructive_dialogues": [{"id": "cd", "event_id": "talk"} | dialogue],
    }


@pytest.mark.parametrize(
    ("output", "event", "told"),
    [
        ({"adopted": "2023-05-08"}, {}, True),
        ({"adopted": "2023-05-05"}, {}, False),
        ({"adopted": "2023-05"}, {}, False),
        ({}, {}, False),
        ({"adopted": "2023-05-08", "kind": "minutes"}, {}, False),
        ({"adopted": "2023-05-08"}, {"starts": None}, False),
        ({"adopted": "2023-05-08"}, {"links_to": [{"kind": "back-to-back", "event_id": "wg"}]}, False),
        ({"adopted": "2023-05-08"}, {"links_to": [{"kind": "follows", "event_id": "gone"}]}, False),
        ({"adopted": "2023-05-08"}, {"id": "another"}, False),
    ],
)
def test_a_dialogue_follows_the_adoption_of_the_report(output, event, told):
    report = {"key": "report", "kind": "report", "status": "adopted"} | output
    hits = found("CD014", **talk(group={"outputs": [report]}, event=event))
    assert [hit[0] for hit in hits] == (["/constructive_dialogues/0/event_id"] if told else [])


@pytest.mark.parametrize(
    ("roles", "chairs", "told"),
    [
        ([("co-chair", "p2")], [{"person_id": "p1"}], [0]),
        ([("chair", "p1"), ("co-chair", "p2")], [{"person_id": "p1"}, {"person_id": "p2"}], []),
        ([("panellist", "p2")], [{"person_id": "p1"}], []),
        ([("chair", "p2")], [{"country": "XA"}, {"person_id": "p1"}], [1]),
        ([("chair", "p2")], [], []),
    ],
)
def test_chairs_of_a_dialogue_are_chairs_of_its_event(roles, chairs, told):
    event = {"roles": [{"kind": kind, "stakeholder_id": who} for kind, who in roles]}
    hits = found("CD012", **talk(event=event, chairs=chairs))
    assert [hit[0] for hit in hits] == [f"/constructive_dialogues/0/chairs/{place}/person_id" for place in told]
    assert found("CD012", **talk(event=event | {"id": "another"}, chairs=chairs)) == []


@pytest.mark.parametrize(
    ("kind", "invited", "told"),
    [
        ("government", "states-parties", False),
        ("diplomatic-mission", "non-signatories", False),
        ("intergovernmental", "entities", False),
        ("unit", "entities", False),
        ("programme", "intergovernmental-organizations", False),
        ("unknown", "signatories", False),
        ("intergovernmental", "signatories", True),
        ("ngo", "entities", True),
        ("government", "intergovernmental-organizations", True),
    ],
)
def test_who_is_invited_is_of_that_kind(kind, invited, told):
    body = {"id": "body", "name": {"en": "Body"}, "kind": kind}
    invitations = [{"kind": invited}, {"kind": invited, "organization_id": "body"}]
    hits = found("CD013", organizations=[body], **talk(invited=invitations))
    assert [hit[0] for hit in hits] == (["/constructive_dialogues/0/invited/1/organization_id"] if told else [])


# -- contributions -----------------------------------------------------------------------------------------------------


def contribution(**more):
    return {"id": "c1", "title": {"en": "Study"}, "kind": "statement", "stage": "follow-up"} | more


def test_an_article_that_does_not_exist_is_an_error_and_one_outside_a_recalled_cluster_a_warning():
    wrong = contribution(instrument="TIP", cluster=1, articles=["3", "77", "9"])
    assert found("CT002", contributions=[wrong]) == [
        ("/contributions/0/articles/1", "article 77 of TIP does not exist", "error"),
        ("/contributions/0/articles/2", "article 9 of TIP is in cluster 2, not in cluster 1", "warning"),
    ]
    assert found("CT002", contributions=[contribution(articles=["77"])]) == []


def test_a_consent_to_something_else_or_no_longer_is_none():
    consents = [
        {"purpose": "contact", "audience": "public", "basis": "oral"},
        {"purpose": "publication", "audience": "members", "basis": "oral"},
        {"purpose": "publication", "audience": "public", "basis": "oral", "withdrawn": "2025-01-01"},
        {"purpose": "publication", "audience": "public", "basis": "oral", "expires": "2025-01-01"},
    ]
    assert len(found("CT003", contributions=[contribution(audience="public", consents=consents)])) == 1


def test_a_contribution_without_a_stage_says_so():
    bare = contribution()
    del bare["stage"]
    assert found("CT005", contributions=[bare]) == [
        ("/contributions/0/stage", "the contribution does not say for which stage it is meant", "error")
    ]


def test_stages_close_with_their_meeting_and_follow_up_never_does():
    held = [TALK | {"starts": "2022-05-06"}, SESSION]
    there = {
        "events": held,
        "constructive_dialogues": [dialogue()],
        "general_reviews": [{"id": "gr", "session": 11, "event_id": "cop"}, {"id": "gx", "session": 12}],
    }
    late = {"submitted": "2023-01-01"}
    for target, stage, hits in [
        ("cd", "constructive-dialogue", 1),
        ("gr", "general-review", 1),
        ("gx", "general-review", 0),
        ("gr", "follow-up", 0),
    ]:
        one = contribution(target_id=target, stage=stage, **late)
        assert len(found("CT006", contributions=[one], **there)) == hits, target
    assert found("CT006", contributions=[contribution(stage="self-assessment", **late)]) == []


def test_no_rule_with_a_recalled_basis_is_an_error():
    for rule in un.rules.catalogue():
        assert rule.basis is None or rule.basis.certainty != "recalled" or rule.severity != "error"


def test_severities_that_the_caller_sets_are_not_lowered():
    rules = un.RuleSet.default().with_severities({"CR003": "error"})
    document = {
        "schema_version": 1,
        "country_reviews": [review("PA", reviewers=[{"country": "CO", "instruments": ["SOM"]}])],
    }
    register, _ = un.reads(json.dumps(document))
    (finding,) = [one for one in un.validate(register, rules=rules) if one.code == "CR003"]
    assert finding.severity == "error"
    assert attrs.evolve(finding.basis, document="").certainty == "partial"


# -- draws made elsewhere ----------------------------------------------------------------------------------------------


def drawn(*reviewers, instruments=("UNTOC", "TIP")):
    groups = {"XA": "grulac", "XB": "grulac", "XC": "weog", "XD": "weog"}
    parties = [party(code, regional_groups=[{"group": group}]) for code, group in groups.items()]
    named = [{"country": code, "instruments": list(served)} for code, served in reviewers]
    return {"parties": parties, "country_reviews": [review(instruments=list(instruments), reviewers=named)]}


def test_every_instrument_needs_one_reviewer_of_each_side_and_no_more():
    both = ("UNTOC", "TIP")
    assert found("CR030", **drawn(("XB", both), ("XC", ["UNTOC"]), ("XD", ["TIP"]))) == []
    assert [hit[1] for hit in found("CR030", **drawn(("XB", both), ("XC", both), ("XD", ["TIP"])))] == [
        "expected one reviewing State of another regional group for TIP, got 2"
    ]


@pytest.mark.parametrize(
    "reviewers",
    [
        [("XB", ["UNTOC"]), ("XC", [])],
        [("XB", ["UNTOC"]), ("XZ", ["UNTOC"])],
        [("XC", ["UNTOC"]), ("XD", ["UNTOC"])],
    ],
)
def test_what_is_known_in_part_is_not_judged(reviewers):
    assert found("CR030", **drawn(*reviewers)) == []
    assert found("CR031", **drawn(*reviewers)) == []


def test_a_review_without_known_instruments_is_not_judged_by_them():
    assert found("CR030", **drawn(("XB", ["UNTOC"]), ("XC", ["TIP"]), instruments=())) == []


def test_two_reviews_of_one_state_count_once_among_those_that_a_state_reviews():
    reviewers = [{"country": "XZ"}]
    reviews = [review(code, reviewers=reviewers) for code in ("XA", "XB", "XC")]
    again = review("XA", reviewers=reviewers) | {"id": "xa-2", "phase": 2}
    asked = un.RuleSet.default().choosing(select="CR032")
    assert found("CR032", rules=asked, country_reviews=[*reviews, again]) == []
    more = [review(code, reviewers=reviewers) for code in ("XD", "XE")]
    (hit,) = found("CR032", rules=asked, country_reviews=[*reviews, again, *more])
    assert hit[1] == "XZ reviews 4 States; at most three are allowed"
    assert found("CR032", country_reviews=[*reviews, again, *more]) == []


def test_of_a_record_of_the_parties_the_newest_day_is_told():
    known = un.reference.packaged()
    row = next(row for row in known.table("treaty_actions") if row.treaty == "TIP")
    newer = known.adding(treaty_actions=[attrs.evolve(row, as_of=un.PartialDate("2026"))])
    for reference, day in ((known, "2025-04-10"), (newer, "2026")):
        context = Context(register=un.Register(), reference=reference)
        assert str(get_status_basis(context, un.TreatyCode.TIP)) == f"record of the parties to TIP, as of {day}"


# -- topics of the questionnaires --------------------------------------------------------------------------------------


def test_the_topic_of_an_answer_belongs_to_its_instrument_and_to_the_cluster_under_review():
    def told(topic, **more):
        answers = [{"question": "1", "topic": topic}]
        questionnaire = {"instrument": more.pop("instrument", "UNTOC"), "answers": answers}
        return found("CR033", country_reviews=[review(questionnaires=[questionnaire], **more)])

    place = "/country_reviews/0/questionnaires/0/answers/0/topic"
    assert told("untoc-5") == told("untoc-5", cluster=1) == told("difficulties", cluster=3, instrument="SOM") == []
    assert told("untoc-5", cluster=2) == [(place, "topic 'untoc-5' is in cluster 1, not in cluster 2", "warning")]
    assert told("untoc-5", instrument="TIP") == [(place, "topic 'untoc-5' is one of UNTOC, not of TIP", "warning")]
    assert told("firearms-9", cluster=1, instrument="FIREARMS") == [
        (place, "topic 'firearms-9' is in cluster 2, not in cluster 1", "error")
    ]
    assert told("nothing") == [(place, "topic 'nothing' is in no questionnaire that is known here", "error")]


def test_the_topics_of_a_contribution_belong_to_its_instrument_and_cluster():
    def told(*topics, **more):
        contribution = {"id": "c1", "title": {"en": "C"}, "kind": "statement", "stage": "follow-up", "topics": topics}
        return [hit[:2] for hit in found("CT009", contributions=[contribution | more])]

    assert told("untoc-5", "tip-3", "technical-assistance") == []
    assert told("untoc-5", "tip-3", instrument="TIP", cluster=1) == [
        ("/contributions/0/topics/0", "topic 'untoc-5' is one of UNTOC, not of TIP")
    ]
