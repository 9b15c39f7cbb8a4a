"""Process mining and path analysis libraries, in environments of their own, on sizes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from benchmarks import cases
from benchmarks.generate import BPI, DATA
from benchmarks.product import Fact

HERE = Path(__file__).parent
ENVIRONMENTS = HERE.parent / "envs"
RECEIPTS = BPI.parent / "receipt_wabo_coselog.parquet"
PINNED = {"pm4py": ("pm4py==2.7.23.11", "pyarrow==26.0.1"), "retentioneering": ("retentioneering==5.2.4",)}
PINNED["texts"] = ("snownlp==0.12.3", "vaderSentiment==3.3.2")


def python(name: str) -> Path:
    """The interpreter of a library's environment, made by uv if it isn't there.

    Raises:
        cases.NotReadyError: it could not be made; the message has uv's last line.
    """
    place = ENVIRONMENTS / name
    interpreter = place / "bin" / "python"
    if not (place / "installed").exists():
        ENVIRONMENTS.mkdir(exist_ok=True)
        install = ["pip", "install", "-q", "--python", str(interpreter), *PINNED[name]]
        for words in (["venv", "-q", "--clear", str(place)], install):
            done = subprocess.run(["uv", *words], capture_output=True, text=True, check=False)
            if done.returncode:
                raise cases.NotReadyError(f"{PINNED[name][0]} does not install: {done.stderr.strip().splitlines()[-1]}")
        (place / "installed").touch()
    return interpreter


class Library:
    """A library's process: one JSON line in, one out."""

    def __init__(self, name: str, *arguments: str, script: str = "") -> None:
        quiet = os.environ | {"RETENTIONEERING_NO_TRACK": "1", "PYTHONWARNINGS": "ignore"}
        self.process = subprocess.Popen(
            [str(python(name)), str(HERE / f"{script or name}_.py"), *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=quiet,
        )  # fmt: skip
        self.hello = self._line()

    def ask(self, **question: object) -> dict:
        """The answer with its ``seconds``."""
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return self._line()

    def close(self) -> None:
        """Ends the process."""
        self.process.stdin.close()
        self.process.wait(30)

    def _line(self) -> dict:
        while line := self.process.stdout.readline():
            if line.startswith("{"):
                return json.loads(line)
        raise cases.NotReadyError(f"the process ended with code {self.process.wait()}")


def _record(table: pa.Table, customer: str, event: str, time: str) -> pa.Table:
    """A log's rows as records, in the order of the rows where times are equal."""
    order = pa.array(range(len(table)), pa.int64())
    return pa.table(
        {
            "message_id": pc.binary_join_element_wise("row", pc.utf8_lpad(order.cast(pa.string()), 9, "0"), "-"),
            "time": table[time].cast(pa.timestamp("us", "UTC")),
            "user_id": table[customer].cast(pa.string()),
            "event": table[event].cast(pa.string()),
            "sequence": order,
        }
    )


def _workspace(name: str, records: pa.Table):
    place = DATA / f"lvtu-{name}.lvtu"
    fresh = not (place / "benchmark-complete").exists()
    ws = cases.library().open(str(place))
    if fresh:
        ws.ingest(records)
        (place / "benchmark-complete").touch()
    return ws


def _timed(ask) -> tuple[float, list[dict]]:
    began = time.perf_counter()
    table = ask().table
    return time.perf_counter() - began, table.to_pylist()


def pm4py(rounds: int) -> Iterator[Fact]:
    """The directly-follows graph with counts and median times of BPI 2017 (1.2 M events)."""
    library = Library("pm4py", str(BPI))
    what = f"pm4py {library.hello['version']}, directly-follows graph of BPI 2017"
    answer = library.ask()
    try:
        log = pq.read_table(BPI, columns=["case:concept:name", "concept:name", "time:timestamp"])
        ws = _workspace("bpi", _record(log, "case:concept:name", "concept:name", "time:timestamp"))
    except Exception as error:
        yield Fact(
            what, median(library.ask()["seconds"] for _ in range(rounds)) * 1e3, "ms", note=f"Lvtu left out: {error}"
        )
        library.close()
        return
    pairs = []
    for number in range(rounds + 1):
        took, rows = _timed(lambda n=number: ws.graph(within=f"{4000 + n}d"))
        pairs.append((library.ask()["seconds"], took))
    counts = {f"{r['source']}\t{r['target']}": r["transitions"] for r in rows}
    note = "" if counts == answer["transitions"] else "counts differ"
    yield from _compared(what, pairs[1:], note)
    library.close()


RECEIPT = [
    {"place": "Confirmation of receipt"},
    {"place": "T06 Determine necessity of stop advice"},
    {"place": "T10 Determine necessity to stop indication"},
    {"place": "T02 Check confirmation of receipt"},
    {"place": "T03 Adjust confirmation of receipt", "optional": True, "repeatable": True},
    {"place": "T04 Determine confirmation of receipt"},
    {"place": "T05 Print and send confirmation of receipt"},
]
"""The usual course of a receipt, written down."""

LOAN = [
    {"place": "A_Create Application"},
    {"place": "A_Submitted", "optional": True},
    {"place": "A_Concept"},
    {"place": "A_Accepted"},
    {"place": "O_Create Offer", "repeatable": True},
    {"place": "O_Sent (mail and online)"},
    {"place": "A_Validating", "repeatable": True},
    {"place": "A_Pending"},
]
"""The course of an application for a loan that is taken."""

CASES_OF_BPI, ASKED = 1_000, 9


def alignments(rounds: int) -> Iterator[Fact]:
    """Alignments with a designed order, of pm4py's example log of receipts and of a part of BPI 2017."""
    yield from _aligned("its example log of receipts (1,434 cases)", RECEIPTS, RECEIPT, rounds, 1000)
    columns = ["case:concept:name", "concept:name", "time:timestamp"]
    log, part = pq.read_table(BPI, columns=columns), DATA / "bpi-part.parquet"
    first = log[columns[0]].unique().slice(0, CASES_OF_BPI)
    pq.write_table(log.filter(pc.is_in(log[columns[0]], value_set=first)), part)
    yield from _aligned(f"{CASES_OF_BPI:,} cases of BPI 2017", part, LOAN, min(rounds, 3), None)


def _aligned(name: str, path: Path, design: list[dict], rounds: int, reach: float | None) -> Iterator[Fact]:
    """One log. Ours is asked several times a round: after a second of waiting for theirs nothing is warm."""
    library = Library("pm4py", str(path), script="pm4py_alignments")
    ws = _workspace(path.stem, _record(pq.read_table(path), "case:concept:name", "concept:name", "time:timestamp"))
    pairs = []
    for number in range(rounds + 1):
        theirs, times = library.ask(order=design), []
        for again in range(ASKED):
            began = time.perf_counter()
            answer = ws.conformance(design, until=f"{2030 + number}-01-{again + 1:02d}")
            times.append(time.perf_counter() - began)
        pairs.append((theirs["seconds"] / len(theirs["costs"]), median(times) / answer.customers_all))
    library.close()
    mean = sum(theirs["fitness"].values()) / len(theirs["fitness"])
    same = theirs["costs"] == _costs(answer) and abs(mean - answer.fitness) < 1e-9
    mine, ours = (median(pair[side] for pair in pairs[1:]) for side in (0, 1))
    what = f"pm4py {library.hello['version']}, alignments of {name}, a case"
    yield Fact(what, mine * 1e6, "µs", note="" if same else "costs differ")
    yield Fact("Lvtu, conformance to the same order, a case", ours * 1e6, "µs", note="equal costs" if same else "")
    yield Fact("Lvtu is faster by", mine / ours, "×", reach, least=reach is not None)


def _costs(answer) -> dict[str, int]:
    """What each case costs, by its name."""
    question, found = answer._question, {}
    for block in question.snapshot.blocks:
        aligned, names = question.aligned(block), block.names().to_pylist()
        found |= {names[who]: cost for who, cost in zip(aligned.paths.who.tolist(), aligned.cost.tolist(), strict=True)}
    return found


def retentioneering(rounds: int) -> Iterator[Fact]:
    """A three-step funnel and the transition counts of the shop that the library ships (31 k events)."""
    shop = DATA / "retentioneering-shop.csv"
    DATA.mkdir(exist_ok=True)
    library = Library("retentioneering", str(shop))
    version = f"retentioneering {library.hello['version']}"
    steps = ["catalog", "add_to_cart", "purchase"]
    funnel, graph = library.ask(funnel=steps), library.ask(graph=True)
    titles = {
        "funnel": f"{version}, three-step funnel of its shop",
        "graph": f"{version}, transition counts of its shop",
    }
    try:
        ws = _workspace("shop", _record(pyarrow.csv.read_csv(shop), "user_id", "event", "timestamp"))
    except Exception as error:
        for name, question in (("funnel", {"funnel": steps}), ("graph", {"graph": True})):
            took = median(library.ask(**question)["seconds"] for _ in range(rounds))
            yield Fact(titles[name], took * 1e3, "ms", note=f"Lvtu left out: {error}")
        library.close()
        return
    pairs: dict[str, list] = {"funnel": [], "graph": []}
    for number in range(rounds + 1):
        took, rows = _timed(lambda n=number: ws.funnel(steps, within=f"{4000 + n}d"))
        pairs["funnel"].append((library.ask(funnel=steps)["seconds"], took))
        took, edges = _timed(lambda n=number: ws.graph(within=f"{4000 + n}d"))
        pairs["graph"].append((library.ask(graph=True)["seconds"], took))
    counted = {f"{r['source']}\t{r['target']}": r["transitions"] for r in edges}
    notes = {
        "funnel": "" if [r["customers"] for r in rows] == funnel["customers"] else "counts differ",
        "graph": "" if counted == graph["transitions"] else "counts differ",
    }
    for name, title in titles.items():
        yield from _compared(title, pairs[name][1:], notes[name])
    library.close()


def _compared(what: str, pairs: list[tuple[float, float]], note: str) -> Iterator[Fact]:
    theirs, ours = median(a for a, _ in pairs), median(b for _, b in pairs)
    yield Fact(what, theirs * 1e3, "ms", note=note)
    yield Fact("Lvtu, the same", ours * 1e3, "ms")
    yield Fact("Lvtu is faster by", theirs / ours, "×", 20, least=True)


def linking(rounds: int) -> Iterator[Fact]:
    """How well records of one person are found, on labelled sets."""
    from benchmarks.linking import linking as measured

    return measured(rounds)


def voice(rounds: int) -> Iterator[Fact]:
    """How fast and how well texts are read, beside SnowNLP and VADER."""
    from benchmarks.voice import voice as measured

    return measured(Library("texts"), rounds)


CASES = {
    "pm4py": pm4py,
    "alignments": alignments,
    "retentioneering": retentioneering,
    "linking": linking,
    "voice": voice,
}


def run(name: str, rounds: int) -> list[Fact]:
    """One library's facts; one that cannot be run says why."""
    facts: list[Fact] = []
    try:
        for fact in CASES[name](rounds):
            print(f"  {fact.what}: {fact.value:.3g} {fact.unit} {fact.note}".rstrip(), flush=True)
            facts.append(fact)
    except Exception as error:
        print(f"  {name} is left out: {error}", flush=True)
        facts.append(Fact(name, float("nan"), "", note=f"left out: {error}"))
    return facts
