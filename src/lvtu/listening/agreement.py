"""Whether people who correct the same texts agree: what no model can be better than."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from lvtu.analyses.intervals import Z95
from lvtu.core.expr.values import as_text

if TYPE_CHECKING:
    from lvtu.store.corrections import Correction


class Agreement(NamedTuple):
    """How far people agree beyond chance.

    Attributes:
        kappa: 1 where they always do, 0 where no more than by chance.
        low, high: its 95 % interval; None of one text.
        n: texts that two people or more judged.
    """

    kappa: float
    low: float | None
    high: float | None
    n: int


def fleiss(judged: Sequence[Counter[str]]) -> Agreement | None:
    """Fleiss' κ of any number of people, who need not be the same for each text.

    κ = (P − Pe) / (1 − Pe), where P is the mean over texts of the share of pairs of people who agree, and Pe = Σ p² of
    the shares p of all judgments. The interval is a jackknife over the texts. Source: J. L. Fleiss, Psychological
    Bulletin 76 (1971) 378–382.

    Args:
        judged: of each text how many people said what.

    Returns:
        None where nobody judged the same text, or all said the same of everything.

    Example:
        >>> texts = [Counter(negative=2), Counter(negative=1, neutral=1), Counter(positive=2), Counter(positive=2)]
        >>> round(fleiss(texts).kappa, 3)
        0.579
    """
    several = [one for one in judged if one.total() > 1]
    kappa = _kappa(several)
    if kappa is None:
        return None
    without = [_kappa(several[:place] + several[place + 1 :]) for place in range(len(several))]
    told = [one for one in without if one is not None]
    if len(told) < 2:
        return Agreement(kappa, None, None, len(several))
    middle, n = math.fsum(told) / len(told), len(told)
    half = Z95 * math.sqrt((n - 1) / n * math.fsum((one - middle) ** 2 for one in told))
    return Agreement(kappa, max(kappa - half, -1.0), min(kappa + half, 1.0), len(several))


def _kappa(judged: Sequence[Counter[str]]) -> float | None:
    if not judged:
        return None
    agreeing = [sum(many * (many - 1) for many in one.values()) / (one.total() * (one.total() - 1)) for one in judged]
    together: Counter[str] = Counter()
    for one in judged:
        together.update(one)
    chance = sum((many / together.total()) ** 2 for many in together.values())
    return None if chance == 1 else (math.fsum(agreeing) / len(agreeing) - chance) / (1 - chance)


def judgments(said: Iterable[Correction], what: str) -> list[Counter[str]]:
    """What people last said about one column of each text; what was taken back does not count.

    Args:
        said: everything that was ever said, oldest first.
        what: the column.
    """
    last: dict[int, dict[str, Any]] = defaultdict(dict)
    for one in said:
        if one.what == what:
            last[one.event][one.by] = one.value
    return [Counter(str(as_text(value)) for value in by.values() if value is not None) for by in last.values()]
