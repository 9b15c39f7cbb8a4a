"""What customers say: sentences put together from phrases that were written for it, in Chinese and in English.

A text is made of an opening, one to three clauses about different things, and an end, joined the way people join them,
with slips of the keyboard. Nothing in it was taken from real customers, and neither language translates the other.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

LONGEST = 120
"""Characters of a text at most."""

NEUTRAL = 0.45
"""Feelings (−2…+2) up to here are neither good nor bad."""

EMOTIONS = ("joy", "satisfaction", "trust", "disappointment", "anger", "confusion")
INTENTS = ("complain", "ask", "praise", "suggest", "leave", "tell")

_SLOT = re.compile(r"\{([^}]+)\}")
_MIX = {
    "product": ("quality", "quality", "quality", "price", "packaging", "delivery", "service"),
    "brand": ("brand", "service", "quality", "price", "delivery", "app", "checkout", "store"),
}
"""What a text about the product or the brand as a whole may be about."""

_OTHERS = tuple(name for mix in _MIX.values() for name in mix if name != "brand")
"""What may be mentioned by the way."""


@dataclass(frozen=True)
class Words:
    """A text and what is meant with it.

    Attributes:
        text: it.
        polarity: −1, 0 or 1, over all.
        aspects: what is spoken of and how (−1, 0 or 1), in order.
        emotion: one of `EMOTIONS`; None for none.
        intent: one of `INTENTS`; ``tell`` for none in particular.
    """

    text: str
    polarity: int
    aspects: tuple[tuple[str, int], ...]
    emotion: str | None
    intent: str


@cache
def phrases(language: str) -> Any:
    """The phrases of a language."""
    path = Path(__file__).parent / "phrases" / f"{language}.json"
    return json.loads(path.read_text(encoding="utf-8"))


class Speaker:
    """Says things, one after the other, from one stream of random numbers.

    Args:
        seed: of the stream.

    Example:
        >>> said = Speaker(7).say("en", "chat", 0.0, "delivery", "ask")
        >>> said.polarity, said.aspects, said.intent
        (0, (('delivery', 0),), 'ask')
    """

    def __init__(self, seed: str | int) -> None:
        self._random = Random(seed)
        self._product, self._slots = "", dict[str, list[str]]()

    def say(self, language: str, kind: str, mood: float, about: str, wish: str = "", product: str = "") -> Words:
        """A text of somebody.

        Args:
            language: ``zh`` or ``en``.
            kind: ``chat``, ``ticket``, ``review`` or ``comment``.
            mood: how they feel about it, −2…+2.
            about: what it is about: an aspect of the phrases, ``product`` or ``brand``.
            wish: ``ask`` where they want to know something.
            product: what they bought, in their language.
        """
        found, self._product = phrases(language), product
        self._slots = found["slots"]
        first = self._random.choice(_MIX.get(about, (about,)))
        if wish == "ask" or (kind == "chat" and self._chance(0.45)):
            words = self._question(found, first)
        elif abs(mood) <= NEUTRAL:
            words = self._so_so(found, first)
        else:
            words = self._opinion(found, kind, mood, first, about)
        tone = "pos" if words.polarity > 0 else "neg" if words.polarity < 0 else "neutral"
        return replace(words, text=self._typed(words.text, found, language, tone, mood))

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _one(self, several: list[str]) -> str:
        """One of several phrases, filled in; one that names the product only where it is known."""
        while "{product}" in (text := self._random.choice(several)) and not self._product:
            pass
        while slot := _SLOT.search(text):
            text = text[: slot.start()] + self._filling(slot[1]) + text[slot.end() :]
        return text

    def _filling(self, slot: str) -> str:
        if slot == "product":
            return self._product
        return f"{self._random.randrange(10_000):04d}" if slot == "####" else self._random.choice(self._slots[slot])

    def _fits(self, *parts: str) -> bool:
        """Whether parts are short enough together for an end to fit behind them."""
        return sum(map(len, parts)) <= LONGEST - 8

    def _question(self, found: Any, first: str) -> Words:
        text = self._one(found["aspects"][first]["ask"])
        if self._chance(0.45):
            text += self._one(found["details"])
        lead = self._one(found["leads" if self._chance(0.3) else "greetings"])
        text = lead + text if self._fits(lead, text) else text
        thanks = self._one(found["thanks"])
        text += thanks if self._chance(0.6) and self._fits(text, thanks) else found["mark"]
        return Words(text, 0, ((first, 0),), "confusion" if self._chance(0.35) else None, "ask")

    def _so_so(self, found: Any, first: str) -> Words:
        """Neither good nor bad: both at once, a suggestion, or nothing much."""
        roll = self._random.random()
        opening = self._one(found["openings"]["neutral"]) if self._chance(0.5) else ""
        if roll < 0.5:
            other = self._other(first)
            text = self._one(found["aspects"][first]["pos"]) + self._but(found, -1)
            text += self._one(found["aspects"][other]["neg"])
            if self._fits(text):
                return Words(self._led(opening, text), 0, ((first, 1), (other, -1)), None, "tell")
        if roll < 0.65:
            text = self._one(found["aspects"][first]["suggest"])
            return Words(self._led(opening, text), 0, ((first, 0),), None, "suggest")
        if roll < 0.9:
            text, more = self._random.sample(found["neutral"], 2)
            text = self._one([text])
            if self._chance(0.5):
                text += self._one(found["and"]) + self._one([more])
            return Words(self._led(opening, text), 0, (), None, "tell")
        return Words(self._one(found["short"]["neutral"]), 0, (), None, "tell")

    def _led(self, opening: str, text: str) -> str:
        return opening + text if self._fits(opening, text) else text

    def _but(self, found: Any, sign: int) -> str:
        """From one side to the other; some words lead to the worse alone, some to the better."""
        return self._one(found["but"] + found["but_bad" if sign < 0 else "but_good"])

    def _opinion(self, found: Any, kind: str, mood: float, first: str, about: str) -> Words:
        sign = 1 if mood > 0 else -1
        tone = "pos" if sign > 0 else "neg"
        emotion = self._emotion(mood, first)
        if kind in ("review", "comment") and self._chance(0.1):
            return Words(self._one(found["short"][tone]), sign, (), emotion, "praise" if sign > 0 else "complain")
        text, aspects = self._clauses(found, kind, sign, first, about)
        if self._chance(0.3):
            opening = found["greetings"] if kind in ("chat", "ticket") else found["openings"][tone]
            text = self._led(self._one(opening), text)
        end, intent = self._end(found, sign, mood, first, emotion)
        if not self._fits(text, end):
            end, intent = "", "praise" if sign > 0 else "complain"
        return Words(text + end, sign, tuple(aspects), emotion, intent)

    def _clauses(self, found: Any, kind: str, sign: int, first: str, about: str) -> tuple[str, list[tuple[str, int]]]:
        """What is said of one to four aspects, of which the first is what it is about."""
        tone, counter = ("pos", "neg") if sign > 0 else ("neg", "pos")
        aspects, text = [(first, sign)], self._one(found["aspects"][first][tone])
        if kind == "review" and self._chance(0.22):
            other = self._other(first)
            before = self._one(found["aspects"][other][counter]) + self._but(found, sign)
            if self._fits(before, text):
                aspects.insert(0, (other, -sign))
                text = before + text
        for _ in range(self._random.choices((0, 1, 2), (0.5, 0.38, 0.12))[0]):
            other = self._other(*(name for name, _ in aspects)) if about in _MIX or self._chance(0.5) else first
            clause, between = self._one(found["aspects"][other][tone]), self._one(found["and"])
            if clause in text or not self._fits(text, between, clause):
                continue
            text += between + clause
            if (other, sign) not in aspects:
                aspects.append((other, sign))
        return text, aspects

    def _end(self, found: Any, sign: int, mood: float, first: str, emotion: str) -> tuple[str, str]:
        """A suggestion, a threat to leave, a word of feeling, or nothing; and what is wanted."""
        if sign < 0 and self._chance(0.08):
            return self._one(found["and"]) + self._one(found["aspects"][first]["suggest"]), "suggest"
        if mood < -1.2 and self._chance(0.18):
            return self._one(found["leave"]), "leave"
        end = self._one(found["closings"][emotion]) if self._chance(0.38) else ""
        return end, "praise" if sign > 0 else "complain"

    def _emotion(self, mood: float, first: str) -> str:
        if mood > 0:
            return "joy" if mood > 1.3 and self._chance(0.6) else "trust" if self._chance(0.25) else "satisfaction"
        if first in ("checkout", "app") and self._chance(0.35):
            return "confusion"
        return "anger" if mood < -1.1 and self._chance(0.65) else "disappointment"

    def _other(self, *than: str) -> str:
        return self._random.choice([name for name in _OTHERS if name not in than])

    def _typed(self, text: str, found: Any, language: str, tone: str, mood: float) -> str:
        """As a person types it: with or without a full stop, with a face, in haste."""
        text = text.strip(" ，,;；")
        if language == "en" and not self._chance(0.18):
            text = re.sub(r"(^|[.!?] )([a-z])", lambda part: part[1] + part[2].upper(), text)
            text = re.sub(r"\bi('| )", r"I\1", text)
        if self._chance(0.09):
            right, wrong = self._random.choice(found["typos"])
            text = text.replace(right, wrong, 1)
        if language == "zh" and self._chance(0.1):
            text = text.replace("，", " ")
        if text[-1] not in "。！？!?.…，~～":
            stops = ("。", "！", "！！") if language == "zh" else (".", "!", "!!")
            loud = self._chance(0.35) if abs(mood) > 1.2 else False
            if loud and text[-1] not in "谢":
                text += stops[1] if self._chance(0.7) else stops[2]
            elif self._chance(0.4):
                text += stops[0]
        if self._chance(0.1):
            text += self._one(found["emoji"][tone])
        return text[:LONGEST]
