"""Delimited text as people really export it: any code page, any delimiter, and quotes that do not balance.

The standard reader drops quotes and swallows whole rows where they do not balance; here every letter is kept.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

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
_QUOTE = '"'
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
    rows: dict[int, tuple[Cell, ...]] = {}
    oddities: list[tuple[int, int]] = []
    looked_at: tuple[int, int] | None = None
    start = said.end() if (said := _SEPARATOR_LINE.match(decoded.text)) else 0
    for row, line in enumerate(_scan_lines(decoded.text, delimiter, start), start=1 + (start > 0)):
        guard.count_row(row)
        cells = []
        for column, value in enumerate(line.values, start=1):
            if core := value.strip():
                guard.count_cell(column, value)
                cells.append(Cell(row, column, core, CellKind.FORMULA if core[0] == "=" else CellKind.VALUE))
        if cells:
            rows[row] = tuple(cells)
        oddities += [(row, column) for column in line.odd]
        if looked_at is None and line.end > decoded.at:
            column = next(column for column, end in enumerate(line.list_ends(), start=1) if end > decoded.at)
            looked_at = row, column
    return rows, oddities, looked_at or (1, 1)


@attrs.define
class _Line:
    """The values of a row, where it begins and ends; `odd` are the columns in which quotes do not balance."""

    values: list[str]
    start: int
    end: int
    odd: Sequence[int] = ()
    ends: Sequence[int] = ()

    def list_ends(self) -> Iterable[int]:
        """Where each value ends; without quotes, one mark stands between two."""
        return self.ends or (self.start + end - 1 for end in itertools.accumulate(len(one) + 1 for one in self.values))


def _scan_lines(text: str, delimiter: str, start: int) -> Iterator[_Line]:
    """The rows as in a spreadsheet. A line without quotes, as most are, is only taken apart at its marks."""
    mark = re.escape(delimiter)
    quoted = re.compile(rf'[ ]*"([^"]*+(?:""[^"]*+)*+)"[ ]*(?={mark}|\r|\n|\Z)')
    plain = re.compile(rf"[^{mark}\r\n]*")
    at = start
    while at < len(text):
        line_end = _LINE_ENDS.search(text, at)
        end = line_end.start() if line_end else len(text)
        if _QUOTE not in (line := text[at:end]):
            yield _Line(line.split(delimiter), at, end)
        else:
            values = _scan_quoted_line(text, at, delimiter, quoted, plain)
            end = values.end
            yield values
        at = line_end.end() if (line_end := _LINE_ENDS.match(text, end)) else end


def _scan_quoted_line(text: str, start: int, delimiter: str, quoted: re.Pattern[str], plain: re.Pattern[str]) -> _Line:
    """A row that may go on over the ends of lines, value by value."""
    line = _Line([], start, start, odd := [], ends := [])
    at = start
    while True:
        if found := quoted.match(text, at):
            line.values.append(found[1].replace('""', '"'))
        else:
            found = plain.match(text, at)
            assert found is not None, "the pattern matches the empty text"
            line.values.append(found[0])
            if found[0].lstrip().startswith('"'):
                odd.append(len(line.values))
        line.end = at = found.end()
        ends.append(at)
        if text[at : at + 1] != delimiter:
            return line
        at += 1
