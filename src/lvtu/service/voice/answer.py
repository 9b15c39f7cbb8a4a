"""The scores in a language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lvtu.analyses.base import make
from lvtu.analyses.calendars import zone_of
from lvtu.analyses.heard import figures
from lvtu.analyses.naming import called, scale_name
from lvtu.analyses.scores.measures import Measure, Name
from lvtu.analyses.scores.spec import ScoresSpec
from lvtu.core.segments import as_segment
from lvtu.core.segments import called as segment_called
from lvtu.core.units import moment, write_instant
from lvtu.core.words import Lang, say
from lvtu.service.overview import wording
from lvtu.service.overview.answer import periods_of
from lvtu.service.overview.schemas import Matter, Target
from lvtu.service.voice.schemas import Offered, Place, Point, Response, Scale, Score, Unit, Voice

if TYPE_CHECKING:
    from lvtu.service.voice.service import Asked, Counted

UNITS: Mapping[Name, Unit] = MappingProxyType(
    {
        "nps": "points",
        "csat": "share",
        "share": "share",
        "emotion": "feeling",
        "sentiment": "feeling",
        "ces": "mean",
        "stars": "mean",
        "mean": "mean",
    }
)

_TITLED: Mapping[Name, str] = MappingProxyType({"sentiment": "sentiment"})

_TITLES = {"day": "%Y-%m-%d", "week": "%Y-%m-%d", "month": "%Y-%m", "quarter": "%Y-%m", "year": "%Y"}


def voice(counted: Counted, asked: Asked, zone: str, lang: Lang) -> Voice:
    """What was counted, in a language."""
    facts = counted.facts
    if facts is None or not facts.scales:
        return _silent(counted, zone, lang)
    return Voice(
        state="ok", token=counted.token, period=periods_of(facts.periods, zone, lang), by=counted.by,
        choices=choices_of(counted, lang), scales=[_scale(one, counted, asked, zone, lang) for one in facts.scales],
        places=_places(counted, facts, lang), compared=facts.compared,
        changed=sum(figure.change is not None and figure.change.changed
                    for scale in facts.scales for figure in (scale.figure, *scale.places.values())),
        notes=_notes(facts, lang),
    )  # fmt: skip


def _silent(counted: Counted, zone: str, lang: Lang) -> Voice:
    """Where nobody scored anything: what will be here, and the one next step."""
    facts = counted.facts
    if facts is None:
        step = Matter(
            code="bring_data", level="info", text=say("overview.bring_data", lang), target=Target(page="start")
        )
        return Voice(state="empty", token=counted.token, next=step)
    step = Matter(
        code="bring_answers", level="info", text=say("voices.bring_answers", lang),
        target=Target(page="start", params={"tab": "survey"}),
    )  # fmt: skip
    period = periods_of(facts.periods, zone, lang)
    return Voice(state="mute", token=counted.token, period=period, by=counted.by, next=step)


def choices_of(counted: Counted, lang: Lang) -> list[Offered]:
    """What scores can be broken down by."""
    return [Offered(value=by, title=say(f"voices.by.{by}", lang)) for by in counted.choices]


def _scale(of: figures.Scale, counted: Counted, asked: Asked, zone: str, lang: Lang) -> Scale:
    facts, measure = counted.facts, of.measure
    assert facts is not None
    rate = None
    if of.responded:
        rate = Response(
            asked=of.asked, responded=of.responded, shown=wording.shown("share", of.responded / of.asked, lang)
        )
    return Scale(
        scale=measure.scale, title=scale_name(measure.scale or _TITLED.get(measure.name), lang), metric=measure.name,
        ends="−2…+2" if measure.name in _TITLED else _ends(measure),
        measure="" if measure.name in _TITLED else say(f"measures.{measure.name}", lang), unit=UNITS[measure.name],
        range=measure.range, lower_is_better=measure.lower_is_better, score=score(of.figure, measure, lang),
        response=rate,
        trend=[_point(start, one, measure, facts.period, zone, lang)
               for start, one in zip(facts.starts, of.trend, strict=True)],
        places=[None if place not in of.places else score(of.places[place], measure, lang) for place in facts.places],
        spec=spec_of(of.measure, counted, asked), trend_spec=_trend_spec(of.measure, counted, asked, zone),
    )  # fmt: skip


def spec_of(measure: Measure, counted: Counted, asked: Asked) -> dict[str, Any]:
    """The question whose answer the scores on a scale are, by place."""
    assert counted.facts is not None
    now = counted.facts.periods.now
    by = None if counted.by == "segment" else counted.by
    return _spec(measure, asked, by=by, since=now.since, until=now.until)


def _trend_spec(measure: Measure, counted: Counted, asked: Asked, zone: str) -> dict[str, Any]:
    facts = counted.facts
    assert facts is not None
    return _spec(
        measure, asked, period=facts.period, zone=zone, since=facts.starts[0], until=facts.periods.now.until
    )  # fmt: skip


def _spec(measure: Measure, asked: Asked, **more: Any) -> dict[str, Any]:
    shared = {"metric": measure.name, "scale": measure.scale, "where": asked.where, "model": asked.model}
    spec: ScoresSpec = make(ScoresSpec, shared | more)
    return spec.to_json()


def score(of: figures.Figure, measure: Measure, lang: Lang) -> Score:
    """A figure in a language."""
    unit, (value, low, high) = UNITS[measure.name], of.told
    return Score(
        value=value, shown=wording.shown(unit, value, lang), low=low, high=high,
        interval="" if low is None or high is None else wording.between(unit, low, high, lang), n=of.n,
        effective_n=of.effective_n,
        change=None if of.change is None else wording.change(of.change, unit, lang, worse=of.worse),
    )  # fmt: skip


def _point(
    start: int, of: figures.Figure | None, measure: Measure, period: str, zone: str, lang: Lang
) -> Point:  # fmt: skip
    title = f"{moment(start).astimezone(zone_of(zone)):{_TITLES[period]}}"
    return Point(start=write_instant(start), title=title, score=None if of is None else score(of, measure, lang))


def _ends(measure: Measure) -> str:
    ends = measure.ends
    return "" if ends is None else f"{ends[0]:g}–{ends[1]:g}".replace("-", "−")


def _places(counted: Counted, facts: figures.Facts, lang: Lang) -> list[Place]:
    names = counted.naming.names(counted.by, lang)
    found = []
    for place in facts.places:
        key = facts.names[place]
        if counted.by == "segment" and key is not None:
            found.append(Place(key=key, title=segment_called(key, lang), where=as_segment(key)))
        else:
            title = say(f"voices.without.{counted.by}", lang) if key is None else called(names, key)
            found.append(Place(key=key, title=title, where=None))
    return found


def _notes(facts: figures.Facts, lang: Lang) -> list[str]:
    notes = [say("voices.intervals", lang)]
    if facts.periods.before is not None:
        notes.append(say("overview.compared", lang, compared=facts.compared))
    if facts.weighted:
        notes.append(say("voices.weighted", lang))
    if facts.inexact:
        notes.append(say("voices.inexact", lang))
    return notes
