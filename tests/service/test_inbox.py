"""The inbox over HTTP against a plain reading of the rows that were sent in."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.cases import buckets
from contract.questions import MODEL
from lvtu import voice
from lvtu.catalog.roles import Role
from service.asking import Asker
from service.inprocess import InProcess, serving

TEXTS = (
    "房间很干净，服务也好", "太差了，再也不来", "Great crew, thank you!", "Never again. Two hours on hold!",
    "It arrived on Monday",
    "味道不错，但是包装破了", "", None, "👍", "Call me: +86 138 0013 8000, ann@example.com", "ok",
)  # fmt: skip
REPLY = "We are sorry, write to help@example.com"


def rows(number: int, seed: int = 1) -> list[dict[str, Any]]:
    dice = random.Random(seed)
    return [
        {"message_id": f"m{seed}.{at}", "user_id": f"u{dice.randrange(12)}",
         "time": f"2026-0{dice.randrange(1, 4)}-{dice.randrange(1, 28):02d}T{dice.randrange(24):02d}:00:00Z",
         "event": dice.choice(("Review Posted", "Message Sent", "Message Answered", "A")),
         "source": dice.choice(("crm", "shop")),
         "channel": dice.choice(("web", "store", None)), "value": dice.choice((None, 5, 500))}
        | said(dice) for at in range(number)
    ]  # fmt: skip


def said(dice: random.Random) -> dict[str, Any]:
    text = dice.choice(TEXTS)
    return {"text": text, "score": 4.0, "scale": "csat5"} if text and dice.random() < 0.3 else {"text": text}


def answers(row: dict[str, Any]) -> dict[str, Any]:
    """The same row, or, of an event by which somebody is answered, with the reply in place of a text."""
    if row["event"] != "Message Answered":
        return row
    return {**row, "text": None, "score": None, "scale": None, "properties": {"reply": REPLY}}


ROWS = [answers(row) for row in rows(240)]
LATE = [answers(row) for row in rows(60, seed=2)]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    with buckets(4), lvtu.open(home / "shop") as ws:
        ws.ingest(ROWS)
        ws.save_model(MODEL)
        ws.scores(metric="sentiment")
        ws.append(LATE)
    with serving(home) as served:
        yield served


@pytest.fixture(scope="module")
def shop(app: InProcess) -> Asker:
    return Asker(app.local(), "shop")


def order(row: dict[str, Any]) -> tuple[str, str]:
    return row["time"], row["message_id"]


@pytest.fixture(scope="module")
def known() -> list[dict[str, Any]]:
    """All that was said, with what each text says alone and whether an answer came later on the customer's line."""
    found = []
    for row in [*ROWS, *LATE]:
        if not row["text"]:
            continue
        [read] = voice.analyse([row["text"]]).to_pylist()
        mine = sorted((one for one in [*ROWS, *LATE] if one["user_id"] == row["user_id"]), key=order)
        later = mine[mine.index(row) + 1 :]
        found.append(row | read | {"answered": any(one["event"] == "Message Answered" for one in later)})
    return found


FILTERS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "": lambda row: True,
    "sentiment=negative": lambda row: row["label"] == "negative",
    "sentiment=negative&sentiment=positive": lambda row: row["label"] in ("negative", "positive"),
    "sentiment=": lambda row: row["label"] is None,
    "channel=web&source=crm": lambda row: row["channel"] == "web" and row["source"] == "crm",
    "channel=": lambda row: row["channel"] is None,
    "event=A&language=zh": lambda row: row["event"] == "A" and row["language"] == "zh",
    "scale=csat5": lambda row: row.get("scale") == "csat5",
    "answered=yes": lambda row: row["answered"],
    "answered=no&sentiment=negative": lambda row: not row["answered"] and row["label"] == "negative",
    "search=HOLD": lambda row: "hold" in row["text"].casefold(),
    "search=包装": lambda row: "包装" in row["text"],
    "search=nobody says this": lambda row: False,
    "where=value > 100": lambda row: (row["value"] or 0) > 100,
    "since=2026-02-01&until=2026-03-01": lambda row: row["time"].startswith("2026-02"),
    "segment=did A": lambda row: row["user_id"] in {one["user_id"] for one in [*ROWS, *LATE] if one["event"] == "A"},
}  # fmt: skip


def at(asker: Asker, path: str) -> Any:
    """What an address with a query says."""
    return asker.told(asker.http.get(f"{asker.base}{path}"))


def walked(shop: Asker, query: str, limit: int) -> Iterator[dict[str, Any]]:
    """The pages of a filter."""
    after = ""
    while True:
        page = at(shop, f"/inbox?{query}&limit={limit}{after}")
        yield page
        if page["next"] is None:
            return
        after = f"&after={page['next']}"


@pytest.mark.parametrize("query", FILTERS)
def test_pages_hold_what_was_said_newest_first(shop: Asker, known: list[dict[str, Any]], query: str) -> None:
    wanted = [row for row in known if FILTERS[query](row)]
    pages = list(walked(shop, query, 17))
    told = [one for page in pages for one in page["said"]]
    assert sorted(one["message_id"] for one in told) == sorted(row["message_id"] for row in wanted)
    assert [one["time"] for one in told] == sorted((one["time"] for one in told), reverse=True)
    for page in pages:
        assert (page["total"], page["customers"]) == (len(wanted), len({row["user_id"] for row in wanted}))
    rows = {row["message_id"]: row for row in known}
    for one in told:
        row = rows[one["message_id"]]
        assert (one["text"], one["customer"]["id"], one["source"]) == (row["text"], row["user_id"], row["source"])
        assert (one["event"]["key"], one["channel"]["key"]) == (row["event"], row["channel"] or "")
        assert (one["reading"]["label"] or {}).get("key") == row["label"]
        assert (one["score"], one["answered"]) == (row.get("score"), row["answered"])
        assert one["feeling"] == (None if row.get("score") is None else 1.0)


def test_every_filter_says_what_it_would_leave(shop: Asker, known: list[dict[str, Any]]) -> None:
    query = "sentiment=negative&channel=web&channel=store"
    facets = {one["name"]: one["choices"] for one in at(shop, f"/inbox?{query}&lang=zh")["facets"]}

    def tallied(name: str, fits: Callable[[dict[str, Any]], bool]) -> dict[Any, int]:
        return dict(Counter(row.get(name) for row in known if fits(row)))

    def negative(row: dict[str, Any]) -> bool:
        return row["label"] == "negative"

    def there(row: dict[str, Any]) -> bool:
        return row["channel"] in ("web", "store")

    counted = {
        name: {one["value"]: one["texts"] for one in choices if one["texts"]} for name, choices in facets.items()
    }
    assert counted["sentiment"] == tallied("label", there)
    assert counted["channel"] == tallied("channel", negative)
    assert counted["source"] == tallied("source", lambda row: negative(row) and there(row))
    assert counted["language"] == tallied("language", lambda row: negative(row) and there(row))
    yes = sum(row["answered"] for row in known if negative(row) and there(row))
    assert counted["answered"].get("yes", 0) == yes
    titles = {one["value"]: one["title"] for one in facets["sentiment"]}
    assert titles["negative"] == "负面"


def test_other_orders(shop: Asker, known: list[dict[str, Any]]) -> None:
    told = [one["reading"]["sentiment"] for page in walked(shop, "order=worst", 31) for one in page["said"]]
    feelings = [one for one in told if one is not None]
    assert feelings == sorted(feelings) and told[len(feelings) :] == [None] * (len(told) - len(feelings))
    best = [one["reading"]["sentiment"] for one in at(shop, "/inbox?order=best&limit=200")["said"]]
    assert best[: len(feelings)] == feelings[::-1]
    assert at(shop, "/inbox?order=oldest&limit=1")["said"][0]["time"] == min(known, key=order)["time"].replace(
        "Z", "+00:00"
    )


def test_one_text_with_what_made_its_reading_and_what_is_around_it(shop: Asker, known: list[dict[str, Any]]) -> None:
    one = next(one for one in at(shop, "/inbox?limit=200")["said"] if one["text"] == TEXTS[5])
    found = shop.get(f"/inbox/{one['id']}")
    assert {name: found[name] for name in one if name != "reading"} == {n: one[n] for n in one if n != "reading"}
    assert [(word["text"], word["weight"]) for word in found["words"]] == [
        (word["text"], word["weight"]) for word in voice.explain(one["text"])
    ]
    assert all(found["text"][word["start"] : word["end"]] == word["text"] for word in found["words"])
    assert [clause["text"] for clause in found["clauses"]] == ["味道不错", "但是包装破了"]
    mine = sorted((row for row in [*ROWS, *LATE] if row["user_id"] == one["customer"]["id"]), key=order)
    here = next(place for place, row in enumerate(mine) if row["message_id"] == one["message_id"])
    around = [*mine[max(here - 5, 0) : here], *mine[here + 1 : here + 6]]
    told = [*found["before"], *found["after"]]
    assert [(each["event"]["key"], each["text"]) for each in told] == [
        (row["event"], row["text"] or None) for row in around
    ]
    assert {each["reply"] for each in told if each["event"]["key"] == "Message Answered"} <= {REPLY}
    assert {choice["key"] for choice in found["choices"]["label"]} == {"negative", "neutral", "positive"}


def test_a_correction_counts_everywhere_at_once_and_can_be_taken_back(app: InProcess, shop: Asker) -> None:
    one = next(one for one in at(shop, "/inbox?limit=200")["said"] if one["text"] == "It arrived on Monday")
    before, token = at(shop, "/inbox?sentiment=negative")["total"], shop.get("/inbox")["token"]
    spec = {"metric": "sentiment"}
    mean = shop.ask("scores", spec)["table"][0]["value"]
    address = f"{shop.base}/inbox/{one['id']}/reading"
    found = shop.told(shop.http.put(address, json={"label": "negative"}))
    assert found["reading"]["label"]["key"] == "negative" and found["reading"]["sentiment"] == -1.0
    assert found["read"]["label"] == one["reading"]["label"], "what the model read is told too"
    [said] = [said for said in found["reading"]["corrected"] if said["what"] == "label"]
    assert said["value"] == "negative" and said["by"] == app.catalog.people.local().id
    page = at(shop, "/inbox?sentiment=negative")
    assert page["total"] == before + 1 and page["token"] != token
    assert shop.ask("scores", spec)["table"][0]["value"] < mean
    undone = shop.told(shop.http.delete(address))
    assert undone["reading"] == one["reading"]
    assert [step["value"] for step in undone["history"] if step["what"] == "label"] == ["negative", None]
    assert at(shop, "/inbox?sentiment=negative")["total"] == before
    assert shop.ask("scores", spec)["table"][0]["value"] == mean


def test_what_cannot_be_corrected_is_refused(shop: Asker) -> None:
    one = at(shop, "/inbox?limit=1")["said"][0]

    def put(id: str, body: dict[str, Any]) -> tuple[int, str]:
        answer = shop.http.put(f"{shop.base}/inbox/{id}/reading", json=body)
        return answer.status_code, answer.json()["code"]

    assert put(one["id"], {}) == (400, "nothing_corrected")
    assert put(one["id"], {"label": "awful"})[0] == 422
    assert put(one["id"], {"sentiment": 3})[0] == 422
    assert put("99999999", {"label": "neutral"}) == (404, "unknown_message")
    silent = next(row for row in ROWS if not row["text"])["message_id"]
    number = lvtu_number(shop, silent)
    assert put(str(number), {"label": "neutral"}) == (400, "nothing_said")
    assert shop.http.get(f"{shop.base}/inbox/{number}").status_code == 404
    assert shop.http.delete(f"{shop.base}/inbox/{one['id']}/reading").json()["code"] == "not_corrected"
    assert shop.http.get(f"{shop.base}/inbox?after=nowhere").json()["code"] == "no_such_page"
    assert shop.http.get(f"{shop.base}/inbox?where=value >").status_code == 400


def lvtu_number(shop: Asker, message_id: str) -> int:
    """The number of an event, read off its neighbours."""
    for one in at(shop, "/inbox?limit=200")["said"]:
        found = shop.get(f"/inbox/{one['id']}")
        for near in [*found["before"], *found["after"]]:
            if near["text"] is None:
                return int(near["id"])
    raise AssertionError(message_id)


def test_who_only_looks_sees_no_identifier_and_cannot_search_for_one(app: InProcess) -> None:
    viewer = Asker(app.person("viewer@example.com", shop=Role.viewer), "shop")
    page = at(viewer, "/inbox?limit=200")
    assert {one["text"] for one in page["said"]} >= {"Call me: +•••00, a•••@e•••.com"}
    assert not [one for one in page["said"] if one["customer"]["id"].startswith("u1") or "." in one["message_id"]]
    assert "138 0013" not in str(page) and "ann@" not in str(page)
    for search in ("138 0013", "ann@example", "example.com"):
        assert viewer.get("/inbox", search=search)["total"] == 0
    assert viewer.get("/inbox", search="call me")["total"] > 0
    one = next(one for one in page["said"] if one["text"].startswith("Call me"))
    found = viewer.get(f"/inbox/{one['id']}")
    assert "138 0013" not in str(found) and "ann@" not in str(found) and "help@" not in str(found)
    assert viewer.http.get(f"{viewer.base}/inbox?where=user_id = 'u1'").json()["code"] == "role_too_small"
    assert viewer.http.put(f"{viewer.base}/inbox/{one['id']}/reading", json={"label": "neutral"}).status_code == 403


def test_whom_we_forget_is_in_no_inbox(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(ROWS)
    with serving(tmp_path) as served:
        shop = Asker(served.local(), "shop")
        before = at(shop, "/inbox?limit=200&search=e")
        theirs = next(one for one in at(shop, "/inbox?limit=200")["said"] if one["customer"]["id"] == "u3")
        shop.told(shop.http.put(f"{shop.base}/inbox/{theirs['id']}/reading", json={"label": "neutral"}))
        workspace = served.home.named("shop")
        assert workspace is not None
        workspace.workspace.forget("u3")
        page = at(shop, "/inbox?limit=200")
        assert "u3" not in {one["customer"]["id"] for one in page["said"]} and before["total"]
        assert shop.http.get(f"{shop.base}/inbox/{theirs['id']}").status_code == 404
