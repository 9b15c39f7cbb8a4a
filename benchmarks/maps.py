"""How long maps take: drawn from ten million events, opened with two hundred live cells, as pictures and as slides."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from benchmarks.cases import library
from benchmarks.product import Fact
from benchmarks.scores import ensure

T = TypeVar("T")
CHANNELS = ("web", "app", "email", "store", "wechat")
STEPS, LANES, FRAMES = 200, 20, 30


def maps(size: str, rounds: int) -> Iterator[Fact]:
    """Maps of an open workspace; each question was asked once before, as it is on a server."""
    place = ensure(size)
    with library().open(str(place)) as ws:
        try:
            drawn, took = _median(lambda: ws.maps.autodraw("Benchmark"), rounds)
            note = f"{len(drawn.document.steps)} steps, {len(drawn.document.lanes)} lanes"
            yield Fact("maps: autodraw, median, warm", took, "s", 3.0, note)
            live = ws.maps.load(_with_cells(drawn.document.document()))
            found, took = _median(live.answers, rounds)
            note = f"{sum(map(len, found.values.values()))} live cells"
            yield Fact("maps: the answers of a map asked anew, median", took, "s", None, note)
            yield Fact("maps: opened over HTTP, median, warm", 1e3 * _opened(place, live.id, rounds), "ms", 500.0, note)
        finally:
            for one in [*ws.maps]:
                one.remove()
    yield from _written(rounds)


def _opened(place: Path, id: str, rounds: int) -> float:
    """A map as a browser opens it: document, answers and picture, of a server that was asked before; seconds."""
    from benchmarks.http import serving

    with serving(place) as client:
        base = f"/api/w/{client.get('/api/session').json()['workspaces'][0]['name']}/maps/{id}"

        def opened() -> None:
            for path in ("", "/answers", "/picture?headed=false"):
                client.get(f"{base}{path}").raise_for_status()

        return _median(opened, rounds)[1]


def _written(rounds: int) -> Iterator[Fact]:
    """A large map that no data answer: a card in each cell."""
    with tempfile.TemporaryDirectory() as folder, library().open(str(Path(folder) / "w")) as ws:
        large = ws.maps.load(large_map())
        answers = large.answers()
        picture, took = _median(lambda: large.svg(answers=answers), rounds, time.process_time)
        note = f"{STEPS} steps × {LANES} lanes, {STEPS * LANES:,} cards, {len(picture) / 1e6:.1f} MB; processor time"
        yield Fact("maps: SVG of a large map, median", 1e3 * took, "ms", 300.0, note)
        target = Path(folder) / "map.pptx"
        _, took = _median(lambda: large.pptx(target), min(rounds, 3))
        note = f"{FRAMES} frames, {target.stat().st_size / 1e6:.1f} MB"
        yield Fact("maps: PPTX, median", took, "s", 5.0, note)


def large_map(steps: int = STEPS, lanes: int = LANES, frames: int = FRAMES) -> dict[str, Any]:
    """A map with a card in each cell, and frames of some steps each."""
    per, stages = steps // frames + 1, 10
    keys = [f"s{number}" for number in range(steps)]
    return {
        "title": "Large",
        "stages": [{"key": f"g{number}", "name": f"Stage {number}"} for number in range(stages)],
        "steps": [{"key": key, "stage": f"g{place * stages // steps}", "name": f"Step {place}"}
                  for place, key in enumerate(keys)],
        "lanes": [{"key": f"l{number}", "role": "custom", "label": f"Lane {number}"} for number in range(lanes)],
        "cards": [{"key": f"c{lane}-{key}", "lane": f"l{lane}", "step": key, "text": f"What is done at {key} in {lane}"}
                  for lane in range(lanes) for key in keys],
        "frames": [{"key": f"f{number}", "title": f"Frame {number}", "steps": keys[number * per : (number + 1) * per]}
                   for number in range(frames) if keys[number * per : (number + 1) * per]],
    }  # fmt: skip


def _with_cells(document: dict[str, Any]) -> dict[str, Any]:
    """A map with lanes for each channel, each asking something of its own: two hundred cells at most."""
    lanes, bindings = list(document.get("lanes", ())), list(document.get("bindings", ()))
    for channel in CHANNELS:
        for metric, scale in (("nps", "nps"), ("csat", "csat5"), ("sentiment", None)):
            key = f"{metric}-{channel}"
            spec = {"metric": metric, "where": f"channel = '{channel}'"} | ({"scale": scale} if scale else {})
            lanes.append({"key": key, "role": "metrics", "kind": "number", "label": f"{metric} {channel}"})
            bindings.append({"key": key, "lane": key, "analysis": "scores", "spec": spec, "value": "value"})
    return {**document, "lanes": lanes, "bindings": bindings}


def _median(
    make: Callable[[], T], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> tuple[T, float]:  # fmt: skip
    """What it makes, and seconds by a clock; the first time is not counted."""
    made, times = make(), []
    for _ in range(rounds):
        begun = clock()
        made = make()
        times.append(clock() - begun)
    return made, median(times)
