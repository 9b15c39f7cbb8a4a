"""The data-quality report agrees with counts made by hand over the same events."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.core.sentences import Reason
from lvtu.quality import Volume, describe

START = datetime(2026, 3, 1, tzinfo=UTC)


def events(seed: int, number: int = 400) -> list[dict[str, Any]]:
    dice = random.Random(seed)
    return [
        {
            "message_id": f"{seed}-{place}",
            "user_id": f"u{dice.randrange(30)}",
            "event": dice.choice(["Visit", "Order", "Return"]),
            "channel": dice.choice(["web", "store", None]),
            "source": dice.choice(["till", "site"]),
            "time": START + timedelta(minutes=dice.randrange(50_000)),
        }
        for place in range(number)
    ]


def by_hand(rows: list[dict[str, Any]], column: str) -> dict[str | None, tuple[int, int, datetime, datetime]]:
    groups: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return {
        name: (len(some), len({r["user_id"] for r in some}), min(r["time"] for r in some), max(r["time"] for r in some))
        for name, some in groups.items()
    }


def counted(volumes: tuple[Volume, ...]) -> dict[str | None, tuple[int, int, datetime, datetime]]:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return {
        v.name: (v.events, v.customers, epoch + timedelta(microseconds=v.first), epoch + timedelta(microseconds=v.last))
        for v in volumes
    }


@pytest.mark.parametrize("tail", [False, True])
def test_h16_volumes_are_those_counted_by_hand(tmp_path: Path, tail: bool) -> None:
    with lvtu.open(tmp_path / "ws") as ws:
        rows = events(1)
        ws.ingest(rows)
        if tail:  # a few more, which lie beside the base and move customers there
            rows = [*rows, *events(2, 15)]
            ws.append(events(2, 15))
        info = ws.info()
    for column in ("event", "channel", "source"):
        volumes = getattr(info, f"by_{column}")
        assert counted(volumes) == by_hand(rows, column)
        assert [v.events for v in volumes] == sorted((v.events for v in volumes), reverse=True)
    assert info.events == len(rows)
    assert info.customers == len({row["user_id"] for row in rows})
    assert info.as_dict()["first"] == min(row["time"] for row in rows).isoformat()
    assert info.as_dict()["last"] == max(row["time"] for row in rows).isoformat()
    assert info.size > 10_000


def test_h16_repeats_rejections_and_freshness(tmp_path: Path) -> None:
    rows = events(1, 50)
    bad = [
        {"user_id": "x", "event": "Visit"},
        {"event": "Visit", "time": "2026-03-01"},
        {"event": "Visit", "time": "2026-03-02"},
    ]
    with lvtu.open(tmp_path / "ws") as ws:
        ws.ingest([*rows, *rows[:7], *bad])
        info = ws.info()
    assert info.repeats == 7
    assert info.quarantine == {Reason("nobody"): 2, Reason("missing", field="time"): 1}
    assert info.commits == 1
    now = datetime.now(UTC)
    received = datetime.fromisoformat(info.as_dict()["received"])
    assert timedelta() <= now - received < timedelta(minutes=10)
    age = now - max(row["time"] for row in rows)
    assert info.age == pytest.approx(age / timedelta(microseconds=1), abs=600e6)


def test_h16_conflicts_and_unmatched_only_when_asked(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"user_id": "ann", "anonymous_id": "kiosk", "event": "Visit", "time": "2026-03-01T09:00:00Z"},
        {"user_id": "bo", "anonymous_id": "kiosk", "event": "Visit", "time": "2026-03-01T10:00:00Z"},
        {"anonymous_id": "stranger", "event": "Visit", "time": "2026-03-01T11:00:00Z"},
        {"user_id": "ann", "identifiers": {"email": "a@x"}, "event": "Visit", "time": "2026-03-02T11:00:00Z"},
        {"user_id": "bo", "identifiers": {"email": "a@x"}, "event": "Visit", "time": "2026-03-02T12:00:00Z"},
    ]
    with lvtu.open(tmp_path / "ws") as ws:
        ws.ingest(rows)
        plain, full = describe(ws), describe(ws, full=True)
    assert plain.identity is None
    assert full.identity is not None
    assert full.identity.anonymous_customers == 1
    assert full.identity.anonymous_share == pytest.approx(1 / 3)
    assert full.identity.no_user == pytest.approx(1 / 5)
    report = full.identity.report
    assert [(c.kind, c.id, sorted(c.users)) for c in report.shared_anonymous] == [
        ("anonymous_id", "kiosk", ["ann", "bo"])
    ]
    assert [(c.kind, c.id) for c in report.shared_identifiers] == [("email", "a@x")]
    assert report.unmatched_anonymous == ("stranger",)
    assert "kiosk: ann, bo" in str(full)
    assert json.loads(json.dumps(full.as_dict()))["identity"]["counts"]["unmatched_anonymous"] == 1


def test_an_empty_workspace_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTU_LANG", "zh")
    with lvtu.open(tmp_path / "ws") as ws:
        info = ws.info()
    assert (info.events, info.customers, info.by_event, info.age) == (0, 0, (), None)
    assert "还没有事件" in str(info)
    assert info.as_dict()["first"] is None


def test_people_read_it_in_their_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with lvtu.open(tmp_path / "ws") as ws:
        ws.ingest(events(1, 20))
        info = ws.info()
    monkeypatch.setenv("LVTU_LANG", "en")
    assert "events: 20; customers: " in str(info)
    assert "By channel" in str(info)
    monkeypatch.setenv("LVTU_LANG", "zh")
    assert "位客户的 20 个事件" in str(info)
    assert "按渠道" in str(info)
    assert "（无）" in str(info)


def test_long_lists_are_cut_for_people_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTU_LANG", "en")
    with lvtu.open(tmp_path / "ws") as ws:
        ws.ingest([{"user_id": "u", "event": f"E{n}", "time": "2026-03-01"} for n in range(30)])
        info = ws.info()
    assert len(info.as_dict()["by_event"]) == 30
    assert "By event (20 of 30)" in str(info)
