"""What is behind a step: its four tiles with their trends, and what was expected of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from lvtu.analyses.intervals import wilson
from lvtu.analyses.registry import REGISTRY, spec_of
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.core.units import instant
from lvtu.engines.base import Engine
from lvtu.maps.document import Binding, JourneyMap
from lvtu.maps.live.asking import Asking, spoken_in
from lvtu.maps.live.bound import Bound, first_number, value_in
from lvtu.maps.live.filled import Value
from lvtu.maps.live.turns import asked
from lvtu.maps.live.volume import PLACE, volume
from lvtu.store.journeys.snapshot import Snapshot

TileName = Literal["perception", "emotion", "behaviour", "quality"]
"""What people find, what they feel, what they do, and how good the touchpoint is."""


@dataclass(frozen=True)
class Moment:
    """A number in a calendar period.

    Attributes:
        start: when the period begins, µs.
        value: it; None where nothing is known.
    """

    start: int
    value: Value | None


@dataclass(frozen=True)
class Tile:
    """One of the four words for a step.

    Attributes:
        name: which.
        value: 0 to 100 points; of behaviour the share of the map's customers that come by the step. None where nothing
            is known.
        trend: by calendar period, the first first.
        spec: the question behind it; None of what is counted on the map itself.
    """

    name: TileName
    value: Value | None
    trend: tuple[Moment, ...] = ()
    spec: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Gap:
    """What was expected of a step, and what was found, both in points of 100.

    Attributes:
        expected, perceived: the means over pairs of answers.
        gap: perceived − expected, with its interval and n.
        behind: whether it lies below zero, and not by chance.
    """

    expected: float
    perceived: float
    gap: Value
    behind: bool


@dataclass(frozen=True)
class Behind:
    """What is behind the steps of a map.

    Attributes:
        tiles: by step, in the order of `TileName`.
        effort: by step: how easy it is, 0 to 100 points (100: easy).
        gaps: by step, where customers said what they expected.
        period: what calendar periods trends go by.
    """

    tiles: Mapping[str, tuple[Tile, ...]] = field(default_factory=dict)
    effort: Mapping[str, Value] = field(default_factory=dict)
    gaps: Mapping[str, Gap] = field(default_factory=dict)
    period: str = "month"


_QUALITY = {"analysis": "touchpoint_quality"}
_PARTS: Mapping[TileName, str] = {"perception": "perception", "emotion": "emotion", "quality": "quality"}


def behind(map_: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC") -> Behind:
    """What is behind every step of a map: all of them are counted in the passes that one would take.

    Perception, emotion, effort and quality are those of `touchpoint_quality`, asked by step; behaviour is how many of
    the map's customers come by.

    Args:
        map_: the map.
        ws: the workspace.
        library: its touchpoints, by id.
        zone: whose days periods are made of.
    """

    def count(snapshot: Snapshot, engine: Engine) -> Behind:
        span, spoken = spoken_in(map_, zone, snapshot, engine)
        now, facts = (span.now.since, span.now.until), spoken.facts
        starts = _starts(facts.starts, now[1])
        shared = {**_QUALITY, "by": PLACE, "where": map_.where, "zone": zone}
        quality = _rows({**shared, "since": now[0], "until": now[1]}, snapshot, engine)
        over = _rows({**shared, "since": starts[0], "until": now[1], "period": facts.period}, snapshot, engine)
        came = {start: volume(map_.where, start, end, snapshot, engine) for start, end in pairwise(starts)}
        whole = volume(map_.where, *now, snapshot, engine)
        return Behind(
            {step.key: _tiles(step.key, quality, over, starts, came, whole) for step in map_.steps},
            {row[PLACE]: value for row in quality if (value := _part(row, "effort")) is not None},
            _gaps(map_, *now, snapshot, engine),
            facts.period,
        )

    return asked(map_, ws, library, count, Behind())


def gaps(map_: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC") -> Mapping[str, Gap]:
    """What was expected of each step, and what was found, where customers said both.

    Args:
        map_, ws, library, zone: as for `behind`.
    """

    def count(snapshot: Snapshot, engine: Engine) -> Mapping[str, Gap]:
        if not snapshot.carry("side"):  # nobody said what they expected
            return {}
        span, _ = spoken_in(map_, zone, snapshot, engine)
        return _gaps(map_, span.now.since, span.now.until, snapshot, engine)

    nothing: Mapping[str, Gap] = {}
    return asked(map_, ws, library, count, nothing)


def trend(
    map_: JourneyMap, binding: Binding, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC"
) -> dict[str, tuple[Moment, ...]]:
    """A binding's number over twelve calendar periods, by step; of the whole journey under the empty one.

    Nothing where its question knows no periods.

    Args:
        map_, ws, library, zone: see `behind`.
        binding: one of the map's.
    """
    if "period" not in REGISTRY[binding.analysis].spec.model_fields:
        return {}

    def count(snapshot: Snapshot, engine: Engine) -> dict[str, tuple[Moment, ...]]:
        span, spoken = spoken_in(map_, zone, snapshot, engine)
        starts = _starts(spoken.facts.starts, span.now.until)
        bound = Bound(map_, (span.now.since, span.now.until), spoken, snapshot, engine)
        question, by = bound.asked(binding, since=starts[0], period=spoken.facts.period, zone=zone)
        fields = REGISTRY[binding.analysis].spec.model_fields
        table = REGISTRY[binding.analysis].run(
            spec_of({name: value for name, value in question.items() if name == "analysis" or name in fields}),
            snapshot, engine,
        ).table  # fmt: skip
        shown, found = binding.value or first_number(table), dict[str, dict[int, Value | None]]()
        for row in table.to_pylist():
            step = row[PLACE] if by else binding.step or ""
            if step is not None and shown is not None and shown in row:
                found.setdefault(step, {})[instant(row["period"])] = value_in(row, shown, binding)
        return {step: tuple(Moment(start, own.get(start)) for start in starts[:-1]) for step, own in found.items()}

    return asked(map_, ws, library, count, {})


def _starts(starts: Sequence[int], until: int) -> list[int]:
    """The starts of the calendar periods up to the end of the map's, and that end."""
    return [*(start for start in starts if start < until), until]


def _rows(question: Mapping[str, Any], snapshot: Snapshot, engine: Engine) -> list[dict[str, Any]]:
    rows = REGISTRY[question["analysis"]].run(spec_of(dict(question)), snapshot, engine).table.to_pylist()
    return [row for row in rows if row[PLACE] is not None]


_Came = tuple[dict[str, Value], int]


def _tiles(
    step: str, quality: Sequence[Mapping[str, Any]], over: Sequence[Mapping[str, Any]], starts: Sequence[int],
    came: Mapping[int, _Came], whole: _Came,
) -> tuple[Tile, ...]:  # fmt: skip
    row = next((one for one in quality if one[PLACE] == step), None)
    by_period: dict[int, Mapping[str, Any]] = {instant(one["period"]): one for one in over if one[PLACE] == step}
    told = {
        name: Tile(
            name, _part(row, part), tuple(Moment(start, _part(by_period.get(start), part)) for start in starts[:-1]),
            {**_QUALITY, "by": PLACE},
        )
        for name, part in _PARTS.items()
    }  # fmt: skip
    behaviour = tuple(Moment(start, _reach(step, *found)) for start, found in came.items())
    told["behaviour"] = Tile("behaviour", _reach(step, *whole), behaviour)
    return tuple(told[name] for name in ("perception", "emotion", "behaviour", "quality"))


def _part(row: Mapping[str, Any] | None, part: str) -> Value | None:
    if row is None or row[part] is None:
        return None
    n = row["customers"] if part == "quality" else row[f"{part}_n"]
    return Value(row[part], "points", n, row[f"{part}_low"], row[f"{part}_high"])


def _reach(step: str, reached: Mapping[str, Value], anybody: int) -> Value | None:
    """The share of the customers that come by a step; None where there is nobody."""
    if not anybody:
        return None
    here = reached[step].n if step in reached else 0
    return Value(here / anybody, "share", anybody, *(wilson(here, anybody) or (None, None)))


def _gaps(map_: JourneyMap, since: int, until: int, snapshot: Snapshot, engine: Engine) -> dict[str, Gap]:
    question = {"analysis": "expectations", "by": PLACE, "where": map_.where, "since": since, "until": until}
    return {row[PLACE]: gap for row in _rows(question, snapshot, engine) if (gap := _gap(row)) is not None}


def _gap(row: Mapping[str, Any]) -> Gap | None:
    if row["gap"] is None:
        return None
    gap = Value(row["gap"], "points", row["n"], row["gap_low"], row["gap_high"])
    return Gap(row["expected"], row["perceived"], gap, bool(row["behind"]))
