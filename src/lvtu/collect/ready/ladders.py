"""Labels of answers that stand for steps of a scale, in the order from the worst to the best.

One label may stand on several ladders (``满意`` is the fourth of five and the sixth of seven): which one is meant is
told by all the labels that a question's answers use.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

_MIDDLES = {
    "满意": "一般 中立 不确定 无所谓 说不清 尚可 还可以",
    "同意": "一般 中立 不确定 说不清",
    "容易": "一般 中立 适中",
}


class Ladder(NamedTuple):
    """A ladder of labels.

    Attributes:
        kind: what it is about: csat, ces, agree.
        steps: labels of each step, the worst first.
    """

    kind: str
    steps: tuple[tuple[str, ...], ...]

    def points(self) -> dict[str, float]:
        """Label → step, from 1."""
        return {label: float(place) for place, labels in enumerate(self.steps, 1) for label in labels}


def _ladder(kind: str, text: str) -> Ladder:
    return Ladder(kind, tuple(tuple(step.strip().split("|")) for step in text.split(",")))


def _chinese(kind: str, bad: str, good: str) -> list[Ladder]:
    middle = "|".join(_MIDDLES[good].split())
    much_bad, much_good = (
        f"非常{bad}|很{bad}|十分{bad}|极其{bad}|完全{bad}",
        f"非常{good}|很{good}|十分{good}|完全{good}",
    )
    little_bad, little_good = f"比较{bad}|较{bad}|有点{bad}|有些{bad}", f"比较{good}|较{good}|基本{good}"
    return [
        _ladder(kind, f"{much_bad},{bad},{middle},{good},{much_good}"),
        _ladder(kind, f"{much_bad},{little_bad},{middle},{little_good},{much_good}"),
        _ladder(kind, f"{much_bad},{bad},{middle},{little_good},{much_good}"),
        _ladder(kind, f"{much_bad},{bad},{little_bad},{middle},{little_good},{good},{much_good}"),
    ]


def _english(kind: str, bad: str, good: str) -> list[Ladder]:
    middle = f"neither {good} nor {bad}|neither {bad} nor {good}|neutral|ok|okay"
    return [
        _ladder(kind, f"very {bad},{bad},{middle},{good},very {good}"),
        _ladder(kind, f"extremely {bad},somewhat {bad},{middle},somewhat {good},extremely {good}"),
        _ladder(kind, f"very {bad},somewhat {bad},{middle},somewhat {good},very {good}"),
        _ladder(
            kind,
            f"extremely {bad},moderately {bad},slightly {bad},{middle},slightly {good},moderately {good},"
            f"extremely {good}",
        ),
        _ladder(kind, f"very {bad},{bad},somewhat {bad},{middle},somewhat {good},{good},very {good}"),
    ]


LADDERS: tuple[Ladder, ...] = (
    *_chinese("csat", "不满意", "满意"),
    *_chinese("agree", "不同意", "同意"),
    *_chinese("ces", "困难", "容易"),
    *_english("csat", "dissatisfied", "satisfied"),
    *_english("csat", "unsatisfied", "satisfied"),
    *_english("ces", "difficult", "easy"),
    _ladder("agree", "strongly disagree,disagree,neither agree nor disagree|neutral|undecided,agree,strongly agree"),
    _ladder(
        "agree",
        "strongly disagree,somewhat disagree,neither agree nor disagree|neutral,somewhat agree,strongly agree",
    ),
    _ladder(
        "agree",
        "strongly disagree,disagree,somewhat disagree,neither agree nor disagree|neutral,somewhat agree,agree,"
        "strongly agree",
    ),
)
"""The ladders that are known; of those that fit, the first is taken."""


def climbed(labels: Collection[str]) -> Ladder | None:
    """The ladder on which all labels stand, one of them more than its middle.

    Example:
        >>> [len(climbed(labels).steps) for labels in (["满意", "非常满意"], ["满意", "比较满意"])]
        [5, 7]
    """
    wanted = {label.strip().lower() for label in labels}
    for ladder in LADDERS:
        points = ladder.points()
        middle = (len(ladder.steps) + 1) / 2
        if wanted and all(label in points for label in wanted) and any(points[label] != middle for label in wanted):
            return ladder
    return None
