"""Where the clauses of a comment begin and end, with regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BREAK = re.compile(
    r"[。！？；!?;\n\r…～]+"  # always
    r"|[，、,](?=\s*[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[,，]"  # a comma ends a clause where Chinese is written
    r"|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])"  # a blank between Chinese characters stands for a mark
    r"|\.+(?=\s|$)|(?<=[\u3400-\u9fff])\.+"  # a full stop, unless it is within a number, an address, an abbreviation
    r"|,?\s(?=(?:but|however|although|though|yet|except)\b)"
    r"|(?=但是|不过|可是|然而|就是(?:太|有点|送|价格|味道))",
    re.IGNORECASE,
)
_BLANK = " \t\u3000,，、.;；:：-—"


def spans(text: str) -> Iterator[tuple[int, int]]:
    """The clauses of a text as (start, end) in its characters, without the marks and blanks around them.

    Example:
        >>> text = "Great seats, but the food was cold. 服务好，就是太慢"
        >>> [text[start:end] for start, end in spans(text)]
        ['Great seats', 'but the food was cold', '服务好', '就是太慢']
    """
    start = 0
    for found in _BREAK.finditer(text):
        yield from _trimmed(text, start, found.start())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    if start < end:
        yield start, end
