"""How the parts of touchpoint quality are weighed: by name and version, in one place.

A version never changes once it was published: what was saved with it goes on meaning the same. Another opinion is
another version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

PARTS = ("perception", "emotion", "effort", "reliability", "punctuality")
"""What is blended, each in points from 0 to 100: ratings; feelings; ease; passes without a failure; waits in time."""

WEIGHED = ("perception", "emotion", "effort", "operations")
"""What weights are given to; those of operations are shared by what is known of reliability and punctuality."""

_OPERATIONS = ("reliability", "punctuality")

STANDARD = "lvtu@1"
"""The blend of a question that names none."""


@dataclass(frozen=True)
class Blend:
    """Weights with a name.

    Attributes:
        name: with its version, ``lvtu@1``.
        points: 100 points, divided among `WEIGHED`.
    """

    name: str
    points: tuple[float, float, float, float]

    def shares(self, known: Sequence[bool]) -> list[float]:
        """The weights of `PARTS`, of those that are known, adding up to 1; all 0 where nothing is.

        The points of operations go to what is known of them, half each to both. Then whatever has no data is left out
        and the others keep their proportions.

        Example:
            >>> BLENDS["lvtu@1"].shares([True] * 5)
            [0.35, 0.25, 0.2, 0.1, 0.1]
            >>> [round(one, 2) for one in BLENDS["lvtu@1"].shares([True, False, True, True, False])]
            [0.47, 0.0, 0.27, 0.27, 0.0]
        """
        there = dict(zip(PARTS, known, strict=True))
        points = dict(zip(WEIGHED, self.points, strict=True))
        operated = [name for name in _OPERATIONS if there[name]]
        each = points["operations"] / len(operated) if operated else 0.0
        given = [(each if name in _OPERATIONS else points[name]) if there[name] else 0.0 for name in PARTS]
        total = sum(given)
        return [one / total if total else 0.0 for one in given]

    def covered(self, known: Sequence[bool]) -> float:
        """Which share of the points belongs to what is known."""
        there = dict(zip(PARTS, known, strict=True))
        there["operations"] = any(there[name] for name in _OPERATIONS)
        return sum(points for name, points in zip(WEIGHED, self.points, strict=True) if there[name]) / sum(self.points)


BLENDS: Mapping[str, Blend] = MappingProxyType({STANDARD: Blend(STANDARD, (35.0, 25.0, 20.0, 20.0))})
"""The blends that are known by name."""
