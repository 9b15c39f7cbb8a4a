"""Tables for a terminal: columns that line up in any script, and that fit."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lvtu.core.words import say

GAP = 2
LEAST = 8
"""Columns of text are cut down to this width before any column is left out."""

NAME = 16
"""So is the first one, which says what its rows are about: cut further, several would read alike."""


@dataclass
class Column:
    """One column, as text.

    Attributes:
        head: its heading.
        cells: its cells.
        right: whether it is set to the right, as numbers are.
        whole: whether it is never cut, as numbers and times are not: a part of one says something else.
    """

    head: str
    cells: list[str]
    right: bool = False
    whole: bool = False

    @property
    def width(self) -> int:
        """Terminal columns it takes."""
        return max([width(self.head), *map(width, self.cells)])


def terminal() -> int:
    """How many columns there are for output; 0 for as many as it needs, where no terminal is."""
    if os.environ.get("COLUMNS", "").isdigit() or sys.stdout.isatty():
        return shutil.get_terminal_size((80, 24)).columns
    return 0


def table(columns: Sequence[Column], limit: int = 0) -> str:
    """Columns side by side, no wider than the limit (0 for none).

    Where there is too little room, the widest texts are cut with ``…``, then columns are left out from the
    right and named below.
    """
    shown = list(columns)
    least = [
        one.width if one.right or one.whole else min(one.width, LEAST if place else NAME)
        for place, one in enumerate(shown)
    ]  # fmt: skip
    while limit and len(shown) > 1 and sum(least[: len(shown)]) + GAP * (len(shown) - 1) > limit:
        shown.pop()
    widths = _fitted([one.width for one in shown], least, limit)
    lines = [_line([one.head for one in shown], widths, shown)]
    lines += [_line([one.cells[row] for one in shown], widths, shown) for row in range(len(shown[0].cells))]
    if len(shown) < len(columns):
        names = ", ".join(one.head for one in columns[len(shown) :])
        lines.append(say("table.columns", names=names))
    return "\n".join(lines)


def _fitted(widths: list[int], least: list[int], limit: int) -> list[int]:
    """The widths, the widest ones cut until all fit."""
    widths = list(widths)
    while limit and sum(widths) + GAP * (len(widths) - 1) > limit:
        place = max((i for i in range(len(widths)) if widths[i] > least[i]), key=lambda i: widths[i], default=-1)
        if place < 0:
            break
        widths[place] -= 1
    return widths


def _line(cells: list[str], widths: list[int], columns: list[Column]) -> str:
    padded = (pad(cut(cell, w), w, c.right) for cell, w, c in zip(cells, widths, columns, strict=True))
    return (" " * GAP).join(padded).rstrip()


def width(text: str) -> int:
    """Terminal columns a text takes: Chinese characters take two, combining marks none.

    Example:
        >>> width("漏斗 A")
        6
    """
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, columns: int) -> str:
    """A text in so many columns at most, with ``…`` where something is missing.

    Example:
        >>> cut("满意度调查", 6), cut("short", 6)
        ('满意…', 'short')
    """
    if width(text) <= columns:
        return text
    out, used = "", 0
    for character in text:
        used += _width(character)
        if used > columns - 1:
            break
        out += character
    return out.rstrip() + "…"


def pad(text: str, columns: int, right: bool = False) -> str:
    """A text filled up to a width."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def filled(text: str, head: str, limit: int) -> list[str]:
    """A text behind a head, broken at spaces into lines no wider than the limit (0 for none), all set in alike.

    Example:
        >>> filled("Search → View → Pay", "1  ", 14)
        ['1  Search →', '   View → Pay']
    """
    lines, line = [], head
    for word in text.split(" "):
        glued = f"{line}{word}" if line in (head, " " * width(head)) else f"{line} {word}"
        if limit and width(glued) > limit and len(line) > len(head):
            lines.append(line)
            glued = " " * width(head) + word
        line = glued
    return [*lines, line]


def bar(share: float | None, columns: int) -> str:
    """A bar, in eighths of a character.

    Example:
        >>> bar(0.5, 4), bar(1.0, 4), bar(0.0, 4)
        ('██', '████', '')
    """
    eighths = round(max(0.0, min(1.0, share or 0.0)) * columns * 8)
    if share and not eighths:
        eighths = 1
    return "█" * (eighths // 8) + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[eighths % 8]
