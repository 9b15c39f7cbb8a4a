"""DuckDB: a native table of codes sorted by (customer, time), with a ``line``: time made increasing over all customers.

With it a running window over the table as it lies needs no partition and no sort: an instant of another customer is
always further away than any window asked for. That form is several times faster than the partitioned windows a
person would write, which are measured too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import duckdb

from benchmarks.generate import DAY, EVENTS, SPAN, START, paths
from benchmarks.peers import walks as around
from benchmarks.peers.shape import EDGE, NOTHING, coded, cohorts, credited, funnel, graph, stepped, variants, walks
from benchmarks.questions import Attribution, Flow, Funnel, Graph, Question, Retention, StepMatrix, Variants

LINE = SPAN + 40 * DAY
PARTITIONED, RUNNING = "partitioned windows", "running windows"


class Peer:
    """Answers questions from one in-memory database."""

    def __init__(self, size: str) -> None:
        self.version = f"DuckDB {duckdb.__version__}"
        self.database = duckdb.connect()
        self.database.execute("set threads = 2; set enable_progress_bar = false")
        self.database.execute(f"""
            create table ev as
            select customer::uinteger as customer, time, event::utinyint as event, plan::utinyint as plan,
                   city::usmallint as city, device_type::utinyint as device_type, channel::utinyint as channel,
                   customer::bigint * {LINE} + (time - {START}) as line
            from '{paths(size)[1]}' order by customer, time""")

    def forms(self, question: Question) -> dict[str, Callable[[], dict]]:
        """The ways to ask it, safest first; each returns a function that runs it and one that shapes the answer."""
        if isinstance(question, Funnel):
            tidy = partial(funnel, question)
            return {
                PARTITIONED: (
                    partial(self._rows, windows(question, "time", "max", "partition by customer order by time")),
                    tidy,
                ),
                RUNNING: (
                    partial(self._rows, windows(question, "line", "last_value", "rows unbounded preceding")),
                    tidy,
                ),
                "as-of joins": (partial(self._rows, _asof(question)), partial(stepped, question)),
            }
        if isinstance(question, Graph):
            overs = {PARTITIONED: "partition by customer order by time", RUNNING: ""}
            return {name: (partial(self._rows, neighbours(question, over)), graph) for name, over in overs.items()}
        if isinstance(question, Variants):
            return {name: (partial(self._rows, _variants(question, path)), variants) for name, path in PATHS.items()}
        if isinstance(question, Attribution):
            overs = {PARTITIONED: "partition by customer order by time", RUNNING: ""}
            return {name: (partial(self._rows, _walks(question, over)), credited) for name, over in overs.items()}
        if isinstance(question, Flow | StepMatrix):
            tidy = partial(walks, question)
            return {name: (partial(self._rows, text), tidy) for name, text in around.duckdb(question).items()}
        return {name: (partial(self._rows, text), cohorts) for name, text in _retentions(question)}

    def _rows(self, text: str) -> list[tuple]:
        return self.database.execute(text).fetchall()


def _where(question: Funnel) -> str:
    return f" and {question.where[0]} = {coded(*question.where)}" if question.where else ""


def windows(question: Funnel, time: str, latest: str, window: str) -> str:
    """A funnel's rows for `shape.funnel`, in SQL that Spark understands too where ``latest`` is ``max``.

    Each step carries forward the start of the latest chain that reached it; a step within its window extends it."""
    codes = [EVENTS.index(step) for step in question.steps]
    value, nulls = question.by or "0", " ignore nulls" if latest == "last_value" else ""
    table = (
        f"(select customer, {time}, event, {value} as value from ev where event in {tuple(codes)}{_where(question)})"
    )
    reached = [f"event = {codes[0]}"]
    start = time
    for step, code in enumerate(codes[1:], 1):
        chain = f"{latest}(case when {reached[-1]} then {start} end{nulls})"
        table = f"(select *, {chain} over ({window}) as s{step} from {table})"
        start = f"s{step}"
        reached.append(f"event = {code} and {time} - {start} <= {question.within}")
    reach = " ".join(f"when {reached[i]} then {i + 1}" for i in reversed(range(len(codes))))
    return f"""
        select value, reach, count(*) from (
            select customer, any_value(value) as value, max(case {reach} end) as reach from {table} group by customer)
        group by value, reach"""


def _asof(question: Funnel) -> str:
    """Each event of a step is joined to the latest event of the step before."""
    value, parts, selects = question.by or "0", [], []
    for i, step in enumerate(question.steps):
        events = f"select customer, line, {value} as value from ev where event = {EVENTS.index(step)}{_where(question)}"
        if i == 0:
            parts.append(f"t0 as materialized (select *, line as start from ({events}))")
        else:
            parts.append(f"""t{i} as materialized (
                select x.*, p.start from ({events}) as x asof join t{i - 1} as p on x.line >= p.line
                where x.line - p.start <= {question.within})""")
        selects.append(f"select value, {i}, count(distinct customer) from t{i} group by value")
    return f"with {', '.join(parts)} {' union all '.join(selects)}"


def neighbours(question: Graph, over: str) -> str:
    """A graph's rows for `shape.graph`, in SQL that Spark understands too."""
    return f"""
        select source, target, count(*), count(distinct customer), median(gap) from (
            select customer, lag(event) over ({over}) as source, event as target, line - lag(line) over ({over}) as gap
            from ev)
        where gap <= {question.within} group by source, target"""


PATHS = {"lists": "list(event order by line)", "texts": "string_agg(event, ',' order by line)"}


def _variants(question: Variants, path: str) -> str:
    every, once = "select null as path, count(*) as n from g", "select null, count(*) filter (n = 1) from g"
    top = f"select path, n from g order by n desc limit {question.top}"
    codes = "string_split(path, ',')" if path.startswith("string") else "path"
    return f"""
        with g as materialized (
            select path, count(*) as n from (select {path} as path from ev group by customer) group by path)
        ({every}) union all ({once}) union all (select {codes}, n from ({top}))"""


def _walks(question: Attribution, over: str) -> str:
    """The steps of walks over channels; a goal, and what is before a customer's first event, are an edge."""
    place = f"case when event = {EVENTS.index(question.goal)} then {EDGE} else channel end"
    return f"""
        with w as (select customer, {place} as target, lag({place}) over ({over}) as before,
                          lag(customer) over ({over}) as who, lead(customer) over ({over}) as next from ev),
        s as (select case when who = customer then before else {EDGE} end as source, target,
                     next is distinct from customer as last, count(*) as n from w group by 1, 2, 3)
        select source, target, n from s
        union all select target, {NOTHING}, n from s where last and target <> {EDGE}"""


def _retentions(question: Retention) -> list[tuple[str, str]]:
    start, back, last = EVENTS.index(question.start), EVENTS.index(question.back), question.periods
    first = f"with a as materialized (select customer, min(time) as t0 from ev where event = {start} group by customer)"
    sizes = f" union all select t0 // {DAY} as day, -1, count(*) from a group by day"
    k = f"time // {DAY} - t0 // {DAY}"
    late = f"a join (select customer, time from ev where event = {back}) using (customer)"
    joined = f"{late} where time > t0 and {k} <= {last}"
    distinct = f"""
        {first} select day, k, count(*) from (select distinct customer, t0 // {DAY} as day, {k} as k from {joined})
        group by day, k {sizes}"""
    bits = f"""
        {first}, m as (select customer, any_value(t0) // {DAY} as day, bit_or(1::bigint << ({k})) as days
                       from {joined} group by customer),
        c as (select day, days, count(*) as n from m group by day, days)
        select day, k, sum(n) from c, range({last + 1}) as r(k) where (days >> k) & 1 = 1 group by day, k {sizes}"""
    return [("distinct", distinct), ("bits", bits)]
