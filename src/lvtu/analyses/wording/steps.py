"""Words of a funnel's steps."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from lvtu.analyses.wording.base import Wording
from lvtu.core.words import language


class Steps(Wording):
    """The words of an answer with a row for each step: each is called by its events, unless the question names it."""

    def in_words(self, result: Any, data: pa.Table) -> pa.Table:
        """Each step by its name."""
        data = super().in_words(result, data)
        names = [result.naming.step(step, language()) for step in result.spec.steps]
        called = [names[step - 1] for step in data["step"].to_pylist()]
        return data.set_column(data.column_names.index("name"), "name", pa.array(called, pa.string()))
