"""What texts say, as a table: a row for each text, or for each clause."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.kernels import text as kernels
from lvtu.voice.text.clauses import spans
from lvtu.voice.text.model import LANGUAGES, Read, TextModel
from lvtu.voice.text.strings import Strings, arrow

LABELS = ("negative", "neutral", "positive")
_LETTERS_A_CHARACTER = 3
"""A Chinese character says as much as so many Latin letters."""


def analyse(texts: Any, model: TextModel | None = None) -> pa.Table:
    """Read texts: their language, how they feel, and the label.

    Args:
        texts: an Arrow array of texts, or any iterable of texts and None; halves of surrogate pairs are
            read as U+FFFD, and of each text the first 20,000 characters.
        model: the model that reads; the one that is shipped if not given.

    Returns:
        A row for each text, in their order: ``language`` (zh, en, other; null where there are no letters),
        ``sentiment`` (float64, −2 to +2: its sign alone is the polarity) and ``label`` (negative, neutral, positive),
        both null where there is nothing to read. The label is neutral where the sentiment is closer to zero than the
        model's band.

    Raises:
        BadInput: something among the texts is no text.

    Example:
        >>> table = analyse(["房间很干净，服务也好", "The app keeps crashing.", None])
        >>> table["language"].to_pylist(), table["label"].to_pylist()
        (['zh', 'en', None], ['positive', 'negative', None])
    """
    strings = Strings.of(texts)
    chosen = model or TextModel.shipped()
    return pa.table(_columns(chosen, chosen.read(strings)))


def clauses(texts: Any, model: TextModel | None = None) -> pa.Table:
    """Read texts clause by clause: what is praised and what is blamed in one comment.

    Args:
        texts: as in `analyse`.
        model: as in `analyse`.

    Returns:
        A row for each clause: ``row`` (which text), ``start`` and ``end`` (characters of the text as it was given),
        ``text``, ``sentiment``, ``label``.

    Example:
        >>> for one in clauses(["味道不错，但是送得太慢了"]).to_pylist():
        ...     print(one["start"], one["end"], one["text"], one["label"])
        0 4 味道不错 positive
        5 12 但是送得太慢了 negative
    """
    chosen = model or TextModel.shipped()
    whole = arrow(texts).to_pylist()
    found = [(row, *span) for row, text in enumerate(whole) if text for span in spans(text)]
    parts = [whole[row][start:end] for row, start, end in found]
    strings = Strings.of(parts)
    columns = _columns(chosen, chosen.read(strings))
    rows, starts, ends = (list(part) for part in zip(*found, strict=True)) if found else ([], [], [])
    return pa.table(
        {
            "row": pa.array(rows, pa.int64()),
            "start": pa.array(starts, pa.int64()),
            "end": pa.array(ends, pa.int64()),
            "text": pa.array(parts, pa.large_string()),
            "sentiment": columns["sentiment"],
            "label": columns["label"],
        }
    )


def languages(kinds: np.ndarray) -> np.ndarray:
    """The language of each text by the kinds of its characters: places in `LANGUAGES`, or one more for none at all."""
    han, latin = kinds[:, kernels.HAN] * _LETTERS_A_CHARACTER, kinds[:, kernels.LATIN]
    kana, foreign = kinds[:, kernels.KANA] * _LETTERS_A_CHARACTER, kinds[:, kernels.LETTER]
    other = np.maximum(foreign, kana)
    found = np.where(han >= latin, 0, 1)
    found = np.where((other > np.maximum(han, latin)) | (4 * kana > han + kana), 2, found)
    found[han + latin + other == 0] = len(LANGUAGES)
    return found


def sentiments(model: TextModel, read: Read, language: np.ndarray) -> np.ndarray:
    """The sentiment of each text, −2…2; NaN where there is nothing to read."""
    place = np.minimum(language, len(LANGUAGES) - 1)
    logit = model.logits(read, place)[:, model.heads.index("polarity")]
    gain = np.array([model.about["gain"][name] for name in LANGUAGES])[place]
    found: np.ndarray = 2 * np.tanh(gain * logit / 2)
    found[read.distinct == 0] = np.nan
    return found


def _columns(model: TextModel, read: Read) -> dict[str, pa.Array]:
    language = languages(read.kinds)
    sentiment = sentiments(model, read, language)
    nothing = np.isnan(sentiment)
    band = model.about["band"]
    label = 1 + (sentiment >= band).astype(np.int8) - (sentiment <= -band).astype(np.int8)
    return {
        "language": _named(language, language >= len(LANGUAGES), LANGUAGES),
        "sentiment": pa.array(sentiment, pa.float64(), mask=nothing),
        "label": _named(label, nothing, LABELS),
    }


def _named(places: np.ndarray, missing: np.ndarray, names: tuple[str, ...]) -> pa.Array:
    indices = pa.array(places.astype(np.int8), pa.int8(), mask=missing)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names)).cast(pa.string())
