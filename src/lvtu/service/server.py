"""Running the service in this process until it is told to end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import uvicorn

from lvtu.errors import BadInput
from lvtu.service.app import app_of
from lvtu.service.home import Home

_PATIENCE = 20
"""Seconds in which requests under way may finish when the service ends."""


def serve(home: Home, port: int, announce: Callable[[str], None]) -> None:
    """Serve a home on 127.0.0.1 until SIGINT or SIGTERM; what was taken by then is on disk.

    Args:
        home: it.
        port: 0 for a free one.
        announce: told the address once it answers.

    Raises:
        BadInput: the port is taken, or a newer version made one of the workspaces.
    """
    # Named as TCP, or asyncio leaves its delay on: 40 ms for each answer.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise BadInput("port_taken", port=str(port), reason=str(error)) from None
    config = uvicorn.Config(
        app_of(home), log_level="warning", access_log=False, timeout_graceful_shutdown=_PATIENCE, server_header=False
    )
    server = uvicorn.Server(config)

    async def run() -> None:
        task = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started and not task.done():
            await asyncio.sleep(0.01)
        if server.started:
            announce(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        await task

    try:
        home.open()  # here, so that a workspace that cannot be served is told as every command tells it
        asyncio.run(run())
    finally:
        listening.close()
        home.close()
