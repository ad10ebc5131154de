"""What headers say: phrases side by side, whatever joins them, in one language or two."""

from collections import Counter

import pytest
from hypothesis import given, strategies as st

from untoc_network.serializers.member_lists.column_mapping import FIELDS
from untoc_network.serializers.member_lists.header_words import Owner, find_shared_prefix, read_header
from untoc_network.text.folding import fold_to_words
from untoc_network.text.word_tables import read_word_tables

TABLES = read_word_tables("untoc_network.serializers.member_lists", "header_words.toml")
LISTS = [
    *((name, TABLES[name]) for name in ("small_words", "fillers", "official_words")),
    *((name, phrases) for table in ("owners", "nothing", "fields") for name, phrases in TABLES[table].items()),
]


def test_each_phrase_stands_for_one_thing_and_is_written_as_it_is_compared():
    small = {*TABLES["small_words"]}
    said = Counter()
    for name, phrases in LISTS[1:]:
        assert phrases == [" ".join(fold_to_words(phrase)) for phrase in phrases]
        said.update({("".join(word for word in phrase.split() if word not in small)) for phrase in phrases if name})
    assert [phrase for phrase, times in said.items() if times > 1] == []


def test_the_fields_are_those_of_a_mapping():
    assert {field.removeprefix("body.").removeprefix("legal.") for field in TABLES["fields"]} <= {*FIELDS}


@pytest.mark.parametrize(
    ("header", "field", "owner"),
    [
        ("Nombre de la organización", "body.name", None),
        ("  *ORGANIZAÇÃO: ", "name", Owner.BODY),
        ("Name of the organization", "name", Owner.BODY),
        ("Organization / Organización", "name", Owner.BODY),
        ("E-mail / Correo electrónico", "email", None),
        ("Instituição / Polo", "name", Owner.BODY),
        ("Pays", "country", None),
        ("paginaWeb", "website", None),
        ("codepostal", "address", None),
        ("orgtype", "kind", None),
        ("nombreciudad", "city", None),
        ("Nombre / First name", "person.given_name", None),
        ("nombre compañia company name", "body.name", Owner.BODY),
        ("Given name and surname", "person.name", None),
        ("Org Type", "kind", None),
        ("LinkedIn", "social", None),
        ("Correo contacto 2", "email", Owner.PERSON),
        ("Correo electrónico de contacto de la organización", "email", Owner.PERSON),
        ("Apellidos y nombres", "person.name", None),
        ("name of city", "city", None),
        ("Nombre (inglés)", "name.en", None),
        ("organisation_en", "name.en", Owner.BODY),
        ("Miembro desde", "member.since", None),
        ("Ville du siège", "city", Owner.BODY),
        ("Sede", "country", Owner.BODY),
        ("3. Sitio web (obligatorio)", "website", None),
        ("Nombre de la organización (tal como figura en los estatutos)", "body.name", None),
        ("Email @example.org", "email", None),
        ("E-mail 2 Address", "email", None),
        ("Home Address 1", "address", Owner.HOME),
        ("Member Name", "name", Owner.ANYBODY),
        ("Teléfonos", "phone", None),
        ("E-mail institucional", "email", Owner.OFFICE),
        ("Official e-mail of the contact person", "email", Owner.PERSON),
        ("Endereço de e-mail", "email", None),
        ("City, State, Zip", "address", None),
        ("emailcontacto", "email", Owner.PERSON),
        ("Associada", "name", Owner.ANYBODY),
        ("organizações", "name", Owner.BODY),
        ("¿Cuál es el nombre de tu organización?", "name", Owner.BODY),
    ],
)
def test_headers_are_recognised_in_four_languages(header, field, owner):
    meaning = read_header(header)
    assert (meaning.field, meaning.owner, meaning.says_something) == (field, owner, True)


@pytest.mark.parametrize(
    "header",
    [
        *("Altura", "?", "", "Work", "Home", "City / Country", "nombre_cerveceria", "Polo / Instituição"),
        *("Fecha de contacto", "Number of countries", "Email and street", "xyzname"),
    ],
)
def test_of_other_headers_nothing_is_concluded(header):
    assert not read_header(header).says_something


@pytest.mark.parametrize(
    ("header", "nothing"),
    [
        *(("id", "general"), ("N°", "general"), ("Fecha", "general"), ("source_website", "general")),
        *(
            ("DNI:", "private"),
            ("Teléfono / Zzz / DNI", "private"),
            ("Assistant's Name", "private"),
            ("Numero de Seguro Social / SSN", "private"),
        ),
        *(("Attendee #", "event"), ("Order Date", "event")),
    ],
)
def test_words_of_no_field_are_known_as_that(header, nothing):
    assert (read_header(header).nothing, read_header(header).field) == (nothing, None)


def test_numbers_and_roles_tell_one_person_from_another():
    assert read_header("Contacto 3").number == 3
    assert read_header("telephone2").number == 2
    assert read_header("Correo del presidente").role == read_header("Presidente").role == "presidente"
    assert read_header("E-mail 1 - Value").number == 1


def test_a_word_that_most_headers_begin_with_says_nothing():
    headers = ["acme_name", "acme_city", "acme_email", "id"]
    assert find_shared_prefix(headers) == "acme"
    assert read_header("acme_city", "acme").field == "city"
    assert read_header("acme", "acme").field is None
    assert find_shared_prefix(["rec_name", "rec_city", "email", "phone", "country", "notes"]) == ""
    assert find_shared_prefix(["contact_name", "contact_city", "contact_email"]) == ""
    assert find_shared_prefix([]) == ""


@given(st.text(max_size=300))
def test_any_header_is_read(header):
    assert read_header(header) == read_header(header)
