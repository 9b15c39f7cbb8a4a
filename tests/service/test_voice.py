"""The voice over HTTP: every number of the page is that of the question that it leads to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import lvtu
from lvtu.catalog.roles import Role
from service.inprocess import InProcess, serving

START = datetime(2026, 1, 5, tzinfo=UTC)
MODEL = {
    "key": "stay", "title": {"zh": "住店", "en": "A stay"},
    "stages": [{"key": "come", "name": {"zh": "到店", "en": "Come"}, "entry": {"touchpoints": "desk"}}],
    "touchpoints": [
        {"id": "desk", "name": {"zh": "前台", "en": "Front desk"}, "events": "Desk Rated"},
        {"id": "room", "name": {"zh": "客房", "en": "Room"}, "events": "Room *"},
        {"id": "survey", "name": {"zh": "问卷", "en": "Survey"}, "events": "Recommendation Given"},
    ],
}  # fmt: skip
SCALES = {
    "Desk Rated": ("csat5", 5), "Room Rated": ("csat5", 5), "Room Cleaned": ("clean5", 5),
    "Recommendation Given": ("nps", 10), "Effort Rated": ("effort7", 7),
}  # fmt: skip
SAID = ("The room was dirty and the staff rude", "房间很干净，服务员很热情", "Lovely view, but the breakfast was cold")
ASK = "/api/w/hotel/voice"


def guests(days: int = 250, customers: int = 260) -> list[dict[str, Any]]:
    """Guests who are less and less content with the room; some answers carry weights, some are off their scale."""
    dice = random.Random(7)
    found: list[dict[str, Any]] = []

    def event(who: int, name: str, day: float, **more: Any) -> None:
        time = (START + timedelta(days=day)).isoformat()
        place = "app" if who % 3 else "desk"
        found.append({"message_id": f"m{len(found)}", "user_id": f"c{who}", "event": name, "time": time,
                      "channel": place, **more})  # fmt: skip

    for who in range(customers):
        day = days * who / customers
        mood = dice.random()
        event(who, "Survey Sent", day)
        for name, (scale, top) in SCALES.items():
            if dice.random() < 0.25:
                continue
            fall = 0.6 * day / days if name.startswith("Room") else 0.0
            score = min(max(round(top * (mood + dice.random() - fall)), 1), top)
            score = 99 if dice.random() < 0.01 else score
            said = {"text": SAID[who % 3]} if name == "Room Rated" and who % 4 else {}
            event(who, name, day + 0.2, score=score, scale=scale, weight=dice.choice((None, 0.5, 2.0)), **said)
        if mood > 0.5 or dice.random() < 0.2:
            event(who, "Order Completed", day + 1.0 + dice.random())
        if dice.random() < 0.4:
            event(who, "Order Completed", day - 2.0)
    for who in range(0, customers, 4):
        event(who, "Trouble Told", days * who / customers + 0.3, score=(0, 1, 1, 9)[who // 4 % 4], scale="yesno")
    return found


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "hotel") as ws:
        ws.ingest(guests())
        ws.save_model(MODEL, default=True)
        ws.save_segment("by_app", "did * [channel = 'app']")
    with lvtu.open(home / "quiet") as ws:
        ws.ingest([{"user_id": "x", "event": "Seen", "time": "2026-01-05"}])
    with lvtu.open(home / "yearly") as ws:
        ws.ingest([
            {"user_id": f"{year}-{k}", "event": "Asked", "time": f"{year}-05-05", "time_basis": "order",
             "score": 3 + k % (2 if year == 2026 else 3), "scale": "csat5"}
            for year in (2025, 2026) for k in range(60)
        ])  # fmt: skip
    lvtu.open(home / "empty").close()
    with serving(home) as app:
        yield app


def get(app: InProcess, address: str, **asked: Any) -> dict[str, Any]:
    told = app.local().get(address, params={"lang": "en", **asked})
    assert told.status_code == 200, told.text
    found: dict[str, Any] = told.json()
    return found


def answer(app: InProcess, spec: dict[str, Any], part: str | None = None) -> dict[str, Any]:
    """The answer of a question that the page leads to."""
    of = {name: value for name, value in spec.items() if name != "analysis"}
    told = app.local().post(f"/api/w/hotel/analyses/{spec['analysis']}", json=of, params={"part": part} if part else {})
    assert told.status_code == 200, told.text
    found: dict[str, Any] = told.json()
    return found


def named(rows: list[dict[str, Any]], key: str) -> dict[Any, dict[str, Any]]:
    return {row[key]: row for row in rows}


@pytest.mark.parametrize("by", ["touchpoint", "stage", "event", "channel"])
@pytest.mark.parametrize("more", [{}, {"segment": "by_app"}, {"since": "2026-03-01", "until": "2026-05-01"}])
def test_every_score_is_that_of_its_question(app: InProcess, by: str, more: dict[str, str]) -> None:
    told = get(app, ASK, by=by, **more)
    assert told["state"] == "ok" and told["by"] == by
    assert {one["scale"]: one["metric"] for one in told["scales"]} == {
        "nps": "nps", "csat5": "csat", "effort7": "ces", "clean5": "mean", "yesno": "share", None: "sentiment",
    }  # fmt: skip
    for one in told["scales"]:
        rows = named(answer(app, one["spec"])["table"], by)
        assert [place["key"] for place, score in zip(told["places"], one["places"], strict=True) if score] == [
            place["key"] for place in told["places"] if place["key"] in rows]  # fmt: skip
        for place, score in zip(told["places"], one["places"], strict=True):
            row = rows.get(place["key"])
            assert (score is None) == (row is None)
            if score is not None and row is not None:
                assert (score["value"], score["n"]) == (row["value"], row["n"])
                assert (score["low"], score["high"]) == (row["low"], row["high"])
                assert score["effective_n"] == pytest.approx(row["effective_n"])
        whole = {name: value for name, value in one["spec"].items() if name != "by"}
        (row,) = answer(app, whole)["table"]
        assert (one["score"]["value"], one["score"]["n"], one["score"]["low"]) == (row["value"], row["n"], row["low"])
        if one["metric"] != "sentiment":
            assert (one["response"]["asked"], one["response"]["responded"]) == (row["asked"], row["responded"])
        over = named(answer(app, one["trend_spec"])["table"], "period")
        assert {point["start"]: point["score"]["value"] for point in one["trend"] if point["score"]} == {
            start.replace("Z", "+00:00"): row["value"] for start, row in over.items()}  # fmt: skip
        assert len(one["trend"]) <= 12


def test_changes_are_those_of_the_period_before_and_tested_together(app: InProcess) -> None:
    told = get(app, ASK)
    assert told["period"]["kind"] == "usual" and told["period"]["days"] == 91
    before = told["period"]["before"]
    changes, wholes = [], []
    for one in told["scales"]:
        then = one["spec"] | {"since": before["since"], "until": before["until"]}
        rows = named(answer(app, then)["table"], "touchpoint")
        (whole,) = answer(app, {name: value for name, value in then.items() if name != "by"})["table"]
        scores = [(whole, one["score"]), *(
            (rows.get(place["key"]), score) for place, score in zip(told["places"], one["places"], strict=True) if score
        )]  # fmt: skip
        for row, score in scores:
            assert (score["change"] is None) == (row is None)
            if row is not None:
                assert score["change"]["before"] == row["value"]
                assert score["change"]["difference"] == pytest.approx(score["value"] - row["value"])
                (wholes if row is whole else changes).append(score["change"])
        if one["scale"] == "effort7":
            assert one["lower_is_better"]
    tested = [one for one in (*wholes, *changes) if one["p_value"] is not None]
    assert told["compared"] == len(tested) == 11
    for family in (wholes, changes):  # what all answers on a scale say is no news beside what their places say
        ordered = sorted((one for one in family if one["p_value"] is not None), key=lambda one: one["p_value"])
        least = 1.0
        for rank, one in reversed(list(enumerate(ordered, 1))):  # Benjamini & Hochberg over the whole page
            least = min(least, one["p_value"] * len(ordered) / rank)
            assert one["p_adjusted"] == pytest.approx(least)
    assert told["changed"] == sum(one["changed"] for one in tested) >= 1
    room = next(one for one in told["scales"] if one["scale"] == "csat5")
    fell = room["places"][[place["key"] for place in told["places"]].index("room")]["change"]
    assert fell["worse"] and fell["direction"] == "down"
    assert all(not one["worse"] for one in changes if not one["changed"])


def test_segments_stand_side_by_side(app: InProcess) -> None:
    told = get(app, ASK, by="segment")
    at = [place["key"] for place in told["places"]].index("by_app")
    place, (scale, *_) = told["places"][at], told["scales"]
    assert (scale["scale"], "by" in scale["spec"]) == ("nps", False)
    (row,) = answer(app, scale["spec"] | {"where": place["where"]})["table"]
    assert (scale["places"][at]["value"], scale["places"][at]["n"]) == (row["value"], row["n"])
    (whole,) = answer(app, scale["spec"])["table"]
    assert scale["score"]["n"] == whole["n"] > row["n"]


def test_drivers_are_those_of_the_question(app: InProcess) -> None:
    told = get(app, f"{ASK}/drivers")
    assert told["outcome"] == told["outcomes"][0]["value"] == "event:Recommendation Given"
    assert [one["title"] for one in told["outcomes"]][:1] == ["Would recommend · Survey"]
    same = answer(app, told["spec"])
    assert [(row["key"], row["scale"], row["importance"]["value"], row["n"]) for row in told["rows"]] == [
        (row["driver"], row["scale"], row["importance"], row["n"]) for row in same["table"] if row["importance"]
    ]  # fmt: skip
    assert told["notes"][0]["code"] == "drivers_association"
    cell = told["rows"][0]["cell"]
    asked = {"spec": told["spec"], "cell": cell, "token": told["token"]}
    behind = app.local().post("/api/w/hotel/analyses/drivers/customers", json=asked).json()
    assert behind["total"] == told["rows"][0]["n"]
    again = get(app, f"{ASK}/drivers", outcome="did:again")
    assert (again["spec"]["outcome"], again["spec"]["within"]) == ('did "Order Completed"', "90d")
    wrong = app.local().get(f"{ASK}/drivers", params={"outcome": "did:flown"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "unknown_outcome")


def test_what_happens_after_follows_the_answer(app: InProcess) -> None:
    told = get(app, f"{ASK}/after", scale="csat5")
    ordered = next(one for one in told["outcomes"] if one["key"] == "ordered")
    same = answer(app, ordered["spec"], part="linked")
    assert same["kind"] == "linked" and same["chart"]["title"]["text"]
    assert [(band["band"], band["customers"], band["yes"], band["rate"]["value"], band["lift"])
            for band in ordered["bands"]] == [
        (row["band"], row["customers"], row["yes"], row["rate"], row["lift"]) for row in same["table"]]  # fmt: skip

    events = [(datetime.fromisoformat(one["time"]), one) for one in guests()]
    events.sort(key=lambda pair: pair[0])
    waits = timedelta(days=90)
    rated = {one["user_id"]: (time, one["score"], one["weight"] or 1.0) for time, one in events
             if one.get("scale") == "csat5" and time <= events[-1][0] - waits}  # fmt: skip
    ordering = [(one["user_id"], time) for time, one in events if one["event"] == "Order Completed"]
    yes = {who for who, time in ordering if who in rated and rated[who][0] < time <= rated[who][0] + waits}
    low = {who for who, (_, score, _) in rated.items() if score <= 2}
    band = ordered["bands"][0]
    assert (band["band"], band["customers"], band["yes"]) == ("low", len(low), len(low & yes))
    heavy = {who: weight for who, (_, _, weight) in rated.items()}
    assert ordered["rate"]["value"] == pytest.approx(sum(heavy[who] for who in yes) / sum(heavy.values()))
    assert {"drivers_within", "drivers_young"} <= {note["code"] for note in told["notes"]}
    asked = {"spec": ordered["spec"], "part": "linked", "cell": band["cell"] | {"yes": True}, "token": told["token"]}
    behind = app.local().post("/api/w/hotel/analyses/drivers/customers", json=asked).json()
    assert behind["total"] == band["yes"]


def test_themes_are_those_of_the_question(app: InProcess) -> None:
    told = get(app, f"{ASK}/themes", kind="hotels")
    assert told["state"] == "ok" and told["kinds"][-1]["value"] == "found"
    same = named(answer(app, told["spec"])["table"], "theme")
    assert told["rows"] and told["comments"] > 100
    for row in told["rows"]:
        twin = same[row["key"]]
        assert row["key"].count(".") <= 1
        assert (row["comments"], row["customers"], row["share"]["value"]) == (
            twin["comments"], twin["customers"], twin["share"])  # fmt: skip
        assert (row["feeling"] or {"value": None})["value"] == twin["sentiment"]
        assert all(quote["text"] in SAID for quote in row["quotes"])
        asked = {"spec": told["spec"], "cell": row["cell"], "token": told["token"]}
        behind = app.local().post("/api/w/hotel/analyses/themes/customers", json=asked).json()
        assert behind["total"] == row["customers"]
    ann = app.person("amy@example.com", hotel=Role.viewer)
    seen = ann.get(f"{ASK}/themes", params={"kind": "hotels"}).json()
    assert all(quote["message_id"] is None for row in seen["rows"] for quote in row["quotes"])
    refused = app.local().get(f"{ASK}/themes", params={"kind": "ships"})
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_taxonomy")


def test_without_scores_there_is_one_next_step(app: InProcess) -> None:
    quiet, empty = (get(app, f"/api/w/{name}/voice") for name in ("quiet", "empty"))
    assert (quiet["state"], quiet["next"]["target"]["page"], quiet["scales"]) == ("mute", "start", [])
    assert (empty["state"], empty["next"]["code"], empty["period"]) == ("empty", "bring_data", None)
    for part in ("drivers", "after", "themes"):
        assert [get(app, f"/api/w/{name}/voice/{part}")["state"] for name in ("quiet", "empty")] == ["mute", "mute"]


def test_waves_are_compared_and_an_order_of_the_model_is_said(app: InProcess) -> None:
    told = get(app, "/api/w/yearly/voice")
    assert told["period"]["kind"] == "waves" and told["scales"][0]["score"]["n"] == 60
    assert told["scales"][0]["score"]["change"]["before"] == pytest.approx(2 / 3)
    assert any("the order of touchpoints is the model" in note for note in told["notes"])
    assert get(app, "/api/w/yearly/voice/after")["state"] == "none", "nobody did anything but answer"


def test_those_who_only_look_see_scores_of_named_segments(app: InProcess) -> None:
    ann = app.person("ann@example.com", hotel=Role.viewer)
    assert ann.get(ASK, params={"segment": "by_app"}).json()["state"] == "ok"
    refused = ann.get(f"{ASK}/after", params={"segment": "user_id = 'c1'"})
    assert (refused.status_code, refused.json()["code"]) == (400, "segment_by_name")


def test_themes_begin_with_the_topics_of_the_workspace_and_know_its_codes(
    app: InProcess, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("coded")
    with lvtu.open(home / "hotel") as ws:
        ws.ingest([
            {"user_id": f"c{k}", "event": "Room Rated", "time": f"2026-01-{1 + k % 28:02d}", "score": 1 + k % 5,
             "scale": "csat5", "text": SAID[k % 3], "properties": {"said": ["b"] if k % 4 else ["a", "b"]}}
            for k in range(60)
        ])  # fmt: skip
        ws.voice.use_taxonomy("hotels")
    with serving(home) as own:
        told = get(own, f"{ASK}/themes")
        assert (told["kind"], told["kinds"][0]["value"]) == ("hotels", "hotels")
        assert "codes" not in {one["value"] for one in told["kinds"]}
        with lvtu.open(home / "hotel") as ws:
            ws.voice.use_taxonomy({"name": "Ours", "topics": [
                {"key": "staff", "name": {"zh": "员工", "en": "Staff"}, "keywords": ["staff", "服务员"]}]})  # fmt: skip
            ws.voice.use_codes("said", {"a": {"zh": "甲", "en": "Alpha"}})
        told = get(own, f"{ASK}/themes")
        assert (told["kind"], [row["title"] for row in told["rows"]]) == ("own", ["Staff"])
        inside = [k for k in range(60) if f"2026-01-{1 + k % 28:02d}" < told["spec"]["until"][:10]]
        assert told["rows"][0]["comments"] == sum(k % 3 < 2 for k in inside) > 30
        coded = get(own, f"{ASK}/themes", kind="codes", lang="zh")
        assert [(row["title"], row["comments"]) for row in coded["rows"]] == [
            ("b", len(inside)), ("甲", sum(k % 4 == 0 for k in inside))]  # fmt: skip
        with lvtu.open(home / "hotel") as ws:
            assert ws.voice.taxonomy().startswith("name:")
            ws.voice.use_codes()
            ws.voice.use_taxonomy()
        assert get(own, f"{ASK}/themes")["kind"] == "general"


def quoted(app: InProcess, spec: dict[str, Any], cell: dict[str, Any]) -> dict[str, Any]:
    told = app.local().post(f"{ASK}/quotes", json={"spec": spec, "cell": cell})
    assert told.status_code == 200, told.text
    found: dict[str, Any] = told.json()
    return found


def test_the_words_behind_a_number_are_those_of_who_is_behind_it(app: InProcess) -> None:
    rows = {row["message_id"]: row for row in guests()}
    told = get(app, ASK, by="touchpoint")
    scale = next(one for one in told["scales"] if one["scale"] == "csat5")
    since, until = scale["spec"]["since"][:19], scale["spec"]["until"][:19]

    room = quoted(app, scale["spec"], {"group": "room"})
    assert room["own"] and len({one["text"] for one in room["quotes"]} & set(SAID)) >= 2
    for one in room["quotes"]:
        row = rows[one["message_id"]]
        assert (row["text"], row["user_id"], row["scale"]) == (one["text"], one["customer"], "csat5")
        assert since <= row["time"][:19] < until and one["theme"]
    count = app.local().post("/api/w/hotel/count", json={"where": f"({room['where']}) and text is not null"}).json()
    inside = [row for row in rows.values() if since <= row["time"][:19] < until and "text" in row]
    assert count["events"] >= len(inside) > 20

    # Nobody wrote anything with a recommendation, nor at the survey; at the room others did.
    nps = next(one for one in told["scales"] if one["scale"] == "nps")
    assert quoted(app, nps["spec"], {"group": "survey"}) == {"quotes": [], "own": False, "where": ""}
    effort = dict(scale["spec"], scale="effort7", metric="ces")
    assert not quoted(app, effort, {"group": "room"})["own"]

    drivers = get(app, f"{ASK}/drivers")
    driver = next(row for row in drivers["rows"] if row["key"] == "room" and row["scale"] == "csat5")
    assert quoted(app, drivers["spec"], driver["cell"])["own"]
    after = get(app, f"{ASK}/after", scale="csat5")
    low = quoted(app, after["outcomes"][0]["spec"], after["outcomes"][0]["bands"][0]["cell"])
    assert low["quotes"] and all(rows[one["message_id"]]["score"] <= 2 for one in low["quotes"])

    themes = get(app, f"{ASK}/themes", kind="hotels")
    theme = quoted(app, themes["spec"], themes["rows"][0]["cell"])
    assert {one["message_id"] for one in themes["rows"][0]["quotes"]} <= {one["message_id"] for one in theme["quotes"]}
    asked = {"spec": scale["spec"], "cell": {}}
    assert app.person("vic@example.com", hotel=Role.viewer).post(f"{ASK}/quotes", json=asked).status_code == 403
    wrong = app.local().post(f"{ASK}/quotes", json={"spec": {"analysis": "trend", "event": "Room Rated"}, "cell": {}})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "no_such_cell")
