"""Where a body at risk is, how many are withheld, and what they said: nothing that is shown tells it by structure."""

import attrs
import pytest
from hypothesis import given, strategies as st

import untoc_network as un
from untoc_network.privacy import view

from .test_export_guard import places
from .test_view import AUDIENCES, DAY, FEW, GIVEN, NAMED, body, exposing, person, told

TOWN, VENUE, COUNTRY = "Villa Ejemplo", "Casa Ejemplo", "XA"
SEAT = un.Place(country=COUNTRY, city=TOWN, venue=VENUE, address="33 Willow Lane")
OVER = attrs.evolve(GIVEN, withdrawn=un.PartialDate("2023"))
PAGE = "https://meeting.example.org/where"
ZONE = "2024-05-06T10:00-03:00[America/Argentina/Ushuaia]"


def refuge(**fields):
    return body(**({"at_risk": True, "seat": SEAT} | fields))


SHOWN, WITHHELD = refuge(consents=(GIVEN,)), refuge()
BRANCH = body("branch", parent_id="refuge", seat=un.Place(country="XA", city="Otra Villa", venue="Branch House"))


def event(record_id="talk", **fields):
    said = {
        "name": un.Text(en="Talk"),
        "kind": un.EventKind.WORKSHOP,
        "place": un.Place(country=COUNTRY, city=TOWN, venue=VENUE),
    }
    return un.Event(id=record_id, **(said | fields))


def role(kind, who="refuge"):
    return un.EventRole(kind=kind, stakeholder_id=who)


def source(**fields):
    return un.Source(**({"id": "paper", "title": un.Text(en="Paper"), "kind": un.SourceKind.REPORT} | fields))


def post(value="33 Willow Lane", **fields):
    return un.Contact(kind=un.ContactKind.POST, value=value, consents=(GIVEN,), **fields)


PROJECT = un.Project(id="project", name=un.Text(en="Project"), implementer_ids=("refuge",))
HOST = (role(un.EventRoleKind.ORGANIZER),)
NETWORK = un.Network(id="net", name=un.Text(en="Network"), kind=un.NetworkKind.REGIONAL)
HOUSED = un.Membership(id="m", network_id="net", organization_id="refuge", role=un.MembershipRole.SECRETARIAT)
WEBSITE = un.Link(kind=un.LinkKind.WEBSITE, url=PAGE)

DOORS = {
    "place of an event that it organizes": {"events": (event(roles=(role(un.EventRoleKind.ORGANIZER),)),)},
    "of one that it organizes with others": {"events": (event(roles=(role(un.EventRoleKind.CO_ORGANIZER),)),)},
    "of one that it is a partner of": {"events": (event(roles=(role(un.EventRoleKind.PARTNER),)),)},
    "of one in its town that it takes part in": {"events": (event(roles=(role(un.EventRoleKind.PARTICIPANT),)),)},
    "under an old id": {
        "events": (event(roles=(role(un.EventRoleKind.PARTNER, "old-refuge"),)),),
        "redirects": (un.Redirect(old_id="old-refuge", new_id="refuge"),),
    },
    "of one of its project": {"events": (event(project_id="project"),), "projects": (PROJECT,)},
    "of one of a project that it works along in": {
        "events": (event(project_id="project"),),
        "projects": (attrs.evolve(PROJECT, implementer_ids=(), partner_ids=("refuge",)),),
    },
    "of one in the margins of its own": {
        "events": (
            event("own", roles=HOST),
            event(links_to=(un.EventLink(kind=un.EventLinkKind.IN_MARGINS_OF, event_id="own"),)),
        )
    },
    "of one that its own is a part of": {
        "events": (
            event("own", roles=HOST, links_to=(un.EventLink(kind=un.EventLinkKind.PART_OF, event_id="talk"),)),
            event(),
        )
    },
    "page of an event that it hosts": {"events": (event(place=None, page=PAGE, roles=HOST),)},
    "address of what came out of it": {
        "events": (
            event(
                place=None,
                roles=HOST,
                outputs=(un.Output(key="o", kind=un.OutputKind.VIDEO, status=un.OutputStatus.PUBLISHED, url=PAGE),),
            ),
        )
    },
    "town in the time zone of an event": {"events": (event(place=None, starts_at=un.Instant(ZONE), roles=HOST),)},
    "town in that of its part": {
        "events": (
            event(
                place=None,
                roles=HOST,
                segments=(un.Segment(key="s", kind=un.SegmentKind.PANEL, ends_at=un.Instant(ZONE)),),
            ),
        )
    },
    "seat of a branch": {"organizations": (BRANCH,)},
    "seat of the branch of a branch": {
        "organizations": (
            attrs.evolve(BRANCH, seat=None),
            attrs.evolve(BRANCH, id="twig", parent_id="branch"),
        )
    },
    "post of a branch": {"organizations": (attrs.evolve(BRANCH, seat=None, contacts=(post(),)),)},
    "place of an event of a branch in its town": {
        "organizations": (attrs.evolve(BRANCH, seat=None),),
        "events": (event(roles=(role(un.EventRoleKind.ORGANIZER, "branch"),)),),
    },
    "dateline of what it published": {
        "sources": (source(publisher_id="refuge", place=un.Place(country=COUNTRY, city=TOWN)),)
    },
    "address of what it published": {"sources": (source(publisher_id="refuge", url=PAGE),)},
    "dateline of what its branch published": {
        "organizations": (BRANCH,),
        "sources": (source(publisher_id="branch", place=un.Place(country=COUNTRY, city="Otra Villa")),),
    },
    "post of who works there": {
        "persons": (
            person(
                consents=(NAMED,),
                posts=(un.Post(key="k", title=un.Text(en="Director"), organization_id="refuge"),),
                contacts=(post(),),
            ),
        )
    },
    "post of who speaks for it": {
        "persons": (
            person(
                consents=(NAMED,),
                affiliations=(un.Affiliation(key="k", organization_id="refuge"),),
                contacts=(post(label="at the refuge"),),
            ),
        )
    },
    "pages of the network that it houses": {
        "networks": (attrs.evolve(NETWORK, links=(WEBSITE,)),),
        "memberships": (HOUSED,),
    },
}
TELLING = (TOWN, VENUE, "33 Willow Lane", PAGE, "Ushuaia", "Otra Villa", "Branch House", "at the refuge")


@pytest.mark.parametrize("audience", ["public", "members"])
@pytest.mark.parametrize("house", [SHOWN, WITHHELD], ids=["shown", "withheld"])
@pytest.mark.parametrize("collections", DOORS.values(), ids=DOORS)
def test_nothing_that_is_shown_leads_to_a_door(collections, house, audience):
    collections = collections | {"organizations": (house, *collections.get("organizations", ()))}
    register = un.Register(**collections)
    assert any(
        one in un.dumps(un.Register(**collections | {"organizations": collections["organizations"][1:]})).decode()
        for one in TELLING
    )
    seen = view(register, audience, DAY)
    shown = un.dumps(seen.register).decode()
    assert [one for one in TELLING if one in shown] == []
    assert places(register, seen.register, audience, seen.origins) == set()
    inner = view(register, "internal", DAY).register
    assert un.dumps(view(inner, audience, DAY).register).decode() == shown
    assert un.dumps(inner) == un.dumps(register) or "persons" in collections


def test_a_body_at_risk_that_is_shown_is_tied_to_no_body_above_it():
    main = body("main", seat=un.Place(country="XB", city="Capital"))
    seen = view(un.Register(organizations=(main, attrs.evolve(SHOWN, parent_id="main"))), "public", DAY)
    assert seen.register["refuge"].parent_id is None
    assert seen.register["refuge"].blanks == (un.Blank(field="parent_id", reason=un.BlankReason.WITHHELD),)
    assert seen.register["main"].seat.city == "Capital"


def test_the_label_of_a_contact_that_it_agreed_to_is_not_shown():
    mail = un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org", label="Office in Villa", consents=(GIVEN,))
    seen = view(un.Register(organizations=(attrs.evolve(SHOWN, contacts=(mail,)),)), "public", DAY)
    assert [(one.value, one.label) for one in seen.register["refuge"].contacts] == [("a@example.org", None)]


FAR = {
    "one in another town": event(place=un.Place(city="Otra Villa"), roles=(role(un.EventRoleKind.PANELLIST),)),
    "one without a place": event(place=None, roles=(role(un.EventRoleKind.PANELLIST),), page=PAGE),
    "one of others in its town": event(roles=(role(un.EventRoleKind.ORGANIZER, "main"),), page=PAGE),
    "one after its own": event(links_to=(un.EventLink(kind=un.EventLinkKind.FOLLOWS, event_id="own"),)),
    "one that names an event that is not there": event(
        links_to=(un.EventLink(kind=un.EventLinkKind.PART_OF, event_id="nowhere"),)
    ),
}


@pytest.mark.parametrize("other", FAR.values(), ids=FAR)
def test_what_leads_to_no_door_is_shown_as_it_is(other):
    there = body("main", seat=SEAT)  # or the town would be a value that is looked for
    register = un.Register(organizations=(SHOWN, there), events=(other, event("own", roles=HOST)))
    shown = view(register, "public", DAY).register["talk"]
    assert (shown.place, shown.page) == (other.place, other.page)


def test_a_town_of_that_name_in_another_country_is_another_place():
    elsewhere = event(place=un.Place(country="XB", city=TOWN), roles=(role(un.EventRoleKind.PANELLIST),))
    shown = view(un.Register(organizations=(SHOWN,), events=(elsewhere,)), "public", DAY).register["talk"]
    assert shown.place == un.Place(country="XB", city="[…]")  # masked as a word, not coarsened


def test_an_hour_without_its_zone_is_on_the_same_day_and_at_the_same_hour_there():
    hosted = event(
        roles=HOST,
        starts_at=un.Instant("2024-05-07T02:00Z[America/Lima]"),
        ends_at=un.Instant("2024-05-07T05:00-05:00"),
    )
    shown = view(un.Register(organizations=(WITHHELD,), events=(hosted,)), "public", DAY).register["talk"]
    assert (shown.starts_at.zone, shown.starts_at.day) == (None, "2024-05-06")
    assert (shown.starts_at.when, shown.ends_at) == (hosted.starts_at.when, hosted.ends_at)


def test_bodies_in_a_circle_lead_nowhere():
    bodies = (body("a", parent_id="b", seat=SEAT), body("b", parent_id="a"), WITHHELD)
    assert view(un.Register(organizations=bodies), "public", DAY).register["a"].seat == attrs.evolve(SEAT, address=None)


# -- one trace for all -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("collections", DOORS.values(), ids=DOORS)
def test_nobody_can_tell_a_body_at_risk_from_one_that_is_withheld(collections, audience):
    rest = collections.get("organizations", ())
    made = [
        view(un.Register(**collections | {"organizations": (house, *rest)}), audience, DAY)
        for house in (refuge(consents=(OVER,)), refuge(consents=(OVER,), at_risk=False))
    ]
    assert un.dumps(made[0].register) == un.dumps(made[1].register)
    assert told(made[0]) == told(made[1])
    if audience != "internal":
        silent = view(un.Register(**collections | {"organizations": (WITHHELD, *rest)}), audience, DAY)
        assert (un.dumps(silent.register), told(silent)) == (un.dumps(made[0].register), told(made[0]))


@given(exposing(), st.sampled_from(AUDIENCES))
@FEW
def test_whether_a_withheld_body_is_at_risk_changes_nothing(register, audience):
    hidden = {one.id for one in register.organizations} - {
        one.id for one in view(register, audience, DAY).register.organizations
    }
    calm, alarmed = (
        attrs.evolve(
            register,
            organizations=tuple(
                attrs.evolve(one, at_risk=at_risk, consents=(OVER,)) if one.id in hidden else one
                for one in register.organizations
            ),
        )
        for at_risk in (False, True)
    )
    assert view(calm, audience, DAY) == view(alarmed, audience, DAY)


# -- how many there are ------------------------------------------------------------------------------------------------


def count(value, unit=un.CountUnit.ORGANIZATIONS, **fields):
    return un.Count(value=value, qualifier=un.Qualifier.EXACT, unit=unit, basis=un.CountBasis.STATED, **fields)


def network_with(*stated, members=3, withheld=2, period=None):
    """A network of which some members are withheld."""
    bodies = [body(f"open-{number}") for number in range(members)]
    bodies += [body(f"risk-{number}", at_risk=True) for number in range(withheld)]
    memberships = [
        un.Membership(
            id=f"m-{one.id}", network_id="net", organization_id=one.id, period=period if one.id == "open-0" else None
        )
        for one in bodies
    ]
    return un.Register(
        organizations=tuple(bodies),
        memberships=tuple(memberships),
        networks=(attrs.evolve(NETWORK, stated_members=tuple(stated)),),
    )


@pytest.mark.parametrize(
    ("stated", "fields", "is_shown"),
    [
        (count(5), {}, False),
        (count(7), {}, False),
        (count(8), {}, True),
        (count(3), {}, True),
        (count(2), {}, True),
        (count(4), {"withheld": 0}, True),
        (count(5, un.CountUnit.STAKEHOLDERS), {}, False),
        (count(5, un.CountUnit.STATES), {}, True),
        (count(3), {"period": un.Period(end=un.PartialDate("2020"))}, False),
        (count(3, as_of=un.PartialDate("2019")), {"period": un.Period(end=un.PartialDate("2020"))}, True),
        (attrs.evolve(count(5), qualifier=un.Qualifier.ABOUT), {}, False),
        (count(40), {"members": 30, "withheld": 10}, True),
        (count(40), {"members": 36, "withheld": 4}, False),
    ],
)
@pytest.mark.parametrize("audience", ["public", "members"])
def test_a_stated_number_is_shown_where_it_does_not_tell_of_few(stated, fields, is_shown, audience):
    register = network_with(stated, **fields)
    seen = view(register, audience, DAY)
    assert seen.register["net"].stated_members == ((stated,) if is_shown else ())
    assert seen.register["net"].blanks == ()
    assert (("net", "stated_members", "names-withheld") in told(seen)) is not is_shown
    assert places(register, seen.register, audience) == set()
    if not is_shown:
        assert ("net", "stated_members", "names-withheld") in places(register, register, audience)


def test_a_number_that_tells_the_members_something_is_not_told_to_the_public_either():
    """Seven open, one for nobody, five for the members: 13 tells the public of six, and the members of one."""
    bodies = [body(f"open-{number}") for number in range(7)] + [body("risk", at_risk=True)]
    for_members = attrs.evolve(GIVEN, audience=un.Audience.MEMBERS)
    bodies += [body(f"inner-{number}", consents=(for_members,)) for number in range(5)]
    memberships = tuple(un.Membership(id=f"m-{one.id}", network_id="net", organization_id=one.id) for one in bodies)
    network = attrs.evolve(NETWORK, stated_members=(count(13), count(30)))
    register = un.Register(organizations=tuple(bodies), memberships=memberships, networks=(network,))
    for audience in ("public", "members"):
        assert view(register, audience, DAY).register["net"].stated_members == (count(30),)
    assert view(register, "internal", DAY).register["net"].stated_members == (count(13), count(30))


@pytest.mark.parametrize(
    ("stated", "is_shown"),
    [
        (count(3, un.CountUnit.PEOPLE), False),
        (count(2, un.CountUnit.PEOPLE), False),
        (count(9, un.CountUnit.PEOPLE), True),
        (count(1, un.CountUnit.ORGANIZATIONS), True),
        (count(4, un.CountUnit.STAKEHOLDERS), False),
    ],
)
def test_so_is_a_number_of_an_event(stated, is_shown):
    people = [person(id=f"p{number}", consents=(NAMED,) if number == 1 else ()) for number in range(1, 4)]
    talk = event(
        roles=(
            *(role(un.EventRoleKind.PANELLIST, one.id) for one in people[:2]),
            role(un.EventRoleKind.SPEAKER, "main"),
        ),
        counts=(stated,),
    )
    said = un.Statement(id="s", event_id="talk", speaker_id="p3", summary=un.Text(en="Yes"))
    register = un.Register(persons=tuple(people), events=(talk,), organizations=(body("main"),), statements=(said,))
    assert view(register, "public", DAY).register["talk"].counts == ((stated,) if is_shown else ())


# -- what was said -----------------------------------------------------------------------------------------------------


def test_the_title_of_a_part_goes_with_the_only_speaker_in_it():
    parts = tuple(
        un.Segment(key=key, kind=un.SegmentKind.PANEL, name=un.Text(en=f"On {key}"))
        for key in ("hers", "both", "open", "silent")
    )
    speakers = (("hers", "member-1"), ("both", "member-1"), ("both", "named"), ("open", "named"), (None, "member-1"))
    said = tuple(
        un.Statement(id=f"s{number}", event_id="old-talk", speaker_id=who, segment=key, summary=un.Text(en="Words"))
        for number, (key, who) in enumerate(speakers)
    )
    register = un.Register(
        persons=(person(), person(id="named", name="B. Other", consents=(NAMED,))),
        events=(event(segments=parts),),
        statements=said,
        redirects=(un.Redirect(old_id="old-talk", new_id="talk"),),
    )
    for audience in AUDIENCES:
        seen = view(register, audience, DAY)
        assert [one.key for one in seen.register["talk"].segments] == ["both", "open", "silent"]
        assert [one.id for one in seen.register.statements] == ["s2", "s3"]
        assert ("talk", "segments", "names-withheld") in told(seen)
        assert places(register, seen.register, audience, seen.origins) == set()
    assert ("talk", "segments", "names-withheld") in places(register, register)


def test_a_number_or_a_quotation_in_words_is_no_tie():
    """A limit: what only words tie to somebody stays, without the name."""
    purpose = un.Text(en="Five members. Ana Ejemplo said: we live behind the mill.")
    register = un.Register(persons=(person(),), networks=(attrs.evolve(NETWORK, purpose=purpose),))
    shown = view(register, "public", DAY).register["net"].purpose
    assert str(shown) == "Five members. […] said: we live behind the mill."


def test_of_an_event_at_a_door_the_parts_that_stay_have_no_zone_either():
    parts = tuple(
        un.Segment(key=key, kind=un.SegmentKind.PANEL, starts_at=un.Instant(ZONE)) for key in ("hers", "open")
    )
    said = un.Statement(id="s", event_id="talk", speaker_id="member-1", segment="hers", summary=un.Text(en="Words"))
    register = un.Register(
        organizations=(WITHHELD,), persons=(person(),), events=(event(roles=HOST, segments=parts),), statements=(said,)
    )
    shown = view(register, "public", DAY).register["talk"].segments
    assert [(one.key, one.starts_at.zone) for one in shown] == [("open", None)]
