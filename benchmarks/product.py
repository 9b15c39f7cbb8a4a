"""What Lvtu is measured for beside single questions: building, starting, fresh events, many clients, growth."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles

import pyarrow.parquet as pq

from benchmarks import build, cases
from benchmarks.cases import NotReadyError
from benchmarks.generate import SIZES, paths
from benchmarks.questions import cases as questions_of
from benchmarks.worker import Worker


@dataclass
class Fact:
    """One figure with what was hoped for."""

    what: str
    value: float
    unit: str  # "s", "ms", "×", "GB"
    reach: float | None = None
    note: str = ""
    least: bool = False  # the reach is a least, not a most

    @property
    def met(self) -> bool | None:
        if self.reach is None or math.isnan(self.value):
            return None
        return self.value >= self.reach if self.least else self.value <= self.reach


def building(size: str, rounds: int) -> Iterator[Fact]:
    """Full ingest, and journeys from the lake, against Polars reading, coding and sorting the same file."""
    seen: dict[str, list[dict]] = {}
    failed: dict[str, str] = {}
    for _ in range(min(rounds, 3)):
        for kind in build.KINDS:
            if kind in failed:
                continue
            try:
                seen.setdefault(kind, []).append(build.run(kind, size))
            except RuntimeError as error:
                failed[kind] = str(error)
    took = {kind: median(run["seconds"] for run in runs) for kind, runs in seen.items() if runs}
    peaks = {kind: max(run["peak"] for run in runs) for kind, runs in seen.items() if runs}
    base = min((took[k], k) for k in took if k.startswith("Polars"))
    for kind in took:
        yield Fact(f"{kind}: build from {size}", took[kind], "s")
        yield Fact(f"{kind}: peak memory", peaks[kind] / 1e9, "GB", 4 if kind in ("ingest", "journeys") else None)
    for kind, reach in (("journeys", 1.0), ("ingest", 2.0)):
        if kind in took:
            yield Fact(f"{kind} over {base[1]}", took[kind] / base[0], "×", reach)
        else:
            yield Fact(f"{kind} over {base[1]}", float("nan"), "×", reach, failed[kind])


def command(size: str, rounds: int) -> Iterator[Fact]:
    """``lvtu funnel`` as a whole command on a built workspace."""
    place, steps = cases.ensure(size), questions_of(rounds)["funnel-frequent"]
    lvtu = Path(sys.executable).parent / "lvtu"
    times = [_run([str(lvtu), "funnel", str(place), *q.steps, "--within", "7d", "--json"]) for q in steps]
    yield Fact("`lvtu funnel`, the whole command, median", median(times[1:]), "s", 2.0)


def importing(size: str, rounds: int) -> Iterator[Fact]:
    """``import lvtu`` over bare Python."""
    pairs = [
        (_run([sys.executable, "-c", "pass"]), _run([sys.executable, "-c", "import lvtu"])) for _ in range(rounds + 1)
    ]
    yield Fact("`import lvtu` over bare Python, median", median(b - a for a, b in pairs[1:]), "s", 0.3)


def _run(words: list[str]) -> float:
    began = time.perf_counter()
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        raise NotReadyError((done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1])
    return took


def appending(size: str, rounds: int) -> Iterator[Fact]:
    """``ws.append`` of 1,000 events until the next funnel counts them."""
    ws = cases.library().open(str(cases.copy(size, "append")))
    asked = questions_of(rounds)["funnel-frequent"]
    cases.ask(ws, asked[0])
    times = []
    for number in range(rounds):
        name = f"Benchmark {number}"
        events = [
            {"event": name, "user_id": f"bench-{i:04d}", "time": f"2025-03-01T00:00:{i % 60:02d}Z"} for i in range(1000)
        ]
        began = time.perf_counter()
        ws.append(events)
        rows = ws.funnel([name, asked[0].steps[0]], within="7d").table.to_pylist()
        times.append(time.perf_counter() - began)
        if rows[0]["customers"] != 1000:
            raise NotReadyError(f"the funnel counts {rows[0]['customers']} of 1,000 appended customers")
    ws.close()
    yield Fact("`ws.append` of 1,000 events until a funnel counts them, median", median(times), "s", 0.5)


def _delta(ws, size: str, share: float) -> int:
    """Appends a share of the events again, under new message ids and an hour later, in batches of 5,000."""
    wanted = int(SIZES[size] * share)
    added = 0
    for batch in pq.ParquetFile(paths(size)[0]).iter_batches(100_000):
        rows = batch.slice(0, int(100_000 * share)).to_pylist()
        for row in rows:
            row["message_id"] = "again-" + row["message_id"]
            row["properties"] = json.loads(row["properties"])
        events = [{name: value for name, value in row.items() if value is not None} for row in rows]
        for since in range(0, len(events), 5_000):
            ws.append(events[since : since + 5_000])
        added += len(events)
        if added >= wanted:
            break
    return added


def changing(size: str, rounds: int) -> Iterator[Fact]:
    """The frequent funnel with a 5 % delta, and during a compaction, against the same without."""
    place = cases.copy(size, "delta")
    ws = cases.library().open(str(place))
    added = _delta(ws, size, 0.049)
    ws.close()
    plain, fresh = Worker("benchmarks.cases", size), Worker("benchmarks.cases", size, str(place))
    trials, asked = _split(questions_of(rounds)["funnel-frequent"])
    for worker in (plain, fresh):
        worker.request("choose", trials)
    before = fresh.request("behind")
    times = [[worker.request("ask", q, "")[0] for worker in (plain, fresh)] for q in asked]
    if before[1] != added or fresh.request("behind") != before:
        raise NotReadyError(f"of {added:,} events {before[1]:,} were behind the journeys: the delta was no delta")
    base = median(a for a, _ in times)
    yield Fact("frequent funnel, no delta", base * 1e3, "ms")
    yield Fact(f"with a delta of {added:,} events", median(b for _, b in times) / base, "×", 2.5)
    yield from _compacting(place, fresh, asked, base)
    plain.close()
    fresh.close()


OVERLAP = 5
"""Questions that must have been answered while a compaction went on for its figure to count."""


def _compacting(place: Path, worker: Worker, asked: list, base: float) -> Iterator[Fact]:
    """Only questions count that began and ended while columns of the next generation were being written."""
    before = worker.request("behind")
    compactor = get_context("spawn").Process(target=_compact, args=(str(place),), daemon=True)
    compactor.start()
    times: list[float] = []
    while compactor.is_alive():
        began = _is_compacting(place)
        took = worker.request("ask", asked[len(times) % len(asked)], "")[0]
        if began and _is_compacting(place):
            times.append(took)
    compactor.join()
    after = worker.request("behind")
    if not compactor.exitcode and (len(times) < OVERLAP or after[0] <= before[0] or after[1]):
        raise NotReadyError(f"{len(times)} questions met the compaction from generation {before} to {after}")
    if compactor.exitcode:
        yield Fact(
            "during a compaction", float("nan"), "×", 3.0, "the compaction failed; has the workspace a `compact()`?"
        )
    else:
        yield Fact(f"during a compaction, {len(times)} questions", median(times) / base, "×", 3.0)


def _is_compacting(place: Path) -> bool:
    from lvtu.store.journeys.compactor import partial_folders

    return bool(partial_folders(place / "journeys"))


def _compact(place: str) -> None:
    ws = cases.library().open(place)
    ws.compact()
    ws.close()


def _split(questions: list) -> tuple[list, list]:
    return questions[:2], questions[2:]


CLIENTS, EACH = 8, 12


def clients(size: str, rounds: int) -> Iterator[Fact]:
    """Eight clients with mixed questions: threads on one open workspace, and processes with one each."""
    place = str(cases.ensure(size))
    mixed = _mixed()
    ws = cases.library().open(place)
    _warm(ws)
    times: list[float] = []
    gate = threading.Barrier(CLIENTS)
    threads = [threading.Thread(target=_client, args=(ws, list_, gate.wait, times.extend)) for list_ in mixed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ws.close()
    yield Fact("8 clients, threads on one workspace, p95", _p95(times) * 1e3, "ms", 400)
    yield Fact("8 clients, threads on one workspace, median", median(times) * 1e3, "ms")
    context = get_context("spawn")
    barrier, results = context.Barrier(CLIENTS), context.Queue()
    processes = [
        context.Process(target=_process, args=(place, list_, barrier, results), daemon=True) for list_ in mixed
    ]
    for process in processes:
        process.start()
    times = [value for _ in processes for value in results.get(timeout=600)]
    for process in processes:
        process.join()
    yield Fact("8 clients, a process each, p95", _p95(times) * 1e3, "ms", 400)
    yield Fact("8 clients, a process each, median", median(times) * 1e3, "ms")


def _mixed() -> list[list]:
    """A list of questions per client, no two clients asking the same."""
    by_case = [questions[1:] for questions in questions_of(CLIENTS * EACH).values()]
    return [[by_case[(c + i) % len(by_case)][c * EACH + i] for i in range(EACH)] for c in range(CLIENTS)]


def _warm(ws) -> None:
    """Asks one question of each case, none of them measured later."""
    for questions in questions_of(1).values():
        cases.ask(ws, questions[0])


def _client(ws, questions: list, ready: Callable[[], object], hand_in: Callable[[list[float]], None]) -> None:
    times = []
    ready()
    for question in questions:
        began = time.perf_counter()
        cases.ask(ws, question)
        times.append(time.perf_counter() - began)
    hand_in(times)


def _process(place: str, questions: list, barrier, results) -> None:
    ws = cases.library().open(place)
    _warm(ws)
    _client(ws, questions, barrier.wait, results.put)
    ws.close()


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def growing(size: str, rounds: int) -> Iterator[Fact]:
    """Cost per event of the frequent funnel, this size against the one before."""
    names = list(SIZES)
    if size == names[0]:
        return
    before = names[names.index(size) - 1]
    small, large = Worker("benchmarks.cases", before), Worker("benchmarks.cases", size)
    trials, asked = _split(questions_of(rounds)["funnel-frequent"])
    for worker in (small, large):
        worker.request("choose", trials)
    times = [[worker.request("ask", q, "")[0] for worker in (small, large)] for q in asked]
    ratio = median(b for _, b in times) / median(a for a, _ in times) / (SIZES[size] / SIZES[before])
    yield Fact(f"cost per event at {size} over {before}", ratio, "×", 1.5)
    small.close()
    large.close()


def patterns(size: str, rounds: int) -> Iterator[Fact]:
    """Paths of three names with anything else between two of them, against the funnel of the same three."""
    ws = cases.library().open(str(cases.ensure(size)))
    times: list[tuple[float, float]] = []
    for question in questions_of(rounds)["funnel-frequent"]:
        steps = question.steps[:3]
        began = time.perf_counter()
        ws.funnel(list(steps), within=question.within)
        between = time.perf_counter()
        ws.segment("'{0}' -> [^'{1}']* -> '{1}' -> .* -> '{2}'".format(*steps))
        times.append((between - began, time.perf_counter() - between))
    ws.close()
    plain = median(a for a, _ in times[2:])
    yield Fact("funnel of three frequent steps", plain * 1e3, "ms")
    yield Fact("path through the same three by a DFA", median(b for _, b in times[2:]) / plain, "×", 6)


def cluster(size: str, rounds: int) -> Iterator[Fact]:
    """Questions on a Spark cluster on this machine, against Spark SQL."""
    from benchmarks.spark import on_spark  # not before it is wanted: it needs PySpark

    return on_spark(size, rounds)


def http(size: str, rounds: int) -> Iterator[Fact]:
    """Every question of the app over HTTP."""
    from benchmarks.http import over_http  # not before it is wanted: it needs the service

    place = cases.copy(size, "http")
    home = place.parent / "http-home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    place.rename(home / "shop")
    for what, middle, late, reach in over_http(home, "shop", rounds):
        yield Fact(f"HTTP: {what}, median {middle * 1e3:.0f} ms, p95", late * 1e3, "ms", reach)
    shutil.rmtree(home)


def arriving(size: str, rounds: int) -> Iterator[Fact]:
    """Events over HTTP: how many a second, and how soon they are counted."""
    from benchmarks.arrivals import arrivals

    yield from arrivals(size, rounds)


def scored(size: str, rounds: int) -> Iterator[Fact]:
    """Figures of a million answers among the events."""
    from benchmarks.scores import scores

    yield from scores(size, rounds)


def mapped(size: str, rounds: int) -> Iterator[Fact]:
    """Journey maps: drawn, opened, as pictures and slides."""
    from benchmarks.maps import maps

    yield from maps(size, rounds)


CASES: dict[str, Callable[[str, int], Iterator[Fact]]] = {
    "build": building, "command": command, "import": importing, "append": appending,
    "delta": changing, "clients": clients, "growth": growing, "patterns": patterns,
    "spark": cluster, "http": http, "arrivals": arriving, "scores": scored, "maps": mapped,
}  # fmt: skip


def run(name: str, size: str, rounds: int) -> list[Fact]:
    """One case's facts; a case that cannot be run says why."""
    facts: list[Fact] = []
    try:
        for fact in CASES[name](size, rounds):
            print(f"  {size} {fact.what}: {fact.value:.3g} {fact.unit} {fact.note}".rstrip(), flush=True)
            facts.append(fact)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        print(f"  {size} {name} is left out: {reason}", flush=True)
        facts.append(Fact(name, float("nan"), "", note=f"left out: {reason}"))
    return facts
