"""What is counted: requests by the pattern of their address, and arrivals by workspace. Never who, never on whom."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lvtu.service.home import Home

LOG = logging.getLogger("lvtu.requests")

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_OTHER = "other"
"""The pattern of addresses that there are none of, and of the app's own files."""


class Counts:
    """The counts of one server.

    Args:
        home: what it serves.
    """

    def __init__(self, home: Home) -> None:
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
        self._registry.register(_Arrivals(home))

    def text(self) -> bytes:
        """All, as Prometheus reads it."""
        return generate_latest(self._registry)

    def answered(self, scope: Scope, status: int, took: float) -> None:
        """Count a request."""
        route: str = getattr(scope.get("route"), "path", _OTHER)
        method = scope["method"]
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(method, route).observe(took)
        if taken := scope.get("state", {}).get("taken"):
            workspace, accepted, refused = taken
            self.accepted.labels(workspace).inc(accepted)
            self.refused.labels(workspace).inc(refused)
        if LOG.isEnabledFor(logging.INFO):
            fields = {"method": method, "route": route, "status": status, "ms": round(took * 1000, 1)}
            LOG.info("%s %s", method, route, extra={"fields": fields})


class _Arrivals(Collector):
    """What waits, and what was not taken and why; read when it is asked for."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def collect(self) -> Iterator[Metric]:
        """What waits, by workspace; what was not taken, by the code of the reason."""
        waiting = GaugeMetricFamily("lvtu_events_waiting", "Events that wait for the disk.", labels=["workspace"])
        for one in list(self._home.served.values()):
            waiting.add_metric([one.name], one.arrivals.waiting)
        yield waiting
        counters = self._home.counters
        for name, told, counted in (
            ("lvtu_messages_refused", "Messages set aside, by reason.", counters.refused),
            ("lvtu_arrivals_turned_away", "Requests with events that were not acknowledged.", counters.turned_away),
        ):
            family = CounterMetricFamily(name, told, labels=["code"])
            for code, number in counted.copy().items():
                family.add_metric([code], number)
            yield family


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
