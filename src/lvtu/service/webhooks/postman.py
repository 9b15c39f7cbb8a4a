"""The thread that delivers what waits, for all workspaces of a catalog."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.webhooks import Delivery, Webhook
from lvtu.errors import Busy, LvtuError
from lvtu.service.bell.looking import EVERY, FIRST, Looker
from lvtu.service.home import Home
from lvtu.service.webhooks import digest
from lvtu.service.webhooks.delivery import attempt
from lvtu.store.lease import Lease

LOG = logging.getLogger("lvtu.service")

LOOK_EVERY = 1.0
"""Seconds between two looks for what is due."""

_AT_ONCE = 4
_HOLD = timedelta(minutes=2)
_SWEEP_EVERY = 3600.0


class Postman:
    """Delivers messages while the service runs.

    Of the processes that serve a home one does so, and when that ends another. Several homes may have one catalog: each
    message is claimed by one of them.

    Args:
        home: whose workspaces are looked after.
        catalog: where the messages wait.
    """

    def __init__(self, home: Home, catalog: Catalog) -> None:
        self._home, self._catalog = home, catalog
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="postman")
        self._swept = self._digested = -_SWEEP_EVERY
        self._looker, self._looked = Looker(home, catalog), time.monotonic() - EVERY + FIRST
        self._lease = Lease(home.folder / ".postman")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Finish what is on its way, and end; what waits is delivered by whoever runs next."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while not self._ending.is_set():
            with suppress(Busy), self._lease.hold(0):
                self._deliver_until_the_end()
            self._ending.wait(LOOK_EVERY)

    def _deliver_until_the_end(self) -> None:
        with ThreadPoolExecutor(_AT_ONCE, "postman") as pool:
            told = ""
            while not self._ending.is_set():
                try:
                    busy, told = self._round(pool), ""
                except (SQLAlchemyError, LvtuError, sqlite3.Error, OSError) as error:
                    busy = False
                    if type(error).__name__ != told:  # once, and not each second until it is mended
                        told = type(error).__name__
                        LOG.error("messages are not delivered now: %s", getattr(error, "orig", error))
                if not busy:
                    self._ending.wait(LOOK_EVERY)

    def _round(self, pool: ThreadPoolExecutor) -> bool:
        """Deliver some of what is due; whether there was any."""
        self._look_after()
        claimed = self._catalog.webhooks.claim(_AT_ONCE, _HOLD)
        list(pool.map(lambda pair: self._deliver(*pair), claimed))
        return bool(claimed)

    def _look_after(self) -> None:
        """What is not done every second: old messages leave, what arrived wrong is told, maps are looked at."""
        time_now = time.monotonic()
        if time_now - self._swept >= _SWEEP_EVERY:
            self._swept = time_now
            self._catalog.webhooks.sweep()
        if time_now - self._digested >= digest.EVERY:
            self._digested = time_now
            digest.tell(self._home, self._catalog)
        if time_now - self._looked >= EVERY:
            self._looked = time_now
            self._looker.look()

    def _deliver(self, message: Delivery, webhook: Webhook) -> None:
        try:
            found = attempt(message, webhook)
        except Exception:
            LOG.exception("a message could not be sent")  # it is due again once nobody holds it
            return
        state = "delivered" if found.delivered else "waiting" if found.due else "failed"
        self._catalog.webhooks.tried(message, found.attempt, state, found.due)  # type: ignore[arg-type]
        if found.disable is not None:
            changes = {"disabled": now(), "reason": found.disable}
            self._catalog.webhooks.change(webhook.workspace_id, webhook.id, changes)
            LOG.warning("webhook %s was switched off: %s", webhook.id, found.disable)
