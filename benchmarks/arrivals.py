"""How fast events arrive over HTTP, durably, and how soon they are counted.

The same requests, the same server of HTTP and the same disk also serve a bare writer, which puts each body into SQLite
as it came, in groups, and does nothing else: what is left between the two is reading the messages.
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks import cases
from benchmarks.product import Fact

BATCH = 100
CONNECTIONS = 16
SECONDS = 5.0
RATE = 1_000
"""Events a second, while a reader asks."""

_NUMBER = b"@@@@@@@@@@"
_EVENTS = ("Product Viewed", "Cart Viewed", "Checkout Started", "Order Completed")


def arrivals(size: str, rounds: int) -> Iterator[Fact]:
    """Acknowledged events a second by one worker, two, and a bare writer, turn by turn; how soon they are counted."""
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        two, key = running.enter_context(served(folder, workers=2))
        one, other = running.enter_context(served(folder / "alone", workers=1))
        ways = [(two, key), (one, other), (running.enter_context(bare(folder)), key)]
        for way in ways:
            load(*way, 1.0)
        turns = [[load(*way, SECONDS) for way in ways] for _ in range(min(rounds, 5))]
    rates = [[rate for rate, _ in turn] for turn in turns]
    both, alone, theirs = (median(column) for column in zip(*rates, strict=True))
    waits = sorted(wait for turn in turns for wait in turn[0][1])
    what = f"acknowledged events, batches of {BATCH}, {CONNECTIONS} connections"
    yield Fact(f"{what}, 2 workers", both, "events/s", 60_000, least=True)
    yield Fact(f"{what}, 1 worker", alone, "events/s")
    yield Fact("a bare writer behind the same server of HTTP", theirs, "events/s")
    ratio = median(ours / bare for ours, _, bare in rates)
    yield Fact("acknowledged events, 2 workers, over a bare writer's", ratio, "×", 0.6, least=True)
    yield Fact("a batch is acknowledged, 2 workers, p95", waits[int(len(waits) * 0.95)] * 1000, "ms")
    yield from counted(cases.copy(size, "arrivals"))


def counted(place: Path) -> Iterator[Fact]:
    """How long after its acknowledgement an event is in the next answer, while events come and a reader asks.

    Args:
        place: a workspace that may be changed.
    """
    with served(place, workers=2) as (address, key), cases.library().Workspace(str(place)) as ws:
        ws.funnel([_EVENTS[0]])
        acknowledged: list[tuple[float, int]] = []
        sender = threading.Thread(target=_send_steadily, args=(address, key, acknowledged))
        sender.start()
        delays, asked, done = [], [], 0
        while done < len(acknowledged) or sender.is_alive():
            if not acknowledged:
                time.sleep(0.001)
                continue
            began = time.perf_counter()
            customers = ws.funnel(["Arrived"]).table["customers"][0].as_py()
            now = time.perf_counter()
            asked.append(now - began)
            while done < len(acknowledged) and acknowledged[done][1] <= customers:
                delays.append(now - acknowledged[done][0])
                done += 1
    delays.sort()
    for name, share, reach in (("p50", 0.5, None), ("p95", 0.95, 1000)):
        what = f"acknowledged → counted, {RATE:,} events/s, {name}"
        yield Fact(what, delays[int(len(delays) * share)] * 1000, "ms", reach)
    yield Fact("a question meanwhile, median", median(asked) * 1000, "ms")


def _send_steadily(address: str, key: str, acknowledged: list[tuple[float, int]]) -> None:
    """Ten events at a time, each of a customer of its own; when each ten were acknowledged, and how many there are."""
    import httpx

    step, run = 10, f"{random.getrandbits(40):x}"
    with httpx.Client(auth=(key, ""), trust_env=False, timeout=60) as client:
        began = time.perf_counter()
        for turn in range(int(3 * SECONDS * RATE / step)):
            time.sleep(max(0.0, began + turn * step / RATE - time.perf_counter()))
            batch = [_message(turn * step + n) | {"event": "Arrived"} for n in range(step)]
            for n, message in enumerate(batch):
                message |= {"userId": f"{run}-{turn}-{n}", "messageId": f"{run}-{turn}-{n}"}
                del message["anonymousId"]
            client.post(f"{address}/v1/batch", json={"batch": batch}).raise_for_status()
            acknowledged.append((time.perf_counter(), (turn + 1) * step))


def _message(number: int) -> dict:
    """A message as a page of a shop sends it, 460 bytes."""
    return {
        "type": "track",
        "messageId": f"ajs-next-{_NUMBER.decode()}-{number:04d}",
        "userId": f"customer-{number * 7919 % 20_000}",
        "anonymousId": f"{number * 7919 % 20_000:08d}-4b1c-4e2e-9f5a-0a1b2c3d4e5f",
        "event": _EVENTS[number % 4],
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "properties": {"product_id": f"sku-{number % 997}", "price": 19.99, "quantity": number % 5,
                       "category": "Coffee", "url": f"https://shop.example/p/{number % 997}"},
        "context": {"library": {"name": "analytics.js", "version": "1.2.3"}, "locale": "zh-CN",
                    "page": {"path": f"/p/{number % 997}", "title": "咖啡"}},
        "integrations": {},
    }  # fmt: skip


def load(address: str, key: str, seconds: float) -> tuple[float, list[float]]:
    """Acknowledged events a second, and how long each batch waited for it."""
    return asyncio.run(_load(address, key, seconds))


async def _load(address: str, key: str, seconds: float) -> tuple[float, list[float]]:
    user = base64.b64encode(f"{key}:".encode()).decode()
    requests = []
    for turn in range(20):
        batch = [_message(turn * BATCH + n) for n in range(BATCH)]
        body = json.dumps({"batch": batch, "sentAt": datetime.now(UTC).isoformat()}, ensure_ascii=False).encode()
        head = (
            f"POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {user}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        requests.append(head.encode() + body)
    waits: list[float] = []
    first = random.randrange(10**9)
    until = time.perf_counter() + seconds

    async def send() -> None:
        host, port = address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        while (began := time.perf_counter()) < until:
            turn = first + len(waits) * CONNECTIONS + random.randrange(CONNECTIONS)
            writer.write(requests[turn % 20].replace(_NUMBER, b"%010d" % (turn % 10**10)))
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0]))
            assert b" 200 " in head[:16], head
            waits.append(time.perf_counter() - began)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(send() for _ in range(CONNECTIONS)))
    return len(waits) * BATCH / (time.perf_counter() - began), waits


@contextmanager
def served(place: Path, workers: int) -> Iterator[tuple[str, str]]:
    """A server over a workspace, made if there is none: its address, and a key."""
    if not (place / "lvtu.json").exists():
        place = place / "shop"
    cases.library().open(str(place)).close()
    lvtu = str(Path(sys.executable).parent / "lvtu")
    key = subprocess.run([lvtu, "key", "new", str(place)], capture_output=True, text=True, check=True).stdout.strip()
    with _process([lvtu, "serve", str(place), "--port", "0", "--no-browser", "--workers", str(workers)]) as address:
        yield address, key


@contextmanager
def bare(folder: Path) -> Iterator[str]:
    """A bare writer: its address."""
    with _process([sys.executable, "-m", "benchmarks.arrivals", str(folder / "bare.sqlite")]) as address:
        yield address


@contextmanager
def _process(words: list[str]) -> Iterator[str]:
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        while line and "http://" not in line:
            line = process.stdout.readline()
        yield "http://" + line.partition("http://")[2].split("/")[0].strip()
    finally:
        process.terminate()
        process.communicate(timeout=120)


class Writer:
    """Puts what waits into SQLite, in one transaction, and tells those who wait.

    Args:
        path: the file.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._changed = threading.Condition()
        self._waiting: list[tuple[bytes, asyncio.AbstractEventLoop, asyncio.Future]] = []
        threading.Thread(target=self._write, daemon=True).start()

    async def __call__(self, scope: dict, receive, send) -> None:
        """Answer a request when its body is on disk."""
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message.get("more_body", False)
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        with self._changed:
            self._waiting.append((body, loop, done))
            self._changed.notify()
        await done
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"{}"})

    def _write(self) -> None:
        database = sqlite3.connect(self._path, isolation_level=None)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE bodies (body BLOB)"):
            database.execute(statement)
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting)
                group, self._waiting = self._waiting, []
            database.execute("BEGIN")
            database.executemany("INSERT INTO bodies VALUES (?)", [(body,) for body, _, _ in group])
            database.execute("COMMIT")
            for _, loop, done in group:
                loop.call_soon_threadsafe(done.set_result, None)


def main() -> None:
    """Serves a bare writer until it is ended."""
    import socket

    import uvicorn

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}/", flush=True)
    config = uvicorn.Config(Writer(sys.argv[1]), log_level="error", access_log=False, lifespan="off")
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
