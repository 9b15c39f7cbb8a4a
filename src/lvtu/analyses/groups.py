"""What an answer can be broken down by: anything that has a list of values."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa

from lvtu.core.expr.values import column
from lvtu.core.sentences import Term
from lvtu.errors import BadInput
from lvtu.store.journeys.fields import kind_of
from lvtu.store.journeys.snapshot import Snapshot


def values_of(snapshot: Snapshot, by: str) -> list[str | None]:
    """The values of a field or property by code; the first is None, for missing.

    Raises:
        BadInput: it holds numbers or times, not names.
    """
    if kind_of(column(by)) in ("number", "time"):
        known: list[str | Term] = ["event", "channel", "source", Term("a_property")]
        raise BadInput("no_groups", by=by, of=Term(kind_of(column(by))), known=known)
    return [None, *snapshot.names(by)[1:]]


def under_its_name(table: pa.Table, by: str | None) -> pa.Table:
    """A table whose first column holds the values of a breakdown, where there is one, with that column's own name."""
    if by is None:
        return table
    names = table.column_names[1:]
    return table.rename_columns([column_named(by, names), *names])


def column_named(by: str, others: Collection[str]) -> str:
    """What the column of a breakdown is called beside others: its own name, if none of them has it.

    Example:
        >>> column_named("channel", ["share"]), column_named("share", ["share"])
        ('channel', 'by_share')
    """
    return f"by_{by}" if by in others else by
