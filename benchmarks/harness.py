"""Side by side: every engine asks the same question, one after another, round by round, in one run."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from benchmarks.generate import SIZES
from benchmarks.peers.duckdb_ import PARTITIONED
from benchmarks.questions import ROUNDS, TRIALS, Funnel, cases, same
from benchmarks.streaming import Stream
from benchmarks.worker import FailedError, Worker

MODULES = {
    "Lvtu": "benchmarks.cases",
    "ClickHouse": "benchmarks.peers.clickhouse",
    "DuckDB": "benchmarks.peers.duckdb_",
    "Polars": "benchmarks.peers.polars_",
}
PLAIN = "DuckDB, plain windows"
"""DuckDB in the form a person would write, beside its best one."""


@dataclass
class Row:
    """One engine's figures for one case."""

    engine: str
    form: str
    seconds: list[float] = field(default_factory=list)
    note: str = ""
    peak: int = 0

    @property
    def median(self) -> float:
        return median(self.seconds)


@dataclass
class Case:
    """Every engine's figures for one case."""

    name: str
    rows: list[Row]
    bytes: int  # read by a question
    stream: float  # bytes per second, in the same minutes
    differing: list[str] = field(default_factory=list)

    def row(self, engine: str) -> Row | None:
        return next((row for row in self.rows if row.engine == engine and row.seconds), None)


@dataclass
class Report:
    """The whole side-by-side run of one size."""

    size: str
    cases: list[Case] = field(default_factory=list)
    engines: dict[str, dict] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)


def side_by_side(size: str, only: set[str], engines: list[str], rounds: int = ROUNDS) -> Report:
    """Runs the cases of ``only`` (all when empty) with every engine that starts."""
    report = Report(size)
    wanted = {name: questions for name, questions in cases(rounds).items() if not only or _chosen(name, only)}
    if not wanted:
        return report
    workers = _start(report, engines, size)
    stream = Stream()
    for name, questions in wanted.items():
        report.cases.append(case := _case(name, questions, workers, stream, SIZES[size]))
        print(
            f"  {size} {name}: " + ", ".join(f"{r.engine} {r.median * 1e3:.1f} ms" for r in case.rows if r.seconds),
            flush=True,
        )
        for line in case.differing:
            print(f"    counts differ: {line}", flush=True)
    for engine, worker in workers.items():
        report.engines[engine] = {
            "version": worker.version,
            "prepared": worker.prepared,
        }
        worker.close()
    return report


def _chosen(name: str, only: set[str]) -> bool:
    return any(name == word or name.startswith(word + "-") for word in only)


def _start(report: Report, engines: list[str], size: str) -> dict[str, Worker]:
    workers = {}
    for engine in engines:
        if size == "100M" and engine in ("DuckDB", "Polars"):
            report.skipped[engine] = (
                "its best form needs one increasing 64-bit time line over all customers, too short for 100 M"
            )
            continue
        try:
            workers[engine] = Worker(MODULES[engine], size)
        except FailedError as error:
            report.skipped[engine] = str(error)
            print(f"  {engine} is left out: {error}", flush=True)
    return workers


def _case(name: str, questions: list, workers: dict[str, Worker], stream: Stream, events: int) -> Case:
    trials, asked = questions[:TRIALS], questions[TRIALS:]
    case = Case(name, [], asked[0].bytes * events, 0.0)
    runs: list[tuple[Row, Worker]] = []
    for engine, worker in workers.items():
        try:
            form, times, differing = worker.request("choose", trials)
        except FailedError as error:
            case.rows.append(Row(engine, "", note=f"left out: {error}"))
            continue
        case.differing += [f"{engine}, {differing}"] if differing else []
        runs.append((Row(engine, form), worker))
        if engine == "DuckDB" and form != PARTITIONED and PARTITIONED in times and isinstance(asked[0], Funnel):
            runs.append((Row(PLAIN, PARTITIONED), worker))
    speeds = []
    for number, question in enumerate(asked):
        speeds.append(stream.speed())
        answers = {}
        turn = number % max(1, len(runs))
        for row, worker in runs[turn:] + runs[:turn]:
            # A virtual machine's host takes back memory that has not been touched for a moment: after a second of
            # waiting for the others Lvtu was eight times slower, Polars twice (docs/decisions/0024).
            took, answers[row.engine] = worker.request("ask", question, row.form, trials[number % TRIALS])
            row.seconds.append(took)
        reference = next((engine for engine in answers if engine != "Lvtu"), "")
        case.differing += [
            f"question {number + 1}, {engine} and {reference}: {text}"
            for engine, answer in answers.items()
            if reference and (text := same(answers[reference], answer))
        ]
    for row, worker in runs:
        row.peak, _ = worker.request("memory")
    case.rows += [row for row, _ in runs]
    case.stream = median(speeds)
    return case
