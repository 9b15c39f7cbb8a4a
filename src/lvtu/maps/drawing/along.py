"""Words along a ring: short ones stand straight, long ones turn with it word by word."""

from __future__ import annotations

import math
import re

from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.ring import Ring, turn_at
from lvtu.maps.drawing.scene import Label, text

_SIZES, _SMALLEST = (12.5, 11.5, 10.5), 9.5
_BASE = 4.5
"""From the middle of a line of letters to where it stands."""

_MARGIN = 14.0
_STRAY = 6.0
"""How far the ends of a straight line may be from the circle that its middle touches."""

_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"[{_WIDE}]{{1,3}}|[^\s{_WIDE}]{{1,8}}|\s+")


def along(ring: Ring, words: str, begin: float, end: float, radius: float, color: str) -> list[Label]:
    """Words in the middle of a piece of a ring, as large as fit; what does not fit is left out and told by "…".

    Args:
        ring: it.
        words: they.
        begin, end: from which angle to which the piece reaches.
        radius: of the circle that runs through the middle of the letters.
        color: of the type.
    """
    room = (end - begin) * radius - _MARGIN
    size = next((one for one in _SIZES if width(words, one, bold=True) <= room), _SMALLEST)
    line = " ".join(text(words, 0, 0, room, size, color, most=1, bold=True).lines)
    middle = (begin + end) / 2
    lower = abs(math.degrees(middle) - 180) < 90
    base = radius + (_BASE if lower else -_BASE)
    wide = width(line, size, bold=True)
    if wide * wide / (8 * radius) <= _STRAY:
        return [Label(*ring.at(middle, base), (line,), size, color, bold=True, anchor="middle", turn=turn_at(middle))]
    labels, ahead = [], -1.0 if lower else 1.0
    angle = middle - ahead * wide / radius / 2
    for piece in _PIECES.findall(line):
        half = ahead * width(piece, size, bold=True) / radius / 2
        angle += half
        if not piece.isspace():
            turn = math.remainder(math.degrees(angle) - (180 if lower else 0), 360)
            labels.append(Label(*ring.at(angle, base), (piece,), size, color, bold=True, anchor="middle", turn=turn))
        angle += half
    return labels
