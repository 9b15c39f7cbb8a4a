"""The events of a simulation: the record's fields, a plausible retailer, and the same again for the same seed."""

from __future__ import annotations

import importlib
import json
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

import lvtu
from lvtu.core.model import JourneyModel
from lvtu.core.record import RECORD
from lvtu.errors import BadInput, UnknownName
from unit.simulator.simulations import Simulated, of

CHANNELS = {"web", "app", "mini_program", "store", "hotline", "email", "social", "courier"}
SCALES = {"nps": (0, 10), "csat5": (1, 5), "ces7": (1, 7), "stars5": (1, 5)}
SYSTEMS = {"shop", "till", "campaigns", "logistics", "care", "surveys", "social"}


def test_it_is_the_record(usual: Simulated) -> None:
    events, _ = usual
    assert events.schema == RECORD
    assert pc.count_distinct(events["message_id"]).as_py() == events.num_rows
    assert set(events["channel"].unique().to_pylist()) == CHANNELS
    assert set(events["source"].unique().to_pylist()) == {f"simulated:{one}" for one in SYSTEMS}
    assert set(events["currency"].unique().to_pylist()) == {None, "CNY", "USD", "EUR"}
    assert not pc.any(pc.and_(pc.is_null(events["user_id"]), pc.is_null(events["anonymous_id"]))).as_py()
    year = pc.year(pc.assume_timezone(events["time"].cast(pa.timestamp("us")), "UTC"))
    assert set(year.unique().to_pylist()) <= {2024, 2025}
    assert pc.min(pc.subtract(events["received_at"].cast(pa.int64()), events["time"].cast(pa.int64()))).as_py() > 0


def test_every_event_says_that_it_is_simulated(usual: Simulated) -> None:
    assert all(json.loads(text)["simulated"] is True for text in usual[0]["properties"].to_pylist())


def test_scores_are_on_their_scales(usual: Simulated) -> None:
    scored = usual[0].filter(pc.is_valid(usual[0]["score"]))
    assert set(scored["scale"].unique().to_pylist()) == set(SCALES)
    for scale, (low, high) in SCALES.items():
        scores = of(scored, *scored["event"].unique().to_pylist(), scale=scale)["score"].to_numpy()
        assert low <= scores.min() < (low + high) / 2 < scores.max() <= high
        assert np.array_equal(scores, np.round(scores))


def test_texts_have_a_language(usual: Simulated) -> None:
    events, truth = usual
    said = events.filter(pc.is_valid(events["text"]))
    assert said["message_id"].to_pylist() == truth.texts["message_id"].to_pylist()
    assert said["language"].to_pylist() == truth.texts["language"].to_pylist()
    assert events.filter(pc.is_null(events["text"]))["language"].null_count == events.num_rows - said.num_rows
    users = dict(zip(truth.customers["customer"].to_pylist(), truth.customers["language"].to_pylist(), strict=True))
    assert [users[one] for one in truth.texts["customer"].to_pylist()] == truth.texts["language"].to_pylist()


def test_money_is_kept_apart_by_currency(usual: Simulated) -> None:
    events, truth = usual
    paid = of(events, "Order Completed", "Order Refunded")
    theirs = dict(zip(truth.customers["customer"].to_pylist(), truth.customers["currency"].to_pylist(), strict=True))
    assert paid["currency"].to_pylist() == [theirs[one] for one in paid["user_id"].to_pylist()]
    assert pc.min(paid["value"]).as_py() > 0
    chinese = [one for one in truth.customers.to_pylist() if one["language"] == "zh"]
    assert {one["currency"] for one in chinese} == {"CNY"}


def test_the_same_seed_makes_the_same_bytes() -> None:
    def made(seed: int) -> bytes:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, RECORD) as writer:
            writer.write_table(lvtu.simulate(customers=40, seed=seed)[0])
        return bytes(sink.getvalue())

    assert made(5) == made(5)
    assert made(5) != made(6)


def test_more_customers_change_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("lvtu.simulator.simulate"), "BLOCK", 50)
    few, some, many = (lvtu.simulate(customers=n, seed=3) for n in (20, 60, 120))
    for (fewer, truth), (more, wider) in ((few, some), (some, many)):
        assert more.slice(0, fewer.num_rows) == fewer
        assert wider.customers.slice(0, truth.customers.num_rows) == truth.customers
        assert wider.texts.slice(0, truth.texts.num_rows) == truth.texts
    assert many[1].customers["customer"].to_pylist() == [f"c3-{n:06d}" for n in range(1, 121)]


def test_it_goes_in_without_a_refusal(ws: Any, usual: Simulated) -> None:
    events, _ = usual
    assert (ws.report.accepted, ws.report.rejected, ws.report.duplicates) == (events.num_rows, 0, 0)
    assert ws.ingest(events).duplicates == events.num_rows, "again"


def test_the_stages_are_a_funnel(ws: Any, usual: Simulated) -> None:
    model = usual[1].model
    assert JourneyModel.load(model.to_yaml()) == model
    table = ws.stages().table.to_pylist()
    assert [row["stage"] for row in table] == list(usual[1].stages)
    reached = [row["customers"] for row in table]
    assert all(a > b > 0 for a, b in pairwise(reached))
    unplaced = ws.sql("select distinct event from events")["event"].to_pylist()
    named = {name for point in model.touchpoints for rule in point.events for name in rule.names(unplaced)}
    assert named == set(unplaced), "every event belongs to a touchpoint"
    for part in ("stage", "touchpoint", "channel"):
        assert all(text.zh != text.en or text.en == "App" for text in model.names(part).values())


def test_a_third_of_those_who_are_asked_answer(ws: Any, usual: Simulated) -> None:
    """As planned, counted here apart: 0.3 of the surveys sent."""
    sent, given = (of(usual[0], name).num_rows for name in ("Survey Sent", "Recommendation Given"))
    assert abs(given / sent - 0.3) < 3.5 * (0.3 * 0.7 / sent) ** 0.5
    (row,) = ws.scores(metric="nps", event="Recommendation Given").table.to_pylist()
    assert row["asked"] == len(set(of(usual[0], "Survey Sent")["user_id"].to_pylist()))
    assert 0.3 < row["response_rate"] < 0.6, "of customers, some of whom were asked several times"


def test_it_could_be_a_retailer(usual: Simulated) -> None:
    events, _ = usual
    visits = of(events, "Page Viewed").num_rows
    orders = of(events, "Order Completed")
    assert 30 < events.num_rows / 2000 < 60
    online = orders.filter(pc.not_equal(orders["channel"], "store")).num_rows
    assert 0.02 < online / visits < 0.07
    buyers = orders.group_by("user_id").aggregate([([], "count_all")])["count_all"].to_numpy()
    assert 0.2 < (buyers > 1).mean() < 0.5
    scores = of(events, "Recommendation Given")["score"].to_numpy()
    assert 15 < 100 * ((scores > 8).mean() - (scores < 7).mean()) < 50
    returned = of(events, "Order Refunded").num_rows / orders.num_rows
    assert 0.02 < returned < 0.15
    local = events["time"].to_pandas().dt.tz_convert(ZoneInfo("Asia/Shanghai"))
    chinese = np.array([one is not None and one == "CNY" for one in events["currency"].to_pylist()])
    hours = np.bincount(local[chinese].dt.hour, minlength=24)
    assert hours.argmax() in (20, 21, 22)
    assert hours[2:6].sum() < 0.05 * hours.sum()


@pytest.mark.parametrize("given", [{"customers": 0}, {"seed": -1}, {"pains": ["checkout"]}])
def test_what_cannot_be_simulated(given: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        lvtu.simulate(**({"customers": 5} | given))


@pytest.mark.parametrize(("pain", "known"), [(("chekout", "annoy"), "checkout"), (("checkout", "anoy"), "annoy")])
def test_unknown_pains_name_the_known(pain: tuple[str, str], known: str) -> None:
    with pytest.raises(UnknownName) as caught:
        lvtu.Pain(*pain)
    assert known in str(caught.value.hint)
    assert known in caught.value.known


@pytest.mark.parametrize("text", ["checkout", "checkout:annoy:much", "checkout:annoy:0.5:1", "checkout:annoy:2"])
def test_misspelt_pains(text: str) -> None:
    with pytest.raises(BadInput):
        lvtu.Pain.read(text)
    assert lvtu.Pain.read("checkout:annoy") == lvtu.Pain("checkout", "annoy", 1.0)


def test_a_pain_that_never_hurts() -> None:
    with pytest.raises(BadInput) as caught:
        lvtu.Pain("cart", "wait", 1, since="2025-05-01", until="2025-04-01")
    assert caught.value.code == "pain_never"
