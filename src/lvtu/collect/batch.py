"""What reading gives: batches of records, and rows set aside with their reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.collect.frames import Frame
from lvtu.collect.shape import Refused
from lvtu.core.sentences import Note, Reason

_TEXT = pa.string()
REJECTED: pa.Schema = pa.schema(
    {
        **dict.fromkeys(("place", "field", "reason", "reason_code"), _TEXT),
        "reason_values": pa.map_(_TEXT, _TEXT),
        "raw": _TEXT,
    }
)
"""A rejected row: where it is (``orders.csv:1043``), the field, the reason, and the row as a JSON object.

The reason is there twice: as an English sentence, and as the code and values of a `lvtu.core.sentences.Reason`.
"""


@dataclass(frozen=True)
class Batch:
    """Some records of a source.

    Attributes:
        records: with the schema `lvtu.core.record.RECORD`; ``message_id`` and ``received_at`` are null
            where the source has none.
        rejected: with the schema `REJECTED`.
        notes: what is to be known about how the source was read.
    """

    records: pa.Table
    rejected: pa.Table
    notes: tuple[Note, ...] = ()


def rejections(frame: Frame, refused: Refused) -> pa.Table:
    """The refused rows of a frame."""
    if not refused:
        return REJECTED.empty_table()
    refused = sorted(refused, key=lambda row: row[0])
    rows = np.array([row for row, _, _ in refused], np.int64)
    places = [f"{frame.place}:{number}" for number in frame.numbers[rows].tolist()]
    found = {"place": pa.array(places), "field": pa.array([field for _, field, _ in refused])}
    found |= _reasons([reason for _, _, reason in refused])
    return pa.table({**found, "raw": frame.raw(rows).cast(_TEXT)}).select(REJECTED.names).cast(REJECTED)


def _reasons(reasons: list[Reason]) -> dict[str, pa.Array]:
    """The columns of some reasons."""
    stored = [reason.stored() for reason in reasons]
    texts = {name: pa.array([row[name] for row in stored], _TEXT) for name in ("reason", "reason_code")}
    pairs = [list(row["reason_values"].items()) for row in stored]
    return {**texts, "reason_values": pa.array(pairs, pa.map_(_TEXT, _TEXT))}


def rejection(place: str, field: str, reason: Reason, raw: dict[str, Any] | str) -> pa.Table:
    """One row that never became part of a frame."""
    row = {"place": place, "field": field, **reason.stored()}
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
    return pa.Table.from_pylist([row | {"raw": text}], schema=REJECTED)


def raw_rows(rejected: pa.Table) -> list[tuple[str, str, dict[str, Any]]]:
    """Place, text and row of rejected ones as they came, to be read again with a mended mapping.

    A row with several troubles or events comes once. Rows whose text could not be taken apart
    (a broken JSON line) have nothing to map and are left out.

    Example:
        >>> table = rejection("orders.csv:7", "time", Reason("time", value="x"), {"Email": "a@x", "When": "x"})
        >>> raw_rows(table)
        [('orders.csv:7', '{"Email": "a@x", "When": "x"}', {'Email': 'a@x', 'When': 'x'})]
    """
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for place, text in zip(rejected["place"].to_pylist(), rejected["raw"].to_pylist(), strict=True):
        row = json.loads(text) if text else {}
        if row and set(row) != {"_text"}:
            seen[place, text] = row
    return [(place, text, row) for (place, text), row in seen.items()]
