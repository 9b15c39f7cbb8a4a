"""Lists of phrases, as they stand in files, and as the automaton takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from lvtu.kernels import text as kernels

STRONG, WEAK = 2, 1
"""What a phrase weighs; a label holds from a weight that its head names."""
OPEN = "*"
"""Behind a phrase: the word may go on (``refund*`` finds refunds and refunded)."""
NOTHING = "-"
"""The label of phrases that keep their words from other labels."""

_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_POINT = (1 << kernels.KIND) - 1


class Phrase(NamedTuple):
    """A phrase of a head.

    Attributes:
        text: as it is written, without the mark that it is open.
        label: what it speaks of, or `NOTHING`.
        weight: how much it says.
        open: the word that it ends with may go on.
    """

    text: str
    label: str
    weight: int
    open: bool


def phrase(text: str, label: str, weight: int = STRONG) -> Phrase:
    """A phrase as people write it: blanks around it and the mark behind it taken off."""
    plain = text.strip()
    return Phrase(plain.rstrip(OPEN), label, weight, plain.endswith(OPEN))


@cache
def listed(head: str) -> tuple[Phrase, ...]:
    """The phrases of one of the shipped heads, Chinese and English.

    A heading names the label of the phrases below it, and says whether they are weak. Phrases are parted by `` | ``;
    ``(a|b)`` within one stands for each of them in turn.
    """
    found: list[Phrase] = []
    for language in ("zh", "en"):
        text = (files("lvtu.voice.text") / "cues" / f"{head}.{language}.txt").read_text(encoding="utf-8")
        label, weight = NOTHING, STRONG
        for line in text.splitlines():
            if line.startswith("["):
                label, _, force = line.strip("[]").partition(" ")
                weight = WEAK if force == "weak" else int(force) if force else STRONG
            elif line and not line.startswith("#"):
                found += [phrase(one, label, weight) for part in line.split(" | ") for one in chosen(part)]
    return tuple(found)


def chosen(text: str) -> Iterator[str]:
    """A phrase with each of its choices.

    Example:
        >>> list(chosen("等了(半|一)个(多|)小时"))
        ['等了半个多小时', '等了半个小时', '等了一个多小时', '等了一个小时']
    """
    choice = _CHOICE.search(text)
    if choice is None:
        yield text
        return
    for one in choice[1].split("|"):
        yield from chosen(text[: choice.start()] + one + text[choice.end() :])


def folded(text: str, table: np.ndarray) -> list[int]:
    """The folded codes of a phrase: the same characters as the kernel makes of a text, without their kinds.

    Example:
        >>> from lvtu.voice import TextModel
        >>> "".join(map(chr, folded("ＡＰＰ  é１２３!!!", TextModel.shipped().table)))
        'app e00!!'
    """
    codes: list[int] = []
    for character in text:
        code = ord(character)
        if code < len(table):
            code = int(table[code])
            if code == 0:
                continue
        room = 1 if code >> kernels.KIND == kernels.BLANK else 2
        if len(codes) < room or any(one != code for one in codes[-room:]):
            codes.append(code)
    return [code & _POINT for code in codes]
