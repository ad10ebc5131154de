"""What cells say: values of the model, whether that is all, what was guessed."""

import pytest

from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS
from untoc_network.serializers.member_lists.column_mapping import FIELDS, ColumnTarget, parse_target
from untoc_network.text.slugs import FreeIdAllocator, make_slug


def read(field, text, order=None):
    parsed = FIELD_PARSERS[field].parse(text, order)
    return [*map(str, parsed.values)], parsed.is_complete


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2022-03-28", None, "2022-03-28"),
        ("2022-03", None, "2022-03"),
        ("1999", None, "1999"),
        ("28/03/2022", None, "2022-03-28"),
        ("28-3-2022", None, "2022-03-28"),
        ("28.03.2022", None, "2022-03-28"),
        ("03/28/2022", None, "2022-03-28"),
        ("03/03/2022", None, "2022-03-03"),
        ("03/04/2022", "dmy", "2022-04-03"),
        ("03/04/2022", "mdy", "2022-03-04"),
        ("2022/03/04", None, "2022-03-04"),
        ("2022/03/04", "ymd", "2022-03-04"),
        ("03/2022", None, "2022-03"),
        ("28 de marzo de 2022", None, "2022-03-28"),
        ("1º de março de 2022", None, "2022-03-01"),
        ("1er mars 2022", None, "2022-03-01"),
        ("March 28, 2022", None, "2022-03-28"),
        ("March 28th 2022", None, "2022-03-28"),
        ("28 Mar. 2022", None, "2022-03-28"),
        ("septiembre 2022", None, "2022-09"),
    ],
)
def test_dates_in_local_forms(text, order, day):
    assert read("founded", text, order) == ([day], True)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("03/04/22", "dmy"),
        ("31/02/2022", None),
        ("13/13/2022", None),
        ("28/03/2022", "mdy"),
        ("ayer", None),
        ("28 de nada de 2022", None),
        ("31 de febrero de 2022", None),
        ("13/2022", None),
        ("２０２２", None),
    ],
)
def test_what_is_no_day_is_not_made_one(text, order):
    assert read("founded", text, order) == ([], False)


def test_a_date_with_two_readings_is_ambiguous_and_not_guessed():
    parsed = FIELD_PARSERS["founded"].parse("03/04/2022", None)
    assert (parsed.values, parsed.is_complete, parsed.is_ambiguous) == ((), False, True)


@pytest.mark.parametrize(
    ("field", "text", "values", "whole"),
    [
        ("country", "Brasil", ["BR"], True),
        ("country", "BRAZIL", ["BR"], True),
        ("country", "panama", ["PA"], True),
        ("country", "Rep. Dominicana", ["DO"], True),
        ("country", "Trinidad & Tobago", ["TT"], True),
        ("country", "XA", ["XA"], True),
        ("country", "Perú, Chile", [], False),
        ("country", "Atlantis", [], False),
        ("countries", "Perú, Chile y Trinidad y Tobago", ["PE", "CL"], False),
        ("countries", "Perú; Chile / Bolivia", ["PE", "CL", "BO"], True),
        ("countries", "Perú y Chile", ["PE", "CL"], True),
        ("countries", "Trinidad y Tobago", ["TT"], True),
        ("kind", "O.N.G.", [], False),
        ("kind", "ONG", ["ngo"], True),
        ("kind", "Non-profit", ["ngo"], True),
        ("kind", "think-tank", ["think-tank"], True),
        ("kind", "funder|nonprofit", ["ngo"], False),
        ("kind", "ONG, academia", [], False),
        ("kind", "nada", [], False),
        ("themes", "Trata de personas; género y DDHH", ["trafficking-in-persons", "gender", "human-rights"], True),
        ("themes", "trata, paz", ["trafficking-in-persons"], False),
        ("themes", ";", [], False),
        ("languages", "Español e inglés, PT", ["es", "en", "pt"], True),
        ("languages", "klingon", [], False),
        ("flags", "mujeres", ["women-led"], True),
        ("tools", "incidencia / investigación", ["advocacy", "research"], True),
        ("at_risk", "Sí", ["True"], True),
        ("at_risk", "não", ["False"], True),
        ("at_risk", "oui", ["True"], True),
        ("at_risk", "tal vez", [], False),
        ("email", "info@example.org", ["info@example.org"], True),
        (
            "email",
            "a@example.org; b@example.org y c@example.org",
            ["a@example.org", "b@example.org", "c@example.org"],
            True,
        ),
        ("email", "Oficina <info@example.org>", ["info@example.org"], False),
        ("email", "Correo:info@example.org.", ["info@example.org"], False),
        ("email", "email hidden; JavaScript is required", [], False),
        ("phone", "+507 6000-0000 / (507) 200-0000 ext. 12", ["+507 6000-0000", "(507) 200-0000 ext. 12"], True),
        ("phone", "6000-0000/01", ["6000-0000"], False),
        ("phone", "no", [], False),
        ("messaging", "+507 6000-0000", ["+507 6000-0000"], True),
        ("website", "https://example.org/a", ["https://example.org/a"], True),
        ("website", "www.example.org; example.org/x", ["https://www.example.org", "https://example.org/x"], True),
        ("website", "ver www.example.org", ["https://www.example.org"], False),
        ("website", "https://example.org/\x7f", [], False),
        ("website", "no tiene", [], False),
        (
            "identifier",
            "https://ror.org/00kkbzr26",
            ["Identifier(scheme=<IdentifierScheme.ROR: 'ror'>, value='00kkbzr26')"],
            True,
        ),
        ("identifier", "00kkbzr27", [], False),
        ("acronym", "R.E.D. | RED", ["R.E.D", "RED"], True),
        ("acronym", ";", [], False),
        ("city", "Ciudad   de\nPanamá", ["Ciudad de Panamá"], True),
        ("person.name", "Una Ejemplo", ["Una Ejemplo"], True),
        ("person.name", "Una Ejemplo y Otra Muestra", ["Una Ejemplo", "Otra Muestra"], True),
        ("person.name", "Ortega y Ejemplo", ["Ortega y Ejemplo"], True),
        ("person.name", "Una Ejemplo; Otra", ["Una Ejemplo", "Otra"], True),
        ("person.name", "/", [], False),
        ("member.role", "Fundadora", ["founding-member"], True),
        ("member.class", "observador", ["observer"], True),
    ],
)
def test_cells_by_field(field, text, values, whole):
    assert read(field, text) == (values, whole)


@pytest.mark.parametrize(
    ("field", "text", "guess"),
    [
        ("website", "www.example.org", "no-scheme"),
        ("email", "x: a@example.org", "address-in-text"),
        ("person.name", "Una Ejemplo y Otra Muestra", "several-persons"),
    ],
)
def test_a_guess_is_said(field, text, guess):
    assert FIELD_PARSERS[field].parse(text, None).guess == guess


def test_every_field_is_named_in_a_mapping():
    assert parse_target("person4.email") == ColumnTarget("person.email", 4)
    assert parse_target("person") is None
    assert all(parse_target(field) is not None for field in FIELDS)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Corporación Ñandú, A.C.", "corporacion-nandu-a-c"),
        ("Straße Øst", "strasse-ost"),
        ("x" * 200, "x" * 70),
        ("日本", "name-8a96086c8f58"),
    ],
)
def test_slugs_are_made_of_names(name, slug):
    assert make_slug(name) == slug or (slug.startswith("name-") and make_slug(name).startswith("name-"))


def test_an_id_is_given_once_and_never_to_another_kind_of_record():
    ids = FreeIdAllocator({"a": int, "b": str})
    assert [ids.give("a", str), ids.give("a", str), ids.give("b", str), ids.give("b", str, "XA")] == [
        "a-2",
        "a-3",
        "b",
        "b-xa",
    ]
    assert [ids.give("b", str, "XA"), ids.give("b", str)] == ["b-2", "b-3"]
