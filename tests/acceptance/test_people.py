"""One customer, whichever way they come: H14, O4."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lvtu


def test_h14_one_ordered_list_and_a_merge_that_can_be_taken_back(tmp_path: Path) -> None:
    ticket = {"user_id": "crm-7", "event": "Ticket Opened", "time": "2026-03-04T09:00:00Z", "source": "helpdesk",
              "text": "客服一直占线", "language": "zh"}  # fmt: skip
    survey = {"user_id": "ann", "event": "Survey Answered", "time": "2026-03-05T09:00:00Z", "source": "survey",
              "score": 3, "scale": "nps"}  # fmt: skip
    order = {"user_id": "ann", "event": "Order Placed", "time": "2026-03-02T09:00:00Z", "source": "shop", "value": 80}
    visit = {"user_id": "ann", "event": "Page Viewed", "time": "2026-03-01T09:00:00Z", "source": "site"}
    own = ["Page Viewed", "Order Placed", "Survey Answered"]
    with lvtu.open(tmp_path / "w.lvtu") as ws:

        def line(who: str) -> list[str]:
            names: list[str] = ws.timeline(who).table["event"].to_pylist()
            return names

        for event in (survey, ticket, visit, order):  # as the systems happen to send them
            ws.append([event])
        assert (line("ann"), line("crm-7")) == (own, ["Ticket Opened"])

        edge = ws.join("ann", "crm-7")
        merged = ["Page Viewed", "Order Placed", "Ticket Opened", "Survey Answered"]
        assert line("ann") == line("crm-7") == merged
        rows = ws.timeline("ann").table.to_pylist()
        assert [row["source"] for row in rows] == ["site", "shop", "helpdesk", "survey"]
        assert rows[1]["value"] == 80 and rows[2]["text"] == "客服一直占线" and rows[3]["score"] == 3
        assert ws.funnel(["Page Viewed", "Ticket Opened"]).steps == [1, 1]

        ws.unjoin(edge)
        assert (line("ann"), line("crm-7")) == (own, ["Ticket Opened"])
        assert ws.funnel(["Page Viewed", "Ticket Opened"]).steps == [1, 0]
        [kept] = ws.edges()  # the log says what was joined, when, and when it was taken back
        assert {kept["left_id"], kept["right_id"]} == {"ann", "crm-7"}
        assert kept["time"] <= kept["retracted_at"] and (kept["id"], kept["retracted_by"]) == (edge.edge, "unjoin")


def test_o4_one_customer_across_channels(tmp_path: Path) -> None:
    """Anonymous on the web, signed in in the app, with a member card in the store; a stranger on the same tablet."""
    rows: list[dict[str, Any]] = [
        {"anonymous_id": "tablet", "channel": "web", "event": "Viewed", "time": "2026-03-01T09:00:00Z"},
        {"anonymous_id": "tablet", "user_id": "ann", "channel": "app", "event": "Signed In",
         "time": "2026-03-01T09:05:00Z", "identifiers": {"member": "M1"}},
        {"user_id": "till-88", "channel": "store", "event": "Bought", "time": "2026-03-02T15:00:00Z",
         "identifiers": {"member": "M1"}},
        {"user_id": "ann", "channel": "hotline", "event": "Called", "time": "2026-03-03T08:00:00Z"},
        {"anonymous_id": "tablet", "user_id": "bo", "channel": "app", "event": "Signed In",
         "time": "2026-03-04T09:00:00Z"},
        {"anonymous_id": "tablet", "channel": "web", "event": "Viewed", "time": "2026-03-04T09:10:00Z"},
    ]  # fmt: skip
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.ingest(rows)
        ws.join_by("member")
        assert ws.timeline("ann").table["channel"].to_pylist() == ["web", "app", "store", "hotline"]
        assert ws.timeline("till-88").table.num_rows == 4
        assert ws.timeline("bo").table["event"].to_pylist() == ["Signed In", "Viewed"], "a shared tablet joins nobody"
        crossings = ws.graph(by="channel")
        assert {(r["source"], r["target"]): r["customers"] for r in crossings.table.to_pylist()} == {
            ("web", "app"): 1, ("app", "store"): 1, ("store", "hotline"): 1, ("app", "web"): 1,
        }  # fmt: skip
        assert len(crossings.customers("app", "store")) == 1
        assert crossings.customers("app", "web") == ["bo"]
        lanes = ws.timeline("ann").chart("zh")["yAxis"]["data"]
        assert lanes == ["网站", "App", "门店", "热线"]
        assert ws.funnel(["Viewed", "Signed In", "Bought"]).steps == [2, 1, 1]
