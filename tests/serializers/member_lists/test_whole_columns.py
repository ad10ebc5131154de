"""A column of which no cell is understood is told once, with its range; each cell is in the notes all the same."""

from hypothesis import given, strategies as st

import untoc_network as un

COLUMNS = {"N": "name", "Land": "country", "Seit": "founded", "Mail": "email", "Auch": "country"}
ROWS = st.lists(st.tuples(*(st.sampled_from(("Atlantis", "Peru", "")) for _ in range(2))), min_size=1, max_size=8)


def bring(*rows, header="N;Land;Seit;Mail;Auch", **settings):
    mapping = un.member_lists.SheetMapping(columns=COLUMNS, header_row=1, **settings)
    return un.import_bytes("\n".join((header, *rows)).encode(), file="l.csv", mapping=mapping)


def told(found, *codes):
    return [f"{one.line}:{one.column} {one.code} {one.message}" for one in found.report if one.code in codes]


def test_nothing_understood_is_one_finding_for_each_thing_that_is_said():
    found = bring("A;Atlantis;03/04/2022;x y", "B;;04/05/2022;", "C;Lemuria;soon;info at c", "D;Lemuria")
    assert told(found, "IM008", "IM009") == [
        "2:2 IM008 expected the name of one country in B2:B5 (3), column 'Land'; the content is kept in the notes",
        "2:3 IM009 C2:C3 (2) in the column 'Seit' can be read as two different days; it is kept in the notes",
        "2:4 IM008 expected an e-mail address in D2:D4 (2), column 'Mail'; the content is kept in the notes",
        "4:3 IM008 expected a date in C4, column 'Seit'; the content is kept in the notes",
    ]
    assert [dict(one.params).get("cells") for one in found.report if one.code in ("IM008", "IM009")] == [3, 2, 2, None]
    headings = [(note.heading, note.text) for body in found.register.organizations for note in body.notes]
    assert ("Land", "Lemuria") in headings
    assert len(headings) == 8


def test_one_cell_understood_and_each_other_is_told():
    found = bring("A;Atlantis", "B;Peru", "C;Lemuria")
    assert [line[:9] for line in told(found, "IM008")] == ["2:2 IM008", "4:2 IM008"]


def test_a_second_value_was_understood():
    found = bring("A;Peru;;;Chile", "B;;;;Atlantis", "C;;;;Lemuria")
    assert [line[:9] for line in told(found, "IM008", "IM011")] == ["2:5 IM011", "3:5 IM008", "4:5 IM008"]


@given(ROWS)
def test_no_cell_is_lost_and_none_told_twice(rows):
    found = bring(*(f"House {at};{';'.join(row)}" for at, row in enumerate(rows)), header="N;Land;Auch")
    assert len(found.cells) == 3 + len(rows) + sum(cell != "" for row in rows for cell in row)
    findings = [one for one in found.report if one.code == "IM008"]
    for column in (2, 3):
        cells = [row[column - 2] for row in rows]
        numbers = [dict(one.params).get("cells", 1) for one in findings if one.column == column]
        assert sum(numbers) <= cells.count("Atlantis")
        if "Peru" not in cells and "Atlantis" in cells:
            assert len(numbers) == 1 or column == 3
    kept = sum(fate.place == "note" for fate in found.cells)
    texts = [note.text for body in found.register.organizations for note in body.notes]
    assert len(texts) == kept
