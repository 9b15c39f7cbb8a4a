"""The doors in: files, tables and rows become records, through a mapping that says how.

Example:
    >>> [batch] = read([{"user_id": "ann", "event": "Visit", "time": "2026-01-01T09:00:00Z"}])
    >>> batch.records.select(["user_id", "event"]).to_pylist()
    [{'user_id': 'ann', 'event': 'Visit'}]
"""

from lvtu.collect.batch import REJECTED, Batch, raw_rows
from lvtu.collect.events import validate_events
from lvtu.collect.guess import Guess, guess
from lvtu.collect.mapping import READY, Mapping
from lvtu.collect.read import read, text_table

__all__ = [
    "READY",
    "REJECTED",
    "Batch",
    "Guess",
    "Mapping",
    "guess",
    "raw_rows",
    "read",
    "text_table",
    "validate_events",
]
