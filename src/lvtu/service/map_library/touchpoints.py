"""The touchpoint library, as people read and change it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lvtu.core.model.channels import SEEDED
from lvtu.core.model.text import Text, said_in
from lvtu.core.words import Lang
from lvtu.errors import UnknownName
from lvtu.maps.touchpoints import Used
from lvtu.service.access import Access
from lvtu.service.languages import Both
from lvtu.service.map_library.schemas import (
    LibraryTouchpoint,
    NewTouchpoint,
    TouchpointChanges,
    TouchpointChannel,
    TouchpointLibrary,
    TouchpointUse,
)
from lvtu.service.problems import NotFound


def listed(access: Access, lang: Lang) -> TouchpointLibrary:
    """The library."""
    workspace = access.served.workspace
    channels = {one.key: one for one in SEEDED}
    if workspace.default_model is not None:
        channels = {one.key: one for one in workspace.model().channels}
    return TouchpointLibrary(
        touchpoints=[_row(one, lang) for one in workspace.maps.touchpoints],
        channels=[
            TouchpointChannel(key=one.key, name=one.name.get(lang), online=one.online) for one in channels.values()
        ],
    )


def _row(used: Used, lang: Lang) -> LibraryTouchpoint:
    one = used.touchpoint
    return LibraryTouchpoint(
        id=one.id, name=_both(one.name), channels=list(one.channels), online=one.online,
        location=None if one.location is None else _both(one.location), owner=one.owner,
        department=said_in(used.department, lang), systems=list(one.systems),
        events=[name for rule in one.events for name in rule.events], models=list(used.models),
        ruled=any(not rule.plain for rule in one.events), stages=len(used.stages),
        uses=[
            TouchpointUse(map=map_.id, title=map_.title.get(lang), step=map_.step(step).name.get(lang))
            for map_, step in used.steps
        ],
    )  # fmt: skip


def _both(text: Text) -> Both:
    return Both(zh=text.zh, en=text.en)


def add(access: Access, made: NewTouchpoint, lang: Lang) -> TouchpointLibrary:
    """The library with a touchpoint more.

    Raises:
        BadInput: its id is taken.
    """
    access.served.workspace.maps.touchpoints.put(made.model_dump())
    return listed(access, lang)


def change(access: Access, id: str, changes: TouchpointChanges, lang: Lang) -> TouchpointLibrary:
    """The library with a touchpoint that is otherwise.

    Raises:
        NotFound: there is no such touchpoint.
        BadInput: its parts do not go together.
    """
    with _there(access, id):
        access.served.workspace.maps.touchpoints.change(id, changes.given())
    return listed(access, lang)


def remove(access: Access, id: str, lang: Lang) -> TouchpointLibrary:
    """The library without a touchpoint.

    Raises:
        NotFound: there is no such touchpoint.
        BadInput: something uses it.
    """
    with _there(access, id):
        access.served.workspace.maps.touchpoints.remove(id)
    return listed(access, lang)


@contextmanager
def _there(access: Access, id: str) -> Iterator[None]:
    """Answer a touchpoint that is not there with 404."""
    try:
        yield
    except UnknownName as error:
        if error.code != "unknown_touchpoint":
            raise
        raise NotFound("touchpoint", id, []) from None
