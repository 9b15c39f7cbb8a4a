"""Where texts speak of the topics, and how the clause feels in which they do."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from lvtu.voice.text.analyse import feelings
from lvtu.voice.text.arrays import named
from lvtu.voice.text.automaton import Automaton
from lvtu.voice.text.clauses import Clauses, clauses_of
from lvtu.voice.text.heads import automaton, taxonomy_of
from lvtu.voice.text.model import TextModel
from lvtu.voice.text.strings import Strings

_PLACES = 40
"""Bits for places in a text, so that a row and a place are one number."""


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
    tree, strings = taxonomy_of(taxonomy), Strings.of(texts)
    found = _held(automaton(tree), strings)
    speaking, place = np.unique(found.rows, return_inverse=True)
    split = clauses_of(strings.take(speaking))
    which = _clause(split, place, found.starts)
    sentiment, label = feelings(split.strings, model or TextModel.shipped())
    return pa.table(
        {
            "row": pa.array(found.rows),
            "topic": named(found.topics, np.zeros(len(found.rows), bool), tree.codes),
            "start": pa.array(found.starts),
            "end": pa.array(found.ends),
            "text": found.words.column(),
            "sentiment": sentiment.take(which),
            "label": label.take(which),
        }
    )


class _Found(NamedTuple):
    rows: np.ndarray
    topics: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    words: Strings


def _held(machine: Automaton, strings: Strings) -> _Found:
    """The mentions of topics that reach their threshold."""
    offsets, every = machine.mentions(strings)
    rows = np.repeat(np.arange(len(strings)), np.diff(offsets))
    ours = every[:, 0] >= machine.columns
    rows, every = rows[ours], every[ours]
    _, place = np.unique(rows * len(machine.labels) + every[:, 0], return_inverse=True)
    total = np.bincount(place, every[:, 1])[place] if len(place) else np.zeros(0)
    holds = total >= machine.least[every[:, 0]]
    rows, (label, _, start, end, first, last) = rows[holds], every[holds].T
    words = Strings(strings.starts[rows] + first, strings.starts[rows] + last, strings.data, np.ones(len(rows), bool))
    return _Found(rows, label - machine.columns, start.astype(np.int64), end.astype(np.int64), words)


def _clause(split: Clauses, place: np.ndarray, start: np.ndarray) -> pa.Array:
    """The clause that each mention begins in, or the one before it; null where marks alone are a text."""
    rows = np.repeat(np.arange(len(split.offsets) - 1), np.diff(split.offsets))
    which = np.searchsorted(rows << _PLACES | split.starts, place << _PLACES | start, side="right") - 1
    first, last = split.offsets[place], split.offsets[place + 1]
    return pa.array(np.maximum(which, first), mask=first == last)
