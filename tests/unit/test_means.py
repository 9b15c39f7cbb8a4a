"""Means of scores that are all alike."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lvtu.analyses.means import Scores


@given(st.floats(-5, 10), st.floats(1, 1e6), st.floats(0.001, 1))
def test_scores_that_are_alike_have_no_spread_however_their_weights_differ(
    score: float, much: float, little: float
) -> None:
    """One of them weighs nearly everything: t has hundreds of digits there, and the last bit of a mean shows them."""
    some = Scores()
    some.add(np.array([score, score]), np.array([much, little]))
    found = some.mean()
    assert found.mean == score
    assert found.mean_low in (None, score) and found.mean_high in (None, score)
