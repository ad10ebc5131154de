import pytest

import untoc_network as un
from untoc_network.engagement import find_organizations
from untoc_network.engagement.organization_search import SECTORS
from untoc_network.reports.member_search import render_member_search, render_member_search_markdown

from .registers import consent, day, organization, text, with_records

ON = "2025-01-01"
PANAMA = un.Place(country="PA")


def asked(*records, **wanted):
    found = find_organizations(with_records(*records), ON, **wanted)
    return {
        fit.organization.id: "".join({"met": "+", "unknown": "?"}[v] for _, v in fit.verdicts) for fit in found.fits
    }


def test_each_thing_asked_for_is_met_not_met_or_not_known():
    bodies = (
        organization("both", themes=(un.Theme.FIREARMS, un.Theme.YOUTH), seat=PANAMA),
        organization("half", themes=(un.Theme.FIREARMS,)),
        organization("wrong", themes=(un.Theme.YOUTH,), seat=PANAMA),
        organization("blank"),
        organization("works", themes=(un.Theme.FIREARMS,), countries=("PA",), seat=un.Place(country="CO")),
        organization("none", seat=PANAMA, blanks=(un.Blank(field="themes", reason=un.BlankReason.NONE),)),
        organization("state", kind=un.OrganizationKind.GOVERNMENT, themes=(un.Theme.FIREARMS,)),
        organization("gone", themes=(un.Theme.FIREARMS,), dissolved=day("2024")),
    )
    assert asked(*bodies, themes=["firearms"], countries=["PA"]) == {"both": "++", "works": "++", "half": "+?"}
    assert set(asked(*bodies)) == {"both", "half", "wrong", "blank", "works", "none"}


@pytest.mark.parametrize(
    ("more", "wanted", "marks"),
    [
        ({"languages": ("pt-BR",)}, {"languages": ["pt"]}, "+"),
        ({"languages": ("pt",)}, {"languages": ["pt-BR", "es"]}, "+"),
        ({"languages": ("fr",)}, {"languages": ["pt"]}, None),
        ({"kind": un.OrganizationKind.MEDIA}, {"sectors": ["media"]}, "+"),
        ({"kind": un.OrganizationKind.THINK_TANK}, {"sectors": ["academia"]}, "+"),
        (
            {"kind": un.OrganizationKind.UNKNOWN, "countries": ("PA",)},
            {"sectors": ["academia"], "countries": ["PA"]},
            "+?",
        ),
        ({"engagement_tools": (un.EngagementTool.RESEARCH,)}, {"tools": ["research"]}, "+"),
    ],
)
def test_languages_sectors_and_tools(more, wanted, marks):
    assert asked(organization(**more), **wanted) == ({} if marks is None else {"ngo": marks})


def test_every_kind_has_a_sector():
    assert set(SECTORS) == set(un.OrganizationKind)
    assert SECTORS[un.OrganizationKind.TRADE_UNION] == "civil-society"


def person(name, gender, *consents, who="ngo", **more):
    return un.Person(
        id=name,
        name="Canary",
        gender=gender,
        consents=consents,
        affiliations=(un.Affiliation(key="a", organization_id=who, **more),),
    )


def test_the_balance_counts_genders_only_by_consent_and_shows_what_is_not_known():
    register = with_records(
        organization(flags=(un.OrganizationFlag.YOUTH_LED,), seat=PANAMA),
        organization("two", kind=un.OrganizationKind.ACADEMIA),
        organization("xa", seat=un.Place(country="XA")),
        person("p1", "Woman", consent("statistics", "internal")),
        person("p2", "woman", consent("statistics")),
        person("p3", "man"),
        person("p4", "man", consent("statistics", withdrawn=day("2024"))),
        person("p5", "man", consent("statistics", given=day("2026"))),
        person("p6", "man", consent("publication")),
        person("p7", None, consent("statistics")),
        person("p8", "man", consent("statistics"), who="other"),
        person("p9", "man", consent("statistics"), period=un.Period(end=day("2020"))),
    )
    balance = find_organizations(register, ON).balance
    assert balance.to_dict() == {
        "sectors": {"civil-society": 2, "academia": 1},
        "regions": {"grulac": 1, "unknown": 2},
        "genders": {"woman": 2, "unknown": 5},
        "youth": {"youth-led": 1, "unknown": 2},
    }


def test_of_a_network_only_those_who_belong_to_it_or_may():
    period = un.Period(start=day("2020"), ending=un.Ending.RUNNING)
    records = (
        un.Network(id="net", name=text("Net"), kind=un.NetworkKind.REGIONAL),
        organization(),
        organization("out"),
        un.Membership(id="m1", network_id="net", organization_id="ngo", period=period),
    )
    found = find_organizations(with_records(*records), ON, network="net")
    assert [(fit.organization.id, fit.belonging) for fit in found.fits] == [("ngo", "certain")]
    assert found.to_dict()["fits"][0] == {
        "organization": "ngo",
        "name": {"en": "NGO"},
        "kind": "ngo",
        "sector": "civil-society",
        "country": None,
        "belonging": "certain",
        "verdicts": {},
    }
    assert list(render_member_search(found))[:2] == [
        "id   name  sector         country  member",
        "ngo  NGO   civil society           certain",
    ]


def test_the_result_reads_as_text_and_as_markdown():
    found = find_organizations(
        with_records(organization("a|b".replace("|", "-"), themes=(un.Theme.YOUTH,), seat=PANAMA)), ON, themes=["youth"]
    )
    assert list(render_member_search(found)) == [
        "id   name  sector         country  theme",
        "a-b  A-B   civil society  PA       +",
        "",
        "1 fit",
        "sectors: 1 civil society",
        "regions: 1 grulac",
        "genders: 0",
        "youth: 1 unknown",
    ]
    assert "".join(render_member_search_markdown(found)) == (
        "| id | name | sector | country | theme |\n|---|---|---|---|---|\n| a-b | A-B | civil society | PA | \\+ |\n\n"
        "- *sectors:* 1 civil society\n- *regions:* 1 grulac\n- *genders:* 0\n- *youth:* 1 unknown\n"
    )
    nobody = find_organizations(un.Register(), ON)
    assert list(render_member_search(nobody)) == ["nobody is known to fit"]
    assert list(render_member_search_markdown(nobody)) == ["nobody is known to fit\n"]
