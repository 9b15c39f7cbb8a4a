"""Words of scores: the figure is called what it is."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.scores.shown import for_readers, kind_of
from lvtu.analyses.wording.base import Wording
from lvtu.core.words import say


class _Scores(Wording):
    heads: ClassVar[dict[str, str]] = {"n": "responses", "effective_n": "effective"}

    def titles(self, result: Any) -> dict[str, str]:
        """What the measure is called."""
        return dict.fromkeys(("value", kind_of(result.spec.metric)), say(f"measures.{result.spec.metric}"))

    def shaped(self, result: Any) -> pa.Table:
        """The table with what a person needs of it."""
        return for_readers(super().shaped(result), result.spec.metric)


WORDING = _Scores()
