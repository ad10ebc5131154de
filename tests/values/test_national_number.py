"""Numbers of states: which one a text can be, and that a person's is never taken for a body's."""

import pytest
from hypothesis import given, strategies as st

from untoc_network.values.national_number import find_national_numbers


def read(text):
    return [
        (number.name, number.country, number.is_personal, number.is_certain) for number in find_national_numbers(text)
    ]


@pytest.mark.parametrize(
    ("text", "name", "country", "identifier"),
    [
        ("11.222.333/0001-81", "CNPJ", "BR", "BR-CNPJ:11222333000181"),
        ("899.999.063-3", "NIT", "CO", "CO-NIT:899999063"),
        ("899999063-3", "NIT", "CO", "CO-NIT:899999063"),
        ("899999063 - 3", "NIT", "CO", "CO-NIT:899999063"),
        ("60.803.000-k", "RUT", "CL", "CL-RUT:60803000K"),
        ("76.086.428\u20135", "RUT", "CL", "CL-RUT:760864285"),
        ("30-50001091-2", "CUIT", "AR", "AR-CUIT:30500010912"),
        ("1792060346-001", "RUC", "EC", "EC-RUC:1792060346001"),
        ("1760001550001", "RUC", "EC", "EC-RUC:1760001550001"),
        ("J-9921658-2", "NIF", "ES", "ES-NIF:J99216582"),
        ("MAB 930714 8T4", "RFC", "MX", "MX-RFC:MAB9307148T4"),
        ("732 829 320 00074", "SIRET", "FR", "SIRET:73282932000074"),
        ("W751212517", "RNA", "FR", "RNA:W751212517"),
        ("1-01-85004-3", "RNC", "DO", "RNC:101850043"),
        ("J-07013380-5", "RIF", "VE", "RIF:J070133805"),
        ("211003420017", "RUT", "UY", "RUT:211003420017"),
        ("3-101-999999", "cédula jurídica", "CR", "cédula jurídica:3101999999"),
    ],
)
def test_a_number_that_can_be_nothing_else(text, name, country, identifier):
    (number,) = find_national_numbers(text)
    assert (number.name, number.country, number.is_personal, number.is_certain) == (name, country, False, True)
    made = number.to_identifier()
    assert f"{made.value}" == identifier
    assert made.is_sound


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("11222333000181", ("CNPJ", "BR", False, False)),
        ("8999990633", ("NIT", "CO", False, False)),
        ("76086428-5", ("RUT", "CL", False, False)),
        ("20512333797", ("RUC", "PE", False, False)),
        ("732829320", ("SIREN", "FR", False, False)),
        ("501964843", ("NIPC", "PT", False, False)),
        ("53-0196605", ("EIN", "US", False, False)),
        ("80028061-0", ("RUC", "PY", False, False)),
        ("J99216582", ("NIF", "ES", False, False)),
    ],
)
def test_a_number_that_may_be_another_one(text, kind):
    assert kind in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "529.982.247-25",
        "12.345.678-5",
        "12345678-5",
        "20-05536168-2",
        "123-45-6789",
        "12345678Z",
        "X1234567L",
        "GODE 561231 GR8",
        "2 95 10 99 126 111 93",
        "001-1391820-5",
        "1710034065",
        "V-11470283-4",
        "10054148289",
        "BOXW310820HNERXN09",
    ],
)
def test_numbers_of_persons_are_told_as_such(text):
    found = find_national_numbers(text)
    assert any(number.is_personal for number in found)
    assert all(number.to_identifier() is None for number in found if number.is_personal)


@pytest.mark.parametrize(
    "text",
    [
        "11.222.333/0001-82",
        "11111111111",
        "899.999.063-4",
        "76.086.428-6",
        "30-50001091-3",
        "1792060347-001",
        "9992060346-001",
        "J-9921658-3",
        "732 829 320 00075",
        "MAB 931314 8T4",
        "1-01-85004-4",
        "J-07013380-6",
        "600-0000",
        "",
        "ABC",
    ],
)
def test_wrong_check_digits_are_no_number(text):
    assert find_national_numbers(text) == ()


@given(st.text(alphabet="0123456789.-/ KJABW", max_size=20))
def test_no_letter_is_made_up(text):
    for number in find_national_numbers(text):
        assert number.value in "".join(letter for letter in text if letter.isalnum())
        assert "value" not in repr(number)
