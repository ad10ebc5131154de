"""The invented lists know their answers: what is in their bytes is what they say."""

import csv
import io
from collections import Counter

import openpyxl
import pytest
from tests.serializers.member_lists.header_lists import HALVES, real_lists
from tests.serializers.member_lists.invented_lists import STYLES, fitting_list, invented_lists


@pytest.fixture(scope="module")
def lists():
    return [*invented_lists(7, 400)]


def read(invented):
    """The cells of a list, read in the way in which it says that it was written."""
    if invented.written == "xlsx":
        rows = openpyxl.load_workbook(io.BytesIO(invented.data)).active.iter_rows(values_only=True)
    else:
        encoding, delimiter = invented.written.split(" ", 1)
        rows = csv.reader(io.StringIO(invented.data.decode(encoding), newline=""), delimiter=delimiter)
    return {(row, at): text for row, texts in enumerate(rows, 1) for at, text in enumerate(texts, 1) if text}


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(lists):
    again = [*invented_lists(7, 400)]
    assert [one.data for one in again if one.written != "xlsx"] == [one.data for one in lists if one.written != "xlsx"]
    assert again[:20] != [*invented_lists(8, 20)]


def test_the_cells_of_a_list_are_where_it_says(lists):
    for invented in lists:
        assert read(invented) == {at: text for at, text in invented.cells.items() if text}


def test_each_row_is_what_it_says(lists):
    for invented in lists:
        headers = [row.number for row in invented.rows if row.what == "header"]
        assert len(headers) == 1
        for at, column in enumerate(invented.columns, start=1):
            assert invented.cells[headers[0], at] == column.header
        for row in invented.rows:
            held = {text for (number, _), text in invented.cells.items() if number == row.number}
            assert row.what == "member" or not (row.body or row.person)
            assert row.body is None or row.body in held
            assert row.person is None or any(part in text for part in row.person for text in held)
            assert held or row.what in ("blank", "member")


def test_persons_are_never_bodies(lists):
    for invented in lists:
        parts = {part for given, family in invented.persons for part in (given, family, f"{given} {family}")}
        assert not parts & invented.bodies


@pytest.mark.parametrize("half", HALVES)
def test_headers_come_from_one_half_alone(half):
    known = {column.header for real in real_lists(half) for column in real.columns}
    found = [one for one in invented_lists(3, 200, half) if one.style == "found"]
    assert found
    assert {column.header for one in found for column in one.columns} <= known


def test_every_style_kind_language_and_kind_of_row_comes(lists):
    counted = Counter(word for one in lists for word in (one.style, one.of, one.language, one.written.split()[0]))
    rows = {row.what for one in lists for row in one.rows}
    assert {*STYLES, "organizations", "persons", "contacts", "participants", "es", "pt", "fr", "en"} <= {*counted}
    assert {"xlsx", "utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman", "cp850"} <= {*counted}
    assert {"header", "member", "title", "group", "section", "repeated", "total", "source", "blank"} <= rows


def test_a_real_list_is_filled_or_stands_with_its_headers_alone():
    real = real_lists("tuned")[0]
    filled, alone = fitting_list(real), fitting_list(real, rows=0)
    assert [column.header for column in filled.columns] == [column.header for column in real.columns]
    assert [row.what for row in filled.rows] == ["header", *["member"] * 4]
    assert [row.what for row in alone.rows] == ["header"]
