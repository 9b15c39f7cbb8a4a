"""The measures: on which scales each can be worked out, and how, in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from lvtu.analyses.means import Scores
from lvtu.analyses.overview.changes import Change, of_means, scaled
from lvtu.analyses.overview.feelings import ends_of, feeling
from lvtu.analyses.scores.formulas import (
    DETRACTS,
    PROMOTES,
    Told,
    bounded_mean,
    mean,
    net_promoters,
    of_parts,
    of_promoters,
    told_share,
)
from lvtu.core.sentences import Term
from lvtu.errors import BadInput, UnknownName

Name = Literal["nps", "csat", "ces", "stars", "mean", "emotion", "sentiment", "share"]

OF_TEXT: Mapping[Name, tuple[float, float, int]] = {"sentiment": (-2.0, 2.0, 128)}
"""Measures of what is read in texts, without anybody being asked: the lowest and the highest, and the steps to one."""

_BEST = {"csat": 2, "ces": 3, "share": 1}
"""How many of the best answers count as satisfied, as at ease, or as the one of two that is counted."""

YES_OR_NO = "yesno"
"""The scale of what is answered with yes, 1, or no, 0. Which of the two is good news, it does not tell."""


@dataclass(frozen=True)
class Measure:
    """A measure on one scale.

    Attributes:
        name: of the measure.
        scale: the scale; None for answers that name none.
    """

    name: Name
    scale: str | None

    @property
    def column(self) -> str:
        """The column that holds the answers."""
        return self.name if self.name in OF_TEXT else "score"

    @property
    def ends(self) -> tuple[float, float] | None:
        """The lowest and the highest answer; None where the scale does not tell."""
        return OF_TEXT[self.name][:2] if self.name in OF_TEXT else _ends(self.scale)

    @property
    def range(self) -> tuple[float, float] | None:
        """The lowest and the highest value of the measure itself; None where nobody can tell."""
        fixed = {"nps": (-100.0, 100.0), "csat": (0.0, 1.0), "share": (0.0, 1.0), "emotion": (-2.0, 2.0)}
        return fixed.get(self.name, self.ends)

    @property
    def per(self) -> int:
        """How many answers there are from one whole number to the next."""
        if self.name in OF_TEXT:
            return OF_TEXT[self.name][2]
        return 2 if (self.scale or "").startswith("star") else 1

    @property
    def lower_is_better(self) -> bool:
        """Whether the wording runs the other way: the more, the worse."""
        return runs_down(self.scale)

    @property
    def valued(self) -> bool:
        """Whether it is known which answers are good news: of yes or no it is not."""
        return self.scale != YES_OR_NO

    def best(self, score: float) -> bool:
        """Whether an answer is among the best ones, which is what CSAT, a share and, beside its mean, CES count."""
        low, high = self.ends or (0.0, 0.0)
        boxes = _BEST[self.name]
        return score <= low + boxes - 1 if self.lower_is_better else score >= high - boxes + 1

    def told(self, scores: Scores) -> Told:
        """The figure of some answers."""
        if self.name == "nps":
            return net_promoters(scores)
        if self.name in SHARES:
            return told_share(scores, self.best)
        if self.name == "emotion":
            felt = feeling(self.scale, scores)
            return Told() if felt is None else Told(felt.mean, felt.mean_low, felt.mean_high)
        return bounded_mean(scores, OF_TEXT[self.name][:2]) if self.name in OF_TEXT else mean(scores, self.ends)

    def change(self, now: Scores, before: Scores) -> Change | None:
        """The difference of the figures of different answers, now − before, with its interval; untested if too few."""
        if self.name == "nps":
            return of_promoters(now, before)
        if self.name in SHARES:
            return of_parts(now, before, self.best)
        change = of_means(now, before)
        if self.name != "emotion" or self.ends is None:
            return change
        low, factor = self.ends[0], 4 / (self.ends[1] - self.ends[0])
        return scaled(change, lambda x: factor * (x - low) - 2, factor)

    def parts(self, scores: Scores) -> dict[str, float | int | None]:
        """What the figure is made of: how many promote, are passive or detract; the share of the best answers."""
        if self.name == "nps":
            up = sum(n for score, n in scores.responses.items() if score >= PROMOTES)
            down = sum(n for score, n in scores.responses.items() if score <= DETRACTS)
            return {"promoters": up, "passives": scores.responses.total() - up - down, "detractors": down}
        if self.name == "ces":
            return dict(zip(("top", "top_low", "top_high"), told_share(scores, self.best), strict=True))
        return {}

    def part_of(self, score: float) -> str | None:
        """As what an answer counts: ``promoter``, ``passive``, ``detractor``, ``best``, ``other``; None for a mean
        and of two answers, which say it themselves."""
        if self.name == "nps":
            return "promoter" if score >= PROMOTES else "detractor" if score <= DETRACTS else "passive"
        if self.name in ("csat", "ces"):
            return "best" if self.best(score) else "other"
        return None


SHARES = ("csat", "share")
"""The measures that are shares of answers."""


def runs_down(scale: str | None) -> bool:
    """Whether a scale asks how much effort it took, as the first wording of CES did: a lower answer is better then.

    Example:
        >>> runs_down("effort7"), runs_down("ces7"), runs_down("ease7")
        (True, False, False)
    """
    return (scale or "").startswith("effort")


_USUAL = {
    "nps": re.compile("nps.*"), "csat": re.compile(r"csat.*"), "ces": re.compile(r"(ces|ease|effort)_?7"),
    "stars": re.compile(r"stars?_?\d+"), "mean": re.compile(".*"), "emotion": re.compile(".*"),
    "sentiment": re.compile("(?!)"),
    "share": re.compile(".*"),
}  # fmt: skip
"""The names of the scales that a measure is taken on where none is given."""


def _ends(scale: str | None) -> tuple[float, float] | None:
    return (0.0, 1.0) if scale == YES_OR_NO else ends_of(scale)


def _of_two(scale: str | None) -> bool:
    ends = _ends(scale)
    return ends is not None and ends[1] - ends[0] == 1


def _on_ten(scale: str | None) -> bool:
    return ends_of(scale) == (0.0, 10.0)


def _in_boxes(scale: str | None) -> bool:
    ends = ends_of(scale)
    return ends is not None and ends[0] == 1 and ends[1] > 2


_FITS: Mapping[Name, Callable[[str | None], bool]] = {
    "nps": _on_ten,
    "csat": _in_boxes,
    "ces": lambda scale: ends_of(scale) == (1.0, 7.0),
    "stars": _in_boxes,
    "mean": lambda _: True,
    "emotion": lambda scale: ends_of(scale) is not None and not runs_down(scale),
    "sentiment": lambda scale: scale is None,
    "share": _of_two,
}


def fits(name: Name, scale: str | None) -> bool:
    """Whether a measure can be worked out on a scale.

    Example:
        >>> fits("nps", "nps"), fits("nps", "csat5"), fits("ces", "effort7"), fits("csat", "nps")
        (True, False, True, False)
    """
    return _FITS[name](scale)


def usual(name: Name, scales: Iterable[str]) -> list[str]:
    """The scales on which a measure is taken where none is given.

    Example:
        >>> usual("csat", ["csat5", "clean5", "nps"]), usual("emotion", ["csat5", "mood"])
        (['csat5'], ['csat5'])
        >>> usual("share", ["csat5", "yesno", "csat2"])
        ['yesno', 'csat2']
    """
    return [scale for scale in scales if fits(name, scale) and _USUAL[name].fullmatch(scale)]


def usual_of(scale: str | None) -> Measure:
    """What is worked out on a scale where nothing else is asked for: the measure that it is made for, else the mean.

    Example:
        >>> [usual_of(scale).name for scale in ("nps", "csat5", "ease7", "stars5", "yesno", "sentiment", "clean5")]
        ['nps', 'csat', 'ces', 'stars', 'share', 'emotion', 'mean']
    """
    if scale in ("emotion", "sentiment"):
        return Measure("emotion", scale)
    made_for: tuple[Name, ...] = ("nps", "csat", "ces", "stars", "share")
    return Measure(next((name for name in made_for if scale and usual(name, [scale])), "mean"), scale)


def chosen(name: Name, scale: str, scales: Iterable[str]) -> Measure:
    """A measure on the scale that was asked for.

    Raises:
        UnknownName: no answer is on it.
        BadInput: the measure cannot be worked out on it; says why.
    """
    if scale not in scales:
        raise UnknownName("scale", scale, scales)
    if not fits(name, scale):
        raise BadInput("scale_does_not_fit", metric=name, scale=scale, needs=_needs(name),
                       known=[one for one in scales if fits(name, one)])  # fmt: skip
    return Measure(name, scale)


def _needs(name: Name) -> Term:
    return Term(f"scale_of_{name}")
