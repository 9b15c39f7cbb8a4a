"""The answers of a workspace's maps: counted once for everybody who looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from lvtu.maps import Map
from lvtu.maps.live import Filled, Quote
from lvtu.maps.live.behind import Behind, Moment
from lvtu.maps.live.spoken import Spoken
from lvtu.maps.moments import Proposal
from lvtu.maps.personas import Profile
from lvtu.maps.programmes.focus import Weighed, weighed
from lvtu.maps.registers.counted import Counted
from lvtu.maps.registers.shelf import counted_of
from lvtu.service.jobs import Jobs
from lvtu.service.masking import scrubbed
from lvtu.service.recent import LARGE, Recent
from lvtu.workspace import Workspace

if TYPE_CHECKING:
    from lvtu.service.access import Access


class MapsAnswered:
    """What the data say to the maps of one workspace; threads may share it.

    Args:
        workspace: whose.
        jobs: what is done beside the requests.
        large: from so many events on figures may be some seconds old.
    """

    def __init__(self, workspace: Workspace, jobs: Jobs, large: int = LARGE) -> None:
        self._ws = workspace
        self._recent: Recent[Filled] = Recent(workspace, jobs, "the maps", large)
        self._behind: Recent[Any] = Recent(workspace, jobs, "what is behind maps", large)

        self._profiles: Recent[Profile] = Recent(workspace, jobs, "the personas", large)
        self._sizes: Recent[tuple[int, int]] = Recent(workspace, jobs, "how many personas stand for", large)

    def answers(self, map_: Map, who: str | None = None, compare: str | None = None, weighted: bool = True) -> Filled:
        """What the data say to a map as it is, from a perspective, beside another; see `lvtu.maps.Map.answers`.

        Raises:
            UnknownName: it has been taken away; there is no such persona, segment or customer.
        """
        key = map_.id, map_.step, self._ws.documents_version, who, compare, weighted
        if who is None and compare is None and weighted:
            live = map_.live
            return live.fresh(self._recent.get(key, live.counted))
        return self._recent.get(key, lambda: map_.answers(who, compare, weighted=weighted))

    def behind(self, map_: Map) -> Behind:
        """What is behind the steps of a map."""
        return cast(Behind, self._kept(map_, ("behind",), map_.live.behind))

    def trend(self, map_: Map, binding: str) -> Mapping[str, tuple[Moment, ...]]:
        """One of a map's numbers over time, by step."""
        found = self._kept(map_, ("trend", binding), lambda: map_.live.trend(binding))
        return cast("Mapping[str, tuple[Moment, ...]]", found)

    def customers(self, map_: Map, step: str | None, lane: str | None, binding: str | None) -> list[str]:
        """Who is behind a number of a map."""
        asked = step, lane, binding
        return cast("list[str]", self._kept(map_, ("customers", *asked), lambda: map_.live.customers(*asked)))

    def heard(self, map_: Map) -> Spoken | None:
        """What customers answered in a map's period."""
        return cast("Spoken | None", self._kept(map_, ("heard",), map_.live.heard))

    def counted_cards(self, map_: Map) -> Counted:
        """What events and answers say to the cards of a map that name what shows them."""
        return cast(Counted, self._kept(map_, ("cards",), lambda: counted_of(map_, self.answers(map_))))

    def moments(self, map_: Map) -> list[Proposal]:
        """What is proposed as moments of truth, and what became of it."""
        return cast("list[Proposal]", self._kept(map_, ("moments",), map_.moments))

    def weighed(self, map_: Map, outcome: str) -> list[Weighed]:
        """The steps of a map by importance for an outcome, and performance."""
        found = self._kept(
            map_, ("weighed", outcome), lambda: weighed(self._ws, map_.document, self.answers(map_), outcome)
        )
        return cast("list[Weighed]", found)

    def _kept(self, map_: Map, of: tuple[str | None, ...], count: Callable[[], Any]) -> Any:
        return self._behind.get((map_.id, map_.step, self._ws.documents_version, *of), count)

    def profile(self, condition: str) -> Profile:
        """What sets customers apart from all others, by a condition."""
        personas = self._ws.personas
        return self._profiles.get((condition, self._ws.documents_version), lambda: personas.profiled(condition))

    def counted(self, condition: str) -> tuple[int, int]:
        """How many customers fulfil a condition, and of how many."""
        personas = self._ws.personas
        return self._sizes.get((condition, self._ws.documents_version), lambda: personas.counted(condition))


def answered(
    access: Access, map_: Map, who: str | None = None, compare: str | None = None, weighted: bool = True
) -> Filled:
    """What the data say to a map, as whoever asks may see it.

    Raises:
        UnknownName: it has been taken away.
    """
    found = access.served.maps.answers(map_, who, compare, weighted)
    if not access.masked:
        return found
    quotes = {step: tuple(_masked(one) for one in some) for step, some in found.quotes.items()}
    left = tuple(_masked(one) for one in found.unplaced.quotes)
    return replace(found, quotes=quotes, unplaced=replace(found.unplaced, quotes=left))


def _masked(quote: Quote) -> Quote:
    return replace(quote, text=scrubbed(quote.text))
