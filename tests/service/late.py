"""A server whose answers come late, each by another time: what only shows on a slow line."""

from __future__ import annotations

import asyncio
import random
from unittest import mock

from fastapi import FastAPI
from starlette.types import Message, Receive, Scope, Send


def delay(most: int) -> None:
    """Have all apps of this process read and answer questions up to so many milliseconds late.

    Half of them may pass before a question is read and half before it is answered, so that both overtake each other.
    """
    at_once = FastAPI.__call__

    async def late(self: FastAPI, scope: Scope, receive: Receive, send: Send) -> None:
        async def wait() -> None:
            if scope.get("path", "").startswith("/api/"):
                await asyncio.sleep(random.uniform(0, most / 2000))

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                await wait()
            await send(message)

        await wait()
        await at_once(self, scope, receive, answer)

    mock.patch.object(FastAPI, "__call__", late).start()
