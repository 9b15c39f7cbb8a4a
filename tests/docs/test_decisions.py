"""The list of decisions names each of them once, in order."""

from __future__ import annotations

import re
from pathlib import Path

DECISIONS = Path(__file__).parents[2] / "docs" / "decisions"


def test_every_decision_stands_in_the_list_in_order() -> None:
    listed = re.findall(r"^\| \[(\d{4})\]\((\1-[^)]+\.md)\) \|", (DECISIONS / "README.md").read_text("utf-8"), re.M)
    there = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    assert [name for _, name in listed] == there
    assert len({number for number, _ in listed}) == len(there), "each has a number of its own"
