"""The map that a request is about, as its own kind of 404, and as whoever asks may edit it."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from lvtu.catalog.people import Person
from lvtu.core.words import Lang, say
from lvtu.errors import UnknownName
from lvtu.maps import Map
from lvtu.maps.changes import Change
from lvtu.service.access import Access
from lvtu.service.masking import masked
from lvtu.service.problems import Conflict, NotFound

_SHIFTS = frozenset({"add_step", "move_steps", "split_step", "merge_steps", "merge_stages", "remove"})
"""Edits that may carry a card along to another step: whoever types in it is not disturbed."""


@contextmanager
def found(id: str) -> Iterator[None]:
    """Answer a map that is not there with 404."""
    try:
        yield
    except UnknownName as error:
        if error.code != "unknown_map":
            raise
        raise NotFound("map", id, []) from None


def map_of(access: Access, id: str) -> Map:
    """The map of an id. No edit of whoever asks changes a card in it that somebody else types in."""
    return access.served.workspace.maps.of(id, lambda what, made: _free(access, id, what, made))


def by(access: Access) -> str:
    """How a map's history names whoever asks; who sits at the machine and gave no name is who runs Python there."""
    return access.person.name or access.person.email or getpass.getuser()


def name_of(access: Access, person: Person | None, lang: Lang) -> str:
    """How others see somebody: by their name, else their address; empty for who is gone."""
    if person is None:
        return ""
    email = person.email or say("insights.local", lang)
    return person.name or (masked(email) if access.masked and person.email else email)


def names_of(access: Access, ids: Iterable[str | None], lang: Lang) -> Mapping[str | None, str]:
    """How others see some people, by id; an id of nobody is left out."""
    people = access.catalog.people.named({id for id in ids if id})
    return {id: name_of(access, person, lang) for id, person in people.items()}


def _free(access: Access, id: str, what: str, made: Sequence[Change]) -> None:
    cards = {
        change.key
        for change in made
        if change.part == "cards" and not (what in _SHIFTS and change.field in ("step", "until", "place"))
    }
    if not cards:
        return
    for lock in access.catalog.presence(access.workspace_id).locks(id):
        if lock.card in cards and lock.person_id != access.person.id:
            raise locked(access, lock.person_id)


def locked(access: Access, person_id: str) -> Conflict:
    """The refusal of what would change a card that somebody types in."""
    person = access.catalog.people.named({person_id}).get(person_id)
    return Conflict("card_locked", name=name_of(access, person, "en") if person else "")
