"""Events on which customers say how it was, on many scales and in words, and the groups that intervals stand on."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from contract.cases import Case, buckets, ugly, workspace
from lvtu import voice
from naive.journeys import Event

SCALES = {"csat5": 5, "nps": 10, "ces7": 7, "effort7": 7, "servqual7": 7, "yesno": 1, "mood": 5}
TEXTS = (
    "很满意，下次还来",
    "太差了，等了两个小时",
    "It was fine, thank you",
    "Rude staff, never again",
    "12345",
    "还行",
)
SIDES = (None, None, "perception", "expectation", "importance")


def told(events: list[Event]) -> list[Event]:
    """The events, most of them with an answer or a text, some with both."""
    found = []
    for event in events:
        dice, more = random.Random(event.message_id), dict[str, Any]()
        if dice.random() < 0.7:
            scale = dice.choice((*SCALES, "csat5", "nps"))
            side = dice.choice(SIDES)
            of = {"side": side, "item": dice.choice("pq")} if side else {}
            more = {"score": float(dice.randint(0, SCALES[scale])), "scale": scale,
                    "weight": dice.choice((None, None, 0.5, 2.0, 0.0)),
                    "properties": {**event.properties, **of}}  # fmt: skip
        if dice.random() < 0.4:
            more["text"] = dice.choice(TEXTS)
        found.append(replace(event, **more))
    return found


def cases_in(folder: Path) -> list[Case]:
    """A workspace of one part, and one with a tail."""
    base, late = told(ugly(71, customers=200)), told(ugly(72, customers=40, prefix="n") + ugly(73, customers=60))
    with buckets(8):
        return [
            Case("plain", workspace(folder / "plain", base), base),
            Case("tail", workspace(folder / "tail", base, late), base + late),
        ]


@cache
def feel(text: str) -> float | None:
    """How a text feels, as it is kept."""
    found: float | None = voice.analyse([text])["sentiment"][0].as_py()
    return None if found is None else round(found * 128) / 128


def hashed(case: Case) -> Mapping[str, int]:
    """The group of each customer that intervals stand on: the first six bits of the key's hash."""
    found: dict[str, int] = {}
    for block in case.ws.snapshot().blocks:
        keys = block.column("hi").tolist()
        found |= {name: key >> 58 for name, key in zip(block.names().to_pylist(), keys, strict=True)}
    return found


def near(value: float | None, twin: float | None) -> bool:
    """Whether a figure is the twin's: points are kept as thousandths."""
    assert (value is None) == (twin is None), (value, twin)
    return value is None or twin is None or abs(value - twin) < 0.02
