"""The metrics that every workspace has; one saved under the same key takes its place."""

from __future__ import annotations

from typing import Any

from lvtu.core.metrics.metric import Measure, Metric
from lvtu.core.model.rules import Rule
from lvtu.core.model.text import Text
from lvtu.core.units import DAY

_MONEY = {"count": "money"}
_EVENTS = {"count": "events"}


def _metric(key: str, zh: str, en: str, said_zh: str, said_en: str, **parts: Any) -> Metric:
    return Metric(key=key, title=Text(zh, en), description=Text(said_zh, said_en), **parts)


def _shown(*behaviours: str, **how: Any) -> Measure:
    return Measure(behaviour=behaviours, **how)


STANDARD: tuple[Metric, ...] = (
    _metric(
        "conversion", "转化率", "Conversion rate",
        "浏览过的客户中，之后下单的占比", "Of the customers who viewed, the share who ordered later",
        of=_shown("ordered"), per=_shown("viewed"),
    ),
    _metric(
        "repurchase", "重复购买率", "Repurchase rate",
        "下单的客户中，90 天内再次下单的占比",
        "Of the customers who ordered, the share who ordered again within 90 days",
        of=_shown("ordered"), per=_shown("ordered"), within=90 * DAY,
    ),
    _metric(
        "refund", "退款率（笔数）", "Refund rate (orders)",
        "退款笔数与订单数之比", "Refunds per order",
        of=_shown("refunded", **_EVENTS), per=_shown("ordered", **_EVENTS),
    ),
    _metric(
        "refund_value", "退款率（金额）", "Refund rate (money)",
        "退款金额与订单金额之比", "Money refunded per money ordered",
        of=_shown("refunded", **_MONEY), per=_shown("ordered", **_MONEY),
    ),
    _metric(
        "complaint", "投诉率", "Complaint rate",
        "投诉次数与订单数之比", "Complaints per order",
        of=_shown("complained", **_EVENTS), per=_shown("ordered", **_EVENTS),
    ),
    _metric(
        "churn", "流失率", "Churn rate",
        "期初活跃的客户中，期末已沉默 90 天以上的占比",
        "Of the customers active at the start, the share silent for more than 90 days at the end",
        of=Measure(silent=90 * DAY),
    ),
    _metric(
        "referral", "推荐率", "Referral rate",
        "下单的客户中，之后推荐他人的占比", "Of the customers who ordered, the share who referred somebody later",
        of=_shown("referred"), per=_shown("ordered"),
    ),
    _metric(
        "promoter_referral", "推荐者的推荐率", "Promoters who refer",
        "打出 9 分或 10 分的客户中，之后推荐他人的占比",
        "Of the customers who answered 9 or 10, the share who referred somebody later",
        of=_shown("referred"), per=Measure(events=(Rule(where="scale = 'nps' and score >= 9"),)),
    ),
    _metric(
        "sales", "销售额", "Sales",
        "订单金额之和，各币种分开", "The money of all orders, each currency by itself",
        of=_shown("ordered", **_MONEY),
    ),
    _metric(
        "growth", "销售增长率", "Sales growth",
        "与上一周期相比的销售额变化", "The change of sales against the period before",
        of=_shown("ordered", **_MONEY), growth=True,
    ),
)  # fmt: skip
"""Conversion, repurchase, refund, complaint, churn, referral, sales and growth (capabilities K4–K9, B17)."""
