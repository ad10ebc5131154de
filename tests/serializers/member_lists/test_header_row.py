"""Which row names the columns: never one that holds values."""

import pytest

import untoc_network as un
from untoc_network.serializers.member_lists.header_row import are_headers, find_groups, find_header_row
from untoc_network.serializers.member_lists.sheet_reading import Cell, MergedRange, Sheet


def sheet(*rows, merged=()):
    return Sheet(
        rows={
            number: tuple(Cell(number, at, text) for at, text in enumerate(row.split(";"), 1) if text)
            for number, row in enumerate(rows, 1)
            if row
        },
        merged=merged,
    )


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["Org;Mail;Note", "Casa Abierta;info@example.org;;x", "Mesa;hola@example.org;x;y"], 1),
        (["Miembros de la red", "Nombre;País", "Casa;Perú"], 2),
        (["Organización", "Casa Abierta"], 1),
        (["organization_name;Zzz;Yyy", "Casa;1;2"], 1),
        (["Casa Abierta;info@example.org", "Mesa;hola@example.org"], None),
        (["Casa Abierta;Perú", "Mesa Libre;Chile"], None),
        (["Wer;Wo", "Casa Abierta;Perú"], 1),
        (["Nombre;País", "Casa;Perú", "", "Nombre;Ciudad;Correo;Teléfono", "Mesa;Lima;x;y"], 1),
        (["Nombre;País", "", "Nombre;Ciudad;Correo;Teléfono", "Mesa;Lima;x;y"], 3),
        (["Wer", "Wo"], None),
        (["Instancias", "Casa Abierta", "Mesa Libre", "Qwertz"], 1),
        (["Casa Abierta", "Mesa Libre", "Red del Río"], None),
        (["Instancias", "Qwertz", "Asdf"], None),
        (["Instancias"], None),
        (["Wer;Wo;Was;Wann", "Casa;Lima;x;y", "TOTAL;1"], 1),
        (["Wer;Wo;Was;2024", "Casa;Lima;x;y"], 1),
        (["Casa;Perú;Sí;x", "Mesa;Chile;No;y"], None),
        (["Wer;Wer", "Casa;Mesa"], 2),
        ([], None),
    ],
)
def test_the_row_that_says_most_of_columns_is_the_header(rows, found):
    assert find_header_row(sheet(*rows)) == found


@pytest.mark.parametrize(
    ("row", "surely"),
    [
        *(("Organización;País", True), ("Nombre;País;Motivo", True), ("Organisation;Focal point;E-mail", True)),
        *(("NGO;Street 2;Casa", False), ("Fundación;Street 4;Lima;x;y", False), ("Nombre;info@example.org", False)),
        *(("Nombre;Notas", False), ("Nombre", False), ("a;b;País;Nombre;c", False)),
    ],
)
def test_a_row_is_surely_one_of_headers_where_most_of_it_can_be_nothing_else(row, surely):
    assert are_headers(sheet(row).rows[1], un.member_lists.SheetMapping()) == surely


def test_with_a_mapping_the_row_with_most_of_its_headers_is_the_header():
    mapping = un.member_lists.SheetMapping(columns={"wer.de": "name", "Wo": "city"})
    assert find_header_row(sheet("Liste;Wo", "wer.de;Wo", "Casa;Lima"), mapping) == 2
    assert find_header_row(sheet("Liste;Ort"), mapping) is None


def test_groups_reach_to_the_next_one_or_as_far_as_they_are_merged():
    assert find_groups(sheet("Organización;;Contacto;", "a;b;c;d"), 2, [1, 2, 3, 4]) == {
        **dict.fromkeys((1, 2), "Organización"),
        **dict.fromkeys((3, 4), "Contacto"),
    }
    merged = (MergedRange(1, 2, 1, 3),)
    assert find_groups(sheet(";Contacto;;", "a;b;c;d", merged=merged), 2, [1, 2, 3, 4]) == {
        2: "Contacto",
        3: "Contacto",
    }


@pytest.mark.parametrize(
    "above", ["Organizaciones de la red", "Organización", "Miembros;2024", "Contacto;info@example.org", ""]
)
def test_a_title_is_no_group(above):
    assert find_groups(sheet(above, "a;b"), 2, [1, 2]) == {}
