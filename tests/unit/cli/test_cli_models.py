"""Journey models on the command line: saving, showing, and answers in the reader's language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from unit.cli.shop import lvtu, write

MODEL = """\
key: shop
title: {zh: 网购, en: Shopping}
touchpoints:
  - {id: page, name: {zh: 商品页, en: Product page}, events: Product *}
  - {id: till, name: {zh: 收银台, en: Till}, online: false, events: {events: Order *, channel: store}}
stages:
  - {key: look, name: {zh: 浏览, en: Look}, entry: {touchpoints: page}}
  - {key: choose, name: {zh: 选购, en: Choose}, entry: Cart Filled}
  - {key: buy, name: {zh: 购买, en: Buy}, entry: Order Paid}
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    (folder / "shop.yaml").write_text(MODEL, encoding="utf-8")
    assert lvtu("ingest", folder / "shop.lvtu", write(folder)).exit_code == 0
    assert lvtu("model", folder / "shop.lvtu", folder / "shop.yaml").stdout == "shop is saved as version 1\n"
    return folder / "shop.lvtu"


def answer(*arguments: object) -> Any:
    done = lvtu(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def lines(*arguments: object, **environ: str) -> list[list[str]]:
    """The words of every line, without bars."""
    text = lvtu(*arguments, **environ).stdout
    return [[word for word in line.split() if not word.startswith("█")] for line in text.splitlines()]


def test_models_are_saved_listed_and_shown(tmp_path: Path) -> None:
    ws, file = tmp_path / "w", tmp_path / "model.yaml"
    file.write_text(MODEL, encoding="utf-8")
    assert lvtu("init", ws).exit_code == 0
    assert lvtu("model", ws).stdout == f"no journey model yet; save one: lvtu model {ws} FILE\n"
    assert answer("model", ws) == {"models": []}
    assert answer("model", ws, file) == {"key": "shop", "version": 1}
    file.write_text(MODEL.replace("shop", "other"), encoding="utf-8")
    assert answer("model", ws, file) == {"key": "other", "version": 1}
    assert [(one["key"], one["default"]) for one in answer("model", ws)["models"]] == [("other", False), ("shop", True)]
    assert lvtu("model", ws, file, "--default").exit_code == 0
    assert lines("model", ws)[1:] == [["other", "2", "Shopping", "yes"], ["shop", "1", "Shopping", "no"]]
    assert lines("model", ws, LVTU_LANG="zh")[2] == ["shop", "1", "网购", "否"]
    shown = yaml.safe_load(lvtu("model", ws, "--show", "other@1").stdout)
    assert shown["version"] == 1 and shown["title"] == {"zh": "网购", "en": "Shopping"} and "channels" not in shown
    assert answer("model", ws, "--show", "shop")["stages"][2]["entry"][0]["events"] == ["Order Paid"]
    refused = lvtu("model", ws, "--show", "shop@7")
    assert refused.exit_code == 1 and "has no version 7" in refused.stderr
    refused = lvtu("model", ws, "--show", "shop@new")
    assert refused.exit_code == 1 and "names no version" in refused.stderr


def test_stages_are_called_by_their_names(shop: Path) -> None:
    found = answer("stages", shop, "--order", "any")
    assert found["spec"] == {"analysis": "stages", "order": "any"}
    assert [(row["stage"], row["customers"]) for row in found["table"]] == [("look", 4), ("choose", 3), ("buy", 2)]
    english, chinese = lines("stages", shop), lines("stages", shop, LVTU_LANG="zh")
    assert english[1] == ["Look", "4", "—", "100.0%", "1", "5m", "20h", "7m"]
    assert chinese[1] == ["浏览", "4", "—", "100.0%", "1", "5分", "20小时7分"]
    assert chinese[0][0] == "阶段"


def test_why_a_customer_is_in_no_further_stage(shop: Path) -> None:
    assert lvtu("stages", shop, "--explain", "bo").stdout.splitlines()[-2] == "  Buy: not entered: no such event"
    chinese = lvtu("stages", shop, "--explain", "bo", LVTU_LANG="zh").stdout.splitlines()
    assert chinese[0] == "bo 进入了 3 个阶段中的 2 个" and chinese[-2] == "  购买：未进入：没有符合的事件"
    told = answer("stages", shop, "--explain", "bo")["stages"]
    assert [(one["stage"], one["status"], one["message_id"]) for one in told] == [
        ("look", "entered", "4"), ("choose", "entered", "5"), ("buy", "missing", None),
    ]  # fmt: skip


def test_where_customers_are_now(shop: Path) -> None:
    found = answer("stages", shop, "--now")
    assert found["spec"] == {"analysis": "stages"}
    here = {row["stage"]: row["customers"] for row in found["table"]}
    assert sum(here.values()) == 4 and list(here) == ["look", "choose", "buy", None]
    for stage, customers in here.items():
        assert len(answer("stages", shop, "--now", "--customers", stage or "")["table"]) == customers
    assert lines("stages", shop, "--now", LVTU_LANG="zh")[-1][0] == "不在任何阶段"
    assert lines("stages", shop, "--now", "--moment", "2020-01-01", LVTU_LANG="zh")[-1] == ["不在任何阶段", "0", "—"]
    entered = answer("stages", shop, "--customers", "choose")["table"]
    lost = answer("stages", shop, "--customers", "choose", "--lost")["table"]
    rows = answer("stages", shop)["table"]
    assert (len(entered), len(lost)) == (rows[1]["customers"], rows[1]["dropped"])
    for more in (("--lost", "--customers", "look"), ("--explain", "bo")):
        refused = lvtu("stages", shop, "--now", *more)
        assert refused.exit_code == 2 and "--now does not go with" in refused.stderr


def test_presets_are_listed_and_used_without_saving(shop: Path) -> None:
    found = answer("model", shop, "--presets")["presets"]
    assert [one["key"] for one in found] == [
        "five-stage", "six-stage", "after-sale", "aida", "linear-4", "ecommerce-order",
    ]  # fmt: skip
    chinese = lines("model", shop, "--presets", LVTU_LANG="zh")
    assert chinese[4] == ["aida", "AIDA", "四阶段旅程", "认知", "→", "兴趣", "→", "决策", "→", "行动"]
    assert yaml.safe_load(lvtu("model", shop, "--show", "aida").stdout)["stages"][0]["name"]["zh"] == "认知"
    assert answer("stages", shop, "--model", "ecommerce-order")["table"][0]["stage"] == "browse"
    assert [one["key"] for one in answer("model", shop)["models"]] == ["shop"]


def test_a_change_is_shown_before_it_is_saved(shop: Path, tmp_path: Path) -> None:
    """Whoever looked or filled a cart has chosen then; nobody chooses first, so the counts of buy stay."""
    file = tmp_path / "new.yaml"
    file.write_text(MODEL.replace("entry: Cart Filled", "entry: [Cart Filled, Order Paid]"), encoding="utf-8")
    found = answer("model", shop, file, "--dry-run")
    assert found["spec"]["analysis"] == "model_change" and found["spec"]["model"] == "shop"
    assert found["table"] == answer("model-change", shop, file)["table"]
    assert answer("model", shop)["models"][0]["version"] == 1, "nothing was saved"
    gained = answer("model-change", shop, file, "--customers", "choose", "gained")["table"]
    assert len(gained) == next(row["gained"] for row in found["table"] if row["stage"] == "choose")
    text = lvtu("model", shop, file, "--dry-run", LVTU_LANG="zh").stdout
    assert "位会处于另一个阶段" in text and "选购" in text
    other = lvtu("model", shop, file, "--dry-run", "--against", "aida").stdout
    assert "Attention" in other and "in no stage" in other
    for more in (("--dry-run",), ("--against", "shop")):
        refused = lvtu("model", shop, *more)
        assert refused.exit_code == 2 and "need the file of a model" in refused.stderr


def test_models_beside_and_within_each_other(shop: Path, tmp_path: Path) -> None:
    assert lines("model", shop, "--crosswalk", "aida", "five-stage", LVTU_LANG="zh")[3] == ["决策", "决策", "—"]
    assert answer("model", shop, "--crosswalk", "aida", "five-stage")["crosswalk"][3] == {
        "lifecycle": "purchase", "aida": ["action"], "five-stage": ["purchase"],
    }  # fmt: skip
    file = tmp_path / "outer.yaml"
    buy = "{key: buy, name: {zh: 购买, en: Buy}, entry: Order Paid, child: shop}"
    file.write_text(f"key: outer\ntitle: Outer\nstages:\n  - {buy}\n", encoding="utf-8")
    assert lvtu("model", shop, file).exit_code == 0
    tree = lvtu("model", shop, "--tree", "outer", LVTU_LANG="zh").stdout.splitlines()
    assert tree[:4] == ["L0 Outer", "L1   购买", "L2     网购", "L3       浏览"]
    assert answer("model", shop, "--tree", "outer")["tree"][3]["keys"] == ["outer", "buy", "shop", "look"]
    told = lines("rollup", shop, "--model", "outer")
    assert told[1][:3] == ["Outer", "—", "4"] and told[4][:5] == ["·", "·", "·", "Look", "4"]
    assert len(answer("rollup", shop, "--model", "outer", "--customers", "outer/buy/shop")["table"]) == 4
    file.write_text(MODEL.replace("entry: Order Paid", "entry: Order Paid, child: outer"), encoding="utf-8")
    refused = lvtu("model", shop, file)
    assert refused.exit_code == 1 and "journey 'shop' would contain itself: shop → outer → shop" in refused.stderr


def test_answers_through_a_model(shop: Path) -> None:
    assert lines("first-touch", shop)[1][:3] == ["Product", "page", "4"]
    assert lines("first_touch", shop, "--by", "channel")[1][:2] == ["Website", "2"]
    assert lines("behaviours", shop, LVTU_LANG="zh")[3] == ["支付", "2", "50.0%", "2"]
    assert lines("graph", shop, "--by", "online", LVTU_LANG="zh")[1][:2] == ["线上", "线上"]
    assert lines("trend", shop, "--by", "touchpoint", "--period", "month", LVTU_LANG="zh")[3][1:3] == ["收银台", "1"]
    assert lines("funnel", shop, "Product Viewed", "--by", "touchpoint")[1][:2] == ["Product", "page"]
    assert answer("trend", shop, "--by", "touchpoint", "--period", "month")["table"][1]["touchpoint"] == "page"


def test_columns_without_answers_are_left_out_for_people(shop: Path) -> None:
    assert lines("first-touch", shop)[0] == ["touchpoint", "customers", "share"]
    assert "responses" in answer("first-touch", shop)["table"][0]


def test_behaviours_that_nothing_shows_are_named(shop: Path) -> None:
    """The shop has views and payments; repurchase and silence are derived, so no event is missing."""
    assert answer("behaviours", shop)["notes"][0]["behaviours"] == ["ordered", "referred", "complained", "refunded"]
    said = lvtu("behaviours", shop, LVTU_LANG="zh").stdout.splitlines()[-1]
    assert said == "· 数据中没有任何事件对应：下单、推荐、投诉、退款；请在旅程模型里写明由哪些事件表示"


def test_no_model_yet(tmp_path: Path) -> None:
    assert lvtu("init", tmp_path / "w").exit_code == 0
    done = lvtu("stages", tmp_path / "w")
    assert done.exit_code == 1 and "the workspace has no journey model; name a preset" in done.stderr
