"""What is read of the text of an event, as columns of a workspace: the language, the feeling, its label.

>>> read = readings()
>>> columns = read.read(pa.array(["房间很干净", "Never again."]), ["sentiment", "sentiment_label"])
>>> [read.values["sentiment_label"][code] for code in columns["sentiment_label"]]
['positive', 'negative']
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.core.expr.values import READ_FIELDS
from lvtu.store.corrections import Correction
from lvtu.store.journeys.columns import Array, smallest
from lvtu.store.journeys.derived import Corrections, Readings
from lvtu.voice.text.analyse import LABELS, analyse
from lvtu.voice.text.model import LANGUAGES, TextModel

STEPS = 128
"""Feelings are kept in steps of so many to one, so that sums of them are exact."""

_FORM = 1
"""Grows when a column is made differently though its model is the same."""

_SOURCES = {"language_read": "language", "sentiment": "sentiment", "sentiment_label": "label"}
"""The column of `Reader.table` that each is made from."""

VALUES: Mapping[str, tuple[str, ...]] = {
    "language_read": ("", *LANGUAGES), "sentiment": (), "sentiment_label": ("", *LABELS), "text_length": (),
}  # fmt: skip
"""The texts of each column by code; none of numbers."""


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
    """

    model: TextModel
    calibration: Calibration = Calibration()

    def __call__(self, texts: pa.Array, names: Sequence[str]) -> dict[str, Array]:
        """Some columns of some texts: numbers, or codes of `VALUES`."""
        table = pa.table({}) if set(names) <= {"text_length"} else self.table(texts)
        return {name: self._column(name, texts, table) for name in names}

    def table(self, texts: Any) -> pa.Table:
        """What `analyse` says, with the feelings set right and in `STEPS`."""
        table = analyse(texts, self.model)
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

    def _column(self, name: str, texts: pa.Array, table: pa.Table) -> Array:
        if name == "text_length":
            length = np.asarray(pc.fill_null(pc.utf8_length(texts), 0).to_numpy(zero_copy_only=False), np.float64)
            return np.where(length == 0, np.nan, length)
        column = table[_SOURCES[name]]
        if READ_FIELDS[name] == "number":
            return np.asarray(column.to_numpy(), np.float64)
        return codes_of(name, column)


def codes_of(name: str, texts: pa.ChunkedArray | pa.Array) -> Array:
    """The codes of some texts of a column; 0 for missing."""
    values = VALUES[name]
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
    version = _version(who)
    return Readings(edition, dict.fromkeys(READ_FIELDS, version), VALUES, _corrected(corrections), who)


def _version(who: Reader) -> str:
    lines = {name: [float(one).hex() for one in line] for name, line in sorted(who.calibration.lines.items())}
    return hashlib.blake2b(f"{_FORM} {fingerprint(who.model)} {lines}".encode(), digest_size=8).hexdigest()


@cache  # of a model there is one in a process, and models compare as what they are: themselves
def fingerprint(model: TextModel) -> str:
    """Tells a model from all others."""
    digest = hashlib.blake2b(digest_size=8)
    for array in (model.table, model.negations, model.weights, model.scales, model.intercepts):
        digest.update(np.ascontiguousarray(array).tobytes())
    digest.update(repr(sorted(model.about.items())).encode())
    return digest.hexdigest()


def _corrected(corrections: Iterable[Correction]) -> dict[str, Corrections]:
    found: dict[str, dict[int, Any]] = {}
    for one in corrections:
        if one.what in READ_FIELDS:
            found.setdefault(one.what, {})[one.event] = one.value
    return {name: _laid_over(name, values) for name, values in found.items()}


def _laid_over(name: str, values: dict[int, Any]) -> Corrections:
    events = np.array(sorted(values), np.int64)
    right = [values[event] for event in events.tolist()]
    if READ_FIELDS[name] == "number":
        return events, np.array(right, np.float64)
    return events, codes_of(name, pa.array(right, pa.string()))
