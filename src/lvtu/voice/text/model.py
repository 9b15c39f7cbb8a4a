"""The model that reads texts: a table of code points, a table of weights, and a few numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from lvtu.errors import BadInput
from lvtu.kernels import text as kernels
from lvtu.voice.text.strings import LONGEST, Strings

LANGUAGES = ("zh", "en", "other")
SHIPPED = "shipped.npz"
FORMAT = 2
_BLOCK = 1 << 16
"""Texts that are read in one call of the kernel."""
_SHORT = 64
"""With fewer grams a text gets no shorter: a phrase says as little as a word."""


class Read(NamedTuple):
    """What was read of each text.

    Attributes:
        kinds: characters of each kind (`lvtu.kernels.text`), n × 8.
        distinct: distinct grams, n.
        sums: the weights of each head over them, as they stand in the model, n × heads.
    """

    kinds: np.ndarray
    distinct: np.ndarray
    sums: np.ndarray


@dataclass(frozen=True, eq=False)
class TextModel:
    """Linear heads over hashed grams.

    A head's logit is ``scale · sum / √distinct + opening / √max(distinct, 64) + intercept``, the last two those of the
    text's language: where "neither good nor bad" lies in few words and in many.

    Attributes:
        table: code point → folded code with its kind, uint32.
        negations: the keys of words that negate.
        weights: buckets × heads, int16; the buckets are a power of two.
        scales: a head's weight in the table → its weight, heads.
        intercepts: languages × heads, in the order of `LANGUAGES`.
        openings: what a short text has more than a long one, languages × heads.
        about: what it was made of and how it is read: ``heads``, ``gain``, ``band``, ``version``, ``made_of``.
    """

    table: np.ndarray
    negations: np.ndarray
    weights: np.ndarray
    scales: np.ndarray
    intercepts: np.ndarray
    openings: np.ndarray
    about: dict[str, Any]

    @property
    def heads(self) -> list[str]:
        """The heads by name, in the order of the weights' columns."""
        names: list[str] = self.about["heads"]
        return names

    @property
    def shift(self) -> int:
        """64 less the bits of a bucket."""
        return 64 - (len(self.weights).bit_length() - 1)

    def read(self, texts: Strings) -> Read:
        """Sum the weights of each text's distinct grams."""
        n, heads = len(texts), self.weights.shape[1]
        out = Read(np.zeros((n, 8), np.int32), np.zeros(n, np.int32), np.zeros((n, heads), np.int32))
        scratch, marks = Scratch(texts.longest), np.zeros(len(self.weights), np.uint32)
        for first in range(0, n, _BLOCK):
            rows = slice(first, first + _BLOCK)
            kernels.score_texts(
                texts.starts[rows], texts.ends[rows], texts.data, self.table, self.negations, self.shift, self.weights,
                *scratch, marks, first + 1, out.kinds[rows], out.distinct[rows], out.sums[rows],
            )  # fmt: skip
        return out

    def logits(self, read: Read, languages: np.ndarray) -> np.ndarray:
        """The logit of each head, n × heads; ``languages`` are places in `LANGUAGES`."""
        found: np.ndarray = read.sums * self.scales / _root(read, 1) + self.zeros(read, languages)
        return found

    def zeros(self, read: Read, languages: np.ndarray) -> np.ndarray:
        """The part of each logit that is not about the text's words, n × heads."""
        found: np.ndarray = self.openings[languages] / _root(read, _SHORT) + self.intercepts[languages]
        return found

    def save(self, path: Path) -> None:
        """Write the model to a file, the same bytes for the same model."""
        about = np.frombuffer(json.dumps(self.about, ensure_ascii=False, sort_keys=True).encode(), np.uint8)
        arrays = {name: getattr(self, name) for name in _ARRAYS} | {"about": about}
        np.savez_compressed(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> TextModel:
        """Read a model from a file.

        Raises:
            BadInput: the file is no model, or one of another format.
        """
        return _loaded(path.read_bytes(), str(path))

    @classmethod
    def shipped(cls) -> TextModel:
        """The model that comes with Lvtu, read once a process."""
        return _shipped()


_ARRAYS = ("table", "negations", "weights", "scales", "intercepts", "openings")


def _root(read: Read, least: int) -> np.ndarray:
    """The root of the number of grams, taken for no less than ``least``."""
    root: np.ndarray = np.sqrt(np.maximum(read.distinct, least))[:, None]
    return root


@cache
def _shipped() -> TextModel:
    return _loaded((files("lvtu.voice.text") / "model" / SHIPPED).read_bytes(), SHIPPED)


def _loaded(data: bytes, name: str) -> TextModel:
    try:
        with np.load(BytesIO(data), allow_pickle=False) as held:
            about = json.loads(held["about"].tobytes())
            if about["format"] != FORMAT:
                raise BadInput("text_model", file=name)
            return TextModel(**{key: held[key] for key in _ARRAYS}, about=about)
    except (ValueError, KeyError, OSError) as error:
        raise BadInput("text_model", file=name) from error


class Scratch:
    """Room for one text at a time, as the kernels want it."""

    def __init__(self, longest: int) -> None:
        codes = min(longest, LONGEST)
        grams = codes * kernels.PER_CODE
        self.arrays = (
            np.empty(codes, np.uint32),
            np.empty(codes, np.int32),
            *(np.empty(grams, np.int32) for _ in range(3)),
        )

    def __iter__(self) -> Iterator[np.ndarray]:
        return iter(self.arrays)


def grams_of(texts: Strings, model: TextModel, *, spans: bool = False) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All grams of all texts: offsets (n + 1), buckets, and with ``spans`` the first and last character of each."""
    room = int(np.minimum(texts.ends - texts.starts, LONGEST).sum() + 1) * kernels.PER_CODE
    offsets, buckets = np.zeros(len(texts) + 1, np.int64), np.empty(room, np.int32)
    places = np.empty((2, room if spans else 0), np.int32)
    total = kernels.list_grams(
        texts.starts, texts.ends, texts.data, model.table, model.negations, model.shift, *Scratch(texts.longest),
        np.zeros(8, np.int32), offsets, buckets, places,
    )  # fmt: skip
    return offsets, buckets[:total], places[:, :total]
