"""How much of what was said the topics take in."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.analyses.intervals import wilson


class Coverage(NamedTuple):
    """How many comments are in no topic.

    Attributes:
        comments: comments in which there was something to read.
        uncategorised: those of them that are in no topic.
        share: their share; None where there are no comments.
        low: the lower end of its 95 % interval (Wilson).
        high: the upper end.
    """

    comments: int
    uncategorised: int
    share: float | None
    low: float | None
    high: float | None


def coverage(table: pa.Table) -> Coverage:
    """How many comments of a table of `analyse` or `clauses` are in no topic.

    Example:
        >>> from lvtu.voice import analyse
        >>> found = coverage(analyse(["房间很干净", "呵呵", None]))
        >>> found.comments, found.uncategorised, round(found.share, 2)
        (2, 1, 0.5)
    """
    many = pc.list_value_length(table["topics"]).drop_null()
    comments, none = len(many), pc.sum(pc.equal(many, 0)).as_py() or 0
    low, high = wilson(none, comments) or (None, None)
    return Coverage(comments, none, none / comments if comments else None, low, high)
