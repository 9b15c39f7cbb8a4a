"""Words of MaxDiff: the score with its interval."""

from __future__ import annotations

from typing import ClassVar

from lvtu.analyses.wording.base import Wording


class _Maxdiff(Wording):
    places = ("option", "question")
    intervals: ClassVar[dict[str, tuple[str, str]]] = {"score": ("score_low", "score_high")}
    heads: ClassVar[dict[str, str]] = {
        "score": "best_worst", "best": "times_best", "worst": "times_worst", "shown": "times_shown", "n": "customers",
    }  # fmt: skip


WORDING = _Maxdiff()
