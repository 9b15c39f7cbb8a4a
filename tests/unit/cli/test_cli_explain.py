"""Why one customer is counted as they are, on the command line: the analyses that explain row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from unit.cli.shop import lvtu
from unit.cli.test_cli_answers import answer

ASKED: list[tuple[tuple[Any, ...], str, str, dict[str, Any]]] = [
    (("graph",), "蔡: 2 transitions, beginning with Product Viewed, ending with Order Paid", "蔡：2 次转移",
     {"source": "Product Viewed", "target": "Cart Filled", "began": "2026-03-03T12:00:00+00:00",
      "ended": "2026-03-04T08:00:00+00:00", "time": 72_000_000_000, "source_message_id": "6",
      "target_message_id": "7"}),
    (("channels", "--goal", "Order Paid"), "蔡: 2 transitions", "蔡：2 次转移", {"source": "web", "target": "web"}),
    (("first-touch", "--by", "channel"), "蔡 began with Website: Product Viewed (2026-03-03 12:00:00)",
     "蔡 从网站开始", {"channel": "web", "event": "Product Viewed", "message_id": "6"}),
    (("flow", "--start", "Cart Filled"), "蔡: paths that count: 1", "蔡：计入 1 条路径",
     {"walk": 1, "step": 1, "source": "Cart Filled", "target": "Order Paid"}),
    (("step-matrix", "--start", "Order Paid", "--before", 1), "蔡: paths that count: 1", "蔡：计入 1 条路径",
     {"step": -1, "place": "Cart Filled", "message_id": "7"}),
    (("timeline", "蔡"), "蔡: 3 events on the time line", "蔡：时间线上有 3 个事件",
     {"event": "Product Viewed", "user_id": "蔡", "how": "own", "message_id": "6"}),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "en", "zh", "row"), ASKED, ids=[case[0][0] for case in ASKED])
def test_it_explains(shop: Path, asked: tuple[Any, ...], en: str, zh: str, row: dict[str, Any]) -> None:
    name, *options = asked
    assert lvtu(name, shop, *options, "--explain", "蔡").stdout.splitlines()[0] == en
    assert lvtu(name, shop, *options, "--explain", "蔡", LVTU_LANG="zh").stdout.splitlines()[0].startswith(zh)
    document = answer(name, shop, *options, "--explain", "蔡")
    assert document["customer"] == "蔡" and document["table"][0].items() >= row.items()


def test_measures_of_channels_come_with_it(shop: Path) -> None:
    [conversion] = answer("channels", shop, "--goal", "Order Paid", "--explain", "dee")["measures"]
    assert conversion == {"measure": "conversion", "scale": None, "channel": "social", "value": 0.0, "weight": None,
                          "event": None, "time": None, "message_id": None}  # fmt: skip
