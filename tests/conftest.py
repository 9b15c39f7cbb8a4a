"""Rules for every test: in CI a skip is a failure, and Hypothesis never judges by the clock."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from parts import in_ci, require, shared

__all__ = ["require", "shared"]

_TESTS = Path(__file__).parent

# Two busy cores make any time limit a coin toss; what is slow is measured by the benchmarks.
settings.register_profile("lvtu", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("lvtu")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "may_skip(reason): a skip of this test is all right in CI too")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Which tests one process runs: those of a file; and all that start Spark, ClickHouse or a browser, one by one.

    Those come first, then the fault tests: the long ones are not to be left for the end.
    """
    first = {"heavy": 0, "faults": 1}
    groups = {}
    for item in items:
        folder, *file = item.path.relative_to(_TESTS).parts
        heavy = folder in ("spark", "browser") or item.get_closest_marker("chdb")
        groups[item] = "heavy" if heavy else "/".join((folder, *file))
        item.add_marker(pytest.mark.xdist_group(groups[item]))
    items.sort(key=lambda item: first.get(groups[item].partition("/")[0], len(first)))


def _failed(longrepr: Any) -> str:
    """A skip's place and reason, worded as the failure that it is in CI."""
    if isinstance(longrepr, tuple):
        path, line, reason = longrepr
        return f"{path}:{line}: a skip is a failure in CI: {reason}"
    return f"a skip is a failure in CI: {longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    expected = hasattr(report, "wasxfail") or item.get_closest_marker("may_skip") is not None
    if report.skipped and in_ci() and not expected:
        report.outcome = "failed"
        report.longrepr = _failed(report.longrepr)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A whole module that skips itself, by ``importorskip`` say, is no better."""
    report = yield
    if report.skipped and in_ci():
        report.outcome = "failed"
        report.longrepr = _failed(report.longrepr)
    return report


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's top folder."""
    return Path(__file__).resolve().parent.parent
