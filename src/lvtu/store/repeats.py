"""Which message ids have been seen: an exact index of 128-bit hashes, derived from the lake.

Keys lie in sorted immutable segments, each one memory-mapped file with a filter and a directory of
leading bits; a manifest names the segments and the last commit whose keys are in. Small segments are
merged into larger ones as they come, so that a few dozen are looked through at most. Readers may be
many; who adds or forgets holds the workspace's writer lease.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from lvtu.errors import BadInput, Corrupt
from lvtu.store import files

Halves = npt.NDArray[np.uint64]
"""One half of n 128-bit keys, shape (n,)."""

FORMAT = 1
GROWTH = 1
"""New keys are merged with the segment before them unless that is more than this many times larger.

A hundred equal additions write 3.8 times their keys so, 5.6 times with 3; both leave three segments.
"""


@dataclass(frozen=True)
class Segment:
    """A sorted set of keys in one mapped file: the keys (n, 2), their filter, their directory."""

    path: Path
    keys: npt.NDArray[np.uint64]
    filter: npt.NDArray[np.uint64]
    directory: npt.NDArray[np.uint32]

    @property
    def shifts(self) -> tuple[int, int]:
        """How far a key's high half is shifted for its place in the filter and in the directory."""
        return _shifts(len(self.keys))


class Repeats:
    """The index of every key that was ever accepted.

    Args:
        folder: where its files lie, made if absent.

    Attributes:
        commit: the last commit whose keys are in, -1 for none. Behind the lake's version (after a crash)
            the missing commits' keys are to be added; ahead of it never.

    Raises:
        Corrupt: a segment is not what the manifest says; `rebuild` helps.

    Example:
        >>> import tempfile
        >>> repeats = Repeats(Path(tempfile.mkdtemp()))
        >>> high, low = np.array([1, 2, 1], np.uint64), np.array([5, 5, 5], np.uint64)
        >>> repeats.first_seen(high, low).tolist()
        [True, True, False]
        >>> repeats.add(high, low, commit=0)
        >>> repeats.first_seen(high, low).tolist(), repeats.size
        ([False, False, False], 2)
    """

    def __init__(self, folder: Path) -> None:
        self.folder = files.make_folder(folder)
        self.commit = -1
        self._segments: list[Segment] = []
        self._read: object = None
        self._refresh()

    @property
    def size(self) -> int:
        """How many keys there are."""
        self._refresh()
        return sum(len(segment.keys) for segment in self._segments)

    def first_seen(self, high: Halves, low: Halves) -> npt.NDArray[np.bool_]:
        """Which keys are new: neither in the index nor earlier in this batch.

        Args:
            high: the keys' high halves, shape (n,).
            low: their low halves, shape (n,).

        Returns:
            Shape (n,), True for the new ones.
        """
        return self.sift(high, low)[0]

    def sift(self, high: Halves, low: Halves) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.uint64]]:
        """Which keys are new, as `first_seen` says, and the new ones themselves, sorted, for `add_new`."""
        self._refresh()
        keys, order = _sorted(high, low)
        fresh = ~self._known(keys)
        new = np.empty(len(keys), np.bool_)
        new[order] = fresh
        return new, keys if fresh.all() else keys[fresh]

    def add(self, high: Halves, low: Halves, commit: int) -> None:
        """Add keys and remember that this commit's keys are in; durable when it returns.

        Keys that are in already change nothing, so it may be repeated after a crash.
        """
        self.add_new(self.sift(high, low)[1], commit)

    def add_new(self, keys: npt.NDArray[np.uint64], commit: int) -> None:
        """Add keys that `sift` found to be new, under the same lease: nobody added or forgot any since."""
        self._refresh()
        self._publish(self._with(keys), max(commit, self.commit))

    def forget(self, high: Halves, low: Halves) -> None:
        """Remove keys; the segments that held them are rewritten, the old ones removed."""
        self._refresh()
        keys, _ = _sorted(high, low)
        wanted = _Lookup(keys)
        segments = []
        for segment in self._segments:
            gone = np.zeros(len(segment.keys), np.bool_)
            wanted.mark(segment.keys, gone)
            if not gone.any():
                segments.append(segment)
            elif not gone.all():
                segments.append(self._write(segment.keys[~gone]))
        self._publish(segments, self.commit)

    @classmethod
    def rebuild(cls, folder: Path, batches: Iterable[tuple[Halves, Halves, int]]) -> Repeats:
        """Build the index anew from the lake's keys and publish it in one step; the old one serves until then.

        Args:
            folder: where the index lies; what is there is replaced, damaged or not.
            batches: high halves, low halves and commit number of all events, in any pieces.
        """
        index = cls.__new__(cls)
        index.folder = files.make_folder(folder)
        index.commit, index._segments, index._read = -1, [], None
        commit = -1
        for high, low, number in batches:
            keys, _ = _sorted(high, low)
            keys = keys[~index._known(keys)]
            index._segments = index._with(keys)
            commit = max(commit, number)
        index._publish(index._segments, commit)
        return index

    @property
    def _manifest(self) -> Path:
        return self.folder / "manifest.json"

    def _refresh(self) -> None:
        """Follow the manifest if another process has replaced it."""
        try:
            stat = self._manifest.stat()
        except FileNotFoundError:
            return
        if (stat.st_ino, stat.st_mtime_ns) == self._read:
            return
        manifest = files.read_json(self._manifest)
        if manifest["format"] > FORMAT:
            raise BadInput("index_format", path=str(self.folder), format=str(manifest["format"]))
        mapped = {segment.path: segment for segment in self._segments}
        self._segments = [
            mapped.get(self.folder / name) or _map(self.folder / name, size) for name, size in manifest["segments"]
        ]
        self.commit = manifest["commit"]
        self._read = (stat.st_ino, stat.st_mtime_ns)

    def _publish(self, segments: list[Segment], commit: int) -> None:
        """Make segments the index, durably, and remove the files that are no longer of it."""
        listed = [(segment.path.name, len(segment.keys)) for segment in segments]
        files.disk.sync_dir(self.folder)  # the segments' names come first
        files.replace_json(self._manifest, {"format": FORMAT, "commit": commit, "segments": listed})
        stat = self._manifest.stat()
        self._segments, self.commit, self._read = segments, commit, (stat.st_ino, stat.st_mtime_ns)
        alive = {name for name, _ in listed}
        dead = [path for path in self.folder.glob("*.keys") if path.name not in alive]
        if dead:
            files.remove_durably(dead)

    def _known(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        """Which of the sorted keys are in the index or equal the one before."""
        from lvtu.kernels import repeats as kernels

        known = np.zeros(len(keys), np.bool_)
        kernels.mark_equals(keys, known)
        for segment in self._segments:
            _mark(segment, keys, known)
        return known

    def _with(self, keys: npt.NDArray[np.uint64]) -> list[Segment]:
        """The segments and new keys, merged with the newest ones while those are not larger; one file is written."""
        if not len(keys):
            return self._segments
        start = len(self._segments)
        while start > 0 and len(self._segments[start - 1].keys) <= GROWTH * len(keys):
            start -= 1
            keys = _union(keys, self._segments[start].keys)
        return [*self._segments[:start], self._write(keys)]

    def _write(self, keys: npt.NDArray[np.uint64]) -> Segment:
        path = self.folder / f"{uuid.uuid4().hex[:16]}.keys"
        lookup = _Lookup(keys)
        with path.open("wb") as file:
            for array in (keys, lookup.filter, lookup.directory):
                file.write(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
        files.disk.sync_file(path)
        return _map(path, len(keys))


class _Lookup:
    """A filter and a directory in memory, over sorted keys."""

    def __init__(self, keys: npt.NDArray[np.uint64]) -> None:
        from lvtu.kernels import repeats as kernels

        filter_shift, directory_shift = _shifts(len(keys))
        self.keys = keys
        self.filter = np.zeros(max(1, (1 << (64 - filter_shift)) >> 6), np.uint64)
        self.directory = np.zeros((1 << (64 - directory_shift)) + 1, np.uint32)
        kernels.build_index(keys, self.filter, filter_shift, self.directory, directory_shift)

    def mark(self, keys: npt.NDArray[np.uint64], present: npt.NDArray[np.bool_]) -> None:
        _mark(self, keys, present)


def _mark(stored: Any, keys: npt.NDArray[np.uint64], present: npt.NDArray[np.bool_]) -> None:
    from lvtu.kernels import repeats as kernels

    filter_shift, directory_shift = _shifts(len(stored.keys))
    kernels.mark_present(keys, present, stored.keys, stored.filter, filter_shift, stored.directory, directory_shift)


def _shifts(size: int) -> tuple[int, int]:
    """16 to 32 slots of the filter and one sixteenth to one eighth of an entry of the directory per key."""
    bits = max(size, 4).bit_length()
    return 64 - (bits + 4), 64 - max(bits - 4, 1)


def _sorted(high: Halves, low: Halves) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    from lvtu.kernels import repeats as kernels

    if high.shape != low.shape or high.ndim != 1:
        raise BadInput("key_halves", high=str(high.shape), low=str(low.shape))
    n = len(high)
    bits = min(12, max(0, n.bit_length() - 13))
    keys, order = np.empty((n, 2), np.uint64), np.empty(n, np.int64)
    kernels.sort_keys(
        np.ascontiguousarray(high, np.uint64),
        np.ascontiguousarray(low, np.uint64),
        64 - bits,
        np.zeros((1 << bits) + 1, np.int64),
        np.empty((1 << 14) + 1, np.int64),
        np.empty((n, 3), np.uint64),
        keys,
        order,
    )
    return keys, order


def _union(a: npt.NDArray[np.uint64], b: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    from lvtu.kernels import repeats as kernels

    out = np.empty((len(a) + len(b), 2), np.uint64)
    kernels.merge_keys(a, b, out)
    return out


def _map(path: Path, size: int) -> Segment:
    filter_shift, directory_shift = _shifts(size)
    words, entries = max(1, (1 << (64 - filter_shift)) >> 6), (1 << (64 - directory_shift)) + 1
    expected = 16 * size + 8 * words + 4 * entries
    if not path.exists() or path.stat().st_size != expected:
        raise Corrupt("no_segment", file=str(path), keys=size)
    data = np.memmap(path, np.uint8, "r")
    return Segment(
        path,
        data[: 16 * size].view(np.uint64).reshape(size, 2),
        data[16 * size : 16 * size + 8 * words].view(np.uint64),
        data[16 * size + 8 * words :].view(np.uint32),
    )
