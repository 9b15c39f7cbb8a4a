"""A key that may send so much a second waits for more, and what became of arrivals is counted."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import httpx

import lvtu
from lvtu.service.app import app_of
from lvtu.service.arrivals.rates import Rates
from lvtu.service.home import Home
from lvtu.store.config import Layout
from lvtu.store.ledger import Ledger
from service.running import basic, track


def test_a_bucket_for_each_key(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    lvtu.open(folder).close()
    config = folder / "lvtu.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"key_rate": 1}))
    ledger = Ledger(Layout(folder).catalog)
    first, second = ledger.write_keys.new(), ledger.write_keys.new()
    ledger.close()
    home = Home(tmp_path)
    app = app_of(home)

    async def talk() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:

            async def send(key: str, messages: int, **more: str) -> tuple[int, str | None]:
                body = {"batch": [track(n, **more) for n in range(messages)]}
                answer = await client.post("/v1/batch", json=body, headers=basic(key))
                return answer.status_code, answer.headers.get("retry-after")

            assert await send(first, 10) == (200, None)
            assert await send(first, 5) == (429, "5")
            assert await send(second, 9, event="") == (200, None)
            assert await send("wk_wrong", 1) == (401, None)
            problem = (await client.post("/v1/track", json=track(1), headers=basic(first))).json()
            assert (problem["code"], problem["status"]) == ("too_many_events", 429)

    home.open()
    (served,) = home.served.values()
    assert served.rates.each == 1
    served.rates = Rates(served.rates.each, lambda: 0.0)  # time stands still
    try:
        asyncio.run(talk())
    finally:
        home.close()
    counted = [line for line in app.state.counts.text().decode().splitlines() if "_created" not in line]
    assert 'lvtu_messages_refused_total{code="missing"} 9.0' in counted
    turned_away = [line for line in counted if line.startswith("lvtu_arrivals_turned_away_total")]
    assert sorted(turned_away) == [
        'lvtu_arrivals_turned_away_total{code="too_many_events"} 2.0',
        'lvtu_arrivals_turned_away_total{code="wrong_write_key"} 1.0',
    ]


def test_a_request_larger_than_the_bucket_passes_in_the_end() -> None:
    now = [0.0]
    rates = Rates(2, lambda: now[0])
    rates.take("key", 100)
    waited = 0
    while waited < 100:
        try:
            rates.take("key", 100)
        except lvtu.LvtuError:
            waited += 1
            now[0] += 1
        else:
            break
    assert waited == 50  # as long as the first hundred take at two a second


def test_without_a_rate_nobody_waits() -> None:
    rates = Rates(0, lambda: 0.0)
    for _ in range(100):
        rates.take("key", 1_000_000)
