"""Words that mean much the same as a step's name: those of the topics that the shipped taxonomies know it under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from lvtu.voice.text.taxonomy import PRESETS, preset

_SHORTEST = 4
"""Letters of a word that may begin another one without being meant."""

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def kindred(names: Sequence[str]) -> list[list[str]]:
    """By name the keywords of topics that it speaks of, in its own language: who wrote of a refund speaks of returns.

    Topics are those of the general taxonomy, and of that line of business in which most of the names are at home. Only
    topics that are made of no others tell enough; what stands above them, as service does, is about everything.

    Example:
        >>> words = kindred(["Returns and complaints", "Our lovely showroom"])
        >>> "refund" in words[0], words[1], "退款" in kindred(["退换货"])[0]
        (True, [], True)
    """
    found = {one: [_of(name.lower(), one) for name in names] for one in PRESETS}
    line = max(PRESETS, key=lambda one: sum(map(bool, found[one])))
    return [list(dict.fromkeys((*general, *own))) for general, own in zip(found["general"], found[line], strict=True)]


def _of(name: str, taxonomy: str) -> list[str]:
    chinese = _CHINESE.search(name) is not None
    return [
        word
        for shown, words in _topics(taxonomy)
        if any(one.search(name) for one in shown)
        for word in words
        if (_CHINESE.search(word) is not None) is chinese
    ]


@cache
def _topics(taxonomy: str) -> tuple[tuple[tuple[re.Pattern[str], ...], tuple[str, ...]], ...]:
    """Of each topic that is made of no others by what it is seen, and its words."""
    found = []
    for _, topic in preset(taxonomy).each():
        keywords = [word for words in topic.keywords.values() for word in words]
        if not topic.topics:
            found.append((tuple(map(_seen, keywords)), tuple(_words(keywords))))
    return tuple(found)


def _seen(keyword: str) -> re.Pattern[str]:
    word = re.escape(keyword.rstrip("*").lower())
    if _CHINESE.search(keyword):
        return re.compile(word)
    return re.compile(rf"\b{word}" + ("" if keyword.endswith("*") else r"\b"))


def _words(keywords: list[str]) -> Iterator[str]:
    for keyword in keywords:
        word = keyword.rstrip("*").lower()
        if _CHINESE.search(word) or len(word) >= _SHORTEST:
            yield word
