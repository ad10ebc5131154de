"""Cells out of bytes: encodings, delimiters, quotes, workbooks, and what is refused with one clear line."""

import io
import sys
import zipfile

import openpyxl
import pytest
from tests.profiles import portion

import untoc_network as un
from untoc_network.diagnostics.errors import UnreadableInput
from untoc_network.serializers.member_lists.column_mapping import FIELDS
from untoc_network.serializers.member_lists.delimited_text import find_delimiter
from untoc_network.serializers.member_lists.sheet_files import read_cells
from untoc_network.serializers.member_lists.sheet_reading import column_letters

USUAL = un.Limits()


def cells(data, limits=USUAL, **more):
    sheet, _ = read_cells(data, file=None, limits=limits, mapping=un.member_lists.SheetMapping(**more))
    return {cell.position: cell.text for row in sheet.rows.values() for cell in row}, sheet


def said(data, limits=USUAL, **more):
    return [
        f"{finding.code} {finding.message}"
        for finding in read_cells(data, file="f", limits=limits, mapping=un.member_lists.SheetMapping(**more))[
            0
        ].findings
    ]


def workbook(fill):
    book = openpyxl.Workbook()
    fill(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


# -- CSV -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_with_or_without_mark_is_read_without_a_word(encoding):
    found, sheet = cells("Nombre;País\nÑandú;XA".encode(encoding))
    assert found == {(1, 1): "Nombre", (1, 2): "País", (2, 1): "Ñandú", (2, 2): "XA"}
    assert sheet.findings == ()


def test_utf_16_in_the_other_order_is_read():
    assert cells(b"\xfe\xff" + "Ñ;b".encode("utf-16-be"))[0] == {(1, 1): "Ñ", (1, 2): "b"}


def test_windows_1252_is_read_where_utf_8_fails_and_that_is_told():
    data = "Nombre;País\nÑandú – “x”;XA".encode("cp1252")
    assert cells(data)[0][2, 1] == "Ñandú – “x”"
    assert said(data) == ["IM010 f: the file is not UTF-8; it is read as Windows-1252 (cp1252)"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (
            b"Name;Country\nRef\x00uge;XA",
            "IM001 the sheet cannot be read: the file is not a text: it has characters that no text has (NUL)",
        ),
        (b'  {"persons": [{"name": "Ana"}]}', "IM001 the sheet cannot be read: the file is JSON, which has no rows"),
        (b"[\n [1, 2]]", "IM001 the sheet cannot be read: the file is JSON, which has no rows"),
        (
            b"\xb0\x81\xf0\xb1\x81\xdb",
            "IM001 the sheet cannot be read: nothing tells in which encoding the file was saved",
        ),
        (
            b"\xd0\xcf\x11\xe0rest",
            "IM001 the sheet cannot be read: the workbook has the old format .xls, or is encrypted",
        ),
        (b"PK\x03\x04broken", "IM001 the sheet cannot be read: the workbook is damaged, or the file is not a workbook"),
    ],
)
def test_what_is_no_sheet_is_one_clear_line(data, problem):
    assert said(data) == [problem]
    imported = un.import_bytes(data)
    assert imported.register is None
    assert imported.report.findings[0].hint


@pytest.mark.parametrize(
    ("text", "delimiter", "certain"),
    [
        ("a;b;c\n1;2;3", ";", True),
        ("a,b\n1,2", ",", True),
        ("a\tb\n1\t2", "\t", True),
        ("alone\nbelow", ",", True),
        ("", ",", True),
        ("a;b\nx, y;z\nv, w;u\nt;s", ";", True),
        ("a,b;c", ";", False),
        ('"x;y",b\n"z;u;v",c\nd,e', ",", True),
        ("Title, and more\na;b;c\n1;2;3", ";", True),
        ('"a\n,"";b";c\n"d\n,";e\n"f\n,";g', ";", True),
        ("sep=,\na;b;c", ",", True),
        ("sep=x\na;b\nc;d", ";", True),
        ("a|b, c\nd|e\nf|g", "|", False),
        ("a^b\nc^d", "^", False),
        ("a~b\nc~d", "~", False),
        ("a\x1fb\nc\x1fd", "\x1f", False),
        ("a,b\nc,x|y\nd,v|w", ",", True),
        ('"a|b",c\n"d|e",f', ",", True),
    ],
)
def test_the_delimiter_is_the_mark_that_divides_the_lines_most_evenly(text, delimiter, certain):
    assert find_delimiter(text) == (delimiter, certain)


@pytest.mark.parametrize(("delimiter", "mark"), [*((mark, mark) for mark in "|~^¦"), ("\x1f", "U+001F")])
def test_any_delimiter_divides_and_an_unusual_one_is_told(delimiter, mark):
    data = f'Name{delimiter}Country\n"Casa {delimiter} Mesa"{delimiter}XA\n'.encode()
    assert cells(data)[0] == {(1, 1): "Name", (1, 2): "Country", (2, 1): f"Casa {delimiter} Mesa", (2, 2): "XA"}
    assert said(data) == [f"IM010 f: the character '{mark}' is taken as the separator of the columns"]


def test_a_delimiter_that_could_be_another_is_told():
    assert said(b"Name,x;Country") == ["IM010 f: the semicolon is taken as the separator of the columns"]


def test_rows_count_as_in_a_spreadsheet():
    text = 'sep=;\nName;Note\n\n"two\nlines";"say ""yes"""\r\nlast;'
    assert cells(text.encode())[0] == {
        (2, 1): "Name",
        (2, 2): "Note",
        (4, 1): "two\nlines",
        (4, 2): 'say "yes"',
        (5, 1): "last",
    }


def test_quotes_that_do_not_balance_are_kept_as_they_stand_and_told():
    data = b'Name;City\n"The "Door" A.C.;Port\n"open;Port\n'
    assert cells(data)[0][2, 1] == '"The "Door" A.C.'
    assert cells(data)[0][3, 1] == '"open'
    guess = "a quotation mark is missing; the text is taken as it stands, up to the next separator"
    assert said(data) == [f"IM010 A2: {guess}", f"IM010 A3: {guess}"]


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        ({"max_rows": 2}, "more than 2 rows"),
        ({"max_columns": 1}, "more than 1 columns"),
        ({"max_cells": 3}, "more than 3 cells"),
        ({"max_cell_characters": 3}, "more than 3 characters in one cell"),
        ({"max_bytes": 5}, "more than 5 bytes"),
    ],
)
def test_beyond_a_limit_nothing_is_read_and_the_limit_is_named(limits, problem):
    data = b"Name;City\nRefuge;Port\nSchool;Port\n"
    assert said(data, un.Limits(**limits)) == [f"IM002 the sheet exceeds a limit: it has {problem}"]
    assert un.import_bytes(data, limits=un.Limits(**limits)).register is None


def test_many_columns_and_one_huge_cell_are_refused():
    assert said(b";".join([b"x"] * 16_384)) == ["IM002 the sheet exceeds a limit: it has more than 1,000 columns"]
    assert said(b"x" * 200_000) == ["IM002 the sheet exceeds a limit: it has more than 100,000 characters in one cell"]


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (16_384, "XFD")])
def test_columns_have_the_letters_of_spreadsheets(column, letters):
    assert column_letters(column) == letters


# -- XLSX ------------------------------------------------------------------------------------------------------------


def typical(book):
    import datetime as dt

    page = book.active
    page.title = "Miembros 1"
    page.append(["Nombre", "Fundación", "Miembros", "Activo", "Total", "Hora"])
    page.append([" Refugio ", dt.date(2022, 3, 28), 3.0, True, "=SUM(C2)", dt.datetime(2022, 3, 28, 9, 30)])
    page.append([None, 1e20, 1.5, "  ", "#REF!", dt.time(9, 30)])
    page["E3"].data_type = "e"
    book.create_sheet("Bajas").append(["Nombre"])
    book.create_sheet("Vacía")


def test_the_cells_of_a_workbook_are_read_as_text():
    found, sheet = cells(workbook(typical))
    assert [found[2, column] for column in range(1, 7)] == [
        "Refugio",
        "2022-03-28",
        "3",
        "True",
        "=SUM(C2)",
        "2022-03-28 09:30:00",
    ]
    assert (found[3, 3], found[3, 6], (3, 4) in found) == ("1.5", "09:30:00", False)
    assert found[3, 2] == "1" + 20 * "0"
    assert [cell.kind.value for cell in (*sheet.rows[2], *sheet.rows[3]) if cell.column == 5] == [
        "formula",
        "failed",
    ]
    assert sheet.reference(2, 5) == "'Miembros 1'!E2"


def test_the_first_sheet_with_content_is_read_or_the_one_that_is_named():
    assert said(workbook(typical)) == ["IM015 the sheet 'Bajas' of the workbook is not imported"]
    found, sheet = cells(workbook(typical), sheet="Bajas")
    assert (found, sheet.name) == ({(1, 1): "Nombre"}, "Bajas")
    assert cells(workbook(typical), sheet="Vacía")[0] == {}
    assert cells(workbook(lambda book: None))[0] == {}


def test_a_sheet_that_is_not_there_is_a_bad_call():
    with pytest.raises(UnreadableInput) as refused:
        un.import_bytes(workbook(typical), file="m.xlsx", mapping=un.member_lists.SheetMapping(sheet="Altas"))
    assert str(refused.value) == "m.xlsx: no sheet is called 'Altas'; the sheets are: 'Miembros 1', 'Bajas', 'Vacía'"


def test_a_second_sheet_beyond_the_limits_is_told_as_any_other():
    def fill(book):
        book.active.append(["Nombre"])
        book.create_sheet("Wide").append([""] * 5 + ["x"])

    assert said(workbook(fill), un.Limits(max_columns=3)) == ["IM015 the sheet 'Wide' of the workbook is not imported"]


def test_a_cell_in_the_last_row_and_column_is_refused_without_filling_the_memory():
    def fill(book):
        book.active["A1"] = "Nombre"
        book.active["XFD1048576"] = "x"

    assert said(workbook(fill)) == ["IM002 the sheet exceeds a limit: it has more than 200,000 rows"]


def bomb(size):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * size)
    return written.getvalue()


def test_what_unpacks_to_more_than_the_limit_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(openpyxl, "load_workbook", None)
    assert said(bomb(100_000), un.Limits(max_inflated=99_999)) == [
        "IM002 the sheet exceeds a limit: it unpacks to more than 99,999 bytes"
    ]


def test_an_archive_that_is_no_workbook_is_one_clear_line():
    assert said(bomb(10)) == ["IM001 the sheet cannot be read: the workbook is damaged, or the file is not a workbook"]


def test_a_workbook_whose_sheet_is_damaged_is_one_clear_line():
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(typical))) as whole, zipfile.ZipFile(written, "w") as broken:
        for part in whole.infolist():
            data = whole.read(part)
            broken.writestr(part, data[:400] if part.filename.endswith("sheet1.xml") else data)
    assert said(written.getvalue()) == [
        "IM001 the sheet cannot be read: the workbook is damaged, or the file is not a workbook"
    ]


def test_without_openpyxl_the_way_to_install_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(un.MissingExtra) as refused:
        un.import_bytes(workbook_bytes)
    assert str(refused.value) == (
        'to read .xlsx, openpyxl is needed: pip install "untoc-network[xlsx]", or export the sheet as CSV'
    )


workbook_bytes = workbook(typical)


def test_merged_cells_are_known():
    def fill(book):
        book.active.append(["Nombre", "Correo"])
        book.active.merge_cells("B1:AC1")
        book.active.merge_cells("A2:A4")

    _, sheet = cells(workbook(fill))
    assert [(one.top, one.left, one.bottom, one.right) for one in sheet.merged] == [(2, 1, 4, 1), (1, 2, 1, 29)]


# -- what could fill the memory --------------------------------------------------------------------------------------


def archive_of(text):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", text)
    return written.getvalue()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<s xmlns='u'><row>" + "<c/>" * 71 + "</row></s>", "a row has more than 70 elements"),
        ("<s xmlns='u'>" + "<row/>" * 11 + "</s>", "it has more than 10 rows"),
        ("<s xmlns='u'>" + "<si><t/></si>" * 21 + "</s>", "it has more than 20 texts"),
        ("<s xmlns='u'>" + "<mergeCell/>" * 11 + "</s>", "it has more than 10 merged ranges"),
        ("<s xmlns='u'><mergeCell ref='A1:A40'/></s>", "its merged cells reach over more than 20 cells"),
    ],
)
def test_a_part_that_would_make_too_large_a_tree_is_refused(text, problem):
    limits = un.Limits(max_rows=10, max_columns=3, max_cells=20)
    assert said(archive_of(text), limits) == [f"IM002 the sheet exceeds a limit: {problem}"]


def test_fifteen_million_empty_cells_in_one_row_are_refused_before_a_tree_is_built(monkeypatch):
    monkeypatch.setattr(openpyxl, "load_workbook", None)
    data = archive_of("<s xmlns='u'><row>" + "<c/>" * 15_000_000 + "</row></s>")
    assert len(data) < 100_000
    assert said(data) == ["IM002 the sheet exceeds a limit: a row has more than 220,000 elements"]


def test_a_part_with_a_document_type_is_refused():
    text = "<!DOCTYPE s [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><s>&b;</s>"
    assert said(archive_of(text)) == [
        "IM001 the sheet cannot be read: the workbook is damaged, or the file is not a workbook"
    ]


def test_a_merged_range_that_is_none_is_passed_over():
    data = io.BytesIO(workbook_bytes)
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("more.xml", "<s xmlns='u'><mergeCell ref='x'/></s>")
    assert cells(data.getvalue())[1].merged == ()


BLANKS = portion(20_000)


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * BLANKS + "b",
        "a" + "\n " * BLANKS + "b",
        "a y " * BLANKS,
        "1 " * BLANKS,
        "a@" * BLANKS,
        "a.org " * BLANKS,
    ],
)
def test_long_cells_are_read_in_one_pass(text):
    fields = [field for field in FIELDS if field not in ("note", "ignore")]
    row = ";".join(["Refuge", *['"' + text + '"'] * len(fields)])
    mapping = un.member_lists.SheetMapping(columns={"Name": "name"} | {f"h{field}": field for field in fields})
    data = ";".join(["Name", *(f"h{field}" for field in fields)]) + "\n" + row
    limits = un.Limits(max_cell_characters=10**6)
    assert un.import_bytes(data.encode(), mapping=mapping, limits=limits).register is not None


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "text", ['"' + "a;" * 40_000, '"x;' + '""y;' * 20_000, '"' * 60_001, '"a""b;' * 20_000, '"a\n;' * 20_000]
)
def test_quotes_are_read_in_one_pass(text):
    assert find_delimiter(text)
    assert said(b"Name;Country\n" + text.encode())


@pytest.mark.parametrize("header", [b"Refuge;XA\n", b"Name;Country\n"])
def test_findings_are_capped_with_headers_and_without(header):
    report = un.import_bytes(header + b'"a;b\n' * 40, limits=un.Limits(max_findings=5)).report
    counts = [sum(one.severity is severity for one in report) for severity in un.Severity]
    assert max(counts) <= 6
    assert "IM031" in {one.code for one in report}


@pytest.mark.parametrize("name", ["'Ndrangheta", "'s-Hertogenbosch", "O'Neill"])
def test_the_apostrophe_of_a_name_in_a_list_stays(name):
    register = un.import_bytes(f"Name;Country\n{name};XA\n".encode()).register
    assert register.organizations[0].name.best() == name
