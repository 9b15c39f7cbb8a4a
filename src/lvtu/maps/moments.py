"""Candidates for moments of truth: steps whose scores go with the outcome, vary, and are met by many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lvtu.analyses.drivers.spec import DriversSpec
from lvtu.analyses.heard.figures import Scale
from lvtu.analyses.registry import REGISTRY
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.engines.base import Engine
from lvtu.errors import LvtuError
from lvtu.maps.document import JourneyMap, Verdict
from lvtu.maps.live.asking import Asking, spoken_in
from lvtu.maps.live.spoken import Spoken
from lvtu.maps.live.turns import asked
from lvtu.maps.live.volume import PLACE, volume
from lvtu.store.journeys.snapshot import Snapshot

MOST = 3
"""Candidates that are told."""

COMPARED = 8
"""Steps that are compared, those that most customers scored: telling more apart takes seconds (decision 0063)."""

_Z = 1.959963984540054


@dataclass(frozen=True)
class Candidate:
    """A step that may be a moment of truth.

    Attributes:
        step: its key.
        scale: of the scores.
        outcome: the scale that they go with.
        weight, low, high: the step's share of what all steps explain of the outcome (Shapley), with its 95 % interval.
        spread: the standard deviation of the scores, as a share of their range.
        reach: the share of the map's customers that come by.
        worth: weight × spread² × reach, in thousandths; `least` the same from the lower end of the weight.
        n: customers who scored it and the outcome.
    """

    step: str
    scale: str | None
    outcome: str
    weight: float
    low: float
    high: float
    spread: float
    reach: float
    n: int

    @property
    def worth(self) -> float:
        """Weight × variance × volume: what there is to be won."""
        return 1000 * self.weight * self.spread**2 * self.reach

    @property
    def least(self) -> float:
        """The same, from the lower end of the weight's interval."""
        return 1000 * self.low * self.spread**2 * self.reach


@dataclass(frozen=True)
class Proposal:
    """A step that was proposed as a moment of truth, and what became of that.

    Attributes:
        step: its key.
        candidate: what speaks for it now; None where the data do not propose it (any more).
        cards: the keys of the cards of the map that propose it.
        verdict: what was decided; None: nothing yet.
        state: ``open``, ``accepted`` or ``refused``.
    """

    step: str
    candidate: Candidate | None
    cards: tuple[str, ...]
    verdict: Verdict | None
    state: Literal["open", "accepted", "refused"]


def proposals(map_: JourneyMap, found: Sequence[Candidate]) -> list[Proposal]:
    """What is proposed: by the data now, those first that are worth most, then by cards; then what was decided before.

    Args:
        map_: the map.
        found: the candidates now.
    """
    lanes = {lane.key for lane in map_.lanes if lane.role == "moments"}
    cards: dict[str, list[str]] = {}
    for card in map_.cards:
        if card.lane in lanes and card.kind == "insight":
            cards.setdefault(card.step, []).append(card.key)
    by_step = {one.step: one for one in found}
    verdicts = {one.step: one for one in map_.verdicts}
    return [
        Proposal(step, by_step.get(step), tuple(cards.get(step, ())), verdicts.get(step),
                 _state(map_.step(step).moment, verdicts.get(step)))
        for step in dict.fromkeys((*by_step, *cards, *verdicts))
    ]  # fmt: skip


def _state(moment: str, verdict: Verdict | None) -> Literal["open", "accepted", "refused"]:
    if moment != "none":
        return "accepted"
    return "open" if verdict is None or verdict.moment is not None else "refused"


def candidates(
    map_: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC"
) -> list[Candidate]:  # fmt: skip
    """Steps that may be moments of truth, those first that are worth most even at the lower end of their weight.

    The outcome is whether customers would recommend (a scale of NPS) where they were asked, else nothing is told. Of
    the `COMPARED` steps that most customers scored, those count whose scores go up with it, by the interval of their
    coefficient. It is an association, no cause: people accept or refuse it.

    Args:
        map_: the map.
        ws: the workspace.
        library: its touchpoints, by id.
        zone: whose days periods are made of.
    """

    def count(snapshot: Snapshot, engine: Engine) -> list[Candidate]:
        span, spoken = spoken_in(map_, zone, snapshot, engine)
        outcome = next((one.measure.scale for one in spoken.facts.scales if (one.measure.scale or "") == "nps"), None)
        if outcome is None:
            return []
        now = span.now.since, span.now.until
        question = {"outcome": outcome, "by": PLACE, "where": map_.where, "since": now[0], "until": now[1]}
        try:
            spec = DriversSpec.model_validate({**question, "drivers": _most_scored(spoken, outcome)})
            rows = REGISTRY["drivers"].run(spec, snapshot, engine).table.to_pylist()
        except (LvtuError, ValueError):  # nothing was scored beside the outcome, or too little to tell steps apart
            return []
        reached, everybody = volume(map_.where, *now, snapshot, engine)
        return chosen(rows, spoken, {step: value.n / everybody for step, value in reached.items()}, outcome)

    return asked(map_, ws, library, count, [])


def _most_scored(spoken: Spoken, outcome: str) -> tuple[str, ...]:
    """The steps with most answers on any one scale other than the outcome's."""
    most: dict[str, int] = {}
    for scale in spoken.facts.scales:
        if scale.measure.scale != outcome and scale.measure.name != "sentiment":
            for place, figure in scale.places.items():
                step = spoken.facts.names[place]
                if step is not None:
                    most[step] = max(most.get(step, 0), figure.n)
    return tuple(sorted(most, key=lambda step: (-most[step], step))[:COMPARED])


def chosen(
    rows: Sequence[Mapping[str, Any]], spoken: Spoken, reach: Mapping[str, float], outcome: str
) -> list[Candidate]:
    """The candidates among the drivers.

    Args:
        rows: of the answer of `drivers`, by step.
        spoken: what customers answered, by step.
        reach: by step, the share of customers that come by.
        outcome: the scale that the drivers go with.
    """
    scales = {one.measure.scale: one for one in spoken.facts.scales}
    found = []
    for row in rows:
        step, spread = row["driver"], _spread(spoken, scales.get(row["scale"]), row["driver"])
        if row["direction"] != "up" or step not in reach or spread is None or row["low"] is None:
            continue
        found.append(
            Candidate(step, row["scale"], outcome, row["importance"], row["low"], row["high"], spread, reach[step],
                      row["n"])
        )  # fmt: skip
    best: dict[str, Candidate] = {}
    for one in sorted(found, key=lambda one: (-one.least, one.step)):
        best.setdefault(one.step, one)
    return list(best.values())[:MOST]


def _spread(spoken: Spoken, scale: Scale | None, step: str) -> float | None:
    """The standard deviation of the answers on a scale at a step, of the scale's range, from their interval and n."""
    if scale is None or scale.measure.range is None:
        return None
    place = next((number for number, name in enumerate(spoken.facts.names) if name == step), None)
    figure = None if place is None else scale.places.get(place)
    if figure is None or figure.told.low is None or figure.told.high is None:
        return None
    low, high = scale.measure.range
    error = (figure.told.high - figure.told.low) / 2 / _Z
    return float(error * figure.effective_n**0.5 / (high - low))
