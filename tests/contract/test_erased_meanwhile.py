"""An erasure takes events from the lake between reading them and asking for more of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.store.lake import Lake, NotInLake


def test_a_question_is_asked_anew_where_its_events_are_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = {"user_id": "a", "time": "2026-03-01T10:00:00Z"}
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([event | {"event": "Seen", "message_id": "1"}])
        assert ws.sql("select count(*) as n from events").to_pylist() == [{"n": 1}]
    asked: list[Any] = []
    take = Lake.take

    def gone_at_first(lake: Lake, *of: Any) -> Any:
        asked.append(of)
        if len(asked) == 1:
            raise NotInLake("2 of 2 events are not in the lake")
        return take(lake, *of)

    monkeypatch.setattr(Lake, "take", gone_at_first)
    with lvtu.Workspace(tmp_path / "shop") as ws:
        ws.ingest([event | {"event": name, "message_id": name} for name in ("Late", "Later")])  # at the same time
        assert ws.sql("select count(*) as n from events").to_pylist() == [{"n": 3}]
    assert len(asked) > 0, "the order of events of one time takes their ids"
