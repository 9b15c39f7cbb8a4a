"""Overviews of a workspace: worked out once for each snapshot and question, worded for each reader."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lvtu.analyses.overview.facts import Facts, facts
from lvtu.analyses.overview.periods import Periods, periods, waves
from lvtu.analyses.stages import Stages, StagesSpec
from lvtu.analyses.trend import TrendSpec
from lvtu.analyses.trend import run as run_trend
from lvtu.core.model.columns import ModelColumns
from lvtu.core.model.presets import PRESETS, preset
from lvtu.core.segments import as_segment
from lvtu.core.units import instant
from lvtu.core.words import Lang
from lvtu.engines.base import Engine
from lvtu.service.analyses.answers import Once
from lvtu.service.jobs import Jobs
from lvtu.service.overview import answer
from lvtu.service.overview.attention import RECENT, Aside, Silent, broken, lateness, silent_sources
from lvtu.service.overview.schemas import Overview
from lvtu.service.together import Together
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.workspace import Workspace

_KEPT = 32
"""Overviews that are kept, those asked last."""

LARGE = 1_000_000
"""From so many events on an overview may be `FRESH` seconds old; smaller ones are counted in no time."""

FRESH = 10.0
"""Seconds for which the figures of a large workspace are told before they are counted anew."""

OLDEST = 60.0
"""Figures that are older than this many seconds are not told any more: whoever asks waits for new ones."""


@dataclass(frozen=True)
class Asked:
    """What an overview is asked for.

    Attributes:
        since, until: the period, µs; the last 28 full days of the data if neither is given.
        segment: the name of a segment, or a condition: of these customers only.
        model: the journey model's key; the default one if not given.
    """

    since: int | None = None
    until: int | None = None
    segment: str | None = None
    model: str | None = None


@dataclass(frozen=True)
class Counted:
    """What was counted for an overview on one snapshot.

    Attributes:
        token: the snapshot's.
        facts: its figures; None without events.
        silent: sources that are heard no more.
        fitting: without a model that fits: the preset that fits best, how many of its stages do, of how many.
        documents: the version of models and segments.
        late: how long nothing has come, and the longest pause before.
        broken: events whose messages broke their contract as it is now, and how often a property did.
        aside: rows in the quarantine.
        at: when the snapshot was taken, µs.
        simulated: whether the data carry simulated events.
    """

    token: str
    facts: Facts | None
    silent: tuple[Silent, ...] = ()
    fitting: tuple[str, int, int] | None = None
    documents: str = ""
    late: tuple[int, int] | None = None
    broken: tuple[tuple[str, int], ...] = ()
    aside: int = 0
    at: int = 0
    simulated: bool = False


@dataclass
class _Told:
    """Figures that may be told for a while.

    Attributes:
        counted: they.
        since: when their snapshot was asked for, on the clock of `time.monotonic`.
        folder: of the snapshot's generation.
        counting: whether newer ones are being counted.
    """

    counted: Counted
    since: float
    folder: Path
    counting: bool = False


class Overviews:
    """The overviews of one workspace; threads may share them.

    While events come in, each moment has a snapshot of its own. Of a large workspace figures are therefore told for
    some seconds after they were counted, and counted anew beside that: nobody waits for it who has seen them lately.

    Args:
        workspace: whose.
        jobs: what is done beside the requests.
        large: from so many events on figures may be `FRESH` seconds old.
    """

    def __init__(self, workspace: Workspace, jobs: Jobs, large: int = LARGE) -> None:
        self._ws, self._jobs, self._large = workspace, jobs, large
        self._newest = Together(workspace.snapshot)
        self._counted: Once[Counted] = Once(_KEPT)
        self._answers: Once[bytes] = Once(2 * _KEPT)
        self._aside = Aside(workspace.layout.quarantine)
        self._guard = threading.Lock()
        self._lately: OrderedDict[Hashable, _Told] = OrderedDict()

    def ask(self, asked: Asked, lang: Lang) -> bytes:
        """An overview as JSON (`lvtu.service.overview.schemas.Overview`)."""
        counted = self.count(asked)
        told = (
            asked, lang, counted.token, counted.at, counted.documents, counted.late, counted.broken, counted.aside
        )  # fmt: skip
        return self._answers.get(told, lambda: self._worded(counted, asked, lang))

    def count(self, asked: Asked) -> Counted:
        """What an overview says, before it is worded."""
        ws, documents = self._ws, self._ws.documents_version
        found = self._known(asked, documents) or self._count(asked, documents)
        late = lateness(ws.received(RECENT))
        return replace(
            found, documents=documents, late=late, broken=broken(ws), aside=self._aside.rows(), simulated=ws.simulated
        )

    def _known(self, asked: Asked, documents: str) -> Counted | None:
        """What was counted lately, if that may still be told; where it is old, it is counted anew beside that."""
        with self._guard:
            told = self._lately.get((asked, documents))
            if told is None or not told.folder.is_dir():  # an erasure takes the folder away
                return None
            age = time.monotonic() - told.since
            if age > OLDEST:
                return None
            counts, told.counting = age > FRESH and not told.counting, told.counting or age > FRESH
        if counts:
            self._jobs.start("the overview", lambda _: self._again(asked, documents, told))
        return told.counted

    def _again(self, asked: Asked, documents: str, told: _Told) -> None:
        try:
            self._count(asked, documents)
        finally:
            told.counting = False

    def _count(self, asked: Asked, documents: str) -> Counted:
        """Count on the newest snapshot, unless that was done; large workspaces may tell it for a while."""
        since, at = time.monotonic(), time.time_ns() // 1000
        snapshot = self._newest.get()

        def counted() -> Counted:
            found: Counted = self._ws.asked(_counting(asked, self._zone), asked.model)
            return replace(found, at=at)

        found = self._counted.get((asked, snapshot.token, documents), counted)
        if snapshot.manifest.rows >= self._large:
            with self._guard:
                self._lately[asked, documents] = _Told(found, since, snapshot.folder)
                self._lately.move_to_end((asked, documents))
                while len(self._lately) > _KEPT:
                    self._lately.popitem(last=False)
        return found

    @property
    def _zone(self) -> str:
        return self._ws.config.zone

    def _worded(self, counted: Counted, asked: Asked, lang: Lang) -> bytes:
        told: Overview = answer.overview(counted, asked, self._zone, lang)
        return told.model_dump_json().encode()


def _counting(asked: Asked, zone: str) -> Any:
    where = as_segment(asked.segment) if asked.segment else None

    def count(snapshot: Snapshot, engine: Engine) -> Counted:
        if not any(block.customers for block in snapshot.blocks):
            return Counted(snapshot.token, None)
        span: Periods = periods(snapshot.times, zone, asked.since, asked.until)
        found = facts(span, where, snapshot, engine)
        if span.kind == "usual" and not found.headline[0].value:
            in_waves = _waves(span, zone, snapshot, engine)
            found = found if in_waves is None else facts(in_waves, where, snapshot, engine)
        fitting = None
        if found.model is None or len(found.unseen) == len(found.stages):
            fitting = _fitting(snapshot)
        return Counted(snapshot.token, found, tuple(silent_sources(snapshot, engine, zone)), fitting)

    return count


def _waves(usual: Periods, zone: str, snapshot: Snapshot, engine: Engine) -> Periods | None:
    """The last two waves, where nothing happened in the usual period and the data come in waves."""
    told = run_trend(TrendSpec(period="day", zone=zone), snapshot, engine).table
    days = [instant(row["period"]) for row in told.to_pylist() if row["events"]]
    recent = any(usual.now.since <= day < usual.now.until for day in days)
    return None if recent else waves(days, zone)


def _fitting(snapshot: Snapshot) -> tuple[str, int, int] | None:
    """The preset of which events here can enter the most stages."""
    best = None
    for key in PRESETS:
        model = preset(key)
        columns = ModelColumns(lambda model=model: model)  # type: ignore[misc]
        unseen = Stages(StagesSpec(), snapshot.through(columns)).unseen()
        fits = len(model.stages) - len(unseen)
        if fits and (best is None or (fits / len(model.stages), fits) > (best[1] / best[2], best[1])):
            best = key, fits, len(model.stages)
    return best
