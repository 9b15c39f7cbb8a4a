"""Building the journeys on a cluster: Spark brings the rows of each bucket together, and a task sorts and writes it.

This is the one place where events move between machines. Who is who is settled before, where the build was begun; what
travels with each row is the line of its customer.
"""

from __future__ import annotations

import pickle
import shutil
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa

from lvtu.engines.spark import connected
from lvtu.engines.tasks import ROWS, SPARK_ROWS, Answer, answered, answers, fingerprint, seen_from_here, unpacked
from lvtu.store import parts
from lvtu.store.journeys.arrivals import gather_arrivals
from lvtu.store.journeys.build import Lines, Work, sort_arrivals, write_bucket
from lvtu.store.journeys.columns import Array, open_array, open_column, write_column
from lvtu.store.journeys.manifest import Manifest

_READ = ("time", "sequence", "event", "channel", "value", "event_id", "commit", "message_id")

MOVED = pa.schema(
    [("bucket", pa.int32()), ("line", pa.int32()), ("time", pa.int64()), ("sequence", pa.int64()),
     ("event", pa.string()), ("channel", pa.string()), ("value", pa.float64()), ("event_id", pa.int64()),
     ("commit", pa.int64()), ("message_id", pa.string())]
)  # fmt: skip
"""A row of the lake on its way to its bucket."""

SPARK_MOVED = (
    "bucket int, line int, time bigint, sequence bigint, event string, channel string, value double, event_id bigint, "
    "commit bigint, message_id string"
)
"""The same, as Spark writes it."""


@dataclass
class Plan:
    """What the tasks of a build need to know.

    Attributes:
        folder: of the generation.
        scratch: of what was settled before: a column ``line`` by event id, and the customers' columns.
        pieces: of the lake, each read by one task.
        manifest: of the generation.
        firsts: the first line of every bucket, and the number of lines.
        sequenced: whether any row has a sequence.
    """

    folder: Path
    scratch: Path
    pieces: list[tuple[parts.Part, list[int]]]
    manifest: Manifest
    firsts: Array
    sequenced: bool

    def moved(self, piece: int) -> pa.Table:
        """A piece of the lake with the line and the bucket of every row."""
        table = parts.read(*self.pieces[piece], list(_READ))
        table = table.filter(pa.array(table["commit"].to_numpy() <= self.manifest.commit))
        line = open_array(self.scratch / "line.arrow")[table["event_id"].to_numpy()]
        bucket = (np.searchsorted(self.firsts[:-1], line, side="right") - 1).astype(np.int32)
        table = table.set_column(table.column_names.index("time"), "time", table["time"].cast(pa.int64()))
        return table.add_column(0, "line", pa.array(line)).add_column(0, "bucket", pa.array(bucket)).cast(MOVED)

    def write(self, number: int, rows: pa.Table) -> bool:
        """Sort the rows of one bucket and write its columns; a folder appears whole, whoever comes first.

        Returns:
            False, with nothing written, where a customer has not as many rows as were counted: some were lost.
        """
        first, last = self.firsts[number : number + 2].tolist()
        offsets = open_array(self.scratch / "offsets.arrow")[first : last + 1]
        hi, lo = (open_array(self.scratch / f"{name}.arrow")[first:last] for name in ("hi", "lo"))
        names = open_column(self.scratch / "customer.arrow").slice(first, last - first)
        lines = Lines(offsets - offsets[0], hi, lo, names, np.arange(last - first))
        line = (rows["line"].to_numpy() - first).astype(np.int32)
        if not np.array_equal(np.bincount(line, minlength=last - first), np.diff(offsets)):
            return False
        arrivals = gather_arrivals(_as_read(rows), 0, self.manifest.events, self.manifest.channels)
        order = sort_arrivals(arrivals, line, lines.offsets, self.sequenced, partial(_message_ids, rows))
        place = self.folder / f".{number:04d}.{uuid.uuid4().hex[:8]}.tmp"
        place.mkdir()
        names_known = len(self.manifest.events), len(self.manifest.channels)
        write_bucket(place, arrivals, lines, order, 0, last - first, *names_known, self.sequenced)
        try:
            place.rename(self.folder / f"{number:04d}")
        except OSError:  # the same task, tried twice, was quicker
            shutil.rmtree(place)
        return True


def _as_read(rows: pa.Table) -> list[pa.RecordBatch]:
    """The rows as the lake would give them, but for whose they are."""
    table = rows.append_column("user_id", pa.nulls(len(rows), pa.string()))
    table = table.append_column("anonymous_id", pa.nulls(len(rows), pa.string()))
    table = table.append_column("identifiers", pa.nulls(len(rows), pa.map_(pa.string(), pa.string())))
    batches: list[pa.RecordBatch] = table.combine_chunks().to_batches()
    return batches


def _message_ids(rows: pa.Table, event_ids: Array) -> pa.Array:
    order = np.argsort(rows["event_id"].to_numpy())
    at = order[np.searchsorted(rows["event_id"].to_numpy(), event_ids, sorter=order)]
    found: pa.Array = rows["message_id"].take(pa.array(at)).combine_chunks()
    return found


# What the workers run.


def move(code: str, payload: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Pieces of the lake, by their numbers in column 0, with the bucket of every row."""
    plan: Plan = unpacked(code, payload)
    for batch in batches:
        for piece in batch.column(0).to_pylist():
            yield from plan.moved(piece).to_batches()


def write(code: str, payload: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Write the buckets of some rows; answers which are complete."""
    table = pa.Table.from_batches(batches, MOVED)
    if table.num_rows:
        yield from answered(partial(_written, code, payload, table)).rows(table["bucket"][0].as_py())


def _written(code: str, payload: bytes, table: pa.Table) -> Answer:
    plan: Plan = unpacked(code, payload)
    seen_from_here(plan.folder)
    bucket = table["bucket"].to_numpy()
    numbers: list[int] = np.unique(bucket).tolist()
    return Answer(1, [number for number in numbers if plan.write(number, table.filter(pa.array(bucket == number)))])


# What begins them.


class SparkWriter:
    """Writes the buckets of a build on a cluster (a `lvtu.store.journeys.build.Write`).

    Args:
        url: of the cluster's Connect server.
    """

    def __init__(self, url: str) -> None:
        self._url = url

    def __call__(self, work: Work) -> None:
        """Write all buckets.

        Raises:
            BadInput: there is no cluster, or its workers cannot do the work.
        """
        scratch = work.folder.parent.absolute() / f".build.{uuid.uuid4().hex[:8]}.tmp"
        scratch.mkdir()
        try:
            self._write(work, _planned(work, scratch))
        finally:
            shutil.rmtree(scratch)

    def _write(self, work: Work, plan: Plan) -> None:
        wanted = {number for number, bucket in enumerate(work.manifest.buckets) if bucket.events}
        for number in set(range(len(work.manifest.buckets))) - wanted:
            plan.write(number, MOVED.empty_table())
        if not wanted:
            return
        session, payload = connected(self._url), pickle.dumps(plan)
        rows = session.range(0, len(plan.pieces), 1, len(plan.pieces))
        rows = rows.mapInArrow(partial(move, fingerprint(), payload), SPARK_MOVED)
        rows = rows.repartitionById(len(work.manifest.buckets), "bucket").mapInArrow(
            partial(write, fingerprint(), payload), SPARK_ROWS
        )
        if wanted != {number for answer in answers(rows.toArrow().cast(ROWS)) for number in answer.state}:
            raise RuntimeError("not every event reached its bucket")


def _planned(work: Work, scratch: Path) -> Plan:
    lines, event_ids = work.lines, work.arrivals.event_id
    line = np.full(int(event_ids.max()) + 1 if len(event_ids) else 0, -1, np.int32)
    line[event_ids] = work.line
    columns = {"line": line, "offsets": lines.offsets, "hi": lines.hi, "lo": lines.lo, "customer": lines.names}
    for name, values in columns.items():
        write_column(scratch / f"{name}.arrow", values)
    pieces = [
        (replace(part, path=part.path.absolute()), groups)
        for part in work.lake.parts()
        if part.first <= work.manifest.commit
        for groups in parts.stretches(part)
    ]
    sequenced = bool(work.arrivals.sequence.any())
    return Plan(work.folder.absolute(), scratch, pieces, work.manifest, work.firsts, sequenced)
