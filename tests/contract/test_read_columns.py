"""What is read in texts, as columns: against a reading of the rows one by one, in every state of the journeys."""

from __future__ import annotations

import json
import math
import pickle
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
import pytest

import lvtu
from contract.cases import buckets
from contract.decoding import leaks
from lvtu import voice
from lvtu.core.expr.values import READ_FIELDS
from lvtu.errors import BadExpression, BadInput
from lvtu.store.journeys import fields
from lvtu.store.journeys.derived import name_and_version
from lvtu.workspace import Workspace

TEXTS = (
    "房间很干净，服务也好", "太差了，再也不来", "送餐慢死了，而且是凉的", "Great crew, thank you!",
    "Never again. Two hours on hold!",
    "It arrived on Monday", "味道不错，但是包装破了", "", None, "👍", "12345", "très bien", "ok",
)  # fmt: skip


def said(first: int, number: int, people: int = 9) -> list[dict[str, Any]]:
    return [
        {"message_id": f"m{at}", "user_id": f"u{at % people}", "time": f"2026-{1 + at % 3:02d}-{1 + at % 27:02d}",
         "event": ("Review Posted", "Chat Message", "Order Completed")[at % 3], "channel": ("web", "store")[at % 2],
         "text": TEXTS[at % len(TEXTS)], "properties": {"sentiment": "mine"}}
        for at in range(first, first + number)
    ]  # fmt: skip


def read_alone(ws: Workspace) -> list[dict[str, Any]]:
    """Each event with what its text says, read by itself, as the workspace keeps it: feelings in steps of 1/128."""
    rows: list[dict[str, Any]] = ws.sql("select * from events").to_pylist()
    for row in rows:
        [found] = voice.analyse([row["text"]]).to_pylist()
        feeling = found["sentiment"]
        row["sentiment"] = None if feeling is None else round(128 * feeling) / 128
        row["sentiment_label"], row["language_read"] = found["label"], found["language"]
        row["text_length"] = len(row["text"] or "") or None
        row |= {name: found[name] for name in ("emotion", "intent", "urgency")}
        row["topics"] = found["topics"] or []
    return rows


def counted(ws: Workspace, condition: str) -> int:
    return sum(ws.trend(None, period="month", where=condition).table["events"].to_pylist())


@pytest.fixture(scope="module", params=["plain", "tail", "appended", "compacted"])
def state(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with buckets(4), lvtu.open(tmp_path_factory.mktemp("read") / "a.lvtu") as ws:
        ws.ingest(said(0, 90))
        if request.param != "plain":
            ws.scores(metric="sentiment")  # the columns are there when more comes
            more = said(90, 30, people=14)
            ws.append(more) if request.param == "appended" else ws.ingest(more)
        if request.param == "compacted":
            ws.compact()
        yield ws


def test_conditions_and_breakdowns_read_what_each_text_says_alone(state: Workspace) -> None:
    rows = read_alone(state)
    assert len({row["sentiment_label"] for row in rows}) >= 3
    asked = {
        "sentiment < -0.5": lambda row: row["sentiment"] is not None and row["sentiment"] < -0.5,
        "not sentiment < -0.5": lambda row: row["sentiment"] is not None and row["sentiment"] >= -0.5,
        "sentiment is null": lambda row: row["sentiment"] is None,
        "sentiment_label = 'negative'": lambda row: row["sentiment_label"] == "negative",
        "language_read in ('zh', 'other')": lambda row: row["language_read"] in ("zh", "other"),
        "emotion = 'satisfaction'": lambda row: row["emotion"] == "satisfaction",
        "intent in ('complain', 'leave')": lambda row: row["intent"] in ("complain", "leave"),
        "urgency >= 1": lambda row: (row["urgency"] or 0) >= 1,
        "urgency = '0'": lambda row: row["urgency"] == 0,
        "topic_read = 'place.cleanliness'": lambda row: row["topics"][:1] == ["place.cleanliness"],
        "topics_read contains '\"service\"'": lambda row: "service" in row["topics"],
        "topics_read contains 'service'": lambda row: any(one.split(".")[0] == "service" for one in row["topics"]),
        "not topics_read contains 'place.cleanliness'": lambda row: (
            bool(row["topics"]) and ("place.cleanliness" not in row["topics"])
        ),
        "topics_read contains 'serv'": lambda row: False,
        "topics_read is null": lambda row: not row["topics"],
        "text_length > 5": lambda row: row["text_length"] is not None and row["text_length"] > 5,
        "properties.sentiment = 'mine'": lambda row: True,
    }
    for condition, true in asked.items():
        assert counted(state, condition) == sum(map(true, rows)), condition
    assert any(len(row["topics"]) > 1 for row in rows) and any(row["urgency"] for row in rows)
    for name in ("sentiment_label", "emotion", "intent"):
        found = state.trend(None, by=name, period="month").table.to_pylist()
        for value in {row[name] for row in rows}:
            there = sum(row["events"] for row in found if row[name] == value)
            assert there == sum(row[name] == value for row in rows)


def test_scores_of_sentiment_are_means_of_what_is_said(state: Workspace) -> None:
    rows = [row for row in read_alone(state) if row["sentiment"] is not None]
    table = state.scores(metric="sentiment", by="channel", period="month").table.to_pylist()
    assert sum(row["n"] for row in table) == len(rows)
    for row in table:
        theirs = [
            one["sentiment"] for one in rows
            if one["channel"] == row["channel"] and one["time"].month == row["period"].month
        ]  # fmt: skip
        assert row["n"] == len(theirs)
        assert row["value"] == pytest.approx(mean(theirs), abs=1e-12)
        half = 1.96 * np.std(theirs, ddof=1) / math.sqrt(len(theirs))
        assert row["low"] <= row["value"] - half * 0.99, "Student's interval is no narrower than the normal one"


def test_a_scale_has_no_place_beside_sentiment(state: Workspace) -> None:
    with pytest.raises(BadInput, match="read in texts"):
        state.scores(metric="sentiment", scale="csat5")
    with pytest.raises(BadExpression):
        state.trend(None, where="sentiment = 'negative'")
    with pytest.raises(BadInput):
        state.scores(metric="sentiment", by="sentiment")


def test_who_is_behind_and_why(state: Workspace) -> None:
    rows = read_alone(state)
    names = {row["user_id"] for row in rows if row["sentiment"] is not None and row["channel"] == "store"}
    answer = state.scores(metric="sentiment", by="channel")
    assert answer.customers("store") == sorted(names)
    told = answer.explain("u1").table.to_pylist()
    mine = {row["message_id"]: row["sentiment"] for row in rows
            if row["user_id"] == "u1" and row["sentiment"] is not None}  # fmt: skip
    assert {one["message_id"]: one["score"] for one in told} == mine


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with lvtu.open(tmp_path / "shop.lvtu") as ws:
        ws.ingest(said(0, 60))
        yield ws


def labels(ws: Workspace) -> dict[str | None, int]:
    found: dict[str | None, int] = {}
    for row in ws.trend(None, by="sentiment_label", period="month").table.to_pylist():
        found[row["sentiment_label"]] = found.get(row["sentiment_label"], 0) + row["events"]
    return found


def test_a_correction_counts_at_once_and_can_be_taken_back(shop: Workspace) -> None:
    before, token = labels(shop), shop.snapshot().token
    event = shop.sql("select event_id from events where message_id = 'm3'")["event_id"][0].as_py()
    shop._ledger.corrections.add(event, {"sentiment_label": "neutral", "sentiment": 0.0}, by="ann")
    assert shop.snapshot().token != token
    assert labels(shop) == before | {"positive": before["positive"] - 1, "neutral": before["neutral"] + 1}
    assert counted(shop, "sentiment = 0") == 1 + sum(row["sentiment"] == 0 for row in read_alone(shop))
    shop.append(said(60, 30))
    later = labels(shop)
    shop.compact()
    assert labels(shop) == later, "what is corrected is not written into the columns, and survives them"
    shop._ledger.corrections.add(event, {"sentiment_label": None, "sentiment": None}, by="ann")
    assert labels(shop) == later | {"positive": later["positive"] + 1, "neutral": later["neutral"] - 1}


def test_another_version_is_made_anew_and_the_old_one_is_not_carried_on(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = labels(shop)
    kept = {name_and_version(name) for name in fields.made(shop.snapshot().folder)}
    [old] = [version for name, version in kept if name == "sentiment_label"]
    monkeypatch.setattr(voice.columns, "_FORM", 99)
    shop._books_of_voice.choose("calibration", None)
    assert labels(shop) == before
    shop.append(said(60, 30))
    shop.compact()
    versions = {version for name, version in map(name_and_version, fields.made(shop.snapshot().folder))
                if name == "sentiment_label"}  # fmt: skip
    assert len(versions) == 1 and old not in versions


def test_the_columns_of_whom_is_forgotten_go_and_their_corrections_too(shop: Workspace) -> None:
    shop.append([{"message_id": "zelda-m1", "user_id": "zelda", "event": "Review Posted", "time": "2026-02-02",
                  "text": "泽尔达的评论很长"}])  # fmt: skip
    shop.scores(metric="sentiment")
    shop.trend(None, by="text")
    event = shop.sql("select event_id from events where message_id = 'zelda-m1'")["event_id"][0].as_py()
    shop._ledger.corrections.add(event, {"sentiment_label": "negative", "sentiment": -1.0}, by="ann")
    other = shop.sql("select event_id from events where message_id = 'm3'")["event_id"][0].as_py()
    shop._ledger.corrections.add(other, {"sentiment_label": "neutral"}, by="ann")
    folder = shop.snapshot().folder
    assert leaks(shop.layout.root, ["泽尔达的评论很长"])
    shop.forget("zelda")
    assert not folder.exists()
    assert leaks(shop.layout.root, ["泽尔达的评论很长", "zelda-m1"]) == []
    assert [one.event for one in shop._ledger.corrections.all()] == [other]
    assert labels(shop)["neutral"] == 1 + sum(row["sentiment_label"] == "neutral" for row in read_alone(shop))


def test_sql_reads_them_too(state: Workspace) -> None:
    names = ["message_id", "sentiment", "sentiment_label", "language_read", "text_length", "emotion", "intent"]
    found = {row.pop("message_id"): row for row in state.sql(f"select {', '.join(names)} from events").to_pylist()}
    assert found == {row["message_id"]: {name: row[name] for name in names[1:]} for row in read_alone(state)}
    asked = "select customer, urgency, topics_read from events where sentiment_label = 'negative'"
    rows = [row for row in read_alone(state) if row["sentiment_label"] == "negative"]
    told = sorted((row["customer"], row["urgency"], row["topics_read"] or "") for row in state.sql(asked).to_pylist())
    assert told == sorted(
        (row["user_id"], str(row["urgency"]), json.dumps(row["topics"], separators=(",", ":")) if row["topics"] else "")
        for row in rows
    )


def test_a_snapshot_travels_with_what_was_read_and_corrected(shop: Workspace) -> None:
    shop._ledger.corrections.add(3, {"sentiment_label": "neutral", "sentiment": 0.125}, by="ann")
    here = shop.snapshot()
    here.prepare(["sentiment", "sentiment_label", "topics_read"])
    there = pickle.loads(pickle.dumps(here))
    for mine, other in zip(here.base, there.base, strict=True):
        assert np.array_equal(mine.numbers("sentiment"), other.numbers("sentiment"), equal_nan=True)
        for name in ("sentiment_label", "topics_read"):
            codes, values = other.codes(name)
            assert np.array_equal(mine.codes(name)[0], codes) and list(mine.codes(name)[1]) == list(values)
    assert 0.125 in {value for block in there.base for value in block.numbers("sentiment").tolist()}


def test_every_column_has_its_values_and_its_words() -> None:
    from lvtu.analyses.naming import Naming
    from lvtu.core.words import say

    read = voice.columns.readings()
    assert set(read.values) == set(read.versions) == set(READ_FIELDS)
    for name, values in read.values.items():
        assert not (READ_FIELDS[name] == "number" and values)
        for lang in ("zh", "en"):
            assert say(f"columns.{name}", lang)
            assert set(Naming(read=read.titles).names(name, lang)) == set(values[1:]), name
