"""What somebody may do in a workspace."""

from __future__ import annotations

from enum import IntEnum


class Role(IntEnum):
    """What somebody may do in a workspace; each may do what those before it may.

    Example:
        >>> Role.editor >= Role.analyst, Role["viewer"]
        (True, <Role.viewer: 1>)
    """

    viewer = 1
    """Sees answers, boards and customers; personal identifiers are masked."""
    analyst = 2
    """Asks any question, saves it, sees who is behind a number."""
    editor = 3
    """Brings data in, changes models, contracts and who is who."""
    admin = 4
    """Keys, people, webhooks, the audit log."""
    owner = 5
    """Everything, erasure and the workspace itself included."""
