"""The words that made a label."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import numpy as np

from lvtu.errors import UnknownName
from lvtu.voice.text.heads import HEADS, taxonomy_of
from lvtu.voice.text.model import TextModel, grams_of
from lvtu.voice.text.reasons import reasons
from lvtu.voice.text.strings import Strings, arrow

_UNIT = re.compile(r"[^\W\d_\u2e80-\u9fff]+(?:'[^\W\d_]+)?|\d+|\S")
_WIDEST = 3
"""Characters of a stretch of a script without blanks."""

Parts = dict[tuple[int, int], float]
"""What the grams from one character to another (itself included) add to the logit."""


def explain(
    text: str, model: TextModel | None = None, limit: int = 10, *, of: str = "sentiment", taxonomy: Any = None
) -> list[dict[str, Any]]:
    """The stretches of a text that made a label.

    Of the sentiment they are those that moved it most. The logit of a text is a sum over its grams (`parts`); a stretch
    is a word, or up to three characters of a script without blanks, and its weight is the sum over the grams within it.
    Stretches are taken strongest first, and none overlaps another. Of everything else they are the phrases that were
    found; where an emotion or an intent has none of its own, those that spoke for it, or moved the sentiment that way.

    Args:
        text: one text.
        model: the model that reads; the one that is shipped if not given.
        limit: how many stretches.
        of: what is explained: sentiment, emotion, intent, topics, urgency, four_donts or servqual.
        taxonomy: the topics, as in `analyse`.

    Returns:
        The strongest first: ``start`` and ``end`` (characters of the text), ``text``, ``label`` (what it speaks for)
        and ``weight`` (of the sentiment, its part of the logit, above zero for positive; else what the phrase weighs).

    Raises:
        UnknownName: there is nothing of that name to explain.

    Example:
        >>> [one["text"] for one in explain("The crew was friendly but the food was awful", limit=2)]
        ['awful', 'friendly']
        >>> [(one["text"], one["label"]) for one in explain("We waited, and it was confusing", of="four_donts")]
        [('waited', 'wait'), ('confusing', 'think')]
    """
    whole, chosen = arrow([text])[0].as_py(), model or TextModel.shipped()
    moved = _moved(whole, chosen, limit)
    if of == "sentiment":
        return moved
    if of not in HEADS:
        raise UnknownName("label_kind", of, ["sentiment", *HEADS])
    return reasons(whole, of, moved, chosen, taxonomy_of(taxonomy))[:limit]


def _moved(whole: str, model: TextModel, limit: int) -> list[dict[str, Any]]:
    """The stretches that moved the sentiment most."""
    weights = _stretches(whole, parts(whole, model))
    taken: list[tuple[int, int]] = []
    for start, end in sorted(weights, key=lambda span: (-abs(weights[span]), span)):
        if len(taken) < limit and all(end <= first or start >= last for first, last in taken):
            taken.append((start, end))
    return [
        {
            "start": start, "end": end, "text": whole[start:end],
            "label": "positive" if weights[start, end] > 0 else "negative", "weight": weights[start, end],
        }
        for start, end in taken
    ]  # fmt: skip


def parts(text: str, model: TextModel) -> Parts:
    """What each stretch of grams adds to the logit of the polarity; all together are the logit without its zero.

    A gram that comes several times counts once: each place has its share.
    """
    _, buckets, places = grams_of(Strings.of([text]), model, spans=True)
    head = model.heads.index("polarity")
    distinct, counts = np.unique(buckets, return_counts=True)
    worth = model.weights[distinct, head] * model.scales[head] / np.sqrt(max(1, len(distinct))) / counts
    each = dict(zip(distinct.tolist(), worth.tolist(), strict=True))
    found: Parts = defaultdict(float)
    for bucket, first, last in zip(buckets.tolist(), *places.tolist(), strict=True):
        found[first, last] += each[bucket]
    return found


def _stretches(text: str, found: Parts) -> Parts:
    """The weight of each word, and of each run of up to three characters: of all grams within."""
    units = [at.span() for at in _UNIT.finditer(text)]
    unit_of = {place: number for number, (start, end) in enumerate(units) for place in range(start, end)}
    within: Parts = defaultdict(float)
    for (first, last), weight in found.items():
        if first in unit_of and last in unit_of:
            within[unit_of[first], unit_of[last]] += weight
    out: Parts = {}
    for first, (start, end) in enumerate(units):
        for last in range(first, min(first + (1 if end - start > 1 else _WIDEST), len(units))):
            if last > first and (units[last][0] != units[last - 1][1] or units[last][1] - units[last][0] > 1):
                break
            inner = [within.get((a, b), 0.0) for a in range(first, last + 1) for b in range(a, last + 1)]
            if any(inner):
                out[start, units[last][1]] = sum(inner)
    return out
