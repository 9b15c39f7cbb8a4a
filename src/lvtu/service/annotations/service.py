"""Annotations: kept in the catalog."""

from __future__ import annotations

from collections.abc import Mapping

from lvtu.analyses.base import FOREVER
from lvtu.catalog.documents import Document
from lvtu.catalog.people import Person
from lvtu.core.units import instant
from lvtu.service.access import Access
from lvtu.service.annotations.schemas import Annotation, AnnotationOf
from lvtu.service.documents import looked_up

KIND = "annotation"


def during(access: Access, since: int = -FOREVER, until: int = FOREVER) -> list[AnnotationOf]:
    """The annotations of a stretch of time (µs), by time."""
    kept = access.documents(KIND).list()
    authors = access.catalog.people.named({one.author for one in kept if one.author})
    found = [_told(one, authors) for one in kept]
    return sorted((one for one in found if since <= instant(one.time) < until), key=lambda one: instant(one.time))


def add(access: Access, given: Annotation) -> AnnotationOf:
    """Keep a new annotation."""
    return _told(access.documents(KIND).add(_body(given), author=access.person.id), {access.person.id: access.person})


def put(access: Access, id: str, given: Annotation, version: int) -> AnnotationOf:
    """Change an annotation.

    Raises:
        NotFound: there is none of that id.
        Conflict: somebody changed it in the meantime.
    """
    with looked_up(KIND, id):
        kept = access.documents(KIND).put(id, _body(given), editor=access.person.id, version=version)
    return _told(kept, access.catalog.people.named({kept.author} if kept.author else set()))


def remove(access: Access, id: str) -> None:
    """Remove an annotation.

    Raises:
        NotFound: there is none of that id.
    """
    with looked_up(KIND, id):
        access.documents(KIND).remove(id)


def _body(given: Annotation) -> dict[str, str]:
    return {"time": given.time, "text": given.text}


def _told(document: Document, people: Mapping[str, Person]) -> AnnotationOf:
    author = people.get(document.author or "")
    return AnnotationOf(
        id=document.id, version=document.version, author=document.author, author_name=author.name if author else "",
        created=document.created.isoformat(), **document.body,
    )  # fmt: skip
