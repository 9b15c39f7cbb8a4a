"""What was said to a worker and by it, and whether a workspace holds exactly that."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lvtu
from contract.decoding import leaks
from faults.worker import CUSTOMERS, event, passing
from lvtu.workspace import Workspace


@dataclass
class Books:
    """The events that were sent, and those of which it was said that they are safe; the same of proposals and joins."""

    sent: set[str] = field(default_factory=set)
    safe: set[str] = field(default_factory=set)
    forgotten: set[int] = field(default_factory=set)
    halves: set[int] = field(default_factory=set)
    leads: dict[int, str] = field(default_factory=dict)
    next: int = 0

    def hear(self, said: str) -> None:
        """Take down a worker's words; the last line may be cut short."""
        sending: set[str] = set()
        for line in said.split("\n")[:-1]:
            word, *numbers = line.split()
            values = [int(number) for number in numbers]
            if word == "sending":
                sending = {f"e{number}" for number in range(*values)}
                self.sent |= sending
                self.next = values[1]
            elif word == "ack":
                self.safe |= sending
            elif word in ("proposing", "proposed", "accepted"):
                self.leads[values[0]] = word
            elif word == "coming":
                self.halves.add(values[0])
            elif word == "forgotten":
                self.forgotten.add(values[0])
        self.next += 1  # a customer to be forgotten has a number of their own

    def check(self, ws: Workspace, folder: Path) -> None:
        """The workspace holds what is safe, once, and nothing that was not sent; the time lines say the same."""
        rows = ws.sql('select message_id, event_id, customer, "commit" from events').to_pylist()
        ids = [row["message_id"] for row in rows]
        repeated = [id for id, times in Counter(ids).items() if times > 1]
        assert not repeated, f"doubled: {repeated[:5]}"
        assert not self.safe - set(ids), f"lost: {sorted(self.safe - set(ids))[:5]}"
        passed = {f"g{number}.{place}" for number in self.halves for place in range(3)}
        assert set(ids) <= self.sent | passed
        gone = {id for id in ids if id.startswith("g") and int(re.split(r"[g.]", id)[1]) in self.forgotten}
        assert not gone, f"came back: {sorted(gone)[:5]}"
        assert len({row["event_id"] for row in rows}) == len(rows)
        assert all(row["customer"] == _owner(row["message_id"]) for row in rows)
        assert {row["commit"] for row in rows} <= {commit["number"] for commit in ws.commits()}
        self._check_lines(ws, rows)
        self._check_proposals(ws)
        secrets = [f"gone{number}" for number in self.forgotten]
        assert leaks(folder, [f"{secret}@" for secret in secrets]) == []

    def _check_lines(self, ws: Workspace, rows: list[dict[str, Any]]) -> None:
        customers = Counter(row["customer"] for row in rows)
        assert sum(ws.trend(period="month").table["events"].to_pylist()) == len(rows)
        if rows:
            either = ws.trend(period="month", where="page = '1' or page != '1'")
            assert sum(either.table["events"].to_pylist()) == len(rows)
            assert ws.funnel(["Seen"]).table["customers"].to_pylist() == [len(customers)]
            assert ws.funnel(["Seen"], unit="totals", entry="each").table["customers"].to_pylist() == [len(rows)]
        for customer in list(customers)[:2]:
            assert ws.timeline(customer).table.num_rows == customers[customer]

    def _check_proposals(self, ws: Workspace) -> None:
        """What was proposed and accepted is there, once; of the rest nothing that was never begun."""
        found = [row for row in ws.proposals(all=True).table.to_pylist() if row["kind"] == "user_id"]
        said = {int(row["left"].removeprefix("lead")): row for row in found}
        assert len(said) == len(found), "proposed twice"
        assert set(said) <= set(self.leads)
        assert not {n for n, word in self.leads.items() if word != "proposing"} - set(said), "a proposal is lost"
        joins = Counter(edge["left_id"] for edge in ws.edges() if edge["source"].startswith("review"))
        for number, row in said.items():
            assert joins[row["left"]] == (row["decision"] == "accepted"), "accepted without an edge, or joined twice"
            assert row["decision"] == "accepted" or self.leads[number] != "accepted", "a join is lost"

    def accept_again(self, ws: Workspace) -> None:
        """Accept every proposal once more: those that join already go on joining once."""
        rows = ws.proposals(all=True).table.to_pylist()
        if numbers := [row["proposal"] for row in rows if row["kind"] == "user_id"]:
            ws.accept(numbers)
        self.leads |= {int(row["left"].removeprefix("lead")): "accepted" for row in rows if row["kind"] == "user_id"}

    def send_again(self, ws: Workspace) -> None:
        """Everything that was ever sent, once more: just what is missing is taken, and of the forgotten nothing."""
        there = {row["message_id"] for row in ws.sql("select message_id from events").to_pylist()}
        wanted = [event(int(id[1:])) for id in sorted(self.sent)]
        report = ws.ingest([*wanted, *(passing(number, place) for number in self.forgotten for place in range(3))])
        assert report.accepted == len(self.sent - there)
        assert report.suppressed == 3 * len(self.forgotten)
        self.safe |= self.sent

    def finish(self, folder: Path) -> None:
        """Open the workspace after a crash, check, and forget those who were to be forgotten."""
        with lvtu.open(folder) as ws:
            self.check(ws, folder)
            self.send_again(ws)
            self.accept_again(ws)
            known = {row["user_id"] for row in ws.sql("select distinct user_id from events").to_pylist()}
            for number in sorted(self.halves - self.forgotten):
                if f"gone{number}" in known:
                    ws.forget(f"gone{number}")
                    self.forgotten.add(number)
            self.halves &= self.forgotten
            self.check(ws, folder)


def _owner(id: str) -> str:
    return f"c{int(id[1:]) % CUSTOMERS}" if id[0] == "e" else f"gone{re.split(r'[g.]', id)[1]}"
