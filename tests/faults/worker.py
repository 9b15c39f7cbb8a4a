"""A process that works on a workspace until it is killed: from outside at any time, or by itself at a chosen point.

Usage: ``worker.py FOLDER SEED FIRST [POINT WHEN NUMBER]``. It announces every batch of events before sending it and
acknowledges it after; the names of events say whose they are, so that anyone can check.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from lvtu.store.proposals import Proposed

CUSTOMERS = 7

POINTS = [
    "lvtu.store.inbox:Inbox.append",
    "lvtu.store.inbox:Inbox.delete_upto",
    "lvtu.store.inbox:Inbox.truncate",
    "lvtu.store.lake:Lake.append",
    "lvtu.store.lake:Lake._commit",
    "lvtu.store.lake:Lake.compact",
    "lvtu.store.lake:Lake.erase",
    "lvtu.store.lake:Lake._leave_no_trace",
    "lvtu.store.lake:Lake.sweep",
    "lvtu.store.deltalog:sync_commit",
    "lvtu.store.deltalog:forget_before",
    "lvtu.store.parts:write",
    "lvtu.store.repeats:Repeats.add",
    "lvtu.store.repeats:Repeats._publish",
    "lvtu.store.repeats:Repeats.forget",
    "lvtu.store.ledger:Ledger.put",
    "lvtu.store.ledger:Ledger.add_commit",
    "lvtu.store.ledger:Ledger.suppress",
    "lvtu.store.ledger:Ledger.add_receipt",
    "lvtu.store.ledger:Ledger.erase_edges",
    "lvtu.store.ledger:Ledger.truncate",
    "lvtu.store.proposals:Proposals.add",
    "lvtu.store.proposals:Proposals.accept",
    "lvtu.store.proposals:Proposals.hide_records",
    "lvtu.store.quarantine:Quarantine.append",
    "lvtu.store.quarantine:Quarantine.drop",
    "lvtu.store.journeys.manifest:Manifest.save",
    "lvtu.store.journeys.keeper:Keeper._clean",
    "lvtu.store.journeys.keeper:Keeper.drop",
    "lvtu.store.journeys.build:write_here",
    "lvtu.store.journeys.keeper:Keeper._replaced",
    "lvtu.store.journeys.compactor:Compactor._make",
    "lvtu.store.journeys.compaction:compact",
    "lvtu.store.journeys.compaction:_write",
    "lvtu.store.journeys.compaction:_link",
    "lvtu.store.journeys.people:People.save",
    "lvtu.store.journeys.fields:save_field",
    "lvtu.store.journeys.fields:save_part",
    "lvtu.store.journeys.fields:save_values",
    "lvtu.store.files:Disk.sync_file",
    "lvtu.store.files:Disk.sync_dir",
    "lvtu.store.files:Disk.replace",
]
"""Where a process can die: before and after each of these calls."""


def event(number: int) -> dict[str, Any]:
    """The event of a number; events and customers say which."""
    return _event(f"e{number}", f"c{number % CUSTOMERS}", number)


def passing(number: int, place: int) -> dict[str, Any]:
    """One of the events of a customer who will be forgotten."""
    return _event(f"g{number}.{place}", f"gone{number}", number + place)


def _event(id: str, customer: str, number: int) -> dict[str, Any]:
    day, second = 1 + number % 28, number % 60
    time = f"2026-01-{day:02d}T00:00:{second:02d}Z"
    return {"message_id": id, "user_id": customer, "event": "Seen", "time": time, "properties": {"page": number % 3}}


def bad(number: int) -> dict[str, Any]:
    """A row that is rejected; it names a customer who will be forgotten."""
    return {"user_id": f"gone{number}", "event": "Seen", "time": "never"}


def say(*words: object) -> None:
    print(*words, flush=True)


class Worker:
    """Sends events in every way there is."""

    def __init__(self, ws: Any, first: int, seed: int) -> None:
        self.ws, self.next, self.chance = ws, first, random.Random(seed)

    def _batch(self) -> list[dict[str, Any]]:
        first = self.next
        self.next += self.chance.randrange(1, 40)
        say("sending", first, self.next)
        return [event(number) for number in range(first, self.next)]

    def append(self) -> None:
        batch = self._batch()
        self.ws.append(batch)
        say("ack", self.next)

    def ingest(self) -> None:
        batch = self._batch()
        self.ws.ingest([*batch, {"user_id": "c0", "event": "Seen", "time": f"never {self.next}"}, *batch[:3]])
        say("ack", self.next)

    def one_line(self) -> None:
        """One event: a compaction has but one bucket to write."""
        say("sending", self.next, self.next + 1)
        self.next += 1
        self.ws.append([event(self.next - 1)])
        say("ack", self.next)

    def ask(self) -> None:
        self.ws.trend(by="page", where="page != '7'")

    def compact(self) -> None:
        self.ws.compact()

    def compact_beside(self) -> None:
        """Let the background compact, or be given up when the workspace is closed."""
        self.append()
        self.ask()
        if self.chance.random() < 0.5:
            self.ws._keeper.compactor.join()

    def review(self) -> None:
        """Propose to join two leads, of whom no event tells, and accept it."""
        say("proposing", self.next)
        [number] = self._propose("user_id", f"lead{self.next}", f"lead{self.next}.again")
        say("proposed", self.next)
        self.ws.accept(number)
        say("accepted", self.next)

    def _propose(self, kind: str, left: str, right: str) -> list[int]:
        pair = Proposed(kind, left, right, 0.97, {"name": ["same", 4.0]})
        return self.ws._ledger.proposals.add([pair], 1, "proposed:splink", f"{left}.csv")

    def forget(self) -> None:
        number = self.next
        say("coming", number)
        self.ws.ingest([passing(number, 0), bad(number), passing(number, 1)])
        self.ws.append([passing(number, 2)])
        self.ws.join(f"gone{number}", ("email", f"gone{number}@example.org"))
        self._propose("email", f"gone{number}@example.org", f"gone{number}@example.com")
        say("forgetting", number)
        self.ws.forget(f"gone{number}")
        say("forgotten", number)

    def everything(self) -> None:
        for step in (
            self.append, self.ask, self.append, self.ingest, self.ask, self.append, self.append, self.compact,
            self.ask, self.append, self.review, self.forget, self.ask, self.append, self.compact,
            self.one_line, self.compact,
        ):  # fmt: skip
            step()

    def at_random(self) -> None:
        steps = [self.append] * 6 + [self.ingest, self.ask, self.ask, self.compact, self.forget]
        steps += [self.compact_beside] * 3 + [self.review]
        while True:
            self.chance.choice(steps)()


def die(point: str, when: str, number: int) -> None:
    """Let the process be killed before or after the n-th call at a point."""
    module, _, path = point.partition(":")
    owner: Any = import_module(module)
    *within, name = path.split(".")
    for part in within:
        owner = getattr(owner, part)
    original: Callable[..., Any] = getattr(owner, name)
    calls = itertools.count(1)

    def deadly(*args: Any, **options: Any) -> Any:
        call = next(calls)  # several threads may come here at once
        if call == number and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = original(*args, **options)
        if call == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(owner, name, deadly)


def main(folder: str, seed: str, first: str, *death: str) -> None:
    import lvtu
    from lvtu.store.journeys import build, keeper

    if not death:
        keeper.SMALLEST_TAIL = 10  # at random, the background compacts all the time
    build.fewest = lambda events: 4  # several buckets, so that a compaction leaves some of them alone
    ws = lvtu.open(folder)
    worker = Worker(ws, int(first), int(seed))
    say("ready")
    if death:
        point, when, number = death
        die(point, when, int(number))
        worker.everything()
    else:
        worker.at_random()
    ws.close()
    say("end", worker.next)


if __name__ == "__main__":
    main(*sys.argv[1:])
