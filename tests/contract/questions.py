"""A question of every kind, and a journey model for them."""

from __future__ import annotations

from typing import Any

from property.strategies import START

MODEL = {
    "key": "shop", "title": {"zh": "网购", "en": "Shopping"},
    "touchpoints": [{"id": "page", "name": {"zh": "商品页", "en": "Product page"}, "events": "A"}],
    "stages": [
        {"key": "look", "name": {"zh": "浏览", "en": "Look"}, "entry": {"touchpoints": "page"}},
        {"key": "buy", "name": {"zh": "购买", "en": "Buy"}, "entry": "B"},
    ],
}  # fmt: skip


def _metric(ws: Any, **parts: Any) -> Any:
    ws.save_metric({"key": "m", "title": {"zh": "数", "en": "M"}, "of": {"events": "B"}, **parts})
    return ws


def questions(ws: Any) -> dict[str, Any]:
    ws.save_model(MODEL, default=True)
    funnel = ws.funnel(["A", "B", "C"], within=8)
    return {
        "funnel": funnel,
        "funnel by": ws.funnel(["A", "B"], by="plan"),
        "funnel trend": ws.funnel(["A", "B"], trend="day"),
        "funnel of one": ws.funnel(["A"], unit="totals"),
        "compare": funnel.compare("channel = 'web'", "channel = 'store'"),
        "time": funnel.time_to_convert(),
        "drivers": ws.drivers("nps"),
        "drivers of a yes or no": ws.drivers("did B", by="channel", skipped="pairwise"),
        "drivers by band": ws.drivers("did B", by="channel").linked(),
        "themes": ws.themes(codes="plan"),
        "themes by channel": ws.themes("channel", codes="plan"),
        "themes over time": ws.themes(codes="plan", period="day"),
        "graph": ws.graph(),
        "retention": ws.retention("A", "B", periods=3),
        "brackets": ws.retention("A", "B", mode="bracket", brackets=[(0, 0), (1, 2)]),
        "trend": ws.trend(by="channel", period="hour"),
        "timeline": ws.timeline("c1"),
        "stages": ws.stages(),
        "stages now": ws.stages().now(),
        "stages at a time": ws.stages(moment=START + 6).now(),
        "model change": ws.model_change(ws.model().add({"key": "c", "name": "C", "entry": "C"}, after="look")),
        "rollup": ws.rollup(),
        "behaviours": ws.behaviours(),
        "first touch": ws.first_touch(),
        "first touch by channel": ws.first_touch(by="channel"),
        "conformance": ws.conformance(["A", {"place": "B", "within": 3, "optional": True}, "C"]),
        "conformance of stages": ws.conformance(),
        "handoffs": ws.handoffs([{"source": "A", "target": "B", "within": 3}]),
        "sessions": ws.sessions(),
        "sessions by plan": ws.sessions("plan", session_gap=3),
        "timing": ws.timing("A", "B"),
        "timing by plan": ws.timing("A", "B", by="plan", entry="each"),
        "response times": ws.response_times(start="A", end="B", target=3, by="channel"),
        "silence": ws.timing("A", silent=3),
        "lifecycle": ws.lifecycle(period="hour"),
        "stickiness": ws.stickiness(["A", "B"], period="week"),
        "sessions by hour": ws.sessions("channel", period="hour"),
        "channels": ws.channels("B"),
        "attribution": ws.attribution("A", "markov"),
        "attributions": ws.attribution("A", "all", by="touchpoint", own=True),
        "metric": _metric(ws, per={"events": "A"}).metric("m", by="plan"),
        "metric over time": _metric(ws, per={"events": "A"}).metric("m", period="day"),
        "amount": _metric(ws).metric("m", by="channel", period="day"),
        "scores": ws.scores(by="plan"),
        "scores over time": ws.scores("csat", by="channel", period="day"),
        "scores of all": ws.scores("emotion", scale="csat5", shrink=3, sent="A"),
        "quality": ws.touchpoint_quality("channel", failure="event = 'C'", least=1),
        "quality over time": ws.touchpoint_quality("channel", period="day"),
        "scorecard": ws.scorecard("channel", attributes=[{"name": "p"}, {"name": "q"}], item="plan"),
        "scorecard of all": ws.scorecard(None, attributes=[{"name": "p", "topics": ["service"]}], item="plan"),
        "word of mouth": ws.word_of_mouth("channel", referral="event = 'C'", within=5),
        "segment": ws.segment("did A at least 2 times"),
        "rfm": ws.rfm("A"),
        "drift": ws.drift("did A at least 2 times", period="hour"),
        "overlap": ws.overlap("did A at least 2 times", "did B", "did C"),
        "flow": ws.flow(start="A", top=2),
        "matrix": ws.step_matrix("A", top=2),
        "matrix of sessions": ws.step_matrix(by="stage", unit="sessions"),
        "matrix compared": ws.step_matrix("A", after=2).compare("channel = 'web'", "channel = 'store'"),
        "flow each": ws.flow(start="A", entry="each", direction="backward", unit="sessions", by="stage"),
        "variants": ws.variants(top=5),
        "clusters": ws.clusters(clusters=3),
        "clusters of touchpoints": ws.clusters(by="touchpoint", transitions=True),
        "variants of sessions": ws.variants(by="touchpoint", unit="sessions", session_gap=2),
    }
