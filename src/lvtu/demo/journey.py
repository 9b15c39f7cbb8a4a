"""The demonstrations' journey models: stages and touchpoints whose rules count, saved in each workspace.

A map's plan (`lvtu.demo.model.MapPlan`) may draw several steps of one event, as the first order and the second; a
model's stages are entered one event at a time, so the shop's has a stage for each order, and the store's none for
visits between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lvtu.core.model import JourneyModel
from lvtu.core.model.text import Text
from lvtu.demo import airport, applications, complaints, paths, retail
from lvtu.demo.model import MapPlan

_ORDERS = 5
"""How many orders the shop's model follows."""


def save(name: str, ws: Any) -> None:
    """Save a demonstration's model in its workspace, as the default, unless it is there: every save is a new version.

    Args:
        name: the demonstration's.
        ws: its workspace.
    """
    model = JourneyModel.load(MODELS[name]())
    known = {one["key"] for one in ws.models()}
    if model.key not in known or ws.model(model.key).model_copy(update={"version": None}) != model:
        ws.save_model(model, default=True)


def of_plan(plan: MapPlan, entries: dict[str, Any] | None = None) -> dict[str, Any]:
    """A model with a plan's stages, and a touchpoint for each of its steps.

    Args:
        plan: it.
        entries: the entry rules of some stages, by key; an event of any of its steps brings a customer into another.
    """
    entries = entries or {}
    return {
        "key": plan.key,
        "title": _words(plan.title),
        "touchpoints": [{"id": step.key, "name": _words(step.name), "events": step.event} for step in _by_event(plan)],
        "stages": [
            {"key": stage.key, "name": _words(stage.name), "entry": entries.get(stage.key) or _entry(stage.steps)}
            for stage in plan.stages
        ],
    }


def _entry(steps: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(step.event for step in steps))


def _by_event(plan: MapPlan) -> Iterable[Any]:
    """The steps, one of each event: an event belongs to one touchpoint."""
    return {step.event: step for step in reversed(plan.steps)}.values()


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _airport() -> dict[str, Any]:
    first, _, security, _ = airport.MODEL.stages
    entries = {
        first.key: [airport.ARRIVED, *_entry(first.steps)],
        security.key: [*_entry(security.steps), airport.PRECHECK.event],
    }
    model = of_plan(airport.MODEL, entries)
    for told, stage in zip(model["stages"], airport.MODEL.stages, strict=True):
        told["kpis"] = [_words(item.name) for item in airport.ITEMS if item.event in _entry(stage.steps)]
    for point in model["touchpoints"]:
        if point["id"] == security.steps[0].key:
            point["events"] = entries[security.key]
    others = [
        ("arrival", airport.ARRIVED, "抵达机场", "Arrival at the airport"),
        ("whole", airport.WHOLE, "机场整体", "The airport as a whole"),
        ("recommendation", airport.RECOMMENDED, "推荐意愿", "Recommendation"),
    ]
    points = [{"id": key, "name": {"zh": zh, "en": en}, "events": event} for key, event, zh, en in others]
    channel = {"key": "airport", "name": {"zh": "机场现场", "en": "At the airport"}, "online": False}
    return model | {"touchpoints": [*model["touchpoints"], *points], "channels": [channel]}


def _retail() -> dict[str, Any]:
    names = {number: (f"第 {number} 单", f"Order {number}") for number in range(2, _ORDERS)}
    names |= {1: ("首单", "First order"), _ORDERS: (f"第 {_ORDERS} 单：常客", f"Order {_ORDERS}: a regular")}
    return {
        "key": "retail",
        "title": _words(retail.MODEL.title),
        "touchpoints": [
            {"id": "order", "name": {"zh": "下单", "en": "Order"}, "events": retail.PLACED},
            {"id": "cancellation", "name": {"zh": "取消", "en": "Cancellation"}, "events": retail.CANCELLED},
        ],
        "stages": [
            {"key": f"order_{number}", "name": dict(zip(("zh", "en"), names[number], strict=True)),
             "entry": retail.PLACED}
            for number in sorted(names)
        ],
    }  # fmt: skip


def _paths() -> dict[str, Any]:
    arrive, _, buy = paths.MODEL.stages
    plan = MapPlan("paths", paths.MODEL.title, paths.MODEL.scenario, paths.MODEL.order, True, (arrive, buy))
    channels = [
        {"key": key, "name": {"zh": zh, "en": key}, "online": True}
        for key, zh in {
            "Direct": "直接访问", "Organic Search": "自然搜索", "Referral": "引荐链接", "Other": "其他来源",
            "Paid Search": "付费搜索", "Organic Social": "社交媒体", "Affiliate": "联盟推广", "Email": "邮件",
        }.items()
    ]  # fmt: skip
    return of_plan(plan) | {"channels": channels}


def _applications() -> dict[str, Any]:
    return of_plan(applications.MODEL, {"offer": ["O_Create Offer", *applications.SENT]})


MODELS: dict[str, Callable[[], dict[str, Any]]] = {
    "airport": _airport,
    "retail": _retail,
    "complaints": lambda: of_plan(complaints.MODEL),
    "paths": _paths,
    "applications": _applications,
}
"""The models by demonstration, as `lvtu.core.model.JourneyModel.load` reads them."""
