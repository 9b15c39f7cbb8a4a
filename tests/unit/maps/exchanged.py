"""A map with everything that goes out and comes in, and answers for it: no data needed."""

from __future__ import annotations

from lvtu.core.words import Lang
from lvtu.maps import JourneyMap
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Filled, Quote, Value

DOCUMENT = {
    "title": {"zh": "到店喝咖啡", "en": "Coffee in the shop"},
    "goal": {"zh": "十分钟内喝上", "en": "Coffee within ten minutes"},
    "actors": [{"key": "guest", "name": {"zh": "顾客", "en": "Guest"}}],
    "stages": [
        {"key": "come", "name": {"zh": "到店", "en": "Arrive"}, "goal": {"zh": "找到位置", "en": "Find a seat"}},
        {"key": "order", "name": {"zh": "点单", "en": "Order"}},
    ],
    "steps": [
        {"key": "door", "stage": "come", "name": {"zh": "进门", "en": "Come in"}, "actors": ["guest"]},
        {"key": "seat", "stage": "come", "name": {"zh": "找座", "en": "Find a seat"}, "actors": ["guest"]},
        {"key": "pay", "stage": "order", "name": {"zh": "付款", "en": "Pay"}, "moment": "commercial",
         "actors": ["guest"]},
    ],
    "lanes": [
        {"key": "touch", "role": "touchpoints", "kind": "chips", "label": {"zh": "接触点", "en": "Touchpoints"}},
        {"key": "feel", "role": "feelings", "kind": "curve", "label": {"zh": "感受", "en": "Feelings"}},
        {"key": "said", "role": "thoughts", "label": {"zh": "客户原话", "en": "What they say"}},
        {"key": "pain", "role": "pains", "label": {"zh": "痛点", "en": "Pains"}},
        {"key": "odd", "role": "custom", "label": {"zh": "天气", "en": "Weather"}},
    ],
    "cards": [
        {"key": "c1", "lane": "touch", "step": "door", "text": {"zh": "门口", "en": "Door"}},
        {"key": "c2", "lane": "touch", "step": "door", "text": {"zh": "招牌", "en": "Sign"}},
        {"key": "c3", "lane": "pain", "step": "pay", "kind": "pain", "owner": "门店", "person": "林晓",
         "text": {"zh": "=排队|太<久>\n还没人管", "en": "=queue|too <long>\nnobody helps"},
         "evidence": [{"kind": "interview", "title": "顾客 7", "quote": "排了十分钟"}]},
        {"key": "c4", "lane": "odd", "step": "door", "until": "seat", "text": {"zh": "下雨", "en": "Rain"}},
    ],
    "links": [{"key": "l1", "source": "c1", "target": "c3"}],
    "curve": [{"key": "g", "step": "seat", "value": -1, "by": "Li", "reason": "seen"}],
    "bindings": [{"key": "b", "lane": "feel", "analysis": "scores", "spec": {"metric": "emotion", "scale": "csat5"}}],
}  # fmt: skip

ANSWERS = Filled(
    values={"feel": {
        "door": Value(1.24, "feeling", 88, 1.1, 1.4, 1.0, better=True),
        "pay": Value(-1.6, "feeling", 41, -1.9, -1.3, -1.1, worse=True),
    }},
    volume={"door": Value(120, "count", 120), "pay": Value(90, "count", 90)},
    quotes={"pay": (Quote("终于轮到我了", "1", "ab12", "2026-01-05", -1.0),)},
    ways={("door", "pay"): Value(0.75, "share", 120), ("door", "seat"): Value(0.03, "share", 120)},
    customers=130, period=(1_767_225_600_000_000, 1_769_904_000_000_000), simulated=True,
)  # fmt: skip


def coffee(**more: object) -> JourneyMap:
    """The map, with some fields otherwise."""
    return JourneyMap.load({**DOCUMENT, **more})


def sheet(lang: Lang = "zh", filled: Filled = ANSWERS, **more: object) -> Sheet:
    """The map about to be drawn."""
    return Sheet(coffee(**more), filled, lang)
