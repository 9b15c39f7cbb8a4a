"""Edits of maps for people who work in one at the same time; pictures; new maps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lvtu.core.words import Lang, say
from lvtu.errors import BadInput, UnknownName
from lvtu.maps import Map
from lvtu.maps.changes import Change, changes
from lvtu.maps.library import blank
from lvtu.maps.library import lanes as offered
from lvtu.service.access import Access
from lvtu.service.languages import Both
from lvtu.service.map_editor.meanwhile import Meanwhile
from lvtu.service.map_editor.schemas import MapEdit, MapEdited, MapImage, MapLane, MapLanes, MapNew, MapUndoable
from lvtu.service.maps.found import by, found, map_of, signer
from lvtu.service.maps.schemas import MapOf
from lvtu.service.maps.service import told
from lvtu.service.problems import Conflict, NotFound


def lanes(access: Access, lang: Lang) -> MapLanes:
    """The lanes that a map can have."""
    return MapLanes(
        lanes=[
            MapLane(role=one.role, group=one.group, kind=one.kind, label=Both.of(one.label),
                    about=say(f"lanes.{one.role}.about", lang))
            for one in offered()
        ]
    )  # fmt: skip


def begin(access: Access, new: MapNew, lang: Lang) -> MapOf:
    """A map with nothing in it yet."""
    title = new.title if isinstance(new.title, str) else new.title.model_dump()
    return told(access, access.served.workspace.maps.load(blank(title), by=by(access)), lang)


def edit(access: Access, id: str, edit: MapEdit, once: str | None = None) -> MapEdited:
    """Make an edit; one that came before under the same `once` is not made again.

    Raises:
        Conflict: somebody else has changed the same since whoever edits has seen it.
    """
    arguments = {name: value for name, value in edit.model_dump().items() if name not in ("edit", "seen")}
    with found(id):
        map_ = map_of(access, id)
        me, free = by(access), map_.allow
        others = Meanwhile(map_, edit.seen, me, partial(signer, access))

        def allow(what: str, made: tuple[Change, ...]) -> None:
            if free is not None:
                free(what, made)
            others.refuse(made)

        map_.allow = allow
        with others.named():
            return _edited(map_, lambda: map_.edit(edit.edit, by=me, once=once, **arguments))


def undo(access: Access, id: str, once: str | None) -> MapEdited:
    """Take back one's own last edit."""
    with found(id):
        map_ = map_of(access, id)
        return _edited(map_, lambda: map_.undo(by=by(access), once=once))


def redo(access: Access, id: str, once: str | None) -> MapEdited:
    """Do again what one took back last."""
    with found(id):
        map_ = map_of(access, id)
        return _edited(map_, lambda: map_.redo(by=by(access), once=once))


def undoable(access: Access, id: str, lang: Lang) -> MapUndoable:
    """What one could take back, and do again."""
    with found(id):
        back, again = map_of(access, id).undoable(lang, by=by(access))
    return MapUndoable(undo=back, redo=again)


def add_image(access: Access, id: str, content: bytes) -> MapImage:
    """Keep a picture."""
    with found(id):
        return MapImage(image=map_of(access, id).add_image(content))


def image(access: Access, id: str, image: str) -> tuple[str, bytes]:
    """A picture: its type and content.

    Raises:
        NotFound: there is none of that id.
    """
    try:
        return map_of(access, id).image(image)
    except UnknownName:
        raise NotFound("image", image, []) from None


def _edited(map_: Map, make: Callable[[], None]) -> MapEdited:
    before = map_.document
    try:
        make()
    except BadInput as error:
        if error.code != "map_moved_on":
            raise
        values = error.values
        raise Conflict("map_moved_on", map=values["map"], step=values["step"], now=values["now"]) from None
    now, step = map_.state()
    made = [one.model_dump(mode="json", exclude_none=True) for one in changes(before, now)]
    return MapEdited(step=step, changes=made, document=now.document())
