"""Questions that a page asks of its workspace, and the command that asks each again."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Question:
    """A question of the registry.

    Attributes:
        analysis: its name.
        options: what it is asked with, by the names of its spec.
        events: the events that its command takes as arguments.

    Example:
        >>> Question("trend", {"period": "week"}, ("Order Paid",)).command("shop")
        "lvtu trend shop 'Order Paid' --period week"
        >>> Question("scores", {"metric": "share", "event": ["A", "B"]}).command("shop")
        'lvtu scores shop --metric share --event A --event B'
    """

    analysis: str
    options: dict[str, Any] = field(default_factory=dict)
    events: tuple[str, ...] = ()

    def ask(self, ws: Any) -> Any:
        """The answer of a workspace."""
        return getattr(ws, self.analysis)(*([list(self.events)] if self.events else []), **self.options)

    def rows(self, ws: Any) -> list[dict[str, Any]]:
        """The rows of the answer."""
        found: list[dict[str, Any]] = self.ask(ws).table.to_pylist()
        return found

    def command(self, workspace: str) -> str:
        """The command that asks it.

        Args:
            workspace: the name of its folder.
        """
        words = ["lvtu", self.analysis, workspace, *self.events]
        for name, value in self.options.items():
            for one in value if isinstance(value, list) else [value]:
                words += [f"--{name.replace('_', '-')}", str(one)]
        return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    """A word for a shell, with double quotes around single ones, which conditions are full of."""
    return f'"{word}"' if "'" in word and not set(word) & set('"$`\\') else shlex.quote(word)
