"""Words for people, in Chinese and English: one file each, read when first needed.

Answers carry numbers and names; the words around them are looked up here, at the edge. Keys are paths
such as ``columns.customers``; a sentence has its numbers in braces.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal, cast

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")

_SPOKEN: ContextVar[Lang | None] = ContextVar("_SPOKEN", default=None)

_DURATION = re.compile(r"(?:[\d,.]+(?:d|h|ms|m|s) ?)+")


def language(environ: Mapping[str, str] | None = None) -> Lang:
    """The language to speak: of ``LVTU_LANG``, else ``LC_ALL``, ``LC_MESSAGES``, ``LANG``; English unless Chinese.

    Within `speaking` it is the one named there.

    Example:
        >>> language({"LANG": "zh_CN.UTF-8"}), language({"LC_ALL": "C", "LANG": "zh_CN"}), language({})
        ('zh', 'en', 'en')
    """
    if environ is None and (spoken := _SPOKEN.get()) is not None:
        return spoken
    found = os.environ if environ is None else environ
    names = ("LVTU_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((found[name] for name in names if found.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


@contextmanager
def speaking(lang: Lang) -> Iterator[None]:
    """Speak a language in this thread or task, whatever the environment says: that of whoever asks over HTTP.

    Example:
        >>> with speaking("zh"):
        ...     say("columns.customers")
        '客户数'
    """
    before = _SPOKEN.set(lang)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


@cache
def words(lang: Lang) -> dict[str, str]:
    """Every text of a language by its path."""
    stored = json.loads((Path(__file__).parent / f"{lang}.json").read_text(encoding="utf-8"))
    return dict(_flat(stored, ""))


def say(key: str, lang: Lang | None = None, /, **values: object) -> str:
    """A text in a language (that of the environment unless given), with its values filled in.

    Whole numbers get separators. Where one of them is 1, the text under ``KEY_one`` is taken if the language has it.

    Raises:
        KeyError: there is no such text.

    Example:
        >>> say("columns.customers", "zh"), say("table.more", "en", rows=1200), say("table.more", "en", rows=1)
        ('客户数', '… and 1,200 more rows', '… and 1 more row')
    """
    texts = words(lang or language())
    numbers = {name: value for name, value in values.items() if isinstance(value, int)}
    text = (texts.get(f"{key}_one") if 1 in numbers.values() else None) or texts[key]
    given = values | {name: f"{number:,}" for name, number in numbers.items()}
    return (_closed_up(text, given) if (lang or language()) == "zh" else text).format(**given)


def _closed_up(text: str, values: Mapping[str, object]) -> str:
    """A Chinese text without the blanks that set a Latin name off, around slots that are filled with Chinese ones.

    Example:
        >>> [_closed_up("在 {place} 之后", {"place": place}).format(place=place) for place in ("Pay", "付款")]
        ['在 Pay 之后', '在付款之后']
    """
    if " {" not in text and "} " not in text:
        return text
    before = _BEFORE.sub(lambda slot: slot[0] if not _chinese(values, slot[1], 0) else slot[0][1:], text)
    return _AFTER.sub(lambda slot: slot[0] if not _chinese(values, slot[1], -1) else slot[0][:-1], before)


_HAN = "\u3400-\u9fff（）“”、，。：；"
_BEFORE, _AFTER = re.compile(rf"(?<=[{_HAN}]) \{{(\w+)\}}"), re.compile(rf"(?<!^)\{{(\w+)\}} (?=[{_HAN}])")


def _chinese(values: Mapping[str, object], name: str, end: int) -> bool:
    return re.fullmatch(f"[{_HAN}]", str(values.get(name) or " ")[end]) is not None


def known(key: str, lang: Lang | None = None) -> str | None:
    """A text, or None where there is none: for names that people may have made up."""
    return words(lang or language()).get(key)


def spoken(duration: str, lang: Lang | None = None) -> str:
    """A duration as `lvtu.core.units.spell` writes it, in a language.

    Example:
        >>> spoken("1d 2h", "zh"), spoken("1d 2h", "en"), spoken("—", "zh")
        ('1天2小时', '1d 2h', '—')
    """
    if not _DURATION.fullmatch(duration):
        return duration
    parts = re.findall(r"([\d,.]+)(d|h|ms|m|s)", duration)
    return say("units.gap", lang).join(f"{number}{say(f'units.{unit}', lang)}" for number, unit in parts)


def _flat(value: object, path: str) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        below = cast("dict[str, object]", value)
        return [pair for key, one in below.items() for pair in _flat(one, f"{path}.{key}" if path else key)]
    return [(path, str(value))]
