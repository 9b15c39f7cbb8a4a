"""What a journey platform must be able to do with a model, each by its criterion, against tables worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.cases import close
from lvtu.errors import BadInput
from lvtu.workspace import Workspace

MINUTE, HOUR, DAY = 60_000_000, 3_600_000_000, 86_400_000_000

MODEL: dict[str, Any] = {
    "key": "shop",
    "title": {"zh": "网购", "en": "Shopping"},
    "channels": [{"key": "live", "name": {"zh": "直播间", "en": "Live stream"}, "online": True}],
    "touchpoints": [
        {"id": "page", "name": {"zh": "商品页", "en": "Product page"}, "channels": ["web", "live"],
         "events": "Product *"},
        {"id": "till", "name": {"zh": "收银台", "en": "Till"}, "channels": "store", "online": False,
         "location": {"zh": "杭州店", "en": "Hangzhou"}, "owner": "门店部", "systems": ["pos"], "moment": "service",
         "events": {"events": "Order *", "channel": "store"}},
        {"id": "checkout", "name": {"zh": "结算", "en": "Checkout"}, "events": ["Checkout Started", "Order Completed"]},
    ],
    "stages": [
        {"key": "consider", "name": {"zh": "考虑", "en": "Consider"}, "entry": {"touchpoints": "page"}},
        {"key": "decide", "name": {"zh": "决策", "en": "Decide"}, "entry": "Checkout Started",
         "exit": "Checkout Abandoned"},
        {"key": "buy", "name": {"zh": "购买", "en": "Buy"}, "entry": {"touchpoints": ["checkout", "till"]}},
    ],
}  # fmt: skip
LOG = """
    ann   2026-03-01T09:00  Product Viewed      web    5
    ann   2026-03-01T09:10  Product Viewed      web    1
    ann   2026-03-01T10:00  Checkout Started    web
    ann   2026-03-01T10:30  Order Completed     web    4
    bo    2026-03-01T09:00  Product Viewed      live   3
    bo    2026-03-01T11:00  Checkout Started    app
    bo    2026-03-01T11:05  Checkout Abandoned  app
    bo    2026-03-03T12:00  Order Completed     store
    cai   2026-03-02T09:00  Product Viewed      web
    cai   2026-03-02T12:00  Checkout Started    web
    dee   2026-03-02T09:00  Product Viewed      web    4
    eve   2026-03-02T09:00  Checkout Started    web    2
    eve   2026-03-02T10:00  Order Completed     store
    fei   2026-03-04T09:00  Order Completed     store
    fei   2026-03-04T09:30  Product Viewed      web
    fei   2026-03-04T10:00  Support Called
"""


def records() -> list[dict[str, Any]]:
    found = []
    for line in LOG.strip().splitlines():
        user, time, *words = line.split()
        score = float(words.pop()) if words[-1].isdigit() else None
        channel = words.pop() if words[-1].islower() else None
        record = {"user_id": user, "time": f"{time}:00Z", "event": " ".join(words), "channel": channel, "score": score}
        found.append(record | ({"scale": "csat5"} if score is not None else {}))
    return found


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with lvtu.open(tmp_path / "shop.lvtu") as workspace:
        workspace.ingest(records())
        workspace.save_model(MODEL)
        yield workspace


def test_a10_stages_of_a_model_with_conversion_drop_off_and_dwell(ws: Workspace) -> None:
    """ann, bo, cai, dee and fei see a product; ann, bo and cai go on to decide; of them ann and bo buy."""
    rows = {row["stage"]: row for row in ws.stages().table.to_pylist()}
    found = {
        key: tuple(row[name] for name in ("customers", "from_previous", "from_start", "dropped"))
        for key, row in rows.items()
    }
    assert found == {"consider": (5, None, 1.0, 2), "decide": (3, 0.6, 0.6, 1), "buy": (2, 2 / 3, 0.4, None)}
    stays = {
        "consider": [HOUR, 2 * HOUR, 3 * HOUR],  # ann from the first view, bo, cai; dee and fei never went on
        "decide": [30 * MINUTE, 5 * MINUTE],  # ann to the order; bo until the checkout was abandoned
        "buy": [],
    }
    for key, row in rows.items():
        assert close(row["median_dwell"], stays[key])
        p90 = max(stays[key], default=None)
        assert row["p90_dwell"] is p90 or row["p90_dwell"] == pytest.approx(p90, rel=0.01)
    result = ws.stages()
    assert result.customers("decide") == ["ann", "bo", "cai"] and result.customers("decide", lost=True) == ["cai"]


def test_a10_stages_in_any_order(ws: Workspace) -> None:
    """eve decides without having seen a product, and fei buys before seeing one."""
    rows = {row["stage"]: row for row in ws.stages(order="any").table.to_pylist()}
    assert {key: row["customers"] for key, row in rows.items()} == {"consider": 5, "decide": 4, "buy": 5}
    # a checkout started is in both decide and buy (it belongs to the touchpoint), so ann, bo, cai and eve buy; and fei
    assert (rows["decide"]["from_previous"], rows["buy"]["from_previous"]) == (0.6, 1.0)
    assert (rows["consider"]["dropped"], rows["decide"]["dropped"]) == (2, 0)


def test_a10_times_that_are_no_times_give_no_dwell(ws: Workspace) -> None:
    for event, user, basis in (("Product Viewed", "gu", "exact"), ("Checkout Started", "gu", "day")):
        time = "2026-03-05" if basis == "day" else "2026-03-04T23:00"
        ws.append([{"user_id": user, "time": time, "event": event, "time_basis": basis}])
    result = ws.stages(where="user_id = 'gu'")
    assert result.table["customers"].to_pylist() == [1, 1, 0]
    assert result.table["median_dwell"].to_pylist() == result.table["p90_dwell"].to_pylist() == [None, None, None]
    assert str(result.notes[0]) == "1 stay is not timed: it began or ended at a time that is not exact"


def test_b7_touchpoints_have_a_library_and_a_use(ws: Workspace) -> None:
    model = ws.model()
    till = model.touchpoints[1]
    assert (till.id, till.name.zh, till.channels, till.owner, till.systems) == (
        "till",
        "收银台",
        ("store",),
        "门店部",
        ("pos",),
    )
    assert ws.trend(by="touchpoint", period="month").table.select(
        ["touchpoint", "events", "customers"]
    ).to_pylist() == [
        {"touchpoint": None, "events": 2, "customers": 2},  # abandoned, called
        {"touchpoint": "page", "events": 6, "customers": 5},
        {
            "touchpoint": "till",
            "events": 3,
            "customers": 3,
        },  # before checkout in the model, so it takes orders in stores
        {"touchpoint": "checkout", "events": 5, "customers": 4},
    ]
    assert model.usage("till") == ("buy",) and model.usage("page") == ("consider",)
    renamed = till.model_copy(update={"name": {"zh": "服务台", "en": "Counter"}})
    touchpoints = (model.touchpoints[0], renamed, model.touchpoints[2])
    ws.save_model(model.model_copy(update={"touchpoints": touchpoints}))
    assert ws.model().names("touchpoint")["till"].zh == "服务台" and ws.model().usage("till") == ("buy",)
    with pytest.raises(BadInput, match="there is no touchpoint 'till', but stages use it: buy"):
        ws.save_model(model.model_copy(update={"touchpoints": (model.touchpoints[0], model.touchpoints[2])}))
    unused = [stage for stage in MODEL["stages"] if stage["key"] != "buy"]
    ws.save_model(MODEL | {"stages": unused, "touchpoints": MODEL["touchpoints"][:1]})
    assert [touchpoint.id for touchpoint in ws.model().touchpoints] == ["page"]


def test_b8_online_against_offline(ws: Workspace) -> None:
    assert ws.model().touchpoints[1].location.en == "Hangzhou"  # type: ignore[union-attr]
    table = ws.trend(by="online", period="month").table.select(["online", "events", "customers"]).to_pylist()
    assert table == [
        {"online": None, "events": 1, "customers": 1},  # the call has no channel
        {"online": "online", "events": 12, "customers": 6},
        {"online": "offline", "events": 3, "customers": 3},
    ]
    for lang, names in (("zh", ["线上", "线下"]), ("en", ["online", "offline"])):
        drawn = ws.trend(by="online", period="month", where="channel is not null").chart(lang)  # type: ignore[arg-type]
        assert [one["name"] for one in drawn["series"]][:2] == names
    crossings = {(row["source"], row["target"]): row["customers"] for row in ws.graph(by="online").table.to_pylist()}
    assert crossings == {
        ("online", "online"): 3, ("online", "offline"): 2, ("offline", "online"): 1, ("online", None): 1,
    }  # fmt: skip
    assert ws.journeys(where="online = 'offline'").funnel(["Order Completed"]).customers() == ["bo", "eve", "fei"]


def test_b9_channels_are_seeded_and_may_be_added(ws: Workspace) -> None:
    channels = {channel.key: channel for channel in ws.model().channels}
    seeded = {"web", "app", "mini_program", "wechat", "wecom", "email", "sms", "hotline", "store", "social",
              "marketplace", "im"}  # fmt: skip
    assert seeded <= channels.keys()
    assert (channels["wecom"].name.zh, channels["mini_program"].name.en) == ("企业微信", "Mini program")
    assert channels["live"].name.zh == "直播间" and channels["live"].online
    assert not channels["store"].online
    assert ws.trend(by="online", period="month", where="channel = 'live'").table["online"].to_pylist() == ["online"]
    with pytest.raises(BadInput, match="unknown channel 'tv'"):
        ws.save_model(MODEL | {"touchpoints": [{"id": "ad", "name": "Ad", "channels": "tv"}], "stages": []})


def test_b18_first_touchpoints_with_their_perception(ws: Workspace) -> None:
    """ann 5, bo 3, dee 4 and cai without a score begin on the page, eve 2 at the checkout, fei at the till without."""
    rows = ws.first_touch().table.to_pylist()
    assert [(row["touchpoint"], row["customers"], row["share"]) for row in rows] == [
        ("page", 4, pytest.approx(4 / 6)), ("checkout", 1, pytest.approx(1 / 6)), ("till", 1, pytest.approx(1 / 6)),
    ]  # fmt: skip
    half = 4.302652729911275 / 3**0.5  # Student's t, 2 degrees of freedom, standard deviation 1
    page, checkout, till = (
        [row[name] for name in ("scale", "responses", "mean", "mean_low", "mean_high")] for row in rows
    )
    assert page == ["csat5", 3, 4.0, pytest.approx(4 - half), 5.0], "it does not leave the scale"
    assert checkout == ["csat5", 1, 2.0, None, None] and till == [None, 0, None, None, None]
    assert ws.first_touch().customers("page") == ["ann", "bo", "cai", "dee"]
    assert ws.first_touch("channel").table["channel"].to_pylist() == ["web", "live", "store"]


def test_c3_behaviours_are_defined_and_versioned(ws: Workspace) -> None:
    ws.append([
        {"user_id": "ann", "time": "2026-03-20", "event": "Order Completed"},
        {"user_id": "ann", "time": "2026-03-21", "event": "Order Refunded"},
        {"user_id": "bo", "time": "2026-03-21", "event": "Complaint Filed"},
        {"user_id": "bo", "time": "2026-06-01", "event": "Invite Sent"},
    ])  # fmt: skip
    found = {row["behaviour"]: (row["customers"], row["events"]) for row in ws.behaviours().table.to_pylist()}
    assert found == {
        "viewed": (5, 6), "ordered": (4, 5), "paid": (0, 0), "repurchased": (1, None), "referred": (1, 1),
        "complained": (1, 1), "refunded": (1, 1), "churned": (3, None),
    }  # fmt: skip
    assert ws.behaviours().customers("repurchased") == ["ann"]
    # the last event of all is bo's of 1 June, and 90 days before that is 3 March; fei was there on the 4th
    assert ws.behaviours().customers("churned") == ["cai", "dee", "eve"]
    edited = [{"key": "paid", "name": {"zh": "支付", "en": "Paid"}, "events": "Order Completed"},
              {"key": "churned", "name": {"zh": "流失", "en": "Churned"}, "silent": "80d"}]  # fmt: skip
    ws.save_model(MODEL | {"behaviours": edited})
    after = ws.behaviours()
    assert after.customers("paid") == ["ann", "bo", "eve", "fei"]
    assert after.customers("churned") == ["cai", "dee", "eve", "fei"]
    assert ws.behaviours("shop@1").table.to_pylist()[2]["customers"] == 0  # the old definition still answers
