"""Conformance and hand-offs on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.cli.shop import STEPS, lvtu, write
from unit.cli.test_cli_models import answer, lines

PAID = '{"place": "Order Paid", "within": "7d"}'
PAIR = '{"source": "Cart Filled", "target": "Order Paid", "within": "7d"}'


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("orders")
    assert lvtu("ingest", folder / "shop.lvtu", write(folder)).exit_code == 0
    return folder / "shop.lvtu"


def test_a_design_is_given_as_steps(shop: Path) -> None:
    found = answer("conformance", shop, *STEPS[:2], PAID)
    assert found["spec"] == {
        "analysis": "conformance",
        "order": [{"place": STEPS[0]}, {"place": STEPS[1]}, {"place": STEPS[2], "within": "7d"}],
    }  # fmt: skip
    assert [[row[name] for name in ("step", "completed", "late", "missing", "pending")] for row in found["table"]] == [
        [1, 4, 0, 0, 0], [2, 3, 0, 1, 0], [3, 1, 1, 2, 0],
    ]  # fmt: skip
    assert lines("conformance", shop, *STEPS[:2], PAID)[3][:6] == ["3", "Order", "Paid", "1", "1", "0"]
    chinese = lvtu("conformance", shop, "Product Viewed", "Order Paid", LVTU_LANG="zh").stdout
    assert chinese.splitlines()[0].split()[:4] == ["步骤", "名称", "按序完成", "次序不符"], "nobody is late: no column"
    assert "设计之外的事件" in chinese and "绕行" in chinese
    said = lvtu("conformance", shop, *STEPS[:2], PAID, "--customers", "3", "--status", "late")
    assert said.stdout.split()[-1] == "蔡"
    assert lvtu("conformance", shop, *STEPS[:2], PAID, "--explain", "dee").stdout.splitlines()[1:] == [
        "  Product Viewed: done at 2026-03-05 20:00:00", "  Cart Filled: not done", "  Order Paid: not done",
    ]  # fmt: skip
    refused = lvtu("conformance", shop, "--by", "channel")
    assert refused.exit_code == 1 and "there is no order of channel to compare with" in refused.stderr


def test_handoffs_are_given_as_pairs(shop: Path) -> None:
    found = answer("handoffs", shop, PAIR)
    assert found["spec"]["pairs"] == [{"source": "Cart Filled", "target": "Order Paid", "within": "7d"}]
    row = found["table"][0]
    assert [row[name] for name in ("handoffs", "kept", "late", "broken", "mature")] == [3, 1, 1, 1, 3]
    assert lines("handoffs", shop, PAIR)[0][:4] == ["pair", "from", "to", "within"]
    assert lines("handoffs", shop, PAIR)[1][5] == "7d"
    chinese = lines("handoffs", shop, PAIR, LVTU_LANG="zh", COLUMNS="160")
    assert chinese[0] == [
        "序号", "从", "到", "时限", "交接数", "客户数", "按时", "超时", "未接手", "时限已满", "占比", "95%下限",
        "95%上限", "用时中位数", "用时", "P90",
    ]  # fmt: skip
    assert chinese[1][5] == "7天" and chinese[1][-1] == "16天"
    assert lvtu("handoffs", shop, PAIR, "--customers", "1", "--status", "broken").stdout.split()[-1] == "bo"
    assert (
        "Cart Filled at 2026-03-01 10:02:00: not taken over" in lvtu("handoffs", shop, PAIR, "--explain", "bo").stdout
    )
