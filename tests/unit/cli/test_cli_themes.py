"""``lvtu themes``: what people and programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unit.cli.shop import lvtu

SAYS = ("快递{}还没到仓库", "仓库里的快递{}", "login password {} rejected", "password {} for the login")
FILL = ("三天", "昨晚", "早上", "twice", "tonight", "monday")


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty customers: half of them speak of parcels, half of passwords; codes beside."""
    folder = tmp_path_factory.mktemp("heard")
    lines = ["user_id,time,event,text,codes,channel"]
    for number in range(60):
        text = SAYS[number % 4].format(FILL[number // 4 % 3 + 3 * (number % 4 > 1)])
        lines.append(
            f"c{number:02},2026-03-{number % 28 + 1:02}T09:00:00Z,Review Posted,{text},{number % 3}; 9,"
            f"{'web' if number % 5 else 'store'}"
        )
    (folder / "said.csv").write_text("\n".join(lines), encoding="utf-8")
    assert lvtu("ingest", folder / "heard.lvtu", folder / "said.csv").exit_code == 0
    return folder / "heard.lvtu"


def test_the_themes_of_comments(heard: Path) -> None:
    text = lvtu("themes", heard, "--themes", "2", "--quotes", "1").stdout
    lines = text.splitlines()
    assert lines[0].split()[:4] == ["theme", "comments", "customers", "share"]
    assert sorted(line.split()[0] for line in lines[1:3]) == ["login", "仓库"]
    assert "In their own words" in text and "without labels" in text
    chinese = lvtu("themes", heard, "--themes", "2", LVTU_LANG="zh").stdout
    assert chinese.startswith("主题") and "客户原话" in chinese and "自动归纳" in chinese
    found = json.loads(lvtu("themes", heard, "--themes", "2", "--json").stdout)
    assert found["spec"] == {"analysis": "themes", "themes": 2}
    assert sorted(row["comments"] for row in found["table"]) == [30, 30]
    assert all(quote["message_id"] and quote["customer"] for row in found["table"] for quote in row["quotes"])


def test_codes_with_a_code_list(heard: Path) -> None:
    asked = ("themes", heard, "--codes", "codes", "--code-list", "0 = slow; 9 = everything")
    found = json.loads(lvtu(*asked, "--json").stdout)["table"]
    assert [(row["theme"], row["comments"]) for row in found] == [
        ("everything", 60), ("1", 20), ("2", 20), ("slow", 20)
    ]  # fmt: skip
    assert len(json.loads(lvtu(*asked, "--customers", "slow", "--json").stdout)["table"]) == 20
    told = lvtu(*asked, "--explain", "c03").stdout.splitlines()
    assert told[0] == "c03 left 1 comment" and len(told) == 3
    by = lvtu(*asked, "--by", "channel").stdout
    assert "Website" in by and "Store" in by and "difference" in by.splitlines()[0]
    alone = lvtu("themes", heard, "--code-list", "9 = everything")
    assert alone.exit_code == 1 and "no property that holds codes" in alone.stderr
