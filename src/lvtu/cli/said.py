"""What was read in comments, as people read it in a terminal and as a sheet holds it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa

from lvtu.core.words import language, say
from lvtu.voice import Taxonomy, coverage

_SHOWN = (
    "text", "topic", "label", "emotion", "intent", "urgency", "topics", "four_donts", "sentiment", "language", "row",
)  # fmt: skip
"""What a terminal shows, most telling first: what finds no room is left out from the end."""
_WORDS = {
    "label": "labels",
    "emotion": "emotions",
    "intent": "intents",
    "urgency": "urgencies",
    "four_donts": "four_donts",
}


def worded(found: pa.Table, tree: Taxonomy) -> pa.Table:
    """The columns that a terminal has room for, in words."""
    shown = found.select([name for name in _SHOWN if name in found.column_names])
    for place, name in enumerate(shown.column_names):
        if name in _WORDS or name in ("topic", "topics"):
            cells = [_worded(name, value, tree) for value in shown[name].to_pylist()]
            shown = shown.set_column(place, name, pa.array(cells, pa.string()))
    return shown


def flat(found: pa.Table) -> pa.Table:
    """The table with lists as text, as a CSV file holds them: parted by semicolons."""
    for place, field in enumerate(found.schema):
        if pa.types.is_list(field.type):
            cells = [None if value is None else ";".join(value) for value in found[field.name].to_pylist()]
            found = found.set_column(place, field.name, pa.array(cells, pa.string()))
    return found


def summary(found: pa.Table) -> str:
    """How many rows feel how, how many are in no topic, and in how many there was nothing to read."""
    labels = Counter(found["label"].to_pylist())
    nothing = labels.pop(None, 0)
    counts = {name: labels[name] for name in ("negative", "neutral", "positive")}
    kind = "mentions" if "topic" in found.column_names else "clauses" if "row" in found.column_names else "summary"
    lines = [say(f"voice.{kind}", texts=found.num_rows, **counts)]
    if "topics" in found.column_names and (covered := coverage(found)).comments:
        shares = {name: f"{getattr(covered, name):.0%}" for name in ("share", "low", "high")}
        lines.append("· " + say("voice.uncategorised", comments=covered.comments, **shares))
    return "\n".join(lines + ["· " + say("voice.empty", rows=nothing)] * (nothing > 0))


def _worded(name: str, value: Any, tree: Taxonomy) -> str | None:
    if value is None:
        return None
    if name in ("topic", "topics"):
        codes = [value] if name == "topic" else value
        return ", ".join(tree.title(code, language()) for code in codes)
    several = value if isinstance(value, list) else [value]
    return ", ".join(say(f"voice.{_WORDS[name]}.{one}") for one in several)
