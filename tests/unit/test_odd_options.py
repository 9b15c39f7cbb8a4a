"""Whatever stands in an option, a question is made of it or refused: nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from lvtu.analyses.base import make
from lvtu.analyses.registry import REGISTRY
from lvtu.errors import BadInput
from unit.test_forms import NEEDED

ODD: tuple[Any, ...] = (
    None, True, -1, 0, 5, 1.5, 10**30, "", " ", "x", "'", "9999999999999d", "1e400d", "0001-01-01", "9999-12-31",
    [], [None], [[1]], [{}], {}, {"a": 1}, [{"event": None, "within": None}], [{"place": None}], ["a", 5], [[0, 1]],
)  # fmt: skip


@pytest.mark.parametrize("name", REGISTRY)
def test_an_odd_value_is_taken_or_refused(name: str) -> None:
    spec = REGISTRY[name].spec
    given = {field: NEEDED[field] for field, info in spec.model_fields.items() if info.is_required()}
    for field in spec.model_fields:
        for value in ODD:
            try:
                found = make(spec, {**given, field: value})
            except BadInput:
                continue
            assert make(spec, {k: v for k, v in found.to_json().items() if k != "analysis"}) == found, (field, value)
