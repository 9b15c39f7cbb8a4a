"""Small marks beside numbers: what is not to be relied on any more, what is aimed at."""

from __future__ import annotations

from lvtu.analyses.charts.theme import Theme
from lvtu.maps.drawing.scene import Dot, Line, Shape

_RADIUS = 4.2


def clock(x: float, y: float, theme: Theme) -> tuple[Shape, ...]:
    """A small clock, its middle at x, y: the number beside it is stale; the words are in the title of its part."""
    hands = ((x, y - _RADIUS + 1.6), (x, y), (x + _RADIUS - 1.9, y))
    return Dot(x, y, _RADIUS, theme.ground, theme.soft, 1), Line(hands, theme.soft, thick=1)
