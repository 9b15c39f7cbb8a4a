"""Blocks: stretches of whole time lines, as kernels and filters read them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, Self, TypeAlias

import numpy as np
import pyarrow as pa

from lvtu.core.expr import Expr
from lvtu.core.expr.arrays import Mask
from lvtu.core.expr.columns import Columns
from lvtu.core.expr.customers import OfCustomers
from lvtu.core.expr.values import MODEL_FIELDS, as_number
from lvtu.kernels.customers import to_rows
from lvtu.kernels.periods import NO_VALUE
from lvtu.store.journeys import fields
from lvtu.store.journeys.columns import NOTHING, Array, open_array, open_column
from lvtu.store.journeys.customers import flags_of
from lvtu.store.journeys.derived import Readings

Postings = tuple[Array, Array]
"""Keys (``customer << 32 | row``, uint64) and times (µs) of some events, in the order of the rows."""

CODED = ("event", "channel")


class Derived(Protocol):
    """Columns that are worked out as they are read: those of a journey model (`MODEL_FIELDS`)."""

    def reads(self, name: str) -> Iterable[str]:
        """The fields and properties that a column is worked out from."""

    def values(self, name: str) -> Sequence[str]:
        """Text by code of a column; entry 0 is unused."""

    def codes(self, name: str, columns: Columns) -> Array:
        """Codes by row."""


Meaning: TypeAlias = str | Sequence[int]
"""What a segment's name stands for: a condition, or the id of an event of each customer of a list."""

Segments: TypeAlias = Mapping[str, Meaning]
"""Named segments."""


class Dictionary(Protocol):
    """What stands behind codes and names, for all blocks of a snapshot.

    Attributes:
        derived: columns that are worked out.
        upto: the last commit that is shown; None for all.
        until: the time (µs) before which events are shown; None for all.
    """

    derived: Derived | None
    upto: int | None
    until: int | None

    @property
    def times(self) -> tuple[int, int]:
        """The first and the last event's time, µs."""

    def code(self, event: str) -> int:
        """The code of an event name; raises UnknownName."""

    def segment(self, name: str) -> Expr | Array:
        """What a segment's name stands for, see `Snapshot.segment`; raises UnknownName."""

    def stored(self, name: str) -> str:
        """What a column is called on disk."""

    @property
    def readings(self) -> Readings:
        """How texts are read."""

    def names(self, name: str) -> Sequence[str]:
        """Text by code of a coded column or text field."""

    def numbers(self, name: str) -> Array:
        """The number of each text by code, NaN where it is none."""


class Block:
    """Some customers' rows. Subclasses say where columns come from.

    Attributes:
        customers: how many customers the block has a line for (some may be hidden by `keep`).
        rows: how many rows.
        keep: which customers count, one byte each; empty when all do.
        visible: the rows that conditions on customers see, one byte each; empty where they see the whole time line.
    """

    customers: int
    rows: int
    keep: Array = NOTHING
    visible: Array = NOTHING

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._columns: dict[str, Array] = {}
        self._worked_out: dict[str, Array] = {}
        self._flags: dict[OfCustomers, Array] = {}

    def seen_by(self, dictionary: Dictionary) -> Self:
        """The same rows, columns included, with the names and the derived columns of another snapshot."""
        seen = copy.copy(self)
        seen._dictionary, seen._worked_out, seen._flags = dictionary, {}, {}
        return seen

    def seen_only(self, rows: Array) -> Self:
        """The same rows, of which conditions on customers see only some: what came after a time of each, say.

        Args:
            rows: one byte each.
        """
        seen = copy.copy(self)
        seen.visible, seen._flags = rows, {}
        return seen

    @property
    def dictionary(self) -> Dictionary:
        """What stands behind its codes and names."""
        return self._dictionary

    def column(self, name: str) -> Array:
        """A column: ``time``, ``event``, ``channel``, ``value``, ``event_id``, ``commit``, ``offsets``, ``hi``, …"""
        found = self._columns.get(name)
        if found is None:
            found = self._columns[name] = self._load(name)
        return found

    def field(self, name: str) -> Array:
        """A field or property as codes, numbers or times, by row; what is read of texts as people corrected it.

        By what it is called on disk, a column comes as it lies there.
        """
        stored = self._dictionary.stored(name)
        found = self._columns.get("." + stored)
        if found is None:
            found = self._columns["." + stored] = self._load_field(stored)
        return found if stored == name else self._corrected(name, stored, found)

    def _corrected(self, name: str, stored: str, values: Array) -> Array:
        readings = self._dictionary.readings
        if name not in readings.corrections:
            return values
        before = f".{stored}+"
        key = before + readings.edition
        found = self._columns.get(key)
        if found is None:
            found = readings.corrected(name, values, self.column("event_id"))
            for old in [one for one in list(self._columns) if one.startswith(before)]:
                self._columns.pop(old, None)
            self._columns[key] = found
        return found

    def edges(self) -> tuple[Array, Array]:
        """The times of each customer's first and last event, µs; anything for customers without one.

        They are kept: a question with a span looks at both for everybody, and where they lie among all times costs more
        than all else it reads.
        """
        if "last" not in self._columns:
            time = self.column("time") if self.rows else np.zeros(1, np.int64)
            offsets = self.column("offsets").astype(np.int64)
            self._columns["first"] = time[np.minimum(offsets[:-1], len(time) - 1)]
            self._columns["last"] = time[np.maximum(offsets[1:] - 1, 0)]
        return self._columns["first"], self._columns["last"]

    def kept(self, name: str, make: Callable[[], Array]) -> Array:
        """What is worked out once for all questions of a snapshot.

        Args:
            name: of it; no column has such a name.
            make: works it out; of columns alone, whatever conditions see of them.
        """
        found = self._worked_out.get(name)
        if found is None:
            found = self._worked_out[name] = make()
        return found

    def names(self) -> pa.Array:
        """What each customer is called."""
        raise NotImplementedError

    def postings(self, code: int) -> Postings:
        """The events of one name."""
        starts = self.column("post_start")
        span = slice(int(starts[code]), int(starts[code + 1])) if code + 1 < len(starts) else slice(0, 0)
        return self.column("post_key")[span], self.column("post_time")[span]

    def _load(self, name: str) -> Array:
        raise NotImplementedError

    def _load_field(self, name: str) -> Array:
        raise NotImplementedError

    # What filters read (`lvtu.core.expr.Columns`).

    def kind(self, name: str) -> fields.Kind:
        """What a column holds."""
        return "text" if name in MODEL_FIELDS else fields.kind_of(name)

    def codes(self, name: str) -> tuple[Array, Sequence[str]]:
        """Codes by row and the text of each code."""
        if name in MODEL_FIELDS:
            return self._derived(name), self._dictionary.names(name)
        values = self.column(name) if name in CODED else self.field(name)
        return values, self._dictionary.names(name)

    def _derived(self, name: str) -> Array:
        derived = self._dictionary.derived
        assert derived is not None, "prepare comes first"
        return self.kept(name, lambda: derived.codes(name, self))

    def numbers(self, name: str) -> Array:
        """Numbers by row, NaN for missing."""
        if name == "value":
            units = self.column("value")
            out: Array = np.where(units == NO_VALUE, np.nan, units / 1e6)
            return out
        if self.kind(name) == "number":
            return self.field(name)
        return self._dictionary.numbers(name)[self.field(name)]

    def times(self, name: str) -> Array:
        """Times by row, µs."""
        return self.column("time") if name == "time" else self.field(name)

    def of_customers(self, condition: OfCustomers) -> Mask:
        """The rows of the customers for whom a condition is true."""
        rows = np.empty(self.rows, np.uint8)
        to_rows(self.column("offsets"), self.flags(condition), rows)
        return rows.view(bool)

    def flags(self, condition: OfCustomers) -> Array:
        """Whether a condition is true of each customer, one byte each."""
        found = self._flags.get(condition)
        if found is None:
            found = self._flags[condition] = flags_of(condition, self)
        return found


class BaseBlock(Block):
    """One bucket as it lies on disk, mapped into memory."""

    def __init__(self, folder: Path, customers: int, rows: int, dictionary: Dictionary) -> None:
        super().__init__(dictionary)
        self.folder, self.customers, self.rows = folder, customers, rows

    @property
    def number(self) -> int:
        """The bucket's place among those of its generation."""
        return int(self.folder.name)

    def of(self, dictionary: Dictionary) -> BaseBlock:
        """The same bucket for another snapshot of its generation: all its customers, with the columns opened so far."""
        bucket = self.seen_by(dictionary)
        bucket.keep = NOTHING
        return bucket

    def belongs_to(self, dictionary: Dictionary) -> None:
        """Take the names behind codes from here."""
        self._dictionary = dictionary

    def names(self) -> pa.Array:
        """What each customer is called."""
        return open_column(self.folder / "customer.arrow")

    def _load(self, name: str) -> Array:
        return open_array(self.folder / f"{name}.arrow")

    def _load_field(self, name: str) -> Array:
        return fields.open_field(name, self.folder)


def text_numbers(values: Sequence[str]) -> Array:
    """The number of each text, NaN where it is none; entry 0 (missing) is NaN."""
    out: Any = np.full(len(values), np.nan)
    for place, text in enumerate(values):
        number = as_number(text) if place else None
        if number is not None:
            out[place] = number
    return out  # type: ignore[no-any-return]
