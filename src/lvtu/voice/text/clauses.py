"""Where the clauses of comments begin and end."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from lvtu.kernels import clauses as kernels
from lvtu.voice.text.strings import Strings

_ENDS = "。！？；!?;\n\r…～"
_COMMAS = "，、,"
_BLANKS = " \t\u3000,，、.;；:：-—"
_WORDS = (
    "但是", "不过", "可是", "然而", "就是",
    "but", "however", "although", "though", "yet",
    "except", "太", "有点", "送", "价格", "味道",
)  # fmt: skip
"""Words that turn to something else, in the order of the kernel: alone, 就是, in English, what follows 就是."""


class Clauses(NamedTuple):
    """The clauses of texts.

    Attributes:
        offsets: where those of each text begin, n + 1.
        starts: the first character of each, in its text.
        ends: the one behind its last.
        strings: the clauses as texts.
    """

    offsets: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    strings: Strings


def clauses_of(texts: Strings) -> Clauses:
    """The clauses of texts, without the marks and blanks around them.

    Example:
        >>> text = "Great seats, but the food was cold. 服务好，就是太慢"
        >>> found = clauses_of(Strings.of([text]))
        >>> [text[start:end] for start, end in zip(found.starts, found.ends)]
        ['Great seats', 'but the food was cold', '服务好', '就是太慢']
    """
    codes, places = np.empty(texts.longest, np.int32), np.empty(texts.longest + 1, np.int64)
    offsets = np.zeros(len(texts) + 1, np.int64)
    room = 16 + 4 * len(texts)
    while True:
        spans = np.empty((room, 4), np.int64)
        total = kernels.split_clauses(
            texts.starts, texts.ends, texts.data, _classes(), _words(), codes, places, offsets, spans
        )
        if total >= 0:
            break
        room *= 2
    starts, ends, first, last = (np.ascontiguousarray(column) for column in spans[:total].T)
    return Clauses(offsets, starts, ends, Strings(first, last, texts.data, np.ones(total, bool)))


@cache
def _classes() -> np.ndarray:
    """What each character of the first plane can be, as bits."""
    found = np.zeros(0x10000, np.uint8)
    for code in range(len(found)):
        one = chr(code)
        found[code] = kernels.SPACE * one.isspace() | kernels.WORD * (one.isalnum() or one == "_")
    for characters, bit in ((_ENDS, kernels.END), (_COMMAS, kernels.COMMA), (_BLANKS, kernels.BLANK)):
        found[list(map(ord, characters))] |= bit
    found[0x3400:0xA000] |= kernels.HAN
    return found


@cache
def _words() -> np.ndarray:
    found = np.zeros((len(_WORDS), 1 + max(map(len, _WORDS))), np.int32)
    for row, word in enumerate(_WORDS):
        found[row, : 1 + len(word)] = [len(word), *map(ord, word)]
    return found
