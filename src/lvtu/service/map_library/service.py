"""The library of journey maps, its gallery of templates, and how maps stand within each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from lvtu.catalog.notices import Standing
from lvtu.core.model.text import said_in
from lvtu.core.words import Lang, say
from lvtu.errors import UnknownName
from lvtu.maps import JourneyMap, Map
from lvtu.maps.drawing.numbers import number
from lvtu.maps.drawing.preview import preview as at_a_glance
from lvtu.maps.drawing.svg import svg
from lvtu.maps.nesting import Place, crumbs, places, rolled_up
from lvtu.maps.templates import Template
from lvtu.service.access import Access
from lvtu.service.bell.places import called
from lvtu.service.map_library.schemas import (
    ChildMap,
    Crumb,
    LibraryMap,
    MapFromTemplate,
    MapLibrary,
    MapNesting,
    MapOffer,
    MapStands,
    MapTemplateRow,
    MapTemplates,
    RolledNumber,
    UnsureNumber,
)
from lvtu.service.maps import service as maps
from lvtu.service.maps.found import by, signers
from lvtu.service.maps.schemas import MapOf
from lvtu.service.problems import NotFound


def library(access: Access, lang: Lang) -> MapLibrary:
    """Every map, each followed by those within it."""
    kept = {one.id: one for one in access.served.workspace.maps}
    documents = {id: one.document for id, one in kept.items()}
    above, standings = places(documents), access.catalog.notices(access.workspace_id).standings()
    signed = {id: one.signed for id, one in kept.items()}
    names, within = signers(access, signed.values()), dict[str | None, list[str]]()
    for id in documents:
        way = crumbs(id, above)
        within.setdefault(way[-1].map if way else None, []).append(id)

    def told(top: str | None, level: int) -> Iterator[LibraryMap]:
        for id in within.get(top, ()):
            yield _row(kept[id], names[signed[id]], documents, above.get(id, []), level, standings.get(id), lang)
            yield from told(id, level + 1)

    return MapLibrary(maps=list(told(None, 0)))


def _row(
    map_: Map, by: str, documents: Mapping[str, JourneyMap], above: list[Place], level: int,
    standing: Standing | None, lang: Lang,
) -> LibraryMap:  # fmt: skip
    document, (edited, _) = documents[map_.id].spoken(lang), map_.edited
    step = documents[above[0].map].step(above[0].step).name.get(lang) if above else None
    return LibraryMap(
        id=map_.id, title=document.title.get(lang), state=document.state, status=document.status,
        owner=document.person or document.owner, tags=list(document.tags), stages=len(document.stages),
        steps=len(document.steps), cards=len(document.cards), edited=edited, by=by, level=level,
        above=above[0].map if above else None, step=step, others=max(len(above) - 1, 0),
        stands=None if standing is None else _stands(document, standing, lang),
    )  # fmt: skip


def _stands(document: JourneyMap, standing: Standing, lang: Lang) -> MapStands:
    """How a map stood; what was edited away since does not count."""
    numbers = [
        UnsureNumber(
            title=title,
            kind=cast(Any, one.kind),
            why=one.why[lang],
            owner=said_in(document.department(one.owner), lang),
        )
        for one in standing.cells
        if (title := called(document, *one.place, lang))
    ]
    missed = sum(one.kind == "missed" for one in numbers)
    return MapStands(
        looked=standing.looked.isoformat(), live=standing.live, stale=len(numbers) - missed, missed=missed,
        numbers=numbers,
    )  # fmt: skip


def templates(access: Access, lang: Lang) -> MapTemplates:
    """The gallery."""
    return MapTemplates(
        templates=[
            MapTemplateRow(
                key=one.key, title=one.title.get(lang), about=one.about.get(lang), stages=one.stages, steps=one.steps,
                cards=one.cards, own=one.own,
            )
            for one in access.served.workspace.maps.templates()
        ]
    )  # fmt: skip


def begin(access: Access, key: str, given: MapFromTemplate, lang: Lang) -> MapOf:
    """A new map from a template.

    Raises:
        NotFound: there is no such template.
    """
    _template(access, key)
    title = given.title if isinstance(given.title, str | None) else given.title.model_dump()
    made = access.served.workspace.maps.from_template(key, title, lang, by=by(access))
    return maps.one(access, made.id, lang)


def preview(access: Access, key: str, lang: Lang, *, dark: bool) -> str:
    """A template at a glance, as SVG.

    Raises:
        NotFound: there is no such template.
    """
    return svg(at_a_glance(_template(access, key).map(lang=lang), lang, dark=dark), lang)


def _template(access: Access, key: str) -> Template:
    known = access.served.workspace.maps.templates()
    for one in known:
        if one.key == key:
            return one
    raise NotFound("map_template", key, [one.key for one in known])


def nesting(access: Access, id: str, lang: Lang) -> MapNesting:
    """Where a map stands.

    Raises:
        NotFound: there is no map of that id.
    """
    documents = {one.id: one.document for one in access.served.workspace.maps}
    if id not in documents:
        raise NotFound("map", id, [])
    above = places(documents)
    way = crumbs(id, above)
    told = [
        Crumb(id=place.map, title=documents[place.map].title.get(lang),
              step=documents[place.map].step(place.step).name.get(lang), level=level)
        for level, place in enumerate(way)
    ]  # fmt: skip
    offers = [other for other in documents if other != id and not _leads(other, id, documents)]
    return MapNesting(
        level=len(way), crumbs=told, children=list(_children(access, documents, id, lang)),
        offers=[MapOffer(id=one, title=documents[one].title.get(lang)) for one in offers],
    )  # fmt: skip


def _leads(top: str, id: str, documents: Mapping[str, JourneyMap]) -> bool:
    """Whether a map leads down to another."""
    ways, seen = [top], {top}
    while ways:
        one = documents.get(ways.pop())
        below = {step.child for step in one.steps if step.child is not None} if one is not None else set()
        if id in below:
            return True
        ways += below - seen
        seen |= below
    return False


def _children(access: Access, documents: Mapping[str, JourneyMap], id: str, lang: Lang) -> Iterator[ChildMap]:
    answers = access.served.maps
    for step in documents[id].steps:
        if step.child is None:
            continue
        child = documents.get(step.child)
        numbers = [] if child is None else rolled_up(
            step.child, documents.get, lambda one: answers.answers(access.served.workspace.maps.of(one))
        )  # fmt: skip
        yield ChildMap(
            step=step.key, id=step.child, title="" if child is None else child.title.get(lang),
            numbers=[
                RolledNumber(title=_called(documents, step.child, one.of, lang), n=one.value.n, steps=one.steps,
                             shown=number(one.value.value, one.value.unit, lang))
                for one in numbers
            ],
        )  # fmt: skip


def _called(documents: Mapping[str, JourneyMap], id: str, of: str, lang: Lang) -> str:
    """What a number of a map is called: as its lane, wherever below that stands."""
    if of == "volume":
        return say("maps.visits", lang)
    for one in (documents[id], *documents.values()):
        for lane in one.lanes:
            if lane.key == of:
                return lane.label.get(lang)
    return of


def nest(access: Access, id: str, step: str, child: str | None, lang: Lang) -> MapNesting:
    """Link a map to a step, or none.

    Raises:
        NotFound: there is no such map.
        BadInput: a map would contain itself.
    """
    try:
        access.served.workspace.maps.of(id).nest(step, child, by=by(access))
    except UnknownName as error:
        if error.code != "unknown_map":
            raise
        raise NotFound("map", id if child is None else child, []) from None
    return nesting(access, id, lang)
