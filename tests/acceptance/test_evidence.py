"""What was learnt, and the words it stands on, against a table worked out by hand: B15."""

from __future__ import annotations

import json
from pathlib import Path

import lvtu

ROWS = [  # who, when, in what, on which scale, what
    ("ann", "2026-03-01T09:30:00+00:00", "Review Posted", "stars5", "Nice shoes. The refund took two weeks."),
    ("ann", "2026-03-09T12:00:00+00:00", "Review Posted", "stars5", "Still no refund"),
    ("bo", "2026-03-02T08:00:00+00:00", "Ticket Created", None, "退款呢？"),
]


def test_b15_an_insight_keeps_its_quotes_verbatim_and_shows_how_reliable_they_make_it(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop.lvtu") as ws:
        ws.ingest([
            {"message_id": f"m{number}", "user_id": who, "time": time, "event": event, "scale": scale, "text": text}
            for number, (who, time, event, scale, text) in enumerate(ROWS)
        ])  # fmt: skip
        id = ws.insights.add("Refunds take too long").id
        for number, words in enumerate(("took two weeks", "no refund", "退款")):
            ws.insights.quote(id, message_id=f"m{number}", words=words)
        (told,) = json.loads(ws.insights.export("json", id))
        kept = [(one["words"], one["start"], one["stop"], one["time"], one["kind"]) for one in told["quotes"]]
        assert kept == [
            ("took two weeks", 23, 37, "2026-03-01T09:30:00+00:00", "review"),
            ("no refund", 6, 15, "2026-03-09T12:00:00+00:00", "review"),
            ("退款", 0, 2, "2026-03-02T08:00:00+00:00", "ticket"),
        ]
        lake = ws.sql("SELECT event_id, text FROM events").to_pylist()
        texts = {row["event_id"]: row["text"] for row in lake}
        for one in told["quotes"]:
            assert texts[one["source_id"]][one["start"] : one["stop"]] == one["words"]
        first, second, third = (one["speaker"] for one in told["quotes"])
        assert first == second != third and not {"ann", "bo"} & {first, third}
        # Voices 1 + ½ + 1, two kinds of sources: 100 · 2.5 / 6.5 · ¾.
        assert told["reliability"]["value"] == 28.8
        assert "reliability 28.8 (emerging)" in ws.insights.export("md", id)
        assert "based on 3 quotes by 2 speakers, from review, ticket" in ws.insights.export("md", id)
