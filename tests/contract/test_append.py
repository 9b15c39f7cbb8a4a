"""Appending on and on: arrivals go to the lake by themselves, and each is there once."""

from __future__ import annotations

from pathlib import Path

import pytest

import lvtu
from lvtu import workspace


def test_many_arrivals_are_moved_without_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "COMMIT_AFTER", 5)
    visits = [{"event": "Visit", "user_id": f"u{i}", "time": "2026-03-01", "message_id": f"m{i}"} for i in range(9)]
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.append(visits[:3])
        assert ws.commits() == []
        ws.append(visits[2:6])  # one of them again
        assert [(commit["events"], commit["repeats"]) for commit in ws.commits()] == [(6, 1)]
        ws.append(visits[6:])
        assert len(ws.commits()) == 1
        assert ws.funnel(["Visit"]).table["customers"].to_pylist() == [9]
