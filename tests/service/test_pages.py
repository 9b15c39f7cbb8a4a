"""The web app's files over HTTP: which file answers which address, packed, kept, asked for again."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from lvtu.service import problems
from lvtu.service.pages import endpoints

Get = Callable[..., httpx.Response]

_INDEX, _SCRIPT = b"<!doctype html><title>Lvtu</title>", b"let a = 1;" * 200


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "web/assets").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    found = tmp_path / "web"
    (found / "index.html").write_bytes(_INDEX)
    (found / "assets/index-a1.js").write_bytes(_SCRIPT)
    (found / "assets/index-a1.js.gz").write_bytes(gzip.compress(_SCRIPT))
    (found / ".stamp").write_text("x")
    monkeypatch.setattr(endpoints, "FOLDER", found)
    return found


@pytest.fixture
def get(folder: Path) -> Get:
    app = FastAPI()
    app.include_router(endpoints.router)
    problems.install(app)

    async def asked(path: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://lvtu") as client:
            return await client.get(path, headers=headers)

    def get(path: str, **headers: str) -> httpx.Response:
        return asyncio.run(asked(path, {name.replace("_", "-"): value for name, value in headers.items()}))

    return get


@pytest.mark.parametrize("path", ["/", "/w/shop/explore/funnel?steps=%5B%5D", "/nowhere", "/.stamp", "/w/a.b/overview"])
def test_an_address_of_the_app_is_its_first_page(get: Get, path: str) -> None:
    answer = get(path)
    assert (answer.status_code, answer.content) == (200, _INDEX)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


def test_an_asset_may_be_kept_for_ever(get: Get) -> None:
    answer = get("/assets/index-a1.js", accept_encoding="gzip;q=1, br")
    assert answer.content == _SCRIPT  # unpacked by the client
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    plain = get("/assets/index-a1.js", accept_encoding="identity")
    assert plain.content == _SCRIPT
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"] != answer.headers["etag"]


def test_the_script_of_websites_may_be_kept_for_an_hour(get: Get, folder: Path) -> None:
    (folder / "lvtu.js").write_bytes(_SCRIPT)
    answer = get("/lvtu.js")
    assert (answer.content, answer.headers["cache-control"]) == (_SCRIPT, "public, max-age=3600")
    assert answer.headers["content-type"].startswith("text/javascript")


def test_what_has_not_changed_is_not_sent_again(get: Get, folder: Path) -> None:
    tag = get("/").headers["etag"]
    again = get("/", if_none_match=tag)
    assert (again.status_code, again.content) == (304, b"")
    (folder / "index.html").write_bytes(_INDEX + b"!")
    assert get("/", if_none_match=tag).status_code == 200


@pytest.mark.parametrize("path", ["/api/nothing", "/v1/batch", "/assets/gone-b2.js"])
def test_what_is_no_page_is_not_found(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status_code == 404
    assert answer.json()["code"] == "no_such_address"


@pytest.mark.parametrize("path", ["/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/%2e%2e/%2e%2e/secret.txt"])
def test_nothing_outside_the_build_is_sent(get: Get, path: str) -> None:
    assert b"secret" not in get(path).content


def test_without_a_build_it_says_what_to_do(get: Get, folder: Path) -> None:
    (folder / "index.html").unlink()
    answer = get("/w/shop/overview")
    assert answer.status_code == 503
    assert "make web" in answer.text
