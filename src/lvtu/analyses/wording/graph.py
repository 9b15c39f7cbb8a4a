"""Words of transitions: from where to where."""

from __future__ import annotations

from typing import ClassVar

from lvtu.analyses.wording.base import Wording


class _Graph(Wording):
    heads: ClassVar[dict[str, str]] = {"source": "from"}


WORDING = _Graph()
