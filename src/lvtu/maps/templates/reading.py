"""How a template is written down, and how a map is made of it.

A template is a map told by its steps: every step has its cells beside it, so that it can be written and read as a
whole. A text is ``中文 | English``; a cell is a text, a list of texts, or of mappings with ``text``, ``owner``,
``system``, ``marks`` and ``within``. Departments are named once, at the top. What the blueprint needs besides follows
from the cells: the customer triggers what is in front of the line of visibility, each of that what is behind it in the
same row, and people behind it the support; between two departments that is a hand-over, due ``within`` the time that
the one who takes over is given. Where the next step is on other channels, the technology in front informs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from lvtu.core.model.text import Text
from lvtu.core.words import LANGS, Lang, say
from lvtu.maps.document import JourneyMap

Part = dict[str, Any]

LANES: Mapping[str, tuple[str, str, str]] = {
    "goals": ("goals", "text", "need"),
    "expectations": ("expectations", "text", "text"),
    "touchpoints": ("touchpoints", "chips", "text"),
    "channels": ("channels", "chips", "text"),
    "thoughts": ("thoughts", "text", "text"),
    "feelings": ("feelings", "curve", "text"),
    "pains": ("pains", "text", "pain"),
    "gains": ("gains", "text", "gain"),
    "moments": ("moments", "text", "insight"),
    "opportunities": ("opportunities", "text", "opportunity"),
    "standards": ("custom", "text", "standard"),
    "owners": ("owners", "chips", "text"),
    "evidence": ("evidence", "text", "text"),
    "customer": ("customer", "text", "text"),
    "onstage_people": ("onstage_people", "text", "text"),
    "onstage_technology": ("onstage_technology", "text", "text"),
    "backstage_people": ("backstage_people", "text", "text"),
    "backstage_technology": ("backstage_technology", "text", "text"),
    "support": ("support", "text", "text"),
}
"""The lanes of every template, from top to bottom: role, how cells are drawn, what their cards are."""

_FOLLOWS = (
    ("customer", "onstage_people"),
    ("customer", "onstage_technology"),
    ("onstage_people", "backstage_people"),
    ("onstage_technology", "backstage_technology"),
    ("backstage_people", "support"),
)
"""What triggers what within a step."""

_HEAD = (("nps", {"metric": "nps", "scale": "nps"}), ("csat", {"metric": "csat", "scale": "csat5"}))
"""Numbers of the whole journey, for who asks customers."""


@dataclass(frozen=True)
class Template:
    """A template.

    Attributes:
        key: its stable name; of a map of the workspace that serves as one, the map's id.
        title, about: what people call it, and what is in it.
        stages, steps, cards: how many it has.
        own: whether it is a map of the workspace.
        made: the document of a new map, in a language.
    """

    key: str
    title: Text
    about: Text
    stages: int
    steps: int
    cards: int
    own: bool
    made: Callable[[Lang], Part]

    def map(self, title: str | Mapping[str, str] | None = None, lang: Lang = "en") -> JourneyMap:
        """A new map made of it.

        Args:
            title: what it is called; as the template if not given.
            lang: the language of what a map says in one language only: tags, who estimates.
        """
        document = self.made(lang)
        return JourneyMap.load(document | ({"title": title} if title else {}))


TAG = "template"
"""The tag of a map that serves as a template in its workspace."""

_STAYS = ("format", "id", "status", "where", "since", "until", "parent", "waivers", "verdicts", "votings", "lineage")
"""What belongs to a map itself, and not to those that are made of it."""


def of_map(map_: JourneyMap) -> Template:
    """A map of the workspace as a template: what it rests on, and the maps within it, do not go along."""

    def made(lang: Lang) -> Part:
        document = {name: one for name, one in map_.document().items() if name not in _STAYS}
        document["tags"] = [tag for tag in map_.tags if tag != TAG]
        document["steps"] = [_without(step, "child", "assessed") for step in document.get("steps", ())]
        document["cards"] = [_without(card, "evidence", "refers") for card in document.get("cards", ())]
        return document

    about = map_.goal or Text("", "")
    return Template(map_.id, map_.title, about, len(map_.stages), len(map_.steps), len(map_.cards), True, made)


def _without(part: Part, *names: str) -> Part:
    return {name: one for name, one in part.items() if name not in names}


def read(text: str) -> Template:
    """A template from what is written down."""
    written = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    stages = written["stages"]
    steps = [step for stage in stages for step in stage["steps"]]
    cells = [cell for part in (*stages, *steps) for cell in part.get("cells", {}).values()]
    cards = sum(len(cell) if isinstance(cell, list) else 1 for cell in cells)
    title, about = (Text(**_both(written[name])) for name in ("title", "about"))
    counted = len(stages), len(steps), cards + len(steps)
    return Template(written["key"], title, about, *counted, False, lambda lang: _Written(written, lang).map())


def _both(text: str) -> dict[str, str]:
    zh, bar, en = str(text).partition(" | ")
    return {"zh": zh.strip(), "en": en.strip() if bar else zh.strip()}


def _differing(names: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """The names that are others in the other language."""
    return [name for name in names if name["zh"] != name["en"]]


class _Written:
    """A template that is being made into a map."""

    def __init__(self, written: Part, lang: Lang) -> None:
        self.written, self.lang = written, lang
        self.departments = {key: _both(text) for key, text in written["owners"].items()}
        self.owners = {key: name[lang] for key, name in self.departments.items()}

    def map(self) -> Part:
        """The document."""
        own = self.written
        cards = list(self._cards())
        return {
            "title": _both(own["title"]), "tags": [_both(tag)[self.lang] for tag in own["tags"]],
            "departments": _differing(self.departments.values()), "systems": _differing(self._systems()),
            **{name: _both(own[name]) for name in ("goal", "begins", "ends")},
            "scenarios": [_told(one) for one in own["scenarios"]], "actors": [_told(one) for one in own["actors"]],
            "stages": [self._stage(one) for one in own["stages"]], "steps": list(self._steps()),
            "lanes": [_lane(key) for key in LANES], "cards": [card for card, _ in cards],
            "links": list(self._links(cards)), "curve": list(self._curve()),
            "paths": [_told(one) for one in own["paths"]], "bindings": list(_bindings()),
            "frames": [_told(one) for one in own["frames"]],
        }  # fmt: skip

    def _systems(self) -> Iterator[dict[str, str]]:
        """What systems are called, each once."""
        stages = self.written["stages"]
        parts = [*stages, *(step for stage in stages for step in stage["steps"])]
        cells = [cell for part in parts for cell in part.get("cells", {}).values()]
        given = [one for cell in cells for one in (cell if isinstance(cell, list) else [cell])]
        for name in dict.fromkeys(one["system"] for one in given if isinstance(one, dict) and "system" in one):
            yield _both(name)

    def _stage(self, stage: Part) -> Part:
        told = {"key": stage["key"], "name": _both(stage["name"]), "goal": _both(stage["goal"])}
        return told | {"owner": self.owners[stage["owner"]]}

    def _steps(self) -> Iterator[Part]:
        for stage in self.written["stages"]:
            for step in stage["steps"]:
                yield {
                    "key": step["key"], "stage": stage["key"], "name": _both(step["name"]),
                    "expectation": _both(step["expects"]), "moment": step.get("moment", "none"),
                    "entry": step["entry"], "exit": step.get("exit", ()), "channels": step["channels"],
                    "actors": step["actors"], "standard": step["standard"], "owner": self.owners[step["owner"]],
                }  # fmt: skip

    def _cards(self) -> Iterator[tuple[Part, str | None]]:
        """Every card, and within what time it is due."""
        for stage in self.written["stages"]:
            keys = [step["key"] for step in stage["steps"]]
            span = {"step": keys[0]} | ({"until": keys[-1]} if len(keys) > 1 else {})
            for lane, cell in stage.get("cells", {}).items():
                yield from self._cell(f"{stage['key']}.stage", lane, cell, span, None)
            for step in stage["steps"]:
                here = {"step": step["key"]}
                yield from self._cell(step["key"], "expectations", step["expects"], here, None)
                for lane, cell in step["cells"].items():
                    yield from self._cell(step["key"], lane, cell, here, step["owner"])

    def _cell(self, of: str, lane: str, cell: Any, place: Part, owner: str | None) -> Iterator[tuple[Part, str | None]]:
        blueprint = lane in {end for pair in _FOLLOWS for end in pair} - {"customer"} or lane == "evidence"
        for number, one in enumerate(cell if isinstance(cell, list) else [cell]):
            given = one if isinstance(one, dict) else {"text": one}
            card: Part = {"key": f"{of}.{lane}" + (f".{number + 1}" if number else ""), "lane": lane, **place}
            card |= {"kind": LANES[lane][2], "text": _both(given["text"])}
            if by := given.get("owner", owner if blueprint else None):
                card["owner"] = self.owners[by]
            if said := {name: _both(given[name]) for name in ("do", "dont") if name in given}:
                card["details"] = said
            if system := given.get("system"):
                card["system"] = _both(system)[self.lang]
            yield card | ({"marks": given["marks"]} if "marks" in given else {}), given.get("within")

    def _links(self, cards: list[tuple[Part, str | None]]) -> Iterator[Part]:
        there: dict[tuple[str, str], list[tuple[Part, str | None]]] = {}
        for card, within in cards:
            there.setdefault((card["step"], card["lane"]), []).append((card, within))
        steps = [step for stage in self.written["stages"] for step in stage["steps"]]
        for step in steps:
            for first, second in _FOLLOWS:
                for source, _ in there.get((step["key"], first), [])[:1]:
                    for target, within in there.get((step["key"], second), []):
                        yield _link(source, target, within)
        for step, following in pairwise(steps):
            if not set(step["channels"]) & set(following["channels"]):
                ends = f"{step['key']}.onstage_technology", f"{following['key']}.customer"
                yield {"key": "-".join(ends), "source": ends[0], "target": ends[1], "kind": "informs"}

    def _curve(self) -> Iterator[Part]:
        by = say("maps.templates.by", self.lang)
        for step in (step for stage in self.written["stages"] for step in stage["steps"]):
            value, reason = step["feeling"]
            point = {"key": f"{step['key']}.feeling", "step": step["key"], "value": value}
            yield point | {"by": by, "reason": _both(reason)[self.lang]}


def _link(source: Part, target: Part, within: str | None) -> Part:
    """One card leads to another; from one department to the next it is a hand-over."""
    apart = "owner" in source and source["owner"] != target.get("owner")
    link = {"key": f"{source['key']}-{target['lane']}", "source": source["key"], "target": target["key"]}
    return link | {"kind": "hands_over" if apart else "triggers"} | ({"sla": within} if within else {})


def _told(part: Part) -> Part:
    """A part whose texts are in both languages."""
    plain = ("key", "kind")
    return {name: _both(one) if isinstance(one, str) and name not in plain else one for name, one in part.items()}


def _lane(key: str) -> Part:
    role, kind, _ = LANES[key]
    return {"key": key, "role": role, "kind": kind, "label": _label(f"maps.templates.lanes.{key}")}


def _label(key: str) -> dict[str, str]:
    return {lang: say(key, lang) for lang in LANGS}


def _bindings() -> Iterator[Part]:
    yield {"key": "feelings", "lane": "feelings", "analysis": "scores", "spec": {"metric": "sentiment"}}
    for key, spec in _HEAD:
        yield {"key": key, "title": _label(f"maps.templates.head.{key}"), "analysis": "scores", "spec": spec}
