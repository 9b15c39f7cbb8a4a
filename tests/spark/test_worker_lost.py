"""A machine goes down in mid-job: the numbers are what they were."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tools import cluster as clusters

from contract.cases import Case
from lvtu.analyses.funnel import Funnel, FunnelSpec
from service.inprocess import eventually


def slow(question: Funnel, seen: Path) -> Any:
    """The same question, which notes who folds which bucket, and waits there. (Made here, so that it travels.)"""

    class Slow(type(question)):  # type: ignore[misc]
        def partial(self, block: Any, state: Any) -> Any:
            import os
            import time

            if hasattr(block, "number"):
                (seen / f"{block.number}-{os.getpid()}").touch()
                while not seen.with_name("go").exists():
                    time.sleep(0.05)
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
    (seen := tmp_path / "seen").mkdir()
    question = slow(Funnel(FunnelSpec(**options), snapshot), seen)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(ws._engines.named("spark").fold, question, snapshot)
        try:
            eventually(lambda: cluster.works_as(0) & {int(path.name.split("-")[1]) for path in seen.iterdir()})
            cluster.kill_worker(0)
        finally:
            (tmp_path / "go").touch()
        try:
            state = answer.result(timeout=120)
        finally:
            cluster.start_worker(0)
    begun = [path.name.split("-")[0] for path in seen.iterdir()]
    assert len(set(begun)) == len(snapshot.base), "every bucket was folded"
    assert len(begun) > len(set(begun)), "the one that the killed worker was at, again by another"
    assert state.counts.sum(axis=0).tolist() == expected.table["customers"].to_pylist()
    assert ws.funnel(**options).table == expected.table
