"""What is read of the text of an event, as columns of a workspace: the language, the feeling, its label.

>>> read = readings()
>>> columns = read.read(pa.array(["房间很干净", "Never again."]), ["sentiment", "sentiment_label"])
>>> [read.values["sentiment_label"][code] for code in columns["sentiment_label"]]
['positive', 'negative']
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.core.expr.values import READ_FIELDS, as_text
from lvtu.core.words import LANGS
from lvtu.store.corrections import Correction
from lvtu.store.journeys.columns import Array, smallest
from lvtu.store.journeys.derived import Corrections, Readings
from lvtu.voice.text.analyse import LABELS, analyse, languages, sentiments
from lvtu.voice.text.arrays import named
from lvtu.voice.text.heads import EMOTIONS, INTENTS, OTHER, URGENCIES, taxonomy_of
from lvtu.voice.text.model import LANGUAGES, TextModel
from lvtu.voice.text.strings import Strings
from lvtu.voice.text.taxonomy import Taxonomy

STEPS = 128
"""Feelings are kept in steps of so many to one, so that sums of them are exact."""

_FORM = 2
"""Grows when a column is made differently though its model is the same."""

_SOURCES = {"language_read": "language", "sentiment": "sentiment", "sentiment_label": "label", "emotion": "emotion",
            "intent": "intent", "urgency": "urgency"}  # fmt: skip
"""The column of `Reader.table` that each is made from."""

_FELT = {"language_read", "sentiment", "sentiment_label", "text_length"}
"""Columns for which no words of emotions, intents or topics need be found."""

VALUES: Mapping[str, tuple[str, ...]] = {
    "language_read": ("", *LANGUAGES), "sentiment_label": ("", *LABELS), "emotion": ("", *EMOTIONS),
    "intent": ("", *INTENTS, OTHER), "urgency": ("", *map(str, URGENCIES.values())),
}  # fmt: skip
"""The texts of columns by code, where they are the same everywhere."""


@dataclass(frozen=True)
class Calibration:
    """How feelings are set right for a workspace: each language's zero and gain, on the scale of log odds.

    Attributes:
        lines: by language, what is added to the log odds and what they are multiplied by.
    """

    lines: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def set_right(self, sentiment: Array, language: Sequence[str | None]) -> Array:
        """The feelings −2…2, set right; NaN stays.

        Example:
            >>> calibration = Calibration({"en": (-0.5, 1.0)})
            >>> calibration.set_right(np.array([0.0, 1.0]), ["en", "zh"]).round(2).tolist()
            [-0.49, 1.0]
        """
        if not self.lines:
            return sentiment
        zero, gain = np.zeros(len(sentiment)), np.ones(len(sentiment))
        named = np.array([one or "" for one in language])
        for name, (own_zero, own_gain) in self.lines.items():
            zero[named == name], gain[named == name] = own_zero, own_gain
        return of_odds(zero + gain * odds(sentiment))


def in_steps(sentiment: Any) -> Any:
    """Feelings as they are kept."""
    return np.round(sentiment * STEPS) / STEPS


def odds(sentiment: Array) -> Array:
    """The log odds of a feeling −2…2: of ``positive``, if nothing else were asked."""
    found: Array = 2 * np.arctanh(np.clip(sentiment, -1.999, 1.999) / 2)
    return found


def of_odds(odds: Array) -> Array:
    """The feeling of some log odds."""
    found: Array = 2 * np.tanh(odds / 2)
    return found


@dataclass(frozen=True)
class Reader:
    """Reads texts as a workspace has it.

    Attributes:
        model: the model.
        calibration: how its feelings are set right.
        taxonomy: the topics; the general ones if not given.
    """

    model: TextModel
    calibration: Calibration = Calibration()
    taxonomy: Taxonomy | None = None

    @property
    def topics(self) -> Taxonomy:
        """The topics."""
        return taxonomy_of(self.taxonomy)

    def __call__(self, texts: pa.Array, names: Sequence[str]) -> dict[str, Any]:
        """Some columns of some texts: numbers, codes, or, of ``topics_read``, texts."""
        table = self._right(felt(texts, self.model)) if set(names) <= _FELT else self.table(texts)
        return {name: self._column(name, texts, table) for name in names}

    def table(self, texts: Any) -> pa.Table:
        """What `analyse` says, with the feelings set right and in `STEPS`."""
        return self._right(analyse(texts, self.model, self.taxonomy))

    def _right(self, table: pa.Table) -> pa.Table:
        sentiment = table["sentiment"].to_numpy().astype(np.float64)
        if self.calibration.lines:
            sentiment = self.calibration.set_right(sentiment, table["language"].to_pylist())
            label = label_of(sentiment, self.model.about["band"])
            table = table.set_column(table.column_names.index("label"), "label", label)
        sentiment = in_steps(sentiment)
        mask = np.isnan(sentiment)
        return table.set_column(
            table.column_names.index("sentiment"), "sentiment", pa.array(sentiment, pa.float64(), mask=mask)
        )

    def _column(self, name: str, texts: pa.Array, table: pa.Table) -> Any:
        if name == "text_length":
            length = np.asarray(pc.fill_null(pc.utf8_length(texts), 0).to_numpy(zero_copy_only=False), np.float64)
            return np.where(length == 0, np.nan, length)
        if name == "topics_read":
            return texts_of(table["topics"].combine_chunks())
        if name == "topic_read":
            return codes_of(("", *self.topics.codes), firsts_of(table["topics"].combine_chunks()))
        column = table[_SOURCES[name]]
        if READ_FIELDS[name] == "number":
            return np.asarray(column.to_numpy(), np.float64)
        return codes_of(VALUES[name], column.cast(pa.string()))


def felt(texts: Any, model: TextModel) -> pa.Table:
    """The language, the feeling and its label alone: more than twice as fast as `analyse`."""
    strings = Strings.of(texts)
    read = model.read(strings)
    language = languages(read.kinds)
    sentiment = sentiments(model, read, language)
    return pa.table(
        {
            "language": named(language, language >= len(LANGUAGES), LANGUAGES),
            "sentiment": pa.array(sentiment, pa.float64(), mask=np.isnan(sentiment)),
            "label": label_of(sentiment, model.about["band"]),
        }
    )


def texts_of(lists: pa.Array) -> pa.Array:
    """Lists of codes as JSON, as a property that holds a list is read; null of an empty one.

    Example:
        >>> texts_of(pa.array([["food.taste", "place"], [], None])).to_pylist()
        ['["food.taste","place"]', None, None]
    """
    quoted = pc.binary_join_element_wise('"', lists.values.cast(pa.string()), '"', "")
    joined = pc.binary_join(pa.ListArray.from_arrays(lists.offsets.cast(pa.int32()), quoted), ",")
    whole = pc.binary_join_element_wise("[", joined, "]", "")
    return pc.if_else(pa.array(np.diff(lists.offsets.to_numpy()) > 0), whole, pa.scalar(None, pa.string()))


def firsts_of(lists: pa.Array) -> pa.Array:
    """The first entry of each list; null of an empty one.

    Example:
        >>> firsts_of(pa.array([["food.taste", "place"], [], None])).to_pylist()
        ['food.taste', None, None]
    """
    offsets = lists.offsets.to_numpy()
    return lists.values.cast(pa.string()).take(pa.array(offsets[:-1], mask=np.diff(offsets) == 0))


def codes_of(values: Sequence[str], texts: pa.ChunkedArray | pa.Array) -> Array:
    """The codes of some texts; 0 for missing."""
    places = pc.fill_null(pc.index_in(texts, pa.array(values[1:])), -1).to_numpy()
    found: Array = (places + 1).astype(smallest(len(values)))
    return found


def label_of(sentiment: Array, band: float) -> pa.Array:
    """The label of each feeling: neutral where it is closer to zero than the band, null where there is none."""
    code = 1 + (sentiment >= band).astype(np.int8) - (sentiment <= -band).astype(np.int8)
    indices = pa.array(code, pa.int8(), mask=np.isnan(sentiment))
    return pa.DictionaryArray.from_arrays(indices, pa.array(LABELS)).cast(pa.string())


def readings(
    edition: str = "", reader: Reader | None = None, corrections: Iterable[Correction] = ()
) -> Readings:  # fmt: skip
    """How a workspace's texts are read.

    Args:
        edition: see `Readings`.
        reader: who reads; the model that is shipped, uncalibrated, if not given.
        corrections: those that count.
    """
    who = reader or Reader(TextModel.shipped())
    topics = who.topics
    values = {name: VALUES.get(name, ()) for name in READ_FIELDS} | {"topic_read": ("", *topics.codes)}
    titles: dict[str, dict[str, str]] = {
        lang: {code: topics.title(code, lang) for code in topics.codes} for lang in LANGS
    }
    return Readings(
        edition, _versions(who), values, _corrected(corrections, values), who, {"topic_read": titles}
    )  # fmt: skip


def _versions(who: Reader) -> dict[str, str]:
    """What each column depends on: all on the model, feelings on the calibration, the topics on the taxonomy."""
    lines = {name: [float(one).hex() for one in line] for name, line in sorted(who.calibration.lines.items())}
    more: dict[str, object] = {"sentiment": lines, "sentiment_label": lines}
    more |= dict.fromkeys(("topic_read", "topics_read"), who.topics.fingerprint)
    return {name: _hashed(_FORM, cues(), fingerprint(who.model), more.get(name, "")) for name in READ_FIELDS}


def _hashed(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()


@cache
def cues() -> str:
    """Tells the shipped phrases of emotions, intents and the rest from those of other versions."""
    folder = files("lvtu.voice.text") / "cues"
    return _hashed(*sorted((one.name, one.read_bytes()) for one in folder.iterdir() if one.is_file()))


@cache  # of a model there is one in a process, and models compare as what they are: themselves
def fingerprint(model: TextModel) -> str:
    """Tells a model from all others."""
    digest = hashlib.blake2b(digest_size=8)
    for one in fields(model):
        value = getattr(model, one.name)
        digest.update(np.ascontiguousarray(value).tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
    return digest.hexdigest()


def _corrected(
    corrections: Iterable[Correction], values: Mapping[str, Sequence[str]]
) -> dict[str, Corrections]:  # fmt: skip
    found: dict[str, dict[int, Any]] = {}
    for one in corrections:
        if one.what in READ_FIELDS:
            found.setdefault(one.what, {})[one.event] = one.value
    return {name: _laid_over(name, said, values[name]) for name, said in found.items()}


def _laid_over(name: str, said: dict[int, Any], values: Sequence[str]) -> Corrections:
    events = np.array(sorted(said), np.int64)
    right = [said[event] for event in events.tolist()]
    if READ_FIELDS[name] == "number":
        return events, np.array(right, np.float64)
    return events, codes_of(values, pa.array([as_text(one) for one in right], pa.string()))
