"""Writing an export."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from lvtu import __version__
from lvtu.collect.sql import quoted
from lvtu.core.record import RECORD
from lvtu.errors import BadInput, UnknownName
from lvtu.exchange import books
from lvtu.exchange.layout import ABOUT, DOCUMENTS, EVENTS, FORMAT, IDENTITY, QUARANTINE, sum_of, write_json

if TYPE_CHECKING:
    from lvtu.store.lake import Lake
    from lvtu.workspace import Workspace

_ROWS = 262_144
"""Events in a row group."""


@dataclass(frozen=True)
class Exported:
    """What an export holds, and likewise what was brought in from one.

    Attributes:
        events: how many.
        documents: versions of models, metrics, segments and contracts.
        edges: joins that were stated or proposed, those taken back included.
        set_aside: rows of the quarantine.
    """

    events: int
    documents: int
    edges: int
    set_aside: int


def write(ws: Workspace, folder: Path, format: str) -> Exported:
    """Write everything of a workspace into a folder that is empty or not there yet; see `lvtu.Workspace.export`."""
    if format not in EVENTS:
        raise UnknownName("export format", format, list(EVENTS))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput("export_there", path=str(folder))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # people are in it
    ws.flush()
    ledger, lake = ws._ledger, ws._committer.lake
    events = f"events.{format}"
    with ws._committer.writing():  # nobody adds, or is forgotten, between one file and the next
        if format == "parquet":
            _parquet(lake, folder / events)
        else:
            _text(lake, folder / events, format)
        count, commit = lake.rows, lake.version
        told, who = books.documents(ledger, lake), books.identity(ledger)
        rejected = ws.quarantine()
    write_json(folder / DOCUMENTS, told)
    write_json(folder / IDENTITY, who)
    _lines(folder / QUARANTINE, rejected.to_pylist())
    exported = Exported(count, len(told["documents"]), len(who["edges"]), rejected.num_rows)
    write_json(folder / ABOUT, {
        "format": FORMAT, "lvtu": __version__, "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "workspace": {"id": ws.config.id, "title": asdict(ws.config.title), "zone": ws.config.zone},
        "commit": commit, **exported.__dict__,
        "files": {name: sum_of(folder / name) for name in (events, DOCUMENTS, IDENTITY, QUARANTINE)},
    })  # fmt: skip
    return exported


def _parquet(lake: Lake, path: Path) -> None:
    with pq.ParquetWriter(path, RECORD, compression="zstd") as writer:
        for batch in lake.read(RECORD.names):
            writer.write_batch(batch.cast(RECORD), row_group_size=_ROWS)


def _text(lake: Lake, path: Path, format: str) -> None:
    import duckdb

    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    paths = [str(file) for file in lake.files()]
    if paths:
        connection.read_parquet(paths).create_view("lake")
    else:
        connection.register("lake", RECORD.empty_table())
    as_text = "" if format == "csv" else "::json"
    how = "(format csv, header)" if format == "csv" else "(format json)"
    fields = ", ".join(_FIELDS.get(name, name).format(as_text=as_text) for name in RECORD.names)
    connection.execute(f"copy (select {fields} from lake) to {quoted(str(path))} {how}")


_TIME = "strftime({name}, '%Y-%m-%dT%H:%M:%S.%fZ') as {name}"
_FIELDS = {
    "time": _TIME.replace("{name}", "time"),
    "received_at": _TIME.replace("{name}", "received_at"),
    "identifiers": "to_json(identifiers) as identifiers",
    "properties": "properties{as_text} as properties",
}
"""How SQL writes the fields that are not plain values."""


def _lines(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
