"""What may be wrong with a definition: where, what, and what to do about it, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

from lvtu.core.sentences import Sentence
from lvtu.core.words import Lang

Place = tuple[str | int, ...]
"""The way to a part of a definition: keys and numbers from 0."""


class Flaw(Sentence):
    """What is wrong.

    Example:
        >>> Flaw("key_twice", key="q1").text("zh")
        '键“q1”用了不止一次'
    """

    group = "survey_flaws"


class Advice(Sentence):
    """What to do about it.

    Example:
        >>> Advice("near", near="q1").text("en")
        "did you mean 'q1'?"
    """

    group = "survey_advice"


class Told(Sentence):
    """What an error of Lvtu says is wrong, as a part of another sentence."""

    group = "errors"


@dataclass(frozen=True)
class Finding:
    """Something about a definition.

    Attributes:
        place: where it is: ``pages[0].questions[2].show_if``; empty for the definition as a whole.
        what: what is wrong.
        advice: what to do.
        level: ``error``: no such survey can be asked; ``warning``: it can, and somebody should look.
    """

    place: str
    what: Flaw
    advice: Advice
    level: Literal["error", "warning"] = "error"

    def text(self, lang: Lang | None = None) -> str:
        """Both in one sentence."""
        from lvtu.core.words import say

        return say("survey.finding", lang, what=self.what.text(lang), advice=self.advice.text(lang))

    def to_json(self) -> dict[str, Any]:
        """The finding with both sentences in English, and their codes and values."""
        return {
            "level": self.level,
            "place": self.place,
            "what": self.what.to_json(),
            "advice": self.advice.to_json(),
        }


def spelled(place: Iterable[str | int]) -> str:
    """A place as people write it.

    Example:
        >>> spelled(("pages", 0, "questions", 2, "title", "zh"))
        'pages[0].questions[2].title.zh'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


def nearest(name: str, known: Iterable[str], otherwise: Advice) -> Advice:
    """The name that was probably meant; other advice where none is near."""
    for near in get_close_matches(name, list(known), n=1, cutoff=0.6):
        return Advice("near", near=near)
    return otherwise
