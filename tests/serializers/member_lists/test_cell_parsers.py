"""What cells say: values of the model, whether that is all, what was guessed."""

import pytest
from hypothesis import given, strategies as st

from untoc_network import reference
from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS
from untoc_network.serializers.member_lists.column_mapping import FIELDS, ColumnTarget, parse_target
from untoc_network.serializers.member_lists.vocabulary import countries_by_part, territories_by_name
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
        ("kind", "O.N.G.", ["ngo"], True),
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
        ("at_risk", "tal vez", ["None"], False),
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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ONGs", "ngo"),
        ("International NGO", "ngo"),
        ("ONG internacionales", "ngo"),
        ("A.C.", "ngo"),
        ("Asociación civil", "ngo"),
        ("Asociación sin fines de lucro", "ngo"),
        ("Organización de Sociedad Civil", "ngo"),
        ("Non-governmental organisation", "ngo"),
        ("organizaciones no gubernamentales", "ngo"),
        ("No gubernamental", "ngo"),
        ("associações", "ngo"),
        ("Red de ONGs", "ngo-network"),
        ("Réseaux", "ngo-network"),
        ("Asociaciones de Vecinos", "community-group"),
        ("Universidad privada", "academia"),
        ("universities", "academia"),
        ("Medios de Comunicación", "media"),
        ("sector privado", "private-sector"),
        ("Fundações", "foundation"),
        ("Gubernamental", "government"),
        ("Organismos gubernamentales", "government-body"),
    ],
)
def test_kinds_in_the_plural_and_with_a_word_more(text, kind):
    assert read("kind", text) == ([kind], True)


@pytest.mark.parametrize(
    "text",
    ["ni gubernamental", "sin ONG", "no ONG", "internacional", "Organización", "ONG internacional o local", "a.", "."],
)
def test_a_known_word_among_others_is_no_kind(text):
    assert read("kind", text) == ([], False)


@given(
    st.sampled_from(["no", "non", "nao", "sin", "not", "ni"]), st.sampled_from(["gubernamental", "gobierno", "state"])
)
def test_what_is_denied_is_never_governmental(no, word):
    assert read("kind", f"{no} {word}")[0] in ([], ["ngo"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Puerto Rico", "PR"),
        ("PRI", "PR"),
        ("Guadalupe", "GP"),
        ("HONG KONG", "HK"),
        ("Groenlandia", "GL"),
        ("La Réunion", "RE"),
        ("Estados Unidos (EE.UU.)", "US"),
        ("Brasil / Brazil", "BR"),
        ("Perú - Peru", "PE"),
        ("\U0001f1f2\U0001f1fd", "MX"),
        ("\U0001f1f2\U0001f1fd México", "MX"),
        ("El Salvador", "SV"),
        ("Mèxico", "MX"),
        ("mex", "MX"),
    ],
)
def test_places_as_people_name_them(text, code):
    assert read("country", text) == ([code], True)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        *(("Perú (Lima)", ["PE"]), ("Lima, Perú", []), ("Perú (Chile)", []), ("\U0001f1f2\U0001f1fd Perú", [])),
        *(("pr", []), ("()", []), ("Lima (Perú)", [])),
    ],
)
def test_what_is_no_one_country_keeps_its_cell(text, codes):
    assert read("country", text) == (codes, False)


def test_a_part_of_a_country_is_in_that_country_and_kept_as_it_is_written():
    for text in ("England", "Inglaterra", "Pa\u00eds de Gales", "Irlande du Nord"):
        parsed = FIELD_PARSERS["country"].parse(text, None)
        assert (parsed.values, parsed.is_complete, parsed.remedy) == (("GB",), False, "part-of-country")
    assert all(reference.country(code) for code in countries_by_part().values())
    assert not any(reference.country(name) for name in countries_by_part())


def test_territories_are_places_and_no_country_of_the_tables():
    for code in {*territories_by_name().values()}:
        assert reference.country(code) is None
        assert read("country", code) == ([code], True)
    assert read("countries", "Perú, Puerto Rico y Chile") == (["PE", "PR", "CL"], True)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("\u2713", "True"), ("\u2714\ufe0f", "True"), ("\u274c", "False"), ("1.0", "True"), ("0.0", "False")],
)
def test_signs_that_say_yes_or_no(text, answer):
    assert read("at_risk", text) == ([answer], True)


@pytest.mark.parametrize("text", ["", "\u2713\u2713", "10", "1.00"])
def test_what_says_neither_yes_nor_no_is_an_answer_that_is_not_clear(text):
    assert read("at_risk", text) == (["None"], False)


@given(st.sampled_from(["kind", "country", "themes", "languages", "flags", "at_risk"]), st.text(max_size=30))
def test_any_text_is_read_or_kept(field, text):
    parsed = FIELD_PARSERS[field].parse(text, None)
    assert parsed.values or not parsed.is_complete
