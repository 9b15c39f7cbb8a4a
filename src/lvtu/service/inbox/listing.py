"""A page of what customers said: one fold over the rows with a text, which counts every filter as it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from lvtu.analyses.base import FOREVER, both, mask_of, names_in, view_of
from lvtu.core.expr import parse
from lvtu.core.model.columns import ModelColumns
from lvtu.errors import BadInput
from lvtu.kernels.facets import sift
from lvtu.service.inbox.texts import NOTHING_FELT, Shelf, Texts, texts_of
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.customers import having
from lvtu.store.journeys.find import Place
from lvtu.store.journeys.snapshot import Snapshot

Order = Literal["newest", "oldest", "worst", "best"]

FACETS: Mapping[str, str] = {
    "sentiment": "sentiment_label", "channel": "channel", "touchpoint": "touchpoint", "event": "event",
    "source": "source", "scale": "scale", "language": "language_read",
}  # fmt: skip
"""What can be filtered by, and the column that holds it."""

ANSWERS = ("Review Answered", "Message Answered", "Ticket Answered", "Chat Answered", "First Response", "Ticket Solved",
           "Ticket Resolved")  # fmt: skip
"""Events by which a customer is answered."""

ANSWERED = "answered"
_YES = "yes"
_NUMBER_BITS = 40


@dataclass(frozen=True)
class Wanted:
    """What is wanted.

    Attributes:
        chosen: by facet the values, None for missing; several of one are any of them.
        where: a condition on the event.
        segment: a condition on the customer.
        since, until: of this time only, µs.
        order: in which order.
        after: the key and the event's number of the last one of the page before.
        limit: how many.
        texts: which texts are looked for, by code of the column ``text``; None for all.
    """

    chosen: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    where: str | None = None
    segment: str | None = None
    since: int = -FOREVER
    until: int = FOREVER
    order: Order = "newest"
    after: tuple[int, int] | None = None
    limit: int = 50
    texts: Array | None = None

    @property
    def answered(self) -> bool | None:
        """Whether only what was answered is wanted, or what was not."""
        named = self.chosen.get(ANSWERED, ())
        return None if len(set(named)) != 1 else named[0] == _YES


@dataclass(frozen=True)
class Found:
    """One text of a page.

    Attributes:
        key: by what it is ordered.
        event: its number.
        place: its customer's.
        row: in the block.
        answered: whether the customer was answered later.
    """

    key: int
    event: int
    place: Place
    row: int
    answered: bool


@dataclass
class State:
    """What was found.

    Attributes:
        totals: how many texts fit, and of how many customers.
        counts: by facet (`ANSWERED` at the end) and code how many fit all other filters.
        found: the first of the page, in order.
    """

    totals: Array
    counts: Array
    found: list[Found] = field(default_factory=list)


class Inbox:
    """A page of the inbox as engines fold it.

    Args:
        wanted: what is wanted.
        snapshot: of what.
        shelf: keeps texts.
        documents: another one where the journey model may be another.
    """

    def __init__(self, wanted: Wanted, snapshot: Snapshot, shelf: Shelf, documents: str = "") -> None:
        self.wanted, self.snapshot, self._shelf = wanted, snapshot, shelf
        modelled = _modelled(snapshot)
        self.facets = {name: column for name, column in FACETS.items() if name != "touchpoint" or modelled}
        self._key = snapshot.folder, snapshot.edition, documents, tuple(self.facets)
        self._answers = [code for code, name in enumerate(snapshot.events) if name in ANSWERS]

    def reads(self) -> set[str]:
        """The columns it reads."""
        texts = {"text"} if self.wanted.texts is not None else set()
        named = names_in(self.wanted.where, self.wanted.segment)
        return {"text_length", "sentiment", *self.facets.values()} | texts | named

    @cached_property
    def _let_through(self) -> Array:
        """By facet and code, whether it is wanted."""
        names = [self.snapshot.names(column) for column in self.facets.values()]
        flags = np.ones((len(names) + 1, max(2, *map(len, names))), np.uint8)
        for place, (facet, values) in enumerate(zip(self.facets, names, strict=True)):
            if facet in self.wanted.chosen:
                chosen = set(self.wanted.chosen[facet])
                flags[place, : len(values)] = [value in chosen for value in values]
                flags[place, 0] = None in chosen
        if self.wanted.answered is not None:
            flags[-1, int(not self.wanted.answered)] = 0
        return flags

    def empty(self, snapshot: Snapshot) -> State:
        """Nothing."""
        return State(np.zeros(2, np.int64), np.zeros(self._let_through.shape, np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's texts."""
        texts = self._shelf.texts(block, self._key, lambda: texts_of(block, [*self.facets.values()], self._answers))
        kept = self._kept(block, texts)
        sift(texts.codes, self._let_through, texts.lines, kept, state.counts, state.totals)
        return self._first(state, self._page(block, texts, np.flatnonzero(kept)))

    def merge(self, left: State, right: State) -> State:
        """Both."""
        left.totals += right.totals
        left.counts += right.counts
        return self._first(left, right.found)

    def _first(self, state: State, more: list[Found]) -> State:
        state.found = sorted([*state.found, *more], key=lambda one: (one.key, one.event))[: self.wanted.limit]
        return state

    def _kept(self, block: Block, texts: Texts) -> Array:
        """Which texts conditions let through, one byte each."""
        wanted, rows, kept = self.wanted, texts.rows, np.ones(len(texts.rows), np.uint8)
        if len(block.keep):
            kept &= block.keep[texts.lines]
        if len(shown := both(view_of(block, self.snapshot, None), mask_of(block, wanted.where))):
            kept &= shown[rows]
        if (wanted.since, wanted.until) != (-FOREVER, FOREVER):
            kept &= (texts.time >= wanted.since) & (texts.time < wanted.until)
        if wanted.segment is not None:
            kept &= having(parse(wanted.segment), block)[texts.lines]
        if wanted.texts is not None:
            kept &= wanted.texts[block.codes("text")[0][rows]]
        return kept

    def _page(self, block: Block, texts: Texts, inside: Array) -> list[Found]:
        """The first texts of a block behind the page before."""
        keys, limit = self._keys(texts, inside), self.wanted.limit
        if self.wanted.after is not None:
            key, event = self.wanted.after
            behind = (keys > key) | ((keys == key) & (texts.event[inside] > event))
            inside, keys = inside[behind], keys[behind]
        if len(keys) > limit:
            near = keys <= np.partition(keys, limit - 1)[limit - 1]
            inside, keys = inside[near], keys[near]
        order = np.lexsort((texts.event[inside], keys))[:limit]
        inside = inside[order]
        taken = (keys[order], texts.event[inside], texts.lines[inside], texts.rows[inside], texts.codes[inside, -1])
        return [
            Found(key, event, (block, line), row, answered == 1)
            for key, event, line, row, answered in zip(*(of.tolist() for of in taken), strict=True)
        ]

    def _keys(self, texts: Texts, inside: Array) -> Array:
        """By what texts are ordered, the first the least."""
        if self.wanted.order in ("newest", "oldest"):
            time = texts.time[inside]
            return -time if self.wanted.order == "newest" else time
        feeling = texts.feeling[inside].astype(np.int64)
        if self.wanted.order == "best":
            feeling = np.where(feeling == NOTHING_FELT, feeling, -feeling)
        keys: Array = (feeling << _NUMBER_BITS) + texts.event[inside]  # many feel the same: the number tells them apart
        return keys


def _modelled(snapshot: Snapshot) -> bool:
    """Whether there is a journey model."""
    columns = snapshot.derived
    if not isinstance(columns, ModelColumns):
        return False
    try:
        return columns.model is not None
    except BadInput as error:
        if error.code != "no_journey_model":
            raise
        return False
