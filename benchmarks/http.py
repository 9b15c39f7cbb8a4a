"""Every question that the app asks, over HTTP of a real server: from the request to the last byte of the answer.

None is asked twice, since the server keeps its answers: each has a time of its own from which on events count.
``wrk``, if it is installed, asks for what the overview shows with 50 connections.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
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
    "metric": {"name": "paid", "by": "channel"},
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
def serving(home: Path) -> Iterator[httpx.Client]:
    """A server over a home, and a client that is signed in."""
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
            yield client
    finally:
        process.terminate()
        process.wait()


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


def over_http(home: Path, name: str, rounds: int) -> Iterator[tuple[str, float, float]]:
    """Every question with its median and p95, in seconds.

    Args:
        home: a folder with the workspace.
        name: of the workspace.
        rounds: how often each is asked.
    """
    base = f"/api/w/{name}"
    with cases.library().open(str(home / name)) as ws:
        ws.save_model(MODEL)
        ws.save_metric(METRIC)
        customer = ws.funnel([ORDER]).customers(1, limit=1)[0]
    with serving(home) as client:
        for question, spec in QUESTIONS.items():
            given = {"customer": customer} if question == "timeline" else spec
            times = asked(client, question, given, rounds, base)
            yield question, median(times), p95(times)
        for path in ("/events?search=order", "/fields", "/fields/city/values?search=hang"):
            times = []
            for _ in range(rounds + 1):
                began = time.perf_counter()
                client.get(base + path).raise_for_status()
                times.append(time.perf_counter() - began)
            yield f"GET {path}", median(times[1:]), p95(times[1:])
        times = []
        for number in range(rounds + 2):
            began = time.perf_counter()
            client.post(f"{base}/count", json={"where": f"channel = 'web' and value > {number}"}).raise_for_status()
            times.append(time.perf_counter() - began)
        yield "POST /count", median(times[2:]), p95(times[2:])
        if loaded := under_wrk(client, f"{base}/overview"):
            yield loaded


def under_wrk(client: httpx.Client, path: str) -> tuple[str, float, float] | None:
    """Median and p99 of 50 connections that ask for one address over and over; None without ``wrk`` or the address."""
    wrk = shutil.which("wrk")
    if wrk is None or client.get(path).status_code != 200:
        return None
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    url = f"{str(client.base_url).rstrip('/')}{path}"
    command = [wrk, "-t1", "-c50", "-d10s", "--latency", "-H", f"Cookie: {cookies}", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if trouble := re.search(r"Non-2xx.*|Socket errors.*", said):
        raise RuntimeError(trouble[0])
    found = {share: _seconds(*re.search(rf"{share}%\s+([\d.]+)(us|ms|s)", said).groups()) for share in (50, 99)}
    return f"wrk on {path}, 50 connections (median, p99)", found[50], found[99]


def _seconds(number: str, unit: str) -> float:
    return float(number) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[unit]
