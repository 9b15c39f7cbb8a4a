"""A map's questions asked: one snapshot, as few passes as there are kinds of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from lvtu.analyses.heard.figures import facts
from lvtu.analyses.heard.sums import heard
from lvtu.analyses.overview.periods import Periods, Window, periods
from lvtu.analyses.overview.waves import in_waves, last_waves
from lvtu.core.model import JourneyModel
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.core.sentences import Note
from lvtu.core.units import instant
from lvtu.engines.base import Engine
from lvtu.maps.compiled import model_of
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.bothered import bothered
from lvtu.maps.live.bound import Bound
from lvtu.maps.live.filled import Filled, Value
from lvtu.maps.live.kept import kept
from lvtu.maps.live.newest import newest
from lvtu.maps.live.observed import of_survey
from lvtu.maps.live.planned import planned
from lvtu.maps.live.quotes import quotes
from lvtu.maps.live.spoken import Spoken, feeling_of
from lvtu.maps.live.travelled import travelled
from lvtu.maps.live.turns import asked
from lvtu.maps.live.unplaced import unplaced
from lvtu.maps.live.volume import PLACE, volume
from lvtu.maps.live.ways import ways_of
from lvtu.maps.live.whom import Whom
from lvtu.store.journeys.snapshot import Snapshot

T = TypeVar("T")

DAYS = 91
"""Days of a period, where the map names none: a quarter, and whole weeks."""


class Asking(Protocol):
    """A workspace that can be asked, as maps see it."""

    @property
    def simulated(self) -> bool:
        """Whether the data are."""
        ...

    def through(self, model: JourneyModel) -> Asking:
        """The same time lines, read through a model."""
        ...

    def asked(self, answered: Callable[[Snapshot, Engine], T]) -> T:
        """What comes of the newest snapshot."""
        ...


def filled(
    map_: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC", who: Whom | None = None,
    groups: Mapping[str, str] | None = None, weighted: bool = True,
) -> Filled:  # fmt: skip
    """Everything the data say to a map, all on one snapshot and of one period.

    The period is the map's own; without one the last 91 full days, or the last of the waves that the data come in, if
    the map's steps are a survey's questions or nothing was answered in those days; all there is where that is less than
    two such periods. What changed is against the period before, with false-discovery control over everything that was
    compared (`lvtu.analyses.heard`).

    Args:
        map_: the map.
        ws: the workspace.
        library: its touchpoints, by id.
        zone: whose days periods are made of.
        who: from whose perspective it is seen: the time is that of the whole map, and of one customer all of theirs.
        groups: by the persona that an actor of the map may name: the condition that its customers fit.
        weighted: whether survey weights count; otherwise every answer counts as one.
    """
    said = ((Note("simulated"),) if ws.simulated else ()) + (() if weighted else (Note("weights_off"),))

    def count(snapshot: Snapshot, engine: Engine) -> Filled:
        span, spoken = spoken_in(map_, zone, snapshot, engine, weighted)
        about = map_
        if who is not None:
            span = of_whom(who, about, span)
            about, snapshot = about.model_copy(update={"where": who.among(about.where)}), who.seen(snapshot)
            spoken = _told(span, about, zone, snapshot, engine, weighted)
        now = span.now.since, span.now.until
        reached, customers = volume(about.where, *now, snapshot, engine)
        answers = of_survey(about)
        ways = ways_of(about.where, now, snapshot, engine, not answers)
        bound = Bound(about, now, spoken, snapshot, engine, weighted)
        values, head = bound.cells()
        shown = {one.id for one in model_of(map_, library).touchpoints}
        way, feeling = travelled(about, *now, snapshot, engine), spoken.layer(effort=False)
        return Filled(
            values=values, head=head, failed=bound.failed, newest=newest(about, now, snapshot, engine), volume=reached,
            ways=ways.ways, between=ways.between, times=ways.times, starts=ways.starts, ends=ways.ends,
            kept=kept(about, shown, now, snapshot, engine), customers=customers,
            quotes=quotes(about.where, *now, snapshot, engine), unplaced=unplaced(about, *now, snapshot, engine),
            drop_off={} if answers else way.drop_off, channels=way.channels, switches=way.switches,
            again=None if answers or about.in_turns else way.again, since={} if answers else way.since,
            met=None if who is None or who.kind != "customer" else {} if answers else way.met,
            bothered=bothered(about, *now, snapshot, engine), plan=planned(about, *now, snapshot, engine),
            feeling=feeling, effort=spoken.layer(effort=True),
            roles=_roles(about, groups or {}, span, feeling.scale, zone, snapshot, engine, weighted),
            period=(now if span.kind != "widened" else None), notes=said, simulated=ws.simulated,
            weighted=spoken.facts.weighted,
            whose=None if who is None else who.name, persona=None if who is None else who.persona,
        )  # fmt: skip

    return asked(map_, ws, library, count, Filled(notes=said, simulated=ws.simulated))


def spoken_in(
    map_: JourneyMap, zone: str, snapshot: Snapshot, engine: Engine, weighted: bool = True
) -> tuple[Periods, Spoken]:
    """Which period a map is about, and what customers answered in it."""
    since, until = (None if one is None else instant(one) for one in (map_.since, map_.until))
    first, last = snapshot.times
    everything = Periods(Window(first, last + 1), None, "widened")
    span = periods(snapshot.times, zone, since, until, DAYS)
    wave = last_waves(DAYS, zone, snapshot, engine) if of_survey(map_) and span.kind != "asked" else None
    if wave is not None:
        span = wave
    elif span.kind == "shorter":
        span = everything
    found = _told(span, map_, zone, snapshot, engine, weighted)
    if not found.facts.answers and span.kind != "asked":
        span = in_waves(span, zone, snapshot, engine) or everything
        found = _told(span, map_, zone, snapshot, engine, weighted)
    return span, found


def _told(
    span: Periods, map_: JourneyMap, zone: str, snapshot: Snapshot, engine: Engine, weighted: bool = True
) -> Spoken:
    counted = heard(span, PLACE, map_.where, zone, snapshot, engine, weighted)
    return Spoken(facts(span, *counted, measured=feeling_of), facts(span, *counted))


def _roles(
    map_: JourneyMap, groups: Mapping[str, str], span: Periods, scale: str | None, zone: str, snapshot: Snapshot,
    engine: Engine, weighted: bool,
) -> dict[str, Mapping[str, Value]]:  # fmt: skip
    """How each actor that is a known group of customers feels at the steps, on the scale that tells most of all."""
    found: dict[str, Mapping[str, Value]] = {}
    for actor in map_.actors:
        condition = groups.get(actor.persona or "")
        if condition is None or scale is None:
            continue
        where = f"({map_.where}) and ({condition})" if map_.where else condition
        theirs = _told(span, map_.model_copy(update={"where": where}), zone, snapshot, engine, weighted)
        of = theirs.scale("sentiment" if scale == "sentiment" else "emotion", scale)
        found[actor.key] = {} if of is None else theirs.by_step(of)
    return found


def of_whom(who: Whom, map_: JourneyMap, span: Periods) -> Periods:
    """The time in which a perspective is seen: that of the whole map; of one customer all of theirs."""
    if who.span is None or map_.since is not None or map_.until is not None:
        return span
    return Periods(Window(who.span[0], who.span[1] + 1), None, "asked")


def heard_at(
    map_: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC"
) -> tuple[Spoken | None, dict[str, Value], int]:
    """What customers answered at a map's steps, who was there, and how many they were; None where nobody ever was."""

    def count(snapshot: Snapshot, engine: Engine) -> tuple[Spoken | None, dict[str, Value], int]:
        span, spoken = spoken_in(map_, zone, snapshot, engine)
        return spoken, *volume(map_.where, span.now.since, span.now.until, snapshot, engine)

    nothing: tuple[Spoken | None, dict[str, Value], int] = (None, {}, 0)
    return asked(map_, ws, library, count, nothing)


def left_at(
    map_: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC"
) -> Mapping[str, Value]:  # fmt: skip
    """By step the share of those who got to it or beyond who got no further; nothing where nobody ever was."""

    def count(snapshot: Snapshot, engine: Engine) -> Mapping[str, Value]:
        span, _ = spoken_in(map_, zone, snapshot, engine)
        return travelled(map_, span.now.since, span.now.until, snapshot, engine).drop_off

    nothing: Mapping[str, Value] = {}
    return asked(map_, ws, library, count, nothing)
