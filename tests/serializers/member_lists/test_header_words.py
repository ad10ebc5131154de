"""What headers say: phrases side by side, whatever joins them, in one language or two."""

from collections import Counter

import pytest
from hypothesis import given, strategies as st

from untoc_network.serializers.member_lists import header_words
from untoc_network.serializers.member_lists.column_mapping import FIELDS
from untoc_network.serializers.member_lists.header_words import (
    Owner,
    find_shared_prefix,
    is_general,
    is_hint,
    names_body_or_person,
    names_crowd,
    names_either,
    names_state,
    read_header,
)
from untoc_network.text.folding import fold_to_words
from untoc_network.text.word_tables import read_word_tables

TABLES = read_word_tables("untoc_network.serializers.member_lists", "header_words.toml")
LISTS = [
    *((name, TABLES[name]) for name in ("small_words", "fillers", "official_words", "about_words")),
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


@pytest.mark.parametrize("table", ["hints", "general_words"])
def test_a_header_that_only_hints_at_a_field_is_one_that_is_read_as_it(table):
    for field, phrases in TABLES[table].items():
        for phrase in phrases:
            assert (is_hint if table == "hints" else is_general)(phrase.upper(), field)
            meaning = read_header(phrase)
            plain = (meaning.field or "").removeprefix("body.").removeprefix("legal.")
            assert {plain, "person.name" if meaning.owner is Owner.PERSON else plain} & {field}, phrase


@pytest.mark.parametrize(("table", "is_one"), [("crowds", names_crowd), ("states", names_state)])
def test_words_of_many_and_of_states_name_somebody_too(table, is_one):
    for word in TABLES[table]:
        assert is_one(word.title())
        assert not read_header(word).says_field, word


@pytest.mark.parametrize(
    ("header", "owner"),
    [
        ("Organización del participante", Owner.BODY),
        ("Name of the organization of the participant", Owner.BODY),
        ("Organisme du participant", Owner.BODY),
        ("Representante de la organización", Owner.PERSON),
        ("Institución y participante", Owner.PARTICIPANT),
    ],
)
def test_of_a_body_and_a_person_the_first_is_meant_where_the_other_is_whose_it_is(header, owner):
    assert (read_header(header).field, read_header(header).owner) == ("name", owner)


def test_a_header_may_leave_open_whether_it_names_a_body_or_a_person():
    assert names_body_or_person("Contact organization")
    assert not names_body_or_person("Organization contact")
    assert not names_body_or_person("Contacto de la organización")
    assert names_either("Nombre / Organización")
    assert names_either("Organization or name")
    assert not names_either("Organization / Organización")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *(("Organization (acronym)", "name"), ("Nombre (siglas)", "name"), ("Organización / Sigla", "name")),
        *(("Organization acronym", "acronym"), ("Name (Country)", "name"), ("Headquarters (country)", "country")),
        *(("Country (name)", "country"), ("Contact (email)", "email"), ("Nombre (inglés)", "name.en")),
        *(("address.city", "city"), ("Entity.LegalAddress.Country", "country"), ("Mailing address city", "city")),
        *(("Location (City, Country)", "address"), ("Address, City", "address"), ("City address", "address")),
        *(("Nombre de la red", "parent"), ("addr:street", "address"), ("countryLabel", "country")),
    ],
)
def test_of_two_things_in_a_header_the_one_that_its_cells_hold_is_taken(header, field):
    assert read_header(header).field == field


@pytest.mark.parametrize("header", ["Information on the organization", "Otras organizaciones", "Contact information"])
def test_what_is_known_of_somebody_is_not_the_name(header):
    meaning = read_header(header)
    assert (meaning.field, meaning.says_other, meaning.says_something) == (None, True, False)


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
        ("País (ES)", "country", None),
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
        *("Chapter designation", "Title of the organization"),
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


def test_whole_headers_are_the_same_when_they_are_made_again():
    for table in ("hints", "general_words"):
        assert header_words._whole_headers.__wrapped__(table) == header_words._whole_headers(table) != {}


@pytest.mark.parametrize(
    "header",
    [
        "¿Podemos publicar?",
        "¿Se puede publicar?",
        "¿Publicamos?",
        "Publicar (sí/no)",
        "¿Podemos publicar sus datos?",
        "Publicable",
        "Permiso de publicación",
        "Can we publish?",
        "May be named",
        "Pode publicar?",
        "Permissão de divulgação",
        "Peut-on publier ?",
        "Publiable",
    ],
)
def test_who_asks_whether_something_may_be_published_asks_for_consent(header):
    # Where this is not read, a no stands in the notes, and the organization is named.
    assert read_header(header).field == "consent.publication"
