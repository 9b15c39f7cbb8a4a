"""Maps as files over HTTP: taken along by who may look, brought in by who may edit, shown frame by frame."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pptx
import pypdf
import pytest

from lvtu.catalog.roles import Role
from lvtu.maps.exchange.formats import FORMATS, MEDIA
from service.inprocess import Client, InProcess
from service.shopping import said, shopping

MAPS = "/api/w/shop/maps"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    yield from shopping(tmp_path_factory, said("写信给 ann@example.com，太好了"), then=lambda ws: ws.maps.autodraw())


@pytest.fixture(scope="module")
def editor(app: InProcess) -> Client:
    return app.person("ann@example.com", shop=Role.editor)


@pytest.fixture(scope="module")
def viewer(app: InProcess) -> Client:
    return app.person("vera@example.com", shop=Role.viewer)


@pytest.fixture(scope="module")
def id(editor: Client) -> str:
    return str(editor.get(MAPS).json()["maps"][0]["id"])


def test_a_map_is_taken_along_in_every_format_under_its_title(viewer: Client, id: str) -> None:
    for format in FORMATS:
        taken = viewer.get(f"{MAPS}/{id}/export?format={format}&lang=zh&scale=1")
        assert taken.status_code == 200, taken.text
        assert taken.headers["content-type"] == MEDIA[format] and len(taken.content) > 100
        assert unquote(taken.headers["content-disposition"]).startswith("attachment; filename*=UTF-8''网购")
        assert "ann@example.com" not in unquote(taken.content.decode("utf-8", "ignore")), "masked, as on the page"
    page = pypdf.PdfReader(io.BytesIO(viewer.get(f"{MAPS}/{id}/export?format=pdf&paper=A2&lang=zh").content)).pages[0]
    assert "结算" in page.extract_text() and float(page.mediabox.width) == pytest.approx(594 / 25.4 * 72, abs=1)
    slides = pptx.Presentation(io.BytesIO(viewer.get(f"{MAPS}/{id}/export?format=pptx&lang=en").content)).slides
    assert [one.shapes.title.text_frame.text for one in slides] == ["Shopping", "Look", "Buy", "Get"]


def test_what_cannot_be_written_is_refused(viewer: Client, id: str) -> None:
    for asked, status in (("format=doc", 422), ("format=pdf&paper=B4", 422), ("format=png&frame=x", 422),
                          ("format=png&scale=99", 422), ("format=svg&lane=x", 422)):  # fmt: skip
        assert viewer.get(f"{MAPS}/{id}/export?{asked}").status_code in (status, 400), asked
    assert viewer.get(f"{MAPS}/nowhere/export?format=json").status_code == 404


def test_a_file_is_looked_into_and_then_kept(editor: Client, viewer: Client) -> None:
    file = {"file": ("开户.csv", "阶段,了解,\n步骤,看广告,比较\n痛点,,太复杂\n,,,\n谁,x,,多\n".encode("gb18030"))}
    assert viewer.post(f"{MAPS}/import", files=file).status_code == 403
    before = len(editor.get(MAPS).json()["maps"])
    found = editor.post(f"{MAPS}/import?lang=zh", files=file)
    assert found.status_code == 200, found.text
    told = found.json()
    assert (told["title"], told["stages"], told["steps"], told["lanes"], told["cards"]) == ("开户", 1, 2, 2, 2)
    assert told["again"] is False and told["left"] == ["D 列没有名称：1 个单元格未导入（多）"]
    assert any("痛点" in line for line in told["taken"])
    assert len(editor.get(MAPS).json()["maps"]) == before, "nothing is kept by looking"
    kept = editor.post(MAPS, json=told["map"])
    assert kept.status_code == 201 and kept.json()["title"] == "开户"
    again = editor.get(f"{MAPS}/{kept.json()['id']}/export?format=json").content
    told = editor.post(f"{MAPS}/import", files={"file": ("m.json", again)}).json()
    assert told["again"] is True and told["map"] == kept.json()["document"]
    odd = editor.post(f"{MAPS}/import?lang=zh", files={"file": ("a.csv", b"q1,q2\n1,2\n")})
    assert odd.status_code in (400, 422) and odd.json()["code"] == "no_map_in_table"


def test_a_file_that_names_another_one_does_not_read_it(editor: Client, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: hunter2\n", encoding="utf-8")
    for path in (secret, tmp_path / "nothing"):
        told = editor.post(f"{MAPS}/import", files={"file": ("m.json", str(path))})
        assert (told.status_code, told.json()["code"]) == (400, "not_a_document")
        assert "secret" not in json.dumps(told.json()["known"]) and "password" not in told.text


def test_frames_follow_from_the_stages_until_somebody_makes_some(editor: Client, viewer: Client, id: str) -> None:
    told = viewer.get(f"{MAPS}/{id}/frames?lang=zh").json()
    assert [one["title"] for one in told["frames"]] == ["网购", "浏览", "购买", "收货"] and told["own"] is False
    assert "位客户" in told["footer"] and told["frames"][1]["text"] == "找到想要的"
    part = viewer.get(f"{MAPS}/{id}/picture?frame=buy&lang=zh").text
    assert "结算" in part and "商品页" not in part
    frames = [{"key": "one", "title": {"zh": "只看结算", "en": "Checkout"}, "steps": ["checkout"]}]
    edited = editor.post(f"{MAPS}/{id}/edits", json={"edit": "put", "part": "frames", "made": frames})
    assert edited.status_code == 200, edited.text
    told = viewer.get(f"{MAPS}/{id}/frames?lang=en").json()
    assert [(one["title"], one["steps"]) for one in told["frames"]] == [("Checkout", ["checkout"])] and told["own"]
    editor.post(f"{MAPS}/{id}/undo")


def test_what_is_looked_at_without_weights_is_taken_along_without_them(viewer: Client, id: str) -> None:
    for format in ("svg", "md"):
        on, off = (
            viewer.get(f"{MAPS}/{id}/export?format={format}&lang=en&weighted={one}").text for one in ("true", "false")
        )
        assert "Not weighted" in off and "Not weighted" not in on
