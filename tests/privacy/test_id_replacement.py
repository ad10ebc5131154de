"""Ids in the place of ids that name somebody: keyed digests of the one record, the same whatever else happens."""

import hashlib
import hmac
import re

import attrs
import pytest

import untoc_network as un
from untoc_network.model.remembered_lists_and_erasures import RememberedList, RememberedRow
from untoc_network.privacy.id_replacement import IdReplacement
from untoc_network.text.name_finder import NameFinder

DAY = "2026-11-25"
ANA = un.Person(id="p1", name="Ana Ejemplo", contacts=(un.Contact(kind=un.ContactKind.EMAIL, value="ana@example.org"),))
EVA = un.Person(id="p2", name="Eva Prueba")
LIA = un.Person(id="p3", name="Lía de la Muestra", other_names=("L. Muestra",))


def event(record_id, **values):
    return un.Event(id=record_id, name=un.Text(en="Talk"), kind=un.EventKind.WORKSHOP, **values)


EVENTS = (event("ana-ejemplo-talk"), event("talk-of-eva-prueba"), event("lia-de-la-muestra-1"), event("opening"))
REGISTER = un.Register(persons=(ANA, EVA, LIA), events=EVENTS)
CONSENT = un.Consent(
    purpose=un.Purpose.PUBLICATION,
    audience=un.Audience.PUBLIC,
    given=un.PartialDate("2020-01-01"),
    basis=un.ConsentBasis.WRITTEN,
)


def new_ids(register, audience="public", **more):
    """The id that each record has in the view, by the one that it has in the register."""
    seen = un.privacy.view(register, audience, DAY, **more)
    return {seen.origins.get(one.id, one.id): one.id for one in seen.register.events}


def evolved(person, **values):
    return REGISTER.with_replaced(attrs.evolve(person, **values))[0]


BEFORE = new_ids(REGISTER)
EDITIONS = {
    "one consents": evolved(EVA, consents=(CONSENT,)),
    "one who consented withdraws": evolved(
        EVA, consents=(attrs.evolve(CONSENT, withdrawn=un.PartialDate("2021-01-01")),)
    ),
    "one is taken out": attrs.evolve(REGISTER, persons=(ANA, LIA)),
    "one is erased": un.privacy.erase(REGISTER, "p2", on=DAY).register,
    "one is added": REGISTER.with_added(un.Person(id="p0", name="Abel Inventado"))[0],
    "an event is taken out": REGISTER.without("talk-of-eva-prueba")[0],
    "an event is added": REGISTER.with_added(event("a-ana-ejemplo"))[0],
    "an event is edited": REGISTER.with_replaced(attrs.evolve(EVENTS[0], name=un.Text(en="Workshop")))[0],
    "the register gets a title": attrs.evolve(REGISTER, title=un.Text(en="Members")),
    "a body comes": REGISTER.with_added(
        un.Organization(id="refuge", name=un.Text(en="Refuge"), kind=un.OrganizationKind.NGO)
    )[0],
    "the person notes, a post, a source": evolved(ANA, notes=(un.Note(text="Called"),)),
    "another list names another": attrs.evolve(
        REGISTER,
        lists=(RememberedList(name="other", salt="s"),),
        list_rows=(RememberedRow(list_name="other", key="k", record_id="p2"),),
    ),
}


@pytest.mark.parametrize("register", EDITIONS.values(), ids=EDITIONS)
def test_an_address_stays_whatever_else_is_there(register):
    after = new_ids(register)
    for old in ("ana-ejemplo-talk", "lia-de-la-muestra-1", "opening"):
        assert after[old] == BEFORE[old]
    shared = {new for old, new in after.items() if new in BEFORE.values() and BEFORE.get(old) != new}
    assert not shared, "no address comes to mean another record"


def test_a_new_id_is_a_digest_and_says_nothing_of_how_many_there_are():
    assert BEFORE["opening"] == "opening"
    new = {*BEFORE.values()} - {"opening"}
    assert all(re.fullmatch("withheld-events-[a-z2-7]{13}", one) for one in new)
    assert len(new) == 3


@pytest.mark.parametrize("audience", ["internal", "members"])
def test_every_circle_has_the_same_address(audience):
    register = evolved(EVA, consents=(attrs.evolve(CONSENT, audience=un.Audience(audience)),))
    assert new_ids(register, audience) == new_ids(register) == BEFORE


KNOWN = {
    "a contact": evolved(ANA, contacts=()),
    "another name": evolved(ANA, other_names=("A. Prueba",)),
    "the person's id": attrs.evolve(REGISTER, persons=(attrs.evolve(ANA, id="p9"), EVA, LIA)),
    "the key of a list": attrs.evolve(
        REGISTER,
        lists=(RememberedList(name="members", salt="0f"),),
        list_rows=(
            RememberedRow(list_name="members", key="k", record_id="p1"),
            RememberedRow(list_name="gone", key="k", record_id="p1"),
        ),
    ),
}


@pytest.mark.parametrize("register", KNOWN.values(), ids=KNOWN)
def test_who_does_not_know_what_is_held_of_the_person_cannot_make_it(register):
    after = new_ids(register)
    assert after["ana-ejemplo-talk"] != BEFORE["ana-ejemplo-talk"]
    assert after["talk-of-eva-prueba"] == BEFORE["talk-of-eva-prueba"]


EDITED = {
    **EDITIONS,
    **KNOWN,
    "another language": evolved(ANA, languages=("es",)),
    "another gender": evolved(ANA, gender="f"),
}


@pytest.mark.parametrize("register", EDITED.values(), ids=EDITED)
def test_under_a_key_no_edit_of_whom_an_id_names_moves_it(register):
    key = b"0123456789abcdef"
    before, after = new_ids(REGISTER, key=key), new_ids(register, key=key)
    for old in ("ana-ejemplo-talk", "lia-de-la-muestra-1", "opening"):
        assert after[old] == before[old]
    assert after["ana-ejemplo-talk"] != new_ids(register, key=key[::-1])["ana-ejemplo-talk"]
    replacement = IdReplacement(REGISTER, "withheld", key)
    assert not replacement.rests_on(["ana-ejemplo-talk"], (ANA, attrs.evolve(ANA, name="Ana Otra")))


def test_a_key_that_could_be_tried_out_does_not_stand_for_what_is_held():
    assert len({new_ids(one, key=b"short")["ana-ejemplo-talk"] for one in (REGISTER, KNOWN["a contact"])}) == 2


def test_under_a_key_nobody_without_it_can_make_one():
    keyed = new_ids(REGISTER, key=b"0123456789abcdef")
    assert keyed == new_ids(REGISTER, key=b"0123456789abcdef")
    assert keyed["opening"] == "opening"
    assert not {*keyed.values()} & {*BEFORE.values()} - {"opening"}
    guesses = {
        made(hashlib.sha256, text.encode()).hexdigest()
        for text in ("ana-ejemplo-talk", "Ana Ejemplo", "p1")
        for made in (lambda algorithm, data: algorithm(data), lambda algorithm, data: hmac.new(b"", data, algorithm))
    }
    assert not any(guess[:10] in new for guess in guesses for new in keyed.values())


@pytest.mark.parametrize("old", ["anaejemplo", "ana-ejemplo", "nobody-at-all", "安娜"])
def test_whoever_is_named_there_is_a_key(old):
    one, other = (
        IdReplacement(attrs.evolve(REGISTER, persons=(attrs.evolve(ANA, contacts=contacts), EVA)), "withheld")
        for contacts in (ANA.contacts, ())
    )
    assert one.replace({old: "events"}) != other.replace({old: "events"})


def test_an_id_that_is_taken_or_was_is_not_given_again():
    replacement = IdReplacement(REGISTER, "withheld")
    first = replacement.replace({"ana-ejemplo-talk": "events"})["ana-ejemplo-talk"]
    taken = REGISTER.with_added(event(first))[0]
    second = IdReplacement(taken, "withheld").replace({"ana-ejemplo-talk": "events"})["ana-ejemplo-talk"]
    redirected = attrs.evolve(taken, redirects=(un.Redirect(old_id=second, new_id="opening"),))
    third = IdReplacement(redirected, "withheld").replace({"ana-ejemplo-talk": "events"})["ana-ejemplo-talk"]
    assert len({first, second, third}) == 3


def test_where_nobody_is_looked_for_nothing_is_replaced():
    nobody = NameFinder([])
    assert IdReplacement(REGISTER, "withheld").replace_ids(nobody) == {}
    assert IdReplacement(REGISTER, "withheld").replace_keys(nobody) == {}


def test_two_erasures_on_two_sides_give_two_ids():
    ids = [
        un.privacy.erase(un.Register(persons=(un.Person(id=slug, name=name),)), slug).tombstone_id
        for slug, name in (("ana-ejemplo", "Ana Ejemplo"), ("eva-prueba", "Eva Prueba"))
    ]
    assert len({*ids}) == 2


def test_names_that_share_their_first_word_are_not_all_asked_for_each_id():
    names = [f"Fundación {first}{second}olo" for first in "bcdfg" for second in "aeiou"]
    bodies = [
        un.Organization(id=name.lower().replace(" ", "-").replace("ó", "o"), name={"es": name}, kind="ngo")
        for name in names
    ]
    replacement = IdReplacement(un.Register(organizations=bodies), "withheld")
    index = replacement._index_names(frozenset(word for body in bodies for word in body.id.split("-")))
    assert sum(map(len, index.values())) >= len(names)
    assert max(map(len, index.values())) <= 2 * sum(map(len, index.values())) / len(names)
