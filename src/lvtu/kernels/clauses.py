"""Where clauses begin and end, and stretches of texts copied together: bytes in, places out.

``tests/naive/clauses.py`` says the same with regular expressions.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.text import _decode

SPACE, WORD, END, COMMA, BLANK, HAN = 1, 2, 4, 8, 16, 32
"""What a character can be, bits of the table: white space; part of a word; always the end of a clause; a comma, which
ends one where Chinese is written; what is trimmed off a clause; a Chinese character of the first plane."""

_DOT, _COMMA, _WIDE_COMMA, _RARE = 46, 44, 0xFF0C, 0x20000
_ALONE, _AFTER, _HOW = 0, 4, 11
"""Turning words, rows of their table: Chinese ones that stand alone, 就是, English ones, and what follows 就是."""


@inline
def _is(codes: Any, at: Any, n: Any, classes: Any, bit: Any) -> Any:
    if at < 0 or at >= n:
        return False
    code = codes[at]
    if code < classes.shape[0]:
        return (classes[code] & bit) != 0
    return bit == WORD and code >= _RARE


@inline
def _same(codes: Any, at: Any, n: Any, words: Any, row: Any) -> Any:
    """The length of a word of the table where it stands here, whatever its case; 0 elsewhere."""
    length = words[row, 0]
    if at + length > n:
        return 0
    for k in range(length):
        code = codes[at + k]
        if 65 <= code <= 90:
            code += 32
        if code != words[row, k + 1]:
            return 0
    return length


@inline
def _turns(codes: Any, at: Any, n: Any, words: Any) -> Any:
    """Whether a Chinese word begins here that turns to something else."""
    if codes[at] < 0x4E00:
        return False
    for row in range(_ALONE, _AFTER):
        if _same(codes, at, n, words, row) > 0:
            return True
    if _same(codes, at, n, words, _AFTER) > 0:
        for row in range(_HOW, words.shape[0]):
            if _same(codes, at + 2, n, words, row) > 0:
                return True
    return False


@inline
def _however(codes: Any, at: Any, n: Any, classes: Any, words: Any) -> Any:
    """Whether an English word begins here that turns to something else."""
    for row in range(_AFTER + 1, _HOW):
        length = _same(codes, at, n, words, row)
        if length > 0 and not _is(codes, at + length, n, classes, WORD):
            return True
    return False


@inline
def _break(codes: Any, at: Any, n: Any, classes: Any, words: Any) -> Any:
    """The end of the break that begins here; −1 where none does."""
    end = at
    while _is(codes, end, n, classes, END):
        end += 1
    if end > at:
        return end
    code = codes[at]
    if _is(codes, at, n, classes, COMMA):
        after = at + 1
        while _is(codes, after, n, classes, SPACE):
            after += 1
        if _is(codes, after, n, classes, HAN):
            return at + 1
        if (code == _COMMA or code == _WIDE_COMMA) and _is(codes, at - 1, n, classes, HAN):
            return at + 1
    if code == _DOT:
        while end < n and codes[end] == _DOT:
            end += 1
        if end == n or _is(codes, end, n, classes, SPACE) or _is(codes, at - 1, n, classes, HAN):
            return end
    end = at
    while _is(codes, end, n, classes, SPACE):
        end += 1
    if end > at and _is(codes, at - 1, n, classes, HAN) and _is(codes, end, n, classes, HAN):
        return end
    space = at + 1 if code == _COMMA else at
    if _is(codes, space, n, classes, SPACE) and _however(codes, space + 1, n, classes, words):
        return space + 1
    return at if _turns(codes, at, n, words) else -1


@kernel
def split_clauses(
    starts: Any, ends: Any, data: Any, classes: Any, words: Any, codes: Any, places: Any, offsets: Any, spans: Any
) -> int:
    """Split texts into clauses.

    Args:
        starts: where each text begins in ``data``, n.
        ends: where it ends.
        data: the bytes.
        classes: what each character of the first plane can be, uint8.
        words: turning words, int32: their length and their characters.
        codes: scratch, int32: as many characters as the longest text has bytes.
        places: scratch, int64, one more: the byte at which each begins.
        offsets: out, n + 1: where the clauses of each text begin.
        spans: out, room × 4, int64: first character, the one behind the last, and the same as bytes in ``data``.

    Returns:
        How many clauses there are; a negative number if there is no room for them.
    """
    total = 0
    offsets[0] = 0
    for i in range(starts.shape[0]):
        n = 0
        byte = np.int64(starts[i])
        while byte < ends[i]:
            places[n] = byte
            code, byte = _decode(data, byte, ends[i])
            codes[n] = code
            n += 1
        places[n] = byte
        first = 0
        at = 0
        while at <= n:
            end = _break(codes, at, n, classes, words) if at < n else n
            if end < 0:
                at += 1
                continue
            last = at
            while first < last and _is(codes, first, n, classes, BLANK):
                first += 1
            while last > first and _is(codes, last - 1, n, classes, BLANK):
                last -= 1
            if first < last:
                if total >= spans.shape[0]:
                    return -1
                spans[total, 0] = first
                spans[total, 1] = last
                spans[total, 2] = places[first]
                spans[total, 3] = places[last]
                total += 1
            first = end
            at = end if end > at else at + 1
        offsets[i + 1] = total
    return total


@kernel
def copy_stretches(starts: Any, ends: Any, data: Any, offsets: Any, out: Any) -> None:
    """Copy stretches of bytes one behind the other.

    Args:
        starts: where each begins in ``data``, n.
        ends: where it ends.
        data: the bytes.
        offsets: where each begins in ``out``, n.
        out: out, room for all.
    """
    for i in range(starts.shape[0]):
        to = offsets[i]
        for k in range(starts[i], ends[i]):
            out[to + k - starts[i]] = data[k]
