"""The columns of a source: what they hold, what a mapping takes them for, and by what one could tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect.mapping import Mapping
from lvtu.collect.read import first_frame
from lvtu.collect.values import texts
from lvtu.collect.words import IDENTIFIERS, PERSON, WORDS, bare, ranked

Why = Literal["called", "holds"]
"""``called``: the column's name is one that people give this field. ``holds``: only its values look like it."""

_LOOKED_AT = 1_000
_LONGEST = 120


@dataclass(frozen=True)
class Feeding:
    """What a column is taken for.

    Attributes:
        field: a field of the record, or ``identifiers.KIND``.
        why: by what one could tell.
    """

    field: str
    why: Why


@dataclass(frozen=True)
class Column:
    """One column of a source.

    Attributes:
        name: its heading.
        samples: some of the values that it holds, as text, each once.
        filled: share of the first rows that have one.
        feeds: what it is taken for; nothing means a property of the events.
    """

    name: str
    samples: tuple[str, ...]
    filled: float
    feeds: tuple[Feeding, ...]


def columns_of(source: Any, mapping: Mapping, samples: int = 5) -> list[Column]:
    """The columns of a source as they are, with what a mapping takes each for.

    Args:
        source: see `lvtu.collect.read`.
        mapping: what feeds what.
        samples: how many values to show of each.

    Raises:
        BadInput: the source cannot be read, or has no rows.

    Example:
        >>> [column] = columns_of([{"用户": "u1"}, {"用户": "u2"}, {}], Mapping.load("fields: {user_id: 用户}"))
        >>> column.name, column.samples, round(column.filled, 2), column.feeds
        ('用户', ('u1', 'u2'), 0.67, (Feeding(field='user_id', why='called'),))
    """
    frame, _ = first_frame(source, mapping)
    piece = frame.piece(0, _LOOKED_AT)
    feeds = _feeds(mapping)
    found = []
    for name in frame.names():
        data = piece.column(name)
        given = pa.array([], pa.string()) if pa.types.is_nested(data.type) else texts(data).drop_null()
        given = given.filter(pc.not_equal(given, ""))
        some = [_cut(value) for value in pc.unique(given.slice(0, 200)).slice(0, samples).to_pylist()]
        filled = len(given) / max(1, len(data))
        found.append(Column(name, tuple(some), filled, tuple(feeds.get(name, ()))))
    return found


def _feeds(mapping: Mapping) -> dict[str, list[Feeding]]:
    """Column → what it feeds."""
    found: dict[str, list[Feeding]] = {}
    named = [*mapping.fields.items(), *((f"identifiers.{kind}", feed) for kind, feed in mapping.identifiers.items())]
    for field, feed in named:
        for column in feed.columns if feed else ():
            found.setdefault(column, []).append(Feeding(field, _why(field, column)))
    return found


def _why(field: str, column: str) -> Why:
    word = field.removeprefix("identifiers.")
    known = word in WORDS or word in IDENTIFIERS or word in PERSON
    return "called" if bare(column) == bare(word) or (known and bare(column) in ranked(word)) else "holds"


def _cut(value: str) -> str:
    text = " ".join(value.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
