"""What a journey takes and costs, path by path, and by how much another map of it is quicker or cheaper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lvtu.core.model.text import Text
from lvtu.core.units import duration
from lvtu.maps.document import JourneyMap, Step
from lvtu.maps.live.filled import Filled

FEWEST = 10
"""Times below which a step's own standard is told rather than what was measured."""


@dataclass(frozen=True)
class Total:
    """A sum over the steps of a path.

    Attributes:
        value: the sum over those of which it is known.
        known: how many they are.
        of: how many steps the path has.
    """

    value: float
    known: int
    of: int

    @property
    def whole(self) -> bool:
        """Whether it is known of all of them."""
        return self.known == self.of


@dataclass(frozen=True)
class Course:
    """What a path takes and costs one customer's passing.

    Attributes:
        key: the path's; empty for all steps in their order, where a map has no paths.
        name: what people call it; None for all steps.
        time: µs, summed over the steps: of a journey as it is the measured medians, where `FEWEST` times or more were
            measured, else the steps' standards; of one as it is to be the standards, else what was measured. The sum of
            medians is not the median of all, but the usual estimate of it.
        measured: how many of the steps were measured in that.
        slow: µs, the same with p90 for the median: what it takes who is slow at every step.
        costs: by currency what the steps cost.
    """

    key: str
    name: Text | None
    time: Total | None = None
    measured: int = 0
    slow: Total | None = None
    costs: Mapping[str, Total] = field(default_factory=dict)


@dataclass(frozen=True)
class Otherwise:
    """A path in two maps.

    Attributes:
        key, name: of the path, as the later map calls it.
        before, after: what it takes and costs; None where the map has no such path.
    """

    key: str
    name: Text | None
    before: Course | None
    after: Course | None

    @property
    def time(self) -> float | None:
        """How much longer it takes, µs; None where the time of a step is not known in either map."""
        if self.before is None or self.after is None:
            return None
        return _less(self.before.time, self.after.time)

    @property
    def costs(self) -> dict[str, float]:
        """By currency how much more it costs, where the cost of all steps is known in both maps."""
        if self.before is None or self.after is None:
            return {}
        both = {one: _less(self.before.costs.get(one), self.after.costs.get(one)) for one in self.after.costs}
        return {currency: change for currency, change in both.items() if change is not None}


def courses(map_: JourneyMap, filled: Filled) -> list[Course]:
    """What each path of a map takes and costs.

    Args:
        map_: the map; where it has no paths, all its steps in their order are one.
        filled: what the data say to it.

    Example:
        >>> shop = JourneyMap.load({
        ...     "title": "Shop", "stages": [{"key": "buy", "name": "Buy"}],
        ...     "steps": [
        ...         {"key": "pick", "stage": "buy", "name": "Pick", "standard": "10m", "cost": "0.50 EUR"},
        ...         {"key": "pay", "stage": "buy", "name": "Pay", "standard": "2m", "cost": "1.25 EUR"},
        ...     ],
        ... })
        >>> (course,) = courses(shop, Filled())
        >>> course.time.value / 60_000_000, course.costs["EUR"].value, course.costs["EUR"].whole
        (12.0, 1.75, True)
    """
    if not map_.paths:
        return [_course(map_, filled, "", None, list(map_.steps))]
    return [_course(map_, filled, one.key, one.name, [map_.step(key) for key in one.steps]) for one in map_.paths]


def compared(before: JourneyMap, was: Filled, after: JourneyMap, now: Filled) -> list[Otherwise]:
    """The paths of two maps beside each other: those of the later one in its order, then those it has no more.

    Args:
        before, was: a map, and what the data say to it.
        after, now: the later one, or how the journey is to be, likewise.
    """
    old, new = ({one.key: one for one in courses(*pair)} for pair in ((before, was), (after, now)))
    return [
        Otherwise(key, (new.get(key) or old[key]).name, old.get(key), new.get(key))
        for key in dict.fromkeys([*new, *old])
    ]


def _course(map_: JourneyMap, filled: Filled, key: str, name: Text | None, steps: list[Step]) -> Course:
    took = [one for step in steps if (one := _took(map_, filled, step)) is not None]
    costs: dict[str, list[float]] = {}
    for step in steps:
        if step.cost is not None:
            costs.setdefault(step.cost.currency, []).append(step.cost.value)
    return Course(
        key, name, _total([one[0] for one in took], steps), sum(one[2] for one in took),
        _total([one[1] for one in took], steps),
        {currency: Total(sum(some), len(some), len(steps)) for currency, some in sorted(costs.items())},
    )  # fmt: skip


def _took(map_: JourneyMap, filled: Filled, step: Step) -> tuple[float, float, bool] | None:
    """What a step takes, and who is slow, µs, and whether that was measured."""
    times = filled.times.get(step.key)
    measured = None if times is None or times.n < FEWEST else (float(times.median), float(times.p90), True)
    given = None if step.standard is None else float(duration(step.standard))
    standard = None if given is None else (given, given, False)
    first, second = (standard, measured) if map_.state == "to_be" else (measured, standard)
    return first or second


def _total(some: list[float], steps: list[Step]) -> Total | None:
    return Total(sum(some), len(some), len(steps)) if some else None


def _less(before: Total | None, after: Total | None) -> float | None:
    return None if before is None or after is None or not (before.whole and after.whole) else after.value - before.value
