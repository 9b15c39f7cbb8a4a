"""What somebody said who is forgotten, where it stands on journey maps: quoted there, or typed by hand."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lvtu.core.model.text import Text
from lvtu.core.words import LANGS, say
from lvtu.maps.changes import changes
from lvtu.maps.document import JourneyMap
from lvtu.store.journeys.columns import Array
from lvtu.store.lake import Lake
from lvtu.store.ledger import Ledger
from lvtu.store.sqlite import patiently
from lvtu.store.suppression import ERASED

if TYPE_CHECKING:
    from lvtu.maps.map import Map

TELLING = 16
"""From so many letters on a text that stands within another is the same words, not chance; a Chinese one counts two."""

RUN = 24
"""From so many on a run that two texts share is."""

_SHOWN = ("text", "alt")
"""Fields of a card that people read."""

_OF_ALL = 0x2E80
"""From here on characters are as wide as two letters."""

Fields = dict[str, Any]
OfCard = Callable[[str, Fields], Fields]


class Said:
    """What somebody said, as it is looked for on maps.

    Evidence names the event, or the quote of an insight, in which it was said: that is certain. Else words are compared
    without punctuation, spaces and capitals: the same text, one of `TELLING` letters within the other, or `RUN` letters
    that both have. Shorter ones are looked for on cards that quote them alone: anybody may have typed “too slow”.

    Args:
        texts: what they wrote.
        sources: what evidence of theirs names: numbers of events, ids of quotes.
        without: a JSON value without their identifiers.

    Example:
        >>> said = Said(["Payment failed three times."], ["7"], lambda value: value)
        >>> [said.holds(text) for text in ("“**Payment failed** three times”", "failed three times", "Payment failed")]
        [True, True, False]
    """

    def __init__(self, texts: Iterable[str | None], sources: Iterable[str], without: Callable[[Any], Any]) -> None:
        self._texts = {letters(text) for text in texts if text} - {""}
        self._whole = "\n".join(sorted(self._texts))
        self._runs = {run for text in self._texts for run in _runs(text)}
        self._sources, self._names = frozenset(sources), without

    def holds(self, text: str) -> bool:
        """Whether a text holds what they said, or a part of that alone."""
        own = letters(text)
        if not own or own in self._texts:
            return bool(own)
        if _width(own) < TELLING:
            return False
        if own in self._whole or any(run in self._runs for run in _runs(own)):
            return True
        return any(each in own for each in self._texts if TELLING <= _width(each) < RUN)

    def on(self, values: Sequence[Any]) -> tuple[Callable[[Any], Any], set[str], set[str]]:
        """What becomes of a map.

        Args:
            values: the map as JSON: as it is, as it was kept, and lists of what was changed in it.

        Returns:
            What puts another value in the place of one of these; the keys of the cards that lose words; of those that
            may hold some that people typed.
        """
        quoting: set[str] = set()
        holding: set[str] = set()
        quotes: set[str] = set()

        def look(key: str, fields: Fields) -> Fields:
            if any(self._theirs(one) for one in fields.get("evidence") or ()):
                quoting.add(key)
            if fields.get("kind") == "quote":
                quotes.add(key)
            texts = [text for name in _SHOWN for text in _spoken(fields.get(name))]
            if any(self.holds(text) and _width(letters(text)) >= TELLING for text in texts):
                holding.add(key)
            return fields

        for value in values:
            _with_cards(value, look)
        quoting |= holding & quotes

        def without(key: str, fields: Fields) -> Fields:
            left = dict(fields)
            if "evidence" in left:
                left["evidence"] = [_gone(one) if self._theirs(one) else one for one in left["evidence"] or ()]
            if key in quoting:
                left |= {name: self._blank(left[name]) for name in _SHOWN if name in left}
            return left

        return lambda value: self._names(_with_cards(value, without)), quoting, holding - quoting

    def _theirs(self, one: Fields) -> bool:
        """Whether a piece of evidence is what they said: by what it names, or where that is nothing, by its words."""
        source = one.get("source")
        return source in self._sources or (source is None and self.holds(one.get("quote") or ""))

    def _blank(self, words: Any) -> Any:
        if words is None or not any(self.holds(text) for text in _spoken(words)):
            return words
        both = words if isinstance(words, dict) else dict.fromkeys(LANGS, words)
        return {lang: say("forget.said", lang) if self.holds(both[lang]) else both[lang] for lang in LANGS}


@dataclass(frozen=True)
class Left:
    """A card that may hold what somebody said who was forgotten, as somebody typed it.

    Words are compared while they are forgotten; afterwards nobody knows them any more. So it stays listed until it is
    settled, also where the card was changed or removed since: the history of the map has what it said.

    Attributes:
        map: the map.
        card: its key.
    """

    map: Map
    card: str

    @property
    def text(self) -> Text | None:
        """What it says now; None where it says nothing, or is gone."""
        return next((one.text for one in self.map.document.cards if one.key == self.card), None)

    def take(self) -> None:
        """Take out for good what the card says and ever said: of the map, its history and its versions."""
        ledger = self.map._ws._ledger
        ledger.maps.erase(_blank(self.card), marked, only=self.map.id)
        self.keep()
        patiently(ledger.truncate)

    def keep(self) -> None:
        """Note that it is nobody's words, or that they may stay: it is not listed any more."""
        self.map._ws._ledger.maps.settle(self.map.id, self.card)


def _blank(card: str) -> Callable[[Sequence[Any]], tuple[Callable[[Any], Any], set[str], set[str]]]:
    """What takes every text out that a card ever had; as `Said.on`."""
    gone = {lang: say("forget.said", lang) for lang in LANGS}

    def without(key: str, fields: Fields) -> Fields:
        theirs = key == card
        return fields | {name: gone for name in _SHOWN if theirs and fields.get(name) is not None}

    return lambda values: (lambda value: _with_cards(value, without), {card}, set())


def said(ledger: Ledger, lake: Lake, events: Array, without: Callable[[Any], Any]) -> Said:
    """What somebody said in some events.

    Args:
        ledger: has the insights that quote them.
        lake: has the events.
        events: their numbers.
        without: as for `Said`.
    """
    theirs = set(events.tolist())
    quoted = [one.evidence.id for one in ledger.insights.links() if one.evidence.event in theirs]
    texts = lake.take(events, ("text",))["text"].unique().to_pylist() if len(events) else []
    return Said(texts, [*map(str, theirs), *quoted], without)


def marked(before: Fields, after: Fields) -> list[Fields]:
    """What is otherwise in a map, without telling what it was: whoever has it open learns that it is.

    Args:
        before: its document.
        after: that without somebody.
    """
    made = changes(JourneyMap.load(before), JourneyMap.load(after))
    return [one.model_copy(update={"was": one.now}).model_dump(mode="json", exclude_none=True) for one in made]


def letters(text: str) -> str:
    """A text as it is compared: letters and digits alone.

    Example:
        >>> letters("“**Too slow**, Ann!”"), letters("太　慢了！")
        ('tooslowann', '太慢了')
    """
    return "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())


def _width(text: str) -> int:
    return sum(2 if ord(each) >= _OF_ALL else 1 for each in text)


def _runs(text: str) -> Iterator[str]:
    """Every shortest run of a text that is `RUN` letters wide."""
    end, wide = 0, 0
    for start in range(len(text)):
        while wide < RUN and end < len(text):
            wide += _width(text[end])
            end += 1
        if wide < RUN:
            return
        yield text[start:end]
        wide -= _width(text[start])


def _spoken(words: Any) -> Iterable[str]:
    found = words.values() if isinstance(words, dict) else (words,)
    return (one for one in found if isinstance(one, str))


def _gone(one: Fields) -> Fields:
    """A piece of evidence that says where something was said, and no more what, by whom and when."""
    return {name: one[name] for name in ("kind", "source") if name in one} | {"title": ERASED}


def _with_cards(value: Any, of_card: OfCard) -> Any:
    """A document with other cards, or what was changed with what that says of cards."""
    if isinstance(value, dict) and isinstance(value.get("cards"), list):
        return value | {"cards": [of_card(card["key"], card) for card in value["cards"]]}
    return [_changed(one, of_card) for one in value] if isinstance(value, list) else value


def _changed(change: Fields, of_card: OfCard) -> Fields:
    if change.get("part") != "cards":
        return change
    key, field = change["key"], change.get("field")

    def side(value: Any) -> Any:
        return of_card(key, value) if field is None else of_card(key, {field: value})[field]

    return change | {name: side(change[name]) for name in ("was", "now") if change.get(name) is not None}
