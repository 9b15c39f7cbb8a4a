"""Answers as people read them in a terminal: the table, a bar where it helps, and what to know about it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.analyses.wording import headings, remarks
from lvtu.analyses.wording.cells import INTERVAL, cells_of, heading
from lvtu.cli.analyses import command_for
from lvtu.cli.tables import GAP, LEAST, Column, bar, table, terminal
from lvtu.core.words import say

_LONGEST_BAR, _SHORTEST_BAR = 24, 6


def text_of(result: Any, rows: int = 40) -> str:
    """An analysis' answer as text, as wide as the terminal.

    Args:
        result: the answer.
        rows: how many rows to show; 0 for all.
    """
    parts = command_for(result.kind).parts(result, rows)
    if said := remarks(result):
        parts.append("\n".join(f"· {one}" for one in said))
    return "\n\n".join(parts)


def result_table(result: Any, data: pa.Table, rows: int) -> str:
    """The table of an answer, shaped, as text."""
    bars = command_for(result.kind).bars
    return table_text(data, rows, headings(result), *(bars if bars and bars[0] in data.column_names else ()))


def table_text(
    data: pa.Table, rows: int = 40, heads: dict[str, str] | None = None, share: str = "", after: str = ""
) -> str:
    """A table as text.

    Args:
        data: the table.
        rows: how many rows to show; 0 for all.
        heads: headings by column, where they are not the words for their names.
        share: a column of shares to draw as bars.
        after: the column behind which the bars stand.
    """
    if not data.num_rows:
        return say("table.empty")
    shown = data.slice(0, rows) if rows else data
    columns = [_column(shown, name, (heads or {}).get(name)) for name in shown.column_names]
    limit = terminal()
    if share:
        _with_bars(columns, shown, share, after, limit)
    text = table(columns, limit)
    if shown.num_rows < data.num_rows:
        text += "\n" + say("table.more", rows=data.num_rows - shown.num_rows)
    return text


def _with_bars(columns: list[Column], shown: pa.Table, share: str, after: str, limit: int) -> None:
    used = sum(one.width + GAP for one in columns)
    texts = sum(max(0, one.width - LEAST) for one in columns if not one.right)
    room = _LONGEST_BAR if not limit else min(_LONGEST_BAR, limit - used)
    if limit and room < _SHORTEST_BAR and room + min(texts, _SHORTEST_BAR) >= _SHORTEST_BAR:
        room = _SHORTEST_BAR
    if room >= _SHORTEST_BAR:
        shares = shown[share]
        if shares.type == INTERVAL:
            shares = pc.struct_field(shares, "share")
        bars = [bar(value, room) for value in shares.to_pylist()]
        place = shown.column_names.index(after) + 1
        columns.insert(place, Column("", [one.ljust(room) for one in bars]))


def _column(data: pa.Table, name: str, head: str | None) -> Column:
    cells, number, time = cells_of(data, name)
    return Column(head or heading(name), cells, number, time)


def that_fit(columns: list[Column]) -> list[Column]:
    """The first columns that fit the terminal, then ``…``: later periods are not named one by one."""
    limit, used = terminal(), 0
    for place, one in enumerate(columns):
        used += one.width + GAP
        if limit and used - GAP > limit - (GAP + 1 if place < len(columns) - 1 else 0):
            return [*columns[:place], Column("…", [""] * len(one.cells))]
    return columns
