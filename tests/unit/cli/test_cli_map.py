"""Journey maps on the command line: drawn, listed, written and read back; errors in the reader's language."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from lvtu.maps.exchange.formats import FORMATS
from unit.cli.shop import lvtu, write
from unit.cli.test_cli_models import MODEL
from unit.maps.restaurant import restaurant


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("maps")
    (folder / "shop.yaml").write_text(MODEL, encoding="utf-8")
    lvtu("ingest", folder / "shop.lvtu", write(folder))
    lvtu("model", folder / "shop.lvtu", folder / "shop.yaml")
    drawn = lvtu("map", "draw", folder / "shop.lvtu")
    assert (drawn.exit_code, drawn.stdout.split(":")[0]) == (0, "Drew the map “Shopping” (stages"), drawn.output
    return folder / "shop.lvtu"


def test_maps_are_listed_in_the_readers_language(shop: Path) -> None:
    heads, row = lvtu("map", "list", shop, LVTU_LANG="zh", COLUMNS="120").stdout.splitlines()
    assert heads.split() == ["标题", "状态", "阶段", "步骤", "卡片", "最近编辑（UTC）", "编辑人", "编号"]
    assert row.split()[:4] == ["网购", "草稿", "3", "3"]
    (told,) = json.loads(lvtu("map", "list", shop, "--json").stdout)["maps"]
    assert told["title"] == "Shopping" and told["status"] == "draft" and told["steps"] == 3


def test_a_map_goes_out_and_comes_in(shop: Path, tmp_path: Path) -> None:
    written = tmp_path / "shopping.json"
    assert lvtu("map", "export", shop, "Shopping", written).exit_code == 0
    assert lvtu("map", "check", written).stdout.startswith("The map “Shopping” is whole (stages: 3, steps: 3")
    document = json.loads(written.read_text(encoding="utf-8"))
    written.write_text(json.dumps(document | {"owner": "Sales"}), encoding="utf-8")
    assert lvtu("map", "import", shop, written).exit_code == 0
    picture = tmp_path / "shopping.svg"
    assert lvtu("map", "export", shop, "网购", picture, "--style", "chart", "--lang", "zh", "--dark").exit_code == 0
    assert "商品页" in picture.read_text(encoding="utf-8")
    tinted = ("--type", "channel", "--overlay", "volume", "--lang", "en")
    assert lvtu("map", "export", shop, "网购", picture, *tinted).exit_code == 0
    assert "customers at the step" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_a_minus_is_standard_output(shop: Path, tmp_path: Path, format: str) -> None:
    given = () if format == "json" else ("--format", format)
    piped = lvtu("map", "export", shop, "Shopping", "-", *given)
    assert piped.exit_code == 0 and not Path("-").exists(), piped.output
    file = tmp_path / "written"
    assert lvtu("map", "export", shop, "Shopping", file, "--format", format).exit_code == 0
    if format in ("pdf", "pptx", "xlsx"):  # these say when they were written
        assert piped.stdout_bytes[:4] == file.read_bytes()[:4] and len(piped.stdout_bytes) > 3_000
    else:
        assert piped.stdout_bytes == file.read_bytes()


def test_a_terminal_is_not_filled_with_bytes(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lvtu.cli.map.sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))
    refused = lvtu("map", "export", shop, "Shopping", "-", "--format", "pptx")
    assert refused.exit_code == 1 and not refused.stdout
    assert "pptx is no text" in refused.stderr and "> FILE" in refused.stderr
    assert lvtu("map", "export", shop, "Shopping", "-", "--format", "md").stdout.startswith("# Shopping")


def test_a_map_of_nobody_says_so(shop: Path) -> None:
    nobody = lvtu("map", "draw", shop, "--title", "Nobody", "--where", "event = 'none'")
    assert nobody.exit_code == 0 and nobody.stderr.startswith("It is about nobody"), nobody.output


@pytest.mark.parametrize(
    ("arguments", "zh"),
    [
        (("export", "{shop}", "Shoping", "a.svg"), "没有旅程地图“Shoping”"),
        (("export", "{shop}", "Shopping", "a.doc"), "旅程地图不能写成“.doc”"),
        (("export", "{shop}", "Shopping", "a.pdf", "--paper", "B4"), "没有“B4”这种纸张"),
        (("export", "{shop}", "Shopping", "a.png", "--frame", "x"), "没有画面“x”"),
        (("import", "{shop}", "{shop}/lvtu.json"), "旅程地图里没有“created”这一项"),
        (("export", "{shop}", "Shopping", "a.svg", "--type", "round"), "没有“round”这种旅程地图类型"),
        (("export", "{shop}", "Shopping", "a.svg", "--overlay", "weather"), "没有“weather”这种地图叠加"),
        (("draw", "{shop}", "--where", "channel ="), "此处应为：值"),
        (("check", "nowhere.json"), "没有旅程地图“nowhere.json”"),
    ],
)
def test_what_is_wrong_is_said(
    shop: Path, arguments: tuple[str, ...], zh: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = lvtu("map", *(one.format(shop=shop) for one in arguments), LVTU_LANG="zh")
    assert done.exit_code != 0 and zh in done.stderr, done.output
    assert list(tmp_path.iterdir()) == [], "what is refused leaves no file"


def test_a_map_is_checked_and_drawn_as_a_blueprint(shop: Path, tmp_path: Path) -> None:
    document = restaurant()
    del next(card for card in document["cards"] if card["key"] == "run")["owner"]
    document["waivers"] = [{"key": "no_owner:cook", "reason": "Agreed", "by": "Ann"}]
    del next(card for card in document["cards"] if card["key"] == "cook")["owner"]
    written = tmp_path / "restaurant.json"
    written.write_text(json.dumps(document), encoding="utf-8")
    told = lvtu("map", "check", written).stdout.splitlines()
    assert told[1:] == [
        "The service can break here: No department answers for “Runs dishes to the table”. (no_owner:run)",
        "1 finding is waived.",
    ]
    assert (
        "服务容易在此中断：“传菜到桌”没有责任部门。（no_owner:run）"
        in lvtu("map", "check", written, LVTU_LANG="zh").stdout
    )
    assert lvtu("map", "import", shop, written).exit_code == 0
    picture = tmp_path / "restaurant.svg"
    assert lvtu("map", "export", shop, "到店吃一顿饭", picture, "--blueprint", "--lang", "zh").exit_code == 0
    assert "互动分界线" in picture.read_text(encoding="utf-8")
