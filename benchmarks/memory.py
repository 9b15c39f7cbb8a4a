"""The peak memory of a process, in bytes, and starting it anew."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def reset() -> None:
    """Starts the peak anew, where the system can."""
    if CLEAR.exists():
        CLEAR.write_text("5")


def peak() -> int:
    """The peak resident memory since the start or the last reset, mapped files included."""
    if STATUS.exists():
        return _status("VmHWM")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def private() -> int:
    """The resident memory that is the process's own now, mapped files left out; 0 where the system doesn't say."""
    return _status("RssAnon") if STATUS.exists() else 0


def _status(name: str) -> int:
    lines = STATUS.read_text().splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)
