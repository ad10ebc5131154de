"""A look through every part of a workbook before openpyxl builds trees of some: what is kept is small.

A reader that builds trees needs a hundred bytes for an element of four, and two thousand for a style of five, so a part
that unpacks to little can still fill all memory. Here each part runs through expat, which keeps nothing, in pieces.
Kept are the merged ranges of a sheet and what hangs on its cells beside their values: links and comments.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

import attrs

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.serializers.member_lists.sheet_reading import MergedRange, UnreadableSheet
from untoc_network.serializers.source.limits import Limits

__all__ = ["SheetExtras", "damaged_workbook", "survey_workbook"]

_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CONTENT_TYPES = "[Content_Types].xml"
_READ_AS_TREES = {_CONTENT_TYPES, "xl/styles.xml", "docProps/core.xml", "docProps/custom.xml"}
_TYPES_OF_TREES = ("main+xml", "chartsheet+xml")
"""How the types end of those parts of which openpyxl builds a tree, beside those that it knows by their names."""
_COSTLY = {
    *("brk", "cfRule", "col", "conditionalFormatting", "customSheetView", "dataValidation", "filterColumn"),
    *("inputCells", "pane", "scenario", "selection", "sheetView", "tablePart"),
}
"""Elements of sheets of which openpyxl makes objects, though it streams the sheet."""
_MOST_PARTS = 5_000
_MOST_SHEETS = 1_000
_MOST_IN_TREES = 40_000
"""Elements of all trees together; each takes up to two kilobytes. Excel itself allows 65,490 styles, and people have
some hundreds."""
_MOST_BESIDE = 100_000
"""Elements of all parts together, beside sixteen for each cell that is allowed."""
_MOST_LETTERS = 2**22
"""Letters of all comments together; those that go beyond are told without what they say."""
_PIECE = 2**16
_LONGEST = 2**20
"""Bytes without the beginning of an element: a text, or the attributes of one."""
_ATTRIBUTES = 8
"""So many attributes count as an element more."""


@attrs.frozen(kw_only=True)
class SheetExtras:
    """What a sheet holds beside the values of its cells: merged ranges, links, comments, hidden rows."""

    merged: tuple[MergedRange, ...] = ()
    links: Mapping[tuple[int, int], str] = attrs.field(factory=dict, repr=False)
    comments: Mapping[tuple[int, int], str] = attrs.field(factory=dict, repr=False)
    hidden_rows: tuple[int, ...] = ()


def damaged_workbook() -> UnreadableSheet:
    """That the workbook is none."""
    return UnreadableSheet(
        importing.unreadable_sheet,
        problem="damaged",
        remedy="save-anew",
    )


def survey_workbook(data: bytes, limits: Limits) -> Mapping[str, SheetExtras]:
    """What each part of a workbook holds beside values, by its name. Raises `UnreadableSheet` beyond the limits.

    The sizes that the archive declares are looked at first; no part unpacks to more than it declares.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS:
                raise _make_limit_error("parts", _MOST_PARTS)
            if sum(part.file_size for part in parts) > limits.max_inflated:
                raise _make_limit_error("inflated", limits.max_inflated)
            survey = _Survey(limits)
            for part in sorted(parts, key=_order):
                survey.read(archive, part)
            return survey.finish()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, zlib.error):
        raise damaged_workbook() from None


def _order(part: zipfile.ZipInfo) -> tuple[bool, bool]:
    """What says how other parts are read goes first."""
    return part.filename != _CONTENT_TYPES, not part.filename.endswith(".rels")


def _make_limit_error(problem: str, limit: int) -> UnreadableSheet:
    return UnreadableSheet(importing.sheet_too_large, problem=problem, limit=limit)


class _Survey:
    """Goes through the parts of one workbook, and counts what they have together."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.most = _MOST_BESIDE + 16 * limits.max_cells
        self.elements = self.in_trees = self.hung = self.letters = 0
        self.trees = set(_READ_AS_TREES)
        self.scanned: dict[str, _PartScanner] = {}

    def read(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        """Run through a part. What is no XML is left to those who know it."""
        is_tree = part.filename in self.trees or part.filename.endswith(".rels")
        scanner = self.scanned[part.filename] = _PartScanner(self, part.filename, is_tree=is_tree)
        with archive.open(part) as opened:
            scanner.read(opened)

    def count(self, weight: int, *, is_tree: bool) -> None:
        """Count an element of any part."""
        self.elements += weight
        if self.elements > self.most:
            raise _make_limit_error("elements-in-all", self.most)
        if is_tree:
            self.in_trees += weight
            if self.in_trees > _MOST_IN_TREES:
                raise _make_limit_error("elements-in-trees", _MOST_IN_TREES)

    def count_hung(self) -> None:
        """Count a link or a comment."""
        self.hung += 1
        if self.hung > self.limits.max_cells:
            raise _make_limit_error("links", self.limits.max_cells)

    def finish(self) -> Mapping[str, SheetExtras]:
        """What hangs on the cells of each part."""
        return {name: self._extras(name, scanner) for name, scanner in self.scanned.items() if scanner.has_extras()}

    def _extras(self, name: str, scanner: _PartScanner) -> SheetExtras:
        folder, file = posixpath.split(name)
        relations = self.scanned.get(f"{folder}/_rels/{file}.rels")
        targets = relations.targets if relations else {}
        beside = (self.scanned.get(target) for target in targets.values())
        comments = {
            place: text
            for part in sorted((part for part in beside if part), key=lambda part: part.is_threaded)
            for place, text in part.comments.items()
        }
        links = {place: targets.get(link, link) for place, link in scanner.links}
        return SheetExtras(
            merged=tuple(scanner.merged),
            links=links,
            comments=comments,
            hidden_rows=tuple(scanner.hidden_rows),
        )


class _PartScanner:
    """Counts the elements of one part, by their names and since the last row, and keeps what hangs on cells."""

    def __init__(self, survey: _Survey, name: str, *, is_tree: bool) -> None:
        limits = survey.limits
        self.survey, self.name, self.is_tree = survey, name, is_tree
        self.most = {"row": limits.max_rows, "si": limits.max_cells, "mergeCell": limits.max_rows}
        self.most |= {"sheet": _MOST_SHEETS} if is_tree else {}
        self.most_in_a_row = 20 * limits.max_columns + limits.max_rows
        self.counts: Counter[str] = Counter()
        self.in_a_row = self.started = 0
        self.merged: list[MergedRange] = []
        self.links: list[tuple[tuple[int, int], str]] = []
        self.comments: dict[tuple[int, int], str] = {}
        self.is_threaded = False
        self.commented: tuple[int, int] | None = None
        self.texts: list[str] = []
        self.hidden_rows: list[int] = []
        self.targets: dict[str, str] = {}
        self.kept = {
            "mergeCell": self._keep_merged,
            "row": self._keep_hidden_row,
            "hyperlink": self._keep_link,
            "comment": self._keep_comment,
            "threadedComment": self._keep_threaded_comment,
            "Relationship": self._keep_target,
            "Override": self._keep_type,
        }

    def read(self, opened: IO[bytes]) -> None:
        """Run through the part, up to where it is no XML."""
        self.parser = parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._count_element_start
        parser.EndElementHandler = self._count_element_end
        parser.StartDoctypeDeclHandler = self._refuse_part
        seen = quiet = 0
        try:
            while piece := opened.read(_PIECE):
                parser.Parse(piece)
                quiet, seen = (quiet + len(piece) if seen == self.started else 0), self.started
                if quiet > _LONGEST:
                    raise _make_limit_error("longest", _LONGEST)
            parser.Parse(b"", True)
        except expat.ExpatError:
            return
        lent = sum(range_.bottom - range_.top for range_ in self.merged)
        if lent > self.survey.limits.max_cells:
            raise _make_limit_error("merged-cells", self.survey.limits.max_cells)

    def has_extras(self) -> bool:
        """Whether the part is one that openpyxl may read as a sheet."""
        return not self.is_tree

    def _count_element_start(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = name.rpartition("}")[2]
        weight = 1 + len(attributes) // _ATTRIBUTES
        self.started += 1
        self.in_a_row += weight
        self.survey.count(weight, is_tree=self.is_tree or kind in _COSTLY)
        if self.in_a_row > self.most_in_a_row:
            raise _make_limit_error("elements", self.most_in_a_row)
        if kind in self.most:
            self.counts[kind] += 1
            if self.counts[kind] > self.most[kind]:
                raise _make_limit_error(_NAMES[kind], self.most[kind])
        if kind in self.kept:
            self.kept[kind](attributes)

    def _keep_merged(self, attributes: Mapping[str, str]) -> None:
        if shape := _RANGE.fullmatch(attributes.get("ref", "")):
            self.merged.append(
                MergedRange(int(shape[2]), _to_column_number(shape[1]), int(shape[4]), _to_column_number(shape[3]))
            )

    def _keep_hidden_row(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true"):
            number = attributes.get("r", "")
            self.hidden_rows.append(int(number) if number.isdecimal() else self.counts["row"])

    def _keep_link(self, attributes: Mapping[str, str]) -> None:
        place = _find_place(attributes)
        target = next((value for key, value in attributes.items() if key.endswith("}id")), None)
        if place:
            self.survey.count_hung()
            self.links.append((place, target or attributes.get("location", "")))

    def _keep_comment(self, attributes: Mapping[str, str]) -> None:
        place = _find_place(attributes)
        if place:
            self.survey.count_hung()
            self.commented, self.texts = place, []
            self.parser.CharacterDataHandler = self._keep_text

    def _keep_threaded_comment(self, attributes: Mapping[str, str]) -> None:
        self.is_threaded = True  # the old copy of such comments begins with a text about the program
        self._keep_comment(attributes)

    def _keep_text(self, text: str) -> None:
        self.survey.letters += len(text)
        if self.survey.letters <= _MOST_LETTERS:
            self.texts.append(text)

    def _end_comment(self) -> None:
        assert self.commented is not None, "only a comment with a place is kept"
        earlier = self.comments.get(self.commented)
        text = "".join(self.texts).strip() if self.survey.letters <= _MOST_LETTERS else ""
        self.comments[self.commented] = "\n".join(filter(None, (earlier, text)))
        self.commented, self.parser.CharacterDataHandler = None, None

    def _keep_target(self, attributes: Mapping[str, str]) -> None:
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") != "External":
            folder = posixpath.dirname(posixpath.dirname(self.name))
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if "chartsheet" in attributes.get("Type", ""):
                self.survey.trees.add(target)
        self.targets[attributes.get("Id", "")] = target

    def _keep_type(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("ContentType", "").endswith(_TYPES_OF_TREES):
            self.survey.trees.add(attributes.get("PartName", "").lstrip("/"))

    def _count_element_end(self, name: str) -> None:
        if name.endswith(("}row", "}si")):
            self.in_a_row = 0
        elif self.commented is not None and name.endswith(("}comment", "}threadedComment")):
            self._end_comment()

    def _refuse_part(self, *_: object) -> None:
        raise damaged_workbook()


_NAMES = {"row": "rows", "si": "texts", "mergeCell": "merged-ranges", "sheet": "sheets"}


def _find_place(attributes: Mapping[str, str]) -> tuple[int, int] | None:
    """Row and column of the first cell that an element is about."""
    shape = _CELL.match(attributes.get("ref", ""))
    return (int(shape[2]), _to_column_number(shape[1])) if shape else None


def _to_column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
