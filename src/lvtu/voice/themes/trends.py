"""How themes move: when the share of comments that speak of one changed, when its feeling did, and what is new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lvtu.analyses.change_points import ChangePoint, Line, Means, Shares, told_changes
from lvtu.core.units import moment
from lvtu.store.journeys.columns import Array
from lvtu.voice.themes.question import COUNTS, Themes
from lvtu.voice.themes.reading import UNIT

MEASURES = ("share", "sentiment")
_NEW = 0.1
"""A theme is new if it was at most this part of what it is since, and it has been there for less than half the time."""

_LEAST_COMMENTS = 20
"""A theme of fewer comments is not tested: whatever it did would not be told."""


class Trends:
    """The changes of some themes.

    Args:
        question: what was asked.
        lens: the sums by period.
        themes: the numbers of the themes that are looked at.

    Attributes:
        changes: by number of the theme and measure; under the number behind the themes those of all comments, whose
            share does not change.
    """

    def __init__(self, question: Themes, lens: Array, themes: Sequence[int]) -> None:
        self._question, self._lens, self._all = question, lens, len(question.reading.names)
        comments = lens[0]
        tested = [one for one in themes if comments[one].sum() >= _LEAST_COMMENTS]
        asked = [(self._all, "sentiment"), *((one, measure) for measure in MEASURES for one in tested)]
        lines: list[Line] = [
            Shares(comments[one], comments[self._all]) if measure == "share" else self._feeling(one)
            for one, measure in asked
        ]
        self.changes = dict(zip(asked, told_changes(lines), strict=True))

    def _feeling(self, theme: int) -> Means:
        own = dict(zip(COUNTS, self._lens[:, theme], strict=True))
        return Means(own["sum"] / UNIT, own["squares"] / UNIT / UNIT, own["rated"])

    def told(self, theme: int) -> dict[str, Any]:
        """What is told about a theme beside its figures: the last change of its share and of its feeling."""
        if (theme, "share") not in self.changes:
            return {}
        share, mood = (self.changes[theme, measure] for measure in MEASURES)
        found: dict[str, Any] = {"trend": self._trend(share), "mood": _mood(mood)}
        if share:
            last = share[-1]
            found |= {"since": self.start(last), "share_before": last.before, "share_after": last.after,
                      "p_adjusted": last.p_adjusted}  # fmt: skip
        if mood:
            last = mood[-1]
            found |= {"mood_since": self.start(last), "sentiment_before": last.before, "sentiment_after": last.after,
                      "mood_p_adjusted": last.p_adjusted}  # fmt: skip
        return found

    def _trend(self, changes: Sequence[ChangePoint]) -> str:
        """``new``, ``rising``, ``falling``, or ``steady`` where nothing is told."""
        if not changes:
            return "steady"
        last = changes[-1]
        if last.difference < 0:
            return "falling"
        periods = self._lens.shape[2]
        return "new" if last.before <= _NEW * last.after and last.since == 0 and 2 * last.at >= periods else "rising"

    def rows(self) -> list[dict[str, Any]]:
        """A row for each change, by time, then how sure it is."""
        found = []
        for (theme, measure), changes in self.changes.items():
            for one in changes:
                name = None if theme == self._all else self._question.reading.names[theme]
                found.append({
                    "theme": name, "measure": measure, "period": self.start(one), "before": one.before,
                    "after": one.after, "difference": one.difference, "low": one.low, "high": one.high,
                    "n_before": one.n_before, "n_after": one.n_after, "p_value": one.p_value,
                    "p_adjusted": one.p_adjusted,
                })  # fmt: skip
        return sorted(found, key=lambda row: (row["period"], row["p_value"], str(row["theme"]), row["measure"]))

    def start(self, change: ChangePoint) -> Any:
        """The start of the first period of the new level."""
        return moment(int(self._question.boundaries[change.at]))


def _mood(changes: Sequence[ChangePoint]) -> str:
    """``better``, ``worse``, or ``steady`` where nothing is told."""
    return "steady" if not changes else "better" if changes[-1].difference > 0 else "worse"
