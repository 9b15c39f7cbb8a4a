"""On which scale a question is answered, told by its words, by what it says of its ends, and by the answers.

A wrong scale is worse than none: an answer to a question about recommending is no NPS unless it goes from 0 to 10,
and a scale whose ends nobody tells and the answers do not show is not taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lvtu.collect.ready.ladders import LADDERS, climbed
from lvtu.core.sentences import Note

Ends = tuple[float, float]
"""The lowest and the highest answer."""

_ASKED = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("nps", r"推荐|\brecommend|净推荐|\bnps\b"),
        ("effort", r"费力|费劲|费事|多少(精力|力气|功夫)|how much effort"),
        ("ces", r"轻松|容易|便捷|便利|省力|省心|\beas(y|e|ily)\b|\bces\b"),
        ("csat", r"满意|satisf|\bcsat\b"),
        ("stars", r"星级|打星|几颗星|几星|\bstars?\b"),
        ("rating", r"打分|评分|评价|打几分|\brat(e|ing)\b|\bscore\b"),
    )
)
_TOLD = re.compile(r"(?<!\d)([01])\s*分?\s*(?:[-–—~～至到]|to)\s*(\d{1,2})(?!\d|\s*[月年日次/.-])", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:分|星|颗星|stars?|points?)?", re.IGNORECASE)
_LABELLED = re.compile(r"(\d{1,2})\s*[-–—:：=（(]\s*\D.*", re.DOTALL)
_TOP = re.compile(r".*?(\d+)")
_TOPS = (5, 7, 10)
_NO_ANSWER = frozenset((
    "不适用", "不清楚", "不了解", "不知道", "未使用", "没用过", "没使用过",
    "n/a", "na", "not applicable", "don't know", "not sure",
    "prefer not to answer", "prefer not to say", "did not use",
))  # fmt: skip
"""Labels beside a scale that are no step of it."""
_KEPT = 200
"""Different answers of a question that are looked at."""


def asked(title: str) -> str | None:
    """What a question asks for, by its words: nps, effort, ces, csat, stars, rating.

    Example:
        >>> asked("您有多大可能向朋友推荐我们？"), asked("How satisfied are you?"), asked("您的年龄")
        ('nps', 'csat', None)
    """
    return next((kind for kind, pattern in _ASKED if pattern.search(title)), None)


def told_ends(title: str) -> Ends | None:
    """The ends that a title names: ``(0-10)``, ``1到5分``."""
    found = _TOLD.search(title)
    return (float(found[1]), float(found[2])) if found and 2 < int(found[2]) <= 10 else None


def as_number(value: Any) -> float | None:
    """An answer's number: ``4``, ``4分``, ``10 - Extremely likely``; None if it is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    text = str(value).strip()
    found = _NUMBER.fullmatch(text) or _LABELLED.fullmatch(text)
    return float(found[1]) if found else None


@dataclass(frozen=True)
class Scale:
    """A scale, and what its answers are worth.

    Attributes:
        name: ``nps``, ``csat5``, …
        points: label → score; None where the answers are numbers.
        taken: whether its highest answer is only taken for it, by the answers that there are.
    """

    name: str
    points: Mapping[str, float] | None = None
    taken: bool = False

    def score(self, value: Any) -> float | None:
        """The score of an answer; None if it is none on this scale."""
        if self.points is not None:
            return self.points.get(str(value).strip().lower())
        return as_number(value)


def scale_of(title: str, values: Collection[Any], ends: Ends | None = None) -> Scale | None:
    """The scale of a question; None if it has none, or nobody can tell.

    Args:
        title: the question.
        values: its answers, or some of them.
        ends: the lowest and highest answer, if the source tells them.

    Example:
        >>> [scale_of("您的满意度", v).name for v in (["4", "5"], ["满意", "非常满意"], ["9", "3"])]
        ['csat5', 'csat5', 'csat10']
        >>> scale_of("推荐意愿", ["3", "9"]).name, scale_of("推荐意愿", ["3", "4"])
        ('nps', None)
        >>> scale_of("推荐意愿（1-5）", ["3"]).name
        'recommend5'
    """
    kind = asked(title)
    values = [value for value in values if str(value).strip().lower() not in _NO_ANSWER]
    ladder = climbed([str(value) for value in values])
    if ladder is not None:
        return Scale(f"{ladder.kind}{len(ladder.steps)}", ladder.points())
    ends = ends or told_ends(title)
    numbers = [as_number(value) for value in values]
    found = [number for number in numbers if number is not None]
    if not found or len(found) < len(numbers) or (kind is None and ends is None):
        return None
    if ends is None and ticked(found):
        return None
    if kind == "nps":
        return _recommending(found, ends)
    if ends is not None:
        return Scale(f"{kind or 'rating'}{int(ends[1])}")
    top = next((top for top in _TOPS if top >= max(found)), None)
    return None if top is None or min(found) < 0 else Scale(f"{kind}{top}", taken=True)


def ticked(found: Collection[float]) -> bool:
    """Whether answers only tell what was chosen among several things: nought and one."""
    return 0 in found and max(found) <= 1


def _recommending(found: list[float], ends: Ends | None) -> Scale | None:
    if ends is not None:
        return Scale("nps" if ends == (0.0, 10.0) else f"recommend{int(ends[1])}")
    whole = all(number.is_integer() and number <= 10 for number in found)
    return Scale("nps", taken=True) if whole and max(found) > 7 else None  # below, it may be one of five or seven


def given_scale(name: str) -> Scale:
    """A scale that somebody named; its answers may be numbers, or labels of a ladder with as many steps."""
    top = _TOP.fullmatch(name)
    steps = int(top[1]) if top else 0
    points = {label: point for one in LADDERS if len(one.steps) == steps for label, point in one.points().items()}
    numbers = {str(number): float(number) for number in range(11)}
    return Scale(name, points | numbers) if points else Scale(name)


class Scales:
    """The scales of a source's questions, learnt from its first answers.

    Example:
        >>> scales = Scales({"Q9": "ease7"})
        >>> scales.see("q1", "How satisfied are you?", 4)
        >>> scales.see("q9", "Q9", 6)
        >>> [note.code for note in scales.settle()], scales.of("q1").name, scales.of("q9").score(6)
        (['scales_taken'], 'csat5', 6.0)
    """

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self._titles: dict[str, tuple[str, Ends | None]] = {}
        self._seen: dict[str, dict[Any, None]] = {}
        self._found: dict[str, Scale | None] = {}

    def see(self, key: str, title: str, value: Any, ends: Ends | None = None) -> None:
        """Take note of an answer, until the scales are settled."""
        if key not in self._found and isinstance(value, str | int | float):
            self._titles.setdefault(key, (title, ends))
            seen = self._seen.setdefault(key, {})
            if len(seen) < _KEPT:
                seen[value] = None

    def settle(self) -> Iterable[Note]:
        """Decide; what is to be known about that."""
        taken, unknown = [], []
        for key, (title, ends) in self._titles.items():
            if key in self._found:
                continue
            named = self._given.get(title) or self._given.get(key)
            scale = given_scale(named) if named else scale_of(title, self._seen[key], ends)
            self._found[key] = scale
            if scale is not None and scale.taken:
                taken.append(f"{_cut(title)} → {scale.name}")
            elif scale is None and asked(title):
                numbers = [as_number(value) for value in self._seen[key]]
                found = [number for number in numbers if number is not None]
                if len(found) == len(numbers) and not ticked(found):
                    unknown.append(_cut(title))
        if taken:
            yield Note("scales_taken", scales=tuple(taken))
        if unknown:
            yield Note("scales_unknown", questions=tuple(unknown))

    def of(self, key: str) -> Scale | None:
        """The scale of a question, once it is settled."""
        return self._found.get(key)


def _cut(title: str) -> str:
    return title if len(title) <= 40 else title[:39] + "…"
