"""The map that a request is about, as its own kind of 404, and as whoever asks may edit it."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from lvtu.catalog.people import Person
from lvtu.core.words import Lang, say
from lvtu.errors import UnknownName
from lvtu.maps import Map
from lvtu.maps.authors import Author, Signed
from lvtu.maps.changes import Change
from lvtu.service.access import Access
from lvtu.service.masking import masked, scrubbed
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


def by(access: Access) -> Author:
    """Who a map's history says that made what whoever asks does.

    Edits of before it kept more than names are theirs by what they are called; who sits at the machine made those, too,
    that were made in Python there.
    """
    person = access.person
    account = {getpass.getuser()} if person.local else set[str]()
    names = frozenset({person.name, person.email or "", *account} - {""})
    return Author(person.name or person.email or getpass.getuser(), person.id, names)


def signers(access: Access, signed: Iterable[Signed]) -> Mapping[Signed, str]:
    """How others see who made edits: people as they are called today, all else as it was told then."""
    signed = set(signed)
    people = access.catalog.people.named({one.author for one in signed if one.author})
    return {one: _signer(access, one, people.get(one.author or "")) for one in signed}


def signer(access: Access, signed: Signed) -> str:
    """How others see who made an edit; see `signers`."""
    return signers(access, [signed])[signed]


def _signer(access: Access, signed: Signed, person: Person | None) -> str:
    if person is None or not (person.name or person.email):
        return scrubbed(signed.by) if access.masked else signed.by
    return person.name or access.shown(person.email or "")


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
