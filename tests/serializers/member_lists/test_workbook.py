"""Workbooks as they are shown: which sheet is the list, what formats say, what is hidden or struck out."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import untoc_network as un
from untoc_network.serializers.member_lists.shown_values import show_value

HEAD, ROW = ("Nombre", "País"), ("Casa Abierta", "Perú")


def write(fill):
    book = openpyxl.Workbook()
    book.remove(book.active)
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_sheets(*sheets):
    def fill(book):
        for title, rows, *state in sheets:
            page = book.create_sheet(title)
            page.sheet_state = "".join(state) or "visible"
            for row in rows:
                page.append(row)

    return write(fill)


def imported(data, **more):
    return un.import_bytes(data, file="m.xlsx", mapping=un.member_lists.SheetMapping(**more))


def said(came):
    told = [f"{one.code} {one.message}" for one in came.report if one.code in ("IM010", "IM015", "IM023", "IM024")]
    return sorted(told)


def names(came):
    return [name for body in came.register.organizations for name in body.name.values()]


LIST = ("Directorio", [HEAD, ROW])
OPTIONS = ("Listas", [("ONG",), ("Red",)])
COVER = ("Portada", [("Oficina de la red",), ("2024",)])


@pytest.mark.parametrize(
    "sheets",
    [
        (COVER, LIST),
        ((*OPTIONS, "hidden"), LIST),
        (("Viejo", [HEAD, ("Casa Cerrada", "Perú")], "hidden"), LIST),
        (("Viejo", [HEAD, ("Casa Cerrada", "Perú")], "veryHidden"), COVER, LIST),
        (OPTIONS, LIST),
    ],
)
def test_the_first_sheet_that_looks_like_a_list_is_read_and_told(sheets):
    came = imported(with_sheets(*sheets))
    assert names(came) == ["Casa Abierta"]
    left = sorted(f"IM015 the sheet '{title}' of the workbook is not imported" for title, *_ in sheets[:-1])
    assert said(came) == ["IM010 Directorio: this sheet is taken as the one that holds the list", *left]


def test_of_two_lists_the_first_is_read_and_the_mapping_decides():
    data = with_sheets(LIST, ("Antiguos", [HEAD, ("Casa Cerrada", "Perú")]))
    assert said(imported(data)) == ["IM015 the sheet 'Antiguos' of the workbook is not imported"]
    came = imported(data, sheet="Antiguos")
    assert names(came) == ["Casa Cerrada"]
    assert said(came) == ["IM015 the sheet 'Directorio' of the workbook is not imported"]


def test_a_hidden_sheet_is_read_where_no_other_has_content_and_that_is_told():
    came = imported(with_sheets(("Vacía", []), (*LIST, "hidden")))
    assert names(came) == ["Casa Abierta"]
    assert said(came) == ["IM010 Directorio: the sheet is hidden; it is read, since no other has content"]


def test_a_mapping_of_columns_tells_the_sheet_too():
    data = with_sheets(COVER, ("Datos", [("Kurz", "Lang"), ("Casa", "algo")]))
    assert names(imported(data, columns={"Kurz": "name", "Lang": "note"})) == ["Casa"]


def test_a_workbook_without_content_is_one_finding():
    assert imported(with_sheets(("Vacía", []))).register is None


def test_rows_that_are_struck_out_are_told_and_hidden_ones_imported():
    def fill(book):
        page = book.create_sheet("Hoja")
        for row in (HEAD, ROW, ("Mesa Libre", "Chile"), ("Red del Río", "Brasil"), ("Punto", "Perú", "algo")):
            page.append(row)
        for cell in page[3]:
            cell.font = Font(strike=True)
        page["A5"].font = Font(strike=True)
        page.row_dimensions[4].hidden = True

    came = imported(write(fill))
    assert {*names(came)} == {"Casa Abierta", "Red del Río", "Punto"}
    assert said(came) == [
        "IM023 row 3 is struck out and is not imported (2 cells)",
        "IM024 the sheet has hidden rows, which are imported (1 row)",
    ]
    assert [(fate.row, fate.what) for fate in came.cells if fate.row == 3] == [(3, "IM023"), (3, "IM023")]


def shown(value, number_format, epoch=None):
    def fill(book):
        if epoch:
            book.epoch = epoch
        page = book.create_sheet("Hoja")
        page.append(("Nombre", "Clave interna"))
        page.append(("Casa", value))
        page["B2"].number_format = number_format

    return [note.text for body in imported(write(fill)).register.organizations for note in body.notes]


APRIL = dt.datetime(2012, 4, 1)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (APRIL, "mmm-yy", "2012-04"),
        (APRIL, "mmmm yyyy", "2012-04"),
        (APRIL, "[$-C0A]mmmm\\ \\d\\e yyyy", "2012-04"),
        (APRIL, "yyyy", "2012"),
        (APRIL, "d-mmm", "1 April"),
        (APRIL, "dd/mm/yyyy", "2012-04-01"),
        (APRIL, '"Mes: "mm/yy;@', "2012-04"),
        (dt.datetime(2012, 4, 1, 9, 30), "dd/mm/yyyy hh:mm", "2012-04-01 09:30:00"),
        (dt.datetime(2012, 4, 1), "dd/mm/yyyy hh:mm", "2012-04-01"),
        (dt.time(9, 30), "hh:mm", "09:30:00"),
        (1234567, "00000000", "01234567"),
        (123456789, "000-000-000", "123-456-789"),
        (1234567, "(##) 00000", "(12) 34567"),
        (1234567890123, "000-000", "1234567890123"[:7] + "890-123"),
        (5, "(##) 00000", "00005"),
        (-5, "000", "-5"),
        (5, "0", "5"),
        (0.5, "00", "0.5"),
        (0.45, "0%", "45%"),
        (0.1255, "0.00%", "12.55%"),
        (0.1 + 0.2, "General", "0.3"),
        (12.0, "General", "12"),
        (12.5, "#,##0.00", "12.5"),
        (True, "General", "True"),
    ],
)
@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_a_cell_is_what_it_shows(value, number_format, text, epoch):
    assert shown(value, number_format, epoch) == [text]


def test_a_day_without_a_time_is_shown_as_one():
    assert show_value(dt.date(2012, 4, 1), "mm/yy") == "2012-04"


def change_styles(data, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as written:
        for part in archive.infolist():
            content = archive.read(part)
            written.writestr(part, change(content) if part.filename == "xl/styles.xml" else content)
    return out.getvalue()


def test_fills_that_openpyxl_cannot_read_do_not_refuse_a_list():
    def fill(book):
        page = book.create_sheet("Hoja")
        page.append(("Nombre", "Fundada"))
        page.append(("Casa", APRIL))
        page["B2"].number_format = "mmm-yy"

    def empty(styles):
        return styles.replace(b"<fill><patternFill /></fill>", b"<fill></fill>").replace(
            b"<fill><patternFill/></fill>", b"<fill></fill>"
        )

    data = change_styles(write(fill), empty)
    came = imported(data)
    assert str(came.register.organizations[0].founded) == "2012-04"


def test_styles_that_are_no_xml_are_a_damaged_workbook():
    came = imported(change_styles(with_sheets(LIST), lambda _: b"<styleSheet"))
    assert [one.code for one in came.report] == ["IM001"]
