"""Lvtu, asked through its public API: the calls that are measured, and the common shape of their answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.generate import DATA, DAY, paths
from benchmarks.peers.shape import ranked
from benchmarks.questions import Attribution, Flow, Funnel, Graph, Question, StepMatrix, Variants


class NotReadyError(Exception):
    """Lvtu lacks what a case needs; the message says what."""


def library():
    """The library, if it can open workspaces."""
    import lvtu

    if not hasattr(lvtu, "open"):
        raise NotReadyError("lvtu.open does not exist yet")
    return lvtu


def workspace(size: str) -> Path:
    """Where the workspace of a size is kept."""
    return DATA / f"lvtu-{size}.lvtu"


def ingest(size: str) -> int:
    """Ingests the file of events into a new workspace, ready for questions; returns how many were accepted."""
    place = workspace(size)
    shutil.rmtree(place, ignore_errors=True)
    with_library = library()
    ws = with_library.open(str(place))
    report = ws.ingest(str(paths(size)[0]))
    ask(ws, Funnel(("Page Viewed",), DAY))  # whatever is built on first use is built here
    ws.close()
    return report.accepted


def rebuild(size: str) -> None:
    """Builds the journeys from the lake alone: they are derived, so they are thrown away first."""
    shutil.rmtree(workspace(size) / "journeys", ignore_errors=True)
    ws = library().open(str(workspace(size)))
    ask(ws, Funnel(("Page Viewed",), DAY))
    ws.close()


def ensure(size: str) -> Path:
    """The workspace of a size, made if it isn't there."""
    done = workspace(size) / "benchmark-complete"
    if not done.exists():
        ingest(size)
        done.touch()
    return workspace(size)


def copy(size: str, name: str) -> Path:
    """A copy of the workspace that a case may change."""
    place = DATA / f"lvtu-{size}-{name}.lvtu"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(ensure(size), place)
    return place


def ask(ws, question: Question):
    """Asks the workspace one question; the measured call."""
    if isinstance(question, Funnel):
        more = {"by": question.by} if question.by else {}
        if question.where:
            more["where"] = f"{question.where[0]} = '{question.where[1]}'"
        return ws.funnel(list(question.steps), within=question.within, **more).table
    if isinstance(question, Graph):
        return ws.graph(within=question.within).table
    if isinstance(question, Variants):
        return ws.variants(top=question.top)
    if isinstance(question, Attribution):
        return ws.attribution(question.goal, "markov").table
    if isinstance(question, Flow):
        return ws.flow(question.start, steps=question.last).table
    if isinstance(question, StepMatrix):
        return ws.step_matrix(question.start, before=question.before, after=question.after).table
    return ws.retention(
        start=question.start,
        back=question.back,
        period="day",
        periods=question.periods,
        mode="n_day",
        clock="calendar",
        zone="UTC",
        entry="first",
    ).cohorts


def tidy(question: Question, table) -> dict:
    """The answer in the common shape."""
    if isinstance(question, Variants):
        paths = {tuple(r["path"]): r["customers"] for r in table.table.to_pylist() if r["variant"]}
        return ranked(paths, table.variants, table.once)
    rows = table.to_pylist()
    if isinstance(question, Funnel):
        return _funnel(question, rows)
    if isinstance(question, Graph):
        return {
            (r["source"], r["target"]): (r["transitions"], r["customers"], float(_micros(r["median_time"])))
            for r in rows
        }
    if isinstance(question, Attribution):
        return {r["channel"]: round(r["conversions"], 2) for r in rows if r["channel"] is not None}
    if isinstance(question, Flow):
        return {(r["step"], r["source"], r["target"]): r["customers"] for r in rows}
    if isinstance(question, StepMatrix):
        none = {"*left": "*none", "*not_begun": "*none"}
        return {(r["step"], none.get(r["place"], r["place"])): r["customers"] for r in rows}
    out = {}
    for row in rows:
        day = _day(row["cohort"])
        if row["customers"]:
            out[day, -1] = row["customers"]
        if row["returned"]:
            out[day, row["period"]] = row["returned"]
    return out


def _funnel(question: Funnel, rows: list[dict]) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    for row in rows:
        value = str(row[question.by]) if question.by in row else str(row.get("by", "")) if question.by else ""
        out.setdefault(value, [0] * len(question.steps))[row["step"] - 1] = row["customers"]
    return {value: steps for value, steps in out.items() if steps[0]}


def _micros(value) -> int:
    return int(value.total_seconds() * 1e6) if hasattr(value, "total_seconds") else int(value or 0)


def _day(value) -> int:
    if hasattr(value, "toordinal"):
        return value.toordinal() - 719_163
    return int(value) // DAY if int(value) > 1_000_000 else int(value)


class Peer:
    """Answers questions from one open workspace, in the manner of ``benchmarks.peers``."""

    def __init__(self, size: str, place: str | None = None) -> None:
        self.version = f"Lvtu {getattr(library(), '__version__', '')}".strip()
        self.workspace = library().open(place or str(ensure(size)))

    def behind(self) -> tuple[int, int]:
        """The generation of the journeys that answers now, and how many events are in the tail behind it."""
        snapshot = self.workspace.snapshot()
        return snapshot.manifest.generation, snapshot.tail.rows if snapshot.tail else 0

    def forms(self, question: Question) -> dict[str, tuple[Callable, Callable]]:
        """The one way to ask it."""
        return {"": (partial(ask, self.workspace, question), partial(tidy, question))}
