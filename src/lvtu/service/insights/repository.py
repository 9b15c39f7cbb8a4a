"""Passages of interviews: found by their highlight, and where they stand now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lvtu.catalog.documents import Document
from lvtu.core.units import instant
from lvtu.errors import UnknownName
from lvtu.insights.insight import Quote
from lvtu.insights.kinds import Kind
from lvtu.service.access import Access
from lvtu.service.customers.find import places, ref_of
from lvtu.service.problems import NotFound
from lvtu.store.insights import StoredEvidence
from lvtu.voice.interviews import turns
from lvtu.voice.interviews.book import KIND

_KINDS: dict[str, Kind] = {"interview": "interview", "note": "observation", "document": "document"}
"""The kind of evidence, by the form of the text."""


def passage(access: Access, highlight: str) -> StoredEvidence:
    """A highlight as evidence.

    Raises:
        NotFound: there is none of that id, or an edit has removed the passage.
    """
    for kept in access.documents(KIND).list():
        for mark in kept.body["highlights"]:
            if mark["id"] == highlight and mark["start"] is not None:
                return _evidence(access, kept, mark)
    raise NotFound("highlight", highlight, ())


def _evidence(access: Access, kept: Document, mark: dict[str, Any]) -> StoredEvidence:
    body, event = kept.body, _event_of(access, kept.body["customer"])
    said = next((one.speaker for one in turns(body["text"]) if one.start <= mark["start"] < one.end), None)
    speaker = access.served.workspace.insights.called(f"{kept.id}:{said}") if said else None
    day = body["date"]
    return StoredEvidence(
        "", _KINDS[body["form"]], "highlight", event, kept.id, mark["id"], None if event is not None else speaker,
        instant(day) if day else None, "day", mark["start"], mark["end"], mark["quote"],
    )  # fmt: skip


def _event_of(access: Access, customer: str | None) -> int | None:
    """The number of an event of a customer, which says nothing of whose it is; None where nobody is known by it."""
    if not customer:
        return None
    ws = access.served.workspace
    found = places(ws, ws.snapshot(), customer)
    return int(ref_of(*found[0]).removeprefix("~")) if found else None


@dataclass(frozen=True)
class Shelf:
    """The interviews that quotes stand in.

    Attributes:
        access: who asks.
    """

    access: Access

    @cached_property
    def _kept(self) -> dict[str, Document | None]:
        return {}

    def title(self, quote: Quote) -> str | None:
        """What the interview is called; None of a comment."""
        kept = self._of(quote)
        return None if kept is None else str(kept.body["title"])

    def stands(self, quote: Quote) -> tuple[int, int] | None:
        """Where a quote stands in its interview now: as the highlight does, or at the nearest place with its words."""
        kept = self._of(quote)
        if kept is None or quote.words is None:
            return None
        text, words = kept.body["text"], quote.words
        mark = next((one for one in kept.body["highlights"] if one["id"] == quote.highlight), None)
        if mark is not None and mark["start"] is not None:
            return mark["start"], mark["end"]
        before, after = text.rfind(words, 0, quote.start + len(words)), text.find(words, quote.start)
        found = [at for at in (before, after) if at >= 0]
        at = min(found, key=lambda place: abs(place - quote.start), default=None)
        return None if at is None else (at, at + len(words))

    def _of(self, quote: Quote) -> Document | None:
        if quote.document is None:
            return None
        if quote.document not in self._kept:
            try:
                self._kept[quote.document] = self.access.documents(KIND).get(quote.document)
            except UnknownName:
                self._kept[quote.document] = None
        return self._kept[quote.document]
