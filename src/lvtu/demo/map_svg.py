"""The drawing behind a curve lane: interval band, lines, last period's marks and points.

Only shapes: every number stands as text in the table cell above it. Horizontal places are percentages, so the
drawing stretches with the table; vertical places are pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lvtu.demo.document import CurveLane, Point

HEIGHT = 130
"""Height of a curve lane, pixels."""
TOP, BOTTOM = 12, 42
"""Room above the highest and below the lowest value (for the numbers), pixels."""


def height_of(lane: CurveLane, value: float) -> float:
    """Where a value lies in its lane, pixels from the top; values beyond the lane's edges stay at the edge.

    Example:
        >>> from lvtu.demo.model import Text
        >>> lane = CurveLane(Text("", ""), Text("", ""), (), 0.0, 1.0, ())
        >>> height_of(lane, 1.0), height_of(lane, 0.0)
        (12.0, 88.0)
    """
    part = (value - lane.low) / (lane.high - lane.low)
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(max(part, 0), 1)), 1)


def curve(lane: CurveLane) -> str:
    """The lane's drawing as one SVG element, as wide as all steps together; hidden from screen readers."""
    parts = [*_ticks(lane), *_band(lane), *_before(lane), *_lines(lane), *_points(lane)]
    steps = len(lane.points)
    return (  # a cell is as wide as its inside plus the one-pixel line on its right
        f'<svg class="curve" style="width:calc({100 * steps}% + {steps}px)" height="{HEIGHT}" aria-hidden="true">'
        + "".join(parts)
        + "</svg>"
    )


def _x(lane: CurveLane, step: int) -> str:
    return f"{100 * (step + 0.5) / len(lane.points):.3f}%"


def _ticks(lane: CurveLane) -> Iterator[str]:
    for value, _ in lane.ticks:
        y = height_of(lane, value)
        yield f'<line class="tick" x1="0" x2="100%" y1="{y}" y2="{y}"/>'


def _runs(lane: CurveLane) -> Iterator[list[tuple[int, Point]]]:
    """Neighbouring steps that were asked; a gap ends a run and is never bridged, nor are unlike quantities."""
    if not lane.joined:
        yield from ([(step, point)] for step, point in enumerate(lane.points) if point is not None)
        return
    run: list[tuple[int, Point]] = []
    for step, point in enumerate(lane.points):
        if point is None:
            if run:
                yield run
            run = []
        else:
            run.append((step, point))
    if run:
        yield run


def _band(lane: CurveLane) -> Iterator[str]:
    """The interval between neighbours as a band, drawn in a stretched space of its own."""
    for run in _runs(lane):
        if len(run) > 1:
            upper = [f"{100 * (step + 0.5)},{height_of(lane, point.high)}" for step, point in run]
            lower = [f"{100 * (step + 0.5)},{height_of(lane, point.low)}" for step, point in reversed(run)]
            yield (
                f'<svg x="0" y="0" width="100%" height="{HEIGHT}" viewBox="0 0 {100 * len(lane.points)} {HEIGHT}" '
                f'preserveAspectRatio="none"><polygon class="band" points="{" ".join(upper + lower)}"/></svg>'
            )


def _lines(lane: CurveLane) -> Iterator[str]:
    for run in _runs(lane):
        for (a, p), (b, q) in pairwise(run):
            yield _line("value", _x(lane, a), _x(lane, b), height_of(lane, p.value), height_of(lane, q.value))


def _before(lane: CurveLane) -> Iterator[str]:
    """The last period: a faint dashed line and hollow marks."""
    for run in _runs(lane):
        known = [(step, point.before) for step, point in run if point.before is not None]
        for (a, u), (b, v) in pairwise(known):
            yield _line("before", _x(lane, a), _x(lane, b), height_of(lane, u), height_of(lane, v))
        for step, value in known:
            yield f'<circle class="before" cx="{_x(lane, step)}" cy="{height_of(lane, value)}" r="3.2"/>'


def _points(lane: CurveLane) -> Iterator[str]:
    for step, point in enumerate(lane.points):
        if point is not None:
            x, tone = _x(lane, step), f" {point.tone}" if point.tone else ""
            y1, y2 = height_of(lane, point.high), height_of(lane, point.low)
            yield f'<line class="interval{tone}" x1="{x}" x2="{x}" y1="{y1}" y2="{y2}"/>'
            yield f'<circle class="point{tone}" cx="{x}" cy="{height_of(lane, point.value)}" r="4.2"/>'


def _line(name: str, x1: str, x2: str, y1: float, y2: float) -> str:
    return f'<line class="{name}" x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}"/>'
