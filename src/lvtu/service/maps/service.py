"""Journey maps: kept in the workspace's books, answered once for everybody who looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lvtu.core.units import moment
from lvtu.core.words import Lang
from lvtu.errors import BadInput
from lvtu.maps import JourneyMap, Map
from lvtu.maps.changes import changes
from lvtu.maps.drawing.numbers import aim, interval, number
from lvtu.maps.live import Filled, Value
from lvtu.maps.live.freshness import numbers_of
from lvtu.maps.live.score import journey_score
from lvtu.service.access import Access, Role
from lvtu.service.maps.answering import answered as _answers
from lvtu.service.maps.found import by as _by
from lvtu.service.maps.found import found as _found
from lvtu.service.maps.found import map_of as _map
from lvtu.service.maps.schemas import (
    JourneyScore,
    MapAnswers,
    MapCell,
    MapDrawing,
    MapEdit,
    MapEdited,
    MapModel,
    MapOf,
    MapQuote,
    MapRow,
    Maps,
    NamedVersion,
)
from lvtu.service.problems import Conflict

_TRIES = 5
"""Times that an edit is made anew where somebody else was first."""


def listed(access: Access, lang: Lang) -> Maps:
    """The maps, the one that was edited last first."""
    workspace = access.served.workspace
    models = sorted(workspace.models(), key=lambda one: not one["default"])
    return Maps(
        maps=[_row(one, lang) for one in workspace.maps],
        models=[MapModel(key=one["key"], title=one["title"][lang]) for one in models],
    )


def _row(one: Map, lang: Lang) -> MapRow:
    document, (edited, by) = one.document, one.edited
    return MapRow(
        id=one.id, title=document.title.get(lang), state=document.state, status=document.status, owner=document.owner,
        stages=len(document.stages), steps=len(document.steps), cards=len(document.cards), edited=edited, by=by,
    )  # fmt: skip


def draw(access: Access, drawing: MapDrawing, lang: Lang) -> MapOf:
    """Draw a map from the data."""
    title = drawing.title if isinstance(drawing.title, str | None) else drawing.title.model_dump()
    made = access.served.workspace.maps.autodraw(
        title, drawing.model, drawing.where, drawing.since, drawing.until, by=_by(access)
    )
    return told(access, made, lang)


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


def picture(access: Access, id: str, type: str, style: str, lang: Lang, **look: Any) -> str:
    """A map as SVG; `look` is told to `Map.svg`."""
    with _found(id):
        map_ = _map(access, id)
        return map_.svg(type, style, lang, answers=_answers(access, map_), **look)


def answers(access: Access, id: str, lang: Lang) -> MapAnswers:
    """What the data say to a map, as people read it."""
    with _found(id):
        map_ = _map(access, id)
        document, found = map_.document, _answers(access, map_)
    period = found.period or (None, None)
    notes = [note.text(lang) for note in found.notes]
    return MapAnswers(
        cells=[*_head(document, found, lang), *_cells(document, found, lang)],
        quotes=[
            MapQuote(step=step, text=one.text, event=one.source, speaker=one.speaker, date=one.date,
                     feeling=one.feeling)
            for step, some in found.quotes.items()
            for one in some
        ],
        customers=found.customers, volume={step: value.n for step, value in found.volume.items()},
        since=_time(period[0]), until=_time(period[1]), notes=notes, live=sum(1 for _ in numbers_of(document, found)),
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


def _time(at: int | None) -> str | None:
    return None if at is None else moment(at).isoformat()


def edit(access: Access, id: str, edit: MapEdit) -> MapEdited:
    """Make an edit."""
    arguments = {name: value for name, value in edit.model_dump().items() if name != "edit"}
    return _edited(access, id, lambda map_: map_.edit(edit.edit, by=_by(access), **arguments))


def undo(access: Access, id: str) -> MapEdited:
    """Take back one's own last edit."""
    return _edited(access, id, lambda map_: map_.undo(by=_by(access)))


def _edited(access: Access, id: str, make: Callable[[Map], None]) -> MapEdited:
    with _found(id):
        map_ = _map(access, id)
        for turn in range(_TRIES):
            before = map_.document
            try:
                make(map_)
                break
            except BadInput as error:  # somebody else was first: once more, on what they left
                if error.code != "map_moved_on":
                    raise
                if turn == _TRIES - 1:
                    raise Conflict("map_moved_on", **error.values) from None  # type: ignore[arg-type]
        now = map_.document
    made = [one.model_dump(mode="json", exclude_none=True) for one in changes(before, now)]
    return MapEdited(step=map_.step, changes=made, document=now.document())


def remove(access: Access, id: str) -> None:
    """Take a map away."""
    with _found(id):
        _map(access, id).remove()
    access.catalog.comments(access.workspace_id).forget(id)


def told(access: Access, map_: Map, lang: Lang) -> MapOf:
    """A map as whoever asks sees it."""
    document = map_.document
    return MapOf(
        id=map_.id, step=map_.step, title=document.title.get(lang), document=document.document(),
        versions=[NamedVersion(**one) for one in map_.versions()], edits=access.role >= Role.editor,
    )  # fmt: skip
