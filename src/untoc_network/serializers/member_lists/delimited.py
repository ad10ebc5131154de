"""CSV as people really export it: the encoding, the delimiter, and quotes that do not balance.

The standard reader drops quotes and swallows whole rows where they do not balance; here every letter is kept.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.serializers.member_lists.cells import Cell, CellKind, Sheet, SizeGuard, UnreadableSheet
from untoc_network.serializers.source.limits import Limits

__all__ = ["find_delimiter", "read_delimited"]

_DELIMITERS = ";\t,"
_FIRST_LINES = 30
_FIRST_LETTERS = 100_000
_QUOTED = re.compile(r'(?<![^;,\t\r\n])"[^"]*+(?:""[^"]*+)*+"(?![^;,\t\r\n])')
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


def read_delimited(data: bytes, *, file: str | None, limits: Limits) -> Sheet:
    """The cells of a CSV file. Raises `Unreadable`."""
    sheet = Sheet(file=file)
    text, guesses = _decode(data)
    if "\0" in text:
        raise UnreadableSheet(importing.unreadable_sheet, problem="nul", remedy="export")
    delimiter, certain = find_delimiter(text)
    if not certain:
        guesses.append(_NAMES[delimiter])
    rows, oddities = _read_rows(text, delimiter, SizeGuard(limits))
    place = file or "the sheet"
    findings = [sheet.finding(importing.assumption_made, place=place, guess=guess) for guess in guesses]
    for row, column in oddities:
        cell = sheet.reference(row, column)
        findings.append(sheet.finding(importing.assumption_made, row, column, place=cell, guess="quotes"))
    return Sheet(file=file, rows=rows, findings=tuple(findings))


_NAMES = {";": "semicolon", "\t": "tab", ",": "comma"}


def _decode(data: bytes) -> tuple[str, list[str]]:
    """The text, and what had to be guessed of its encoding. Raises `Unreadable`."""
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8-sig")
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), ["windows"]
    except UnicodeDecodeError:
        raise UnreadableSheet(
            importing.unreadable_sheet,
            problem="encoding",
            remedy="export",
        ) from None


def find_delimiter(text: str) -> tuple[str, bool]:
    """What separates the columns, and whether that is certain: no other mark would divide the lines as evenly.

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
    return best, sum(score[0] == scores[best][0] for score in scores.values()) == 1


def _score_evenness(counts: list[int]) -> tuple[int, int]:
    """On how many lines a mark stands equally often, and how often."""
    usual = Counter(count for count in counts if count)
    return max(((lines, count) for count, lines in usual.items()), default=(0, 0))


def _read_rows(
    text: str, delimiter: str, guard: SizeGuard
) -> tuple[dict[int, tuple[Cell, ...]], list[tuple[int, int]]]:
    """The cells by row, and the places of quotes that do not balance."""
    rows: dict[int, list[Cell]] = {}
    oddities = []
    start = said.end() if (said := _SEPARATOR_LINE.match(text)) else 0
    for row, column, value, odd in _scan_values(text, delimiter, start):
        guard.count_row(row)
        if value.strip():
            guard.count_cell(column, value)
            kind = CellKind.FORMULA if value.lstrip().startswith("=") else CellKind.VALUE
            rows.setdefault(row, []).append(Cell(row, column, value.strip(), kind))
        if odd:
            oddities.append((row, column))
    return {row: tuple(cells) for row, cells in rows.items()}, oddities


def _scan_values(text: str, delimiter: str, start: int) -> Iterator[tuple[int, int, str, bool]]:
    """Row, column and value of each cell, and whether its quotes do not balance; rows count as in a spreadsheet."""
    end = rf"(?={delimiter}|\r|\n|\Z)"
    quoted = re.compile(rf'[ ]*"([^"]*+(?:""[^"]*+)*+)"[ ]*{end}')
    plain = re.compile(rf"[^{delimiter}\r\n]*")
    row, column, at = 1 + (start > 0), 1, start
    while at < len(text):
        found = quoted.match(text, at)
        if found:
            yield row, column, found[1].replace('""', '"'), False
        else:
            found = plain.match(text, at)
            assert found is not None, "the pattern matches the empty text"
            yield row, column, found[0], found[0].lstrip().startswith('"')
        at = found.end()
        if text[at : at + 1] == delimiter:
            column, at = column + 1, at + 1
        elif line_end := _LINE_ENDS.match(text, at):
            row, column, at = row + 1, 1, line_end.end()
