"""Polars: a frame of codes in memory, sorted by (customer, time), with a ``line``: time increasing over all customers.

With it running values need no ``over``: an instant of another customer is always further away than any window.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import polars as pl

from benchmarks.generate import DAY, EVENTS, SPAN, START, paths
from benchmarks.peers import walks as around
from benchmarks.peers.shape import EDGE, NOTHING, coded, cohorts, credited, funnel, graph, stepped, variants, walks
from benchmarks.questions import Attribution, Flow, Funnel, Graph, Question, Retention, StepMatrix, Variants

LINE = SPAN + 40 * DAY
CUSTOMER, EVENT, TIME, AT, GAP, K = (pl.col(name) for name in ("customer", "event", "time", "line", "gap", "k"))
ENGINES = ("in-memory", "streaming")


class Peer:
    """Answers questions from one frame."""

    def __init__(self, size: str) -> None:
        self.version = f"Polars {pl.__version__}"
        at = CUSTOMER.cast(pl.Int64) * LINE + TIME - START
        frame = pl.read_parquet(paths(size)[1]).with_columns(at.alias("line"), EVENT.cast(pl.Int16))
        self.frame = frame.with_columns(CUSTOMER.set_sorted(), AT.set_sorted()).rechunk()

    def forms(self, question: Question) -> dict[str, Callable[[], dict]]:
        """The ways to ask it, safest first; each returns a function that runs it and one that shapes the answer."""
        lazy = self.frame.lazy()
        if isinstance(question, Funnel):
            plans = {"running values": (_running(lazy, question), partial(funnel, question)),
                     "as-of joins": (_asof(lazy, question), partial(stepped, question))}  # fmt: skip
        elif isinstance(question, Flow | StepMatrix):
            tidy = partial(walks, question)
            return {name: (run, tidy) for name, run in around.polars(self.frame, question).items()}
        elif isinstance(question, Graph):
            plans = {name: (plan, _pairs) for name, plan in _graphs(lazy, question).items()}
        elif isinstance(question, Variants):
            plans = {name: (plan, variants) for name, plan in _variants(lazy, question).items()}
        elif isinstance(question, Attribution):
            plans = {"neighbours": (_walks(lazy, question), _credited)}
        else:
            plans = {name: (plan, cohorts) for name, plan in _retentions(lazy, question).items()}
        return {f"{name}, {engine}": (partial(_rows, plan, engine), tidy)
                for name, (plan, tidy) in plans.items() for engine in ENGINES}  # fmt: skip


def _rows(plan: list[pl.LazyFrame], engine: str) -> list[tuple]:
    return [row for frame in pl.collect_all(plan, engine=engine) for row in frame.rows()]


def _pairs(rows: list[tuple]) -> dict:
    return graph([(pair // 32, pair % 32, *rest) for pair, *rest in rows])


def _credited(rows: list[tuple]) -> dict:
    """Rows (source, target, whether the customer ends there, events)."""
    ends = [(target, NOTHING, n) for _, target, last, n in rows if last and target != EDGE]
    return credited([(source, target, n) for source, target, _, n in rows] + ends)


def _new(*columns: pl.Expr) -> pl.Expr:
    """True where one of the columns changes."""
    changes = columns[0] != columns[0].shift()
    for column in columns[1:]:
        changes |= column != column.shift()
    return changes.fill_null(True)


def _events(lazy: pl.LazyFrame, question: Funnel, *names: str) -> pl.LazyFrame:
    codes = [EVENTS.index(name) for name in names]
    chosen = lazy.filter(EVENT.is_in(codes) if len(codes) > 1 else codes[0] == EVENT)
    if question.where:
        chosen = chosen.filter(pl.col(question.where[0]) == coded(*question.where))
    return chosen.select(
        "customer", "line", "event", (pl.col(question.by) if question.by else pl.lit(0)).alias("value")
    )


def _running(lazy: pl.LazyFrame, question: Funnel) -> list[pl.LazyFrame]:
    """Each step carries forward the start of the latest chain that reached it; a step within its window extends it."""
    codes = [EVENTS.index(step) for step in question.steps]
    events = _events(lazy, question, *question.steps)
    reached, start = [codes[0] == EVENT], AT
    for step, code in enumerate(codes[1:], 1):
        events = events.with_columns(pl.when(reached[-1]).then(start).forward_fill().alias(f"s{step}"))
        start = pl.col(f"s{step}")
        reached.append((code == EVENT) & (AT - start <= question.within))
    reach: pl.Expr = pl.lit(0)
    for step, here in enumerate(reached, 1):
        reach = pl.when(here).then(step).otherwise(reach)
    per = (
        events.with_columns(reach.cast(pl.Int8).alias("reach"))
        .group_by("customer")
        .agg(pl.col("reach").max(), pl.col("value").first())
    )
    return [per.group_by("value", "reach").len()]


def _asof(lazy: pl.LazyFrame, question: Funnel) -> list[pl.LazyFrame]:
    """Each event of a step is joined to the latest event of the step before."""
    chain = _events(lazy, question, question.steps[0]).with_columns(AT.alias("start"))
    counted = []
    for i, step in enumerate(question.steps):
        if i:
            before = chain.select(AT.set_sorted(), "start")
            chain = (
                _events(lazy, question, step)
                .with_columns(AT.set_sorted())
                .join_asof(before, on="line", strategy="backward")
            )
            chain = chain.filter(AT - pl.col("start") <= question.within)
        firsts = chain.filter(_new(CUSTOMER))
        counted.append(firsts.group_by("value").agg(pl.lit(i).alias("step"), pl.len()) if question.by
                       else firsts.select(pl.lit(0).alias("value"), pl.lit(i).alias("step"), pl.len()))  # fmt: skip
    return counted


def _graphs(lazy: pl.LazyFrame, question: Graph) -> dict[str, list[pl.LazyFrame]]:
    pairs = lazy.select("customer", (EVENT.shift() * 32 + EVENT).alias("pair"), (AT - AT.shift()).alias("gap"))
    pairs = pairs.filter(question.within >= GAP)
    runs = (CUSTOMER.shift() != CUSTOMER).sum() + 1
    return {
        "distinct": [pairs.group_by("pair").agg(pl.len(), CUSTOMER.n_unique(), GAP.median())],
        "runs": [pairs.group_by("pair").agg(pl.len(), runs.alias("customers"), GAP.median())],
        "sorted": [pairs.sort("pair", maintain_order=True).group_by("pair", maintain_order=True)
                   .agg(pl.len(), runs.alias("customers"), GAP.median())],
    }  # fmt: skip


def _variants(lazy: pl.LazyFrame, question: Variants) -> dict[str, list[pl.LazyFrame]]:
    """The most frequent paths with the number of all and of those taken once in front, as rows (path, customers)."""
    texts = pl.col("event").cast(pl.String).str.join(",")
    n, found = pl.col("n"), {}
    for name, path, codes in (("lists", EVENT, pl.col("path")), ("texts", texts, pl.col("path").str.split(","))):
        counted = lazy.group_by("customer", maintain_order=True).agg(path.alias("path")).group_by("path")
        counted = counted.agg(pl.len().alias("n"))
        numbers = [counted.select(pl.lit(0).alias("path"), each) for each in (pl.len(), (n == 1).sum())]
        found[name] = [*numbers, counted.sort("n", descending=True).head(question.top).select(codes, "n")]
    return found


def _walks(lazy: pl.LazyFrame, question: Attribution) -> list[pl.LazyFrame]:
    """Each event's channel and the one before it; a goal, and what is before a customer's first event, are an edge."""
    place = pl.when(EVENTS.index(question.goal) == EVENT).then(EDGE).otherwise(pl.col("channel")).cast(pl.UInt8)
    target = pl.col("target")
    source = pl.when(CUSTOMER.shift() != CUSTOMER).then(EDGE).otherwise(target.shift()).fill_null(EDGE).cast(pl.UInt8)
    last = (CUSTOMER.shift(-1) != CUSTOMER).fill_null(True)
    walks = lazy.select("customer", place.alias("target")).select(source.alias("source"), target, last.alias("last"))
    return [walks.group_by("source", "target", "last").len()]


def _retentions(lazy: pl.LazyFrame, question: Retention) -> dict[str, list[pl.LazyFrame]]:
    first = (
        lazy.filter(EVENTS.index(question.start) == EVENT).select("customer", TIME.alias("t0")).filter(_new(CUSTOMER))
    )
    back = lazy.filter(EVENTS.index(question.back) == EVENT).select("customer", "time")
    day = (pl.col("t0") // DAY).alias("day")
    late = back.join(first, on="customer", maintain_order="left").filter(pl.col("t0") < TIME)
    late = late.select("customer", day, (TIME // DAY - pl.col("t0") // DAY).alias("k")).filter(question.periods >= K)
    sizes = first.group_by(day).agg(pl.lit(-1, pl.Int64).alias("k"), pl.len())
    return {
        "unique": [late.unique(["customer", "k"]).group_by("day", "k").len(), sizes],
        "runs": [late.filter(_new(CUSTOMER, K)).group_by("day", "k").len(), sizes],
    }
