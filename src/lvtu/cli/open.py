"""Opening the workspace that a command line names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from lvtu.errors import NotAWorkspace

if TYPE_CHECKING:
    from lvtu.workspace import Workspace

WORKSPACE = click.Argument(["workspace"], metavar="WORKSPACE", required=True)
"""The folder; every command's first argument."""


def is_workspace(path: str) -> bool:
    """Whether there is a workspace at a path."""
    from lvtu.store import config

    try:
        config.load(path)
    except NotAWorkspace:
        return False
    return True


@contextmanager
def opened(path: str, *, create: bool = False) -> Iterator[Workspace]:
    """The workspace at a path, closed at the end.

    Args:
        path: its folder.
        create: make an absent or empty folder one.

    Raises:
        NotAWorkspace: there is none.
    """
    from lvtu.store import config

    if create:
        config.create(path)
    else:
        config.load(path)
    from lvtu.workspace import Workspace

    with Workspace(path) as ws:
        yield ws
