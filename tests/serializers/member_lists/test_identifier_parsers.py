"""Identifiers in cells: as registers print them, and numbers of states, where they are a body's."""

import pytest
from hypothesis import given, strategies as st

from untoc_network.serializers.member_lists.cell_parsers import choose_field_parser


def read(text, header="Identifier"):
    parsed = choose_field_parser("identifier", header).parse(text, None)
    return [f"{one.scheme} {one.value}" for one in parsed.values], parsed.is_complete, parsed.guess


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("GB-CHC-202918", "org-id GB-CHC:202918"),
        ("gb-chc-202918", "org-id GB-CHC:202918"),
        ("XM-DAC-41116", "org-id XM-DAC:41116"),
        ("CO-RUE:900123", "org-id CO-RUE:900123"),
        ("0000 0001 2181 8870", "isni 0000000121818870"),
        ("https://isni.org/isni/0000000121032683", "isni 0000000121032683"),
        ("0000-0001-2181-8870", "isni 0000000121818870"),
        ("https://ror.org/031jcsp55/", "ror 031jcsp55"),
        ("ror.org/031JCSP55", "ror 031jcsp55"),
        ("http://www.wikidata.org/entity/Q42", "wikidata Q42"),
        ("q42", "wikidata Q42"),
        ("5493001kjtiigc8y1r12", "lei 5493001KJTIIGC8Y1R12"),
    ],
)
def test_forms_that_registers_print(text, identifier):
    assert read(text) == ([identifier], True, None)


@pytest.mark.parametrize(
    ("text", "header", "identifier"),
    [
        ("899.999.063-3", "Identifier", "org-id CO-NIT:899999063"),
        ("NIT 899999063-3", "Identifier", "org-id CO-NIT:899999063"),
        ("N.I.T.: 8999990633", "Identifier", None),
        ("8999990633", "NIT", "org-id CO-NIT:899999063"),
        ("8999990633", "Identifier", None),
        ("RUC: 20512333797", "Identifier", "org-id PE-RUC:20512333797"),
        ("20512333797", "N.º de RUC", "org-id PE-RUC:20512333797"),
        ("J99216582", "CIF", "org-id ES-NIF:J99216582"),
        ("501964843", "NIF", "org-id PT-NIPPC:501964843"),
        ("53-0196605", "EIN", "org-id US-EIN:530196605"),
        ("11222333000181", "CNPJ", "org-id BR-CNPJ:11222333000181"),
        ("W751212517", "Identifier", "other RNA:W751212517"),
        ("76086428-5", "RUT", "org-id CL-RUT:760864285"),
        ("202918", "Identifier", None),
    ],
)
def test_a_number_of_a_state_by_what_it_is_called(text, header, identifier):
    found = read(text, header)
    assert found == (([identifier], True, "national-number") if identifier else ([], False, None))


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("529.982.247-25", "Identifier"),
        ("52998224725", "CPF/CNPJ"),
        ("12345678-5", "RUT"),
        ("12345678Z", "NIF"),
        ("123456789", "NIF"),
        ("123456785", "RUT"),
        ("10054148289", "RUC"),
        ("123-45-6789", "Tax id"),
    ],
)
def test_a_number_of_a_person_is_no_identifier_and_the_finding_says_so(text, header):
    parsed = choose_field_parser("identifier", header).parse(text, None)
    assert (parsed.values, parsed.is_complete, parsed.remedy) == ((), False, "number-of-person")


def test_several_in_a_cell():
    assert read("Q42; 899.999.063-3; x") == (["wikidata Q42", "org-id CO-NIT:899999063"], False, "national-number")


@given(st.text(alphabet="0123456789.-/ NITRUCKQ;:", max_size=40), st.sampled_from(["NIT", "RUC", "EIN", "Identifier"]))
def test_no_identifier_is_made_up(text, header):
    plain = "".join(filter(str.isalnum, text))
    for one in choose_field_parser("identifier", header).parse(text, None).values:
        assert "".join(filter(str.isdigit, one.value)) in plain
        assert one.is_sound
