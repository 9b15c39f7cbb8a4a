"""Every question that the app asks, over HTTP of a real server: from the request to the last byte of the answer.

None is asked twice, since the server keeps its answers: each has a time of its own from which on events count.
``wrk``, if it is installed, asks for what the overview shows with 50 connections. The overview is asked again while
events arrive, and the first calls of each page in a process of their own: right after the start, and once it rests.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx

from benchmarks import cases
from benchmarks.generate import EVENTS, START

REACH = 150
"""Milliseconds that 95 of 100 answers may take."""

ASKED = 20
"""How often each question is asked at least: of three answers the 95th of a hundred is only the slowest."""

FIRST = ("", "/overview", "/fields", "/fields/city/values", "/sources", "/catalogue", "/customers?search=a8")
"""What the pages of the app ask for first."""

RATE, SECONDS = 1_000, 20.0
"""Events a second that arrive, and for how long, while the overview is asked."""

MODEL = {
    "key": "shop", "title": "Shop",
    "touchpoints": [{"id": "page", "name": "Product page", "events": "Product Viewed"}],
    "stages": [
        {"key": "look", "name": "Look", "entry": {"touchpoints": "page"}},
        {"key": "cart", "name": "Cart", "entry": "Product Added"},
        {"key": "buy", "name": "Buy", "entry": "Order Completed"},
    ],
}  # fmt: skip
CHANGED = {**MODEL, "stages": MODEL["stages"][:2]}
METRIC = {"key": "paid", "title": "Paid", "of": {"events": "Order Completed"}, "per": {"events": "Product Viewed"}}

ORDER = "Order Completed"
QUESTIONS: dict[str, dict[str, Any]] = {
    "funnel": {"steps": [*EVENTS[1:4], ORDER], "within": "7d"},
    "graph": {"within": "1d"},
    "retention": {"start": EVENTS[1], "back": ORDER, "period": "week", "periods": 8},
    "trend": {"event": ORDER, "period": "day"},
    "timeline": {},
    "stages": {},
    "model_change": {"change": CHANGED},
    "rollup": {},
    "behaviours": {},
    "first_touch": {"by": "channel"},
    "conformance": {"order": [*EVENTS[1:4], ORDER]},
    "handoffs": {"pairs": [{"source": "Complaint Filed", "target": "Complaint Answered", "within": "2d"}]},
    "sessions": {"by": "channel"},
    "timing": {"start": EVENTS[1], "end": ORDER},
    "lifecycle": {"period": "month"},
    "stickiness": {"event": EVENTS[1]},
    "attribution": {"goal": ORDER, "model": ["first", "last", "linear"], "lookback": "30d"},
    "channels": {"goal": ORDER},
    "drivers": {"outcome": f"did '{ORDER}' at least 2 times", "by": "channel"},
    "themes": {"codes": "plan", "by": "channel"},
    "metric": {"name": "paid", "by": "channel"},
    "scores": {"by": "channel"},
    "segment": {"condition": f"did '{ORDER}' at least 2 times in 30 days"},
    "overlap": {"segments": [f"did '{name}'" for name in (ORDER, "Email Opened", "Store Visited")]},
    "rfm": {"event": ORDER},
    "drift": {"segment": f"did '{ORDER}' in the last 30 days", "period": "month"},
    "flow": {"start": EVENTS[1], "steps": 4},
    "step_matrix": {"start": ORDER},
    "variants": {"start": EVENTS[1], "most": 6},
    "clusters": {"clusters": 4},
}


@contextmanager
def serving(home: Path, *, rested: bool = True) -> Iterator[httpx.Client]:
    """A server over a home, and a client that is signed in.

    Args:
        home: a folder with workspaces.
        rested: wait until the server has done what it does beside the requests after its start.
    """
    lvtu = str(Path(sys.executable).parent / "lvtu")
    command = [lvtu, "serve", str(home), "--port", "0", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = re.search(r"http://[\w.:]+", process.stdout.readline())
        assert address is not None
        made = subprocess.run([lvtu, "signin", str(home)], capture_output=True, text=True, check=True).stdout
        with httpx.Client(base_url=address[0], timeout=120, trust_env=False) as client:
            client.get("/open?" + made.strip().partition("?")[2])
            client.headers["X-CSRF-Token"] = client.get("/api/session").json()["csrf"]
            if rested:
                _rest(process.pid)
            yield client
    finally:
        process.terminate()
        process.wait()


def _rest(pid: int) -> None:
    """Wait until a server's processes take no more than a tenth of a core for two seconds; three minutes at most.

    Half a minute at least: the second worker begins so much later to prepare what pages need.
    """
    used = -1.0
    for turn in range(90):
        time.sleep(2)
        before, used = used, _cpu(pid)
        if turn >= 15 and used - before < 0.2:
            return


def _cpu(pid: int) -> float:
    """Seconds of processor that a process and its children have taken."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK") + sum(_cpu(int(child)) for child in children)


def asked(client: httpx.Client, name: str, spec: dict[str, Any], rounds: int, base: str) -> list[float]:
    """Seconds that each round took; the first two, which read columns for the first time, do not count."""
    times = []
    begin = datetime.fromtimestamp(START / 1e6, UTC)
    for number in range(rounds + 2):
        own = {**spec, "since": (begin + timedelta(seconds=number + 1)).isoformat()}
        began = time.perf_counter()
        answer = client.post(f"{base}/analyses/{name}", json=own)
        times.append(time.perf_counter() - began)
        if answer.status_code != 200:
            raise RuntimeError(answer.text)
    return times[2:]


def p95(times: list[float]) -> float:
    """The time that 95 of 100 do not exceed."""
    return quantiles(times, n=20, method="inclusive")[-1]


def over_http(home: Path, name: str, rounds: int) -> Iterator[tuple[str, float, float, int]]:
    """Every question with its median, its p95 and what it may take, in seconds and in milliseconds.

    Args:
        home: a folder with the workspace.
        name: of the workspace.
        rounds: how often each is asked, `ASKED` times at least.
    """
    base, rounds = f"/api/w/{name}", max(rounds, ASKED)
    with cases.library().open(str(home / name)) as ws:
        ws.save_model(MODEL)
        ws.save_metric(METRIC)
        customer = ws.funnel([ORDER]).customers(1, limit=1)[0]
    with serving(home) as client:
        for question, spec in QUESTIONS.items():
            given = {"customer": customer} if question == "timeline" else spec
            times = asked(client, question, given, rounds, base)
            yield question, median(times), p95(times), REACH
        for path in ("/events?search=order", "/fields", "/fields/city/values?search=hang"):
            times = [_took(client, base + path) for _ in range(rounds + 1)][1:]
            yield f"GET {path}", median(times), p95(times), REACH
        times = []
        for number in range(rounds + 2):
            began = time.perf_counter()
            client.post(f"{base}/count", json={"where": f"channel = 'web' and value > {number}"}).raise_for_status()
            times.append(time.perf_counter() - began)
        yield "POST /count", median(times[2:]), p95(times[2:]), REACH
        yield from under_wrk(client, f"{base}/overview", "")
        with arriving(client, home / name, client.get(base).json()["last"]) as sending:
            times = []
            while sending.is_alive():
                times.append(_took(client, f"{base}/overview"))
            yield f"GET /overview while {RATE:,} events/s arrive", median(times), p95(times), 300
        with arriving(client, home / name, client.get(base).json()["last"]):
            yield from under_wrk(client, f"{base}/overview", f" while {RATE:,} events/s arrive")
    for rested in (False, True):
        with serving(home, rested=rested) as client:
            for path in FIRST:
                took = _took(client, base + path)
                yield f"first GET {path or '/'}, {'rested' if rested else 'right after the start'}", took, took, 1000


def _took(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path).raise_for_status()
    return time.perf_counter() - began


@contextmanager
def arriving(client: httpx.Client, place: Path, last: str) -> Iterator[threading.Thread]:
    """While a thread sends events, ten at a time: they happen right after the last of those that are there.

    Args:
        client: of the server.
        place: the workspace.
        last: when its last event happened.
    """
    lvtu = str(Path(sys.executable).parent / "lvtu")
    key = subprocess.run([lvtu, "key", "new", str(place)], capture_output=True, text=True, check=True).stdout.strip()
    began, run, step = time.perf_counter(), f"{time.time_ns():x}", 10
    first = datetime.fromisoformat(last)

    def send() -> None:
        with httpx.Client(base_url=client.base_url, auth=(key, ""), trust_env=False, timeout=60) as sender:
            for turn in range(int(RATE * SECONDS / step)):
                time.sleep(max(0.0, began + turn * step / RATE - time.perf_counter()))
                batch = [
                    {
                        "type": "track", "event": EVENTS[number % 4], "messageId": f"{run}-{number}",
                        "userId": f"{run}-{number % 5000}", "properties": {"city": "Hangzhou"},
                        "timestamp": (first + timedelta(milliseconds=number)).isoformat(),
                    }
                    for number in range(turn * step, (turn + 1) * step)
                ]  # fmt: skip
                sender.post("/v1/batch", json={"batch": batch}).raise_for_status()

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield thread
    finally:
        thread.join()


def under_wrk(client: httpx.Client, path: str, when: str) -> Iterator[tuple[str, float, float, int]]:
    """Median and p99 of 50 connections that ask for one address over and over; nothing without ``wrk``."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return
    client.get(path).raise_for_status()
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    url = f"{str(client.base_url).rstrip('/')}{path}"
    command = [wrk, "-t1", "-c50", "-d10s", "--timeout", "30s", "--latency", "-H", f"Cookie: {cookies}", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if trouble := re.search(r"Non-2xx.*|Socket errors.*", said):
        raise RuntimeError(trouble[0])
    found = {share: _seconds(*re.search(rf"{share}%\s+([\d.]+)(us|ms|s)", said).groups()) for share in (50, 99)}
    yield f"wrk on {path}{when}, 50 connections (median, p99)", found[50], found[99], 1000


def _seconds(number: str, unit: str) -> float:
    return float(number) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[unit]
