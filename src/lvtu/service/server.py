"""Running the service in this process until it is told to end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import uvicorn

from lvtu.catalog.catalog import Catalog
from lvtu.errors import BadInput
from lvtu.service import logs
from lvtu.service.app import app_of
from lvtu.service.home import Home

_PATIENCE = 20
"""Seconds in which requests under way may finish when the service ends."""


LOCAL = "127.0.0.1"


class _Server(uvicorn.Server):
    """A server that lets those go who watch a stream before it waits for the requests under way."""

    def __init__(self, config: uvicorn.Config, home: Home) -> None:
        super().__init__(config)
        self._home = home

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        self._home.end_streams()
        await super().shutdown(sockets)


def serve(
    home: Home, port: int, announce: Callable[[str, str | None], None], host: str = LOCAL, *, once: bool = False
) -> None:
    """Serve a home until SIGINT or SIGTERM; what was taken by then is on disk.

    Args:
        home: it.
        port: 0 for a free one.
        announce: told the address once it answers, and the link that signs in where nobody has a password.
        host: the address to listen on; one that other machines reach only where people sign in with passwords.
        once: end as soon as it answers.

    Raises:
        BadInput: the port is taken, nobody has a password, or a newer version made one of the workspaces.
    """
    catalog = Catalog.of(home.folder)
    local = not catalog.people.any_password()
    if local and host not in (LOCAL, "localhost") and not catalog.sessions.any_invited():
        raise BadInput("host_without_passwords", host=host, home=str(home.folder))
    # Named as TCP, or asyncio leaves its delay on: 40 ms for each answer.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise BadInput("port_taken", port=str(port), reason=str(error)) from None
    config = uvicorn.Config(
        app_of(home, catalog),
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_PATIENCE,
        server_header=False,
    )
    logs.configure()  # after uvicorn has made its own
    server = _Server(config, home)

    async def run() -> None:
        task = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started and not task.done():
            await asyncio.sleep(0.01)
        if server.started:
            address = f"http://{host}:{listening.getsockname()[1]}/"
            announce(address, _link(catalog, address) if local else None)
            server.should_exit = server.should_exit or once
        await task

    try:
        home.open()  # here, so that a workspace that cannot be served is told as every command tells it
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(run())
    finally:
        listening.close()
        home.close()
        catalog.close()


def _link(catalog: Catalog, address: str) -> str:
    return f"{address}open?key={catalog.sessions.link(catalog.people.local())}"
