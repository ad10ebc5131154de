"""A list of many thousands costs what its cells cost: what they share is looked up once."""

import gc
import itertools
import weakref

import pytest
from hypothesis import example, given, strategies as st
from tests.test_budgets import calls_of

import untoc_network as un
from untoc_network.app import import_list
from untoc_network.diagnostics.code import CatalogueEntry
from untoc_network.matching import reimport
from untoc_network.serializers.member_lists import (
    SheetMapping,
    cell_parsers,
    delimited_text,
    rows_to_members,
    sheet_reading,
)
from untoc_network.serializers.member_lists.sheet_reading import Cell, CellFate, Sheet
from untoc_network.serializers.member_lists.table import find_table

COUNTRIES = ("Perú", "México", "Chile")
HEADERS = {
    "organizations": "Nombre;Siglas;País;Correo;Página web;Teléfono;Temas;Tipo;Persona de contacto",
    "persons": "Nombre;Apellidos;Organización;Cargo;Correo electrónico;País",
}


def lines(of, numbers):
    for at in numbers:
        country = COUNTRIES[at % 3]
        if of == "persons":
            yield f"Ana;Ruiz {at};Casa Abierta {at // 3};Vocal;p{at}@example.org;{country}"
        else:
            mail = f"info@casa{at}.example.org"
            yield f"Casa {at};C{at};{country};{mail};https://casa{at}.example.org;+51 1 {at + 2000000};;ONG;Ana Ruiz {at}"


def listed(of, number):
    return "\n".join([HEADERS[of], *lines(of, range(number))]).encode()


def bring(data, existing=None):
    return un.import_bytes(data, file="members.csv", existing=existing)


MOST_CALLS = {"organizations": (1300, 2130, 1540), "persons": (1115, 1490, 1280)}
"""Of a row of nine columns, and of six of persons: first import, that of another day, the same list again."""


@pytest.mark.unmeasured
@pytest.mark.parametrize("of", HEADERS)
def test_work_grows_with_the_rows_and_a_row_asks_for_no_more_than_it_did(of):
    def calls(number):
        first = listed(of, number)
        other_day = "\n".join([HEADERS[of], *reversed([*lines(of, range(number // 20, number + 5))])]).encode()
        held = bring(first).register
        works = (lambda: bring(first)), (lambda: bring(other_day, held)), (lambda: bring(first, held))
        return [calls_of(work) for work in works]

    bring(listed(of, 3))
    few, many = calls(40), calls(120)
    assert all(more <= 3.1 * less for less, more in zip(few, many, strict=True))
    each = [(more - less) / 80 for less, more in zip(few, many, strict=True)]
    assert all(number <= most for number, most in zip(each, MOST_CALLS[of], strict=True)), each


def test_what_cells_say_again_is_parsed_once(monkeypatch):
    asked = []
    find = cell_parsers._find_country
    monkeypatch.setattr(cell_parsers, "_find_country", lambda name: asked.append(name) or find(name))

    def count(number):
        asked.clear()
        rows = (f"Casa {at};{COUNTRIES[at % 3]}" for at in range(number))
        mapping = SheetMapping(columns={"Nombre": "name", "País": "country"})
        un.import_bytes("\n".join(["Nombre;País", *rows]).encode(), mapping=mapping)
        return len(asked)

    count(3)  # whose cells are looked at to find the headers
    assert count(60) == count(6) == 6  # as a cell, and to tell bodies of one name apart


def test_a_column_remembers_no_more_texts_than_it_may(monkeypatch):
    monkeypatch.setattr("untoc_network.serializers.member_lists.column_reader._TEXTS_AT_HAND", 1)
    assert bring(listed("organizations", 7)).register == bring(listed("organizations", 7)).register
    some = bring(listed("organizations", 7))
    monkeypatch.undo()
    assert bring(listed("organizations", 7)).register == some.register


@pytest.mark.parametrize("of", HEADERS)
def test_members_are_let_go_of_without_the_collector(of, monkeypatch):
    made = []
    make = import_list.make_members

    def note(*given):
        listing = make(*given)
        made.extend(map(weakref.ref, listing.members))
        return listing

    monkeypatch.setattr(import_list, "make_members", note)
    gc.disable()
    try:
        bring(listed(of, 9), bring(listed(of, 6)).register)
        assert made
        assert not any(member() for member in made)
    finally:
        gc.enable()


def test_names_of_bodies_are_not_read_as_countries_and_kinds(monkeypatch):
    asked = []
    find = rows_to_members.find_sorts
    monkeypatch.setattr(rows_to_members, "find_sorts", lambda text: asked.append(text) or find(text))
    bring(listed("organizations", 50))
    assert asked == []


def test_no_finding_is_made_of_what_is_told_once_a_column(monkeypatch):
    made = []
    finding = CatalogueEntry.finding
    monkeypatch.setattr(CatalogueEntry, "finding", lambda self, *_, **__: made.append(self) or finding(self, *_, **__))

    def count(number):
        made.clear()
        told = un.import_bytes(
            "\n".join(["Nombre;Fundada", *(f"Casa {at};antaño" for at in range(number))]).encode(),
            mapping=SheetMapping(columns={"Nombre": "name", "Fundada": "founded"}),
        ).report.findings
        assert any(dict(one.params).get("cells") == number for one in told)
        return len(made)

    assert count(100) == count(5)


def test_what_is_beyond_the_limit_of_findings_is_counted_and_no_finding(monkeypatch):
    made = []
    finding = CatalogueEntry.finding
    monkeypatch.setattr(CatalogueEntry, "finding", lambda self, *_, **__: made.append(self) or finding(self, *_, **__))
    rows = (f"Casa {at};www.casa{at}.example.org" for at in range(50))
    told = un.import_bytes("\n".join(["Nombre;Página web", *rows]).encode(), limits=un.Limits(max_findings=3)).report
    assert len(told.findings) == 4
    assert len(made) < 20


def test_cells_of_a_row_are_taken_in_the_order_of_their_columns():
    texts = [["Nombre", "País"], ["Casa", "Perú"]]
    cells = {
        row: tuple(Cell(row, column, text) for column, text in enumerate(held, start=1))
        for row, held in enumerate(texts, start=1)
    }
    turned = {row: held[::-1] for row, held in cells.items()}
    tables = [find_table(Sheet(rows=rows), SheetMapping()) for rows in (cells, turned)]
    assert all([*line.cells] == [*cells[2]] for table in tables for line in table.lines)
    assert len({hash(cell) for cell in itertools.chain(*cells.values())}) == 4


def test_what_became_of_cells_is_made_into_objects_when_it_is_asked_for(monkeypatch):
    made = []
    monkeypatch.setattr(sheet_reading, "CellFate", lambda **given: made.append(given) or CellFate(**given))
    imported, again = bring(listed("organizations", 5)), bring(listed("organizations", 5))
    assert made == []
    assert imported.cells is imported.cells
    assert [(cell.row, cell.column) for cell in imported.cells] == sorted((one["row"], one["column"]) for one in made)
    assert len(made) == 9 + 5 * 8  # the column of themes is empty
    assert imported == again != bring(listed("organizations", 4))


@pytest.mark.unmeasured
@pytest.mark.parametrize(("of", "most"), [("organizations", 9.5), ("persons", 6)])
def test_a_row_is_held_in_few_objects_that_the_collector_walks(of, most, monkeypatch):
    walked = []
    find = import_list.find_parents

    def count(members, existing):
        gc.collect()
        walked.append(len(gc.get_objects()))
        return find(members, existing)

    monkeypatch.setattr(import_list, "find_parents", count)
    for number in (40, 40, 120):
        bring(listed(of, number))
    assert (walked[2] - walked[1]) / 80 <= most


@pytest.mark.parametrize("of", HEADERS)
def test_what_a_list_said_is_let_go_of_as_it_is_merged(of, monkeypatch):
    made, left = [], []
    make, result = import_list.make_listed_records, reimport._Reimport._result

    def note(*given):
        for one in make(*given):
            made.append(weakref.ref(one))
            yield one

    def look(self):
        left.extend(one() for one in made if one() is not None)
        return result(self)

    monkeypatch.setattr(import_list, "make_listed_records", note)
    monkeypatch.setattr(reimport._Reimport, "_result", look)
    bring(listed(of, 9))
    assert made
    assert left == []


@pytest.mark.parametrize("of", HEADERS)
def test_a_row_that_says_the_same_of_the_same_record_is_not_merged_part_by_part(of, monkeypatch):
    merged = []
    merge = reimport.RecordReimport.merge
    monkeypatch.setattr(
        reimport.RecordReimport, "merge", lambda self, ours: merged.append(ours.id) or merge(self, ours)
    )
    held = bring(listed(of, 30)).register
    bring(listed(of, 30), held)
    assert merged == []
    other = listed(of, 31).replace(b"+51 1 200000", b"+51 1 300000").replace(b"3;Vocal;", b"3;Presidenta;")
    quick = bring(other, held)
    few = len(merged)
    monkeypatch.setattr(reimport._Reimport, "_find_what_is_repeated", lambda *_: [])
    merged.clear()
    slow = bring(other, held)
    assert 0 < few < len(merged) / 2
    assert (quick.register, quick.edits, quick.report, quick.cells) == (
        slow.register,
        slow.edits,
        slow.report,
        slow.cells,
    )


LETTERS = st.text(st.sampled_from('ab ;,"\n\r=\u00f1'), max_size=40)


@given(LETTERS)
@example('a;"b\n;c";\r\n;;"d" ;e"\r;')
@example('"a"b;c\n"')
def test_lines_that_are_taken_apart_at_their_marks_are_as_those_scanned_value_by_value(text):
    quick = [*delimited_text._scan_lines(text, ";", 0)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited_text, "_QUOTE", "")
        slow = [*delimited_text._scan_lines(text, ";", 0)]
    assert [(line.values, [*line.odd], line.end, [*line.list_ends()]) for line in quick] == [
        (line.values, [*line.odd], line.end, [*line.list_ends()]) for line in slow
    ]


def test_only_lines_with_quotes_are_scanned_value_by_value(monkeypatch):
    scanned = []
    scan = delimited_text._scan_quoted_line
    monkeypatch.setattr(delimited_text, "_scan_quoted_line", lambda *given: scanned.append(given[1]) or scan(*given))
    un.import_bytes(b'Name,Country\nCasa,Peru\n"Red, Norte",Chile\nSur,Chile\n')
    assert scanned == [len(b"Name,Country\nCasa,Peru\n")]


def test_a_note_that_many_rows_of_one_body_say_is_told_of_each_of_its_cells():
    rows = [f"Casa Abierta;c-1;Perú;ana{at}@example.org;de viaje" for at in range(4)]
    columns = {"Nombre": "name", "Clave": "key", "País": "country", "Correo": "email", "Turno": "note"}
    data = "\n".join([";".join(columns), *rows]).encode()
    imported = un.import_bytes(data, mapping=SheetMapping(columns=columns))
    assert imported.register is not None
    (body,) = imported.register.organizations
    assert [note.text for note in body.notes if note.heading == "Turno"] == ["de viaje"]
    kept = {(cell.row, cell.place, cell.record_id) for cell in imported.cells if cell.column == 5 and cell.row > 1}
    assert kept == {(row, "note", body.id) for row in range(2, 6)}
