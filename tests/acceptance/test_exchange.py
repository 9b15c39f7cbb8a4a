"""Nothing is locked in: everything comes out in plain files, and makes the same workspace again (P5)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from click.testing import CliRunner

import lvtu
from lvtu.cli import main
from lvtu.errors import BadInput, UnknownName
from lvtu.store.proposals import Proposed

EVENTS: list[dict[str, Any]] = [
    {"user_id": "ann", "anonymous_id": "phone-1", "event": "Signed In", "time": "2026-03-01T09:00:00.000001Z",
     "identifiers": {"email": "ann@example.com"}, "properties": {"deep": {"a": [1, None]}, "n": 1}},
    {"anonymous_id": "phone-1", "event": "Product Viewed", "time": "2026-03-01T08:00:00Z", "channel": "web",
     "properties": {"price": 0.1}},
    {"user_id": "bo", "event": "Order Paid", "time": "2026-03-02T08:00:00Z", "value": 49.9, "currency": "CNY"},
    {"user_id": "陈", "event": "Survey Answered", "time": "2026-03-03", "time_basis": "day", "score": 3, "scale": "nps",
     "text": '"贵"，\n还慢', "language": "zh", "weight": 1.25, "sequence": 7},
    {"user_id": "zoe", "event": "Order Paid", "time": "2026-03-04T08:00:00Z", "value": 1e-9},
]  # fmt: skip
MODEL = {
    "key": "shop",
    "title": {"zh": "网店", "en": "Shop"},
    "stages": [{"key": "see", "name": {"zh": "看", "en": "See"}, "entry": "Product Viewed"}],
}


def filled(path: Path) -> Any:
    """A workspace with something of everything."""
    ws: Any = lvtu.open(path)
    ws.ingest([*EVENTS, {"user_id": "eve", "event": "Broken", "time": "yesterday"}])
    ws.append([{"user_id": "ann", "event": "Order Paid", "time": "2026-03-05T08:00:00Z"}])
    ws.forget("zoe")
    ws.save_model(MODEL)
    ws.save_model({**MODEL, "title": {"zh": "商店", "en": "Store"}})
    ws.save_metric({"key": "buyers", "title": "Buyers", "of": {"events": "Order Paid"}})
    ws.save_segment("VIP", customers=["bo", "陈"])
    ws.save_segment("paid", "did 'Order Paid'")
    ws.contracts.save({"event": "Order Paid", "properties": {"price": {"type": "number"}}})
    ws.join("ann", "bo")
    ws.unjoin(ws.join("bo", "陈"))
    found = [Proposed("user_id", "ann", "陈", 0.5, {"name": ["close", 1.5]}), Proposed("user_id", "bo", "zed", 0.9, {})]
    ws._ledger.proposals.add(found, 1, "proposed:splink", "crm.csv")
    ws.accept(ws._ledger.proposals.all()[0].number)
    ws.join_by("email")
    return ws


def told(ws: Any) -> dict[str, Any]:
    """What the two must say alike."""
    fields = (
        "message_id, time, received_at, user_id, anonymous_id, identifiers, event, channel, source, value, currency"
    )
    more = "score, scale, text, language, sequence, time_basis, weight, properties, customer"
    return {
        "events": ws.sql(f"select {fields}, {more} from events order by message_id").to_pylist(),
        "funnel": ws.funnel(["Product Viewed", "Order Paid"]).table.to_pylist(),
        "stages": ws.stages().table.to_pylist(),
        "old model": ws.model("shop", 1).to_yaml(),
        "models": ws.models(),
        "metric": ws.metric("buyers").table.to_pylist(),
        "VIP": ws.segment("in segment VIP").customers(),
        "paid": ws.segment("in segment paid").customers(),
        "contracts": [contract.to_yaml() for contract in ws.contracts.list()],
        "edges": ws.edges(),
        "proposals": ws._ledger.proposals.all(),
        "who": ws.identity("ann").table.to_pylist(),
    }


@pytest.mark.parametrize("format", ["parquet", "ndjson", "csv"])
def test_p5_everything_comes_out_and_makes_the_same_workspace(tmp_path: Path, format: str) -> None:
    with filled(tmp_path / "a.lvtu") as ws:
        expected = told(ws)
        exported = ws.export(tmp_path / "out", format)
    assert (exported.events, exported.edges, exported.set_aside) == (5, 5, 1)
    with lvtu.open(tmp_path / "b.lvtu") as copy:
        brought = copy.import_from(tmp_path / "out")
        assert (brought.events, brought.documents, brought.edges) == (5, exported.documents, 5)
        assert told(copy) == expected


def test_other_systems_read_the_events(tmp_path: Path) -> None:
    for format in ("parquet", "ndjson", "csv"):
        with filled(tmp_path / f"{format}.lvtu") as ws:
            ws.export(tmp_path / format, format)
    read = {"parquet": "read_parquet", "ndjson": "read_json_auto", "csv": "read_csv_auto"}
    for format, function in read.items():
        query = f"select event, user_id, value from {function}('{tmp_path / format / f'events.{format}'}')"
        with duckdb.connect() as database:
            assert ("Order Paid", "bo", 49.9) in database.sql(query).fetchall()
    lines = (tmp_path / "ndjson" / "events.ndjson").read_text("utf-8").splitlines()
    signed_in = next(row for row in map(json.loads, lines) if row["event"] == "Signed In")
    assert signed_in["properties"] == {"deep": {"a": [1, None]}, "n": 1}
    assert signed_in["identifiers"] == {"email": "ann@example.com"}
    assert pl.read_parquet(tmp_path / "parquet" / "events.parquet").height == 5
    [aside] = map(json.loads, (tmp_path / "csv" / "quarantine.ndjson").read_text("utf-8").splitlines())
    assert "eve" in aside["raw"]


def test_nothing_of_who_was_forgotten_is_in_it(tmp_path: Path) -> None:
    with filled(tmp_path / "a.lvtu") as ws:
        ws.export(tmp_path / "out", "csv")
    assert all(b"zoe" not in file.read_bytes() for file in (tmp_path / "out").iterdir())


def test_what_cannot_be_exported_or_brought_in_is_refused(tmp_path: Path) -> None:
    with filled(tmp_path / "a.lvtu") as ws:
        with pytest.raises(UnknownName, match="xml"):
            ws.export(tmp_path / "out", "xml")
        ws.export(tmp_path / "out")
        with pytest.raises(BadInput) as refused:
            ws.export(tmp_path / "out")
        assert refused.value.code == "export_there"
        with pytest.raises(BadInput) as refused:
            ws.import_from(tmp_path / "out")
        assert refused.value.code == "workspace_in_use"
    with lvtu.open(tmp_path / "b.lvtu") as copy:
        with pytest.raises(BadInput) as refused:
            copy.import_from(tmp_path)
        assert refused.value.code == "not_an_export"
        (tmp_path / "out" / "identity.json").write_text("{}")
        with pytest.raises(BadInput) as refused:
            copy.import_from(tmp_path / "out")
        assert refused.value.code == "export_damaged" and copy.info().events == 0
        (tmp_path / "out" / "lvtu-export.json").write_text('{"format": 2, "files": {}}')
        with pytest.raises(BadInput) as refused:
            copy.import_from(tmp_path / "out")
        assert refused.value.code == "export_newer"


def test_an_empty_workspace_goes_there_and_back(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "a.lvtu") as ws:
        for format in ("parquet", "csv"):
            assert ws.export(tmp_path / format, format).events == 0
    with lvtu.open(tmp_path / "b.lvtu") as copy:
        assert copy.import_from(tmp_path / "csv").events == 0


def test_the_commands_say_what_they_did(tmp_path: Path) -> None:
    filled(tmp_path / "a.lvtu").close()
    out, copy = str(tmp_path / "out"), str(tmp_path / "b.lvtu")
    done = CliRunner().invoke(main, ["export", str(tmp_path / "a.lvtu"), out, "--format", "csv"])
    assert done.exit_code == 0 and "events 5" in done.output and "joins 5" in done.output
    done = CliRunner().invoke(main, ["import", copy, out, "--json"])
    assert done.exit_code == 0 and json.loads(done.output)["events"] == 5


def test_what_is_no_export_leaves_no_workspace_behind(tmp_path: Path) -> None:
    copy = tmp_path / "b.lvtu"
    done = CliRunner().invoke(main, ["import", str(copy), str(tmp_path)])
    assert done.exit_code != 0 and "lvtu-export.json" in done.output and not copy.exists()
