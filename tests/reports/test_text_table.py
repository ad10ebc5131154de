from hypothesis import example, given, strategies as st

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.reports.text_table import render_table

CELLS = st.lists(st.tuples(st.text(max_size=40), st.none() | st.integers(), st.text(max_size=90)), max_size=5)


@given(CELLS, st.integers(20, 120))
@example(rows=[("", None, "\x1f\x1f\xa0\x1f")], width=20)  # no line is broken at a no-break space
@example(rows=[("", None, "\xa0")], width=20)  # which is no word alone
@example(rows=[("", None, "a\xa0")], width=20)  # and stays at the end of one
def test_no_line_is_wider_than_asked_for_unless_a_word_is_and_no_word_is_lost(rows, width):
    lines = list(render_table(("a", "number", "text"), rows, width=width))
    assert bool(lines) == bool(rows)
    told = [escape_unprintable("" if cell is None else str(cell)) for row in rows for cell in row]
    words = [word for cell in told for word in cell.split(" ") if word.strip()]
    longest = max(map(len, words), default=0) + len("number: ")
    assert all(len(line) <= max(width, longest) and escape_unprintable(line) == line for line in lines)
    assert {*words} <= {word for line in lines for word in line.split(" ")}


def test_the_widest_columns_are_wrapped_first():
    rows = [("a", "x y z " * 5, "y " * 10), ("b", "z", "")]
    assert list(render_table(("id", "name", "note"), rows, width=32)) == [
        "id  name           note",
        "a   x y z x y z x  y y y y y y y",
        "    y z x y z x y  y y y",
        "    z",
        "b   z",
    ]


def test_the_gap_is_narrower_where_the_words_then_have_room():
    assert list(render_table(("id", "name", "note"), [("a", "x" * 8, "y" * 8)], width=20)) == [
        "id name     note",
        f"a  {'x' * 8} {'y' * 8}",
    ]


def test_rows_are_lists_where_the_words_have_no_room_side_by_side():
    rows = [("a", "x " * 9, "y" * 20), ("b", None, "z")]
    assert list(render_table(("id", "name", "note"), rows, width=18)) == [
        "id: a",
        "name: x x x x x x",
        "  x x x",
        f"note:\n  {'y' * 20}".split("\n")[0],
        f"  {'y' * 20}",
        "",
        "id: b",
        "note: z",
    ]


def test_a_table_as_wide_as_it_likes_is_whole():
    assert list(render_table(("id", "name"), [("a", None), (1, "x" * 200)], width=None)) == [
        "id  name",
        "a",
        f"1   {'x' * 200}",
    ]
