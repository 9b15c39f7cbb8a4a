"""Texts as bags of hashed grams, and what linear heads make of them: bytes in, sums out, one pass.

A text is UTF-8. Each code point goes through a table that folds case, width, accents and digits; the folded codes give
grams, each gram a bucket, each bucket a row of small weights, one for each head. A gram that comes twice counts once.
Scripts without blanks give windows of one to three codes; words give themselves and the windows of two to five codes
within them. After a negation, for three words or six Chinese characters, words and short windows give another gram that
says that they are turned, and the windows within words give only that. ``tests/naive/text.py`` says the same in plain
Python.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel

BLANK, HAN, LATIN, DIGIT, MARK, SYMBOL, LETTER, KANA = range(8)
"""Kinds of codes, in the upper byte of the table: blanks, Chinese characters, Latin letters, digits, punctuation,
emoji, letters of other scripts with blanks, letters of other scripts without."""

KIND = 24
"""Bits of a code below its kind."""

PER_CODE = 11
"""No text has more grams than so many for each of its codes."""

_WINDOW, _PART, _REACH = 3, 5, 3
_FAR, _TURNED = 6, 2
"""Chinese characters that a negation turns, and the widest window of them that has a turned twin."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_FOLD = np.uint64(29)
_OF_WINDOW, _OF_WORD, _OF_PART, _OF_TURNED, _NEGATED = (np.uint64(salt) for salt in (1, 7, 3, 5, 999))
_APOSTROPHE, _AT, _COLON, _SLASH, _EDGE = 39, 64, 58, 47, np.uint64(32)


@inline
def _more(key: Any, code: Any) -> Any:
    key = (key ^ np.uint64(code)) * _SPREAD
    return key ^ (key >> _FOLD)


@inline
def _is_word(kind: Any) -> Any:
    return kind == LATIN or kind == DIGIT or kind == LETTER


@inline
def _decode(data: Any, at: Any, end: Any) -> Any:
    """The code point that begins at a byte, and where the next one begins."""
    first = np.int64(data[at])
    if first < 0x80 or at + 1 >= end:
        return first, at + 1
    if first < 0xE0 or at + 2 >= end:
        return (first & 31) << 6 | (data[at + 1] & 63), at + 2
    if first < 0xF0 or at + 3 >= end:
        return (first & 15) << 12 | (data[at + 1] & 63) << 6 | (data[at + 2] & 63), at + 3
    code = (first & 7) << 18 | (data[at + 1] & 63) << 12 | (data[at + 2] & 63) << 6 | (data[at + 3] & 63)
    return code, at + 4


@inline
def _folded(table: Any, code: Any) -> Any:
    """What the table makes of a code point; beyond it there are Chinese characters and symbols."""
    if code < table.shape[0]:
        return np.int64(table[code])
    return code | (HAN if 0x20000 <= code < 0x40000 else SYMBOL) << KIND


@inline
def _fold(data: Any, start: Any, end: Any, table: Any, codes: Any, places: Any, seen: Any) -> Any:
    """Fold bytes into codes; returns how many.

    Blanks in a row become one, other codes at most two; what the table turns into 0 is left out. ``places`` takes the
    character each came from, and ``seen`` counts characters by kind. What finds no room in ``codes`` is not read.
    """
    for kind in range(seen.shape[0]):
        seen[kind] = 0
    n = 0
    at = start
    place = 0
    while at < end and n < codes.shape[0]:
        code, at = _decode(data, at, end)
        folded = _folded(table, code)
        kind = folded >> KIND
        place += 1
        if folded == 0:  # joiners, selectors, accents that stand apart
            continue
        seen[kind] += 1
        room = 1 if kind == BLANK else 2
        repeated = n >= room
        for back in range(1, room + 1):
            repeated = repeated and codes[n - back] == folded
        if not repeated:
            codes[n] = folded
            places[n] = place - 1
            n += 1
    return n


@inline
def _word_end(codes: Any, at: Any, n: Any) -> Any:
    """Where the word ends that begins here; an apostrophe between letters is within it."""
    while at < n:
        kind = codes[at] >> KIND
        within = codes[at] == _APOSTROPHE | MARK << KIND and at + 1 < n and codes[at + 1] >> KIND == LATIN
        if not (_is_word(kind) or within):
            break
        at += 1
    return at


@inline
def _negates(codes: Any, at: Any, end: Any, key: Any, negations: Any) -> Any:
    """Whether a word turns what follows it: one of the list, or one that ends with n't."""
    if end - at > 3 and codes[end - 1] & 0xFF == 116 and codes[end - 2] & 0xFF == _APOSTROPHE:
        return True
    for k in range(negations.shape[0]):  # noqa: SIM110 (a kernel has no generators)
        if negations[k] == key:
            return True
    return False


@inline
def _turns(codes: Any, at: Any, n: Any) -> Any:
    """Whether a Chinese character turns what follows it.

    不, 没, 未, 无 do; but not in 不错, 不仅, 不但, 不过, 不愧, 不论, 不断.
    """
    code = codes[at] & 0xFFFFFF
    if code != 0x4E0D:
        return code == 0x6CA1 or code == 0x672A or code == 0x65E0
    after = codes[at + 1] & 0xFFFFFF if at + 1 < n else 0
    return not (
        after == 0x9519 or after == 0x4EC5 or after == 0x4F46 or after == 0x8FC7
        or after == 0x6127 or after == 0x8BBA or after == 0x65AD
    )  # fmt: skip


@inline
def _grams(codes: Any, n: Any, shift: Any, negations: Any, grams: Any, firsts: Any, lasts: Any) -> Any:
    """Write the bucket of each gram, with its first and its last code; returns how many there are."""
    m = 0
    at = 0
    negated = 0
    while at < n:
        kind = codes[at] >> KIND
        if not _is_word(kind):
            key = _OF_WINDOW
            end = at
            while end < n and end < at + _WINDOW and codes[end] >> KIND != BLANK:
                key = _more(key, codes[end])
                grams[m] = key >> shift
                firsts[m] = at
                lasts[m] = end
                m += 1
                if negated > 0 and kind == HAN and end < at + _TURNED:
                    grams[m] = _more(key, _NEGATED) >> shift
                    firsts[m] = at
                    lasts[m] = end
                    m += 1
                end += 1
                if _is_word(codes[end - 1] >> KIND):
                    break
            if kind == HAN:
                if negated > 0:
                    negated -= 1
                if _turns(codes, at, n):
                    negated = _FAR
            elif kind == MARK or (kind == BLANK and at > 0 and codes[at - 1] >> KIND == HAN):
                negated = 0
            at += 1
            continue
        end = _word_end(codes, at, n)
        if at > 0 and codes[at - 1] == _AT | MARK << KIND:  # names of others say nothing
            at = end
            continue
        if end + 1 < n and codes[end] == _COLON | MARK << KIND and codes[end + 1] == _SLASH | MARK << KIND:
            while end < n and codes[end] >> KIND != BLANK:  # nor do addresses
                end += 1
            at = end
            continue
        key = _OF_WORD
        for k in range(at, end):
            key = _more(key, codes[k])
        grams[m] = key >> shift
        firsts[m] = at
        lasts[m] = end - 1
        m += 1
        of_part = _OF_PART
        if negated > 0:
            grams[m] = _more(key, _NEGATED) >> shift
            firsts[m] = at
            lasts[m] = end - 1
            m += 1
            negated -= 1
            of_part = _OF_TURNED
        if _negates(codes, at, end, key, negations):
            negated = _REACH
        for k in range(at - 1, end):
            part = of_part
            last = min(k + _PART - 1, end)
            for j in range(k, last + 1):
                part = _more(part, _EDGE if j == at - 1 or j == end else np.uint64(codes[j]))
                if j > k:
                    grams[m] = part >> shift
                    firsts[m] = max(k, at)
                    lasts[m] = min(j, end - 1)
                    m += 1
        at = end
    return m


def word_key(word: str) -> int:
    """The key of a folded word, for the list of negations."""
    key = int(_OF_WORD)
    for character in word:
        kind = DIGIT if character.isdigit() else MARK if character == "'" else LATIN
        key = (key ^ (ord(character) | kind << KIND)) * int(_SPREAD) % 2**64
        key ^= key >> int(_FOLD)
    return key


@kernel
def score_texts(
    starts: Any, ends: Any, data: Any, table: Any, negations: Any, shift: Any, weights: Any,
    codes: Any, places: Any, grams: Any, firsts: Any, lasts: Any, marks: Any, first_mark: Any,
    kinds: Any, distinct: Any, sums: Any,
) -> None:  # fmt: skip
    """Sum the weights of each text's distinct grams.

    Args:
        starts: where each text begins in ``data``, n.
        ends: where it ends.
        data: the bytes.
        table: code point → folded code with its kind, uint32.
        negations: the keys of words that negate, uint64.
        shift: 64 less the bits of a bucket.
        weights: buckets × heads, int16.
        codes: scratch, uint32: as many codes of a text as are read.
        places: scratch, int32, as long.
        grams: scratch, int32, `PER_CODE` times as long; ``firsts`` and ``lasts`` alike.
        firsts: scratch.
        lasts: scratch.
        marks: scratch, uint32, a place for each bucket, that holds nothing from ``first_mark`` on.
        first_mark: n marks from this one on are used.
        kinds: out, characters of each kind, n × 8, int32.
        distinct: out, distinct grams of each text, n, int32.
        sums: out, n × heads, int32.
    """
    heads = weights.shape[1]
    for i in range(starts.shape[0]):
        n = _fold(data, starts[i], ends[i], table, codes, places, kinds[i])
        m = _grams(codes, n, np.uint64(shift), negations, grams, firsts, lasts)
        mark = np.uint32(first_mark + i)
        many = 0
        for h in range(heads):
            sums[i, h] = 0
        for k in range(m):
            bucket = grams[k]
            if marks[bucket] != mark:
                marks[bucket] = mark
                many += 1
                for h in range(heads):
                    sums[i, h] += weights[bucket, h]
        distinct[i] = many


@kernel
def list_grams(
    starts: Any, ends: Any, data: Any, table: Any, negations: Any, shift: Any,
    codes: Any, places: Any, grams: Any, firsts: Any, lasts: Any, kinds: Any,
    offsets: Any, buckets: Any, spans: Any,
) -> int:  # fmt: skip
    """List all grams of all texts, for training and for explaining; the arguments are those of `score_texts`.

    Args:
        starts: where each text begins, n.
        ends: where it ends.
        data: the bytes.
        table: as above.
        negations: as above.
        shift: as above.
        codes: scratch.
        places: scratch.
        grams: scratch.
        firsts: scratch.
        lasts: scratch.
        kinds: scratch, 8.
        offsets: out, n + 1: where the grams of each text begin.
        buckets: out, int32, room for all.
        spans: out, 2 × room: the first and the last character of each gram; no columns if nobody asks.

    Returns:
        How many grams there are; a negative number if there is no room for them.
    """
    total = 0
    offsets[0] = 0
    for i in range(starts.shape[0]):
        n = _fold(data, starts[i], ends[i], table, codes, places, kinds)
        m = _grams(codes, n, np.uint64(shift), negations, grams, firsts, lasts)
        if total + m > buckets.shape[0]:
            return -1
        for k in range(m):
            buckets[total + k] = grams[k]
            if spans.shape[1] > 0:
                spans[0, total + k] = places[firsts[k]]
                spans[1, total + k] = places[lasts[k]]
        total += m
        offsets[i + 1] = total
    return total
