"""Compaction: a new generation of the journeys out of the one before and the tail, bucket by bucket.

The lake is not read again, but for what the tail says in fields that have been made, and for message ids where
they decide an order. One bucket is in memory at a time.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from lvtu.store.journeys import build, fields, people
from lvtu.store.journeys.block import BaseBlock, Block
from lvtu.store.journeys.columns import Array, smallest
from lvtu.store.journeys.manifest import BucketEntry, Manifest
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.journeys.tail import Part, Tail, TailBlock, looked_up
from lvtu.store.journeys.who import Known

_PLAIN = ("time", "event", "channel", "value", "event_id", "commit", "sequence")
_KEYS = 1 << 64

Check = Callable[[], None]
"""Called now and then; raises when the work is to be given up."""


@dataclass
class Lines:
    """The lines of one bucket once the tail is in its place.

    Attributes:
        part: what the tail does to each line, those it leaves alone included.
        hi, lo: their keys, ascending.
        new: the place of each new line's customer among the tail's new ones, -1 for old lines.
    """

    part: Part
    hi: Array
    lo: Array
    new: Array


def compact(snapshot: Snapshot, folder: Path, check: Check) -> Manifest:
    """Write the columns of the next generation into an empty folder.

    Args:
        snapshot: a generation with its tail.
        folder: where to; the caller makes it, moves it into its place and publishes the manifest.
        check: called before each column.

    Returns:
        The manifest of the generation.
    """
    tail, before = snapshot.tail, snapshot.manifest
    assert tail is not None
    made = [name for name in fields.made(snapshot.folder) if _prepared(snapshot, name, check)]
    lines = [_lines(block, tail.part(number), tail, number) for number, block in enumerate(snapshot.base)]
    pairs = [(block, merged.part) for block, merged in zip(snapshot.base, lines, strict=True) if merged is not None]
    message_ids = looked_up((TailBlock(*pair, tail, snapshot) for pair in pairs), tail.message_ids)
    entries: list[BucketEntry] = []
    for number, (block, merged) in enumerate(zip(snapshot.base, lines, strict=True)):
        check()
        if merged is None:
            _link(block.folder, folder / f"{len(entries):04d}", made)
            entries.append(before.buckets[number])
            continue
        whole = TailBlock(block, merged.part, tail, snapshot).settle(message_ids)
        for entry, first, last in _cut(before, number, whole, merged):
            where = folder / f"{len(entries):04d}"
            where.mkdir()
            _write(where, whole, merged, first, last, snapshot, made, check)
            entries.append(entry)
    _people(snapshot, tail, lines).save(folder)
    for name in made:
        fields.save_values(name, folder, snapshot.names(name))
    first, last = snapshot.times
    return replace(
        before, generation=before.generation + 1, commit=tail.commit, events=tail.events, channels=tail.channels,
        buckets=tuple(entries), first_time=first, last_time=last,
    )  # fmt: skip


def _prepared(snapshot: Snapshot, name: str, check: Check) -> bool:
    """Read what the tail says in a field; whether any event has it."""
    check()
    return snapshot.carry(name)


def _lines(block: BaseBlock, part: Part | None, tail: Tail, number: int) -> Lines | None:
    """The lines of a bucket, by key; None where the tail leaves it alone."""
    if part is None:
        return None
    old, new = part.base >= 0, np.flatnonzero(tail.owners.new.bucket == number)
    kept = part.untouched.astype(bool)
    kept[part.base[old]] = True
    rows = np.zeros((2, block.customers), np.int64)  # of the tail, by line: where they begin, and how many
    rows[:, part.base[old]] = part.offsets[:-1][old], np.diff(part.offsets)[old]
    starts = np.append(rows[0][kept], part.offsets[:-1][~old])
    counts = np.append(rows[1][kept], np.diff(part.offsets)[~old])
    hi = np.append(block.column("hi")[kept], tail.owners.new.hi[new])
    lo = np.append(block.column("lo")[kept], tail.owners.new.lo[new])
    order = np.lexsort((lo, hi))
    base = np.append(np.flatnonzero(kept), np.full(len(new), -1, np.int64))[order]
    place = np.append(np.full(int(kept.sum()), -1, np.int64), new)[order]
    names = tail.owners.new.names.take(pa.array(place, mask=place < 0))
    offsets = np.append(0, np.cumsum(counts[order]))
    taken = np.repeat(starts[order] - offsets[:-1], counts[order]) + np.arange(offsets[-1])
    whole = Part(np.zeros(block.customers, np.uint8), base, names, hi[order], part.rows[taken], offsets)
    return Lines(whole, hi[order], lo[order], place)


def _cut(before: Manifest, number: int, whole: Block, lines: Lines) -> Iterator[tuple[BucketEntry, int, int]]:
    """One bucket, or two where it has grown too large: each with its first line and the one after its last."""
    buckets = before.buckets
    low = buckets[number].low
    top = buckets[number + 1].low if number + 1 < len(buckets) else _KEYS
    cuts = [low]
    if whole.rows > 2 * build.BUCKET_EVENTS or len(buckets) < build.fewest(before.rows):
        cuts.append((low + top) // 2)
    edges = [*np.searchsorted(lines.hi, np.array(cuts, np.uint64)).tolist()[1:], len(lines.hi)]
    first, offsets = 0, whole.column("offsets")
    for bottom, last in zip(cuts, edges, strict=True):
        yield BucketEntry(bottom, last - first, int(offsets[last]) - int(offsets[first])), first, last
        first = last


def _write(
    folder: Path, whole: TailBlock, lines: Lines, first: int, last: int, snapshot: Snapshot, made: list[str],
    check: Check,
) -> None:  # fmt: skip
    """Write the columns of some lines of a merged bucket."""
    offsets = whole.column("offsets")[first : last + 1]
    rows = slice(int(offsets[0]), int(offsets[-1]))
    columns: dict[str, Array | pa.Array] = {
        "hi": lines.hi[first:last],
        "lo": lines.lo[first:last],
        "customer": whole.names().slice(first, last - first),
        "offsets": offsets - offsets[0],
    }
    kinds = {"event": smallest(len(snapshot.events)), "channel": smallest(len(snapshot.channels))}
    for name in _PLAIN:
        check()
        values = whole.column(name)[rows]
        columns[name] = values.astype(kinds.get(name, np.dtype(np.uint32) if name == "commit" else values.dtype))
    if not columns["sequence"].any():
        columns["sequence"] = columns["sequence"][:0]
    build.write_columns(folder, columns, len(snapshot.events))
    for name in made:
        check()
        fields.save_part(name, folder, whole.field(name)[rows])


def _link(source: Path, target: Path, made: list[str]) -> None:
    """Give a bucket that stays as it is a second name in the next generation."""
    target.mkdir()
    kept = {f"{fields.file_name(name)}.arrow" for name in made}
    for path in source.glob("[!.]*.arrow"):
        if path.name.startswith("field-") and path.name not in kept:
            continue
        try:
            (target / path.name).hardlink_to(path)
        except OSError:  # not every file system can
            shutil.copyfile(path, target / path.name)


def _people(snapshot: Snapshot, tail: Tail, lines: list[Lines | None]) -> people.People:
    """Who is who, with the places that the lines have now."""
    known = Known(snapshot.folder, snapshot.manifest)
    of_old = np.full(int(known.firsts[-1]), -1, np.int64)
    of_new = np.full(len(tail.owners.new.numbers), -1, np.int64)
    first = 0
    for number, merged in enumerate(lines):
        start, end = int(known.firsts[number]), int(known.firsts[number + 1])
        if merged is None:
            of_old[start:end] = first + np.arange(end - start)
            first += end - start
            continue
        places, old = first + np.arange(len(merged.new)), merged.new < 0
        of_old[start + merged.part.base[old]] = places[old]
        of_new[merged.new[~old]] = places[~old]
        first += len(places)
    return people.after(known, tail.arrivals, tail.owners, of_old, of_new)
