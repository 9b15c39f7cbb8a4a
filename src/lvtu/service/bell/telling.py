"""Letting those know who answer for a part, or were asked, that something was said about it."""

from __future__ import annotations

from collections.abc import Collection

from lvtu.catalog.comments import Comment
from lvtu.catalog.reviews import Review
from lvtu.core.words import Lang
from lvtu.maps import JourneyMap
from lvtu.maps.history import now_at
from lvtu.service.access import Access
from lvtu.service.bell.whom import Answering
from lvtu.service.comments.telling import letters


def commented(
    access: Access, document: JourneyMap, comment: Comment, named: Collection[str], base: str, lang: Lang
) -> None:  # fmt: skip
    """Tell those who answer for the part that a comment is about, and those who spoke in its thread before.

    Args:
        access: who says it; they are not told.
        document: the map.
        comment: what was said.
        named: the ids of those whom it names: they are told of that.
        base: the address of the server, where the workspace names no other.
        lang: in which language e-mails are written, for those who chose none.
    """
    key = now_at(document, comment.part, comment.key)
    answering = Answering(access.catalog, access.served)
    concerned = answering.of(document, *((comment.part, key) if key is not None else ("map", "")))
    thread = [one for one in access.catalog.comments(access.workspace_id).of_map(comment.map)
              if one.thread == comment.thread]  # fmt: skip
    known = {access.person.id, *named}
    owners = [one for one in concerned if one not in known]
    spoke = [one.author for one in thread if one.author and one.author not in {*known, *owners}]
    notices = access.catalog.notices(access.workspace_id)
    for people, kind in ((owners, "concerns"), (spoke, "replied")):
        notices.add(comment.map, people, kind, part=comment.part, key=comment.key, by=access.person.id,
                    comment=comment.id)  # fmt: skip
    letters(access, document, comment.id, "concerns", comment.body, owners, base, lang)


def asked(access: Access, review: Review) -> None:
    """Tell those whom a review asks."""
    people = [one.person_id for one in review.verdicts if one.person_id != access.person.id]
    access.catalog.notices(access.workspace_id).add(
        review.map, people, "asked", by=access.person.id, review=review.id
    )  # fmt: skip


def answered(access: Access, document: JourneyMap, review: Review, verdict: str) -> None:
    """Tell whoever asked for a review, and those who answer for the map, what somebody says to it."""
    concerned = Answering(access.catalog, access.served).of(document, "map", "")
    people = [one for one in [review.author, *concerned] if one is not None and one != access.person.id]
    access.catalog.notices(access.workspace_id).add(
        review.map, people, verdict, by=access.person.id, review=review.id
    )  # fmt: skip
