"""Events as a program sends them: a few dicts, checked by the same rules as files."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.collect.frames import LineFrame
from lvtu.collect.jsons import spelled
from lvtu.collect.mapping import Mapping
from lvtu.collect.shape import Refused, shape
from lvtu.core.record import RECORD
from lvtu.core.sentences import Reason

_AS_SENT = Mapping()


def validate_events(events: list[dict[str, Any]]) -> tuple[pa.Table, Refused]:
    """The records of events, and the refused ones as (index, field, reason).

    Keys that are no fields of the record become properties.

    Example:
        >>> visit = {"event": "Visit", "user_id": "ann", "time": "2026-01-01", "page": "/"}
        >>> records, refused = validate_events([visit, 3])
        >>> records["properties"].to_pylist(), refused
        (['{"page":"/"}'], [(1, 'event', Reason('not_object', type='int'))])
    """
    refused: Refused = [
        (index, "event", Reason("not_object", type=type(event).__name__))
        for index, event in enumerate(events)
        if not isinstance(event, dict)
    ]
    good = [(index, event) for index, event in enumerate(events) if isinstance(event, dict)]
    if not good:
        return RECORD.empty_table(), refused
    lines = spelled([event for _, event in good])
    numbers = np.array([index for index, _ in good], np.int64)
    records, bad = shape(LineFrame(lines, "events", numbers), _AS_SENT)
    refused += [(int(numbers[row]), field, reason) for row, field, reason in bad]
    return records, sorted(refused, key=lambda one: one[:2])
