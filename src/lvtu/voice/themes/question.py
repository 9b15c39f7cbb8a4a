"""Themes as engines fold them: which texts there are, then how often each theme is spoken of, by whom and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lvtu.analyses.base import codes_of, names_in
from lvtu.analyses.calendars import boundaries_within
from lvtu.analyses.groups import values_of
from lvtu.analyses.members import lines_at, rows_of
from lvtu.core.units import DAY
from lvtu.errors import BadInput
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.voice.themes.reading import UNFELT, Reading, band
from lvtu.voice.themes.spec import ThemesSpec

COUNTS = ("comments", "customers", "rated", "sum", "squares", "negative", "positive")
"""What is counted of each theme: comments, customers; comments with a feeling, the sum of these and of their squares,
and how many are clearly bad or good."""

LENSES = ("whole", "group", "period")
_MOST_CELLS = 1 << 20


class Asked:
    """What all rounds share.

    Args:
        spec, snapshot: the question.
    """

    def __init__(self, spec: ThemesSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.codes = codes_of(snapshot, spec.event)

    @property
    def key(self) -> str:
        """The column that themes are read from."""
        return self.spec.codes or "text"

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        spec = self.spec
        return names_in(spec.where, spec.event_where) | {"text", self.key} | ({spec.by} if spec.by else set())

    def comments(self, block: Block) -> Array:
        """The rows of the comments of a block."""
        spec = self.spec
        rows = rows_of(block, self.snapshot, spec.where, spec.event_where, codes=self.codes, span=spec.span())
        found: Array = rows[block.codes(self.key)[0][rows] != 0]
        return found


@dataclass
class Used:
    """How often each value of the key, and each text, counts.

    Attributes:
        keys, texts: comments, by code.
        times: of the first and the last comment, (2,), µs.
    """

    keys: Array
    texts: Array
    times: Array


class Survey(Asked):
    """What comments there are."""

    def empty(self, snapshot: Snapshot) -> Used:
        """The state of no customers."""
        keys, texts = (np.zeros(len(self.snapshot.names(name)), np.int64) for name in (self.key, "text"))
        return Used(keys, texts, np.array([np.iinfo(np.int64).max, np.iinfo(np.int64).min]))

    def partial(self, block: Block, state: Used) -> Used:
        """Add a block's customers."""
        rows = self.comments(block)
        if len(rows):
            for counts, name in ((state.keys, self.key), (state.texts, "text")):
                counts += np.bincount(block.codes(name)[0][rows], minlength=len(counts))
            time = block.column("time")[rows]
            state.times = np.array([min(state.times[0], time.min()), max(state.times[1], time.max())])
        return state

    def merge(self, left: Used, right: Used) -> Used:
        """Both."""
        left.keys += right.keys
        left.texts += right.texts
        left.times = np.array([min(left.times[0], right.times[0]), max(left.times[1], right.times[1])])
        return left


@dataclass
class Sums:
    """Integers by lens, as `Themes.sums` hands them out.

    Attributes:
        lenses: (`COUNTS`, themes + 2, cells) of each; behind the themes all comments, and those without any theme.
    """

    lenses: list[Array]


class Themes(Asked):
    """How often each theme is spoken of, in all, by group and by period.

    Args:
        spec, snapshot: the question.
        reading: what the comments say.
        times: of the first and the last comment, µs.

    Attributes:
        groups: the values of the breakdown by code.
        period: of the trend.
        boundaries: the starts of its periods.
    """

    def __init__(self, spec: ThemesSpec, snapshot: Snapshot, reading: Reading, times: tuple[int, int]) -> None:
        super().__init__(spec, snapshot)
        self.reading, self.band = reading, band()
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]
        self.period = spec.period or period_for(times)
        self.boundaries = boundaries_within(self.period, spec.zone, times, spec.span())
        if (len(reading.names) + 2) * max(len(self.groups), len(self.boundaries)) > _MOST_CELLS:
            raise BadInput("themes_too_large", periods=len(self.boundaries), values=len(self.groups))

    def empty(self, snapshot: Snapshot) -> Sums:
        """The state of no customers."""
        themes = len(self.reading.names) + 2
        cells = (1, len(self.groups) if self.spec.by else 0, len(self.boundaries))
        return Sums([np.zeros((len(COUNTS), themes, many), np.int64) for many in cells])

    def partial(self, block: Block, state: Sums) -> Sums:
        """Add a block's customers."""
        rows = self.comments(block)
        if len(rows):
            comment, theme, feeling = self._spoken(block, rows)
            line = lines_at(block, rows)[comment]
            for into, cell in zip(state.lenses, self._cells(block, rows), strict=True):
                if into.size:
                    _tally(into, theme, cell[comment], feeling, line, self.band)
        return state

    def merge(self, left: Sums, right: Sums) -> Sums:
        """Both."""
        for mine, more in zip(left.lenses, right.lenses, strict=True):
            mine += more
        return left

    def _cells(self, block: Block, rows: Array) -> Iterator[Array]:
        yield np.zeros(len(rows), np.int64)
        yield self.group(block, rows)
        yield self.when(block, rows)

    def _spoken(self, block: Block, rows: Array) -> tuple[Array, Array, Array]:
        """Each comment with each of its themes: its place in ``rows``, the theme, the feeling.

        Every comment is there once more, as one of all; those without a theme a third time.
        """
        comment, at = self.mentions(block, rows)
        reading, many = self.reading, len(self.reading.names)
        felt = reading.feelings[block.codes("text")[0][rows]]
        lone = np.flatnonzero(np.bincount(comment, minlength=len(rows)) == 0)
        every = np.arange(len(rows))
        own = reading.felt[at] if reading.of_places else felt[comment]
        themes = (reading.themes[at], np.full(len(rows), many), np.full(len(lone), many + 1))
        found = np.concatenate([comment, every, lone]), np.concatenate(themes), np.concatenate([own, felt, felt[lone]])
        return found[0], found[1].astype(np.int64), found[2].astype(np.int64)

    # One block's comments.

    def mentions(self, block: Block, rows: Array) -> tuple[Array, Array]:
        """Of some comments each with each of its themes: its place in ``rows``, and that in the reading's `themes`."""
        keys = block.codes(self.key)[0][rows].astype(np.int64)
        starts = self.reading.starts[keys]
        many = self.reading.starts[keys + 1] - starts
        comment = np.repeat(np.arange(len(rows)), many)
        first = np.cumsum(many) - many
        return comment, np.arange(len(comment)) - first[comment] + starts[comment]

    def speaking_of(self, block: Block, theme: int | None) -> Array:
        """The rows of the comments that speak of a theme; of None those of no theme."""
        rows = self.comments(block)
        comment, at = self.mentions(block, rows)
        if theme is None:
            kept = np.flatnonzero(np.bincount(comment, minlength=len(rows)) == 0)
        else:
            kept = np.unique(comment[self.reading.themes[at] == theme])
        found: Array = rows[kept]
        return found

    def group(self, block: Block, rows: Array) -> Array:
        """The code of the group of each of some comments."""
        if not self.spec.by:
            return np.zeros(len(rows), np.int64)
        found: Array = block.codes(self.spec.by)[0][rows].astype(np.int64)
        return found

    def when(self, block: Block, rows: Array) -> Array:
        """The number of the period of each of some comments."""
        found: Array = np.searchsorted(self.boundaries, block.column("time")[rows], side="right") - 1
        return np.maximum(found, 0)


def period_for(times: tuple[int, int]) -> str:
    """The period by which a length of time has neither few nor very many of them.

    Example:
        >>> [period_for((0, days * 24 * 3600 * 10**6)) for days in (20, 90, 600, 4000)]
        ['day', 'week', 'month', 'quarter']
    """
    days = (times[1] - times[0]) / DAY
    return next(
        (name for name, most in (("day", 45), ("week", 400), ("month", 1900), ("quarter", 5500)) if days <= most),
        "year",
    )


def _tally(into: Array, theme: Array, cell: Array, feeling: Array, line: Array, band: int) -> None:
    """Count comments with their themes in the cells of a lens."""
    _, themes, cells = into.shape
    place, size = theme * cells + cell, themes * cells
    told = feeling != UNFELT
    felt, there = feeling[told], place[told]
    once = np.unique(line * size + place) % size
    counted = (
        place, once, there, (there, felt), (there, felt * felt), there[felt <= -band], there[felt >= band],
    )  # fmt: skip
    for sums, what in zip(into, counted, strict=True):
        at, weights = what if isinstance(what, tuple) else (what, None)
        # sums of whole numbers below 2^53 are exact as floats
        found = np.bincount(at, weights, minlength=size)
        sums += found.astype(np.int64).reshape(themes, cells)
