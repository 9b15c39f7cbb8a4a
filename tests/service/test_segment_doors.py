"""A segment is a set of customers, whichever door it comes in by: the same customers, and all of their events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

import lvtu
from lvtu.cli import main
from service.inprocess import Client, InProcess, serving

SHOP = "/api/w/shop"

EVENTS = [
    ("ann", "Seen", "web", 1), ("ann", "Paid", "app", 9), ("ann", "Seen", "web", 2),
    ("bo", "Seen", "app", 3), ("bo", "Paid", "app", 4), ("cy", "Seen", "web", 5),
    ("dee", "Paid", "store", None), ("dee", "Seen", None, 6), ("eve", "Seen", "app", None),
]  # fmt: skip
"""Customer, event, channel, value: some customers have events that fit a condition and others that do not."""


def _some(test: Any) -> Any:
    """Customers with an event for which something is true."""
    return lambda rows: any(test(*row) for row in rows)


SEGMENTS: dict[str, Any] = {
    "channel = 'web'": _some(lambda event, channel, value: channel == "web"),
    "not channel = 'web'": _some(lambda event, channel, value: channel not in ("web", None)),
    "value >= 4": _some(lambda event, channel, value: value is not None and value >= 4),
    "channel is null or value > 8": _some(lambda event, channel, value: channel is None or (value or 0) > 8),
    "did Paid": _some(lambda event, channel, value: event == "Paid"),
    "not did Paid": lambda rows: not any(event == "Paid" for event, *_ in rows),
    "did Paid and channel = 'web'": lambda rows: (
        any(event == "Paid" for event, *_ in rows) and any(channel == "web" for _, channel, _ in rows)
    ),
    "not did Paid or value = 9": lambda rows: (
        not any(event == "Paid" for event, *_ in rows) or any(value == 9 for *_, value in rows)
    ),
    "in segment 'cheap' and did Seen": _some(lambda event, channel, value: value is not None and value < 3),
}
"""Conditions, each with what it means in plain Python, of one customer's events."""

TREND = {"analysis": "trend", "period": "month"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "shop") as ws:
        ws.append(
            [
                {"user_id": who, "event": event, "channel": channel, "value": value, "time": f"2026-03-0{1 + n}"}
                for n, (who, event, channel, value) in enumerate(EVENTS)
            ]
        )
        ws.save_segment("cheap", "value < 3")
    with serving(home) as app:
        yield app


@pytest.fixture(scope="module")
def local(app: InProcess) -> Client:
    return app.local()


def expected(segment: str) -> list[str]:
    lives: dict[str, list[Any]] = {}
    for who, *rest in EVENTS:
        lives.setdefault(who, []).append(tuple(rest))
    return [who for who, rows in lives.items() if SEGMENTS[segment](rows)]


def told(client: Client, method: str, path: str, **more: Any) -> Any:
    answer = client.request(method, f"{SHOP}{path}", **more)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def totals(answer: dict[str, Any]) -> tuple[int, int]:
    """Customers and events of a trend by month within a single one; nobody's has no row."""
    rows = answer["table"]
    return (rows[0]["customers"], rows[0]["events"]) if rows else (0, 0)


def on_a_board(local: Client, segment: str) -> dict[str, Any]:
    board = {"title": "B", "segment": segment, "tiles": [{"id": "t", "question": TREND}]}
    made = told(local, "POST", "/boards", json=board)
    own: dict[str, Any] = told(local, "POST", f"/boards/{made['id']}/answers", json={})["tiles"][0]["answer"]
    plain = told(local, "POST", "/boards", json=board | {"segment": None})
    given = told(local, "POST", f"/boards/{plain['id']}/answers", json={"segment": segment})["tiles"][0]["answer"]
    assert given["table"] == own["table"]
    return own


@pytest.mark.parametrize("segment", SEGMENTS)
def test_every_door_counts_the_same_customers(app: InProcess, local: Client, segment: str) -> None:
    who = expected(segment)
    events = sum(one in who for one, *_ in EVENTS)
    assert 0 < len(who) < 5, "a condition that tells nobody apart tests nothing"

    # Python, and the command line.
    served = app.home.named("shop")
    assert served is not None
    assert served.workspace.segment(segment).customers() == who
    said = CliRunner().invoke(main, ["segment", str(app.home.folder / "shop"), segment, "--json"])
    assert json.loads(said.output)["table"][0]["customers"] == len(who)

    # Counts as one types, the list of customers, the segment before and after it is saved.
    assert told(local, "POST", "/count", json={"segment": segment}) | {"token": ""} == {
        "customers": len(who), "events": events, "token": "",
    }  # fmt: skip
    page = told(local, "GET", "/customers", params={"segment": segment})
    assert (page["total"], sorted(one["id"] for one in page["customers"])) == (len(who), who)
    assert told(local, "POST", "/segments/preview", json={"condition": segment})["customers"] == len(who)
    told(local, "PUT", "/segments/kept", json={"condition": segment})
    assert told(local, "POST", "/count", json={"segment": "kept"})["events"] == events
    listed = told(local, "GET", "/customers")["customers"]
    assert sorted(one["id"] for one in listed if "kept" in one["segments"]) == who

    # Explore: the analysis itself, a filter by the saved one, two of them side by side.
    assert told(local, "POST", "/analyses/segment", json={"condition": segment})["table"][0]["customers"] == len(who)
    explored = told(local, "POST", "/analyses/trend", json={"period": "month", "where": "in segment 'kept'"})
    assert totals(explored) == (len(who), events)
    sides = {"spec": {"period": "month"}, "by": "segments", "a": segment, "b": f"not ({segment})"}
    assert totals(told(local, "POST", "/analyses/trend/compare", json=sides)["a"]) == (len(who), events)
    funnel = {"spec": {"steps": ["Seen"]}, "by": "segments", "a": segment, "b": "kept"}
    both = told(local, "POST", "/analyses/funnel/compare", json=funnel)
    assert both["a"]["table"][0]["customers"] == both["b"]["table"][0]["customers"]
    tested = both["tested"]["table"][0]
    assert tested["customers_a"] == tested["customers_b"] == both["a"]["table"][0]["customers"]

    # The overview, over all the data, and boards: by their own segment, and by the reader's.
    span = {"since": "2026-01-01", "until": "2027-01-01"}
    headline = told(local, "GET", "/overview", params={"segment": segment, **span})["headline"]
    figures = {one["code"]: one["value"] for one in headline}
    assert (figures["customers"], figures["events"]) == (len(who), events)
    assert totals(on_a_board(local, segment)) == (len(who), events)


def test_a_segment_is_said_as_what_it_means(local: Client) -> None:
    """Who types a condition on events sees that it names customers who did such a thing."""
    told_of = told(local, "POST", "/segments/preview?lang=en", json={"condition": "channel = 'web'"})
    assert (told_of["condition"], told_of["said"]) == ("did .[channel = 'web']", "did anything (channel is “Website”)")


def test_segments_that_name_one_another_in_brackets_are_told(local: Client) -> None:
    told(local, "PUT", "/segments/round", json={"condition": "did Paid"})
    told(local, "PUT", "/segments/about", json={"condition": "did .[in segment 'round' and value > 1]"})
    told(local, "PUT", "/segments/round", json={"condition": "did .[in segment 'about' and value > 1]"})
    answer = local.post(f"{SHOP}/count", json={"segment": "about"})
    assert (answer.status_code, answer.json()["code"]) == (400, "segment_of_itself")
    assert told(local, "GET", "/customers")["total"] == 5  # lists go on without it
    told(local, "PUT", "/segments/round", json={"condition": "did Paid"})
