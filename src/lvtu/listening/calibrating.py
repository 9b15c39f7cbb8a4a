"""Setting feelings right by the stars that customers gave with their words, without anybody labelling a text.

For each language a fractional logistic regression of the score, as a part of its scale, on the log odds that were read:
its zero and its gain are what is added to the log odds and what they are multiplied by from then on. High and low weigh
the same: were the mean of what is read drawn to that of the stars, mostly high, half of the complaints would no longer
be read as such (measured: 369 of 985 texts were negative before, 125 by their stars, 67 after).
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.analyses.intervals import Z95
from lvtu.analyses.overview.feelings import ends_of
from lvtu.errors import BadInput
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.store.lake import Lake
    from lvtu.voice.text.model import TextModel

FEWEST = 200
"""With fewer scored texts of a language nothing is set right."""

FEWEST_A_SIDE = 30
"""So many must be on each side of the middle of their scales."""

MOST = 200_000
"""The newest scored texts, so many at most."""

_SCALES = re.compile(r"nps|csat_?\d+|stars?_?\d+")
_ROUNDS = 50


@dataclass(frozen=True)
class Line:
    """How the feelings of one language are set right, and what that changes.

    Attributes:
        zero: what is added to the log odds.
        gain: what they are multiplied by; ``gain_low``, ``gain_high``: its 95 % interval.
        n: scored texts.
        before, after: the share of texts that are read on the side of their score, low and high weighing the same;
            after setting right, each half of the texts by the other half.
        moved: the share of texts with another label.
    """

    zero: float
    gain: float
    gain_low: float
    gain_high: float
    n: int
    before: float
    after: float
    moved: float


@dataclass(frozen=True)
class Calibrated:
    """A calibration.

    Attributes:
        version: of the calibration.
        lines: what is set right, by language.
        left: languages that are left as they are, and why, with how many scored texts: there are ``few``, they are
            ``unrelated`` to their scores, or it would be ``no_better``.
    """

    version: int
    lines: dict[str, Line]
    left: dict[str, tuple[str, int]]

    def to_pandas(self) -> Any:
        """A row for each language that is set right."""
        return self.table.to_pandas()

    @property
    def table(self) -> pa.Table:
        """A row for each language that is set right."""
        return pa.Table.from_pylist([{"language": name, **asdict(line)} for name, line in self.lines.items()])


class Scored(NamedTuple):
    """Texts that customers scored.

    Attributes:
        texts: they.
        parts: the score of each as a part of its scale, 0 to 1.
        events: the number of the event of each.
    """

    texts: pa.Array
    parts: Array
    events: Array


def calibrated(lake: Lake, model: TextModel) -> tuple[dict[str, Line], dict[str, tuple[str, int]]]:
    """Lines by language, and the languages that are left as they are.

    Raises:
        BadInput: no language has enough scored texts, or their words do not go with their scores.
    """
    from lvtu.voice.columns import felt, odds

    texts, parts, _ = scored(lake)
    read = felt(texts, model)
    sentiment = read["sentiment"].to_numpy().astype(float)
    language = np.array([one or "" for one in read["language"].to_pylist()])
    lines: dict[str, Line] = {}
    left: dict[str, tuple[str, int]] = {}
    for name in sorted({*language.tolist()} - {""}):
        rows = np.flatnonzero((language == name) & ~np.isnan(sentiment))
        if not _enough(parts[rows]):
            left[name] = "few", len(rows)
        elif isinstance(line := _line(odds(sentiment[rows]), parts[rows], model.about["band"]), str):
            left[name] = line, len(rows)
        else:
            lines[name] = line
    if not lines:
        raise BadInput("few_scored_texts", found=len(texts), fewest=FEWEST, side=FEWEST_A_SIDE)
    return lines, left


def scored(lake: Lake) -> Scored:
    """The newest texts with a score on a scale of satisfaction."""
    texts: list[pa.Array] = []
    parts, events = [np.empty(0)], [np.empty(0, np.int64)]
    for batch in lake.read(["text", "score", "scale", "event_id"], dictionary=["scale"]):
        kept = batch.filter(pc.and_(pc.and_(batch.column(0).is_valid(), batch.column(1).is_valid()),
                                    batch.column(2).is_valid()))  # fmt: skip
        scale = kept.column(2) if pa.types.is_dictionary(kept.column(2).type) else kept.column(2).dictionary_encode()
        ends = [_ends(name) for name in scale.dictionary.to_pylist()]
        low, high = (np.array([end[side] for end in ends] or [np.nan])[scale.indices.to_numpy()] for side in (0, 1))
        part = (kept.column(1).to_numpy().astype(float) - low) / (high - low)
        good = (part >= 0) & (part <= 1)
        texts.append(kept.column(0).filter(pa.array(good)))
        parts.append(part[good])
        events.append(kept.column(3).to_numpy()[good])
    whole = pa.chunked_array(texts, pa.string()) if texts else pa.chunked_array([[]], pa.string())
    start = max(len(whole) - MOST, 0)
    return Scored(whole.slice(start).combine_chunks(), np.concatenate(parts)[start:], np.concatenate(events)[start:])


def _ends(scale: str | None) -> tuple[float, float]:
    found = ends_of(scale) if scale and _SCALES.fullmatch(scale) else None
    return found or (np.nan, np.nan)


def _enough(parts: Array) -> bool:
    low, high = np.count_nonzero(parts < 0.5), np.count_nonzero(parts > 0.5)
    return len(parts) >= FEWEST and bool(min(low, high) >= FEWEST_A_SIDE)


def _line(x: Array, y: Array, band: float) -> Line | str:
    """The line of some log odds and scores; else why there is none."""
    zero, gain, error = regression(x, y)
    if gain - Z95 * error <= 0:
        return "unrelated"
    half = np.arange(len(x)) % 2 == 0
    apart = np.empty(len(x))
    for mine in (half, ~half):
        a, b, _ = regression(x[~mine], y[~mine])
        apart[mine] = a + b * x[mine]
    if _loss(apart, y) >= _loss(x, y):
        return "no_better"
    return Line(
        zero=zero, gain=gain, gain_low=gain - Z95 * error, gain_high=gain + Z95 * error, n=len(x),
        before=_right(x, y), after=_right(apart, y),
        moved=float((_label(x, band) != _label(zero + gain * x, band)).mean()),
    )  # fmt: skip


def _right(x: Array, y: Array) -> float:
    """The share that is on its side, low and high weighing the same."""
    return float(((x < 0)[y < 0.5].mean() + (x > 0)[y > 0.5].mean()) / 2)


def _loss(x: Array, y: Array) -> float:
    """The cross entropy of scores and log odds, weighed as `regression` weighs them."""
    up, down = _weights(y)
    return float((up * np.logaddexp(0, -x) + down * np.logaddexp(0, x)).sum())


def _weights(y: Array) -> tuple[Array, Array]:
    return y / (2 * y.mean()), (1 - y) / (2 * (1 - y).mean())


def _label(x: Array, band: float) -> Array:
    from lvtu.voice.columns import of_odds

    feeling = of_odds(x)
    found: Array = (feeling >= band).astype(int) - (feeling <= -band).astype(int)
    return found


def regression(x: Array, y: Array) -> tuple[float, float, float]:
    """Fractional logistic regression of y (0…1) on x: intercept, slope, and the slope's robust standard error.

    What is high and what is low weigh the same, however many there are of each: the intercept says where the words
    turn, and nothing of how often customers are content.

    Source: L. E. Papke & J. M. Wooldridge, Journal of Applied Econometrics 11 (1996) 619–632.

    Example:
        >>> x = np.array([-2.0, -1.0, 0.0, 1.0, 2.0] * 20)
        >>> zero, gain, _ = regression(x, 1 / (1 + np.exp(-2 * x)))
        >>> round(abs(zero), 6), round(gain, 6)
        (0.0, 2.0)
    """
    design = np.column_stack([np.ones(len(x)), x])
    up, down = _weights(y)
    beta = np.zeros(2)
    ridge = 1e-9 * np.eye(2)
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-design @ beta))
        information = (design * ((up + down) * p * (1 - p))[:, None]).T @ design + ridge
        step = np.linalg.solve(information, design.T @ (up * (1 - p) - down * p))
        beta = beta + step
        if np.abs(step).max() < 1e-10:
            break
    p = 1 / (1 + np.exp(-design @ beta))
    inverse = np.linalg.inv((design * ((up + down) * p * (1 - p))[:, None]).T @ design + ridge)
    scores = design * (up * (1 - p) - down * p)[:, None]
    robust = inverse @ (scores.T @ scores) @ inverse
    return float(beta[0]), float(beta[1]), float(np.sqrt(max(robust[1, 1], 0.0)))
