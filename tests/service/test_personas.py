"""Personas and perspectives over HTTP: written by editors, counted for everybody, and nobody's name in them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lvtu import Workspace
from service.inprocess import Client, InProcess
from service.shopping import said, shopping

SHOP = "/api/w/shop"
FLYER = {
    "name": {"zh": "手机族", "en": "On the phone"}, "traits": [{"zh": "快", "en": "Fast"}],
    "segment": "channel = 'app'", "quote": {"text": "写信给 ann@example.com"},
}  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    def with_segment(ws: Workspace) -> None:
        ws.save_segment("app people", "channel = 'app'", title={"zh": "用应用的人", "en": "App people"})

    told = said("写信给 ann@example.com，太好了", score=5, scale="csat5")
    yield from shopping(tmp_path_factory, told, then=with_segment)


@pytest.fixture(scope="module")
def map_(ann: Client) -> str:
    kept = ann.put(f"{SHOP}/personas/flyer", json={"persona": FLYER})
    assert kept.status_code == 200, kept.text
    return f"{SHOP}/maps/{ann.post(f'{SHOP}/maps/draw', json={}).json()['id']}"


def test_a_persona_is_drafted_kept_counted_and_removed(ann: Client) -> None:
    draft = ann.post(f"{SHOP}/personas/preview?lang=zh", json={"segment": "app people"}).json()
    assert draft["version"] is None and draft["segment"] == "用应用的人"
    assert draft["profile"]["customers"] == 30 and draft["profile"]["of"] == 90
    assert ann.get(f"{SHOP}/personas/{draft['key']}").status_code == 404
    first = ann.put(f"{SHOP}/personas/two", json={"persona": draft["document"]}).json()
    assert first["version"] == 1 and first["edits"] is True
    second = ann.put(
        f"{SHOP}/personas/two", json={"version": 1, "persona": {**draft["document"], "name": "Two"}}
    ).json()
    assert second["version"] == 2
    late = ann.put(f"{SHOP}/personas/two", json={"version": 1, "persona": draft["document"]})
    assert late.status_code == 409 and late.json()["newest"] == 2
    wrong = ann.put(f"{SHOP}/personas/two", json={"persona": {"name": "Two", "color": "red"}})
    assert wrong.status_code == 400 and "color" in wrong.text
    row = next(one for one in ann.get(f"{SHOP}/personas?lang=en").json()["personas"] if one["key"] == "two")
    assert (row["customers"], row["of"], row["segment"], row["initials"]) == (30, 90, "App people", "T")
    assert ann.delete(f"{SHOP}/personas/two").status_code == 204
    assert ann.delete(f"{SHOP}/personas/two").status_code == 404


def test_a_persona_whose_segment_is_unknown_says_so(ann: Client) -> None:
    document = {"name": "Lost", "segment": "in segment 'nobody knows'"}
    kept = ann.put(f"{SHOP}/personas/lost", json={"persona": document}).json()
    assert kept["profile"] is None and "nobody knows" in kept["trouble"]
    row = next(one for one in ann.get(f"{SHOP}/personas").json()["personas"] if one["key"] == "lost")
    assert row["customers"] is None
    ann.delete(f"{SHOP}/personas/lost")


def test_a_map_is_seen_from_a_perspective_and_beside_another(ann: Client, map_: str) -> None:
    plain = ann.get(f"{map_}/answers").json()
    assert plain["who"] is None and plain["beside"] is None
    seen = ann.get(f"{map_}/answers", params={"who": "persona:flyer", "compare": "everybody", "lang": "zh"}).json()
    assert seen["who"] == "手机族" and seen["beside"]["who"] == "全部客户"
    assert seen["beside"]["customers"] == plain["customers"] > seen["customers"]
    assert [one["shown"] for one in seen["beside"]["cells"]] == [
        one["shown"] for one in plain["cells"] if one["lane"] is not None
    ]
    assert {one["lane"] for one in seen["beside"]["gaps"]} <= {"csat5", "sentiment"}
    picture = ann.get(f"{map_}/picture", params={"who": "persona:flyer", "compare": "everybody", "style": "chart"}).text
    assert "On the phone" in picture or "手机族" in picture
    card = ann.get(f"{map_}/picture", params={"who": "persona:flyer", "style": "persona", "lang": "en"}).text
    assert 'data-kind="persona"' in card and "On the phone" in card and "33.3% of 90 customers" in card
    assert "Made up" in card


def test_the_first_persona_of_a_map_is_its_own_in_their_style(ann: Client, map_: str) -> None:
    nobody = ann.get(f"{map_}/picture", params={"style": "persona", "lang": "en"}).text
    assert "No persona is chosen" in nobody
    ann.post(f"{map_}/edits", json={"edit": "describe", "fields": {"personas": ["gone", "flyer"]}})
    found = ann.get(f"{map_}/picture", params={"style": "persona", "lang": "en"}).text
    assert "On the phone" in found and "33.3% of 90 customers" in found
    row = next(one for one in ann.get(f"{SHOP}/personas").json()["personas"] if one["key"] == "flyer")
    assert row["maps"] == 1


def test_who_only_looks_asks_by_name_and_sees_no_identifier(ann: Client, vic: Client, map_: str) -> None:
    assert vic.get(f"{SHOP}/personas").json()["edits"] is False
    assert vic.put(f"{SHOP}/personas/flyer", json={"persona": FLYER}).status_code == 403
    assert vic.post(f"{SHOP}/personas/preview", json={"segment": "app people"}).status_code == 403
    assert "ann@example.com" in ann.get(f"{SHOP}/personas/flyer").text
    assert "ann@example.com" not in vic.get(f"{SHOP}/personas/flyer").text
    for who in ("persona:flyer", "app people", "everybody"):
        assert vic.get(f"{map_}/answers", params={"who": who}).status_code == 200, who
    for params in ({"who": "user_id = 'c0'"}, {"compare": "user_id = 'c0'"}):
        refused = vic.get(f"{map_}/picture", params=params)
        assert refused.status_code in (400, 422) and refused.json()["code"] == "segment_by_name"
    listed = vic.get(f"{SHOP}/customers?limit=1").json()["customers"][0]
    one = vic.get(f"{map_}/answers", params={"who": f"customer:{listed['ref']}"}).json()
    assert one["customers"] == 1 and "c0" not in one["who"]
    assert ann.get(f"{map_}/answers", params={"who": "customer:c0"}).json()["customers"] == 1
    assert ann.get(f"{map_}/answers", params={"who": "customer:nobody"}).status_code == 404
    said = vic.get(f"{map_}/picture", params={"who": "customer:c0", "lang": "en"}).text
    assert "ann@example.com" not in said


def test_what_there_is_not_is_told_with_what_there_is(ann: Client, map_: str) -> None:
    unknown = ann.get(f"{map_}/answers", params={"who": "persona:flier", "lang": "en"})
    assert unknown.status_code in (400, 404, 422) and unknown.json()["known"] == ["flyer"]
    ann.put(f"{SHOP}/personas/idea", json={"persona": {"name": "Idea"}})
    unbound = ann.get(f"{map_}/answers", params={"who": "persona:idea", "lang": "en"})
    assert unbound.status_code in (400, 422) and "nobody has said" in unbound.json()["what"]
    card = ann.get(f"{map_}/picture", params={"who": "persona:idea", "style": "persona", "lang": "en"}).text
    assert (
        "Idea" in card and "everybody’s answers are shown below" in card.replace("\n", " ")
    ) or "Nobody has said" in card
    ann.delete(f"{SHOP}/personas/idea")
