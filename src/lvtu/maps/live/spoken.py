"""What customers answered at the steps of a map: all scales, as feelings where they can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lvtu.analyses.heard.figures import Facts, Figure, Scale
from lvtu.analyses.scores.measures import Measure, fits, usual_of
from lvtu.maps.live.filled import Layer, Unit, Value

UNITS: Mapping[str, Unit] = {
    "nps": "points", "csat": "share", "share": "share", "emotion": "feeling", "sentiment": "feeling", "ces": "mean",
    "stars": "mean", "mean": "mean",
}  # fmt: skip
"""What the measures of scores are measured in."""


EFFORT = ("ease", "ces", "effort")
"""What the names of scales begin with on which customers say how easy something was."""


def feeling_of(scale: str | None) -> Measure:
    """How answers on a scale are told on a map: as a feeling where they can be, else by the usual measure."""
    return Measure("emotion", scale) if scale != "yesno" and fits("emotion", scale) else usual_of(scale)


@dataclass(frozen=True)
class Spoken:
    """What customers answered: all scales, by step.

    Attributes:
        facts: the figures as feelings, where they can be, with what changed since the period before.
        usual: the same by the usual measure of each scale; as `facts` if not given.
    """

    facts: Facts
    usual: Facts | None = None

    def whole(self, metric: str, scale: str | None) -> Value | None:
        """The figure of the whole journey on a scale, by a measure, with its change; None where nobody gave any."""
        for facts in (self.facts, self.usual):
            for one in () if facts is None else facts.scales:
                if one.measure.name == metric and (metric == "sentiment" or one.measure.scale == scale):
                    return value_of(one.figure, one.measure)
        return None

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
