"""Boards and annotations over HTTP: kept, changed by one at a time, answered on one snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.analyses.registry import REGISTRY
from lvtu.catalog.roles import Role
from lvtu.core.segments import as_condition
from lvtu.service.annotations.charts import marked
from lvtu.service.boards.answers import Over, narrowed
from service.inprocess import Client, InProcess, serving

AT, NOTES = "/api/w/shop/boards", "/api/w/shop/annotations"
TREND = {"analysis": "trend", "event": "Paid", "period": "day"}
FUNNEL = {"analysis": "funnel", "steps": ["Visit", "Paid"]}


def visits() -> list[dict[str, Any]]:
    """Customer n visits on day n of March and pays the day after; even ones by the app."""
    rows = []
    for n in range(1, 11):
        channel = "app" if n % 2 == 0 else "web"
        rows += [
            {"user_id": f"c{n}", "event": event, "time": f"2026-03-{n + later:02d}T12:00:00Z", "channel": channel}
            for later, event in enumerate(("Visit", "Paid"))
        ]
    return rows


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "shop") as ws:
        ws.ingest(visits())
        ws.save_segment("apps", "channel = 'app'")
    lvtu.open(home / "hotel").close()
    with serving(home) as app:
        yield app


@pytest.fixture(scope="module")
def client(app: InProcess) -> Client:
    return app.local()


def board(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    tiles = [{"id": f"t{n}", "question": question, "x": 0, "y": 4 * n} for n, question in enumerate(questions)]
    return {"title": {"zh": "销售", "en": "Sales"}, "tiles": tiles, **more}


def made(client: Client, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(AT, json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def answers(client: Client, id: str, **asked: Any) -> dict[str, Any]:
    answer = client.post(f"{AT}/{id}/answers", json=asked, params={"lang": "en"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def paid(answer: dict[str, Any], tile: int = 0) -> int:
    return sum(row["events"] for row in answer["tiles"][tile]["answer"]["table"])


def test_a_board_is_kept_and_changed_by_one_at_a_time(client: Client) -> None:
    kept = made(client, board(TREND))
    assert (kept["version"], kept["name"]) == (1, "Sales")
    assert client.get(f"{AT}/{kept['id']}?lang=zh").json()["name"] == "销售"
    changed = kept["board"] | {"title": {"zh": "订单", "en": "Orders"}}
    answer = client.put(f"{AT}/{kept['id']}", json={"board": changed, "version": 1})
    assert (answer.status_code, answer.json()["version"], answer.json()["name"]) == (200, 2, "Orders")
    answer = client.put(f"{AT}/{kept['id']}", json={"board": kept["board"], "version": 1})
    assert (answer.status_code, answer.json()["code"], answer.json()["newest"]) == (409, "changed_by_another", 2)
    assert client.get(f"{AT}/{kept['id']}").json()["name"] == "Orders", "what lost was not kept"

    copy = client.post(f"{AT}/{kept['id']}/duplicate").json()
    assert (copy["name"], copy["board"]["title"]["zh"]) == ("Orders (copy)", "订单（副本）")
    assert copy["board"]["tiles"] == changed["tiles"]
    ids = [one["id"] for one in client.get(AT).json()]
    assert client.put(f"{AT}/order", json={"ids": ids[::-1]}).status_code == 204
    assert [one["id"] for one in client.get(AT).json()] == ids[::-1]
    third = made(client, board())["id"]
    assert [one["id"] for one in client.get(AT).json()] == [*ids[::-1], third], "new ones come last"
    assert client.put(f"{AT}/order", json={"ids": ids}).json()["code"] == "orders_boards"
    for id in (*ids, third):
        assert client.delete(f"{AT}/{id}").status_code == 204
        assert client.get(f"{AT}/{id}").status_code == client.delete(f"{AT}/{id}").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (board({"analysis": "funnle"}), "unknown_analysis"),
        (board({"analysis": "trend", "perod": "day"}), "unknown_option"),
        (board(segment="channel = "), None),
        (board(range={"since": "2026-02-01", "until": "2026-01-01"}), "range_empty"),
        (board(range={"last": "soon"}), None),
        ({"title": "x", "tiles": [{"id": "a", "question": TREND}] * 2}, "tile_twice"),
        ({"tiles": []}, None),
    ],
)
def test_what_is_no_board_is_refused(client: Client, wrong: dict[str, Any], code: str | None) -> None:
    answer = client.post(AT, json=wrong)
    assert answer.status_code in (400, 422), answer.text
    if code is not None and code != "unknown_option":
        assert answer.json()["code"] == code
    if wrong["tiles"] and code != "tile_twice" and not wrong.get("range"):
        assert answer.json()["tile"] == "t0"


def test_all_tiles_are_narrowed_alike(client: Client) -> None:
    id = made(client, board(TREND, FUNNEL))["id"]
    everything = answers(client, id)
    assert paid(everything) == 10
    assert [row["customers"] for row in everything["tiles"][1]["answer"]["table"]] == [10, 10]
    assert everything["tiles"][0]["answer"]["token"] == everything["tiles"][1]["answer"]["token"] == everything["token"]

    some = answers(client, id, range={"since": "2026-03-03", "until": "2026-03-06"}, segment="apps")
    assert (some["since"], some["until"]) == ("2026-03-03T00:00:00+00:00", "2026-03-06T00:00:00+00:00")
    assert some["segment"] == as_condition("apps")
    assert paid(some) == sum(3 <= n + 1 < 6 for n in range(2, 11, 2))
    first = some["tiles"][1]["answer"]["table"][0]
    assert first["customers"] == sum(3 <= n < 6 for n in (2, 4, 6))
    last = answers(client, id, range={"last": "3d"})
    assert paid(last) == 3, "back from the last event, 11 March, 12:00"
    assert [one["id"] for one in answers(client, id, tiles=["t1"])["tiles"]] == ["t1"]


def test_the_boards_own_range_counts_where_no_other_is_asked(client: Client) -> None:
    id = made(client, board(TREND, range={"last": "3d"}, segment="apps"))["id"]
    assert paid(answers(client, id)) == 2  # customers 8 and 10 pay on the 9th and the 11th
    assert paid(answers(client, id, range={}, segment="")) == 10


def test_a_tile_with_a_period_of_its_own_says_so(client: Client) -> None:
    own = TREND | {"since": "2026-03-02", "until": "2026-03-05"}
    id = made(client, board(own, FUNNEL | {"within": "7d", "where": "channel = 'web'"}))["id"]
    both = answers(client, id, range={"since": "2026-03-04"}, segment="channel = 'app'")
    assert paid(both) == sum(4 <= n + 1 < 5 for n in range(2, 11, 2))
    assert both["tiles"][1]["answer"]["table"][0]["customers"] == 0, "its own condition counts as well"
    apart = answers(client, id, range={"since": "2026-03-06"}, tiles=["t0"])
    assert [note["code"] for note in apart["tiles"][0]["notes"]] == ["tile_own_period"]
    assert paid(apart) == 3


def test_one_tile_that_fails_leaves_the_others(client: Client) -> None:
    id = made(client, board({"analysis": "funnel", "steps": ["Vist"]}, TREND))["id"]
    found = answers(client, id)["tiles"]
    assert (found[0]["problem"]["code"], found[0]["problem"]["status"]) == ("unknown_event", 400)
    assert paid({"tiles": found}, 1) == 10
    found = answers(client, id, segment="in segment nobody_made")["tiles"]
    assert found[1]["notes"][0]["code"] == "tile_not_narrowed"


def test_every_analysis_can_be_narrowed() -> None:
    given: dict[str, dict[str, Any]] = {
        "funnel": {"steps": ["A"]}, "timeline": {"customer": "c"}, "handoffs": {"pairs": ["a -> b"]},
        "attribution": {"goal": "A"}, "metric": {"name": "conversion"}, "segment": {"condition": "did A"},
        "overlap": {"segments": ["did A", "did B"]}, "rfm": {"event": "A"}, "drift": {"segment": "did A"},
        "drivers": {"outcome": "A"},
    }  # fmt: skip
    for name, analysis in REGISTRY.items():
        if name in ("model_change", "handoffs"):
            continue  # their questions hold documents; nobody keeps them on a board
        spec = analysis.spec(**given.get(name, {}))
        spec = narrowed(spec, Over(0, 1_000_000, "did B"), notes := [])
        assert (spec.since, spec.until, spec.where, notes) == (0, 1_000_000, "did B", []), name


def test_who_only_looks(app: InProcess, client: Client) -> None:
    id = made(client, board(TREND, {"analysis": "timeline", "customer": "c1"}))["id"]
    viewer = app.person("v@example.com", shop=Role.viewer)
    found = answers(viewer, id, segment="apps")
    assert paid(found) == 5
    assert found["tiles"][1]["problem"]["code"] == "role_too_small"
    answer = viewer.post(f"{AT}/{id}/answers", json={"segment": "user_id = 'c1'"})
    assert (answer.status_code, answer.json()["code"]) == (400, "segment_by_name")
    for method, address, body in (("POST", AT, board()), ("DELETE", f"{AT}/{id}", None),
                                  ("PUT", f"{AT}/{id}", {"board": board(), "version": 1}),
                                  ("PUT", f"{AT}/order", {"ids": []}), ("POST", f"{AT}/{id}/duplicate", None),
                                  ("POST", NOTES, {"time": "2026-03-01", "text": "x"})):  # fmt: skip
        assert viewer.request(method, address, json=body).status_code == 403, address
    assert client.get(f"/api/w/hotel/boards/{id}").status_code == 404


def test_annotations_are_kept_and_drawn(client: Client) -> None:
    at = "/api/w/shop/annotations"
    kept = client.post(at, json={"time": "2026-03-05T08:00:00+08:00", "text": "new checkout"})
    assert kept.status_code == 201, kept.text
    one = kept.json()
    assert one["time"] == "2026-03-05T00:00:00+00:00"
    client.post(at, json={"time": "2026-03-02", "text": "sale"})
    assert [each["text"] for each in client.get(at).json()] == ["sale", "new checkout"]
    assert [each["text"] for each in client.get(at, params={"since": "2026-03-03"}).json()] == ["new checkout"]
    answer = client.put(f"{at}/{one['id']}", json={"time": one["time"], "text": "checkout 2", "version": 1})
    assert (answer.json()["text"], answer.json()["version"]) == ("checkout 2", 2)
    answer = client.put(f"{at}/{one['id']}", json={"time": one["time"], "text": "late", "version": 1})
    assert answer.status_code == 409

    daily = {"analysis": "metric", "name": "conversion", "period": "day"}
    id = made(client, board(TREND, daily))["id"]
    options = [tile["answer"] and tile["answer"]["chart"] for tile in answers(client, id, range={})["tiles"]]
    drawn = [series["markLine"]["data"] for option in options for series in option["series"]
             if series.get("id") == "annotations"]  # fmt: skip
    assert drawn and [mark["name"] for mark in drawn[0]] == ["sale", "checkout 2"]
    narrow = answers(client, id, range={"since": "2026-03-04"}, tiles=["t0"])["tiles"][0]["answer"]["chart"]
    marks = [series for series in narrow["series"] if series.get("id") == "annotations"]
    assert [mark["name"] for mark in marks[0]["markLine"]["data"]] == ["checkout 2"]
    assert client.delete(f"{at}/{one['id']}").status_code == 204
    assert client.delete(f"{at}/{one['id']}").status_code == 404


def test_a_picture_without_an_axis_of_time_stays_as_it_is() -> None:
    option = {"xAxis": {"type": "category"}, "series": [1]}
    assert marked(option, [], False) == option
    assert marked(None, [], False) is None


def test_the_path_of_a_file_is_no_model(client: Client, tmp_path: Path) -> None:
    model = tmp_path / "secret.yaml"
    model.write_text("key: secret\ntitle: secret\nstages: [{key: a, name: A, entry: Visit}]\n")
    asked = {"analysis": "model_change", "change": str(model)}
    for answer in (
        client.post("/api/w/shop/analyses/model_change", json={"change": str(model)}),
        client.post(AT, json=board(asked)),
    ):
        assert answer.status_code == 400
        assert "secret" not in answer.text
    inside = client.post("/api/w/shop/analyses/model_change", json={"change": model.read_text()}).json()
    assert inside["code"] == "unknown_model" and inside["name"] == "secret"
