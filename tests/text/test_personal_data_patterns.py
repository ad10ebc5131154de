"""What looks as if it leads to a person, and what does not."""

import itertools

import pytest
from hypothesis import given, strategies as st

from untoc_network.text import personal_data_patterns as looks
from untoc_network.text.personal_data_patterns import (
    MASK,
    PersonalDataKind,
    find_personal_data,
    holds_personal_data,
    is_meeting_link,
    mask,
)


@pytest.mark.parametrize(
    ("text", "look", "found"),
    [
        ("write to a.b+c@mail.example.org.", PersonalDataKind.EMAIL, "a.b+c@mail.example.org"),
        ("call +507 (6) 612-3456 now", PersonalDataKind.PHONE, "+507 (6) 612-3456"),
        ("Tel.: 6612-3456", PersonalDataKind.PHONE, "Tel.: 6612-3456"),
        ("WhatsApp 6612 3456", PersonalDataKind.PHONE, "WhatsApp 6612 3456"),
        ("Pasaporte N° XA1234567", PersonalDataKind.DOCUMENT, "Pasaporte N° XA1234567"),
        ("su cédula: 8-888-8888", PersonalDataKind.DOCUMENT, "cédula: 8-888-8888"),
        ("CPF 000.000.000-00", PersonalDataKind.DOCUMENT, "CPF 000.000.000-00"),
        ("000.000.000-00", PersonalDataKind.DOCUMENT, "000.000.000-00"),
        *(
            (f"es {number}, dijo", PersonalDataKind.DOCUMENT, number)
            for number in (
                "XEXX000101HNEXXX04",
                "12.345.678-k",
                "1.234.567-8",
                "V-12.345.678",
                "8-123-4567",
                "PE-123-4567",
                "001-010190-0001A",
                "001-1234567-8",
                "999-1234567-8",
                "999-010190-0001A",
                "0801-1990-12345",
                "1234 56789 0101",
                "123-45-6789",
                "DUI 01234567-8",
                "tarjeta de identidad 1234567",
            )
        ),
        ("at 8.98123, -79.51987", PersonalDataKind.COORDINATES, "8.98123, -79.51987"),
        ("at 8° 58′ 53″ N", PersonalDataKind.COORDINATES, "8° 58′ 53″ N"),
        ("8°58'N", PersonalDataKind.COORDINATES, "8°58'N"),
    ],
)
def test_what_leads_to_a_person_is_found(text, look, found):
    assert (look, found) in [(kind, text[start:end]) for kind, start, end in find_personal_data(text)]
    assert holds_personal_data(["Organization 1999", text])


@pytest.mark.parametrize(
    "text",
    [
        "CTOC/COP/2022/9 of 12 October 2022",
        "General Assembly resolution 55/25 of 15 November 2000",
        "2022-03-28 to 2022-03-29, 10.30-12.45, room 4.1",
        "more than 1,234,567 people; USD 12.345.678",
        "article 10(2), paragraphs 3.1, 4.2",
        "passport offices of three countries",
        "a passport control of 2022",
        "Telephone interception; cells 12",
        "@network",
        "versions 1.234, 2.345 of it"[:14],
    ],
)
def test_what_does_not_is_left(text):
    assert list(find_personal_data(text)) == []


# what a pattern finds, in whatever letters that count as the same to it
looking = st.one_of([st.from_regex(pattern, fullmatch=True) for _, _, pattern in looks._PATTERNS.values()])


@given(looking, st.integers(0, 600))
def test_among_many_texts_one_is_found(text, before):
    others = itertools.repeat("Organization 1999", before)
    assert holds_personal_data([*others, text]) is any(find_personal_data(text))
    assert any(find_personal_data(text)) <= looks.may_hold_personal_data(text)


def test_where_nothing_looks_so_nothing_is_found():
    assert not holds_personal_data([])
    assert not holds_personal_data(["Hotel 100 of the example", "Organización 2000", "Cell 1.2345"])
    assert holds_personal_data(["x"] * 300 + ["Organización", "\u0130d card XA1234567"])


def test_a_mask_takes_the_place_of_what_overlaps_once():
    assert mask("abcdef", [(1, 3), (2, 4)]) == f"a{MASK}ef"
    assert mask("abcdef", [(0, 2), (5, 6)]) == f"{MASK}cde{MASK}"
    assert mask("abcdef", []) == "abcdef"


def test_an_address_that_leads_into_a_meeting_is_known():
    assert is_meeting_link("https://us02.zoom.us/j/123")
    assert not is_meeting_link("https://example.org/zoom.us/j/1")


@pytest.mark.parametrize(
    "address",
    [
        "maría@example.org",
        "mari\u0301a@example.org",
        "ana#1@example.org",
        "o'brien@example.org",
        "x@pen\u0303a.example",
    ],
)
def test_an_address_is_found_whole(address):
    text = f"Correo:{address}, \u00ab{address}\u00bb ({address})."
    assert mask(text, [(start, end) for _, start, end in find_personal_data(text)]) == "Correo:[…], «[…]» ([…])."
