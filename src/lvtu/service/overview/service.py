"""Overviews of a workspace: worked out once for each snapshot and question, worded for each reader."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from lvtu.analyses.overview.facts import Facts, facts
from lvtu.analyses.overview.periods import Periods, periods
from lvtu.analyses.overview.waves import in_waves
from lvtu.analyses.stages import Stages, StagesSpec
from lvtu.core.model.columns import ModelColumns
from lvtu.core.model.presets import PRESETS, preset
from lvtu.core.segments import as_segment
from lvtu.core.words import Lang
from lvtu.engines.base import Engine
from lvtu.service.analyses.answers import Once
from lvtu.service.jobs import Jobs
from lvtu.service.overview import answer
from lvtu.service.overview.attention import RECENT, Aside, Silent, broken, lateness, silent_sources
from lvtu.service.overview.schemas import Overview
from lvtu.service.recent import KEPT, LARGE, Recent
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.workspace import Workspace


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


class Overviews:
    """The overviews of one workspace; threads may share them.

    Args:
        workspace: whose.
        jobs: what is done beside the requests.
        large: from so many events on figures may be some seconds old.
    """

    def __init__(self, workspace: Workspace, jobs: Jobs, large: int = LARGE) -> None:
        self._ws = workspace
        self._recent: Recent[Counted] = Recent(workspace, jobs, "the overview", large)
        self._answers: Once[bytes] = Once(2 * KEPT)
        self._aside = Aside(workspace.layout.quarantine)

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

        def counted() -> Counted:
            at = time.time_ns() // 1000
            found: Counted = ws.asked(_counting(asked, self._zone), asked.model)
            return replace(found, at=at)

        found = self._recent.get((asked, documents), counted)
        late = lateness(ws.received(RECENT))
        return replace(
            found, documents=documents, late=late, broken=broken(ws), aside=self._aside.rows(), simulated=ws.simulated
        )

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
            by_wave = in_waves(span, zone, snapshot, engine)
            found = found if by_wave is None else facts(by_wave, where, snapshot, engine)
        fitting = None
        if found.model is None or len(found.unseen) == len(found.stages):
            fitting = _fitting(snapshot)
        return Counted(snapshot.token, found, tuple(silent_sources(snapshot, engine, zone)), fitting)

    return count


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
