"""How phrases are found in a text, in plain Python: every phrase tried at every place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from naive.text import MARK, WORDS, folded


class Spelled(NamedTuple):
    text: str
    label: str
    weight: int
    open: bool


class Found(NamedTuple):
    label: str
    weight: int
    start: int
    end: int


Codes = list[tuple[int, str, int]]


_PLAIN: dict[str, str] = {}
"""Phrases folded; there is but one table."""


def plain(text: str, table: list[int]) -> str:
    if text not in _PLAIN:
        _PLAIN[text] = "".join(character for _, character, _ in folded(text, table))
    return _PLAIN[text]


def _word(codes: Codes, at: int) -> bool:
    return 0 <= at < len(codes) and codes[at][0] in WORDS


def _spans(codes: Codes, phrases: Sequence[Spelled], table: list[int]) -> list[tuple[int, int, Spelled]]:
    """First and last code of each mention, left to right, the longest first, none within another."""
    known: dict[str, Spelled] = {}
    for one in phrases:
        known.setdefault(plain(one.text, table), one)
    text = "".join(character for _, character, _ in codes)
    out, at = [], 0
    while at < len(codes):
        best = None
        if not (_word(codes, at - 1) and _word(codes, at)):
            for spelled, one in known.items():
                end = at + len(spelled)
                inside = _word(codes, end - 1) and _word(codes, end)
                if (
                    spelled and text.startswith(spelled, at)
                    and (one.open or not inside) and (best is None or end > best[0])
                ):  # fmt: skip
                    best = (end, one)
        if best is None:
            at += 1
            continue
        end, one = best
        while _word(codes, end - 1) and _word(codes, end):
            end += 1
        out.append((at, end, one))
        at = end
    return out


def mentions(
    text: str, negations: Sequence[Spelled], phrases: Sequence[Spelled], turned: dict[str, str | None], table: list[int]
) -> list[Found]:
    """The mentions of one head in a text."""
    codes = folded(text, table)
    turns = [one for one in _spans(codes, negations, table) if one[2].label != "-"]
    found = []
    for start, end, one in _spans(codes, phrases, table):
        if one.label == "-":
            continue
        label: str | None = one.label
        before = [turn for turn in turns if turn[0] < start]
        if before:
            _, since, negation = before[-1]
            stopped = any(codes[k][0] == MARK and codes[k][1] != "'" for k in range(since, start + 1))
            if not stopped and since <= start < since + negation.weight:
                label = turned.get(one.label, one.label)
        if label is not None:
            found.append(Found(label, one.weight, codes[start][2], codes[end - 1][2] + 1))
    return found
