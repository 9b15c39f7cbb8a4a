"""What is under the bell of whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lvtu.catalog.notices import Noticed
from lvtu.core.words import Lang
from lvtu.maps import JourneyMap
from lvtu.maps.history import now_at
from lvtu.service.access import Access
from lvtu.service.bell.places import called
from lvtu.service.bell.schemas import Bell, BellItem, BellKind, BellNew, BellNumber, ReadBell
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
    items = [_item(access, one, documents[one.map], titles[one.map][lang], names, lang) for one in kept]
    return Bell(new=notices.new(access.person.id, titles), items=items)


def new(access: Access) -> BellNew:
    """How much is new."""
    maps = access.served.workspace.maps.titles()
    return BellNew(new=access.catalog.notices(access.workspace_id).new(access.person.id, maps))


def read(access: Access, read: ReadBell) -> BellNew:
    """Note what was read; what is left."""
    access.catalog.notices(access.workspace_id).read(access.person.id, read.ids, map_id=read.map)
    return new(access)


def _item(
    access: Access, one: Noticed, map_: JourneyMap, title: str, names: Mapping[str | None, str], lang: Lang
) -> BellItem:  # fmt: skip
    key = now_at(map_, one.part, one.key)
    numbers = [
        BellNumber(place=place, why=cell.why[lang], at=f"{cell.lane}/{cell.step}" if cell.lane else None)
        for cell in one.cells
        if (place := called(map_, *cell.place, lang))
    ]
    return BellItem(
        id=one.id, kind=cast(BellKind, one.kind), map=one.map, title=title, about=f"{one.part}/{key}" if key else None,
        place=called(map_, one.part, one.key, lang), numbers=numbers,
        author=PersonNamed(id=one.by, name=names[one.by]) if one.by and one.by in names else None,
        body=scrubbed(one.body) if access.masked else one.body, when=one.at.isoformat(), read=one.read,
    )  # fmt: skip
