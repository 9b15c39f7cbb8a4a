"""One engine in a process of its own that stays up, so that memory peaks are per engine and nothing is shared."""

from __future__ import annotations

import importlib
import time
import traceback
from multiprocessing import get_context
from multiprocessing.connection import Connection

from benchmarks import memory
from benchmarks.questions import Question, same


def serve(pipe: Connection, module: str, arguments: tuple) -> None:
    """Answers requests from the pipe until it closes."""
    try:
        began = time.perf_counter()
        peer = importlib.import_module(module).Peer(*arguments)
        pipe.send(("ready", peer.version, time.perf_counter() - began, memory.peak()))
    except Exception as error:
        pipe.send(("failed", f"{type(error).__name__}: {error}", traceback.format_exc(), 0))
        return
    memory.reset()
    desk = Desk(peer)
    while (request := pipe.recv()) is not None:
        try:
            pipe.send(("ok", getattr(desk, request[0])(*request[1:])))
        except Exception as error:
            pipe.send(("failed", f"{type(error).__name__}: {error}"))


class Desk:
    """The requests that a worker understands."""

    def __init__(self, peer) -> None:
        self.peer = peer

    def choose(self, questions: list[Question]) -> tuple[str, dict[str, float], str]:
        """The fastest form over the trial questions, every form's best time, and what differed from the safest form.

        All forms answer the first question; those within twice the best answer the others too.
        """
        times: dict[str, float] = {}
        differing, safest = "", None
        for form in self.peer.forms(questions[0]):
            took, answer = self.ask(questions[0], form)
            safest = answer if safest is None else safest
            if wrong := same(safest, answer):
                differing += f"{form}: {wrong}. "
            else:
                times[form] = took
        near = [form for form, took in times.items() if took <= 2 * min(times.values())]
        for question in questions[1:]:
            for form in near:
                times[form] = min(times[form], self.ask(question, form)[0])
        memory.reset()
        return min(times, key=times.__getitem__), times, differing

    def ask(self, question: Question, form: str, before: Question | None = None) -> tuple[float, dict]:
        """Seconds and the answer; another question may be asked first, unmeasured."""
        if before is not None:
            self.peer.forms(before)[form][0]()
        run, tidy = self.peer.forms(question)[form]
        began = time.perf_counter()
        rows = run()
        took = time.perf_counter() - began
        return took, tidy(rows)

    def behind(self) -> tuple[int, int]:
        """Lvtu's generation of the journeys, and the events behind it."""
        return self.peer.behind()

    def memory(self) -> tuple[int, int]:
        """Peak resident bytes since the last choice of a form, and bytes of its own now."""
        return memory.peak(), memory.private()


class FailedError(Exception):
    """What a worker said went wrong."""


class Worker:
    """A handle on an engine's process."""

    def __init__(self, module: str, *arguments: object) -> None:
        context = get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=serve, args=(other, module, arguments), daemon=True)
        self.process.start()
        other.close()
        state, self.version, self.prepared, self.loaded = self._receive()
        if state == "failed":
            raise FailedError(self.version)

    def request(self, *words: object):
        """Sends a request and waits for its answer.

        Raises:
            FailedError: the worker says why.
        """
        self.pipe.send(words)
        state, answer = self._receive()
        if state == "failed":
            raise FailedError(answer)
        return answer

    def close(self) -> None:
        """Ends the process."""
        if self.process.is_alive():
            self.pipe.send(None)
        self.process.join(20)
        if self.process.is_alive():
            self.process.kill()

    def _receive(self):
        try:
            return self.pipe.recv()
        except EOFError:
            self.process.join()
            raise FailedError(f"the process ended with code {self.process.exitcode}") from None
