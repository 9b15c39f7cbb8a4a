"""Who was annoyed at a step, and who had to do or say the same again, as far as events tell: two of the four don'ts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lvtu.analyses.base import both, names_in, view_of
from lvtu.analyses.groups import values_of
from lvtu.analyses.intervals import wilson
from lvtu.core.units import DAY, HOUR, MINUTE, SECOND
from lvtu.engines.base import Engine
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.filled import Value
from lvtu.maps.live.observed import of_survey
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

TIMES, RAGE = 3, 5 * SECOND
"""The same event so many times within so long is somebody who gets nowhere; looking at three products takes longer."""

AGAIN, APART = 7 * DAY, HOUR
"""Who writes of the same topic again within so long had to say it again; what is closer together is one contact."""

STAY = 30 * MINUTE
"""So long after a step an event that is at none happened there."""

_ERRORS = re.compile(
    r"error|fail|crash|exception|declin|timeout|timed out|\brage|dead.?click|错误|失败|报错|异常|超时|崩溃|闪退",
    re.IGNORECASE,
)
_REPEATS = re.compile(
    r"repeated|re-?enter|re-?open|re-?submit|re-?sent|resend|transferred|handed over|重复|转接|重填|重新提交|重开",
    re.IGNORECASE,
)
"""What names of events say of errors, and of repeats and transfers."""

DONTS = ("annoy", "repeat")


@dataclass
class State:
    """Customers by code of the step: who was there; by `DONTS`, who was bothered; texts that were read."""

    there: Array
    bothered: Array
    texts: int = 0


class Bothering:
    """The question as engines fold it. Only events whose time was read from a clock count.

    Args:
        where: only events for which this is true exist.
        since, until: when they happened, µs.
        snapshot: of what, read through the map's own model.
    """

    def __init__(self, where: str | None, since: int, until: int, snapshot: Snapshot) -> None:
        self.where, self.since, self.until, self.snapshot = where, since, until, snapshot
        self.places = values_of(snapshot, PLACE)
        self.errors, self.repeats = (
            np.array([bool(told.search(name)) for name in snapshot.events], bool) for told in (_ERRORS, _REPEATS)
        )
        self.written = len(snapshot.names("text")) > 1

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.where) | {PLACE, "time_basis", *(("topic_read",) if self.written else ())}

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(np.zeros(len(self.places), np.int64), np.zeros((len(DONTS), len(self.places)), np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        sizes = np.diff(block.column("offsets"))
        bases, names = block.codes("time_basis")
        clock = np.array([name in ("", "exact") for name in names], bool)[bases]
        seen = clock & (block.column("time") >= self.since) & (block.column("time") < self.until)
        shown = both(
            view_of(block, self.snapshot, self.where), np.repeat(block.keep, sizes) if len(block.keep) else block.keep
        )
        rows = np.flatnonzero(seen & (shown != 0) if len(shown) else seen)
        who = np.repeat(np.arange(len(sizes)), sizes)[rows]
        time, event, own = block.column("time")[rows], block.column("event")[rows], block.codes(PLACE)[0][rows]
        place = _stayed(who, time, own.astype(np.int64))
        state.there += self._customers(who, own.astype(np.int64), own > 0)
        raging = _again(who, event.astype(np.int64), time, TIMES - 1, 0, RAGE)
        state.bothered[0] += self._customers(who, place, self.errors[event] | (raging & (own > 0)))
        said = self.repeats[event]
        if self.written:
            topic = block.codes("topic_read")[0][rows].astype(np.int64)
            state.texts += int(np.count_nonzero(topic))
            said |= _again(who, topic, time, 1, APART, AGAIN) & (topic > 0)
        state.bothered[1] += self._customers(who, place, said)
        return state

    def _customers(self, who: Array, place: Array, which: Array) -> Array:
        """Customers by place of some rows, each once at each place."""
        cells = np.unique(who[which] * len(self.places) + place[which])
        found: Array = np.bincount(cells % len(self.places), minlength=len(self.places))
        return found

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        return State(left.there + right.there, left.bothered + right.bothered, left.texts + right.texts)


def _stayed(who: Array, time: Array, place: Array) -> Array:
    """The place of each row; of one that is at none that where the same customer was last, within `STAY`."""
    at = np.maximum.accumulate(np.where(place > 0, np.arange(len(place)), -1))
    near = (at >= 0) & (who[at] == who) & (time - time[at] <= STAY)
    found: Array = np.where(near, place[at], 0)
    return found


def _again(who: Array, what: Array, time: Array, times: int, least: int, most: int) -> Array:
    """Rows before which the same customer did the same so many times within so long.

    Args:
        who, what, time: of each row.
        times: how many came before.
        least, most: how long ago the first of them is, µs: longer than one, at most the other.
    """
    order = np.lexsort((time, what, who))
    found = np.zeros(len(who), bool)
    if len(order) > times:
        last, first = order[times:], order[:-times]
        ago = time[last] - time[first]
        same = (who[last] == who[first]) & (what[last] == what[first])
        found[last] = same & (ago <= most) & ((ago > least) if least else True)
    return found


def bothered(
    map_: JourneyMap, since: int, until: int, snapshot: Snapshot, engine: Engine
) -> Mapping[str, Mapping[str, Value]]:
    """By `DONTS`, by step: of the customers who were there, the share who were annoyed, or had to repeat themselves.

    * Annoyed is who met an event whose name tells of an error, or did the same `TIMES` times within `RAGE`.
    * Repeating is who met an event whose name tells of a repeat or a transfer, or wrote of the same topic again within
      seven days; nothing is said of it where no event is called so and nobody wrote anything.

    An event that is at no step belongs to the one where the customer was before, within half an hour. Intervals are
    Wilson's.

    Args:
        map_: the map.
        since, until: when, µs.
        snapshot, engine: of what, and who counts.

    Returns:
        Nothing where the map has no lane of the four don'ts, or its steps are questions of a survey.
    """
    if of_survey(map_) or not any(lane.role == "four_donts" for lane in map_.lanes):
        return {}
    question = Bothering(map_.where, since, until, snapshot)
    snapshot.prepare(question.reads())
    state: State = engine.fold(question, snapshot)
    known = (True, bool(state.texts) or bool(question.repeats.any()))
    return {
        name: {
            str(place): Value(some / there, "share", there, *(wilson(some, there) or (None, None)))
            for place, there, some in zip(question.places, state.there.tolist(), counts.tolist(), strict=True)
            if place is not None and there
        }
        for name, counts, told in zip(DONTS, state.bothered, known, strict=True)
        if told
    }
