"""Group commit: requests that come while a transaction is under way share the next one."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any, Protocol

import pyarrow as pa

from lvtu.errors import Busy, Corrupt, LvtuError
from lvtu.service.arrivals.clocks import DEVICES, LASTING, Clocks
from lvtu.service.arrivals.envelope import Envelope
from lvtu.service.arrivals.judge import Agreed, counted
from lvtu.service.arrivals.limits import UNMOVED_MESSAGES, WAITING_MESSAGES
from lvtu.service.arrivals.messages import Delivery, opened, records_of
from lvtu.service.live.tally import SECONDS
from lvtu.service.problems import Unavailable, of_disk
from lvtu.store.inbox import Clock, OtherClocks, Violation

LOG = logging.getLogger("lvtu.service")

GROUP_MESSAGES = 20_000
"""Messages of one transaction, after which the rest waits for the next."""

MOVE_EVERY = 60.0
"""Seconds after which what is on disk is moved to the lake, if nobody has asked a question, which moves it too."""

MOVE_AFTER = 250_000
"""Messages after which it is moved at once."""

_AGAIN = 2.0


class Door(Protocol):
    """What of `lvtu.intake.Intake` takes arrivals."""

    def receive(
        self,
        records: pa.Table,
        refused: Sequence[Mapping[str, Any]],
        clocks: Sequence[Clock],
        violations: Sequence[Violation],
        lasting: int,
    ) -> None:
        """Put records, refused rows, clocks and violations on disk, in one transaction."""

    def flush(self) -> None:
        """Move what is on disk to the lake."""

    def drop_clocks(self, before: int, most: int) -> None:
        """Drop the clocks of devices that were not heard since a time (µs), and all but `most`."""

    def drop_tallies(self, before: int) -> None:
        """Drop what was counted in the seconds before one."""


class Arrivals:
    """Takes the events of one workspace: one thread puts them on disk, another moves them to the lake.

    Args:
        name: what the threads are called after.
        front: through which they are put on disk.
        back: through which they are moved to the lake.
        clocks: know the devices.
        agreed: the contracts.
    """

    def __init__(self, name: str, front: Door, back: Door, clocks: Clocks, agreed: Agreed) -> None:
        self._front, self._back = front, back
        self.clocks, self.agreed = clocks, agreed
        self._changed = threading.Condition()
        self._waiting: list[tuple[Delivery, Future[None]]] = []
        self._messages = self._unmoved = 0
        self._closing, self._told = False, ""
        self._due = threading.Event()
        jobs = {"commit": self._commit_groups, "move": self._move_on}
        self._threads = [threading.Thread(target=job, name=f"{kind}-{name}") for kind, job in jobs.items()]
        for thread in self._threads:
            thread.start()

    def take(self, delivery: Delivery) -> Future[None]:
        """Have a request's messages put on disk.

        Returns:
            Done when they are; it fails with `Unavailable` where the disk did not take them: then nothing of the
            request is kept. After it, `delivery` tells which messages were refused.

        Raises:
            Unavailable: too much waits already, or the service is about to end.
        """
        done: Future[None] = Future()
        with self._changed:
            self._refuse_if_behind(delivery.size)
            self._waiting.append((delivery, done))
            self._messages += delivery.size
            self._changed.notify()
        return done

    def open(self, envelope: Envelope) -> Delivery:
        """Look at the messages of a request."""
        return opened(envelope, self.clocks, self.agreed.checks())

    def ready(self) -> bool:
        """Whether it takes events now."""
        try:
            with self._changed:
                self._refuse_if_behind(1)
        except Unavailable:
            return False
        return all(thread.is_alive() for thread in self._threads)

    @property
    def waiting(self) -> int:
        """How many messages wait for the disk."""
        return self._messages

    def close(self) -> None:
        """Put on disk what was taken, move it to the lake, end the threads."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._due.set()
        for thread in self._threads:
            thread.join()

    def _refuse_if_behind(self, more: int) -> None:
        if self._closing:
            raise Unavailable("ending")
        if self._waiting and self._messages + more > WAITING_MESSAGES:
            raise Unavailable("behind", waiting=self._messages)
        if self._unmoved > UNMOVED_MESSAGES:
            raise Unavailable("behind", waiting=self._unmoved)

    # The thread that puts on disk.

    def _commit_groups(self) -> None:
        while group := self._next_group():
            self._commit(group)
            self._count(sum(delivery.accepted for delivery, _ in group))
            if self._unmoved >= MOVE_AFTER:
                self._due.set()

    def _count(self, more: int) -> None:
        """Count messages that wait for the lake. Both threads do: a sum that is lost would never come right again."""
        with self._changed:
            self._unmoved += more

    def _next_group(self) -> list[tuple[Delivery, Future[None]]]:
        """The requests that wait, at least one; none when it is time to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closing)
            count = messages = 0
            for delivery, _ in self._waiting:
                if count and messages + delivery.size > GROUP_MESSAGES:
                    break
                count, messages = count + 1, messages + delivery.size
            group, self._waiting = self._waiting[:count], self._waiting[count:]
            self._messages -= messages
            return group

    def _commit(self, group: list[tuple[Delivery, Future[None]]]) -> None:
        try:
            self._put([delivery for delivery, _ in group])
        except (sqlite3.Error, OSError) as error:
            self._fail(group, of_disk(error))
        except Corrupt as error:  # its folder is gone: nothing is acknowledged that would go with it
            self._fail(group, error)
        except Exception as error:
            if len(group) == 1:
                LOG.exception("a request could not be read")
                self._fail(group, error)
            else:  # one request must not cost the others theirs
                for one in group:
                    self._commit([one])
        else:
            for _, done in group:
                if done.set_running_or_notify_cancel():  # whoever waited may be gone
                    done.set_result(None)

    def _put(self, deliveries: Sequence[Delivery]) -> None:
        received = max(delivery.envelope.received for delivery in deliveries)
        while True:
            for one in deliveries:
                if one.turn != self.clocks.turn:
                    one.read()
            records = records_of(deliveries)
            refused = [row.stored() for delivery in deliveries for row in delivery.refused]
            clocks = self.clocks.fresh()
            violations = counted([delivery.judge for delivery in deliveries], received)
            try:
                self._front.receive(records, refused, clocks, violations, LASTING)
            except OtherClocks as others:
                self.clocks.adopt(others.clocks)
            else:
                self.clocks.kept(clocks)
                return

    @staticmethod
    def _fail(group: list[tuple[Delivery, Future[None]]], error: Exception) -> None:
        for _, done in group:
            if done.set_running_or_notify_cancel():
                done.set_exception(error)

    # The thread that moves to the lake.

    def _move_on(self) -> None:
        """Move now (somebody may have been killed), then again and again, and at the end."""
        pause = 0.0
        while not self._closing:
            self._due.wait(pause)
            self._due.clear()
            pause = MOVE_EVERY if self._move() else _AGAIN
        self._threads[0].join()
        self._move()

    def _move(self) -> bool:
        before = self._unmoved
        try:
            self._back.flush()
            self._back.drop_clocks(time.time_ns() // 1000 - LASTING, DEVICES)
            self._back.drop_tallies(int(time.time()) - SECONDS)
        except Busy as error:
            LOG.warning("the lake has to wait: %s", error)
        except (LvtuError, sqlite3.Error, OSError) as error:
            if str(error) != self._told:  # once, and not every two seconds until it is mended
                self._told = str(error)
                LOG.exception("what arrived could not be moved to the lake")
        else:
            self._told = ""
            self._count(-before)
            return True
        return False
