"""Phrases found in texts: bytes in, tallies or places out, one pass.

The phrases of several heads (feelings, topics, …) stand in one trie over folded codes (`lvtu.kernels.text`). A text is
read from left to right; of each head, the longest phrase that begins at a place is taken, and the head reads on behind
it. So within one head no two mentions overlap, and a phrase that belongs to no label keeps its words from others.
Head 0 holds what negates: a mention that begins behind it, within its reach, takes the label that its own turns into.
``tests/naive/cues.py`` says the same in plain Python.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.text import KIND, MARK, _fold, _is_word

POINT = (1 << KIND) - 1
HEADS = 16
"""There are fewer heads than so many."""
NEGATION, NOTHING = 0, -1
_APOSTROPHE = 39
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def slot(node: int, letter: int, bits: int) -> int:
    """Where the look-up of a node's child begins in a table of 2^bits places."""
    return int((node << 16 | letter) * int(_SPREAD) % 2**64 >> (64 - bits))


@inline
def _child(node: Any, letter: Any, keys: Any, children: Any, shift: Any) -> Any:
    """The node below, or 0."""
    key = node << 16 | letter
    at: Any = np.int64((np.uint64(key) * _SPREAD) >> np.uint64(shift))
    while keys[at] != key:
        if keys[at] < 0:
            return np.int64(0)
        at = at + 1 if at + 1 < keys.shape[0] else 0
    return np.int64(children[at])


@inline
def _scan(
    codes: Any, n: Any, letters: Any, roots: Any, keys: Any, children: Any, shift: Any, ends: Any, outputs: Any,
    turned: Any, free: Any, best: Any, until: Any, found: Any, firsts: Any, lasts: Any,
) -> Any:  # fmt: skip
    """Write the output of each mention, with its first and its last code; returns how many there are.

    A mention that is negated is written as its output's complement (~output).
    """
    for head in range(HEADS):
        free[head] = 0
        best[head] = -1
    m = 0
    turns_from = 0
    turns_until = 0
    for at in range(n):
        kind = codes[at] >> KIND
        if kind == MARK and at >= turns_from and codes[at] & POINT != _APOSTROPHE:
            turns_until = 0
        if _is_word(kind) and at > 0 and _is_word(codes[at - 1] >> KIND):
            continue
        point = codes[at] & POINT
        letter = np.int64(letters[point]) if point < letters.shape[0] else np.int64(0)
        if letter == 0:
            continue
        node = np.int64(roots[letter])
        end = at + 1
        any_found = False
        while node > 0:
            if ends[node] < ends[node + 1]:
                inside = end < n and _is_word(codes[end - 1] >> KIND) and _is_word(codes[end] >> KIND)
                for output in range(ends[node], ends[node + 1]):
                    head = outputs[output, 0]
                    if free[head] <= at and (not inside or outputs[output, 3] == 1):
                        best[head] = output
                        until[head] = end
                        any_found = True
            if end >= n:
                break
            point = codes[end] & POINT
            letter = np.int64(letters[point]) if point < letters.shape[0] else np.int64(0)
            if letter == 0:
                break
            node = _child(node, letter, keys, children, shift)
            end += 1
        if not any_found:
            continue
        negated = turns_from <= at < turns_until
        for head in range(HEADS):
            output = best[head]
            if output < 0:
                continue
            best[head] = -1
            last: Any = np.int64(until[head])
            while last < n and _is_word(codes[last - 1] >> KIND) and _is_word(codes[last] >> KIND):
                last = last + 1
            free[head] = last
            label = outputs[output, 1]
            if head == NEGATION:
                if label > 0:
                    turns_from = last
                    turns_until = last + label
            elif label >= 0 and (not negated or turned[label] >= 0):
                found[m] = ~output if negated else output
                firsts[m] = at
                lasts[m] = last - 1
                m += 1
    return m


@kernel
def tally_cues(
    starts: Any, ends: Any, data: Any, table: Any, letters: Any, roots: Any, keys: Any, children: Any, shift: Any,
    nodes: Any, outputs: Any, turned: Any, least: Any, codes: Any, places: Any, kinds: Any, heads: Any, found: Any,
    firsts: Any, lasts: Any, tallies: Any, order: Any, sums: Any, offsets: Any, topics: Any,
) -> int:  # fmt: skip
    """Weigh the labels that each text mentions, and list those of them that are topics.

    Args:
        starts: where each text begins in ``data``, n.
        ends: where it ends.
        data: the bytes.
        table: code point → folded code with its kind, uint32.
        letters: code point → letter of the phrases, uint16; 0 for what is in none.
        roots: letter → node, int32.
        keys: node << 16 | letter, int64, −1 where there is room; the place of a key is `slot`, or the next with room.
        children: the node below, int32, beside ``keys``.
        shift: 64 less the bits of the places in ``keys``.
        nodes: where the outputs of each node begin, nodes + 1, int32.
        outputs: head, label, weight, and whether words may go on behind the phrase, outputs × 4, int32.
        turned: label → the label when negated, or −1, int32.
        least: label → the weight from which it holds, int32; topics are the labels behind the columns of ``sums``.
        codes: scratch, uint32: as many codes of a text as are read.
        places: scratch, int32, as long.
        kinds: scratch, 8, int32.
        heads: scratch, 3 × `HEADS`, int32.
        found: scratch, int32, `HEADS` times as long as ``codes``; ``firsts`` and ``lasts`` alike.
        firsts: scratch.
        lasts: scratch.
        tallies: scratch, labels, int32, all 0.
        order: scratch, labels, int32.
        sums: out, n × labels that are no topics, int16.
        offsets: out, n + 1: where the topics of each text begin.
        topics: out, int16, room for all: labels less the columns of ``sums``, in the order in which they are met.

    Returns:
        How many topics there are; a negative number if there is no room for them.
    """
    columns = sums.shape[1]
    total = 0
    offsets[0] = 0
    for i in range(starts.shape[0]):
        n = _fold(data, starts[i], ends[i], table, codes, places, kinds)
        m = _scan(codes, n, letters, roots, keys, children, shift, nodes, outputs, turned,
                  heads[0], heads[1], heads[2], found, firsts, lasts)  # fmt: skip
        for label in range(columns):
            sums[i, label] = 0
        met = 0
        for k in range(m):
            output = found[k] if found[k] >= 0 else ~found[k]
            label = outputs[output, 1] if found[k] >= 0 else turned[outputs[output, 1]]
            if label < columns:
                sums[i, label] = min(sums[i, label] + outputs[output, 2], 1000)
                continue
            if tallies[label] == 0:
                order[met] = label
                met += 1
            tallies[label] += outputs[output, 2]
        for k in range(met):
            label = order[k]
            if tallies[label] >= least[label]:
                if total >= topics.shape[0]:
                    return -1
                topics[total] = label - columns
                total += 1
            tallies[label] = 0
        offsets[i + 1] = total
    return total


@kernel
def list_cues(
    starts: Any, ends: Any, data: Any, table: Any, letters: Any, roots: Any, keys: Any, children: Any, shift: Any,
    nodes: Any, outputs: Any, turned: Any, codes: Any, places: Any, kinds: Any, heads: Any, found: Any, firsts: Any,
    lasts: Any, offsets: Any, mentions: Any,
) -> int:  # fmt: skip
    """List every mention in every text; the arguments are those of `tally_cues`.

    Args:
        starts: where each text begins, n.
        ends: where it ends.
        data: the bytes.
        table: as above.
        letters: as above.
        roots: as above.
        keys: as above.
        children: as above.
        shift: as above.
        nodes: as above.
        outputs: as above.
        turned: as above.
        codes: scratch.
        places: scratch.
        kinds: scratch.
        heads: scratch.
        found: scratch.
        firsts: scratch.
        lasts: scratch.
        offsets: out, n + 1: where the mentions of each text begin.
        mentions: out, room × 4, int32: label, weight, first character, and the one behind the last.

    Returns:
        How many mentions there are; a negative number if there is no room for them.
    """
    total = 0
    offsets[0] = 0
    for i in range(starts.shape[0]):
        n = _fold(data, starts[i], ends[i], table, codes, places, kinds)
        m = _scan(codes, n, letters, roots, keys, children, shift, nodes, outputs, turned,
                  heads[0], heads[1], heads[2], found, firsts, lasts)  # fmt: skip
        if total + m > mentions.shape[0]:
            return -1
        for k in range(m):
            output = found[k] if found[k] >= 0 else ~found[k]
            mentions[total, 0] = outputs[output, 1] if found[k] >= 0 else turned[outputs[output, 1]]
            mentions[total, 1] = outputs[output, 2]
            mentions[total, 2] = places[firsts[k]]
            mentions[total, 3] = places[lasts[k]] + 1
            total += 1
        offsets[i + 1] = total
    return total
