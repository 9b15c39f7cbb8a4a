"""A real mail server, in a thread of the tests."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
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


@pytest.fixture(scope="module")
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()
