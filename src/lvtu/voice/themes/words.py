"""The words of comments that say what they are about: Chinese cut into words, English without its endings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*|[\u3400-\u9fff]+", re.IGNORECASE)
_APOSTROPHE = re.compile(r"['’]")
_DOUBLED = set("bdfgmnprtv")
_LONGEST = 20
"""Letters of a word; what is longer is an address or noise."""


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about what a comment is about: grammar, courtesy, and mere praise and blame."""
    text = (files("lvtu.voice.themes") / "stop_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def words_of(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text that may say what it is about, each with the form in which words are counted as the same.

    Example:
        >>> list(words_of("Deliveries were late again, 快递太慢了"))
        [('delivery', 'deliveries'), ('lat', 'late'), ('快递', '快递'), ('太慢', '太慢')]
    """
    from rjieba import cut

    stop = stop_words()
    for found in _WORD.finditer(text):
        word = found.group()
        if "\u3400" <= word[0] <= "\u9fff":
            yield from ((one, one) for one in cut(word) if one not in stop)
            continue
        word = _APOSTROPHE.sub("", word.lower())
        if word not in stop and 1 < len(word) <= _LONGEST:
            yield stem(word), word


def stem(word: str) -> str:
    """An English word without its plural, ``-ing`` or ``-ed``: enough for counting, no grammar.

    Example:
        >>> [stem(word) for word in ("cards", "deliveries", "topping", "topped", "charges", "charged", "status")]
        ['card', 'delivery', 'top', 'top', 'charg', 'charg', 'status']
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-2] if word.endswith(("shes", "ches", "xes", "sses")) else word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] in _DOUBLED:
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def counted(clauses: Iterable[str]) -> tuple[list[list[str]], dict[str, str]]:
    """The words of clauses, and how each is mostly written (of equally frequent ways the first by its letters)."""
    written: dict[str, dict[str, int]] = {}
    found: list[list[str]] = []
    for clause in clauses:
        own = []
        for word, way in words_of(clause):
            own.append(word)
            ways = written.setdefault(word, {})
            ways[way] = ways.get(way, 0) + 1
        found.append(own)
    return found, {word: min(ways, key=lambda way: (-ways[way], way)) for word, ways in written.items()}


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of their words that two clauses have in common (Jaccard)."""
    left, right = set(one), set(other)
    return len(left & right) / max(len(left | right), 1)
