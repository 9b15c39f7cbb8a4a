"""Parts made from other parts: small ones merged, erased events left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lvtu.store import parts
from lvtu.store.parts import SCHEMA, Part

Ids = npt.NDArray[np.int64]
"""Event numbers, sorted, each once."""


def small_runs(every: Sequence[Part]) -> list[list[Part]]:
    """Neighbouring parts that together hold at most `PART_ROWS` rows, two or more in each run."""
    runs: list[list[Part]] = [[]]
    rows = 0
    for part in every:
        size = parts.rows(part)
        if rows + size > parts.PART_ROWS:
            runs.append([])
            rows = 0
        runs[-1].append(part)
        rows += size
    return [run for run in runs if len(run) > 1]


def merged(run: Sequence[Part]) -> Part:
    """A new part with the rows of several, in their order."""
    whole = Part.new(run[0].path.parent, run[0].first, run[-1].last, run[0].number)
    tables = [parts.read(part, groups, SCHEMA.names) for part in run for groups in parts.stretches(part)]
    parts.write(whole, [pa.concat_tables(tables)])
    return whole


def without(part: Part, ids: Ids) -> Part | None:
    """The part itself if it holds none of the events; else a new one with the others, or None if all are gone."""
    suspects = (parts.read(part, groups, ["event_id"]) for groups in parts.stretches(part, ids))
    if not any(_marked(table, ids).any() for table in suspects):
        return part
    rest = replace(part, path=Part.new(part.path.parent, part.first, part.last, part.number).path)
    return rest if parts.write(rest, _kept(part, ids)) else None


def _kept(part: Part, ids: Ids) -> Iterator[pa.Table]:
    for groups in parts.stretches(part):
        table = parts.read(part, groups, SCHEMA.names)
        kept = ~_marked(table, ids)
        if kept.any():
            yield table if kept.all() else table.filter(pa.array(kept))


def _marked(table: pa.Table, ids: Ids) -> npt.NDArray[np.bool_]:
    """Which rows have one of these event numbers, of which there is at least one."""
    numbers = table["event_id"].to_numpy()
    places = np.minimum(np.searchsorted(ids, numbers), len(ids) - 1)
    return np.asarray(ids[places] == numbers)
