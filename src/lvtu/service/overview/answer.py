"""An overview in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lvtu.analyses.calendars import zone_of
from lvtu.analyses.overview import facts as counting
from lvtu.analyses.overview.periods import Periods as Spans
from lvtu.analyses.overview.periods import Window
from lvtu.analyses.overview.strip import spec_of
from lvtu.analyses.trend import TrendSpec
from lvtu.core.model.presets import preset
from lvtu.core.segments import as_segment
from lvtu.core.units import moment, spell, write_instant
from lvtu.core.words import Lang, say, spoken
from lvtu.service.overview.schemas import Matter, Model, Overview, Period, Periods, Stage, Target
from lvtu.service.overview.wording import UNITS, dwell, figure, shown, title

if TYPE_CHECKING:
    from lvtu.service.overview.service import Asked, Counted

_LISTED = 8
"""Matters of one kind at most: a list of everything is none of what is pressing."""


def overview(counted: Counted, asked: Asked, zone: str, lang: Lang) -> Overview:
    """What was counted, in a language."""
    facts = counted.facts
    if facts is None:
        start = Matter(
            code="bring_data", level="info", text=say("overview.bring_data", lang), target=Target(page="start")
        )
        aside = _aside(counted, lang)
        return Overview(
            state="empty", token=counted.token, at=write_instant(counted.at), next=start, attention=aside
        )  # fmt: skip
    fits = facts.model is not None and len(facts.unseen) < len(facts.stages)
    spec = None
    if facts.model is not None:
        where = as_segment(asked.segment) if asked.segment else None
        spec = spec_of(facts.periods.now, where, asked.model).to_json()
    return Overview(
        state="ok" if fits else "no_model" if facts.model is None else "unfit", token=counted.token,
        at=write_instant(counted.at), period=periods_of(facts.periods, zone, lang), model=_model(facts, lang),
        spec=spec,
        headline=[figure(one, lang) for one in facts.headline], stages=_stages(facts, lang),
        compared=facts.compared,
        changed=sum(one.change is not None and one.change.changed for one in facts.figures),
        attention=[
            *_worse(facts, spec, lang), *_late(counted, lang), *_silent(counted, zone, lang), *_broken(counted, lang),
            *_aside(counted, lang), *_unseen(facts, fits, lang),
        ],
        next=None if fits else _next(counted, lang), notes=_notes(counted, facts, lang),
    )  # fmt: skip


def periods_of(spans: Spans, zone: str, lang: Lang) -> Periods:
    """Of which time something is, in a language."""
    text = _told(spans, zone, lang)
    before = None if spans.before is None else _period(spans.before.since, spans.before.until)
    now = _period(spans.now.since, spans.now.until)
    return Periods(kind=spans.kind, days=spans.days, now=now, before=before, text=text)


def _told(spans: Spans, zone: str, lang: Lang) -> str:
    """Which time is shown, and beside which other, or why beside none."""
    if spans.kind == "waves" and spans.before is not None:
        waves = {"now": _days(spans.now, zone, lang), "before": _days(spans.before, zone, lang)}
        return say("overview.period_waves", lang, **waves)
    told = {"days": spans.days, "since": _day(spans.now.since, zone), "until": _day(spans.now.until - 1, zone)}
    text = say(f"overview.period_{spans.kind}", lang, **told)
    if spans.before is not None:
        return text + say("overview.period_before", lang, days=spans.days)
    return text + say("overview.period_alone", lang) if spans.kind == "asked" else text


def _period(since: int, until: int) -> Period:
    return Period(since=write_instant(since), until=write_instant(until))


def _days(window: Window, zone: str, lang: Lang) -> str:
    """A stretch of whole days; one of them alone is said once."""
    since, until = _day(window.since, zone), _day(window.until - 1, zone)
    return since if since == until else say("overview.period_asked", lang, since=since, until=until)


def _day(time: int, zone: str) -> str:
    return f"{moment(time).astimezone(zone_of(zone)):%Y-%m-%d}"


def _model(facts: counting.Facts, lang: Lang) -> Model | None:
    model = facts.model
    return None if model is None else Model(key=model.key, version=model.version, title=model.title.get(lang))


def _name(facts: counting.Facts, key: str, lang: Lang) -> str:
    assert facts.model is not None
    return facts.model.stage(key).name.get(lang)


def _stages(facts: counting.Facts, lang: Lang) -> list[Stage]:
    return [
        Stage(
            key=one.key, name=_name(facts, one.key, lang), seen=one.key not in facts.unseen,
            reached=figure(one.reached, lang),
            conversion=None if one.conversion is None else figure(one.conversion, lang),
            dwell=dwell(one.dwell, one.p90, lang), feelings=[figure(felt, lang) for felt in one.feelings],
        )
        for one in facts.stages
    ]  # fmt: skip


# What needs a person's eye.


def _worse(facts: counting.Facts, spec: dict[str, Any] | None, lang: Lang) -> list[Matter]:
    """What has fallen, and not by chance; the surest first."""
    found: list[tuple[float, Matter]] = []
    trend = TrendSpec(since=facts.periods.now.since, until=facts.periods.now.until).to_json()
    placed = [(None, one) for one in facts.headline]
    placed += [(stage.key, one) for stage in facts.stages for one in stage.figures]  # type: ignore[misc]
    for key, one in placed:
        if not one.worse or one.change is None:
            continue
        unit = UNITS.get(one.code, "count")
        told = {
            "what": title(one, lang), "before": shown(unit, one.change.before, lang, one.of),
            "now": shown(unit, one.value, lang, one.of),
        }  # fmt: skip
        where: dict[str, str] = {} if key is None else {"stage": _name(facts, key, lang)}
        explore = Target(page="explore", params={"spec": trend if key is None else spec})
        text = say("overview.fell_in" if where else "overview.fell", lang, **told, **where)
        matter = Matter(code=f"fell_{one.code}", level="worse", text=text, target=explore)
        found.append((one.change.p_adjusted or 0.0, matter))
    return [matter for _, matter in sorted(found, key=lambda pair: pair[0])][:_LISTED]


def _late(counted: Counted, lang: Lang) -> list[Matter]:
    if counted.late is None:
        return []
    age, usual = (spoken(spell(span), lang) for span in counted.late)
    text = say("overview.late", lang, age=age, usual=usual)
    return [Matter(code="late", level="warning", text=text, target=Target(page="data", params={"tab": "sources"}))]


def _silent(counted: Counted, zone: str, lang: Lang) -> list[Matter]:
    return [
        Matter(
            code="silent_source", level="warning",
            text=say("overview.silent", lang, source=one.source or say("terms.missing", lang), days=one.days,
                     last=_day(one.last, zone)),
            target=Target(page="data", params={"tab": "sources", "source": one.source}),
        )
        for one in counted.silent[:_LISTED]
    ]  # fmt: skip


def _broken(counted: Counted, lang: Lang) -> list[Matter]:
    return [
        Matter(
            code="contract_broken", level="warning", text=say("overview.broken", lang, event=event, times=times),
            target=Target(page="data", params={"tab": "contracts", "event": event}),
        )
        for event, times in counted.broken[:_LISTED]
    ]  # fmt: skip


def _aside(counted: Counted, lang: Lang) -> list[Matter]:
    if not counted.aside:
        return []
    target = Target(page="data", params={"tab": "quarantine"})
    text = say("overview.aside", lang, rows=counted.aside)
    return [Matter(code="quarantine", level="warning", text=text, target=target)]


def _unseen(facts: counting.Facts, fits: bool, lang: Lang) -> list[Matter]:
    """The stages of a model that fits by and large, but that no event can enter: a slip in the model, most often."""
    if not fits or not facts.unseen or facts.model is None:
        return []
    names = say("values.and", lang).join(_name(facts, key, lang) for key in facts.unseen)
    target = Target(page="settings", params={"tab": "models", "model": facts.model.key})
    text = say("overview.unseen", lang, stages=names)
    return [Matter(code="unseen_stages", level="info", text=text, target=target)]


def _next(counted: Counted, lang: Lang) -> Matter:
    if counted.fitting is None:
        target = Target(page="settings", params={"tab": "models"})
        return Matter(code="make_model", level="info", text=say("overview.make_model", lang), target=target)
    key, fits, stages = counted.fitting
    target = Target(page="settings", params={"tab": "models", "preset": key})
    name = preset(key).title.get(lang)
    text = say("overview.choose_model", lang, model=name, fits=fits, stages=stages)
    return Matter(code="choose_model", level="info", text=text, target=target)


def _notes(counted: Counted, facts: counting.Facts, lang: Lang) -> list[str]:
    notes = [say("overview.simulated", lang)] if counted.simulated else []
    notes += [say("overview.strip", lang)] if facts.stages else []
    if facts.periods.before is not None:
        notes.append(say("overview.compared", lang, compared=facts.compared))
    if facts.untimed:
        notes.append(say("notes.untimed_stays", lang, times=facts.untimed))
    return notes
