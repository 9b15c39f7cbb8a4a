"""The command line: ``lvtu COMMAND WORKSPACE [ARGS]``. A command's module is imported when it is called."""

from __future__ import annotations

from lvtu.cli.group import Commands

main = Commands(name="lvtu")
"""The entry point."""

__all__ = ["main"]
