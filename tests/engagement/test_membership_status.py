import pytest

import untoc_network as un
from untoc_network.engagement import MembershipStatus, members

from .registers import day, organization, text, with_records

RUNNING = un.Ending.RUNNING


def network(**more):
    return un.Network(id="net", name=text("Net"), kind=un.NetworkKind.REGIONAL, **more)


def membership(name="m1", who="ngo", start=None, end=None, ending=None, *, period=True):
    span = un.Period(start=start and day(start), end=end and day(end), ending=ending) if period else None
    return un.Membership(id=name, network_id="net", organization_id=who, period=span)


def on(when, *records, net=None):
    register = with_records(net or network(), *records)
    return {member.organization_id: member.belonging.value for member in members(register, "net", when)}


@pytest.mark.parametrize(
    ("given", "when", "belonging"),
    [
        ({"start": "2022-03-01", "ending": RUNNING}, "2022-03-01", "certain"),
        ({"start": "2022-03", "ending": RUNNING}, "2022-03-15", "possible"),
        ({"start": "2022-03", "ending": RUNNING}, "2022-03-31", "certain"),
        ({"start": "2022-03", "ending": RUNNING}, "2022-02-28", None),
        ({"start": "2022-03-01", "end": "2023"}, "2022-12-31", "certain"),
        ({"start": "2022-03-01", "end": "2023"}, "2023-06-01", "possible"),
        ({"start": "2022-03-01", "end": "2023"}, "2024-01-01", None),
        ({"start": "2022-03-01"}, "2023-01-01", "unknown"),
        ({"start": "2022-03-01", "ending": un.Ending.ENDED}, "2023-01-01", "unknown"),
        ({"end": "2023"}, "2022-01-01", "unknown"),
        ({"ending": RUNNING}, "2022-01-01", "unknown"),
        ({"period": False}, "2022-01-01", "unknown"),
        ({"start": "2022-03-01", "ending": RUNNING}, "2022", "possible"),
    ],
)
def test_a_partial_date_is_read_on_all_its_days(given, when, belonging):
    found = on(when, organization(), membership(**given))
    assert found == ({} if belonging is None else {"ngo": belonging})


@pytest.mark.parametrize(
    ("net", "body", "belonging"),
    [
        ({"founded": "2023"}, {}, {}),
        ({"founded": "2022"}, {"founded": "2000"}, {"ngo": "possible"}),
        ({"dissolved": "2022-05"}, {}, {}),
        ({"dissolved": "2022-06"}, {}, {"ngo": "possible"}),
        ({}, {"dissolved": "2022-06-14"}, {}),
        ({}, {"dissolved": "2023"}, {"ngo": "certain"}),
        ({"founded": "2023", "dissolved": "2021"}, {}, {}),
    ],
)
def test_a_membership_ends_with_both_sides(net, body, belonging):
    dates = {name: day(value) for name, value in net.items()}
    own = organization(**{name: day(value) for name, value in body.items()})
    assert on("2022-06-15", own, membership(start="2020", ending=RUNNING), net=network(**dates)) == belonging


def test_of_two_memberships_the_surest_counts_and_the_surest_members_come_first():
    found = on(
        "2022-06-15",
        organization("b"),
        organization("a"),
        membership("m1", "b", start="2020"),
        membership("m2", "b", start="2021", ending=RUNNING),
        membership("m3", "a", start="2020"),
        membership("m4", "nowhere", start="2020", ending=RUNNING),
    )
    assert list(found.items()) == [("b", "certain"), ("nowhere", "certain"), ("a", "unknown")]


def test_a_member_is_told_by_ids():
    register = with_records(network(), organization(), membership(start="2020", ending=RUNNING))
    (member,) = members(register, "net", "2022")
    assert member.to_dict() == {"organization": "ngo", "membership": "m1", "belonging": "certain"}
    assert member.belonging is MembershipStatus.CERTAIN


def test_what_is_no_network_has_no_members():
    with pytest.raises(un.UnknownRecord, match=r"^'ngo' is not a network$"):
        members(with_records(organization()), "ngo", "2022")
