"""A map's questions asked: one snapshot, as few passes as there are kinds of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from lvtu.analyses.heard.figures import Facts, Figure, Scale, facts
from lvtu.analyses.heard.sums import heard
from lvtu.analyses.overview.periods import Periods, Window, periods
from lvtu.analyses.overview.waves import in_waves
from lvtu.analyses.registry import REGISTRY, spec_of
from lvtu.analyses.scores.measures import Measure, fits, usual_of
from lvtu.analyses.text import DURATIONS
from lvtu.core.model import JourneyModel
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.core.sentences import Note
from lvtu.core.units import instant
from lvtu.engines.base import Engine
from lvtu.maps.compiled import model_of
from lvtu.maps.document import Binding, JourneyMap
from lvtu.maps.live.filled import Filled, Layer, Unit, Value
from lvtu.maps.live.kept import kept
from lvtu.maps.live.planned import planned
from lvtu.maps.live.quotes import quotes
from lvtu.maps.live.travelled import travelled
from lvtu.maps.live.volume import PLACE, volume
from lvtu.maps.live.ways import ways_of
from lvtu.maps.live.whom import Whom
from lvtu.store.journeys.snapshot import Snapshot

T = TypeVar("T")

UNITS: Mapping[str, Unit] = {
    "nps": "points", "csat": "share", "share": "share", "emotion": "feeling", "sentiment": "feeling", "ces": "mean",
    "stars": "mean", "mean": "mean",
}  # fmt: skip
"""What the measures of scores are measured in."""

DAYS = 91
"""Days of a period, where the map names none: a quarter, and whole weeks."""

EFFORT = ("ease", "ces", "effort")
"""What the names of scales begin with on which customers say how easy something was."""

SHARES = frozenset({"rate", "share", "conversion", "coverage", "response_rate", "top", "negative", "positive"})
"""Columns of answers that are shares."""


class Asking(Protocol):
    """A workspace that can be asked, as maps see it."""

    @property
    def simulated(self) -> bool:
        """Whether the data are."""
        ...

    def through(self, model: JourneyModel) -> Asking:
        """The same time lines, read through a model."""
        ...

    def asked(self, answered: Callable[[Snapshot, Engine], T]) -> T:
        """What comes of the newest snapshot."""
        ...


def feeling_of(scale: str | None) -> Measure:
    """How answers on a scale are told on a map: as a feeling where they can be, else by the usual measure."""
    return Measure("emotion", scale) if scale != "yesno" and fits("emotion", scale) else usual_of(scale)


@dataclass(frozen=True)
class Spoken:
    """What customers answered: all scales, by step.

    Attributes:
        facts: the figures, with what changed since the period before.
    """

    facts: Facts

    def scale(self, metric: str, scale: str | None) -> Scale | None:
        """The figures on a scale, if customers answered on it."""
        for one in self.facts.scales:
            if metric == "sentiment" and one.measure.name == "sentiment":
                return one
            if one.measure.name != "sentiment" and metric != "sentiment" and one.measure.scale == scale:
                return one
        return None

    def by_step(self, of: Scale) -> dict[str, Value]:
        """The figures on a scale by the key of the step."""
        names = dict(enumerate(self.facts.names))
        found = {
            str(names[place]): value_of(figure, of.measure)
            for place, figure in of.places.items()
            if names[place] is not None
        }
        return {step: value for step, value in found.items() if value is not None}

    def layer(self, effort: bool) -> Layer:
        """How customers feel at the steps, or how easy it was: on the scale that says so at most of them."""
        layers = [
            Layer(self.by_step(one), "sentiment" if one.measure.name == "sentiment" else one.measure.scale)
            for one in self.facts.scales
            if UNITS[one.measure.name] == "feeling" and (one.measure.scale or "").startswith(EFFORT) == effort
        ]
        return max(layers, key=lambda one: len(one.values), default=Layer())


def value_of(figure: Figure, measure: Measure) -> Value | None:
    """A figure as a map shows it; None where nothing was answered."""
    told, change = figure.told, figure.change
    if told.value is None or not figure.n:
        return None
    better = change is not None and change.changed and not figure.worse and measure.valued
    return Value(
        told.value, UNITS[measure.name], figure.n, told.low, told.high, None if change is None else change.before,
        figure.worse, better,
    )  # fmt: skip


def filled(
    map_: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC", who: Whom | None = None,
    groups: Mapping[str, str] | None = None,
) -> Filled:  # fmt: skip
    """Everything the data say to a map, all on one snapshot and of one period.

    The period is the map's own; without one the last 91 full days, or where nothing was answered then the last of the
    waves that the data come in; all there is where that is less than two such periods. What changed is against the
    period before, with false-discovery control over everything that was compared (`lvtu.analyses.heard`).

    Args:
        map_: the map.
        ws: the workspace.
        library: its touchpoints, by id.
        zone: whose days periods are made of.
        who: from whose perspective it is seen: the time is that of the whole map, and of one customer all of theirs.
        groups: by the persona that an actor of the map may name: the condition that its customers fit.
    """
    model = model_of(map_, library)
    simulated = (Note("simulated"),) if ws.simulated else ()
    if not model.touchpoints:
        return Filled(notes=simulated, simulated=ws.simulated)

    def count(snapshot: Snapshot, engine: Engine) -> Filled:
        if not any(block.customers for block in snapshot.blocks):
            return Filled(notes=simulated, simulated=ws.simulated)
        span, spoken = _spoken(map_, zone, snapshot, engine)
        about = map_
        if who is not None:
            span = of_whom(who, about, span)
            about, snapshot = about.model_copy(update={"where": who.among(about.where)}), who.seen(snapshot)
            spoken = Spoken(_told(span, about, zone, snapshot, engine))
        now = span.now.since, span.now.until
        reached, customers = volume(about.where, *now, snapshot, engine)
        ways = ways_of(about.where, now, snapshot, engine)
        way, feeling = travelled(about, *now, snapshot, engine), spoken.layer(effort=False)
        values: dict[str, dict[str, Value]] = {}
        head: dict[str, Value] = {}
        for binding in about.bindings:
            by_step, whole = _answer(binding, about, now, spoken, reached, snapshot, engine)
            if binding.lane is None:
                head |= {} if whole is None else {binding.key: _aimed(whole, binding)}
                continue
            wanted = by_step if binding.step is None else {binding.step: by_step.get(binding.step)}
            values.setdefault(binding.lane, {}).update(
                {key: _aimed(value, binding) for key, value in wanted.items() if value is not None}
            )
        return Filled(
            values=values, head=head, volume=reached, ways=ways.ways, between=ways.between, times=ways.times,
            starts=ways.starts, ends=ways.ends,
            kept=kept(about, {one.id for one in model.touchpoints}, now, snapshot, engine), customers=customers,
            quotes=quotes(about.where, *now, snapshot, engine),
            drop_off=way.drop_off, channels=way.channels, switches=way.switches, again=way.again,
            plan=planned(about, *now, snapshot, engine), feeling=feeling, effort=spoken.layer(effort=True),
            roles=_roles(about, groups or {}, span, feeling.scale, zone, snapshot, engine),
            period=(now if span.kind != "widened" else None), notes=simulated, simulated=ws.simulated,
            whose=None if who is None else who.name, persona=None if who is None else who.persona,
        )  # fmt: skip

    return ws.through(model).asked(count)


def _spoken(map_: JourneyMap, zone: str, snapshot: Snapshot, engine: Engine) -> tuple[Periods, Spoken]:
    since, until = (None if one is None else instant(one) for one in (map_.since, map_.until))
    first, last = snapshot.times
    everything = Periods(Window(first, last + 1), None, "widened")
    span = periods(snapshot.times, zone, since, until, DAYS)
    if span.kind == "shorter":
        span = everything

    found = _told(span, map_, zone, snapshot, engine)
    if not found.answers and span.kind != "asked":
        span = in_waves(span, zone, snapshot, engine) or everything
        found = _told(span, map_, zone, snapshot, engine)
    return span, Spoken(found)


def _told(span: Periods, map_: JourneyMap, zone: str, snapshot: Snapshot, engine: Engine) -> Facts:
    return facts(span, *heard(span, PLACE, map_.where, zone, snapshot, engine), measured=feeling_of)


def _roles(
    map_: JourneyMap, groups: Mapping[str, str], span: Periods, scale: str | None, zone: str, snapshot: Snapshot,
    engine: Engine,
) -> dict[str, Mapping[str, Value]]:  # fmt: skip
    """How each actor that is a known group of customers feels at the steps, on the scale that tells most of all."""
    found: dict[str, Mapping[str, Value]] = {}
    for actor in map_.actors:
        condition = groups.get(actor.persona or "")
        if condition is None or scale is None:
            continue
        where = f"({map_.where}) and ({condition})" if map_.where else condition
        theirs = Spoken(_told(span, map_.model_copy(update={"where": where}), zone, snapshot, engine))
        of = theirs.scale("sentiment" if scale == "sentiment" else "emotion", scale)
        found[actor.key] = {} if of is None else theirs.by_step(of)
    return found


def of_whom(who: Whom, map_: JourneyMap, span: Periods) -> Periods:
    """The time in which a perspective is seen: that of the whole map; of one customer all of theirs."""
    if who.span is None or map_.since is not None or map_.until is not None:
        return span
    return Periods(Window(who.span[0], who.span[1] + 1), None, "asked")


_By = tuple[Mapping[str, Value | None], Value | None]


def _answer(
    binding: Binding, map_: JourneyMap, now: tuple[int, int], spoken: Spoken, reached: Mapping[str, Value],
    snapshot: Snapshot, engine: Engine,
) -> _By:  # fmt: skip
    """The answer of a binding by step, and of the whole journey."""
    if binding.analysis == "scores" and set(binding.spec) <= {"metric", "scale"}:
        scale = spoken.scale(binding.spec.get("metric", "nps"), binding.spec.get("scale"))
        if scale is None:
            return {}, None
        if scale.measure.name == binding.spec.get("metric", "nps"):
            return spoken.by_step(scale), value_of(scale.figure, scale.measure)
    asked = {"analysis": binding.analysis, **binding.spec, "since": now[0], "until": now[1]}
    asked["where"] = " and ".join(f"({one})" for one in (map_.where, binding.spec.get("where")) if one) or None
    fields = REGISTRY[binding.analysis].spec.model_fields
    if binding.lane is not None and "by" in fields:
        asked["by"] = PLACE
    table = REGISTRY[binding.analysis].run(spec_of(asked), snapshot, engine).table
    shown = binding.value or next(name for name in table.column_names if name not in (PLACE, "period"))
    if binding.lane is None:
        rows = table.slice(0, 1).to_pylist()
        return {}, _of_row(rows[0], shown, binding) if rows else None
    return {row[PLACE]: _of_row(row, shown, binding) for row in table.to_pylist() if row.get(PLACE) is not None}, None


def _of_row(row: Mapping[str, Any], column: str, binding: Binding) -> Value | None:
    if row.get(column) is None:
        return None
    unit: Unit = "duration" if column.endswith(DURATIONS) else "share" if column in SHARES else "mean"
    if binding.analysis == "scores" and column == "value":
        unit = UNITS[binding.spec.get("metric", "nps")]
    n = next((row[name] for name in ("n", "customers", "entered", "present") if row.get(name) is not None), 0)
    return Value(float(row[column]), unit, int(n), row.get("low"), row.get("high"))


def _aimed(value: Value, binding: Binding) -> Value:
    return value if binding.target is None else replace(value, target=binding.target.value)


def heard_at(
    map_: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC"
) -> tuple[Spoken | None, dict[str, Value], int]:
    """What customers answered at a map's steps, who was there, and how many they were; None where nobody ever was."""
    model = model_of(map_, library)
    if not model.touchpoints:
        return None, {}, 0

    def count(snapshot: Snapshot, engine: Engine) -> tuple[Spoken | None, dict[str, Value], int]:
        if not any(block.customers for block in snapshot.blocks):
            return None, {}, 0
        span, spoken = _spoken(map_, zone, snapshot, engine)
        return spoken, *volume(map_.where, span.now.since, span.now.until, snapshot, engine)

    return ws.through(model).asked(count)
