"""What erasing reaches, what it leaves whole, and how somebody who was erased is recognised."""

import re
import unicodedata

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.profiles import portion, tries

import untoc_network as un
from untoc_network.model.person_tombstone import is_tombstone, was_erased
from untoc_network.model.remembered_lists_and_erasures import DistinctPair, RememberedList, RememberedRow
from untoc_network.privacy import Recognized, erase, recognise, recognise_person
from untoc_network.privacy.identifying_traces import Traces
from untoc_network.testing import registers
from untoc_network.text.personal_data_patterns import MASK

DAY = "2026-01-01"
CONTACTS = (
    un.Contact(kind=un.ContactKind.EMAIL, value="ana@example.org"),
    un.Contact(kind=un.ContactKind.PHONE, value="+507 6000-6000"),
    un.Contact(kind=un.ContactKind.PHONE, value="600"),
    un.Contact(kind=un.ContactKind.MESSAGING, value="@ana_e_xa"),
    un.Contact(kind=un.ContactKind.POST, value="Calle Sauce 33, Piso 2"),
)


def person(person_id="p1", name="Ana Ejemplo", **fields):
    return un.Person(id=person_id, name=name, **fields)


def body(body_id="o", name="House", **fields):
    return un.Organization(id=body_id, name=un.Text(en=name), kind=un.OrganizationKind.NGO, **fields)


def with_note(text, name="Ana Ejemplo", **fields):
    """What is left of a note after an erasure, and whether there is something to check there."""
    register = un.Register(persons=(person(name=name, **fields),), organizations=(body(notes=(un.Note(text=text),)),))
    erased = erase(register, "p1", on=DAY)
    return erased.register["o"].notes[0].text, erased.to_check


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("call 00507 6000 6000 or 6000-6000", f"call {MASK} or {MASK}"),
        ("mailto:ANA@example.org", f"mailto:{MASK}"),
        ("ana (at) example.org", MASK),
        ("post to Calle Sauce 33, Piso 2.", f"post to {MASK}."),
        ("signal: @ana_e_xa", f"signal: @{MASK}"),
        ("DNI 12 345 678", f"DNI {MASK}"),
        ("12345678", MASK),
        ("Ejemplo, Ana said", f"{MASK} said"),
    ],
)
def test_contacts_and_numbers_go_in_the_forms_that_people_write(text, left):
    notes = (un.Note(heading="DNI", text="12.345.678"),)
    assert with_note(text, contacts=CONTACTS, notes=notes) == (left, ())


@pytest.mark.parametrize(
    "text", ["Ejemplo knows", "A. Ejemplo", "ejemplo-list", "Ana María Ejemplo", "aejemplo", "dial 000-6000"]
)
def test_what_may_be_the_person_is_told_with_its_place(text):
    left, to_check = with_note(text, contacts=CONTACTS)
    assert left == text
    assert to_check == (("o", "notes[0].text"),)


def test_the_place_to_check_is_precise():
    notes = (un.Note(text="x"), un.Note(text="y"), un.Note(text="Ejemplo"))
    links = (un.Link(kind=un.LinkKind.OTHER, url="https://example.org/ejemplo"),)
    segments = (un.Segment(key="ejemplo", kind=un.SegmentKind.PANEL),)
    event = un.Event(id="e", name=un.Text(es="La Sra. Ejemplo"), kind=un.EventKind.WORKSHOP, segments=segments)
    register = un.Register(
        title=un.Text(en="Ejemplo's"),
        persons=(person(), person("p2", name="Ana Ejemplo")),
        organizations=(body(notes=notes, links=links), body("ejemplo-casa", name="Casa")),
        events=(event,),
    )
    assert erase(register, "p1").to_check == (
        ("ejemplo-casa", "id"),
        ("o", "notes[2].text"),
        ("o", "links[0].url"),
        ("p2", "name"),
        ("e", "name.es"),
        ("e", "segments[0].key"),
        ("", "title.en"),
    )


def test_names_of_others_stay_whole():
    others = (
        body("mujeres-por-la-paz-lima", name="Mujeres por la Paz, Lima"),
        body("o2", name="Fundación Paz Lima"),
    )
    seat = un.Place(country="XA", city="Lima")
    register = un.Register(
        persons=(person(name="Paz Lima"), person("p2", name="Paz Lima Torres"), person("p3", name="Rosa Paz")),
        organizations=(*others, body(notes=(un.Note(text="with Mujeres por la Paz, Lima"),), seat=seat)),
    )
    erased = erase(register, "p1")
    after = erased.register
    assert [str(after[one.id].name) for one in others] == ["Mujeres por la Paz, Lima", "Fundación Paz Lima"]
    assert [after[one].name for one in ("p2", "p3")] == ["Paz Lima Torres", "Rosa Paz"]
    assert after["o"].notes[0].text == "with Mujeres por la Paz, Lima"
    assert erased.to_check == (("o2", "name.en"), ("p2", "name"))
    seen = un.privacy.view(register, "public", DAY).register
    assert [str(seen[one.id].name) for one in others] == ["Mujeres por la Paz, Lima", "Fundación Paz Lima"]


def test_another_person_of_the_same_name_keeps_it_in_a_view():
    given = (un.Consent(purpose=un.Purpose.PUBLICATION, audience=un.Audience.PUBLIC, basis=un.ConsentBasis.FORM),)
    register = un.Register(persons=(person(), person("p2", other_names=("A. Ejemplo",), consents=given)))
    (seen,) = un.privacy.view(register, "public", DAY).register.persons
    assert (seen.id, seen.name, seen.other_names) == ("p2", "Ana Ejemplo", ("A. Ejemplo",))


def test_a_key_that_has_the_name_is_replaced_everywhere_alike():
    segments = tuple(un.Segment(key=key, kind=un.SegmentKind.PANEL) for key in ("ana-ejemplo", "erased-1", "opening"))
    event = un.Event(id="e", name=un.Text(en="Talk"), kind=un.EventKind.WORKSHOP, segments=segments)
    register = un.Register(persons=(person(),), events=(event,))
    first, *others = (one.key for one in erase(register, "p1").register["e"].segments)
    assert re.fullmatch("erased-[a-z2-7]{13}", first)
    assert others == ["erased-1", "opening"]
    seen = un.privacy.view(register, "public", DAY)
    first, *others = (one.key for one in seen.register["e"].segments)
    assert re.fullmatch("withheld-[a-z2-7]{13}", first)
    assert others == ["erased-1", "opening"]
    assert un.privacy.view(un.privacy.view(register, "members", DAY).register, "public", DAY).register == seen.register


def test_what_leads_to_a_door_is_found_in_the_forms_that_people_write():
    traces = Traces.of_values(["Calle Sauce 33", "+507 6000-6000", "house@example.org"])
    text = "calle sauce 33, 60006000, HOUSE@example.org, Calle Sauce 34"
    assert [text[start:end] for start, end in sorted(traces.spans(text))] == [
        "calle sauce 33",
        "60006000",
        "HOUSE@example.org",
    ]


def test_what_is_remembered_goes_along_under_new_ids():
    register = un.Register(
        persons=(person("ana-ejemplo"), person("p2", name="Eva Prueba")),
        organizations=(body("ana-ejemplo-house"), body("b")),
        distinct=(
            DistinctPair(one_id="ana-ejemplo", other_id="p2"),
            DistinctPair(one_id="ana-ejemplo-house", other_id="b", by_id="ana-ejemplo"),
            DistinctPair(one_id="ana-ejemplo-house", other_id="b"),
        ),
        lists=(RememberedList(name="list of Ana Ejemplo", salt="s"),),
        list_rows=tuple(
            RememberedRow(list_name="list of Ana Ejemplo", key=one, record_id=one)
            for one in ("ana-ejemplo", "ana-ejemplo-house", "p2")
        ),
    )
    once = erase(register, "ana-ejemplo", on=DAY).register
    (house,) = {row.record_id for row in once.list_rows} - {"p2"}
    (erasure,) = once.erasures
    assert re.fullmatch("erased-organizations-[a-z2-7]{13}", house)
    assert re.fullmatch("erased-persons-[a-z2-7]{13}", erasure.record_id)
    assert [(one.one_id, one.other_id, one.by_id) for one in once.distinct] == [
        ("b", house, erasure.record_id),
        ("b", house, None),
    ]
    assert [one.name for one in once.lists] == [f"list of {MASK}"]
    assert [(row.record_id, row.list_name) for row in once.list_rows] == [
        (house, f"list of {MASK}"),
        ("p2", f"list of {MASK}"),
    ]
    twice = erase(once, "p2").register
    assert [one.record_id for one in twice.erasures] == [erasure.record_id, "p2"]
    assert erase(register, "ana-ejemplo", on=DAY).register == once


# -- no byte ---------------------------------------------------------------------------------------------------------

FORMS = {
    "Søren Łukasik": (
        "Søren Łukasik",
        "Soren Lukasik",
        "SØREN ŁUKASIK",
        "Łukasik, Søren",
        "LUKASIK, SOREN",
        "soren-lukasik",
    ),
    "José Núñez": ("José Núñez", "Jose Nunez", "Nun\u0303ez, Jose\u0301", "NÚÑEZ José", "jose.nunez", "nunez-jose"),
    "Weiß Æþa": ("Weiss Aetha", "WEISS AETHA", "Æþa, Weiß"),
    "Jürgen Groß": ("Juergen Gross", "Jurgen Gross", "Groß, Jürgen"),
    "Νίκος Παπάς": ("Νίκος Παπάς", "ΝΙΚΟΣ ΠΑΠΑΣ", "Παπάς, Νίκος", "νικος-παπας"),
    "Елена Пример": ("Елена Пример", "ЕЛЕНА ПРИМЕР", "Пример, Елена"),
    "李明": ("李明", "李 明"),
    "Bo Li": ("Bo Li", "BO LI", "Li, Bo", "bo-li"),
    "Ana Ejemplo": (
        "Ana Ejemplo",
        "Ana\u00a0Ejemplo",
        "Ana\nEjemplo",
        "Ana%20Ejemplo",
        "ana_ejemplo",
        "Ａｎａ Ｅｊｅｍｐｌｏ",
    ),
}


@given(st.sampled_from(sorted(FORMS)), st.data())
@tries(60)
def test_after_an_erasure_no_byte_holds_a_form_of_the_name(name, data):
    forms = FORMS[name]
    around = st.sampled_from(["{}", "({})", "met {}.", "{} said", "see: {}; then", "«{}»"])
    texts = [data.draw(around).format(data.draw(st.sampled_from(forms))) for _ in range(8)]
    solid = next((form for form in forms if form.isascii() and form.islower() and "-" in form), "x")
    register = un.Register(
        title=un.Text(en=texts[0]),
        persons=(person(name=name),),
        organizations=(
            body(
                contacts=(un.Contact(kind=un.ContactKind.POST, value=texts[1]),),
                notes=(un.Note(heading=texts[2], text=texts[3]),),
                expertise=(un.Text(es=texts[4]),),
            ),
        ),
        events=(
            un.Event(
                id=solid,
                name=un.Text(en=texts[5]),
                kind=un.EventKind.WORKSHOP,
                segments=(un.Segment(key=solid, kind=un.SegmentKind.PANEL, name=un.Text(en=texts[6])),),
            ),
        ),
        sources=(
            un.Source(
                id="s", title=un.Text(en=texts[7]), kind=un.SourceKind.DOCUMENT, url=f"https://example.org/{solid}"
            ),
        ),
    )
    erased = erase(register, "p1", on=DAY)
    left = unicodedata.normalize("NFC", un.dumps(erased.register).decode())
    assert [form for form in (*forms, name) if unicodedata.normalize("NFC", form) in left] == []


@given(registers())
@tries(5)
def test_nothing_is_to_check_where_the_person_is_nowhere(register):
    grown, _ = register.with_added(person("nobody-here", name="Zoraida Quintanilla", contacts=CONTACTS))
    assert erase(grown, "nobody-here").to_check == ()


@pytest.mark.unmeasured
def test_nothing_is_to_check_in_many_records_without_the_person():
    words = ("Lima", "Paz", "Mesa", "Rosa", "Ana", "Prueba", "por ejemplo", "la paz", "Eva")
    bodies = tuple(
        body(
            f"body-{number}",
            name=f"{words[number % 9].title()} {words[number % 7]} {number}",
            seat=un.Place(country="XA", city=words[number % 4]),
            contacts=(un.Contact(kind=un.ContactKind.PHONE, value=f"+507 {60000000 + 7 * number}"),),
            notes=(
                un.Note(text=f"{number} persons met on day {number % 28}, by {words[number % 9]} {words[number % 5]}"),
            ),
        )
        for number in range(portion(9_000))
    )
    persons = tuple(
        person(f"m-{number}", name=f"{words[4 + number % 4]} Muestra {number}") for number in range(portion(1_000))
    )
    one = person(
        "one",
        name="Zoraida Quintanilla",
        contacts=(*CONTACTS[:1], un.Contact(kind=un.ContactKind.PHONE, value="+502 5550 0001")),
    )
    assert erase(un.Register(organizations=bodies, persons=(*persons, one)), "one").to_check == ()


@pytest.mark.parametrize(
    "name",
    [
        "Mujeres por la Paz, Quelimar",
        "Mujeres del Litoral y de las Montañas por la Paz, Quelimar, Provincia de las Aguas Claras y otras",
        "和平 Paz Quelimar Mujeres 基金会",
    ],
)
def test_an_id_made_of_the_name_of_a_body_stays_as_the_name_does(name):
    rows = f"Name;Country;Contact\n{name};XC;\nRed;XB;Paz Quelimar\n"
    register = un.import_bytes(rows.encode(), file="x.csv").register
    other = next(one for one in register.organizations if one.id != "red")
    assert erase(register, "red-contact-1", on=DAY).register.by_id[other.id].name == other.name
    shown = un.privacy.view(register, un.Audience.PUBLIC, on=DAY).register
    assert shown.by_id[other.id].name == other.name
    assert "paz-quelimar" not in shown.by_id


# -- recognised again --------------------------------------------------------------------------------------------------

MEMBER = person(
    other_names=("Anita Ejemplo",),
    contacts=CONTACTS,
    notes=(un.Note(text="passport A1234567"),),
    posts=(un.Post(key="chair", title=un.Text(en="Chair"), organization_id="o"),),
    affiliations=(un.Affiliation(key="a", organization_id="old-b"), un.Affiliation(key="gone", organization_id="gone")),
)
OFFICE = un.Contact(kind=un.ContactKind.PHONE, value="+507 300 0000")
BEFORE = un.Register(
    persons=(attrs.evolve(MEMBER, contacts=(*CONTACTS, OFFICE)),),
    organizations=(body(contacts=(OFFICE,)), body("b", name="Second House")),
    redirects=(un.Redirect(old_id="old-b", new_id="b"),),
)
AFTER = erase(BEFORE, "p1", on=DAY).register


def test_an_erasure_keeps_digests_and_nothing_of_the_name_alone():
    (erasure,) = AFTER.erasures
    assert (erasure.record_id, erasure.on, len(erasure.salt)) == ("p1", DAY, 32)
    assert {one.partition(":")[0] for one in erasure.digests} == {
        "email",
        "phone",
        "id",
        "body",
        "name+body",
        "name+reach",
    }
    assert all(len(one) == len("body:ff") for one in erasure.digests if one.startswith("body:"))
    assert "jemplo" not in un.dumps(AFTER).decode()
    assert un.loads(un.dumps(AFTER)) == AFTER


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ({"contacts": ["mailto:Ana@Example.org"]}, Recognized.STRONG),
        ({"contacts": ["00507 60006000"], "names": ["Somebody Else"]}, Recognized.STRONG),
        ({"numbers": ["a-1234567"]}, Recognized.STRONG),
        ({"names": ["EJEMPLO, Ana"], "bodies": ["o"]}, Recognized.NAME_AND_BODY),
        ({"names": ["Anita Ejemplo"], "bodies": ["House"]}, Recognized.NAME_AND_BODY),
        ({"names": ["Ana Ejemplo"], "bodies": ["old-b"]}, Recognized.NAME_AND_BODY),
        ({"names": ["Ana Ejemplo"], "bodies": ["second house"]}, Recognized.NAME_AND_BODY),
        ({"names": ["Ana Ejemplo"], "bodies": ["Third House"]}, None),
        ({"names": ["Ana Ejemplo"], "bodies": ["—"]}, None),
        ({"names": ["Ana Ejemplo"]}, None),
        ({"contacts": ["6000-6000", "+507 300 0000", "@ana_e_xa"], "names": ["", "—"], "bodies": ["o"]}, None),
        ({}, None),
    ],
)
def test_who_was_erased_is_recognised_by_more_than_a_name(said, how):
    hit = recognise(AFTER, **said)
    assert (hit and hit.how) == how
    assert hit is None or hit.erasure == AFTER.erasures[0]
    assert recognise(BEFORE, **said) is None


def test_a_person_as_a_list_has_them_is_recognised():
    again = person("new", name="Ana Ejemplo", affiliations=MEMBER.affiliations)
    assert recognise_person(AFTER, again).how is Recognized.NAME_AND_BODY
    assert recognise_person(AFTER, attrs.evolve(again, contacts=CONTACTS)).how is Recognized.STRONG
    assert recognise_person(AFTER, person("new")) is None


def test_a_tombstone_is_told_from_a_person_also_where_it_was_filled_in_again():
    stone = AFTER["p1"]
    assert is_tombstone(stone)
    assert was_erased(AFTER, stone)
    filled = attrs.evolve(stone, name="Ana Ejemplo", contacts=CONTACTS)
    again, _ = AFTER.with_replaced(filled)
    assert not is_tombstone(filled)
    assert was_erased(again, filled)
    assert not was_erased(BEFORE, BEFORE["p1"])
    assert not was_erased(AFTER, AFTER["o"])
    assert not is_tombstone(person(name=MASK))
    once_more = erase(again, "p1", on=DAY)
    assert is_tombstone(once_more.register["p1"])
    assert len(once_more.register.erasures) == 2
    assert erase(once_more.register, "p1").register == once_more.register
