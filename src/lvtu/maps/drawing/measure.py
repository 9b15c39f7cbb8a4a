"""How wide texts are, and where their lines break, without a font at hand: a little too wide rather than too narrow."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NARROW = frozenset("ijlI.,:;|!'`")
_SLIM = frozenset('ftr()[]{}-/\\"· \u00a0')
_WIDE = frozenset("mwMW@%&—…")
_SIGNS = frozenset("★☆≠≤≥→←↑↓▲▼×")
"""Signs that Chinese fonts set as wide as a character."""

_QUOTES = "“”‘’"
_EM = {"narrow": 0.29, "slim": 0.39, "wide": 0.92, "capital": 0.70, "digit": 0.64, "other": 0.58, "full": 1.0}
_BOLD = 1.05

_SIGNS = frozenset("★☆≠≤≥→←↑↓▲▼×")
"""Signs that Chinese fonts set as wide as a character."""

_NOT_FIRST = frozenset("，。、；：？！）》」』】％…—·’”,.;:?!)]}%\u00a0★")
"""What no line begins with."""

_NOT_LAST = frozenset("（《「『【‘“([{")
"""What no line ends with."""

_AFTER = frozenset("-–—/_@&+=")
"""What a word that is too wide for a line breaks after."""

_WORDS = re.compile(
    r"[ \t]+|(?:[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u3000-\u30ff]|\u00a0)+|.", re.DOTALL
)
"""What stays together: a word, words with a no-break space between, a blank, a single Chinese character or mark."""


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF" or character in _SIGNS:
        return _EM["full"]
    if unicodedata.combining(character):
        return 0.0
    for kind, some in (("narrow", _NARROW), ("slim", _SLIM), ("wide", _WIDE)):
        if character in some:
            return _EM[kind]
    if character.isdigit():
        return _EM["digit"]
    return _EM["capital"] if character.isupper() else _EM["other"]


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is in one line.

    Args:
        text: it.
        size: of the type, in pixels; the width is in the same unit.
        bold: whether it is bold.

    Example:
        >>> width("安检", 13), width("Security", 13) < width("Security", 13, bold=True)
        (26.0, True)
    """
    return _ems(text) * size * (_BOLD if bold else 1.0)


@lru_cache(maxsize=1 << 15)
def _ems(text: str) -> float:
    """The width in sizes: words come again and again. Among Chinese, quotation marks are as wide as it."""
    quoted = sum(map(text.count, _QUOTES))
    more = quoted * (_EM["full"] - _EM["other"]) if quoted and full(text) else 0.0
    return sum(map(_em, text)) + more


def full(text: str) -> bool:
    """Whether a text has characters as wide as they are high.

    Example:
        >>> full("热闹"), full("busy")
        (True, False)
    """
    return any(unicodedata.east_asian_width(one) in "WF" for one in text)


@lru_cache(maxsize=1 << 14)
def wrapped(text: str, room: float, size: float, most: int, bold: bool = False) -> tuple[str, ...]:
    """A text in lines that fit, as people break them.

    Chinese breaks between characters, but no line begins with a closing mark or ends with an opening one; other
    writing breaks between words, and within a word only where that alone is too wide. The last ones are kept: a map is
    drawn again after every edit, with nearly the same texts.

    Args:
        text: it; its own line breaks stay.
        room: the width of a line.
        size: of the type.
        most: lines at most; what is left out is told by "…".
        bold: whether it is bold.

    Example:
        >>> wrapped("安检排队太久，等了一个小时。", 80, 13, 3)
        ('安检排队太', '久，等了一个', '小时。')
        >>> wrapped("Long lines at security", 80, 13, 2)
        ('Long lines', 'at security')
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        lines += _broken(paragraph.strip(), room, size, bold)
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], room, size, bold)]
    return tuple(lines)


def _broken(text: str, room: float, size: float, bold: bool) -> list[str]:
    if width(text, size, bold) <= room:
        return [text] if text else []
    lines, line, used = [], "", 0.0
    for piece in _pieces(text):
        wide = width(piece, size, bold)
        if line and not piece.isspace() and used + wide > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
        if not line:
            piece = piece.lstrip()
            wide = width(piece, size, bold)
        while used + wide > room and len(piece) > 1 and not line:
            cut = _cut(piece, max(_fitting(piece, room, size, bold), 1))
            lines.append(piece[:cut])
            piece = piece[cut:]
            wide = width(piece, size, bold)
        line, used = line + piece, used + wide
    return _balanced([*lines, line.rstrip()]) if line.strip() else lines


def _balanced(lines: list[str]) -> list[str]:
    """Lines whose last is no single Chinese character: the one before it comes along."""
    if len(lines) < 2 or not full(lines[-1][:1]) or lines[-1][1:].strip("".join(_NOT_FIRST)):
        return lines
    *first, above, last = lines
    if not full(above[-1:]) or above[-1] in _NOT_FIRST or len(above) < 3 or above[-2] in _NOT_LAST:
        return lines
    return [*first, above[:-1], above[-1] + last]


def _cut(piece: str, most: int) -> int:
    """Where a piece that is too wide for a line is cut: behind a dash where there is one, and as lines may begin."""
    fair = [end for end in range(1, most + 1) if piece[end] not in _NOT_FIRST and piece[end - 1] not in _NOT_LAST]
    return max((end for end in fair if piece[end - 1] in _AFTER), default=max(fair, default=most))


def _pieces(text: str) -> list[str]:
    """The text in pieces that stay together."""
    pieces: list[str] = []
    for found in _WORDS.findall(text):
        glued = pieces and (found[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST)
        if glued and pieces[-1].isspace() and len(pieces) > 1:
            blank = pieces.pop()
            pieces[-1] += blank + found
        elif glued:
            pieces[-1] += found
        else:
            pieces.append(found)
    return pieces


def _fitting(text: str, room: float, size: float, bold: bool) -> int:
    """How many of its characters fit."""
    left = room
    for number, character in enumerate(text):
        left -= width(character, size, bold)
        if left < 0:
            return number
    return len(text)


def _shortened(line: str, room: float, size: float, bold: bool) -> str:
    kept = line[: _fitting(line, room - width("…", size, bold), size, bold)].rstrip()
    return kept.rstrip("".join(_NOT_FIRST | _NOT_LAST)) + "…"
