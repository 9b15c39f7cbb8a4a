"""Compaction by merging: after any sequence of changes the time lines are what plain Python makes of the events."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import lvtu
from contract.cases import buckets
from contract.decoding import leaks
from contract.test_states import record
from lvtu.kernels.periods import NO_VALUE
from lvtu.store.journeys import build, keeper, manifest
from lvtu.workspace import Workspace
from naive import identity
from property.strategies import START

Row = tuple[Any, ...]
HOUR = 3_600_000_000


def in_place(ws: Workspace) -> dict[str, list[Row]]:
    """Every customer's line as the columns have it, postings and fields included."""
    snapshot = ws.snapshot()
    snapshot.prepare(["plan", "message_id", "score"])
    found: dict[str, list[Row]] = {}
    for block in snapshot.blocks:
        plans, ids = block.codes("plan"), block.codes("message_id")
        values, scores = block.column("value"), block.numbers("score")
        sequence = block.column("sequence") if len(block.column("sequence")) else np.zeros(block.rows, np.int64)
        offsets = block.column("offsets").tolist()
        posted = postings(block, len(snapshot.events))
        for line, name in enumerate(block.names().to_pylist()):
            if len(block.keep) and not block.keep[line]:
                continue
            assert name not in found, f"{name} has two lines"
            found[name] = [
                (
                    ids[1][ids[0][row]], int(block.column("time")[row]), int(sequence[row]),
                    snapshot.events[block.column("event")[row]],
                    snapshot.channels[block.column("channel")[row]] or None,
                    None if values[row] == NO_VALUE else float(values[row] / 1e6), plans[1][plans[0][row]] or None,
                    None if np.isnan(scores[row]) else float(scores[row]),
                )
                for row in range(offsets[line], offsets[line + 1])
            ]  # fmt: skip
            for row in range(offsets[line], offsets[line + 1]):
                assert posted[row] == (block.column("event")[row], line, block.column("time")[row])
    return found


def postings(block: Any, names: int) -> dict[int, tuple[int, int, int]]:
    """What the postings say of each row."""
    found: dict[int, tuple[int, int, int]] = {}
    for code in range(names):
        for key, time in zip(*(column.tolist() for column in block.postings(code)), strict=True):
            customer, row = divmod(key, 1 << 32)
            assert row not in found
            found[row] = (code, customer, time)
    assert len(found) == block.rows
    return found


def expected(events: list[dict[str, Any]], edges: list[dict[str, Any]], joins: tuple[str, ...]) -> dict[str, list[Row]]:
    """The same from plain Python."""
    told = [
        ((e["left_kind"], e["left_id"]), (e["right_kind"], e["right_id"]), e["time"], e["source"], e["retracted_at"])
        for e in edges
    ]
    lines: dict[str, list[dict[str, Any]]] = {}
    for event, owner in zip(events, identity.owners(events, told, joins), strict=True):
        lines.setdefault(owner[1], []).append(event)
    return {
        name: [
            (
                e["message_id"], e["time"], e.get("sequence") or 0, e["event"], e.get("channel"), e.get("value"),
                e.get("properties", {}).get("plan"), e.get("score"),
            )
            for e in sorted(line, key=lambda e: (e["time"], e.get("sequence") or 0, e["message_id"].encode()))
        ]
        for name, line in lines.items()
    }  # fmt: skip


class Story:
    """A workspace to which things happen, and the events that are in it."""

    def __init__(self, ws: Workspace, seed: int, late: float = 0.2, joins: tuple[str, ...] = ()) -> None:
        self.ws, self.dice, self.late, self.joins = ws, random.Random(seed), late, joins
        self.events: list[dict[str, Any]] = []
        self.now, self.number, self.gone = 0, 0, 0

    def some(self, most: int = 40) -> list[dict[str, Any]]:
        """Events of people on devices, some shared, some of them new; most later than what was before."""
        dice, found = self.dice, []
        for _ in range(dice.randint(1, most)):
            self.now += dice.choice((0, 0, 1, 5))
            self.number += 1
            person = dice.randint(0, 12 + self.number // 20)
            event: dict[str, Any] = {
                "message_id": f"{dice.choice('mé客')}{dice.getrandbits(20)}-{self.number}",
                "time": START + (dice.randint(0, self.now) if dice.random() < self.late else self.now),
                "event": dice.choice(("A", "B", "C", f"N{self.number // 60}")),
                "anonymous_id": f"device{person}" if dice.random() < 0.8 else f"shared{person % 3}",
            }
            if dice.random() < 0.35:
                event["user_id"] = f"user{person}"
                if dice.random() < 0.3:
                    del event["anonymous_id"]
            if dice.random() < 0.05:
                event |= {"user_id": f"gone{self.gone}", "anonymous_id": f"phone of gone{self.gone}"}
            if dice.random() < 0.5:
                event["properties"] = {"plan": f"p{dice.randint(0, 2 + self.number // 50)}"}
            if dice.random() < 0.3:
                event |= {"value": dice.randint(0, 9) / 4, "channel": dice.choice(("web", "store")), "score": 7.0}
            if dice.random() < 0.1:
                event["sequence"] = dice.randint(-2, 2)
            found.append(event)
        self.events += found
        return found

    def append(self) -> None:
        self.ws.append([record(event) for event in self.some()])

    def ingest(self) -> None:
        self.ws.ingest([record(event) for event in self.some()])

    def compact(self) -> None:
        self.ws.compact()

    def build_anew(self) -> None:
        self.ws._keeper.drop()

    def join(self) -> None:
        kind = self.dice.choice(("user_id", "anonymous_id"))
        other = f"{'user' if kind == 'user_id' else 'device'}{self.dice.randint(0, 30)}"
        self.ws.join(f"user{self.dice.randint(0, 30)}", (kind, other))

    def unjoin(self) -> None:
        held = [edge["id"] for edge in self.ws.edges() if edge["retracted_at"] is None]
        if held:
            self.ws.unjoin(self.dice.choice(held))

    def alias(self) -> None:
        self.number += 1
        one, other = self.dice.sample(range(40), 2)
        alias = {
            "message_id": f"alias{self.number}", "time": START + self.now, "event": "alias", "user_id": f"user{one}",
            "identifiers": {"previous_id": self.dice.choice((f"user{other}", f"device{other}"))},
        }  # fmt: skip
        self.events.append(alias)
        self.ws.append([record(alias)])

    def forget(self) -> None:
        """Forget somebody who never comes again, if there was anything of theirs."""
        name = f"gone{self.gone}"
        mine = [event for event in self.events if event.get("user_id") == name]
        if mine:
            self.ws.forget(name)
            self.events = [event for event in self.events if event not in mine]
            self.gone += 1

    def expected(self) -> dict[str, list[Row]]:
        return expected(self.events, self.ws.edges(), self.joins)

    def check(self) -> None:
        found, wanted = in_place(self.ws), self.expected()
        assert found.keys() == wanted.keys()
        for name, line in wanted.items():
            assert found[name] == line, name


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The background compacts as soon as anything is behind the base."""
    monkeypatch.setattr(keeper, "SMALLEST_TAIL", 3)


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with every build from the whole lake."""
    done: list[int] = []
    original = keeper.build

    def counted(*arguments: Any, **options: Any) -> Any:
        done.append(1)
        return original(*arguments, **options)

    monkeypatch.setattr(keeper, "build", counted)
    return done


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("number", [1, 4])
def test_any_sequence_of_changes(tmp_path: Path, seed: int, number: int) -> None:
    with buckets(number), lvtu.open(tmp_path / "w.lvtu") as ws:
        story = Story(ws, 100 * number + seed, late=0.05 if number > 1 else 0.2)
        story.ingest()
        steps: list[Callable[[], None]] = [story.append] * 5 + [story.ingest] * 2 + [story.compact] * 5
        steps += [story.build_anew, story.join, story.unjoin, story.alias, story.forget]
        for step in story.dice.choices(steps, k=18):
            step()
            story.check()


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_changes_while_the_background_compacts(tmp_path: Path, seed: int) -> None:
    with buckets(2), lvtu.open(tmp_path / "w.lvtu") as ws, lvtu.open(tmp_path / "w.lvtu") as other:
        story = Story(ws, 1000 + seed, late=0.05)
        story.ingest()
        steps: list[Callable[[], None]] = [story.append] * 8 + [story.ingest, story.compact, story.forget, story.join]
        for step in story.dice.choices(steps, k=18):
            step()
            story.check()
            assert in_place(other).keys() == story.expected().keys()
    assert not list((tmp_path / "w.lvtu" / "journeys").glob(".*"))


def test_sign_ins_on_shared_devices_need_no_build(tmp_path: Path, builds: list[int]) -> None:
    """New users on a device that the base knows, in turn with those it knows, and on devices that had no user."""
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        story = Story(ws, 5, late=0.0)
        for _ in range(5):
            story.some()
        ws.ingest([record(event) for event in story.events])
        story.check()
        for round in range(8):
            story.now += 20
            several = [
                {
                    "message_id": f"{round}-{i}", "time": START + story.now + i, "event": "B",
                    "anonymous_id": f"{'shared' if i % 2 else 'alone'}{i % 3}",
                    **({"user_id": f"user{(i + round) % 8}"} if i % 4 < 2 else {}),
                }
                for i in range(12)
            ]  # fmt: skip
            if round == 0:
                several = [event for event in several if "user_id" not in event]
            story.events += several
            ws.append([record(event) for event in several])
            story.check()
            if round % 2:
                ws.compact()
                story.check()
    assert len(builds) == 1


def test_a_bucket_that_grows_is_split(tmp_path: Path, builds: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "BUCKET_EVENTS", 60)
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        story = Story(ws, 9, late=0.0)
        story.some(20)
        ws.ingest([record(event) for event in story.events])
        sizes = []
        for _ in range(16):
            story.append()
            story.check()
            ws.compact()
            story.check()
            sizes.append(len(ws.snapshot().base))
        assert sizes[0] < sizes[-1] > 2
        for block in ws.snapshot().base:
            assert not block.customers or block.rows <= 120 or block.customers == 1
        stored = manifest.load(tmp_path / "w.lvtu" / "journeys")
        assert stored is not None
        lows = [entry.low for entry in stored.buckets]
        assert lows == sorted(set(lows))
    assert len(builds) <= 2


def test_what_is_forgotten_is_gone_after_compactions(tmp_path: Path) -> None:
    folder = tmp_path / "w.lvtu"
    with buckets(4), lvtu.open(folder) as ws:
        story = Story(ws, 77, late=0.1)
        for _ in range(4):
            story.ingest()
            story.check()
            zelda = {
                "message_id": f"zelda{story.number}", "time": START + story.now, "event": "A", "user_id": "zelda-4711",
                "anonymous_id": "phone-of-zelda", "properties": {"plan": "coupon-ZELDA"},
            }  # fmt: skip
            story.events.append(zelda)
            ws.append([record(zelda)])
            ws.trend(by="plan")
            ws.compact()
        ws.forget("zelda-4711")
        story.events = [event for event in story.events if event.get("user_id") != "zelda-4711"]
        story.check()
        ws.append([record(event) for event in story.some()])
        ws.compact()
        story.check()
    assert leaks(folder, ["zelda-4711", "phone-of-zelda", "coupon-ZELDA"]) == []


def event(time: int, user: str | None = None, device: str | None = None, **more: Any) -> dict[str, Any]:
    ids = {"user_id": user, "anonymous_id": device}
    named = {name: value for name, value in ids.items() if value}
    return {
        "message_id": f"{time}/{user}/{device}",
        "time": START + time,
        "event": "A",
        "properties": {"plan": "p"},
        **named,
        **more,
    }


DEVICES = ("anonymous_id", "d1"), ("anonymous_id", "d2")
ALIAS = {"event": "alias", "identifiers": {"previous_id": "ghost"}}
STORIES: dict[str, tuple[list[Any], list[dict[str, Any]], list[dict[str, Any]]]] = {
    "an id that an edge waits for": ([("ann", "ghost")], [event(1, "ann")], [event(2, "ghost")]),
    "an id that an alias waits for": ([], [event(1, "ann", **ALIAS)], [event(2, "ghost")]),
    "a device that an alias waits for": ([], [event(1, "ann", **ALIAS)], [event(2, None, "ghost")]),
    "a device that an edge waits for": ([DEVICES], [event(1, None, "d1")], [event(2, None, "d2")]),
    "an earlier event of another user": ([("ann", "bo")], [event(5, "ann"), event(6, "bo")], [event(2, "bo")]),
    "an earlier event of another device": ([DEVICES], [event(5, None, "d1"), event(6, None, "d2")],
                                           [event(2, None, "d2")]),
    "a sign-in on one of two joined devices": ([DEVICES], [event(5, None, "d1"), event(6, None, "d2")],
                                               [event(7, "ann", "d2")]),
    "a sign-in on a device that is bound": ([("ann", DEVICES[0])], [event(1, "ann"), event(2, None, "d1")],
                                            [event(3, "bo", "d1"), event(4, None, "d1")]),
    "a sign-in before what the base has": ([], [event(1, "ann", "d1"), event(9, None, "d1")],
                                           [event(5, "bo", "d1"), event(6, None, "d1")]),
    "an earlier sign-in by the first": ([], [event(5, "ann", "d1"), event(9, "bo", "d1")],
                                        [event(1, "ann", "d1"), event(3, None, "d1")]),
    "two sign-ins at one time": ([], [event(1, None, "d1")],
                                 [event(5, "bo", "d1"), event(5, "ann", "d1"), event(6, None, "d1")]),
    "two on a device nobody had signed in on": ([], [event(t, None, "d1") for t in range(9)],
                                                [event(3, "ann", "d1"), event(6, "bo", "d1"), event(10, None, "d1")]),
    "an eleventh user": ([], [event(t, f"u{t}", "d1") for t in range(10)],
                         [event(20, "u10", "d1"), event(21, None, "d1")]),
    "eleven users at once": ([], [event(0, None, "d1")],
                             [*(event(1 + t, f"u{t}", "d1") for t in range(11)), event(21, None, "d1")]),
    "a twelfth user": ([], [*(event(t, f"u{t}", "d1") for t in range(11)), event(12, None, "d1")],
                       [event(20, "u11", "d1"), event(21, None, "d1")]),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("compacted", [False, True])
def test_who_is_who(tmp_path: Path, name: str, compacted: bool) -> None:
    """In the tail, once it is compacted, and with the same again behind it."""
    joins, base, tail = STORIES[name]
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        story = Story(ws, 0)
        for left, right in joins:
            ws.join(left, right)
        for number, part in enumerate((base, tail, [event(100 + e["time"] - START, e.get("user_id"),
                                                    e.get("anonymous_id")) for e in tail])):  # fmt: skip
            story.events += part
            if number:
                ws.append([record(e) for e in part])
            else:
                ws.ingest([record(e) for e in part])
            story.check()
            if compacted:
                ws.compact()
                story.check()
