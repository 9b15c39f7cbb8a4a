"""128-bit keys of strings: what stands for an identifier or a message id everywhere in the store.

Two lanes of multiply-and-fold over the bytes, eight at a time, each with its own constants and the
workspace's seed. At 10^9 distinct strings the chance that any two share a key is below 10^-20, so
equal keys are taken as equal strings.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel

_A = np.uint64(0x9E3779B97F4A7C15)
_B = np.uint64(0xD6E8FEB86659FD93)
_C = np.uint64(0xA0761D6478BD642F)
_D = np.uint64(0xE7037ED1A0B428DB)
_S = np.uint64(32)
_8 = np.uint64(8)


@inline
def mix(value: Any) -> Any:
    """Spread every bit of a 64-bit value over all 64 bits (three rounds of multiply and fold)."""
    value ^= value >> _S
    value *= _A
    value ^= value >> _S
    value *= _B
    value ^= value >> _S
    value *= _C
    return value ^ (value >> _S)


@kernel
def hash_strings(offsets: Any, data: Any, valid: Any, seed: Any, hi: Any, lo: Any) -> None:
    """Hash strings: ``offsets`` (n+1) into ``data`` (bytes), ``valid`` (n bytes); missing ones get (0, 0)."""
    for i in range(valid.shape[0]):
        if valid[i] == 0:
            hi[i] = np.uint64(0)
            lo[i] = np.uint64(0)
            continue
        start: Any = np.int64(offsets[i])
        end = np.int64(offsets[i + 1])
        a = seed ^ _C
        b = seed ^ _D
        position = np.int64(offsets[i])
        while position + 8 <= end:
            word = np.uint64(data[np.uint64(position)])
            for k in range(1, 8):
                word |= np.uint64(data[np.uint64(position + k)]) << (_8 * np.uint64(k))
            a = (a ^ word) * _A
            a ^= a >> _S
            b = (b ^ word) * _B
            b ^= b >> _S
            position += 8
        word = np.uint64(end - start) << np.uint64(56)
        shift: Any = np.uint64(0)
        while position < end:
            word ^= np.uint64(data[np.uint64(position)]) << shift
            shift += _8
            position += 1
        a = mix((a ^ word) * _B)
        b = mix((b ^ word) * _A + a)
        hi[i] = a
        lo[i] = b | np.uint64(1)  # a key is never (0, 0): that is how "missing" is written


@kernel
def hash_words(words: Any, valid: Any, seed: Any, hi: Any, lo: Any) -> None:
    """Hash 64-bit values (the bits of ints or floats); missing ones get (0, 0)."""
    for i in range(valid.shape[0]):
        if valid[i] == 0:
            hi[i] = np.uint64(0)
            lo[i] = np.uint64(0)
        else:
            a = mix((words[i] ^ seed) * _B + _C)
            hi[i] = a
            lo[i] = mix((words[i] ^ _D) * _A + a) | np.uint64(1)


@kernel
def combine(hi: Any, lo: Any, more_hi: Any, more_lo: Any) -> None:
    """Fold a second column of keys into the first, in place; a missing key (0, 0) changes nothing."""
    for i in range(hi.shape[0]):
        if more_lo[i] != np.uint64(0):
            a = mix(hi[i] * _D + more_hi[i])
            hi[i] = a
            lo[i] = mix(lo[i] * _C + more_lo[i] + a) | np.uint64(1)


@kernel
def number_repeats(index: Any, counts: Any, out: Any) -> None:
    """``out[i]``: how often ``index[i]`` came before; ``counts`` by index goes on from batch to batch."""
    for i in range(index.shape[0]):
        out[i] = counts[index[i]]
        counts[index[i]] += 1


@kernel
def hexadecimal(hi: Any, lo: Any, out: Any) -> None:
    """Write each key as 32 hexadecimal characters, one key after another."""
    four = np.uint64(4)
    for i in range(hi.shape[0]):
        a = hi[i]
        b = lo[i]
        for k in range(16):
            digit = np.int64((a >> np.uint64(60)) & np.uint64(15))
            out[32 * i + k] = 48 + digit if digit < 10 else 87 + digit
            a <<= four
            digit = np.int64((b >> np.uint64(60)) & np.uint64(15))
            out[32 * i + 16 + k] = 48 + digit if digit < 10 else 87 + digit
            b <<= four
