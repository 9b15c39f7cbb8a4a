"""From the lake's rows to plain arrays: the first half of every build."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.kernels.periods import NO_VALUE
from lvtu.store.journeys.columns import Array, smallest
from lvtu.store.journeys.keys import KeyTable, keys_of

COLUMNS = (
    "time", "sequence", "user_id", "anonymous_id", "identifiers", "event", "channel", "value", "event_id", "commit",
)  # fmt: skip
"""What a build reads of the lake."""

DICTIONARY = ("event", "channel")
"""Columns that are read as codes."""


class Turns(Protocol):
    """Whose an anonymous id is where that depends on the time: turns of each id, ascending."""

    @property
    def starts(self) -> Array:
        """Where each id's turns begin."""

    @property
    def times(self) -> Array:
        """When each turn began, µs."""

    @property
    def customers(self) -> Array:
        """Whose it was."""


class Stitched(Protocol):
    """Who is who, as a build needs it (`lvtu.identity.Resolution`): customers are numbers."""

    @property
    def customer_of_user(self) -> Array:
        """The customer of every user."""

    @property
    def customer_of_anonymous(self) -> Array:
        """The customer of every anonymous id, -1 where it depends on the time."""

    @property
    def turns(self) -> Turns:
        """Whose turn it was, for those."""

    @property
    def customer_key(self) -> tuple[Array, Array]:
        """The key (hi, lo) of every customer, by number."""

    @property
    def linked(self) -> Array:
        """Which anonymous ids something else than sign-ins joins, or has joined."""

    @property
    def awaited(self) -> tuple[Array, Array]:
        """The keys (hi, lo) of all ids that others name: edges and aliases, seen so far or not."""

    @property
    def n_users(self) -> int:
        """How many users; customers from there on are anonymous ids."""

    def owners(self, user: Array, anonymous: Array, time: Array) -> Array:
        """The customer of every event."""


@dataclass
class Said:
    """One (identifier, id) pair that the events state, with when: an alias or a linking identifier."""

    kind: str
    value: str
    user: int
    anonymous: int
    time: int


@dataclass
class Arrivals:
    """The rows of a build as arrays, and the distinct identifiers in them.

    Attributes:
        time, sequence, event, channel, value, event_id, commit: one entry per row, codes and counts in as few
            bytes as they need.
        user, anonymous: index into the tables, -1 for none, int32.
        users, anonymous_ids: the tables of distinct ids; ``*_texts`` their texts.
        said: distinct statements of `identifiers`.
        events, channels: names by code.
    """

    time: Array
    sequence: Array
    event: Array
    channel: Array
    value: Array
    event_id: Array
    commit: Array
    user: Array
    anonymous: Array
    users: KeyTable
    anonymous_ids: KeyTable
    user_texts: pa.Array
    anonymous_texts: pa.Array
    said: list[Said]
    events: list[str]
    channels: list[str]


Stitch = Callable[[Arrivals], Stitched]
"""Says who is who; identity lies above the store, so the caller brings it."""


class _Ids:
    """The distinct ids of one column, with their texts in the order of the table."""

    def __init__(self, expected: int) -> None:
        self.table = KeyTable(expected)
        self._texts: list[pa.Array] = []

    def add(self, column: pa.Array, seed: int, times: Array) -> Array:
        before = self.table.known
        codes = self.table.add(*keys_of(column, seed), times, 0)
        new = self.table.first_row[before : self.table.known]
        if len(new):
            self._texts.append(column.take(pa.array(new)))
        return codes

    @property
    def texts(self) -> pa.Array:
        return pa.concat_arrays(self._texts) if self._texts else pa.array([], pa.string())


class _Names:
    """A dictionary that only grows: names by code, code 0 for missing."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(names) or [""]
        self._codes = {name: code for code, name in enumerate(self.names)}

    def codes(self, column: pa.Array) -> Array:
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        texts = column.dictionary.to_pylist()
        found = [self._code(text) if text else 0 for text in texts]
        table = np.array([*found, 0], smallest(len(self.names)))
        places = column.indices
        if places.null_count:
            places = pc.fill_null(places, len(texts))
        codes: Array = table[places.to_numpy(zero_copy_only=False)]
        return codes

    def _code(self, text: str) -> int:
        code = self._codes.get(text)
        if code is None:
            code = self._codes[text] = len(self.names)
            self.names.append(text)
        return code


def gather_arrivals(
    batches: Iterable[pa.RecordBatch], seed: int, events: Iterable[str] = (), channels: Iterable[str] = ()
) -> Arrivals:
    """Read the rows of a build.

    Args:
        batches: the lake's `COLUMNS`, with `DICTIONARY` read as dictionaries.
        seed: the workspace's seed for identifiers.
        events: names that already have codes; they keep them.
        channels: likewise.
    """
    users, anonymous = _Ids(1 << 16), _Ids(1 << 10)
    event_names, channel_names = _Names(events), _Names(channels)
    parts: dict[str, list[Array]] = {}
    said: dict[tuple[str, str, int, int], int] = {}
    for batch in batches:
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        time = _numbers(columns["time"].cast(pa.int64()))
        user, device = (
            ids.add(columns[name], seed, time) for ids, name in ((users, "user_id"), (anonymous, "anonymous_id"))
        )
        row: dict[str, Array] = {
            "time": time,
            "sequence": _sequence(columns["sequence"]),
            "event": event_names.codes(columns["event"]),
            "channel": channel_names.codes(columns["channel"]),
            "value": _micro_units(columns["value"]),
            "event_id": _small(columns["event_id"]),
            "commit": _small(columns["commit"]),
            "user": user,
            "anonymous": device,
        }
        _statements(columns["identifiers"], user, device, time, said)
        for name, values in row.items():
            parts.setdefault(name, []).append(values)
    joined = {name: _joined(parts.pop(name)) for name in list(parts)} or _no_rows()
    return Arrivals(
        **joined,
        users=users.table,
        anonymous_ids=anonymous.table,
        user_texts=users.texts,
        anonymous_texts=anonymous.texts,
        said=[Said(*statement, time=first) for statement, first in said.items()],
        events=event_names.names,
        channels=channel_names.names,
    )


def _joined(chunks: list[Array]) -> Array:
    """One array of the chunks, of the smallest type that holds all; the chunks are let go of meanwhile."""
    if len(chunks) == 1:
        return chunks[0]
    joined = np.empty(sum(map(len, chunks)), np.result_type(*{chunk.dtype for chunk in chunks}))
    start = len(joined)
    while chunks:
        chunk = chunks.pop()
        joined[start - len(chunk) : start] = chunk
        start -= len(chunk)
    return joined


def _small(column: pa.Array) -> Array:
    """Numbers that are not negative, in as few bytes as they need: they are most of a build's memory."""
    values = _numbers(column)
    return values.astype(smallest(int(values.max()) + 1)) if len(values) and values.max() < 1 << 32 else values


def _no_rows() -> dict[str, Array]:
    kinds: dict[str, Any] = dict.fromkeys(("time", "sequence", "value", "event_id"), np.int64)
    kinds |= {"event": np.uint32, "channel": np.uint32, "commit": np.uint32, "user": np.int32, "anonymous": np.int32}
    return {name: np.empty(0, kind) for name, kind in kinds.items()}


def _numbers(column: pa.Array) -> Array:
    values: Array = column.to_numpy(zero_copy_only=False)
    return values


def _sequence(column: pa.Array) -> Array:
    if column.null_count == len(column):
        return np.zeros(len(column), np.int8)
    return _numbers(pc.fill_null(column, 0))


def _micro_units(column: pa.Array) -> Array:
    if column.null_count == len(column):
        return np.full(len(column), NO_VALUE)
    values = np.rint(_numbers(pc.fill_null(column, 0.0)) * 1e6)
    out: Array = values.astype(np.int64)
    if column.null_count:
        out[~_numbers(column.is_valid())] = NO_VALUE
    return out


def _statements(
    column: pa.Array, user: Array, device: Array, time: Array, said: dict[tuple[str, str, int, int], int]
) -> None:
    """Note every distinct (kind, value, user, anonymous) of the `identifiers` maps with its first time."""
    if column.null_count == len(column):
        return
    lengths = np.diff(column.offsets.to_numpy())
    rows = np.repeat(np.arange(len(column)), lengths)
    kinds, values = column.keys.to_pylist(), column.items.to_pylist()
    for row, kind, value in zip(rows.tolist(), kinds, values, strict=True):
        if not value:
            continue
        key = (kind, value, int(user[row]), int(device[row]))
        when = int(time[row])
        if key not in said or when < said[key]:
            said[key] = when
