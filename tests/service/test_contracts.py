"""What breaks a contract is counted, told, or set aside; once the contract is mended it comes in."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.service.arrivals import judge
from lvtu.service.arrivals.clocks import Clocks
from lvtu.service.arrivals.envelope import envelope_of
from lvtu.service.arrivals.messages import records_of
from lvtu.service.home import Served
from service.running import COMMAND, Client, delivery, ids, new_key, ran, running, stored, track, waiting

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
PAID = {"event": "Paid", "required": ["total"],
        "properties": {"total": {"type": "number"}, "status": {"enum": ["open", "paid"]}}}  # fmt: skip


def paid(number: int, **properties: Any) -> dict[str, Any]:
    return track(number, event="Paid", properties=properties)


def test_over_http_and_back_again(tmp_path: Path) -> None:
    """Enforced, refused, mended: nothing of it is lost, and nothing gets past the contract on the way back."""
    folder = tmp_path / "shop"
    with lvtu.open(folder) as ws:
        ws.contracts.save(PAID | {"mode": "enforce"})
    batch = [paid(1, total=3), paid(2, total="3"), paid(3), track(4), paid(5, total=1, status="lost"),
             paid(6, total="x" * 9)]  # fmt: skip
    with running(tmp_path) as server, Client(server.address, new_key(folder)) as client:
        answer = client.send("batch", {"batch": batch}).json()
        assert answer == {"success": True, "accepted": 2, "refused": [
            {"index": 1, "field": "properties.total", "reason": "of type string, not number"},
            {"index": 2, "field": "properties.total", "reason": "no total"},
            {"index": 4, "field": "properties.status", "reason": "'lost' is not allowed; allowed are open, paid"},
            {"index": 5, "field": "properties.total", "reason": "of type string, not number"},
        ]}  # fmt: skip
        single = client.send("track", paid(7))
        assert (single.status_code, single.json()["field"]) == (400, "properties.total")
    assert ids(stored(folder)) == ["m1", "m4"]
    assert [row["field"].partition(".")[2] for row in waiting(folder)] == ["total", "total", "status", "total", "total"]
    with lvtu.Workspace(folder) as ws:
        counts = {(one["property"], one["code"]): one["messages"] for one in ws.contracts.violations("Paid")}
        assert counts == {("total", "of_type"): 2, ("total", "missing"): 2, ("status", "not_allowed"): 1}
        assert ws.contracts.violations("Other") == []
        ws.quarantine("segment")  # the contract is as it was
        assert len(ws.quarantine()) == 5
        ws.contracts.save(PAID | {"mode": "enforce", "properties": {"total": {"type": ["number", "string"]}}})
        assert ws.quarantine("segment").accepted == 3
    assert ids(stored(folder)) == ["m1", "m2", "m4", "m5", "m6"]
    assert [row["field"] for row in waiting(folder)] == ["properties.total"] * 2
    with lvtu.Workspace(folder) as ws:
        ws.contracts.save(PAID | {"mode": "warn"})
        ws.quarantine("segment")
    assert ids(stored(folder)) == ["m1", "m2", "m3", "m4", "m5", "m6", "m7"]
    assert waiting(folder) == []


def test_a_warning_lets_in_and_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that runs follows what is saved; observing tells nobody."""
    monkeypatch.setattr(judge, "_STALE", 0.0)
    lvtu.open(tmp_path / "shop").close()
    served = Served(tmp_path / "shop")
    try:
        told = []
        for mode in ("observe", "warn", "off"):
            with lvtu.Workspace(tmp_path / "shop") as ws:
                ws.contracts.save(PAID | {"mode": mode})
            body = json.dumps({"batch": [paid(1, status=1, total="x"), paid(2, total=1)]}).encode()
            sent = served.arrivals.open(envelope_of("batch", body, NOW))
            served.arrivals.take(sent).result(60)
            assert (sent.accepted, sent.refused) == (2, [])
            told.append([(index, one.property) for index, _, one in sent.judge.warned()])
        assert told == [[], [(0, "total"), (0, "status")], []]
        assert [(one.version, one.property, one.messages) for one in served._doors[0].violations()] == [
            (1, "status", 1), (1, "total", 1), (2, "status", 1), (2, "total", 1),
        ]  # fmt: skip
    finally:
        served.close()


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ({"type": "identify", "userId": "u", "traits": {"plan": 3}}, "traits.plan"),
        ({"type": "group", "userId": "u", "groupId": "g", "traits": {"plan": 3}}, "traits.plan"),
        ({"type": "page", "userId": "u", "properties": {"plan": 3}}, "properties.plan"),
        ({"type": "page", "userId": 7, "properties": {"plan": 3}}, "properties.plan"),
        ({"type": "track", "userId": "u", "event": "identify", "context": {"plan": 3}}, None),
    ],
)
def test_the_field_is_called_as_the_sender_calls_it(message: dict[str, Any], field: str | None) -> None:
    contracts = [
        {"event": event, "mode": "enforce", "properties": {name: {"type": "string"}}}
        for event, name in (("identify", "plan"), ("group", "group_plan"), ("Page Viewed", "plan"))
    ]
    body = json.dumps({"batch": [message | {"timestamp": NOW.isoformat()}]}).encode()
    sent = delivery("batch", body, NOW, Clocks(), *contracts)
    assert [one.field for one in sent.refused] == ([field] if field else [])
    assert records_of([sent]).num_rows == (0 if field else 1)


def test_a_request_without_its_contract_costs_nothing_more() -> None:
    sent = delivery("batch", json.dumps({"batch": [track(1), paid(2)]}).encode(), NOW, Clocks(), PAID)
    assert list(sent.plain) == [0, 1]
    assert list(sent.judge.found) == [1]


def test_on_the_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    with lvtu.open(folder) as ws:
        ws.append([{"event": "Paid", "user_id": "a", "time": "2026-01-01", "total": n} for n in range(30)])

    def run(*arguments: str) -> str:
        done = ran("contract", folder, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    alone = [*COMMAND, "contract", str(folder), "--learn", "Paid"]
    learned = subprocess.run(alone, capture_output=True, text=True, check=True).stdout
    assert "type:\n    - integer" in learned
    (tmp_path / "paid.yaml").write_text("mode: enforce\n" + learned, encoding="utf-8")
    assert json.loads(run(str(tmp_path / "paid.yaml"), "--json")) == {"event": "Paid", "version": 1, "mode": "enforce"}
    assert [one["event"] for one in json.loads(run("--json"))["contracts"]] == ["Paid"]
    assert json.loads(run("--show", "Paid", "--json"))["required"] == ["total"]
    assert "Paid" in run()
    assert json.loads(run("--violations", "--json")) == {"violations": []}
