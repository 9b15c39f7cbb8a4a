"""What was planned beside what was done, and what was handed over: I8, D2."""

from __future__ import annotations

from pathlib import Path

import lvtu
from acceptance.fixtures import shop_events


def test_i8_deviations_from_the_plan_are_those_of_the_fixture(tmp_path: Path) -> None:
    """Six customers: ann and cy keep to the plan, bo pays too late, eve does it the wrong way round, two stop."""
    with lvtu.open(tmp_path / "shop.lvtu") as ws:
        ws.ingest(shop_events())
        ws.append([{"user_id": "cy", "event": "Chat", "time": "2026-03-03T08:01:30Z"}])
        result = ws.conformance(["Viewed", "Cart", {"place": "Paid", "within": "7d"}])
        assert [(row["completed"], row["late"], row["out_of_order"], row["missing"], row["pending"])
                for row in result.table.to_pylist()] == [(6, 0, 0, 0, 0), (4, 0, 1, 1, 0), (2, 1, 0, 2, 1)]  # fmt: skip
        assert result.customers(2, "out_of_order") == ["eve"] and result.customers(2, "missing") == ["dee"]
        assert result.customers(3, "late") == ["bo"] and result.customers(3, "pending") == ["fay"]
        assert result.ad_hoc.to_pylist() == [{"name": "Chat", "customers": 1, "events": 1, "share": 1 / 6}]
        assert result.detours.to_pylist() == [{"source": "Cart", "target": "Paid", "customers": 1, "events": 1}]
        # costs: ann 0, bo 0 (late is no move), cy 1 of 7, dee 2 of 4, eve 3 of 5, fay 1 of 5
        assert result.fitting == 2
        assert abs(result.fitness - (1 + 1 + 6 / 7 + 2 / 4 + 2 / 5 + 4 / 5) / 6) < 1e-12


def test_d2_broken_handoffs_are_counted_from_events(tmp_path: Path) -> None:
    """Of five carts two are paid within a week, one later, one never; one still has time."""
    with lvtu.open(tmp_path / "shop.lvtu") as ws:
        ws.ingest(shop_events())
        result = ws.handoffs([{"source": "Cart", "target": "Paid", "within": "7d"}])
        row = result.table.to_pylist()[0]
        assert [row[name] for name in ("handoffs", "customers", "kept", "late", "broken", "pending", "mature")] == [
            5, 5, 2, 1, 1, 1, 4,
        ]  # fmt: skip
        assert row["share"] == 0.5
        assert result.customers(1, "broken") == ["eve"] and result.customers(1, "pending") == ["fay"]
