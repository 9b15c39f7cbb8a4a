"""Embedded ClickHouse: a MergeTree ordered by (customer, time), uncompressed codes, one part, no merges running."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import chdb
from chdb.session import Session

from benchmarks.generate import DAY, EVENTS, paths
from benchmarks.peers import walks as around
from benchmarks.peers.shape import EDGE, NOTHING, coded, cohorts, credited, funnel, graph, variants, walks
from benchmarks.questions import Attribution, Flow, Funnel, Graph, Question, Retention, StepMatrix, Variants

COLUMNS = {
    "customer": "UInt32", "time": "UInt64", "event": "UInt8", "plan": "UInt8", "city": "UInt16", "device_type": "UInt8",
    "channel": "UInt8",
}  # fmt: skip


class Peer:
    """Answers questions from one session."""

    def __init__(self, size: str) -> None:
        self.session = Session()
        self.version = f"ClickHouse {self._rows('select version()')[0][0]} (chdb {chdb.__version__})"
        columns = ", ".join(f"{name} {kind} CODEC(NONE)" for name, kind in COLUMNS.items())
        names = ", ".join(COLUMNS)
        self._rows(f"create table ev ({columns}) engine = MergeTree order by (customer, time)")
        self._rows(f"insert into ev select {names} from file('{paths(size)[1]}', Parquet) order by customer, time")
        self._rows("optimize table ev final")
        self._rows("system stop merges ev")

    def forms(self, question: Question) -> dict[str, Callable[[], dict]]:
        """The ways to ask it, safest first; each returns a function that runs it and one that shapes the answer."""
        if isinstance(question, Funnel):
            where, tidy = self._where(question), partial(funnel, question)
            jit = "compile_expressions = 1, min_count_to_compile_expression = 0"
            return {
                "windowFunnel": (partial(self._rows, _funnel(question, where)), tidy),
                "windowFunnel, compiled": (partial(self._rows, _funnel(question, where, jit)), tidy),
                "windowFunnel in order": (
                    partial(self._rows, _funnel(question, where, "optimize_aggregation_in_order = 1")), tidy),
            }  # fmt: skip
        if isinstance(question, Graph):
            return {name: (partial(self._rows, text), graph) for name, text in _graphs(question)}
        if isinstance(question, Variants):
            return {name: (partial(self._paths, text), variants) for name, text in _variants(question)}
        if isinstance(question, Attribution):
            return {name: (partial(self._rows, text), credited) for name, text in _walks(question)}
        if isinstance(question, Flow | StepMatrix):
            tidy = partial(walks, question)
            return {name: (partial(self._rows, text), tidy) for name, text in around.clickhouse(question).items()}
        return {name: (partial(self._rows, text), cohorts) for name, text in _retentions(question)}

    def _where(self, question: Funnel) -> str:
        steps = ", ".join(str(EVENTS.index(step)) for step in question.steps)
        more = f" and {question.where[0]} = {coded(*question.where)}" if question.where else ""
        return f"prewhere event in ({steps}){more}"

    def _paths(self, text: str) -> list[tuple]:
        return [(path.strip("[]").split(","), n) for path, n in self._rows(text)]

    def _rows(self, text: str) -> list[list[str]]:
        answer = self.session.query(text, "TSV")
        return [line.split("\t") for line in answer.bytes().decode().splitlines()]


def _funnel(question: Funnel, where: str, settings: str = "") -> str:
    steps = ", ".join(f"event = {EVENTS.index(step)}" for step in question.steps)
    value = f"any({question.by})" if question.by else "0"
    return f"""
        select value, reach, count() from (
            select customer, {value} as value, windowFunnel({question.within})(time, {steps}) as reach
            from ev {where} group by customer)
        where reach > 0 group by value, reach {"settings " + settings if settings else ""}"""


def _graphs(question: Graph) -> list[tuple[str, str]]:
    arrays = """(
        select customer, arrayJoin(arrayZip(arrayPopBack(e), arrayPopFront(e), arrayPopFront(arrayDifference(t)))) as x,
               x.1 as source, x.2 as target, x.3 as gap
        from (select customer, groupArray(event) as e, groupArray(toInt64(time)) as t from ev group by customer))"""
    windows = """(
        select customer, event as target, lagInFrame(event) over w as source, lagInFrame(time) over w as before,
               toInt64(time) - toInt64(before) as gap
        from ev window w as (partition by customer order by time))"""
    head = "select source, target, count(), uniqExact(customer), "
    tail = f" where gap <= {question.within} group by source, target settings optimize_aggregation_in_order = 1"
    exact, sketch = "quantileExact(0.5)(gap) from ", "quantileTDigest(0.5)(gap) from "
    return [
        ("window functions", head + exact + windows + tail),
        ("arrays, exact median", head + exact + arrays + tail),
        ("arrays, t-digest", head + sketch + arrays + tail),
        ("arrays, DDSketch", head + "quantileDD(0.01, 0.5)(gap) from " + arrays + tail),
    ]


def _variants(question: Variants) -> list[tuple[str, str]]:
    paths = "(select groupArray(event) as p from ev group by customer)"
    ways = {
        "arrays": f"select p as path, count() as n from {paths} group by p",
        "hashes": f"select any(p) as path, count() as n from {paths} group by sipHash128(p)",
    }
    best = f"groupArraySorted({question.top})((-toInt64(n), path))"
    return [
        (name, f"""
            select b.2, -b.1 from (
                select arrayJoin(arrayConcat([(-every, emptyArrayUInt8()), (-once, emptyArrayUInt8())], best)) as b
                from (select toInt64(count()) as every, toInt64(countIf(n = 1)) as once, {best} as best
                      from ({grouped})))
            settings optimize_aggregation_in_order = 1""")
        for name, grouped in ways.items()
    ]  # fmt: skip


def _walks(question: Attribution) -> list[tuple[str, str]]:
    """The steps of walks over channels; a goal, and what is before a customer's first event, are an edge."""
    place = f"if(event = {EVENTS.index(question.goal)}, {EDGE}, channel)"
    windows = f"""
        select source, target, count() from (
            select {place} as target, lagInFrame({place}, 1, {EDGE}) over (partition by customer order by time
                   rows between unbounded preceding and current row) as source from ev)
        group by source, target
        union all select target, {NOTHING}, count() from (
            select argMax({place}, time) as target from ev group by customer) where target <> {EDGE} group by target"""
    arrays = f"""
        select x.1 as source, x.2 as target, count() from (
            select arrayJoin(arrayPushBack(arrayZip(arrayPushFront(arrayPopBack(p), {EDGE}), p), (p[-1], {NOTHING})))
                as x
            from (select groupArray(toUInt8({place})) as p from ev group by customer))
        where not (source = {EDGE} and target = {NOTHING}) group by source, target
        settings optimize_aggregation_in_order = 1"""
    return [("window functions", windows), ("arrays", arrays)]


def _retentions(question: Retention) -> list[tuple[str, str]]:
    start, back, last = EVENTS.index(question.start), EVENTS.index(question.back), question.periods
    arrays = f"""
        select day, k, count() from (
            select intDiv(t0, {DAY}) as day, arrayJoin(arrayPushFront(arrayDistinct(arrayMap(
                x -> toInt32(intDiv(x, {DAY})) - toInt32(day), arrayFilter(x -> x > t0, b))), -1)) as k
            from (select minIf(time, event = {start}) as t0, groupArrayIf(time, event = {back}) as b
                  from ev prewhere event in ({start}, {back}) group by customer having t0 > 0))
        where k <= {last} group by day, k"""
    join = f"""
        with a as (select customer, min(time) as t0 from ev prewhere event = {start} group by customer)
        select day, k, count() from (
            select distinct customer, intDiv(t0, {DAY}) as day, toInt32(intDiv(time, {DAY}) - day) as k
            from (select customer, time from ev prewhere event = {back}) as b join a using customer
            where time > t0 and k <= {last}) group by day, k
        union all select intDiv(t0, {DAY}) as day, -1, count() from a group by day"""
    return [("arrays", arrays), ("join", join)]
