"""Charts on a phone: what is drawn otherwise below a certain width, and as before above it (ECharts' ``media``)."""

from __future__ import annotations

import math
import re
from typing import Any

NARROW = 640
"""Pixels below which a chart is narrow."""

_ROOM = 336
"""Pixels for the lines of a title on the narrowest phones."""

_WIDE = "⺀-鿿豈-﫿　-〿！-￯"
_OPENS, _CLOSES = "“‘（《「(", "，。：；、！？）》」”’…"
_PIECE = re.compile(rf"[{_OPENS}]*(?:[^\s{_WIDE}{_OPENS}]+|[{_WIDE}])?[{_CLOSES}]*\s*")
_WHOLE = ("data", "links")
"""What comes back as a whole: a narrow page may show less of it."""

_LATIN = 0.57
"""A Latin letter's or a figure's width, in font sizes; a Chinese character is as wide as it is high."""


def with_narrow(option: dict[str, Any], change: dict[str, Any] | None = None, remark: str = "") -> dict[str, Any]:
    """The option with what changes on a narrow page: its title in several lines, all below it moved down, and more.

    Args:
        option: a whole option.
        change: what else is otherwise there; every value that it names is in the option too, so that it comes back
            when the page widens.
        remark: what is only said there.
    """
    title = option["title"]
    lines = wrapped(title["text"], title["textStyle"]["fontSize"])
    remarks = title["subtext"].splitlines()
    told = [line for said in [*remarks, remark] if said for line in wrapped(said, title["subtextStyle"]["fontSize"])]
    down = title["textStyle"]["lineHeight"] * (len(lines) - 1)
    down += title["subtextStyle"]["lineHeight"] * (len(told) - len(remarks))
    narrow = dict(change or {})
    if down:
        narrow["title"] = {"text": "\n".join(lines), "subtext": "\n".join(told)}
        for part in ("grid", "legend"):
            if part in option:
                narrow[part] = _moved(option[part], narrow.get(part), down)
        if any("top" in one for one in option.get("series", [])):
            narrow["series"] = _moved(option["series"], narrow.get("series"), down)
    if not narrow:
        return option
    return option | {
        "media": [{"query": {"maxWidth": NARROW - 1}, "option": narrow}, {"option": _before(narrow, option)}]
    }


def wrapped(text: str, size: float, room: float = _ROOM) -> list[str]:
    """A text in lines of about the same length, which never begin with a closing mark nor end with an opening one.

    Args:
        text: one line.
        size: of the font, in pixels.
        room: the longest line, in pixels; widths are estimated.

    Example:
        >>> wrapped("3 位客户中，66.7%从“浏览”走到“支付”", 14, 160)
        ['3 位客户中，66.7%', '从“浏览”走到“支付”']
    """
    lines = _filled(text, size, room)
    evenly = width_of(text, size) / max(len(lines), 1)
    for limit in range(math.ceil(evenly), math.ceil(room), 8):
        if len(even := _filled(text, size, limit)) == len(lines):
            return even
    return lines


def _filled(text: str, size: float, room: float) -> list[str]:
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and width_of(lines[-1] + piece.rstrip(), size) > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def width_of(text: str, size: float) -> float:
    """How many pixels a line of text takes, estimated."""
    wide = len(re.findall(f"[{_WIDE}]", text))
    return size * (wide + _LATIN * (len(text) - wide))


def _moved(part: Any, change: Any, down: int) -> Any:
    """A part (or several), and what changes in it, so many pixels lower; places in per cent stay."""
    if isinstance(part, list):
        changes = change or [{}] * len(part)
        return [_moved(one, other, down) for one, other in zip(part, changes, strict=True)]
    found = {**({"top": part["top"]} if "top" in part else {}), **(change or {})}
    return found | ({"top": found["top"] + down} if isinstance(found.get("top"), int) else {})


def _before(change: Any, option: Any) -> Any:
    """What the option says where a change says something else."""
    if isinstance(change, dict):
        return {key: option[key] if key in _WHOLE else _before(value, option[key]) for key, value in change.items()}
    if isinstance(change, list) and change and isinstance(change[0], dict):
        return [_before(one, whole) for one, whole in zip(change, option, strict=False)]
    return option
