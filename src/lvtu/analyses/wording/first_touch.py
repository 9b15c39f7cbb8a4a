"""Words of first touches: no scores where nobody gave one."""

from __future__ import annotations

from lvtu.analyses.wording.base import Wording


class _FirstTouch(Wording):
    idle = ("responses", ("scale", "responses", "mean", "mean_low", "mean_high", "effective"))


WORDING = _FirstTouch()
