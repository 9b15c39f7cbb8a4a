"""The stream of what happens now: a real server, real connections."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

import lvtu
from lvtu import intake
from lvtu.catalog.roles import Role
from lvtu.service.home import Served
from lvtu.service.live import service
from lvtu.service.live.schemas import Arrivals
from lvtu.service.live.tally import SECONDS, told
from lvtu.store.inbox import Tally
from service.inprocess import serving
from service.running import Client, Server, delivery, new_key, track


class Stream:
    """A watcher of one workspace, who knows what it was told last of each name: they come in any order."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.iter_lines()
        self._last: dict[str, dict[str, Any]] = {}

    def until(self, name: str, wanted: Any = lambda data: True) -> dict[str, Any]:
        """The data of the last event of a name, once they are as wanted."""
        kind = ""
        while name not in self._last or not wanted(self._last[name]):
            line = next(self._lines, None)
            assert line is not None, f"the stream ended before {name}"
            field, _, value = line.partition(": ")
            if field == "event":
                kind = value
            elif field == "data":
                self._last[kind] = json.loads(value)
        return self._last[name]

    def ends(self) -> bool:
        """Whether it comes to its end, as a stream should."""
        for _ in self._lines:
            pass
        return True


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("shop", "hotel"):
        lvtu.open(tmp_path / name).close()
    return tmp_path


def test_what_arrives_is_on_the_stream_and_counted(home: Path) -> None:
    server = Server(home)
    with (
        server.signed_in() as browser, Client(server.address, new_key(home / "shop")) as client,
        browser.stream("GET", "/api/w/shop/live") as here, browser.stream("GET", "/api/w/hotel/live") as there,
    ):  # fmt: skip
        assert here.headers["content-type"].startswith("text/event-stream")
        shop, hotel = Stream(here), Stream(there)
        before = shop.until("answer")["token"]
        assert hotel.until("arrivals") == {"last_second": 0, "last_minute": 0, "by": []}
        assert client.send("batch", {"batch": [track(1), track(2, event="Paid"), track(3)]}).status_code == 200
        told = shop.until("arrivals", lambda data: data["last_minute"] == 3)
        assert {(one["event"], one["last_minute"]) for one in told["by"]} == {("Seen", 2), ("Paid", 1)}
        token = shop.until("answer", lambda data: data["token"] != before)["token"]
        about = browser.get("/api/w/shop").json()
        assert (about["events"], about["customers"], about["token"]) == (3, 3, token)
        period = "since=2026-01-01&until=2026-02-01"
        assert browser.get(f"/api/w/shop/overview?{period}").json()["headline"][1]["value"] == 3
        assert browser.get("/api/w/hotel").json()["events"] == 0
        assert server.end() == ""  # at once, though two are watching
        assert shop.ends() and hotel.ends()


def test_many_watchers_share_a_ticker_and_the_last_one_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_TICK", 0.001)
    asked: list[int] = []

    def arrivals() -> Arrivals:
        asked.append(1)
        return Arrivals(last_second=len(asked), last_minute=len(asked), by=[])

    async def run() -> None:
        live = service.Live(arrivals, lambda: "1.1")
        watchers = [live.watch() for _ in range(30)]
        for watcher in watchers:
            assert await anext(watcher) == b"retry: 2000\n\n"
        got = [await anext(watcher) for watcher in watchers]
        assert all(one.startswith((b"event: arrivals", b"event: answer")) for one in got)
        assert len(asked) < 30 * 5, "one ticker, not thirty"
        for watcher in watchers:
            await watcher.aclose()
        stopped = len(asked)
        await asyncio.sleep(0.05)
        assert len(asked) <= stopped + 1, "nobody watches; one look may have been under way"
        again = live.watch()
        await anext(again)
        live.end()
        assert [one async for one in again][-1:] != [b": \n\n"]
        assert [one async for one in live.watch()] == [b"retry: 2000\n\n"], "none begins once it has ended"

    asyncio.run(run())


def test_silence_is_filled_and_a_slow_watcher_loses_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "HEARTBEAT", 0.005)
    monkeypatch.setattr(service, "_TICK", 0.001)
    same = Arrivals(last_second=0, last_minute=0, by=[])

    async def quiet() -> None:
        live = service.Live(lambda: same, lambda: "1.1")
        watcher = live.watch()
        got: list[bytes] = []
        while sum(one.startswith(b"event: ") for one in got) < 2:
            got.append(await anext(watcher))
        after = [await anext(watcher) for _ in range(4)]
        assert after == [b": \n\n"] * 4, "what is as it was is not sent again"
        await watcher.aclose()

    async def slow() -> None:
        told: list[int] = []

        def arrivals() -> Arrivals:
            told.append(1)
            return Arrivals(last_second=len(told) - 1, last_minute=0, by=[])

        live = service.Live(arrivals, lambda: "1.1")
        watcher = live.watch()
        await anext(watcher)
        while len(told) < 2 * service._WAITING:
            await asyncio.sleep(0.01)
        first = json.loads((await anext(watcher)).partition(b"data: ")[2])
        assert first.get("last_second", 1) > 0, "the first ones were dropped"
        await watcher.aclose()

    asyncio.run(quiet())
    asyncio.run(slow())


def test_a_minute_is_told() -> None:
    kept = [
        Tally(1000, "a", "x", 2), Tally(1000, "a", "y", 1), Tally(1030, "a", "y", 1),
        Tally(1030, "", "z", 1), Tally(1031, "", "", 5),
    ]  # fmt: skip

    def at(now: float) -> Arrivals:
        return told(lambda since: [one for one in kept if one.second >= since], lambda: now)

    seen = at(1031.5)
    assert (seen.last_second, seen.last_minute) == (2, 10), "the second under way is not full, and counts in the minute"
    assert [(one.source, one.event, one.last_minute) for one in seen.by] == [
        ("a", "x", 2), ("a", "y", 2), (None, "z", 1)], "the many rare ones have no name"  # fmt: skip
    assert at(1000.0 + SECONDS).last_minute == 7, "the first second is a minute ago"
    assert at(1000.0 + 2 * SECONDS) == Arrivals(last_second=0, last_minute=0, by=[])


def test_what_is_rare_is_counted_together_and_old_counts_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_TALLIED", 2)
    lvtu.open(tmp_path / "shop").close()
    served = Served(tmp_path / "shop")
    try:
        batch = [track(n, event=name) for n, name in enumerate("aaabbcd")]
        for half in (batch[:4], batch[4:]):
            body = json.dumps({"batch": half}).encode()
            served.arrivals.take(delivery("batch", body, datetime.now(UTC), served.arrivals.clocks)).result(60)
        kept = served._kept.tallies(0)
        assert sum(one.events for one in kept) == 7
        assert {one.event for one in kept} == {"a", "b", "c", ""}
        served._doors[1].drop_tallies(max(one.second for one in kept))
        left = served._kept.tallies(0)
        assert left and {one.second for one in left} == {max(one.second for one in kept)}
    finally:
        served.close()


def test_nobody_watches_what_is_not_theirs(home: Path) -> None:
    with serving(home) as app:
        assert app.local().get("/api/w/nowhere/live").status_code == 404
        assert app.person("ann@example.com", hotel=Role.viewer).get("/api/w/shop/live").status_code == 404
        assert app.client().get("/api/w/shop/live").status_code == 401
