"""Workbooks: what could fill the memory in any part of one, and what hangs on cells beside their values."""

import io
import tracemalloc
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.serializers.member_lists import xlsx_preflight

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def workbook(fill=lambda sheet: None, **parts):
    """A workbook of two members, with what is filled into its sheet and put before the end of each part."""
    book = openpyxl.Workbook()
    book.active.append(["Name", "Website"])
    book.active.append(["Casa", "https://casa.example.org"])
    fill(book.active)
    written, made = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as plain, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in plain.namelist():
            body, end, rest = plain.read(name).decode().rpartition("</")
            archive.writestr(name, body + parts.pop(name, "") + end + rest)
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def said(data, **limits):
    report = un.import_bytes(data, limits=un.Limits(**limits)).report
    return [f"{found.code} {found.message}" for found in report if found.severity is not un.Severity.INFO]


# -- what could fill the memory ------------------------------------------------------------------------------------------

TREES = "its styles, names and properties have more than 2,000 elements"
MANY = 2_100
SMALL = {"max_rows": 200, "max_cells": 250, "max_columns": 100}

BOMBS = {
    "styles": ({"xl/styles.xml": "<cellXfs>" + "<xf/>" * MANY + "</cellXfs>"}, TREES),
    "styles with attributes": ({"xl/styles.xml": '<xf a="" b="" c="" d="" e="" f="" g="" h=""/>' * 1_050}, TREES),
    "fonts": ({"xl/styles.xml": "<fonts>" + "<font/>" * MANY + "</fonts>"}, TREES),
    "borders": ({"xl/styles.xml": "<borders>" + "<border/>" * MANY + "</borders>"}, TREES),
    "number formats": ({"xl/styles.xml": '<numFmts><numFmt numFmtId="200" formatCode="0"/></numFmts>' * MANY}, TREES),
    "named styles": ({"xl/styles.xml": '<cellStyles><cellStyle name="n" xfId="0"/></cellStyles>' * MANY}, TREES),
    "differential styles": ({"xl/styles.xml": "<dxfs>" + "<dxf/>" * MANY + "</dxfs>"}, TREES),
    "colours": ({"xl/styles.xml": '<rgbColor rgb="00000000"/>' * MANY}, TREES),
    "unknown elements of styles": ({"xl/styles.xml": "<a/>" * MANY}, TREES),
    "defined names": ({"xl/workbook.xml": '<definedNames><definedName name="n">A</definedName></definedNames>' * MANY}, TREES),
    "views": ({"xl/workbook.xml": "<bookViews>" + "<workbookView/>" * MANY + "</bookViews>"}, TREES),
    "sheets": ({"xl/workbook.xml": '<sheet name="S" sheetId="9"/>' * 1_001}, "it has more than 1,000 sheets"),
    "content types": ({"[Content_Types].xml": '<Override PartName="/x" ContentType="a"/>' * MANY}, TREES),
    "default types": ({"[Content_Types].xml": '<Default Extension="x" ContentType="a"/>' * MANY}, TREES),
    "relationships of the workbook": ({"xl/_rels/workbook.xml.rels": '<Relationship Id="q" Type="a" Target="x"/>' * MANY}, TREES),
    "relationships of the archive": ({"_rels/.rels": '<Relationship Id="q" Type="a" Target="x"/>' * MANY}, TREES),
    "relationships of a sheet": (
        {"xl/worksheets/_rels/sheet1.xml.rels": f'<R xmlns="{RELATIONS}">' + "<Relationship/>" * MANY + "</R>"}, TREES),
    "properties": ({"docProps/core.xml": "<a/>" * MANY}, TREES),
    "own properties": ({"docProps/custom.xml": "<a>" + "<property/>" * MANY + "</a>"}, TREES),
    "rules of formats": ({"xl/worksheets/sheet1.xml": '<cfRule type="expression"/>' * MANY}, TREES),
    "validations": ({"xl/worksheets/sheet1.xml": '<dataValidation sqref="A1"/>' * MANY}, TREES),
    "columns": ({"xl/worksheets/sheet1.xml": "<col/>" * MANY}, TREES),
    "breaks": ({"xl/worksheets/sheet1.xml": "<rowBreaks>" + "<brk/>" * MANY + "</rowBreaks>"}, TREES),
    "a sheet that is the workbook too": (
        {"[Content_Types].xml": '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="x.sheet.main+xml"/>',
         "xl/worksheets/sheet1.xml": "<a/>" * MANY}, TREES),
    "a sheet that is a chart too": (
        {"xl/_rels/workbook.xml.rels": '<Relationship Id="q" Type="a/chartsheet" Target="worksheets/sheet1.xml"/>',
         "xl/worksheets/sheet1.xml": "<a/>" * MANY}, TREES),
    "strings": ({"xl/sharedStrings.xml": f'<s xmlns="{MAIN}">' + "<si/>" * 251 + "</s>"}, "it has more than 250 texts"),
    "pieces of a string": (
        {"xl/sharedStrings.xml": f'<s xmlns="{MAIN}"><si>' + "<r/>" * 2_300 + "</si></s>"}, "a row has more than 2,200 elements"),
    "comments": ({"xl/comments/comment1.xml": f'<c xmlns="{MAIN}">' + "<comment/>" * 2_300 + "</c>"}, "a row has more than 2,200 elements"),
    "drawings": ({"xl/drawings/drawing1.xml": "<d>" + "<a/>" * 2_300 + "</d>"}, "a row has more than 2,200 elements"),
    "rows of any part": ({"any.xml": f'<d xmlns="{MAIN}">' + "<row/>" * 201 + "</d>"}, "it has more than 200 rows"),
    "an element of many attributes": (
        {"xl/styles.xml": "<x " + " ".join(f'a{n}=""' for n in range(150_000)) + "/>"},
        "a text or an element in it is longer than 1,048,576 bytes"),
    "a long text": ({"xl/styles.xml": "<x>" + "a" * 1_200_000 + "</x>"}, "a text or an element in it is longer than 1,048,576 bytes"),
    "a long string": (
        {"xl/sharedStrings.xml": "<s><si><t>" + "a" * 1_200_000 + "</t></si></s>"},
        "a text or an element in it is longer than 1,048,576 bytes"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOMBS)
def test_what_would_fill_the_memory_in_any_part_is_one_line_before_a_tree_is_built(kind, monkeypatch):
    parts, problem = BOMBS[kind]
    data = workbook(**parts)
    monkeypatch.setattr(openpyxl, "load_workbook", None)
    monkeypatch.setattr(xlsx_preflight, "_MOST_IN_TREES", 2_000)
    assert said(data, **SMALL) == [f"IM002 the sheet exceeds a limit: {problem}"]


def test_all_parts_together_have_a_limit(monkeypatch):
    monkeypatch.setattr(xlsx_preflight, "_MOST_BESIDE", 0)
    parts = {f"p{number}.xml": f'<d xmlns="{MAIN}">' + "<a/>" * 30 + "</d>" for number in range(20)}
    limit = "its parts have more than 320 elements"
    assert said(workbook(**parts), max_cells=20) == [f"IM002 the sheet exceeds a limit: {limit}"]


def test_an_archive_of_many_parts_is_refused():
    data = workbook(**{f"p{number}": "" for number in range(5_000)})
    assert said(data) == ["IM002 the sheet exceeds a limit: it has more than 5,000 parts"]


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl/styles.xml", "<cellXfs>" + "<xf/>" * 4_000 + "</cellXfs>"),
        ("xl/worksheets/sheet1.xml", '<dataValidation sqref="A1"/>' * 4_000),
        ("xl/_rels/workbook.xml.rels", '<Relationship Id="q" Type="a" Target="x"/>' * 4_000),
    ],
)
def test_a_tenth_of_what_is_allowed_takes_a_tenth_of_the_memory(part, text):
    data = workbook(**{part: text})
    said(workbook())
    tracemalloc.start()
    assert said(data) == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("count", [40_001, 150_000])
def test_a_hundred_thousand_styles_are_refused_by_the_limit_that_holds(count):
    data = workbook(**{"xl/styles.xml": "<xf/>" * count})
    assert said(data) == [f"IM002 the sheet exceeds a limit: {TREES.replace('2,000', '40,000')}"]


def test_many_sheets_that_are_one_part_are_not_read_again_and_again():
    def fill(sheet):
        sheet["A90"] = None
        sheet.delete_rows(1, 2)
        for row in range(1, 90):
            sheet.cell(row, 1).number_format = "0.00"

    names = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = "".join(f'<sheet xmlns:r="{names}" name="s{n}" sheetId="{n + 2}" r:id="rId1"/>' for n in range(5))
    plain = workbook(fill)
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(b"</sheets>", more.encode() + b"</sheets>"))
    assert said(data.getvalue(), max_rows=100) == ["IM002 the sheet exceeds a limit: it has more than 100 rows"]


# -- links and comments --------------------------------------------------------------------------------------------------

LEFT = "IM018 column A has links that are not imported (1 cell)"
KEPT = "IM018 column A has links to addresses that its cells do not show; they are kept in its field or in the notes (1 cell)"


@pytest.mark.parametrize(
    ("cell", "text", "link"),
    [
        ("B2", "https://casa.example.org", "https://casa.example.org/"),
        ("B2", "casa.example.org", "https://casa.example.org"),
        ("A2", "a@example.org", "mailto:a@example.org"),
        ("A2", "A@example.org", "MAILTO:a@example.org"),
        ("B2", "https://casa.example.org/a", "http://casa.example.org/a"),
    ],
)
def test_a_link_that_says_what_its_cell_does_is_no_matter(cell, text, link):
    def fill(sheet):
        sheet[cell] = text
        sheet[cell].hyperlink = link

    assert said(workbook(fill)) == []


@pytest.mark.parametrize(
    ("link", "told"),
    [
        *(("https://other.example.org", KEPT), ("mailto:ana@example.org", KEPT), ("javascript:alert(1)", LEFT)),
        *(("file:///etc/passwd", LEFT), ("#S!A1", LEFT)),
    ],
)
def test_a_link_that_its_cell_does_not_show_is_told_by_its_column_and_never_shown(link, told):
    def fill(sheet):
        sheet["A2"].hyperlink = link

    assert said(workbook(fill)) == [told]


def test_links_and_comments_are_counted_for_each_column_and_stand_at_the_first():
    def fill(sheet):
        for row in range(3, 8):
            sheet.append([f"Casa {row}", "https://a.example.org"])
            sheet.cell(row, 1).hyperlink = f"https://c{row}.example.org"
            sheet.cell(row, 2).comment = Comment("se fue en 2020, llamar a Ana Pérez", "Ana Pérez")
        sheet["C2"].comment = Comment("nada", "X")

    came = un.import_bytes(workbook(fill), file="m.xlsx")
    report = came.report
    told = [(one.line, one.column, one.message) for one in report if one.code == "IM018"]
    assert sorted(told) == [
        (2, 3, "column C has comments that are not imported (1 cell)"),
        (3, 1, f"{KEPT.removeprefix('IM018 ').removesuffix('1 cell)')}5 cells)"),
        (3, 2, "column B has comments, which are kept in the notes (5 cells)"),
    ]
    (house,) = (one for one in came.register.organizations if one.id == "casa-3")
    assert [(note.heading, note.text) for note in house.notes] == [
        ("Name", "https://c3.example.org"),
        ("Website", "se fue en 2020, llamar a Ana Pérez"),
    ]
    assert "Ana" not in str(report.findings)


def test_threaded_comments_are_told_once_with_their_old_copies():
    def fill(sheet):
        sheet["A2"].comment = Comment("x", "y")

    plain = workbook(fill)
    threaded = '<T xmlns="u"><threadedComment ref="A2"/><threadedComment ref="A2"/><threadedComment ref="?"/></T>'
    relation = '<Relationship Id="q" Type="t" Target="/xl/threadedComments/t.xml"/>'
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        name = next(name for name in archive.namelist() if name.endswith("sheet1.xml.rels"))
    data = workbook(fill, **{name: relation, "xl/threadedComments/t.xml": threaded})
    assert said(data) == ["IM018 column A has comments that are not imported (1 cell)"]


def test_threaded_comments_say_what_their_old_copies_do_not():
    def fill(sheet):
        sheet["A2"].comment = Comment("[Threaded comment] of another program", "y")

    plain = workbook(fill)
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        name = next(name for name in archive.namelist() if name.endswith("sheet1.xml.rels"))
    texts = "".join(
        f'<threadedComment ref="A2"><text>{text}</text></threadedComment>' for text in ("se fue", "en 2020")
    )
    relation = '<Relationship Id="q" Type="t" Target="/xl/threadedComments/t.xml"/>'
    parts = {name: relation, "xl/threadedComments/t.xml": f'<T xmlns="u">{texts}</T>'}
    (house,) = un.import_bytes(workbook(fill, **parts)).register.organizations
    assert [note.text for note in house.notes] == ["se fue\nen 2020"]


def test_comments_that_are_too_long_together_are_told_without_what_they_say(monkeypatch):
    monkeypatch.setattr(xlsx_preflight, "_MOST_LETTERS", 10)

    def fill(sheet):
        sheet["A2"].comment = Comment("corto", "y")
        sheet["B2"].comment = Comment("mucho m\u00e1s largo", "y")

    came = un.import_bytes(workbook(fill))
    assert [note.text for note in came.register.organizations[0].notes] == ["corto"]
    assert [one.message for one in came.report if one.code == "IM018"] == [
        "column A has comments, which are kept in the notes (1 cell)",
        "column B has comments that are not imported (1 cell)",
    ]


def test_what_hangs_on_other_cells_is_told_and_on_empty_cells_of_members_kept():
    def fill(sheet):
        sheet.append(["Mesa"])
        sheet.append([None, None, None, "x"])
        sheet["B1"].comment = Comment("de quien", "y")
        sheet["B3"].comment = Comment("sin sitio", "y")
        sheet["C3"].comment = Comment("sin columna", "y")
        sheet["A4"].comment = Comment("sin nombre", "y")

    came = un.import_bytes(workbook(fill))
    assert [note.text for body in came.register.organizations for note in body.notes] == ["sin sitio"]
    assert [(one.line, one.column) for one in came.report if one.code == "IM018"] == [(1, 2), (3, 2), (3, 3), (4, 1)]
    ignored = un.member_lists.SheetMapping(columns={"Name": "name", "Website": "ignore"})
    assert not un.import_bytes(workbook(fill), mapping=ignored).register.organizations[1].notes
    refused = un.import_bytes(workbook(fill), mapping=un.member_lists.SheetMapping(header_row=9))
    assert [one.code for one in refused.report] == ["IM003", *["IM018"] * 3]


@pytest.mark.parametrize(("links", "comments"), [(30, 0), (0, 30), (15, 15)])
def test_links_and_comments_have_a_limit(links, comments):
    sheet = '<hyperlink ref="A2"/>' * links
    beside = f'<c xmlns="{MAIN}">' + '<comment ref="A2"/>' * comments + "</c>"
    data = workbook(**{"xl/worksheets/sheet1.xml": sheet, "xl/comments/comment1.xml": beside})
    limit = "it has more than 20 links and comments"
    assert said(data, max_cells=20) == [f"IM002 the sheet exceeds a limit: {limit}"]


def test_a_link_to_no_cell_is_passed_over():
    assert said(workbook(**{"xl/worksheets/sheet1.xml": '<hyperlink ref="?"/>'})) == []


def test_the_command_tells_a_bomb_in_one_line(tmp_path, capsys):
    (tmp_path / "m.xlsx").write_bytes(workbook(**{"xl/styles.xml": "<xf/>" * 41_000}))
    assert main(["import", str(tmp_path / "m.xlsx")]) == 2
    out = capsys.readouterr()
    assert "more than 40,000 elements" in out.out + out.err
