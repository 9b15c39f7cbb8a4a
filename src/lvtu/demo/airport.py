"""The airport: a passenger survey of 2017 and 2018 as journeys.

A survey row becomes one event per answer, at the touchpoints in the order of the journey model. Nobody was
watched on the way: the order is the model's, so every event has ``time_basis`` "order". The files give the year
and the day of the month, not the month; ``time`` is the first instant of the survey's year, a placeholder that
keeps the years apart, and ``sequence`` is the model's order. Durations mean nothing here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pyarrow as pa

from lvtu.demo.coding import QUESTIONS, coded
from lvtu.demo.files import record
from lvtu.demo.model import MapPlan, Stage, Step, Text

YEARS = (2017, 2018)
SCALES = {"q7": "csat5", "q9": "clean5", "q10": "safe5", "q12": "better5", "q13": "ease5", "q14": "ease5"}
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
ASKED = "Problem Question Answered"
PROBLEM = "Problem Reported"
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

PRECHECK = Item(
    "q12precheckrate", "Pre-Check Compared", Text("Pre-Check 通道与普通通道相比", "Pre-Check against the regular line")
)
"""A comparison (much worse to much better), asked of those who took that line: rated, but no step of everybody's."""

ACCESS = ("drove", "dropped_off", "connecting", "taxi", "ride_hail", "rail", "van", "hotel_shuttle", "rental_car")
"""Q3 codes 1…9, alike in both years; later codes were renumbered in 2018 and become "other"."""
PEAKS = {1: "domestic_peak", 2: "domestic_offpeak", 3: "international"}
LANGUAGES = {1: "en", 2: "es", 3: "zh", 4: "ja"}
SEQUENCE = {event: number for number, event in enumerate(dict.fromkeys(item.event for item in ITEMS), start=10)}
SEQUENCE |= {ARRIVED: 1, PRECHECK.event: SEQUENCE["Security Rated"], ASKED: 90, PROBLEM: 91}
SEQUENCE |= {event: number for number, event in enumerate(QUESTIONS.values(), start=92)} | {RECOMMENDED: 99}

_UNTRANSLATED = re.compile(r"(to )?translate", re.IGNORECASE)
"""What stands in the file where somebody wrote in another language and nobody translated it."""


def events(table: pa.Table) -> pa.Table:
    """The survey as events: a customer per passenger, an event per answer.

    0 (blank), 6 (never used, or don't know) and NPS 11 (blank) are no answers and make no event; what
    a passenger did not use or left blank, the first event says. A coded comment is an event for each code, named by
    the list of its year (`lvtu.demo.coding`).

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
    for number, answer in enumerate(_answers(row)):
        yield {
            "message_id": f"{customer}-{number:02}",
            "time": datetime(row["year"], 1, 1, tzinfo=UTC),
            "user_id": customer,
            "event": answer.event,
            "channel": "airport",
            "source": "sfo_survey",
            "score": answer.score,
            "scale": answer.scale,
            "text": answer.text,
            "language": answer.language,
            "sequence": SEQUENCE[answer.event],
            "time_basis": "order",
            "weight": row["weight"],
            "properties": json.dumps({k: v for k, v in (known | answer.more).items() if v is not None}),
        }


class _Answer(NamedTuple):
    """What becomes an event of a passenger: what it tells, besides who and when."""

    event: str
    more: dict[str, Any]
    score: float | None = None
    scale: str | None = None
    text: str | None = None
    language: str | None = None


def _answers(row: dict[str, Any]) -> Iterator[_Answer]:
    """All of one passenger, in the model's order."""
    yield _Answer(ARRIVED, _skipped(row))
    for item in (*ITEMS, PRECHECK):
        score = row[item.column]
        if score in (1, 2, 3, 4, 5):
            about = {"item": item.column, "rated": item.name.en, "rated_zh": item.name.zh}
            yield _Answer(item.event, about, score, item.scale)
    if row["q15problem"] in (1, 2):
        yield _Answer(ASKED, {}, float(row["q15problem"] == 1), "yesno")
    if row["q15problem"] == 1:
        text, language = verbatim(row) or (None, None)
        numbers = [code.number(row["year"]) for code in coded(row, "q15")]
        yield _Answer(PROBLEM, {"codes": numbers}, text=text, language=language)
    for question, event in QUESTIONS.items():
        for code in coded(row, question):
            yield _Answer(event, code.said(row["year"]))
    if row["netpro"] is not None and 0 <= row["netpro"] <= 10:
        yield _Answer(RECOMMENDED, {"item": "netpro"}, row["netpro"], "nps")


def _skipped(row: dict[str, Any]) -> dict[str, Any]:
    """Which items a passenger did not use (6), and which were left blank (0): neither is an answer."""
    rated = [(item.column, row[item.column]) for item in ITEMS]
    return {
        "not_used": [name for name, score in rated if score == 6],
        "blank": [name for name, score in rated if not score],
    }


def verbatim(row: dict[str, Any]) -> tuple[str, str] | None:
    """What a passenger wrote about a problem, and in which language; None for nothing.

    The language is the questionnaire's, unless the text was put into English when it was typed in.
    """
    text = row["q15a"]
    if not text or _UNTRANSLATED.fullmatch(text):
        return None
    language = LANGUAGES.get(row["lang"], "en")
    return text, "en" if language in ("zh", "ja") and text.isascii() else language


def _access(code: int | None) -> str | None:
    if not code:
        return None
    return ACCESS[code - 1] if code <= len(ACCESS) else "other"
