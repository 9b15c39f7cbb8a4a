"""What is asked of both engines: at least one question for every analysis of the registry, a line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """A question on the events of `everything` (names A … D, channels web and store, property plan).

    Attributes:
        options: of the analysis.
        cells: the arguments of ``.customers`` for some of its numbers.
    """

    options: dict[str, Any]
    cells: tuple[tuple[Any, ...], ...] = ()


def asked(*cells: tuple[Any, ...], **options: Any) -> Question:
    return Question(options, cells)


QUESTIONS: dict[str, tuple[Question, ...]] = {
    "funnel": (
        asked((1,), (2,), (3,), steps=["A", "B", "C"], within="20d", by="plan"),
        asked((2,), steps=["A", {"event": "B", "where": "value > 1"}], trend="month", zone="Asia/Shanghai"),
        asked((2,), steps=["A", {"event": "B", "optional": True}, "D"], entry="each", unit="sessions", hold=["plan"]),
    ),
    "graph": (
        asked(("A", "B"), ("C", "C")),
        asked(("web", "shop"), by="touchpoint", within="9d", fold=True),
        asked((None, "p"), by="plan", where="channel = 'web'"),
    ),
    "retention": (
        asked((1,), start="A", back="B", period="month", periods=3),
        asked((0,), start="A", mode="unbounded", period="week", entry="any", clock="rolling"),
    ),
    "trend": (
        asked(by="plan", period="week"),
        asked(event=["A", "B"], event_where="stage = 'want'", period="month", by="stage"),
    ),
    "timeline": (asked(customer="c7"),),
    "stages": (asked(("look",), ("want",)), asked(("have",), order="any", where="plan = 'p' or channel = 'web'")),
    "behaviours": (asked(("viewed",), ("repurchased",)),),
    "first_touch": (asked(("web",)), asked(("store",), by="channel")),
    "metric": (
        asked(("p",), name="conversion", by="plan"),
        asked((), name="sales", period="month"),
        asked((), name="churn", period="month"),
    ),
    "scores": (
        asked(("p",), (None,), by="plan", carry=True, sent="A"),
        asked((), metric="csat", period="month", event=["A", "B"], event_where="channel = 'web'"),
        asked(("want",), metric="mean", scale="csat5", by="stage", weighted=False, shrink=5),
    ),
    "attribution": (
        asked(("web",), (None,), goal="C", model="all", lookback="30d"),
        asked(("shop",), goal="C", model=["markov", "decay"], order=2, by="touchpoint", money=True),
    ),
    "channels": (asked(("web", "store"), goal="C", within="20d"),),
    "drivers": (
        asked(outcome="did B at least 2 times", by="channel", take="mean", skipped="pairwise"),
        asked(outcome="nps", where="value > 0"),
    ),
    "response_times": (asked(("web",), start="A", end="B", target="2d", by="channel", period="month"),),
    "touchpoint_quality": (
        asked(
            ("web",),
            by="channel",
            failure="event = 'C'",
            standards=[{"start": "A", "end": "B", "within": "9d"}],
            period="month",
        ),
    ),
    "scorecard": (
        asked(("p",), by="plan", item="plan", attributes=[{"name": "p", "topics": ["service"]}, {"name": "q"}]),
    ),
    "word_of_mouth": (asked(("web",), by="channel", referral="event = 'C'", within="20d"),),
    "servqual": (asked(by="plan"),),
    "kano": (asked(feature="plan"),),
    "maxdiff": (asked(asked="plan"),),
    "themes": (
        asked(("p",), ("q", "web"), codes="plan", by="channel"),
        asked((), codes="plan", event="A", period="month"),
    ),
    "segment": (
        asked((), condition="did A at least 2 times"),
        asked((), condition="A then B within 7 days without C", where="channel = 'web'"),
        asked((), condition="A -> [^C]* -> D"),
    ),
    "overlap": (
        asked(
            ("did A at least 3 times",), segments=["did A at least 3 times", "A then D without B"], where="value > 0"
        ),
    ),
    "rfm": (asked(("lost",), (), event="A", where="plan = 'p' or value > 1"),),
    "drift": (
        asked(segment="did A in the last 30 days", period="month"),
        asked(segment="did A[plan = 'p'] before the last 3 days", period="week", where="stage = 'want'"),
    ),
    "flow": (
        asked((1, "A", "B"), (2,), start="A", steps=3, top=2),
        asked((1,), start="shop", by="touchpoint", direction="backward", entry="each", fold=True),
    ),
    "step_matrix": (asked((1, "B"), (-1,), start="A", before=2, after=2),),
    "variants": (
        asked((1,), (2,), unit="sessions", session_gap="5d"),
        asked((1,), by="stage", fold=True, most=2, start="look"),
    ),
    "clusters": (asked((1,), (2,), clusters=2, sample=40),),
    "sessions": (asked(session_gap="5d", by="channel"), asked(session_gap="5d", period="month")),
    "timing": (
        asked(start="A", end="B", by="plan"),
        asked(start="A", silent="30d"),
        asked(start="A", end="B", entry="each"),
    ),
    "lifecycle": (asked(event="A", period="month"),),
    "stickiness": (asked(period="week"),),
    "conformance": (
        asked((1, "completed"), order=["A", {"place": "B", "within": "20d"}, {"place": "C", "optional": True}]),
        asked(by="stage"),
    ),
    "handoffs": (asked(pairs=[{"source": "A", "target": "B", "within": "10d"}]),),
    "rollup": (asked(("letters",), ("letters/want",)),),
    "model_change": (
        asked(
            ("want",),
            ("want", "before"),
            change={
                "key": "letters",
                "title": "Letters",
                "stages": [
                    {"key": "look", "name": "Look", "entry": "A"},
                    {"key": "want", "name": "Want", "entry": "D"},
                ],
            },
        ),
    ),
}
"""By analysis. A cluster is asked the first question of each, `test_travel` all of them."""
