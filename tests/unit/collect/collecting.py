"""What the tests of reading share."""

import json
from datetime import datetime

import pyarrow as pa

from lvtu.collect import read
from lvtu.core.record import RECORD

BASE = {"user_id": "u", "event": "E", "time": "2026-01-01"}


def all_of(source, mapping=None, **options):
    """Every record (missing fields left out, properties parsed) and every rejected row."""
    records, rejected = [], []
    for batch in read(source, mapping, **options):
        assert batch.records.schema.equals(RECORD)
        batch.records.validate(full=True)
        records += [tidy(row) for row in batch.records.to_pylist()]
        rejected += batch.rejected.to_pylist()
    return records, rejected


def tidy(row):
    kept = {key: value for key, value in row.items() if value is not None}
    if "properties" in kept:
        kept["properties"] = json.loads(kept["properties"])
    if "identifiers" in kept:
        kept["identifiers"] = dict(kept["identifiers"])
    return kept


def utc(text):
    return datetime.fromisoformat(text + "+00:00")


def rows(n, **more):
    return [{"user_id": f"u{i}", "event": "Visit", "time": "2026-01-01T00:00:00Z", **more} for i in range(n)]


def table(n=3, **more):
    return pa.Table.from_pylist(rows(n, **more))


def one(row, mapping=None):
    """The only record of a row, or the reason of its refusal as (field, reason)."""
    records, rejected = all_of([row], mapping)
    assert len(records) + len(rejected) == 1
    return records[0] if records else (rejected[0]["field"], rejected[0]["reason"])
