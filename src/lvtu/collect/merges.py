"""What the rows of a sheet do not tell: cells that are merged, and formulas that nobody has calculated.

Both stand in the sheet's XML, merged cells after all rows, so it is looked through once before the rows are read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

if TYPE_CHECKING:
    from lvtu.collect.sheets import Place, Row

_PIECE = 1 << 20
_TAG = 4096
"""Bytes of one cell with a formula, at most, that are looked for across the border of two pieces."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):[A-Z]+(\d+)"')
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


class Merged(NamedTuple):
    """A cell merged over several rows: the first and last of them, from 1, and its first column, from 0."""

    top: int
    bottom: int
    column: int


@dataclass
class Marks:
    """The marks of one sheet.

    Attributes:
        merged: the cells merged over several rows.
        uncalculated: formulas without a result: the program that wrote them did not calculate.
    """

    merged: list[Merged] = field(default_factory=list)
    uncalculated: int = 0

    def columns_below(self, row: int, where: Place) -> list[int]:
        """The columns of a table in which a cell counts for several rows below a row."""
        found = {cell.column for cell in self.merged if cell.top > row}
        return sorted(column for column in found if where.first <= column < where.end)


def marks_of(file: Any, worksheet: Any) -> Marks:
    """The marks of a sheet that openpyxl has opened for reading only; in that way it does not tell them."""
    marks, kept = Marks(), b""
    with ZipFile(file) as archive, archive.open(worksheet._worksheet_path) as stream:
        while piece := stream.read(_PIECE):
            text = kept + piece
            seen = max(_merged(text, marks), _uncalculated(text, marks))
            kept = text[max(seen, len(text) - _TAG) :]
    return marks


def _merged(text: bytes, marks: Marks) -> int:
    """Enter the merged cells of a piece; where the last one ends."""
    end = 0
    if b"mergeCell" in text:
        for found in _MERGED.finditer(text):
            column, top, bottom = found.groups()
            if int(bottom) > int(top):
                marks.merged.append(Merged(int(top), int(bottom), _column(column)))
            end = found.end()
    return end


def _uncalculated(text: bytes, marks: Marks) -> int:
    """Count the formulas of a piece that have no result; where the last one ends."""
    end = 0
    if b"</f>" in text or b":f>" in text:
        for found in _FORMULA.finditer(text):
            marks.uncalculated += b't="str"' not in found[1]  # that one was calculated, and is an empty text
            end = found.end()
    return end


def _column(letters: bytes) -> int:
    """A column's number from 0.

    Example:
        >>> _column(b"A"), _column(b"AA")
        (0, 26)
    """
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1


def filled_down(rows: Iterator[Row], marks: Marks) -> Iterator[Row]:
    """The rows with what a merged cell says in each of its rows, in its first column.

    Example:
        >>> marks = Marks([Merged(2, 3, 0)])
        >>> list(filled_down(iter([(1, ["id"]), (2, ["ann", 1]), (3, [None, 2]), (4, [None, 3])]), marks))
        [(1, ['id']), (2, ['ann', 1]), (3, ['ann', 2]), (4, [None, 3])]
    """
    beginning = defaultdict(list)
    for cell in marks.merged:
        beginning[cell.top].append(cell)
    lasting: dict[int, tuple[Any, int]] = {}
    for number, cells in rows:
        for column, (value, bottom) in list(lasting.items()):
            if number > bottom:
                del lasting[column]
            elif value is not None:
                cells += [None] * (column + 1 - len(cells))
                cells[column] = value if cells[column] is None else cells[column]
        for cell in beginning.pop(number, ()):
            value = cells[cell.column] if cell.column < len(cells) else None
            lasting[cell.column] = value, cell.bottom
        yield number, cells
