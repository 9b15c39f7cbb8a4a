"""``lvtu drivers``: what people and programs read."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from unit.cli.shop import lvtu


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eighty customers: recommending goes with delivery, not with the shop, which half of them never saw."""
    folder, dice = tmp_path_factory.mktemp("asked"), random.Random(3)
    lines = ["user_id,time,event,score,scale"]
    for number in range(80):
        delivery, shop = dice.randint(1, 5), dice.randint(1, 5)
        when = f"2026-03-01T09:00:{number % 60:02}Z"
        lines.append(f"c{number:02},{when},Delivery Rated,{delivery},csat5")
        lines += [f"c{number:02},{when},Shop Rated,{shop},csat5"] if number % 2 else []
        lines.append(f"c{number:02},{when},Recommended,{min(2 * delivery + dice.randint(-1, 1), 10)},nps")
        lines += [f"c{number:02},{when},Came Back,,"] if delivery > 3 and number % 7 else []
    (folder / "answers.csv").write_text("\n".join(lines), encoding="utf-8")
    assert lvtu("ingest", folder / "asked.lvtu", folder / "answers.csv").exit_code == 0
    return folder / "asked.lvtu"


def test_the_drivers_of_a_score(asked: Path) -> None:
    lines = lvtu("drivers", asked, "--outcome", "nps").stdout.splitlines()
    assert lines[0].split()[:4] == ["driver", "scale", "importance", "(95%)"]
    assert [line[:4] for line in lines[1:3]] == ["Deli", "Shop"] and "↑ more" in lines[1]
    text = "\n".join(lines)
    assert "need not be cause and effect" in text and "having used it is part of the driver" in text
    found = json.loads(lvtu("drivers", asked, "--outcome", "Recommended", "--json").stdout)
    assert found["spec"] == {"analysis": "drivers", "outcome": "Recommended"}
    assert [(row["driver"], row["n"]) for row in found["table"]] == [("Delivery Rated", 80), ("Shop Rated", 40)]
    assert found["table"][0]["importance"] > 0.95 and abs(found["table"][0]["coefficient"] - 2) < 0.2
    chinese = lvtu("drivers", asked, "--outcome", "nps", LVTU_LANG="zh").stdout
    assert chinese.startswith("驱动因素") and "相关不等于因果" in chinese


def test_who_scored_and_what(asked: Path) -> None:
    listed = lvtu("drivers", asked, "--outcome", "nps", "--customers", "Shop Rated", "--on-scale", "csat5", "--json")
    assert len(json.loads(listed.stdout)["table"]) == 40
    told = lvtu("drivers", asked, "--outcome", "nps", "--explain", "c01").stdout.splitlines()
    assert told[0].startswith("c01 counts: outcome ") and len(told) == 3


def test_a_yes_or_no_and_its_bands(asked: Path) -> None:
    text = lvtu("drivers", asked, "--outcome", "Came Back", "--drivers", "Delivery Rated").stdout
    assert "odds per point" in text and "The outcome by how satisfied customers were" in text
    bands = [line.split() for line in text.splitlines() if line.startswith("Delivery Rated") and "Satisf" in line]
    assert [line[3] for line in bands if line[3].isalpha()] == ["low", "middle", "high"]
    assert "满意度分档" in lvtu("drivers", asked, "--outcome", "Came Back", LVTU_LANG="zh").stdout
