"""Files of rows and columns as texts: CSV and workbooks, with what is merged in them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lvtu.collect.csvs import sniff_delimiter
from lvtu.collect.sheets import BROKEN, quiet, refuse_bombs
from lvtu.collect.streams import sniff_encoding
from lvtu.core.sentences import Term
from lvtu.errors import BadInput

_MOST_ROWS, _MOST_COLUMNS = 10_000, 1_000
"""Twice what the list of cards of a full map of 200 steps and 20 lanes has."""

Place = tuple[int, int]
"""A row and a column, from 0."""


@dataclass(frozen=True)
class Table:
    """A sheet.

    Attributes:
        name: of the sheet; empty where the file has but one.
        rows: its texts, all rows of one width.
        merged: cells that stand over others: the last row and column of each.
    """

    name: str
    rows: list[list[str]]
    merged: dict[Place, Place] = field(default_factory=dict)

    def row(self, row: int) -> Term:
        """Which row, as people say it.

        Example:
            >>> Table("Map", []).row(4).text("en"), Table("", []).column(27).text("en")
            ('“Map”, row 5', 'column AB')
        """
        return (
            Term("at_sheet_row", sheet=self.name, row=str(row + 1)) if self.name else Term("at_row", row=str(row + 1))
        )

    def column(self, column: int) -> Term:
        """Which column, as people say it."""
        where = letters(column)
        return Term("at_sheet_column", sheet=self.name, column=where) if self.name else Term("at_column", column=where)


def letters(column: int) -> str:
    """The letters of a column, from 0.

    Example:
        >>> letters(0), letters(25), letters(26)
        ('A', 'Z', 'AA')
    """
    told = ""
    column += 1
    while column:
        column, last = divmod(column - 1, 26)
        told = chr(65 + last) + told
    return told


def of_csv(content: bytes, file: str) -> list[Table]:
    """The one table of a CSV file, whatever its encoding and delimiter.

    Raises:
        BadInput: it is too large.
    """
    text = content.decode(sniff_encoding(content), "replace").removeprefix("\ufeff")
    delimiter = sniff_delimiter(text.encode())
    rows = [[_safe(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    return [_table(file, "", rows, {})]


def _safe(cell: str) -> str:
    """A cell without the apostrophe that kept spreadsheets from taking it for a formula."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r" else cell


def of_workbook(path: Path, name: str) -> tuple[list[Table], str]:
    """The visible sheets of a workbook that hold anything, and the title that it calls itself.

    Raises:
        BadInput: it is no workbook, or too large.
    """
    from openpyxl import load_workbook

    with path.open("rb") as file:
        refuse_bombs(file, name)
        try:
            with quiet():
                book = load_workbook(file, data_only=True, keep_links=False)
        except (*BROKEN, KeyError, TypeError) as error:
            if file.seek(0) == 0 and file.read(4) == b"\xd0\xcf\x11\xe0":
                raise BadInput("old_workbook", file=name) from None
            raise BadInput("no_workbook", file=name, error=" ".join(str(error).split())) from None
    seen = [one for one in book.worksheets if one.sheet_state == "visible"]
    tables = [_of_sheet(name, one, one.title if len(seen) > 1 else "") for one in seen]
    return [one for one in tables if one.rows], str(book.properties.title or "").strip()


def _of_sheet(file: str, sheet: Any, name: str) -> Table:
    last = {"max_row": min(sheet.max_row, _MOST_ROWS + 1), "max_col": min(sheet.max_column, _MOST_COLUMNS + 1)}
    rows = [[_told(cell) for cell in row] for row in sheet.iter_rows(values_only=True, **last)]
    merged = {
        (one.min_row - 1, one.min_col - 1): (one.max_row - 1, one.max_col - 1) for one in sheet.merged_cells.ranges
    }
    return _table(file, name, rows, merged)


def _table(file: str, name: str, rows: list[list[str]], merged: dict[Place, Place]) -> Table:
    """Rows of one width, without empty ones at the end.

    Raises:
        BadInput: they are too many.
    """
    rows = [[cell.strip() for cell in row] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    wide = max((place + 1 for row in rows for place, cell in enumerate(row) if cell), default=0)
    if len(rows) > _MOST_ROWS or wide > _MOST_COLUMNS:
        raise BadInput("map_table_too_large", file=file, rows=_MOST_ROWS, columns=_MOST_COLUMNS)
    return Table(name, [row[:wide] + [""] * (wide - len(row)) for row in rows], merged)


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)
