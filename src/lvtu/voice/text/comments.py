"""Comments in files: which column holds the texts, and which the labels."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect import text_table
from lvtu.collect.words import bare, ranked
from lvtu.errors import BadInput, UnknownName


def comments(file: str | Path) -> pa.Table:
    """The rows of a file: of ``.txt``, each line is a ``text``; of CSV, XLSX, NDJSON and Parquet, its columns as texts.

    Raises:
        BadInput: the file cannot be read, or has no rows.
    """
    path = Path(file)
    if path.suffix.lower() == ".txt":
        try:
            lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        except FileNotFoundError:
            raise BadInput("no_file", file=str(file)) from None
        if not lines:
            raise BadInput("no_rows")
        return pa.table({"text": pa.array(lines, pa.large_string())})
    return text_table(file)[0]


def column_of(table: pa.Table, name: str | None) -> str:
    """The column that holds the texts: the one named, else one headed like it, else the one with the longest texts.

    Raises:
        UnknownName: there is no such column.
    """
    if name is not None:
        if name not in table.column_names:
            raise UnknownName("column", name, table.column_names)
        return name
    ranks, names = ranked("text"), list(map(str, table.column_names))
    headed = [one for one in names if bare(one) in ranks]
    if headed:
        return min(headed, key=lambda one: ranks[bare(one)])
    return max(names, key=lambda one: float(pc.mean(pc.utf8_length(table[one])).as_py() or 0))
