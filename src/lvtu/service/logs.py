"""The log as JSON, one object a line, for whatever collects logs. It names no customer and no person."""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from datetime import UTC, datetime

VARIABLE = "LVTU_LOG"


class JsonLines(logging.Formatter):
    """A record as one line of JSON.

    Of an error it tells the kind and where it happened, not its text: that may quote what somebody sent.

    Args:
        worker: the number of the process that writes, where there are several.
    """

    def __init__(self, worker: int | None = None) -> None:
        super().__init__()
        self._worker = {} if worker is None else {"worker": worker}

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **self._worker,
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            line |= {
                "error": record.exc_info[0].__name__,
                "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
            }
        return json.dumps(line, ensure_ascii=False)


def configure(worker: int | None = None) -> None:
    """Write the log to stderr as JSON, a line for each request too, where ``LVTU_LOG`` is ``json``.

    Args:
        worker: the number of this process, where there are several.
    """
    if os.environ.get(VARIABLE) != "json":
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(worker))
    for name in ("lvtu", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
    logging.getLogger("lvtu").setLevel(logging.INFO)
