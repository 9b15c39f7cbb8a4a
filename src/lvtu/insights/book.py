"""The insights of a workspace: ``ws.insights``."""

from __future__ import annotations

import getpass
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np

from lvtu.catalog.ids import uuid7
from lvtu.core.units import moment
from lvtu.errors import BadInput, UnknownName
from lvtu.insights.insight import STATES, Change, Insight, Place, Quote
from lvtu.insights.kinds import KINDS, kind_of
from lvtu.insights.reliability import reliability
from lvtu.insights.speaking import Speaker, pseudonym, speakers
from lvtu.store.insights import SAID, Link, StoredEvidence, StoredInsight
from lvtu.store.insights import Insights as Books

if TYPE_CHECKING:
    import pyarrow as pa

    from lvtu.core.model import JourneyModel
    from lvtu.insights.tables import Format
    from lvtu.listening.voice import Voice
    from lvtu.store.journeys.snapshot import Snapshot
    from lvtu.store.ledger import Ledger

_PLACES = ("stage", "touchpoint", "topic")


class Learning(Protocol):
    """A workspace, as its insights see it."""

    _ledger: Ledger
    voice: Voice

    def snapshot(self) -> Snapshot:
        """The newest snapshot."""
        ...

    def model(self) -> JourneyModel:
        """The default journey model."""
        ...

    def asked(self, answered: Callable[..., Any]) -> Any:
        """What comes of the newest snapshot, read through the default journey model."""
        ...


class Insights:
    """The insights of a workspace, with the verbatim quotes they stand on. The app shows the same ones.

    Args:
        ws: the workspace.

    Example:
        >>> import lvtu, tempfile
        >>> shop = lvtu.open(tempfile.mkdtemp())
        >>> report = shop.ingest([{"user_id": "ann", "event": "Review Posted", "time": "2026-03-01",
        ...                        "text": "Nice shoes. The refund took two weeks."}])
        >>> made = shop.insights.add("Refunds take too long", owner="Service", by="bo")
        >>> made = shop.insights.quote(made.id, where="text contains 'refund'", words="took two weeks", by="bo")
        >>> [(one.kind, one.words, one.start, one.stop) for one in made.quotes]
        [('review', 'took two weeks', 23, 37)]
        >>> made.reliability.value, made.reliability.level, made.quotes[0].speaker == "ann"
        (10.0, 'lead', False)
    """

    def __init__(self, ws: Learning) -> None:
        self._ws = ws

    # Looking

    def list(self, state: str | None = None) -> Sequence[Insight]:
        """All insights (in one state), the newest first.

        Raises:
            UnknownName: there is no such state.
        """
        if state is not None:
            _check_state(state)
        kept = [one for one in self._books.all() if state in (None, one.state)]
        return self._whole(kept, self._books.links())

    def get(self, id: str) -> Insight:
        """One.

        Raises:
            UnknownName: there is none of that id.
        """
        return self._whole([self._books.get(id)], self._books.links(id))[0]

    @property
    def table(self) -> pa.Table:
        """A row for each insight, the newest first."""
        from lvtu.insights.tables import table_of

        return table_of(self.list())

    def to_pandas(self) -> Any:
        """A row for each insight, the newest first."""
        return self.table.to_pandas()

    def history(self, id: str) -> Sequence[Change]:
        """What was done to an insight, oldest first.

        Raises:
            UnknownName: there is none of that id.
        """
        self._books.get(id)
        return [Change(moment(one.time), one.by, one.what, one.was, one.became) for one in self._books.history(id)]

    def speakers(self, insights: Iterable[Insight], snapshot: Snapshot) -> dict[int, Speaker]:
        """Where the time lines of those are who are quoted, by the `event` of the quote."""
        return speakers(snapshot, (one.event for each in insights for one in each.quotes if one.event is not None))

    def export(self, format: Format = "md", id: str | None = None) -> str:
        """The insights with their quotes, to be read (``md``), counted (``csv``) or read by programs (``json``).

        Speakers are pseudonyms; what they say is word for word.

        Args:
            format: of the text.
            id: of the one insight that is wanted; all if not given.

        Raises:
            UnknownName: there is no such format, or insight.
        """
        from lvtu.insights.tables import exported

        return exported([self.get(id)] if id is not None else self.list(), format)

    # Changing

    def add(
        self, title: str, text: str = "", *, state: str = "draft", owner: str = "", stage: str = "", step: str = "",
        touchpoint: str = "", topic: str = "", by: str | None = None,
    ) -> Insight:  # fmt: skip
        """Write an insight down.

        Args:
            title: it, in one sentence.
            text: more of it.
            state: ``draft``, ``confirmed`` or ``retired``.
            owner: who sees to it.
            stage, touchpoint: where it belongs, by the keys of the default journey model.
            step: what happens there, in one's own words.
            topic: a topic's code.
            by: who writes it; whoever is signed in to this machine if not given.

        Raises:
            UnknownName: there is no such state, stage, touchpoint or topic.
            BadInput: it has no title.
        """
        said = {"title": title, "text": text, "state": state, "owner": owner, "stage": stage, "step": step,
                "touchpoint": touchpoint, "topic": topic}  # fmt: skip
        id, at = uuid7(), _now()
        self._books.add(StoredInsight(id, 1, **self._checked(said), by=by or getpass.getuser(), made=at, changed=at))
        return self.get(id)

    def change(self, id: str, *, version: int | None = None, by: str | None = None, **said: str) -> Insight:
        """Say something else of an insight.

        Args:
            id: which.
            version: the one that was changed; None changes whatever is there.
            by: who; whoever is signed in to this machine if not given.
            **said: as of `add`; what is not given stays.

        Raises:
            UnknownName: there is no such insight, state, stage, …
            BadInput: somebody else changed it in the meantime (code ``changed_by_another``).
        """
        if unknown := [name for name in said if name not in SAID]:
            raise UnknownName("insight_field", unknown[0], SAID)
        before = self._books.get(id)
        new = {name: value for name, value in said.items() if value != getattr(before, name)}
        self._books.change(id, self._checked(new), by or getpass.getuser(), _now(), version)
        return self.get(id)

    def remove(self, id: str) -> None:
        """Remove an insight for good, with its history; its quotes too, where no other stands on them.

        Raises:
            UnknownName: there is none of that id.
        """
        self._books.remove(id)

    def quote(
        self, id: str, *, where: str | None = None, message_id: str | None = None, words: str | None = None,
        most: int = 1, kind: str | None = None, by: str | None = None,
    ) -> Insight:  # fmt: skip
        """Have an insight stand on what customers said.

        Args:
            id: the insight.
            where: a condition: the newest comments for which it is true.
            message_id: of the one comment, instead of a condition.
            words: those that are quoted, as they stand there; all of it if not given.
            most: so many comments at most.
            kind: what kind of evidence that is, one of `lvtu.insights.KINDS`; by the event's name if not given.
            by: who quotes; whoever is signed in to this machine if not given.

        Returns:
            The insight. The same passage twice is one quote.

        Raises:
            UnknownName: there is no such insight, message or kind.
            BadInput: nothing was said for which the condition is true; or not in these words.
        """
        from lvtu.insights.comments import found

        self._books.get(id)
        if (where is None) == (message_id is None):
            raise BadInput("which_comment")
        if message_id is not None:
            numbers = [self._ws.voice.desk().event_of(message_id)]
        else:
            numbers = self._ws.asked(lambda snapshot, _: found(snapshot, str(where), most))
        if not numbers:
            raise BadInput("nobody_said", where=str(where))
        for number in numbers:
            self.quote_comment(id, number, words=words, kind=kind, by=by)
        return self.get(id)

    def quote_comment(
        self, id: str, number: int, *, words: str | None = None, start: int | None = None, kind: str | None = None,
        by: str | None = None,
    ) -> str:  # fmt: skip
        """Have an insight stand on what was said in one event; returns the quote's id.

        Args:
            id: the insight.
            number: of the event.
            words: those that are quoted; all if not given.
            start: where they begin; at the first place where they stand if not given.
            kind: what kind of evidence that is; by the event's name if not given.
            by: who quotes.

        Raises:
            UnknownName: there is no such insight, event or kind.
            BadInput: these words do not stand there.
        """
        from lvtu.insights.comments import comment

        if kind is not None and kind not in KINDS:
            raise UnknownName("evidence_kind", kind, KINDS)
        said = comment(self._ws.snapshot().lake, number)
        first, last = said.passage(words, start)
        passage = StoredEvidence(
            uuid7(), kind or kind_of(said.event, said.scale), "comment",
            number, None, None, None, said.time, said.basis, first, last, said.text[first:last],
        )  # fmt: skip
        kept = self._books.quote(id, passage, by or getpass.getuser(), _now())
        self._see_again(number)
        return kept

    def quote_passage(self, id: str, passage: StoredEvidence, by: str) -> str:
        """Have an insight stand on a passage of an interview or a document; returns the quote's id.

        Raises:
            UnknownName: there is no such insight.
        """
        kept = self._books.quote(id, passage._replace(id=uuid7()), by, _now())
        if passage.event is not None:
            self._see_again(passage.event)
        return kept

    def unquote(self, id: str, quote: str, *, by: str | None = None) -> Insight:
        """Have an insight no longer stand on a quote.

        Raises:
            UnknownName: there is no such insight, or quote of it.
        """
        self._books.unquote(id, quote, by or getpass.getuser(), _now())
        return self.get(id)

    def withdraw(self, document: str) -> None:
        """Take the words of an interview that is removed out of all insights."""
        self._books.withdraw(document, _now())

    def called(self, who: str) -> str:
        """The pseudonym of somebody."""
        return pseudonym(who, self._ws._ledger.keyed_hash)

    @property
    def _books(self) -> Books:
        return self._ws._ledger.insights

    def _see_again(self, event: int) -> None:
        """Somebody may have been forgotten while they were quoted: then what was written down last goes, too."""
        try:
            self._ws.snapshot().lake.take(np.array([event], np.int64), ["event_id"])
        except KeyError:
            self._books.erase([event], [], _now())
            self._ws._ledger.truncate()
            raise UnknownName("message", str(event), ()) from None

    def _checked(self, said: dict[str, str]) -> dict[str, str]:
        if not said.get("title", "?").strip():
            raise BadInput("no_title")
        if "state" in said:
            _check_state(said["state"])
        for name in _PLACES:
            if said.get(name) and said[name] not in (known := self._places(name)):
                raise UnknownName(name, said[name], known)
        return said

    def _places(self, name: str) -> Sequence[str]:
        if name != "topic":
            return list(self._ws.model().names(name))
        return self._ws.voice.desk().reader.topics.codes

    def _whole(self, kept: Sequence[StoredInsight], links: Sequence[Link]) -> Sequence[Insight]:
        events = (one.evidence.event for one in links if one.evidence.event is not None)
        who = speakers(self._ws.snapshot(), events) if links else {}
        by_insight: dict[str, list[Quote]] = {}
        for one in links:
            by_insight.setdefault(one.insight, []).append(self._quote(one, who))
        return [_insight(one, by_insight.get(one.id, [])) for one in kept]

    def _quote(self, link: Link, who: dict[int, Speaker]) -> Quote:
        one = link.evidence
        speaker = who.get(one.event) if one.event is not None else None
        return Quote(
            one.id, one.kind, cast(Any, one.source), one.event, one.document, one.highlight,
            self.called(speaker.name) if speaker else one.speaker, speaker.name if speaker else None,
            None if one.time is None else moment(one.time), one.basis, one.start, one.stop, one.words, one.gone,
            link.by, moment(link.time),
        )  # fmt: skip


def _insight(kept: StoredInsight, quotes: Sequence[Quote]) -> Insight:
    standing = ((one.speaker or one.document or one.id, one.kind) for one in quotes if one.gone is None)
    return Insight(
        kept.id, kept.version, kept.title, kept.text, cast(Any, kept.state), kept.owner,
        Place(kept.stage, kept.step, kept.touchpoint, kept.topic), tuple(quotes), reliability(standing),
        kept.by, moment(kept.made), moment(kept.changed),
    )  # fmt: skip


def _check_state(state: str) -> None:
    if state not in STATES:
        raise UnknownName("state", state, STATES)


def _now() -> int:
    return time.time_ns() // 1000
