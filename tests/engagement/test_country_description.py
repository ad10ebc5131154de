"""What about one State: what is told, where each fact was read, and that nothing leads to who is withheld."""

import datetime as dt
import json
import re

import attrs
import pytest
from hypothesis import HealthCheck, given, strategies as st

import untoc_network as un
from tests.engagement.country_registers import (
    DAY,
    NAMED,
    SECRET,
    agreed,
    cite,
    contribution,
    entry,
    register,
    review,
)
from tests.profiles import tries
from untoc_network.engagement.country_description import describe_countries
from untoc_network.engagement.country_overview import FactSource, StepStanding
from untoc_network.reports.country_page_html import render_country_html
from untoc_network.reports.country_page_text import country_overview_to_dict, render_country_text
from untoc_network.testing import plant_canaries, registers


def overview(of=None, on=DAY, **more):
    return un.describe_country(of or register(), "PAN", on, **more)


def facts(value):
    """All objects of a value that name their sources."""
    if attrs.has(type(value)):
        if hasattr(value, "sources"):
            yield value
        for field in attrs.fields(type(value)):
            yield from facts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from facts(one)


def steps(one):
    return {(step.step, *step.by): step for step in one.steps}


@pytest.mark.parametrize("name", ["PAN", "PA", "Panama", "Panamá", "panama", "591"])
def test_a_country_is_found_by_its_codes_and_names(name):
    assert un.describe_country(register(), name, DAY) == overview()


def test_several_countries_are_told_as_each_alone_and_from_one_view():
    names, seen = ("PA", "CO", "MX"), un.privacy.view(register(), "public", DAY)
    each = [un.describe_country(register(), name, DAY) for name in names]
    assert list(describe_countries(register(), names, DAY)) == each
    assert list(describe_countries(register(), names, DAY, seen=seen)) == each


def test_a_view_that_shows_more_than_the_audience_may_see_is_refused():
    wider = un.privacy.view(register(), "internal", DAY)
    with pytest.raises(un.WouldExpose):
        next(describe_countries(register(), ("PA",), DAY, seen=wider))


def test_what_is_no_country_or_no_day_is_refused():
    with pytest.raises(un.UnknownRecord):
        un.describe_country(register(), "Atlantis", DAY)
    with pytest.raises(un.ImpossibleValue):
        un.describe_country(register(), "PA", "2024-10")
    with pytest.raises(un.ImpossibleValue):
        un.describe_country(register(), "PA", DAY, audience="nobody")


def test_the_state_and_its_review():
    found = overview()
    assert [party.instrument for party in found.treaties] == ["UNTOC", "TIP", "SOM", "FIREARMS"]
    assert found.regional_group.group == "grulac"
    assert [one.group for one in found.groups] == [2]
    assert [one.phase for one in found.calendar] == [1, 2, 3, 4]
    (one,) = found.reviews
    assert (one.state, one.is_recorded, one.languages) == ("questionnaire-submitted", True, ("es",))
    assert [(state.country, state.instruments) for state in one.reviewers] == [("PE", ("UNTOC",)), ("IT", ())]
    assert one.focal_point.office["es"] == "Ministerio inventado"
    assert one.focal_point.person is None
    assert [(it.kind, it.published, it.instrument) for it in one.published] == [
        ("summary", "2024-06", "UNTOC"),
        ("list-of-observations", None, None),
    ]


def test_each_step_says_what_is_known_of_it():
    (one,) = overview().reviews
    told = {key: (step.standing, step.days_late) for key, step in steps(one).items()}
    assert told["start",] == (StepStanding.RECORDED, 0)
    assert told["nominate-focal-point", "PA"] == (StepStanding.RECORDED, 27)
    assert told["nominate-experts", "PE"] == (StepStanding.RECORDED, 0)
    assert steps(one)["nominate-experts", "PE"].on is None
    assert told["nominate-focal-point", "PE", "IT"] == (StepStanding.IMPLIED, 0)
    assert told["nominate-experts", "PA", "IT"] == (StepStanding.IMPLIED, 0)
    assert told["submit-questionnaire", "PA"] == (StepStanding.RECORDED, 234)
    late = steps(one)["nominate-focal-point", "PA"]
    assert [source.document for source in late.sources] == [
        un.Text(en="An invented note", es="Una nota inventada"),
        "country review",
    ]
    early = steps(overview(on="2023-02-15").reviews[0])
    assert next(step.standing for key, step in early.items() if key[0] == "share-with-working-groups") == "ahead"


def test_a_step_is_late_only_of_whom_something_is_known():
    log = (entry("start", "2021-12-10"), entry("nominate-focal-point", "2021-12-12", ("PA",)))
    (one,) = overview(register(country_reviews=(review(log=log),)), on="2022-03-01").reviews
    told = {key: step.standing for key, step in steps(one).items()}
    assert told["nominate-experts", "PA"] == StepStanding.LATE
    assert told["nominate-experts", "PE", "IT"] == StepStanding.NO_RECORD
    (bare,) = overview(register(country_reviews=(review(log=()),))).reviews
    assert {step.standing for step in bare.steps} <= {StepStanding.NO_RECORD, StepStanding.OPEN}


def test_a_party_without_a_recorded_review_has_what_the_facts_tell():
    found = un.describe_country(un.Register(), "Mexico", DAY)
    (one,) = found.reviews
    assert (one.is_recorded, one.group, one.sources[0].is_stated) == (False, 2, False)
    assert {step.standing for step in one.steps} == {StepStanding.NO_RECORD, StepStanding.OPEN}
    assert found.letter.review_id == one.id
    unknown = un.describe_country(un.Register(), "Panama", DAY)
    assert (unknown.groups, unknown.calendar) == ((), ())


def test_a_state_that_is_no_party_has_no_review_and_no_letter():
    parties = {party.code for party in un.reference.parties("UNTOC")}
    code = next(row.code for row in un.reference.table("countries") if row.un_member and row.code not in parties)
    found = un.describe_country(un.Register(), code, DAY)
    assert (found.reviews, found.letter, found.calendar) == ((), None, ())
    assert all(not point.is_on_the_state for point in found.entry_points)


def test_what_may_be_missing_from_the_facts_is_told():
    without = {party.code for party in un.reference.parties("UNTOC")} - {
        party.code for party in un.reference.parties("SOM")
    }
    found = un.describe_country(un.Register(), min(without), DAY)
    assert any(said.startswith("SOM: one party is missing") for said in found.missing)
    assert overview().missing == ()


def test_groups_that_disagree_stand_side_by_side():
    found = un.describe_country(register(country_reviews=(attrs.evolve(review(group=1), country="MX"),)), "Mexico", DAY)
    assert [(one.group, one.sources[0].is_stated) for one in found.groups] == [(2, True), (1, True)]


def test_a_state_reviews_others_too():
    found = un.describe_country(register(), "Peru", DAY)
    assert [(one.country, one.instruments, one.sources[0].certainty) for one in found.reviews_of_others] == [
        ("PA", ("UNTOC",), "partial")
    ]
    assert overview().reviews_of_others == ()


MECHANISM = un.load("examples/mechanism-2024.json")


@given(st.sampled_from(MECHANISM.country_reviews), st.dates(dt.date(2020, 1, 1), dt.date(2025, 12, 31)))
@tries(20)
def test_on_all_days_of_the_example_each_fact_leads_to_its_source_and_day(one, day):
    found = un.describe_country(MECHANISM, one.country, day)
    for fact in facts(found):
        for source in fact.sources:
            assert source.is_stated, fact
            assert source.day is not None
            assert source.url
    assert not any(step.days_late for review in found.reviews for step in review.steps)


def test_members_are_those_who_belong_on_the_day_and_work_there():
    told = [(one.id, one.is_certain, one.has_seat_there) for one in overview().members]
    assert told == [("open-house", True, True), ("isthmus", False, False)]
    internal = overview(audience="internal").members
    assert [one.id for one in internal] == ["open-house", "refuge", "isthmus"]


def test_authors_are_named_who_agreed_and_nobody_counts_the_others():
    shared, plain = sorted(overview().contributions, key=lambda one: one.id, reverse=True)
    assert [str(name) for name in shared.names] == ["Open House", "Alguien Conocida"]
    assert plain.names == ()
    told = [(one.id, [str(name) for name in one.names]) for one in overview(audience="internal").contributions]
    assert sorted(told) == [
        ("hidden", ["Refuge Unseen"]),
        ("plain", ["Open House"]),
        ("shared", ["Open House", "Alguien Conocida", "Refuge Unseen"]),
    ]


def test_contributions_on_other_states_are_not_there():
    other = contribution("other", target_id=None, country="CR")
    assert overview(register(contributions=(other,))).contributions == ()


def test_needs_of_assistance_are_for_those_who_may_see_the_observations():
    assert overview().assistance_needs == ()
    needs = overview(audience="internal").assistance_needs
    assert [(one.article, None if one.text is None else str(one.text)) for one in needs] == [
        ("9", "Hidden need"),
        (None, None),
    ]


def test_a_person_is_named_as_focal_point_only_by_consent():
    nominated = un.Nomination(role="focal-point", country="PA", person_id="named")
    (one,) = overview(register(country_reviews=(review(nominations=(nominated,)),))).reviews
    assert one.focal_point.person == NAMED.name
    agreeing = attrs.evolve(SECRET, consents=agreed("publication", audience="members"))
    of = register(persons=(NAMED, agreeing))
    assert overview(of).reviews[0].focal_point.person is None
    assert overview(of, audience="members").reviews[0].focal_point.person == SECRET.name
    (none,) = overview(register(country_reviews=(review(nominations=()),))).reviews
    assert none.focal_point is None


def test_each_fact_leads_to_its_source_and_its_day():
    for audience in un.Audience:
        for one in facts(overview(audience=audience)):
            assert one.sources, one
            for source in one.sources:
                assert source.day is not None, (one, source)
                assert source.document is None or source.certainty is not None
    found = overview()
    party = next(one for one in found.treaties if one.instrument == "TIP")
    row = next(row for row in un.reference.parties("TIP") if row.code == "PA")
    assert party.sources == (
        FactSource(document="treaty actions", provision="TIP", url=row.source, day=row.as_of, certainty=row.certainty),
    )
    assert found.reviews[0].reviewers[0].sources[0].certainty == "partial"
    undated = steps(found.reviews[0])["hold-initial-consultation",].sources[0]
    assert (str(undated.document), undated.day) == ("An undated letter", "2024-09-30")
    recalled = steps(found.reviews[0])["hold-initial-consultation",].sources[1]
    assert (recalled.provision, recalled.certainty) == ("step 6.1", "recalled")
    (isthmus,) = (one for one in found.members if one.id == "isthmus")
    assert [source.url for source in isthmus.sources] == ["https://example.org/note"]


def test_a_source_that_is_not_shown_leaves_the_register_as_what_states_the_fact():
    one = review(sources=(cite("gone"),), reviewers=(un.ReviewingState(country="PE"),))
    (found,) = overview(register(country_reviews=(one,))).reviews
    assert found.reviewers[0].sources == (
        FactSource(document=None, day=un.PartialDate("2024-09-30"), certainty=un.Certainty.SEEN),
    )


def test_what_can_still_be_done_is_for_anybody_who_works_there():
    log = (entry("start", "2021-12-10"),)
    found = overview(register(country_reviews=(review(log=log, cluster=None),)))
    own = [one.point.kind for one in found.entry_points if one.is_on_the_state]
    assert own == ["national-consultation"]
    assert {"dialogue", "observer-17-1", "observer-17-2", "plenary"} <= {one.point.kind for one in found.entry_points}
    assert not any(one.point.is_closed for one in found.entry_points)


LETTERS = [
    ((), ["consultation", "reviewers", "publication", "assistance"], "stage-unknown", "offer-answers-articles"),
    (("start", "hold-initial-consultation"), ["consultation"], "stage", "offer-answers-articles"),
    (("submit-questionnaire",), ["answers"], "stage", "offer-review"),
    (("agree-on-observations",), ["answers"], "stage", "offer-follow-up"),
]


@pytest.mark.parametrize(("taken", "asked", "stage", "offer"), LETTERS)
def test_the_letter_asks_for_what_is_not_known_and_offers_what_the_stage_allows(taken, asked, stage, offer):
    log = tuple(entry(step) for step in taken)
    one = review(log=log, reviewers=(), artefacts=())
    letter = overview(register(country_reviews=(one,))).letter
    assert letter.paragraphs[1].key == f"letter.{stage}"
    assert letter.paragraphs[2].key == f"letter.{offer}"
    keys = [message.key.removeprefix("letter.ask-") for message in letter.requests]
    assert keys[0] == asked[0]
    assert keys[1:] == ["reviewers", "publication", "assistance"]
    known = overview(register(country_reviews=(review(log=log, cluster=None, nominations=()),))).letter
    assert [message.key for message in known.requests] == [f"letter.ask-{asked[0]}", "letter.ask-assistance"]
    assert (known.subject.key, known.address.key) == ("letter.subject", "letter.address")
    if taken == ():
        assert known.paragraphs[2].key == "letter.offer-answers"


def everything_said(of, audience="public", country="PA"):
    found = un.describe_country(of, country, DAY, audience=audience)
    told = [json.dumps(country_overview_to_dict(found, languages=("es",)), ensure_ascii=False)]
    return "\n".join([*told, *render_country_text(found), "".join(render_country_html(found, languages=("fr",)))])


def test_what_is_withheld_changes_nothing_of_the_page():
    hidden = everything_said(register())
    assert hidden == everything_said(register(with_withheld=False))
    assert not re.search("Refuge|Secreta|Hidden|Unsigned by", hidden)


def test_nothing_of_the_page_tells_how_many_are_not_named():
    alone = contribution("shared", author_ids=("refuge", "secret"))
    found = overview(register(contributions=(alone,)))
    assert found.contributions[0].names == ()
    assert found == overview(register(contributions=(attrs.evolve(alone, author_ids=()),)))


@given(registers())
@tries(20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
def test_no_page_holds_a_canary_without_consent(of):
    exposing, canaries = plant_canaries(of)
    holders = [
        attrs.evolve(one, consents=(), contacts=tuple(attrs.evolve(it, consents=()) for it in one.contacts))
        for one in (*exposing.persons, *exposing.organizations)
    ]
    there = [attrs.evolve(one, country="PA") for one in exposing.country_reviews]
    held = exposing.with_replaced(*holders, *there)[0]
    for audience in ("public", "members"):
        said = everything_said(held, audience)
        assert [one for found in canaries.values() for one in found if one in said] == []


def test_who_came_by_the_log_reviews_and_who_left_does_not():
    changed = un.ReviewEntry(step="replace-reviewer", joins=("CR",), leaves=("IT",), sources=(cite("ministry"),))
    published = un.ReviewEntry(
        step="publish-summary", on=un.PartialDate("2024-06"), instruments=("TIP",), languages=("es", "en")
    )
    extended = un.ReviewEntry(step="extend-phase", until=un.PartialDate("2026"))
    shared = entry("submit-feedback", "2023-06-01", ("PE",))
    log = (entry("start", "2021-12-10"), changed, entry("submit-questionnaire", "2023-01-30", ("PA",)), shared)
    (one,) = overview(register(country_reviews=(review(log=(*log, published, extended), artefacts=()),))).reviews
    assert [state.country for state in one.reviewers] == ["PE", "CR"]
    assert str(one.reviewers[1].sources[0].document) == "Page of an invented ministry"
    told = {step.step: step for step in one.steps}
    assert (told["replace-reviewer"].joins, told["replace-reviewer"].leaves) == (("CR",), ("IT",))
    assert (told["extend-phase"].until, told["publish-summary"].instruments) == ("2026", ("TIP",))
    assert [(it.kind, it.languages) for it in one.published] == [("summary", ("es", "en"))]
    (share,) = (share for share in one.shares if share.step == "submit-feedback")
    assert (share.done, [part.country for part in share.missing], share.total) == (("PE",), ["CR"], 2)
