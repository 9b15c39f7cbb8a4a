"""What the places of a map can be shown with, and what they would show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lvtu.analyses.calendars import zone_of
from lvtu.analyses.naming import Naming, scale_name
from lvtu.analyses.scores.measures import usual_of
from lvtu.analyses.wording import wording_of
from lvtu.analyses.wording.cells import heading
from lvtu.core.words import Lang, say, speaking
from lvtu.errors import BadInput
from lvtu.maps import JourneyMap
from lvtu.maps.document import Binding
from lvtu.maps.drawing.numbers import interval, number
from lvtu.maps.edits import made
from lvtu.maps.live.spoken import Spoken, feeling_of
from lvtu.service.access import Access
from lvtu.service.boards.service import KIND as BOARD
from lvtu.service.cells.schemas import (
    BindingChoices,
    BindingShows,
    BindingTried,
    MovedStep,
    Shown,
    TriedCell,
    TriedColumn,
)
from lvtu.service.cells.service import days
from lvtu.service.maps.found import found, map_of

_PARTS = ("quality", "perception", "emotion", "effort")
_MOST = 12
"""Events that are offered as questions of their own."""


def choices(access: Access, id: str, lang: Lang) -> BindingChoices:
    """What a map can be shown with, what most customers answered first.

    Raises:
        NotFound: there is none of that id.
    """
    with found(id):
        map_ = map_of(access, id)
        spoken = access.served.maps.heard(map_)
    return BindingChoices(choices=[*_answered(access, spoken, lang), *_kept(access, lang)])


def _answered(access: Access, spoken: Spoken | None, lang: Lang) -> Iterator[Shown]:
    if spoken is None:
        return
    facts = spoken.facts
    scales = [one for one in facts.scales if one.measure.name != "sentiment"]
    for one in scales:
        scale, called = one.measure.scale, scale_name(one.measure.scale, lang)
        for name in dict.fromkeys((feeling_of(scale).name, usual_of(scale).name, "mean")):
            spec = {"metric": name, "scale": scale}
            title = say("maps.shown.measure", lang, scale=called, measure=say(f"measures.{name}", lang))
            yield _choice("scales", f"{name}/{scale}", title, "scores", spec, lang, n=one.figure.n)
    usual = {one.measure.scale: one.measure.name for one in scales}
    names = access.served.workspace.asked(lambda snapshot, _: Naming.of(snapshot)).names("event", lang)
    for event, scale in facts.events[:_MOST] if len(facts.events) > 1 else ():
        if scale in usual:
            spec = {"metric": usual[scale], "scale": scale, "event": event}
            title = say("maps.shown.measure", lang, scale=names.get(event, event), measure=scale_name(scale, lang))
            yield _choice("questions", f"{event}/{scale}", title, "scores", spec, lang)
    if facts.texts:
        yield _choice("texts", "sentiment", scale_name("sentiment", lang), "scores", {"metric": "sentiment"}, lang)
        titles = Naming(read=access.served.workspace.voice.desk().readings.titles).names("topic_read", lang)
        for code, title in titles.items():
            spec = {"metric": "sentiment", "where": f"topics_read contains '{code}'"}
            yield _choice("texts", code, say("maps.shown.topic", lang, topic=title), "scores", spec, lang)
    for part in _PARTS if facts.scales else ():
        yield _choice("quality", part, say(f"maps.shown.{part}", lang), "touchpoint_quality", {}, lang, value=part)


def _kept(access: Access, lang: Lang) -> Iterator[Shown]:
    for metric in access.served.workspace.metrics():
        yield _choice("metrics", metric.key, metric.title.get(lang), "metric", {"name": metric.key}, lang)
    for board in access.documents(BOARD).list():
        for tile in board.body["tiles"]:
            question = dict(tile["question"])
            analysis = str(question.pop("analysis"))
            title = (tile.get("title") or {}).get(lang) or say(f"forms.{analysis}.title", lang)
            yield _choice("boards", f"{board.id}/{tile['id']}", title, analysis, question, lang)


def _choice(
    group: Any, key: str, title: str, analysis: str, spec: dict[str, Any], lang: Lang, *, value: str | None = None,
    n: int | None = None,
) -> Shown:  # fmt: skip
    return Shown(
        key=f"{group}/{key}", group=group, group_name=say(f"maps.shown.groups.{group}", lang), title=title,
        analysis=analysis, spec=spec, value=value, n=n,
    )  # fmt: skip


def preview(access: Access, id: str, asked: BindingTried, lang: Lang) -> BindingShows:
    """What a map would show.

    Raises:
        NotFound: there is none of that id.
        LvtuError: the question cannot be asked, or not of this place; the edit does not fit.
    """
    with found(id):
        live = map_of(access, id).live
        document = live.document
        if asked.edit is not None:
            after = made(document, asked.edit)
            moves = live.moved(after)
            return BindingShows(cells=[], columns=[], shown=None, moves=[
                MovedStep(step=key, title=_called(after if key in _keys(after) else document, key, lang),
                          before=was, after=now)
                for key, (was, now) in moves.items()
            ])  # fmt: skip
        if asked.binding is None:
            raise BadInput("nothing_to_try")
        binding = Binding.model_validate({"key": "new", **asked.binding})
        tried = live.tried(binding)  # a lane that is not there yet shows what any other would
    cells = [
        TriedCell(
            step=step, title=_called(document, step, lang), shown=number(value.value, value.unit, lang),
            interval=interval(value, lang), n=value.n,
        )
        for step, value in sorted(tried.values.items(), key=lambda one: _place(document, one[0]))
    ]  # fmt: skip
    with speaking(lang):
        heads = wording_of(binding.analysis).heads
        columns = [TriedColumn(name=name, title=heading(heads.get(name, name))) for name in tried.columns]
    if binding.analysis == "scores":  # the figure is called as what it is, not as an amount
        called = say(f"measures.{binding.spec.get('metric', 'nps')}", lang)
        columns = [TriedColumn(name=one.name, title=called) if one.name == "value" else one for one in columns]
    zone = zone_of(access.served.workspace.config.zone)
    period = "" if tried.period is None else days(*tried.period, zone)
    return BindingShows(
        cells=cells, columns=columns, shown=tried.shown, period=period, whole=tried.whole, moves=[]
    )  # fmt: skip


def _keys(document: JourneyMap) -> set[str]:
    return {step.key for step in document.steps}


def _place(document: JourneyMap, step: str) -> int:
    return [one.key for one in document.steps].index(step) if step else -1


def _called(document: JourneyMap, step: str, lang: Lang) -> str:
    return document.step(step).name.get(lang) if step else document.title.get(lang)
