"""Sheets of OpenDocument: what they show, how often, and what is refused."""

import io
import zipfile

import pytest

import untoc_network as un

USUAL = un.Limits()

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "table", "text", "style")
)
SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def document(tables, styles="", begin=""):
    content = (
        f"{begin}<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return archive(content)


def archive(content, name="content.xml"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        written.writestr("mimetype", TYPE)
        written.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def cell(text="", attributes=""):
    return f"<table:table-cell {attributes}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def row(*texts, attributes=""):
    cells = "".join(text if text.startswith("<") else cell(text) for text in texts)
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def table(*rows, name="Hoja", attributes=""):
    return f'<table:table table:name="{name}" {attributes}>{"".join(rows)}</table:table>'


def imported(data, limits=USUAL, **more):
    return un.import_bytes(data, file="m.ods", limits=limits, mapping=un.member_lists.SheetMapping(**more))


def names(came):
    return [name for body in came.register.organizations for name in body.name.values()]


HEAD = row("Nombre", "Pa\u00eds")


def test_the_sheet_with_the_list_is_read():
    hidden = '<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    tables = (
        table(row("Oficina de la red"), name="Portada"),
        table(HEAD, row("Casa Cerrada", "Chile"), name="Viejo", attributes='table:style-name="ta2"'),
        table(HEAD, row("Casa Abierta", "Per\u00fa")),
    )
    came = imported(document("<office:annotation><text:p>x</text:p></office:annotation>" + "".join(tables), hidden))
    assert names(came) == ["Casa Abierta"]
    assert [one.message for one in came.report if one.code in ("IM010", "IM015")] == [
        "Hoja: this sheet is taken as the one that holds the list",
        "the sheet 'Portada' of the workbook is not imported",
        "the sheet 'Viejo' of the workbook is not imported",
    ]
    assert names(imported(document("".join(tables), hidden), sheet="Viejo")) == ["Casa Cerrada"]


def test_empty_rows_and_cells_are_repeated_without_end():
    rows = (
        HEAD,
        row(cell(attributes='table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="100"'),
        row("Casa Abierta", cell("Per\u00fa"), cell(attributes='table:number-columns-repeated="16382"')),
        row(
            cell(attributes='table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1048473"'
        ),
    )
    came = imported(document(table(*rows)))
    assert {(fate.row, fate.column) for fate in came.cells} == {(1, 1), (1, 2), (102, 1), (102, 2)}


def test_cells_and_rows_with_content_are_there_as_often_as_they_say():
    rows = (
        row("Nombre", "Ciudad", "Sede"),
        row("Casa", cell("Lima", 'table:number-columns-repeated="2"'), attributes='table:number-rows-repeated="2"'),
    )
    came = imported(document(table(*rows)))
    assert len(came.cells) == 9


def test_what_hangs_on_a_repeated_row_or_cell_hangs_on_each():
    note = "<office:annotation><text:p>se fue</text:p></office:annotation>"
    link = '<text:a xlink:href="https://casa.example.org">Casa</text:a>'
    twice, two_columns = 'table:number-rows-repeated="2"', 'table:number-columns-repeated="2"'
    rows = (
        row("Nombre", "Notas", "Observaciones"),
        row("Casa", cell("x" + note, two_columns), attributes=twice),
        row(cell(link), cell("y"), attributes=twice),
        row(cell("Foro", 'table:style-name="out"'), attributes=twice),
    )
    style = '<style:style style:name="out"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    came = imported(document(table(*rows), style))
    told = sorted(one.message for one in came.report if one.code in ("IM018", "IM023"))
    assert told == [
        "column A has links to addresses that its cells do not show; they are kept in its field or in the notes (2 cells)",
        "column B has comments, which are kept in the notes (2 cells)",
        "column C has comments, which are kept in the notes (2 cells)",
        "row 6 is struck out and is not imported (1 cell)",
        "row 7 is struck out and is not imported (1 cell)",
    ]


def test_what_hangs_on_cells_that_are_repeated_counts_as_cells():
    note = "<office:annotation><text:p>se fue</text:p></office:annotation>" * 600
    data = document(table(HEAD, row(cell("Casa" + note), attributes='table:number-rows-repeated="900"')))
    assert [one.message for one in imported(data).report] == [
        "the sheet exceeds a limit: it has more than 250,000 cells"
    ]


def shown(text, attributes):
    rows = (row("Nombre", "Clave interna"), row("Casa Abierta", cell(text, attributes)))
    came = imported(document(table(*rows)))
    return [note.text for body in came.register.organizations for note in body.notes]


@pytest.mark.parametrize(
    ("text", "attributes", "wanted"),
    [
        ("abr-12", 'office:value-type="date" office:date-value="2012-04-01"', ["2012-04"]),
        ("2012", 'office:value-type="date" office:date-value="2012-04-01"', ["2012"]),
        ("01/04/12", 'office:value-type="date" office:date-value="2012-04-01"', ["2012-04-01"]),
        ("01/04/12 9:30", 'office:value-type="date" office:date-value="2012-04-01T09:30:00"', ["2012-04-01 09:30:00"]),
        ("01/04/12", 'office:value-type="date" office:date-value="2012-04-01T00:00:00"', ["2012-04-01"]),
        ("abril", 'office:value-type="date"', ["abril"]),
        ("01234567", 'office:value-type="float" office:value="1234567"', ["01234567"]),
        ("1.234,50", 'office:value-type="float" office:value="1234.5"', ["1234.5"]),
        ("45 %", 'office:value-type="percentage" office:value="0.45"', ["45 %"]),
        ("VERDADERO", 'office:value-type="boolean" office:boolean-value="true"', ["VERDADERO"]),
        ("", 'office:value-type="string" office:string-value="algo"', ["algo"]),
        ("a<text:s/>b<text:tab/>c<text:line-break/>d", "", ["a b c\nd"]),
        ("a<office:annotation><text:p>se fue</text:p></office:annotation>b", "", ["ab", "se fue"]),
        ("a<table:table><table:table-row><table:table-cell/></table:table-row></table:table>b", "", ["ab"]),
    ],
)
def test_a_cell_is_what_it_shows(text, attributes, wanted):
    assert shown(text, attributes) == wanted


def test_formulas_comments_merged_cells_and_hidden_rows_are_told():
    rows = (
        row("Nombre", "Pa\u00eds", "Clave"),
        row(
            cell("Casa", 'table:number-rows-spanned="2"'),
            cell("Per\u00fa<office:annotation/>"),
            cell("3", 'table:formula="of:=1+2"'),
        ),
        row("<table:covered-table-cell/>", "Chile", "x", attributes='table:visibility="filter"'),
    )
    came = imported(document(table(*rows)))
    assert names(came) == ["Casa"]
    assert {"IM005", "IM018", "IM024"} <= {one.code for one in came.report}


def test_comments_links_and_struck_cells_are_kept_or_told():
    struck = (
        '<style:style style:name="ce1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="ce2"><style:text-properties style:text-line-through-style="none"/></style:style>'
    )
    note = "<office:annotation><dc:creator>Ana</dc:creator><text:p>se fue</text:p><text:p>en 2020</text:p></office:annotation>"
    link = '<text:a xlink:href="https://casa.example.org">ver</text:a><text:a>nada</text:a>'
    rows = (
        row("Nombre", "Sitio web", "Pa\u00eds"),
        row(f"<table:table-cell>{note}<text:p>Casa</text:p></table:table-cell>", cell(link), "Per\u00fa"),
        row("Mesa", "https://mesa.example.org", cell("Chile", 'table:style-name="ce1"')),
        row(*(cell(text, 'table:style-name="ce1"') for text in ("Red", "https://red.example.org")), "Chile"),
        row(cell("Foro", 'table:style-name="ce2"'), "https://foro.example.org", "Chile"),
    )
    came = imported(document(table(*rows), struck))
    assert names(came) == ["Casa", "Foro", "Mesa"]
    house = came.register.organizations[0]
    assert [link.url for link in house.links] == ["https://casa.example.org"]
    assert [(note.heading, note.text) for note in house.notes] == [
        ("Sitio web", "vernada"),
        ("Nombre", "se fue\nen 2020"),
    ]
    assert [(one.line, one.column, one.message) for one in came.report if one.code in ("IM018", "IM023")] == [
        (2, 1, "column A has comments, which are kept in the notes (1 cell)"),
        (
            *(2, 2),
            "column B has links to addresses that its cells do not show; they are kept in its field or in the notes (1 cell)",
        ),
        (3, 3, "column C has text that is struck out, which is read as any other (1 cell)"),
        (4, 1, "row 4 is struck out and is not imported (3 cells)"),
    ]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "limits", "message"),
    [
        (
            document(table(HEAD), begin=BOMB),
            un.Limits(),
            "the sheet cannot be read: the workbook is damaged, or the file is not a workbook",
        ),
        (
            archive("<office", "content.xml"),
            un.Limits(),
            "the sheet cannot be read: the workbook is damaged, or the file is not a workbook",
        ),
        (
            archive("", "other.xml"),
            un.Limits(),
            "the sheet cannot be read: the workbook is damaged, or the file is not a workbook",
        ),
        (
            archive("<a>" * 99 + "</a>" * 99),
            un.Limits(),
            "the sheet cannot be read: the workbook is damaged, or the file is not a workbook",
        ),
        (
            archive("<a>" + " " * 9_000 + "</a>"),
            un.Limits(max_inflated=5_000),
            "the sheet exceeds a limit: it unpacks to more than 5,000 bytes",
        ),
        (document(table() * 1_001), un.Limits(), "the sheet exceeds a limit: it has more than 1,000 sheets"),
        (
            document(table(row("a", attributes='table:number-rows-repeated="9999999"'))),
            un.Limits(),
            "the sheet exceeds a limit: it has more than 200,000 rows",
        ),
        (
            document(table(row(cell("a", 'table:number-columns-repeated="9999999"')))),
            un.Limits(),
            "the sheet exceeds a limit: it has more than 1,000 columns",
        ),
        (
            document(
                table(
                    row(cell("a", 'table:number-columns-repeated="900"'), attributes='table:number-rows-repeated="900"')
                )
            ),
            un.Limits(),
            "the sheet exceeds a limit: it has more than 250,000 cells",
        ),
        (
            document(table(row(cell("a", 'table:number-columns-spanned="9999" table:number-rows-spanned="9999"')))),
            un.Limits(),
            "the sheet exceeds a limit: its merged cells reach over more than 250,000 cells",
        ),
        (
            document(table(row("a" * 99))),
            un.Limits(max_cell_characters=20),
            "the sheet exceeds a limit: it has more than 20 characters in one cell",
        ),
    ],
)
def test_what_would_fill_the_memory_is_one_clear_line(data, limits, message):
    assert [one.message for one in imported(data, limits).report] == [message]


def test_a_document_of_numbers_is_told_with_what_to_do():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        written.writestr("Index/Document.iwa", b"x")
    finding = imported(out.getvalue()).report.findings[0]
    assert finding.message == "the sheet cannot be read: the file is a document of Apple Numbers"
    assert finding.hint == "export the document as Excel (.xlsx) or as CSV, and import that"
