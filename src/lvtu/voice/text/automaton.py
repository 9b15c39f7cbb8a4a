"""The phrases of all heads as one trie, in arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lvtu.kernels import cues as kernels
from lvtu.voice.text.model import Scratch, TextModel
from lvtu.voice.text.phrases import NOTHING, Phrase, folded
from lvtu.voice.text.strings import LONGEST, Strings

_LETTERS = 0x33000
"""Code points beyond are in no phrase."""


class Head(NamedTuple):
    """What the labels of one kind are, and the phrases that speak of them.

    Attributes:
        name: the head's name.
        labels: its labels.
        phrases: its phrases.
        turned: what labels become when they are negated; None says that the mention falls away. A label that is not
            among them stays what it is.
        least: the weight from which a label holds; 1 for those that are not among them.
    """

    name: str
    labels: tuple[str, ...]
    phrases: Sequence[Phrase]
    turned: dict[str, str | None]
    least: dict[str, int]


class Tallies(NamedTuple):
    """What texts speak of.

    Attributes:
        sums: the weight of each label that is no topic, n × labels, int16.
        offsets: where the topics of each text begin, n + 1.
        topics: the topics that hold, in the order in which they are met, each once: places in the last head's labels.
    """

    sums: np.ndarray
    offsets: np.ndarray
    topics: np.ndarray


@dataclass(frozen=True, eq=False)
class Automaton:
    """A trie of phrases, in arrays (`lvtu.kernels.cues`).

    Attributes:
        heads: the heads; the first holds what negates, the last the topics.
        labels: head and label of each number.
        columns: how many labels are no topics.
        arrays: what both kernels take of it.
        least: the weight from which each label holds.
    """

    heads: tuple[Head, ...]
    labels: tuple[tuple[str, str], ...]
    columns: int
    arrays: tuple[np.ndarray | int, ...]
    least: np.ndarray

    def tally(self, texts: Strings) -> Tallies:
        """Weigh what each text speaks of."""
        n, labels = len(texts), len(self.labels)
        sums, offsets = np.empty((n, self.columns), np.int16), np.zeros(n + 1, np.int64)
        topics = np.empty(_room(texts), np.int16)
        total = kernels.tally_cues(
            texts.starts, texts.ends, texts.data, TextModel.shipped().table, *self.arrays, self.least,
            *_scratch(texts), np.zeros(labels, np.int32), np.zeros(labels, np.int32), sums, offsets, topics,
        )  # fmt: skip
        return Tallies(sums, offsets, topics[:total].copy())

    def mentions(self, texts: Strings) -> tuple[np.ndarray, np.ndarray]:
        """Every mention in every text: offsets, n + 1; and label, weight, first character, end, m × 4."""
        offsets, room = np.zeros(len(texts) + 1, np.int64), _room(texts)
        while True:
            found = np.empty((room, 4), np.int32)
            total = kernels.list_cues(
                texts.starts, texts.ends, texts.data, TextModel.shipped().table, *self.arrays, *_scratch(texts),
                offsets, found,
            )  # fmt: skip
            if total >= 0:
                return offsets, found[:total]
            room *= 2


def compiled(heads: Sequence[Head]) -> Automaton:
    """The automaton of some heads: that of negations first, that of topics last."""
    table = TextModel.shipped().table
    labels = tuple((head.name, label) for head in heads[1:] for label in head.labels)
    numbers = {name: number for number, name in enumerate(labels)}
    trie = _Trie()
    for place, head in enumerate(heads):
        for one in head.phrases:
            if place == kernels.NEGATION:
                number = 0 if one.label == NOTHING else one.weight
            else:
                number = kernels.NOTHING if one.label == NOTHING else numbers[head.name, one.label]
            trie.add(folded(one.text, table), (place, number, one.weight, int(one.open)))
    turned = np.arange(len(labels), dtype=np.int32)
    least = np.ones(len(labels), np.int32)
    for head in heads[1:]:
        for label, other in head.turned.items():
            turned[numbers[head.name, label]] = -1 if other is None else numbers[head.name, other]
        for label, weight in head.least.items():
            least[numbers[head.name, label]] = weight
    return Automaton(tuple(heads), labels, len(labels) - len(heads[-1].labels), (*trie.arrays(), turned), least)


class _Trie:
    def __init__(self) -> None:
        self.letters: dict[int, int] = {}
        self.children: dict[tuple[int, int], int] = {}
        self.outputs: list[list[tuple[int, int, int, int]]] = [[]]

    def add(self, codes: Iterable[int], output: tuple[int, int, int, int]) -> None:
        """Add a phrase; of two that are spelled alike within one head, the first is kept."""
        node = 0
        for code in codes:
            if code >= _LETTERS:
                return
            letter = self.letters.setdefault(code, len(self.letters) + 1)
            below = self.children.get((node, letter))
            if below is None:
                below = self.children[node, letter] = len(self.outputs)
                self.outputs.append([])
            node = below
        if node and all(one[0] != output[0] for one in self.outputs[node]):
            self.outputs[node].append(output)

    def arrays(self) -> tuple[np.ndarray | int, ...]:
        """Letters, roots, keys, children, shift, nodes, outputs, as the kernels take them."""
        letters = np.zeros(_LETTERS, np.uint16)
        for code, letter in self.letters.items():
            letters[code] = letter
        roots = np.zeros(len(self.letters) + 1, np.int32)
        bits = max(4, (2 * len(self.children)).bit_length())
        keys, children = np.full(1 << bits, -1, np.int64), np.zeros(1 << bits, np.int32)
        for (node, letter), below in self.children.items():
            if node == 0:
                roots[letter] = below
                continue
            at = kernels.slot(node, letter, bits)
            while keys[at] >= 0:
                at = (at + 1) % len(keys)
            keys[at], children[at] = node << 16 | letter, below
        nodes = np.cumsum([0, *map(len, self.outputs)], dtype=np.int32)
        outputs = np.array([one for many in self.outputs for one in many] or [(0, 0, 0, 0)], np.int32)
        return letters, roots, keys, children, 64 - bits, nodes, outputs


def _room(texts: Strings) -> int:
    return int(np.minimum(texts.ends - texts.starts, LONGEST).sum() + 1)


def _scratch(texts: Strings) -> tuple[np.ndarray, ...]:
    codes, places, *_ = Scratch(texts.longest)
    found = (np.empty(len(codes) * kernels.HEADS, np.int32) for _ in range(3))
    return codes, places, np.zeros(8, np.int32), np.zeros((3, kernels.HEADS), np.int32), *found
