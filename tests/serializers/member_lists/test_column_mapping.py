"""A mapping as TOML: written, read back, refused with a reason."""

import pytest
from hypothesis import given, strategies as st

import untoc_network as un
from untoc_network.serializers.member_lists.column_mapping import FIELDS
from untoc_network.serializers.member_lists.sheet_reading import Cell, Sheet
from untoc_network.serializers.member_lists.table import find_table

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


@given(
    st.dictionaries(TEXTS, st.sampled_from([*FIELDS, "person2.name", "person9.email"]), max_size=6),
    st.sampled_from([None, "dmy", "mdy", "ymd"]),
    st.sampled_from(["und", "es"]),
    st.sampled_from([None, "red-de-ejemplo"]),
    st.none() | TEXTS,
    st.none() | st.integers(1, 99),
)
def test_what_is_written_is_read_back(tmp_path_factory, columns, dates, language, network, sheet, header_row):
    mapping = un.member_lists.SheetMapping(
        columns=columns, dates=dates, language=language, network=network, sheet=sheet, header_row=header_row
    )
    path = tmp_path_factory.mktemp("m") / "mapping.toml"
    un.member_lists.write_mapping(mapping, path)
    assert un.member_lists.load_mapping(path) == mapping


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[columns", "the file is not TOML: "),
        ("\udcff", "the file is not TOML: "),
        ('kolumns = "x"', "there is no key 'kolumns'; did you mean 'columns'?"),
        (
            'xyz = "x"',
            "there is no key 'xyz'; there are: columns, words, constants, dates, language, network, network_name, event, event_name, event_date, event_kind, sheet, encoding, list, of, header_row",
        ),
        ("columns = 1", "columns must be a table from headers to fields"),
        ("words = 1", "words must be a table from headers to fields"),
        ('[columns]\n"A" = "contry"', "the column 'A': no field 'contry'; did you mean 'country'?"),
        ('[columns]\n"A" = 1', "the column 'A': no field 1; there are: name, "),
        ('dates = "dym"', "dates must be one of dmy, mdy, ymd"),
        ('language = "Spanish"', "language must be a language tag such as es"),
        ('network = "Red 1"', "network must be the id of a network"),
        ('event = "The Meeting"', "event must be the id of an event"),
        ('event_name = " "', "event_name must be the name of the event"),
        (
            'event_date = "2024-13"',
            "event_date must be a date such as 2024-03-05 or 2024-03, or the first and the last",
        ),
        ('event_date = "2024-03-07/2024-03-05"', "event_date must be a date"),
        ('event_date = "2024-03-05/2024-03-06/2024-03-07"', "event_date must be a date"),
        ('event_date = "2024-03-05/"', "event_date must be a date"),
        ("event_date = 2024", "event_date must be a date"),
        ('event_kind = "party"', "event_kind must be one of regional-consultation, consultation, "),
        ("sheet = 1", "sheet must be the name of a sheet"),
        ('encoding = "rot13"', "encoding must be an encoding such as utf-8, cp1252 or mac_roman"),
        ('encoding = "idna"', "encoding must be an encoding such as utf-8, cp1252 or mac_roman"),
        ('encoding = "latin-99"', "encoding must be an encoding such as utf-8, cp1252 or mac_roman"),
        ("encoding = 1", "encoding must be an encoding such as utf-8, cp1252 or mac_roman"),
        ('of = "people"', "of must be one of organizations, contacts, persons, participants"),
        ("header_row = 0", "header_row must be a row, from 1"),
        ("header_row = true", "header_row must be a row, from 1"),
        ("[" + "a." * 5_000 + "a]", "the file is nested more than 16 levels deep"),
        ("[columns]\n" + "".join(f"h{n} = 'note'\n" for n in range(10_001)), "the file has more than 10,000 values"),
        (f"[columns]\n'{'x' * 900}' = 'y'", f"the column '{'x' * 120}…': no field 'y'; there are: "),
        (f"[columns]\nx = '{'y' * 900}'", f"the column 'x': no field '{'y' * 120}…'; there are: "),
        ("[columns]\nx = {y = 1}", "the column 'x': no field {'y': 1}; there are: "),
        (f"# {'x' * 2**20}", "the file is larger than 1,048,576 bytes"),
    ],
)
def test_a_mapping_with_a_mistake_is_refused_with_the_remedy(tmp_path, text, problem):
    path = tmp_path / "mapping.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(un.UnusableConfiguration) as refused:
        un.member_lists.load_mapping(path)
    assert str(refused.value).startswith(f"{path}: {problem}")


def test_headers_of_a_mapping_match_whatever_their_case_and_accents():
    mapping = un.member_lists.SheetMapping(columns={"País": "country", "PAIS": "note", "Nombre": "name"})
    assert str(mapping.target("PAIS")) == "note"
    assert str(mapping.target("pais:")) == "country"
    assert mapping.target("Door") is None


def test_a_mapping_of_nothing_is_written_without_columns():
    assert un.member_lists.SheetMapping().to_toml().endswith('\n\nlanguage = "und"\n\n[columns]\n')


@pytest.mark.parametrize(
    ("columns", "of", "kind"),
    [
        ({"A": "name", "B": "person.name"}, None, "organizations"),
        ({"A": "person.given_name", "B": "person2.family_name"}, None, "persons"),
        ({"A": "name", "B": "person.name"}, "contacts", "contacts"),
    ],
)
def test_what_a_list_is_of_is_said_by_the_mapping_or_by_the_fields_it_names(columns, of, kind):
    sheet = Sheet(rows={1: (Cell(1, 1, "A"), Cell(1, 2, "B")), 2: (Cell(2, 1, "Refuge"), Cell(2, 2, "Ana"))})
    table = find_table(sheet, un.member_lists.SheetMapping(columns=columns, of=of, header_row=1))
    assert table.of == kind


def test_a_list_is_of_nothing_else():
    with pytest.raises(un.ImpossibleValue, match="'people': a list is of one of organizations, contacts"):
        un.member_lists.SheetMapping(of="people")


def test_words_of_an_office_are_known_in_addition(tmp_path):
    mapping = un.member_lists.SheetMapping(
        words={"Peña": "name", "Barra": "note", "Correo 2 del vocal": "person2.email"}
    )
    un.member_lists.write_mapping(mapping, tmp_path / "m.toml")
    assert un.member_lists.load_mapping(tmp_path / "m.toml") == mapping
    text = "Lista\nBarra;PEÑA:;País\nx;Casa Abierta;Peru\n"
    came = un.import_bytes(text.encode(), mapping=mapping)
    assert came.mapping.columns == {"Barra": "note", "PEÑA:": "name", "País": "country"}
    assert [body.name["und"] for body in came.register.organizations] == ["Casa Abierta"]
