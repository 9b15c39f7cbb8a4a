"""``lvtu voice``: files in, tables out."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
import pytest
from click.testing import CliRunner

from lvtu.cli import main


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["voice", *words], env={"LVTU_LANG": "en", "COLUMNS": "160"})
    return done.exit_code, done.output


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    path = tmp_path / "reviews.csv"
    path.write_text("id,评论,stars\n1,味道不错，但是送得太慢了,3\n2,,5\n3,terrible service,1\n", encoding="utf-8")
    return path


def test_comments_are_read(reviews: Path) -> None:
    code, text = run("analyse", str(reviews), "--json")
    answer = json.loads(text)
    assert (code, answer["spec"]["column"], answer["notes"]) == (0, "评论", [])
    assert [(one["language"], one["label"]) for one in answer["table"]][1:] == [(None, None), ("en", "negative")]
    assert [one["text"] for one in answer["table"]] == ["味道不错，但是送得太慢了", None, "terrible service"]
    _, text = run("analyse", str(reviews))
    assert "nothing to read in 1" in text


def test_clauses_are_read_and_written(reviews: Path, tmp_path: Path) -> None:
    for name, read in (("out.csv", pyarrow.csv.read_csv), ("out.parquet", pyarrow.parquet.read_table)):
        code, text = run("analyse", str(reviews), "--clauses", "--out", str(tmp_path / name))
        assert code == 0 and text.startswith("3 clauses: ") and name in text
        assert read(tmp_path / name)["text"].to_pylist() == ["味道不错", "但是送得太慢了", "terrible service"]


def test_lines_of_a_text_are_comments(tmp_path: Path) -> None:
    (tmp_path / "said.txt").write_text("很好\n太差了\n", encoding="utf-8")
    answer = json.loads(run("analyse", str(tmp_path / "said.txt"), "--json")[1])
    assert [one["label"] for one in answer["table"]] == ["positive", "negative"]


def test_a_model_is_taught_and_used(tmp_path: Path) -> None:
    rows = [
        f"{a}{b},{stars}"
        for a in "甲乙丙丁戊己庚"
        for b, stars in (
            ("贼溜", 5),
            ("嘎嘎稳", 5),
            ("很顶", 5),
            ("飞起", 5),
            ("拉胯", 1),
            ("歇菜", 1),
            ("掉链子", 1),
            ("摆烂", 1),
        )
    ]
    (tmp_path / "ours.csv").write_text("text,stars\n" + "\n".join(rows) + "\n", encoding="utf-8")
    model = str(tmp_path / "ours.npz")
    code, text = run(
        "train", str(tmp_path / "ours.csv"), "--label", "stars", "--scale", "stars5", "--out", model, "--json"
    )
    figures = json.loads(text)
    assert code == 0 and figures["texts"] == 56 and figures["after"] >= figures["before"]
    answer = json.loads(run("analyse", str(tmp_path / "ours.csv"), "--model", model, "--json")[1])
    assert [one["label"] for one in answer["table"]][:2] == ["positive", "positive"]


def test_what_is_not_there_is_said(tmp_path: Path, reviews: Path) -> None:
    assert "no file" in run("analyse", str(tmp_path / "none.txt"))[1]
    assert "unknown column 'comment'" in run("analyse", str(reviews), "--text", "comment")[1]
    assert "unknown command 'read'" in run("read", str(reviews))[1]


def test_what_people_say_is_told_in_words(reviews: Path, tmp_path: Path) -> None:
    code, text = run("analyse", str(reviews), "--taxonomy", "restaurants")
    assert code == 0
    for word in ("disappointment", "complaint", "Taste", "an answer is expected", "in no topic: 0% of 2"):
        assert word in text
    answer = json.loads(run("analyse", str(reviews), "--mentions", "--taxonomy", "restaurants", "--json")[1])
    assert [(one["row"], one["topic"], one["text"]) for one in answer["table"]] == [
        (0, "food.taste", "味道"),
        (2, "service", "service"),
    ]
    assert run("analyse", str(reviews), "--out", str(tmp_path / "o.csv"), "--taxonomy", "restaurants")[0] == 0
    assert pyarrow.csv.read_csv(tmp_path / "o.csv")["topics"].to_pylist() == ["food.taste", "", "service"]


def test_a_taxonomy_is_written_changed_and_used(reviews: Path, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    assert run("taxonomy", "restaurants", "--out", str(path))[0] == 0
    assert run("taxonomy", str(path))[1] == run("taxonomy", "restaurants")[1] == path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("key: taste", "key: savour"), encoding="utf-8")
    answer = json.loads(run("analyse", str(reviews), "--taxonomy", str(path), "--json")[1])
    assert answer["table"][0]["topics"] == ["food.savour"]
    assert "did you mean 'hotels'" in run("taxonomy", "hotel")[1]


def test_a_workspace_is_set_right_taught_and_judged(tmp_path: Path) -> None:
    import lvtu

    events, _ = lvtu.simulate(customers=1_500, seed=5)
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(events)
    shop = str(tmp_path / "shop")
    told = json.loads(run("calibrate", shop, "--json")[1])
    assert told["spec"]["version"] == 1 and {row["language"] for row in told["table"]} <= {"zh", "en"}
    assert run("calibrate", shop, "--off")[1].strip() == "Feelings are read as the model has them."
    assert "vocabulary" in run("quality", shop)[1] and run("train", shop, "--label", "stars")[0] == 2
    taught = json.loads(run("train", shop, "--json")[1])
    assert (taught["version"] is None) == (taught["after"] < taught["before"])
    with lvtu.open(shop) as ws:
        assert len(ws.voice.models()) == (taught["version"] is not None)
