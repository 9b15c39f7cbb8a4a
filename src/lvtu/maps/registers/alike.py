"""Entries that seem to say the same: proposals, which people accept by letting one stand for the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from lvtu.core.words import LANGS
from lvtu.maps.document.marked import unmarked
from lvtu.maps.registers.entry import Entry

ALIKE = 0.5
"""Texts that share so much of their pairs of characters are proposed as one."""


class Alike(NamedTuple):
    """Two entries of a kind whose texts are alike; `one` stands first in its register.

    Attributes:
        one, other: their ids.
        share: how much of their pairs of characters they share, 0 … 1.
    """

    one: str
    other: str
    share: float


def alike(some: Sequence[Entry]) -> list[Alike]:
    """Entries whose texts are alike, the most alike first.

    Two texts share 2·|A ∩ B| / (|A| + |B|) of their pairs of neighbouring characters (Dice 1945), in the language in
    which they are more alike: of short texts in Chinese and English alike that tells more than words do.

    At different steps of one map they are told apart: that is where one meets them.

    Args:
        some: entries of one kind.
    """
    shares: dict[tuple[int, int], float] = {}
    for lang in LANGS:
        pairs = [_pairs(unmarked(one.text.get(lang))) for one in some]
        holders: dict[str, list[int]] = defaultdict(list)
        for number, mine in enumerate(pairs):
            both = Counter(other for pair in mine for other in holders[pair])
            for other, n in both.items():
                share = 2 * n / (len(mine) + len(pairs[other]))
                if share >= ALIKE and not _apart(some[other], some[number]):
                    shares[other, number] = max(share, shares.get((other, number), 0.0))
            for pair in mine:
                holders[pair].append(number)
    found = [Alike(some[one].id, some[other].id, share) for (one, other), share in shares.items()]
    return sorted(found, key=lambda pair: -pair.share)


def _apart(one: Entry, other: Entry) -> bool:
    """Whether they cannot be one: at different steps of a map."""
    return one.map == other.map and one.at != other.at


def _pairs(text: str) -> frozenset[str]:
    said = "".join(letter for letter in text.lower() if letter.isalnum())
    return frozenset(said[place : place + 2] for place in range(len(said) - 1))
