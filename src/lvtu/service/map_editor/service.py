"""Edits of maps for people who work in one at the same time; pictures; new maps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lvtu.core.words import Lang, say
from lvtu.errors import BadInput, UnknownName
from lvtu.maps import JourneyMap, Map
from lvtu.maps.changes import Change, changes
from lvtu.maps.library import blank
from lvtu.maps.library import lanes as offered
from lvtu.service.access import Access
from lvtu.service.languages import Both
from lvtu.service.map_editor.schemas import MapEdit, MapEdited, MapImage, MapLane, MapLanes, MapNew, MapUndoable
from lvtu.service.maps.found import by, found, map_of
from lvtu.service.maps.schemas import MapOf
from lvtu.service.maps.service import told
from lvtu.service.problems import Conflict, NotFound

_TRIES = 5
"""Times that an edit is made anew where somebody else was first."""


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


def edit(access: Access, id: str, edit: MapEdit) -> MapEdited:
    """Make an edit.

    Raises:
        Conflict: somebody else has changed the same since whoever edits has seen it.
    """
    arguments = {name: value for name, value in edit.model_dump().items() if name not in ("edit", "seen")}

    def make(map_: Map) -> None:
        before = map_.document if edit.seen is not None else None
        changed = [] if before is None else _of_others(map_, edit.seen or 0, by(access))
        if before is not None and changed:
            _refuse_overwriting(before, {"edit": edit.edit, **arguments}, changed)
        map_.edit(edit.edit, by=by(access), **arguments)

    return _edited(access, id, make)


def undo(access: Access, id: str) -> MapEdited:
    """Take back one's own last edit."""
    return _edited(access, id, lambda map_: map_.undo(by=by(access)))


def redo(access: Access, id: str) -> MapEdited:
    """Do again what one took back last."""
    return _edited(access, id, lambda map_: map_.redo(by=by(access)))


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


def _of_others(map_: Map, seen: int, me: str) -> list[tuple[str, Change]]:
    return [(one["by"], change) for one in map_.history(seen) if one["by"] != me for change in one["changes"]]


def _refuse_overwriting(before: JourneyMap, edit: dict[str, object], others: Iterable[tuple[str, Change]]) -> None:
    """Refuse an edit of what somebody else has changed meanwhile, or of what they have taken away."""
    from lvtu.maps.edits import made

    others = list(others)
    try:
        mine = changes(before, made(before, edit))
    except UnknownName as error:
        for who, change in others:
            if change.kind == "removed" and change.key == error.values.get("name"):
                raise Conflict("removed_meanwhile", who=who, name=_name(change.was)) from None
        raise
    theirs = {(change.part, change.key, change.field): (who, change) for who, change in others}
    for place in _places(mine):
        if place in theirs:
            who, change = theirs[place]
            name = _name(change.was) or _name(_part(before, change)) or change.key or ""
            raise Conflict("edited_meanwhile", who=who, name=name)


def _places(mine: Iterable[Change]) -> Iterator[tuple[str, str | None, str | None]]:
    """What an edit writes over: fields of parts. Where something stands may be said by both: the last word counts."""
    for change in mine:
        if change.kind == "changed":
            yield change.part, change.key, change.field


def _part(map_: JourneyMap, change: Change) -> object:
    parts = map_.document().get(change.part, ())
    return next((one for one in parts if isinstance(one, dict) and one.get("key") == change.key), None)


def _name(part: object) -> str:
    """What a part is called, to who reads of it: its name, label or text."""
    words = part
    if isinstance(part, dict) and "en" not in part:
        words = next((part[field] for field in ("name", "label", "text", "title") if part.get(field)), None)
    text = str(words["zh"] if words.get("zh") == words.get("en") else f"{words.get('en')} / {words.get('zh')}") if (
        isinstance(words, dict)
    ) else words if isinstance(words, str) else ""  # fmt: skip
    return text if len(text) <= 60 else f"{text[:59]}…"


def _edited(access: Access, id: str, make: Callable[[Map], None]) -> MapEdited:
    with found(id):
        map_ = map_of(access, id)
        for turn in range(_TRIES):
            before = map_.document
            try:
                make(map_)
                break
            except BadInput as error:  # somebody else was first: once more, on what they left
                if error.code != "map_moved_on":
                    raise
                if turn == _TRIES - 1:
                    values = error.values
                    raise Conflict("map_moved_on", map=values["map"], step=values["step"], now=values["now"]) from None
        now = map_.document
    made = [one.model_dump(mode="json", exclude_none=True) for one in changes(before, now)]
    return MapEdited(step=map_.step, changes=made, document=now.document())
