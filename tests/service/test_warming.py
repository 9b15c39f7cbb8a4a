"""What a server works out before anybody asks: afterwards the first pages read nothing more of the log."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.service import warming
from lvtu.service.home import Home, Served
from lvtu.service.names.properties import Properties
from lvtu.store.lake import Lake
from service.inprocess import serving

EVENTS = [
    {"user_id": f"c{n % 7}", "event": ("Seen", "Paid")[n % 2], "time": f"2026-01-{1 + n % 28:02d}", "source": "shop",
     "text": "很好" if n == 3 else None, "properties": {"plan": "ab"[n % 2], **({"size": n} if n % 5 == 0 else {})}}
    for n in range(60)
]  # fmt: skip
PAGES = ("", "/overview", "/events", "/fields", "/fields/plan/values", "/sources", "/catalogue", "/customers?search=c1",
         "/inbox")  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(EVENTS)
    lvtu.open(tmp_path / "empty").close()
    return tmp_path


def of(home: Home, name: str = "shop") -> Served:
    served = home.named(name)
    assert served is not None
    return served


def test_the_first_pages_read_nothing_more(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(home) as app:
        served = of(app.home)
        for step in warming.steps(served):
            step()
        served.workspace._carriers.close()
        read: list[str] = []

        def reading(_self: Lake, columns: Any = None, **_more: Any) -> Iterator[Any]:
            read.append(str(columns))
            return iter(())

        monkeypatch.setattr(Lake, "read", reading)
        asker = app.local()
        told = {page: asker.get(f"/api/w/shop{page}").json() for page in PAGES}
        assert read == []
        assert told[""]["events"] == 60 and told["/inbox"]["total"] == 1
        assert {one["name"] for one in told["/fields"] if one["of"] == "property"} == {"plan", "size"}
        assert [one["events"] for one in told["/fields/plan/values"]] == [30, 30]
        assert [one["id"] for one in told["/customers?search=c1"]["customers"]] == ["c1"]


def test_a_server_that_ends_stops_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began = threading.Event()

    def first(*_: Any) -> None:
        began.set()
        served.jobs.ending.wait()

    def never(*_: Any) -> None:
        raise AssertionError("the server ends")

    monkeypatch.setattr(warming, "PAUSE", 0)
    monkeypatch.setattr(warming, "steps", lambda _: iter((first, never)))
    with serving(home) as app:
        served = of(app.home)
        warming.warm(app.home)
        began.wait()


def test_nothing_is_there_and_nothing_fails(home: Path) -> None:
    with serving(home) as app:
        for step in warming.steps(of(app.home, "empty")):
            step()


def test_names_of_properties_are_kept_with_the_journeys(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next server reads what is new, and only that; what was known goes with an erasure."""
    with lvtu.open(home / "shop") as ws:
        known = Properties().known(ws.snapshot())
        assert [(one.name, one.events, one.kind) for one in known] == [("plan", 60, "text"), ("size", 12, "number")]
        kept = ws.snapshot().folder / "properties.json"
        ws.append([{"user_id": "new", "event": "Paid", "time": "2026-02-01", "properties": {"plan": 1, "late": True}}])
        seen: list[Any] = []
        real = Lake.read

        def reading(self: Lake, columns: Any = None, **more: Any) -> Iterator[Any]:
            seen.append(more.get("after_commit"))
            return real(self, columns, **more)

        commit = json.loads(kept.read_bytes())["commit"]
        snapshot = ws.snapshot()
        monkeypatch.setattr(Lake, "read", reading)
        found = {one.name: one.events for one in Properties().known(snapshot)}
        assert found == {"plan": 61, "size": 12, "late": 1}
        assert seen == [commit]
        monkeypatch.undo()
        kept.write_bytes(b'{"commit": 7')  # cut short
        assert {one.name: one.events for one in Properties().known(snapshot)} == found
        ws.forget("new")
        assert not kept.exists()
        assert {one.name for one in Properties().known(ws.snapshot())} == {"plan", "size"}
