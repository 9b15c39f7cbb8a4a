"""How the parts of a map are called: those that are there, and those that were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lvtu.core.sentences import Term
from lvtu.core.words import Lang, say
from lvtu.maps.changes import Change
from lvtu.maps.document.journey import PARTS, JourneyMap
from lvtu.maps.document.whole import CALLED

NAMED_BY = {
    "stages": "name", "steps": "name", "lanes": "label", "cards": "text", "frames": "title", "bindings": "title",
    "actors": "name", "paths": "name", "scenarios": "who", "votings": "title",
}  # fmt: skip
"""By list the field that people know a part by."""

_LONG = 32
"""Characters of a card's text that stand for it."""


class Names:
    """The parts of a map as they were at some moment of its history, by list and key.

    Args:
        parts: their documents.

    Example:
        >>> map = JourneyMap.load({
        ...     "title": "Shop", "stages": [{"key": "buy", "name": "Buy"}],
        ...     "steps": [{"key": "pay", "stage": "buy", "name": {"zh": "付款", "en": "Pay"}}],
        ...     "lanes": [{"key": "said", "role": "thoughts", "label": {"zh": "想法", "en": "Thoughts"}}],
        ... })
        >>> names = Names.of(map)
        >>> names.called("steps", "pay", "zh"), names.called("cells", "said/pay", "en"), names.called("map", "", "en")
        ('付款', 'Thoughts · Pay', 'Shop')
    """

    def __init__(self, parts: dict[tuple[str, str], dict[str, Any]]) -> None:
        self.parts = parts

    @classmethod
    def of(cls, map_: JourneyMap) -> Names:
        """Those of a map as it is."""
        document = map_.document()
        parts = {(part, one["key"]): one for part in PARTS for one in document.get(part, ())}
        return cls({**parts, ("map", ""): document})

    def before(self, made: Iterable[Change]) -> Names:
        """As they were before some changes; those that came with them are known as well."""
        parts = dict(self.parts)
        for change in made:
            at = (change.part, change.key or "")
            if change.field is None and change.was is not None:
                parts[at] = change.was
            elif change.field is not None and change.field != "place":
                parts[at] = {**parts.get(at, {}), change.field: change.was}
        return Names(parts)

    def called(self, part: str, key: str, lang: Lang) -> str:
        """How people call a part; its key where nothing else is known."""
        if part == "cells":
            lane, _, step = key.partition("/")
            return f"{self.called('lanes', lane, lang)} · {self.called('steps', step, lang)}"
        one = self.parts.get((part, key), {})
        if part == "map":
            return words_of(one.get("title"), lang)
        if part in ("curve", "verdicts") and one:
            return self.called("steps", one["step"], lang)
        if part == "links" and one:
            ends = [self.called("cards", one[end], lang) for end in ("source", "target")]
            return " → ".join(ends)
        name = words_of(one.get(NAMED_BY.get(part, "")), lang).strip()
        if not name and part == "cards" and one:
            return say("maps.did.card_in", lang, place=self.cell(key, lang))
        line = name.partition("\n")[0] or key
        return line if len(line) <= _LONG else line[: _LONG - 1] + "…"

    def also_called(self, field: str, name: str, lang: Lang) -> str:
        """What something that a field of the map has the names of (``departments``, ``systems``) is called."""
        some = self.parts.get(("map", ""), {}).get(field) or ()
        return next((words_of(one, lang) for one in some if name in one.values()), name)

    def cell(self, card: str, lang: Lang) -> str:
        """The cell that a card stands in."""
        one = self.parts.get(("cards", card))
        return "" if one is None else self.called("cells", f"{one['lane']}/{one['step']}", lang)


def words_of(value: Any, lang: Lang) -> str:
    """Words in a language, else in the one there is; empty where there are none."""
    if isinstance(value, Mapping):
        return str(value.get(lang) or next(iter(value.values()), ""))
    return str(value or "")


def kind_of(part: str, lang: Lang) -> str:
    """What sort of part something is: one of a list of the map, a cell, or the map itself.

    Example:
        >>> kind_of("cells", "en"), kind_of("cards", "zh"), kind_of("map", "en")
        ('cell', '卡片', 'map')
    """
    term = Term("cell") if part == "cells" else Term(CALLED.get(part, part))
    return term.text(lang)


def now_at(map_: JourneyMap, part: str, key: str) -> str | None:
    """Where a part of a former version is now: a step that was split or merged is what it became.

    Args:
        map_: the map as it is.
        part: ``map``, ``stages``, ``steps``, ``lanes``, ``cards`` or ``cells``.
        key: its key then; of a cell ``lane/step``.

    Returns:
        Its key now; None where it is gone.

    Example:
        >>> map = JourneyMap.load({
        ...     "title": "Shop", "stages": [{"key": "buy", "name": "Buy"}],
        ...     "steps": [{"key": "scan", "stage": "buy", "name": "Scan"}, {"key": "ok", "stage": "buy", "name": "OK"}],
        ...     "lanes": [{"key": "said", "role": "thoughts", "label": "Thoughts"}],
        ...     "lineage": [{"change": "split", "part": "steps", "former": ["pay"], "into": ["scan", "ok"]}],
        ... })
        >>> now_at(map, "steps", "pay"), now_at(map, "cells", "said/pay"), now_at(map, "lanes", "heard")
        ('scan', 'said/scan', None)
    """
    if part == "map":
        return ""
    if part == "cells":
        lane, _, step = key.partition("/")
        at = now_at(map_, "steps", step)
        return f"{lane}/{at}" if at is not None and now_at(map_, "lanes", lane) is not None else None
    if part == "steps":
        return next(iter(map_.now(key)), None)
    if part == "stages":
        return next(iter(map_.now(key, "stages")), None)
    there = any(one.key == key for one in getattr(map_, part))
    return key if there else None
