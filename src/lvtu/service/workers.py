"""Several processes that answer at one address: who ends or hangs is replaced, and all end together."""

from __future__ import annotations

import logging
import multiprocessing
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from prometheus_client.multiprocess import mark_process_dead

from lvtu.errors import LvtuError
from lvtu.service import logs, worker
from lvtu.service.home import Home

LOG = logging.getLogger("lvtu.service")

_FORK = multiprocessing.get_context("fork")
"""Copies share what was imported: loading all of it takes as much processor as serving for seconds."""

_PAUSE = 1.0
"""Seconds between two beginnings of the same worker: one that cannot live must not take all there is."""

_AT_ONCE = 64

_DOUBTFUL = 3
"""Who has missed so many beats is given no connection while somebody else can take it."""


@dataclass
class _Worker:
    number: int
    process: Any
    channel: socket.socket
    ready: bool = False
    missed: int = 0
    """Beats, since it was last heard of."""
    began: float = field(default_factory=time.monotonic)


class Workers:
    """The processes of one server. This one only accepts connections, hands them over in turn, and looks after them.

    Accepting them in each worker would let whoever is quickest have them all: those that come at once stay with one.

    Args:
        home: what is served; nobody has opened it.
        local: whether only whoever sits at this machine may come.
        listening: where connections come in.
        count: how many workers.
        started: called once all of them answer; whether to end again at once.
        silence: a worker that misses so many beats hangs, and is ended. Being busy is no reason to: questions are
            answered in threads, beats come from the loop.
    """

    def __init__(
        self, home: Home, local: bool, listening: socket.socket, count: int, started: Callable[[], bool], silence: int
    ) -> None:
        self._home, self._local, self._listening = home, local, listening
        self._count, self._started = count, started
        self._workers: dict[int, _Worker] = {}
        self._due: dict[int, float] = {}
        """When a worker that ended is to begin again, by its number."""
        self._last_worker = 0
        self._silence, self._next_look = silence, 0.0
        self._signals: list[int] = []
        self._told = self._ending = False

    def run(self) -> None:
        """Serve until SIGINT or SIGTERM; a second one ends it at once.

        Raises:
            SystemExit: a worker could not begin.
        """
        logs.configure()
        waking, woken = socket.socketpair()
        with selectors.DefaultSelector() as self._ready, waking, woken:
            self._private = (waking, woken, self._listening)
            for private in self._private:
                private.setblocking(False)
            self._ready.register(woken, selectors.EVENT_READ, lambda: woken.recv(64))
            before = {one: signal.signal(one, self._note) for one in (signal.SIGINT, signal.SIGTERM)}
            signal.set_wakeup_fd(waking.fileno())
            try:
                self._begin(1)  # alone: it brings everything up to this version, and says what is wrong
                while self._workers or self._due:
                    self._turn()
            finally:
                signal.set_wakeup_fd(-1)
                for one, handler in before.items():
                    signal.signal(one, handler)
        if self._signals:
            signal.raise_signal(self._signals[0])
        if not self._told:
            raise SystemExit(1)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self._signals.append(number)

    def _turn(self) -> None:
        for key, _ in self._ready.select(self._pause()):
            key.data()
        if self._signals and not self._ending:
            self._end()
        if len(self._signals) > 1:
            for one in self._workers.values():
                one.process.kill()
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + worker.EVERY
            self._look()
        for number in [number for number, at in self._due.items() if at <= now]:
            del self._due[number]
            self._begin(number)

    def _pause(self) -> float:
        return max(0.0, min([self._next_look, *self._due.values()]) - time.monotonic())

    def _look(self) -> None:
        """Count a missed beat for each who has not been heard of since the last look, and end who hangs.

        Looks are counted, not seconds: where all were stopped together (Ctrl+Z, a machine asleep), none was missed.
        """
        for one in self._workers.values():
            if not one.ready or self._ending:  # it begins, or finishes: neither has a loop that could tell
                continue
            one.missed += 1
            if one.missed == self._silence:
                LOG.error("worker %d has not been heard of for %d s, and is ended", one.number, one.missed)
                one.process.kill()

    # The workers.

    def _begin(self, number: int) -> None:
        ours, theirs = socket.socketpair()
        not_theirs = [*self._private, ours, *(one.channel for one in self._workers.values())]
        process = _FORK.Process(
            target=_work, args=(self._home, self._local, number, theirs, not_theirs), name=f"worker-{number}"
        )
        process.start()
        theirs.close()
        ours.setblocking(False)
        one = self._workers[number] = _Worker(number, process, ours)
        self._ready.register(ours, selectors.EVENT_READ, lambda: self._hear(one))
        self._ready.register(process.sentinel, selectors.EVENT_READ, lambda: self._bury(one))

    def _hear(self, one: _Worker) -> None:
        if one.channel.fileno() < 0:  # it was buried in this turn
            return
        try:
            said = one.channel.recv(64)
        except OSError:
            said = b""
        began = worker.READY in said
        one.ready, one.missed = bool(said) and (one.ready or began), 0
        if not said:  # it closed its end, and is about to be gone
            self._ready.unregister(one.channel)
        if not began:
            return
        if not self._told and len(self._workers) < self._count:
            for number in range(2, self._count + 1):
                self._begin(number)
        elif not self._told and all(each.ready for each in self._workers.values()):
            self._told = True
            self._ready.register(self._listening, selectors.EVENT_READ, self._accept)
            if self._started():
                self._end()

    def _bury(self, one: _Worker) -> None:
        one.process.join()
        self._ready.unregister(one.process.sentinel)
        if one.channel in self._ready.get_map():
            self._ready.unregister(one.channel)
        one.channel.close()
        del self._workers[one.number]
        mark_process_dead(one.process.pid)  # type: ignore[no-untyped-call]
        if self._ending:
            return
        if not self._told:
            self._end()
            return
        LOG.error("worker %d ended (%s), another takes its place", one.number, one.process.exitcode)
        self._due[one.number] = one.began + _PAUSE

    def _end(self) -> None:
        """Accept no more, and let the workers finish."""
        self._ending = True
        if self._listening in self._ready.get_map():
            self._ready.unregister(self._listening)
        self._listening.close()
        self._due.clear()
        for one in self._workers.values():
            one.process.terminate()

    # The connections.

    def _accept(self) -> None:
        for _ in range(_AT_ONCE):
            try:
                connection, _ = self._listening.accept()
            except OSError:  # nobody is there any more, or there are too many
                return
            with connection:
                self._hand_over(connection)

    def _hand_over(self, connection: socket.socket) -> None:
        turns = range(self._count)
        for most in (*(_DOUBTFUL for _ in turns), *(self._silence for _ in turns)):
            self._last_worker = self._last_worker % self._count + 1
            one = self._workers.get(self._last_worker)
            if one is None or not one.ready or one.missed >= most:
                continue
            try:
                socket.send_fds(one.channel, [b"c"], [connection.fileno()])
            except OSError:  # it has just ended, or takes none
                continue
            return


def _work(home: Home, local: bool, number: int, channel: socket.socket, not_mine: list[socket.socket]) -> None:
    signal.set_wakeup_fd(-1)
    for one in not_mine:
        one.close()
    try:
        worker.work(home, local, number, channel)
    except LvtuError as error:
        print(f"lvtu: {error}", file=sys.stderr)
        raise SystemExit(1) from None
