"""Words of times to convert: they are since the first step."""

from __future__ import annotations

from typing import ClassVar

from lvtu.analyses.wording.steps import Steps


class _TimeToConvert(Steps):
    heads: ClassVar[dict[str, str]] = {"median_time": "median_time_since_first", "p90_time": "p90_time_since_first"}


WORDING = _TimeToConvert()
