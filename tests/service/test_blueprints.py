"""Blueprints over HTTP: looked at, checked, waived by who may, listed as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess
from service.shopping import shopping
from unit.maps.restaurant import restaurant

MAPS = "/api/w/shop/maps"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    yield from shopping(tmp_path_factory)


@pytest.fixture
def id(ann: Client) -> str:
    document = restaurant()
    for card in document["cards"]:
        if card["key"] in ("cook", "run"):
            del card["owner"]
    next(card for card in document["cards"] if card["key"] == "greet")["owner"] = "=Front"
    return str(ann.post(MAPS, json=document).json()["id"])


def test_a_blueprint_is_drawn_and_checked_in_both_languages(ann: Client, id: str) -> None:
    for lang, line, said in (
        ("zh", "可视分界线", "“按桌序烹制”没有责任部门。"),
        ("en", "Line of visibility", "No department answers for “Cooks in the order of the tables”."),
    ):
        picture = ann.get(f"{MAPS}/{id}/blueprint?lang={lang}&dark=1")
        assert picture.headers["content-type"] == "image/svg+xml" and line in picture.text
        told = ann.get(f"{MAPS}/{id}/findings?lang={lang}").json()
        assert [one["id"] for one in told["findings"]] == ["no_owner:cook", "no_owner:run"] and told["edits"]
        assert told["findings"][0]["said"] == said and told["findings"][0]["parts"] == [{"kind": "card", "key": "cook"}]
        assert len(told["rules"]) == 14 and all(rule["title"] and rule["about"] for rule in told["rules"])


def test_a_finding_is_waived_and_comes_back(ann: Client, id: str) -> None:
    waiver = {"key": "no_owner:run", "reason": "Changes daily", "by": "Ann", "on": "2026-03-01"}
    ann.post(f"{MAPS}/{id}/edits", json={"edit": "put", "part": "waivers", "made": [waiver]})
    told = {one["id"]: one["waiver"] for one in ann.get(f"{MAPS}/{id}/findings").json()["findings"]}
    assert told == {"no_owner:cook": None, "no_owner:run": {"reason": "Changes daily", "by": "Ann", "on": "2026-03-01"}}
    ann.post(f"{MAPS}/{id}/edits", json={"edit": "remove", "part": "waivers", "keys": ["no_owner:run"]})
    off = {"key": "no_owner", "reason": "Not yet", "by": "Ann"}
    ann.post(f"{MAPS}/{id}/edits", json={"edit": "put", "part": "waivers", "made": [off]})
    told = ann.get(f"{MAPS}/{id}/findings").json()
    assert told["findings"] == []
    assert [rule["rule"] for rule in told["rules"] if rule["waiver"]] == ["no_owner"]


def test_lists_are_told_and_written_as_files(ann: Client, id: str) -> None:
    told = ann.get(f"{MAPS}/{id}/lists?lang=en").json()
    assert told["departments"] == ["=Front", "Front of house", "IT", "Purchasing", "Store office"]
    asked = next(one for one in told["handoffs"] if (one["source"], one["target"]) == ("IT", "IT"))
    assert asked | {"links": 3, "share": None, "n": None, "sla": ""} == asked
    links = ann.get(f"{MAPS}/{id}").json()["document"]["links"]
    assert len(told["dependencies"]) == len(links) and {one["link"] for one in told["dependencies"]} <= {
        "triggers", "informs", "hands over",
    }  # fmt: skip
    assert all((one["share"], one["broken"]) == (None, None) for one in told["dependencies"]), "nobody was there yet"
    assert [one["key"] for one in told["unowned"]] == ["cook", "run"] and len(told["interactions"]) == 8
    for name, head in (
        ("handoffs", "交出部门"), ("dependencies", "步骤"), ("interactions", "阶段"), ("unowned", "类型"),
    ):  # fmt: skip
        file = ann.get(f"{MAPS}/{id}/lists/{name}?lang=zh")
        assert file.headers["content-disposition"] == f'attachment; filename="{name}.csv"'
        rows = list(csv.reader(io.StringIO(file.text)))
        assert rows[0][0] == head and len(rows) == 1 + len(told[name])
        assert not any(cell.startswith("=") for row in rows for cell in row)
    assert ann.get(f"{MAPS}/{id}/lists/others").status_code in (400, 404, 422)


def test_viewers_look_and_strangers_do_not(app: InProcess, id: str) -> None:
    vic = app.person("vic@example.com", shop=Role.viewer)
    assert vic.get(f"{MAPS}/{id}/findings").json()["edits"] is False
    for name in ("blueprint", "findings", "lists", "lists/unowned"):
        assert vic.get(f"{MAPS}/{id}/{name}").status_code == 200
        assert vic.get(f"{MAPS}/nothing/{name}").status_code == 404
    other = app.person("otto@example.com")
    assert other.get(f"{MAPS}/{id}/findings").status_code in (403, 404)
