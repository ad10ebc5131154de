"""Identifiers and their check digits, on real ones and on every slip of one character."""

import pytest

from untoc_network.values.identifier import RETIRED, Identifier, IdentifierScheme

ROR = [
    "006e48x19",
    "0081b9a48",
    "00bq9ww16",
    "00dfyw498",
    "00pw7tr34",
    "00rh7nd14",
    "00sekdz59",
    "013appg07",
    "019hmhw75",
    "01a47wy11",
    "01dhcyx48",
    "01h900f45",
    "01k6q3j92",
    "01zza8h42",
    "023e0em87",
    "023kmfd49",
    "0274ppf08",
    "029xb4124",
    "02ftyb663",
    "02g55s665",
    "032y1vy20",
    "037x9qj67",
    "03f8k6a86",
    "03q5xa910",
    "03r81z761",
    "03ve5gp11",
    "03xe4tt38",
    "04g2rbh88",
    "052gyqs21",
    "057x2fe53",
]
ISNI = ["0000000121032683", "000000012146438X", "0000000121514068"]
LEI = ["5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55", "HWUPKR0MPOU8FGXBT394"]


def sound(scheme, value):
    return Identifier(scheme=IdentifierScheme(scheme), value=value).is_sound


def slips(value, letters):
    """The value with one character replaced by another."""
    return (
        value[:place] + letter + value[place + 1 :]
        for place in range(len(value))
        for letter in letters
        if letter != value[place]
    )


@pytest.mark.parametrize("value", ROR)
def test_a_real_ror_id_is_sound_and_no_slip_of_one_character_is(value):
    assert sound("ror", value)
    assert not any(sound("ror", slip) for slip in slips(value, "0123456789abcdefghjkmnpqrstvwxyzilou"))


@pytest.mark.parametrize("value", ISNI)
def test_a_real_isni_is_sound_and_no_slip_of_one_character_is(value):
    assert sound("isni", value)
    assert not any(sound("isni", slip) for slip in slips(value, "0123456789X"))


@pytest.mark.parametrize("value", LEI)
def test_a_real_lei_is_sound_and_no_slip_of_a_digit_or_letter_for_its_like_is(value):
    assert sound("lei", value)
    alike = (
        slip for slip in slips(value, "0123456789AMZ") if list(map(str.isdigit, slip)) == list(map(str.isdigit, value))
    )
    assert not any(sound("lei", slip) for slip in alike)


@pytest.mark.parametrize(
    ("scheme", "right", "wrong"),
    [
        ("ror", [], ["", "https://ror.org/006e48x19", "006E48X19", "006e48x19\n", "106e48x19"]),
        ("isni", [], ["", "0000 0001 2103 2683", "000000012146438x", "0000000121032683 "]),
        ("lei", [], ["", "5493001kjtiigc8y1r12", "5493001KJTIIGC8Y1R1"]),
        ("wikidata", ["Q1", "Q106577"], ["", "Q0", "q1", "P31", "Q1\n", "Q1234567890123"]),
        ("grid", ["grid.5335.0", "grid.10025.3f"], ["", "grid.5335", "GRID.5335.0"]),
        ("org-id", ["XA-REG:900123", "XB-CHC:1 2"], ["", "XA-REG", "xa-reg:1", "XA-REG:"]),
        ("other", ["x", "list:value"], ["", "a" * 201, "a\nb"]),
    ],
)
def test_an_identifier_has_the_form_of_its_scheme(scheme, right, wrong):
    assert [value for value in right if not sound(scheme, value)] == []
    assert [value for value in wrong if sound(scheme, value)] == []


def test_form_and_check_digits_are_two_things():
    slip = Identifier(scheme=IdentifierScheme.ROR, value="006e48x18")
    assert slip.is_well_formed
    assert not slip.is_sound


def test_a_retired_scheme_has_its_successor():
    assert RETIRED == {"grid": "ror"}
