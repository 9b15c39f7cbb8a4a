"""Where the time of a run goes: a line for each of the files that cost most, at its end."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass

import pytest

SHOWN = 10
"""So many files are named, of a run of more than as many."""


@dataclass
class Cost:
    """Of a file's tests and of what they share.

    Attributes:
        processor: seconds of processors, with those of processes that were started and have ended.
        clock: seconds that passed.
    """

    processor: float = 0.0
    clock: float = 0.0


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class Costs:
    """Measures where tests run, and adds up where they are reported."""

    def __init__(self) -> None:
        self.files: dict[str, Cost] = defaultdict(Cost)
        self._before = _spent()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self) -> None:
        self._before = _spent()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        now = _spent()
        report.processor, self._before = now - self._before, now  # type: ignore[attr-defined]  # it travels with the report
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        cost = self.files[report.nodeid.partition("::")[0]]
        cost.processor += getattr(report, "processor", 0.0)  # a process that died reported none
        cost.clock += report.duration

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if len(self.files) <= SHOWN:
            return
        total = sum(cost.processor for cost in self.files.values())
        terminalreporter.section(f"{total:,.0f} s of processors in {len(self.files)} files, the most in")
        for file, cost in sorted(self.files.items(), key=lambda one: -one[1].processor)[:SHOWN]:
            terminalreporter.line(f"{cost.processor:6.1f} s  {cost.clock:6.1f} s by the clock  {file}")
