"""Words of hand-offs: from whom to whom, and what can be judged already."""

from __future__ import annotations

from typing import ClassVar

from lvtu.analyses.wording.base import Wording


class _Handoffs(Wording):
    heads: ClassVar[dict[str, str]] = {"source": "from", "mature": "mature_handoffs"}
    only_if_any: ClassVar[dict[str, tuple[str, ...]]] = {"pending": ("kaplan_meier",), "untimed": ()}


WORDING = _Handoffs()
