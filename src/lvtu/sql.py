"""SQL for everything else: DuckDB over the lake."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from lvtu.core.expr.values import READ_FIELDS
from lvtu.errors import BadInput
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot


def ask(snapshot: Snapshot, query: str) -> pa.Table:
    """Answer a query over the table ``events``: the record's fields, ``event_id``, ``commit``, and ``customer``.

    What is read in texts (``sentiment``, ``emotion``, …) is there too, where the query names it.

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
    named = set(re.findall(r"\w+", query.lower()))
    columns, joins = ["lake.*"], ""
    if any("customer" in name for name in named):
        connection.register("owners", _owners(snapshot))
        columns, joins = ["customer", *columns], " join owners using (event_id)"
    if read := [name for name in READ_FIELDS if name in named]:
        connection.register("readings", _readings(snapshot, read))
        columns, joins = [*columns, *read], f"{joins} left join readings using (event_id)"
    connection.execute(f"create view events as select {', '.join(columns)} from lake{joins}")
    try:
        return connection.sql(query).to_arrow_table()
    except duckdb.Error as error:
        said = re.sub(r'\nDid you mean "(?:information_schema|pg_catalog)\..*', "", str(error).strip())
        raise BadInput("bad_sql", error=said.rstrip("!.")) from None


def _readings(snapshot: Snapshot, names: list[str]) -> pa.Table:
    """What is read in the texts there are, by event."""
    snapshot.prepare(["text_length", *names])
    parts: dict[str, list[Array]] = {name: [] for name in ("event_id", *names)}
    for block in snapshot.blocks:
        there = ~np.isnan(block.numbers("text_length"))
        if len(block.keep):
            there &= np.repeat(block.keep, np.diff(block.column("offsets"))) != 0
        parts["event_id"].append(block.column("event_id")[there].astype(np.int64))
        for name in names:
            numbers = READ_FIELDS[name] == "number"
            parts[name].append((block.numbers(name) if numbers else block.codes(name)[0])[there])
    columns = {"event_id": pa.array(np.concatenate([np.empty(0, np.int64), *parts["event_id"]]))}
    for name in names:
        values = np.concatenate([np.empty(0), *parts[name]])
        if READ_FIELDS[name] == "number":
            columns[name] = pa.array(values, from_pandas=True)
        else:
            texts = pa.array(list(snapshot.names(name)), pa.string())
            columns[name] = texts.take(pa.array(values.astype(np.int64), mask=values == 0))
    return pa.table(columns)


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
