"""What is asked by the names that people use."""

import json

import attrs
import pytest

import untoc_network as un

REVIEWS = un.Register(
    country_reviews=(
        un.CountryReview(id="pa-1", country="PA", cluster=1),
        un.CountryReview(id="mx-1", country="MX", cluster=1),
    )
)


def test_reviews_are_tracked_by_any_name_of_the_state():
    assert [one.review.id for one in un.queries.track_reviews(REVIEWS, "2024-01-01").standings] == ["mx-1", "pa-1"]
    (one,) = un.queries.track_reviews(REVIEWS, "2024-01-01", country="Panamá").standings
    assert one.review.id == "pa-1"


def test_coverage_is_of_a_review_of_a_state_or_of_all_that_have_some():
    def found(**which):
        coverages = un.queries.find_contribution_coverage(REVIEWS, "2024-01-01", audience=un.Audience.PUBLIC, **which)
        return [one.review.id for one in coverages]

    assert found() == []
    assert found(review="pa-1") == found(country="Panama") == ["pa-1"]
    with pytest.raises(un.UnknownRecord, match="'x' is not a country review"):
        register = un.Register(
            organizations=(un.Organization(id="x", name=un.Text(en="X"), kind=un.OrganizationKind.NGO),)
        )
        un.queries.find_contribution_coverage(register, "2024-01-01", review="x", audience=un.Audience.PUBLIC)


def test_facts_are_looked_up_by_instrument_country_and_group():
    (brazil,) = un.queries.look_up_facts("parties", instrument="TIP", country="Brasil")
    assert (brazil.code, brazil.treaty) == ("BR", "TIP")
    grulac = un.queries.look_up_facts("parties", group="grulac", on="2022-10-31")
    assert {"PA", "BR"} < {row.code for row in grulac}
    assert len(grulac) < len(un.queries.look_up_facts("parties", on="2022-10-31"))
    assert {row.treaty for row in un.queries.look_up_facts("treaty_actions", instrument="SOM")} == {"SOM"}
    with pytest.raises(un.UnknownRecord):
        un.queries.look_up_facts("partis")


def test_a_view_holds_what_the_audience_may_see():
    register = un.Register(persons=(un.Person(id="p", name="Ana Ejemplo"),))
    seen = un.queries.show_to_audience(register, "public", "2024-01-01")
    assert "Ana" not in json.dumps(un.to_dict(seen.register))


def test_of_coverage_the_audience_sees_its_own_contributions_and_ids():
    agreed = {"audience": un.Audience.PUBLIC, "basis": un.ConsentBasis.WRITTEN}
    consents = tuple(un.Consent(purpose=purpose, **agreed) for purpose in (un.Purpose.PUBLICATION,))
    house = un.Organization(
        id="house-of-ana-ejemplo",
        name=un.Text(en="House"),
        kind=un.OrganizationKind.NGO,
        consents=(*consents, un.Consent(purpose=un.Purpose.ATTRIBUTION, **agreed)),
    )
    shown = un.Contribution(
        id="study-of-ana-ejemplo",
        title=un.Text(en="Study"),
        kind=un.ContributionKind.RESEARCH,
        target_id="pa-1",
        articles=("5",),
        instrument=un.TreatyCode.UNTOC,
        author_ids=("house-of-ana-ejemplo", "p1"),
        audience=un.Audience.PUBLIC,
        consents=consents,
    )
    hidden = attrs.evolve(shown, id="hidden", articles=(), audience=un.Audience.MEMBERS)
    review = un.CountryReview(id="pa-1", country="PA", cluster=1, instruments=(un.TreatyCode.UNTOC,))
    register = un.Register(
        organizations=(house,),
        persons=(un.Person(id="p1", name="Ana Ejemplo"),),
        country_reviews=(review,),
        contributions=(shown, hidden),
    )
    seen = un.privacy.view(register, "public", "2024-01-01").register
    (told,) = un.queries.find_contribution_coverage(register, "2024-01-01", audience=un.Audience.PUBLIC)
    (piece,) = (piece for row in told.rows for piece in row.pieces)
    assert told.elsewhere == ()
    assert piece.contribution.id == seen.contributions[0].id
    assert piece.by.named == (seen.organizations[0].id,)
    assert piece.by.unnamed_count == 1
    (told,) = un.queries.find_contribution_coverage(register, "2024-01-01", audience=un.Audience.INTERNAL)
    assert [piece.contribution.id for piece in told.elsewhere] == ["hidden"]
