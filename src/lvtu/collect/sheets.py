"""XLSX: one sheet of a workbook, read row by row in bounded memory; the workbook's texts alone are held at once.

A sheet is made for eyes, so the table in it is looked for: titles may stand above it, cells may be merged, and rows
and columns around it may be empty. A merged cell counts for each of its rows, in its first column.
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, ZipInfo

import pyarrow as pa

from lvtu.collect.batch import rejection
from lvtu.collect.frames import Frame, distinct
from lvtu.collect.jsons import Rewrite, row_frames, spell
from lvtu.collect.mapping import Mapping
from lvtu.collect.merges import Marks, filled_down, marks_of
from lvtu.collect.streams import LONGEST, Lines
from lvtu.core.sentences import Note, Reason
from lvtu.errors import BadInput, UnknownName

_HEAD = 100
"""Rows among which the header is looked for."""
_ROWS = 20_000
_LAST_ROW = 1_048_576
"""The last row that a sheet can have: one that says it is further down would be waited for in vain."""

_WHOLE, _SHEET = 256 << 20, 4 << 30
"""Bytes of what a workbook holds beside its sheets, which is read as a whole, and of one sheet, unpacked."""

_ERRORS = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"))
_NO_NAME = re.compile(r"[\d\s:/.,+-]+")
_NOT_SHOWN = re.compile(r'"[^"]*"|\[\$[^\]]*\]|\\.')

BROKEN = (BadZipFile, ParseError, zlib.error, OSError, EOFError, ValueError)
"""What a damaged workbook raises."""

Row = tuple[int, list[Any]]
"""A row's number on the sheet, and its cells: None, bool, int, float, str, date, datetime, time or timedelta."""


@dataclass(frozen=True)
class Place:
    """Where the table of a sheet is.

    Attributes:
        names: of its columns.
        row: of the header; 0 if there is none.
        first: its first column, from 0.
    """

    names: tuple[str, ...]
    row: int
    first: int

    @property
    def end(self) -> int:
        """The first column after it."""
        return self.first + len(self.names)


def xlsx_frames(
    path: Path, place: str, sheet: str | None, mapping: Mapping, lines: Lines, rewrite: Rewrite | None
) -> Iterator[Frame | pa.Table | Note]:
    """The frames of a sheet, and what is to be known about it. Of ``lines`` only the position is used.

    Args:
        path: the workbook.
        place: its short name.
        sheet: which sheet; the mapping's, else the first visible one with a table, if None.
        mapping: ``header`` and ``skip`` count as for CSV.
        lines: told how far it is.
        rewrite: a ready reader's rule.

    Raises:
        UnknownName: there is no such sheet.
        BadInput: the file is no workbook, no sheet holds a table.
    """
    with path.open("rb") as file:
        book = _opened(file, place)
        worksheet, notes = _chosen(book, sheet or mapping.sheet, place)
        yield from notes
        named = f"{place}#{worksheet.title}" if sheet or mapping.sheet or notes else place
        marks = marks_of(file, worksheet)
        if marks.uncalculated:
            yield Note("uncalculated", sheet=worksheet.title, cells=marks.uncalculated)
        last, size = worksheet.max_row, path.stat().st_size
        rows = filled_down(_rows(worksheet), marks)
        table = _Table(named, mapping, rewrite, marks)
        for part in table.frames(rows):
            lines.position = size * min(table.row, last) // last if last else 0
            yield part


class _Table:
    """One pass over a sheet; ``row`` is the number of the row read last."""

    def __init__(self, place: str, mapping: Mapping, rewrite: Rewrite | None, marks: Marks) -> None:
        self.place, self.mapping, self.rewrite, self.marks = place, mapping, rewrite, marks
        self.row = 0
        self.trouble: Exception | None = None

    def frames(self, rows: Iterator[Row]) -> Iterator[Frame | pa.Table | Note]:
        """Frames of whole rows and tables of rejected ones."""
        rows = self._unbroken(rows)
        head = list(islice(rows, _HEAD))
        where = table_place(head, self.mapping.header)
        repeated = [where.names[column - where.first] for column in self.marks.columns_below(where.row, where)]
        if repeated:
            yield Note("merged_cells", columns=tuple(repeated))
        body = islice((row for row in chain(head, rows) if row[0] > where.row), self.mapping.skip, None)
        while part := list(islice(body, _ROWS)):
            self.row = part[-1][0]
            aside = {number: cells for number, cells in part if _outside(cells, where)}
            for number, cells in aside.items():
                yield self._too_many(number, cells, where)
            kept = [(number, _named(cells, where)) for number, cells in part if number not in aside]
            numbers, given = [number for number, _ in kept], [row for _, row in kept]
            yield from row_frames(given, self.place, self.mapping, self.rewrite, numbers, where.names)
        if self.trouble is not None:
            reason = Reason("rest", error=" ".join(str(self.trouble).split()))
            yield rejection(f"{self.place}:{self.row + 1}", "row", reason, {"_text": ""})

    def _unbroken(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows up to a break, if there is one."""
        try:
            yield from rows
        except BROKEN as error:
            self.trouble = error

    def _too_many(self, number: int, cells: list[Any], where: Place) -> pa.Table:
        given = sum(cell is not None for cell in cells)
        raw = dict(zip(where.names, cells[where.first :], strict=False)) | {
            "_extra": cells[: where.first] + cells[where.end :]
        }
        reason = Reason("cells", cells=given, expected=len(where.names))
        return rejection(f"{self.place}:{number}", "row", reason, spell(raw))


def _outside(cells: list[Any], where: Place) -> bool:
    """Whether a row has cells beside the table."""
    return any(cell is not None for cell in chain(cells[: where.first], cells[where.end :]))


def _named(cells: list[Any], where: Place) -> dict[str, Any]:
    """The cells of a row that are not empty, by their columns' names."""
    given = zip(where.names, cells[where.first : where.end], strict=False)
    return {name: cell for name, cell in given if cell is not None}


def table_place(head: list[Row], names: tuple[str, ...] | None = None) -> Place:
    """Where the table is, told by the first rows of a sheet that are not empty.

    The header is the first row that names as many columns as the widest row fills, else the first that names more than
    half as many, with texts that are no numbers.

    Args:
        head: the rows, with what merged cells say in each of theirs.
        names: the columns' names, if the sheet has no header.

    Example:
        >>> rows = [(1, ["Orders of May", None]), (3, [None, "id", "paid"]), (4, [None, 7, 12.5])]
        >>> table_place(rows)
        Place(names=('id', 'paid'), row=3, first=1)
    """
    row = 0 if names else _header(head)
    body = [cells for number, cells in head if number >= row]
    filled = [column for cells in body for column, cell in enumerate(cells) if cell is not None]
    first, end = min(filled, default=0), max(filled, default=-1) + 1
    if names:
        return Place(names, 0, first)
    header = body[0][first:end] if body else []
    found = ["" if cell is None else str(cell).strip() for cell in header] + [""] * (end - first - len(header))
    return Place(tuple(distinct(found)), row, first)


def _header(head: list[Row]) -> int:
    """The number of the header's row; the first row that is wide enough if none looks like one."""
    given = {number: [cell for cell in cells if cell is not None] for number, cells in head}
    most = max(map(len, given.values()), default=0)
    wide = [number for number, cells in given.items() if 2 * len(cells) > most]
    named = [number for number in wide if all(map(_is_name, given[number]))]
    whole = [number for number in named if len(given[number]) == most]
    return next(iter([*whole, *named, *wide]), 0)


def _is_name(cell: Any) -> bool:
    return isinstance(cell, str) and _NO_NAME.fullmatch(cell) is None


def _rows(worksheet: Any) -> Iterator[Row]:
    """The rows of a sheet that are not empty."""
    worksheet.reset_dimensions()  # what a sheet says of its size is often wrong, and rows beyond it would be lost
    rows = enumerate(worksheet.iter_rows(), 1)
    while True:
        part: list[Row] = []
        trouble: Exception | None = None
        with quiet():
            try:
                part.extend((number, [_value(cell) for cell in cells]) for number, cells in islice(rows, 1000))
            except BROKEN as error:  # the rows before the break are good
                trouble = error
        if part and part[-1][0] > _LAST_ROW:
            return
        yield from (row for row in part if any(cell is not None for cell in row[1]))
        if trouble is not None:
            raise trouble
        if not part:
            return


def _value(cell: Any) -> Any:
    """A cell's value: whole numbers as such, days as dates, errors and blanks as missing."""
    value = cell.value
    if value is None:
        return None
    kind = type(value)
    if kind is str:
        return None if value in _ERRORS or not value.strip() else value
    if kind is float:
        return int(value) if value.is_integer() else value
    if kind is datetime and value.time() == time() and _is_day(cell.number_format):
        return value.date()
    return value


def _is_day(number_format: str) -> bool:
    """Whether a format of dates shows no hours.

    Example:
        >>> _is_day('yyyy"年"m"月"d"日"'), _is_day("m/d/yy h:mm")
        (True, False)
    """
    return "h" not in _NOT_SHOWN.sub("", number_format).lower()


def _opened(file: Any, place: str) -> Any:
    from openpyxl import load_workbook

    refuse_bombs(file, place)
    try:
        with quiet():
            return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (*BROKEN, KeyError, TypeError) as error:
        if file.seek(0) == 0 and file.read(4) == b"\xd0\xcf\x11\xe0":
            raise BadInput("old_workbook", file=place) from None
        raise BadInput("no_workbook", file=place, error=" ".join(str(error).split())) from None


def refuse_bombs(file: Any, place: str) -> None:
    """Look at what a workbook would become before any of it is unpacked.

    Raises:
        BadInput: its texts and styles, or a row of a sheet, would take more memory than a workbook is worth.
    """
    with suppress(BadZipFile), ZipFile(file) as archive:
        sheets = [one for one in archive.infolist() if one.filename.startswith("xl/worksheets/")]
        read = [one for one in archive.infolist() if one.filename.endswith((".xml", ".rels")) and one not in sheets]
        if sum(one.file_size for one in read) > _WHOLE or any(one.file_size > _SHEET for one in sheets):
            raise BadInput("large_workbook", file=place)
        for sheet in sheets:
            if sheet.file_size > LONGEST and not _has_ends(archive, sheet):
                raise BadInput("long_row", file=place, most=LONGEST >> 20)
    file.seek(0)


def _has_ends(archive: ZipFile, sheet: ZipInfo) -> bool:
    """Whether no row of a sheet is endless: it is held as a whole."""
    size, kept = 0, b""
    with archive.open(sheet) as stream:
        while piece := stream.read(1 << 20):
            size = 0 if b"row>" in kept + piece else size + len(piece)
            if size > LONGEST:
                return False
            kept = piece[-4:]
    return True


@contextmanager
def quiet() -> Iterator[None]:
    """Without openpyxl's remarks on styles and extensions that do not concern the cells."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        yield


def _chosen(book: Any, wanted: str | None, place: str) -> tuple[Any, list[Note]]:
    """The sheet to read, and what to know about the others."""
    sheets = book.worksheets
    if wanted is not None:
        for sheet in sheets:
            if sheet.title.strip() == wanted.strip():
                return sheet, []
        raise UnknownName("sheet", wanted, [sheet.title for sheet in sheets], file=place)
    tables = [sheet for sheet in sheets if _holds_table(sheet)]
    shown = [sheet for sheet in tables if sheet.sheet_state == "visible"]
    if not shown:
        raise BadInput("no_table", file=place, known=[sheet.title for sheet in sheets])
    notes = []
    if len(shown) > 1:
        others = tuple(sheet.title for sheet in shown[1:])
        notes.append(Note("other_sheets", file=place, sheet=shown[0].title, sheets=others))
    if hidden := tuple(sheet.title for sheet in tables if sheet not in shown):
        notes.append(Note("hidden_sheets", file=place, sheets=hidden))
    return shown[0], notes


def _holds_table(sheet: Any) -> bool:
    """Whether two of the first rows fill two cells each, as far as the sheet can be read."""
    rows = 0
    with suppress(*BROKEN):
        for _, cells in islice(_rows(sheet), _HEAD):
            rows += sum(cell is not None for cell in cells) > 1
    return rows > 1
