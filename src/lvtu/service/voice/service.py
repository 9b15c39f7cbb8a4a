"""The scores of a workspace, of one period beside the one before: worked out once for each snapshot and question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from lvtu.analyses.heard.figures import Facts, facts
from lvtu.analyses.heard.sums import heard
from lvtu.analyses.naming import Naming
from lvtu.analyses.overview.periods import Periods, Window, periods
from lvtu.analyses.overview.waves import in_waves
from lvtu.core.segments import as_segment
from lvtu.core.words import Lang
from lvtu.engines.base import Engine
from lvtu.service.analyses.answers import Once
from lvtu.service.jobs import Jobs
from lvtu.service.recent import KEPT, LARGE, Recent
from lvtu.service.voice import answer
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.workspace import Workspace

DAYS = 91
"""Days of a period: thirteen whole weeks. Answers are rarer than events, and 28 days of them tell little apart."""

MOST_SEGMENTS = 8
"""Segments that are set side by side."""

By = Literal["touchpoint", "stage", "event", "channel", "segment"]
"""What the scores are broken down by."""


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    Attributes:
        since, until: the period, µs; the last 91 full days of the data if neither is given.
        segment: the name of a segment, or a condition: of these customers only.
        model: the journey model's key; the default one if not given.
        by: what scores are broken down by; touchpoints if not given, without any events.
    """

    since: int | None = None
    until: int | None = None
    segment: str | None = None
    model: str | None = None
    by: By | None = None

    @property
    def where(self) -> str | None:
        """The condition on events that leaves only these customers."""
        return as_segment(self.segment) if self.segment else None


@dataclass(frozen=True)
class Counted:
    """What was counted on one snapshot.

    Attributes:
        token: the snapshot's.
        facts: the figures; None without events.
        by: what they are broken down by.
        choices: what they could be broken down by.
        naming: what people call what is told of by its key.
    """

    token: str
    facts: Facts | None
    by: By = "event"
    choices: tuple[By, ...] = ()
    naming: Naming = field(default_factory=Naming)


class Voices:
    """The scores of one workspace; threads may share them.

    Args:
        workspace: whose.
        jobs: what is done beside the requests.
        large: from so many events on figures may be some seconds old.
    """

    def __init__(self, workspace: Workspace, jobs: Jobs, large: int = LARGE) -> None:
        self._ws = workspace
        self._recent: Recent[Counted] = Recent(workspace, jobs, "the scores", large)
        self._answers: Once[bytes] = Once(2 * KEPT)

    def ask(self, asked: Asked, lang: Lang) -> bytes:
        """The scores as JSON (`lvtu.service.voice.schemas.Voice`)."""
        documents, counted = self._ws.documents_version, self.count(asked)
        key = asked, lang, counted.token, documents

        def worded() -> bytes:
            return answer.voice(counted, asked, self._ws.config.zone, lang).model_dump_json().encode()

        return self._answers.get(key, worded)

    def count(self, asked: Asked) -> Counted:
        """What they are, before they are worded."""
        segments = tuple(one.key for one in self._ws.segments())[:MOST_SEGMENTS]
        counting = _counting(asked, self._ws.config.zone, segments)
        return self._recent.get((asked, self._ws.documents_version), lambda: self._ws.asked(counting, asked.model))


def _counting(asked: Asked, zone: str, segments: tuple[str, ...]) -> Any:
    def count(snapshot: Snapshot, engine: Engine) -> Counted:
        if not any(block.customers for block in snapshot.blocks):
            return Counted(snapshot.token, None)
        choices = _choices(snapshot, bool(segments))
        by = asked.by or choices[0]
        apart = segments if by == "segment" else ()
        usual = periods(snapshot.times, zone, asked.since, asked.until, DAYS)
        found = _facts(usual, by, asked.where, apart, zone, snapshot, engine)
        if not found.answers and usual.kind != "asked":
            first, last = snapshot.times
            wider = in_waves(usual, zone, snapshot, engine) or Periods(Window(first, last + 1), None, "widened")
            found = _facts(wider, by, asked.where, apart, zone, snapshot, engine)
        return Counted(snapshot.token, found, by, choices, Naming.of(snapshot))

    return count


def _choices(snapshot: Snapshot, segments: bool) -> tuple[By, ...]:
    """What scores can be broken down by: what the model tells apart first."""
    model = Naming.of(snapshot).model
    there: dict[By, bool] = {
        "touchpoint": bool(model and model.touchpoints), "stage": bool(model and model.stages), "event": True,
        "channel": True, "segment": segments,
    }  # fmt: skip
    return tuple(by for by, known in there.items() if known)


def _facts(
    span: Periods, by: By, where: str | None, segments: tuple[str, ...], zone: str, snapshot: Snapshot, engine: Engine
) -> Facts:  # fmt: skip
    if not segments:
        return facts(span, *heard(span, by, where, zone, snapshot, engine))
    question, state = heard(span, None, where, zone, snapshot, engine)
    split = {}
    for key in segments:
        inside = as_segment(key)
        split[key] = heard(span, None, f"({where}) and {inside}" if where else inside, zone, snapshot, engine)[1]
    return facts(span, question, state, split)
