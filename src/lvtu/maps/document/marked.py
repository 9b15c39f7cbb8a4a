"""The little Markdown that cards are written in: bold, italic, links, lists. The editor in the app reads the same."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_MARKED = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|(?<![*A-Za-z0-9_])\*(?P<italic>[^*\s][^*\n]*)\*"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<href>https?://[^\s)]+)\)"
)
_ITEM = re.compile(r"\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)")


class Run(NamedTuple):
    """Letters of a line that look alike."""

    text: str
    bold: bool = False
    italic: bool = False


class Paragraph(NamedTuple):
    """A line of a card, without its marks.

    Attributes:
        text: all of it.
        bold: whether all of it is.
        lead: what an item of a list begins with; it is part of the text.
        runs: what stands behind the lead, where it does not all look alike.
    """

    text: str
    bold: bool
    lead: str = ""
    runs: tuple[Run, ...] = ()


@lru_cache(maxsize=1 << 13)
def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A card's lines as they are read: items with a dot or their number, the rest without marks.

    Example:
        >>> [(one.text, one.bold) for one in paragraphs("**Queue**\\n- at the [till](https://a.example)\\n2*3*4")]
        [('Queue', True), ('• at the till', False), ('2*3*4', False)]
        >>> [tuple(run) for run in paragraphs("So **very** slow")[0].runs]
        [('So ', False, False), ('very', True, False), (' slow', False, False)]
    """
    return tuple(_paragraph(line) for line in text.split("\n"))


def unmarked(text: str) -> str:
    """A card's text without its marks."""
    return "\n".join(one.text for one in paragraphs(text))


def _paragraph(line: str) -> Paragraph:
    item = _ITEM.fullmatch(line)
    lead = "" if item is None else f"{item[1]}. " if item[1] else "• "
    runs = _runs(line if item is None else item[2])
    alike = len({run[1:] for run in runs if run.text.strip()}) < 2
    bold, italic = (bool(runs) and any(run[place] for run in runs) for place in (1, 2))
    text = lead + "".join(run.text for run in runs)
    whole = alike and bold and not italic and not lead
    return Paragraph(text, whole, lead, () if whole or (alike and not bold and not italic) else runs)


def _runs(line: str) -> tuple[Run, ...]:
    """A line in runs, without marks."""
    if "*" not in line and "[" not in line:
        return (Run(line),)
    runs, end = [], 0
    for found in _MARKED.finditer(line):
        runs.append(Run(line[end : found.start()]))
        words = found["bold"] or found["italic"] or found["label"]
        runs.append(Run(words, found["bold"] is not None, found["italic"] is not None))
        end = found.end()
    return tuple(run for run in (*runs, Run(line[end:])) if run.text)
