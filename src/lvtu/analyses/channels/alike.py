"""Whether channels do alike: each against all others, within a margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lvtu.analyses.intervals import Z90, Z95, wilson
from lvtu.analyses.intervals import difference as of_shares
from lvtu.analyses.means import Scores
from lvtu.analyses.means import difference as of_means

Verdict = Literal["alike", "different", "unclear"]


@dataclass(frozen=True)
class Measured:
    """A measure of one channel.

    Attributes:
        n: of how many customers, or responses.
        value: the share, or the mean score; None of nobody.
        low, high: 95 % interval.
        difference: from all other channels together; None where there is none to compare with.
        difference_low, difference_high: 90 % interval: that of two one-sided tests at 5 % each.
        verdict: ``alike``: that interval lies within the margin; ``different``: it does not, and the 95 % interval of
            the difference leaves out zero; ``unclear``: neither. None without a difference.
    """

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    verdict: Verdict | None = None


def judged(inner: tuple[float, float], outer: tuple[float, float], margin: float) -> Verdict:
    """What the 90 % and the 95 % interval of a difference say.

    Source: D. J. Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987) 657–680.

    Example:
        >>> judged((-0.01, 0.03), (-0.02, 0.04), 0.05), judged((0.06, 0.1), (0.05, 0.11), 0.05)
        ('alike', 'different')
    """
    if -margin < inner[0] and inner[1] < margin:
        return "alike"
    return "different" if outer[0] > 0 or outer[1] < 0 else "unclear"


def shares(counts: Sequence[tuple[int, int]], margin: float) -> list[Measured]:
    """Shares (k of n) of several channels with different customers each."""
    everybody, all_who = sum(n for _, n in counts), sum(k for k, _ in counts)
    found = []
    for k, n in counts:
        ends = wilson(k, n)
        told = Measured(n, k / n if n else None, *(ends or (None, None)))
        inner = of_shares(k, n, all_who - k, everybody - n, Z90)
        outer = of_shares(k, n, all_who - k, everybody - n, Z95)
        found.append(_against(told, inner and inner[:3], outer and outer[:3], margin))
    return found


def means(scores: Sequence[Scores], margin: float, ends: tuple[float, float] | None = None) -> list[Measured]:
    """Mean scores of several channels on one scale, which may have ends."""
    found = []
    for place, one in enumerate(scores):
        others = Scores()
        for other in [*scores[:place], *scores[place + 1 :]]:
            others.merge(other)
        mean = one.mean(ends)
        told = Measured(mean.responses, mean.mean, mean.mean_low, mean.mean_high)
        found.append(_against(told, of_means(one, others, 0.9), of_means(one, others, 0.95), margin))
    return found


def _against(
    told: Measured, inner: tuple[float, float, float] | None, outer: tuple[float, float, float] | None, margin: float
) -> Measured:
    if inner is None or outer is None:
        return told
    verdict = judged(inner[1:], outer[1:], margin)
    return Measured(told.n, told.value, told.low, told.high, *inner, verdict)


def overall(measured: Sequence[Measured]) -> tuple[float | None, Verdict | None]:
    """The index of consistency, and what can be said of all channels together.

    The index is the share of customers (or responses) in channels that were shown to be alike: 1 where all were. All
    are alike only if each is (an intersection–union test, so no adjustment for many tests); one that is different
    makes them different.

    Source: R. L. Berger, Technometrics 24 (1982) 295–300.
    """
    known = [one for one in measured if one.n]
    if all(one.verdict is None for one in known):
        return None, None
    index = sum(one.n for one in known if one.verdict == "alike") / sum(one.n for one in known)
    verdicts = {one.verdict for one in known}
    if verdicts == {"alike"}:
        return index, "alike"
    return index, "different" if "different" in verdicts else "unclear"
