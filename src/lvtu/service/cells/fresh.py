"""Whether maps can be relied on, as people read it."""

from __future__ import annotations

from lvtu.core.model.text import said_in
from lvtu.core.units import moment
from lvtu.core.words import Lang
from lvtu.maps import JourneyMap, Map
from lvtu.maps.authors import Signed
from lvtu.maps.live.freshness import Stale, numbers_of
from lvtu.service.access import Access
from lvtu.service.bell.looking import note
from lvtu.service.cells.reliance import MapFresh, StaleCell
from lvtu.service.maps.found import by, found, map_of, signer


def of(access: Access, id: str, lang: Lang) -> MapFresh:
    """How far one can be relied on.

    Raises:
        NotFound: there is none of that id.
    """
    with found(id):
        return _told(access, map_of(access, id), lang)


def see(access: Access, id: str, lang: Lang) -> MapFresh:
    """Say that the numbers of a map have been looked through."""
    with found(id):
        map_ = map_of(access, id)
        answers = access.served.maps.answers(map_)
        map_.live.see(by(access), counted=answers)
        note(access.catalog, access.served, map_, answers)
        return _told(access, map_, lang)


def _told(access: Access, map_: Map, lang: Lang) -> MapFresh:
    document, answers, live = map_.document, access.served.maps.answers(map_), map_.live
    seen = live.seen
    return MapFresh(
        map=map_.id, live=sum(1 for _ in numbers_of(document, answers)),
        stale=[_cell(document, one, lang) for one in live.stale(answers)],
        seen=None if seen is None else moment(seen.time).isoformat(),
        by=None if seen is None else signer(access, Signed(seen.by, seen.author)),
    )  # fmt: skip


def _cell(document: JourneyMap, one: Stale, lang: Lang) -> StaleCell:
    if one.lane:
        title = f"{document.step(one.step).name.get(lang)} · {document.lane(one.lane).label.get(lang)}"
    else:
        title = titled(document, one.binding, lang)
    return StaleCell(
        lane=one.lane or None, step=one.step or None, key=one.binding, title=title, kind=one.kind,
        why=one.why.text(lang), owner=said_in(document.department(one.owner), lang),
    )  # fmt: skip


def titled(document: JourneyMap, binding: str, lang: Lang) -> str:
    """What people call a number of the head."""
    own = document.binding(binding)
    return own.title.get(lang) if own.title else binding
