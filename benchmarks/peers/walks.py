"""Flows and step matrices as the peers do them: what comes after the first event of a name, and before it.

Every form gives the counts of all names, rows (step, source, target, customers) or (step, name, customers) with −1 for
no event; telling the largest names apart and adding up the others is done for the peers, unmeasured (`shape`).
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from benchmarks.generate import EVENTS
from benchmarks.questions import Flow, StepMatrix

Walks = Flow | StepMatrix


def clickhouse(question: Walks) -> dict[str, str]:
    """Arrays of each customer's events, read in their order (a join that finds the first event first loses it)."""
    code, steps = EVENTS.index(question.start), question.steps
    arrays = (
        "(select indexOf(e, {0}) as p, e from (select groupArray(toInt16(event)) as e from ev group by customer) {1})"
    )
    found = arrays.format(code, "where p > 0")
    settings = " settings optimize_aggregation_in_order = 1"
    if isinstance(question, StepMatrix):
        at = f"(k, if(p + k between 1 and length(e), e[p + k], -1)), range({steps[0]}, {steps[-1] + 1})"
        text = f"select x.1, x.2, count() from (select arrayJoin(arrayMap(k -> {at})) as x from {found}) group by x"
        return {"arrays": text + settings}
    pairs = f"""
        select x.1, x.2, x.3, count() from (select arrayJoin(arrayMap(
            k -> (k, w[k], if(k < length(w), w[k + 1], -1)), range(1, least(length(w), {len(steps)}) + 1))) as x
        from ({{}})) group by x"""
    slices = f"select arraySlice(e, p, {len(steps) + 1}) as w from {found}"
    return {"arrays": pairs.format(slices) + settings}


def duckdb(question: Walks) -> dict[str, str]:
    """Windows as a person would write them; or the rows around each first one, found by their numbers."""
    code, steps = EVENTS.index(question.start), question.steps
    around = [k for k in steps if k] if isinstance(question, StepMatrix) else steps
    leads = ", ".join(f"lead(event::smallint, {k}, -1) over w as e{k}".replace("e-", "e_") for k in around)
    windows = f"""
        select event as e0, {leads} from ev window w as (partition by customer order by line)
        qualify event = {code} and row_number() over (partition by customer, event order by line) = 1"""
    cases = ", ".join(
        f"coalesce(max(case when k = {k} then event end), -1)::smallint as e{k}".replace("e-", "e_")
        for k in [0, *around]
    )
    rows = f"""
        with a as (select customer, min(rowid) as first from ev where event = {code} group by customer)
        select {cases} from (
            select customer, event, e.rowid - first as k from ev as e join a using (customer)
            where e.rowid between first + {min(0, *around)} and first + {max(0, *around)}) group by customer"""
    return {"partitioned windows": _counted(question, windows), "row numbers": _counted(question, rows)}


def _counted(question: Walks, walks: str) -> str:
    parts = []
    for k in question.steps:
        here, before = (f"e{one}".replace("-", "_") for one in (k, k - 1))
        columns = here if isinstance(question, StepMatrix) else f"{before}, {here}"
        left = "" if isinstance(question, StepMatrix) else f"where {before} >= 0"
        parts.append(f"select {k}, {columns}, count(*) from x {left} group by {columns}")
    return f"with x as materialized ({walks}) " + " union all ".join(parts)


def polars(frame: pl.DataFrame, question: Walks) -> dict[str, Callable[[], list[tuple]]]:
    """The row of each customer's first event, and what lies around it in the sorted frame."""
    return {"gather": lambda: _gathered(frame, question), "shift": lambda: _shifted(frame, question)}


def _first(frame: pl.LazyFrame, code: int) -> pl.LazyFrame:
    customer = pl.col("customer")
    return frame.filter(pl.col("event") == code).filter((customer != customer.shift()).fill_null(True))


def _gathered(frame: pl.DataFrame, question: Walks) -> list[tuple]:
    numbered = frame.lazy().select("customer", "event").with_row_index()
    first = _first(numbered, EVENTS.index(question.start)).collect()
    rows, last = first["index"].cast(pl.Int64), len(frame) - 1
    columns = {0: first["event"]}
    for k in question.steps:
        at = (rows + k).clip(0, last)
        same = (frame["customer"].gather(at) == first["customer"]) & (at == rows + k)
        columns[k] = pl.select(pl.when(same).then(frame["event"].gather(at)).otherwise(-1)).to_series()
    return _pairs(pl.DataFrame({f"{k}": column for k, column in columns.items()}).lazy(), question)


def _shifted(frame: pl.DataFrame, question: Walks) -> list[tuple]:
    customer, event = pl.col("customer"), pl.col("event")
    shifted = [
        pl.when(customer.shift(-k) == customer).then(event.shift(-k)).otherwise(-1).alias(f"{k}")
        for k in question.steps if k
    ]  # fmt: skip
    walks = _first(frame.lazy().select("customer", "event", event.alias("0"), *shifted), EVENTS.index(question.start))
    return _pairs(walks.collect().lazy(), question)


def _pairs(walks: pl.LazyFrame, question: Walks) -> list[tuple]:
    plans = []
    for k in question.steps:
        if isinstance(question, StepMatrix):
            plans.append(walks.group_by(pl.col(f"{k}").alias("name")).len())
        else:
            there = walks.filter(pl.col(f"{k - 1}") >= 0)
            plans.append(there.group_by(pl.col(f"{k - 1}").alias("source"), pl.col(f"{k}").alias("target")).len())
    found = pl.collect_all(plans)
    return [(k, *row) for k, frame in zip(question.steps, found, strict=True) for row in frame.rows()]
