"""A journey's score: one number for how customers feel along the way, in three ways to take it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from lvtu.errors import UnknownName
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.filled import Filled, Value

Together = Literal["mean", "peak_end", "weakest"]
"""All steps alike; the most extreme and the last; the worst alone."""

_Z = 1.959963984540054


def score_of(values: Sequence[float], how: str = "mean") -> float | None:
    """The score of the steps of a journey, in order; steps that nobody answered at are left out, not counted as zero.

    * ``mean``: their mean;
    * ``peak_end``: ½ · (the most extreme + the last); of two as extreme the earlier (after Kahneman et al. 1993: people
      remember the peak and the end);
    * ``weakest``: the lowest: a chain is as strong as its weakest link.

    Returns:
        None where there is no value.

    Raises:
        UnknownName: there is no such way.

    Example:
        >>> felt = [0.5, 1.2, -1.8, 0.2, 1.0]
        >>> [round(score_of(felt, how), 2) for how in ("mean", "peak_end", "weakest")]
        [0.22, -0.4, -1.8]
    """
    if how not in get_args(Together):
        raise UnknownName("way", how, get_args(Together))
    if not values:
        return None
    if how == "mean":
        return sum(values) / len(values)
    return min(values) if how == "weakest" else (max(values, key=abs) + values[-1]) / 2


def journey_score(map_: JourneyMap, filled: Filled) -> Mapping[Together, Value]:
    """The score of a map by its first curve of feelings, in each of the ways; nothing where it has none.

    Its n is the number of steps it is made of. The mean has the interval of independent steps; of the others none is
    told. A lane of how customers feel goes before others that are on the scale of feelings.

    Args:
        map_: the map.
        filled: its answers.
    """
    order = [step.key for step in map_.steps]
    for lane in sorted(map_.lanes, key=lambda one: one.role != "feelings"):
        told = filled.values.get(lane.key, {})
        values = [told[key] for key in order if key in told and told[key].unit == "feeling"]
        if lane.kind == "curve" and values:
            return {how: _value(values, how) for how in get_args(Together)}
    return {}


def _value(values: Sequence[Value], how: Together) -> Value:
    score = score_of([one.value for one in values], how)
    assert score is not None
    ends = [(one.low, one.high) for one in values if one.low is not None and one.high is not None]
    if how != "mean" or len(ends) < len(values):
        return Value(score, "feeling", len(values))
    error = sum(((high - low) / 2 / _Z) ** 2 for low, high in ends) ** 0.5 / len(values)
    return Value(score, "feeling", len(values), score - _Z * error, score + _Z * error)
