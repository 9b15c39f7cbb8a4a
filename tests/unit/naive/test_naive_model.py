"""The twins of stages, behaviours and first touch, on tables worked out by hand."""

from __future__ import annotations

import pytest

from naive.behaviours import behaviours
from naive.first_touch import first_touch, mean
from naive.journeys import Event
from naive.stages import Stage, stages


def line(customer: str, *events: tuple[int, str]) -> list[Event]:
    return [Event(f"{customer}{place}", time, customer, name) for place, (time, name) in enumerate(events)]


SHOP = [
    *line("ann", (0, "see"), (3, "see"), (10, "cart"), (12, "leave"), (40, "buy")),
    *line("bob", (0, "cart"), (5, "see"), (7, "buy")),
    *line("cai", (1, "see"), (1, "cart"), (9, "cart")),
]
STAGES = [Stage("see"), Stage("cart", "leave"), Stage("buy")]


def test_stages_in_order():
    see, cart, buy = stages(SHOP, STAGES)
    assert (see.customers, see.stays) == ({"ann", "bob", "cai"}, [10, 0])  # bob's cart came before he saw anything
    assert (cart.customers, cart.stays) == ({"ann", "cai"}, [2])  # ann left at 12, cai is still there
    assert (buy.customers, buy.stays, buy.median, buy.p90) == ({"ann"}, [], None, None)


def test_stages_in_any_order():
    see, cart, buy = stages(SHOP, STAGES, order="any")
    assert (see.customers, see.stays) == ({"ann", "bob", "cai"}, [10, 2, 0])
    assert (cart.customers, cart.stays) == ({"ann", "bob", "cai"}, [2, 5])
    assert buy.customers == {"ann", "bob"}


def test_since_selects_entries():
    assert [row.customers for row in stages(SHOP, STAGES, since=1)] == [{"ann", "bob", "cai"}, {"ann", "cai"}, {"ann"}]
    assert [row.customers for row in stages(SHOP, STAGES, since=2)] == [{"ann", "bob"}, {"ann"}, {"ann"}]
    assert stages(SHOP, STAGES, until=1)[0].customers == {"ann"}


def test_behaviours():
    found = behaviours(SHOP, {"saw": "see", "bought": "buy"}, {"again": (("saw", "bought"), 2)}, {"quiet": 30})
    assert found == {
        "saw": ({"ann", "bob", "cai"}, 4),
        "bought": ({"ann", "bob"}, 2),
        "again": ({"ann"}, None),
        "quiet": ({"bob", "cai"}, None),  # last seen at 7 and at 9, the end is 40
    }
    assert behaviours(SHOP, {}, {}, {"quiet": 30}, until=38)["quiet"] == ({"bob"}, None)  # 31 and 29 before 38


def test_first_touch():
    events = [Event("1", 0, "ann", "see", score=4.0, scale="csat5"), Event("2", 1, "ann", "buy", score=1.0),
              Event("3", 2, "bob", "see")]  # fmt: skip
    found = first_touch(events, lambda e: e.event)
    assert found["see"].customers == {"ann", "bob"} and found["see"].scores == {"csat5": [(4.0, 1.0)]}
    assert list(found) == ["see"]


def test_weighted_mean():
    middle, low, high, n = mean([(1.0, 1.0), (4.0, 3.0)])
    assert (middle, n) == (3.25, 1.6)  # (1 + 12) / 4; 16 / 10
    assert low is not None and high is not None and middle - low == pytest.approx(high - middle)
    assert mean([(2.0, 5.0)]) == (2.0, None, None, 1.0)
