"""What is under the bell of whoever asks."""

from __future__ import annotations

from typing import cast

from lvtu.core.words import Lang
from lvtu.maps import JourneyMap
from lvtu.maps.history import now_at
from lvtu.service.access import Access
from lvtu.service.bell.places import called
from lvtu.service.bell.schemas import Bell, BellItem, BellKind, BellNew, ReadBell
from lvtu.service.comments.schemas import PersonNamed
from lvtu.service.maps.found import names_of
from lvtu.service.masking import scrubbed


def listed(access: Access, lang: Lang) -> Bell:
    """What is there to know of maps that are there."""
    workspace = access.served.workspace
    notices = access.catalog.notices(access.workspace_id)
    titles = workspace.maps.titles()
    kept = [one for one in notices.of_person(access.person.id) if one.map in titles]
    names = names_of(access, (one.by for one in kept), lang)
    documents: dict[str, JourneyMap] = {id: workspace.maps.of(id).document for id in {one.map for one in kept}}
    items = []
    for one in kept:
        body = one.why.get(lang, "") if one.why else one.body
        items.append(BellItem(
            id=one.id, kind=cast(BellKind, one.kind), map=one.map, title=titles[one.map][lang],
            at=_at(documents[one.map], one.part, one.key), place=called(documents[one.map], one.part, one.key, lang),
            author=PersonNamed(id=one.by, name=names[one.by]) if one.by and one.by in names else None,
            body=scrubbed(body) if access.masked and not one.why else body, when=one.at.isoformat(), read=one.read,
        ))  # fmt: skip
    return Bell(new=notices.new(access.person.id), items=items)


def new(access: Access) -> BellNew:
    """How much is new."""
    return BellNew(new=access.catalog.notices(access.workspace_id).new(access.person.id))


def read(access: Access, read: ReadBell) -> BellNew:
    """Note what was read; what is left."""
    access.catalog.notices(access.workspace_id).read(access.person.id, read.ids, map_id=read.map)
    return new(access)


def _at(map_: JourneyMap, part: str, key: str) -> str | None:
    if part == "cards":
        card = next((one for one in map_.cards if one.key == key), None)
        return None if card is None else f"{card.lane}/{card.step}"
    return now_at(map_, part, key) if part in ("steps", "cells") else None
