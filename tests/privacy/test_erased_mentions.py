"""Where texts that come from elsewhere speak of somebody who was erased."""

import attrs
import pytest

import untoc_network as un
from untoc_network.privacy import Recognized, erase
from untoc_network.privacy.erased_mentions import ErasedMentions
from untoc_network.text.personal_data_patterns import mask


def body(body_id, name):
    return un.Organization(id=body_id, name=un.Text(es=name), kind=un.OrganizationKind.NGO)


CONTACTS = (
    un.Contact(kind=un.ContactKind.EMAIL, value="soren@example.org"),
    un.Contact(kind=un.ContactKind.PHONE, value="+507 6000-1234"),
)
PEOPLE = (
    ("p1", "Søren Łukasik Pérez", "luz", CONTACTS, (un.Note(text="DNI 12.345.678"),)),
    ("p2", "Paz Lima", "paz", (), ()),
    ("p3", "Dra. María del Carmen de la Cruz y Ríos", "luz", (), ()),
    ("p4", "李小龙", "luz", (), ()),
    ("p5", "Pelé", "luz", (), ()),
)
REGISTER = un.Register(
    organizations=(body("luz", "Casa de Luz"), body("paz", "Mujeres por la Paz, Lima"), body("mesa", "Mesa")),
    persons=tuple(
        un.Person(
            id=person_id,
            name=name,
            contacts=contacts,
            notes=notes,
            affiliations=(un.Affiliation(key="a", organization_id=body_id),),
        )
        for person_id, name, body_id, contacts, notes in PEOPLE
    ),
)
for _one in PEOPLE:
    REGISTER = erase(REGISTER, _one[0], on="2026-01-01").register


def left_of(text, *bodies, register=REGISTER):
    found = ErasedMentions(register, ("Ana Pelé",)).passages(text, bodies)
    return mask(text, [(one.start, one.end) for one in found])


@pytest.mark.parametrize(
    ("text", "bodies", "left"),
    [
        ("hablar con SOREN LUKASIK PEREZ: mañanas", ["luz"], "hablar con […]: mañanas"),
        ("Soeren Lukasik Perez", ["casa de luz"], "[…]"),
        ("ask Łukasik Pérez, Søren, then Mesa", ["luz"], "ask […], then Mesa"),
        ("Pérez Søren Łukasik", ["luz"], "[…]"),
        ("Søren Łukasik Pérez", ["mesa"], "Søren Łukasik Pérez"),
        ("Søren Łukasik Pérez", [], "Søren Łukasik Pérez"),
        ("Søren. Łukasik Pérez", ["luz"], "Søren. Łukasik Pérez"),
        ("Con Søren Łukasik Pérez (soren (at) Example.org)", [], "Con […] ([…])"),
        ("Con Luis Otro, 00507 60001234", [], "Con Luis Otro, […]"),
        ("cel 507 6000 1234, DNI 12 345 678 o 12345678", ["mesa"], "cel […], DNI […] o […]"),
        ("6000-1234 y +507 6000-1235", ["luz"], "6000-1234 y +507 6000-1235"),
        ("1 +507 6000 1234 1111 2222 3333", ["luz"], "1 […] 1111 2222 3333"),
        ("Mujeres por la Paz, Lima: Paz Lima", ["paz"], "Mujeres por la Paz, Lima: […]"),
        ("mujeres-por-la-paz-lima", ["paz"], "mujeres-por-la-paz-lima"),
        ("paz-lima", ["paz"], "[…]"),
        ("María del Carmen de la Cruz y Ríos", ["luz"], "[…]"),
        ("con María del Carmen de la Cruz y Ríos", ["luz"], "con María del Carmen de la Cruz y Ríos"),
        ("请问李小龙", ["luz"], "请问[…]"),
        ("Pelé", ["luz"], "[…]"),
        ("no Pelé today", ["luz"], "no Pelé today"),
        ("", ["luz"], ""),
    ],
)
def test_names_are_found_where_they_may_be_theirs_and_ways_to_reach_them_anywhere(text, bodies, left):
    assert left_of(text, *bodies) == left


def test_a_passage_tells_who_it_is_and_how_that_is_known():
    text = "Søren Łukasik Pérez; soren@example.org"
    found = [*ErasedMentions(REGISTER).passages(text)]
    assert [(text[one.start : one.end], one.hit.erasure.record_id, one.hit.how) for one in found] == [
        ("soren@example.org", "p1", Recognized.STRONG),
        ("Søren Łukasik Pérez", "p1", Recognized.NAME_AND_BODY),
    ]


def test_where_nobody_was_erased_nothing_is_found():
    assert left_of("soren@example.org", "luz", register=attrs.evolve(REGISTER, erasures=())) == "soren@example.org"


def test_the_work_grows_with_the_text():
    """Work is counted, not timed: how often something is looked up."""
    counts = []
    for times in (50, 100):
        looked = 0

        def count(*_):
            nonlocal looked
            looked += 1
            return ""

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("untoc_network.privacy.erased_mentions.keyed_digest", count)
            list(ErasedMentions(REGISTER).passages("word another 1234 5678, and some; " * times, ["luz"]))
        counts.append(looked)
    assert counts[1] <= 2.2 * counts[0]
