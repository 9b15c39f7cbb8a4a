"""Corrections, calibration, a model of one's own, and how good all that is: against plain arithmetic and scipy."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.spatial.distance import jensenshannon

import lvtu
from lvtu import voice
from lvtu.errors import BadInput, UnknownName
from lvtu.listening.calibrating import FEWEST, FEWEST_A_SIDE
from lvtu.listening.quality import divergence
from lvtu.workspace import Workspace

GOOD = ("房间很干净", "服务真好", "味道不错", "送得很快", "东西很好用", "客服很耐心")
BAD = ("太差了", "送得太慢", "包装破了", "客服不理人", "味道很怪", "不会再来")
PLAIN = ("周一到的", "是蓝色的", "买了两件", "给家里人用")


def reviews(number: int, seed: int = 1, scale: str = "stars5") -> list[dict[str, Any]]:
    """Reviews whose stars mostly go with their words."""
    dice = random.Random(seed)
    found = []
    for at in range(number):
        good = dice.random() < 0.6
        words = [dice.choice(PLAIN), dice.choice(GOOD if good else BAD), dice.choice(PLAIN)]
        stars = dice.choice((4, 5, 5, 3)) if good else dice.choice((1, 2, 2, 3))
        found.append({
            "message_id": f"r{seed}.{at}", "user_id": f"u{at % 30}", "event": "Review Posted", "text": "，".join(words),
            "time": f"2026-{1 + at % 6:02d}-{1 + at % 27:02d}", "score": float(stars), "scale": scale,
        })  # fmt: skip
    return found


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(reviews(400))
        yield ws


def mean(ws: Workspace) -> float:
    return float(ws.scores(metric="sentiment").table["value"][0].as_py())


def test_corrections_by_message_id(shop: Workspace) -> None:
    before = mean(shop)
    shop.voice.correct("r1.3", label="neutral", topic="service", by="ann")
    shop.voice.correct("r1.3", label="negative", sentiment=-1.5, by="bob")
    shop.voice.correct("r1.4", sentiment=0.003, by="ann")
    rows = {(row["message_id"], row["what"]): (row["value"], row["by"]) for row in shop.voice.corrections().to_pylist()}
    assert rows == {
        ("r1.3", "label"): ("negative", "bob"), ("r1.3", "sentiment"): ("-1.5", "bob"),
        ("r1.3", "topic"): ("service", "ann"), ("r1.4", "sentiment"): ("0", "ann"),
        ("r1.4", "label"): ("neutral", "ann"),
    }  # fmt: skip
    assert len(shop.voice.corrections(history=True)) == 7
    assert mean(shop) != before
    shop.voice.undo("r1.3", by="ann")
    shop.voice.undo("r1.4", by="ann")
    assert mean(shop) == before and shop.voice.corrections().num_rows == 0
    for wrong, error in (({"label": "bad"}, UnknownName), ({"mood": "bad"}, UnknownName), ({}, BadInput),
                         ({"sentiment": 3}, BadInput), ({"sentiment": True}, BadInput)):  # fmt: skip
        with pytest.raises(error):
            shop.voice.correct("r1.3", **wrong)
    with pytest.raises(UnknownName):
        shop.voice.correct("nobody said this", label="neutral")
    with pytest.raises(BadInput):
        shop.voice.undo("r1.3")


def test_what_people_said_travels(shop: Workspace, tmp_path: Path) -> None:
    shop.voice.correct("r1.3", label="negative", by="ann")
    shop.voice.undo("r1.3", by="bob")
    shop.voice.correct("r1.5", emotion="anger", by="ann")
    shop.voice.calibrate()
    shop.voice.use_taxonomy("restaurants")
    shop.export(tmp_path / "out")
    with lvtu.open(tmp_path / "new") as other:
        other.import_from(tmp_path / "out")
        assert other.voice.corrections(history=True) == shop.voice.corrections(history=True)
        assert other.voice.calibration() == shop.voice.calibration() is not None
        for question in (
            {"metric": "sentiment"},
            {"by": "emotion", "metric": "mean"},
            {"by": "topic_read", "metric": "mean"},
        ):
            assert other.scores(**question).table == shop.scores(**question).table


def test_calibration_is_the_optimum_of_a_balanced_logistic_regression(shop: Workspace) -> None:
    before = mean(shop)
    found = shop.voice.calibrate()
    assert found is not None and found.left == {} and list(found.lines) == ["zh"]
    line, rows = found.lines["zh"], reviews(400)
    read = np.array(voice.analyse([row["text"] for row in rows])["sentiment"].to_pylist())
    x = np.log((2 + read) / (2 - read))
    y = np.array([(row["score"] - 1) / 4 for row in rows])
    up, down = y / y.mean(), (1 - y) / (1 - y.mean())

    def loss(at: np.ndarray) -> float:
        logit = at[0] + at[1] * x
        return float((up * np.logaddexp(0, -logit) + down * np.logaddexp(0, logit)).sum())

    best = minimize(loss, [0.0, 1.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000})
    assert [line.zero, line.gain] == pytest.approx(best.x.tolist(), abs=1e-5)
    assert line.n == 400 and line.gain_low < line.gain < line.gain_high and 0.5 < line.after <= 1
    set_right = 2 * np.tanh((line.zero + line.gain * x) / 2)
    assert mean(shop) == pytest.approx(np.round(set_right * 128).mean() / 128, abs=1e-9)
    assert (shop.voice.calibration() or {})["version"] == found.version == 1
    assert shop.voice.calibrate(on=False) is None
    assert mean(shop) == before and shop.voice.calibration() is None


@pytest.mark.parametrize("rows", [
    reviews(FEWEST - 1), reviews(400, scale="effort7"), reviews(400, scale="clean5"),
    [row | {"score": 5.0} for row in reviews(400)],
    [row | {"score": float(1 + at % 5)} for at, row in enumerate(reviews(400))],
    [row | {"text": None} for row in reviews(400)],
])  # fmt: skip
def test_nothing_is_set_right_by_too_little(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    with lvtu.open(tmp_path / "few") as ws:
        ws.ingest(rows)
        with pytest.raises(BadInput, match=str(FEWEST_A_SIDE)):
            ws.voice.calibrate()
        assert ws.voice.calibration() is None and ws.snapshot().edition == ""


def test_a_model_of_ones_own_reads_until_it_is_taken_back(shop: Workspace) -> None:
    before = shop.scores(metric="sentiment").table
    shop.voice.calibrate()
    shop.voice.correct("r1.3", label="negative", by="ann")
    found = shop.voice.train()
    assert found.kept and found.corrections == 1 and found.scored == 400 and found.after >= found.before
    assert shop.voice.calibration() is None
    own = voice.TextModel.load(shop.layout.voice / shop.voice.models()[0]["file"])
    shop.voice.undo("r1.3")
    read = np.array(voice.analyse([row["text"] for row in reviews(400)], own)["sentiment"].to_pylist())
    assert mean(shop) == pytest.approx(np.round(read * 128).mean() / 128, abs=1e-9)
    with lvtu.open(shop.layout.root) as again:
        assert mean(again) == mean(shop)
    shop.voice.use_model()
    assert shop.scores(metric="sentiment").table == before
    with pytest.raises(UnknownName):
        shop.voice.use_model(7)


def test_topics_of_ones_own(shop: Workspace) -> None:
    def topics() -> set[str | None]:
        return set(shop.trend("Review Posted", by="topic_read", period="month").table["topic_read"].to_pylist())

    general = topics()
    shop.voice.use_taxonomy({"name": {"zh": "我们的", "en": "Ours"}, "topics": [
        {"key": "parcel", "name": {"zh": "包裹", "en": "Parcel"}, "keywords": {"zh": ["包装", "送得"]}}]})  # fmt: skip
    assert topics() == {"parcel", None}
    table = shop.scores(metric="sentiment", by="topic_read")
    assert table.naming.names("topic_read", "zh") == {"parcel": "包裹"}
    shop.voice.use_taxonomy()
    assert topics() == general


def test_quality_says_what_was_agreed_with_what_is_open_and_what_has_drifted(shop: Workspace) -> None:
    rows = {row["message_id"]: row for row in reviews(400)}
    read = dict(zip(rows, voice.analyse([row["text"] for row in rows.values()]).to_pylist(), strict=True))
    checked = [f"r1.{at}" for at in range(20)]
    for at, name in enumerate(checked):
        shop.voice.correct(name, label=read[name]["label"] if at % 4 else "neutral", by="ann")
    right = sum(
        read[name]["label"] == (read[name]["label"] if at % 4 else "neutral") for at, name in enumerate(checked)
    )
    table = shop.voice.quality(days=30).table.to_pylist()
    told = {(row["what"], row["of"]): row for row in table}
    assert told["accuracy", "label"]["value"] == right / 20 and told["accuracy", "label"]["n"] == 20
    low, high = stats.binomtest(right, 20).proportion_ci(method="wilson")
    assert (told["accuracy", "label"]["low"], told["accuracy", "label"]["high"]) == pytest.approx((low, high))

    last = np.datetime64(max(row["time"] for row in rows.values()))
    age = {name: (last - np.datetime64(row["time"])) / np.timedelta64(1, "D") for name, row in rows.items()}
    now, before = [n for n in rows if age[n] < 30], [n for n in rows if 30 <= age[n] < 120]
    open_ = sum(not read[name]["topics"] for name in now)
    assert told["uncategorised", "topics"]["value"] == open_ / len(now)
    corrected = {name: "neutral" for at, name in enumerate(checked) if not at % 4}

    def label(name: str) -> str:
        return str(corrected.get(name, read[name]["label"]))

    counts = [[sum(label(name) == value for name in side) for value in ("negative", "neutral", "positive")]
              for side in (now, before)]  # fmt: skip
    p = stats.chi2_contingency(counts, correction=False).pvalue
    for place, value in enumerate(("negative", "neutral", "positive")):
        row = told["drift", value]
        assert row["p_value"] == pytest.approx(p)
        assert row["value"] == pytest.approx(counts[0][place] / len(now) - counts[1][place] / len(before))
        assert row["low"] < row["value"] < row["high"]
    feelings = [
        [0.0 if n in corrected else np.round(128 * read[n]["sentiment"]) / 128 for n in side] for side in (now, before)
    ]
    test = stats.ttest_ind(*feelings, equal_var=False)
    row = told["drift", "sentiment"]
    assert row["value"] == pytest.approx(np.mean(feelings[0]) - np.mean(feelings[1]))
    assert row["p_value"] == pytest.approx(test.pvalue, rel=0.02)
    assert told["drift", "vocabulary"]["p_value"] > 0.05, "the same words are said as before"


def test_another_way_of_talking_is_noticed(shop: Workspace) -> None:
    text = "The app crashed {} times, no refund"
    shop.ingest([row | {"message_id": f"new{at}", "time": "2026-09-01", "text": text.format(at)}
                 for at, row in enumerate(reviews(60))])  # fmt: skip
    shop.ingest([row | {"message_id": f"old{at}", "time": "2026-08-01"} for at, row in enumerate(reviews(200, seed=3))])
    told = {row["of"]: row for row in shop.voice.quality().table.to_pylist() if row["what"] == "drift"}
    assert (
        told["vocabulary"]["p_value"] == pytest.approx(1 / 500)
        and told["vocabulary"]["value"] > told["vocabulary"]["high"]
    )
    assert told["sentiment"]["p_value"] < 0.001


def test_divergence_is_that_of_jensen_and_shannon() -> None:
    dice = np.random.default_rng(1)
    held = (dice.random((40, 25)) < 0.3).astype(float)
    mine = dice.random(40) < 0.4
    one, other = held[mine].sum(0), held[~mine].sum(0)
    assert divergence(csr_matrix(held), mine) == pytest.approx(jensenshannon(one, other, base=2) ** 2)


def test_a_model_goes_with_whoever_taught_it(shop: Workspace, tmp_path: Path) -> None:
    shop.voice.train()
    shop.ingest([row | {"user_id": f"late{row['user_id']}"} for row in reviews(100, seed=2)])
    shop.ingest([{"message_id": "q", "user_id": "quiet", "event": "Seen", "time": "2026-05-01", "text": "还行吧"}])
    shop.voice.correct("r2.7", label="negative", by="ann")
    second = shop.voice.train()
    files = {row["version"]: shop.layout.voice / row["file"] for row in shop.voice.models()}
    shop.voice.calibrate()

    assert shop.forget("quiet").details["models"] == 0  # taught nothing: everything stays
    assert shop.voice.calibration() is not None and all(file.is_file() for file in files.values())

    receipt = shop.forget("lateu3")  # taught the second model alone
    assert receipt.details["models"] == 1
    assert files[1].is_file() and not files[2].exists()
    rows = shop.voice.models()
    assert [row["file"] is None for row in rows] == [False, True, False] and rows[1]["texts"] == second.texts
    assert shop.voice.calibration() is None
    with pytest.raises(UnknownName):
        shop.voice.use_model(2)

    with lvtu.open(tmp_path / "never") as never:  # where they have never been
        left = [row for row in reviews(100, seed=2) if row["user_id"] != "u3"]
        never.ingest([*reviews(400), *left])
        if "r2.7" in {row["message_id"] for row in left}:
            never.voice.correct("r2.7", label="negative", by="ann")
        never.voice.train()
        named = [row["file"] for row in never.voice.models()]
        assert [rows[2]["file"]] == named
        with lvtu.open(shop.layout.root) as again:
            assert mean(again) == mean(never)

    assert shop.forget("u3").details["models"] == 2
    there = {path.name for path in shop.layout.voice.iterdir()}
    assert there == {shop.voice.models()[3]["file"], f"{shop.voice.models()[3]['file']}.events"}


def test_a_model_that_nobody_can_teach_again_leaves_the_shipped_one(tmp_path: Path) -> None:
    def rows(who: str) -> list[dict[str, Any]]:
        return [row | {"message_id": f"{who}{at}", "user_id": who} for at, row in enumerate(reviews(60))]

    with lvtu.open(tmp_path / "two") as ws:
        ws.ingest(rows("ann"))
        shipped = mean(ws)
        ws.voice.train()
        assert mean(ws) != shipped
        ws.ingest([row | {"message_id": f"s{at}", "user_id": "bob", "score": None} for at, row in
                   enumerate(reviews(60))])  # fmt: skip
        ws.forget("ann")
        assert mean(ws) == shipped and not list(ws.layout.voice.iterdir())
        with lvtu.open(tmp_path / "two") as again:
            assert mean(again) == shipped
