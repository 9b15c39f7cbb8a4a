"""DuckDB as a vector unit: a query over Arrow tables in memory, nothing kept between calls."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

import pyarrow as pa

_START = threading.Lock()


@cache
def _database() -> Any:
    import duckdb

    connection = duckdb.connect(":memory:")
    connection.execute("set global TimeZone = 'UTC'")  # of its cursors, too, which else have that of the machine
    return connection


def query(text: str, **tables: pa.Table) -> pa.Table:
    """The answer of one query, in the order of its rows; every table is visible under its keyword.

    Example:
        >>> query("select a + 1 as b from t", t=pa.table({"a": [1, 2]})).to_pydict()
        {'b': [2, 3]}
    """
    with _START:
        cursor = _database().cursor()
    try:
        for name, table in tables.items():
            cursor.register(name, table)
        return cursor.sql(text).to_arrow_table()
    finally:
        cursor.close()


def columns(select: list[str], table: pa.Table) -> list[pa.Array]:
    """One array per expression, computed over the table ``t`` (its columns renamed ``c0, c1, …``).

    Example:
        >>> columns(["c0 * 2"], pa.table({"any name": [1, 2]}))[0].to_pylist()
        [2, 4]
    """
    renamed = table.rename_columns([f"c{i}" for i in range(table.num_columns)])
    spelled = ", ".join(f"{expression} as e{i}" for i, expression in enumerate(select))
    return [one(column) for column in query(f"select {spelled} from t", t=renamed).columns]


def one(data: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The data as a single array."""
    if isinstance(data, pa.Array):
        return data
    return (
        data.chunk(0)
        if data.num_chunks == 1
        else pa.concat_arrays(data.chunks)
        if data.num_chunks
        else (pa.array([], data.type))
    )


def quoted(text: str) -> str:
    """The text as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
