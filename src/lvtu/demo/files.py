"""The demonstration's shipped data."""

from __future__ import annotations

from importlib.resources import as_file, files

import pyarrow as pa

from lvtu.core.record import RECORD
from lvtu.errors import UnknownName

NAMES = ("airport", "retail", "complaints", "paths")
"""The shipped tables; each makes the workspace of the same name."""


def read(name: str) -> pa.Table:
    """A shipped table, as it was published (columns chosen, codes untouched).

    Raises:
        UnknownName: there is no such table.

    Example:
        >>> read("airport").num_rows
        5640
    """
    import pyarrow.parquet as pq

    if name not in NAMES:
        raise UnknownName("demonstration", name, NAMES)
    with as_file(files("lvtu.demo") / "data" / f"{name}.parquet") as path:
        return pq.read_table(path)


def record(columns: dict[str, object]) -> pa.Table:
    """A table in the record's schema from the columns given; the other fields are missing.

    Args:
        columns: field → Arrow array, or a list of Python values.

    Example:
        >>> record({"event": ["A"], "user_id": ["ann"]}).schema == RECORD
        True
    """
    rows = len(next(iter(columns.values())))  # type: ignore[arg-type]
    arrays = []
    for field in RECORD:
        values = columns.get(field.name)
        if values is None:
            arrays.append(pa.nulls(rows, field.type))
        elif isinstance(values, pa.Array | pa.ChunkedArray):
            arrays.append(values.cast(field.type))
        else:
            arrays.append(pa.array(values, field.type))
    return pa.table(arrays, schema=RECORD)


def ask(query: str, **tables: pa.Table) -> pa.Table:
    """The answer of an SQL query over the tables given by name, in a database of its own.

    Example:
        >>> ask("select count(*) as rows from survey", survey=read("airport")).to_pylist()
        [{'rows': 5640}]
    """
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        for name, table in tables.items():
            connection.register(name, table)
        answer = connection.sql(query)
        return answer.to_arrow_table()
