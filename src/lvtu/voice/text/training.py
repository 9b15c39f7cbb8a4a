"""A model taught by labelled texts of one's own, on top of the one that is there."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lvtu.errors import BadInput
from lvtu.voice.text.analyse import languages, sentiments
from lvtu.voice.text.fitting import design, fit, quantised
from lvtu.voice.text.model import LANGUAGES, TextModel
from lvtu.voice.text.strings import Strings

FEELINGS = {
    "negative": -2.0, "neutral": 0.0, "positive": 2.0,
    "neg": -2.0, "pos": 2.0,
    "负面": -2.0, "中性": 0.0, "正面": 2.0,
    "差评": -2.0, "中评": 0.0, "好评": 2.0,
}  # fmt: skip
"""Labels that are words."""

SCALES = {"sentiment": (0.0, 1.0), "stars5": (3.0, 1.0), "csat5": (3.0, 1.0), "nps": (5.0, 2.5)}
"""Numbers as feelings: less the first, divided by the second."""

FEWEST = 50
"""With fewer labelled texts nothing is learnt that would hold."""

_STRENGTH = 2.0
_TESTED = 5
"""One text in so many is kept for the test."""


@dataclass(frozen=True)
class Trained:
    """What training gave.

    Attributes:
        model: the new model, taught by all texts.
        texts: how many texts taught it.
        tested: how many texts that it was not taught by a trial was tested on; texts that are neutral count in none.
        before: the share of them whose polarity the model before read rightly.
        after: the share that the trial read rightly, taught by the other texts alone.
    """

    model: TextModel
    texts: int
    tested: int
    before: float
    after: float


def train(texts: Any, labels: Sequence[Any], scale: str = "sentiment", model: TextModel | None = None) -> Trained:
    """Teach a model by labelled texts.

    The weights stay near those that are there, and move where the texts say otherwise: what few texts say changes
    little. Of equal texts the first counts.

    Args:
        texts: as `lvtu.voice.analyse` takes them.
        labels: one for each text: negative, neutral, positive (also in Chinese), or a number on the scale; None for
            texts that nobody labelled.
        scale: what the numbers are: ``sentiment`` (−2…2), ``stars5``, ``csat5``, ``nps``.
        model: the model to begin with; the one that is shipped if not given.

    Raises:
        BadInput: a label is none, or there are too few.
    """
    begun, strings = model or TextModel.shipped(), Strings.of(texts)
    if len(labels) != len(strings):
        raise BadInput("labels_count", texts=len(strings), labels=len(labels))
    feelings = np.array([_feeling(label, scale) for label in labels], float)
    keys = np.array([_key(strings, row) for row in range(len(strings))])
    rows = np.unique(keys, return_index=True)[1]
    rows = np.sort(rows[strings.present[rows] & ~np.isnan(feelings[rows])])
    if len(rows) < FEWEST:
        raise BadInput("few_labels", found=len(rows), fewest=FEWEST)
    tested = rows[(keys[rows] % _TESTED == 0) & (feelings[rows] != 0)]
    trial = _taught(begun, strings, feelings, rows[keys[rows] % _TESTED != 0])
    before, after = (_right(one, strings, feelings, tested) for one in (begun, trial))
    return Trained(_taught(begun, strings, feelings, rows), len(rows), len(tested), before, after)


def _feeling(label: Any, scale: str) -> float:
    if label is None or label == "":
        return float("nan")
    known = FEELINGS.get(str(label).strip().lower())
    if known is not None:
        return known
    zero, unit = SCALES[scale]
    try:
        return min(2.0, max(-2.0, (float(label) - zero) / unit))
    except ValueError:
        raise BadInput("text_label", label=str(label), known=FEELINGS) from None


def _key(strings: Strings, row: int) -> int:
    return zlib.crc32(strings.data[strings.starts[row] : strings.ends[row]].tobytes())


def _taught(begun: TextModel, strings: Strings, feelings: np.ndarray, rows: np.ndarray) -> TextModel:
    """The model after some of the texts."""
    some = strings.take(rows)
    read = begun.read(some)
    language = np.minimum(languages(read.kinds), len(LANGUAGES) - 1)
    head = begun.heads.index("polarity")
    steep = np.array([begun.about["steep"][name] for name in LANGUAGES])
    wanted = 1 / (1 + np.exp(-steep[language] * feelings[rows]))
    start = begun.weights[:, head] * begun.scales[head]
    zero = begun.zeros(read, language)[:, head]
    learnt, off = fit(design(some, begun), wanted, np.ones(len(rows)), language, _STRENGTH, start, zero=zero)
    weights, scales, intercepts = begun.weights.copy(), begun.scales.copy(), begun.intercepts.copy()
    weights[:, head], scales[head] = quantised(learnt)
    for place in np.unique(language):
        share = (language == place).mean() * len(rows)
        intercepts[place, head] += off[place] * share / (share + FEWEST)
    about = begun.about | {"taught": begun.about.get("taught", 0) + len(rows)}
    return replace(begun, weights=weights, scales=scales, intercepts=intercepts, about=about)


def _right(model: TextModel, strings: Strings, feelings: np.ndarray, rows: np.ndarray) -> float:
    if not len(rows):
        return float("nan")
    some = strings.take(rows)
    read = model.read(some)
    found = sentiments(model, read, languages(read.kinds))
    return float((np.sign(found) == np.sign(feelings[rows])).mean())
