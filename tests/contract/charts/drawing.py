"""A chart as JSON, and what stands in it."""

from __future__ import annotations

import json
from typing import Any

DAY = 86_400_000_000
CHANNELS = {"web": "Website", "app": "App", "store": "Store", "hotline": "Hotline"}
"""What people call channels where no journey model says otherwise."""


def drawn(result: Any, lang: Any = "en", dark: bool = False) -> dict[str, Any]:
    """The option, after a trip through JSON that refuses what JSON does not know."""
    option = result.chart(lang, dark=dark)
    assert option["title"]["text"] and option["aria"]["label"]["description"].startswith(option["title"]["text"])
    return json.loads(json.dumps(option, allow_nan=False))


def values(series: dict[str, Any]) -> list[Any]:
    return [one["value"] if isinstance(one, dict) else one for one in series["data"]]


def cells(label: str) -> list[str]:
    """The numbers beside a bar."""
    return [cell.split("|")[1] for cell in label.removesuffix("}").split("}")]


def parts_of(option: dict[str, Any]) -> dict[str, list[int]]:
    """The parts of stacked bars by what they are called."""
    assert [one["name"] for one in option["series"]] == option["legend"]["data"]
    assert {one["stack"] for one in option["series"]} == {"all"}
    return {one["name"]: values(one) for one in option["series"]}
