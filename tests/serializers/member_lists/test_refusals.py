"""A no stands: for every row that may be about the same, and until somebody accepts a yes that another list has."""

import attrs
import pytest
from hypothesis import example, given, strategies as st
from tests.profiles import tries

import untoc_network as un

HEADER = "Organización;País;¿Autoriza publicar?;¿En riesgo?;Nota"
MAPPING = un.member_lists.SheetMapping(
    columns={
        "Organización": "name",
        "País": "country",
        "¿Autoriza publicar?": "consent.publication",
        "¿En riesgo?": "at_risk",
        "Nota": "note",
    },
    constants={"consent.audience": "public", "consent.basis": "form"},
)
COUNTRIES = {"": None, "Panamá": "PA", "México": "MX"}
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Refugio Azul", "REFUGIO AZUL", "Casa Verde"]),
        st.sampled_from([*COUNTRIES]),
        st.sampled_from(["sí", "no", "", "tal vez"]),
        st.sampled_from(["", "no", "sí", "quizás"]),
        st.sampled_from(["", "a", "b"]),
    ),
    min_size=2,
    max_size=5,
)


def import_rows(rows, existing=None, name="members"):
    data = "\n".join([HEADER, *map(";".join, rows)]).encode()
    return un.import_bytes(data, mapping=MAPPING, list=name, existing=existing or un.Register()).register


def is_hidden(row):
    return row[2] in ("no", "tal vez") or row[3] in ("sí", "quizás")


def may_be_one(body, row):
    name, country = row[0].casefold(), COUNTRIES[row[1]]
    here = body.seat.country if body.seat else None
    return str(body.name).casefold() == name and (None in (here, country) or here == country)


def shown(register):
    return un.privacy.view(register, "public", "2026-12-01").register.organizations


@tries(150)
@given(ROWS)
@example([("Refugio Azul", "Panamá", "sí", "", ""), ("Refugio Azul", "Panamá", "no", "", "a")])
@example([("Refugio Azul", "", "", "", ""), ("Refugio Azul", "México", "", "sí", "a")])
def test_nobody_is_shown_who_may_be_one_that_is_hidden(rows):
    hidden = [row for row in rows if is_hidden(row)]
    register = import_rows(rows)
    for imported in (register, import_rows(rows, register), import_rows(rows[::-1], register)):
        assert not [body.id for body in shown(imported) for row in hidden if may_be_one(body, row)]


def test_whoever_is_surely_another_is_shown():
    register = import_rows([("Casa Verde", "México", "no", "", ""), ("Casa Verde", "Panamá", "sí", "", "")])
    assert [body.seat.country for body in shown(register)] == ["PA"]


def test_another_list_shows_nobody_who_may_be_one_that_is_hidden():
    first = import_rows([("Refugio Azul", "Panamá", "", "sí", "a"), ("Refugio Azul", "Panamá", "", "", "b")])
    bare = attrs.evolve(MAPPING, constants={})
    data = f"{HEADER}\nRefugio Azul;Panamá;sí;;c".encode()
    for _ in range(2):
        first = un.import_bytes(data, mapping=bare, list="others", existing=first).register
        assert len(first.organizations) == 3
        assert shown(first) == ()


# -- persons -----------------------------------------------------------------------------------------------------------


def bring(text, existing=None, name="office", **options):
    return un.import_bytes(text.encode(), list=name, existing=existing or un.Register(), **options)


OFFICE = """\
Organización;País;Persona de contacto;Consentimiento de la persona para publicación
Refugio Azul;Panamá;{persons};{answer}
"""
OTHERS = """\
name;country;contact person;person email;person consent to publish;person consent scope;person consent basis
Refugio Azul;PA;Ana Ejemplo;ana@example.org;yes;public;form
"""


@pytest.mark.parametrize("answer", ["no", "yes"])
def test_a_person_who_said_no_is_not_shown_because_another_list_says_yes(answer):
    columns = {"Organización": "name", "País": "country", "Persona de contacto": "person.name"}
    header = "Consentimiento de la persona para publicación"
    asked = un.member_lists.SheetMapping(columns={**columns, header: "person.consent.publication"})
    first = bring(OFFICE.format(persons="Ana Ejemplo", answer=answer), mapping=asked).register
    (person,) = first.persons
    assert person.declined == ((un.Purpose.PUBLICATION,) if answer == "no" else ())
    mapping = un.member_lists.SheetMapping(
        columns={
            "name": "name",
            "country": "country",
            "contact person": "person.name",
            "person email": "person.email",
            "person consent to publish": "person.consent.publication",
            "person consent scope": "person.consent.audience",
            "person consent basis": "person.consent.basis",
        }
    )
    for _ in range(2):
        second = bring(OTHERS, first, "others", mapping=mapping)
        first = second.register
        assert len(first.persons) == 1
        seen = un.privacy.view(first, "public", "2026-12-01").register.persons
        assert [one.id for one in seen] == ([] if answer == "no" else [person.id])
        assert ("IM034" in {found.code for found in second.report}) == (answer == "no")
    accepted = bring(OTHERS, first, "others", mapping=mapping, accept_consents=True).register
    assert un.privacy.view(accepted, "public", "2026-12-01").register.persons


@pytest.mark.parametrize("other", ["House;XA;Ana Ejemplo", "Other House;XB;EJEMPLO, Ana", "House;;Ana  Ejemplo"])
def test_a_no_in_one_row_is_the_no_of_that_name_in_every_row(other):
    fields = (
        "name",
        "country",
        "person.name",
        *(f"person.consent.{one}" for one in ("publication", "audience", "basis")),
    )
    mapping = un.member_lists.SheetMapping(columns={field: field for field in fields})
    rows = ["House;XA;Ana Ejemplo;no;;", f"{other};yes;public;form", "Third;XA;Eva Ejemplo;yes;public;form"]
    for order in (rows, rows[::-1]):
        brought = None
        for _ in range(2):
            imported = bring("\n".join((";".join(fields), *order)), brought, mapping=mapping)
            brought = imported.register
            seen = un.privacy.view(brought, "public", "2026-12-01").register.persons
            assert [person.name for person in seen] == ["Eva Ejemplo"]
            assert "IM008" in {found.code for found in imported.report}


def test_a_no_beside_several_names_is_the_no_of_each():
    columns = {"Organización": "name", "País": "country", "Persona de contacto": "person.name"}
    header = "Consentimiento de la persona para publicación"
    asked = un.member_lists.SheetMapping(columns={**columns, header: "person.consent.publication"})
    made = bring(OFFICE.format(persons="Ana Ejemplo / Luis Ejemplo", answer="no"), mapping=asked).register
    assert [person.declined for person in made.persons] == [(un.Purpose.PUBLICATION,)] * 2


def test_the_no_of_a_row_is_that_of_its_person_where_persons_are_not_asked_by_themselves():
    header = "Organización;País;Persona de contacto;¿Autoriza publicar?"
    made = bring(f"{header}\nRefugio Azul;PA;Ana Ejemplo;no\nCasa Verde;PA;Eva Ejemplo;sí").register
    assert {person.name: bool(person.declined) for person in made.persons} == {
        "Ana Ejemplo": True,
        "Eva Ejemplo": False,
    }


def test_a_list_that_does_not_name_a_risk_agrees_to_nothing_of_a_body_at_risk():
    first = import_rows([("Refugio Azul", "Panamá", "sí", "sí", "")])
    assert first.organizations[0].at_risk
    assert shown(first) == ()
    data = f"{HEADER}\nRefugio Azul;Panamá;sí;;".encode()
    for name in ("members", "others"):
        again = un.import_bytes(data, mapping=MAPPING, list=name, existing=first)
        assert again.register.organizations[0].at_risk
        assert shown(again.register) == ()
        assert "IM034" in {found.code for found in again.report}


ASKED = un.member_lists.SheetMapping(
    columns={
        "Name": "name",
        "Person": "person.name",
        "E-mail": "person.email",
        "Publish": "person.consent.publication",
        "Contact": "person.consent.contact",
        "Scope": "person.consent.audience",
        "Basis": "person.consent.basis",
        "Day": "person.consent.given",
    }
)


def test_an_address_is_kept_for_who_keeps_the_register_while_its_person_agrees_to_be_written_to():
    def agree(answer, existing=None, **options):
        row = f"House;Ben Ejemplo;ben@example.org;yes;{answer};public;form;2024-03-01"
        header = ";".join(ASKED.columns)
        brought = bring(f"{header}\n{row}\n", existing, mapping=ASKED, **options).register
        (person,) = brought.persons
        (contact,) = person.contacts
        assert b"ben@example.org" not in un.dumps(un.privacy.view(brought, "public", "2026-12-01").register)
        return brought, [(one.purpose.value, one.audience.value) for one in contact.consents]

    first, kept = agree("yes")
    assert kept == [("contact", "internal")]
    assert "SH013" not in {found.code for found in un.validate(first, on="2026-12-01")}
    assert agree("yes", first)[0] == first
    refused, kept = agree("no", first)
    assert kept == []
    assert "SH013" in {found.code for found in un.validate(refused, on="2026-12-01")}
    assert agree("yes", refused)[1] == []
    assert agree("yes", refused, accept_consents=True)[1] == [("contact", "internal")]
    other = un.Consent(purpose="statistics", audience="internal", basis="oral")
    (person,) = first.persons
    (contact,) = person.contacts
    kept = attrs.evolve(contact, consents=(*contact.consents, other))
    tended, _ = first.with_replaced(attrs.evolve(person, contacts=(kept,)))
    assert agree("no", tended)[1] == [("statistics", "internal")]
