"""Running the service until it is told to end: in this process, or in several."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from lvtu.catalog.catalog import Catalog
from lvtu.errors import BadInput
from lvtu.service.addresses import serving
from lvtu.service.home import Home

LOCAL = "127.0.0.1"

SILENCE = 20
"""Beats of a second that a worker may miss. Whoever waits for a database that it locked waits 30 seconds."""

_MEMORY = Path("/dev/shm")


def serve(
    home: Home,
    port: int,
    announce: Callable[[str, str | None], None],
    host: str = LOCAL,
    *,
    workers: int | None = None,
    once: bool = False,
) -> None:
    """Serve a home until SIGINT or SIGTERM; what was taken by then is on disk.

    Args:
        home: it.
        port: 0 for a free one.
        announce: told the address once it answers, and the link that signs in where nobody has a password.
        host: the address to listen on; one that other machines reach only where people sign in with passwords.
        workers: how many processes answer; two if not given, or one where there is one core.
        once: end as soon as it answers.

    Raises:
        BadInput: the port is taken, nobody has a password, or a newer version made one of the workspaces.
    """
    with closing(Catalog.of(home.folder)) as catalog:
        local = not catalog.people.any_password()
        alone = local and not catalog.sessions.any_invited()
    if alone and host not in (LOCAL, "localhost"):
        raise BadInput("host_without_passwords", host=host, home=str(home.folder))
    home.check()

    with _listening(host, port) as listening, serving(home.folder, host, port := listening.getsockname()[1]):
        address = f"http://{host}:{port}/"

        def started() -> bool:
            announce(address, _link(home, address) if local else None)
            return once

        count = workers or min(2, os.cpu_count() or 1)
        if count == 1:
            from lvtu.service.worker import accept

            accept(home, alone, listening, started)
        else:
            _together(home, alone, listening, count, started)


def _together(home: Home, local: bool, listening: socket.socket, workers: int, started: Callable[[], bool]) -> None:
    # In memory where that can be: mapped files on a disk that is full end who writes to them.
    with TemporaryDirectory(prefix="lvtu-", dir=_MEMORY if _MEMORY.is_dir() else None) as counts:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts  # looked at when the library is loaded, which comes now
        from lvtu.service.workers import Workers

        Workers(home, local, listening, workers, started, SILENCE).run()


def _listening(host: str, port: int) -> socket.socket:
    # Named as TCP, or asyncio leaves its delay on: 40 ms for each answer.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(2048)
    except (OSError, OverflowError) as error:
        listening.close()
        raise BadInput("port_taken", port=str(port), reason=str(error)) from None
    return listening


def _link(home: Home, address: str) -> str:
    with closing(Catalog.of(home.folder)) as catalog:
        return f"{address}open?key={catalog.sessions.link(catalog.people.local())}"
