"""Journey models as documents: what they may say, and what they answer when it makes no sense."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.core.model import JourneyModel, Rule, Text
from lvtu.core.model.behaviours import STANDARD
from lvtu.core.model.channels import SEEDED
from lvtu.core.record import CHANNELS
from lvtu.core.units import DAY
from lvtu.errors import BadInput, LvtuError, UnknownName
from lvtu.store.ledger import Ledger, StoredDocument

SHOP = """
key: shop
title: {zh: 网购, en: Shopping}
channels:
  - {key: live, name: {zh: 直播间, en: Live stream}, online: true}
  - {key: hotline, name: {zh: 客服热线, en: Hotline}, online: false}
touchpoints:
  - id: checkout
    name: {zh: 结算, en: Checkout}
    channels: [web, app, live]
    owner: 电商部
    systems: [oms, payments]
    moment: commercial
    events: [Checkout *, {events: Payment *, channel: [web, app], where: value > 0}]
  - {id: counter, name: {zh: 收银台, en: Counter}, online: false, location: 杭州 1 店, events: {channel: store}}
stages:
  - key: buy
    name: {zh: 购买, en: Buy}
    goal: {zh: 放心买到, en: Buy without worry}
    needs: [{zh: 快, en: Fast}, 安全]
    owner: 电商部
    kpis: [conversion]
    entry: {touchpoints: [checkout, counter]}
    exit: Order Cancelled
behaviours:
  - {key: paid, name: {zh: 支付, en: Paid}, events: Order Completed}
  - {key: churned, name: {zh: 流失, en: Churned}, silent: 180d}
  - {key: loyal, name: {zh: 忠诚, en: Loyal}, repeats: {of: [paid], times: 5}}
"""


def test_a_document_says_what_it_says() -> None:
    model = JourneyModel.load(SHOP)
    checkout, counter = model.touchpoints
    assert checkout.name == Text("结算", "Checkout") and counter.location == Text("杭州 1 店", "杭州 1 店")
    assert checkout.events == (
        Rule(events=("Checkout *",)),
        Rule(events=("Payment *",), channel=("web", "app"), where="value > 0"),
    )
    assert (checkout.moment, counter.moment, checkout.online, counter.online) == ("commercial", "none", None, False)
    stage = model.stages[0]
    assert stage.entry == (Rule(touchpoints=("checkout", "counter")),) and stage.exit == (
        Rule(events=("Order Cancelled",)),
    )
    assert [need.zh for need in stage.needs] == ["快", "安全"]
    assert model.usage("checkout") == model.usage("counter") == ("buy",) and model.usage("other") == ()


def test_standards_stay_where_a_model_says_nothing_else() -> None:
    model = JourneyModel.load(SHOP)
    assert [one.key for one in model.channels] == [*(one.key for one in SEEDED), "live"]
    assert {one.key: one.online for one in model.channels if one.key in ("hotline", "web")} == {
        "web": True, "hotline": False,
    }  # fmt: skip
    assert [one.key for one in model.behaviours] == [*(one.key for one in STANDARD), "loyal"]
    own = {one.key: one for one in model.behaviours}
    assert own["paid"].events == (Rule(events=("Order Completed",)),) and own["churned"].silent == 180 * DAY
    assert own["viewed"] == STANDARD[0]


def test_documents_come_back_as_they_went(tmp_path: Path) -> None:
    model = JourneyModel.load(SHOP)
    assert JourneyModel.load(model.to_yaml()) == model
    assert JourneyModel.load(model.model_dump(mode="json")) == model == JourneyModel.load(model)
    assert "Product Viewed" not in model.to_yaml() and "mini_program" not in model.to_yaml()
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP, encoding="utf-8")
    assert JourneyModel.load(path) == JourneyModel.load(str(path)) == model


def test_the_record_and_the_models_know_the_same_channels() -> None:
    assert {one.key for one in SEEDED} == set(CHANNELS)


TOUCHPOINT: dict[str, Any] = {"id": "t", "name": "T"}
STAGE: dict[str, Any] = {"key": "s", "name": "S", "entry": "A"}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"stagez": []}, "unknown model key 'stagez'; did you mean 'stages'?"),
        ({"stages": [STAGE | {"entri": "A"}]}, "unknown stage key 'entri'; did you mean 'entry'?"),
        ({"stages": [{"key": "s", "name": "S"}]}, "model: stages.0.entry is missing"),
        ({"stages": [STAGE | {"entry": []}]}, "model, at stages.0.entry"),
        ({"stages": [STAGE | {"entry": 5}]}, "model, at stages.0.entry"),
        ({"stages": [STAGE, STAGE]}, "stage 's' is there twice"),
        ({"stages": [STAGE | {"key": "my stage"}]}, "'my stage' cannot be a key"),
        ({"stages": [STAGE | {"entry": {"event": "A"}}]}, "unknown rule key 'event'; did you mean 'events'?"),
        ({"stages": [STAGE | {"entry": {}}]}, "an empty rule fits nothing"),
        ({"stages": [STAGE | {"entry": {"where": "value >"}}]}, "value >"),
        ({"stages": [STAGE | {"entry": {"where": "touchpoint = 't'"}}]}, "the rule reads touchpoint"),
        ({"stages": [STAGE | {"entry": {"touchpoints": "tt"}}], "touchpoints": [TOUCHPOINT]},
         "there is no touchpoint 'tt', but stages use it: s; did you mean 't'?"),
        ({"stages": [STAGE | {"name": {"zh": "阶段"}}]}, "model: stages.0.name.en is missing"),
        ({"stages": [STAGE | {"name": {"zh": "阶段", "en": "Stage", "de": "Stufe"}}]}, "stages.0.name.de"),
        ({"touchpoints": [TOUCHPOINT, TOUCHPOINT]}, "touchpoint 't' is there twice"),
        ({"touchpoints": [TOUCHPOINT | {"channels": "mini_progam"}]}, "did you mean 'mini_program'?"),
        ({"touchpoints": [TOUCHPOINT | {"events": {"channel": "wechatt"}}]}, "did you mean 'wechat'?"),
        ({"touchpoints": [TOUCHPOINT | {"location": "Hangzhou"}]}, "has a location but is not offline"),
        ({"touchpoints": [TOUCHPOINT | {"moment": "big"}]}, "model, at touchpoints.0.moment"),
        ({"touchpoints": [TOUCHPOINT | {"events": {"touchpoints": "t"}}]}, "names touchpoints"),
        ({"behaviours": [{"key": "b", "name": "B"}]}, "'b' needs exactly one definition"),
        ({"behaviours": [{"key": "b", "name": "B", "events": "A", "silent": "9d"}]}, "exactly one definition"),
        ({"behaviours": [{"key": "b", "name": "B", "repeats": {"of": "payd"}}]}, "did you mean 'paid'?"),
        ({"behaviours": [{"key": "b", "name": "B", "repeats": {"of": "churned"}}]}, "unknown behaviour 'churned'"),
        ({"behaviours": [{"key": "b", "name": "B", "silent": "soon"}]}, "'soon' is not a duration"),
        ({"channels": [{"key": "c", "name": "C"}]}, "model: channels.0.online is missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(parts: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as caught:
        JourneyModel.load({"key": "m", "title": "M", **parts})
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [("no-such-file", "no model 'no-such-file'"), ("a: [", "is neither YAML nor JSON"), ([], "is a document")],
)
def test_what_is_no_document(given: Any, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        JourneyModel.load(given)


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [("Order *", ["Order Paid", "Order "]), ("*Paid", ["Order Paid", "Paid"]), ("O*r*d", ["Order Paid"]),
     ("a.b", ["a.b"]), ("a*b", ["a.b"]),
     ("*", ["Order Paid", "Order ", "Paid", "a.b"]), ("order *", []), ("Order", [])],
)  # fmt: skip
def test_patterns_of_names(pattern: str, fits: list[str]) -> None:
    assert Rule(events=pattern).names(["Order Paid", "Order ", "Paid", "a.b"]) == fits


# In a workspace.


def test_every_save_is_a_version_that_stays(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        assert ws.models() == []
        first = ws.save_model(SHOP)
        second = ws.save_model({"key": "shop", "title": "Shop 2"})
        other = ws.save_model({"key": "after", "title": {"zh": "售后", "en": "After sales"}})
        assert [(m.key, m.version) for m in (first, second, other)] == [("shop", 1), ("shop", 2), ("after", 1)]
    with lvtu.open(tmp_path / "w") as ws:
        assert ws.model("shop", 1) == first and ws.model("shop") == ws.model() == second
        assert ws.model("after") == other
        listed = [(m["key"], m["version"], m["title"]["zh"], m["default"]) for m in ws.models()]
        assert listed == [("after", 1, "售后", False), ("shop", 2, "Shop 2", True)]
        again = ws.save_model(first)  # an older one brought back is a new version, of the same words
        assert again.version == 3 and again == first.model_copy(update={"version": 3})
        ws.save_model(other, default=True)
        assert ws.model().key == "after" and ws.model().version == 2
        with pytest.raises(UnknownName, match="unknown model 'shopp'; did you mean 'shop'"):
            ws.model("shopp")
        with pytest.raises(BadInput, match="'shop' has no version 9"):
            ws.model("shop", 9)


def test_a_copy_is_checked_when_it_is_saved(tmp_path: Path) -> None:
    model = JourneyModel.load(SHOP)
    with lvtu.open(tmp_path / "w") as ws:
        with pytest.raises(LvtuError, match="there is no touchpoint 'checkout', but stages use it: buy"):
            ws.save_model(model.model_copy(update={"touchpoints": model.touchpoints[1:]}))
        assert ws.models() == []


def test_the_books_of_models(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "catalog.sqlite")
    assert [ledger.add_document("model", key, time, {"n": time}) for key, time in (("b", 1), ("a", 2), ("b", 3))] == [
        1,
        1,
        2,
    ]
    assert ledger.documents("model", "b") == [
        StoredDocument("model", "b", 1, 1, {"n": 1}),
        StoredDocument("model", "b", 2, 3, {"n": 3}),
    ]
    assert [one[1:3] for one in ledger.documents("model")] == [("a", 1), ("b", 1), ("b", 2)]
    ledger.close()
