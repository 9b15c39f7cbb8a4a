"""From an answer on a scale to a feeling from −2 to +2. Scales are never mixed: each keeps its own mean."""

from __future__ import annotations

import re

from lvtu.analyses.means import Mean, Scores

_BOXES = re.compile(r"[a-z]+_?(\d{1,2})")


def ends_of(scale: str | None) -> tuple[float, float] | None:
    """The lowest and the highest answer of a scale; None where its name does not tell.

    ``nps`` goes from 0 to 10, a name that ends in a number (``csat5``, ``ces7``, ``stars5``) from 1 to it, and
    ``emotion`` or ``sentiment`` from −2 to +2.

    Example:
        >>> ends_of("nps"), ends_of("csat5"), ends_of("sentiment"), ends_of("mood")
        ((0.0, 10.0), (1.0, 5.0), (-2.0, 2.0), None)
    """
    if scale == "nps":
        return 0.0, 10.0
    if scale in ("emotion", "sentiment"):
        return -2.0, 2.0
    found = _BOXES.fullmatch(scale or "")
    return (1.0, float(found[1])) if found and int(found[1]) > 1 else None


def felt(scale: str | None, score: float | None) -> float | None:
    """One answer as a feeling from −2 to +2; None where its scale does not tell.

    Example:
        >>> felt("csat5", 4), felt("nps", 0), felt("mood", 3)
        (1.0, -2.0, None)
    """
    ends = ends_of(scale)
    if ends is None or score is None or not ends[0] <= score <= ends[1]:
        return None
    return 4 * (score - ends[0]) / (ends[1] - ends[0]) - 2


def feeling(scale: str | None, scores: Scores) -> Mean | None:
    """The mean of some scores as a feeling from −2 to +2, with its interval; None where the scale does not tell.

    A five-point answer is x − 3, a recommendation (x − 5) / 2.5.

    Example:
        >>> from collections import Counter
        >>> scores = Scores(Counter({4.0: 2, 5.0: 2}), Counter({4.0: 2_000_000, 5.0: 2_000_000}), 4 * 10**12)
        >>> feeling("csat5", scores).mean
        1.5
    """
    ends = ends_of(scale)
    if ends is None or not scores.responses:
        return None
    low, high = ends
    if min(scores.responses) < low or max(scores.responses) > high:
        return None

    def at(x: float | None) -> float | None:
        return None if x is None else min(max(4 * (x - low) / (high - low) - 2, -2.0), 2.0)

    mean = scores.mean()
    return mean._replace(mean=at(mean.mean), mean_low=at(mean.mean_low), mean_high=at(mean.mean_high))
