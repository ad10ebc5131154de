"""What hangs on the cells of a sheet beside their text, and what is told of it, once a column and never what it says.

Comments, and links to addresses that the cells do not show, are kept in the notes of whom the row is about, under the
header of their column; a link to an address in a column of addresses is one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

import attrs

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.member_lists.sheet_reading import HungContent, Place, Sheet, column_letters

__all__ = ["add_hung_content", "is_address", "report_hung_content"]


def add_hung_content(
    sheet: Sheet,
    *,
    links: Iterable[tuple[Place, str]] = (),
    comments: Iterable[tuple[Place, str]] = (),
    struck: Collection[Place] = (),
) -> Sheet:
    """The sheet with the links that say more than their cells do, the comments, and what is struck out.

    A row of which at least half of the cells are struck out is struck out.
    """
    out = Counter(row for row, _ in struck)
    rows = frozenset(row for row, number in out.items() if 2 * number >= len(sheet.rows[row]))
    texts = {cell.position: cell.text for cells in sheet.rows.values() for cell in cells} if links else {}
    hung: dict[Place, dict[HungContent, None]] = {}
    for place, target in links:
        if not _is_own_text(target, texts.get(place, "")):
            hung.setdefault(place, {})[HungContent("links", target.strip())] = None
    for place, text in comments:
        hung.setdefault(place, {})[HungContent("comments", text.strip())] = None
    for place in struck:
        if place[0] not in rows:
            hung.setdefault(place, {})[HungContent("struck")] = None
    return attrs.evolve(sheet, struck=rows, hung={place: tuple(contents) for place, contents in hung.items()})


def _is_own_text(target: str, text: str) -> bool:
    """Whether a link only says what the cell does, as spreadsheets make one of every address."""
    return _make_bare(target) == _make_bare(text)


def _make_bare(address: str) -> str:
    return address.casefold().strip().removeprefix("mailto:").rpartition("://")[2].rstrip("/")


_ADDRESSES = ("http://", "https://", "mailto:", "tel:")


def is_address(target: str) -> bool:
    """Whether a link leads to somebody, and not to a place in the sheet or to what a program is to do."""
    return target.casefold().startswith(_ADDRESSES)


def report_hung_content(sheet: Sheet, kept: Collection[tuple[Place, HungContent]] = ()) -> Iterator[Finding]:
    """What hangs on cells, a finding for each column and what became of it, at the first of the cells."""
    counts: Counter[tuple[int, str]] = Counter()
    first: dict[tuple[int, str], int] = {}
    for (row, column), contents in sorted(sheet.hung.items()):
        for one in contents:
            fate = "" if one.what == "struck" else "-kept" if ((row, column), one) in kept else "-left"
            counts[column, one.what + fate] += 1
            first.setdefault((column, one.what + fate), row)
    for (column, what), number in sorted(counts.items()):
        told: dict[str, str | int] = {"what": what, "letters": column_letters(column), "number": number}
        yield sheet.finding(importing.cells_hold_more, first[column, what], column, **told)
