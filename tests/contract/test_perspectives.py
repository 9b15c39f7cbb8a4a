"""Maps from a perspective, two of them beside each other, and personas: counted once more by hand."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

import lvtu
from lvtu.core.units import instant
from lvtu.errors import BadExpression, BadInput, UnknownName
from lvtu.maps import Map
from lvtu.workspace import Workspace
from naive import whose
from unit.maps.shop import MODEL, START, events

STEP = {
    "Home Viewed": "home", "Product Viewed": "product", "Product Rated": "product", "Checkout Started": "checkout",
    "Checkout Rated": "checkout", "Delivery Made": "delivery", "Delivery Rated": "delivery",
    "Parcel Opened": "parcel-opened",
}  # fmt: skip


def rows() -> list[dict[str, Any]]:
    """The shop's, and forty customers of an app who love its checkout; some spend, some go back and forth."""
    dice = random.Random(5)
    found = [dict(one) for one in events()]
    for place, one in enumerate(found):
        if one["event"] == "Checkout Started" and place % 3:
            one |= {"value": round(dice.uniform(10, 90), 2), "currency": "CNY"}

    def event(who: str, name: str, hour: float, day: int, **more: Any) -> None:
        time = START + timedelta(days=day, hours=hour)
        found.append({"message_id": f"a{len(found)}", "user_id": who, "event": name, "time": time.isoformat(),
                      "channel": "app", **more})  # fmt: skip

    for number in range(40):
        who, day = f"a{number}", number % 80
        event(who, "Product Viewed", 0, day)
        event(who, "Checkout Started", 1, day, value=200.0 + number, currency="CNY")
        event(who, "Product Viewed", 1.2, day)
        event(who, "Checkout Rated", 2, day, score=dice.randint(4, 5), scale="csat5")
    return found


ALL = rows()
ZONE = "2026-03-22T00:00:00Z"


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with lvtu.open(tmp_path_factory.mktemp("whose") / "shop") as ws:
        ws.ingest(ALL)
        ws.save_model(MODEL)
        ws.save_segment("app people", "channel = 'app'", title={"zh": "用应用的人", "en": "App people"})
        ws.personas.save(
            {"key": "app", "name": {"zh": "手机族", "en": "On the phone"}, "segment": "in segment 'app people'"}
        )
        yield ws


@pytest.fixture(scope="module")
def map_(ws: Workspace) -> Map:
    return ws.maps.autodraw(since="2026-01-01", until="2026-04-01")


def step(row: whose.Row) -> str | None:
    return STEP.get(row["event"])


def of_app(row: whose.Row) -> bool:
    return row["user_id"] in {one["user_id"] for one in ALL if one["channel"] == "app"}


APP = [one for one in ALL if of_app(one)]
REST = [one for one in ALL if not of_app(one)]


def scores(some: list[dict[str, Any]], at: str) -> list[float]:
    return [one["score"] - 3 for one in some if "score" in one and STEP[one["event"]] == at]


@pytest.mark.parametrize("who", [None, "app people", "persona:app", "channel = 'app'"])
def test_what_a_perspective_says_is_that_of_its_customers_events(map_: Map, who: str | None) -> None:
    found, given = map_.answers(who), ALL if who is None else APP
    reached = defaultdict(set)
    for one in given:
        reached[STEP[one["event"]]].add(one["user_id"])
    assert {key: value.n for key, value in found.volume.items()} == {key: len(some) for key, some in reached.items()}
    assert found.customers == len({one["user_id"] for one in given})
    for name, told in (("ways", found.ways), ("starts", found.starts), ("ends", found.ends)):
        expected = getattr(whose, name)(given, step)
        assert {key: (value.value, value.n) for key, value in told.items()} == expected
    for key, value in found.values["csat5"].items():
        assert value.n == len(scores(given, key)) and value.value == pytest.approx(fmean(scores(given, key)))
    assert (found.whose and found.whose.en) == {
        None: None, "app people": "App people", "persona:app": "On the phone", "channel = 'app'": "channel is “app”",
    }[who]  # fmt: skip


def test_one_customers_map_shows_their_own_events_and_no_others(map_: Map, ws: Workspace) -> None:
    mine = [one for one in ALL if one["user_id"] == "c7"]
    found = map_.answers("customer:c7")
    assert found.customers == 1 and set(found.volume) == {STEP[one["event"]] for one in mine}
    assert {key: (value.value, value.n) for key, value in found.ways.items()} == whose.ways(mine, step)
    for key, value in found.values.get("csat5", {}).items():
        assert (
            value.few and value.value == pytest.approx(fmean(scores(mine, key))) and value.n == len(scores(mine, key))
        )
    said = {one["text"] for one in mine if "text" in one}
    assert {one.text for some in found.quotes.values() for one in some} == said
    assert found.whose is not None and "c7" not in found.whose.en and "c7" not in map_.svg(who="customer:c7")
    again = map_.answers(f"customer:~{_event(ws, 'c7')}")
    assert again.volume == found.volume and again.values == found.values
    widened = ws.maps.load(map_.document.model_copy(update={"id": "ever", "since": None, "until": None}))
    span = widened.answers("customer:c7").period
    assert span == (min(instant(one["time"]) for one in mine), max(instant(one["time"]) for one in mine) + 1)


def _event(ws: Workspace, customer: str) -> int:
    from lvtu.store.journeys.find import place_of

    block, line = place_of(ws.snapshot(), customer)
    return int(block.column("event_id")[int(block.column("offsets")[line])])


@pytest.mark.parametrize("other", ["everybody", "not channel = 'app'"])
def test_two_beside_each_other_differ_where_welch_says_so_after_false_discovery_control(map_: Map, other: str) -> None:
    against = "everybody" if other == "everybody" else "did .[channel = 'web'] and not did .[channel = 'app']"
    found = map_.answers("persona:app", against)
    assert found.beside is not None and found.beside.whose is not None
    assert found.beside.customers == len({one["user_id"] for one in (ALL if other == "everybody" else REST)})
    steps = [key for key in found.values["csat5"] if len(scores(APP, key)) > 4 and len(scores(REST, key)) > 4]
    assert set(found.gaps["csat5"]) == {key for key in found.values["csat5"] if scores(REST, key)}
    for key in steps:
        gap = found.gaps["csat5"][key]
        assert gap.difference == pytest.approx(fmean(scores(APP, key)) - fmean(scores(REST, key)))
    raw = [whose.p_of_means(scores(APP, key), scores(REST, key)) for key in steps]
    told = [found.gaps["csat5"][key].significant for key in steps]
    assert told == [
        p <= 0.05 for p in whose.adjusted([*raw, *[1.0] * len(found.gaps.get("sentiment", {}))])[: len(raw)]
    ]
    assert any(told) and not all(told), "the checkout differs, the product page does not"
    assert all(value.before is None for some in found.values.values() for value in some.values())
    picture = map_.svg(style="chart", language="en", answers=found)
    assert "≠" in picture and "On the phone" in picture and 'data-kind="gap"' in picture


def test_the_two_differ_among_those_who_are_an_actor_where_welch_says_so(map_: Map, ws: Workspace) -> None:
    """Two actors' steps are one family; each is tested at the steps that it takes."""
    ws.save_segment("rated", "did 'Product Rated' or did 'Checkout Rated'")
    drawn = ws.maps.load(map_.document.model_copy(update={"id": "actors"}))
    drawn.edit("put", part="actors", made=[
        {"key": "rater", "name": "Who rates", "persona": "rated"}, {"key": "all", "name": "All", "persona": "app"},
    ])  # fmt: skip
    for key in ("product", "checkout"):
        drawn.edit("change", part="steps", key=key, fields={"actors": ["rater"]})
    against = "did .[channel = 'web'] and not did .[channel = 'app']"
    found = drawn.answers("app people", against)
    raters = {one["user_id"] for one in ALL if one["event"] in ("Product Rated", "Checkout Rated")}
    sides = [[one for one in some if one["user_id"] in raters] for some in (APP, REST)]
    steps = [key for key in ("product", "checkout") if all(len(scores(some, key)) > 4 for some in sides)]
    assert set(found.gaps["rater"]) == set(steps) and "all" not in found.gaps, "that actor takes no step"
    adjusted = whose.adjusted([whose.p_of_means(*(scores(some, key) for some in sides)) for key in steps])
    told = {key: found.gaps["rater"][key] for key in steps}
    assert [one.significant for one in told.values()] == [p <= 0.05 for p in adjusted]
    for key, gap in told.items():
        assert gap.difference == pytest.approx(fmean(scores(sides[0], key)) - fmean(scores(sides[1], key)))
    assert any(one.significant for one in told.values())
    picture = drawn.svg(type="role", language="en", answers=found)
    assert 'data-kind="gap" data-key="rater/checkout"' in picture


def test_who_is_in_both_is_counted_and_said(map_: Map) -> None:
    both = {one["user_id"] for one in APP} & {one["user_id"] for one in ALL if one["event"] == "Delivery Made"}
    found = map_.answers("channel = 'app'", "did 'Delivery Made'")
    assert [note.values["customers"] for note in found.notes if note.code == "overlap_customers"] == [len(both)]


def test_what_there_is_not_is_refused_with_what_there_is(map_: Map, ws: Workspace) -> None:
    for who, error, said in (
        ("persona:ap", UnknownName, "unknown persona 'ap'; did you mean 'app'"),
        ("app peeple", BadExpression, "peeple"), ("in segment 'no'", UnknownName, "unknown segment 'no'"),
        ("customer:nobody", UnknownName, "nobody"),
    ):  # fmt: skip
        with pytest.raises(error, match=said):
            map_.answers(who)
    ws.personas.save({"key": "idea", "name": "Idea"})
    with pytest.raises(BadInput, match="nobody has said which customers 'Idea' stands for"):
        map_.answers("persona:idea")
    ws.personas.remove("idea")


# Personas


def test_a_profile_is_counted_from_the_events_of_its_customers(ws: Workspace) -> None:
    found = ws.personas.profile("app")
    inside, outside = ({one["user_id"] for one in some} for some in (APP, REST))
    assert (found.customers, found.everyone) == (len(inside), len(inside | outside))
    p: list[float] = []
    for kind, value in (("channel", lambda one: one["channel"]), ("touchpoint", lambda one: _touchpoint(one))):
        for name in sorted({value(one) for one in ALL} - {None}):
            here = len({one["user_id"] for one in APP if value(one) == name})
            there = len({one["user_id"] for one in REST if value(one) == name})
            p.append(whose.p_of_shares(here, len(inside), there, len(outside)))
            told = next((one for one in found.traits if (one.kind, one.name) == (kind, name)), None)
            if told is not None:
                assert (told.customers, told.share) == (here, here / len(inside))
                assert told.others == there / len(outside)
                by_hand = whose.lift(here, len(inside), there, len(outside))
                if by_hand is not None:
                    assert (told.lift, told.low, told.high) == pytest.approx(by_hand)
    last = max(instant(one["time"]) for one in ALL)
    felt = [p_ for p_ in (one.p_adjusted for one in found.feelings) if p_ is not None]
    spent = [[sum(one.get("value", 0.0) for one in ALL if one["user_id"] == who) for who in sorted(some)]
             for some in (inside, outside)]  # fmt: skip
    (money,) = found.money
    assert money.currency == "CNY" and last
    assert (money.value.value, money.others) == pytest.approx((fmean(spent[0]), fmean(spent[1])))
    half = (
        1.959963984540054
        * (sum((x - fmean(spent[0])) ** 2 for x in spent[0]) / (len(spent[0]) - 1) / len(spent[0])) ** 0.5
    )
    assert money.value.high == pytest.approx(money.value.value + half)
    assert found.compared == len(p) + len(felt) + 1
    web = next(one for one in found.traits if one.name == "web")
    assert web.significant and web.share == 0 and web.lift == 0


def _touchpoint(row: dict[str, Any]) -> str | None:
    at = STEP[row["event"]]
    return None if at == "parcel-opened" else at


def test_false_discovery_control_is_over_everything_that_is_compared(ws: Workspace) -> None:
    found = ws.personas.profile("app")
    told = [*found.traits, *found.feelings, *found.money]
    for one in told:
        assert one.significant == (one.p_adjusted is not None and one.p_adjusted <= 0.05)
    inside, outside = ({one["user_id"] for one in some} for some in (APP, REST))
    raw = [whose.p_of_shares(len({one["user_id"] for one in APP if value(one) == name}), len(inside),
                             len({one["user_id"] for one in REST if value(one) == name}), len(outside))
           for value in (lambda one: one["channel"], _touchpoint)
           for name in sorted({value(one) for one in ALL} - {None})]  # fmt: skip
    names = [
        name
        for value in (lambda one: one["channel"], _touchpoint)
        for name in sorted({value(one) for one in ALL} - {None})
    ]
    spent = [[sum(one.get("value", 0.0) for one in ALL if one["user_id"] == who) for who in some]
             for some in (inside, outside)]  # fmt: skip
    answered = {
        key: (
            [one["score"] for one in APP if one.get("scale") == "csat5"],
            [one["score"] for one in REST if one.get("scale") == "csat5"],
        )
        for key in ("csat5",)
    }
    raw += [whose.p_of_means(*answered["csat5"]), whose.p_of_spending(*spent)]
    rest = found.compared - len(raw)
    assert rest in (0, 1), "how they felt in what they wrote"
    if rest == 0:
        by_hand = dict(zip([*names, "csat5", "CNY"], whose.adjusted(raw), strict=True))
        for one in found.traits:
            assert one.p_adjusted == pytest.approx(by_hand[one.name], abs=1e-9)


def test_a_persona_is_kept_in_versions_and_goes(tmp_path: Path) -> None:
    shop = lvtu.open(tmp_path / "w")
    shop.ingest([{"user_id": who, "event": "Paid", "time": "2026-01-01", "channel": "app"} for who in ("ann", "bo")])
    first = shop.personas.save({"key": "p", "name": {"zh": "甲", "en": "A"}, "traits": "Fast", "quote": "So slow"})
    assert first.version == 1 and first.quote is not None and first.quote.event is None
    assert shop.personas.save({**first.document(), "name": {"zh": "乙", "en": "B"}, "segment": "did Paid"}).version == 2
    again = lvtu.open(tmp_path / "w").personas
    assert [one.name.en for one in again] == ["B"] and again["乙"] == again["p"] and again["p@1"].name.en == "A"
    assert again.size("p") == (2, 2) and "p" in again and "q" not in again
    with pytest.raises(UnknownName, match="unknown key 'color' of a persona"):
        again.save({"key": "p", "name": "A", "color": "red"})
    again.remove("p")
    assert len(again) == 0
    with pytest.raises(UnknownName, match="unknown persona 'p'"):
        again.remove("p")


def test_a_draft_says_what_its_customers_do_more_often(ws: Workspace) -> None:
    draft = ws.personas.built("app people")
    assert draft.name.zh == "用应用的人" and draft.version is None and draft.segment == "in segment 'app people'"
    assert draft.quote is None or draft.quote.event is not None
    for one in draft.behaviours:
        assert "%" in one.en and "其他客户" in one.zh
    assert "web" not in " ".join(one.en for one in draft.behaviours), "what they do less often is nothing they do"


def test_a_forgotten_customers_words_leave_the_personas(tmp_path: Path) -> None:
    shop = lvtu.open(tmp_path / "w")
    shop.ingest([{**one, "user_id": f"{one['user_id']}-zelda"} for one in events()])
    shop.save_model(MODEL)
    event, text, who = shop.asked(lambda snapshot, _: _said(snapshot))
    shop.personas.save({"key": "p", "name": "A", "background": f"Like {who}", "quote": {"text": text, "event": event}})
    shop.personas.save({"key": "q", "name": "B", "quote": {"text": "Made up"}})
    shop.forget(who)
    assert shop.personas["p"].quote is None and who not in str(shop.personas["p"].document())
    assert shop.personas["q"].quote is not None
    assert text.encode() not in (tmp_path / "w" / "catalog.sqlite").read_bytes()


def _said(snapshot: Any) -> tuple[int, str, str]:
    snapshot.prepare({"text"})
    block = snapshot.blocks[0]
    codes, names = block.codes("text")[0], snapshot.names("text")
    row = int((codes != 0).nonzero()[0][0])
    line = int((block.column("offsets") <= row).sum()) - 1
    return int(block.column("event_id")[row]), str(names[codes[row]]), str(block.names()[line].as_py())
