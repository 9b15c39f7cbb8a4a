"""Segments: counted before they are saved, told of when they were."""

from __future__ import annotations

from lvtu.core.expr import describe, parse
from lvtu.core.segments import Segment, as_segment
from lvtu.core.sentences import Note
from lvtu.core.words import Lang
from lvtu.errors import BadInput, UnknownName
from lvtu.service.access import Access
from lvtu.service.home import Served
from lvtu.service.names.schemas import Counting
from lvtu.service.names.service import count, naming_of
from lvtu.service.problems import Conflict, NotFound
from lvtu.service.segments.schemas import Definition, Saving, SegmentOf, SegmentPreview
from lvtu.service.uploads.words import said
from lvtu.service.webhooks.service import send
from lvtu.store.journeys.listed import members_of


def get(served: Served, key: str, lang: Lang) -> SegmentOf:
    """A segment by its key, with ``@3`` for a version.

    Raises:
        NotFound: there is none of that key.
    """
    try:
        return _told(served, served.workspace.segment_definition(key), lang)
    except UnknownName:
        raise NotFound("segment", key, [one.key for one in served.workspace.segments()]) from None


def preview(access: Access, given: Definition, lang: Lang) -> SegmentPreview:
    """Who would be in a segment.

    Raises:
        BadInput: it says nothing, or both; or the condition cannot be read.
    """
    moment = access.served.answers.moment()
    of = count(moment, Counting()).customers
    if (given.condition is None) == (given.customers is None):
        raise BadInput("segment_body")
    if given.customers is not None:
        found = members_of(moment.snapshot, given.customers)
        return SegmentPreview(
            customers=len(found.events), of=of, condition=None, said=None, unknown=len(found.unknown),
            shared=len(found.shared), token=moment.token,
        )  # fmt: skip
    condition = as_segment(given.condition or "")
    customers = count(moment, Counting(segment=condition)).customers
    return SegmentPreview(
        customers=customers, of=of, condition=condition, unknown=0, shared=0, token=moment.token,
        said=describe(parse(condition), lang, naming_of(access.served, moment)),
    )  # fmt: skip


def put(access: Access, key: str, given: Saving, lang: Lang) -> SegmentOf:
    """Save a segment as its next version.

    Raises:
        BadInput: it says nothing, or both; or the condition cannot be read.
        Conflict: somebody saved it in the meantime.
    """
    if (given.condition is None) == (given.customers is None):
        raise BadInput("segment_body")
    workspace = access.served.workspace
    newest = next((one.version for one in workspace.segments() if one.key == key), None)
    if given.version is not None and given.version != newest:
        raise Conflict("changed_by_another", version=given.version, newest=newest or 0)
    kept = workspace.save_segment(
        key, given.condition, customers=given.customers, title=given.title, description=given.description
    )
    send(access.catalog, access.served, "segment.changed", {"segment": kept.key, "version": kept.version})
    return _told(access.served, kept, lang, kept.notes)


def _told(served: Served, segment: Segment, lang: Lang, notes: list[Note] | None = None) -> SegmentOf:
    condition, naming = segment.condition, naming_of(served, served.answers.moment())
    return SegmentOf(
        key=segment.key, version=segment.version, title=segment.title, description=segment.description,
        condition=condition, size=None if condition is not None else len(segment.members or ()),
        said=None if condition is None else describe(parse(condition), lang, naming),
        notes=[said(note, lang) for note in notes or ()],
    )  # fmt: skip
