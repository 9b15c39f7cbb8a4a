"""Fields of what arrives behind the journeys: read once, right for every snapshot, old ones asked late included."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.analyses.counting import frequencies
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.lake import Lake

NAMES = ("plan", "source", "size")


def event(chance: random.Random, number: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "message_id": f"m{number}", "user_id": f"c{chance.randrange(9)}", "event": "Seen",
        "time": f"2026-01-{chance.randrange(1, 29):02d}", "properties": {},
    }  # fmt: skip
    if chance.random() < 0.8:
        found["properties"]["plan"] = f"plan {chance.randrange(5 + number // 8)}"
    if chance.random() < 0.6:
        found["properties"]["size"] = chance.randrange(4)
    if chance.random() < 0.7:
        found["source"] = f"source {chance.randrange(1 + number // 20)}"
    if chance.random() < 0.5:
        found["score"] = chance.randrange(11)
    return found


def wanted(events: list[dict[str, Any]], name: str) -> Counter[str | None]:
    values = (one.get(name) if name == "source" else one["properties"].get(name) for one in events)
    return Counter(None if value is None else str(value) for value in values)


def scores(snapshot: Snapshot) -> Counter[float]:
    snapshot.prepare(["score"])
    found: Counter[float] = Counter()
    for block in snapshot.blocks:
        customers = zip(block.column("offsets")[:-1].tolist(), block.column("offsets")[1:].tolist(), strict=True)
        for line, (begin, end) in enumerate(customers):
            if not len(block.keep) or block.keep[line]:
                found.update(value for value in block.numbers("score")[begin:end].tolist() if value == value)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_every_snapshot_has_its_own_events(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with lvtu.open(tmp_path / "shop") as ws:
        events = [event(chance, number) for number in range(30)]
        ws.ingest(events)
        held: list[tuple[Snapshot, int]] = []
        for _ in range(8):
            more = [event(chance, len(events) + number) for number in range(chance.randrange(1, 12))]
            ws.append(more)
            events += more
            held.append((ws.snapshot(), len(events)))
            asked = [held[-1], *chance.sample(held, min(2, len(held)))]
            for snapshot, size in asked:
                name = chance.choice(NAMES)
                found = ws.on(snapshot).asked(lambda seen, who, name=name: frequencies(who, seen, name))
                assert Counter(dict(found)) == wanted(events[:size], name)
                assert scores(snapshot) == Counter(
                    float(one["score"]) for one in events[:size] if "score" in one
                )  # fmt: skip


def test_what_arrived_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        chance = random.Random(1)
        ws.ingest([event(chance, number) for number in range(30)])
        read: list[tuple[int, int]] = []
        real = Lake.read

        def reading(self: Lake, columns: Any = None, **more: Any) -> Any:
            if "source" in columns:
                read.append((more["after_commit"], more["upto_commit"]))
            return real(self, columns, **more)

        ws.snapshot().prepare(["source"])
        monkeypatch.setattr(Lake, "read", reading)
        commits = [ws.snapshot().commit]
        for number in range(100, 103):
            ws.append([event(chance, number)])
            snapshot = ws.snapshot()
            commits.append(snapshot.commit)
            for _ in range(2):
                snapshot.prepare(["source"])
        assert read == list(pairwise(commits))


def test_what_could_not_be_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        chance = random.Random(1)
        events = [event(chance, number) for number in range(40)]
        ws.ingest(events[:30])
        ws.snapshot().prepare(NAMES)
        ws.append(events[30:])
        snapshot = ws.snapshot()
        with monkeypatch.context() as patched:
            patched.setattr(Lake, "read", lambda *_, **__: (_ for _ in ()).throw(FileNotFoundError("gone")))
            with pytest.raises(FileNotFoundError):
                snapshot.prepare(NAMES)
        for name in NAMES:
            found = ws.on(snapshot).asked(lambda seen, who, name=name: frequencies(who, seen, name))
            assert Counter(dict(found)) == wanted(events, name)
