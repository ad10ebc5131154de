"""Build a member list as a network might keep it in a spreadsheet: 300 rows in Spanish with every kind of mess.

    python tools/build_member_list.py FOLDER

writes `miembros.csv` (Windows-1252, semicolons) and `miembros.xlsx` (dates, merged cells, formulas, a second sheet).
Organizations and persons are invented; so are the countries `XA` to `XD` beside the real ones that are misspelt.
"""

import datetime as dt
import io
import sys
from pathlib import Path

HEADER = [
    "Nº",
    "Nombre de la organización",
    "Siglas",
    "Tipo de organización",
    "País",
    "Ciudad",
    "Temas",
    "Idiomas de trabajo",
    "Fecha de fundación",
    "Sitio web",
    "Correo electrónico 1",
    "Correo electrónico 2",
    "Teléfono",
    "Persona de contacto",
    "Cargo",
    "Correo de contacto",
    "Miembro desde",
    "Activo",
    "En riesgo",
    "Observaciones",
]
NAMES = ["Refugio", "Escuela", "Red", "Fundación", "Centro", "Colectivo", "Asociación", "Observatorio", "Casa", "Mesa"]
SUBJECTS = ["Ñandú", "los Álamos", "la Niñez", 'la "Esperanza"', "las Mujeres; del Río", "el Güegüense", "São João"]
KINDS = ["ONG", "Sociedad civil", "academia", "Universidad", "Sector privado", "FUNDACIÓN", "O.N.G.", "cooperativa", ""]
COUNTRIES = ["XA", "Panamá", "Panama", "BRASIL", "Brazil", "México", "EE.UU.", "Rep. Dominicana", "Atlántida", "XB", ""]
THEMES = [
    "trata",
    "Trata de personas; género",
    "corrupción y derechos humanos",
    "armas, drogas",
    "lavado / fraude",
    "paz",
]
LANGUAGES = ["español", "Español e inglés", "es; en; pt", "castellano, quechua", "klingon", ""]
DATES = [
    "1999",
    "28/03/2022",
    "03/04/2012",
    "marzo de 2005",
    "12 de mayo de 2010",
    "2015-06-01",
    "31/02/2011",
    "hace años",
]
SITES = [
    "www.example.org",
    "https://example.org/n",
    "example.org/casa",
    "no tiene",
    "http://example.org; www.example.org",
]
MAILS = [
    "info{n}@example.org",
    "Correo: info{n}@example.org",
    "info{n}@example.org / otra{n}@example.org",
    "pendiente",
    "",
]
PHONES = ["+507 6000-{n:04}", "(507) 200-{n:04}", "6000{n:04} ext. 12", "6000{n:04} / 6001{n:04}", "sin teléfono", ""]
PERSONS = ["Persona {n} Ejemplo", "Persona {n} Ejemplo y Otra {n} Muestra", "", "Persona {n} Ejemplo; Otra {n} Muestra"]
MAILS_OF_PERSONS = [
    "persona{n}@example.org",
    "persona{n}@example.org; otra{n}@example.org",
    "",
    "oficina{n}@example.org",
]
SINCE = ["2022", "07/04/2022", "15/04/2022", "abril 2022", "", "4-5-22"]
TRUTHS = ["sí", "Si", "no", "NO", "x", "quizás", ""]
NOTES = ["", "", "llamar después de las 14:00", "=HYPERLINK(1)", "línea uno\nlínea dos", "ver fila 7"]


def rows() -> list[list[str]]:
    """The 300 rows below the titles and headers; some are blank, have no name, too many cells, or are headers again."""
    return [list(HEADER) if number == 150 else row_of(number) for number in range(1, 301)]


def row_of(number: int) -> list[str]:
    """The row of that number; each column runs through its own mess at its own pace."""
    if number % 61 == 0:
        return [""] * len(HEADER)

    def pick(choices: list[str], step: int = 1) -> str:
        return choices[(number * step) % len(choices)].format(n=number)

    name = "" if number % 67 == 0 else f"{pick(NAMES)} {pick(SUBJECTS, 3)} {number // 3}"
    row = [
        str(number),
        name,
        f"R{number}" if number % 2 else "",
        pick(KINDS, 5),
        pick(COUNTRIES, 7),
        "Ciudad Ejemplo" if number % 3 else "",
        pick(THEMES, 7),
        pick(LANGUAGES, 5),
        pick(DATES, 3),
        pick(SITES, 2),
        pick(MAILS, 3),
        pick(MAILS, 7).replace("info", "sede"),
        pick(PHONES, 5),
        pick(PERSONS, 3),
        "Directora" if number % 4 else "",
        pick(MAILS_OF_PERSONS, 3),
        pick(SINCE, 5),
        pick(TRUTHS, 2),
        pick(TRUTHS, 3) if number % 5 == 0 else "",
        pick(NOTES, 5),
    ]
    return [*row, "celda de más"] if number % 71 == 0 else row


def csv_bytes() -> bytes:
    """The list as a spreadsheet on an older Windows saves it: cp1252, semicolons, titles above."""
    lines = [["Miembros de la Red de Ejemplo"], ["Actualizado: 31/12/2023"], [], HEADER, *rows()]
    return "".join(";".join(map(quoted, line)) + "\r\n" for line in lines).encode("cp1252")


def quoted(text: str) -> str:
    """A cell in quotes where it needs them."""
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ';"\n') else text


def xlsx_bytes() -> bytes:
    """The list as a workbook: real dates, numbers and booleans, merged cells, formulas, and a second sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.title = "Miembros"
    page["A1"] = "Miembros de la Red de Ejemplo"
    page.merge_cells("A1:T1")
    for offset, row in enumerate([HEADER, *rows()], 3):
        for column, text in enumerate(row, 1):
            if text:
                page.cell(offset, column).value = stored(text, column)
    for top in range(10, 290, 40):
        page.merge_cells(start_row=top, end_row=top + 2, start_column=5, end_column=5)
        page.merge_cells(start_row=top + 10, end_row=top + 11, start_column=2, end_column=2)
    book.create_sheet("Bajas")["A1"] = "Nombre"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def stored(text: str, column: int) -> str | int | bool | dt.date:
    """Some cells as a spreadsheet stores them itself."""
    if column == 1:
        return int(text) if text.isdigit() else text
    if text == "28/03/2022":
        return dt.date(2022, 3, 28)
    return True if text == "x" else text


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / "miembros.csv").write_bytes(csv_bytes())
    (folder / "miembros.xlsx").write_bytes(xlsx_bytes())
