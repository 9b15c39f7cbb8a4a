"""The sources that evidence names, read where they are: what is forgotten there is gone here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lvtu.core.units import moment
from lvtu.core.words import Lang, say
from lvtu.errors import BadInput, LvtuError, UnknownName
from lvtu.insights.comments import Comment, comment
from lvtu.insights.insight import Insight, Quote
from lvtu.maps.document import Evidence
from lvtu.maps.live.ledger import is_id
from lvtu.service.access import Access
from lvtu.service.cells.schemas import EvidenceShown
from lvtu.service.insights.service import shown as insight_shown
from lvtu.service.interviews.seen import Seen
from lvtu.service.masking import scrubbed
from lvtu.voice.interviews.book import KIND as INTERVIEW


@dataclass(frozen=True)
class Sources:
    """Where evidence comes from, as somebody may see it.

    Attributes:
        access: who looks.
        lang: their language.
    """

    access: Access
    lang: Lang

    @cached_property
    def insights(self) -> dict[str, Insight]:
        """Every insight, by its id."""
        found = self.access.served.workspace.insights.list()
        return {one.id: insight_shown(self.access, one) for one in found}

    @cached_property
    def quotes(self) -> dict[str, tuple[Quote, Insight]]:
        """The quotes of insights, by their ids, each with an insight that stands on it."""
        return {quote.id: (quote, one) for one in self.insights.values() for quote in one.quotes}

    @cached_property
    def documents(self) -> dict[str, Seen]:
        """Every interview, note and document, by its id."""
        return {one.id: Seen(self.access, one) for one in self.access.documents(INTERVIEW).list()}

    @cached_property
    def highlights(self) -> dict[str, tuple[Seen, dict[str, Any]]]:
        """Marked passages, by their ids."""
        return {mark["id"]: (seen, mark) for seen in self.documents.values() for mark in seen.read.marks}

    def comment(self, number: str) -> Comment | None:
        """What was said in an event; None where it is not there any more."""
        try:
            return comment(self.access.served.workspace.snapshot().lake, int(number))
        except (UnknownName, BadInput):
            return None

    def gone(self, one: Evidence) -> bool:
        """Whether what a piece of evidence says is not there any more."""
        return self.shown(one, 0).gone is not None

    def shown(self, one: Evidence, place: int) -> EvidenceShown:
        """A piece of evidence as it is now."""
        told: dict[str, Any] = {
            "place": place, "kind": one.kind, "kind_name": say(f"maps.rests.kinds.{one.kind}", self.lang),
            "title": one.title or "", "quote": self.said(one.quote), "gone": None, "to": None, "url": one.url,
            "who": " · ".join(part for part in (one.speaker, None if one.date is None else str(one.date)) if part),
        }  # fmt: skip
        try:
            told |= self._read(one.source or "")
        except LvtuError as error:
            told |= {"gone": error.text(self.lang)}
        return EvidenceShown(**told)

    def _read(self, source: str) -> dict[str, Any]:
        if source.isdigit():
            return self._of_comment(source)
        if source in self.quotes:
            quote, insight = self.quotes[source]
            gone = None if quote.gone is None else say(f"insights.gone_{quote.gone}", self.lang)
            day = "" if quote.time is None else f"{quote.time:%Y-%m-%d}"
            who = " · ".join(part for part in (quote.speaker, day) if part)
            return {
                "quote": quote.words,
                "gone": gone,
                "who": who,
                "title": insight.title,
                "to": f"insights/{insight.id}",
            }
        if source in self.insights:
            return {"title": self.insights[source].title, "to": f"insights/{source}"}
        if source in self.highlights:
            seen, mark = self.highlights[source]
            title, day = seen.shown(seen.read.body["title"]), seen.read.body["date"]
            return {"quote": seen.shown(mark["quote"]), "title": title, "who": day, "to": f"interviews/{seen.kept.id}"}
        if source in self.documents:
            body = self.documents[source].read.body
            url = body["citation"]["url"] or None
            return {"title": self.documents[source].shown(body["title"]), "to": f"interviews/{source}", "url": url,
                    "who": body["date"]}  # fmt: skip
        if is_id(source):
            return {"gone": say("maps.rests.removed", self.lang)}
        return {}

    def _of_comment(self, number: str) -> dict[str, Any]:
        found = self.comment(number)
        if found is None:
            return {"gone": say("insights.gone_forgotten", self.lang)}
        words = found.text.strip()
        return {
            "quote": self.said(words), "title": found.event, "who": f"{moment(found.time):%Y-%m-%d}",
            "to": f"inbox?id={number}",
        }  # fmt: skip

    def said(self, words: str | None) -> str | None:
        """Words as they may be seen: addresses and phone numbers masked for readers from whom they are hidden."""
        return scrubbed(words) if words and self.access.masked else words
