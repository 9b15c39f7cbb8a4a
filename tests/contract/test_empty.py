"""A workspace without events answers, and says what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import lvtu
from lvtu.errors import UnknownName
from lvtu.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with lvtu.open(tmp_path / "empty.lvtu") as workspace:
        yield workspace


def test_nothing_happened(ws: Workspace) -> None:
    assert ws.graph().table.num_rows == 0
    assert [part.num_rows for part in (ws.channels().table, ws.channels().consistency)] == [0, 0]
    assert ws.step_matrix().table.num_rows == ws.step_matrix(by="channel").started == 0
    assert ws.flow().table.num_rows == ws.flow(by="channel", entry="first").started == 0
    assert ws.trend().table.num_rows == 0
    assert ws.trend(by="channel").table.num_rows == 0
    assert ws.variants().table.num_rows == 0
    assert ws.clusters().table.num_rows == 0
    assert ws.themes().table.num_rows == ws.themes(by="channel").changes.num_rows == 0
    assert ws.drivers("not did .").table.num_rows == ws.drivers("not did .").linkage.num_rows == 0
    retention = ws.retention(periods=2)
    assert retention.table["customers"].to_pylist() == [0, 0, 0]
    assert retention.table["rate"].to_pylist() == [None, None, None]
    assert retention.cohorts.num_rows == 0
    assert ws.sessions().table["sessions"].to_pylist() == [0]
    assert ws.sessions().table["bounce_rate"].to_pylist() == [None]
    assert ws.timing().table["starts"].to_pylist() == [0] and ws.timing(silent="1d").curve.num_rows == 0
    assert ws.lifecycle().table.num_rows == ws.stickiness().table.num_rows == 0
    assert ws.segment("not did .").table["share"].to_pylist() == [None]
    nobody = ws.overlap("did .", "not did .")
    assert (nobody.union, nobody.table.num_rows, nobody.pairs["lift"].to_pylist()) == (0, 0, [None])
    assert ws.sql("select count(*) as events from events").to_pylist() == [{"events": 0}]
    assert ws.sql("select customer from events").num_rows == 0
    assert "0" in str(ws.info())


def test_nothing_happened_through_a_model(ws: Workspace) -> None:
    point = {"id": "page", "name": "Page", "events": "*"}
    stages = [{"key": "look", "name": "Look", "entry": {"touchpoints": "page"}}]
    ws.save_model({"key": "m", "title": "M", "touchpoints": [point], "stages": stages})
    assert ws.stages().table["customers"].to_pylist() == [0]
    assert ws.stages().now().table.to_pylist() == [
        {"stage": "look", "customers": 0, "share": None}, {"stage": None, "customers": 0, "share": None},
    ]  # fmt: skip
    change = ws.model_change({"key": "m", "title": "M", "stages": [{"key": "buy", "name": "Buy", "entry": "B"}]})
    assert change.table["after"].to_pylist() == [0, None] and change.moves.num_rows == 0
    assert (
        ws.rollup().table.select(["customers", "conversion", "mean_dwell"]).to_pylist()
        == [{"customers": 0, "conversion": None, "mean_dwell": None}] * 2
    )
    assert ws.rollup().scores.num_rows == 0
    assert ws.behaviours().table["customers"].to_pylist() == [0] * 8
    assert ws.behaviours().table["share"].to_pylist() == [None] * 8
    assert ws.first_touch().table.num_rows == 0
    assert ws.flow(by="touchpoint", direction="backward").table.num_rows == 0
    assert [ws.trend(by=name).table.num_rows for name in ("touchpoint", "stage", "behaviour", "online")] == [0] * 4
    assert ws.graph(by="online").table.num_rows == 0
    design = ws.conformance()
    assert design.table["completed"].to_pylist() == [0] and design.table["share"].to_pylist() == [None]
    assert (design.fitness, design.customers_all, design.ad_hoc.num_rows) == (None, 0, 0)
    handed = ws.handoffs([{"source": "page", "target": "page", "within": "1d"}], by="touchpoint").table.to_pylist()[0]
    assert [handed[name] for name in ("handoffs", "mature", "share", "kaplan_meier")] == [0, 0, None, None]


def test_attribution_of_what_did_not_happen(ws: Workspace) -> None:
    with pytest.raises(UnknownName, match="unknown event 'Order Paid'"):
        ws.attribution("Order Paid")
    ws.append([{"event": "Order Paid", "user_id": "ann", "time": "2026-03-01", "channel": "web"}])
    nothing = ws.attribution("Order Paid", "all", since="2027-01-01", money=True)
    assert (nothing.table.num_rows, nothing.models.num_rows, nothing.goals, nothing.journeys) == (0, 0, 0, 0)
    row = {"channel": None, "conversions": 1.0, "share": None, "low": None, "high": None}
    assert ws.attribution("Order Paid", "markov").table.to_pylist() == [row]
    alone = ws.attribution("Order Paid", "markov", own=True).table.to_pylist()
    assert alone == [{"channel": "web", "conversions": 1.0, "share": 1.0, "low": None, "high": None}]


def test_names_are_unknown(ws: Workspace) -> None:
    with pytest.raises(UnknownName, match="unknown event 'Order Paid'"):
        ws.funnel(["Order Paid"])
    with pytest.raises(UnknownName, match="unknown customer 'ann'"):
        ws.timeline("ann")
    with pytest.raises(UnknownName):
        ws.forget("ann")


def test_any_event_may_be_a_step(ws: Workspace) -> None:
    assert ws.funnel([None]).table["customers"].to_pylist() == [0]


def test_what_is_appended_is_there(ws: Workspace) -> None:
    ws.append([{"event": "Order Paid", "user_id": "ann", "time": "2026-03-01"}])
    assert ws.funnel(["Order Paid"]).table["customers"].to_pylist() == [1]
