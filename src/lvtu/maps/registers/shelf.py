"""What stands on all maps of a workspace, as registers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

import pyarrow as pa

from lvtu.core.languages import chosen
from lvtu.core.words import Lang
from lvtu.errors import UnknownName
from lvtu.maps.document import Evidence, JourneyMap
from lvtu.maps.document.details import Rung, Status
from lvtu.maps.live.filled import Filled
from lvtu.maps.registers import moments as key_moments
from lvtu.maps.registers.alike import Alike, alike
from lvtu.maps.registers.counted import Counted, counted
from lvtu.maps.registers.entry import KINDS, NUMBERS, Entry, EntryKind, Known
from lvtu.maps.registers.figures import greatest, rice, value_per_effort
from lvtu.maps.registers.moments import KeyMoment, MomentKind
from lvtu.maps.registers.reading import entries, id_of
from lvtu.maps.registers.swot import Swot, swot
from lvtu.maps.registers.tables import moment_table, table

if TYPE_CHECKING:
    from lvtu.maps.map import Map


def counted_of(map_: Map, filled: Filled) -> Counted:
    """What events and answers say to the cards of a map."""
    return counted(map_.document, map_.live, filled)


class Registers:
    """The registers of a workspace.

    Maps that are archived are left out; so is what a map of how the journey is to be has from the one it was made of. A
    card that refers to another (``MAP/CARD``) stands for it: the other is told once, with all its places.

    Args:
        maps: the workspace's.
        answers: what the data say to a map; asked where it is needed.
        counts: what they say to its cards.
        gone: whether what a piece of evidence says is not there any more.

    Example:
        >>> import lvtu, tempfile
        >>> ws = lvtu.open(tempfile.mkdtemp())
        >>> shop = ws.maps.load({
        ...     "title": "Shopping", "stages": [{"key": "buy", "name": "Buy"}],
        ...     "steps": [{"key": "pay", "stage": "buy", "name": "Pay"}],
        ...     "lanes": [{"key": "needs", "role": "needs", "label": "Needs"}],
        ...     "cards": [{"key": "fast", "lane": "needs", "step": "pay", "kind": "need", "text": "To be quick",
        ...                "details": {"importance": 8.2, "satisfaction": 4.1, "rung": "want"}}],
        ... })
        >>> ws.maps.registers.needs(rung="want").select(["text", "opportunity", "importance_source"]).to_pylist()
        [{'text': 'To be quick', 'opportunity': 12.3, 'importance_source': 'person'}]
    """

    def __init__(
        self, maps: Iterable[Map], answers: Callable[[Map], Filled] | None = None,
        counts: Callable[[Map, Filled], Counted] = counted_of, gone: Callable[[Evidence], bool] = lambda one: False,
    ) -> None:  # fmt: skip
        self._maps, self._counts, self._gone = maps, counts, gone
        self._answers: Callable[[Map], Filled] = answers or (lambda map_: map_.answers())
        self._filled: dict[str, Filled] = {}

    @cached_property
    def _known(self) -> dict[str, tuple[Map, JourneyMap]]:
        return {one.id: (one, one.document) for one in self._maps}

    def _of(self, id: str) -> Filled:
        if id not in self._filled:
            self._filled[id] = self._answers(self._known[id][0])
        return self._filled[id]

    @cached_property
    def _read(self) -> dict[str, Entry]:
        """Every entry by its id, as it stands on its own map."""
        found: dict[str, Entry] = {}
        for id, (map_, document) in self._known.items():
            if document.status == "archived" or not any(card.kind in KINDS for card in document.cards):
                continue
            filled = self._of(id)
            pair = self._known.get(document.pair or "")
            twins = {card.key for card in pair[1].cards} if pair is not None else set()
            read = entries(document, filled, self._counts(map_, filled), self._gone)
            found.update({one.id: one for one in read if one.card not in twins})
        return found

    @cached_property
    def _stands_for(self) -> dict[str, str]:
        """By the id of a card that refers to another: that other, and what it refers to itself, and so on."""
        refers = {
            id_of(id, card.key): card.refers
            for id, (_, document) in self._known.items()
            for card in document.cards
            if card.refers in self._read
        }
        found = {}
        for id in refers:
            seen, at = {id}, id
            while at in refers and (to := str(refers[at])) not in seen:
                seen.add(to)
                at = to
            if at not in refers:
                found[id] = at
        return found

    def _root(self, id: str) -> str:
        """What a card stands for; of a map that is to be, what the card on its pair is called."""
        map_, _, card = id.partition("/")
        if id not in self._read and id not in self._stands_for and map_ in self._known:
            pair = self._known[map_][1].pair
            id = id_of(pair, card) if pair is not None else id
        return self._stands_for.get(id, id)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every entry by its id, with what it leads to and stems from on all maps."""
        places: dict[str, list[str]] = {}
        for id, to in self._stands_for.items():
            places.setdefault(to, []).append(id)
        told = {id: one for id, one in self._read.items() if id not in self._stands_for}
        above = {
            id: tuple(dict.fromkeys(root for key in one.stems_from if (root := self._root(key)) in told and root != id))
            for id, one in told.items()
        }
        below: dict[str, list[str]] = {}
        for id, some in above.items():
            for one in some:
                below.setdefault(one, []).append(id)
        whole = {
            id: replace(one, places=tuple(places.get(id, ())), stems_from=above[id], leads_to=tuple(below.get(id, ())))
            for id, one in told.items()
        }
        return {
            id: replace(one, numbers=_ranked(one, whole)) if one.kind == "opportunity" else one
            for id, one in whole.items()
        }

    def place(self, id: str) -> Entry:
        """An entry as it stands on its own map, or a card that stands for one.

        Raises:
            UnknownName: there is none of that id.
        """
        if id not in self._read:
            raise UnknownName("register_entry", id, list(self._read))
        return self._read[id]

    def some(
        self, kind: EntryKind, *, map: str | None = None, rung: Rung | None = None, persona: str | None = None,
        status: Status | None = None, effort: float | None = None,
    ) -> list[Entry]:  # fmt: skip
        """The entries of a kind, those that matter most first; what is not known comes last.

        Args:
            kind: which.
            map: the id of the map they stand on.
            rung: of needs, how deep they lie.
            persona: the key of the persona they are about.
            status: of pains, how far one is with them.
            effort: of opportunities, what they may take at most, in months of one person; of what is not known is none.

        Raises:
            UnknownName: there is no such kind, rung or status.
        """
        if kind not in KINDS:
            raise UnknownName("register_kind", kind, list(KINDS))
        if rung not in (None, *get_args(Rung)):
            raise UnknownName("rung", str(rung), list(get_args(Rung)))
        if status not in (None, *get_args(Status)):
            raise UnknownName("pain_status", str(status), list(get_args(Status)))
        first = NUMBERS[kind][:2]
        found = [
            one
            for one in self.entries.values()
            if one.kind == kind
            and map in (None, one.map, *(self._read[place].map for place in one.places))
            and rung in (None, one.rung)
            and persona in (None, one.persona)
            and status in (None, one.status)
            and (effort is None or ("effort" in one.numbers and one.numbers["effort"].value <= effort))
        ]
        return sorted(found, key=lambda one: [-_value(one, name) for name in first])

    def needs(self, *, language: Lang | None = None, **only: Any) -> pa.Table:
        """The needs (`lvtu.maps.registers.tables.table`), the greatest opportunity first; chosen as `some` does."""
        return table(self.some("need", **only), "need", chosen(language))

    def pains(self, *, language: Lang | None = None, **only: Any) -> pa.Table:
        """The pains, likewise, the most severe first."""
        return table(self.some("pain", **only), "pain", chosen(language))

    def gains(self, *, language: Lang | None = None, **only: Any) -> pa.Table:
        """The strengths, likewise, the greatest first."""
        return table(self.some("gain", **only), "gain", chosen(language))

    def opportunities(self, *, language: Lang | None = None, **only: Any) -> pa.Table:
        """The opportunities, likewise, those that answer the least met needs first."""
        return table(self.some("opportunity", **only), "opportunity", chosen(language))

    def actions(self, *, language: Lang | None = None, **only: Any) -> pa.Table:
        """The actions, likewise."""
        return table(self.some("action", **only), "action", chosen(language))

    def key_moments(self, kind: MomentKind | None = None, map: str | None = None) -> list[KeyMoment]:
        """The numbers at moments of truth, those that miss their targets beyond chance first.

        Args:
            kind: which moments; all if not given.
            map: the id of their map; if not given of all, without what a map of how the journey is to be has from the
                one it was made of.
        """
        order = ("missed", "near", "met", "no_target", "unknown")
        found = [
            one
            for id, (_, document) in self._known.items()
            if map in (None, id) and document.status != "archived" and any(s.moment != "none" for s in document.steps)
            for one in key_moments.moments(document, self._of(id))
            if kind in (None, one.kind) and (map is not None or not self._told_by_pair(document, one))
        ]
        return sorted(found, key=lambda one: order.index(one.state))

    def _told_by_pair(self, document: JourneyMap, one: KeyMoment) -> bool:
        """Whether a moment of a map that is to be is the same on the one it was made of: that tells how it does."""
        _, pair = self._known.get(document.pair or "", (None, None))
        return (
            pair is not None
            and pair.status != "archived"
            and any(step.key == one.at and step.moment == one.kind for step in pair.steps)
        )

    def moments(self, kind: MomentKind | None = None, *, language: Lang | None = None) -> pa.Table:
        """The key moments as a table (`lvtu.maps.registers.tables.moment_table`)."""
        return moment_table(self.key_moments(kind), chosen(language))

    def alike(self, kind: EntryKind) -> list[Alike]:
        """Entries of a kind that seem to say the same, the most alike first."""
        return alike(self.some(kind))

    def chain(self, id: str) -> tuple[list[Entry], list[Entry]]:
        """What an entry stems from, and what it leads to, the nearest first.

        Raises:
            UnknownName: there is none of that id.
        """
        if id not in self.entries:
            raise UnknownName("register_entry", id, list(self.entries))
        return self._along(id, "stems_from"), self._along(id, "leads_to")

    def _along(self, id: str, way: str) -> list[Entry]:
        found: dict[str, Entry] = {}
        ways = list(getattr(self.entries[id], way))
        while ways:
            one = self.entries[ways.pop(0)]
            if one.id != id and one.id not in found:
                found[one.id] = one
                ways += getattr(one, way)
        return list(found.values())

    @cached_property
    def simulated(self) -> bool:
        """Whether any of the maps rests on data that are made up."""
        return any(self._of(id).simulated for id in self._known)

    def swot(self, map: str | None = None) -> Swot:
        """Strengths, weaknesses, opportunities and threats (`lvtu.maps.registers.swot`).

        Args:
            map: the id of the map; all if not given.
        """
        documents = [document for id, (_, document) in self._known.items() if map in (None, id)]
        gains, pains, chances = (
            self.some("gain", map=map),
            self.some("pain", map=map),
            self.some("opportunity", map=map),
        )
        return swot(gains, pains, chances, documents)


def _value(one: Entry, name: str) -> float:
    return one.numbers[name].value if name in one.numbers else float("-inf")


def _ranked(one: Entry, every: dict[str, Entry]) -> dict[str, Known]:
    """An opportunity's numbers with those that follow from what it stems from."""
    sources = [every[id] for id in one.stems_from if id in every]
    numbers = dict(one.numbers)
    if "reach" not in numbers and (met := greatest(source.numbers.get("reach") for source in sources)):
        numbers["reach"] = Known(met.value, "pains", met.n)
    more = {
        "opportunity": greatest(source.numbers.get("opportunity") for source in sources if source.kind == "need"),
        "rice": rice(numbers), "value_per_effort": value_per_effort(numbers),
    }  # fmt: skip
    numbers |= {name: known for name, known in more.items() if known is not None}
    return {name: numbers[name] for name in NUMBERS["opportunity"] if name in numbers}
