"""A map that is being edited: its parts as plain values, and what follows when one of them goes or moves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

from lvtu.core.sentences import Term
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.document.journey import PARTS, JourneyMap
from lvtu.maps.document.whole import CALLED

Part = dict[str, Any]


class Draft:
    """A map between two versions of it. Nothing that is changed here changes the map it was made of.

    Attributes:
        own: the fields of the map itself.
        parts: its lists.
    """

    def __init__(self, map_: JourneyMap) -> None:
        document = map_.document()
        self.parts: dict[str, list[Part]] = {part: document.pop(part, []) for part in PARTS}
        self.own = document
        self._chained = {part: set(self.keys(part)) for part in ("cards", "bindings")}
        self._spans = _Spans(self.parts["cards"], self.keys("steps"))

    def done(self) -> JourneyMap:
        """The map as it is now, checked.

        Raises:
            BadInput: it is not whole.
        """
        self._spans.settle(self.parts["cards"], self.keys("steps"))
        self._unchain()
        return JourneyMap.load({**self.own, **{part: found for part, found in self.parts.items() if found}})

    def keys(self, part: str) -> list[str]:
        """The keys of a list, in order."""
        return [one["key"] for one in self.parts[part]]

    def one(self, part: str, key: str) -> Part:
        """A part by its key.

        Raises:
            UnknownName: there is none.
        """
        return self.parts[part][self.place(part, key)]

    def place(self, part: str, key: str) -> int:
        """Where a part stands in its list.

        Raises:
            UnknownName: there is none of that key.
        """
        keys = self.keys(part)
        if key not in keys:
            raise UnknownName(CALLED[part], key, keys)
        return keys.index(key)

    def put(self, part: str, made: Sequence[Part], behind: str | None, *, last: bool = False) -> None:
        """Some parts into their list.

        Args:
            part: the list.
            made: they, in order.
            behind: the key that they stand behind; None: first.
            last: behind all, whatever `behind` says.

        Raises:
            BadInput: a key is taken.
        """
        known = set(self.keys(part))
        for one in made:
            if one.get("key") in known:
                raise BadInput("twice", of=Term(CALLED[part]), name=one["key"])
        place = len(known) if last else 0 if behind is None else self.place(part, behind) + 1
        self.parts[part][place:place] = made

    def replace(self, part: str, key: str, made: Sequence[Part]) -> None:
        """Others in the place of a part."""
        place = self.place(part, key)
        self.parts[part][place : place + 1] = made

    def remember(self, change: str, part: str, former: Sequence[str], into: Sequence[str]) -> None:
        """What was split or merged, as a row of lineage."""
        row = {"change": change, "part": part, "former": list(former), "into": list(into)}
        self.own["lineage"] = [*self.own.get("lineage", ()), row]

    def confirm(self, stages: Collection[str]) -> None:
        """Take stages as confirmed: somebody had them in their hands."""
        self.parts["stages"] = [
            {name: value for name, value in one.items() if name != "guessed"} if one["key"] in stages else one
            for one in self.parts["stages"]
        ]

    # What follows.

    def remove(self, part: str, keys: Collection[str]) -> None:
        """Parts, and everything that cannot be without them."""
        for key in keys:
            self.place(part, key)
        if part == "steps":
            self._forget_steps(set(keys))
        elif part == "stages":
            self.remove("steps", [step["key"] for step in self.parts["steps"] if step["stage"] in keys])
        elif part == "lanes":
            self.remove("cards", [card["key"] for card in self.parts["cards"] if card["lane"] in keys])
            self._without("bindings", lambda one: one.get("lane") in keys)
            self._shorten("frames", "lanes", set(keys), keep_empty=False)
        elif part == "cards":
            self._without("links", lambda one: one["source"] in keys or one["target"] in keys)
        elif part == "actors":
            self._shorten("steps", "actors", set(keys), keep_empty=True)
        self._without(part, lambda one: one["key"] in keys)

    def _forget_steps(self, gone: set[str]) -> None:
        left = self._spans.leave(gone)
        self.remove("cards", [c["key"] for c in self.parts["cards"] if c["step"] in gone and c["key"] not in left])
        self._without("bindings", lambda one: one.get("step") in gone)
        for part in ("curve", "verdicts"):
            self._without(part, lambda one: one["step"] in gone)
        self._shorten("paths", "optional", gone, keep_empty=True)
        self._shorten("paths", "steps", gone, keep_empty=False)
        self._shorten("frames", "steps", gone, keep_empty=False)

    def _unchain(self) -> None:
        """Cards and questions that went out of the chains of others; one that never was there stays, and is refused."""
        gone = {part: there - set(self.keys(part)) for part, there in self._chained.items()}
        for number, card in enumerate(self.parts["cards"]):
            details = dict(card.get("details") or {})
            for field, part in (("stems_from", "cards"), ("metrics", "bindings")):
                named = details.get(field, ())
                if not isinstance(named, str) and gone[part] & set(named):
                    details[field] = [key for key in named if key not in gone[part]]
                    self.parts["cards"][number] = {**card, "details": details}

    def _without(self, part: str, goes: Any) -> None:
        self.parts[part] = [one for one in self.parts[part] if not goes(one)]

    def _shorten(self, part: str, field: str, gone: set[str], *, keep_empty: bool) -> None:
        """Keys out of lists of keys; a frame that has none left would show everything, a path nothing, so they go."""
        kept = []
        for one in self.parts[part]:
            named = one.get(field, ())
            left = [key for key in named if key not in gone]
            if left == list(named):
                kept.append(one)
            elif left or keep_empty:
                kept.append({**{k: v for k, v in one.items() if k != field}, **({field: left} if left else {})})
        self.parts[part] = kept

    def moved(self, keys: Collection[str]) -> None:
        """Say that steps have been moved: cards over several steps stay with those that were not."""
        self._spans.moved |= set(keys)

    def became(self, former: Collection[str], into: Sequence[str]) -> None:
        """Let whatever stood at some steps stand at those that they became.

        What stood at one of them stands at the first of them now; what stood over several, over all.
        """
        self._spans.became(former, into)
        for part in ("cards", "bindings", "curve"):
            for number, one in enumerate(self.parts[part]):
                if one.get("step") in former:
                    self.parts[part][number] = {**one, "step": into[0]}
        judged = [one for one in self.parts["verdicts"] if one["step"] in former]
        kept = [{**judged[0], "step": into[0]}] if judged else []  # of steps that are one now, what was decided first
        self.parts["verdicts"] = [*(one for one in self.parts["verdicts"] if one not in judged), *kept]
        for part, field in (("paths", "steps"), ("paths", "optional"), ("frames", "steps")):
            for number, one in enumerate(self.parts[part]):
                if set(one.get(field, ())) & set(former):
                    steps = [new for key in one[field] for new in (into if key in former else (key,))]
                    self.parts[part][number] = {**one, field: list(dict.fromkeys(steps))}


class _Spans:
    """Which steps the cards over several steps stand over, while the steps change."""

    def __init__(self, cards: Sequence[Part], columns: Sequence[str]) -> None:
        place = {key: number for number, key in enumerate(columns)}
        self.over = {
            card["key"]: list(columns[place[card["step"]] : place[card["until"]] + 1])
            for card in cards
            if card.get("until")
        }
        self.old = set(columns)
        self.moved: set[str] = set()

    def leave(self, gone: Collection[str]) -> set[str]:
        """Leave steps that go; returns the cards that still stand over others."""
        self.over = {card: [key for key in steps if key not in gone] for card, steps in self.over.items()}
        return {card for card, steps in self.over.items() if steps}

    def became(self, former: Collection[str], into: Sequence[str]) -> None:
        self.old |= set(into)
        for card, steps in self.over.items():
            new = [one for key in steps for one in (into if key in former else (key,))]
            self.over[card] = list(dict.fromkeys(new))

    def settle(self, cards: list[Part], columns: Sequence[str]) -> None:
        """Give the cards the first and the last of their steps, in the order of now.

        A step that was moved away leaves the card behind, unless all its steps were; of steps that no longer stand
        together the longest run keeps it; a step that was put among them is covered too.
        """
        place = {key: number for number, key in enumerate(columns)}
        for number, card in enumerate(cards):
            steps = self.over.get(card["key"])
            if not steps or not card.get("until"):
                continue
            stay = [key for key in steps if key not in self.moved] or steps
            run = self._longest_run(sorted(place[key] for key in stay), columns)
            ends = {"step": columns[run[0]], "until": columns[run[-1]] if len(run) > 1 else None}
            cards[number] = {key: value for key, value in {**card, **ends}.items() if value is not None}

    def _longest_run(self, places: Sequence[int], columns: Sequence[str]) -> list[int]:
        """The longest stretch with none between that stood elsewhere all along; the first of equal ones."""
        runs: list[list[int]] = [[places[0]]]
        for before, place in pairwise(places):
            if any(key in self.old - self.moved for key in columns[before + 1 : place]):
                runs.append([])
            runs[-1].append(place)
        return max(runs, key=len)
