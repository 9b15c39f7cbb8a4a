"""Which ways a flowchart shows: those that matter, and how many it leaves out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from lvtu.maps.document import JourneyMap
from lvtu.maps.live.filled import FEW, Filled, Value

START, END = "\0start", "\0end"
"""The keys of the two events: where ways begin, and where they end."""

LEAST = 0.10
"""The least share of a way that is shown, but for the widest way out of a step and into it."""


@dataclass(frozen=True)
class Way:
    """A way from a step to another, or from the start, or to the end.

    Attributes:
        source, target: keys of steps, `START` or `END`.
        share: of those who went on from the source (of all customers from the start, of all who were there to the
            end); None where it is only planned.
        time: the median; None where it is not known.
        weight: how many times it was taken.
    """

    source: str
    target: str
    share: Value | None = None
    time: Value | None = None
    weight: float = 0

    @property
    def planned(self) -> bool:
        """Whether nobody was counted: it is only planned."""
        return self.share is None

    @property
    def rare(self) -> bool:
        """Whether it is shown only because no wider one leads to, or from, a step."""
        return self.share is not None and self.share.value < LEAST and self.source != START and self.target != END


@dataclass(frozen=True)
class Ways:
    """What a flowchart shows.

    Attributes:
        steps: keys in the order of the map.
        ways: those shown.
        left_out: how many that somebody took are not.
        main: the steps of the main variant, in order.
        beyond: steps that are not shown but led to, each with whether it comes before those that are.
    """

    steps: tuple[str, ...]
    ways: tuple[Way, ...]
    left_out: int
    main: tuple[str, ...]
    beyond: Mapping[str, bool] = field(default_factory=dict)

    def back(self, way: Way) -> bool:
        """Whether a way leads back to an earlier step."""
        if way.source == START or way.target == END:
            return False
        if way.target in self.beyond:
            return self.beyond[way.target]
        return self.steps.index(way.target) <= self.steps.index(way.source)

    @property
    def ends(self) -> bool:
        """Whether the main variant ends with what is shown: nobody goes on from its last step to what is not."""
        return not any(way.source in self.main[-1:] and self.beyond.get(way.target) is False for way in self.ways)


def shown(map_: JourneyMap, filled: Filled, beyond: Mapping[str, bool] | None = None) -> Ways:
    """The ways of a flowchart: counted ones, or where nobody was counted the planned ones.

    A way is shown if at least a tenth of those who went on took it, and not too few to tell; and of each step the
    widest way out and, where it is not begun with, the widest way in, so that no step hangs in the air.

    Args:
        map_: the map.
        filled: its answers.
        beyond: steps that it does not show, each with whether it comes before those it does.

    Example:
        >>> shop = JourneyMap.load({
        ...     "title": "Shop", "stages": [{"key": "s", "name": "S"}],
        ...     "steps": [{"key": key, "stage": "s", "name": key} for key in ("look", "pay")],
        ... })
        >>> [(way.source == START, way.target) for way in shown(shop, Filled()).ways][:2]
        [(True, 'look'), (False, 'pay')]
    """
    steps = tuple(step.key for step in map_.steps)
    beyond = beyond or {}
    taken = [one for one in _counted(steps, filled, beyond) if one.weight]
    if not taken:
        planned = _planned(map_, steps, beyond)
        return Ways(steps, tuple(planned), 0, _happy(map_, steps))
    kept = _kept(taken, steps, 1 if (filled.customers or 0) < FEW else FEW, part=bool(beyond))
    ways = tuple(one for one in taken if one in kept)
    alone = {key for key in steps if not any(key in (one.source, one.target) for one in ways)}
    missing = [one for one in _planned(map_, steps, beyond) if alone & {one.source, one.target}]
    left_out = sum(1 for one in taken if one not in kept and one.source != START and one.target != END)
    most = max(steps, key=lambda key: filled.volume[key].value if key in filled.volume else 0.0, default=START)
    return Ways(steps, (*ways, *missing), left_out, _main(steps, ways, most if beyond else START), beyond)


def _counted(steps: tuple[str, ...], filled: Filled, beyond: Collection[str]) -> Iterable[Way]:
    known = set(steps)
    for key, share in filled.starts.items():
        if key in known:
            yield Way(START, key, share, weight=share.value * share.n)
    for (source, target), share in filled.ways.items():
        if source in known and (target in known or target in beyond):
            yield Way(source, target, share, filled.between.get((source, target)), share.value * share.n)
    for key, share in filled.ends.items():
        if key in known:
            yield Way(key, END, share, weight=share.value * share.n)


def _planned(map_: JourneyMap, steps: tuple[str, ...], beyond: Mapping[str, bool]) -> list[Way]:
    """The ways that the map's paths go; without any the order of the steps. Of a part they begin and end elsewhere."""
    runs = [path.steps for path in map_.paths if path.steps] or ([steps] if steps else [])
    pairs = dict.fromkeys(pair for run in runs for pair in pairwise((START, *run, END)))
    begins, ends = not any(beyond.values()), all(beyond.values())
    return [Way(*pair) for pair in pairs
            if pair[0] != pair[1] and (begins or pair[0] != START) and (ends or pair[1] != END)]  # fmt: skip


def _happy(map_: JourneyMap, steps: tuple[str, ...]) -> tuple[str, ...]:
    happy = [path.steps for path in map_.paths if path.kind == "happy"] or [path.steps for path in map_.paths]
    return happy[0] if happy else steps


def _kept(taken: list[Way], steps: tuple[str, ...], few: int, *, part: bool) -> set[Way]:
    """Those that are shown; of a part of a map the start and the end only where many begin or end in it."""
    enough = [one for one in taken if one.share is not None and one.share.value >= LEAST and one.weight > few - 0.5]
    kept = set(enough)
    between = [one for one in taken if one.source != START and one.target != END]
    begun = {one.target for one in enough if one.source == START}
    for key in steps:
        out = [one for one in between if one.source == key]
        into = [one for one in between if one.target == key and key not in begun]
        for some in (out, into):
            if some:
                kept.add(max(some, key=lambda one: one.weight))
    for some in ([one for one in taken if one.source == START], [one for one in taken if one.target == END]):
        if some and not part:
            kept.add(max(some, key=lambda one: one.weight))
    return kept


def _main(steps: tuple[str, ...], ways: tuple[Way, ...], here: str) -> tuple[str, ...]:
    """From the start, or a step, along the widest way forward, as far as it goes."""
    order = {key: place for place, key in enumerate(steps)}
    out: Mapping[str, list[Way]] = {key: [one for one in ways if one.source == key] for key in (START, *steps)}
    found = [] if here == START else [here]
    place = order.get(here, -1)
    while forward := [one for one in out[here] if order.get(one.target, -1) > place and not one.planned]:
        here = max(forward, key=lambda one: one.weight).target
        place = order[here]
        found.append(here)
    return tuple(found)
