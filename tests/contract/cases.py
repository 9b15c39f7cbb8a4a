"""Workspaces made from the twins' events, and questions asked of both."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

import pytest

import lvtu
from lvtu.analyses.funnel.lines import lines_of
from lvtu.store.journeys import build
from lvtu.view import View
from lvtu.workspace import Workspace
from naive.funnel import Step
from naive.journeys import Event
from property.strategies import CHANNELS, NAMES, PLANS, START

FEW = 12
"""Microseconds over which ugly journeys spread."""


def ugly(seed: int, customers: int = 120, most: int = 8, prefix: str = "c", sequences: bool = True) -> list[Event]:
    """Many small journeys with ties, repeats and single events, shuffled as they might arrive."""
    dice = random.Random(seed)
    found = []
    for customer in range(customers):
        for _ in range(dice.randint(1, most)):
            plan = dice.choice(PLANS)
            found.append(
                Event(
                    f"{dice.choice(('m', 'm1', 'é', '客'))}{dice.getrandbits(40):x}",
                    START + dice.randint(0, FEW),
                    f"{prefix}{customer}",
                    dice.choice(NAMES),
                    dice.choice((None, -1, 0, 1, 2)) if sequences else None,
                    dice.choice(CHANNELS),
                    dice.choice((None, 0.0, 1.5, 2.0)),
                    {"plan": plan} if plan else {},
                )
            )
    dice.shuffle(found)
    return [*found, *dice.sample(found, len(found) // 20)]


def wide(names: int = 300) -> list[Event]:
    """One event each of so many names that codes need more than a byte."""
    return [Event(f"wide{i}", START - 5, f"wide{i % 7}", f"N{i}", i) for i in range(names)]


def rated(events: Sequence[Event]) -> list[Event]:
    """The events, half of them with an answer on one of two scales, some of those with a weight."""
    found = []
    for event in events:
        dice = random.Random(event.message_id)
        answer: dict[str, Any] = {"score": float(dice.randint(1, 5)), "scale": dice.choice(("nps", "csat5"))}
        answer["weight"] = dice.choice((None, None, 0.5, 2.0))
        found.append(replace(event, **answer) if dice.random() < 0.5 else event)
    return found


class Case:
    """A workspace and the events in it, in the order of their arrival (no dataclass: Hypothesis would print it all)."""

    def __init__(self, name: str, ws: View, events: list[Event]) -> None:
        self.name, self.ws, self.events = name, ws, events
        self._ids: dict[int, str] = {}

    def __repr__(self) -> str:
        return self.name

    def message_ids(self) -> dict[int, str]:
        """Message ids by event id."""
        if not self._ids:
            for batch in self.ws._snapshots().lake.read(["event_id", "message_id"]):
                self._ids |= dict(zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True))
        return self._ids


@contextmanager
def buckets(number: int) -> Iterator[None]:
    """Builds cut the journeys into about so many buckets, however few events there are."""
    with pytest.MonkeyPatch.context() as patch:
        cut = build._cut

        def into(lines: Any) -> Any:
            patch.setattr(build, "BUCKET_EVENTS", max(int(lines.offsets[-1]) // number, 1))
            return cut(lines)

        patch.setattr(build, "_cut", into)
        yield


def workspace(folder: Path, *parts: Sequence[Event], compact: bool = False, by: str = "ingest") -> Workspace:
    """A workspace into which the parts came one after another; the first is the base, the others the tail."""
    ws = lvtu.open(folder)
    for number, part in enumerate(parts):
        records = [event.record() for event in part]
        if number and by == "append":
            third = len(records) // 3 + 1
            for start in range(0, len(records), third):
                ws.append(records[start : start + third])
                ws.flush()
        else:
            ws.ingest(records)
    if compact:
        ws.compact()
    return ws


def micros(when: datetime) -> int:
    return round(when.timestamp() * 1_000_000)


def matcher(events: Any, where: Any) -> dict[str, Any]:
    return {"event": events, "where": where and where.text}


def funnel_options(arguments: dict[str, Any]) -> dict[str, Any]:
    """The engine's options of a twin's arguments; a condition is a `property.strategies.Condition`."""
    options = {name: value for name, value in arguments.items() if value is not None}
    options["steps"] = [
        {**matcher(s.events, s.where), "within": s.within, "optional": s.optional}
        for s in (s if isinstance(s, Step) else Step(s) for s in arguments["steps"])
    ]
    if arguments.get("exclude"):
        options["exclude"] = [
            {**matcher(x.events, x.where), "after": x.after, "before": x.before} for x in arguments["exclude"]
        ]
    for name in ("since", "until"):
        if name in options:
            options[name] = options[name]
    if arguments.get("where"):
        options["where"] = arguments["where"].text
    return options


def counted(case: Case, result: Any) -> dict[str, list[dict[int, str]]]:
    """By customer the counted attempts: message ids by step number, in the order of their entries."""
    ids, found = case.message_ids(), []
    question = result._question
    for block in question.snapshot.blocks:
        lines = lines_of(question.spec, block, question.snapshot)
        names, steps = block.names().to_pylist(), lines.rows.shape[1]
        here = [lines.at(step).tolist() for step in range(steps)]
        event_ids = block.column("event_id")
        for line, (who, rows) in enumerate(zip(lines.who.tolist(), lines.rows.tolist(), strict=True)):
            chain = {s + 1: ids[int(event_ids[rows[s]])] for s in range(steps) if here[s][line]}
            found.append((names[who], rows[0], chain))
    found.sort(key=lambda one: one[:2])
    return {who: [chain for *_, chain in group] for who, group in groupby(found, key=lambda one: one[0])}


def close(answer: int | None, durations: list[int]) -> bool:
    """Whether a median is within 1 % of the exact one (of an even number: the mean of the two in the middle)."""
    if not durations:
        return answer is None
    exact = median(durations)
    return answer is not None and abs(answer - exact) <= max(exact * 0.01, 0.5)  # whole microseconds
