"""What became of everything in a file that was read as a map."""

from __future__ import annotations

from dataclasses import dataclass, field

from lvtu.core.sentences import Note


@dataclass
class Report:
    """What was taken, and what was left out and why. Nothing of a file is dropped without a line here.

    Attributes:
        taken: what became of rows, columns and lines.
        left: what is not in the map, and why.
    """

    taken: list[Note] = field(default_factory=list)
    left: list[Note] = field(default_factory=list)


def sample(texts: list[str]) -> str:
    """Some of what was left out, so that people find it.

    Example:
        >>> sample(["Queue at the gate, again", "No seats", "Rain"])
        'Queue at the gate, again · No seats · …'
    """
    shown = " · ".join(one if len(one) <= 40 else f"{one[:39]}…" for one in (" ".join(t.split()) for t in texts[:2]))
    return shown + (" · …" if len(texts) > 2 else "")
