"""A map's answers from two perspectives: both curves, and where they differ by more than chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lvtu.analyses.overview.changes import Change, controlled
from lvtu.analyses.overview.periods import Periods, Window
from lvtu.core.model.text import Text
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.core.sentences import Note
from lvtu.core.words import LANGS, say
from lvtu.engines.base import Engine
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.asking import Asking, filled
from lvtu.maps.live.beside import Beside, beside
from lvtu.maps.live.filled import Filled, Gap, Value
from lvtu.maps.live.spoken import Spoken
from lvtu.maps.live.turns import asked
from lvtu.maps.live.volume import PLACE, volume
from lvtu.maps.live.whom import Whom
from lvtu.store.journeys.snapshot import Snapshot

Gaps = dict[str, dict[str, Gap]]


def compared(
    map_: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str, who: Whom | None, other: Whom | None,
    groups: Mapping[str, str] | None = None, weighted: bool = True,
) -> Filled:  # fmt: skip
    """A map's answers from one perspective, with those from another beside them.

    Both are of the same time. Whether they differ is tested where both answered, with false-discovery control over all
    scales and steps, and likewise over all steps of those actors of the map that are groups of customers; set against
    everybody, those of a perspective are tested against all others, since they are among everybody themselves. Who is
    in both counts on both sides, and a note says how many they are.

    Args:
        map_, ws, library, zone, groups, weighted: see `lvtu.maps.live.asking.filled`.
        who: from whose perspective; None: everybody's.
        other: whose are set beside; None: everybody's.
    """
    mine, theirs = (filled(map_, ws, library, zone, one, groups, weighted) for one in (who, other))
    if mine.customers is None or theirs.customers is None or (who is None and other is None):
        return mine
    everybody = Text(**{lang: say("maps.everybody", lang) for lang in LANGS})
    mine, theirs = (_alone(one if one.whose else replace(one, whose=everybody)) for one in (mine, theirs))

    def apart(snapshot: Snapshot, engine: Engine) -> tuple[Beside, Gaps, int]:
        span = _span(mine, snapshot)
        given = [one for one in (who, other) if one is not None]
        for each in given:
            snapshot = each.seen(snapshot)
        one, two = _among(map_, who, other), _among(map_, other, who)
        both = [each.condition for each in given]
        shared = 0
        if len(both) > 1:
            where = " and ".join(f"({part})" for part in (map_.where, *both) if part)
            shared = volume(where, span.now.since, span.now.until, snapshot, engine)[1]

        def asked_of(condition: str | None) -> Beside:
            mine, others = (_both(side, condition) for side in (one, two))
            return beside(span, PLACE, zone, mine, others, snapshot, engine, weighted)

        scale = theirs.feeling.scale if mine.feeling.scale is None else mine.feeling.scale
        return asked_of(None), _of_actors(map_, groups or {}, scale, asked_of), shared

    found, actors, shared = asked(map_, ws, library, apart, None) or (None, {}, 0)
    assert found is not None, "both sides have customers"
    notes = (Note("overlap_customers", customers=shared),) if shared else ()
    gaps = _gaps(map_, Spoken(found.apart)) | actors
    return replace(mine, beside=theirs, gaps=gaps, notes=(*mine.notes, *notes))


def _alone(one: Filled) -> Filled:
    """Answers without what they were in the period before: two comparisons at once are one too many."""

    def now(of: Mapping[str, Mapping[str, Value]]) -> dict[str, dict[str, Value]]:
        return {
            key: {step: replace(value, before=None, worse=False, better=False) for step, value in some.items()}
            for key, some in of.items()
        }

    return replace(one, values=now(one.values), roles=now(one.roles))


def _span(mine: Filled, snapshot: Snapshot) -> Periods:
    first, last = snapshot.times
    since, until = mine.period or (first, last + 1)
    return Periods(Window(since, until), None, "asked")


def _among(map_: JourneyMap, these: Whom | None, those: Whom | None) -> str | None:
    """The condition of one side; everybody is then everybody else."""
    if these is not None:
        return these.among(map_.where)
    rest = f"not ({those.condition})" if those is not None else ""
    return " and ".join(f"({part})" for part in (map_.where, rest) if part) or None


def _both(one: str | None, other: str | None) -> str | None:
    return " and ".join(f"({part})" for part in (one, other) if part) or None


def _of_actors(
    map_: JourneyMap, groups: Mapping[str, str], scale: str | None, asked_of: Callable[[str], Beside]
) -> Gaps:  # fmt: skip
    """By actor and step what the two differ by among those who are that actor, at the steps that the actor takes."""
    found: dict[tuple[str, str], Change] = {}
    for actor in map_.actors:
        condition, taken = groups.get(actor.persona or ""), {one.key for one in map_.steps if actor.key in one.actors}
        if condition is None or scale is None or not taken:
            continue
        told = Spoken(asked_of(condition).apart)
        of = told.scale("sentiment" if scale == "sentiment" else "emotion", scale)
        for place, figure in () if of is None else of.places.items():
            step = told.facts.names[place]
            if step in taken and figure.change is not None:
                found[actor.key, str(step)] = figure.change
    gaps: Gaps = {}
    for (actor_key, step), change in zip(found, controlled(list(found.values())), strict=True):
        assert change is not None, "each was one"
        gaps.setdefault(actor_key, {})[step] = _gap(change)
    return gaps


def _gaps(map_: JourneyMap, apart: Spoken) -> Gaps:
    """By lane and step what the two differ by, where the lane is bound to a scale."""
    gaps: Gaps = {}
    for binding in map_.bindings:
        if binding.analysis != "scores" or binding.lane is None:
            continue
        scale = apart.scale(binding.spec.get("metric", "nps"), binding.spec.get("scale"))
        if scale is None or scale.measure.name != binding.spec.get("metric", "nps"):
            continue
        names = dict(enumerate(apart.facts.names))
        for place, figure in scale.places.items():
            step = names[place]
            if step is not None and figure.change is not None and binding.step in (None, step):
                gaps.setdefault(binding.lane, {})[step] = _gap(figure.change)
    return gaps


def _gap(change: Change) -> Gap:
    return Gap(change.difference, change.low, change.high, change.changed)
