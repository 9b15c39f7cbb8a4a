"""The rows of an answer about themes: how often, by whom, how it feels, and what sets a group apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.groups import column_named
from lvtu.analyses.intervals import wilson
from lvtu.analyses.means import bounded
from lvtu.analyses.overview.changes import Change, controlled, of_shares
from lvtu.core.units import moment
from lvtu.store.journeys.columns import Array
from lvtu.voice.themes.question import Sums, Themes
from lvtu.voice.themes.reading import UNIT


@dataclass(frozen=True)
class Counts:
    """What is counted of a theme, see `lvtu.voice.themes.question.COUNTS`."""

    comments: int
    customers: int
    rated: int
    sum: int
    squares: int
    negative: int
    positive: int


def cell_of(lens: Array, theme: int, cell: int) -> Counts:
    """The counts of a cell of a lens."""
    return Counts(*lens[:, theme, cell].tolist())


def figures(own: Counts, of: int) -> dict[str, Any]:
    """Volume and feeling.

    Args:
        own: the counts.
        of: comments, of which it is a share.
    """
    low, high = wilson(own.comments, of) or (None, None)
    feeling, worst, best = _mean(own)
    return {
        "comments": own.comments, "customers": own.customers, "share": own.comments / of if of else None,
        "low": low, "high": high, "rated": own.rated, "sentiment": feeling, "sentiment_low": worst,
        "sentiment_high": best, **_share(own, "negative"), **_share(own, "positive"),
    }  # fmt: skip


def _share(own: Counts, name: str) -> dict[str, float | None]:
    number = getattr(own, name)
    low, high = wilson(number, own.rated) or (None, None)
    return {name: number / own.rated if own.rated else None, f"{name}_low": low, f"{name}_high": high}


def _mean(own: Counts) -> tuple[float | None, float | None, float | None]:
    """The mean feeling with its 95 % interval, see `bounded`."""
    n = own.rated
    if not n:
        return None, None, None
    mean = own.sum / n / UNIT
    if n < 2:
        return mean, None, None
    spread = (own.squares * n - own.sum * own.sum) / n / n / UNIT / UNIT
    return mean, *bounded(mean, spread, n, (-2.0, 2.0))


def order_of(question: Themes, state: Sums) -> list[int]:
    """The numbers of the themes that anybody speaks of, most comments first, then by name."""
    comments, names = state.lenses[0][0, :, 0].tolist(), question.reading.names
    there = [one for one in range(len(names)) if comments[one]]
    return sorted(there, key=lambda one: (-comments[one], names[one]))


def theme_rows(question: Themes, state: Sums) -> list[dict[str, Any]]:
    """A row for each theme over all groups and periods."""
    lens, many = state.lenses[0], len(question.reading.names)
    of = cell_of(lens, many, 0).comments
    names = question.reading.names
    return [{"theme": names[one], **figures(cell_of(lens, one, 0), of)} for one in order_of(question, state)]


def group_rows(question: Themes, state: Sums) -> list[dict[str, Any]]:
    """A row for each theme in each group, with how its share differs from that of all other groups."""
    lens, many = state.lenses[1], len(question.reading.names)
    wholes = lens[0, many]
    cells = [(theme, group) for theme in order_of(question, state) for group in _ranked(wholes)]
    there = [(theme, group) for theme, group in cells if lens[0, theme, group]]
    own, everybody = lens[0], int(wholes.sum())
    changes = controlled([
        of_shares(
            (int(own[theme, group]), int(wholes[group])),
            (int(own[theme].sum() - own[theme, group]), everybody - int(wholes[group])),
        )
        for theme, group in there
    ])  # fmt: skip
    return [
        {"theme": question.reading.names[theme], "group": question.groups[group]}
        | figures(cell_of(lens, theme, group), int(wholes[group])) | apart_of(change)
        for (theme, group), change in zip(there, changes, strict=True)
    ]  # fmt: skip


def _ranked(wholes: Array) -> list[int]:
    """Groups with comments, most of them first; what has no value behind the others."""
    there = np.flatnonzero(wholes).tolist()
    return sorted(there, key=lambda group: (group == 0 and len(there) > 1, -int(wholes[group]), group))


def apart_of(change: Change | None) -> dict[str, Any]:
    """How a share differs."""
    if change is None:
        return {}
    return {
        "difference": change.difference, "difference_low": change.low, "difference_high": change.high,
        "p_value": change.p_value, "p_adjusted": change.p_adjusted,
        "differs": None if change.p_value is None else change.changed,
    }  # fmt: skip


def trend_rows(question: Themes, state: Sums) -> Iterator[dict[str, Any]]:
    """A row for each theme in each period with comments, and for all comments (theme null) first."""
    lens, many = state.lenses[2], len(question.reading.names)
    for theme in (many, *order_of(question, state)):
        for period, of in enumerate(lens[0, many].tolist()):
            if of:
                start = {"period": moment(int(question.boundaries[period]))}
                named = {"theme": None if theme == many else question.reading.names[theme]}
                yield named | start | figures(cell_of(lens, theme, period), of) | {"n": of}


_REAL, _WHOLE, _TIME = pa.float64(), pa.int64(), pa.timestamp("us", "UTC")
_FIGURES: dict[str, pa.DataType] = {
    "comments": _WHOLE, "customers": _WHOLE, "share": _REAL, "low": _REAL, "high": _REAL, "rated": _WHOLE,
    **dict.fromkeys(("sentiment", "sentiment_low", "sentiment_high", "negative", "negative_low", "negative_high",
                     "positive", "positive_low", "positive_high"), _REAL),
}  # fmt: skip
_APART: dict[str, pa.DataType] = dict.fromkeys(
    ("difference", "difference_low", "difference_high", "p_value", "p_adjusted"), _REAL
) | {"differs": pa.bool_()}
QUOTE = pa.struct({
    "text": pa.string(), "start": _WHOLE, "end": _WHOLE, "customer": pa.string(), "message_id": pa.string(),
    "time": _TIME, "event": pa.string(), "sentiment": _REAL,
})  # fmt: skip
_TOLD: dict[str, pa.DataType] = {
    "trend": pa.string(), "since": _TIME, "share_before": _REAL, "share_after": _REAL, "p_adjusted": _REAL,
    "mood": pa.string(), "mood_since": _TIME, "sentiment_before": _REAL, "sentiment_after": _REAL,
    "mood_p_adjusted": _REAL,
    "quotes": pa.list_(QUOTE),
}  # fmt: skip
_SCHEMAS: dict[str, Callable[[str], dict[str, pa.DataType]]] = {
    "themes": lambda _: {"theme": pa.string(), **_FIGURES, **_TOLD},
    "groups": lambda by: {"theme": pa.string(), column_named(by, [*_FIGURES, *_APART, "theme"]): pa.string(),
                          **_FIGURES, **_APART},
    "trend": lambda _: {"theme": pa.string(), "period": _TIME, **_FIGURES, "n": _WHOLE},
    "changes": lambda _: {
        "theme": pa.string(), "measure": pa.string(), "period": _TIME, "before": _REAL, "after": _REAL,
        "difference": _REAL, "low": _REAL, "high": _REAL, "n_before": _WHOLE, "n_after": _WHOLE,
        "p_value": _REAL, "p_adjusted": _REAL,
    },
}  # fmt: skip


def schema_of(table: str, by: str = "") -> pa.Schema:
    """The columns of a table of the answer: ``themes``, ``groups``, ``trend``, ``changes``."""
    return pa.schema(_SCHEMAS[table](by))
