"""One process that answers: the application on the connections that it accepts, or that it is handed."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from lvtu.catalog.catalog import Catalog
from lvtu.service import logs
from lvtu.service.app import app_of
from lvtu.service.home import Home
from lvtu.service.warming import warm

_PATIENCE = 20
"""Seconds in which requests under way may finish when the service ends."""

_GARBAGE = (50_000, 20, 50)
"""When Python looks for garbage. As it comes (700, 10, 10), that took a sixth of the processor while events arrived."""

READY = b"r"
"""What a worker says on its channel once it answers."""

BEAT = b"b"
"""What it says there again and again, from the loop that answers: whoever says nothing does not answer either."""

EVERY = 1.0
"""Seconds between two beats."""


class _Server(uvicorn.Server):
    """A server that lets those go who watch a stream before it waits for the requests under way.

    Args:
        config: uvicorn's.
        home: what it serves.
        started: called once it answers; whether it is to end again at once.
        number: of the worker.
    """

    def __init__(self, config: uvicorn.Config, home: Home, started: Callable[[], bool], number: int = 1) -> None:
        super().__init__(config)
        self._home, self._started, self._number = home, started, number

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin."""
        await super().startup(sockets)
        if self.started and self._started():
            self.should_exit = True
        if self.started and not self.should_exit:
            warm(self._home, self._number)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        self._home.end_streams()
        await super().shutdown(sockets)


class _Handed(_Server):
    """A server that accepts nothing itself: its connections come through a channel, and it ends with that.

    Args:
        config: uvicorn's.
        home: what it serves.
        number: of the worker.
        channel: through which they come.
    """

    def __init__(self, config: uvicorn.Config, home: Home, number: int, channel: socket.socket) -> None:
        super().__init__(config, home, self._say, number)
        self._channel = channel
        self._opening: set[asyncio.Task[None]] = set()

    def _say(self) -> bool:
        self._channel.setblocking(False)
        asyncio.get_running_loop().add_reader(self._channel.fileno(), self._take)
        self._channel.send(READY)
        self._beat()
        return False

    def _beat(self) -> None:
        if self._channel.fileno() < 0:
            return
        with suppress(OSError):  # whoever listens is behind; or gone, and then `_take` is told
            self._channel.send(BEAT)
        asyncio.get_running_loop().call_later(EVERY, self._beat)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take what was handed over before the end, then end."""
        while self._take():
            pass
        self._leave()
        if self._opening:
            await asyncio.wait(self._opening)
        await super().shutdown(sockets)

    def _take(self) -> bool:
        """Take a connection; whether there was one."""
        try:
            said, handles, *_ = socket.recv_fds(self._channel, 1, 1)
        except BlockingIOError:  # there is none
            return False
        except OSError:  # whoever hands them over is gone, and had not heard all that was said
            said, handles = b"", []
        if not said:
            self._leave()
            self.should_exit = True
        for handle in handles:
            task = asyncio.get_running_loop().create_task(self._open(socket.socket(fileno=handle)))
            self._opening.add(task)
            task.add_done_callback(self._opening.discard)
        return bool(handles)

    def _leave(self) -> None:
        if self._channel.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self._channel.fileno())
            self._channel.close()

    async def _open(self, connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        connection.setblocking(False)

        def protocol() -> asyncio.Protocol:
            return self.config.http_protocol_class(  # type: ignore[call-arg]
                config=self.config, server_state=self.server_state, app_state=self.lifespan.state, _loop=loop
            )

        with suppress(OSError):  # whoever called has hung up
            await loop.connect_accepted_socket(protocol, connection)


def accept(home: Home, local: bool, listening: socket.socket, started: Callable[[], bool]) -> None:
    """Answer in this process, until SIGINT or SIGTERM.

    Args:
        home: what is served.
        local: whether only whoever sits at this machine may come.
        listening: where connections come in.
        started: called once it answers; whether to end again at once.
    """
    _run(home, local, lambda config: _Server(config, home, started), [listening])


def work(home: Home, local: bool, number: int, channel: socket.socket) -> None:
    """Answer on connections that come through a channel, until SIGTERM or the channel's end.

    Args:
        home: what is served.
        local: whether only whoever sits at this machine may come.
        number: of the worker, in the log.
        channel: its end says that whoever hands them over is gone.
    """
    for one in (signal.SIGINT, signal.SIGTERM):  # Ctrl+C reaches every process
        signal.signal(one, _leave)
    _run(home, local, lambda config: _Handed(config, home, number, channel), [], number)


def _leave(*_: object) -> None:
    raise SystemExit(0)


def _run(
    home: Home,
    local: bool,
    server: Callable[[uvicorn.Config], uvicorn.Server],
    sockets: list[socket.socket],
    number: int | None = None,
) -> None:
    catalog = Catalog.of(home.folder)
    config = uvicorn.Config(
        app_of(home, catalog, local=local),
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_PATIENCE,
        server_header=False,
    )
    logs.configure(number)  # after uvicorn has made its own
    try:
        home.open()  # here, so that a workspace that cannot be served is told as every command tells it
        # What is there by now stays: looked through for garbage again and again, its 300,000 objects would hold up
        # every request for 200 ms.
        gc.freeze()
        gc.set_threshold(*_GARBAGE)
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(server(config).serve(sockets=sockets))
    finally:
        home.close()
        catalog.close()
