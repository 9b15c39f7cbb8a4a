"""The stream of a workspace: one ticker for everybody who watches, and none when nobody does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from pydantic import BaseModel

from lvtu.errors import LvtuError
from lvtu.service.live.schemas import Answer, Arrivals

LOG = logging.getLogger("lvtu.service")

HEARTBEAT = 15.0
"""Seconds of silence after which a comment is sent, so that whoever is between keeps the connection."""

LONGEST = 3600.0
"""Seconds after which a stream ends; the browser asks again, and is let in only if it still may."""

_TICK = 1.0
_WAITING = 16
"""Messages that wait for one watcher; of a slow one the oldest are dropped."""

_Queue = asyncio.Queue[bytes | None]


class Live:
    """What happens in one workspace now.

    Args:
        arrivals: says how many events came in.
        token: says which snapshot is the newest; it may take its time.
    """

    def __init__(self, arrivals: Callable[[], Arrivals], token: Callable[[], str]) -> None:
        self._arrivals, self._token = arrivals, token
        self._watchers: set[_Queue] = set()
        self._ticker: asyncio.Task[None] | None = None
        self._last: dict[str, BaseModel] = {}
        self._ended = False

    async def watch(self) -> AsyncIterator[bytes]:
        """What is sent to one watcher, from now on until they go or the service ends."""
        queue: _Queue = asyncio.Queue(_WAITING)
        for name, last in self._last.items():
            queue.put_nowait(_event(name, last))
        self._watchers.add(queue)
        if self._ended:
            queue.put_nowait(None)
        elif self._ticker is None:
            self._ticker = asyncio.create_task(self._tick())
        try:
            yield b"retry: 2000\n\n"
            async with asyncio.timeout(LONGEST):
                while (message := await self._next(queue)) is not None:
                    yield message
        except TimeoutError:
            return
        finally:
            self._leave(queue)

    def end(self) -> None:
        """Let all watchers go; in the thread of the service's loop."""
        self._ended = True
        for queue in self._watchers:
            _put(queue, None)
        self._stop()

    @staticmethod
    async def _next(queue: _Queue) -> bytes | None:
        try:
            return await asyncio.wait_for(queue.get(), HEARTBEAT)
        except TimeoutError:
            return b": \n\n"

    def _leave(self, queue: _Queue) -> None:
        self._watchers.discard(queue)
        if not self._watchers:
            self._stop()

    def _stop(self) -> None:
        if self._ticker is not None:
            self._ticker.cancel()
            self._ticker = None
        self._last = {}

    async def _tick(self) -> None:
        """Send what has changed, each second at most; a snapshot that takes long holds nothing else up."""
        looking: asyncio.Task[str] | None = None
        while True:
            self._send("arrivals", await asyncio.to_thread(self._arrivals))
            if looking is None:
                looking = asyncio.create_task(asyncio.to_thread(self._token))
            await asyncio.wait([looking], timeout=_TICK)
            if looking.done():
                try:
                    self._send("answer", Answer(token=looking.result()))
                except (LvtuError, OSError):
                    LOG.exception("the newest snapshot could not be looked up")
                looking = None
            await asyncio.sleep(_TICK)

    def _send(self, name: str, message: BaseModel) -> None:
        if self._last.get(name) == message:
            return
        self._last[name] = message
        for queue in self._watchers:
            _put(queue, _event(name, message))


def _put(queue: _Queue, message: bytes | None) -> None:
    if queue.full():
        with suppress(asyncio.QueueEmpty):
            queue.get_nowait()
    queue.put_nowait(message)


def _event(name: str, message: BaseModel) -> bytes:
    return f"event: {name}\ndata: {message.model_dump_json()}\n\n".encode()
