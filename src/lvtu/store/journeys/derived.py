"""Derived columns: what somebody makes of the texts of events, kept like any field, under a name and a version.

The store does not know who reads texts, nor how: whoever opens a workspace brings `Readings`. A column's version tells
all that its values depend on; with another one it is made anew, and a compaction does not carry the old one on. What
people corrected is no part of the version: it is laid over the column as it is opened, so that a correction counts at
once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from lvtu.store.journeys.columns import Array

_AT = "\x1f"
"""Stands between a column's name and its version: in no name of a property that anybody types."""

Read = Callable[[pa.Array, Sequence[str]], Mapping[str, Array]]
"""Makes some columns of some texts: numbers (NaN: nothing to say), or codes of `Readings.values` (0)."""

Corrections = tuple[Array, Array]
"""The ids of events, ascending, and the value of each: a number, or a code."""


def _nobody(texts: pa.Array, names: Sequence[str]) -> Mapping[str, Array]:
    raise NotImplementedError("columns are made where the question is asked")


@dataclass(frozen=True)
class Readings:
    """How the texts of a workspace are read, as it stands at one time.

    Attributes:
        edition: another one after every change of the workspace's own: a correction, a calibration, another model;
            empty where there has been none.
        versions: of each column.
        values: of each column its texts by code (entry 0 unused); none of a column of numbers.
        corrections: of each column, where people corrected it.
        read: makes columns.
    """

    edition: str
    versions: Mapping[str, str]
    values: Mapping[str, Sequence[str]]
    corrections: Mapping[str, Corrections] = field(default_factory=dict)
    read: Read = _nobody

    def stored(self, name: str) -> str:
        """What a column is called on disk."""
        return f"{name}{_AT}{self.versions[name]}"

    def corrected(self, name: str, values: Array, event_ids: Array) -> Array:
        """A column as people corrected it: a copy where anything in it was."""
        if name not in self.corrections:
            return values
        events, right = self.corrections[name]
        rows = np.flatnonzero(np.isin(event_ids, events))
        if not len(rows):
            return values
        out = values.copy()
        out[rows] = right[np.searchsorted(events, event_ids[rows])]
        return out

    def abroad(self) -> Readings:
        """The same for another machine, where columns are only opened."""
        return Readings(self.edition, self.versions, self.values, self.corrections)


def name_and_version(name: str) -> tuple[str, str]:
    """A column's name and its version, of what it is called on disk; the version of other columns is empty.

    Example:
        >>> name_and_version("sentiment\\x1f3f"), name_and_version("channel")
        (('sentiment', '3f'), ('channel', ''))
    """
    name, _, version = name.partition(_AT)
    return name, version
