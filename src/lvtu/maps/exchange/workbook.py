"""A map as a workbook: the grid as people see it, its numbers, its cards, and what it is about."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from lvtu.core.sentences import Note
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.table import APART, Cell, about, cards, footer, grid, numbers, rows_of, votings
from lvtu.maps.exchange.written import Written

_NO_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767
_LINE, _HEAD, _SOFT = "E6E9EE", "F0F2F5", "5B6675"


def xlsx(sheet: Sheet) -> Written:
    """A workbook. The heads of its sheets stay while they scroll; no text in it is a formula."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title, book.properties.creator = sheet.title, "Lvtu"
    book.properties.description = footer(sheet)
    shown = book.active
    shown.title = sheet.say("table.sheets.map")
    _grid(shown, sheet)
    tables = [("numbers", numbers(sheet)), ("cards", cards(sheet))]
    if sheet.map.votings:
        tables.append(("votings", votings(sheet)))
    for name, (heads, rows) in tables:
        made = book.create_sheet(sheet.say(f"table.sheets.{name}"))
        _list(made, [heads, *rows])
        made.auto_filter.ref = made.dimensions
    _list(book.create_sheet(sheet.say("table.sheets.about")), about(sheet), head=False)
    out = io.BytesIO()
    book.save(out)
    longest = max((len(cell) for _, cells in grid(sheet).rows for cell in cells), default=0)
    return Written(out.getvalue(), "xlsx", (Note("cells_cut", most=_LONGEST),) if longest > _LONGEST else ())


def lists(tables: Sequence[tuple[str, Sequence[Sequence[Cell]]]]) -> bytes:
    """A workbook of lists, each on a sheet of its own: what it is called, and its rows with the heads first."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "Lvtu"
    for name, rows in tables:
        made = book.create_sheet(name[:31])
        _list(made, rows)
        made.auto_filter.ref = made.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _grid(shown: Any, sheet: Sheet) -> None:
    """The grid: a stage stands over its steps; a card over all its steps, where nothing else is in their cells."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    found = grid(sheet)
    head, edge = PatternFill("solid", fgColor=_HEAD), Border(*(Side("thin", color=_LINE) for _ in range(4)))
    for row, cells in enumerate(rows_of(found, sheet.say("stage"), sheet.say("step")), 1):
        for column, text in enumerate(cells, 1):
            cell = _put(shown, row, column, text)
            cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), edge
            if row <= 2 or column == 1:
                cell.fill = head
                cell.font = Font(bold=row <= 2, color=None if row <= 2 else _SOFT)
    first = 2
    for _, wide in found.stages:
        if wide > 1:
            shown.merge_cells(start_row=1, end_row=1, start_column=first, end_column=first + wide - 1)
        first += wide
    _merge_cards(shown, sheet, found.rows)
    shown.column_dimensions["A"].width = 18
    for column in range(2, len(found.steps) + 2):
        shown.column_dimensions[get_column_letter(column)].width = 26
    shown.freeze_panes = "B3"
    shown.page_setup.orientation, shown.page_setup.fitToHeight = "landscape", 0
    shown.sheet_properties.pageSetUpPr.fitToPage = True
    shown.oddHeader.left.text = sheet.title.replace("&", "&&")
    shown.oddFooter.left.text = footer(sheet).replace("&", "&&") or None


def _merge_cards(shown: Any, sheet: Sheet, rows: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    place = {step.key: number for number, step in enumerate(sheet.map.steps)}
    taken: set[tuple[int, int]] = set()
    for card in sheet.map.cards:
        if card.until is None:
            continue
        row = next(number for number, lane in enumerate(sheet.map.lanes) if lane.key == card.lane)
        first, last = place[card.step], place[card.until]
        cells = rows[row][1]
        over = {(row, column) for column in range(first, last + 1)}
        if APART not in cells[first] and not any(cells[first + 1 : last + 1]) and not over & taken:
            shown.merge_cells(start_row=row + 3, end_row=row + 3, start_column=first + 2, end_column=last + 2)
            taken |= over


def _list(shown: Any, rows: Sequence[Sequence[Cell]], *, head: bool = True) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            cell = _put(shown, row, column, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if (row == 1) if head else (column == 1):
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_HEAD)
    widths = [max((len(str(cell)) for cell in some if cell is not None), default=0) for some in zip(*rows, strict=True)]
    for column, wide in enumerate(widths, 1):
        shown.column_dimensions[get_column_letter(column)].width = min(max(wide * 1.3, 9), 60)
    shown.freeze_panes = "A2" if head else None


def _put(shown: Any, row: int, column: int, value: Cell) -> Any:
    """A value into a cell; a text as a text, whatever it begins with."""
    if not isinstance(value, str):
        return shown.cell(row, column, value)
    cell = shown.cell(row, column)
    if value:
        cell.value = _NO_CELL.sub("", value)[:_LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = value[0] in "=+-@"
    return cell
