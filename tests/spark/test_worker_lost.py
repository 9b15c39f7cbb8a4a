"""A machine goes down in mid-job: the numbers are what they were."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tools import cluster as clusters

from contract.cases import Case
from lvtu.analyses.funnel import Funnel, FunnelSpec


def slow(question: Funnel, seen: Path) -> Any:
    """The same question, which notes who folds which bucket and takes its time. (Made here, so that it travels.)"""

    class Slow(type(question)):  # type: ignore[misc]
        def partial(self, block: Any, state: Any) -> Any:
            import os
            import time

            if hasattr(block, "number"):
                (seen / f"{block.number}-{os.getpid()}").touch()
            time.sleep(1)
            return super().partial(block, state)

    question.__class__ = Slow
    return question


def test_a_worker_is_killed(
    cluster: clusters.Started, unruly: Case, on_spark: Callable[[Case], Case], tmp_path: Path
) -> None:
    ws: Any = on_spark(unruly).ws
    options: dict[str, Any] = {"steps": ["A", "B", "C"], "within": 9}
    expected = unruly.ws.funnel(**options)
    assert ws.funnel(**options).table == expected.table
    snapshot = ws.snapshot()
    question = slow(Funnel(FunnelSpec(**options), snapshot), tmp_path)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(ws._engines.named("spark").fold, question, snapshot)
        doomed = cluster.works_as(0)
        while not doomed & {int(path.name.split("-")[1]) for path in tmp_path.iterdir()} and not answer.done():
            time.sleep(0.05)
            doomed = cluster.works_as(0)
        cluster.kill_worker(0)
        try:
            state = answer.result(timeout=120)
        finally:
            cluster.start_worker(0)
    begun = [path.name.split("-")[0] for path in tmp_path.iterdir()]
    assert len(set(begun)) == len(snapshot.base), "every bucket was folded"
    assert len(begun) > len(set(begun)), "the one that the killed worker was at, again by another"
    assert state.counts.sum(axis=0).tolist() == expected.table["customers"].to_pylist()
    assert ws.funnel(**options).table == expected.table
