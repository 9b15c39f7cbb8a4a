"""Interviews as somebody may see them: for those who may not see identifiers, places move with what is masked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from lvtu.catalog.documents import Document
from lvtu.catalog.people import Person
from lvtu.service.access import Access
from lvtu.service.interviews.schemas import HighlightOf, SpeakerOf, TurnOf
from lvtu.service.masking import scrubbed, scrubbing
from lvtu.voice.interviews import asks
from lvtu.voice.interviews.reading import Reading
from lvtu.voice.text import analyse

Body = dict[str, Any]


class Seen:
    """A text as somebody may see it.

    Args:
        access: who looks.
        kept: it.
    """

    def __init__(self, access: Access, kept: Document) -> None:
        self._access, self.kept = access, kept
        self.read = Reading(kept.body)
        self._others = {name: alias for name, alias in self.read.names.items() if name != alias}

    @cached_property
    def _masked(self) -> tuple[str, Callable[[int], int]]:
        return scrubbing(self.read.text, self._others) if self._access.masked else (self.read.text, int)

    @property
    def text(self) -> str:
        """What it says."""
        return self._masked[0]

    def shown(self, text: str) -> str:
        """Some words of it, or about it."""
        return scrubbed(text, self._others) if self._access.masked else text

    def place(self, at: int | None) -> int | None:
        """Where a character went."""
        return None if at is None else self._masked[1](at)

    def posts(self, posts: Iterable[tuple[int, float]]) -> list[tuple[int, float]]:
        """Times or pages; of several that fall together the last."""
        return list({self._masked[1](at): value for at, value in posts}.items())

    def who(self) -> list[SpeakerOf]:
        """Who speaks."""
        turns = Counter(turn.speaker for turn in self.read.turns)
        return [
            SpeakerOf(
                name=alias if self._access.masked else name, pseudonym=alias, turns=turns[name], asks=asks(name)
            )
            for name, alias in self.read.names.items()
        ]  # fmt: skip

    def turns(self) -> list[TurnOf]:
        """Who says what when."""
        return [
            TurnOf(
                speaker=self.shown(self.read.names[turn.speaker]), start=self._masked[1](turn.start),
                end=self._masked[1](turn.end), time=self.read.time(turn.start),
            )
            for turn in self.read.turns
        ]  # fmt: skip

    def highlights(self, marks: list[Body], people: Mapping[str, Person]) -> list[HighlightOf]:
        """Highlights of it with all that is known of them."""
        feelings = analyse([mark["quote"] for mark in marks])["sentiment"].to_pylist()
        body = self.kept.body
        found = []
        for mark, sentiment in zip(marks, feelings, strict=True):
            author, start = people.get(mark["author"] or ""), mark["start"]
            speaker = self.read.speaker(start)
            told = {
                "quote": self.shown(mark["quote"]), "note": self.shown(mark["note"]), "start": self.place(start),
                "end": self.place(mark["end"]), "speaker": speaker and self.shown(speaker),
                "time": self.read.time(start), "page": self.read.page(start), "sentiment": sentiment,
                "author_name": author.name if author else "", "interview": self.kept.id,
                "title": self.shown(body["title"]), "form": body["form"], "date": body["date"],
            }  # fmt: skip
            found.append(HighlightOf(**mark | told))
        return found
