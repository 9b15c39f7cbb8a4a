"""The engine of a cluster: Spark hands out whole buckets, and each task folds its own.

Spark is the scheduler here: who runs what where, and what is done again when a machine is lost. It moves no events.
Each task maps the columns of its buckets as a thread of the local engine does, and sends back its state.
"""

from __future__ import annotations

import math
import socket
import threading
import warnings
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from lvtu.engines.base import Foldable
from lvtu.engines.local import LocalEngine
from lvtu.engines.tasks import SPARK_ROWS, Answer, Job, answers, fingerprint, fold_tasks, merge_tasks
from lvtu.errors import BadInput, Erased
from lvtu.store.journeys.block import BaseBlock
from lvtu.store.journeys.snapshot import Snapshot

TASK_EVENTS = 12_000_000
"""Events of a task, about, where buckets are many: a tenth of a second, many times what a task costs by itself."""

FEW_TASKS = 64
"""So many tasks are never too many: up to here every bucket is one."""

MOST_TASKS = 10_000
"""What one Spark driver hands out while the question is still fresh."""

FEW_STATES = 256
"""So many states are merged here; more of them are first merged where they are, in groups."""

_PORT = 15002
_PATIENCE = 5.0

_RETRIES = 5
"""A server that does not answer is asked again for a quarter of a minute; Spark's own client would go on for ten."""


class SparkEngine:
    """Spark tasks over the buckets of a snapshot; what the tail holds is folded here.

    Args:
        url: of the cluster's Connect server, ``sc://host:15002``.
        local: folds the tail.
    """

    def __init__(self, url: str, local: LocalEngine) -> None:
        self._url, self._local = url, local

    def fold(self, analysis: Foldable[Any], snapshot: Snapshot) -> Any:
        """The state of all customers.

        Raises:
            BadInput: there is no cluster, or its workers cannot do the work; says what they lack.
            Erased: somebody was forgotten meanwhile.
        """
        snapshot.prepare(analysis.reads())
        buckets = [block for block in snapshot.blocks if isinstance(block, BaseBlock)]
        rest = [block for block in snapshot.blocks if not isinstance(block, BaseBlock)]
        state = self._local.fold_blocks(analysis, snapshot, rest)
        if buckets:
            for answer in self._answers(analysis, snapshot, buckets):
                state = analysis.merge(state, answer.state)
        return state

    def _answers(self, analysis: Foldable[Any], snapshot: Snapshot, buckets: Sequence[BaseBlock]) -> Iterator[Answer]:
        shares = shared_out(buckets)
        keep = {block.number: block.keep for block in buckets if len(block.keep)}
        found = 0
        try:
            table = self._table(Job(analysis, snapshot, shares, keep))
            for answer in answers(table):
                found += answer.tasks
                yield answer
        except Exception as error:
            if not snapshot.folder.is_dir():
                raise Erased("counted_before") from None
            if "No module named 'lvtu'" in str(error):
                raise BadInput("workers_lack_lvtu", url=self._url) from None
            raise
        if found != len(shares):
            raise RuntimeError(f"{found} of {len(shares)} tasks answered")

    def _table(self, job: Job) -> pa.Table:
        """The rows that answer a job."""
        session = connected(self._url)
        payload, tasks = _pickled(job), len(job.shares)
        try:
            return _collected(session, payload, tasks)
        except Exception as error:
            if "INVALID_HANDLE" not in str(error):
                raise
            _sessions.pop(self._url, None)  # the server was started anew, and does not know the session
            return _collected(connected(self._url), payload, tasks)


def shared_out(buckets: Sequence[BaseBlock]) -> list[list[int]]:
    """The numbers of the buckets of each task, about as many events in each."""
    events = sum(block.rows for block in buckets)
    tasks = min(len(buckets), max(FEW_TASKS, min(events // TASK_EVENTS, MOST_TASKS)))
    largest_first = sorted(buckets, key=lambda block: -block.rows)
    return [[block.number for block in largest_first[task::tasks]] for task in range(tasks)]


def _collected(session: Any, payload: bytes, tasks: int) -> pa.Table:
    rows = session.range(0, tasks, 1, tasks).mapInArrow(partial(fold_tasks, fingerprint(), payload), SPARK_ROWS)
    if tasks > FEW_STATES:
        groups = math.isqrt(tasks)
        merging = partial(merge_tasks, fingerprint(), payload)
        rows = rows.repartition(groups, "task").mapInArrow(merging, SPARK_ROWS)
    return rows.toArrow()


def _pickled(job: Job) -> bytes:
    """A job as bytes, with the functions that stand inside others (who is behind a number, say)."""
    from pyspark import cloudpickle

    data: bytes = cloudpickle.dumps(job)
    return data


_sessions: dict[str, Any] = {}
_lock = threading.Lock()


def connected(url: str) -> Any:
    """The session with a cluster: one in a process, however many workspaces ask.

    Raises:
        BadInput: PySpark is not installed, no cluster is set, or it does not answer.
    """
    host, port = _address(url)
    with _lock:
        try:
            socket.create_connection((host, port), _PATIENCE).close()
        except OSError as error:
            _sessions.pop(url, None)
            raise BadInput("spark_unreachable", url=url, reason=str(error)) from None
        if url not in _sessions:
            _sessions[url] = _session(url)
        return _sessions[url]


def disconnect() -> None:
    """End the sessions with all clusters; the next question begins another."""
    with _lock:
        while _sessions:
            _sessions.popitem()[1].stop()


def _address(url: str) -> tuple[str, int]:
    if not url:
        raise BadInput("no_cluster")
    parts = urlsplit(url)
    if parts.scheme != "sc" or not parts.hostname:
        raise BadInput("no_connect_address", url=url)
    return parts.hostname, parts.port or _PORT


def _session(url: str) -> Any:
    with warnings.catch_warnings():
        # it is about conversions to pandas, of which there are none here
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
        try:
            from pyspark.sql.connect.client.retries import DefaultPolicy
            from pyspark.sql.connect.session import SparkSession
        except ImportError:
            raise BadInput("no_pyspark") from None
        session = SparkSession.builder.remote(url).create()
    session.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES)])
    return session
