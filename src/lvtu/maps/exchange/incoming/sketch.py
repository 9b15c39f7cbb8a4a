"""A map that is being put together from a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lvtu.core.sentences import Note, Term
from lvtu.core.words import Lang, say
from lvtu.maps.document import JourneyMap
from lvtu.maps.document.lanes import Kind, Role
from lvtu.maps.exchange.incoming.names import channel_of
from lvtu.maps.exchange.incoming.report import Report

_CHIPS: frozenset[Role] = frozenset({"touchpoints", "channels", "owners"})
_KEY = re.compile(r"\w[\w.-]*")
_APART = re.compile(r"\n\s*\n")
_CHIPS_APART = re.compile(r"[\n、;；|]+|[,，]\s*")
_BULLET = re.compile(r"^\s*[-*•·]\s+")
_QUOTED = re.compile(r"^[“\"「](.+)[”\"」](?:\s+(.*))?$", re.DOTALL)
_COUNTED = re.compile(r"^[+−-]?\d[^\n]*[,，] ?n [\d,]+")
"""A number as an export tells it: with how many it rests on."""
_RESTING = re.compile(r"[,，] ?n [\d,]+$")
"""How what an export says of the four don'ts ends."""

_SPLIT_KINDS = {
    "pains": "pain",
    "gains": "gain",
    "insights": "insight",
    "opportunities": "opportunity",
    "needs": "need",
}
"""The kind that cards of a lane are."""


class Sketch:
    """Stages, steps, lanes and cards as they are found; keys are made of their names.

    Attributes:
        title: what the map is called; empty until something says so.
        report: what became of what.
        lang: in which language what is made here is said.
    """

    def __init__(self, lang: Lang) -> None:
        self.title, self.lang, self.report = "", lang, Report()
        self.stages: list[dict[str, Any]] = []
        self.steps: list[dict[str, Any]] = []
        self.lanes: list[dict[str, Any]] = []
        self.cards: list[dict[str, Any]] = []
        self.curve: list[dict[str, Any]] = []
        self.actors: list[dict[str, Any]] = []
        self.counted: dict[str, int] = {}

    def stage(self, name: str) -> str:
        """The key of a stage; it is there once, however often it is named."""
        return self._named(self.stages, name, "stage")

    def actor(self, name: str) -> str:
        """The key of somebody who takes steps."""
        return self._named(self.actors, name, "actor")

    def step(self, stage: str, name: str) -> str:
        """A new step, last of a stage; returns its key."""
        key = _key(name, {one["key"] for one in self.steps}, "step")
        self.steps.append({"key": key, "stage": stage, "name": name})
        return key

    def lane(self, name: str, role: Role | None, place: Term) -> str:
        """A new lane; one that is about nothing we know keeps its name and is its own."""
        key = _key(name, {one["key"] for one in self.lanes}, "lane")
        kind: Kind = "chips" if role in _CHIPS else "text"
        self.lanes.append({"key": key, "role": role or "custom", "kind": kind, "label": name})
        if role is None:
            self.report.taken.append(Note("import_lane_own", place=place, name=name))
        else:
            self.report.taken.append(Note("import_lane", place=place, name=name, role=Term(f"lane_{role}")))
        return key

    def role(self, lane: str) -> Role:
        """What a lane is about."""
        found: Role = next(one["role"] for one in self.lanes if one["key"] == lane)
        return found

    def texts(self, lane: str, step: str, text: str, until: str | None = None) -> None:
        """What stands in a cell: a card for each of its paragraphs, or for each short text where the lane has chips.

        A department becomes the owner of its step, and a channel one of its channels. Numbers that an export counted
        from data are left out: a map counts them anew.
        """
        role = self.role(lane)
        parts = [part.strip() for part in (_CHIPS_APART if role in _CHIPS else _APART).split(text) if part.strip()]
        if role == "owners" and len(parts) == 1 and until is None:
            self._step(step)["owner"] = parts[0]
            return
        for part in parts:
            if self.counts(lane, part):
                continue
            if role == "channels" and until is None and (channel := channel_of(part)) is not None:
                channels = self._step(step).setdefault("channels", [])
                channels += [channel] if channel not in channels else []
                continue
            said = _QUOTED.match(part) if role in ("thoughts", "custom") else None
            kind = "quote" if said else _SPLIT_KINDS.get(role, "text")
            words = said[1] if said else _BULLET.sub("", part)
            self.card({"lane": lane, "step": step, "until": until, "text": words, "kind": kind})

    def channels_once(self) -> None:
        """A channel that a card tells is none that the step names besides."""
        for card in self.cards:
            channel = channel_of(card.get("text", "")) if self.role(card["lane"]) == "channels" else None
            step = self._step(card["step"])
            step["channels"] = [one for one in step.get("channels", ()) if one != channel]

    def counts(self, lane: str, text: str) -> bool:
        """Whether a text is a number that an export counted; those that are left out are told in the report."""
        counted = bool(_COUNTED.match(text)) or (self.role(lane) == "four_donts" and bool(_RESTING.search(text)))
        self.counted[lane] = self.counted.get(lane, 0) + counted
        return counted

    def paragraphs(self, lane: str, text: str) -> str:
        """A text without the numbers in it that an export counted."""
        parts = [part.strip() for part in _APART.split(text)]
        return "\n\n".join(part for part in parts if part and not self.counts(lane, part))

    def card(self, card: dict[str, Any]) -> None:
        """A card; one without a key gets one."""
        taken = {one["key"] for one in self.cards}
        given = str(card.get("key") or "")
        key = (
            given
            if _KEY.fullmatch(given) and given not in taken
            else _key(f"card-{len(self.cards) + 1}", taken, "card")
        )
        kept = {name: value for name, value in card.items() if value not in (None, "", (), {})}
        self.cards.append({**kept, "key": key})

    def feelings(self, lane: str, values: dict[str, float], reasons: dict[str, str], place: Term) -> None:
        """Scores of steps as estimates of how customers feel there, −2 to +2."""
        by = say("maps.imported_by", self.lang)
        for one in self.lanes:
            if one["key"] == lane:
                one["kind"] = "curve"
        there = {point["step"] for point in self.curve}
        for step, value in values.items():
            if step not in there:
                point = {"key": f"feeling-{step}", "step": step, "value": value, "by": by, "reason": reasons[step]}
                self.curve.append(point)
        self.report.taken.append(Note("import_feelings", place=place, scores=len(values)))

    def document(self, fallback: str) -> JourneyMap:
        """The map.

        Args:
            fallback: its title, where the file names none.

        Raises:
            BadInput: it is not whole.
        """
        self._together()
        self._chained()
        for lane, number in ((lane, number) for lane, number in self.counted.items() if number):
            name = next(one["label"] for one in self.lanes if one["key"] == lane)
            self.report.left.append(Note("import_counted", name=name, numbers=number))
        return JourneyMap.load({
            "title": self.title or fallback, "stages": self.stages, "steps": self.steps, "lanes": self.lanes,
            "cards": self.cards, "curve": self.curve, "actors": self.actors,
        })  # fmt: skip

    def _together(self) -> None:
        """The steps of a stage beside each other, the stages as they were met; cards end behind where they begin."""
        order = {stage["key"]: place for place, stage in enumerate(self.stages)}
        sorted_ = sorted(self.steps, key=lambda step: order[step["stage"]])
        if sorted_ != self.steps:
            self.report.taken.append(Note("import_steps_moved"))
            self.steps = sorted_
        place = {step["key"]: number for number, step in enumerate(sorted_)}
        for card in self.cards:
            if "until" in card and place[card["until"]] <= place[card["step"]]:
                del card["until"]

    def _chained(self) -> None:
        """Cards stem from cards that are there."""
        keys = {card["key"] for card in self.cards}
        for card in self.cards:
            details = card.get("details") or {}
            if "stems_from" in details:
                card["details"] = details | {"stems_from": [key for key in details["stems_from"] if key in keys]}

    def _step(self, key: str) -> dict[str, Any]:
        return next(one for one in self.steps if one["key"] == key)

    def _named(self, parts: list[dict[str, Any]], name: str, kind: str) -> str:
        for one in parts:
            if one["name"] == name:
                return str(one["key"])
        key = _key(name, {one["key"] for one in parts}, kind)
        parts.append({"key": key, "name": name})
        return key


def scaled(values: Sequence[float]) -> tuple[list[float], tuple[int, int]] | None:
    """Scores as feelings from −2 to +2, and the scale they were on; None where they are on none we know.

    Args:
        values: all scores of a row: those with one below 0, or none above 2, are −2 to +2 already; else they are on
            1 to 5, 0 to 10 or 0 to 100, the smallest that holds them.

    Example:
        >>> scaled([1, 4, 5]), scaled([-1, 2]), scaled([5, 10]), scaled([-40, 3])
        (([-2, 1, 2], (1, 5)), ([-1, 2], (-2, 2)), ([0.0, 2.0], (0, 10)), None)
    """
    low, high = min(values), max(values)
    if (low < 0 or high <= 2) and low >= -2 and high <= 2:
        return list(values), (-2, 2)
    if low >= 1 and high <= 5:
        return [value - 3 for value in values], (1, 5)
    if low >= 0 and high <= 10:
        return [value / 2.5 - 2 for value in values], (0, 10)
    if low >= 0 and high <= 100:
        return [value / 25 - 2 for value in values], (0, 100)
    return None


def _key(name: str, taken: set[str], kind: str) -> str:
    """A stable name made of what people call it."""
    stem = re.sub(r"[^\w]+", "-", name.lower()).strip("-_")[:40].strip("-_") or kind
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key
