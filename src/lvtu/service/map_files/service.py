"""Maps read from files and written as files; what is shown when they are presented."""

from __future__ import annotations

from pathlib import Path

from lvtu.core.words import Lang
from lvtu.errors import UnknownName
from lvtu.maps.drawing.frames import frames_of
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.formats import Format, Written
from lvtu.maps.exchange.incoming import incoming
from lvtu.maps.exchange.table import footer
from lvtu.maps.look import Look
from lvtu.service.access import Access
from lvtu.service.map_files.schemas import MapFrame, MapFrames, MapImport
from lvtu.service.maps.answering import answered
from lvtu.service.maps.found import found, map_of
from lvtu.service.maps.looking import looked


def look(access: Access, path: Path, lang: Lang) -> MapImport:
    """What a file holds. The file keeps its own name."""
    made = incoming(path, language=lang)
    map_, report = made.map, made.report
    return MapImport(
        title=map_.title.get(lang), map=map_.document(), stages=len(map_.stages), steps=len(map_.steps),
        lanes=len(map_.lanes), cards=len(map_.cards), taken=[note.text(lang) for note in report.taken],
        left=[note.text(lang) for note in report.left], again=_there(access, map_.id),
    )  # fmt: skip


def _there(access: Access, id: str) -> bool:
    try:
        return bool(map_of(access, id).step)
    except UnknownName:
        return False


def written(
    access: Access, id: str, look: Look, format: Format, paper: str, scale: float, *, blueprint: bool
) -> tuple[str, Written]:
    """The title of a map, and it as a file, as somebody looks at it."""
    with found(id):
        map_, look, seen = looked(access, id, look)
        made = map_.file(format, look, seen, paper=paper, scale=scale, blueprint=blueprint)
        return map_.document.title.get(look.lang), made


def frames(access: Access, id: str, lang: Lang) -> MapFrames:
    """The frames of a map."""
    with found(id):
        map_ = map_of(access, id)
        document = map_.document
        zone = access.served.workspace.config.zone
        below = footer(Sheet(document, answered(access, map_), lang, zone=zone))
    told = [
        MapFrame(key=one.key, title=one.title.get(lang), text=one.text.get(lang) if one.text else "",
                 steps=list(one.steps), lanes=list(one.lanes))
        for one in frames_of(document)
    ]  # fmt: skip
    return MapFrames(title=document.title.get(lang), frames=told, own=bool(document.frames), footer=below)
