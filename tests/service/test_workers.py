"""Two processes that answer at one address: whichever answers knows what the other was told.

Connections go to the workers in turn, so two that are opened one after the other reach both.
"""

from __future__ import annotations

import json
import os
import re
import selectors
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

import lvtu
from lvtu.service import worker, workers
from service.inprocess import eventually
from service.running import Client, Server, basic, ids, limited, new_key, ran, running, stored, track
from service.test_live import Stream
from service.test_presence import MAP


class Pair:
    """A server of two workers over two workspaces; each question takes a connection of its own."""

    def __init__(self, server: Server, home: Path, key: str, browser: httpx.Client) -> None:
        self.server, self.home, self.key, self.owner = server, home, key, browser

    def ask(self, method: str, path: str, browser: httpx.Client | None = None, **more: Any) -> httpx.Response:
        """Ask the next worker."""
        with self.server.browser(browser or self.owner) as asks:
            return asks.request(method, path, **more)

    def both(self, method: str, path: str, browser: httpx.Client | None = None, **more: Any) -> list[httpx.Response]:
        """Ask both."""
        return [self.ask(method, path, browser, **more) for _ in range(2)]

    def send(self, *messages: dict[str, Any], key: str = "") -> httpx.Response:
        """Have the next worker take events."""
        return self.ask("POST", "/v1/batch", json={"batch": list(messages)}, headers=basic(key or self.key))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    home = tmp_path_factory.mktemp("home")
    for name in ("shop", "slow"):
        lvtu.open(home / name).close()
    config = home / "slow" / "lvtu.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"key_rate": 1}))
    with running(home, "--workers", "2") as server, server.signed_in() as browser:
        browser.headers["connection"] = "close"
        yield Pair(server, home, new_key(home / "shop"), browser)


class Log(threading.Thread):
    """What a server writes on stderr with ``LVTU_LOG=json``, as it comes; ends with the server.

    Attributes:
        lines: so far.
    """

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.lines: list[dict[str, Any]] = []
        self._server = server
        self.start()

    def run(self) -> None:
        assert self._server.process.stderr is not None
        for line in self._server.process.stderr:
            self.lines.append(json.loads(line))

    def took(self, route: str) -> list[int]:
        """The workers that answered at an address."""
        return [one["worker"] for one in self.lines if one.get("route") == route]


def statuses(answers: list[httpx.Response]) -> list[int]:
    return [answer.status_code for answer in answers]


def test_a_link_signs_in_once_and_the_session_is_known_to_both(pair: Pair) -> None:
    for _ in range(2):  # with the one first, then with the other
        made = ran("signin", pair.home).stdout
        address = "/open?" + made.strip().partition("?")[2]
        with pair.server.browser() as first, pair.server.browser() as second:
            assert first.get(address).status_code == 303
            assert second.get(address).status_code == 401
            seen = [answer.json() for answer in pair.both("GET", "/api/session", first)]
            assert seen[0] == seen[1] and seen[0]["person"] is not None
            first.headers["X-CSRF-Token"] = seen[0]["csrf"]
            assert statuses(pair.both("PUT", "/api/me", first, json={"name": "Li Lei"})) == [200, 200]
            assert pair.ask("DELETE", "/api/session", first).status_code == 204
            assert statuses(pair.both("GET", "/api/me", first)) == [401, 401]


def test_what_is_taken_back_is_taken_back_at_once_everywhere(pair: Pair) -> None:
    for _ in range(2):
        token = pair.ask("POST", "/api/tokens", json={"name": "nightly", "role": "viewer"}).json()
        with httpx.Client(headers={"Authorization": f"Bearer {token['token']}", "connection": "close"}) as program:
            assert statuses(pair.both("GET", "/api/w/shop", program)) == [200, 200]
            assert pair.ask("DELETE", f"/api/tokens/{token['id']}").status_code == 204
            assert statuses(pair.both("GET", "/api/w/shop", program)) == [401, 401]

        key = pair.ask("POST", "/api/w/shop/write-keys").json()["key"]
        number = pair.ask("GET", "/api/w/shop/write-keys").json()[-1]["number"]
        assert [pair.send(key=key).status_code for _ in range(2)] == [200, 200]
        assert pair.ask("DELETE", f"/api/w/shop/write-keys/{number}").status_code == 204
        assert [pair.send(key=key).status_code for _ in range(2)] == [401, 401]

        share = pair.ask("POST", "/api/w/shop/shares", json={
            "title": "T", "questions": [{"analysis": "trend", "spec": {"period": "day"}, "title": "Visits"}],
        }).json()  # fmt: skip
        with httpx.Client(headers={"connection": "close"}) as anybody:
            assert statuses(pair.both("GET", f"/api/shared/{share['key']}", anybody)) == [200, 200]
            assert pair.ask("DELETE", f"/api/w/shop/shares/{share['id']}").status_code == 204
            assert statuses(pair.both("GET", f"/api/shared/{share['key']}", anybody)) == [404, 404]


def test_a_role_counts_everywhere_from_the_moment_it_is_given(pair: Pair) -> None:
    board = {"title": {"zh": "销售", "en": "Sales"}, "tiles": []}
    made = pair.ask("POST", "/api/w/shop/people", json={"email": "ann@example.com", "role": "editor"}).json()
    with pair.server.browser() as ann:
        first = {"key": made["link"].partition("#key=")[2], "password": "correct horse battery staple"}
        begun = ann.post("/api/session/password", json=first)
        assert begun.status_code == 200, begun.text
        ann.headers.update({"X-CSRF-Token": begun.json()["csrf"], "connection": "close"})
        assert statuses(pair.both("POST", "/api/w/shop/boards", ann, json=board)) == [201, 201]
        lower = pair.ask("PATCH", f"/api/w/shop/people/{made['id']}", json={"role": "viewer"})
        assert lower.status_code == 200
        assert statuses(pair.both("POST", "/api/w/shop/boards", ann, json=board)) == [403, 403]
        assert pair.ask("DELETE", f"/api/w/shop/people/{made['id']}").status_code == 204
        assert statuses(pair.both("GET", "/api/w/shop", ann)) == [404, 404]


def test_what_one_keeps_the_other_shows_at_once(pair: Pair) -> None:
    assert pair.send(track(1, event="Paid", userId="ann")).status_code == 200
    for condition in ("did 'Paid'", "did 'Paid' at least 2 times"):
        saved = pair.ask("PUT", "/api/w/shop/segments/buyers", json={"condition": condition})
        assert saved.is_success, saved.text
        found = pair.both("POST", "/api/w/shop/count", json={"segment": "buyers"})
        expected = 1 if condition == "did 'Paid'" else 0
        assert [answer.json()["customers"] for answer in found] == [expected, expected]
    board = {"title": {"zh": "销售", "en": "Sales"}, "tiles": []}
    id = pair.ask("POST", "/api/w/shop/boards", json=board).json()["id"]
    seen = pair.both("GET", f"/api/w/shop/boards/{id}")
    assert statuses(seen) == [200, 200] and seen[0].json() == seen[1].json()
    contract = {"event": "Paid", "mode": "enforce", "required": ["plan"], "properties": {"plan": {}}}
    saved = pair.ask("PUT", "/api/w/shop/contracts/Paid", json={"contract": contract})
    assert saved.is_success, saved.text
    time.sleep(1.1)  # arrivals follow within a second
    for _ in range(2):
        assert pair.send(track(2, event="Paid")).json()["accepted"] == 0
    assert pair.ask("PUT", "/api/w/shop/contracts/Paid", json={"contract": contract | {"mode": "off"}}).is_success


def test_people_on_a_map_meet_whichever_answers_them(pair: Pair) -> None:
    made = pair.ask("POST", "/api/w/shop/people", json={"email": "mia@example.com", "role": "editor"}).json()
    map_ = pair.ask("POST", "/api/w/shop/maps", json=MAP | {"person": "mia@example.com"}).json()["id"]
    at, typed = f"/api/w/shop/maps/{map_}", {"edit": "change", "part": "cards", "key": "c1"}
    with pair.server.browser() as mia:
        first = {"key": made["link"].partition("#key=")[2], "password": "correct horse battery staple"}
        begun = mia.post("/api/session/password", json=first)
        mia.headers.update({"X-CSRF-Token": begun.json()["csrf"], "connection": "close"})

        for turn in range(2):  # each of the two says so to the one, then to the other
            pair.ask("POST", f"{at}/here", json={"tab": "ours", "place": "cards/c1"})
            told = [one.json() for one in pair.both("POST", f"{at}/here", mia, json={"tab": "hers"})]
            assert [[place for one in each["people"] for place in one["places"]] for each in told] == [["cards/c1"]] * 2
            assert pair.ask("PUT", f"{at}/locks/c1").status_code == 200
            assert statuses(pair.both("PUT", f"{at}/locks/c1", mia)) == [409, 409]
            edits = pair.both("POST", f"{at}/edits", mia, json=typed | {"fields": {"text": "Hers"}})
            assert statuses(edits) == [409, 409]
            assert pair.ask("POST", f"{at}/edits", json=typed | {"fields": {"text": f"Ours {turn}"}}).status_code == 200
            step = told[0]["step"]
            seen = [one.json() for one in pair.both("GET", f"{at}/changes?after={step}", mia)]
            assert [[one["changes"][0]["now"]["en"] for one in each["edits"]] for each in seen] == [
                [f"Ours {turn}"]
            ] * 2  # fmt: skip
            assert pair.ask("DELETE", f"{at}/locks/c1").status_code == 204
            assert statuses(pair.both("PUT", f"{at}/locks/c1", mia)) == [200, 200]
            assert pair.ask("DELETE", f"{at}/locks/c1", mia).status_code == 204
            pair.ask("POST", f"{at}/comments", json={"part": "cards", "key": "c1", "body": "Is it so?"})
            news = [one.json() for one in pair.both("GET", "/api/w/shop/bell/new", mia)]
            assert news == [{"new": turn + 1}] * 2
            pair.ask("GET", "/api/w/shop")  # an odd number of questions: the other one comes first next time


def test_a_file_that_one_took_the_other_imports(pair: Pair) -> None:
    body = b"event,user_id,time\nCame,zoe,2026-03-01\n"
    made = pair.ask("POST", "/api/w/shop/uploads", files={"file": ("a.csv", body)}).json()
    assert statuses(pair.both("GET", f"/api/w/shop/uploads/{made['id']}")) == [200, 200]
    begun = pair.ask("POST", f"/api/w/shop/uploads/{made['id']}/import", json={"mapping": {}})
    assert begun.status_code in (200, 202), begun.text

    def done() -> bool:
        states = [answer.json()["state"] for answer in pair.both("GET", f"/api/w/shop/uploads/{made['id']}")]
        assert set(states) <= {"importing", "done"}, states
        return states == ["done", "done"]

    eventually(done)
    assert [answer.json()["customers"] for answer in pair.both("POST", "/api/w/shop/count", json={
        "where": "event = 'Came'"})] == [1, 1]  # fmt: skip


def test_what_either_takes_both_count_at_once_and_tell_on_the_stream(pair: Pair) -> None:
    before = pair.ask("GET", "/api/w/shop").json()["events"]
    with (
        pair.server.browser(pair.owner) as here, here.stream("GET", "/api/w/shop/live") as first,
        pair.server.browser(pair.owner) as there, there.stream("GET", "/api/w/shop/live") as second,
    ):  # fmt: skip
        streams = [Stream(first), Stream(second)]
        began = [stream.until("arrivals")["last_minute"] for stream in streams]
        for n in range(6):
            assert pair.send(track(1000 + n, event="Told")).status_code == 200
            seen = [answer.json() for answer in pair.both("GET", "/api/w/shop")]
            assert [one["events"] for one in seen] == [before + n + 1] * 2
            assert seen[0]["token"] == seen[1]["token"], "an answer of the one is one of the other's"
        for stream, most in zip(streams, began, strict=True):
            told = stream.until("arrivals", lambda data: any(one["event"] == "Told" and one["last_minute"] == 6
                                                             for one in data["by"]))  # fmt: skip
            assert told["last_minute"] <= most + 6
    period = "since=2026-01-01&until=2026-03-01"
    overviews = [answer.json() for answer in pair.both("GET", f"/api/w/shop/overview?{period}")]
    assert overviews[0]["token"] == overviews[1]["token"]
    assert overviews[0]["headline"] == overviews[1]["headline"]


def test_a_key_may_send_as_much_as_it_may_to_both_together(pair: Pair) -> None:
    key = new_key(pair.home / "slow")
    first = pair.send(*[track(n) for n in range(10)], key=key)
    second = pair.send(*[track(n) for n in range(10, 20)], key=key)
    assert (first.status_code, second.status_code) == (200, 429)


def test_they_work_in_turn_and_who_dies_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("LVTU_LOG", "json")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")  # as `limited` says
    lvtu.open(tmp_path / "shop").close()
    server = Server(tmp_path, "--workers", "2")
    log = Log(server)
    request.addfinalizer(server.end)

    def healthy() -> float:
        text = asked(server, "/metrics").text
        line = re.search(r'lvtu_requests_total\{.*route="/healthz".*\} (.*)', text)
        return float(line[1]) if line else 0.0

    for _ in range(6):
        assert asked(server, "/healthz").status_code == 200
    assert [healthy(), healthy()] == [6, 6]
    first, second = server.workers()
    os.kill(first, signal.SIGKILL)
    eventually(lambda: len(server.workers()) == 2 and first not in server.workers())
    assert second in server.workers()
    key = new_key(tmp_path / "shop")
    for _ in range(2):
        with Client(server.address, key) as client:
            assert client.send("track", track(1)).status_code == 200
    assert healthy() == 6, "what the dead one had counted counts"
    eventually(lambda: asked(server, "/api/session").is_success and 1 in log.took("/api/session"))
    limits(server, (tmp_path / "shop" / "inbox" / "main.sqlite-wal").stat().st_size)
    large = {"batch": [track(n, text="x" * 5000) for n in range(10, 60)]}
    for _ in range(4):
        with Client(server.address, key) as client:
            answer = client.send("batch", large)
            assert (answer.status_code, answer.json()["code"]) == (503, "disk")
    limits(server, None)
    for n in range(2, 6):
        with Client(server.address, key) as client:
            assert client.send("track", track(n)).status_code == 200
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(60) == -signal.SIGTERM
    log.join()
    assert log.took("/healthz")[:6] == [1, 2] * 3
    assert [one["message"] for one in log.lines if one["message"].startswith("worker ")] == [
        "worker 1 ended (-9), another takes its place"]  # fmt: skip
    assert {one["worker"] for one in log.lines if one.get("route") == "/v1/{kind}" and one["status"] == 503} == {1, 2}
    assert ids(stored(tmp_path / "shop")) == [f"m{n}" for n in range(1, 6)]


def asked(server: Server, path: str) -> httpx.Response:
    with server.browser() as asks:
        return asks.get(path)


def limits(server: Server, most: int | None) -> None:
    for pid in server.workers():
        limited(pid, most)


def test_who_hangs_is_replaced_and_nothing_that_was_acknowledged_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("LVTU_LOG", "json")
    lvtu.open(tmp_path / "shop").close()
    key = new_key(tmp_path / "shop")
    server = Server(tmp_path, "--workers", "2", first="import lvtu.service.server as s; s.SILENCE = 4; ")
    request.addfinalizer(server.end)
    numbers, taken = iter(range(100_000)), list[int]()

    def send() -> bool:
        """Send one on a connection of its own; whether it was acknowledged."""
        number = next(numbers)
        with server.browser() as asks, suppress(httpx.HTTPError):
            if asks.post("/v1/track", json=track(number), headers=basic(key), timeout=1).status_code == 200:
                taken.append(number)
        return number in taken

    eventually(lambda: all(send() for _ in range(4)))
    first, second = server.workers()
    os.kill(first, signal.SIGSTOP)
    eventually(lambda: send() and first not in server.workers() and len(server.workers()) == 2)
    assert second in server.workers()
    eventually(lambda: all(send() for _ in range(4)))
    log = [json.loads(line)["message"] for line in server.end().splitlines()]
    assert [line for line in log if line.startswith("worker ")] == [
        "worker 1 has not been heard of for 4 s, and is ended",
        "worker 1 ended (-9), another takes its place",
    ]
    kept = ids(stored(tmp_path / "shop"))
    assert len(kept) == len(set(kept))
    assert {f"m{number}" for number in taken} <= set(kept)


class Told:
    """A process that says whether it was ended."""

    killed = False

    def kill(self) -> None:
        self.killed = True


def test_beats_are_missed_by_looks_and_not_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker is given up after so many looks at which it had said nothing; a laptop that slept gives up nobody."""
    clock = [1000.0]
    monkeypatch.setattr(workers.time, "monotonic", lambda: clock[0])
    home: Any = None
    ours = workers.Workers(home, True, socket.socket(), 1, lambda: False, silence=3)
    here, there = socket.socketpair()
    with here, there, ours._listening, selectors.DefaultSelector() as ours._ready:
        process: Any = Told()
        one = ours._workers[1] = workers._Worker(1, process, here)
        ours._ready.register(here, selectors.EVENT_READ, lambda: ours._hear(one))
        ours._told = True

        def turns(count: int, seconds: float) -> bool:
            for _ in range(count):
                clock[0] += seconds
                ours._turn()
            return bool(process.killed)

        assert not turns(9, 5.0), "it begins"
        there.send(worker.READY)
        assert not turns(3, 0.3)
        assert not turns(1, 3600.0), "everything was stopped for an hour"
        there.send(worker.BEAT)
        assert not turns(2, 1.0)
        assert turns(1, 1.0)


def test_when_whoever_looks_after_them_is_killed_they_end(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    server = Server(tmp_path, "--workers", "2")
    pids = server.workers()
    assert len(pids) == 2
    server.process.send_signal(signal.SIGSTOP)
    time.sleep(1.5)  # what they say meanwhile is never heard, and the socket ends with an error
    server.process.kill()
    server.process.wait()
    eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))
    server.end()


def test_what_cannot_be_served_is_told_once(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    (tmp_path / "shop" / "catalog.sqlite").write_bytes(b"no database" * 1000)
    said = ran("serve", tmp_path, "--port", 0, "--no-browser", "--workers", 2)
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.count("file is not a database") == 1
