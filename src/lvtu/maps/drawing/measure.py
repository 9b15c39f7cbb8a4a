"""How wide texts are, and where their lines break, without a font at hand: as wide as the widest font sets them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_REGULAR = (
    32, 41, 47, 84, 65, 99, 78, 30, 40, 40, 65, 84, 32, 65, 32, 37, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 34, 34, 84,
    84, 84, 56, 102, 72, 69, 74, 78, 67, 62, 78, 76, 30, 58, 68, 57, 91, 76, 79, 67, 79, 73, 67, 65, 75, 69, 99, 69, 68,
    69, 40, 37, 40, 84, 56, 50, 62, 64, 58, 64, 62, 38, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60,
    82, 60, 60, 56, 64, 34, 64, 84,
)  # fmt: skip
_BOLD = (
    35, 46, 53, 84, 70, 101, 88, 33, 46, 46, 65, 84, 38, 65, 38, 38, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40,
    84, 84, 84, 62, 102, 80, 77, 75, 84, 69, 69, 83, 84, 38, 58, 78, 64, 100, 84, 86, 75, 86, 80, 73, 71, 82, 78, 111,
    78, 73, 73, 46, 38, 46, 84, 56, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60,
    48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84,
)  # fmt: skip
"""How wide the printable ASCII characters are, in hundredths of the size, in the widest of the fonts that a picture may
be shown in: Inter with figures of one width, DejaVu Sans in its place on Linux, Arial elsewhere (decision 0081)."""

_FIRST = " "
_OTHERS = {
    "\u00a0": (32, 35), "–": (56, 56), "—": (100, 100), "…": (100, 100), "·": (32, 38), "−": (84, 84), "“": (52, 66),
    "”": (52, 66), "‘": (32, 38), "’": (32, 38), "°": (50, 50), "•": (59, 64), "№": (105, 121), "¼": (97, 104),
    "½": (97, 104), "¾": (97, 104), "‰": (135, 144), "©": (100, 100), "®": (100, 100), "æ": (99, 105), "Æ": (100, 109),
    "œ": (103, 110), "Œ": (107, 117), "ľ": (38, 48), "ŉ": (82, 99), "ď": (67, 72),
}  # fmt: skip
_CAPITAL, _SMALL, _SIGN = (92, 102), (72, 80), (84, 84)
"""Of what is in neither table: a capital, a small letter, and all else."""

_SIGNS = frozenset("★☆≠≤≥→←↑↓▲▼×✓✗○")
"""Signs that Chinese fonts set as wide as a character."""

_QUOTES = "“”‘’"

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
def _em(character: str, bold: bool) -> float:
    place = ord(character) - ord(_FIRST)
    if 0 <= place < len(_REGULAR):
        return (_BOLD if bold else _REGULAR)[place] / 100
    if unicodedata.east_asian_width(character) in "WF" or character in _SIGNS:
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    if character in _OTHERS:
        return _OTHERS[character][bold] / 100
    if (base := unicodedata.normalize("NFD", character)[0]) != character:
        return _em(base, bold)
    kind = _CAPITAL if character.isupper() else _SMALL if character.isalpha() else _SIGN
    return kind[bold] / 100


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
    return _ems(text, bold) * size


@lru_cache(maxsize=1 << 15)
def _ems(text: str, bold: bool) -> float:
    """The width in sizes: words come again and again. Among Chinese, quotation marks are as wide as it."""
    wide = full(text) and any(one in text for one in _QUOTES)
    return sum(1.0 if wide and one in _QUOTES else _em(one, bold) for one in text)


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
