"""A map with something of everything, and pictures taken apart again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lvtu.core.model.text import Text
from lvtu.core.words import Lang
from lvtu.maps import JourneyMap
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Scene, Shape
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import AsPlanned, Filled, Layer, Quote, Value

STAGES = {"know": ("了解", "Find out"), "buy": ("购买", "Buy"), "use": ("使用与售后服务", "Use and get service")}
STEPS = ("ad", "search", "compare", "pay", "deliver", "install", "call", "repair", "renew")
OF = {"ad": "know", "search": "know", "compare": "know", "pay": "buy", "deliver": "buy"}
CHANNELS = ("web", "store", "hotline")


def document(steps: int = 9, **more: Any) -> JourneyMap:
    """Three stages, some steps, a lane of every kind, cards over one step and over several."""
    keys = STEPS[:steps]
    one = {
        "title": {"zh": "装宽带", "en": "Getting broadband"}, "goal": {"zh": "当天能上网", "en": "Online on the day"},
        "scenarios": [{"key": "s", "who": {"zh": "刚搬家的人", "en": "Somebody who has just moved"}}],
        "stages": [
            {"key": key, "name": {"zh": zh, "en": en}, "goal": {"zh": "顺利", "en": "No trouble at all"}}
            for key, (zh, en) in STAGES.items()
        ],
        "steps": [
            {"key": key, "stage": OF.get(key, "use"), "name": {"zh": f"步骤{key}", "en": f"Step {key} of the way"},
             "touchpoints": [key], "channels": ["app"] if key == "renew" else [],
             "moment": "service" if key == "install" else "none"}
            for key in keys
        ],
        "lanes": [
            {"key": "touch", "role": "touchpoints", "kind": "chips", "label": "Touchpoints"},
            {"key": "felt", "role": "feelings", "kind": "curve", "label": {"zh": "满意度", "en": "Satisfaction"}},
            {"key": "ease", "role": "effort", "kind": "number", "label": {"zh": "轻松程度", "en": "Ease"}},
            {"key": "said", "role": "thoughts", "label": "Said"},
            {"key": "pains", "role": "pains", "label": "Pains"},
        ],
        "cards": [
            {"key": "c1", "lane": "pains", "step": keys[0], "kind": "pain", "text": "又要排队？"},
            {"key": "c2", "lane": "pains", "step": keys[0], "until": keys[1], "kind": "pain", "text": "Nobody answers",
             "evidence": [{"kind": "interview"}]},
        ],
        "curve": [{"key": "e", "step": keys[1], "value": -1.5, "by": "Li", "reason": "seen"}],
    }  # fmt: skip
    return JourneyMap.load(one | more)


def filled(steps: int = 9) -> Filled:
    """What the data might say: gaps, few answers, something worse, every kind of answer."""
    keys = STEPS[:steps]
    third = keys[min(2, steps - 1)]
    felt = {
        key: Value((-1) ** n * 0.2 * n, "feeling", 3 if n == 2 else 40 + n, 0.2 * n - 1.2, 0.2 * n + 0.3, 0.1,
                   worse=n == 5)
        for n, key in enumerate(keys)
        if n not in (3, 7)
    }  # fmt: skip
    volume = {key: Value(900 - 90 * n, "count", 900 - 90 * n) for n, key in enumerate(keys[:-1])}
    places = {
        (key, channel): Value(300 - 20 * n, "count", 300 - 20 * n)
        for n, key in enumerate(keys)
        for place, channel in enumerate(CHANNELS)
        if (n + place) % 3
    }
    pairs = [(one, other) for one in places for other in places if one[1] != other[1] and one[0] != other[0]]
    return Filled(
        values={"felt": felt, "ease": {third: Value(-0.3, "feeling", 43, -0.6, 0.1)}}, volume=volume,
        customers=950,
        quotes={keys[0]: (Quote("找了半天入口", "1", "ab12", "2026-01-02", -1.0),)},
        between={
            pair: Value(3_600_000_000 * (n + 1), "duration", 60 - 8 * n)
            for n, pair in enumerate(pairwise(keys))
        },
        drop_off={key: Value(0.1 * n / 2, "share", 900 - 90 * n, 0.0, 0.5) for n, key in enumerate(keys[:-1])},
        channels=places, switches={pair: Value(99 - n, "count", 90 - n) for n, pair in enumerate(pairs[:80])},
        again=Value(0.42, "share", 50, 0.29, 0.56), effort=Layer({third: Value(-0.3, "feeling", 43)}, "ces7"),
        plan={key: AsPlanned(500 - n, 20 * n, 3, n) for n, key in enumerate(keys)}, feeling=Layer(felt, "csat5"),
        simulated=True,
    )  # fmt: skip


ACTORS = {
    "actors": [
        {"key": "user", "name": {"zh": "使用者", "en": "Consumer"},
         "strategy": {"zh": "让他先试", "en": "Let them try"}},
        {"key": "boss", "name": {"zh": "决策者", "en": "Decider"}, "persona": "p-1"},
        {"key": "buyer", "name": {"zh": "采购", "en": "Buyer"}},
    ],
    "curve": [{"key": "e2", "step": "compare", "persona": "p-1", "value": 1.5, "by": "Li", "reason": "seen"}],
}  # fmt: skip


def with_actors() -> JourneyMap:
    """The map as one of three roles; nobody is named at one of its steps."""
    takes = {"ad": ["user"], "search": ["user"], "compare": ["user", "boss"], "pay": ["buyer"], "deliver": ["buyer"],
             "install": ["user"], "call": ["user"], "repair": ["boss"]}  # fmt: skip
    plain = document().document()
    steps = [step | {"actors": takes.get(step["key"], [])} for step in plain["steps"]]
    return JourneyMap.load(plain | ACTORS | {"steps": steps})


def sheet(map_: JourneyMap, answers: Filled, lang: Lang = "zh", dark: bool = False) -> Sheet:
    """What is drawn."""
    names = {key: Text(f"触点{key}", f"Touchpoint {key}") for key in STEPS}
    channels = {"web": Text("网站", "Website"), "store": Text("门店", "Store"), "hotline": Text("热线", "Hotline")}
    return Sheet(map_, answers, lang, dark, names, channels)


@dataclass(frozen=True)
class Found:
    """A shape of a picture, with what it is part of, from the outermost."""

    shape: Shape
    within: tuple[Part, ...]

    def of(self, kind: str) -> bool:
        """Whether it is part of something of a kind."""
        return any(part.kind == kind for part in self.within)


def taken_apart(scene: Scene) -> Iterator[Found]:
    """All shapes that are no parts."""

    def inside(shapes: tuple[Shape, ...], within: tuple[Part, ...]) -> Iterator[Found]:
        for shape in shapes:
            if isinstance(shape, Part):
                yield from inside(shape.shapes, (*within, shape))
            else:
                yield Found(shape, within)

    yield from inside(tuple(scene.shapes), ())


def parts(scene: Scene, kind: str) -> list[Part]:
    """All parts of a kind, wherever they are."""
    return list(dict.fromkeys(part for found in taken_apart(scene) for part in found.within if part.kind == kind))


def room(shape: Shape) -> tuple[float, float, float, float]:
    """The rectangle around a shape; that of a turned label is a square around its middle."""
    if isinstance(shape, Label):
        wide = max((width(line, shape.size, shape.bold) for line in shape.lines), default=0.0)
        left = shape.x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
        high = (len(shape.lines) - 1) * shape.size * shape.leading
        if shape.turn:
            return shape.x - wide / 2, shape.y - wide / 2, shape.x + wide / 2, shape.y + wide / 2
        return left, shape.y - shape.size * 0.85, left + wide, shape.y + high + shape.size * 0.2
    if isinstance(shape, Box):
        return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    if isinstance(shape, Dot):
        return shape.x - shape.radius, shape.y - shape.radius, shape.x + shape.radius, shape.y + shape.radius
    assert isinstance(shape, Line)
    across, down = zip(*shape.points, strict=True)
    return min(across), min(down), max(across), max(down)


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two rectangles have more than an edge in common."""
    slack = 0.5
    return (
        one[0] + slack < other[2]
        and other[0] + slack < one[2]
        and one[1] + slack < other[3]
        and other[1] + slack < one[3]
    )
