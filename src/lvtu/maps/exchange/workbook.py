"""A map as a workbook: the grid as people see it, its numbers, its cards, and what it is about."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from lvtu.core.sentences import Note
from lvtu.core.xml import writable
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.formats import Written
from lvtu.maps.exchange.laid import HEAD, LINE, SOFT, bold, columns, look, printed, wide
from lvtu.maps.exchange.table import APART, Cell, about, cards, footer, grid, numbers, rows_of, votings

_LONGEST = 32_767
_NARROWEST, _WIDEST, _CELL = 9.0, 48.0, 26.0
"""How wide columns are at least and at most, and those of steps, in units of columns."""

_SIDE_BY_SIDE = 7
"""Steps beside each other on a page."""


def xlsx(sheet: Sheet) -> Written:
    """A workbook. The heads of its sheets stay while they scroll; no text in it is a formula."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title, book.properties.creator = writable(sheet.title), "Lvtu"
    book.properties.description = below = footer(sheet)
    shown = book.active
    shown.title = sheet.say("table.sheets.map")
    _grid(shown, sheet)
    tables = [("numbers", numbers(sheet)), ("cards", cards(sheet))]
    if sheet.map.votings:
        tables.append(("votings", votings(sheet)))
    for name, (heads, rows) in tables:
        made = book.create_sheet(sheet.say(f"table.sheets.{name}"))
        listed(made, [heads, *rows], below)
        made.auto_filter.ref = made.dimensions
    listed(book.create_sheet(sheet.say("table.sheets.about")), about(sheet), below, head=False)
    out = io.BytesIO()
    book.save(out)
    longest = max((len(cell) for _, cells in grid(sheet).rows for cell in cells), default=0)
    return Written(out.getvalue(), (Note("cells_cut", most=_LONGEST),) if longest > _LONGEST else ())


def lists(tables: Sequence[tuple[str, Sequence[Sequence[Cell]]]]) -> bytes:
    """A workbook of lists, each on a sheet of its own: what it is called, and its rows with the heads first."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "Lvtu"
    for name, rows in tables:
        made = book.create_sheet(name[:31])
        listed(made, rows, name)
        made.auto_filter.ref = made.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _grid(shown: Any, sheet: Sheet) -> None:
    """The grid: a stage stands over its steps; a card over all its steps, where nothing else is in their cells."""
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    found = grid(sheet)
    head, edge = PatternFill("solid", fgColor=HEAD), Border(*(Side("thin", color=LINE) for _ in range(4)))
    for row, cells in enumerate(rows_of(found, sheet.say("stage"), sheet.say("step")), 1):
        for column, text in enumerate(cells, 1):
            cell = _put(shown, row, column, text)
            cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), edge
            if row <= 2 or column == 1:
                cell.fill = head
                cell.font = bold(None if row <= 2 else SOFT, is_=row <= 2)
    first = 2
    for _, many in found.stages:
        if many > 1:
            shown.merge_cells(start_row=1, end_row=1, start_column=first, end_column=first + many - 1)
        first += many
    _merge_cards(shown, sheet, found.rows)
    columns(shown, [18.0, *[_CELL] * len(found.steps)])
    shown.freeze_panes = "B3"
    printed(shown, footer(sheet), heads="1:2", side="A:A", pages=max(-(-len(found.steps) // _SIDE_BY_SIDE), 1))
    shown.oddHeader.left.text = writable(sheet.title).replace("&", "&&")


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


def listed(shown: Any, rows: Sequence[Sequence[Cell]], below: str, *, head: bool = True) -> None:
    """Rows on a sheet of a workbook, its heads marked, columns as wide as what is in them.

    Args:
        shown: the sheet.
        rows: of the same width; their heads first, or at their left.
        below: what stands below each page that is printed.
        head: whether the first row is one of heads; else the first column.
    """
    from openpyxl.styles import Alignment, PatternFill

    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            cell = _put(shown, row, column, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = look(value) or cell.number_format
            if (row == 1) if head else (column == 1):
                cell.font, cell.fill = bold(), PatternFill("solid", fgColor=HEAD)
    some = [max(wide(cell, strong=True) for cell in column) for column in zip(*rows, strict=True)]
    columns(shown, [min(max(one + 3, _NARROWEST), _WIDEST) for one in some])
    shown.freeze_panes = "A2" if head else None
    printed(shown, below)


def _put(shown: Any, row: int, column: int, value: Cell) -> Any:
    """A value into a cell; a text as a text, whatever it begins with."""
    if not isinstance(value, str):
        return shown.cell(row, column, value)
    cell = shown.cell(row, column)
    if value:
        cell.value = writable(value)[:_LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = value[0] in "=+-@"
    return cell
