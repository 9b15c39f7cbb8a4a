"""What a blueprint lists, against the fixture counted by hand."""

from __future__ import annotations

from lvtu.core.model.text import Text
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.maps import JourneyMap
from lvtu.maps.blueprint import Reading
from lvtu.maps.blueprint.tables import dependencies, handoffs, interactions, unowned
from lvtu.maps.live.filled import Filled, Kept
from unit.maps.restaurant import restaurant

MINUTE = 60_000_000


def test_departments_hand_over_as_their_links_say() -> None:
    kept = {"ticket-cook": Kept(640, 600, 30, 10, 600 / 640, 0.91, 0.96)}
    rows = handoffs(Reading(JourneyMap.load(restaurant()), Filled(kept=kept))).to_pylist()
    told = {(row["source"], row["target"]): (row["links"], row["hand_offs"], row["without_sla"]) for row in rows}
    assert told == {
        ("IT", "Front of house"): (1, 0, 0), ("Front of house", "Front of house"): (3, 1, 0), ("IT", "IT"): (3, 0, 0),
        ("IT", "Kitchen"): (1, 1, 0), ("Kitchen", "Front of house"): (2, 1, 0), ("Purchasing", "IT"): (1, 0, 0),
        ("Store office", "Front of house"): (1, 0, 0), ("Front of house", "Kitchen"): (1, 1, 0),
    }  # fmt: skip
    counted = next(row for row in rows if (row["source"], row["target"]) == ("IT", "Kitchen"))
    assert (counted["mature"], counted["late"], counted["broken"], counted["low"]) == (640, 30, 10, 0.91)
    assert (counted["shortest"], counted["longest"]) == (MINUTE, MINUTE)
    unknown = next(row for row in rows if row["source"] == "Kitchen")
    assert unknown["share"] is None and unknown["mature"] is None, "nothing for what is not known"


def test_a_department_is_one_whichever_language_names_it() -> None:
    document = restaurant() | {"departments": [{"zh": "后厨", "en": "Kitchen"}]}
    cooks = [card for card in document["cards"] if card.get("owner") == "Kitchen"]
    document["cards"] = [
        card | {"owner": "后厨"} if card in cooks[:1] else card for card in document["cards"]
    ]  # fmt: skip
    map_ = JourneyMap.load(document)
    told = {lang: handoffs(Reading(map_.spoken(lang))).to_pylist() for lang in ("zh", "en")}
    plain = handoffs(Reading(JourneyMap.load(restaurant()))).to_pylist()
    ends = {lang: sorted((row["source"], row["target"], row["links"]) for row in rows) for lang, rows in told.items()}
    assert ends["en"] == sorted((row["source"], row["target"], row["links"]) for row in plain)
    assert ends["zh"] == sorted(
        tuple("后厨" if one == "Kitchen" else one for one in row) for row in ends["en"]
    )  # fmt: skip
    assert map_.document()["departments"] == [{"zh": "后厨", "en": "Kitchen"}]
    assert JourneyMap.load(map_.to_json()) == map_


def test_d2_what_depends_on_what_and_how_often_it_broke() -> None:
    document = restaurant()
    links = {link["key"]: link for link in document["links"]}
    timed = [key for key, link in links.items() if link.get("sla")][:2]
    kept = {timed[0]: Kept(640, 600, 30, 10, 600 / 640, 0.91, 0.96), timed[1]: Kept(80, 40, 20, 20, 0.5, 0.39, 0.61)}
    map_ = JourneyMap.load(document)
    rows = dependencies(Reading(map_, Filled(kept=kept)), "en").to_pylist()
    cards = {card["key"]: card for card in document["cards"]}
    assert len(rows) == len(links)
    assert [row["share"] for row in rows[:2]] == [0.5, 600 / 640], "what breaks most often comes first"
    assert all(row["share"] is None and row["broken"] is None for row in rows[2:]), "nothing for what is not known"
    for row, key in zip(rows, (timed[1], timed[0]), strict=False):
        ends = [cards[links[key][end]] for end in ("source", "target")]
        steps = [map_.step(card["step"]).name.en for card in ends]
        assert [row["step"], row["next_step"]] == steps
        assert [row["owner"], row["next_owner"]] == [card.get("owner") for card in ends]
        assert (row["mature"], row["late"], row["broken"]) == (kept[key].mature, kept[key].late, kept[key].broken)


def test_every_crossing_of_the_line_of_interaction_is_listed() -> None:
    map_ = JourneyMap.load(restaurant())
    named = {"store": Text("门店", "Store")}
    rows = interactions(Reading(map_, named=named), "zh").to_pylist()
    assert [(row["step"], row["answer"]) for row in rows] == [
        ("订一张桌", "确认时段，告知保留多久"), ("到店等位", "迎宾登记，报等位时长"),
        ("入座看菜单", "带位、倒水、介绍招牌菜"), ("扫码点餐", "显示菜单与估清"),
        ("等菜上桌", "第 15 分钟主动告知进度"),
        ("用餐加菜", "上菜报菜名，核对忌口"), ("买单", "合并优惠后扫码支付"), ("评价分享", "推送感谢与评价"),
    ]  # fmt: skip
    assert rows[3] | {"lane": ""} == {
        "stage": "用餐", "step": "扫码点餐", "action": "扫码点餐", "answer": "显示菜单与估清", "lane": "",
        "owner": "IT", "system": "Ordering", "channels": "mini_program、门店", "direction": None,
        "sla": None, "evidence": "桌面二维码",
        "marks": "失败点", "standard": "8分",
    }  # fmt: skip


def test_links_say_who_turns_to_whom() -> None:
    document = restaurant()
    document["lanes"].append({"key": "acts", "role": "customer", "label": "Guest"})
    document["cards"].append({"key": "asks", "lane": "acts", "step": "book", "text": "Asks for Friday"})
    document["links"] += [
        {"key": "a", "source": "asks", "target": "confirm", "sla": "2m"},
        {"key": "b", "source": "asks", "target": "rota", "kind": "informs"},
    ]
    rows = interactions(Reading(JourneyMap.load(document)), "en").to_pylist()
    assert [(row["answer"], row["direction"], row["sla"]) for row in rows] == [
        ("Confirms the time, says how long it is kept", "to_company", "2m"),
        ("Rota by expected guests", "to_company", None),
    ]


def test_what_nobody_owns_is_listed() -> None:
    document = restaurant()
    assert unowned(Reading(JourneyMap.load(document)), "en").num_rows == 0
    del document["stages"][1]["owner"]
    document["steps"][2]["owner"] = "Hosts"
    document["steps"][0]["touchpoints"] = ["page"]
    next(card for card in document["cards"] if card["key"] == "cook")["owner"] = None
    library = {"page": Touchpoint(id="page", name={"zh": "订位页", "en": "Booking page"})}
    rows = unowned(Reading(JourneyMap.load(document), library=library), "en").to_pylist()
    assert [(row["kind"], row["key"], row["name"]) for row in rows] == [
        ("stage", "arrive", "Arrive"), ("step", "queue", "Wait for a table"),
        ("card", "cook", "Cooks in the order of the tables"), ("touchpoint", "page", "Booking page"),
    ]  # fmt: skip
    # A person owns as a department does; a lane answers for its cards, and its department hands over.
    document["stages"][1]["person"] = "Ms Wang"
    lane = next(card["lane"] for card in document["cards"] if card["key"] == "cook")
    next(one for one in document["lanes"] if one["key"] == lane)["owner"] = "Kitchen"
    reading = Reading(JourneyMap.load(document), library=library)
    assert [row["kind"] for row in unowned(reading, "en").to_pylist()] == ["touchpoint"]
    assert "Kitchen" in handoffs(reading)["source"].to_pylist() + handoffs(reading)["target"].to_pylist()
