"""Tables that people bring as documents: a line for each row, so that a row can be marked and quoted."""

from __future__ import annotations

import csv
import io

from lvtu.collect.csvs import sniff_delimiter


def read_table(written: str) -> str:
    """A table (CSV, TSV) as text: a line for each row, in it each cell behind the heading of its column.

    Args:
        written: the file's text, whatever stands between its cells.

    Example:
        >>> print(read_table("Who;What\\nA;Waited 20 min\\nB;"))
        Who: A · What: Waited 20 min
        Who: B
    """
    rows = csv.reader(io.StringIO(written, newline=""), delimiter=sniff_delimiter(written.encode()))
    told = [cells for row in rows if any(cells := [" ".join(cell.split()) for cell in row])]
    if len(told) < 2:
        return "\n".join(" · ".join(filter(None, cells)) for cells in told)
    heads, *rest = told
    return "\n".join(_line(heads, cells) for cells in rest)


def _line(heads: list[str], cells: list[str]) -> str:
    named = [*heads, *[""] * (len(cells) - len(heads))]
    return " · ".join(f"{head}: {cell}" if head else cell for head, cell in zip(named, cells, strict=False) if cell)
