"""Addresses, telephones and numbers of documents in the forms in which people write them."""

import pytest
from hypothesis import given, strategies as st

from untoc_network.text.contact_finder import (
    ContactFinder,
    extract_phone_digits,
    find_document_numbers,
    normalize_document_number,
    normalize_email,
    to_international_phone,
)

KNOWN = ContactFinder(
    emails=["Ana.M@Example.org", "no address", "maría@exámple.org", "x.y@gmail.com"],
    phones=["+507 6000-6000 ext. 4", "2245-7781", "030 1234567", "+52 55 1234 5678", "12"],
    numbers=["8-123-4567", "V1"],
)


def found(text):
    return [text[start:end] for start, end in KNOWN.spans(text)]


@pytest.mark.parametrize(
    "written",
    [
        "+507 6000-6000",
        "+507.6000.6000",
        "+50760006000",
        "00507 6000 6000",
        "01150760006000",
        "6000-6000",
        "60006000",
        "(507) 6000-6000",
        "+(507) 6000 6000",
        "＋５０７ ６０００ ６０００",
        "6000/6000",
        "2245-7781",
        "+502 2245 7781",
        "030/1234567",
        "+49 (0)30 1234567",
        "+49 30 1234567",
        "+52 1 55 1234 5678",
        "055 1234 5678",
        "ana.m@example.org",
        "ANA.M@EXAMPLE.ORG",
        "ana.m+news@example.org",
        "ana.m (at) example (dot) org",
        "ana.m [arroba] example [punto] org",
        "ana.m at example dot org",
        "ana.m%40example.org",
        "maría@exámple.org",
        "xy@googlemail.com",
        "8-123-4567",
        "8 123 4567",
        "81234567",
    ],
)
def test_what_is_known_is_found_in_the_forms_that_people_write(written):
    for text in (written, f"see {written}.", f"({written}), or", f"a:{written}"):
        assert any(written.strip("+(") in one for one in found(text)), text


@pytest.mark.parametrize(
    "text",
    [
        "6000-6001",
        "+502 6000-6000",
        "160006000",
        "60006000123456789012",
        "6000 / 6000",
        "6000, 6000",
        "xana.m@example.org",
        "ana.m@example.org.xb",
        "ana.m@",
        "@example.org",
        "8-123-45699",
        "8, 123, 4567",
        "in 2022 and 2023",
        "12 V1",
    ],
)
def test_what_is_another_stays(text):
    assert found(text) == []


def test_two_numbers_side_by_side_are_two():
    assert found("+507 6000-6000 / 6000-6001") == ["+507 6000-6000"]
    assert found("6000-6001 6000-6000") == ["6000-6000"]
    assert found("6000-6001/+507 6000-6000, 1") == ["+507 6000-6000"]


def test_a_number_as_it_is_dialled_in_its_town_may_be_the_telephone():
    known = ContactFinder(phones=["+1 202 555 0100"])
    assert known.may_hold("dial 555-0100")
    assert not known.may_hold("dial 555-0101")
    assert not known.may_hold("dial 202 555 0100")
    assert not ContactFinder().may_hold("dial 555-0100")


def test_nothing_known_is_found_nowhere():
    assert not ContactFinder()
    assert not ContactFinder(emails=["x"], phones=["12"], numbers=["1"])
    assert [ContactFinder(emails=["a@b.org"]), ContactFinder(phones=["12345"]), ContactFinder(numbers=["12345"])]
    assert [*ContactFinder(emails=["a@b.org"]).spans("12345")] == []


def test_forms_as_they_are_compared():
    assert normalize_email("mailto:Ana@Example.org") == "ana@example.org"
    assert normalize_email("Ana") is None
    assert extract_phone_digits("00507 6000-6000 x12") == "50760006000"
    assert extract_phone_digits("0012") == "0012"
    assert to_international_phone("+54 9 11 1234 5678") == to_international_phone("+54 11 1234 5678")
    assert to_international_phone("tel:+507 6000 6000") == "50760006000"
    assert to_international_phone("(+507) 6000 6000") == "50760006000"
    assert [to_international_phone(text) for text in ("6000 6000", "+123", "+1234567890123456", "")] == [None] * 4
    assert normalize_document_number("12.345.678-k") == "12345678K"
    assert [*find_document_numbers("DNI 12.345.678, of 2022, code ABCDEFG 1234567890123456789012345678901")] == [
        "12345678"
    ]


@given(st.text(alphabet="0123456789+-( ).@axrt/", max_size=60))
def test_any_text_is_read_and_what_is_found_lies_in_it(text):
    assert all(0 <= start < end <= len(text) for start, end in KNOWN.spans(text))


@given(st.text(alphabet="0123456789", min_size=8, max_size=12), st.sampled_from(["-", " ", ".", ") ", "-("]), st.data())
def test_a_telephone_is_found_however_its_digits_are_grouped(digits, sign, data):
    written, place = "", 0
    while place < len(digits):
        step = data.draw(st.integers(2, 4))
        written += (sign if written else "") + digits[place : place + step]
        place += step
    text = f"call {written} now"
    assert next(ContactFinder(phones=[digits]).spans(text), None) is not None
    assert next(ContactFinder(phones=[f"+507 {digits}"]).spans(text), None) is not None or len(digits) > 12
