"""People taken out of a register: erased, past retention, under pseudonyms."""

import re

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.diagnostics.errors import ImpossibleValue, UnknownRecord
from untoc_network.privacy import Overdue, OverdueReason, erase, pseudonym, pseudonymise, retention
from untoc_network.testing import plant_canaries, registers
from untoc_network.text.personal_data_patterns import MASK

DAY = "2024-06-30"
KEY = bytes(range(32))
DEAR = tries(4, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
ANA = un.Person(
    id="ana-ejemplo",
    name="Ana Ejemplo",
    other_names=("A. M. Ejemplo",),
    posts=(un.Post(key="director", title=un.Text(en="Director"), organization_id="refuge"),),
    contacts=(un.Contact(kind=un.ContactKind.EMAIL, value="boss@example.org"),),
    notes=(un.Note(text="met in XA"),),
)
REFUGE = un.Organization(
    id="refuge",
    name=un.Text(en="Refuge"),
    kind=un.OrganizationKind.NGO,
    contacts=(
        un.Contact(kind=un.ContactKind.PHONE, value="+000 1", label="Ana Ejemplo, mobile"),
        un.Contact(kind=un.ContactKind.PHONE, value="+000 2", label="office"),
        un.Contact(kind=un.ContactKind.EMAIL, value="BOSS@example.org"),
    ),
    notes=(un.Note(text="ask ana ejemplo or a. m. ejemplo; Ejemplo knows"),),
    links=(
        un.Link(kind=un.LinkKind.WEBSITE, url="https://example.org/ana-ejemplo"),
        un.Link(kind=un.LinkKind.OTHER, url="https://example.org/"),
    ),
    accepted=(un.Acceptance(rule="SH001", reason="fine", by_id="ana-ejemplo"),),
)
TALK = un.Event(
    id="talk",
    name=un.Text(en="Talk"),
    kind=un.EventKind.WORKSHOP,
    roles=(un.EventRole(kind=un.EventRoleKind.CHAIR, stakeholder_id="old-ana"),),
)
SAID = un.Statement(
    id="ana-ejemplo-1",
    event_id="old-talk",
    speaker_id="ana-ejemplo",
    speaking_as=("director",),
    summary=un.Text(en="Ana Ejemplo: yes"),
)
UNSAID = un.Statement(id="s2", event_id="talk", speaking_as=("director",), summary=un.Text(en="Yes"))
REGISTER = un.Register(
    title=un.Text(en="What Ana Ejemplo keeps"),
    persons=(ANA,),
    organizations=(REFUGE,),
    events=(TALK,),
    statements=(SAID, UNSAID),
    redirects=(
        un.Redirect(old_id="old-ana", new_id="ana-ejemplo"),
        un.Redirect(old_id="old-talk", new_id="talk"),
        un.Redirect(old_id="old-said", new_id="ana-ejemplo-1"),
    ),
)

DIGEST = re.compile("(erased-[a-z]+)-[a-z2-7]{13}")


def test_an_erased_person_leaves_a_tombstone_and_no_value_anywhere():
    erased = erase(REGISTER, "old-ana", on=DAY)
    register = erased.register
    tombstone = register[erased.tombstone_id]
    assert DIGEST.fullmatch(erased.tombstone_id)[1] == "erased-persons"
    assert (tombstone.name, tombstone.posts, tombstone.contacts) == (MASK, (), ())
    assert tombstone.notes == (un.Note(heading="erased", text=DAY),)
    assert {(one.rule, one.reason, one.on) for one in tombstone.accepted} == {
        ("PR007", "erased", DAY),
        ("SR001", "erased", DAY),
    }
    assert register["talk"].roles[0].stakeholder_id == erased.tombstone_id
    (statement,) = (one for one in register.statements if DIGEST.fullmatch(one.id))
    assert (statement.speaker_id, statement.speaking_as, str(statement.summary)) == (
        erased.tombstone_id,
        (),
        f"{MASK}: yes",
    )
    assert statement.event_id == "old-talk"
    assert register["s2"].speaking_as == ("director",)
    refuge = register["refuge"]
    assert [contact.value for contact in refuge.contacts] == ["+000 2"]
    assert refuge.notes[0].text == f"ask {MASK} or {MASK}; Ejemplo knows"
    assert [link.url for link in refuge.links] == ["https://example.org/"]
    assert refuge.accepted[0].by_id == erased.tombstone_id
    assert str(register.title) == f"What {MASK} keeps"
    assert [(one.old_id, one.new_id) for one in register.redirects] == [
        ("old-talk", "talk"),
        ("old-said", statement.id),
    ]
    assert erased.to_check == (("refuge", "notes[0].text"),)
    assert ("refuge", "contacts") in erased.changed
    assert "Ana" not in repr(erased)
    text = un.dumps(register).decode().lower()
    assert "ana" not in text
    assert "boss" not in text
    had = {found.code for found in un.validate(REGISTER, on=DAY).errors}
    assert {found.code for found in un.validate(register, on=DAY).errors} <= had


def test_an_erasure_says_which_ids_took_the_place_of_others():
    erased = erase(REGISTER, "ana-ejemplo", on=DAY)
    (statement,) = (one.id for one in erased.register.statements if DIGEST.fullmatch(one.id))
    assert erased.new_ids == {
        "old-ana": erased.tombstone_id,
        "ana-ejemplo": erased.tombstone_id,
        "ana-ejemplo-1": statement,
    }
    assert "ana" not in repr(erased)


def test_an_id_that_says_nothing_stays():
    plain = attrs.evolve(ANA, id="member-7")
    erased = erase(un.Register(persons=(plain,), organizations=(attrs.evolve(REFUGE, accepted=()),)), "member-7")
    assert erased.tombstone_id == "member-7"
    assert erased.register["member-7"].notes[0].text == MASK
    again = erase(erased.register, "member-7")
    assert again.register == erased.register


def test_only_persons_are_erased():
    for unknown in ("refuge", "nobody"):
        with pytest.raises(UnknownRecord, match="no person has this id"):
            erase(REGISTER, unknown)


@given(registers(), st.data())
@DEAR
def test_erasing_leaves_no_canary_and_no_reference_to_nothing(register, data):
    exposing, canaries = plant_canaries(register)
    one = data.draw(st.sampled_from(exposing.persons))
    erased = erase(exposing, one.id, on=DAY)
    assert [canary for canary in canaries[one.id] if canary in un.dumps(erased.register).decode()] == []
    assert all(reference.target in erased.register for reference in erased.register.references)
    assert len(erased.register) == len(exposing)
    assert sum(reference.target == erased.tombstone_id for reference in erased.register.references) >= sum(
        exposing.resolved(reference.target) == one.id
        for reference in exposing.references
        if reference.record.id != one.id
    )
    had = {(found.code, found.subject) for found in un.validate(exposing, on=DAY).errors}
    assert {(found.code, found.subject) for found in un.validate(erased.register, on=DAY).errors} <= had | {
        ("RF001", None)
    }


# -- retention ----------------------------------------------------------------------------------------------------------


def consent(**fields):
    return un.Consent(purpose=un.Purpose.CONTACT, audience=un.Audience.MEMBERS, basis=un.ConsentBasis.FORM, **fields)


OVER = consent(expires=un.PartialDate("2023"))
TAKEN_BACK = consent(withdrawn=un.PartialDate("2024-02-01"), expires=un.PartialDate("2025"))


def test_what_rests_on_consents_that_are_over_is_overdue():
    reached = un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org", consents=(OVER, TAKEN_BACK))
    kept = un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org", consents=(OVER, consent()))
    never = un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org")
    register = un.Register(
        persons=(
            un.Person(id="p1", name="A", consents=(OVER,)),
            un.Person(id="p2", name="B", consents=(OVER, consent()), contacts=(reached, kept, never)),
        ),
        organizations=(attrs.evolve(REFUGE, contacts=(reached,)),),
    )
    assert retention(register, DAY) == (
        Overdue(id="p1", reason=OverdueReason.CONSENTS_OVER, since=un.PartialDate("2023")),
        Overdue(id="p2", field="contacts", reason=OverdueReason.CONSENTS_OVER, since=un.PartialDate("2024-02-01")),
        Overdue(id="refuge", field="contacts", reason=OverdueReason.CONSENTS_OVER, since=un.PartialDate("2024-02-01")),
    )
    assert retention(register, "2023-12-31") == ()


def held(start_end):
    period = start_end and un.Period(end=start_end and un.PartialDate(start_end))
    return un.Affiliation(key=f"a{start_end or ''}", organization_id="refuge", period=period)


@pytest.mark.parametrize(
    ("ends", "since"),
    [(("2021", "2022-05-31"), "2024-05-31"), (("2022-06-30",), None), (("2020", None), None), ((), None)],
)
def test_how_long_a_person_is_kept_after_the_last_role_is_for_the_caller_to_say(ends, since):
    register = un.Register(persons=(un.Person(id="p1", name="A", affiliations=tuple(map(held, ends))),))
    assert retention(register, DAY) == ()
    found = retention(register, DAY, keep=un.TimeLimit(2, un.TimeUnit.YEARS))
    assert [(one.reason.value, one.since) for one in found] == ([("roles-ended", since)] if since else [])


# -- pseudonyms ---------------------------------------------------------------------------------------------------------


def test_a_pseudonym_is_the_same_for_one_key_and_another_for_another():
    assert pseudonym("member-1", KEY) == pseudonym("member-1", KEY)
    assert len({pseudonym(f"member-{number}", key) for number in range(200) for key in (KEY, KEY[::-1])}) == 400
    with pytest.raises(ImpossibleValue, match="at least 16 bytes"):
        pseudonym("member-1", b"short")


def test_persons_stand_under_their_pseudonyms_everywhere():
    study = pseudonymise(REGISTER, KEY)
    made = pseudonym("ana-ejemplo", KEY)
    (person,) = study.persons
    assert (person.id, person.name, person.contacts, person.notes) == (made, MASK, (), ())
    assert person.posts == ANA.posts
    assert study["talk"].roles[0].stakeholder_id == made
    (statement,) = (one for one in study.statements if DIGEST.fullmatch(one.id))
    assert statement.speaking_as == ("director",)
    assert "ana" not in un.dumps(study).decode().lower()
