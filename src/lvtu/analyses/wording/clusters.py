"""Words of clusters: they are called after places."""

from __future__ import annotations

from lvtu.analyses.wording.base import Wording


class _Clusters(Wording):
    lists = ("name", "apart")


WORDING = _Clusters()
