"""The little Markdown that cards are written in: bold, italic, links, lists. The editor in the app reads the same."""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKED = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|(?<![*\w])\*(?P<italic>[^*\s][^*\n]*)\*"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<href>https?://[^\s)]+)\)"
)
_ITEM = re.compile(r"\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)")


class Paragraph(NamedTuple):
    """A line of a card, without its marks; `bold` where all of it is."""

    text: str
    bold: bool


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A card's lines as they are read: items with a dot or their number, the rest without marks.

    Example:
        >>> [tuple(one) for one in paragraphs("**Queue**\\n- at the [till](https://a.example)\\n2*3*4")]
        [('Queue', True), ('• at the till', False), ('2*3*4', False)]
    """
    return tuple(_paragraph(line) for line in text.split("\n"))


def unmarked(text: str) -> str:
    """A card's text without its marks."""
    return "\n".join(one.text for one in paragraphs(text))


def _paragraph(line: str) -> Paragraph:
    item = _ITEM.fullmatch(line)
    if item is not None:
        lead = f"{item[1]}. " if item[1] else "• "
        return Paragraph(lead + _plain(item[2]), bold=False)
    whole = _MARKED.fullmatch(line.strip())
    return Paragraph(_plain(line), bold=whole is not None and whole["bold"] is not None)


def _plain(line: str) -> str:
    return _MARKED.sub(lambda found: found["bold"] or found["italic"] or found["label"], line)
