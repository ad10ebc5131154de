"""Rows below the headers that are about no member: none becomes one, and each is told."""

import pytest

import untoc_network as un
from untoc_network.serializers.member_lists.sheet_reading import CellPlace

HEAD = "Nombre;Correo;Miembros\n"
ROWS = "Casa Abierta;info@casa.example.org;10\nMesa Libre;info@mesa.example.org;20\n"


def imported(text, **more):
    return un.import_bytes(text.encode(), file="f.csv", mapping=un.member_lists.SheetMapping(**more))


def names(came):
    return [name for body in came.register.organizations for name in body.name.values()]


def codes(came):
    return [
        f"{one.code} {one.location.line}"
        for one in came.report
        if one.code in ("IM004", "IM012", "IM022", "IM023") and one.location
    ]


def notes(came):
    return {body.id: [(note.heading, note.text) for note in body.notes] for body in came.register.organizations}


@pytest.mark.parametrize(
    "row",
    [
        *(
            f"{word};;30"
            for word in ("TOTAL", "Suma", "Total general", "Sous-total", "Total geral", "Total miembros: 2")
        ),
        *(f"{word}: registro propio, 2024" for word in ("Fuente", "Nota", "Fonte", "Source ", "Última actualización")),
        *("* datos de 2023", "(1) sin confirmar", "² estimado", "Total:;;30,5 %", ";;Total"),
    ],
)
def test_totals_and_remarks_below_a_list_are_no_members(row):
    came = imported(HEAD + ROWS + row)
    assert names(came) == ["Casa Abierta", "Mesa Libre"]
    assert codes(came) == ["IM012 4"]


@pytest.mark.parametrize("name", ["Total Peace Network", "Fuente Viva", "Nota Bene", "Sumapaz", "Total de Vida", "Luz"])
def test_a_body_whose_name_begins_like_a_total_stays_one(name):
    assert {*names(imported(f"{HEAD}{ROWS}{name}\n"))} == {"Casa Abierta", "Mesa Libre", name}


def test_a_star_in_the_middle_of_a_list_is_part_of_a_name():
    assert "*Luz" in names(imported(f"{HEAD}*Luz\n{ROWS}"))


@pytest.mark.parametrize("name", ["-", ".", "???", "N/A", "Sin nombre"])
def test_who_has_no_name_is_no_organization(name):
    came = imported(f"{HEAD}{ROWS}{name};x@example.org;1\n")
    assert names(came) == ["Casa Abierta", "Mesa Libre"]
    assert codes(came) == ["IM004 4"]


def test_tags_below_the_headers_are_told():
    came = imported(f"{HEAD}#org+name;#contact+email;#meta+count\n{ROWS}")
    assert names(came) == ["Casa Abierta", "Mesa Libre"]
    assert codes(came) == ["IM012 2"]


def test_countries_above_rows_are_the_country_of_each():
    came = imported("Nombre;Correo\nPERÚ\nCasa;info@casa.example.org\nLuz\nMÉXICO;\nMesa;info@mesa.example.org\n")
    seats = {body.id: body.seat.country for body in came.register.organizations}
    assert seats == {"casa": "PE", "luz": "PE", "mesa": "MX"}
    assert codes(came) == ["IM022 2"]
    assert {(fate.place, fate.what) for fate in came.cells if fate.row in (2, 5)} == {(CellPlace.FINDING, "IM022")}


def test_other_headings_are_kept_in_the_notes_of_each_row():
    came = imported(
        "Nombre;Correo\nMIEMBROS PLENOS\nCasa;info@casa.example.org\nREDES ALIADAS\nMesa;m@mesa.example.org\n"
    )
    assert notes(came) == {"casa": [("Section", "MIEMBROS PLENOS")], "mesa": [("Section", "REDES ALIADAS")]}
    assert codes(came) == ["IM022 2"]


@pytest.mark.parametrize(
    "rows",
    [
        "RED LIBRE\nCasa Abierta;info@casa.example.org\n",
        "RED LIBRE\nCasa Abierta;info@casa.example.org\nMAR\nMESA;m@example.org\n",
        "Centro Libre\nCasa;c@example.org\nMesa y Pan\nMesa;m@example.org\n",
        f"RED LIBRE {'X' * 90}\nCasa Abierta;info@casa.example.org\n",
    ],
)
def test_a_row_with_a_name_alone_stays_a_member(rows):
    written = {line.partition(";")[0] for line in rows.splitlines()}
    assert {*names(imported(f"Nombre;Correo\n{rows}"))} == written


def test_persons_in_capitals_are_no_headings():
    rows = "ANA EJEMPLO\nLuz Muestra;l@example.org\nSOL EJEMPLO\nIris Muestra;i@example.org\n"
    assert "IM022" not in {one.code for one in imported(f"Nombres y apellidos;Correo\n{rows}").report}


@pytest.mark.parametrize("text", ["Nombre;Ramo\nRegional:\nCasa;algo\n", "Ramo;Nombre\nRegional:\nalgo;Casa\n"])
def test_what_can_be_no_name_is_a_heading(text):
    assert notes(imported(text))["casa"][-1] == ("Section", "Regional:")


def test_a_row_without_a_name_is_no_heading():
    assert codes(imported("Nombre;Ramo\n;algo\nCasa;algo\n")) == ["IM004 2"]


def test_a_country_column_stays_what_it_is_below_headings():
    came = imported("Nombre;País\nPERÚ\nCasa;Chile\n")
    assert came.register.organizations[0].seat.country == "CL"
    assert notes(came)["casa"] == [("Section", "PERÚ")]


@pytest.mark.parametrize("gap", ["\n", "\n\n\n", "\nEventos\n"])
def test_a_second_table_is_told_with_its_cells(gap):
    came = imported(f"Nombre;Correo\nCasa;c@example.org\n{gap}Nombre;País;Ciudad\nCongreso;Perú;Lima\n")
    assert names(came) == ["Casa"]
    told = [one for one in came.report if one.code == "IM023"]
    assert [one.message for one in told] == [
        f"row {told[0].location.line} begins another table, which reaches to the end of the sheet, "
        f"and is not imported ({6 + ('Eventos' in gap)} cells)"
    ]
    assert sum(fate.what == "IM023" for fate in came.cells) == 6 + ("Eventos" in gap)


def test_a_second_table_with_the_same_headers_is_read_on():
    came = imported("Nombre;Correo\nCasa;c@example.org\n\nNombre;Correo\nMesa;m@example.org\n")
    assert names(came) == ["Casa", "Mesa"]


def test_every_cell_of_a_list_with_junk_is_told_of():
    text = "Lista\n\nNombre;Correo\nPERÚ\nCasa;c@example.org\nTOTAL;1\nFuente: propia\n\nNombre;País\nX;Chile\n"
    fates = [(fate.row, fate.column) for fate in imported(text).cells]
    cells = [
        (row, column)
        for row, line in enumerate(text.split("\n"), 1)
        for column, cell in enumerate(line.split(";"), 1)
        if cell
    ]
    assert fates == cells
