"""Stages of common journeys, which questions are seen to speak of by their words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from lvtu.core.model.text import Text

_MAY = "~"
_AT = re.compile(r"^(.+?) at (?:the |our |your )?(.+)$")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class Known(NamedTuple):
    """A stage of a common journey, and by what a question is seen to speak of it: words that tell, words that may."""

    name: Text
    seen: tuple[re.Pattern[str], re.Pattern[str]]


@cache
def journeys() -> dict[str, tuple[Known, ...]]:
    """The common journeys by line of business, each with its stages in order.

    Example:
        >>> [one.name.en for one in journeys()["hotel"]][:3]
        ['Booking', 'Arriving', 'Staying']
    """
    told = yaml.safe_load((files(__package__) / "known.yaml").read_text(encoding="utf-8"))
    return {line: tuple(_known(stage) for stage in stages) for line, stages in told.items()}


def places(names: Sequence[str], line: str) -> list[int | None]:
    """Of what each question is about the place of the stage it speaks of; None where it speaks of none.

    The word that stands first decides, of two that begin together the longer one: "Check-in desk: waiting" is about the
    check-in.

    Example:
        >>> places(["客房卫生", "员工态度", "Speed of check-out"], "hotel")
        [2, None, 3]
    """
    return [_place(name.lower(), journeys()[line]) for name in names]


def both(name: str, beside: Collection[str] = ()) -> Text | None:
    """A known stage's name in both languages, told in one of them.

    Args:
        name: it.
        beside: the names of all stages of the map: of several lines of business that have the stage, the one that has
            most of them counts.

    Example:
        >>> both("收货").en, both("Somewhere") is None
        ('Receive', True)
        >>> both("Booking").zh, both("Booking", ["Booking", "Arriving", "Staying"]).zh
        ('预约挂号', '预订')
    """
    lines = [[stage.name for stage in line] for line in journeys().values()]
    lines.sort(key=lambda line: -sum(one.zh in beside or one.en in beside for one in line))
    return next((one for line in lines for one in line if name in (one.zh, one.en)), None)


def _known(stage: dict[str, object]) -> Known:
    zh, en = str(stage["name"]).split(" | ")
    words = sorted((*_words(stage["zh"]), *_words(stage["en"])), key=len, reverse=True)
    may = [word.removesuffix(_MAY) for word in words if word.endswith(_MAY)]
    return Known(Text(zh, en), (_any([word for word in words if not word.endswith(_MAY)]), _any(may)))


def _any(words: Sequence[str]) -> re.Pattern[str]:
    """Any of some words; nothing at all where there are none."""
    return re.compile("|".join(map(_pattern, words)) or "(?!)")


def _words(of: object) -> list[str]:
    return [str(word).lower() for word in of] if isinstance(of, list) else []


def _pattern(word: str) -> str:
    said = re.escape(word.rstrip("*"))
    if _CHINESE.search(word):
        return said
    return rf"(?<![a-z]){said}" + ("" if word.endswith("*") else r"(?![a-z])")


def _place(name: str, stages: Sequence[Known]) -> int | None:
    at = _AT.match(name)
    told = f"{at[2]} {at[1]}" if at else name  # the wait at the pharmacy is at the pharmacy
    for sure in range(2):
        found = [
            (one.start(), -len(one[0]), place)
            for place, stage in enumerate(stages)
            if (one := stage.seen[sure].search(told))
        ]
        if found:
            return min(found)[2]
    return None
