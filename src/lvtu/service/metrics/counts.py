"""What is counted: requests by the pattern of their address, and arrivals by workspace. Never who, never on whom."""

from __future__ import annotations

import logging
import os
import time
from contextlib import suppress

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lvtu.service.arrivals.endpoints import Arrived

LOG = logging.getLogger("lvtu.requests")

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_OTHER = "other"
"""The pattern of addresses that there are none of, and of the app's own files."""


TOGETHER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names where several processes count together, if they do. The library looks at it as it loads."""


class Counts:
    """The counts of one server, all its processes together."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "lvtu_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "lvtu_request_seconds", "How long answers took to begin.", ["method", "route"], buckets=_SECONDS,
            registry=self._registry,
        )  # fmt: skip
        self.accepted = Counter(
            "lvtu_events_accepted", "Events that are on disk.", ["workspace"], registry=self._registry
        )
        self.refused = Counter(
            "lvtu_events_refused", "Events that went to the quarantine.", ["workspace"], registry=self._registry
        )
        self.reasons = Counter(
            "lvtu_messages_refused", "Messages set aside, by reason.", ["code"], registry=self._registry
        )
        self.turned_away = Counter(
            "lvtu_arrivals_turned_away", "Requests with events that were not acknowledged.", ["code"],
            registry=self._registry,
        )  # fmt: skip
        self.waiting = Gauge(
            "lvtu_events_waiting", "Events that wait for the disk.", ["workspace"], registry=self._registry,
            multiprocess_mode="livesum",
        )  # fmt: skip

    def text(self) -> bytes:
        """All, as Prometheus reads it."""
        if TOGETHER not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)

    def wait(self, workspace: str, messages: int) -> None:
        """Note how many messages wait for the disk."""
        with suppress(OSError):  # it may be the same disk, and full
            self.waiting.labels(workspace).set(messages)

    def answered(self, scope: Scope, status: int, took: float) -> None:
        """Count a request."""
        with suppress(OSError):
            self._answered(scope, status, took)

    def _answered(self, scope: Scope, status: int, took: float) -> None:
        route: str = getattr(scope.get("route"), "path", _OTHER)
        method = scope["method"]
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(method, route).observe(took)
        state = scope.get("state", {})
        if arrived := state.get("arrived"):
            self._count(arrived)
        if code := state.get("turned_away"):
            self.turned_away.labels(code).inc()
        if LOG.isEnabledFor(logging.INFO):
            fields = {"method": method, "route": route, "status": status, "ms": round(took * 1000, 1)}
            LOG.info("%s %s", method, route, extra={"fields": fields})

    def _count(self, arrived: Arrived) -> None:
        self.accepted.labels(arrived.workspace).inc(arrived.accepted)
        self.refused.labels(arrived.workspace).inc(sum(arrived.refused.values()))
        for code, number in arrived.refused.items():
            self.reasons.labels(code).inc(number)


class Counted:
    """The middleware that counts.

    Args:
        app: what answers.
        counts: where.
    """

    def __init__(self, app: ASGIApp, counts: Counts) -> None:
        self.app, self._counts = app, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a request is counted when its answer begins, so that a stream counts too."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._counts.answered(scope, message["status"], time.perf_counter() - begun)
            await send(message)

        await self.app(scope, receive, counted)
