"""What customers say in other systems comes in: H2, H8, H9, H12, M6, M7; payloads are constructed, sums by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import lvtu
from unit.collect.test_reviews import JD
from unit.collect.test_reviews import written as sheet
from unit.collect.test_survey_apis import DETAILS, PAGES
from unit.collect.test_survey_sheets import IMPORTS, LABELS, NAMES, WORDS
from unit.collect.test_tickets import FIRST, RATINGS, SECOND, SURVEYS

MINUTE = 60_000_000


def lines(path: Path, rows: list[Any]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_h2_posts_come_once_and_their_authors_are_not_named(tmp_path: Path) -> None:
    """The second export holds the first one's rows again, in another order and encoding, and one more."""
    more = [*JD[1:], ["1006", "爱吃鱼的猫", "", "4", "补一条", "2026-03-09 08:00:00", "电饭煲", "京东", "", "", "", ""]]
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        first = ws.ingest(sheet(tmp_path / "1.csv", JD), "reviews")
        second = ws.ingest(sheet(tmp_path / "2.csv", [JD[0], *reversed(more)], "utf-8-sig"), "reviews")
        assert (first.accepted, second.accepted, second.duplicates) == (6, 1, 6)
        assert "爱吃鱼的猫" not in str(ws.sql("select * from events").to_pylist())
        assert ws.sql("select count(distinct customer) n from events")["n"].to_pylist() == [3]  # the cat, two masked


def test_h8_tickets_give_the_time_to_a_first_response_and_to_a_resolution(tmp_path: Path) -> None:
    """Replies after 30, 90 and 0 minutes, resolutions after 1440, 600 and 45; one ticket waits for both."""
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.ingest(lines(tmp_path / "t.ndjson", [FIRST, SECOND, RATINGS, SURVEYS]), "zendesk")
        pairs = [
            {"source": "Ticket Created", "target": "First Response", "within": "1h"},
            {"source": "Ticket Created", "target": "Ticket Solved", "within": "12h"},
        ]
        reply, full = ws.handoffs(pairs).table.to_pylist()
        assert [reply["median_time"], full["median_time"]] == pytest.approx([30 * MINUTE, 600 * MINUTE], rel=0.01)
        assert (reply["kept"], reply["late"], full["kept"], full["late"]) == (2, 1, 2, 1)
        rated = ws.sql("select score, scale from events where event = 'Ticket Rated' order by time").to_pylist()
        assert [(row["score"], row["scale"]) for row in rated] == [(2.0, "csat2"), (1.0, "csat2"), (4.0, "csat5")]


def test_h9_a_review_has_its_stars_its_words_and_its_product(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.ingest(sheet(tmp_path / "1.csv", JD), "reviews")
        rows = ws.sql("select score, scale, text, properties->>'product' p from events where score > 0 order by time")
        assert [tuple(row.values()) for row in rows.to_pylist()] == [
            (5.0, "stars5", "包装很好\n物流快👍", "电饭煲"), (1.0, "stars5", "坏了", "电饭煲"), (3.0, "stars5", None,
             "电饭煲"),
        ]  # fmt: skip


def test_h12_a_panel_comes_with_its_weights(tmp_path: Path) -> None:
    """Embedded data called weight are the responses' weights."""
    weighted = [[*row, extra] for row, extra in zip(
        [NAMES, WORDS, IMPORTS, *LABELS], ["weight", "weight", '{"ImportId":"weight"}', "1.5", "0.5", "9", "1"],
         strict=True
    )]  # fmt: skip
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.ingest(sheet(tmp_path / "q.csv", weighted, "utf-8"), "qualtrics")
        nps = ws.sql("select score, weight from events where scale = 'nps' order by time").to_pylist()
        assert [(row["score"], row["weight"]) for row in nps] == [(10.0, 1.5), (0.0, 0.5)]


def test_m6_surveymonkey_responses_are_decoded(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        report = ws.ingest(lines(tmp_path / "m.ndjson", [DETAILS, *PAGES]), "surveymonkey")
        assert (report.accepted, report.duplicates, report.rejected) == (4, 1, 0)
        rows = ws.sql("select score, scale, text, properties->>'question' q from events order by time, sequence")
        assert sorted(map(str, rows["q"].to_pylist())) == [
            "Anything else?", "How likely is it that you would recommend us?", "How satisfied are you with – price",
            "How satisfied are you with – staff",
        ]  # fmt: skip


def test_m7_zendesk_goes_on_where_it_was_broken_off(tmp_path: Path) -> None:
    """The process ends after the first page; the next begins there again, as its cursor was not kept."""
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        assert ws.ingest(lines(tmp_path / "1.ndjson", [FIRST]), "zendesk").accepted == 7
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        again = ws.ingest(lines(tmp_path / "2.ndjson", [FIRST, SECOND]), "zendesk")
        assert (again.accepted, again.rejected) == (3, 0) and ws.info().events == 10
        assert ws.ingest(lines(tmp_path / "3.ndjson", [SECOND, SURVEYS, SURVEYS]), "zendesk").accepted == 2
