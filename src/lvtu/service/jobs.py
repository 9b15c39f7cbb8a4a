"""Work that goes on behind the requests of one workspace, and ends with it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from lvtu.service.problems import Unavailable

LOG = logging.getLogger("lvtu.service")


class Ending(Exception):
    """The service ends: a job that can be done again stops here."""


class Jobs:
    """Threads that run until they are done, or until the workspace closes.

    A job is given a check that it calls now and then; it raises `Ending` once the workspace is to close.

    Example:
        >>> jobs, done = Jobs(), []
        >>> jobs.start("one", lambda check: done.append(check()))
        >>> jobs.close()
        >>> done
        [None]
    """

    def __init__(self) -> None:
        self.ending = threading.Event()
        self._threads: list[threading.Thread] = []
        self._guard = threading.Lock()

    def start(self, name: str, job: Callable[[Callable[[], None]], object]) -> None:
        """Run a job in a thread of its own; what it raises is logged.

        Raises:
            Unavailable: the service is about to end.
        """

        def run() -> None:
            try:
                job(self.check)
            except Ending:
                LOG.info("%s stopped, since the service ends", name)
            except Exception:
                LOG.exception("%s failed", name)

        with self._guard:
            if self.ending.is_set():
                raise Unavailable("ending")
            self._threads = [thread for thread in self._threads if thread.is_alive()]
            thread = threading.Thread(target=run, name=name)
            self._threads.append(thread)
            thread.start()

    def check(self) -> None:
        """Go on, or raise `Ending`."""
        if self.ending.is_set():
            raise Ending

    def close(self) -> None:
        """Ask every job to end, and wait until it has."""
        self.ending.set()
        with self._guard:
            threads = list(self._threads)
        for thread in threads:
            thread.join()
