"""Everything that the data know of one map."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from lvtu.core.model.touchpoints import Touchpoint
from lvtu.maps.authors import Author, By
from lvtu.maps.document import Binding, JourneyMap
from lvtu.maps.live.asking import Asking, filled
from lvtu.maps.live.behind import Behind, Moment, behind, trend
from lvtu.maps.live.compared import compared
from lvtu.maps.live.filled import Filled
from lvtu.maps.live.freshness import Marked, Stale, marked, remembered, stale
from lvtu.maps.live.people import customers
from lvtu.maps.live.spoken import Spoken
from lvtu.maps.live.trying import Tried, heard, moved, tried
from lvtu.maps.live.whom import Whom
from lvtu.store.ledger import Ledger

if TYPE_CHECKING:
    from lvtu.core.segments import Segment
    from lvtu.maps.personas import Personas
    from lvtu.store.config import Config


class Living(Asking, Protocol):
    """A workspace, as the numbers of its maps see it."""

    _ledger: Ledger

    @property
    def config(self) -> Config:
        """Its settings."""
        ...

    @property
    def personas(self) -> Personas:
        """Its personas."""
        ...

    def segments(self) -> list[Segment]:
        """Its named segments."""
        ...


class Live:
    """The numbers of a map, and what is behind them.

    Args:
        ws: the workspace.
        id: the map's.
        document: the map as it is.
        library: gives the touchpoints that its steps may name, by id.
    """

    def __init__(
        self, ws: Living, id: str, document: JourneyMap, library: Callable[[], Mapping[str, Touchpoint]]
    ) -> None:
        self._ws, self.id, self.document, self._touchpoints = ws, id, document, library

    @cached_property
    def library(self) -> Mapping[str, Touchpoint]:
        """The touchpoints that the map's steps may name, by id."""
        return self._touchpoints()

    @property
    def _zone(self) -> str:
        return self._ws.config.zone

    def counted(self, who: Whom | None = None, weighted: bool = True) -> Filled:
        """What the data say, before anybody looks at the clock: what is stale is not marked yet (`fresh` does).

        Args:
            who: from whose perspective; everybody's if not given.
            weighted: whether survey weights count.
        """
        return filled(self.document, self._ws, self.library, self._zone, who, self._groups(), weighted)

    def compared(self, who: Whom | None, other: Whom | None, weighted: bool = True) -> Filled:
        """What the data say from one perspective, with another beside it (`lvtu.maps.live.compared`)."""
        return compared(self.document, self._ws, self.library, self._zone, who, other, self._groups(), weighted)

    def _groups(self) -> dict[str, str]:
        """By the personas and segments that actors of the map may name, the condition that their customers fit."""
        groups = {one.key: f"in segment '{one.key}'" for one in self._ws.segments()}
        return groups | {one.key: one.condition for one in self._ws.personas if one.condition is not None}

    def fresh(self, counted: Filled) -> Filled:
        """Answers with what is stale in them marked."""
        return marked(counted, self.stale(counted))

    def stale(self, counted: Filled, now: int | None = None) -> list[Stale]:
        """The cells that are not to be relied on any more, each with the reason why.

        Args:
            counted: what `counted` returned.
            now: the time, µs; that of the clock if not given.
        """
        return stale(self.document, counted, self.seen, time.time_ns() // 1000 if now is None else now)

    @property
    def seen(self) -> Marked | None:
        """The numbers as they were when the map was kept under a name, or looked through, last; None: it never was."""
        seen = self._ws._ledger.maps.seen(self.id)
        return None if seen is None else Marked(seen.version, seen.time, seen.by, seen.numbers, seen.author)

    def see(self, by: By = None, version: int | None = None, counted: Filled | None = None) -> None:
        """Say that somebody has looked through the map's numbers: from now on what moves is told against these.

        Args:
            by: who did; who runs this if not given.
            version: the number of the version that was kept then, if one was.
            counted: what they saw; asked now if not given.
        """
        numbers, signed = remembered(self.document, counted or self.counted()), Author.of(by).signed
        self._ws._ledger.maps.see(self.id, numbers, signed.by, version, signed.author)

    def behind(self) -> Behind:
        """What is behind each step: its four tiles with their trends, and what was expected of it."""
        return behind(self.document, self._ws, self.library, self._zone)

    def trend(self, binding: str) -> dict[str, tuple[Moment, ...]]:
        """A number of the map over twelve calendar periods, by step; of the whole journey under the empty key.

        Args:
            binding: the key of its question.

        Raises:
            UnknownName: the map has no such binding.
        """
        return trend(self.document, self.document.binding(binding), self._ws, self.library, self._zone)

    def tried(self, binding: Binding) -> Tried:
        """What a binding would show, before it is kept.

        Raises:
            LvtuError: its question cannot be asked, or not of this place.
        """
        return tried(self.document, binding, self._ws, self.library, self._zone)

    def moved(self, after: JourneyMap) -> dict[str, tuple[int, int]]:
        """The steps at which the map would count other customers after an edit: how many before, how many after."""
        return moved(self.document, after, self._ws, self.library, self._zone)

    def heard(self) -> Spoken | None:
        """What customers answered in the map's period, on all scales; None where there are no data."""
        return heard(self.document, self._ws, self.library, self._zone)

    def customers(self, step: str | None = None, lane: str | None = None, binding: str | None = None) -> list[str]:
        """Who is behind a number: names, sorted.

        Args:
            step: the key of the step; without it those of the whole journey.
            lane: the key of the lane whose cell is meant: who gave its answers; whoever came by the step if not given.
            binding: the key of a number in the head, in the place of step and lane.

        Raises:
            UnknownName: there is no such step, lane or binding.
        """
        question: Binding | None = None if binding is None else self.document.binding(binding)
        if step is not None:
            self.document.step(step)
            if lane is not None:
                question = self.document.bound(self.document.lane(lane).key, step)
                if question is None:
                    return []
        return customers(self.document, step, question, self._ws, self.library, self._zone)
