"""Finding one property in the JSON text of many objects, without parsing the rest."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.hashing import digest

MISSING, PLAIN, ODD = 0, 1, 2
"""What was found: nothing or null; a value whose text is between the bounds; one that must be read with care."""

_QUOTE, _BACKSLASH, _COMMA, _COLON = 34, 92, 44, 58
_OPEN, _CLOSE, _OPEN_LIST, _CLOSE_LIST = 123, 125, 91, 93
_SPACE, _MINUS, _POINT, _ZERO, _NINE = 32, 45, 46, 48, 57
_N, _T, _F = 110, 116, 102

_ONES, _TOPS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_QUOTES, _BACKSLASHES = np.uint64(_QUOTE) * _ONES, np.uint64(_BACKSLASH) * _ONES
_PRIME, _HIGH = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
_PLACES = np.uint64(0x0001020304050607)
"""Times a power of 256, its top byte is the exponent."""


@inline
def _word(data: Any, at: Any) -> Any:
    """Eight bytes, the first of them lowest."""
    word = np.uint64(data[at])
    for k in range(1, 8):
        word |= np.uint64(data[at + k]) << np.uint64(8 * k)
    return word


@inline
def _after_string(data: Any, at: Any, stop: Any) -> Any:
    """Behind the quote that closes the string whose first character is at ``at``; eight bytes at a time.

    A byte is zero where ``(x - 1) & ~x`` has its top bit set; of several such bits the lowest is right.
    """
    while at < stop:
        if at + 8 <= data.shape[0]:
            word = _word(data, at)
            quotes, slashes = word ^ _QUOTES, word ^ _BACKSLASHES
            ends = ((quotes - _ONES) & ~quotes | (slashes - _ONES) & ~slashes) & _TOPS
            if ends == np.uint64(0):
                at += 8
                continue
            lowest = ends & (~ends + np.uint64(1))
            at += np.int64(((lowest >> np.uint64(7)) * _PLACES) >> np.uint64(56))
        if data[at] == _QUOTE:
            break
        at += 2 if data[at] == _BACKSLASH else 1
    return at + 1


@inline
def _has_backslash(data: Any, at: Any, length: Any) -> Any:
    """1 if one of some bytes is a backslash, else 0."""
    for k in range(0, length, 8):
        if at + k + 8 <= data.shape[0]:
            word = _word(data, at + k) ^ _BACKSLASHES
            if length - k < 8:  # what follows does not count
                word |= ~np.uint64(0) << np.uint64(8 * (length - k))
            if (word - _ONES) & ~word & _TOPS:
                return 1
        else:
            for rest in range(k, length):
                if data[at + rest] == _BACKSLASH:
                    return 1
            return 0
    return 0


@inline
def _after_value(data: Any, at: Any, stop: Any) -> Any:
    """Behind the value that begins at ``at``."""
    if data[at] == _QUOTE:
        return _after_string(data, at + 1, stop)
    if data[at] != _OPEN and data[at] != _OPEN_LIST:
        while at < stop and data[at] != _COMMA and data[at] != _CLOSE and data[at] > _SPACE:
            at += 1
        return at
    depth = 0
    while at < stop:
        byte = data[at]
        if byte == _QUOTE:
            at = _after_string(data, at + 1, stop)
            continue
        if byte == _OPEN or byte == _OPEN_LIST:
            depth += 1
        elif byte == _CLOSE or byte == _CLOSE_LIST:
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return at


@inline
def _is_plain_number(data: Any, at: Any, end: Any) -> Any:
    """Whether a number is written as its shortest text: a whole one, or up to 15 digits that do not end in 0."""
    first = at + 1 if data[at] == _MINUS else at
    point = end
    for i in range(first, end):
        if data[i] == _POINT and point == end:
            point = i
        elif data[i] < _ZERO or data[i] > _NINE:
            return False
    if point == end:
        return end > first and not (first > at and data[first] == _ZERO)
    if point == first or data[end - 1] == _POINT or data[end - 1] == _ZERO or end - first > 16:
        return False
    small = data[first] == _ZERO and end - first > 5
    return not (small and data[point + 1] == _ZERO and data[point + 2] == _ZERO and data[point + 3] == _ZERO)


@kernel
def find_property(offsets: Any, data: Any, valid: Any, name: Any, start: Any, end: Any, kind: Any) -> int:
    """Find a property of many JSON objects; return how many of them have a key that is spelled with a backslash.

    Such keys are compared as they are written: the caller reads those rows otherwise.

    Args:
        offsets: where each text begins, ``n + 1``.
        data: the bytes of all texts.
        valid: 0 where there is none, ``uint8[n]``.
        name: the property's name as it stands between quotes, ``uint8[m]``.
        start, end: out, the bounds of what was found, quotes of a string excluded, ``int64[n]``.
        kind: out, `MISSING`, `PLAIN` or `ODD` (bounds with all quotes), ``uint8[n]``.
    """
    spelled = 0
    for i in range(valid.shape[0]):
        kind[i] = MISSING
        start[i] = 0
        end[i] = 0
        if valid[i] == 0:
            continue
        at = np.int64(offsets[i])
        stop = np.int64(offsets[i + 1])
        while at < stop and data[at] != _OPEN:
            at += 1
        at += 1
        escaped = 0
        while True:
            while at < stop and (data[at] <= _SPACE or data[at] == _COMMA):
                at += 1
            if at >= stop or data[at] != _QUOTE:
                break
            key = at + 1
            at = _after_string(data, key, stop)
            length = at - 1 - key
            same = length == name.shape[0]
            escaped |= _has_backslash(data, key, length)
            if same:
                for k in range(length):
                    if data[key + k] != name[k]:
                        same = False
                        break
            while at < stop and data[at] != _COLON:
                at += 1
            at += 1
            while at < stop and data[at] <= _SPACE:
                at += 1
            if at >= stop:
                break
            value = at
            at = _after_value(data, at, stop)
            if not same:
                continue
            first = data[value]
            start[i] = value
            end[i] = at
            if first == _N:
                break
            kind[i] = ODD
            if first == _QUOTE:
                if _has_backslash(data, value + 1, at - value - 2) == 0:
                    kind[i] = PLAIN if at - 1 > value + 1 else MISSING
                    start[i] = value + 1
                    end[i] = at - 1
            elif first == _T or first == _F:
                kind[i] = PLAIN
            elif first != _OPEN and first != _OPEN_LIST:
                kind[i] = PLAIN if _is_plain_number(data, value, at) else ODD
            break
        spelled += escaped
    return spelled


@kernel
def tally_keys(
    offsets: Any, data: Any, valid: Any, slots: Any, first: Any, length: Any, last: Any, counts: Any
) -> int:  # fmt: skip
    """Count the objects that have each key; return how many keys there are, or -1 where it takes another way to tell.

    That is where a key is spelled with a backslash, or where there are more keys than room.

    Args:
        offsets, data, valid: as of `find_property`.
        slots: room, a table of -1 whose length is a power of two above twice the room for keys.
        first, length: out, where in ``data`` each key stands, and how long it is.
        last: room, by key.
        counts: out, objects by key.
    """
    found = 0
    ends = slots.shape[0] - 1
    for i in range(valid.shape[0]):
        if valid[i] == 0:
            continue
        at = np.int64(offsets[i])
        stop = np.int64(offsets[i + 1])
        while at < stop and data[at] != _OPEN:
            at += 1
        at += 1
        while True:
            while at < stop and (data[at] <= _SPACE or data[at] == _COMMA):
                at += 1
            if at >= stop or data[at] != _QUOTE:
                break
            key = at + 1
            at = _after_string(data, key, stop)
            size = at - 1 - key
            if _has_backslash(data, key, size):
                return -1
            mark = np.uint64(size)
            for k in range(size):
                mark = (mark ^ np.uint64(data[key + k])) * _PRIME
            slot = np.int64(mark >> _HIGH) & ends
            while slots[slot] >= 0:
                known = slots[slot]
                same = length[known] == size
                k = 0
                while same and k < size:
                    same = data[first[known] + k] == data[key + k]
                    k += 1
                if same:
                    break
                slot = (slot + 1) & ends
            if slots[slot] < 0:
                if found == first.shape[0]:
                    return -1
                slots[slot] = found
                first[found] = key
                length[found] = size
                last[found] = -1
                found += 1
            name = slots[slot]
            counts[name] += np.int64(last[name] != i)
            last[name] = i
            while at < stop and data[at] != _COLON:
                at += 1
            at += 1
            while at < stop and data[at] <= _SPACE:
                at += 1
            if at >= stop:
                break
            at = _after_value(data, at, stop)
    return found


@kernel
def hash_spans(start: Any, end: Any, kind: Any, data: Any, seed: Any, hi: Any, lo: Any) -> None:
    """Hash stretches of bytes as `hash_strings` hashes texts; what is `MISSING` gets (0, 0)."""
    for i in range(kind.shape[0]):
        if kind[i] == MISSING:
            hi[i] = np.uint64(0)
            lo[i] = np.uint64(0)
        else:
            hi[i], lo[i] = digest(data, start[i], end[i], seed)


@kernel
def copy_spans(start: Any, end: Any, data: Any, rows: Any, offsets: Any, out: Any) -> None:
    """Copy the stretches of some rows one behind another; ``offsets`` says where each begins in ``out``."""
    for i in range(rows.shape[0]):
        row = rows[i]
        to = offsets[i]
        for k in range(start[row], end[row]):
            out[to] = data[k]
            to += 1
