"""Several people on one map: what they do is in the books, where they are in the catalog, and no process knows more."""

from __future__ import annotations

from collections.abc import Mapping

from lvtu.catalog.presence import Here, Lock
from lvtu.core.words import Lang
from lvtu.maps.authors import Signed
from lvtu.maps.changes import Change
from lvtu.service.access import Access
from lvtu.service.maps.found import by, found, locked, map_of, names_of, signers
from lvtu.service.masking import scrubbed_in
from lvtu.service.presence.schemas import LockOf, MadeEdit, MapChanges, MapTogether, PersonHere, Whereabouts
from lvtu.service.workshops import service as workshops


def here(access: Access, id: str, whereabouts: Whereabouts, lang: Lang) -> MapTogether:
    """Note where somebody is; who else is there.

    Raises:
        NotFound: there is no such map.
    """
    with found(id):
        step = map_of(access, id).step
    presence = access.catalog.presence(access.workspace_id)
    presence.enter(id, whereabouts.tab, access.person.id, whereabouts.place, sight=whereabouts.sight)
    people, locks = presence.people(id), presence.locks(id)
    names = names_of(access, [*(one.person_id for one in people), *(one.person_id for one in locks)], lang)
    return MapTogether(
        step=step, said=access.catalog.comments(access.workspace_id).stamp(id), people=_people(access, people, names),
        locks=[_lock(access, one, names) for one in locks], timer=workshops.timer(access, id, lang),
        voting=workshops.voting(access, id, lang),
    )  # fmt: skip


def leave(access: Access, id: str, tab: str) -> None:
    """Note that somebody is gone."""
    access.catalog.presence(access.workspace_id).leave(id, tab, access.person.id)


def lock(access: Access, id: str, card: str, lang: Lang) -> LockOf:
    """Lock a card, or go on doing so. One that is not there yet, too: somebody is about to put it there.

    Raises:
        NotFound: there is no such map.
        Conflict: somebody else types in it.
    """
    with found(id):
        map_of(access, id).step  # noqa: B018  it is there
    held = access.catalog.presence(access.workspace_id).lock(id, card, access.person.id)
    if held.person_id != access.person.id:
        raise locked(access, held.person_id)
    return _lock(access, held, names_of(access, {held.person_id}, lang))


def release(access: Access, id: str, card: str) -> None:
    """Let go of a card."""
    access.catalog.presence(access.workspace_id).release(id, card, access.person.id)


def changes(access: Access, id: str, after: int) -> MapChanges:
    """What was done behind a step.

    Raises:
        NotFound: there is no such map.
    """
    with found(id):
        map_ = map_of(access, id)
        step, edits = map_.step, map_.history(after)
    signed, me = [Signed(one["by"], one["author"]) for one in edits], by(access)
    names = signers(access, signed)
    return MapChanges(step=step, edits=[
        MadeEdit(step=one["step"], by=names[who], yours=me.made(*who), what=one["what"],
                 changes=[_change(access, change) for change in one["changes"]])
        for one, who in zip(edits, signed, strict=True)
    ])  # fmt: skip


def _change(access: Access, change: Change) -> dict[str, object]:
    told = change.model_dump(mode="json", exclude_none=True)
    return scrubbed_in(told) if access.masked else told


def _people(access: Access, here: list[Here], names: Mapping[str | None, str]) -> list[PersonHere]:
    places: dict[str, list[str]] = {}
    sights: dict[str, str] = {}
    for one in here:
        places.setdefault(one.person_id, []).extend([one.place] if one.place else [])
        sights[one.person_id] = one.sight or sights.get(one.person_id, "")
    me = access.person.id
    found = [
        PersonHere(id=id, name=names.get(id, ""), you=id == me, places=some, sight=sights[id])
        for id, some in places.items()
    ]
    return sorted(found, key=lambda one: (not one.you, one.name, one.id))


def _lock(access: Access, lock: Lock, names: Mapping[str | None, str]) -> LockOf:
    return LockOf(
        card=lock.card, person=lock.person_id, name=names.get(lock.person_id, ""),
        yours=lock.person_id == access.person.id, until=lock.until.isoformat(),
    )  # fmt: skip
