"""Short texts that try the model on one difficulty at a time; they stand with the tests and teach it nothing."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parents[2] / "tests/unit/voice/challenge.txt"


class Tried(NamedTuple):
    """A text, what makes it difficult, its language, and its label."""

    text: str
    difficulty: str
    language: str
    label: str


def texts() -> list[Tried]:
    """All of them, in the order of the file."""
    found, heading = [], ("", "", "")
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            difficulty, language, label = line.strip("[]").split(" ")
            heading = (difficulty, language, label)
        elif line and not line.startswith("#"):
            found += [Tried(text, *heading) for text in line.split(" | ")]
    return found


def right(label: str, sentiment: float, band: float) -> bool:
    """Whether a sentiment is right: on the side of its label, or within the band if there is nothing to feel."""
    if label == "neutral":
        return abs(sentiment) < band
    return (sentiment > 0) == (label == "positive") and sentiment != 0
