"""What nobody means to send is refused like anything else that is wrong, and never by the service failing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.inprocess import Client, served

HALF = '"\\ud800"'
"""Half a character, as JSON may spell it and UTF-8 cannot."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(tmp_path_factory.mktemp("home"), "shop") as client:
        sent = {"writeKey": client.post("/api/w/shop/write-keys").json()["key"], "event": "Seen", "userId": "ann"}
        assert client.post("/v1/track", json=sent).status_code == 200
        yield client


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/w/shop/parse", '{"condition": %s}'),
        ("/api/w/shop/count", '{"where": %s}'),
        ("/api/w/shop/boards", '{"title": %s, "tiles": []}'),
        ("/api/w/shop/annotations", '{"time": "2026-01-01", "text": %s}'),
        ("/api/w/shop/segments/preview", '{"customers": [%s]}'),
        ("/api/w/shop/analyses/funnel", '{"steps": [%s, "B"]}'),
        ("/api/w/shop/analyses/timeline", '{"customer": %s}'),
        ("/api/w/shop/analyses/funnel/explain", '{"spec": {"steps": ["Seen", "Seen"]}, "customer": %s}'),
        ("/api/w/shop/shares", '{"title": %s, "questions": [{"analysis": "trend"}]}'),
        ("/api/w/shop/identity/join/preview", '{"left": {"kind": "a", "id": %s}, "right": {"kind": "a", "id": "b"}}'),
        ("/api/session", '{"email": %s, "password": "xxxxxxxxxxxx"}'),
        ("/v1/track", '{"writeKey": %s, "event": "Seen", "userId": "ann"}'),
    ],
)
def test_half_a_character_is_refused(client: Client, path: str, body: str) -> None:
    answer = client.post(path, content=body % HALF, headers={"Content-Type": "application/json"})
    assert answer.status_code in (200, 400, 401, 404, 422), answer.text
    assert answer.json() is not None


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/api/w/shop/uploads/" + "x" * 300,
        "/api/w/shop/overview?until=0001-01-01T00:00:00Z",
        "/api/w/shop/overview?since=0001-01-01T00:00:00Z",
    ],
)
def test_addresses_mean_something_or_are_refused(client: Client, path: str) -> None:
    assert client.get(path).status_code in (200, 400, 404, 503)


def test_a_made_up_upload_names_no_path(client: Client) -> None:
    answer = client.post("/api/w/shop/identity/proposals", json={"upload": "x" * 100_000})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_upload")
