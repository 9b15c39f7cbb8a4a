"""Words of a trend: no money where nothing has a value."""

from __future__ import annotations

from lvtu.analyses.wording.base import Wording


class _Trend(Wording):
    idle = ("value", ("value",))


WORDING = _Trend()
