"""The airport: a passenger survey of 2017 and 2018 as journeys.

A survey row becomes one event per answer, at the touchpoints in the order of the journey model. Nobody was
watched on the way: the order is the model's, so every event has ``time_basis`` "order". The files give the year
and the day of the month, not the month; ``time`` is the first instant of the survey's year, a placeholder that
keeps the years apart, and ``sequence`` is the model's order. Durations mean nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from lvtu.demo.files import record
from lvtu.demo.model import MapPlan, Stage, Step, Text

YEARS = (2017, 2018)
SCALES = {"q7": "csat5", "q9": "clean5", "q10": "safe5", "q13": "ease5", "q14": "ease5"}
"""Question block → the record's ``scale``; 1…5 each, but with different ends, so never one curve."""


@dataclass(frozen=True)
class Item:
    """One rated item of the survey.

    Attributes:
        column: the shipped column.
        event: the event that its answers become.
        name: the item in the survey's words.
    """

    column: str
    event: str
    name: Text

    @property
    def scale(self) -> str:
        """The record's scale, from the question's number."""
        return SCALES[_block(self.column)]


def _block(column: str) -> str:
    return next(key for key in sorted(SCALES, key=len, reverse=True) if column.startswith(key))


def _step(key: str, zh: str, en: str, zh_point: str, en_point: str, rated: str = "") -> Step:
    return Step(key, Text(zh, en), Text(zh_point, en_point), f"{rated or en_point} Rated")


MODEL = MapPlan(
    "airport",
    Text("从出发到登机", "From home to the boarding gate"),
    Text(
        "旧金山国际机场的出港旅客（含转机），从来机场到登机口；2018 年与 2017 年对比，按问卷权重加权。",
        "Departing and connecting passengers at San Francisco International, from the way there to the gate: "
        "2018 against 2017, with the survey’s weights.",
    ),
    Text(
        "评分是旅客的真实回答；步骤的先后来自旅程模型，并非逐人观测，因此没有步骤之间的时间。",
        "The ratings are what passengers answered. The order of the steps is the journey model’s; nobody was "
        "followed step by step, so there is no time between steps.",
    ),
    False,
    (
        Stage(
            "reach",
            Text("来机场", "Getting there"),
            (
                _step("trip", "前往机场", "The trip", "各种交通", "All transport", "Trip to Airport"),
                _step("roads", "道路指引", "Road signs", "道路标志", "Roadways", "Road Signs"),
                _step("parking", "停车", "Parking", "停车场", "Car parks", "Parking"),
                _step("shuttle", "停车接驳", "Car park shuttle", "停车场班车", "Bus", "Parking Shuttle"),
                _step("rental", "还租车", "Rental car", "租车中心", "Rental center", "Rental Car Center"),
                _step("airtrain", "机场捷运", "AirTrain", "AirTrain", "AirTrain"),
            ),
        ),
        Stage(
            "terminal",
            Text("进航站楼", "In the terminal"),
            (
                _step("booth_down", "下层问询", "Info, lower level", "下层问询台", "Booth", "Lower Information Booth"),
                _step("booth_up", "上层问询", "Info, upper level", "上层问询台", "Booth", "Upper Information Booth"),
                _step("signs", "找路", "Finding the way", "指示牌", "Signs"),
                _step("walkways", "扶梯步道", "Moving around", "扶梯、步道", "Escalators", "Walkways"),
                _step("screens", "看航班", "Flight screens", "航班信息屏", "Screens"),
            ),
        ),
        Stage(
            "security",
            Text("安检", "Security"),
            (_step("security", "通过安检", "Passing through", "安检通道", "Lanes", "Security"),),
        ),
        Stage(
            "wait",
            Text("候机", "Before boarding"),
            (
                _step("food", "餐饮", "Eating", "餐厅", "Restaurants"),
                _step("shops", "购物", "Shopping", "商店", "Shops"),
                _step("art", "看展", "Art", "艺术展览", "Exhibits", "Art"),
                _step("wifi", "上网", "Wi-Fi", "免费 Wi-Fi", "Wi-Fi"),
                _step("restrooms", "如厕", "Restroom", "洗手间", "Restrooms"),
                _step("gate", "登机口", "At the gate", "候机区", "Boarding area", "Boarding Area"),
            ),
        ),
    ),
)

WHOLE = "Airport Rated"
RECOMMENDED = "Recommendation Given"
PROBLEM = "Problem Reported"
SUGGESTION = "Suggestion Given"
ARRIVED = "Airport Reached"

ITEMS = (
    Item("q13getrate", "Trip to Airport Rated", Text("来机场的体验", "Getting to the airport")),
    Item("q7roads", "Road Signs Rated", Text("机场道路上的指引标志", "Signs on airport roadways")),
    Item("q7park", "Parking Rated", Text("停车设施", "Airport parking facilities")),
    Item("q7ltparking", "Parking Shuttle Rated", Text("长期停车场班车", "Long-term parking shuttle")),
    Item("q7rental", "Rental Car Center Rated", Text("租车中心", "Airport Rental Car Center")),
    Item("q9rental", "Rental Car Center Rated", Text("租车中心的清洁", "Rental Car Center, cleanliness")),
    Item("q7airtrain", "AirTrain Rated", Text("AirTrain 捷运", "AirTrain")),
    Item("q9airtrain", "AirTrain Rated", Text("AirTrain 的清洁", "AirTrain, cleanliness")),
    Item("q7infodown", "Lower Information Booth Rated", Text("下层问询台", "Information booths, lower level")),
    Item("q7infoup", "Upper Information Booth Rated", Text("上层问询台", "Information booths, upper level")),
    Item("q7sign", "Signs Rated", Text("航站楼内的指示牌", "Signs inside the airport")),
    Item("q14find", "Signs Rated", Text("在机场找路的难易", "Finding your way around")),
    Item("q7walkways", "Walkways Rated", Text("扶梯、电梯与步道", "Escalators, elevators, walkways")),
    Item("q7screens", "Screens Rated", Text("屏幕上的信息", "Information on screens")),
    Item("q14passthru", "Security Rated", Text("通过安检的难易", "Passing through security")),
    Item("q7food", "Restaurants Rated", Text("餐厅", "Restaurants")),
    Item("q9food", "Restaurants Rated", Text("餐厅的清洁", "Restaurants, cleanliness")),
    Item("q7store", "Shops Rated", Text("商店", "Shops and concessions")),
    Item("q7art", "Art Rated", Text("艺术与展览", "Artwork and exhibitions")),
    Item("q7wifi", "Wi-Fi Rated", Text("免费 Wi-Fi", "Free Wi-Fi")),
    Item("q9restroom", "Restrooms Rated", Text("洗手间的清洁", "Restrooms, cleanliness")),
    Item("q9boarding", "Boarding Area Rated", Text("候机区的清洁", "Boarding areas, cleanliness")),
    Item("q7all", WHOLE, Text("机场整体", "The airport as a whole")),
    Item("q9all", WHOLE, Text("机场整体的清洁", "Overall cleanliness")),
    Item("q10safe", WHOLE, Text("在机场的安全感", "How safe you feel")),
)
"""All rated items, in the order of the model; the last three are about the whole and stand on no step."""

ACCESS = ("drove", "dropped_off", "connecting", "taxi", "ride_hail", "rail", "van", "hotel_shuttle", "rental_car")
"""Q3 codes 1…9, alike in both years; later codes were renumbered in 2018 and become "other"."""
PEAKS = {1: "domestic_peak", 2: "domestic_offpeak", 3: "international"}
LANGUAGES = {1: "en", 2: "es", 3: "zh", 4: "ja"}
SEQUENCE = {event: number for number, event in enumerate(dict.fromkeys(item.event for item in ITEMS), start=10)}


def events(table: pa.Table) -> pa.Table:
    """The survey as events: a customer per passenger, an event per answer.

    0 (blank), 6 (never used, or don't know) and NPS 11 (blank) are no answers and make no event.

    Example:
        >>> from lvtu.demo.files import read
        >>> rows = events(read("airport").slice(0, 2))
        >>> sorted(set(rows["user_id"].to_pylist()))
        ['2017-1', '2017-2']
    """
    rows = [event for row in table.to_pylist() for event in _passenger(row)]
    return record({name: [row.get(name) for row in rows] for name in rows[0]})


def _passenger(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    customer = f"{row['year']}-{row['respnum']}"
    known = {
        "year": row["year"],
        "flight": PEAKS.get(row["peak"]),
        "boarding_area": row["area"],
        "day_of_month": row["intdate"],
        "access": _access(row["q3getto1"]),
    }
    for number, (event, score, scale, text, more) in enumerate(_answers(row)):
        sequence = SEQUENCE.get(event, {ARRIVED: 1, PROBLEM: 90, SUGGESTION: 91, RECOMMENDED: 99}.get(event))
        yield {
            "message_id": f"{customer}-{number:02}",
            "time": datetime(row["year"], 1, 1, tzinfo=UTC),
            "user_id": customer,
            "event": event,
            "channel": "airport",
            "source": "sfo_survey",
            "score": score,
            "scale": scale,
            "text": text,
            "language": LANGUAGES.get(row["lang"]) if text else None,
            "sequence": sequence,
            "time_basis": "order",
            "weight": row["weight"],
            "properties": json.dumps({k: v for k, v in (known | more).items() if v is not None}),
        }


def _answers(
    row: dict[str, Any],
) -> Iterator[tuple[str, float | None, str | None, str | None, dict[str, Any]]]:
    """(event, score, scale, text, further properties) of one passenger, in the model's order."""
    yield ARRIVED, None, None, None, {}
    for item in ITEMS:
        score = row[item.column]
        if score in (1, 2, 3, 4, 5):
            yield item.event, score, item.scale, None, {"item": item.column}
    if row["q15problem"] == 1:
        codes = [row[name] for name in ("q15com1", "q15com2", "q15com3") if row[name]]
        yield PROBLEM, None, None, row["q15a"], {"codes": codes}
    codes = [row[f"q8com{i}"] for i in range(1, 7) if row[f"q8com{i}"]]
    if codes:  # 201–203 mean other things in 2018 than in 2017: compare codes within a year only
        yield SUGGESTION, None, None, None, {"codes": codes}
    if row["netpro"] is not None and 0 <= row["netpro"] <= 10:
        yield RECOMMENDED, row["netpro"], "nps", None, {"item": "netpro"}


def _access(code: int | None) -> str | None:
    if not code:
        return None
    return ACCESS[code - 1] if code <= len(ACCESS) else "other"
