"""The fields of what came behind a generation: read once, however many snapshots are taken while more comes in."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from lvtu.store.journeys import fields
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.derived import Readings
from lvtu.store.journeys.reading import Field, column_for, read_into
from lvtu.store.journeys.texts import joined
from lvtu.store.lake import Lake


class Behind:
    """Fields of the events behind a generation, in codes that begin with the generation's. Threads may share it.

    Args:
        lake: the event log.
        folder: of the generation, which has the fields.
        commit: the generation's.
        first: the least event id behind it.
    """

    def __init__(self, lake: Lake, folder: Path, commit: int, first: int) -> None:
        self.first = first
        self._lake, self._folder, self._commit = lake, folder, commit
        self._lock = threading.Lock()
        self._known: dict[str, _Known] = {}

    def read(self, names: Iterable[str], commit: int, last: int, readings: Readings | None = None) -> dict[str, Field]:
        """Some fields up to a commit, by event id less `first`; what was read before is not read again.

        Args:
            names: of fields that the generation has.
            commit: the last one wanted.
            last: the greatest event id wanted.
            readings: how texts are read.
        """
        names, size = list(names), last - self.first + 1
        with self._lock:
            waiting: defaultdict[int, list[str]] = defaultdict(list)
            for name in names:
                if name not in self._known:
                    self._known[name] = _Known(name, self._folder, self._commit, self.first, readings)
                if self._known[name].upto < commit:
                    waiting[self._known[name].upto].append(name)
            for since, late in waiting.items():
                # Taken out until all of it is there: half of it would be read twice.
                taken = {name: self._known.pop(name) for name in late}
                grown = {name: one.column.grown(size) for name, one in taken.items()}
                read_into(grown, self._lake, since, commit, readings)
                for one in taken.values():
                    one.settle(commit)
                self._known |= taken
            return {name: self._known[name].field(size) for name in names}


class _Known:
    """What is known of one field.

    Attributes:
        column: as it was read, in codes of its own.
        upto: the last commit that was read.
    """

    def __init__(self, name: str, folder: Path, commit: int, first: int, readings: Readings | None) -> None:
        self.column, self.upto = column_for(name, first, readings), commit
        self._base = self._texts = fields.open_values(name, folder)
        self._place: Array = np.zeros(1, np.uint32)

    def settle(self, commit: int) -> None:
        """Give the texts that are new their codes behind the generation's."""
        self.upto = commit
        if len(self.column.numbering) > len(self._place):
            self._texts, self._place = joined(self._base, self.column.texts)

    def field(self, size: int) -> Field:
        """The first entries."""
        numbers = self.column.numbers[:size]
        return Field(self._place[numbers] if self.column.coded else numbers, self._texts)
