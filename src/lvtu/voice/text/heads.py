"""What is read of a comment besides its sentiment: the labels, in order, and what becomes of them when negated."""

from __future__ import annotations

from typing import Any

from lvtu.voice.text.automaton import Automaton, Head, compiled
from lvtu.voice.text.phrases import listed
from lvtu.voice.text.taxonomy import Taxonomy

EMOTIONS = {
    "delight": "愉悦", "satisfaction": "满意", "trust": "信任",
    "disappointment": "失望", "anger": "愤怒", "confusion": "困惑",
}  # fmt: skip
"""The six emotions, three good and three bad: code → word in Chinese."""
INTENTS = ("complain", "ask", "praise", "suggest", "leave")
"""What customers want of us; ``other`` is the rest."""
OTHER = "other"
WAITING = ("complain", "ask", "leave")
"""Intents after which somebody waits for an answer."""
URGENCIES = {"none": 0, "answer": 1, "pressing": 2, "harm": 3}
"""How urgent: nobody waits; somebody complains, asks or threatens to leave; time presses; somebody or something was
harmed, or is about to be: health, safety, money, the law."""
FOUR_DONTS = ("wait", "annoy", "think", "repeat")
"""The four don'ts (四不要): do not make me wait, do not annoy me, do not make me think, do not make me say it again."""
SERVQUAL = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
"""The dimensions of service quality after Parasuraman, Zeithaml & Berry (1988)."""

PRESET = "general"
"""The taxonomy of who names none."""

_GONE = dict.fromkeys
_FIXED = (
    Head("negation", (), listed("negation"), {}, {}),
    Head(
        "emotion", tuple(EMOTIONS), listed("emotion"),
        {"delight": "disappointment", "satisfaction": "disappointment", "trust": "disappointment",
         "disappointment": "satisfaction", "anger": None, "confusion": None},
        {},
    ),
    Head("intent", INTENTS, listed("intent"), {"complain": None, "praise": "complain", "leave": None}, {}),
    Head("urgency", ("pressing", "harm"), listed("urgency"), _GONE(("pressing", "harm")), {}),
    Head("four_donts", FOUR_DONTS, listed("four_donts"), _GONE(FOUR_DONTS), {}),
    Head("servqual", SERVQUAL, listed("servqual"), {}, {}),
)  # fmt: skip
HEADS = (*(head.name for head in _FIXED[1:]), "topics")
"""The heads that have labels, in the order of the automaton."""


def columns(head: str) -> slice:
    """Where the labels of a head other than topics stand among those of the automaton.

    Example:
        >>> columns("intent")
        slice(6, 11, None)
    """
    first = 0
    for one in _FIXED[1:]:
        if one.name == head:
            return slice(first, first + len(one.labels))
        first += len(one.labels)
    raise KeyError(head)


def taxonomy_of(value: Any) -> Taxonomy:
    """The taxonomy that somebody names; the general one if nobody does."""
    return value if isinstance(value, Taxonomy) else Taxonomy.load(PRESET if value is None else value)


def automaton(taxonomy: Taxonomy) -> Automaton:
    """The automaton of all heads with the topics of a taxonomy; the last few are kept."""
    known = _KEPT.get(taxonomy.fingerprint)
    if known is None:
        known = compiled((*_FIXED, taxonomy.head()))
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[taxonomy.fingerprint] = known
    return known


_KEPT: dict[str, Automaton] = {}
_MOST_KEPT = 8
