"""Charts of what a journey model says against their tables."""

from __future__ import annotations

from typing import Any

from contract.charts.drawing import CHANNELS, cells, drawn, parts_of, values


def test_where_customers_are_now_adds_up(rated: Any) -> None:
    result = rated.stages().now()
    option, rows = drawn(result, "zh"), result.table.to_pylist()
    assert values(option["series"][0]) == [row["customers"] for row in rows]
    assert sum(values(option["series"][0])) == option["xAxis"]["max"] == result.everyone
    assert option["yAxis"][0]["data"][-1] == "不在任何阶段"


def test_a_change_is_drawn_with_what_was_and_what_will_be(shop: Any) -> None:
    stages = [{"key": key, "name": key, "entry": key} for key in ("Visit", "Cart", "Pay")]
    shop.save_model({"key": "steps", "title": "Steps", "stages": stages})
    result = shop.model_change(shop.model("steps").merge("Cart", "Pay"))
    option, rows = drawn(result), result.table.to_pylist()
    assert values(option["series"][0]) == [row["after"] or 0 for row in rows]
    for label, row in zip(option["yAxis"][1]["data"], rows, strict=True):
        cells = ["—" if row[name] is None else f"{row[name]:,}" for name in ("before", "after", "gained", "lost")]
        assert [part.partition("|")[2] for part in label.split("}")[:-1]] == cells
    assert f"{result.moved} of {result.everyone} customers" in option["title"]["text"] and result.moved > 0


def test_nested_journeys_are_set_in_by_their_level(shop: Any) -> None:
    stages = [{"key": key, "name": key, "entry": key} for key in ("Visit", "Pay")]
    shop.save_model({"key": "inner", "title": "Inner", "stages": stages})
    outer = [stages[0], {**stages[1], "child": "inner"}]
    shop.save_model({"key": "outer", "title": "Outer", "stages": outer})
    option, result = drawn(shop.rollup("outer")), shop.rollup("outer")
    names = [name.count("· ") for name in option["yAxis"][0]["data"]]
    assert names == result.table["level"].to_pylist() == [0, 1, 1, 2, 3, 3]
    assert values(option["series"][0]) == result.table["customers"].to_pylist()


def test_stages_are_a_strip_in_their_order(rated: Any) -> None:
    option = drawn(rated.stages())
    assert option["yAxis"][0]["data"] == ["Look", "Buy", "Return"]
    assert values(option["series"][0]) == [5, 3, 0]
    assert [cells(label) for label in option["yAxis"][1]["data"]] == [
        ["5", "60.0%", "2", "13h", "1d"],
        ["3", "0.0%", "3", "—", "—"],
        ["0", "—", "—", "—", "—"],
    ], "two stays are timed, of 2 h and of 24 h; one ends on a day, not at a time"
    assert option["title"]["text"] == "Shopping: 0.0% of 5 customers get from “Look” to “Return”"
    chinese = drawn(rated.stages(), "zh")
    assert chinese["yAxis"][0]["data"] == ["浏览", "购买", "退货"]
    assert chinese["title"]["text"] == "网购：5 位客户中，0.0%从“浏览”走到“退货”"


def test_a_design_is_a_stack_per_step(shop: Any, rated: Any) -> None:
    result = shop.conformance(["Visit", {"place": "Cart", "within": "30m"}, {"place": "Pay", "within": "7d"}])
    option, rows = drawn(result), result.table.to_pylist()
    assert option["yAxis"][0]["data"] == ["Visit", "Cart", "Pay"]
    assert parts_of(option) == {
        name: [row[column] for row in rows]
        for name, column in (("completed", "completed"), ("late", "late"), ("missing", "missing"),
                             ("has time", "pending"))
    }, "no part that nobody is in"  # fmt: skip
    bars = [sum(bar) for bar in zip(*parts_of(option).values(), strict=True)]
    assert bars == [300, 300, 300] and option["xAxis"]["max"] == 300
    assert cells(option["yAxis"][1]["data"][1]) == ["0.0% (0.0–1.3%)", "0", "1h"], "0 of 300: z² / (n + z²)"
    told = "Weakest step “Cart”: 0.0% of 300 customers do it in its place and time"
    assert option["title"]["text"] == told, "all carts come an hour after the visit"
    assert drawn(rated.conformance(), "zh")["yAxis"][0]["data"] == ["浏览", "购买", "退货"]


def test_handoffs_are_a_stack_per_pair(shop: Any) -> None:
    pairs = [
        {"source": "Visit", "target": "Cart", "within": "1h"},
        {"source": "Cart", "target": "Pay", "within": "2h", "name": "Checkout"},
    ]
    result = shop.handoffs(pairs)
    option, rows = drawn(result), result.table.to_pylist()
    assert option["yAxis"][0]["data"] == ["Visit → Cart", "Checkout"]
    names = {"in time": "kept", "late": "late", "broken": "broken"}
    assert parts_of(option) == {name: [row[column] for row in rows] for name, column in names.items()}
    share = sum(row["kept"] for row in rows) / sum(row["mature"] for row in rows)
    assert option["title"]["text"].startswith(f"{100 * share:.1f}% of {sum(row['mature'] for row in rows)} hand-offs")
    one = drawn(shop.handoffs(pairs[:1]), "zh")["title"]["text"]
    assert one == f"从“Visit”到“Cart”的 300 次交接中，{100 * rows[0]['share']:.1f}%在 1小时内接手"


def test_behaviours_are_shares_of_all_customers(rated: Any) -> None:
    result = rated.behaviours()
    option, rows = drawn(result, "zh"), result.table.to_pylist()
    place = [row["behaviour"] for row in rows].index("paid")
    assert option["yAxis"][0]["data"][place] == "付款"
    assert cells(option["yAxis"][1]["data"][place]) == ["50.0%", "3", "3"]
    assert (option["xAxis"]["max"], values(option["series"][0])[place]) == (6, 3), "a full bar is everybody"
    derived = cells(option["yAxis"][1]["data"][[row["behaviour"] for row in rows].index("churned")])
    assert derived[-1] == "—", "what is defined by silence has no events"


def test_no_axis_is_of_two_scales(rated: Any) -> None:
    result = rated.first_touch(by="channel")
    option = drawn(result)
    assert option["title"]["text"] == "66.7% of 6 customers begin with “Website”"
    assert option["yAxis"][0]["data"] == ["Website", "App", "Store"] and values(option["series"][0]) == [4, 1, 1]
    panels = {axis["name"]: place for place, axis in enumerate(option["xAxis"])}
    assert list(panels) == ["customers", "csat5", "nps"]
    means: dict[str, dict[str, float]] = {"csat5": {}, "nps": {}}
    for row in result.table.to_pylist():
        if row["scale"]:
            means[row["scale"]][CHANNELS[row["channel"]]] = row["mean"]
    assert means == {"csat5": {"Website": 4.0, "Store": 1.0}, "nps": {"Website": 8.0}}
    for scale, expected in means.items():
        points = next(o for o in option["series"] if o["type"] == "scatter" and o["xAxisIndex"] == panels[scale])
        assert points["yAxisIndex"] == panels[scale]
        assert {option["yAxis"][0]["data"][y]: mean for mean, y in values(points)} == expected, "gaps are gaps"
        told = next(o for o in option["yAxis"] if o.get("position") == "right" and o["gridIndex"] == panels[scale])
        assert [bool(text) for text in told["data"]] == [name in expected for name in ("Website", "App", "Store")]
    web, _, store = next(o for o in option["yAxis"] if o.get("position") == "right")["data"]
    assert web == "4.00 (1.00–5.00) n 2" and store == "1.00 n 1", (
        "t interval on one degree of freedom, within the scale"
    )
    whisker = next(o for o in option["series"] if o["type"] == "lines" and o["xAxisIndex"] == panels["csat5"])
    axis = option["xAxis"][panels["csat5"]]
    assert [end[0] for end in whisker["data"][0]["coords"]] == [axis["min"], axis["max"]], "cut where the panel ends"
