"""Flows and step matrices on the command line."""

from __future__ import annotations

from pathlib import Path

from unit.cli.shop import lvtu
from unit.cli.test_cli_answers import answer


def test_a_flow_in_words(shop: Path) -> None:
    done = lvtu("flow", shop, "--start", "Cart Filled", "--steps", 1, "--top", 1)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines == [
        ["step", "from", "to", "customers", "share"],
        ["1", "Cart", "Filled", "Order", "Paid", "2", "66.7%"], ["1", "Cart", "Filled", "(left)", "1", "33.3%"],
    ]  # fmt: skip
    options = ("--by", "channel", "--direction", "backward", "--start", "Order Paid", "--top", 1, "--entry", "each")
    told = lvtu("flow", shop, *options, LVTU_LANG="zh").stdout.splitlines()
    assert [line.split() for line in told[:2]] == [["步骤", "从", "到", "客户数", "占比", "次数"],
                                                    ["1", "网站", "（其他）", "1", "50.0%", "1"]]  # fmt: skip
    assert any("（由此开始）" in line for line in told)


def test_a_flow_as_json(shop: Path) -> None:
    found = answer("flow", shop, "--start", "Cart Filled", "--start", "Order Paid", "--unit", "sessions", "--steps", 1)
    assert found["spec"] == {
        "analysis": "flow", "start": ["Cart Filled", "Order Paid"], "unit": "sessions", "steps": 1,
    }  # fmt: skip
    rows = [(row["source"], row["target"], row["customers"]) for row in found["table"]]
    assert rows == [("Cart Filled", "*left", 3), ("Order Paid", "*left", 2)]


def names(*arguments: object) -> list[str]:
    return [row["customer"] for row in answer(*arguments)["table"]]


def test_numbers_list_their_customers(shop: Path) -> None:
    flow = ("flow", shop, "--start", "Product Viewed", "--customers")
    assert names(*flow, 1, "Product Viewed", "*left") == ["dee"]
    assert names(*flow, 2, "*", "Order Paid") == ["ann", "蔡"]
    matrix = ("step-matrix", shop, "--start", "Order Paid", "--by", "channel", "--customers")
    assert names(*matrix, 0, "store") == ["蔡"]
    assert names(*matrix, -2, "*") == ["ann", "蔡"] == names(*matrix, -3, "*not_begun")


def test_a_step_matrix_has_a_column_per_step(shop: Path) -> None:
    done = lvtu("step-matrix", shop, "--start", "Cart Filled", "--before", 1, "--after", 1)
    lines = [line.split() for line in done.stdout.splitlines() if line]
    assert lines == [
        ["customers:", "3"], ["event", "-1", "0", "+1"],
        ["Cart", "Filled", "·", "100.0%", "·"], ["Product", "Viewed", "100.0%", "·", "·"],
        ["Order", "Paid", "·", "·", "66.7%"], ["(left)", "·", "·", "33.3%"],
    ]  # fmt: skip
    assert "nothing to show" in lvtu("step-matrix", shop, "--since", "2030-01-01").stdout
    rows = answer("step-matrix", shop, "--after", 0)["table"]
    assert rows == [{"step": 0, "place": "Product Viewed", "customers": 4, "share": 1.0}]
