"""A survey with a question of every kind, a page to each, in Chinese and English."""

from __future__ import annotations

from typing import Any


def _says(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _options(**texts: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"key": key, "text": _says(*both)} for key, both in texts.items()]


_FLAWS = _options(
    slow=("送货慢", "Slow delivery"),
    broken=("包装破损", "Damaged parcel"),
    rude=("态度不好", "Unfriendly courier"),
    cost=("运费偏高", "Delivery costs too much"),
)
_STATEMENTS = [
    {
        "key": "prompt",
        "dimension": "responsiveness",
        "text": _says("遇到问题时，能很快得到处理", "Problems are dealt with quickly"),
    },
    {
        "key": "kept",
        "dimension": "reliability",
        "text": _says("说好的时间，一定会送到", "Parcels arrive when they were promised"),
    },
]

QUESTIONS: dict[str, dict[str, Any]] = {
    "nps": {"title": _says("您有多大可能向朋友推荐我们？", "How likely are you to recommend us to a friend?")},
    "csat": {
        "title": _says("您对这次配送满意吗？", "How satisfied are you with this delivery?"),
        "low": _says("非常不满意", "Very dissatisfied"),
        "high": _says("非常满意", "Very satisfied"),
    },
    "ces": {
        "title": _says("“收货过程很省事”，您同意吗？", "It was easy to receive the parcel."),
        "low": _says("非常不同意", "Strongly disagree"),
        "high": _says("非常同意", "Strongly agree"),
    },
    "rating": {"title": _says("请给快递员打几颗星", "How many stars would you give the courier?")},
    "numbers": {
        "kind": "rating",
        "points": 10,
        "look": "numbers",
        "title": _says("包装有多牢固？", "How sturdy was the packaging?"),
        "low": _says("一碰就破", "It fell apart"),
        "high": _says("非常牢固", "Very sturdy"),
    },
    "emoji": {"title": _says("收到包裹时，您的心情怎样？", "How did you feel when the parcel came?")},
    "servqual": {
        "title": _says("您期望的服务，和实际得到的服务", "What you expected of us, and what you got"),
        "items": _STATEMENTS,
        "help": _says("1 表示非常不同意，7 表示非常同意。", "1 is “strongly disagree”, 7 “strongly agree”."),
    },
    "kano": {
        "title": _says("送货前打电话", "A call before the delivery"),
        "functional": _says("如果快递员送货前先打电话，您觉得？", "If the courier calls you first, how do you feel?"),
        "dysfunctional": _says("如果不打电话，您觉得？", "And if nobody calls?"),
    },
    "matrix": {
        "title": _says("请为下面各项打分", "Please rate each of these"),
        "points": 5,
        "rows": _options(
            speed=("速度", "Speed"), care=("是否小心轻放", "Care with the parcel"), words=("沟通", "Communication")
        ),
    },
    "columns": {
        "kind": "matrix",
        "title": _says("以下服务，您用过多少次？", "How often have you used these services?"),
        "rows": _options(locker=("自提柜", "Parcel locker"), evening=("夜间配送", "Evening delivery")),
        "columns": _options(never=("没用过", "Never"), once=("用过一两次", "Once or twice"), often=("经常用", "Often")),
    },
    "single": {
        "title": _says("包裹送到了哪里？", "Where was the parcel left?"),
        "other": True,
        "options": _options(
            door=("送到门口", "At the door"),
            locker=("自提柜", "In a locker"),
            station=("驿站代收", "At a pick-up point"),
        ),
    },
    "multi": {
        "title": _says("哪些方面还可以改进？", "What could be better?"),
        "other": True,
        "most": 3,
        "shuffle": True,
        "options": [
            *_FLAWS,
            {"key": "none", "text": _says("都很好", "Nothing, it was all good"), "fixed": True, "alone": True},
        ],
    },
    "ranking": {"title": _says("最希望我们先改进什么？", "What should we improve first?"), "options": _FLAWS},
    "maxdiff": {
        "title": _says("选快递时，您看重什么？", "What matters to you in a delivery?"),
        "size": 3,
        "options": [
            *_options(fast=("当天送达", "It comes the same day"), when=("能选时间", "I choose the time")),
            *_options(cheap=("运费便宜", "It costs little"), kind=("态度好", "A friendly courier")),
            *_options(green=("包装环保", "Little packaging"), track=("全程可查", "I can follow it")),
        ],
    },
    "more": {
        "kind": "text",
        "title": _says("还有什么想告诉我们的？", "Is there anything else you would like to tell us?"),
        "longest": 200,
    },
    "waited": {
        "kind": "number",
        "title": _says("您等了多少天？", "How many days did you wait?"),
        "low": 0,
        "high": 60,
        "whole": True,
        "unit": _says("天", "days"),
    },
    "came": {"kind": "date", "title": _says("包裹是哪天到的？", "On which day did it arrive?"), "low": "2026-01-01"},
    "file": {"title": _says("可以给我们看看包装吗？", "May we see the packaging?"), "files": 2},
    "consent": {
        "title": _says("我们可以就您的反馈联系您吗？", "May we contact you about your answers?"),
        "category": "contact",
    },
}

EVERY_KIND: dict[str, Any] = {
    "key": "every_kind",
    "title": _says("配送体验调查", "Your delivery"),
    "description": _says(
        "大约需要三分钟。您的回答会直接送到负责配送的团队。",
        "About three minutes. Your answers go straight to the team that runs deliveries.",
    ),
    "thanks": _says("谢谢！您的回答已经送到配送团队。", "Thank you! The delivery team has your answers."),
    "pages": [{"questions": [{"key": key, "kind": key, **question}]} for key, question in QUESTIONS.items()],
}
