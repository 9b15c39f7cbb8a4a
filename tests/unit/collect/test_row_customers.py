"""Sheets that name nobody: a customer for each row, the same one whenever the row comes again."""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

import pytest

import lvtu
from lvtu.cli import main
from lvtu.collect import Mapping, guess
from lvtu.errors import BadInput
from unit.collect.collecting import all_of

ANSWERS = [
    {"Date": "2026-03-01", "nps": "9", "comment": "good"},
    {"Date": "2026-03-01", "nps": "9", "comment": "good"},
    {"Date": "2026-03-02", "nps": "2", "comment": "慢"},
    {"Date": "2026-03-02", "nps": "11", "comment": "too good"},
]
MAPPING = {
    "one_customer_per_row": True,
    "fields": {"time": "Date", "event": {"constant": "Answered"}, "score": "nps", "scale": {"constant": "nps"},
               "text": "comment"},
}  # fmt: skip


def sheet(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def customers(records: list[dict[str, object]]) -> list[object]:
    assert not any({"user_id", "identifiers"} & set(record) for record in records)
    return [record["anonymous_id"] for record in records]


def test_each_row_is_one_and_it_stays_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records, rejected = all_of(sheet(tmp_path / "a.csv", ANSWERS), MAPPING)
    first = customers(records)
    assert len(set(first)) == 3 and all(str(one).startswith("row:") for one in first)
    assert [row["place"] for row in rejected] == ["a.csv:5"]
    later = [ANSWERS[2], {**ANSWERS[0], "comment": "new"}, ANSWERS[0], ANSWERS[1]]
    again = customers(all_of(sheet(tmp_path / "b.csv", later), MAPPING)[0])
    assert [again[2], again[3], again[0]] == first and again[1] not in first
    monkeypatch.setattr(sys.modules["lvtu.collect.read"], "ROWS", 1)  # whatever a frame's size
    assert customers(all_of(tmp_path / "a.csv", MAPPING)[0]) == first


def test_all_events_of_a_row_are_one_customers_and_mending_finds_them(tmp_path: Path) -> None:
    events = [{"event": "Scored", "score": "nps", "scale": {"constant": "nps"}}, {"event": "Said", "text": "comment"}]
    mapping = {"one_customer_per_row": True, "fields": {"time": "Date"}, "events": events}
    with lvtu.open(tmp_path / "ws") as ws:
        assert ws.ingest(sheet(tmp_path / "a.csv", ANSWERS), mapping).accepted == 7
        whole = {**mapping, "events": [{"event": "Scored", "score": "nps"}]}
        assert ws.quarantine(whole).accepted == 1  # the 11, without a scale
        by_customer: dict[str, list[str]] = defaultdict(list)
        for row in ws.sql("select anonymous_id, event from events").to_pylist():
            by_customer[row["anonymous_id"]].append(row["event"])
    assert sorted(sorted(events) for events in by_customer.values()) == [["Said", "Scored"]] * 4


def test_the_same_sheet_again_changes_nothing_and_nobody_is_joined(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.csv", ANSWERS[:3])
    with lvtu.open(tmp_path / "ws") as ws:
        report = ws.ingest(path, MAPPING)
        assert (report.accepted, [note.code for note in report.notes]) == (3, ["row_customers"])
        assert "匿名客户" in report.notes[0].text("zh") and "cannot be joined" in report.notes[0].text("en")
        report = ws.ingest(path, MAPPING)
        assert (report.accepted, report.duplicates) == (0, 3)
        [one] = ws.sql("select anonymous_id as id from events limit 1")["id"].to_pylist()
        for ends in ((("anonymous_id", one), "ann"), ("ann", ("anonymous_id", one))):
            with pytest.raises(BadInput, match="names nobody"):
                ws.join(*ends)
        assert ws.edges() == []


def test_columns_called_like_ids_are_properties_then(tmp_path: Path) -> None:
    records, _ = all_of([{"user_id": "x", "event": "A", "time": "2026-01-01"}], {"one_customer_per_row": True})
    assert customers(records) and records[0]["properties"] == {"user_id": "x"}


@pytest.mark.parametrize(
    ("more", "field"),
    [({"fields": {"user_id": "a"}}, "user_id"), ({"identifiers": {"email": "a"}}, "identifiers"),
     ({"events": [{"event": "A", "anonymous_id": "b"}]}, "anonymous_id"), ({"shape": "segment"}, "shape")],
)  # fmt: skip
def test_what_names_somebody_is_refused_beside_it(more: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput, match=f"'{field}' says whose a row is"):
        Mapping.load({"one_customer_per_row": True, **more})


def test_answers_without_ids_are_guessed(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.csv", ANSWERS)
    found = guess(path)
    assert found.mapping.one_customer_per_row and found.sample.num_rows == 4
    assert "row_customers_guessed" in [note.code for note in found.notes]
    assert not guess(sheet(tmp_path / "b.csv", [{"Date": "2026-01-01", "page": "x"}])).mapping.one_customer_per_row
    ids = sheet(tmp_path / "c.csv", [{**row, "user_id": "u"} for row in ANSWERS])
    assert not guess(ids).mapping.one_customer_per_row
    assert guess(ids, one_customer_per_row=True).mapping.one_customer_per_row


def test_the_command_takes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"time": "2026-03-01", "event": "Answered", "score": "9"}] * 2
    arguments = ["ingest", str(tmp_path / "ws"), str(sheet(tmp_path / "a.csv", rows)), "--one-customer-per-row"]
    main([*arguments, "--guess", "--json"], standalone_mode=False)
    assert json.loads(capsys.readouterr().out)["mapping"]["one_customer_per_row"] is True
    main([*arguments, "--json"], standalone_mode=False)
    assert json.loads(capsys.readouterr().out)["accepted"] == 2
    with lvtu.Workspace(tmp_path / "ws") as ws:
        assert ws.sql("select count(distinct customer) as n from events")["n"].to_pylist() == [2]
