"""Rules for every test: in CI a skip is a failure, Hypothesis never judges by the clock, and files are in memory."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from costs import Costs
from parts import examples, in_ci, require, shared

__all__ = ["require", "shared"]

# Two busy cores make any time limit a coin toss; what is slow is measured by the benchmarks.
settings.register_profile(
    "lvtu", deadline=None, max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("lvtu")

# What is loaded while tests are collected stays: looking for garbage in it took a tenth of that time.
gc.disable()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "may_skip(reason): a skip of this test is all right in CI too")
    config.pluginmanager.register(Costs())
    _write_to_memory()


def pytest_collection_finish() -> None:
    """Let the garbage collector look seldom, and never at what was collected here: it took 6 % of a run's processor."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_unconfigure() -> None:
    """What is never collected, extensions call a leak at the end."""
    gc.unfreeze()


MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""So many bytes have to be free in memory for the files of a run."""


def _write_to_memory() -> None:
    """Keep the files of the tests in memory where there is room, unless ``TMPDIR`` says where.

    They are synced at every step, thousands of times in some files, and each waits for the disk; what a sync makes
    durable is for tests/faults, which has a disk of its own that loses what was not synced.
    """
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


HEAVY = ("spark/", "browser/", "contract/test_clickhouse.py", "service/test_clients.py")
"""What starts Spark, a browser or ClickHouse: one process runs all of it, one after the other."""

TOGETHER = ("unit/demo", "unit/simulator")
"""Folders whose files share what is dear to make: in one process it is made once."""

_FIRST = {"heavy": 0, "faults": 1, "web": 2, "docs": 3, "service": 4, "contract": 5}
"""The long ones are not to be left for the end."""


def group_of(node_id: str) -> str:
    """Which tests one process runs together: those of a file, of some folders, and all that is heavy."""
    file = node_id.partition("::")[0].removeprefix("tests/")
    if file.startswith(HEAVY):
        return "heavy"
    return next((folder for folder in TOGETHER if file.startswith(f"{folder}/")), file)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    group = group_of(item.nodeid)
    return len(_FIRST) if group in TOGETHER else _FIRST.get(group.partition("/")[0], len(_FIRST) + 1)


class Groups(LoadScopeScheduling):
    """Gives a process one group after the other."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Groups:
    """How tests are given to processes; the groups that pytest-xdist has itself are lost in pytest 9.2."""
    return Groups(config, log)


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
