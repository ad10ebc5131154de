"""Delimited text as people really export it: any code page, any delimiter, and quotes that do not balance.

The standard reader drops quotes and swallows whole rows where they do not balance; here every letter is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.member_lists.sheet_reading import Cell, CellKind, Sheet, SizeGuard, UnreadableSheet
from untoc_network.serializers.member_lists.text_encoding import DecodedText
from untoc_network.serializers.source.limits import Limits

__all__ = ["find_delimiter", "read_delimited"]

_DELIMITERS = ";\t,|~^¦\x1f"
_MARKS = re.escape(_DELIMITERS)
_FIRST_LINES = 30
_FIRST_LETTERS = 100_000
_QUOTED = re.compile(rf'(?<![^{_MARKS}\r\n])"[^"]*+(?:""[^"]*+)*+"(?![^{_MARKS}\r\n])')
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_NAMES = {";": "semicolon", "\t": "tab", ",": "comma"}


def read_delimited(decoded: DecodedText, *, file: str | None, limits: Limits) -> Sheet:
    """The cells of delimited text. Raises `UnreadableSheet`."""
    sheet = Sheet(file=file)
    if "\0" in decoded.text:
        raise UnreadableSheet(importing.unreadable_sheet, problem="nul", remedy="export")
    delimiter, certain = find_delimiter(decoded.text)
    rows, oddities, doubtful = _read_rows(decoded, delimiter, SizeGuard(limits))
    findings = [*_report_encoding(sheet, decoded, doubtful)]
    place = file or "the sheet"
    if not certain:
        told = {"guess": _NAMES.get(delimiter, "delimiter"), "mark": delimiter if delimiter.isprintable() else "U+001F"}
        findings.append(sheet.finding(importing.assumption_made, place=place, **told))
    for row, column in oddities:
        cell = sheet.reference(row, column)
        findings.append(sheet.finding(importing.assumption_made, row, column, place=cell, guess="quotes"))
    return Sheet(file=file, rows=rows, findings=tuple(findings))


def _report_encoding(sheet: Sheet, decoded: DecodedText, place: tuple[int, int]) -> Iterator[Finding]:
    """The code page that was guessed; where it may be wrong, at a cell that shows it."""
    if decoded.doubt is not None:
        told = {"place": sheet.reference(*place), "encoding": str(decoded.guess), "doubt": decoded.doubt}
        yield sheet.finding(importing.doubtful_encoding, *place, **told)
    elif decoded.guess is not None:
        guess = "windows" if decoded.guess == "cp1252" else "code-page"
        told = {"place": sheet.file or "the sheet", "guess": guess, "encoding": decoded.guess}
        yield sheet.finding(importing.assumption_made, **told)


def find_delimiter(text: str) -> tuple[str, bool]:
    """What separates the columns, and whether that is certain: a usual mark, and no other divides the lines as evenly.

    Of each mark it is counted, outside quotes, on how many of the first lines it stands equally often. A first line
    such as `sep=;`, which spreadsheets write, settles it.
    """
    said = _SEPARATOR_LINE.match(text)
    if said and said[1] in _DELIMITERS:
        return said[1], True
    lines = _LINE_ENDS.split(_QUOTED.sub("", text[:_FIRST_LETTERS]))[:_FIRST_LINES]
    scores = {mark: _score_evenness([line.count(mark) for line in lines]) for mark in _DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    if not any(scores[best]):
        return ",", True
    return best, best in _NAMES and sum(score[0] == scores[best][0] for score in scores.values()) == 1


def _score_evenness(counts: list[int]) -> tuple[int, int]:
    """On how many lines a mark stands equally often, and how often."""
    usual = Counter(count for count in counts if count)
    return max(((lines, count) for count, lines in usual.items()), default=(0, 0))


def _read_rows(
    decoded: DecodedText, delimiter: str, guard: SizeGuard
) -> tuple[dict[int, tuple[Cell, ...]], list[tuple[int, int]], tuple[int, int]]:
    """The cells by row, the places of quotes that do not balance, and of the letter to look at."""
    rows: dict[int, list[Cell]] = {}
    oddities: list[tuple[int, int]] = []
    looked_at: tuple[int, int] | None = None
    start = said.end() if (said := _SEPARATOR_LINE.match(decoded.text)) else 0
    for row, column, value, odd, end in _scan_values(decoded.text, delimiter, start):
        if row != guard.rows:
            guard.count_row(row)
        if core := value.strip():
            guard.count_cell(column, value)
            kind = CellKind.FORMULA if core[0] == "=" else CellKind.VALUE
            rows.setdefault(row, []).append(Cell(row, column, core, kind))
        if odd:
            oddities.append((row, column))
        if looked_at is None and end > decoded.at:
            looked_at = row, column
    return {row: tuple(cells) for row, cells in rows.items()}, oddities, looked_at or (1, 1)


def _scan_values(text: str, delimiter: str, start: int) -> Iterator[tuple[int, int, str, bool, int]]:
    """Row and column as in a spreadsheet, value of each cell, whether its quotes do not balance, and where it ends."""
    mark = re.escape(delimiter)
    quoted = re.compile(rf'[ ]*"([^"]*+(?:""[^"]*+)*+)"[ ]*(?={mark}|\r|\n|\Z)')
    plain = re.compile(rf"[^{mark}\r\n]*")
    row, column, at = 1 + (start > 0), 1, start
    while at < len(text):
        found = quoted.match(text, at)
        if found:
            yield row, column, found[1].replace('""', '"'), False, found.end()
        else:
            found = plain.match(text, at)
            assert found is not None, "the pattern matches the empty text"
            yield row, column, found[0], found[0].lstrip().startswith('"'), found.end()
        at = found.end()
        if text[at : at + 1] == delimiter:
            column, at = column + 1, at + 1
        elif line_end := _LINE_ENDS.match(text, at):
            row, column, at = row + 1, 1, line_end.end()
