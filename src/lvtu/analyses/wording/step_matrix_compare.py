"""Words of a comparison of step matrices, the same as of funnels."""

from __future__ import annotations

from lvtu.analyses.wording.compare import Sides

WORDING = Sides()
