"""HTML that is called `.xls`: its tables are lists, within limits, and nothing of it is run."""

import pytest
from hypothesis import given, strategies as st

import untoc_network as un

USUAL = un.Limits()

LIST = "<tr><th>Nombre<th>Pa&iacute;s</tr><tr><td>Casa<br>Abierta</td><td>Per\u00fa</td></tr>"


def imported(html, limits=USUAL, **more):
    return un.import_bytes(html.encode(), file="m.xls", limits=limits, mapping=un.member_lists.SheetMapping(**more))


def cells(html, columns=("Nombre",)):
    came = imported(html)
    return [(fate.row, fate.column) for fate in came.cells]


def names(came):
    return [name for body in came.register.organizations for name in body.name.values()]


@pytest.mark.parametrize(
    "html",
    [
        f"<table>{LIST}</table>",
        f"<html><head><style>td {{color: red}}</style></head><body><table>{LIST}</table></body></html>",
        f"\ufeff<!DOCTYPE html><script>alert(1)</script><table>{LIST}",
        f"<html><table>{LIST.replace('</td>', '').replace('</tr>', '')}</table>",
        f"<table><tr><td>Oficina de la red</table></s>x<table>{LIST}</table>",
    ],
)
def test_a_table_is_a_list(html):
    assert [name.replace("\n", " ") for name in names(imported(html))] == ["Casa Abierta"]


def test_cells_that_reach_over_others_are_merged():
    html = (
        "<table><tr><td>Nombre<td>Pa\u00eds<td>Nota interna<tr><td rowspan=2>Casa Abierta<td>Per\u00fa<td>uno"
        "<tr><td>Chile<td colspan=2>dos</table>"
    )
    came = imported(html)
    assert names(came) == ["Casa Abierta"]
    assert {(fate.row, fate.column) for fate in came.cells} == {
        (1, 1),
        (1, 2),
        (1, 3),
        *((2, at) for at in (1, 2, 3)),
        (3, 2),
        (3, 3),
    }


def test_struck_rows_formulas_and_tables_within_cells_are_told():
    html = (
        "<table><tr><td>Nombre<td>Ciudad<tr><td><s>Mesa</s><td><del>Lima</del><tr><td>Casa Abierta<td>=1+1"
        "<tr><td>Red Sol<td><table><tr><td>Ica</table></table>"
    )
    came = imported(html)
    assert names(came) == ["Casa Abierta", "Red Sol"]
    assert {"IM005", "IM023"} <= {one.code for one in came.report}


@pytest.mark.parametrize(
    ("html", "limits", "problem"),
    [
        ("<table>" + "<tr>" * 30, un.Limits(max_rows=20), "it has more than 20 rows"),
        ("<table><tr>" + "<td>a" * 30, un.Limits(max_columns=20), "it has more than 20 columns"),
        (
            "<table><tr>" + "<td colspan=900 rowspan=99999>a" * 9,
            un.Limits(),
            "its merged cells reach over more than 250,000 cells",
        ),
        ("<table><tr><td>" + "a" * 99, un.Limits(max_cell_characters=20), "it has more than 20 characters in one cell"),
        ("<table></table>" * 1001, un.Limits(), "it has more than 1,000 sheets"),
    ],
)
def test_a_table_keeps_to_the_limits(html, limits, problem):
    assert [one.message for one in imported(html, limits).report] == [f"the sheet exceeds a limit: {problem}"]


@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "</table>",
                "<tr>",
                "</tr>",
                "<td>",
                "</td>",
                "<td colspan=x>",
                "a",
                "<s>",
                "<!--",
                "<script>",
                "</script>",
                "<p>",
            ]
        )
    )
)
def test_any_html_is_read_or_told(parts):
    assert imported("<table>" + "".join(parts)).report is not None


def test_links_and_struck_cells_are_kept_or_told():
    html = (
        "<table><tr><th>Nombre<th>Correo<th>Pa\u00eds</tr>"
        "<tr><td><a href='https://casa.example.org'>Casa</a><td><a href='mailto:info@example.org'>escribir</a>"
        "<td><s>Per\u00fa</s></tr><tr><td><a name='x'>Mesa</a><td><a href='mailto:hola@example.org'>hola@example.org</a>"
        "<td>Chile<td></td></tr></table>"
    )
    came = imported(html)
    house, table = came.register.organizations
    assert [one.value for one in house.contacts] == ["info@example.org"]
    assert ("Nombre", "https://casa.example.org") in [(note.heading, note.text) for note in house.notes]
    assert not table.notes
    assert [(one.line, one.column) for one in came.report if one.code == "IM018"] == [(2, 1), (2, 2), (2, 3)]
