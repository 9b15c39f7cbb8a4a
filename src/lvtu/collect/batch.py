"""What reading gives: batches of records, and rows set aside with their reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.collect.frames import Frame
from lvtu.collect.shape import Refused

REJECTED: pa.Schema = pa.schema([(name, pa.string()) for name in ("place", "field", "reason", "raw")])
"""A rejected row: where it is (``orders.csv:1043``), the field, the reason, and the row as a JSON object."""


@dataclass(frozen=True)
class Batch:
    """Some records of a source.

    Attributes:
        records: with the schema `lvtu.core.record.RECORD`; ``message_id`` and ``received_at`` are null
            where the source has none.
        rejected: with the schema `REJECTED`.
    """

    records: pa.Table
    rejected: pa.Table


def rejections(frame: Frame, refused: Refused) -> pa.Table:
    """The refused rows of a frame."""
    if not refused:
        return REJECTED.empty_table()
    refused = sorted(refused, key=lambda row: row[0])
    rows = np.array([row for row, _, _ in refused], np.int64)
    places = [f"{frame.place}:{number}" for number in frame.numbers[rows].tolist()]
    fields, reasons = [field for _, field, _ in refused], [reason for _, _, reason in refused]
    arrays = [pa.array(places), pa.array(fields), pa.array(reasons), frame.raw(rows).cast(pa.string())]
    return pa.Table.from_arrays(arrays, schema=REJECTED)


def rejection(place: str, field: str, reason: str, raw: dict[str, Any] | str) -> pa.Table:
    """One row that never became part of a frame."""
    row = {"place": place, "field": field, "reason": reason}
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
    return pa.Table.from_pylist([row | {"raw": text}], schema=REJECTED)


def raw_rows(rejected: pa.Table) -> list[dict[str, Any]]:
    """The rows of rejected ones as they came, to be read again with a mended mapping.

    A row with several troubles or events comes once. Rows whose text could not be taken apart
    (a broken JSON line) have nothing to map and are left out.

    Example:
        >>> table = rejection("orders.csv:7", "time", "'x' is not a time", {"Email": "a@x", "When": "x"})
        >>> raw_rows(table)
        [{'Email': 'a@x', 'When': 'x'}]
    """
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for place, text in zip(rejected["place"].to_pylist(), rejected["raw"].to_pylist(), strict=True):
        row = json.loads(text) if text else {}
        if row and set(row) != {"_text"}:
            seen[place, text] = row
    return list(seen.values())
