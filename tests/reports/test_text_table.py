from hypothesis import given, strategies as st

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.reports.text_table import render_table

CELLS = st.lists(st.tuples(st.text(max_size=40), st.none() | st.integers(), st.text(max_size=90)), max_size=5)


@given(CELLS, st.integers(20, 120))
def test_no_line_is_wider_than_asked_for(rows, width):
    lines = list(render_table(("a", "number", "text"), rows, width=width))
    assert len(lines) == (len(rows) + 1 if rows else 0)
    assert all(len(line) <= width and escape_unprintable(line) == line for line in lines)


def test_the_widest_columns_are_cut_first_and_none_below_twelve():
    rows = [("a", "x" * 30, "y" * 20)]
    assert list(render_table(("id", "name", "note"), rows, width=40)) == [
        "id  name               note",
        f"a   {'x' * 16}…  {'y' * 16}…",
    ]
    assert list(render_table(("id", "name", "note"), rows, width=20)) == [
        "id  name          n…",
        f"a   {'x' * 11}…  y…",
    ]


def test_a_table_as_wide_as_it_likes_is_whole():
    assert list(render_table(("id", "name"), [("a", None), (1, "x" * 200)], width=None)) == [
        "id  name",
        "a",
        f"1   {'x' * 200}",
    ]
