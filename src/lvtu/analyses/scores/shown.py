"""Scores as people read them: each figure under a name that says its unit, and not more columns than they look at."""

from __future__ import annotations

import pyarrow as pa

from lvtu.analyses.scores.measures import Name

_KINDS: dict[Name, str] = {
    "nps": "nps", "csat": "share", "share": "share", "emotion": "emotion", "sentiment": "emotion",
}  # fmt: skip
_MACHINES = ("p_value", "difference_low", "difference_high", "present", "asked", "responded", "response_low",
             "response_high")  # fmt: skip


def kind_of(metric: Name) -> str:
    """The name of a measure's figure: ``nps``, ``share``, ``emotion`` or ``mean``."""
    return _KINDS.get(metric, "mean")


def named(table: pa.Table, metric: Name) -> pa.Table:
    """The table with the figures under names that say their unit; shares keep theirs.

    Example:
        >>> named(pa.table({"value": [4.0], "low": [3.0], "n": [9]}), "stars").column_names
        ['mean', 'mean_low', 'n']
    """
    kind = kind_of(metric)
    names = {"value": kind}
    if kind != "share":
        names |= {name: f"{kind}_{name}" for name in ("low", "high", "difference")}
    return table.rename_columns([names.get(name, name) for name in table.column_names])


def for_readers(table: pa.Table, metric: Name) -> pa.Table:
    """The table that people read: without what only machines do, and what it is compared with beside the figure."""
    rows = table.select(["n", "effective_n"]).to_pylist()
    plain = all(abs(row["effective_n"] - row["n"]) < 0.5 for row in rows)
    left_out = [*_MACHINES, *(["effective_n"] if plain else [])]
    shown = [name for name in table.column_names if name not in left_out]
    compared = [name for name in ("difference", "p_adjusted", "changed") if name in shown]
    first = shown[: shown.index("n") + (1 if plain else 2)]
    return named(
        table.select([*first, *compared, *(name for name in shown if name not in (*first, *compared))]), metric
    )
