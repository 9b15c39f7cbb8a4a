"""Processes of the command that need not load it: one process has, and each of them begins as a copy of that one.

Loading the service takes 2 s of processor, beginning to serve 0.3; a run begins some hundred servers and commands. How
a command begins by itself is asked in test_serve.py and where else `COMMAND` is run. What copies cost is not seen in
the costs of a file (tests/costs.py).
"""

from __future__ import annotations

import atexit
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from functools import cache
from multiprocessing.connection import wait
from pathlib import Path
from typing import IO, Any

_ENDED = 8
"""Bytes in which a process id or an exit code is told."""


class Copy:
    """A process of the command, as `subprocess.Popen` would give it.

    Args:
        arguments: of the command.
        first: Python that it runs before.
        several: whether it is a server of several workers: those count together only where that is said before
            anything is loaded.

    Attributes:
        pid: of the process; it leads a group of its own.
        returncode: what it ended with, minus the signal's number where one ended it; None while it goes on.
    """

    def __init__(self, arguments: list[str], first: str = "", *, several: bool = False) -> None:
        (out, its_out), (err, its_err) = os.pipe(), os.pipe()
        self._told, its_end = socket.socketpair()
        asked = {"arguments": arguments, "first": first, "environ": dict(os.environ), "folder": str(Path.cwd())}
        handles = [its_out, its_err, its_end.fileno()]
        text = json.dumps(asked).encode()
        with its_end:
            nursery = _nursery(several)
            socket.send_fds(nursery, [len(text).to_bytes(_ENDED, "little")], handles)
            nursery.sendall(text)
        os.close(its_out)
        os.close(its_err)
        self.stdout, self.stderr = (os.fdopen(end, encoding="utf-8") for end in (out, err))
        self.pid = self._hear(None)
        self.returncode: int | None = None
        self._read: dict[IO[str], str] = {}

    def _hear(self, timeout: float | None) -> int:
        self._told.settimeout(timeout)
        said = self._told.recv(_ENDED)
        assert said, "the nursery is gone"
        return int.from_bytes(said, "little", signed=True)

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, once it has ended; raises TimeoutError."""
        if self.returncode is None:
            self.returncode = self._hear(timeout)
            self._told.close()
        return self.returncode

    def poll(self) -> int | None:
        """Its exit code, if it has ended."""
        with suppress(BlockingIOError):
            self.wait(0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What is left to read of what it printed, and on stderr; it has ended then. Raises TimeoutError.

        Asked once more, it says the same.
        """

        def read(stream: IO[str]) -> None:
            if not stream.closed:
                with stream:
                    self._read[stream] = stream.read()

        readers = [threading.Thread(target=read, args=(one,), daemon=True) for one in (self.stdout, self.stderr)]
        for one in readers:
            one.start()
        for one in readers:
            one.join(timeout)
            if one.is_alive():
                raise TimeoutError
        self.wait(timeout)
        return self._read[self.stdout], self._read[self.stderr]


@cache
def _nursery(several: bool) -> socket.socket:
    """The way to the one process of this one, or to the one whose copies are servers of several workers."""
    ours, theirs = socket.socketpair()
    folders = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])])
    said = {"PROMETHEUS_MULTIPROC_DIR": os.devnull} if several else {}
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-c", "from service.nursery import tend; tend()", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=os.environ | {"PYTHONPATH": folders} | said,
            start_new_session=True,
        )

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


# What the nursery runs.


def tend() -> None:
    """Begin processes as they are asked for, and tell when they end, until nobody can ask any more."""
    from lvtu.cli import main  # noqa: F401
    from lvtu.cli.group import _WithoutPandas

    sys.meta_path.insert(0, _WithoutPandas)  # as the command does first of all
    from lvtu.cli import serve  # noqa: F401
    from lvtu.service import server, worker, workers  # noqa: F401

    asks = socket.socket(fileno=int(sys.argv[1]))
    begun: dict[int, tuple[Any, socket.socket]] = {}
    while True:
        for one in wait([asks, *begun]):
            if one is asks:
                size, handles, *_ = socket.recv_fds(asks, _ENDED, 3)
                if not size:
                    for process, _ in begun.values():
                        os.killpg(process.pid, signal.SIGKILL)  # nobody is there any more who could end them
                    return
                text = b""
                while len(text) < int.from_bytes(size, "little"):
                    text += asks.recv(1 << 16)
                teller = socket.socket(fileno=handles[2])
                not_its = [asks, teller, *(told for _, told in begun.values())]
                process = multiprocessing.get_context("fork").Process(
                    target=_begin, args=(json.loads(text), handles, not_its)
                )
                process.start()
                for handle in handles[:2]:
                    os.close(handle)
                _tell(teller, process.pid or 0)
                begun[process.sentinel] = process, teller
            else:
                process, teller = begun.pop(one)  # type: ignore[call-overload]
                process.join()
                with teller:
                    _tell(teller, process.exitcode)


def _tell(teller: socket.socket, number: int) -> None:
    with suppress(OSError):  # whoever asked is gone
        teller.send(number.to_bytes(_ENDED, "little", signed=True))


def _begin(asked: dict[str, Any], handles: list[int], not_its: list[socket.socket]) -> None:
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored where the tests run in the background
    for number, handle in enumerate(handles[:2], 1):
        os.dup2(handle, number)
        os.close(handle)
    for one in not_its:
        one.close()
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environ"])
    sys.dont_write_bytecode = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
    sys.argv = ["-c", *asked["arguments"]]
    exec(asked["first"])
    from lvtu.cli import main

    main()
