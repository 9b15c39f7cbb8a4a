"""The question of each analysis, without what all share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lvtu.analyses.asked.speaker import Speaker
from lvtu.analyses.naming import scale_name, scale_names
from lvtu.core.expr import parse
from lvtu.core.expr.customers import InSegment
from lvtu.core.words import known
from lvtu.errors import BadInput


def _funnel(spec: Any, to: Speaker) -> str:
    steps = [to.step(step) for step in spec.steps]
    within = "" if spec.within is None else to.say("within", within=to.gap(spec.within))
    without = to.say("without", events=to.one_of(to.event(x.names or None, x.where) for x in spec.exclude)) \
        if spec.exclude else ""  # fmt: skip
    if len(steps) == 1:
        return to.say(f"funnel.one_{spec.unit}", first=steps[0])
    if spec.order == "any":
        return to.say(f"funnel.any_{spec.unit}", steps=to.one_of(steps, "and"), within=within) + without
    then = to.say("then_strict" if spec.order == "strict" else "then").join(steps[1:])
    key = "funnel.strict" if spec.order == "strict" else "funnel.many"
    return to.say(f"{key}_{spec.unit}", first=steps[0], then=then, within=within) + without


def _graph(spec: Any, to: Speaker) -> str:
    within = "" if spec.within is None else to.say("within", within=to.gap(spec.within))
    return to.say("graph", places=to.places(spec.by), within=within)


def _retention(spec: Any, to: Speaker) -> str:
    who, back = to.say("who.all"), to.say("back.any")
    if spec.start is not None or spec.start_where is not None:
        who = to.say("who.did", event=to.event(spec.start, spec.start_where))
    if spec.back is not None or spec.back_where is not None:
        back = to.say("back.with", event=to.event(spec.back, spec.back_where))
    return to.say(f"retention.{spec.mode}", who=who, back=back, every=to.every(spec.period))


def _trend(spec: Any, to: Speaker) -> str:
    if spec.event is None and spec.event_where is None:
        return to.say("trend.any", every=to.every(spec.period))
    return to.say("trend.event", event=to.event(spec.event, spec.event_where), every=to.every(spec.period))


def _drivers(spec: Any, to: Speaker) -> str:
    try:
        outcome = to.segment(str(parse(spec.outcome)))
    except BadInput:  # the name of an event, of a scale or of a segment
        scale = scale_names(to.lang).get(spec.outcome)
        outcome = to.quoted(scale) if scale else to.event(spec.outcome, spec.outcome_where)
    if spec.within is None:
        return to.say("drivers", outcome=outcome, by=to.places(spec.by))
    return to.say("drivers_within", outcome=outcome, by=to.places(spec.by), within=to.gap(spec.within))


def _timeline(spec: Any, to: Speaker) -> str:
    return to.say("timeline", customer=spec.customer)


def _of_model(key: str) -> Callable[[Any, Speaker], str]:
    return lambda spec, to: to.say(key, model=to.model())


def _model_change(spec: Any, to: Speaker) -> str:
    return to.say("model_change", model=spec.change.title.get(to.lang))


def _first_touch(spec: Any, to: Speaker) -> str:
    return to.say("first_touch", by=to.field(spec.by))


def _conformance(spec: Any, to: Speaker) -> str:
    if not spec.order:
        return to.say("conformance.model", model=to.model())
    order = to.say("list").join(to.quoted(one.name) if one.name else to.place(one.place, spec.by) for one in spec.order)
    return to.say("conformance.order", order=order)


def _handoffs(spec: Any, to: Speaker) -> str:
    pairs = [
        to.say(
            "handoffs",
            source=to.place(one.source, spec.by),
            target=to.place(one.target, spec.by),
            within=to.gap(one.within),
        )
        for one in spec.pairs
    ]
    return to.say("semicolon").join(pairs)


def _sessions(spec: Any, to: Speaker) -> str:
    return to.say("sessions")


def _timing(spec: Any, to: Speaker) -> str:
    start = to.event(spec.start, spec.start_where)
    if spec.silent is not None:
        return to.say("timing.silent", start=start, silent=to.gap(spec.silent))
    return to.say("timing.end", start=start, end=to.event(spec.end, spec.end_where))


def _lifecycle(spec: Any, to: Speaker) -> str:
    if spec.event is None and spec.event_where is None:
        return to.say("lifecycle.any", every=to.every(spec.period))
    return to.say("lifecycle.event", event=to.event(spec.event, spec.event_where), every=to.every(spec.period))


def _stickiness(spec: Any, to: Speaker) -> str:
    periods = to.say(f"periods.{spec.period}")
    if spec.event is None and spec.event_where is None:
        return to.say("stickiness.any", periods=periods)
    return to.say("stickiness.event", periods=periods, event=to.event(spec.event, spec.event_where))


def _attribution(spec: Any, to: Speaker) -> str:
    models = spec.models
    model = to.say("attribution.all") if len(models) == 7 else to.one_of(
        (to.say(f"attribution.{one}") for one in models), "and"
    )  # fmt: skip
    back = "" if spec.lookback is None else to.say("attribution.lookback", lookback=to.gap(spec.lookback))
    goal = to.event(spec.goal)
    return to.say("attribution.asked", places=to.places(spec.by), goal=goal, model=model) + back


def _channels(spec: Any, to: Speaker) -> str:
    if spec.goal is None:
        return to.say("channels.moves", places=to.places(spec.by))
    within = "" if spec.within is None else to.say("within", within=to.gap(spec.within))
    return to.say("channels.goal", places=to.places(spec.by), goal=to.event(spec.goal), within=within)


def _metric(spec: Any, to: Speaker) -> str:
    return to.say("metric", metric=to.names.metric or spec.name)


def _scores(spec: Any, to: Speaker) -> str:
    told = [to.say(f"scores.{spec.metric}")]
    if spec.event is not None or spec.event_where is not None:
        told.append(to.say("scores.of", event=to.event(spec.event, spec.event_where)))
    if spec.scale is not None:
        told.append(to.say("scores.on", scale=scale_name(spec.scale, to.lang)))
    return to.say("comma").join(told)


def _response_times(spec: Any, to: Speaker) -> str:
    names = {"start": to.event(spec.start, spec.start_where), "end": to.event(spec.end, spec.end_where)}
    return to.say("response_times", target=to.gap(spec.target), **names)


def _touchpoint_quality(spec: Any, to: Speaker) -> str:
    told = to.say("touchpoint_quality.points" if spec.points else "touchpoint_quality.blend", blend=spec.blend)
    failure = "" if spec.failure is None else to.say("touchpoint_quality.failure", failure=to.condition(spec.failure))
    waits = [
        to.say(
            "touchpoint_quality.standard", start=to.event(one.start), end=to.event(one.end), within=to.gap(one.within)
        )
        for one in spec.standards
    ]
    return told + failure + "".join(waits)


def _scorecard(spec: Any, to: Speaker) -> str:
    names = [known(f"values.attribute_{one.name}", to.lang) or to.quoted(one.name) for one in spec.attributes]
    return to.say("scorecard", attributes=to.one_of(names, "and"))


def _word_of_mouth(spec: Any, to: Speaker) -> str:
    return to.say("word_of_mouth", within=to.gap(spec.within))


def _servqual(spec: Any, to: Speaker) -> str:
    return to.say("servqual")


def _kano(spec: Any, to: Speaker) -> str:
    return to.say("kano")


def _maxdiff(spec: Any, to: Speaker) -> str:
    return to.say("maxdiff")


def _segment(spec: Any, to: Speaker) -> str:
    named = isinstance(parse(spec.condition), InSegment)
    return to.say("segment.named" if named else "segment.condition", segment=to.segment(spec.condition))


def _overlap(spec: Any, to: Speaker) -> str:
    return to.say("overlap", segments=to.say("semicolon").join(to.segment(one) for one in spec.segments))


def _rfm(spec: Any, to: Speaker) -> str:
    return to.say("rfm", event=to.event(spec.event))


def _drift(spec: Any, to: Speaker) -> str:
    named = isinstance(parse(spec.segment), InSegment)
    key = "drift.named" if named else "drift.condition"
    return to.say(key, segment=to.segment(spec.segment), every=to.every(spec.period))


def _flow(spec: Any, to: Speaker) -> str:
    if not spec.start:
        return to.say(f"flow.all_{spec.direction}", places=to.places(spec.by))
    return to.say(f"flow.{spec.direction}_{spec.unit}", start=to.place(spec.start, spec.by), places=to.places(spec.by))


def _step_matrix(spec: Any, to: Speaker) -> str:
    if not spec.start:
        return to.say("step_matrix.all", after=spec.after, places=to.places(spec.by))
    return to.say("step_matrix.around", start=to.place(spec.start, spec.by), before=spec.before, after=spec.after,
                  places=to.places(spec.by))  # fmt: skip


def _variants(spec: Any, to: Speaker) -> str:
    ends = [name for name in ("start", "end") if getattr(spec, name) is not None]
    told = {name: to.place(getattr(spec, name), spec.by) for name in ends}
    between = to.say(f"variants.{'_'.join(ends)}", **told) if ends else ""
    return to.say(f"variants.{spec.unit}", between=between)


def _clusters(spec: Any, to: Speaker) -> str:
    if spec.clusters is None:
        return to.say("clusters.any")
    return to.say("clusters.number", clusters=spec.clusters)


def _themes(spec: Any, to: Speaker) -> str:
    if spec.codes is not None:
        told = to.say("themes.codes", codes=to.field(spec.codes))
    elif spec.taxonomy is not None:
        named = "\n" not in spec.taxonomy
        told = to.say("themes.topics", taxonomy=spec.taxonomy) if named else to.say("themes.own")
    else:
        told = to.say("themes.found")
    if spec.event is None and spec.event_where is None:
        return told
    return told + to.say("comma") + to.say("themes.of", event=to.event(spec.event, spec.event_where))


HEADS: dict[str, Callable[[Any, Speaker], str]] = {
    "drivers": _drivers, "themes": _themes,
    "funnel": _funnel, "graph": _graph, "retention": _retention, "trend": _trend, "timeline": _timeline,
    "stages": _of_model("stages"), "rollup": _of_model("rollup"), "behaviours": _of_model("behaviours"),
    "model_change": _model_change, "first_touch": _first_touch, "conformance": _conformance, "handoffs": _handoffs,
    "sessions": _sessions, "timing": _timing, "lifecycle": _lifecycle, "stickiness": _stickiness,
    "attribution": _attribution, "channels": _channels, "metric": _metric, "scores": _scores,
    "segment": _segment, "overlap": _overlap, "rfm": _rfm, "drift": _drift,
    "flow": _flow, "step_matrix": _step_matrix, "variants": _variants,
    "clusters": _clusters, "servqual": _servqual, "kano": _kano, "maxdiff": _maxdiff,
    "response_times": _response_times, "touchpoint_quality": _touchpoint_quality,
    "word_of_mouth": _word_of_mouth, "scorecard": _scorecard,
}  # fmt: skip
"""By the name of the analysis."""
