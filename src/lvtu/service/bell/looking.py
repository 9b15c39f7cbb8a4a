"""Looking at the numbers of maps now and then: who answers for one is told once it is not to be relied on any more.

What was found stays in the catalog until the next look: the library tells it without asking a single question.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import NamedTuple

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.notices import Standing, Unsure
from lvtu.core.units import instant
from lvtu.core.words import LANGS, say
from lvtu.errors import LvtuError
from lvtu.maps import JourneyMap, Map
from lvtu.maps.drawing.numbers import number
from lvtu.maps.live import Filled
from lvtu.maps.live.filled import Value
from lvtu.maps.live.freshness import Place, numbers_of
from lvtu.maps.owners import owners
from lvtu.service.bell.letters import numbers_told
from lvtu.service.bell.whom import Answering
from lvtu.service.home import Home, Served
from lvtu.service.problems import Unavailable

EVERY = 600.0
"""Seconds between two looks."""

FIRST = 60.0
"""Seconds from the start to the first one."""


class _Counted(NamedTuple):
    """What the data said to a map, and when that was so: of which snapshot, step and documents."""

    of: tuple[str, int, str]
    found: Filled


class Looker:
    """Looks at the maps of a home's workspaces, one after the other, beside the requests.

    Args:
        home: whose workspaces.
        catalog: where it is kept how they stand, and who is told.
    """

    def __init__(self, home: Home, catalog: Catalog) -> None:
        self._home, self._catalog = home, catalog
        self._turn, self._guard = threading.Lock(), threading.Lock()
        self._busy: set[str] = set()
        self._counted: dict[str, _Counted] = {}

    def look(self) -> None:
        """Begin; returns at once. A workspace whose last look is still under way is left to that."""
        for served in list(self._home.served.values()):
            with self._guard:
                if served.id in self._busy:
                    continue
                self._busy.add(served.id)
            try:
                served.jobs.start("how maps stand", partial(self._in_turn, served))
            except Unavailable:  # it ends
                self._busy.discard(served.id)

    def _in_turn(self, served: Served, check: Callable[[], None]) -> None:
        try:
            with self._turn:
                self.of(served, check=check)
        finally:
            self._busy.discard(served.id)

    def of(self, served: Served, at: datetime | None = None, check: Callable[[], None] = lambda: None) -> None:
        """Look at the maps of a workspace.

        Args:
            served: it.
            at: when; now if not given.
            check: is called before each map; it may end the look.
        """
        answering = Answering(self._catalog, served)
        self._words(served, answering)
        told: list[tuple[str, str, Unsure]] = []
        for map_ in list(served.workspace.maps):
            check()
            with suppress(LvtuError):  # taken away meanwhile, or a question that cannot be asked: whoever opens it sees
                told += self._map(served, map_, answering, at or now())
        if told:
            numbers_told(self._catalog, served, told)

    def _words(self, served: Served, answering: Answering) -> None:
        """Tell who answers for cards that may hold what a customer said who was forgotten."""
        for one in served.workspace.maps.words_left():
            with suppress(LvtuError):  # the map is taken away meanwhile
                people = answering.of(one.map.document, "cards", one.card)
                self._catalog.notices(served.id).words(one.map.id, one.card, people)

    def _map(self, served: Served, map_: Map, answering: Answering, at: datetime) -> Iterator[tuple[str, str, Unsure]]:
        document = map_.document
        if document.status == "archived" or not document.bindings:
            return
        notices = self._catalog.notices(served.id)
        counted = self._answers(served, map_)
        cells = unsure(map_, counted, notices.standings().get(map_.id), at)
        live = sum(1 for _ in numbers_of(document, counted))
        for person, cell in notices.stand(map_.id, live, cells, lambda one: answering.of(document, *one.place), at):
            yield map_.id, person, cell

    def _answers(self, served: Served, map_: Map) -> Filled:
        """Counted where the data, the map or the documents are others than at the last look."""
        of = served.workspace.snapshot().token, map_.step, served.workspace.documents_version
        known = self._counted.get(map_.id)
        if known is None or known.of != of:
            known = self._counted[map_.id] = _Counted(of, served.maps.answers(map_))
        return known.found


def note(catalog: Catalog, served: Served, map_: Map, counted: Filled) -> None:
    """Keep how a map stands that somebody has just looked through: nobody needs to be told."""
    kept = catalog.notices(served.id)
    cells = unsure(map_, counted, kept.standings().get(map_.id), now())
    kept.stand(map_.id, sum(1 for _ in numbers_of(map_.document, counted)), cells, lambda _: ())


def unsure(map_: Map, counted: Filled, before: Standing | None, at: datetime) -> list[Unsure]:
    """The numbers of a map that are not to be relied on, and those that miss their target.

    A target is missed where all of a number's interval lies on its wrong side; it is met again once the number itself
    is. So a number that wavers around its target by chance tells nobody anything.

    Args:
        map_: the map.
        counted: its answers.
        before: how it stood when it was last looked at.
        at: the time.
    """
    found = [
        Unsure(one.lane, one.step, one.binding, one.kind, {lang: one.why.text(lang) for lang in LANGS}, one.owner)
        for one in map_.live.stale(counted, instant(at))
    ]
    missed = {one.occasion for one in before.cells} if before is not None else set()
    document = map_.document
    for place, value in numbers_of(document, counted):
        one = Unsure(*place, "missed", _why(value), _owner(document, place))
        if _misses(value, one.occasion in missed):
            found.append(one)
    return found


def _misses(value: Value, did: bool) -> bool:
    if value.target is None or value.few or (value.short or 0) <= 0:
        return False
    end = value.high if value.aim == "up" else value.low
    beyond = end is None or (end < value.target if value.aim == "up" else end > value.target)
    return did or beyond


def _why(value: Value) -> dict[str, str]:
    target = 0.0 if value.target is None else value.target
    return {
        lang: say("maps.missed", lang, value=number(value.value, value.unit, lang),
                  target=number(target, value.unit, lang))
        for lang in LANGS
    }  # fmt: skip


def _owner(document: JourneyMap, place: Place) -> str | None:
    part, key = ("cells", f"{place.lane}/{place.step}") if place.lane else ("map", "")
    return next((names[0] for names in owners(document, part, key)), None)
