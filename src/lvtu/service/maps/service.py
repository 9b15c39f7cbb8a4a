"""Journey maps: kept in the workspace's books, answered once for everybody who looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from lvtu.core.units import moment
from lvtu.core.words import Lang
from lvtu.maps import JourneyMap, Map
from lvtu.maps.authors import Signed
from lvtu.maps.autodraw import SURVEY
from lvtu.maps.drawing.numbers import aim, interval, number
from lvtu.maps.live import Filled, Value
from lvtu.maps.live.filled import Unit
from lvtu.maps.live.freshness import numbers_of
from lvtu.maps.live.score import journey_score
from lvtu.maps.live.unplaced import named_in
from lvtu.maps.look import Look
from lvtu.maps.surveyed import Question, answers_to, questions
from lvtu.service.access import Access, Role
from lvtu.service.maps.answering import answered as _answers
from lvtu.service.maps.asked import worded
from lvtu.service.maps.found import by as _by
from lvtu.service.maps.found import found as _found
from lvtu.service.maps.found import map_of as _map
from lvtu.service.maps.found import signers
from lvtu.service.maps.looking import looked
from lvtu.service.maps.schemas import (
    JourneyScore,
    MapAnswers,
    MapBeside,
    MapCell,
    MapDrawing,
    MapGap,
    MapModel,
    MapOf,
    MapPlanned,
    MapQuestion,
    MapQuote,
    MapRow,
    Maps,
    NamedVersion,
)
from lvtu.service.maps.whom import asked


def listed(access: Access, lang: Lang) -> Maps:
    """The maps, the one that was edited last first."""
    workspace = access.served.workspace
    models = sorted(workspace.models(), key=lambda one: not one["default"])
    maps = list(workspace.maps)
    signed = [one.signed for one in maps]
    names = signers(access, signed)
    return Maps(
        maps=[_row(one, names[who], lang) for one, who in zip(maps, signed, strict=True)],
        models=[MapModel(key=one["key"], title=one["title"][lang]) for one in models],
    )


def _row(one: Map, by: str, lang: Lang) -> MapRow:
    document, (edited, _) = one.document.spoken(lang), one.edited
    return MapRow(
        id=one.id, title=document.title.get(lang), state=document.state, status=document.status, owner=document.owner,
        stages=len(document.stages), steps=len(document.steps), cards=len(document.cards), edited=edited, by=by,
    )  # fmt: skip


def draw(access: Access, drawing: MapDrawing, lang: Lang) -> MapOf:
    """Draw a map from the data."""
    title = drawing.title if isinstance(drawing.title, str | None) else drawing.title.model_dump()
    steps = None if drawing.steps is None else [one.model_dump() for one in drawing.steps]
    about = drawing.where, drawing.since, drawing.until
    found = _questions(access, lang, *about) if drawing.model == SURVEY or steps is not None else None
    made = access.served.workspace.maps.autodraw(
        title, drawing.model, *about, steps=steps, asked=found, by=_by(access)
    )  # fmt: skip
    return told(access, made, lang)


def rated(access: Access, lang: Lang) -> list[MapQuestion]:
    """The questions of surveys that a map's steps can be."""
    drawn = {title for map_ in access.served.workspace.maps for title in named_in(map_.document)}
    return [
        MapQuestion(
            question=one.title,
            where=answers_to(one.title),
            name=one.name,
            stage=one.stage,
            by=one.by,
            scale=one.scale,
            n=one.n,
            overall=one.overall,
            survey=one.survey,
            drawn=one.title in drawn,
        )
        for one in _questions(access, lang)
        if one.scale
    ]


def _questions(
    access: Access, lang: Lang, where: str | None = None, since: str | None = None, until: str | None = None
) -> list[Question]:
    """What surveys asked, those that were made here in their words."""
    surveys = access.catalog.surveys.of_workspace(access.served.id)
    found = questions(access.served.workspace, where, since, until)
    return worded(found, [one.draft for one in surveys], lang)


def load(access: Access, document: dict[str, Any], lang: Lang) -> MapOf:
    """Keep a map that was brought in."""
    id = str(document.get("id", ""))
    kept = access.served.workspace.maps.load(document, by=_by(access), allow=_map(access, id).allow)
    return told(access, kept, lang)


def one(access: Access, id: str, lang: Lang) -> MapOf:
    """A map.

    Raises:
        NotFound: there is none of that id.
    """
    with _found(id):
        return told(access, _map(access, id), lang)


def picture(access: Access, id: str, look: Look) -> str:
    """A map as SVG, as somebody looks at it."""
    with _found(id):
        map_, look, found = looked(access, id, look)
        return map_.picture(look, found)


def answers(
    access: Access, id: str, lang: Lang, who: str | None = None, compare: str | None = None, weighted: bool = True
) -> MapAnswers:
    """What the data say to a map, as people read it, from a perspective, beside another."""
    who, compare = (asked(access, one) for one in (who, compare))
    with _found(id):
        map_ = _map(access, id)
        document, found = map_.document, _answers(access, map_, who, compare, weighted)
    period = found.period or (None, None)
    notes = [note.text(lang) for note in found.notes]
    return MapAnswers(
        cells=[*_head(document, found, lang), *_cells(document, found, lang)],
        quotes=[
            MapQuote(step=step, text=one.text, event=one.source, speaker=one.speaker, date=one.date,
                     feeling=one.feeling)
            for step, some in (*found.quotes.items(), ("", found.unplaced.quotes))
            for one in some
        ],
        unplaced=found.unplaced.n,
        who=None if found.whose is None else found.whose.get(lang), beside=_beside(document, found, lang),
        customers=found.customers, volume={step: value.n for step, value in found.volume.items()},
        plan={step: MapPlanned(**asdict(kept)) for step, kept in found.plan.items()},
        since=_time(period[0]), until=_time(period[1]), notes=notes, weighted=found.weighted,
        live=sum(1 for _ in numbers_of(document, found)),
        stale=len(map_.live.stale(found)),
        scores=[
            JourneyScore(how=how, shown=number(one.value, one.unit, lang), interval=interval(one, lang), n=one.n)
            for how, one in journey_score(document, found).items()
        ],
    )  # fmt: skip


def _head(document: JourneyMap, found: Filled, lang: Lang) -> Iterator[MapCell]:
    for binding in document.bindings:
        value = found.head.get(binding.key)
        if binding.lane is None and value is not None:
            title = binding.title.get(lang) if binding.title else binding.key
            spec = {"analysis": binding.analysis, **binding.spec}
            yield _cell(value, title, lang, None, None, key=binding.key, spec=spec)


def _cells(document: JourneyMap, found: Filled, lang: Lang) -> Iterator[MapCell]:
    for lane in document.lanes:
        for step, value in found.values.get(lane.key, {}).items():
            binding = document.bound(lane.key, step)
            assert binding is not None
            title = f"{document.step(step).name.get(lang)} · {lane.label.get(lang)}"
            spec = {"analysis": binding.analysis, **binding.spec}
            yield _cell(value, title, lang, lane.key, step, spec=spec)


def _cell(value: Value, title: str, lang: Lang, lane: str | None, step: str | None, **more: Any) -> MapCell:
    before = None if value.before is None else number(value.before, value.unit, lang)
    return MapCell(
        lane=lane, step=step, title=title, shown=number(value.value, value.unit, lang), interval=interval(value, lang),
        n=value.n, before=before, worse=value.worse, better=value.better, few=value.few, target=aim(value, lang),
        stale=None if value.stale is None else value.stale.text(lang), **more,
    )  # fmt: skip


def _beside(document: JourneyMap, found: Filled, lang: Lang) -> MapBeside | None:
    if found.beside is None:
        return None
    gaps = [
        MapGap(
            lane=lane, step=step, difference=number(gap.difference, _unit(found, lane, step), lang),
            low=gap.low, high=gap.high, significant=gap.significant,
        )
        for lane, some in found.gaps.items() for step, gap in some.items()
    ]  # fmt: skip
    name = "" if found.beside.whose is None else found.beside.whose.get(lang)
    cells = list(_cells(document, found.beside, lang))
    return MapBeside(who=name, customers=found.beside.customers, cells=cells, gaps=gaps)


def _unit(found: Filled, lane: str, step: str) -> Unit:
    value = found.values.get(lane, {}).get(step)
    return "mean" if value is None else value.unit


def _time(at: int | None) -> str | None:
    return None if at is None else moment(at).isoformat()


def remove(access: Access, id: str) -> None:
    """Take a map away."""
    with _found(id):
        _map(access, id).remove()
    access.catalog.comments(access.workspace_id).forget(id)
    access.catalog.notices(access.workspace_id).forget(id)
    access.catalog.workshops(access.workspace_id).forget(id)


def told(access: Access, map_: Map, lang: Lang) -> MapOf:
    """A map as whoever asks sees it."""
    (document, step), kept = map_.state(), map_.versions()
    signed = [Signed(one["by"], one.pop("author")) for one in kept]
    names = signers(access, signed)
    return MapOf(
        id=map_.id, step=step, title=document.title.get(lang), document=document.document(),
        versions=[NamedVersion(**one | {"by": names[who]}) for one, who in zip(kept, signed, strict=True)],
        edits=access.role >= Role.editor,
    )  # fmt: skip
