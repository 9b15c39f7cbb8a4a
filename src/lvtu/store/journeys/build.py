"""Building the journeys: every event in its place on its customer's time line.

Two counting sorts and no comparison sort: events are counted by customer, placed in arrival order, and
then each customer's stretch, mostly in order already, is put right.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.kernels.postings import post
from lvtu.kernels.sorting import gather, histogram, place, sort_within
from lvtu.store.journeys.arrivals import COLUMNS, DICTIONARY, Arrivals, Stitch, Stitched, gather_arrivals
from lvtu.store.journeys.columns import NOTHING, Array, smallest, write_column
from lvtu.store.journeys.manifest import BucketEntry, Manifest
from lvtu.store.journeys.people import of_build
from lvtu.store.lake import Lake

BUCKET_EVENTS = 1_500_000
"""Events of a bucket, about; a bucket of this size keeps a core's caches busy and a thread for a millisecond."""

T = TypeVar("T")

MessageIds = Callable[[Array], pa.Array]
"""The message ids of some event ids, in their order."""


@dataclass
class Lines:
    """The customers of a build in the order of the journeys.

    Attributes:
        offsets: where each one's rows start (customers + 1).
        hi, lo: their keys, ascending.
        names: what each is called.
        numbers: each one's number in the resolution.
    """

    offsets: Array
    hi: Array
    lo: Array
    names: pa.Array
    numbers: Array


@dataclass
class Work:
    """A build once it is known who is who: what is left is to sort, and to write the buckets.

    Attributes:
        lake: the event log.
        folder: of the generation; buckets are folders in it.
        manifest: what it will be.
        arrivals: all rows.
        lines: all customers.
        line: of every row.
        message_ids: looks message ids up.
    """

    lake: Lake
    folder: Path
    manifest: Manifest
    arrivals: Arrivals
    lines: Lines
    line: Array
    message_ids: MessageIds

    @property
    def firsts(self) -> Array:
        """The first line of every bucket, and the number of lines at the end."""
        customers = [bucket.customers for bucket in self.manifest.buckets]
        return np.concatenate([[0], np.cumsum(customers)]).astype(np.int64)


Write = Callable[[Work], None]
"""Writes all buckets of a build."""


def line_up(arrivals: Arrivals, stitched: Stitched) -> tuple[Lines, Array]:
    """The customers in the order of their keys, and the line of every row."""
    owners = stitched.owners(arrivals.user, arrivals.anonymous, arrivals.time)
    keys_hi, keys_lo = stitched.customer_key
    counts = np.zeros(len(keys_hi) + 1, np.int64)
    histogram(owners, counts)
    present = np.flatnonzero(counts[1:])
    ranked = present[np.lexsort((keys_lo[present], keys_hi[present]))]
    rank = np.zeros(len(keys_hi), np.int32)
    rank[ranked] = np.arange(len(ranked), dtype=np.int32)
    offsets = np.zeros(len(ranked) + 1, np.int64)
    np.cumsum(counts[1:][ranked], out=offsets[1:])
    names = _names(arrivals, stitched.n_users, ranked)
    return Lines(offsets, keys_hi[ranked], keys_lo[ranked], names, ranked), rank[owners]


def sort_arrivals(
    arrivals: Arrivals, line: Array, offsets: Array, sequenced: bool, message_ids: MessageIds
) -> Array:  # fmt: skip
    """Row numbers in order by line, then (time, sequence, message id).

    Args:
        arrivals: the rows.
        line: of every row.
        offsets: where each line's rows start (lines + 1).
        sequenced: whether any row has a sequence.
        message_ids: looks message ids up, for rows that tie.
    """
    order = np.empty(len(line), np.uint32)
    place(line, offsets[:-1].copy(), order)
    _sort_stretches(arrivals, offsets, order, sequenced, message_ids)
    return order


def _sort_stretches(
    arrivals: Arrivals, offsets: Array, order: Array, sequenced: bool, message_ids: MessageIds
) -> None:  # fmt: skip
    ties = np.zeros(len(order), np.uint8)
    scratch = np.empty_like(order)
    parts = 2 * (os.cpu_count() or 1)
    cuts = np.searchsorted(offsets, np.linspace(0, len(order), parts + 1).astype(np.int64))
    cuts[-1] = len(offsets) - 1

    def sort(part: int) -> int:
        stretch = offsets[cuts[part] : cuts[part + 1] + 1]
        if len(stretch) < 2:
            return 0
        tied: int = sort_within(stretch, arrivals.time, arrivals.sequence, int(sequenced), order, scratch, ties)
        return tied

    if sum(in_threads(sort, range(parts))):
        order[:] = settle(order, ties.astype(bool), lambda rows: message_ids(arrivals.event_id[rows]))


def settle(order: Array, ties: Array, message_ids: MessageIds) -> Array:
    """Reorder runs of tied rows (``ties[i]``: row i equals row i-1) by the bytes of their message ids."""
    if not ties.any():
        return order
    tied = ties.copy()
    tied[:-1] |= ties[1:]  # the first of each run
    places = np.flatnonzero(tied)
    runs = np.cumsum(~ties[places])
    ids = message_ids(order[places]).cast(pa.binary())
    rank = np.empty(len(places), np.int64)
    rank[pc.sort_indices(ids).to_numpy()] = np.arange(len(places))
    order = order.copy()
    order[places] = order[places][np.lexsort((rank, runs))]
    return order


def _names(arrivals: Arrivals, n_users: int, customers: Array) -> pa.Array:
    texts = pa.chunked_array([arrivals.user_texts, arrivals.anonymous_texts.cast(arrivals.user_texts.type)])
    assert n_users == len(arrivals.user_texts)
    return texts.take(pa.array(customers)).combine_chunks()


def build(
    lake: Lake, journeys: Path, stitch: Stitch, seed: int, message_ids: MessageIds, before: Manifest | None,
    identity: int = 0, write: Write | None = None,
) -> Manifest:  # fmt: skip
    """Build a new generation of the journeys from the whole lake, and publish it.

    Args:
        lake: the event log.
        journeys: the folder of the journeys.
        stitch: says who is who.
        seed: the workspace's seed for identifiers.
        message_ids: looks message ids up, for events that tie in time.
        before: the generation until now; names keep their codes.
        identity: the version of the stored edges and rules that `stitch` goes by.
        write: who sorts and writes; threads of this machine if not given.
    """
    commit = lake.version
    batches = lake.read(COLUMNS, dictionary=DICTIONARY, upto_commit=commit)
    known = before or Manifest()
    arrivals = gather_arrivals(batches, seed, known.events, known.channels)
    stitched = stitch(arrivals)
    lines, line = line_up(arrivals, stitched)
    manifest = Manifest(
        generation=known.generation + 1,
        commit=commit,
        identity=identity,
        events=tuple(arrivals.events),
        channels=tuple(arrivals.channels),
        buckets=tuple(_cut(lines)),
        first_time=int(arrivals.time.min()) if len(arrivals.time) else 0,
        last_time=int(arrivals.time.max()) if len(arrivals.time) else 0,
    )
    folder = manifest.folder(journeys)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    of_build(arrivals, stitched, lines.numbers).save(folder)
    (write or write_here)(Work(lake, folder, manifest, arrivals, lines, line, message_ids))
    manifest.save(journeys)
    return manifest


def _cut(lines: Lines) -> Iterable[BucketEntry]:
    """Buckets are prefixes of the key: as many as keep them at about `BUCKET_EVENTS`, at least one per core."""
    events = int(lines.offsets[-1])
    bits = max(int(np.ceil(np.log2(max(events / BUCKET_EVENTS, fewest(events))))), 0)
    lows = [place << (64 - bits) if bits else 0 for place in range(1 << bits)]
    cuts = [*np.searchsorted(lines.hi, np.array(lows, np.uint64)).tolist(), len(lines.hi)]
    for low, first, last in zip(lows, cuts[:-1], cuts[1:], strict=True):
        yield BucketEntry(low, last - first, int(lines.offsets[last] - lines.offsets[first]))


def fewest(events: int) -> int:
    """How many buckets so many events are cut into at least: one for each core, once they are worth it."""
    return 1 if events < 100_000 else os.cpu_count() or 1


def write_here(work: Work) -> None:
    """Sort, and write the buckets, with threads of this machine."""
    sequenced = bool(work.arrivals.sequence.any())
    order = sort_arrivals(work.arrivals, work.line, work.lines.offsets, sequenced, work.message_ids)
    firsts, names = work.firsts.tolist(), (len(work.manifest.events), len(work.manifest.channels))

    def write(number: int) -> None:
        where = work.folder / f"{number:04d}"
        where.mkdir()
        write_bucket(where, work.arrivals, work.lines, order, firsts[number], firsts[number + 1], *names, sequenced)

    in_threads(write, range(len(work.manifest.buckets)))


def write_bucket(
    folder: Path, arrivals: Arrivals, lines: Lines, order: Array, first: int, last: int, events: int, channels: int,
    sequenced: bool,
) -> None:  # fmt: skip
    """Write the columns of lines ``first`` … ``last`` - 1; `order` has their rows from ``lines.offsets[first]`` on."""
    offsets = lines.offsets[first : last + 1]
    order = order[offsets[0] : offsets[-1]]
    offsets = (offsets - offsets[0]).astype(np.uint32)
    columns: dict[str, Array | pa.Array] = {
        "hi": lines.hi[first:last],
        "lo": lines.lo[first:last],
        "customer": lines.names.slice(first, last - first),
        "offsets": offsets,
        "time": _taken(arrivals.time, order),
        "event": _taken(arrivals.event, order, smallest(events)),
        "channel": _taken(arrivals.channel, order, smallest(channels)),
        "value": _taken(arrivals.value, order),
        "event_id": _taken(arrivals.event_id, order, np.dtype(np.int64)),
        "commit": _taken(arrivals.commit, order, np.dtype(np.uint32)),
        "sequence": _taken(arrivals.sequence, order, np.dtype(np.int64)) if sequenced else NOTHING.view(np.int64),
    }
    write_columns(folder, columns, events)


def write_columns(folder: Path, columns: dict[str, Array | pa.Array], events: int) -> None:
    """Write a bucket's columns and the postings that follow from them.

    Args:
        folder: the bucket's.
        columns: by name.
        events: how many event names have codes.
    """
    columns = columns | postings(columns["event"], columns["offsets"], columns["time"], events)
    for name, values in columns.items():
        write_column(folder / f"{name}.arrow", values)


def postings(event: Array, offsets: Array, time: Array, names: int) -> dict[str, Array]:
    """The postings of every event name: where each starts, and (key, time) of its events."""
    counts = np.zeros(names + 1, np.int64)
    histogram(event, counts)
    starts = np.cumsum(counts)
    keys, times = np.empty(len(time), np.uint64), np.empty_like(time)
    post(event, offsets, time, starts[:-1].copy(), keys, times)
    return {"post_start": starts, "post_key": keys, "post_time": times}


def _taken(values: Array, order: Array, kind: np.dtype[np.generic] | None = None) -> Array:
    out = np.empty(len(order), kind or values.dtype)
    gather(values, order, out)
    return out


def in_threads(job: Callable[[int], T], numbers: Sequence[int]) -> list[T]:
    """Run a job for every number on all cores; kernels and Arrow release the interpreter lock."""
    if len(numbers) < 2:
        return list(map(job, numbers))
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(job, numbers))
