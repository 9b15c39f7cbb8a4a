"""Which texts are JSON objects, told in one pass over their bytes without making anything of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel

DOUBTFUL, OBJECT, EMPTY = 0, 1, 2

_VALUE, _FIRST_VALUE, _KEY, _FIRST_KEY, _AFTER = 0, 1, 2, 3, 4
_DEPTH = 60  # the kinds of the open brackets are bits of one word
_DIGITS = 20  # a longer number may be too large for its reader

PLAIN = np.array([32 <= byte < 128 and byte not in b'"\\' for byte in range(256)], np.uint8)
"""The bytes inside a string that need no second look: 1 by byte."""


@inline
def _skip_blank(data: Any, at: Any, end: Any) -> Any:
    # Unsigned places, here and in strings, spare a look whether they count from the end: a fifth of all time.
    while at < end and data[np.uint64(at)] <= 32:
        byte = data[np.uint64(at)]
        if byte != 32 and byte != 10 and byte != 13 and byte != 9:
            break
        at += 1
    return at


@inline
def _wide(data: Any, at: Any, end: Any) -> Any:
    """The bytes of the UTF-8 character that begins here with a byte above 127; 0 if it is none."""
    first = np.int64(data[at])
    size = 2 if 0xC2 <= first < 0xE0 else 3 if 0xE0 <= first < 0xF0 else 4 if 0xF0 <= first < 0xF5 else 0
    if size == 0 or at + size > end:
        return 0
    second = np.int64(data[at + 1])
    low = 0xA0 if first == 0xE0 else 0x90 if first == 0xF0 else 0x80  # no longer than need be
    high = 0x9F if first == 0xED else 0x8F if first == 0xF4 else 0xBF  # no halves of pairs, no more than there are
    if second < low or second > high:
        return 0
    for place in range(at + 2, at + size):
        if data[place] & 0xC0 != 0x80:
            return 0
    return size


@inline
def _escape(data: Any, at: Any, end: Any) -> Any:
    """The bytes of the escape that begins with this backslash; 0 if it is none, or half of a pair."""
    if at + 1 >= end:
        return 0
    kind = data[at + 1]
    if kind != 117:  # u
        known = kind == 34 or kind == 92 or kind == 47 or kind == 98 or kind == 102 or kind == 110
        return 2 if known or kind == 114 or kind == 116 else 0
    if at + 6 > end:
        return 0
    code: Any = 0
    for place in range(at + 2, at + 6):
        digit = np.int64(data[place])
        if 48 <= digit <= 57:
            code = code * 16 + digit - 48
        elif 97 <= digit | 32 <= 102:
            code = code * 16 + (digit | 32) - 87
        else:
            return 0
    return 0 if 0xD800 <= code < 0xE000 else 6


@inline
def _string(data: Any, at: Any, end: Any, plain: Any) -> Any:
    """The place after the string whose opening quote is at ``at``; 0 if it is none."""
    at += 1
    while at < end:
        while at < end and plain[data[np.uint64(at)]] != 0:
            at += 1
        if at >= end:
            return 0
        byte = data[at]
        if byte == 34:
            return at + 1
        size = _escape(data, at, end) if byte == 92 else _wide(data, at, end) if byte > 127 else 0
        if size == 0:
            return 0
        at += size
    return 0


@inline
def _number(data: Any, at: Any, end: Any) -> Any:
    """The place after the number that begins here, without an exponent and of at most 20 signs; 0 if it is none."""
    start = at
    if data[at] == 45:
        at += 1
    whole = at
    while at < end and 48 <= data[at] <= 57:
        at += 1
    if at == whole or (data[whole] == 48 and at > whole + 1):
        return 0
    if at < end and data[at] == 46:
        point = at
        at += 1
        while at < end and 48 <= data[at] <= 57:
            at += 1
        if at == point + 1:
            return 0
    return at if at - start <= _DIGITS else 0


@inline
def _word(data: Any, at: Any, end: Any) -> Any:
    """The place after ``true``, ``false`` or ``null``; 0 if it is none."""
    if at + 4 > end:
        return 0
    a, b, c, d = data[at], data[at + 1], data[at + 2], data[at + 3]
    if (a == 116 and b == 114 and c == 117 and d == 101) or (a == 110 and b == 117 and c == 108 and d == 108):
        return at + 4
    if a == 102 and b == 97 and c == 108 and d == 115 and at + 5 <= end and data[at + 4] == 101:
        return at + 5
    return 0


@inline
def _object(data: Any, start: Any, end: Any, plain: Any) -> Any:
    """Whether these bytes are one JSON object from the first to the last."""
    if start >= end or data[start] != 123:
        return False
    at, depth, kinds, state = start + 1, 1, np.uint64(1), _FIRST_KEY
    while True:
        at = _skip_blank(data, at, end)
        if at >= end:
            return False
        byte = data[at]
        if state == _AFTER:
            inside = kinds & np.uint64(1)
            if byte == 44:
                at += 1
                state = _KEY if inside else _VALUE
            elif byte == (125 if inside else 93):
                at += 1
                depth -= 1
                kinds >>= np.uint64(1)
                if depth == 0:
                    return at == end
            else:
                return False
        elif state == _KEY or state == _FIRST_KEY:
            if byte == 34:
                at = _string(data, at, end, plain)
                if at == 0:
                    return False
                at = _skip_blank(data, at, end)
                if at >= end or data[at] != 58:
                    return False
                at += 1
                state = _VALUE
            elif byte == 125 and state == _FIRST_KEY:
                state = _AFTER
            else:
                return False
        elif byte == 34:
            at = _string(data, at, end, plain)
            if at == 0:
                return False
            state = _AFTER
        elif byte == 123 or byte == 91:
            if depth == _DEPTH:
                return False
            at += 1
            depth += 1
            kinds = (kinds << np.uint64(1)) | np.uint64(byte == 123)
            state = _FIRST_KEY if byte == 123 else _FIRST_VALUE
        elif byte == 93 and state == _FIRST_VALUE:
            state = _AFTER
        else:
            at = _number(data, at, end) if byte == 45 or 48 <= byte <= 57 else _word(data, at, end)
            if at == 0:
                return False
            state = _AFTER


@kernel
def recognise(offsets: Any, data: Any, valid: Any, plain: Any, out: Any) -> None:
    """Say of every text whether it is a JSON object as RFC 8259 has it, with nothing around it.

    Args:
        offsets: where each text begins in ``data``, n + 1.
        data: the bytes of all texts.
        valid: n bytes, 0 for a missing text.
        plain: `PLAIN`.
        out: n bytes: `OBJECT`; `EMPTY` for ``{}``; `DOUBTFUL` for all others and for what is not worth telling
            here: numbers with an exponent or of more than 20 signs, escaped halves of pairs, deeper than 60.
    """
    for i in range(valid.shape[0]):
        start, end = np.int64(offsets[i]), np.int64(offsets[i + 1])
        out[i] = DOUBTFUL
        if valid[i] != 0 and _object(data, start, end, plain):
            out[i] = EMPTY if end - start == 2 else OBJECT
