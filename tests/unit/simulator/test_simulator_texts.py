"""What is said: natural in length, hardly ever twice, in the language it says, and meant as the truth says."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pytest

from lvtu.core.words import LANGS
from lvtu.simulator.texts import EMOTIONS, INTENTS, LONGEST, Speaker, phrases
from unit.simulator.simulations import Simulated

_HAN = re.compile(r"[一-鿿]")
_LATIN = re.compile(r"[A-Za-z]")
KINDS = ("chat", "ticket", "review", "comment")
ABOUT = (
    "delivery",
    "packaging",
    "quality",
    "price",
    "service",
    "checkout",
    "app",
    "refund",
    "store",
    "brand",
    "product",
)


def spoken(language: str, number: int) -> list[Any]:
    """Texts of all kinds about everything, in all moods."""
    speaker, draw = Speaker(f"{language}{number}"), np.random.default_rng(1)
    return [
        speaker.say(
            language, KINDS[turn % 4], float(draw.uniform(-2, 2)), ABOUT[turn % len(ABOUT)],
            product={"zh": "便携保温杯", "en": "Travel mug"}[language],
        )
        for turn in range(number)
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGS)
def test_hardly_any_text_comes_twice(language: str) -> None:
    texts = [one.text for one in spoken(language, 10_000)]
    assert len(set(texts)) > 8_800
    said = Counter(re.sub(r"\d+", "", text)[:12] for text in texts)
    assert said.most_common(1)[0][1] < 200, "no opening is everywhere"


@pytest.mark.parametrize(("language", "short", "middle", "long"), [("zh", 6, (14, 28), 55), ("en", 20, (40, 80), 118)])
def test_lengths_are_those_of_people(language: str, short: int, middle: tuple[int, int], long: int) -> None:
    lengths = np.array([len(one.text) for one in spoken(language, 4_000)])
    assert 1 <= lengths.min() < short
    assert middle[0] < np.median(lengths) < middle[1]
    assert lengths.max() <= LONGEST == 120
    assert np.percentile(lengths, 99) > 0.55 * long


@pytest.mark.parametrize("language", LANGS)
def test_every_phrase_can_be_said(language: str) -> None:
    found = phrases(language)
    slots = set(found["slots"]) | {"product", "####"}

    def texts(part: Any) -> Any:
        if isinstance(part, dict):
            for one in part.values():
                yield from texts(one)
        elif isinstance(part, list):
            for one in part:
                yield from texts(one)
        else:
            yield part

    used = {name for text in texts(found) for name in re.findall(r"\{([^}]*)\}", text)}
    assert used - slots == set()
    assert set(found["slots"]) - used == set(), "every slot is used"
    assert set(found["aspects"]) == set(ABOUT) - {"product"}
    for one in found["aspects"].values():
        assert set(one) == {"pos", "neg", "ask", "suggest"}
        assert all(len(set(several)) == len(several) for several in one.values())
    assert set(found["closings"]) == set(EMOTIONS)
    assert all("{" not in one.text for one in spoken(language, 2_000))


def test_texts_are_in_their_language(usual: Simulated) -> None:
    events, _ = usual
    said = events.filter(pc.is_valid(events["text"]))
    for text, language in zip(said["text"].to_pylist(), said["language"].to_pylist(), strict=True):
        assert bool(_HAN.search(text)) == (language == "zh"), text
    assert 0.6 < pc.mean(pc.equal(said["language"], "zh").cast("int8")).as_py() < 0.85
    lengths = {lang: pc.utf8_length(said.filter(pc.equal(said["language"], lang))["text"]).to_numpy() for lang in LANGS}
    assert 10 < np.median(lengths["zh"]) < 30
    assert 35 < np.median(lengths["en"]) < 75


def test_what_is_meant_follows_what_is_felt(usual: Simulated) -> None:
    """Over all, what is said of a score agrees with it; and the truth uses the words it says it uses."""
    events, truth = usual
    meant = dict(zip(truth.texts["message_id"].to_pylist(), truth.texts["polarity"].to_pylist(), strict=True))
    rows = events.filter(pc.and_(pc.is_valid(events["text"]), pc.is_in(events["scale"], pc.unique(events["scale"]))))
    rows = rows.filter(pc.is_valid(rows["score"]))
    felt = {"csat5": (2, 4), "stars5": (2, 5), "nps": (4, 9)}
    low, high = Counter[int](), Counter[int]()
    for row in rows.select(["message_id", "score", "scale"]).to_pylist():
        worst, best = felt[row["scale"]]
        if row["score"] <= worst:
            low[meant[row["message_id"]]] += 1
        if row["score"] >= best:
            high[meant[row["message_id"]]] += 1
    assert low[-1] > 0.6 * low.total() > 0
    assert high[1] > 0.6 * high.total() > 0
    assert low[1] < 0.08 * low.total()
    assert high[-1] < 0.08 * high.total()
    texts = truth.texts.to_pylist()
    assert {row["emotion"] for row in texts} == {None, *EMOTIONS}
    assert {row["intent"] for row in texts} == set(INTENTS)
    for row in texts:
        signs = {one["polarity"] for one in row["aspects"]}
        assert row["polarity"] in signs or not row["aspects"] or (row["polarity"] == 0 and signs == {1, -1})
    mixed = [row for row in texts if {1, -1} <= {one["polarity"] for one in row["aspects"]}]
    assert len(mixed) > 0.05 * len(texts)


def test_a_question_asks() -> None:
    for language, marks in (("zh", "？?"), ("en", "?")):
        asked = [Speaker(seed).say(language, "chat", 1.0, "delivery", "ask") for seed in range(200)]
        assert {one.intent for one in asked} == {"ask"}
        assert {one.polarity for one in asked} == {0}
        assert sum(one.text.rstrip()[-1] in marks for one in asked) > 40
    assert _LATIN.search(asked[0].text)
