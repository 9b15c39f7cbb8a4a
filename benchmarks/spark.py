"""Questions on a Spark cluster of two one-core workers: bucket tasks, against Spark's own SQL over the same events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median

from tools import cluster

from benchmarks import cases
from benchmarks.generate import paths
from benchmarks.peers import shape
from benchmarks.peers.duckdb_ import neighbours, windows
from benchmarks.product import Fact
from benchmarks.questions import TITLES, TRIALS, Funnel, Question, same
from benchmarks.questions import cases as questions_of

ASKED = ("funnel-frequent", "funnel-plan", "graph")
PARTITIONED = "partition by customer order by time"
SQL_ROUNDS = 3
"""Spark's SQL takes long; so many questions of each case will do."""


def on_spark(size: str, rounds: int) -> Iterator[Fact]:
    """Both on the same cluster, warm, one after the other; every answer is compared with the other's."""
    if lacking := cluster.missing():
        raise cases.NotReadyError(f"a cluster needs {lacking}")
    place = cases.ensure(size)
    with cluster.running() as started:
        from lvtu.engines import spark
        from lvtu.engines.choice import Engines

        with cases.library().open(str(place)) as ws:
            ws._engines = Engines("spark", 0, started.remote)
            session = spark.connected(started.remote)
            # the events resolved, coded, and sorted by customer and time
            session.read.parquet(str(paths(size)[1])).selectExpr("*", "time as line").createOrReplaceTempView("ev")
            for name in ASKED:
                yield from _compared(ws, session, name, questions_of(rounds)[name])
        spark.disconnect()


def _compared(ws, session, name: str, questions: list[Question]) -> Iterator[Fact]:
    ours, theirs, differing = [], [], ""
    for number, question in enumerate(questions):
        took, table = _timed(lambda q=question: cases.ask(ws, q))
        if number >= TRIALS:
            ours.append(took)
        if number < TRIALS + SQL_ROUNDS and number != 1:
            took, rows = _timed(lambda q=question: session.sql(_text(q)).toArrow())
            differing = differing or same(cases.tidy(question, table), _shaped(question, rows))
            if number >= TRIALS:
                theirs.append(took)
    title = TITLES[name]
    yield Fact(f"{title}: on Spark", median(ours), "s", 4.0, f"counts differ: {differing}" if differing else "")
    yield Fact(f"{title}: Spark SQL over Parquet", median(theirs), "s")
    yield Fact(f"{title}: faster than Spark SQL by", median(theirs) / median(ours), "×", 4.0, least=True)


def _timed(ask: Callable) -> tuple[float, object]:
    began = time.perf_counter()
    answer = ask()
    return time.perf_counter() - began, answer


def _text(question: Question) -> str:
    if isinstance(question, Funnel):
        return windows(question, "time", "max", PARTITIONED)
    return neighbours(question, PARTITIONED)


def _shaped(question: Question, table) -> dict:
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return shape.funnel(question, rows) if isinstance(question, Funnel) else shape.graph(rows)
