"""What a cluster's workers run: folds of whole buckets, and merges of what came of them.

States travel as rows of bytes. Nothing is taken for granted of them: they may come in any order, and each says of
which task it is, which piece of how many, and how many tasks went into it.
"""

from __future__ import annotations

import hashlib
import pickle
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from lvtu.engines.base import Foldable
from lvtu.errors import BadInput, LvtuError
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

ROWS = pa.schema([("task", pa.int64()), ("piece", pa.int32()), ("pieces", pa.int32()), ("data", pa.binary())])
"""A piece of an answer, and whose."""

SPARK_ROWS = "task bigint, piece int, pieces int, data binary"
"""The same, as Spark writes it."""

_PIECE = 1 << 20
"""Bytes of a piece: far below what a message between the parts of a cluster may hold."""


@dataclass
class Job:
    """One fold over the buckets of a snapshot.

    Attributes:
        analysis: what folds.
        snapshot: what is folded.
        shares: the numbers of each task's buckets.
        keep: which customers of a bucket count, where not all do.
    """

    analysis: Foldable[Any]
    snapshot: Snapshot
    shares: Sequence[Sequence[int]]
    keep: dict[int, Array] = field(default_factory=dict)

    def fold(self, task: int) -> Any:
        """The state of one task's buckets.

        Raises:
            BadInput: the journeys cannot be seen from here.
        """
        seen_from_here(self.snapshot.folder)
        state = self.analysis.empty(self.snapshot)
        for number in self.shares[task]:
            block = self.snapshot.base[number]
            block.keep = self.keep.get(number, block.keep)
            state = self.analysis.partial(block, state)
        return state


@dataclass
class Answer:
    """What came of some tasks: a state, or an error that a person can do something about.

    Attributes:
        tasks: how many went into it.
        state: of all their customers.
        error: what was raised instead.
    """

    tasks: int
    state: Any = None
    error: LvtuError | None = None

    def rows(self, task: int) -> Iterator[pa.RecordBatch]:
        """As rows, under the number of one of the tasks."""
        data = pickle.dumps(self, pickle.HIGHEST_PROTOCOL)
        packed = len(data).to_bytes(8, "little") + pa.compress(data, codec="zstd", asbytes=True)
        starts = range(0, len(packed), _PIECE)
        for piece, start in enumerate(starts):
            part = packed[start : start + _PIECE]
            yield pa.record_batch([[task], [piece], [len(starts)], [part]], schema=ROWS)


def fold_tasks(code: str, payload: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The states of some tasks, in rows.

    Args:
        code: the fingerprint of whoever asks; whoever answers must have the same.
        payload: the pickled `Job`.
        batches: the numbers of the tasks in column 0.
    """
    for batch in batches:
        for task in batch.column(0).to_pylist():
            yield from answered(partial(_folded, code, payload, task)).rows(task)


def merge_tasks(code: str, payload: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """One state of all the states in some rows, in rows.

    Args:
        code, payload: as of `fold_tasks`.
        batches: rows of `Answer`.
    """
    table = pa.Table.from_batches(batches, ROWS)
    if table.num_rows:
        yield from answered(partial(_merged, code, payload, table)).rows(min(table["task"].to_pylist()))


def answers(table: pa.Table) -> Iterator[Answer]:
    """The answers in some rows, once all pieces of each are there.

    Raises:
        LvtuError: what one of them says.
    """
    waiting: dict[int, dict[int, bytes]] = {}
    for row in table.to_pylist():
        found = waiting.setdefault(row["task"], {})
        found[row["piece"]] = row["data"]
        if len(found) == row["pieces"]:
            packed = b"".join(found[piece] for piece in sorted(found))
            size = int.from_bytes(packed[:8], "little")
            answer: Answer = pickle.loads(pa.decompress(packed[8:], size, codec="zstd", asbytes=True))
            if answer.error is not None:
                raise answer.error
            yield answer
            del waiting[row["task"]]


@cache
def fingerprint() -> str:
    """Names the code of the package: answers of two versions are not to be added up."""
    digest = hashlib.blake2b(digest_size=12)
    package = Path(__file__).parent.parent
    for source in sorted(package.rglob("*.py")):
        digest.update(f"{source.relative_to(package).as_posix()} ".encode() + source.read_bytes())
    return digest.hexdigest()


def answered(ask: Callable[[], Answer]) -> Answer:
    """An answer; errors that are raised on purpose too, so that no task is tried in vain again."""
    try:
        return ask()
    except LvtuError as error:
        return Answer(1, error=error)


def _folded(code: str, payload: bytes, task: int) -> Answer:
    job: Job = unpacked(code, payload)
    return Answer(1, job.fold(task))


def _merged(code: str, payload: bytes, table: pa.Table) -> Answer:
    job: Job = unpacked(code, payload)
    analysis, found = job.analysis, answers(table)
    whole = next(found)
    for other in found:
        whole = Answer(whole.tasks + other.tasks, analysis.merge(whole.state, other.state))
    return whole


def unpacked(code: str, payload: bytes) -> Any:
    """What was sent.

    Raises:
        BadInput: by another version of the package.
    """
    if code != fingerprint():
        raise BadInput("other_lvtu", host=socket.gethostname())
    return pickle.loads(payload)


def seen_from_here(folder: Path) -> None:
    """See that a worker sees a folder.

    Raises:
        BadInput: it does not.
    """
    if not folder.is_dir():
        raise BadInput("folder_not_shared", host=socket.gethostname(), folder=str(folder))
