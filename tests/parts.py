"""What a test may need beyond the package, and what happens when it is missing.

On a person's machine a missing part skips the test and says so; in CI nothing may be missing, so the
same call fails it there.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""The browser; without windows of its own it needs less of the machine."""


def in_ci() -> bool:
    """Whether this run is one where a skip counts as a failure."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def examples(most: int) -> int:
    """How many cases a property is tried with, of as many as are worth the time where there is time.

    ``LVTU_EXAMPLES`` is the share: ``make test`` has a part of them, what must be green on a clean clone has all.
    """
    return max(1, round(most * float(os.environ.get("LVTU_EXAMPLES", "1"))))


def require(part: str, present: object = False) -> None:
    """Go on when ``present`` is true; else skip the test, or fail it in CI.

    Args:
        part: what is missing, as a person would say it.
        present: anything; its truth counts.
    """
    if present:
        return
    if in_ci():
        pytest.fail(f"missing in CI: {part}", pytrace=False)
    pytest.skip(f"missing: {part}")


def shared(name: str) -> Path:
    """A file of the shared real data, by its path below that folder; see :func:`require`."""
    path = SHARED_DATA / name
    require(f"shared data {name}", path.exists())
    return path
