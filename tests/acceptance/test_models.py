"""Stage models as data, each by its criterion, against numbers worked out by hand: A1–A11."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.core.model import JourneyModel
from lvtu.core.model.presets import preset
from lvtu.errors import BadInput

HOUR, DAY = 3_600_000_000, 86_400_000_000

LOG = """
    ann  03-01T09:00  Page Viewed
    ann  03-01T10:00  Product Viewed
    ann  03-01T11:00  Product Added
    ann  03-01T12:00  Checkout Started     4
    ann  03-01T13:00  Order Completed      2
    ann  03-03T13:00  Order Delivered      5
    ann  03-09T13:00  Product Shared
    ann  03-10T13:00  Order Refunded
    bo   03-01T09:00  Ad Clicked
    bo   03-01T12:00  Products Searched
    bo   03-02T12:00  Product Added
    bo   03-02T13:00  Checkout Started     1
    bo   03-02T16:00  Order Completed
    bo   03-03T09:00  Order Cancelled
    cai  03-02T09:00  Page Viewed
    cai  03-02T10:00  Product List Viewed
    dee  03-02T09:00  Page Viewed
    dee  03-02T11:00  Product Viewed
    dee  03-02T12:00  Cart Viewed
    dee  03-02T13:00  Cart Abandoned
"""
"""Four customers of a shop that sends what the Segment spec names."""


def records() -> list[dict[str, Any]]:
    found = []
    for line in LOG.strip().splitlines():
        user, time, *words = line.split()
        score = {"score": float(words.pop()), "scale": "csat5"} if words[-1].isdigit() else {}
        found.append({"user_id": user, "time": f"2026-{time}:00Z", "event": " ".join(words)} | score)
    return found


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    with lvtu.open(tmp_path / "shop.lvtu") as ws:
        ws.ingest(records()[:11])
        ws.append(records()[11:])
        yield ws


def is_preset(ws: Any, key: str, zh: str, en: str) -> list[int]:
    """Exactly these stages, in order, in both languages; what is saved is a copy. Returns the customers of each."""
    model = ws.model(key)
    assert " ".join(stage.name.zh for stage in model.stages) == zh
    assert ", ".join(stage.name.en for stage in model.stages) == en
    table = ws.stages(key).table  # works at once
    saved = ws.save_model(model.model_copy(update={"key": "mine"}))
    own = ws.save_model(model.merge(*[stage.key for stage in model.stages][:2]))
    assert ws.model(key) == own != model and ws.model("mine") == saved and saved.stages == model.stages
    assert ws.stages("mine").table.equals(table)
    found: list[int] = table["customers"].to_pylist()
    return found


def test_a1_five_stages(shop: Any) -> None:
    """ann goes all the way; bo buys; cai and dee only consider."""
    zh, en = "意识 考虑 购买 使用 反馈", "Awareness, Consideration, Purchase, Use, Feedback"
    assert is_preset(shop, "five-stage", zh, en) == [4, 4, 2, 1, 1]


def test_a2_six_stages(shop: Any) -> None:
    zh, en = "意识 考虑 决策 购买 使用 忠诚", "Awareness, Consideration, Decision, Purchase, Use, Loyalty"
    assert is_preset(shop, "six-stage", zh, en) == [4, 4, 3, 2, 1, 1]


def test_a3_after_sale(shop: Any) -> None:
    zh, en = "意识 考虑 决策 购买 售后", "Awareness, Consideration, Decision, Purchase, After-sale service"
    assert is_preset(shop, "after-sale", zh, en) == [4, 4, 3, 2, 1]


def test_a4_aida(shop: Any) -> None:
    assert is_preset(shop, "aida", "认知 兴趣 决策 行动", "Attention, Interest, Decision, Action") == [4, 4, 3, 2]


def test_a5_linear_4(shop: Any) -> None:
    zh, en = "意识 购买 使用 售后支持", "Awareness, Purchase, Use, After-sale support"
    assert is_preset(shop, "linear-4", zh, en) == [4, 2, 1, 1]


def test_a6_the_order_flow_is_a_child_of_a_purchase_stage_which_is_what_it_adds_up_to(shop: Any) -> None:
    """Browse: ann 2 h, bo 25 h. Order: 1 and 3 h, scores 4 and 1. Pay: 48 and 17 h, a score 2. Receive: a score 5."""
    assert is_preset(shop, "ecommerce-order", "浏览 下单 支付 收货", "Browse, Order, Pay, Receive") == [4, 2, 2, 1]
    shop.save_model(preset("ecommerce-order"))  # as it came, again
    for key, stage in (("five-stage", "purchase"), ("six-stage", "purchase"), ("aida", "action")):
        model = preset(key)
        stages = [
            one.model_copy(update={"child": "ecommerce-order"} if one.key == stage else {}) for one in model.stages
        ]
        shop.save_model(model.model_copy(update={"key": "top", "stages": tuple(stages)}))
        result = shop.rollup("top")
        rows = {row["path"]: row for row in result.table.to_pylist()}
        scores = {row["path"]: row for row in result.scores.to_pylist()}
        inner = f"top/{stage}/ecommerce-order"
        browse, order, pay, receive = (rows[f"{inner}/{key}"] for key in ("browse", "order", "pay", "receive"))
        assert [row["stays"] for row in (browse, order, pay, receive)] == [2, 2, 2, 0]
        means = [27 * HOUR // 2, 2 * HOUR, 65 * HOUR // 2]
        assert [row["mean_dwell"] for row in (browse, order, pay)] == means
        parent = rows[f"top/{stage}"]
        assert parent["mean_dwell"] == sum(2 * mean for mean in means) / 6 == 16 * HOUR
        assert (parent["entered"], parent["customers"], parent["conversion"]) == (2, 4, 1 / 4)
        given = [(scores[f"{inner}/{key}"]["responses"], scores[f"{inner}/{key}"]["mean"])
                 for key in ("order", "pay", "receive")]  # fmt: skip
        assert given == [(2, 2.5), (1, 2.0), (1, 5.0)]
        assert scores[f"top/{stage}"]["mean"] == pytest.approx((2 * 2.5 + 2.0 + 5.0) / 4) == 3.0
        assert scores[f"top/{stage}"]["responses"] == 4
        for name in ("stays", "mean_dwell", "customers", "conversion"):
            assert parent[name] == rows[inner][name]


def test_a7_a_stage_now_and_what_a_change_of_its_rule_would_move(shop: Any) -> None:
    """Now ann is in feedback, cai considers, bo cancelled and dee abandoned the cart."""
    stage = shop.model("five-stage").stage("purchase")
    assert stage.goal and stage.needs and stage.kpis and stage.exit[0].events == ("Order Cancelled",)
    now = shop.stages("five-stage").now()
    assert {row["stage"]: row["customers"] for row in now.table.to_pylist()} == {
        "awareness": 0, "consideration": 1, "purchase": 0, "use": 0, "feedback": 1, None: 2,
    }  # fmt: skip
    assert (now.customers("feedback"), now.customers(None)) == (["ann"], ["bo", "dee"])
    then = shop.stages("five-stage", moment="2026-03-02T16:00:00Z").now()
    assert [then.customers(key) for key in ("consideration", "purchase")] == [["cai"], ["ann", "bo"]]
    assert shop.stages("five-stage").explain("ann").now.stage == "feedback"
    shop.save_model(shop.model("five-stage"))
    model = shop.model()
    eager = model.stage("purchase").model_copy(update={"entry": ("Order Completed", "Cart Viewed"), "exit": ()})
    changed = [eager if one.key == "purchase" else one for one in model.stages]
    change = shop.model_change(model.model_copy(update={"stages": tuple(changed)}))
    row = change.table.to_pylist()[2]
    assert row == {
        "stage": "purchase",
        "before": 2,
        "after": 3,
        "gained": 1,
        "lost": 0,
        "now_before": 0,
        "now_after": 2,
    }
    assert change.customers("purchase", "gained") == ["dee"]
    moves = {(one["before"], one["after"]): one["customers"] for one in change.moves.to_pylist()}
    assert moves == {("consideration",) * 2: 1, ("feedback",) * 2: 1, (None, "purchase"): 2}
    assert change.movers(None, "purchase") == ["bo", "dee"] and change.moved == 2
    assert shop.model().version == 1, "nothing is saved yet"
    saved = shop.save_model(change.spec.change)
    assert saved.version == 2 and shop.stages().table["customers"].to_pylist()[2] == row["after"]


def test_a8_stages_are_added_renamed_moved_merged_and_split(shop: Any) -> None:
    model = shop.save_model(shop.model("six-stage"))
    steps = [{"id": f"t{n}", "name": f"T{n}", "events": f"Step {n}"} for n in range(500)]
    stages = [{"key": f"s{n}", "name": f"S{n}", "entry": {"touchpoints": [f"t{n}", f"t{n + 50}"]}} for n in range(50)]
    large = JourneyModel.load({"key": "large", "title": "Large", "touchpoints": steps, "stages": stages})
    edited = large.merge("s3", "s4").split("s9", stages[9] | {"key": "s9a"}, stages[9] | {"key": "s9b"}).move("s49")
    assert [stage.key for stage in edited.stages][:5] == ["s49", "s0", "s1", "s2", "s3"] and len(edited.stages) == 50
    assert edited.usage("t4") == ("s3",) and edited.lineage("s9") == ("s9a", "s9b")
    visit = {"key": "visit", "name": {"zh": "到店", "en": "Visit"}, "entry": "Store Visited"}
    changed = model.add(visit, after="awareness").rename("use", {"zh": "体验", "en": "Enjoy"}).merge("visit", "use")
    assert [stage.key for stage in changed.stages] == [
        "awareness", "visit", "consideration", "decision", "purchase", "loyalty",
    ]  # fmt: skip
    assert shop.save_model(changed).version == 2 and shop.stages(order="any").customers("visit") == ["ann"]
    assert shop.stages("six-stage@1", order="any").customers("use") == ["ann"], "the old version still answers"


def test_a9_models_are_laid_beside_each_other_and_every_step_is_there_once(shop: Any) -> None:
    walk = shop.crosswalk("six-stage", "aida")
    assert {row["lifecycle"]: (row["six-stage"], row["aida"]) for row in walk.rows()} == {
        "awareness": (("awareness",), ("attention",)), "consideration": (("consideration",), ("interest",)),
        "decision": (("decision",), ("decision",)), "purchase": (("purchase",), ("action",)),
        "use": (("use",), ()), "loyalty": (("loyalty",), ()),
    }  # fmt: skip
    now = shop.stages("six-stage").now().table
    here = dict(zip(now["stage"].to_pylist(), now["customers"].to_pylist(), strict=True))
    assert here == {"awareness": 0, "consideration": 1, "decision": 0, "purchase": 0, "use": 0, "loyalty": 1, None: 2}
    seen = walk.regroup(here, "six-stage", "aida")
    assert seen == {"attention": 0, "interest": 1, "decision": 0, "action": 1, None: 2}
    assert sum(seen.values()) == sum(here.values()) == 4
    events, as_aida = (
        {row["stage"]: row["events"] for row in shop.trend(by="stage", model=key, period="month").table.to_pylist()}
        for key in ("six-stage", "aida")
    )
    regrouped = walk.regroup(events, "six-stage", "aida")
    assert sum(regrouped.values()) == len(records())
    later = sum(events[key] for key in ("use", "loyalty"))  # what AIDA has no stage for follows its last one
    assert regrouped == as_aida | {"action": as_aida["action"] + later, None: as_aida[None] - later}


def test_a10_the_stage_funnel_is_the_hand_made_table(shop: Any) -> None:
    """Awareness lasts 1, 3, 1 and 2 hours; consideration 3 and 28 hours, and dee's 2 until the cart is abandoned."""
    rows = shop.stages("five-stage").table.to_pylist()
    assert [(row["customers"], row["from_previous"], row["from_start"], row["dropped"]) for row in rows] == [
        (4, None, 1.0, 0), (4, 1.0, 1.0, 2), (2, 0.5, 0.5, 1), (1, 0.5, 0.25, 0), (1, 1.0, 0.25, None),
    ]  # fmt: skip
    medians = [1.5 * HOUR, 3 * HOUR, 32.5 * HOUR, 6 * DAY]  # of ann's 48 and bo's 17 hours, until he cancelled
    assert [row["median_dwell"] for row in rows[:4]] == pytest.approx(medians, rel=0.01)
    assert [row["p90_dwell"] for row in rows[:4]] == pytest.approx([3 * HOUR, 28 * HOUR, 48 * HOUR, 6 * DAY], rel=0.01)
    assert rows[4]["median_dwell"] is None is rows[4]["p90_dwell"]


def test_a11_journeys_within_journeys_with_breadcrumbs_and_no_circles(shop: Any) -> None:
    steps = [{"key": key, "name": {"zh": zh, "en": en}, "entry": event} for key, zh, en, event in (
        ("start", "开始结算", "Start", "Checkout Started"), ("done", "完成", "Done", "Order Completed"))]  # fmt: skip
    shop.save_model({"key": "paying", "title": {"zh": "付款", "en": "Paying"}, "stages": steps})
    flow = shop.model("ecommerce-order")
    pay = [one.model_copy(update={"child": "paying"} if one.key == "pay" else {}) for one in flow.stages]
    shop.save_model(flow.model_copy(update={"stages": tuple(pay)}))
    top = shop.model("five-stage")
    buy = [one.model_copy(update={"child": "ecommerce-order"} if one.key == "purchase" else {}) for one in top.stages]
    shop.save_model(top.model_copy(update={"stages": tuple(buy)}), default=True)
    nodes = {"/".join(node.keys): node for node in shop.hierarchy()}
    levels = [
        "five-stage", "five-stage/purchase", "five-stage/purchase/ecommerce-order",
        "five-stage/purchase/ecommerce-order/pay",
    ]  # fmt: skip
    assert [nodes[path].level for path in levels] == [0, 1, 2, 3]
    deepest = nodes[f"{levels[3]}/paying/done"]
    assert deepest.breadcrumbs("zh") == "五阶段旅程 › 购买 › 电商下单流程 › 支付 › 付款 › 完成"
    assert deepest.breadcrumbs("en") == (
        "Five-stage journey › Purchase › E-commerce order flow › Pay › Paying › Done"
    )  # fmt: skip
    with pytest.raises(BadInput, match="paying → five-stage → ecommerce-order → paying"):
        shop.save_model(shop.model("paying").add({"key": "x", "name": "X", "entry": "X", "child": "five-stage"}))
    result = shop.rollup()
    rows = {row["path"]: row for row in result.table.to_pylist()}
    assert list(rows) == list(nodes)
    paying = rows[f"{levels[3]}/paying"]
    # who starts is there 1 and 3 hours; the last step never ends
    assert (paying["customers"], paying["conversion"], paying["stays"], paying["mean_dwell"]) == (2, 1.0, 2, 2 * HOUR)
    assert rows[levels[3]] == paying | {"level": 3, "path": levels[3], "entered": 2}
    parts = [rows[f"{levels[2]}/{key}"] for key in ("browse", "order", "pay", "receive")]
    whole = rows[levels[2]]
    assert whole["stays"] == sum(row["stays"] for row in parts) == 6
    total = sum(row["stays"] * row["mean_dwell"] for row in parts if row["stays"])
    assert whole["mean_dwell"] == round(total / 6) == round((27 + 4 + 4) * HOUR / 6)
    assert rows["five-stage"]["stays"] == sum(rows[f"five-stage/{one.key}"]["stays"] for one in top.stages)
