"""Opportunities against the known figures."""

from __future__ import annotations

import pytest

from lvtu.analyses.scores.opportunity import opportunity


def test_opportunities() -> None:
    assert (opportunity(8.2, 4.1), opportunity(5, 9)) == (pytest.approx(12.3), 5)
