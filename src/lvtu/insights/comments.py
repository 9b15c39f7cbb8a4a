"""What customers said, found by a condition or a number: the passages that insights are made to stand on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lvtu.analyses.base import both, mask_of, names_in, view_of
from lvtu.core.units import instant
from lvtu.errors import BadInput, UnknownName
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.lake import Lake

_READ = ("event", "scale", "text", "time", "time_basis")


@dataclass(frozen=True)
class Comment:
    """Something that a customer said.

    Attributes:
        number: of its event.
        event: the event's name.
        scale: of the score that came with it.
        text: all of it.
        time: when, µs.
        basis: how exactly that is known.
    """

    number: int
    event: str
    scale: str | None
    text: str
    time: int
    basis: str

    def passage(self, words: str | None = None, start: int | None = None) -> tuple[int, int]:
        """Where some words of it stand; the whole of it without what is around where none are given.

        Args:
            words: they; None for all of it.
            start: where they begin; the first place where they stand if not given.

        Raises:
            BadInput: they do not stand there.
        """
        if words is None:
            inside = self.text.strip()
            at = self.text.index(inside)
            return at, at + len(inside)
        at = self.text.find(words) if start is None else start
        if not words or at < 0 or self.text[at : at + len(words)] != words:
            raise BadInput("not_said", words=words)
        return at, at + len(words)


def comment(lake: Lake, number: int) -> Comment:
    """What was said in an event.

    Raises:
        UnknownName: there is no such event.
        BadInput: nothing was said in it.
    """
    try:
        [row] = lake.take(np.array([number], np.int64), _READ).to_pylist()
    except KeyError:
        raise UnknownName("message", str(number), ()) from None
    if not (row["text"] or "").strip():
        raise BadInput("nothing_said")
    basis = row["time_basis"] or "exact"
    return Comment(number, row["event"], row["scale"], row["text"], instant(row["time"]), basis)


def found(snapshot: Snapshot, condition: str, most: int) -> list[int]:
    """The numbers of the newest comments for which a condition is true.

    Args:
        snapshot: of what.
        condition: on the event.
        most: so many at most.
    """
    snapshot.prepare({"text_length"} | names_in(condition))
    times, numbers = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for block in snapshot.blocks:
        inside = ~np.isnan(block.numbers("text_length"))
        if len(block.keep):
            inside &= np.repeat(block.keep, np.diff(block.column("offsets"))) > 0
        if len(shown := both(view_of(block, snapshot, None), mask_of(block, condition))):
            inside &= shown > 0
        times.append(block.column("time")[inside])
        numbers.append(block.column("event_id")[inside].astype(np.int64))
    time, number = np.concatenate(times), np.concatenate(numbers)
    order = np.lexsort((number, -time))[:most]
    return [int(one) for one in number[order]]
