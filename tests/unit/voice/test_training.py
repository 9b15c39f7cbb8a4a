"""Teaching the model by one's own labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from lvtu.errors import BadInput
from lvtu.voice import TextModel, analyse
from lvtu.voice.text.training import train

GOOD = [
    f"{what}{how}"
    for what in ("盾构机", "掘进", "管片", "刀盘", "注浆")
    for how in ("跑得飞起", "贼溜", "嘎嘎稳", "很顶", "绝绝子", "没翻过车")
]
BAD = [
    f"{what}{how}"
    for what in ("盾构机", "掘进", "管片", "刀盘", "注浆")
    for how in ("翻车了", "拉胯", "摆烂", "掉链子", "拉垮得很", "歇菜")
]


def test_labels_teach_what_the_model_did_not_know() -> None:
    done = train(GOOD + BAD, ["positive"] * len(GOOD) + ["负面"] * len(BAD))
    assert done.texts == 60 and 0 < done.tested < 30
    assert done.after > done.before
    assert analyse(["这台嘎嘎稳", "又拉胯了"], done.model)["label"].to_pylist() == ["positive", "negative"]
    english = ["great service", "awful food", "ok"]
    before, after = (analyse(english, model)["sentiment"].to_pylist() for model in (None, done.model))
    assert after == pytest.approx(before, abs=0.05)


def test_a_taught_model_is_kept_in_a_file(tmp_path: Path) -> None:
    done = train(GOOD + BAD, [5] * len(GOOD) + [1] * len(BAD), scale="stars5")
    done.model.save(tmp_path / "ours.npz")
    again = TextModel.load(tmp_path / "ours.npz")
    assert analyse(GOOD + BAD, again).equals(analyse(GOOD + BAD, done.model))
    assert again.about["taught"] == 60
    again.save(tmp_path / "same.npz")
    assert (tmp_path / "same.npz").read_bytes() == (tmp_path / "ours.npz").read_bytes()


def test_texts_without_a_label_and_repeats_teach_nothing() -> None:
    labels = ["positive"] * len(GOOD) + ["negative"] * len(BAD)
    done = train([*GOOD, *BAD, *GOOD, "没标注", None], [*labels, *["negative"] * len(GOOD), None, "positive"])
    assert done.texts == 60


@pytest.mark.parametrize(
    ("texts", "labels", "said"),
    [
        (["a"], ["positive", "negative"], "1 texts, but 2 labels"),
        (["a"], ["lovely"], "'lovely' is no label"),
        (["a"] * 100, ["positive"] * 100, "too few labelled comments: 1"),
    ],
)
def test_what_teaches_nothing_is_refused(texts: list[str], labels: list[str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        train(texts, labels)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.npz").write_text("no")
    with pytest.raises(BadInput, match="no model of texts"):
        TextModel.load(tmp_path / "x.npz")
