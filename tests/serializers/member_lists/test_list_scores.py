"""What the scores of the import of lists count; the importer itself is tested elsewhere."""

import csv
import io
from dataclasses import replace

import pytest
from tests.serializers.member_lists.header_lists import RealColumn
from tests.serializers.member_lists.invented_lists import InventedList, InventedRow
from tools import score_lists
from tools.score_lists import Score, score

NAME = RealColumn("Name", ("name",))
EMAIL = RealColumn("Email", ("person.email",), personal=True)
ODD = RealColumn("Zzz", ("themes",))


def made(columns, *rows, bodies=(), persons=()):
    table = [[column.header for column in columns], *rows]
    out = io.StringIO()
    csv.writer(out).writerows(table)
    return InventedList(
        name="made",
        of="organizations",
        language="en",
        style="found",
        file="made.csv",
        data=out.getvalue().encode(),
        columns=columns,
        rows=(
            InventedRow(1, "header"),
            *(InventedRow(2, "member", body) for body in bodies),
            *(InventedRow(2, "member", None, one) for one in persons),
        ),
        cells={(row, at): text for row, texts in enumerate(table, 1) for at, text in enumerate(texts, 1) if text},
        written="utf-8 ,",
    )


@pytest.mark.parametrize(
    ("column", "taken", "kinds"),
    [
        (NAME, "name", []),
        (NAME, "note", ["missed"]),
        (NAME, None, ["missed"]),
        (NAME, "city", ["wrong"]),
        (EMAIL, "email", ["exposed"]),
        (EMAIL, "person.phone", ["wrong"]),
        (RealColumn("ID", ("note", "key")), "key", []),
        (RealColumn("First name", ("person.name",), personal=True), "person.given_name", []),
    ],
)
def test_a_column_is_right_missed_wrong_or_exposed(column, taken, kinds):
    counts = Score()
    faults = score_lists._score_column(counts, made((column,)), column, taken)
    assert [fault.kind for fault in faults] == kinds
    assert (counts.wrong, counts.exposed) == (kinds in (["wrong"], ["exposed"]), kinds == ["exposed"])
    assert counts.recognised == (column.recognisable and kinds == [])


def test_a_list_that_is_read_is_counted_by_columns_bodies_and_cells():
    counts, faults = score(
        made(
            (NAME, ODD),
            ["Open House", "peace"],
            ["River Network", "peace"],
            ["Zyx Sample", ""],
            bodies=["Open House", "River Network"],
            persons=[("Zyx", "Sample")],
        )
    )
    assert (counts.lists, counts.refused, counts.columns, counts.recognised) == (1, 0, 2, 1)
    assert (counts.persons_as_bodies, counts.bodies_of_no_row, counts.bodies_missing) == (1, 0, 0)
    assert (counts.cells, counts.misread, counts.lost) == (7, 0, 0)
    assert [(fault.kind, fault.header) for fault in faults] == [("missed", "Zzz")]


def test_a_cell_that_nothing_tells_of_is_lost_and_one_in_other_letters_misread():
    invented = made((NAME, ODD), ["Open House", "peace"], bodies=["Open House"])
    invented.cells.update({(9, 9): "nowhere", (2, 2): "paz y niñez"})
    counts, _ = score(invented)
    assert (counts.misread, counts.lost) == (1, 1)


def test_nothing_is_recognised_where_another_row_is_taken_for_the_headers():
    invented = made((NAME, ODD), ["Open House", "peace"], bodies=["Open House"])
    counts, _ = score(replace(invented, rows=(InventedRow(2, "header"),)))
    assert (counts.other_row, counts.recognised) == (1, 0)


def test_a_list_that_is_refused_counts_as_that():
    counts, _ = score(made((ODD, RealColumn("Qqq", ("city",))), ["peace", "Lima"]))
    assert (counts.refused, counts.recognised, counts.recognisable, counts.cells) == (1, 0, 2, 0)


def test_the_table_has_each_half_in_three_ways_and_faults_of_the_tuned_half_alone(capsys):
    score_lists.main(["--invented", "2", "--faults", "missed"])
    printed = capsys.readouterr().out
    ways = [line.split(" (")[0] for line in printed.splitlines() if " s)" in line]
    assert ways == [f"{half}, {way}" for half in ("tuned", "held_out") for way in ("with cells", "alone", "invented")]
    assert "missed" in printed.split("held_out, with cells")[0]
    assert "missed" not in printed.split("held_out, with cells")[1]
    assert "0.0 % of" in printed
