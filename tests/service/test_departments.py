"""A department is told in the reader's language wherever it is told, however the map has it written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from lvtu import Workspace
from service.inprocess import Client, InProcess
from service.shopping import shopping

MAPS = "/api/w/shop/maps"
NAMES = {"zh": "门店部", "en": "Shop floor"}
SYSTEM = {"zh": "收银系统", "en": "Tills 9"}
WRITTEN = (NAMES["zh"], NAMES["en"])
"""The same department, written in two ways on one map."""

TOLD = (
    "maps", "maps/library", "maps/registers/pain", "maps/registers/opportunity", "maps/registers/moments",
    "maps/registers/swot", "maps/m/lists", "maps/m/lists/handoffs", "maps/m/lists/interactions", "maps/m/findings",
    "maps/m/blueprint", "maps/m/picture?type=stage", "maps/m/picture?type=role", "maps/m/evidence",
    "maps/m/behind?step=pay", "maps/m/freshness", "maps/m/diff?with=1", "maps/m/export?format=csv",
    "maps/m/export?format=md", "maps/m/export?format=xlsx", "maps/m/export?format=pptx", "maps/m/export?format=cjml",
    "maps/registers/export?format=xlsx", "maps/registers/export?format=csv&kind=pain", "maps/touchpoints",
    "programmes/{project}", "programmes/{project}/report?format=md", "programmes/{project}/report?format=docx",
    "programmes/{project}/report?format=pptx",
)  # fmt: skip
NAMELESS = {"maps/m/evidence", "maps/m/findings", "maps/registers/swot", "maps/m/behind?step=pay"}
"""Those that name no department where all is well."""


def _map() -> dict[str, Any]:
    here, there = WRITTEN
    return {
        "id": "m", "title": "Shopping", "owner": there, "departments": [NAMES], "systems": [SYSTEM],
        "stages": [{"key": "buy", "name": "Buy", "owner": here}],
        "steps": [
            {"key": "look", "stage": "buy", "name": "Look", "entry": ["Product Viewed"], "owner": there,
             "touchpoints": ["shelf"], "moment": "service"},
            {"key": "pay", "stage": "buy", "name": "Pay", "entry": ["Checkout *"], "owner": here, "moment": "service"},
        ],
        "lanes": [
            {"key": "owners", "role": "owners", "kind": "chips", "label": "Owners"},
            {"key": "felt", "role": "feelings", "kind": "curve", "label": "Felt"},
            {"key": "staff", "role": "onstage_people", "label": "Staff"},
            {"key": "behind", "role": "backstage_people", "label": "Behind"},
            {"key": "pains", "role": "pains", "label": "Pains"},
        ],
        "cards": [
            {"key": "asks", "lane": "staff", "step": "look", "text": "Asks", "owner": here, "system": SYSTEM["en"]},
            {"key": "packs", "lane": "behind", "step": "pay", "owner": there},
            {"key": "slow", "lane": "pains", "step": "pay", "kind": "pain", "text": "Slow", "owner": there,
             "evidence": [{"kind": "interview", "quote": "So slow"}]},
            {"key": "idea", "lane": "pains", "step": "pay", "kind": "opportunity", "text": "Faster", "owner": here},
        ],
        "links": [{"key": "sent", "source": "asks", "target": "packs", "kind": "hands_over", "sla": "1h"}],
        "bindings": [{"key": "feel", "lane": "felt", "analysis": "scores", "cadence": "1d",
                      "spec": {"metric": "emotion", "scale": "csat5"}}],
        "scenarios": [{"key": "s", "who": "Parents", "trigger": "Hunger", "goal": "Food"}],
    }  # fmt: skip


def _with_map(ws: Workspace) -> None:
    shelf = {"id": "shelf", "name": {"zh": "货架", "en": "Shelf"}, "owner": WRITTEN[0], "channels": [], "events": []}
    ws.maps.touchpoints.put(shelf)
    made = ws.maps.load(_map() | {"owner": None})
    made.publish("First")
    made.edit("describe", fields={"owner": WRITTEN[1]})


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    yield from shopping(tmp_path_factory, then=_with_map)


@pytest.fixture(scope="module")
def project(ann: Client) -> str:
    made = ann.post("/api/w/shop/programmes", json={"programme": "project-5", "title": "Till"}).json()
    assert ann.patch(f"/api/w/shop/programmes/{made['id']}", json={"map": "m"}).status_code == 200
    return str(made["id"])


def _text(content: bytes) -> str:
    """What a file says; of one that is an archive of XML, all of its parts."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(
            unescape(parts.read(one).decode()) for one in parts.namelist() if one.endswith((".xml", ".rels"))
        )


@pytest.mark.parametrize("address", TOLD)
def test_a_department_is_told_as_the_reader_calls_it(ann: Client, project: str, address: str) -> None:
    for lang, other in (("zh", "en"), ("en", "zh")):
        path = address.format(project=project)
        found = ann.get(f"/api/w/shop/{path}{'&' if '?' in path else '?'}lang={lang}")
        assert found.status_code == 200, found.text
        said = _text(found.content)
        if address == "maps/touchpoints":  # what is edited stands as it is written, beside what it is called
            (one,) = [one for one in found.json()["touchpoints"] if one["id"] == "shelf"]
            assert (one["owner"], one["department"]) == (WRITTEN[0], NAMES[lang])
            continue
        assert NAMES[other] not in said and SYSTEM[other] not in said, (lang, said[:2000])
        assert NAMES[lang] in said or address in NAMELESS, (lang, said[:2000])


def test_one_department_written_in_two_ways_is_one(ann: Client) -> None:
    lists = ann.get(f"{MAPS}/m/lists?lang=en").json()
    assert lists["departments"] == [NAMES["en"]]
    assert [(one["source"], one["target"]) for one in lists["handoffs"]] == [(NAMES["en"], NAMES["en"])]


def test_a_template_names_its_departments_and_systems_in_both_languages(ann: Client) -> None:
    made = ann.post(f"{MAPS}/templates/ecommerce?lang=en", json={})
    id = made.json()["id"]
    told = {lang: ann.get(f"{MAPS}/{id}/export?format=csv&lang={lang}").content.decode() for lang in ("zh", "en")}
    document = made.json()["document"]
    both = [(one["zh"], one["en"]) for one in (*document["departments"], *document["systems"])]
    used = {part.get("owner") for part in (*document["steps"], *document["cards"])}
    assert {en for _, en in both} & used and len(both) > 10
    assert any(zh in told["zh"] for zh, _ in both) and not any(en in told["zh"] for _, en in both if len(en) > 8)
    ann.delete(f"{MAPS}/{id}")
