"""What is asked of customers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from lvtu.core.segments import as_segment
from lvtu.core.words import Lang
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.service.access import Access
from lvtu.service.customers import find, listing
from lvtu.service.customers.listing import Wanted
from lvtu.service.customers.profile import profile
from lvtu.service.customers.rows import customers
from lvtu.service.customers.schemas import Customers, Profile, Timeline
from lvtu.service.customers.timeline import Page, Reader, timeline
from lvtu.service.segments.named import named_only
from lvtu.store.journeys.find import Place
from lvtu.store.journeys.snapshot import Snapshot

_Answer = TypeVar("_Answer")


def search(access: Access, text: str, segment: str | None, after: str | None, limit: int) -> Customers:
    """A page of customers.

    An identifier of any kind that is given whole comes first; then what customers are called, by its beginning: not
    for readers from whom identifiers are hidden, who could spell them out with it.
    """
    named_only(access, segment)
    ws, hidden, text = access.served.workspace, access.masked, text.strip()
    segments = ws.segments()
    if not text:
        ws.expect_searches()
    wanted = Wanted("", as_segment(segment) if segment else None, _cursor(after), limit + 1)

    def found(snapshot: Snapshot, engine: Engine) -> Customers:
        state, matched = listing.State(), "none" if text else "all"
        if text and wanted.after is None:
            state = listing.of_places(find.places(ws, snapshot, text), wanted, snapshot)
            matched = "exact" if state.found else "none"
        if not state.found and not (text and hidden):
            state = listing.page(Wanted(text, wanted.segment, wanted.after, limit + 1), snapshot, engine)
            matched = matched if not text or not state.total else "prefix"
        shown = state.found[:limit]
        more = shown[-1] if len(state.found) > limit else None
        return Customers(
            customers=customers([place for *_, place in shown], snapshot, segments, hidden), total=state.total,
            next=None if more is None else _written(more[0], more[1]),
            matched=matched, token=snapshot.token,  # type: ignore[arg-type]
        )  # fmt: skip

    return ws.asked(found)


def about(access: Access, identifier: str, model: str | None, lang: Lang) -> Profile:
    """A customer."""
    ws, segments = access.served.workspace, access.served.workspace.segments()
    return _of_one(
        access, identifier, model, lambda snapshot, place: profile(ws, snapshot, place, segments, lang, access.masked)
    )


def line(access: Access, identifier: str, page: Page, model: str | None, lang: Lang) -> Timeline:
    """A page of a customer's time line."""
    reader = Reader(access.zone, lang, access.masked)
    return _of_one(access, identifier, model, lambda snapshot, place: timeline(snapshot, place, page, reader))


def _of_one(access: Access, identifier: str, model: str | None, told: Callable[[Snapshot, Place], _Answer]) -> _Answer:
    ws = access.served.workspace
    return ws.asked(lambda snapshot, _: told(snapshot, find.place(ws, snapshot, identifier)), model)


def _written(last: int, event: int) -> str:
    return f"{last}.{event}"


def _cursor(after: str | None) -> tuple[int, int] | None:
    """The place of a page in the list.

    Raises:
        BadInput: it is none that was given.
    """
    if not after:
        return None
    try:
        last, event = map(int, after.split("."))
    except ValueError:
        raise BadInput("no_such_page", after=after) from None
    return last, event
