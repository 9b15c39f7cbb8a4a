"""What texts say, as a table: a row for each text, or for each clause."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.kernels import text as kernels
from lvtu.voice.text import judging
from lvtu.voice.text.arrays import held, listed, named
from lvtu.voice.text.clauses import spans
from lvtu.voice.text.heads import EMOTIONS, FOUR_DONTS, INTENTS, OTHER, SERVQUAL, automaton, columns, taxonomy_of
from lvtu.voice.text.model import LANGUAGES, Read, TextModel
from lvtu.voice.text.strings import Strings, arrow
from lvtu.voice.text.taxonomy import Taxonomy

LABELS = ("negative", "neutral", "positive")
_LETTERS_A_CHARACTER = 3
"""A Chinese character says as much as so many Latin letters."""


def analyse(texts: Any, model: TextModel | None = None, taxonomy: Any = None) -> pa.Table:
    """Read texts: their language, how they feel, what they want and what they are about.

    Args:
        texts: an Arrow array of texts, or any iterable of texts and None; halves of surrogate pairs are
            read as U+FFFD, and of each text the first 20,000 characters.
        model: the model that reads; the one that is shipped if not given.
        taxonomy: the topics: a `Taxonomy`, its document or file, the name of a preset; ``general`` if not given.

    Returns:
        A row for each text, in their order. All but ``language`` are null where there is nothing to read.

        * ``language``: zh, en, other; null where there are no letters.
        * ``sentiment``: float64, −2 to +2: its sign alone is the polarity.
        * ``label``: negative, neutral, positive; neutral where the sentiment is closer to zero than the model's band.
        * ``emotion``: the strongest of the six (`EMOTIONS`), null where none holds; ``emotion_confidence``: 0 to 1;
          ``emotions``: all that hold.
        * ``intent``: complain, ask, praise, suggest, leave, or other.
        * ``topics``: the codes of the topics that hold, in the order in which they are met.
        * ``urgency``: 0 to 3 (`URGENCIES`).
        * ``four_donts`` and ``servqual``: which of the four don'ts are hurt, which dimensions are spoken of.

    Raises:
        BadInput: something among the texts is no text; the taxonomy is none.

    Example:
        >>> table = analyse(["房间很干净，服务也好", "The app keeps crashing.", None])
        >>> table["language"].to_pylist(), table["label"].to_pylist()
        (['zh', 'en', None], ['positive', 'negative', None])
        >>> table["emotion"].to_pylist()
        ['satisfaction', 'disappointment', None]
        >>> table["topics"].to_pylist()
        [['place.cleanliness', 'service'], ['digital', 'digital.stability'], None]
    """
    return pa.table(_columns(Strings.of(texts), model or TextModel.shipped(), taxonomy_of(taxonomy)))


def clauses(texts: Any, model: TextModel | None = None, taxonomy: Any = None) -> pa.Table:
    """Read texts clause by clause: what is praised and what is blamed in one comment.

    Args:
        texts: as in `analyse`.
        model: as in `analyse`.
        taxonomy: as in `analyse`.

    Returns:
        A row for each clause: ``row`` (which text), ``start`` and ``end`` (characters of the text as it was given),
        ``text``, and what `analyse` says of it, but for the language.

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
    said = _columns(Strings.of(parts), chosen, taxonomy_of(taxonomy))
    del said["language"]
    rows, starts, ends = (list(part) for part in zip(*found, strict=True)) if found else ([], [], [])
    return pa.table(
        {
            "row": pa.array(rows, pa.int64()),
            "start": pa.array(starts, pa.int64()),
            "end": pa.array(ends, pa.int64()),
            "text": pa.array(parts, pa.large_string()),
            **said,
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


def feelings(texts: Strings, model: TextModel) -> tuple[pa.Array, pa.Array]:
    """The columns ``sentiment`` and ``label`` of `analyse`, and nothing else."""
    read = model.read(texts)
    return _felt(model, sentiments(model, read, languages(read.kinds)))


def _felt(model: TextModel, sentiment: np.ndarray) -> tuple[pa.Array, pa.Array]:
    nothing, band = np.isnan(sentiment), model.about["band"]
    label = 1 + (sentiment >= band).astype(np.int8) - (sentiment <= -band).astype(np.int8)
    return pa.array(sentiment, pa.float64(), mask=nothing), named(label, nothing, LABELS)


def _columns(strings: Strings, model: TextModel, taxonomy: Taxonomy) -> dict[str, pa.Array]:
    read, told = model.read(strings), automaton(taxonomy).tally(strings)
    language = languages(read.kinds)
    sentiment = sentiments(model, read, language)
    nothing = np.isnan(sentiment)
    feeling = np.nan_to_num(sentiment)
    felt = judging.emotions(told.sums[:, columns("emotion")], feeling)
    intent = judging.intents(told.sums[:, columns("intent")], told.sums[:, columns("emotion")], feeling)
    urgency = judging.urgencies(told.sums[:, columns("urgency")], intent, feeling)
    return {
        "language": named(language, language >= len(LANGUAGES), LANGUAGES),
        **dict(zip(("sentiment", "label"), _felt(model, sentiment), strict=True)),
        "emotion": named(felt.main, felt.main < 0, tuple(EMOTIONS)),
        "emotion_confidence": pa.array(felt.confidence, pa.float64(), mask=felt.main < 0),
        "emotions": held(felt.holds, nothing, tuple(EMOTIONS)),
        "intent": named(intent, nothing, (*INTENTS, OTHER)),
        "topics": listed(told.offsets, told.topics, nothing, taxonomy.codes),
        "urgency": pa.array(urgency.astype(np.int8), pa.int8(), mask=nothing),
        "four_donts": held(told.sums[:, columns("four_donts")] > 0, nothing, FOUR_DONTS),
        "servqual": held(told.sums[:, columns("servqual")] > 0, nothing, SERVQUAL),
    }
