"""What passengers of 2018 said about a step: the codes that mean it, and a few of their sentences."""

from __future__ import annotations

from lvtu.demo.document import Bar, Quote
from lvtu.demo.facts.airport import Compared
from lvtu.demo.model import Text
from lvtu.demo.words import percent

CODES: dict[str, tuple[int, ...]] = {
    "trip": (73,),
    "parking": (24,),
    "airtrain": (7,),
    "signs": (1, 3, 5, 9),
    "walkways": (23,),
    "security": (31, 32, 33, 34, 36),
    "food": (13, 14),
    "wifi": (21,),
    "restrooms": (22,),
    "gate": (26, 27),
}
"""Step → codes of question 15 (code list of 2018) that describe a problem there. Some codes are wider than the step:
13 and 14 are about restaurants and shops, 21 about sockets and Wi-Fi, 23 about escalators, elevators and AirTrain."""

_SAID: dict[str, tuple[tuple[str, str], ...]] = {
    "security": (
        (
            "SECURITY LINE WAS VERY LONG AND DIDN'T MOVE UNTIL THEY OPENED A NEW LINE.",
            "安检队伍很长，直到新开一条通道才往前动。",
        ),
        ("COMMUNICATION BY TSA WAS RUDE AND NOT NICE.", "安检人员说话粗鲁，态度不好。"),
        ("LINES FOR SECURITY CONTROLS ARE CONFUSING AND NOT FLUID.", "安检排队混乱，不顺畅。"),
    ),
    "restrooms": (("MEN'S BATHROOM WAS A MESS. HAD TO USE A DIFFERENT ONE", "男洗手间一团糟，只好换一间。"),),
    "gate": (("BOARDING AREA SEATS EXTREMELY DIRTY.", "候机区座椅非常脏。"),),
}


def quotes(step: str) -> tuple[Quote, ...]:
    """Chosen sentences about a step, as written; all are in the survey's verbatims of 2018."""
    return tuple(Quote(text, translation) for text, translation in _SAID.get(step, ()))


def bars(low: Compared) -> tuple[Bar, ...]:
    """The share of low answers in both years as bars on one scale, 0 to 10 % or what is needed."""
    top = max(0.1, low.before.value, low.after.value)
    return (
        Bar(Text("2018 年", "2018"), percent(low.after.value), low.after.value / top, tone="worse"),
        Bar(Text("2017 年", "2017"), percent(low.before.value), low.before.value / top, faint=True),
    )
