"""Comments: kept in the catalog, so that they are neither part of the map nor in its versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from lvtu.catalog.comments import Comment
from lvtu.core.words import Lang
from lvtu.errors import UnknownName
from lvtu.maps import JourneyMap
from lvtu.maps.document.whole import CALLED
from lvtu.maps.history import Names, kind_of, now_at
from lvtu.service.access import Access, Role
from lvtu.service.bell.telling import commented
from lvtu.service.comments.schemas import (
    CommentOf,
    MapThreads,
    NewThread,
    NewWords,
    Part,
    PersonNamed,
    ThreadOf,
)
from lvtu.service.comments.telling import tell
from lvtu.service.maps.found import found, map_of, names_of
from lvtu.service.masking import scrubbed
from lvtu.service.problems import Forbidden, NotFound


def listed(access: Access, id: str, lang: Lang) -> MapThreads:
    """What was said about a map.

    Raises:
        NotFound: there is no such map.
    """
    kept = access.catalog.comments(access.workspace_id).of_map(id)
    with found(id):
        document = map_of(access, id).document
    threads: dict[str, list[Comment]] = {}
    for one in kept:
        threads.setdefault(one.thread, []).append(one)
    teller = _Teller(access, document, kept, lang)
    return MapThreads(
        threads=[teller.thread(some) for some in reversed(threads.values())], settles=access.role >= Role.editor,
        removes=access.role >= Role.admin,
    )  # fmt: skip


def begin(access: Access, id: str, said: NewThread, base: str, lang: Lang) -> ThreadOf:
    """Say something about a part of a map.

    Raises:
        NotFound: there is no such map, it has no such part, or nobody of an id that is named is in the workspace.
    """
    with found(id):
        document = map_of(access, id).document
    if said.part != "map" and now_at(document, said.part, said.key) != said.key:
        raise NotFound("cell" if said.part == "cells" else CALLED[said.part], said.key, [])
    people = _members(access, said.mentions)
    key = "" if said.part == "map" else said.key
    made = access.catalog.comments(access.workspace_id).add(
        id, said.part, key, said.body, access.person.id, mentions=people
    )
    tell(access, document, made, people, base, lang)
    commented(access, document, made, people, base, lang)
    return _thread(access, id, made.thread, lang)


def reply(access: Access, id: str, comment: str, said: NewWords, base: str, lang: Lang) -> ThreadOf:
    """Answer in a comment's thread.

    Raises:
        NotFound: there is no such comment, or nobody of an id that is named is in the workspace.
    """
    to, people = _comment(access, id, comment), _members(access, said.mentions)
    made = access.catalog.comments(access.workspace_id).reply(to, said.body, access.person.id, mentions=people)
    with found(id):
        document = map_of(access, id).document
    tell(access, document, made, people, base, lang)
    commented(access, document, made, people, base, lang)
    return _thread(access, id, to.thread, lang)


def settle(access: Access, id: str, comment: str, resolved: bool, lang: Lang) -> ThreadOf:
    """Settle a thread, or open it again.

    Raises:
        NotFound: there is no such comment.
        Forbidden: somebody else began it, and whoever asks is no editor.
    """
    comments = access.catalog.comments(access.workspace_id)
    one = _comment(access, id, comment)
    first = comments.get(id, one.thread)
    if first.author != access.person.id and access.role < Role.editor:
        raise Forbidden("not_your_thread")
    comments.settle(first, access.person.id if resolved else None)
    return _thread(access, id, one.thread, lang)


def change(access: Access, id: str, comment: str, said: NewWords, base: str, lang: Lang) -> ThreadOf:
    """Say it in other words.

    Raises:
        NotFound: there is no such comment, or nobody of an id that is named is in the workspace.
        Forbidden: somebody else said it.
    """
    one, people = _comment(access, id, comment), _members(access, said.mentions)
    if one.author != access.person.id:
        raise Forbidden("not_your_comment")
    made = access.catalog.comments(access.workspace_id).change(one, said.body, mentions=people)
    with found(id):
        tell(access, map_of(access, id).document, made, [who for who in people if who not in one.mentions], base, lang)
    return _thread(access, id, one.thread, lang)


def remove(access: Access, id: str, comment: str) -> None:
    """Take a comment back.

    Raises:
        NotFound: there is no such comment.
        Forbidden: somebody else said it, and whoever asks is no admin.
    """
    one = _comment(access, id, comment)
    if one.author != access.person.id and access.role < Role.admin:
        raise Forbidden("not_your_comment")
    access.catalog.comments(access.workspace_id).remove(one)


def _comment(access: Access, id: str, comment: str) -> Comment:
    try:
        return access.catalog.comments(access.workspace_id).get(id, comment)
    except UnknownName:
        raise NotFound("comment", comment, []) from None


def _members(access: Access, ids: Iterable[str]) -> list[str]:
    """Those who are to be told, each once."""
    wanted = list(dict.fromkeys(ids))
    known = {one.person.id for one in access.catalog.people.members(access.workspace_id)} if wanted else set()
    for id in wanted:
        if id not in known:
            raise NotFound("person", id, [])
    return wanted


def _thread(access: Access, id: str, thread: str, lang: Lang) -> ThreadOf:
    kept = [one for one in access.catalog.comments(access.workspace_id).of_map(id) if one.thread == thread]
    with found(id):
        return _Teller(access, map_of(access, id).document, kept, lang).thread(kept)


class _Teller:
    """Tells comments as whoever asks may see them."""

    def __init__(self, access: Access, document: JourneyMap, kept: Sequence[Comment], lang: Lang) -> None:
        self._access, self._document, self._lang = access, document, lang
        self._called = Names.of(document)
        people = (id for one in kept for id in (one.author, one.resolver, *one.mentions))
        self._names = names_of(access, people, lang)

    def thread(self, kept: Sequence[Comment]) -> ThreadOf:
        first = kept[0]
        key = now_at(self._document, first.part, first.key)
        name = "" if key is None else self._called.called(first.part, key, self._lang)
        return ThreadOf(
            id=first.thread, part=cast(Part, first.part), key=key,
            called=kind_of(first.part, self._lang), name=name,
            resolved=first.resolved.isoformat() if first.resolved else None,
            resolver=_person(first.resolver, self._names), comments=[self._comment(one) for one in kept],
        )  # fmt: skip

    def _comment(self, one: Comment) -> CommentOf:
        named = [_person(id, self._names) for id in one.mentions]
        return CommentOf(
            id=one.id, author=_person(one.author, self._names), body=_shown(self._access, one.body),
            mentions=[person for person in named if person is not None], created=one.created.isoformat(),
            edited=one.edited.isoformat() if one.edited else None, yours=one.author == self._access.person.id,
        )  # fmt: skip


def _person(id: str | None, names: Mapping[str | None, str]) -> PersonNamed | None:
    return PersonNamed(id=id, name=names[id]) if id and id in names else None


def _shown(access: Access, text: str) -> str:
    return scrubbed(text) if access.masked else text
