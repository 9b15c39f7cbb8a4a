"""How sheets of workbooks are laid out: columns as wide and rows as high as what is in them, and pages to print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import copy
from typing import Any

from lvtu.maps.drawing.measure import width

HEAD, LINE, SOFT = "F0F2F5", "E6E9EE", "5B6675"
"""The ground of heads, the lines between cells, and quiet words."""

_ACROSS = 0.58
"""How wide a unit of a column is in sizes of its type: that of a digit."""

_LINE_HIGH, _HIGHEST = 15.0, 400.0
"""In points; a row is at most 409 high."""


def bold(color: str | None = None, *, is_: bool = True) -> Any:
    """The type of a workbook, bold or not: one that names no font is set in any by some programs."""
    from openpyxl.styles.fonts import DEFAULT_FONT

    font = copy(DEFAULT_FONT)
    font.b = is_
    if color is not None:
        font.color = f"FF{color}"
    return font


def wide(value: object, *, strong: bool = False) -> float:
    """How wide a value stands in one line, in units of columns; a text of several lines as its widest.

    Example:
        >>> wide("ab") < wide("安检"), wide(1234567.125) == wide("1,234,567.13")
        (True, True)
    """
    return max((width(line, 1.0, strong) / _ACROSS for line in _shown(value).splitlines()), default=0.0)


def columns(sheet: Any, widths: Sequence[float]) -> None:
    """Set how wide the columns of a sheet are, in units, and make every row as high as its fullest cell.

    Args:
        sheet: of openpyxl; merged cells are left to the room they have.
        widths: of the first columns.
    """
    from openpyxl.utils import get_column_letter

    for column, room in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = room
    over = {(part.min_row, part.min_col): sum(widths[part.min_col - 1 : part.max_col]) for part in sheet.merged_cells}
    for row in sheet.iter_rows():
        lines = 1
        for cell in row:
            if cell.value is not None and cell.column <= len(widths):
                room = over.get((cell.row, cell.column), widths[cell.column - 1])
                lines = max(lines, _lines(cell.value, room, strong=bool(cell.font.b)))
        sheet.row_dimensions[row[0].row].height = min(lines * _LINE_HIGH + 3, _HIGHEST)


def printed(sheet: Any, footer: str = "", *, heads: str = "1:1", side: str | None = None, pages: int = 1) -> None:
    """How a sheet prints: A4 across, so many pages wide, its heads on every one of them.

    Args:
        sheet: of openpyxl.
        footer: what stands below every page.
        heads: the rows that stand on each page.
        side: the columns that do.
        pages: how many pages it is wide.
    """
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.8
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.print_title_rows = heads
    if side is not None:
        sheet.print_title_cols = side
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = footer.replace("&", "&&"), "&P / &N"


def look(value: object) -> str | None:
    """How a number is shown: thousands apart, and two places behind the point; the cell holds all of it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return "#,##0" if isinstance(value, int) else "#,##0.00"


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
    return str(value)


def _lines(value: object, room: float, *, strong: bool) -> int:
    """How many lines a value takes in a room; what programs break a little earlier has some to spare."""
    some = _shown(value).splitlines() or [""]
    return sum(max(math.ceil(wide(line, strong=strong) * 1.06 / max(room - 1, 1)), 1) for line in some)
