"""Words of variants: their paths are lists of places."""

from __future__ import annotations

from lvtu.analyses.wording.base import Wording


class _Variants(Wording):
    lists = ("path",)


WORDING = _Variants()
