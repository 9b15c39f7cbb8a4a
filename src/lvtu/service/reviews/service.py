"""Reviews: kept in the catalog; which version they are about follows from the map's history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from lvtu.catalog.reviews import WAITING, Review
from lvtu.core.words import Lang
from lvtu.errors import UnknownName
from lvtu.service.access import Access, Role
from lvtu.service.bell import telling
from lvtu.service.comments.schemas import PersonNamed
from lvtu.service.comments.telling import letters
from lvtu.service.maps.found import found, map_of, names_of
from lvtu.service.masking import scrubbed
from lvtu.service.problems import NotFound
from lvtu.service.reviews.schemas import MapReviews, NewReview, NewVerdict, ReviewOf, ReviewState, Verdict, VerdictOf


def listed(access: Access, id: str, lang: Lang) -> MapReviews:
    """What people say to a map.

    Raises:
        NotFound: there is no such map.
    """
    with found(id):
        map_ = map_of(access, id)
        step, versions = map_.step, map_.versions()
    kept = access.catalog.reviews(access.workspace_id).of_map(id)
    people = [person for one in kept for person in (one.author, *(said.person_id for said in one.verdicts))]
    names = names_of(access, people, lang)
    newest = kept[0] if kept else None
    asked = newest is not None and any(
        one.person_id == access.person.id and one.verdict == WAITING for one in newest.verdicts
    )
    return MapReviews(
        state="none" if newest is None else cast(ReviewState, newest.state),
        changed=0 if newest is None else step - newest.step,
        reviews=[_told(access, one, versions, names) for one in kept], asks=access.role >= Role.editor,
        yours=newest.id if newest is not None and asked else None,
    )  # fmt: skip


def ask(access: Access, id: str, asked: NewReview, base: str, lang: Lang) -> MapReviews:
    """Ask people what they say to a map as it is now.

    Raises:
        NotFound: there is no such map, or nobody of an id is in the workspace.
    """
    known = {one.person.id for one in access.catalog.people.members(access.workspace_id)}
    for person in asked.people:
        if person not in known:
            raise NotFound("person", person, [])
    with found(id):
        map_ = map_of(access, id)
        step, document = map_.step, map_.document
    reviews = access.catalog.reviews(access.workspace_id)
    made = reviews.ask(id, step, asked.words, access.person.id, asked.people)
    telling.asked(access, made)
    letters(access, document, made.id, "asked", asked.words, asked.people, base, lang)
    return listed(access, id, lang)


def answer(access: Access, id: str, review: str, said: NewVerdict, lang: Lang) -> MapReviews:
    """Say what whoever asks says to a map.

    Raises:
        NotFound: there is no such review, or they were not asked.
    """
    try:
        reviews = access.catalog.reviews(access.workspace_id)
        reviews.answer(id, review, access.person.id, said.verdict, said.words)
    except UnknownName:
        raise NotFound("review", review, []) from None
    with found(id):
        document = map_of(access, id).document
    answered = next(one for one in reviews.of_map(id) if one.id == review)
    telling.answered(access, document, answered, said.verdict)
    return listed(access, id, lang)


def _told(
    access: Access, one: Review, versions: list[dict[str, Any]], names: Mapping[str | None, str]
) -> ReviewOf:  # fmt: skip
    version = next((kept for kept in versions if kept["step"] == one.step), None)
    return ReviewOf(
        id=one.id, step=one.step, words=_shown(access, one.words), created=one.created.isoformat(),
        author=PersonNamed(id=one.author, name=names[one.author]) if one.author and one.author in names else None,
        state=cast(Verdict, one.state), version=version["number"] if version else None,
        version_name=version["name"] if version else None,
        verdicts=[
            VerdictOf(person=PersonNamed(id=said.person_id, name=names.get(said.person_id, "")),
                      verdict=cast(Verdict, said.verdict), words=_shown(access, said.words),
                      at=said.at.isoformat() if said.at else None, yours=said.person_id == access.person.id)
            for said in one.verdicts
        ],
    )  # fmt: skip


def _shown(access: Access, text: str) -> str:
    return scrubbed(text) if access.masked else text
