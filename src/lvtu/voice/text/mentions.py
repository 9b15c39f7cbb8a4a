"""Where texts speak of the topics, and how the clause feels in which they do."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from lvtu.voice.text.analyse import feelings
from lvtu.voice.text.arrays import named
from lvtu.voice.text.automaton import Automaton
from lvtu.voice.text.clauses import spans
from lvtu.voice.text.heads import automaton, taxonomy_of
from lvtu.voice.text.model import TextModel
from lvtu.voice.text.strings import Strings, arrow


def mentions(texts: Any, model: TextModel | None = None, taxonomy: Any = None) -> pa.Table:
    """Every mention of a topic: where it stands, and how the clause feels that it stands in.

    Args:
        texts: as in `analyse`.
        model: as in `analyse`.
        taxonomy: as in `analyse`.

    Returns:
        A row for each mention of a topic that holds in its text, in the order of the texts and their words: ``row``
        (which text), ``topic`` (its code), ``start`` and ``end`` (characters of the text as it was given), ``text``,
        and the ``sentiment`` and ``label`` of its clause.

    Example:
        >>> for one in mentions(["味道不错，但是送得太慢了"], taxonomy="restaurants").to_pylist():
        ...     print(one["topic"], one["start"], one["end"], one["text"], one["label"])
        food.taste 0 2 味道 positive
    """
    tree = taxonomy_of(taxonomy)
    machine, whole = automaton(tree), arrow(texts)
    found = _held(machine, Strings.of(whole))
    kept = _words(whole, found)
    places, parts = _clauses(kept, found)
    clause = pa.array(places, pa.int64())
    sentiment, label = feelings(Strings.of(parts), model or TextModel.shipped())
    return pa.table(
        {
            "row": pa.array(found.rows, pa.int64()),
            "topic": named(found.topics, np.zeros(len(found.rows), bool), tree.codes),
            "start": pa.array(found.starts, pa.int64()),
            "end": pa.array(found.ends, pa.int64()),
            "text": pa.array(
                [kept[row][start:end] for row, start, end in zip(*found.places(), strict=True)], pa.large_string()
            ),
            "sentiment": sentiment.take(clause),
            "label": label.take(clause),
        }
    )


class _Found(NamedTuple):
    rows: np.ndarray
    topics: np.ndarray
    starts: np.ndarray
    ends: np.ndarray

    def places(self) -> tuple[list[int], list[int], list[int]]:
        return self.rows.tolist(), self.starts.tolist(), self.ends.tolist()


def _held(machine: Automaton, strings: Strings) -> _Found:
    """The mentions of topics that reach their threshold."""
    offsets, every = machine.mentions(strings)
    rows = np.repeat(np.arange(len(strings)), np.diff(offsets))
    ours = every[:, 0] >= machine.columns
    rows, every = rows[ours], every[ours]
    pair, weights = rows * len(machine.labels) + every[:, 0], every[:, 1]
    _, place = np.unique(pair, return_inverse=True)
    total = np.bincount(place, weights)[place] if len(place) else np.zeros(0)
    holds = total >= machine.least[every[:, 0]]
    return _Found(rows[holds], every[holds, 0] - machine.columns, every[holds, 2], every[holds, 3])


def _words(whole: pa.Array, found: _Found) -> dict[int, str]:
    """The texts that mention something, by their rows."""
    rows = np.unique(found.rows)
    return dict(zip(rows.tolist(), whole.take(pa.array(rows)).to_pylist(), strict=True))


def _clauses(kept: dict[int, str], found: _Found) -> tuple[list[int | None], list[str]]:
    """The clause that each mention begins in, None where marks alone are a text; and the clauses."""
    bounds = {row: list(spans(text)) for row, text in kept.items()}
    numbers: dict[tuple[int, int], int] = {}
    places: list[int | None] = []
    for row, start in zip(found.rows.tolist(), found.starts.tolist(), strict=True):
        which = max(0, bisect_right(bounds[row], start, key=lambda span: span[0]) - 1)
        places.append(numbers.setdefault((row, which), len(numbers)) if bounds[row] else None)
    return places, [kept[row][slice(*bounds[row][which])] for row, which in numbers]
