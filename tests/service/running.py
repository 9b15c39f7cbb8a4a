"""A real server in a process of its own, and a client that says things as they come."""

from __future__ import annotations

import base64
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from click.testing import CliRunner

import lvtu
from lvtu.cli import main
from lvtu.core.contracts import Check, Contract
from lvtu.service.arrivals.clocks import Clocks
from lvtu.service.arrivals.envelope import envelope_of
from lvtu.service.arrivals.messages import Delivery, opened
from service.nursery import Copy

COMMAND = [sys.executable, "-c", "from lvtu.cli import main; main()"]


def said(*arguments: object) -> str:
    """What the command prints, run in this process: a server is in another one all the same."""
    done = CliRunner().invoke(main, [str(one) for one in arguments], prog_name="lvtu")
    assert done.exit_code == 0, done.output
    return done.stdout


def fresh(arguments: list[str]) -> subprocess.Popen[str]:
    """The command in a process that loads everything itself, the leader of a group of its own."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ran(*arguments: object) -> subprocess.CompletedProcess[str]:
    """What the command said in a process of its own, a copy of one that has loaded everything."""
    process = Copy([str(one) for one in arguments])
    said, trouble = process.communicate(timeout=120)
    return subprocess.CompletedProcess(arguments, process.wait(), said, trouble)


def limited(pid: int, most: int | None) -> None:
    """Let a process write no file beyond so many bytes, which stands for a full disk; None takes that back.

    Such a process has to be kept from writing bytecode (``PYTHONDONTWRITEBYTECODE``): Python does not notice that a
    file was cut short, and puts it where every later process of this environment ends at it.
    """
    hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard if most is None else most, hard))


class Server:
    """``lvtu serve`` on a free port.

    Args:
        home: the folder it serves.
        options: of the command.
        first: Python that its process runs before.
        alone: whether its process loads everything itself.

    Attributes:
        address: without a slash at its end.
    """

    def __init__(self, home: Path, *options: str, first: str = "", alone: bool = False) -> None:
        workers = () if "--workers" in options else ("--workers", "1")
        arguments = ["serve", str(home), "--port", "0", "--no-browser", *workers, *options]
        several = arguments[arguments.index("--workers") + 1] != "1"
        self.process = fresh(arguments) if alone else Copy(arguments, first, several=several)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if "http://" not in line:
            raise AssertionError(line + self.process.communicate()[1])
        self.address = "http://" + line.partition("http://")[2].partition("/ ")[0]
        self._home = home

    def workers(self) -> list[int]:
        """The processes of its workers, in the order in which they began; none where it answers itself."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it has just ended
                state, parent, *fields = stat.read_text().rpartition(")")[2].split()
                if int(parent) == self.process.pid and state != "Z":
                    found.append((int(fields[17]), int(stat.parent.name)))
        return [pid for _, pid in sorted(found)]

    def browser(self, seen: httpx.Client | None = None) -> httpx.Client:
        """A new connection: with several workers, to the next one. It knows what another one was told."""
        asks = httpx.Client(base_url=self.address, timeout=60, trust_env=False)
        if seen is not None:
            asks.headers, asks.cookies = seen.headers, seen.cookies
        return asks

    def link(self) -> str:
        """The one-time link that it printed; it does so where nobody has a password."""
        assert self.process.stdout is not None
        self.process.stdout.readline()
        return self.process.stdout.readline().strip()

    @contextmanager
    def signed_in(self) -> Iterator[httpx.Client]:
        """A browser, so to say, of whoever sits at the machine."""
        made = said("signin", self._home)
        with httpx.Client(base_url=self.address, timeout=60, trust_env=False) as browser:
            assert browser.get("/open?" + made.strip().partition("?")[2]).status_code == 303
            browser.headers["X-CSRF-Token"] = browser.get("/api/session").json()["csrf"]
            yield browser

    def kill(self) -> None:
        """Kill it with all its workers, at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate(timeout=60)

    def end(self, how: int = signal.SIGTERM) -> str:
        """Let it end; what it wrote on stderr."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.communicate(timeout=60)[1]


@contextmanager
def running(home: Path, *options: str, first: str = "") -> Iterator[Server]:
    server = Server(home, *options, first=first)
    try:
        yield server
    finally:
        trouble = server.end()
    assert not trouble, trouble


def new_key(folder: Path) -> str:
    """A key as ``lvtu key new`` prints it."""
    printed = said("key", "new", folder)
    assert printed.endswith("\n")
    assert len(printed.split()) == 1
    return printed.strip()


def basic(key: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}


class Client:
    """Sends to one server with one key."""

    def __init__(self, address: str, key: str) -> None:
        self.http = httpx.Client(base_url=address, timeout=60, trust_env=False)
        self.headers = basic(key)

    def send(self, kind: str, body: Any, **headers: str) -> httpx.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.http.post(f"/v1/{kind}", content=content, headers=self.headers | headers)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()


def delivery(kind: str, body: bytes, received: datetime, clocks: Clocks, *contracts: dict[str, Any]) -> Delivery:
    """The messages of a request, read without a server."""
    checks = {one["event"]: Check(Contract.load(one)) for one in contracts}
    return opened(envelope_of(kind, body, received), clocks, checks)


def track(number: int, **more: Any) -> dict[str, Any]:
    """A message that its number tells from all others."""
    message = {"type": "track", "messageId": f"m{number}", "userId": f"c{number % 7}", "event": "Seen",
               "timestamp": f"2026-01-{1 + number % 28:02d}T00:00:{number % 60:02d}Z"}  # fmt: skip
    return message | more


def counted(folder: Path) -> int:
    """How many events the command line counts."""
    printed = said("sql", folder, "select count(*) as n from events", "--json")
    return int(json.loads(printed)["table"][0]["n"])


def stored(folder: Path, columns: str = "*") -> list[dict[str, Any]]:
    """The events of a workspace, by message id."""
    with lvtu.Workspace(folder) as ws:
        rows: list[dict[str, Any]] = ws.sql(f"select {columns} from events order by message_id").to_pylist(
            maps_as_pydicts="strict"
        )
    return rows


def waiting(folder: Path) -> list[dict[str, Any]]:
    """The rows in the quarantine of a workspace."""
    with lvtu.Workspace(folder) as ws:
        rows: list[dict[str, Any]] = ws.quarantine().to_pylist(maps_as_pydicts="strict")
    return rows


def ids(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [row["message_id"] for row in rows]
