"""What an audience sees: laws that hold for every register, and each treatment by example."""

import itertools
import re
from collections import Counter, defaultdict

import attrs
import pytest
from hypothesis import HealthCheck, given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.privacy import TREATMENTS, Redaction, RedactionReason, Treatment, view
from untoc_network.testing import plant_canaries, registers, sound_registers
from untoc_network.text.personal_data_patterns import MASK
from untoc_network.values.fields import Sensitivity, fields_of, nested_class

DAY = "2024-06-30"
AUDIENCES = tuple(un.Audience)
FEW = tries(6, suppress_health_check=[HealthCheck.too_slow])
LOOKS = (
    "write to ana@example.org today",
    "call +507 6612-3456",
    "pasaporte no. XA123456",
    "8.98123, -79.51987",
    "https://example.org/?to=ana@example.org",
)


@st.composite
def exposing(draw):
    """Registers with consents of all kinds, bodies at risk, texts that expose, and names of some in texts of others."""
    register = draw(registers())
    if draw(st.booleans()):
        register, _ = plant_canaries(register)
    organizations = tuple(
        attrs.evolve(one, at_risk=draw(st.booleans()), consents=draw(consents())) for one in register.organizations
    )
    persons = tuple(attrs.evolve(one, consents=draw(consents())) for one in register.persons)
    contributions = tuple(
        attrs.evolve(one, consents=draw(consents()), audience=draw(st.sampled_from(AUDIENCES)))
        for one in register.contributions
    )
    exposed = draw(st.sampled_from((*LOOKS, "Ana Ejemplo said so")))
    statements = tuple(attrs.evolve(one, summary=un.Text(en=exposed)) for one in register.statements)
    if persons:
        persons = (attrs.evolve(persons[0], name="Ana Ejemplo"), *persons[1:])
    return attrs.evolve(
        register,
        organizations=organizations,
        persons=persons,
        contributions=contributions,
        statements=statements,
    )


def consents():
    dates = st.sampled_from([None, None, "2020", "2024-06-30", "2024-07", "2030-01-01"]).map(
        lambda text: text and un.PartialDate(text)
    )
    purposes = st.sampled_from([un.Purpose.PUBLICATION, un.Purpose.ATTRIBUTION, un.Purpose.CONTACT])
    one = st.builds(
        un.Consent,
        purpose=purposes,
        audience=st.sampled_from(AUDIENCES),
        basis=st.just(un.ConsentBasis.FORM),
        given=dates,
        withdrawn=dates,
        expires=dates,
    )
    return st.lists(one, max_size=2).map(tuple)


def leaves(held, path=()):
    for shape in fields_of(type(held)):
        value = getattr(held, shape.name)
        for item in value if shape.many else () if value is None else (value,):
            if isinstance(item, un.Blank) and item.reason is un.BlankReason.WITHHELD:
                continue
            if nested_class(shape):
                yield from leaves(item, (*path, shape.name))
            elif item is not False:
                yield (*path, shape.name), tuple(item.items()) if isinstance(item, un.Text) else item


def shown(narrow, wide):
    """Whether every value of a record stands in the other too, apart from what is masked in it."""
    there = defaultdict(list)
    for path, value in leaves(wide):
        there[path].append(value)
    return all(any(is_masked_of(value, other) for other in there[path]) for path, value in leaves(narrow))


def is_masked_of(value, other):
    other = re.sub("[\u00ad\u200b\u2060\ufeff]", "", other) if isinstance(other, str) else other
    pattern = ".*".join(map(re.escape, str(value).split(MASK)))
    if isinstance(value, un.Instant):  # the name of a zone is that of a town, and goes with the place
        pattern += r"(\[.*\])?"
    return value == other or re.fullmatch(pattern, str(other), re.DOTALL) is not None


@given(exposing(), st.sampled_from(AUDIENCES))
@FEW
def test_the_view_of_a_view_is_itself_and_leaves_nothing_more_out(register, audience):
    once = view(register, audience, DAY)
    twice = view(once.register, audience, DAY)
    assert twice.register == once.register
    assert twice.redactions == ()


@pytest.mark.unmeasured
@given(exposing())
@FEW
def test_what_a_wider_circle_sees_a_narrower_one_sees_too(register):
    public, members, internal = (view(register, audience, DAY).register for audience in AUDIENCES)
    for narrow, wide in ((public, members), (members, internal), (internal, register)):
        for record in narrow:
            same = wide.by_id.get(record.id)
            assert same is not None or record.id.startswith("withheld-")
            assert same is None or shown(record, same)
        assert set(narrow.redirects) <= set(wide.redirects)


@pytest.mark.unmeasured
@given(exposing(), st.sampled_from(AUDIENCES), st.sampled_from(AUDIENCES))
@FEW
def test_the_view_of_a_view_is_that_of_the_wider_circle_of_both(register, one, other):
    wider = one if one.reaches(other) else other
    for first, then in ((one, other), (other, one)):
        through = view(view(register, first, DAY).register, then, DAY).register
        assert un.dumps(through) == un.dumps(view(register, wider, DAY).register)


def through(register):
    """For each audience what it sees, which is the same whatever view it is the view of."""
    seen = {}
    for wider in AUDIENCES:
        ways = [view(view(register, one, DAY).register, wider, DAY).register for one in AUDIENCES if wider.reaches(one)]
        seen[wider.value] = view(register, wider, DAY).register
        assert {un.dumps(one) for one in ways} == {un.dumps(seen[wider.value])}
    return seen


def test_a_name_that_even_the_internal_circle_is_not_to_know_is_masked_before_it_too():
    texts = ("Ana Ejemplo said so", "write to ana-ejemplo@example.org", "call +507 6612-3456")
    statements = tuple(
        un.Statement(id=f"said-{place}", event_id="meeting", summary=un.Text(en=text))
        for place, text in enumerate(texts, start=1)
    )
    meeting = un.Event(id="meeting", name=un.Text(en="Meeting"), kind=un.EventKind.OTHER)
    seen = through(un.Register(persons=(person(),), events=(meeting,), statements=statements))
    said = {name: [one.summary["en"] for one in register.statements] for name, register in seen.items()}
    assert said == {
        "internal": ["[…] said so", "write to […]", "call +507 6612-3456"],
        "members": ["[…] said so", "write to […]", "call […]"],
        "public": ["[…] said so", "write to […]", "call […]"],
    }


def test_of_two_names_in_one_another_no_half_is_left_to_a_wider_circle():
    # "Ana Ejemplo" is for nobody, "Ejemplo Prueba" for the members, and the text has both in one.
    persons = (person(), person(id="member-2", name="Ejemplo Prueba", consents=FOR_MEMBERS))
    talk = un.Event(id="talk", name=un.Text(en="Ana Ejemplo Prueba"), kind=un.EventKind.WORKSHOP)
    assert seen_of("internal", persons=persons, events=(talk,)).register.events[0].name["en"] == "[…]"
    more = attrs.evolve(talk, name=un.Text(en="Ana Ejemplo Prueba, Ana"))
    through(un.Register(persons=persons, events=(more,)))


def test_an_id_that_is_replaced_before_several_circles_is_replaced_by_one_and_the_same():
    persons = (person(), person(id="member-2", name="Eva Prueba", consents=FOR_MEMBERS))
    ids = ("a-ana-ejemplo", "b-eva-prueba", "c-ana-ejemplo", "d", "e-eva-prueba")
    seen = through(un.Register(persons=persons, organizations=tuple(body(one) for one in ids)))
    assert len({tuple(one.id for one in register.organizations) for register in seen.values()}) == 1
    assert [one.id for one in seen["internal"].organizations if "ejemplo" in one.id or "prueba" in one.id] == []


def test_the_id_of_what_is_for_a_narrower_circle_only_is_replaced_as_it_is_for_that_circle():
    persons = (person(),)
    bodies = (body("a-ana-ejemplo", at_risk=True, consents=(attrs.evolve(GIVEN, audience=un.Audience.MEMBERS),)),)
    seen = through(un.Register(persons=persons, organizations=(*bodies, body("b-ana-ejemplo"))))
    members, public = ({one.id for one in seen[name].organizations} for name in ("members", "public"))
    assert len(members) == 2
    assert len(public) == 1
    assert public < members


@pytest.mark.parametrize("at_risk", [True, False])
def test_where_a_host_is_withheld_from_all_its_meeting_is_guarded_before_all(at_risk):
    withdrawn = (attrs.evolve(GIVEN, withdrawn=un.PartialDate("2020")),)
    host = un.EventRole(kind=un.EventRoleKind.ORGANIZER, stakeholder_id="refuge")
    place = un.Place(country="XA", city="Villa Ejemplo")
    meeting = un.Event(id="m", name=un.Text(en="Meeting"), kind=un.EventKind.OTHER, place=place, roles=(host,))
    register = un.Register(organizations=(body(at_risk=at_risk, consents=withdrawn),), events=(meeting,))
    for seen in through(register).values():
        assert seen.events[0].roles == ()
        assert seen.events[0].place == un.Place(country="XA")


@given(exposing(), st.sampled_from(AUDIENCES), st.sampled_from(["2019", "2024-06", DAY]), st.data())
@FEW
def test_a_withdrawal_more_shows_nothing_more(register, audience, day, data):
    holders = [one for name in ("persons", "organizations", "contributions") for one in getattr(register, name)]
    holders = [one for one in holders if one.consents]
    if not holders:
        return
    holder = data.draw(st.sampled_from(holders))
    ended = attrs.evolve(data.draw(st.sampled_from(holder.consents)), withdrawn=un.PartialDate(day))
    joined = [attrs.evolve(holder, consents=(*holder.consents, ended))]
    joined += [
        attrs.evolve(holder, consents=(*holder.consents[:place], ended, *holder.consents[place + 1 :]))
        for place, one in enumerate(holder.consents)
        if attrs.evolve(one, withdrawn=None) == attrs.evolve(ended, withdrawn=None)
    ]
    before = view(register, audience, DAY).register
    for one in joined:
        after = view(register.with_replaced(one)[0], audience, DAY).register
        for record in after:
            there = before.by_id.get(record.id)
            assert there is not None or record.id.startswith("withheld-")
            assert there is None or shown(without_consents(record), there)


def without_consents(record):
    """The record without those who say how far it goes: a withdrawal may be among them."""
    return attrs.evolve(record, consents=()) if hasattr(record, "consents") else record


@given(exposing(), st.sampled_from(AUDIENCES))
@FEW
def test_a_view_is_pure_and_valid(register, audience):
    before = un.dumps(register)
    seen = view(register, audience, DAY)
    assert un.dumps(register) == before
    assert view(register, audience, DAY) == seen
    assert un.loads(un.dumps(seen.register)) == seen.register
    for reference in seen.register.references:
        assert reference.target in seen.register
    errors, had = (
        Counter((found.code, found.subject) for found in un.validate(one, on=DAY).errors)
        for one in (seen.register, register)
    )
    assert {key for key in errors if key not in had and not (key[1] or "").startswith("withheld-")} == set()


@given(sound_registers())
@tries(5)
def test_a_sound_register_stays_sound(register):
    for audience in AUDIENCES:
        seen = view(register, audience, DAY)
        assert seen.redactions == ()
        assert seen.register == register


def test_every_class_has_a_treatment_before_every_audience():
    assert set(TREATMENTS) == set(un.Audience)
    assert all(set(by_class) == set(Sensitivity) for by_class in TREATMENTS.values())
    assert {by_class[Sensitivity.PERSONAL] for by_class in TREATMENTS.values()} == {Treatment.CONSENT}


# -- by example ---------------------------------------------------------------------------------------------------------

GIVEN = un.Consent(purpose=un.Purpose.PUBLICATION, audience=un.Audience.PUBLIC, basis=un.ConsentBasis.FORM)
NAMED = attrs.evolve(GIVEN, purpose=un.Purpose.ATTRIBUTION)
FOR_MEMBERS = (attrs.evolve(NAMED, audience=un.Audience.MEMBERS),)
CITED = (un.Citation(source_id="note"),)
NOTE = un.Source(id="note", title=un.Text(en="Note"), kind=un.SourceKind.PRESS_NOTE)


def seen_of(audience="public", **collections):
    """The view, of records that all cite a note."""
    return view(un.Register(sources=(NOTE,), **collections), audience, DAY)


def body(record_id="refuge", **fields):
    said = {"name": un.Text(en="House of Example"), "kind": un.OrganizationKind.NGO}
    return un.Organization(id=record_id, **(said | fields))


def person(**fields):
    return un.Person(**({"id": "member-1", "name": "Ana Ejemplo"} | fields))


def told(seen):
    return [(one.id, one.field, one.reason.value) for one in seen.redactions]


@pytest.mark.parametrize(
    ("consent", "audiences"),
    [
        ({}, "public members internal"),
        ({"audience": un.Audience.MEMBERS}, "members internal"),
        ({"audience": un.Audience.INTERNAL}, "internal"),
        ({"given": un.PartialDate("2024-07")}, ""),
        ({"given": un.PartialDate("2024")}, ""),
        ({"given": un.PartialDate("2024-06")}, "public members internal"),
        ({"expires": un.PartialDate("2024")}, ""),
        ({"withdrawn": un.PartialDate(DAY)}, ""),
        ({"withdrawn": un.PartialDate("2024-07-01")}, "public members internal"),
        ({"expires": un.PartialDate("2024-06-29")}, ""),
        ({"expires": un.PartialDate(DAY)}, "public members internal"),
        ({"purpose": un.Purpose.STATISTICS}, ""),
        ({"purpose": un.Purpose.CONTACT}, ""),
    ],
)
def test_a_person_is_shown_as_far_as_a_consent_goes(consent, audiences):
    ana = person(consents=(attrs.evolve(GIVEN, **consent),))
    found = [audience.value for audience in AUDIENCES if seen_of(audience, persons=(ana,)).register.persons]
    assert found == audiences.split()


def test_only_the_consents_that_cover_the_audience_go_with_the_view():
    later = attrs.evolve(GIVEN, given=un.PartialDate("2024"), audience=un.Audience.INTERNAL)
    ana = person(consents=(GIVEN, attrs.evolve(NAMED, audience=un.Audience.MEMBERS), later))
    found = [len(seen_of(audience, persons=(ana,)).register["member-1"].consents) for audience in AUDIENCES]
    assert found == [1, 2, 3]


def test_a_withdrawal_goes_with_what_it_keeps_from_the_public():
    over = attrs.evolve(GIVEN, withdrawn=un.PartialDate("2023"))
    ana = person(consents=(GIVEN, over))
    assert seen_of(persons=(ana,)).register.persons == ()
    seen = seen_of("members", persons=(ana,)).register
    assert seen["member-1"].consents == (GIVEN, over)
    assert view(seen, "public", DAY).register == seen_of(persons=(ana,)).register


def test_what_was_withdrawn_from_the_members_the_public_sees_no_more():
    over = attrs.evolve(GIVEN, audience=un.Audience.MEMBERS, withdrawn=un.PartialDate("2023"))
    for consents_held in ((GIVEN, over), (over, GIVEN)):
        ana = person(consents=consents_held)
        assert [bool(seen_of(one, persons=(ana,)).register.persons) for one in AUDIENCES] == [False, False, True]


def test_who_agreed_to_be_named_only_is_named_only():
    ana = person(consents=(NAMED,), gender="woman", languages=("es",), other_names=("A. Ejemplo",))
    seen = seen_of(persons=(ana,))
    (shown_person,) = seen.register.persons
    assert (shown_person.name, shown_person.other_names, shown_person.gender) == ("Ana Ejemplo", ("A. Ejemplo",), None)
    assert {(blank.field, blank.reason.value) for blank in shown_person.blanks} == {
        ("gender", "withheld"),
        ("languages", "withheld"),
    }
    assert told(seen) == [("member-1", "gender", "no-consent"), ("member-1", "languages", "no-consent")]


def test_a_contact_is_shown_by_its_own_consent():
    reached = attrs.evolve(GIVEN, purpose=un.Purpose.CONTACT, given=un.PartialDate("2023"))
    contacts = (
        un.Contact(kind=un.ContactKind.EMAIL, value="office@example.org", consents=(reached,)),
        un.Contact(kind=un.ContactKind.PHONE, value="+000 1234 5678"),
    )
    seen = seen_of(organizations=(body(contacts=contacts),))
    (kept,) = seen.register.organizations[0].contacts
    assert (kept.value, kept.consents) == ("office@example.org", (attrs.evolve(reached, given=None),))
    assert ("refuge", "contacts", "no-consent") in told(seen)
    assert seen.register.organizations[0].blanks == ()


def test_what_names_a_withheld_person_goes_and_says_so():
    ana = person(posts=(un.Post(key="director", title=un.Text(en="Director"), organization_id="refuge"),))
    talk = un.Event(
        id="talk",
        name=un.Text(en="Talk"),
        kind=un.EventKind.WORKSHOP,
        roles=(un.EventRole(kind=un.EventRoleKind.SPEAKER, stakeholder_id="member-1"),),
        claims=(
            un.Claim(field="roles", value="member-1", source=CITED[0]),
            un.Claim(field="languages", value="es", source=CITED[0]),
        ),
    )
    said = un.Statement(
        id="s1", event_id="talk", speaker_id="old-member", speaking_as=("director",), summary=un.Text(en="Cooperate")
    )
    told_of = un.Statement(
        id="statement-ana-ejemplo", event_id="talk", summary=un.Text(en="As ANA EJEMPLÓ said: cooperate")
    )
    redirects = (
        un.Redirect(old_id="old-member", new_id="member-1"),
        un.Redirect(old_id="old-talk", new_id="talk"),
        un.Redirect(old_id="ana-ejemplo-talk", new_id="talk"),
    )
    linked = un.Event(
        id="more",
        name=un.Text(en="More"),
        kind=un.EventKind.WORKSHOP,
        links_to=(un.EventLink(kind=un.EventLinkKind.FOLLOWS, event_id="ana-ejemplo-talk"),),
    )
    seen = seen_of(
        persons=(ana,), events=(talk, linked), statements=(said, told_of), organizations=(body(),), redirects=redirects
    )
    (statement,) = seen.register.statements
    assert re.fullmatch("withheld-statements-[a-z2-7]{13}", statement.id)
    assert str(statement.summary) == f"As {MASK} said: cooperate"
    assert Redaction(id="s1", reason=RedactionReason.NAMES_WITHHELD) in seen.redactions
    assert [claim.field for claim in seen.register["talk"].claims] == ["languages"]
    assert seen.register["talk"].roles == ()
    assert seen.register["talk"].blanks == (un.Blank(field="roles", reason=un.BlankReason.WITHHELD),)
    assert seen.register["more"].links_to[0].event_id == "talk"
    assert [redirect.old_id for redirect in seen.register.redirects] == ["old-talk"]
    assert Redaction(id="member-1", reason=RedactionReason.NO_CONSENT) in seen.redactions
    assert un.dumps(seen.register).decode().lower().count("ejemplo") == 0


def test_a_post_at_a_withheld_body_goes_and_with_it_speaking_in_it():
    ana = person(
        consents=(NAMED,), posts=(un.Post(key="director", title=un.Text(en="Director"), organization_id="refuge"),)
    )
    talk = un.Event(id="talk", name=un.Text(en="Talk"), kind=un.EventKind.WORKSHOP)
    said = un.Statement(
        id="s1", event_id="talk", speaker_id="member-1", speaking_as=("director",), summary=un.Text(en="Yes")
    )
    seen = seen_of(persons=(ana,), events=(talk,), statements=(said,), organizations=(body(at_risk=True),))
    assert seen.register["member-1"].posts == ()
    assert seen.register["s1"].speaking_as == ()


def test_a_body_at_risk_is_withheld_with_what_consists_of_it():
    network = un.Network(
        id="net", name=un.Text(en="Network"), kind=un.NetworkKind.REGIONAL, coordinator_ids=("refuge",)
    )
    membership = un.Membership(id="net-house", network_id="net", organization_id="refuge")
    status = un.Accreditation(
        id="a1", organization_id="refuge", forum=un.Forum.ECOSOC, path=un.AccreditationPath.ECOSOC
    )
    collections = {
        "organizations": (body(at_risk=True),),
        "networks": (network,),
        "memberships": (membership,),
        "accreditations": (status,),
    }
    for audience in ("public", "members"):
        seen = seen_of(audience, **collections)
        assert {record.id for record in seen.register} == {"net", "note"}
        assert told(seen) == [
            ("a1", "", "names-withheld"),
            ("net", "coordinator_ids", "names-withheld"),
            ("net-house", "", "names-withheld"),
            ("refuge", "", "no-consent"),
        ]
    assert len(seen_of("internal", **collections).register) == 5


def test_a_body_at_risk_that_agreed_is_shown_without_what_leads_to_its_door():
    post = un.Contact(kind=un.ContactKind.POST, value="1 Example Street", consents=(GIVEN,))
    mail = un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org", consents=(GIVEN,))
    house = body(
        at_risk=True,
        consents=(GIVEN,),
        seat=un.Place(country="XA", city="Example Town", address="1 Example Street"),
        links=(un.Link(kind=un.LinkKind.WEBSITE, url="https://example.org"),),
        identifiers=(un.Identifier(scheme=un.IdentifierScheme.OTHER, value="register:1"),),
        contacts=(post, mail),
        claims=(un.Claim(field="seat.city", value="Example Town", source=CITED[0]),),
        blanks=(
            un.Blank(field="at_risk", reason=un.BlankReason.WITHHELD),
            un.Blank(field="nothing", reason=un.BlankReason.NONE),
        ),
        accepted=(un.Acceptance(rule="PR003", reason="why"), un.Acceptance(rule="SR001", reason="why", by_id="refuge")),
    )
    hosting = un.EventRole(kind=un.EventRoleKind.ORGANIZER, stakeholder_id="refuge")
    talk = un.Event(
        id="talk",
        name=un.Text(en="Talk"),
        kind=un.EventKind.WORKSHOP,
        roles=(hosting,),
        place=un.Place(country="XA", venue="House"),
    )
    nowhere = attrs.evolve(talk, id="nowhere", place=un.Place(venue="House"))
    seen = seen_of(organizations=(house,), events=(talk, nowhere))
    shown_body = seen.register["refuge"]
    assert shown_body.seat == seen.register["talk"].place == un.Place(country="XA")
    assert seen.register["nowhere"].place is None
    assert (shown_body.links, shown_body.identifiers, shown_body.claims, shown_body.blanks, shown_body.at_risk) == (
        (),
        (),
        (),
        (),
        False,
    )
    assert [contact.value for contact in shown_body.contacts] == ["a@example.org"]
    assert shown_body.accepted == (un.Acceptance(rule="SR001", reason=MASK),)
    assert seen_of("internal", organizations=(house,)).register["refuge"].accepted == house.accepted


def test_a_body_that_spoke_of_publication_is_shown_only_as_far_as_that_goes():
    members_only = body(consents=(attrs.evolve(GIVEN, audience=un.Audience.MEMBERS),))
    assert [len(seen_of(audience, organizations=(members_only,)).register.organizations) for audience in AUDIENCES] == [
        0,
        1,
        1,
    ]
    withdrawn = body(consents=(attrs.evolve(GIVEN, withdrawn=un.PartialDate("2023")),))
    assert [len(seen_of(audience, organizations=(withdrawn,)).register.organizations) for audience in AUDIENCES] == [
        0,
        0,
        0,
    ]
    assert len(seen_of(organizations=(body(),)).register.organizations) == 1


def test_a_contribution_is_for_its_audience_and_by_consent():
    study = un.Contribution(
        id="c1", title=un.Text(en="Study"), kind=un.ContributionKind.RESEARCH, text=un.Text(en="Words")
    )
    wide = attrs.evolve(study, audience=un.Audience.PUBLIC)
    assert [len(seen_of(audience, contributions=(study,)).register.contributions) for audience in AUDIENCES] == [
        0,
        0,
        1,
    ]
    assert [len(seen_of(audience, contributions=(wide,)).register.contributions) for audience in AUDIENCES] == [0, 0, 1]
    agreed = attrs.evolve(wide, consents=(GIVEN,))
    assert str(seen_of(contributions=(agreed,)).register["c1"].text) == "Words"


@pytest.mark.parametrize("text", LOOKS)
def test_what_leads_to_a_person_is_masked_in_free_text(text):
    talk = un.Event(
        id="talk",
        name=un.Text(en=text),
        kind=un.EventKind.WORKSHOP,
        page="https://zoom.us/j/12345",
        join_url="https://zoom.us/j/1",
        aliases=(un.Alias(name=text, kind=un.AliasKind.OTHER),),
    )
    seen = seen_of(events=(talk,), title=un.Text(en=text))
    event = seen.register["talk"]
    assert MASK in str(event.name)
    assert MASK in event.aliases[0].name
    assert MASK in str(seen.register.title)
    assert {blank.field for blank in event.blanks} == {"page", "join_url"}
    assert Redaction(id="", field="title", reason=RedactionReason.LOOKS_PERSONAL) in seen.redactions
    assert seen_of("internal", events=(talk,)).register["talk"] == talk


def test_a_claim_or_a_blank_on_what_is_hidden_is_hidden():
    fields = ("gender", "contacts.value", "no_such_field", "posts.title")
    ana = person(
        consents=(NAMED,),
        claims=tuple(un.Claim(field=field, value="x", source=CITED[0]) for field in fields),
        blanks=(
            un.Blank(field="gender", reason=un.BlankReason.UNKNOWN),
            un.Blank(field="contacts", reason=un.BlankReason.WITHHELD),
        ),
    )
    shown_person = seen_of(persons=(ana,)).register["member-1"]
    assert [claim.field for claim in shown_person.claims] == ["posts.title"]
    assert [blank.field for blank in shown_person.blanks] == ["contacts"]
    internal = seen_of("internal", persons=(ana,)).register["member-1"]
    assert [claim.field for claim in internal.claims] == ["no_such_field", "posts.title"]


def test_a_view_tells_places_and_reasons_as_data():
    seen = seen_of(persons=(person(),), organizations=(body(at_risk=True),))
    assert seen.to_dict() == {
        "counts": {
            "internal": 0,
            "no-consent": 2,
            "at-risk": 0,
            "narrower-audience": 0,
            "names-withheld": 0,
            "looks-personal": 0,
        },
        "redactions": [
            {"id": "member-1", "field": "", "reason": "no-consent"},
            {"id": "refuge", "field": "", "reason": "no-consent"},
        ],
        "to_check": [],
        "exposed": [],
    }
    assert "Ana" not in repr(seen)


def test_a_bad_call_is_refused():
    with pytest.raises(ImpossibleValue, match="whole day"):
        view(un.Register(), "public", "2024")
    with pytest.raises(ImpossibleValue, match="public, members, internal"):
        view(un.Register(), "friends", DAY)


# -- what a wider circle masks for a record of which a narrower one is not shown all -------------------------------------

OF_MEMBERS = {"consents": (attrs.evolve(GIVEN, audience=un.Audience.MEMBERS),)}
HOME = un.Link(kind=un.LinkKind.WEBSITE, url="https://hopehouse.org/")
REFUGE = body(name=un.Text(en="Refuge of Example"), at_risk=True)


def branch(**fields):
    return body("branch", **({"name": un.Text(en="Branch of Prueba"), "parent_id": "refuge"} | OF_MEMBERS | fields))


def speaks_of(text, **collections):
    talk = un.Event(id="talk", name=un.Text(en=text), kind=un.EventKind.WORKSHOP)
    return un.Register(events=(talk,), **collections)


KNOWN_FROM_ONE = {
    "a page that goes beside a neighbour who has it too": speaks_of(
        "see hopehouse.org", organizations=(branch(links=(HOME,)), attrs.evolve(REFUGE, links=(HOME,)))
    ),
    "a name that goes beside a neighbour of that name": speaks_of(
        "at Hopehouse Prueba",
        organizations=(
            branch(name=un.Text(en="Hopehouse Prueba")),
            attrs.evolve(REFUGE, name=un.Text(en="Hopehouse Prueba")),
        ),
    ),
    "a page in the address of which somebody is named": speaks_of(
        "see hopehouse.org",
        organizations=(branch(parent_id=None, links=(attrs.evolve(HOME, url="https://hopehouse.org/ana-ejemplo"),)),),
        persons=(person(),),
    ),
    "a page with a contact in its address": speaks_of(
        "see hopehouse.org",
        organizations=(branch(parent_id=None, links=(attrs.evolve(HOME, url="https://hopehouse.org/?to=a@b.org"),)),),
    ),
    "the town of a branch": speaks_of(
        "in Pruebatown", organizations=(branch(seat=un.Place(country="PA", city="Pruebatown")), REFUGE)
    ),
    "the address of who works at a door": speaks_of(
        "at 33 Hopehouse Lane",
        organizations=(REFUGE,),
        persons=(
            person(
                consents=FOR_MEMBERS,
                posts=(un.Post(key="post", title=un.Text(en="Officer"), organization_id="refuge"),),
                contacts=(
                    un.Contact(kind=un.ContactKind.POST, value="33 Hopehouse Lane", consents=OF_MEMBERS["consents"]),
                ),
            ),
        ),
    ),
}


@pytest.mark.parametrize("register", KNOWN_FROM_ONE.values(), ids=KNOWN_FROM_ONE)
def test_what_a_view_takes_from_who_is_shown_it_masks_for_the_view_of_it(register):
    seen = through(register)
    assert MASK in seen["public"].events[0].name["en"]


@st.composite
def tied(draw):
    """Bodies and persons, each for another circle, tied to each other, with pages, names and places of each other."""
    ids = ("one", "two", "three")
    words = st.sampled_from(["Hopehouse Prueba", "Refuge Ejemplo", "Villanova", "Ana Ejemplo"])
    hosts = ("hopehouse.org", "villanova.org/hopehouse", "facebook.com/refuge-ejemplo", "refuge.org/ana-ejemplo")
    agreed = st.sampled_from(
        [(), OF_MEMBERS["consents"], (GIVEN,), (attrs.evolve(GIVEN, audience=un.Audience.INTERNAL),)]
    )
    pages = st.lists(st.sampled_from(hosts), max_size=2, unique=True)
    organizations = tuple(
        body(
            one,
            name=un.Text(en=draw(words)),
            at_risk=draw(st.booleans()),
            consents=draw(agreed),
            parent_id=draw(st.sampled_from([None, *ids[:place]])),
            links=tuple(attrs.evolve(HOME, url=f"https://{page}") for page in draw(pages)),
            seat=draw(st.sampled_from([None, un.Place(country="PA", city="Villanova", address="33 Hopehouse Lane")])),
        )
        for place, one in enumerate(ids)
    )
    texts = (*hosts, "Hopehouse Prueba", "Refuge Ejemplo", "Villanova", "Ana Ejemplo", "33 Hopehouse Lane")
    post = un.Contact(kind=un.ContactKind.POST, value="33 Hopehouse Lane", consents=draw(agreed))
    one = person(
        name=draw(words),
        consents=tuple(attrs.evolve(NAMED, audience=given.audience) for given in draw(agreed)),
        posts=(un.Post(key="post", title=un.Text(en="Officer"), organization_id=draw(st.sampled_from(ids))),),
        contacts=(post,) if draw(st.booleans()) else (),
    )
    return speaks_of(
        draw(st.lists(st.sampled_from(texts), min_size=1, max_size=3).map("; ".join)),
        organizations=organizations,
        persons=(one,),
    )


@st.composite
def sharing_words(draw):
    """Bodies and persons, each for another circle, with words of the names of each other, and a text of such words."""
    names = st.sampled_from(
        ["Ana Ejemplo", "Ejemplo Prueba", "Ejemplo", "Prueba", "Prueba Ana", "Ana Ejemplo Prueba", "Hopehouse Ejemplo"]
    )
    circles = st.sampled_from([None, *AUDIENCES])
    organizations = tuple(
        body(
            one,
            name=un.Text(en=draw(names)),
            at_risk=draw(st.booleans()),
            consents=tuple(attrs.evolve(GIVEN, audience=circle) for circle in [draw(circles)] if circle),
            parent_id=draw(st.sampled_from([None, "one"])) if one == "two" else None,
        )
        for one in ("one", "two")
    )
    persons = tuple(
        person(
            id=one,
            name=draw(names),
            consents=tuple(attrs.evolve(NAMED, audience=circle) for circle in [draw(circles)] if circle),
        )
        for one in ("member-1", "member-2")
    )
    words = st.sampled_from(["Ana", "Ejemplo", "Prueba", "Hopehouse", "said", "anaejemplo", "ejemplo.org/prueba"])
    parts = draw(st.lists(st.tuples(words, st.sampled_from([" ", ", ", "; ", "-", " / "])), min_size=2, max_size=5))
    return speaks_of("".join(map("".join, parts)).strip(), organizations=organizations, persons=persons)


@pytest.mark.unmeasured
@given(st.one_of(tied(), sharing_words()))
@tries(60)
def test_a_view_of_a_view_shows_nothing_that_the_view_of_the_register_does_not(register):
    seen = {one: view(register, one, DAY).register for one in AUDIENCES}
    for wider, narrower in itertools.combinations(AUDIENCES, 2):
        through = view(seen[narrower], wider, DAY).register
        assert all(shown(one, seen[wider][one.id]) for one in through)
        assert len(through) == len(seen[wider])


OF_INTERNAL = {"consents": (attrs.evolve(GIVEN, audience=un.Audience.INTERNAL),)}


@pytest.mark.parametrize(
    "text", ["Ejemplo Ana said so", "Ana; Ejemplo", "see Ana, Ejemplo", "the Ejemplo, Ana of it", "Ana / Ejemplo"]
)
@pytest.mark.parametrize("agreed", [OF_INTERNAL, OF_MEMBERS], ids=["internal", "members"])
def test_words_of_a_withheld_name_that_a_shown_body_has_are_masked_where_a_wider_circle_masks_them(text, agreed):
    # before the circle that is shown the body, the words might be its own
    known = body("known", name=un.Text(en="Ejemplo"), at_risk=True, **agreed)
    register = speaks_of(text, persons=(person(),), organizations=(known,))
    through(register)
    seen = view(register, agreed["consents"][0].audience, DAY).register
    assert MASK in seen.events[0].name["en"]
    assert seen.organizations[0].name["en"] == "Ejemplo"


def test_a_redirect_from_such_words_is_in_no_view():
    known = body("known", name=un.Text(en="Ejemplo"), at_risk=True)
    register = speaks_of("Talk", persons=(person(),), organizations=(known,))
    for old_id, count in (("talk-of-ejemplo-ana", 0), ("talk-of-ejemplo", 1)):
        redirect = un.Redirect(old_id=old_id, new_id="talk")
        seen = through(attrs.evolve(register, redirects=(redirect,)))
        assert [len(one.redirects) for one in seen.values()] == [0, 0, count]


VILLANOVA = un.Text(en="Villanova")

MASKED_MORE = {
    "a town where a body sits of which the narrower view shows no town": (
        speaks_of(
            "in Villanova",
            organizations=(
                branch(seat=un.Place(country="PA", city="Villanova"), consents=()),
                REFUGE,
                body("known", name=VILLANOVA, **OF_MEMBERS),
            ),
        ),
        un.Audience.MEMBERS,
        ("in Villanova", "in […]"),
    ),
    "a word of the name of a body, which the narrower view masks as that of a person": (
        speaks_of(
            "see villanova.org/hopehouse, please",
            persons=(person(name="Hopehouse Prueba"),),
            organizations=(
                body("shown", name=un.Text(en="Hopehouse Prueba")),
                body(
                    "known",
                    name=VILLANOVA,
                    at_risk=True,
                    consents=(GIVEN,),
                    links=(attrs.evolve(HOME, url="https://villanova.org/hopehouse"),),
                ),
            ),
        ),
        un.Audience.INTERNAL,
        ("see […]/hopehouse, please", "see […], please"),
    ),
    "the words of a name on both sides of what the narrower view masks": (
        speaks_of(
            "Prueba Hopehouse anaejemplo",
            persons=(
                person(name="Ana Ejemplo Prueba", consents=(attrs.evolve(NAMED, audience=un.Audience.INTERNAL),)),
            ),
            organizations=(
                body(
                    "gone",
                    name=un.Text(en="Hopehouse"),
                    consents=(attrs.evolve(GIVEN, withdrawn=un.PartialDate("2020")),),
                ),
            ),
        ),
        un.Audience.INTERNAL,
        ("Prueba […] anaejemplo", "[…]"),
    ),
}


@pytest.mark.parametrize(("register", "narrower", "texts"), MASKED_MORE.values(), ids=MASKED_MORE)
def test_a_view_of_a_view_may_mask_more(register, narrower, texts):
    # it cannot know that something is open, nor what stood between two words, where the view that it is of masked that
    direct = view(register, "public", DAY).register
    through = view(view(register, narrower, DAY).register, "public", DAY).register
    assert (direct.events[0].name["en"], through.events[0].name["en"]) == texts
    assert attrs.evolve(direct, events=through.events) == through
