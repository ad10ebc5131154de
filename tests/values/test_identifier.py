"""Identifiers and their check digits, on real ones and on every slip of one character."""

import pytest

import untoc_network as un
from untoc_network.values.identifier import RETIRED, Identifier, IdentifierScheme, to_own_form

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


PUBLISHED = {
    ("ror", "05dxps055"): [
        "https://ror.org/05dxps055", "http://ror.org/05dxps055", "ror.org/05dxps055", "https://ror.org/05dxps055/",
        "https://www.ror.org/05dxps055", "HTTPS://ROR.ORG/05DXPS055", "05DXPS055", " 05dxps055 ", "ror:05dxps055",
        "ROR: 05dxps055", "https://ror.org/05dxps055?x=1", "https://ror.org/05dxps055#top", "\u200b05dxps055\ufeff",
    ],
    ("isni", "0000000121032683"): [
        "0000 0001 2103 2683", "0000-0001-2103-2683", "https://isni.org/isni/0000000121032683", "isni:0000000121032683",
        "http://www.isni.org/isni/0000000121032683", "https://isni.org/0000000121032683", "ISNI 0000 0001 2103 2683",
        "ISNI: 0000 0001 2103 2683", "0000\u00a00001\u00a02103\u00a02683", "0000\u20100001\u20102103\u20102683",
    ],
    ("isni", "000000029534656X"): ["000000029534656x", "0000 0002 9534 656x", "https://isni.org/isni/000000029534656x"],
    ("lei", "5493001KJTIIGC8Y1R12"): [
        "5493001kjtiigc8y1r12", "5493 001K JTII GC8Y 1R12", "LEI: 5493001KJTIIGC8Y1R12", "lei:5493001kjtiigc8y1r12",
        "https://lei.info/5493001KJTIIGC8Y1R12", "https://www.gleif.org/lei/5493001KJTIIGC8Y1R12",
        "https://search.gleif.org/#/record/5493001KJTIIGC8Y1R12", "https://search.gleif.org/#/record/5493001KJTIIGC8Y1R12/x",
    ],
    ("wikidata", "Q42"): [
        "https://www.wikidata.org/wiki/Q42", "http://www.wikidata.org/entity/Q42", "https://wikidata.org/wiki/Q42",
        "https://m.wikidata.org/wiki/Q42", "q42", "wd:Q42", "wikidata:Q42", "https://www.wikidata.org/wiki/Q42#sitelinks",
        "https://www.wikidata.org/wiki/Q42?uselang=es", "www.wikidata.org/wiki/Q42",
    ],
    ("grid", "grid.1234.5"): ["https://www.grid.ac/institutes/grid.1234.5", "GRID.1234.5", "grid:grid.1234.5"],
    ("org-id", "CO-RUE:900123"): ["co-rue:900123", "CO-RUE-900123", "CO-RUE: 900123", " CO-RUE:900123"],
}  # fmt: skip
FORMS = [(scheme, own, form) for (scheme, own), forms in PUBLISHED.items() for form in (own, *forms)]


@pytest.mark.parametrize(("scheme", "own", "form"), FORMS)
def test_a_published_form_leads_to_the_own_form_and_the_rule_says_what_to_write(scheme, own, form):
    assert to_own_form(IdentifierScheme(scheme), form) == own
    held = un.Identifier(scheme=IdentifierScheme(scheme), value=form)
    body = un.Organization(id="a", kind=un.OrganizationKind.NGO, name=un.Text(en="A"), identifiers=(held,))
    found = [one for one in un.validate(un.Register(organizations=(body,)), on="2026-01-01") if one.code == "SH004"]
    assert [one.hint for one in found] == ([] if held.is_sound else [f"write '{own}'"])


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("ror", "https://ror.org/05dxps056"),
        ("ror", "https://evil.example/05dxps055"),
        ("ror", "https://ror.org/"),
        ("ror", ""),
        ("isni", "0000 0001 2103 2684"),
        ("isni", "https://orcid.org/0000-0001-2103-268"),
        ("lei", "5493001KJTIIGC8Y1R13"),
        ("wikidata", "https://www.wikidata.org/wiki/Property:P31"),
        ("wikidata", "https://en.wikipedia.org/wiki/Q42"),
        ("wikidata", "Q"),
        ("org-id", "900123"),
    ],
)
def test_what_is_no_published_form_leads_to_none_and_the_rule_sends_back_to_the_register(scheme, text):
    assert to_own_form(IdentifierScheme(scheme), text) is None


def test_lists_and_popolo_files_bring_the_own_form():
    listed = un.import_bytes(b"Name;ISNI\nCasa;0000 0001 2103 2683\n", mapping=un.member_lists.SheetMapping(columns={"Name": "name", "ISNI": "identifier"}))  # fmt: skip
    assert [one.value for one in listed.register.organizations[0].identifiers] == ["0000000121032683"]
    popolo = b'{"organizations":[{"id":"a","name":"A","identifiers":[{"scheme":"ror","identifier":"https://ror.org/05dxps055"},{"scheme":"ror","identifier":"x"}]}]}'
    read = un.exchange.read_data(popolo, "popolo")[0]
    assert [one.value for one in read.organizations[0].identifiers] == ["05dxps055", "x"]
