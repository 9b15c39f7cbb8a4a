"""`lvtu survey`: findings and refusals are told in the reader's language; the exit code is 1 with any."""

from __future__ import annotations

import json
from pathlib import Path

from unit.cli.shop import lvtu

SOUND = """\
key: delivery
title: {zh: 配送, en: Delivery}
pages:
  - questions:
      - {key: q1, kind: nps, title: {zh: 推荐吗？, en: "Would you recommend us?"}}
"""


def test_a_sound_survey_and_its_answers(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "a.json").write_text('{"q1": 9}', encoding="utf-8")
    done = lvtu("survey", "check", tmp_path / "s.yaml", "--answers", tmp_path / "a.json")
    assert (done.exit_code, done.stdout.splitlines()) == (
        0,
        [
            f"{tmp_path}/s.yaml: nothing is wrong; 1 questions on 1 pages",
            f"{tmp_path}/a.json: all 1 answers stand",
        ],
    )
    told = json.loads(lvtu("survey", "check", tmp_path / "s.yaml", "--answers", tmp_path / "a.json", "--json").stdout)
    assert told == {"findings": [], "answers": {"q1": 9}, "shown": ["q1"], "problems": []}


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(SOUND.replace("kind: nps", "kind: npz"), encoding="utf-8")
    done = lvtu("survey", "check", tmp_path / "s.yaml", LVTU_LANG="zh")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "错误 pages[0].questions[0].kind",
        "  没有“npz”这种题型",
        "  是不是“nps”？",
        f"{tmp_path}/s.yaml：错误 1，警告 0",
    ]
    told = lvtu("survey", "check", tmp_path / "s.yaml", "--json")
    assert told.exit_code == 1
    assert [one["what"]["code"] for one in json.loads(told.stdout)["findings"]] == ["unknown_kind"]


def test_refused_answers_are_told(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "a.json").write_text('{"q1": 11, "q2": 1}', encoding="utf-8")
    done = lvtu("survey", "check", tmp_path / "s.yaml", "--answers", tmp_path / "a.json")
    assert done.exit_code == 1
    assert "q1\n  '11' is outside 0…10" in done.stdout and "2 problems" in done.stdout


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = lvtu("survey", "check", tmp_path / "s.yaml")
    assert done.exit_code == 1 and "no survey file" in done.stderr


def test_the_schema_is_printed() -> None:
    assert json.loads(lvtu("survey", "schema").stdout)["required"] == ["key", "title", "pages"]


def test_a_survey_of_another_program_is_taken_over(tmp_path: Path) -> None:
    likely = {"type": "rating", "name": "q1", "rateMin": 0, "rateMax": 10}
    theirs = {"title": "After", "elements": [likely, {"type": "file", "name": "photo"}]}
    (tmp_path / "after-visit.json").write_text(json.dumps(theirs), encoding="utf-8")
    done = lvtu("survey", "import", tmp_path / "after-visit.json")
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "not taken over, 1 places:",
        "  elements[1]: there is no question of the type 'file' here",
    ]
    (tmp_path / "ours.yaml").write_text(done.stdout, encoding="utf-8")
    assert "nothing is wrong" in lvtu("survey", "check", tmp_path / "ours.yaml").stdout
    told = json.loads(lvtu("survey", "import", tmp_path / "after-visit.json", "--key", "after", "--json").stdout)
    assert (told["survey"]["key"], told["left"][0]["what"]["code"]) == ("after", "type")
