"""The engine of one machine: threads over blocks; kernels release the interpreter lock."""

from __future__ import annotations

import os
import queue
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from lvtu.engines.base import Foldable
from lvtu.engines.cores import Cores
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.snapshot import Snapshot


class LocalEngine:
    """Threads over the blocks of a snapshot.

    Args:
        threads: how many; 0 for one per core.
    """

    def __init__(self, threads: int = 0) -> None:
        self.threads = threads or os.cpu_count() or 1
        self._cores = Cores(self.threads)
        self._pool: ThreadPoolExecutor | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """An engine travels without its threads: an answer that says who is behind it holds one."""
        return LocalEngine, (self.threads,)

    def fold(self, analysis: Foldable[Any], snapshot: Snapshot) -> Any:
        """The state of all customers."""
        snapshot.prepare(analysis.reads())
        return self.fold_blocks(analysis, snapshot, snapshot.blocks)

    def fold_blocks(self, analysis: Foldable[Any], snapshot: Snapshot, blocks: Iterable[Block]) -> Any:
        """The state of some blocks: each thread folds those it takes, largest first, into one state."""
        blocks = sorted(blocks, key=lambda block: -block.rows)
        with self._cores.taken() as cores:
            if len(blocks) < 2 or cores < 2:
                return _fold(analysis, snapshot, blocks)
            waiting: queue.SimpleQueue[Block] = queue.SimpleQueue()
            for block in blocks:
                waiting.put(block)
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self.threads - 1, thread_name_prefix="lvtu")
            others = [self._pool.submit(_drain, analysis, snapshot, waiting) for _ in range(cores - 1)]
            state = _drain(analysis, snapshot, waiting)
            for other in others:
                state = analysis.merge(state, other.result())
            return state


def _fold(analysis: Foldable[Any], snapshot: Snapshot, blocks: list[Block]) -> Any:
    state = analysis.empty(snapshot)
    for block in blocks:
        state = analysis.partial(block, state)
    return state


def _drain(analysis: Foldable[Any], snapshot: Snapshot, waiting: queue.SimpleQueue[Block]) -> Any:
    state = analysis.empty(snapshot)
    while True:
        try:
            block = waiting.get_nowait()
        except queue.Empty:
            return state
        state = analysis.partial(block, state)
