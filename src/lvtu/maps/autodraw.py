"""A map drawn from a workspace: what its journey model says, and what the data know of it. Nothing is invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from lvtu.analyses.naming import scale_name
from lvtu.analyses.scores.measures import usual_of
from lvtu.core.expr import parse
from lvtu.core.model import JourneyModel
from lvtu.core.model.rules import Rule
from lvtu.core.model.text import Text
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.core.words import LANGS, Lang, say
from lvtu.maps.discovery import discovered
from lvtu.maps.document import JourneyMap
from lvtu.maps.drawing.numbers import number
from lvtu.maps.live.asking import Asking, heard_at, left_at
from lvtu.maps.live.behind import Gap, gaps
from lvtu.maps.live.filled import Value
from lvtu.maps.live.spoken import Spoken
from lvtu.maps.moments import Candidate, candidates
from lvtu.maps.surveyed import Question, rated, surveyed
from lvtu.maps.surveyed import questions as asked_of

Part = dict[str, Any]


BEHAVIOUR = "behaviour"
"""Stands for a model where stages and steps are to be found in the data."""

SURVEY = "survey"
"""Stands for a model where a survey's questions are the steps."""


class Drawn(Asking, Protocol):
    """A workspace that a map can be drawn from."""

    def model(self, key: str | None = None) -> JourneyModel:
        """A journey model."""
        ...

    def models(self) -> list[dict[str, Any]]:
        """Every journey model."""
        ...


def autodraw(
    ws: Drawn, title: str | Mapping[str, str] | None = None, model: str | None = None, where: str | None = None,
    since: str | None = None, until: str | None = None, zone: str = "UTC",
    steps: Sequence[Mapping[str, str]] | None = None, questions: Sequence[Question] | None = None,
) -> JourneyMap:  # fmt: skip
    """Draw a map from the data.

    Stages are those of a journey model; the steps of a stage are the touchpoints that show it, and events that are at
    none. Stages that one and the same touchpoint shows (the first order, the second, …) have a step each, which counts
    at its own turn (`lvtu.maps.live.turns`).

    Lanes are those that the data can fill: a curve for each scale that customers answered on, how customers feel
    in what they wrote, how many there are. What got significantly worse, the lowest and the highest of a curve, and
    what lies below what customers expected, are candidates for pains and strengths, with what they rest on; where
    nobody was asked anything, where most customers stop, and where fewest, before the last stage. Steps whose scores go
    with recommendation are candidates for moments of truth (`lvtu.maps.moments`).

    Args:
        ws: the workspace.
        title: what the map is called; as the model if not given.
        model: the key of the model; the default one if not given. `BEHAVIOUR`, or in a workspace without any model:
            stages and steps are found in what customers did (`lvtu.maps.discovery`). `SURVEY`, or where customers
            answered a survey and there is no model: each rated question is a step (`lvtu.maps.surveyed`).
        where: whom it is about.
        since, until: when it happened.
        zone: whose days periods are made of.
        steps: of `SURVEY`, which questions are steps, in which stages; see `lvtu.maps.surveyed.surveyed`. Where they
            are given without a model, that is meant.
        questions: of `SURVEY`, what was asked, where somebody knows more of it than the answers tell.

    Raises:
        BadInput: there is no model of that key; without one, nobody did anything; of a survey, nobody rated anything.
    """
    asked: Part = {"where": where, "since": since, "until": until}
    if where is not None:
        parse(where)
    library: dict[str, Touchpoint] = {}
    head: list[Part] = []
    if model is None and (steps is not None or not ws.models()):
        model = SURVEY if steps is not None or rated(ws, where, since, until) else BEHAVIOUR
    if model == SURVEY:
        found = asked_of(ws, where, since, until) if questions is None else questions
        seen = surveyed(found, steps, title)
        head = seen.pop("bindings")
        base = JourneyMap.load({"title": title or _words("maps.surveyed.title"), **asked, **seen})
    elif model == BEHAVIOUR:
        seen = discovered(ws, where, since, until)
        base = JourneyMap.load({"title": title or _words("maps.discovered.title"), **asked, **seen})
    else:
        plan = ws.model(model)
        library = {touchpoint.id: touchpoint for touchpoint in plan.touchpoints}
        stages = [_stage(stage) for stage in plan.stages]
        planned: Part = {"model": plan.key, "stages": stages, "steps": list(_steps(plan))}
        base = JourneyMap.load({"title": title or plan.title, **asked, **planned})
    spoken, volume, _ = heard_at(base, ws, library, zone)
    drawn = _seen(base, volume)
    lanes, bindings = _lanes(drawn, spoken)
    if model == SURVEY:  # what is asked about everything has its own places at the head
        bindings = [one for one in bindings if "lane" in one]
    cards = list(_candidates(drawn, spoken)) if spoken is not None else []
    if spoken is not None and (moments := candidates(drawn, ws, library, zone)):
        lanes.append({"key": "moments", "role": "moments", "label": _words("maps.lanes.moments")})
        cards += [_moment(one) for one in moments]
    if spoken is not None:
        cards += _disappointing(gaps(drawn, ws, library, zone))
    if spoken is not None and not spoken.facts.scales and model != SURVEY:
        cards += _leaving(drawn, left_at(drawn, ws, library, zone))
    document = drawn.document() | {"lanes": lanes, "bindings": [*head, *bindings]}
    return JourneyMap.load(document | {"cards": cards})


def _stage(stage: Any) -> Part:
    told = {"key": stage.key, "name": stage.name, "goal": stage.goal, "needs": stage.needs, "owner": stage.owner}
    return {name: value for name, value in told.items() if value}


def _steps(plan: JourneyModel) -> Iterator[Part]:
    """The touchpoints that each stage's rules name, or that are shown by the same events; each stands once."""
    by_rule = {rule: touchpoint for touchpoint in plan.touchpoints for rule in touchpoint.events}
    known = {touchpoint.id: touchpoint for touchpoint in plan.touchpoints}
    taken: set[str] = set()

    def shown_by(rule: Rule) -> list[Touchpoint]:
        return [known[id] for id in rule.touchpoints] or [one for one in (by_rule.get(rule),) if one]

    only = [shown_by(stage.entry[0]) for stage in plan.stages if len(stage.entry) == 1]
    turns = Counter(some[0].id for some in only if len(some) == 1)
    for stage in plan.stages:
        for rule in stage.entry:
            touchpoints = shown_by(rule)
            for one in touchpoints:
                alone = len(stage.entry) == len(touchpoints) == 1
                named = {"name": stage.name} if alone and turns[one.id] > 1 else {}
                if one.id not in taken:
                    taken.add(one.id)
                    yield _at(one, stage.key) | named
                elif alone:  # the second order, the third: each its own turn
                    yield _at(one, stage.key) | {"key": f"{one.id}-{stage.key}", "name": stage.name}
            if not touchpoints and rule.events and (key := _key(rule.events[0], taken)):
                taken.add(key)
                yield {"key": key, "stage": stage.key, "name": rule.events[0], "entry": (rule,)}


def _at(touchpoint: Touchpoint, stage: str) -> Part:
    step = {"key": touchpoint.id, "stage": stage, "name": touchpoint.name, "touchpoints": (touchpoint.id,)}
    if touchpoint.channels:
        step["channels"] = touchpoint.channels
    return step | ({"moment": touchpoint.moment} if touchpoint.moment != "none" else {})


def _key(event: str, taken: set[str]) -> str:
    key = "".join(letter if letter.isalnum() else "-" for letter in event.lower()).strip("-")
    return "" if key in taken else key


def _seen(base: JourneyMap, volume: Mapping[str, Value]) -> JourneyMap:
    """The map without steps that nobody took, and stages without steps; all of it where nothing was seen at all."""
    if not volume:
        return base
    document = base.document()
    document["steps"] = [step for step in document["steps"] if step["key"] in volume]
    kept = {step["stage"] for step in document["steps"]}
    document["stages"] = [stage for stage in document["stages"] if stage["key"] in kept]
    ways = [{**way, "steps": [key for key in way["steps"] if key in volume]} for way in document.get("paths", ())]
    document["paths"] = [way for way in ways if len(way["steps"]) > 1]
    return JourneyMap.load(document)


_CURVE = 3
"""Steps with a figure from which on they make a curve."""

MOST_LOW = 4
"""Steps of a curve that are candidates for pains because they lie below its middle."""

_EFFORT = ("ease", "ces", "effort")


def _lanes(drawn: JourneyMap, spoken: Spoken | None) -> tuple[list[Part], list[Part]]:
    lanes: list[Part] = []
    bindings: list[Part] = []

    def lane(key: str, role: str, kind: str, label: Any) -> None:
        lanes.append({"key": key, "role": role, "kind": kind, "label": label})

    if any(step.touchpoints for step in drawn.steps):
        lane("touchpoints", "touchpoints", "chips", _words("maps.lanes.touchpoints"))
    if any(step.channels for step in drawn.steps):
        lane("channels", "channels", "chips", _words("maps.lanes.channels"))
    for scale in spoken.facts.scales if spoken is not None else ():
        if not spoken_at_steps(drawn, spoken, scale):
            if scale.measure.name != "sentiment":
                bindings.append(_bound(f"all-{scale.measure.scale}", None, scale))
            continue
        name = "sentiment" if scale.measure.name == "sentiment" else scale.measure.scale or "score"
        role = "effort" if name.startswith(_EFFORT) else "perception" if name.startswith("clean") else "feelings"
        label = {lang: scale_name("sentiment" if name == "sentiment" else scale.measure.scale, lang) for lang in LANGS}
        lane(name, role, "curve" if len(spoken_at_steps(drawn, spoken, scale)) >= _CURVE else "number", label)
        bindings.append(_bound(name, name, scale))
    if spoken is None or spoken.facts.scales or spoken.facts.texts:
        lane("thoughts", "thoughts", "text", _words("maps.lanes.thoughts"))
    lane("pains", "pains", "text", _words("maps.lanes.pains"))
    lane("gains", "gains", "text", _words("maps.lanes.gains"))
    if any(step.owner for step in drawn.steps):
        lane("owners", "owners", "chips", _words("maps.lanes.owners"))
    return lanes, bindings


def spoken_at_steps(drawn: JourneyMap, spoken: Spoken | None, scale: Any) -> dict[str, Value]:
    """The figures on a scale at the steps of the map."""
    found = spoken.by_step(scale) if spoken is not None else {}
    return {step.key: found[step.key] for step in drawn.steps if step.key in found}


def _bound(key: str, lane: str | None, scale: Any) -> Part:
    metric = scale.measure.name if lane is not None else usual_of(scale.measure.scale).name
    spec = {"metric": metric} | ({} if metric == "sentiment" else {"scale": scale.measure.scale})
    bound = {"key": key, "analysis": "scores", "spec": spec}
    if lane is not None:
        return bound | {"lane": lane}
    return bound | {"title": _words(f"overview.figures.{metric}") if metric == "nps" else
                    {lang: scale_name(scale.measure.scale, lang) for lang in LANGS}}  # fmt: skip


def _words(key: str) -> dict[str, str]:
    return {lang: say(key, lang) for lang in LANGS}


def _candidates(drawn: JourneyMap, spoken: Spoken) -> Iterator[Part]:
    """What fell, and the ends of each curve that chance does not explain, as cards."""
    for scale in spoken.facts.scales:
        values = spoken_at_steps(drawn, spoken, scale)
        name = scale.measure.scale or scale.measure.name
        said = {lang: scale_name(scale.measure.scale or scale.measure.name, lang) for lang in LANGS}
        told: set[str] = set()
        for key, value in values.items():
            if (value.worse or value.better) and value.before is not None:
                told.add(key)
                kind = "pain" if value.worse else "gain"
                yield _card(f"{kind}-{name}-{key}", kind, key, _of_change(said, value), f"scores/{name}", value)
        for kind, sentence, key in _ends(values):
            if key not in told:
                text = {
                    lang: say(f"maps.candidates.{sentence}", lang, lane=said[lang],
                              value=number(values[key].value, values[key].unit, lang))
                    for lang in LANGS
                }  # fmt: skip
                yield _card(f"{kind}-{name}-{key}", kind, key, text, f"scores/{name}", values[key])


def _of_change(said: Mapping[Lang, str], value: Value) -> dict[Lang, str]:
    return {
        lang: say(
            f"maps.candidates.{'fell' if value.worse else 'rose'}", lang, lane=said[lang],
            before=number(value.before or 0.0, value.unit, lang), value=number(value.value, value.unit, lang),
        )
        for lang in LANGS
    }  # fmt: skip


def _ends(values: Mapping[str, Value]) -> Iterator[tuple[str, str, str]]:
    """The lowest of a curve, and the highest, where their intervals lie apart from that of its middle.

    Of the lowest `MOST_LOW`: where several steps hurt, one must not hide the others.

    Returns:
        What each is, how it is told, and the key of its step.
    """
    told = {key: value for key, value in values.items() if value.low is not None and value.high is not None}
    if len(told) < _CURVE:
        return
    order: Sequence[str] = sorted(told, key=lambda key: told[key].value)
    middle = told[order[len(order) // 2]]
    for place, key in enumerate(order[:MOST_LOW]):
        if (told[key].high or 0.0) < (middle.low or 0.0):
            yield "pain", "low" if place else "pain", key
    if (told[order[-1]].low or 0.0) > (middle.high or 0.0):
        yield "gain", "gain", order[-1]


def _leaving(drawn: JourneyMap, left: Mapping[str, Value]) -> Iterator[Part]:
    """Where most customers get no further, and where fewest, before the last stage, if that is no chance."""
    before = {step.key for step in drawn.steps if step.stage != drawn.stages[-1].key}
    for _, sentence, key in _ends({step: value for step, value in left.items() if step in before}):
        if sentence == "low":
            continue
        kind, name = ("gain", "stay") if sentence == "pain" else ("pain", "leave")
        share = {lang: number(left[key].value, "share", lang) for lang in LANGS}
        text = {lang: say(f"maps.candidates.{name}", lang, share=share[lang]) for lang in LANGS}
        yield _card(f"{kind}-{name}-{key}", kind, key, text, "drop_off", left[key])


def _disappointing(found: Mapping[str, Gap]) -> Iterator[Part]:
    """Where customers found less than they expected, beyond chance."""
    for key, one in found.items():
        if one.behind:
            text = {
                lang: say("maps.candidates.behind", lang, **{
                    name: number(value, "points", lang)
                    for name, value in (("gap", -one.gap.value), ("expected", one.expected), ("found", one.perceived))
                })
                for lang in LANGS
            }  # fmt: skip
            yield _card(f"pain-expected-{key}", "pain", key, text, "expectations", one.gap)


def _moment(one: Candidate) -> Part:
    text = {
        lang: say(
            "maps.candidates.moment", lang, outcome=scale_name(one.outcome, lang), weight=f"{one.weight:.0%}",
            low=f"{100 * one.low:.0f}", high=f"{one.high:.0%}", reach=f"{one.reach:.0%}",
        )
        for lang in LANGS
    }  # fmt: skip
    evidence = {"kind": "analytics", "source": f"drivers/{one.outcome}", "title": f"n {one.n:,}"}
    return {"key": f"moment-{one.step}", "lane": "moments", "step": one.step, "kind": "insight", "text": text,
            "evidence": (evidence,)}  # fmt: skip


def _card(key: str, kind: str, step: str, text: Mapping[Lang, str], source: str, value: Value) -> Part:
    lane = "pains" if kind == "pain" else "gains"
    asked = source == "expectations" or (source.startswith("scores/") and source != "scores/sentiment")
    evidence = {"kind": "survey" if asked else "analytics", "source": source, "title": f"n {value.n:,}"}
    return {
        "key": key,
        "lane": lane,
        "step": step,
        "kind": kind,
        "text": Text(text["zh"], text["en"]),
        "evidence": (evidence,),
    }
