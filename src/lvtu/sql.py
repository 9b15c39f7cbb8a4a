"""SQL for everything else: DuckDB over the lake."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from lvtu.errors import BadInput
from lvtu.store.journeys.snapshot import Snapshot


def ask(snapshot: Snapshot, query: str) -> pa.Table:
    """Answer a query over the table ``events``: the record's fields, ``event_id``, ``commit``, and ``customer``.

    Raises:
        BadInput: DuckDB cannot make sense of it; says why.
    """
    import duckdb

    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    files = [str(path) for path in snapshot.lake.files()]
    if files:
        connection.read_parquet(files).create_view("lake")
    else:
        from lvtu.store.parts import SCHEMA

        connection.register("lake", SCHEMA.empty_table())
    if "customer" in query.lower():
        connection.register("owners", _owners(snapshot))
        connection.execute("create view events as select customer, lake.* from lake join owners using (event_id)")
    else:
        connection.execute("create view events as from lake")
    try:
        return connection.sql(query).to_arrow_table()
    except duckdb.Error as error:
        said = re.sub(r'\nDid you mean "(?:information_schema|pg_catalog)\..*', "", str(error).strip())
        raise BadInput("bad_sql", error=said.rstrip("!.")) from None


def _owners(snapshot: Snapshot) -> pa.Table:
    parts = []
    for block in snapshot.blocks:
        lines = np.repeat(np.arange(block.customers), np.diff(block.column("offsets")))
        shown = block.keep[lines].astype(bool) if len(block.keep) else np.ones(len(lines), bool)
        names = block.names().take(pa.array(lines[shown]))
        parts.append(pa.table({"event_id": block.column("event_id")[shown].astype(np.int64), "customer": names}))
    return (
        pa.concat_tables(parts)
        if parts
        else pa.table({"event_id": pa.array([], pa.int64()), "customer": pa.array([], pa.string())})
    )
