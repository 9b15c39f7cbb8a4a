"""A real mail server, in a thread of the tests."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Mailbox:
    """A mail server; says `answers` in turn, then that all is well."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.answers: list[str] = []
        self.hangs = threading.Event()
        self.hangs.set()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - its name there
        if self.answers:
            return self.answers.pop(0)
        self.got.append(envelope)
        while not self.hangs.is_set():
            await asyncio.sleep(0.02)
        return "250 taken"


class Listening(Controller):
    """Serves on a socket that is its own from the first: a port that was free a moment ago may be somebody's by now."""

    def __init__(self, box: Mailbox) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        host, port = self.socket.getsockname()
        super().__init__(box, hostname=host, port=port, ready_timeout=60)

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self.socket)


@pytest.fixture(scope="module")
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    controller = Listening(box)
    controller.start()
    yield box, controller.port
    controller.stop()
