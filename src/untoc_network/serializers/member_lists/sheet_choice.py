"""Which sheet of a workbook holds the list: covers and instructions come first, and lists of choices are hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import attrs

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.errors import UnreadableInput
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.member_lists.column_mapping import SheetMapping
from untoc_network.serializers.member_lists.header_row import are_headers, find_header_row
from untoc_network.serializers.member_lists.sheet_reading import Sheet, UnreadableSheet

__all__ = ["FIRST_ROWS", "Page", "choose_sheet"]

FIRST_ROWS = 40
"""So many rows of a sheet are looked at to see whether the list is in it."""


@attrs.frozen(kw_only=True)
class Page:
    """A sheet of a workbook that may be read: its first rows, or all with what hangs on them."""

    name: str
    is_hidden: bool = False
    read_first: Callable[[], Sheet]
    read: Callable[[], Sheet]


def choose_sheet(pages: Sequence[Page], mapping: SheetMapping, file: str | None) -> Sheet:
    """The sheet that a mapping names, else the first with headers of a list; a hidden one only if all others are empty.

    Raises `UnreadableInput` where no sheet has the wanted name, `UnreadableSheet` where the chosen one cannot be read.
    """
    if mapping.sheet is not None and mapping.sheet not in [page.name for page in pages]:
        names = ", ".join(repr(page.name) for page in pages)
        raise UnreadableInput(
            f"{file or 'the workbook'}: no sheet is called {mapping.sheet!r}; the sheets are: {names}"
        )
    ranks = [_rank(page, mapping) for page in pages]
    filled = [at for at, rank in enumerate(ranks) if rank is not None]
    if mapping.sheet is not None:
        chosen = next(at for at, page in enumerate(pages) if page.name == mapping.sheet)
    elif filled:
        shown = [at for at in filled if not pages[at].is_hidden] or filled
        chosen = max(shown, key=lambda at: (ranks[at] or 0, -at))
    else:
        return Sheet(file=file)
    read = pages[chosen].read()
    others = (pages[at].name for at in filled if at != chosen)
    guesses = () if mapping.sheet is not None else _tell_choice(read, pages[chosen], is_first=chosen == filled[0])
    left = (read.finding(importing.sheet_not_imported, sheet=name) for name in others)
    return attrs.evolve(read, findings=(*read.findings, *guesses, *left))


def _rank(page: Page, mapping: SheetMapping) -> int | None:
    """How much the first rows look like a list; None for an empty sheet, little where there is too much to look."""
    try:
        first = page.read_first()
    except UnreadableSheet:
        return 0
    if not first.rows:
        return None
    row = mapping.header_row or find_header_row(first, mapping)
    cells = first.rows.get(row, ()) if row else ()
    return 2 * are_headers(cells, mapping) + (len(cells) > 1)


def _tell_choice(read: Sheet, page: Page, *, is_first: bool) -> Iterator[Finding]:
    if page.is_hidden or not is_first:
        guess = "hidden-sheet" if page.is_hidden else "sheet"
        yield read.finding(importing.assumption_made, place=page.name, guess=guess)
