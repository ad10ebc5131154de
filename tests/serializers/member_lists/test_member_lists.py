"""Whole lists: no cell is lost, whatever is in it, and the same list always gives the same register."""

import csv
import importlib.util
import io
import re
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.serializers.member_lists.column_mapping import FIELDS, NAMES
from untoc_network.serializers.structure.structuring import to_plain

WORD = re.compile(r"[A-Za-z0-9]+")
ROOT = Path(__file__).parents[3]
RAW = ROOT.parent / "shared" / "data"


def built():
    spec = importlib.util.spec_from_file_location("build_member_list", ROOT / "tools/build_member_list.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


SCRIPT = built()
MAPPING = un.member_lists.SheetMapping(language="es", dates="dmy", network="red-de-ejemplo")


@pytest.fixture(scope="module")
def spanish():
    """The Spanish list in both forms, each as its bytes and what became of them."""
    data = {"csv": SCRIPT.csv_bytes(), "xlsx": SCRIPT.xlsx_bytes()}
    return {name: (one, un.import_bytes(one, file=f"miembros.{name}", mapping=MAPPING)) for name, one in data.items()}


def cells_of_csv(data, encoding="utf-8", delimiter=";"):
    rows = csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter)
    return {(row, column) for row, cells in enumerate(rows, 1) for column, text in enumerate(cells, 1) if text.strip()}


def cells_of_workbook(data):
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return {(cell.row, cell.column) for row in page.iter_rows() for cell in row if cell.value is not None}


def texts_of_csv(data):
    rows = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=";")
    return {(row, column): text.strip() for row, cells in enumerate(rows, 1) for column, text in enumerate(cells, 1)}


VERBATIM = {
    "name",
    "city",
    "address",
    "acronym",
    "alias",
    "expertise",
    "email",
    "phone",
    "post",
    "person.name",
    "person.post",
}
"""Fields whose values are made of the very words of their cells."""


def assert_the_ledger_is_true(imported, texts):
    """What the ledger says is where it says: in the notes letter by letter, in a finding, or in the words of the records."""
    told = {(finding.code, finding.line) for finding in imported.report} | {finding.code for finding in imported.report}
    for cell in imported.cells:
        text = texts[cell.row, cell.column]
        if cell.place is un.member_lists.CellPlace.NOTE:
            assert un.Note(text=text, heading=cell.what) in imported.register[cell.record_id].notes
        elif cell.place is un.member_lists.CellPlace.FINDING:
            assert (cell.what, cell.row) in told or (cell.what in {"IM013", "IM022"} and cell.what in told)
        elif cell.place is un.member_lists.CellPlace.FIELD and cell.what in VERBATIM:
            said = words_of(imported.register, cell.record_id)
            assert {word for word in WORD.findall(text) if word not in {"y", "e", "and", "et"}} <= said


def words_of(register, record_id):
    """The words of a record and its persons; what a person without an organization shares a cell with, is one too."""
    is_alone = any(one.id == record_id for one in register.persons)
    persons = [one for one in register.persons if is_alone or one.id.startswith(f"{record_id}-contact-")]
    return {
        word
        for one in (register[record_id], *persons)
        for text in strings_in(to_plain(one))
        for word in WORD.findall(text)
    }


def strings_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings_in(item)


def places(imported):
    found = [(cell.row, cell.column) for cell in imported.cells]
    assert len(found) == len(set(found)), "a cell has one place"
    return set(found)


def texts_of(imported):
    """All notes of the register as (heading, text)."""
    return {
        (note.heading, note.text)
        for record in (*imported.register.organizations, *imported.register.persons)
        for note in record.notes
    }


def test_every_cell_of_the_spanish_list_in_csv_is_accounted_for(spanish):
    data, imported = spanish["csv"]
    assert places(imported) == cells_of_csv(data, "cp1252")
    assert len(imported.register.organizations) > 280
    assert {cell.place for cell in imported.cells} == {*un.member_lists.CellPlace}


def test_every_cell_of_the_spanish_list_as_a_workbook_is_accounted_for(spanish):
    data, imported = spanish["xlsx"]
    assert places(imported) == cells_of_workbook(data)
    assert len(imported.register.organizations) > 270
    assert [finding.message for finding in imported.report if finding.code == "IM015"] == [
        "the sheet 'Bajas' of the workbook is not imported"
    ]
    assert any(finding.message.startswith("Miembros!E10:E12: the cells are merged") for finding in imported.report)


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_what_the_ledger_says_of_the_spanish_list_is_true(name, spanish):
    _, imported = spanish[name]
    told = {(finding.code, finding.line) for finding in imported.report}
    headings = {heading for heading, _ in texts_of(imported)}
    for cell in imported.cells:
        if cell.place is un.member_lists.CellPlace.FINDING:
            assert (cell.what, cell.row) in told
        elif cell.place is un.member_lists.CellPlace.NOTE:
            notes = imported.register[cell.record_id].notes
            assert cell.what in {note.heading for note in notes} <= headings


def test_the_spanish_list_has_every_mess_and_each_is_told(spanish):
    data, imported = spanish["csv"]
    codes = Counter(finding.code for finding in imported.report)
    assert {"IM004", "IM005", "IM006", "IM007", "IM008", "IM010", "IM012", "IM017"} <= codes.keys()
    undated = un.import_bytes(data, file="miembros.csv")
    assert "IM016" in {finding.code for finding in undated.report}
    assert "dates-dmy" in {dict(finding.params).get("guess") for finding in undated.report}


def test_no_personal_value_is_in_any_message(spanish):
    _, imported = spanish["csv"]
    said = " ".join(f"{finding.message} {finding.hint} {dict(finding.params)}" for finding in imported.report)
    assert "@" not in said
    assert "Persona 1" not in said
    assert "6000" not in said


def test_contacts_come_without_consent_and_the_rules_say_so(spanish):
    _, imported = spanish["csv"]
    contacts = [
        contact
        for record in (*imported.register.organizations, *imported.register.persons)
        for contact in record.contacts
    ]
    assert contacts
    assert not any(contact.consents for contact in contacts)
    report = un.validate(imported.register)
    assert {finding.code for finding in report.errors} == {"RF002", "SH013"}, "the network is not in the list"
    assert sum(finding.code == "SH013" for finding in report) > 100


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_the_same_list_gives_the_same_bytes_and_changes_nothing(name, spanish):
    data, once = spanish[name]
    twice = un.import_bytes(data, file=f"miembros.{name}", mapping=MAPPING, existing=once.register)
    assert un.dumps(once.register) == un.dumps(twice.register)
    assert twice.changes == ()
    assert un.loads(un.dumps(once.register)) == once.register


def test_the_suggested_mapping_gives_the_same_register(spanish):
    data, recognised = spanish["csv"]
    mapped = un.import_bytes(data, file="miembros.csv", mapping=recognised.mapping)
    assert mapped.register == recognised.register
    assert not {finding.code for finding in mapped.report} & {"IM007", "IM017"}


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw tables are not beside the repository")
def test_the_organizations_of_the_sample_import_with_a_mapping_and_no_cell_is_lost():
    columns = {"name": "name", "other_names": "alias", "langs": "note", "iso2": "country", "admin1": "note"}
    mapping = un.member_lists.SheetMapping(
        columns=columns | {"source_id": "identifier", "city": "city", "established": "founded", "types": "kind"}
    )
    path = RAW / "ngos_sample.csv"
    imported = un.import_sheet(path, mapping=mapping)
    assert imported.report.ok
    assert len(imported.register.organizations) == 2367
    assert places(imported) == cells_of_csv(path.read_bytes(), delimiter=",")
    assert all(one.seat.country for one in imported.register.organizations)


# -- conservation on any sheet ---------------------------------------------------------------------------------------

HEADERS = st.sampled_from(
    [
        *SCRIPT.HEADER,
        "Nombre",
        "name.en",
        "Name (English)",
        "Kind",
        "Contacto 2",
        "Correo contacto 2",
        "Género",
        "",
        "?",
        "Otra cosa",
    ]
)
TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "",
            "x",
            "=1+1",
            "Panamá",
            "trata; género",
            "03/04/2022",
            "a@example.org, b@example.org",
            "Uno Dos y Tres Cuatro",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
)
MAPPINGS = st.sampled_from(
    [un.member_lists.SheetMapping(), MAPPING, un.member_lists.SheetMapping(header_row=1, dates="mdy")]
)


def as_csv(rows):
    written = io.StringIO()
    csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return written.getvalue().encode()


@tries(300)
@given(st.lists(HEADERS, min_size=1, max_size=8), st.lists(st.lists(TEXTS, max_size=9), max_size=8), MAPPINGS)
def test_each_cell_of_any_sheet_has_one_place(headers, rows, mapping):
    data = as_csv([["Nombre", *headers], *rows])
    imported = un.import_bytes(data, file="any.csv", mapping=mapping)
    assert places(imported) == cells_of_csv(data)
    if imported.register is not None:
        assert_the_ledger_is_true(imported, texts_of_csv(data))
    if imported.register is None:
        assert {cell.place for cell in imported.cells} == {un.member_lists.CellPlace.FINDING}
        return
    assert un.loads(un.dumps(imported.register)) == imported.register
    again = un.import_bytes(data, file="any.csv", mapping=mapping, existing=imported.register)
    assert (again.register, again.changes) == (imported.register, ())


@tries(300)
@given(st.binary(max_size=300), MAPPINGS)
def test_any_bytes_are_imported_or_refused_with_a_finding(data, mapping):
    imported = un.import_bytes(data, mapping=mapping)
    assert imported.register is not None or not imported.report.ok


@tries(200)
@given(st.text(st.sampled_from('";,\n\r \tab=ñ'), max_size=40))
def test_quotes_that_do_not_balance_lose_no_letter(text):
    imported = un.import_bytes(
        f"sep=;\nNombre;Otra;Más\n{text}".encode(), mapping=un.member_lists.SheetMapping(header_row=2)
    )
    made = (*imported.register.organizations, *imported.register.persons)
    kept = "".join(note.text for one in made for note in one.notes) + "".join(str(one.name) for one in made)
    fates = Counter(cell.place for cell in imported.cells)
    if not fates[un.member_lists.CellPlace.FINDING]:
        assert Counter(kept)["ñ"] == Counter(text)["ñ"]
        assert Counter(kept)["a"] == Counter(text)["a"]


@tries(100)
@given(
    st.lists(st.sampled_from([*FIELDS]), max_size=9),
    st.sampled_from(["Zqx Wvy", "zqx@example.org", "+507 6000 1234", "=zqx"]),
    st.sampled_from(["", ";", " y ", ": "]),
)
def test_what_a_cell_holds_is_in_no_message(fields, secret, mark):
    columns = {"Organization": "name"} | {
        f"H{number}": field for number, field in enumerate(fields) if field not in NAMES
    }
    rows = [[*columns], ["Refuge", *[f"{secret}{mark}{secret}"] * (len(columns) - 1)]]
    imported = un.import_bytes(as_csv(rows), mapping=un.member_lists.SheetMapping(columns=columns, network="red"))
    said = " ".join(f"{finding.message} {finding.hint} {dict(finding.params)}" for finding in imported.report)
    assert not [word for word in ("qx", "Wvy", "@", "6000") if word in said]
