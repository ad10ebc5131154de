"""Values of who is withheld, in every text of a view: what is masked, what stays, and what is told."""

import attrs
import pytest

import untoc_network as un
from untoc_network.app.publishing import publish
from untoc_network.diagnostics.errors import WouldExpose
from untoc_network.privacy import view
from untoc_network.text.personal_data_patterns import MASK
from untoc_network.text.respaced_name_finder import RespacedNameFinder

from .test_view import DAY, FOR_MEMBERS, GIVEN, NAMED, body, person, seen_of

ANA = person(name="Zoraida Quintanilla", id="withheld")
REACHED = attrs.evolve(GIVEN, purpose=un.Purpose.CONTACT)


def talk(text, record_id="talk", **more):
    return un.Event(id=record_id, name=un.Text(en=text), kind=un.EventKind.WORKSHOP, **more)


def shelter(**more):
    said = {"name": un.Text(es="Refugio Quetzalia"), "at_risk": True, "id": "shelter"}
    return un.Organization(**(said | {"kind": un.OrganizationKind.NGO} | more))


def name_of(text, *, audience="public", persons=(), organizations=(), **more):
    """What is left of the name of an event, and whether something is to be checked in it."""
    seen = seen_of(audience, persons=persons, organizations=organizations, events=(talk(text, **more),))
    return str(seen.register.events[0].name), ("talk", "name") in seen.to_check


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("with ZoraidaQuintanilla", "with […]"),
        ("with Quintanilla Zoraida", "with […]"),
        ("with zoraida, quintanilla", "with […]"),
        ("with Zoraida | Quintanilla", "with […]"),
        ("with Zoraida\u200bQuintanilla", "with […]"),
        ("with Z. Quintanilla", "with Z. Quintanilla"),
        ("with Quintanilla", "with Quintanilla"),
        ("soft\u00adhyphen, caf\u00e9", "softhyphen, caf\u00e9"),
    ],
)
def test_a_name_is_masked_in_any_order_and_with_any_signs(text, left):
    assert name_of(text, persons=(ANA,)) == (left, False)


def test_a_text_that_has_only_signs_nobody_sees_stays_for_the_rules():
    assert name_of("\u200b") == ("\u200b", False)


@pytest.mark.parametrize(
    ("text", "left", "is_told"),
    [
        ("Ana Ejemplo said", "Ana Ejemplo said", True),
        ("Ana Ejemplo", "Ana Ejemplo", False),
        ("Ana Ejemplos", "Ana Ejemplos", False),
    ],
)
def test_the_name_of_a_namesake_who_agreed_stays_and_is_told(text, left, is_told):
    namesakes = (person(), person(id="other", consents=(NAMED,)))
    assert name_of(text, persons=namesakes) == (left, is_told)


def test_beside_the_person_it_is_masked_all_the_same():
    namesakes = (person(), person(id="other", consents=(NAMED,)))
    role = un.EventRole(kind=un.EventRoleKind.SPEAKER, stakeholder_id="member-1")
    assert name_of("Ana Ejemplo said", persons=namesakes, roles=(role,)) == ("[…] said", False)
    both = seen_of(persons=namesakes, events=(talk("Ana Ejemplo said", roles=(role,)), talk("x Ana Ejemplo", "more")))
    assert both.to_check == (("more", "name"),)


def test_a_namesake_of_the_members_is_none_of_the_public():
    namesakes = (person(), person(id="other", consents=FOR_MEMBERS))
    assert name_of("Ana Ejemplo said", audience="members", persons=namesakes)[0] == "Ana Ejemplo said"
    assert name_of("Ana Ejemplo said", persons=namesakes) == ("[…] said", False)


SEAT = un.Place(country="XA", city="Sauce Alto", venue="Casa Ambarina", address="Calle Umbral 33, piso 2")


@pytest.mark.parametrize("text", ["in Sauce Alto", "at Casa Ambarina", "Calle Umbral 33, piso 2", "calle umbral 33"])
def test_what_leads_to_the_door_of_a_body_at_risk_is_masked(text):
    assert MASK in name_of(text, organizations=(shelter(seat=SEAT),))[0]
    agreed = shelter(seat=SEAT, consents=(GIVEN,))
    assert MASK in name_of(text, organizations=(agreed,))[0]
    assert name_of(text, audience="internal", organizations=(agreed,)) == (text, False)


def test_of_a_body_that_is_not_at_risk_town_and_venue_are_open_and_the_address_is_not():
    seen = body("open", seat=SEAT)
    assert name_of("in Sauce Alto", organizations=(seen,)) == ("in Sauce Alto", False)
    assert name_of("Calle Umbral 33", organizations=(seen,)) == (MASK, False)


def test_a_town_where_others_sit_is_masked_beside_the_body_alone():
    bodies = (shelter(seat=SEAT), body("open", seat=un.Place(city="Sauce Alto")))
    assert name_of("in Sauce Alto", organizations=bodies) == ("in Sauce Alto", True)
    role = un.EventRole(kind=un.EventRoleKind.PARTNER, stakeholder_id="shelter")
    assert name_of("in Sauce Alto", organizations=bodies, roles=(role,))[0] == "in […]"


@pytest.mark.parametrize("name", ["Justicia", "La Paz", "PAZ", "Youth", "Victoria", "La Casa", "Panamá"])
def test_a_common_word_is_no_name_of_one_body_alone(name):
    bodies = (shelter(name=un.Text(es=name)),)
    assert name_of(f"por {name} y {name.lower()}", organizations=bodies)[0] == f"por {name} y {name.lower()}"


def test_a_name_that_lies_in_the_name_of_an_open_body_stays_there_and_is_told():
    bodies = (shelter(), body("open", name=un.Text(es="Amigas del Refugio Quetzalia")))
    text = "Amigas del Refugio Quetzalia y Refugio Quetzalia"
    assert name_of(text, organizations=bodies) == ("Amigas del Refugio Quetzalia y […]", True)


LINKS = (
    un.Link(kind=un.LinkKind.WEBSITE, url="https://www.quetzalia.example/nosotras"),
    un.Link(kind=un.LinkKind.SOCIAL, url="https://instagram.com/refugioqz"),
)


@pytest.mark.parametrize("text", ["see quetzalia.example", "by @refugioqz", "at instagram.com/refugioqz"])
def test_pages_and_handles_are_masked_and_those_of_others_are_not(text):
    assert MASK in name_of(text, organizations=(shelter(links=LINKS),))[0]
    assert MASK in name_of("a@quetzalia.example", audience="members", organizations=(shelter(links=LINKS),))[0]
    open_too = body("open", links=LINKS)
    assert name_of(text, organizations=(shelter(links=LINKS), open_too)) == (text, True)


def test_an_identifier_is_masked_with_the_code_of_its_list_and_without():
    identifiers = (un.Identifier(scheme=un.IdentifierScheme.OTHER, value="XA-REG:77120"),)
    assert name_of("no. 77120", organizations=(shelter(identifiers=identifiers),)) == ("no. […]", False)
    assert name_of("no. 771201", organizations=(shelter(identifiers=identifiers),)) == ("no. 771201", False)


CONTACTS = (
    un.Contact(kind=un.ContactKind.PHONE, value="2245-7781"),
    un.Contact(kind=un.ContactKind.MESSAGING, value="@zqumbral"),
    un.Contact(kind=un.ContactKind.EMAIL, value="zq@xa.example"),
    un.Contact(kind=un.ContactKind.POST, value="Pasaje Umbral 14, Alto"),
    un.Contact(kind=un.ContactKind.MESSAGING, value="//[broken handle"),
)


@pytest.mark.parametrize(
    "text", ["2245 7781", "x%202245%2D7781", "ZQumbral", "zq-xa-example", "zq@xa.example", "Pasaje Umbral 14"]
)
def test_contacts_are_masked_of_who_is_withheld_and_of_a_body_that_did_not_agree(text):
    assert MASK in name_of(text, persons=(attrs.evolve(ANA, contacts=CONTACTS),), audience="internal")[0]
    assert MASK in name_of(text, organizations=(body("open", contacts=CONTACTS),))[0]


def test_a_contact_that_another_shows_is_no_secret():
    shown = attrs.evolve(CONTACTS[0], consents=(REACHED,))
    register = {
        "persons": (attrs.evolve(ANA, contacts=CONTACTS[:1]),),
        "organizations": (body("open", contacts=(shown,)),),
    }
    assert name_of("call 2245-7781 now", **register) == ("call 2245-7781 now", True)
    assert seen_of(**register).register.organizations[0].contacts[0].value == "2245-7781"


def test_a_contact_a_label_and_an_identifier_of_another_are_looked_through():
    contacts = tuple(
        un.Contact(kind=un.ContactKind.EMAIL, value=value, label=label, consents=(REACHED,))
        for value, label in (("zoraida.quintanilla@xa.example", "x"), ("b@xa.example", "Zoraida Quintanilla"))
    )
    identifiers = tuple(
        un.Identifier(scheme=un.IdentifierScheme.OTHER, value=value) for value in ("l:zoraida-quintanilla", "l:2")
    )
    seen = seen_of(persons=(ANA,), organizations=(body("open", contacts=contacts, identifiers=identifiers),))
    (shown,) = seen.register.organizations
    assert [(one.value, one.label) for one in shown.contacts] == [("b@xa.example", MASK)]
    assert [one.value for one in shown.identifiers] == ["l:2"]


def test_a_part_of_a_telephone_is_told():
    one = attrs.evolve(ANA, contacts=(attrs.evolve(CONTACTS[0], value="+503 2245-7781"),))
    assert name_of("dial 245 7781", persons=(one,)) == ("dial 245 7781", True)


def test_what_no_view_can_mask_stops_a_publication_and_an_export(tmp_path):
    short = person(name="Eva Luna", id="withheld")
    said = un.Event(id="talk", name=un.Text({"eva-Luna": "Talk"}), kind=un.EventKind.WORKSHOP)
    register = un.Register(persons=(short,), events=(said, talk("more", "more")))
    assert view(register, "public", DAY).exposed == (("talk", "language"),)
    done = publish(register, tmp_path / "out", audience="public", on=DAY, rules=un.RuleSet(rules=()))
    assert [(one.code, one.subject) for one in done.report] == [("EX006", "talk")]
    assert not (tmp_path / "out").exists()
    with pytest.raises(WouldExpose, match="talk language"):
        un.exchange.filter_public(register, un.PartialDate(DAY))


def test_places_to_check_come_out_of_a_publication(tmp_path):
    namesakes = (person(), person(id="other", consents=(NAMED,)))
    register = un.Register(persons=namesakes, events=(talk("Ana Ejemplo said"),))
    done = publish(register, tmp_path / "out", audience="public", on=DAY, rules=un.RuleSet(rules=()))
    assert done.ok
    assert done.to_check == (("talk", "name"),)
    assert "Ana" not in repr(done)


def test_a_handle_of_few_letters_is_a_word_of_many():
    short = attrs.evolve(CONTACTS[1], value="@ana")
    assert name_of("manzana ana", persons=(attrs.evolve(ANA, contacts=(short,)),)) == ("manzana ana", False)


def make_namesakes(number):
    """So many persons who are withheld, each with a namesake who is shown, and an event."""
    roles = {f"n{one}": f"Ana Rivera {chr(97 + one // 26)}{chr(97 + one % 26)}olo" for one in range(number)}
    hidden = [un.Person(id=f"hidden-{one}", name=name) for one, name in roles.items()]
    shown = [un.Person(id=f"shown-{one}", name=f"Dra. {name} Sur", consents=(GIVEN,)) for one, name in roles.items()]
    shown += [un.Person(id=f"same-{one}", name=name, consents=(GIVEN,)) for one, name in roles.items()]
    events = [
        talk(
            f"Dra. {name} Sur y {name}", f"talk-{one}", roles=[{"kind": "organizer", "stakeholder_id": f"hidden-{one}"}]
        )
        for one, name in roles.items()
    ]
    return un.Register(persons=(*hidden, *shown), events=tuple(events))


def test_names_that_share_words_are_looked_through_as_often_as_there_are_more_of_them(monkeypatch):
    """Who is beside whom differs from record to record: what stays there is not looked for in all names each time."""
    select, looked_at, counted = RespacedNameFinder.select, [], []
    monkeypatch.setattr(
        RespacedNameFinder, "select", lambda self, texts: select(self, [looked_at.append(one) or one for one in texts])
    )
    for number in (30, 60, 120):
        before = len(looked_at)
        seen = view(make_namesakes(number), "public", DAY)
        assert all(str(one.name).endswith("Sur y […]") for one in seen.register.events)
        counted.append(len(looked_at) - before)
    assert counted[2] - counted[1] <= 2.2 * (counted[1] - counted[0])
