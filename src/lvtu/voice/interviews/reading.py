"""A kept interview or document, and what is known of each of its characters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from lvtu.core.words import Lang, say
from lvtu.voice.interviews.anchors import anchored
from lvtu.voice.interviews.transcript import Posts, Turn, holding, pseudonyms, turns


class Reading:
    """A body of the catalog (`lvtu.voice.interviews.models.Interview`, with ``highlights``) to be read.

    Args:
        body: it.
    """

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.body = body
        self.text: str = body["text"]

    @cached_property
    def turns(self) -> list[Turn]:
        """Who says what."""
        return turns(self.text)

    @cached_property
    def names(self) -> dict[str, str]:
        """Pseudonyms by the names of the transcript, in the order in which they first speak."""
        chosen = {one["name"]: one["pseudonym"] for one in self.body.get("speakers", ())}
        return pseudonyms([turn.speaker for turn in self.turns], chosen)

    @cached_property
    def marks(self) -> list[dict[str, Any]]:
        """The highlights in the order of the text, those that an edit has removed at the end.

        Where somebody who was forgotten was taken out of the text, its characters have moved; the highlights go along.
        """
        found = [self._settled({"colour": "yellow"} | mark) for mark in self.body["highlights"]]
        return sorted(found, key=lambda mark: (mark["start"] is None, mark["start"] or 0))

    @property
    def times(self) -> Posts:
        """Where which second of the recording begins."""
        return self._posts("times")

    @property
    def pages(self) -> Posts:
        """Where which page begins."""
        return self._posts("pages")

    def _posts(self, key: str) -> Posts:
        return [(at, value) for at, value in self.body.get(key, ()) if at <= len(self.text)]

    def _settled(self, mark: dict[str, Any]) -> dict[str, Any]:
        start = mark["start"]
        if start is None or self.text[start : mark["end"]] == mark["quote"]:
            return mark
        place = anchored(mark["quote"], self.text, self.text, start) or (None, None)
        return mark | dict(zip(("start", "end"), place, strict=True))

    def speaker(self, start: int | None) -> str | None:
        """The pseudonym of who says what begins there; None where nobody is named."""
        if start is None:
            return None
        return next((self.names[turn.speaker] for turn in self.turns if turn.start <= start < turn.end), None)

    def time(self, start: int | None) -> float | None:
        """At which second of the recording that is said."""
        return None if start is None else holding(self.times, start)

    def page(self, start: int | None) -> int | None:
        """On which page that stands."""
        found = None if start is None else holding(self.pages, start)
        return None if found is None else int(found)

    def cited(self, page: int | None, lang: Lang, titled: bool = True) -> str:
        """Where a passage stands, as one writes it below a quote.

        Args:
            page: the page it is on.
            lang: of the words between.
            titled: whether the title and the day are said, or stand beside it anyway.

        Example:
            >>> body = {"text": "…", "title": "Queues", "date": "", "citation": {"author": "Li", "published": "2024"}}
            >>> Reading(body).cited(3, "en")
            'Li. Queues. 2024. p. 3'
        """
        given = self.body["citation"]
        address = given.get("url", "")
        if address and given.get("accessed"):
            address = say("interviews.accessed", lang, url=address, day=given["accessed"])
        title, day = (self.body["title"], self.body["date"]) if titled else ("", "")
        parts = [given.get("author"), title, given.get("publisher"), given.get("published"), day]
        parts += [say("interviews.page", lang, page=str(page)) if page is not None else "", address]
        return ". ".join(part.rstrip(".") for part in parts if part)


def clock(seconds: float | None) -> str | None:
    """A time of a recording as players show it.

    Example:
        >>> clock(725.4), clock(3725), clock(None)
        ('12:05', '1:02:05', None)
    """
    if seconds is None:
        return None
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"
