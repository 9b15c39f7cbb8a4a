"""Insights as somebody reads them: keys by their names, people by theirs, times by their clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import cast

from lvtu.analyses.calendars import zone_of
from lvtu.analyses.naming import Naming
from lvtu.catalog.people import Person
from lvtu.core.words import Lang, say, speaking
from lvtu.insights import Change, Insight, Place, Quote
from lvtu.insights.speaking import Speaker
from lvtu.insights.tables import based_on, day_of
from lvtu.service.access import Access
from lvtu.service.customers.find import ref_of
from lvtu.service.customers.schemas import Named
from lvtu.service.insights.repository import Shelf
from lvtu.service.insights.schemas import (
    InsightChange,
    InsightChoices,
    InsightOf,
    InsightPlace,
    InsightQuote,
    InsightRow,
    QuoteStands,
    ReliabilityOf,
)  # fmt: skip
from lvtu.service.masking import scrubbed
from lvtu.store.journeys.snapshot import Snapshot

Names = Mapping[str, Mapping[str, str]]

PLACES = ("stage", "step", "touchpoint", "topic")


@dataclass(frozen=True)
class Telling:
    """Who is told, and what things are called.

    Attributes:
        access: who asks.
        lang: in which language.
        snapshot: the newest.
        names: of stages, touchpoints and topics, by key.
    """

    access: Access
    lang: Lang
    snapshot: Snapshot
    names: Names

    @classmethod
    def of(cls, access: Access, lang: Lang) -> Telling:
        """For one request."""
        ws = access.served.workspace

        def told(snapshot: Snapshot, _: object) -> Telling:
            naming, topics = Naming.of(snapshot), Naming(read=ws.voice.desk().readings.titles)
            names = {name: naming.names(name, lang) for name in ("stage", "touchpoint")}
            return cls(access, lang, snapshot, {**names, "topic": topics.names("topic_read", lang)})

        return ws.asked(told)

    def choices(self, insights: Sequence[Insight]) -> InsightChoices:
        """What may be said of insights."""
        every = {
            name: [Named(key=key, name=title) for key, title in self.names[name].items()] for name in self.names
        }  # fmt: skip
        return InsightChoices(
            stages=every["stage"], touchpoints=every["touchpoint"], topics=every["topic"],
            owners=sorted({one.owner for one in insights} - {""}),
        )  # fmt: skip

    def rows(self, insights: Sequence[Insight]) -> list[InsightRow]:
        """Insights of a list."""
        people = self._people({one.by for one in insights})
        return [self._row(one, people) for one in insights]

    def whole(self, one: Insight) -> InsightOf:
        """An insight with its quotes and what was done to it."""
        book = self.access.served.workspace.insights
        history = book.history(one.id)
        people = self._people({one.by, *(quote.by for quote in one.quotes), *(each.by for each in history)})
        speakers, shelf = book.speakers([one], self.snapshot), Shelf(self.access)
        return InsightOf(
            **dict(self._row(one, people)),
            quotes=[self._quote(quote, people, speakers, shelf) for quote in one.quotes],
            history=self._changes(history, people),
        )

    def _row(self, one: Insight, people: Mapping[str, Person]) -> InsightRow:
        standing = [quote.words for quote in one.quotes if quote.words is not None]
        return InsightRow(
            id=one.id, version=one.version, title=one.title, text=one.text, state=one.state,
            state_name=say(f"insights.states.{one.state}", self.lang), owner=one.owner,
            place=InsightPlace(**asdict(one.place)), places=self._places(one.place), reliability=self._carried(one),
            gone=len(one.quotes) - len(standing), quoted=standing[-1] if standing else None,
            by_name=self._name(one.by, people), made=one.made.isoformat(), changed=one.changed.isoformat(),
        )  # fmt: skip

    def _carried(self, one: Insight) -> ReliabilityOf:
        found = one.reliability
        with speaking(self.lang):
            text, short = based_on(one), based_on(one, "counts")
        return ReliabilityOf(
            value=found.value if found.quotes else None, level=found.level, text=text, short=short,
            quotes=found.quotes,
            level_name=say(f"insights.levels.{found.level}", self.lang), speakers=found.speakers,
            sources=[self._kind(kind) for kind in found.sources],
        )  # fmt: skip

    def _places(self, place: Place) -> list[Named]:
        return [Named(key=key, name=self._called(name, key)) for name in PLACES if (key := getattr(place, name))]

    def _called(self, name: str, key: str) -> str:
        return self.names.get(name, {}).get(key, key)

    def _kind(self, kind: str) -> Named:
        return Named(key=kind, name=say(f"insights.kinds.{kind}", self.lang))

    def _quote(
        self, one: Quote, people: Mapping[str, Person], speakers: Mapping[int, Speaker], shelf: Shelf
    ) -> InsightQuote:
        speaker = None if one.event is None else speakers.get(one.event)
        stands, title, exact = shelf.stands(one), shelf.title(one), one.time is not None and one.basis == "exact"
        return InsightQuote(
            id=one.id, kind=self._kind(one.kind), source=one.source, words=one.words, gone=cast("None", one.gone),
            gone_text=say(f"insights.gone_{one.gone}", self.lang) if one.gone else None, speaker=one.speaker,
            speaker_name=say("insights.speaker", self.lang, code=one.speaker) if one.speaker else None,
            customer=ref_of(*speaker.place) if speaker else None,
            place=speaker.order if speaker and one.source == "comment" else None,
            time=one.time.isoformat() if one.time is not None and exact else None, shown=self._shown(one),
            start=one.start, end=one.stop, comment=str(one.event) if one.source == "comment" and one.words else None,
            interview=one.document, highlight=one.highlight, title=title and self._hidden(title),
            stands=QuoteStands(start=stands[0], end=stands[1]) if stands else None,
            by_name=self._name(one.by, people), added=one.added.isoformat(),
        )  # fmt: skip

    def _shown(self, quote: Quote) -> str:
        if quote.time is None or quote.basis != "exact":
            return day_of(quote)
        return f"{quote.time.astimezone(zone_of(self.access.zone)):%Y-%m-%d %H:%M}"

    def _hidden(self, text: str) -> str:
        return scrubbed(text) if self.access.masked else text

    def _changes(self, history: Sequence[Change], people: Mapping[str, Person]) -> list[InsightChange]:
        """What was done, the newest first; quotes that somebody put there one after the other together."""
        runs = groupby(reversed(history), lambda one: (one.what, one.by, one.time if one.what != "quoted" else None))
        return [self._change(list(of), people) for _, of in runs]

    def _change(self, run: Sequence[Change], people: Mapping[str, Person]) -> InsightChange:
        one = run[0]
        return InsightChange(
            time=one.time.isoformat(), by_name=self._name(one.by, people), what=one.what, text=self._done(one, len(run))
        )

    def _done(self, one: Change, times: int) -> str:
        if one.what in (*PLACES, "owner") and not (one.was and one.became):
            what, how = say(f"insights.{one.what}", self.lang), "set" if one.became else "cleared"
            return say(f"insights.did.{how}", self.lang, what=what, became=self._said(one.what, one.became or ""))
        was, became = (self._said(one.what, text or "") for text in (one.was, one.became))
        return say(f"insights.did.{one.what}", self.lang, was=was, became=became, times=times)

    def _said(self, what: str, text: str) -> str:
        """What something was changed from or to."""
        if what == "state":
            return say(f"insights.states.{text}", self.lang)
        return self._hidden(self._called(what, text))

    def _name(self, by: str, people: Mapping[str, Person]) -> str:
        """Who did something: by their name, else their address; as notebooks say it where no account did."""
        person = people.get(by)
        if person is None:
            return by
        return person.name or self._hidden(person.email or say("insights.local", self.lang))

    def _people(self, ids: set[str]) -> Mapping[str, Person]:
        return self.access.catalog.people.named(ids - {""})
